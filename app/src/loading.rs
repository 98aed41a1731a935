//! What a page shows while its content is on its way, and when it doesn't come.

use domain::{ClientQuery, Error};
use leptos::{
    prelude::*,
    server::codee::{Decoder, Encoder},
};
use serde::{Serialize, de::DeserializeOwned};

use crate::{
    error::UiError,
    paths,
    ui::{Button, ButtonLink, CenteredShell, EmptyState, Glyph, Notice, Skeleton, Tone, WindowTitle},
};

/// What a page waits for.
pub type Answer<T> = Resource<Result<T, UiError>, PageJson>;

/// How an answer travels within the page: as JSON, read from bytes like those of the server. Reading it from text, as is usual, would make the browser fetch the
/// code that reads a type twice.
#[derive(Clone, Copy, Debug)]
pub struct PageJson;

impl<T: Serialize> Encoder<T> for PageJson {
    type Error = serde_json::Error;
    type Encoded = String;

    fn encode(value: &T) -> serde_json::Result<String> {
        serde_json::to_string(value)
    }
}

impl<T: DeserializeOwned> Decoder<T> for PageJson {
    type Error = serde_json::Error;
    type Encoded = str;

    fn decode(text: &str) -> serde_json::Result<T> {
        serde_json::from_slice(text.as_bytes())
    }
}

/// Asks for something, again whenever `source` changes.
pub fn ask<S, T, Fut>(source: impl Fn() -> S + Send + Sync + 'static, fetch: impl Fn(S) -> Fut + Send + Sync + 'static) -> Answer<T>
where
    S: PartialEq + Clone + Send + Sync + 'static,
    T: Serialize + DeserializeOwned + Send + Sync + 'static,
    Fut: Future<Output = Result<T, UiError>> + Send + 'static,
{
    Resource::new_with_options(source, fetch, false)
}

/// The answer of a resource: a skeleton before it, `view` for it, and the reason where there is none.
#[component]
pub fn Loaded<T: Clone + Serialize + DeserializeOwned + Send + Sync + 'static>(
    /// What is waited for.
    resource: Answer<T>,
    /// Shows the answer.
    view: Callback<T, AnyView>,
    /// What stands there meanwhile.
    #[prop(default = ViewFn::from(|| view! { <Skeleton lines=8 /> }))]
    skeleton: ViewFn,
) -> impl IntoView {
    let retry = Callback::new(move |()| resource.refetch());
    view! {
        <Transition fallback=move || skeleton.run()>
            {move || {
                resource
                    .get()
                    .map(|answer| match answer {
                        Ok(answer) => view.run(answer),
                        Err(error) => view! { <Failure error retry /> }.into_any(),
                    })
            }}
        </Transition>
    }
}

/// Why there is nothing to see, and what can be done.
#[component]
pub fn Failure(
    /// The reason.
    error: UiError,
    /// Tries again.
    retry: Callback<()>,
) -> impl IntoView {
    let text = error.to_string();
    match error {
        UiError::Refused(Error::NotFound) => view! { <NothingHere /> }.into_any(),
        UiError::Refused(Error::Forbidden { .. }) => view! { <EmptyState glyph=Glyph::Lock title="You don’t have access" text /> }.into_any(),
        _ => view! {
            <Notice tone=Tone::Danger title=text>
                <p><Button icon=Glyph::Refresh on_click=retry>"Try again"</Button></p>
            </Notice>
        }
        .into_any(),
    }
}

/// The content of a page whose thing doesn't exist, or can't be seen by the reader.
#[component]
pub fn NothingHere() -> impl IntoView {
    #[cfg(feature = "ssr")]
    crate::page_status::answer_with(http::StatusCode::NOT_FOUND);
    view! {
        <EmptyState glyph=Glyph::Search title="Page not found" text="It may have been deleted, or you don’t have access.">
            <ButtonLink href=paths::clients(&ClientQuery::default())>"Go to Clients"</ButtonLink>
        </EmptyState>
    }
}

/// The page of an address that leads nowhere.
#[component]
pub fn NotFoundPage() -> impl IntoView {
    view! {
        <WindowTitle page="Not found" />
        <CenteredShell title="Not found"><NothingHere /></CenteredShell>
    }
}
