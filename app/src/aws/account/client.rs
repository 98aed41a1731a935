//! The AWS accounts of a client, on its page.

use domain::{AwsAccount, ClientId, Error, Permission};
use leptos::prelude::*;

use super::{
    rpc::list_client_aws_accounts,
    words::{live_state, role, status},
};
use crate::{
    error::UiError,
    loading::{Loaded, ask},
    paths,
    thing::refusal_at,
    ui::{Cell, Column, DataTable, Row, RowHeader, Section},
};

/// The section; nothing for a client without accounts, and for a reader who may not see them.
pub(crate) fn client_section(client: ClientId) -> Option<AnyView> {
    if refusal_at(Permission::AccountView, Some(client)).is_some() {
        return None;
    }
    let accounts = ask(
        move || client,
        |client| async move {
            match list_client_aws_accounts(client).await {
                // The page knows only what the roles say, not what is restricted at this client.
                Err(UiError::Refused(Error::Forbidden { .. })) => Ok(Vec::new()),
                answer => answer,
            }
        },
    );
    let shown = |accounts: Vec<AwsAccount>| {
        if accounts.is_empty() {
            return ().into_any();
        }
        let columns = ["Account", "AWS status", "State", "Role ARN"].map(Column::new).to_vec();
        let rows = accounts.iter().map(row).collect_view();
        view! { <Section title="AWS Accounts"><DataTable caption="AWS accounts" columns>{rows}</DataTable></Section> }.into_any()
    };
    Some(view! { <Loaded resource=accounts view=Callback::new(shown) skeleton=ViewFn::from(|| ()) /> }.into_any())
}

fn row(account: &AwsAccount) -> AnyView {
    let (href, name, number) = (paths::aws_account(account.id), account.name.clone(), account.number.to_string());
    let (status, state, role) = (status(account.status), live_state(account), role(account));
    view! {
        <Row>
            <RowHeader>
                <a href=href>{name}</a>
                <small class="mono">{number}</small>
            </RowHeader>
            <Cell label="AWS status">{status}</Cell>
            <Cell label="State">{state}</Cell>
            <Cell label="Role ARN">{role}</Cell>
        </Row>
    }
    .into_any()
}
