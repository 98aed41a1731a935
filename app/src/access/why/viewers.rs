//! Who sees a client, and by what.

use domain::{AccessKind, AccessSource, ClientId, ClientViewer, NameSort, OfClient};
use leptos::prelude::*;

use super::{answer::held_by, link::refused_to_ask, rpc::list_client_viewers};
use crate::{
    clients::client::ClientTab,
    lists::{Directory, Stand, list_view},
    paths,
    ui::{Cell, Glyph, Row, RowHeader, Section},
};

/// The list. It stands on a client's page only.
const VIEWERS: Directory<OfClient<()>> = Directory {
    place: "Accounts",
    title: "People with access",
    noun: "user",
    searched: "Name, login name or e-mail address",
    about: "Nobody who can sign in has a role that shows this client.",
    glyph: Glyph::Users,
    filters: &[],
    columns: &["Name", "Organization", "Sees it by", "Reason"],
    sorted: Some(NameSort::Name),
    address: |_| paths::home(),
};

/// The section of the client's page; none for readers who may not ask what others see.
pub(crate) fn viewers_section(client: ClientId) -> Option<AnyView> {
    if refused_to_ask().is_some() {
        return None;
    }
    let list = list_view(Stand::at(&VIEWERS, client, ClientTab::Access), list_client_viewers, move |viewer| row(viewer, client));
    Some(view! { <Section title="People with access" description="Everyone who can sign in and see this client."><div class="tab-list">{list}</div></Section> }.into_any())
}

fn row(viewer: ClientViewer, seen: ClientId) -> AnyView {
    let ClientViewer { user, organization, sources, .. } = viewer;
    let (name, why) = (user.name(), paths::why(Some(user.id), AccessKind::Client, Some(&seen.to_string())));
    let label = format!("Why does {name} see this client?");
    let by = match sources.is_empty() {
        true => view! { <span class="muted">"A role that you can’t see."</span> }.into_any(),
        false => view! { <ul class="cell-list">{sources.iter().map(source).collect_view()}</ul> }.into_any(),
    };
    view! {
        <Row>
            <RowHeader><a href=paths::user(user.id)>{name}</a><small>{user.login}</small></RowHeader>
            <Cell label="Organization">{organization}</Cell>
            <Cell label="Sees it by">{by}</Cell>
            <Cell label="Reason"><a href=why aria-label=label>"Why?"</a></Cell>
        </Row>
    }
    .into_any()
}

/// A role, the rule by which it shows the client, and the groups through which somebody has it.
fn source(source: &AccessSource) -> AnyView {
    let (role, name) = (paths::role(&source.role), source.name.clone());
    let rules = source.rules.iter().map(|rule| rule.clause(AccessKind::Client)).collect::<Vec<_>>().join(", and ");
    let groups = held_by(source).map(|groups| format!(", {groups}")).unwrap_or_default();
    view! { <li><a href=role>{name}</a><small>{format!("{rules}{groups}")}</small></li> }.into_any()
}
