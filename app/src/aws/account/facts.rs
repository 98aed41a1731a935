//! What is known of an account.

use domain::{AwsAccount, AwsAccountKind};
use leptos::prelude::*;

use super::words::{customer, last_refresh, role, status};
use crate::{
    moment::moment,
    paths,
    ui::{CopyText, Description, DescriptionList, Section, or_dash},
};

/// The account itself.
pub(super) fn account_section(account: &AwsAccount) -> AnyView {
    let management = account.management.clone().map(|management| {
        let href = paths::aws_account(management.id);
        view! { <Description label="Management account"><a href=href>{management.name}</a></Description> }
    });
    let sign_in = account.sign_in.as_ref().map(|sign_in| {
        let words = sign_in.words();
        view! { <Description label="Signs in by" value=Some(words) /> }
    });
    let refresh = (account.kind == AwsAccountKind::Management).then(|| {
        let refresh = last_refresh(&account.refresh);
        view! { <Description label="Last refresh">{refresh}</Description> }
    });
    let (number, email, kind) = (account.number.to_string(), account.email.clone(), account.kind.label());
    let (customer, status, created) = (customer(account), status(account.status), moment(account.created));
    view! {
        <Section title="Account">
            <DescriptionList>
                <Description label="Account ID"><CopyText label="Copy the account ID" value=number /></Description>
                <Description label="Kind" value=kind.to_owned() />
                <Description label="Customer">{customer}</Description>
                <Description label="E-mail address" value=email />
                <Description label="State at AWS">{status}</Description>
                {management}
                {sign_in}
                {refresh}
                <Description label="Added">{created}</Description>
            </DescriptionList>
        </Section>
    }
    .into_any()
}

/// The role by which it is entered.
pub(super) fn role_section(account: &AwsAccount) -> AnyView {
    let external_id = match account.external_id.is_empty() {
        true => or_dash(String::new()),
        false => view! { <CopyText label="Copy the external ID" value=account.external_id.clone() /> }.into_any(),
    };
    let access = account.access.map(|access| access.label().to_owned());
    let (role, checked) = (role(account), account.checked.map_or_else(|| or_dash(String::new()), moment));
    view! {
        <Section title="Role">
            <DescriptionList>
                <Description label="Role ARN">{role}</Description>
                <Description label="External ID">{external_id}</Description>
                <Description label="Access" value=access />
                <Description label="Last check">{checked}</Description>
            </DescriptionList>
        </Section>
    }
    .into_any()
}
