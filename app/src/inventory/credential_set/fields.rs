//! One field of a credential set being typed: what it holds, what is sent of it, and how it is asked for.

use domain::{CredentialField, FieldShape, limits};
use leptos::prelude::*;

use super::words::{is_port, word};
use crate::{
    forms::FormErrors,
    ui::{CheckboxField, Choice, NumberField, PasswordField, SelectField, SwitchField, TextArea, TextField},
};

/// The hint beside a secret that is stored.
const STORED_HINT: &str = "One is stored and can’t be shown. Leave empty to keep it, or enter a new one.";

/// What a field holds.
#[derive(Clone, Copy, Debug)]
pub(super) enum Typed {
    /// Text, a number, or a choice.
    Text(RwSignal<String>),
    /// Yes or no.
    Flag(RwSignal<bool>),
    /// A secret.
    Secret {
        /// A new one; empty for none.
        new: RwSignal<String>,
        /// Whether one is stored already.
        is_stored: bool,
        /// Whether the stored one shall go.
        remove: RwSignal<bool>,
    },
}

impl Typed {
    /// Begins with what a set has, or with a new one's defaults.
    pub(super) fn new(field: CredentialField, value: &str, is_stored: bool) -> Self {
        match field.shape() {
            FieldShape::Secret | FieldShape::SecretText => {
                Self::Secret { new: RwSignal::new(String::new()), is_stored, remove: RwSignal::new(false) }
            }
            FieldShape::Flag => Self::Flag(RwSignal::new(value == "true")),
            _ => Self::Text(RwSignal::new(value.to_owned())),
        }
    }

    /// What is chosen, of what is no secret.
    pub(super) fn value(self) -> String {
        match self {
            Self::Text(text) => text.get(),
            Self::Flag(flag) => flag.get().to_string(),
            Self::Secret { .. } => String::new(),
        }
    }

    /// What is sent. Unchanged secrets aren't, because the page never has them.
    pub(super) fn sent(self) -> Option<String> {
        match self {
            Self::Text(_) | Self::Flag(_) => Some(self.value()),
            Self::Secret { new, remove, .. } => Some(new.get()).filter(|new| !new.is_empty() || remove.get()),
        }
    }

    /// Whether the set would have it.
    pub(super) fn is_there(self) -> bool {
        match self {
            Self::Text(text) => text.with(|text| !text.trim().is_empty()),
            Self::Flag(_) => true,
            Self::Secret { new, is_stored, remove } => new.with(|new| !new.is_empty()) || (is_stored && !remove.get()),
        }
    }

    /// The field on the page.
    pub(super) fn view(self, field: CredentialField, required: bool, errors: FormErrors) -> AnyView {
        let (name, label) = (format!("fields.{}", field.key()), field.label());
        let (error, on_blur) = (errors.of(name.clone()), errors.leave(name.clone()));
        match (self, field.shape()) {
            (Self::Flag(value), _) => view! { <div class="wide"><SwitchField name label value error hint=about(field) /></div> }.into_any(),
            (Self::Secret { new, is_stored, remove }, shape) => {
                // One that must be there can be replaced, but not removed.
                let hint = if is_stored { STORED_HINT } else { "" };
                let secret = if shape == FieldShape::SecretText {
                    view! { <TextArea name=name.clone() label value=new required hint rows=5 max_length=limits::SECRET_TEXT error on_blur /> }
                        .into_any()
                } else {
                    view! { <PasswordField name=name.clone() label value=new required hint autocomplete="off" error on_blur /> }.into_any()
                };
                let removal = (is_stored && !required).then(|| removal(name, label, new, remove));
                let wide = shape == FieldShape::SecretText;
                view! { <div class=if wide { "wide stack-small" } else { "stack-small" }>{secret}{removal}</div> }.into_any()
            }
            (Self::Text(value), FieldShape::Choice(words)) => {
                let options = Signal::stored(words.iter().map(|key| Choice::new(*key, word(key))).collect::<Vec<_>>());
                let placeholder = if field.default_value().is_empty() { "Not chosen" } else { "" };
                view! { <SelectField name label value options placeholder required error on_blur /> }.into_any()
            }
            (Self::Text(value), FieldShape::Number { .. }) => {
                view! { <NumberField name label value required hint=about(field) error on_blur /> }.into_any()
            }
            (Self::Text(value), _) => view! { <TextField name label value required max_length=limits::CREDENTIAL_FIELD error on_blur /> }.into_any(),
        }
    }
}

/// The way to be rid of a kept secret, as long as no other one is typed.
fn removal(name: String, label: &'static str, new: RwSignal<String>, remove: RwSignal<bool>) -> impl IntoView {
    let name = StoredValue::new(format!("{name}.remove"));
    let label = format!("Remove stored value: {label}");
    move || {
        let label = label.clone();
        new.with(String::is_empty).then(|| view! { <CheckboxField name=name.get_value() label value=remove /> })
    }
}

/// What a field is good for, where its label doesn't say it.
fn about(field: CredentialField) -> &'static str {
    match field {
        field if is_port(field) => "0 uses the default.",
        CredentialField::Universal => "Try it on every device of its organization.",
        CredentialField::AutoEnableMode => "For network devices that ask for a second password.",
        _ => "",
    }
}
