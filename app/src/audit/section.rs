//! The latest records of one thing, on its own page.

use domain::{AuditFilter, AuditQuery, Permission, Scope};
use leptos::prelude::*;

use super::records::{Frame, records};
use crate::{
    caller::refusal,
    paths,
    ui::{ButtonLink, Glyph, Section},
};

/// Rows of a section.
const ROWS: usize = 10;

/// The latest records of a client.
pub(crate) fn audit_of_client(client: domain::ClientId) -> Option<AnyView> {
    section(AuditFilter::of_client(client), "Latest activity for this client.", None)
}

/// The latest records of what was done to a user, and a link to what they did.
pub(crate) fn audit_of_user(user: domain::UserId) -> Option<AnyView> {
    let done = AuditQuery::filtered(AuditFilter::by_user(user));
    section(AuditFilter::of_object(user.to_string()), "Latest changes to this account.", Some(("Their activity", paths::audit(&done))))
}

/// The latest records of a role.
pub(crate) fn audit_of_role(role: &domain::RoleId) -> Option<AnyView> {
    section(AuditFilter::of_object(role.to_string()), "Latest changes to this role.", None)
}

/// Whether the reader sees the audit log.
pub(crate) fn sees_audit() -> bool {
    refusal(Permission::AuditView, Scope::Visible).is_none()
}

/// Nothing for readers who can't see the audit log.
fn section(filter: AuditFilter, description: &'static str, more: Option<(&'static str, String)>) -> Option<AnyView> {
    if !sees_audit() {
        return None;
    }
    let query = AuditQuery::filtered(filter);
    let all = paths::audit(&query);
    let actions = move || {
        let more = more.clone().map(|(label, href)| view! { <ButtonLink href icon=Glyph::User>{label}</ButtonLink> });
        view! { {more}<ButtonLink href=all.clone() icon=Glyph::File>"All records"</ButtonLink> }
    };
    let frame = Frame {
        max_rows: ROWS,
        names_clients: query.filter.client.is_none(),
        nothing: || view! { <p class="muted">"No records."</p> }.into_any(),
        below: |_, _| ().into_any(),
    };
    Some(view! { <Section title="Audit Log" description actions>{records(Memo::new(move |_| query.clone()), frame)}</Section> }.into_any())
}
