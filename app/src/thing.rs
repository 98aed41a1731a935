//! One thing, by the id in the address.

use std::{future::Future, str::FromStr};

use domain::{Caller, ClientId, Error, Permission, Scope};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use serde::{Serialize, de::DeserializeOwned};

use crate::{
    caller::use_caller,
    error::UiError,
    loading::{Answer, NothingHere, ask},
    ui::{EmptyState, Glyph, Page},
};

/// The thing whose id is the address parameter `name`; none if it doesn't exist or the reader can't see it.
pub(crate) fn of_address<I, T, Fut>(name: &'static str, get: fn(I) -> Fut) -> Answer<Option<T>>
where
    I: FromStr + Send + 'static,
    T: Serialize + DeserializeOwned + Send + Sync + 'static,
    Fut: Future<Output = Result<T, UiError>> + Send + 'static,
{
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get(name).unwrap_or_default()));
    ask(
        move || id.get(),
        move |id| async move {
            let Ok(id) = id.parse::<I>() else { return Ok(None) };
            match get(id).await {
                Err(UiError::Refused(Error::NotFound)) => Ok(None),
                answer => answer.map(Some),
            }
        },
    )
}

/// The sentence that says whose a thing is. Some names end in a full stop themselves.
pub(crate) fn belongs_to(organization: &str) -> String {
    format!("Belongs to {}.", organization.trim_end_matches('.'))
}

/// Distinguishes things of the same name: the client, unless it is the partner's, and the description.
pub(crate) fn of_client(client: Option<ClientId>, description: &str) -> String {
    let client = client.map(|client| client.to_string()).unwrap_or_default();
    [client.as_str(), description].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

/// The page for an id that doesn't exist.
pub(crate) fn not_found(noun: &str) -> AnyView {
    view! { <Page title=format!("{noun} not found")><NothingHere /></Page> }.into_any()
}

/// The content of a page for a reader who has no right to use it.
pub(crate) fn may_not(title: &str, reason: String) -> AnyView {
    #[cfg(feature = "ssr")]
    crate::page_status::answer_with(http::StatusCode::FORBIDDEN);
    view! { <EmptyState glyph=Glyph::Lock title text=reason /> }.into_any()
}

/// Why the caller can't do it with a thing of a client, or of the partner itself, as far as the page knows: what roles that list clients add is
/// for the server to say.
pub(crate) fn refusal_at(permission: Permission, client: Option<ClientId>) -> Option<String> {
    let caller = use_caller();
    let scope = client.map_or(Scope::Partner(caller.partner), Scope::Client);
    match caller.can(permission, scope) {
        Ok(()) => None,
        Err(_) if client.is_some() && listed(&caller, permission) => None,
        Err(error) => Some(error.to_string()),
    }
}

fn listed(caller: &Caller, permission: Permission) -> bool {
    caller.client.is_none() && caller.granting(permission).any(|grant| !grant.all_clients)
}
