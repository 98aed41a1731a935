//! The page of a one-time link, whose reader needn't be signed in.

use domain::Error;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use serde::{Serialize, de::DeserializeOwned};

use crate::{
    error::UiError,
    loading::{Failure, ask},
    ui::{CenteredShell, Skeleton, WindowTitle},
};

/// Asks what the link in the address is for and shows that, with its token, or that the link has expired.
pub(super) fn link_page<T, Fut>(
    title: &'static str,
    check: impl Fn(String) -> Fut + Send + Sync + 'static,
    shown: impl Fn(String, T) -> AnyView + Send + Sync + 'static,
    expired: impl Fn() -> AnyView + Send + Sync + 'static,
) -> impl IntoView
where
    T: Clone + Serialize + DeserializeOwned + Send + Sync + 'static,
    Fut: Future<Output = Result<T, UiError>> + Send + 'static,
{
    let token = Memo::new(move |_| use_params_map().with(|params| params.get("token")).unwrap_or_default());
    let checked = ask(move || token.get(), check);
    let retry = Callback::new(move |()| checked.refetch());
    let page = move |answer| match answer {
        Ok(purpose) => shown(token.get_untracked(), purpose),
        Err(UiError::Refused(Error::NotFound)) => expired(),
        Err(error) => view! { <CenteredShell title><Failure error retry /></CenteredShell> }.into_any(),
    };
    view! {
        <WindowTitle page=title />
        <Transition fallback=|| view! { <Skeleton /> }>{move || checked.get().map(&page)}</Transition>
    }
}
