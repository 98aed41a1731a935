//! The link to the explanation of access.

use domain::{AccessKind, Permission, Scope, UserId};
use leptos::prelude::*;

use crate::{
    caller::refusal,
    paths,
    ui::{ButtonLink, Glyph},
};

/// The link to the explanation, with user and thing filled in where they are known; none if the reader may not ask.
pub(crate) fn why_link(user: Option<UserId>, kind: AccessKind, thing: Option<&str>) -> Option<AnyView> {
    let href = paths::why(user, kind, thing);
    refused_to_ask().is_none().then(|| view! { <ButtonLink href icon=Glyph::Key>"Explain access"</ButtonLink> }.into_any())
}

/// Why the reader can't ask what others may do.
pub(crate) fn refused_to_ask() -> Option<String> {
    [Permission::RoleView, Permission::UserView].into_iter().find_map(|permission| refusal(permission, Scope::Visible))
}
