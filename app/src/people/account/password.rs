//! Changing one's password.

use domain::{Draft, PasswordChangeDraft};
use leptos::prelude::*;

use super::rpc::change_password;
use crate::{
    caller::use_caller,
    forms::{Form, FormErrors, NewPasswordFields, Sending, Unsaved, violations_of},
    ui::{Button, ButtonVariant, PasswordField, Section, use_toasts},
};

/// The form.
pub(super) fn password_section() -> impl IntoView {
    let [current, new, confirmation] = std::array::from_fn(|_| RwSignal::new(String::new()));
    let draft = Signal::derive(move || PasswordChangeDraft { current: current.get(), new: new.get(), confirmation: confirmation.get() });
    let errors = FormErrors::with_rules(Signal::derive(move || violations_of(draft.get().check(true))));
    let unsaved = Unsaved::of(move || [current.get(), new.get(), confirmation.get()]);
    let (sending, toasts) = (Sending::new(), use_toasts());
    let change = move || {
        sending.run(change_password(draft.get_untracked()), move |answer| match answer {
            Ok(()) => {
                for field in [current, new, confirmation] {
                    field.set(String::new());
                }
                errors.reset();
                unsaved.saved();
                toasts.success("Your password was changed. You were signed out everywhere else.");
            }
            Err(error) => errors.refuse(error),
        });
    };
    view! {
        <Section title="Password" description="Changing it signs you out everywhere else.">
            <Form errors unsaved on_submit=change>
                // Tells password managers whose password it is.
                <input class="visually-hidden" type="text" autocomplete="username" readonly tabindex="-1" aria-hidden="true" value=use_caller().user.login />
                <PasswordField
                    name="current"
                    label="Current password"
                    value=current
                    error=errors.of("current")
                    on_blur=errors.leave("current")
                    required=true
                />
                <NewPasswordFields name="new" password=new confirmation errors />
                <div class="actions">
                    <Button variant=ButtonVariant::Primary submit=true busy=sending.busy()>"Change password"</Button>
                </div>
            </Form>
        </Section>
    }
}
