//! When a user signed in, or tried to.

use domain::{LoginRecord, LoginStatus, Permission, User};
use leptos::prelude::*;

use super::rpc::list_login_history;
use crate::{
    caller::use_caller,
    loading::{Loaded, ask},
    moment::moment,
    thing::refusal_at,
    ui::{Badge, Cell, Column, DataTable, Row, RowHeader, Section, Tone},
};

/// The last attempts to sign in, if the reader may see them; everybody may see their own.
pub(super) fn login_history(user: &User) -> Option<AnyView> {
    let id = user.row.id;
    if use_caller().user.id != id && refusal_at(Permission::AuditView, user.row.client).is_some() {
        return None;
    }
    let records = ask(move || id, list_login_history);
    Some(view! { <Section title="Login history"><Loaded resource=records view=Callback::new(table) /></Section> }.into_any())
}

fn table(records: Vec<LoginRecord>) -> AnyView {
    if records.is_empty() {
        return view! { <p class="muted">"No sign-in attempts yet."</p> }.into_any();
    }
    let columns = ["When", "Result", "Address", "Signed out"].map(Column::new).to_vec();
    view! { <DataTable caption="Login history" columns>{records.into_iter().map(row).collect_view()}</DataTable> }.into_any()
}

fn row(record: LoginRecord) -> impl IntoView {
    let tone = match record.status {
        LoginStatus::Success => Tone::Positive,
        LoginStatus::Failed | LoginStatus::Refused => Tone::Warning,
    };
    let out = record.logged_out.map_or_else(|| view! { <span class="missing" aria-label="not yet">"—"</span> }.into_any(), moment);
    view! {
        <Row>
            <RowHeader>{moment(record.logged_in)}</RowHeader>
            <Cell label="Result"><Badge tone text=record.status.label() /></Cell>
            <Cell label="Address">{record.ip}</Cell>
            <Cell label="Signed out">{out}</Cell>
        </Row>
    }
}
