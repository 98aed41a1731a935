//! The frame of a page that changes one thing: the form, what happens to a save, and the bar below.

use std::future::Future;

use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

use super::{Form, FormErrors, Sending, Unsaved, replacing};
use crate::{
    error::UiError,
    ui::{Button, ButtonLink, ButtonVariant, Glyph, use_toasts},
};

/// A thing being changed.
pub(crate) struct Editing {
    /// What is wrong with it.
    pub(crate) errors: FormErrors,
    /// Whether it differs from what was read.
    pub(crate) changed: Signal<bool>,
    /// The page of the thing, to which Save and Cancel lead.
    pub(crate) thing: String,
    /// Reads it again, when somebody else was faster.
    pub(crate) reload: Callback<()>,
}

/// The form with some fields. `save` sends what is typed, and answers with a sentence that says what was saved.
pub(crate) fn edit_form<Fut>(editing: Editing, save: impl Fn() -> Fut + Send + Sync + 'static, fields: impl IntoAny) -> AnyView
where
    Fut: Future<Output = Result<String, UiError>> + 'static,
{
    let Editing { errors, changed, thing, reload } = editing;
    let (unsaved, outdated) = (Unsaved::when(changed), RwSignal::new(false));

    let (sending, toasts, navigate, to) = (Sending::new(), use_toasts(), use_navigate(), thing.clone());
    let submit = move || {
        let (navigate, to) = (navigate.clone(), to.clone());
        sending.run(save(), move |answer| match answer {
            Ok(message) => {
                unsaved.saved();
                toasts.success(message);
                navigate(&to, replacing());
            }
            Err(error) => {
                outdated.set(error.is_conflict());
                errors.refuse(error);
            }
        });
    };
    let fields = fields.into_any();
    view! {
        <Form errors unsaved on_submit=submit>
            {fields}
            <div class="form-bar">
                <div class="actions push">
                    {move || outdated.get().then(|| view! { <Button icon=Glyph::Refresh on_click=reload>"Load it again"</Button> })}
                    <ButtonLink href=thing.clone()>"Cancel"</ButtonLink>
                    <Button variant=ButtonVariant::Primary submit=true busy=sending.busy()>"Save"</Button>
                </div>
            </div>
        </Form>
    }
    .into_any()
}

/// That a thing was saved.
pub(crate) fn was_saved(name: impl std::fmt::Display) -> String {
    format!("{name} was saved.")
}
