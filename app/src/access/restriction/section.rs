//! Who may do what at a client, as far as the client's page says it.

use domain::{AccessKind, ClientId, PermissionBits};
use leptos::prelude::*;

use super::{refused_to_restrict, rpc::get_restrictions};
use crate::{
    access::{
        role::sets::permissions,
        why::{refused_to_ask, why_link},
    },
    loading::{Loaded, ask},
    paths,
    ui::{ButtonLink, Glyph, Section},
};

/// Whether the reader may know anything of who may do what at a client.
pub(crate) fn sees_access() -> bool {
    refused_to_ask().is_none() || refused_to_restrict().is_none()
}

/// The blocked permissions, with links to edit them and to explain a user's access. Empty for readers who may do neither.
pub(crate) fn access_section(client: ClientId) -> Option<AnyView> {
    let (why, may_restrict) = (why_link(None, AccessKind::Client, Some(&client.to_string())), refused_to_restrict().is_none());
    if why.is_none() && !may_restrict {
        return None;
    }
    let change =
        may_restrict.then(|| view! { <ButtonLink href=paths::client_restrictions(client) icon=Glyph::Shield>"Restrict permissions"</ButtonLink> });
    let restricted = may_restrict.then(|| {
        let restricted = ask(move || client, get_restrictions);
        let shown = |restricted: PermissionBits| match restricted.is_empty() {
            true => view! { <p class="muted">"No restrictions: role permissions apply."</p> }.into_any(),
            false => view! { <p>"Nobody can do this here, whatever their roles:"</p>{permissions(restricted)} }.into_any(),
        };
        view! { <Loaded resource=restricted view=Callback::new(shown) /> }
    });
    Some(view! { <Section title="Blocked permissions">{restricted}<div class="actions">{change}{why}</div></Section> }.into_any())
}
