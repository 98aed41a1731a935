//! Choosing a password.

use domain::password_violations;
use leptos::prelude::*;

use super::FormErrors;
use crate::ui::{Glyph, Icon, PasswordField};

/// A new password and the same again, with the rules ticked off while one types.
#[component]
pub fn NewPasswordFields(
    /// The name of the field of the password.
    name: &'static str,
    /// The password as typed.
    password: RwSignal<String>,
    /// The same again.
    confirmation: RwSignal<String>,
    /// The errors of the form; those of the confirmation are under `confirmation`.
    errors: FormErrors,
) -> impl IntoView {
    view! {
        <PasswordField
            name
            label="New password"
            hint="With 15 characters or more, any mix is fine."
            value=password
            error=errors.of(name)
            on_blur=errors.leave(name)
            autocomplete="new-password"
            required=true
        />
        <PasswordRules password error=errors.of(name) />
        <PasswordField
            name="confirmation"
            label="New password, again"
            value=confirmation
            error=errors.of("confirmation")
            on_blur=errors.leave("confirmation")
            autocomplete="new-password"
            required=true
        />
    }
}

/// The rules that the empty password breaks are the rules there are; that it is a common one is told only when one is typed, and not
/// beside the field as well.
#[component]
fn PasswordRules(password: RwSignal<String>, error: Signal<Option<String>>) -> impl IntoView {
    let rule = move |sentence: &'static str| {
        let is_satisfied = Memo::new(move |_| password.with(|password| !password_violations(password).contains(&sentence)));
        view! {
            <li data-kept=move || is_satisfied.get().then_some("")>
                {move || if is_satisfied.get() { view! { <Icon glyph=Glyph::Check /> }.into_any() } else { view! { <span class="rule-open"></span> }.into_any() }}
                <span>{sentence}</span>
                <span class="visually-hidden">{move || if is_satisfied.get() { " Done." } else { "" }}</span>
            </li>
        }
    };
    let rules = password_violations("").into_iter().map(rule).collect_view();
    let more = move || {
        let broken = password.with(|password| password_violations(password));
        let rest = broken.into_iter().filter(|sentence| error.with(Option::is_none) && !password_violations("").contains(sentence));
        rest.map(|sentence| view! { <li data-broken=""><Icon glyph=Glyph::Warning /><span>{sentence}</span></li> }).collect_view()
    };
    view! { <ul class="password-rules" aria-label="Rules for the password">{rules}{more}</ul> }
}
