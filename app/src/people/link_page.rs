//! The page of a one-time link, whose reader needn't be signed in.

use domain::{Draft, Error, InvitationDraft};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use serde::{Serialize, de::DeserializeOwned};

use crate::{
    error::UiError,
    forms::{Form, FormErrors, NewPasswordFields, Sending, Unsaved, violations_of},
    loading::{Failure, ask},
    ui::{Button, ButtonVariant, CenteredShell, Skeleton, WindowTitle},
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

/// In place of what an expired link was for.
#[component]
pub(super) fn ExpiredLink(
    /// Why it has expired.
    because: &'static str,
    /// What to do instead.
    children: Children,
) -> impl IntoView {
    view! { <CenteredShell title="This link has expired" description=because>{children()}</CenteredShell> }
}

/// Asks for a new password, twice.
#[component]
pub(super) fn ChoosePassword<Fut>(
    /// The heading.
    #[prop(into)]
    title: String,
    /// Whose password it is.
    description: String,
    /// Tells password managers the same.
    login: String,
    /// The words on the button.
    button: &'static str,
    /// Uses the link.
    send: impl Fn(InvitationDraft) -> Fut + Send + Sync + 'static,
    /// The password is set.
    on_done: impl Fn() + Copy + Send + Sync + 'static,
) -> impl IntoView
where
    Fut: Future<Output = Result<(), UiError>> + 'static,
{
    let (password, confirmation) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let draft = Signal::derive(move || InvitationDraft { password: password.get(), confirmation: confirmation.get() });
    let errors = FormErrors::with_rules(Signal::derive(move || violations_of(draft.get().check(()))));
    let (sending, unsaved) = (Sending::new(), Unsaved::of(move || [password.get(), confirmation.get()]));
    let submit = move || {
        sending.run(send(draft.get_untracked()), move |answer| match answer {
            Ok(()) => {
                unsaved.saved();
                on_done();
            }
            Err(error) => errors.refuse(error),
        });
    };
    view! {
        <CenteredShell title description>
            <Form errors unsaved on_submit=submit>
                <input class="visually-hidden" type="text" autocomplete="username" readonly tabindex="-1" aria-hidden="true" value=login />
                <NewPasswordFields name="password" password confirmation errors />
                <Button variant=ButtonVariant::Primary submit=true busy=sending.busy()>{button}</Button>
            </Form>
        </CenteredShell>
    }
}
