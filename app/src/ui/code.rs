//! The field for a code that proves the second factor.

use leptos::prelude::*;

use super::TextField;

/// A code of an authenticator app or, unless `hint` says otherwise, a recovery code: so it can have letters.
#[component]
pub fn CodeField(
    /// The field's name, from which its id is made.
    #[prop(into)]
    name: String,
    /// The code as typed.
    value: RwSignal<String>,
    /// What is wrong with it.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// Where the code is found.
    #[prop(into)]
    hint: String,
    /// Told when the field is left.
    #[prop(optional, into)]
    on_blur: Option<Callback<()>>,
) -> impl IntoView {
    let on_blur = on_blur.unwrap_or_else(|| Callback::new(|()| ()));
    view! { <TextField name label="Code" value error hint autocomplete="one-time-code" required=true on_blur /> }
}
