//! The one-time page on which the first administrator is made.

use domain::{AdministratorDraft, Draft};
use leptos::prelude::*;

use super::rpc;
use crate::{
    forms::{Form, FormErrors, NewPasswordFields, Sending, Unsaved, violations_of},
    paths,
    people::link_page::{ExpiredLink, link_page},
    ui::{Button, ButtonLink, ButtonVariant, CenteredShell, TextField},
};

/// Leads to the form, unless the link is used or too old.
#[component]
pub fn SetupPage() -> impl IntoView {
    let shown = |token, ()| view! { <AdministratorForm token /> }.into_any();
    let expired = || {
        view! {
            <ExpiredLink because="It was already used or has expired.">
                <p>
                    "As long as nobody can sign in, "<code>"tenantry serve"</code>" prints a new link each time it starts: restart it and open that one. "
                    "If there is an administrator already, sign in, or ask them for an account."
                </p>
                <ButtonLink href=paths::login()>"Sign in"</ButtonLink>
            </ExpiredLink>
        }
        .into_any()
    };
    link_page("Set up", rpc::check_setup, shown, expired)
}

#[component]
fn AdministratorForm(token: String) -> impl IntoView {
    let [organization, first_name, last_name, email, password, confirmation] = std::array::from_fn(|_| RwSignal::new(String::new()));
    let draft = Signal::derive(move || AdministratorDraft {
        organization: organization.get(),
        first_name: first_name.get(),
        last_name: last_name.get(),
        email: email.get(),
        password: password.get(),
        confirmation: confirmation.get(),
    });
    let errors = FormErrors::with_rules(Signal::derive(move || violations_of(draft.get().check(()))));
    let (sending, unsaved) =
        (Sending::new(), Unsaved::of(move || [organization, first_name, last_name, email, password, confirmation].map(|field| field.get())));
    let complete = move || {
        sending.run(rpc::complete_setup(token.clone(), draft.get_untracked()), move |answer| match answer {
            // The page was made for nobody: load one for the user who is signed in now.
            Ok(()) => {
                unsaved.saved();
                _ = window().location().set_href(&paths::cookie_check(&paths::home()));
            }
            Err(error) => errors.refuse(error),
        });
    };
    let field = move |name: &'static str, label: &'static str, value, autocomplete: &'static str| {
        view! { <TextField name label value autocomplete error=errors.of(name) on_blur=errors.leave(name) required=true /> }
    };
    view! {
        <CenteredShell title="Welcome" description="Create the first administrator to get started.">
            <Form errors unsaved on_submit=complete>
                {field("organization", "Your company", organization, "organization")}
                {field("first_name", "First name", first_name, "given-name")}
                {field("last_name", "Last name", last_name, "family-name")}
                <TextField
                    name="email"
                    label="E-mail address"
                    hint="Also the name you sign in with."
                    value=email
                    kind="email"
                    autocomplete="username"
                    error=errors.of("email")
                    on_blur=errors.leave("email")
                    required=true
                />
                <NewPasswordFields name="password" password confirmation errors />
                <Button variant=ButtonVariant::Primary submit=true busy=sending.busy()>"Create administrator"</Button>
            </Form>
        </CenteredShell>
    }
}
