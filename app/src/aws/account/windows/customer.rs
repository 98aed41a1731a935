//! “Create Customer”: a client of little more than its name, to associate accounts with.

use domain::{ClientSummary, CustomerDraft, Draft, Violation, Violations, limits};
use leptos::prelude::*;

use crate::{
    aws::account::rpc::create_customer,
    forms::{Form, FormErrors, Sending, Unsaved, violations_of},
    ui::{Button, ButtonVariant, Dialog, FieldGrid, TextField, use_toasts},
};

const FORM: &str = "create-customer-form";

/// The window; `created` is told of the new client.
pub(super) fn customer_window(open: RwSignal<bool>, created: Callback<ClientSummary>) -> AnyView {
    let [company_name, first_name, last_name, email] = std::array::from_fn(|_| RwSignal::new(String::new()));
    let draft =
        move || CustomerDraft { company_name: company_name.get(), first_name: first_name.get(), last_name: last_name.get(), email: email.get() };
    let errors = FormErrors::with_rules(Signal::derive(move || in_window(violations_of(draft().check(())))));
    let (unsaved, sending, toasts) = (Unsaved::of(draft), Sending::new(), use_toasts());
    let save = move || {
        let draft = untrack(draft);
        sending.run(create_customer(draft), move |answer| match answer {
            Ok(client) => {
                for field in [company_name, first_name, last_name, email] {
                    field.set(String::new());
                }
                errors.reset();
                unsaved.saved();
                open.set(false);
                toasts.success(format!("{} is created.", client.name));
                created.run(client);
            }
            Err(error) => errors.show(in_window(error.into_violations())),
        });
    };
    let actions = move || {
        view! {
            <Button on_click=move || open.set(false)>"Cancel"</Button>
            <Button variant=ButtonVariant::Primary submit=true form=FORM busy=sending.busy()>"Create customer"</Button>
        }
    };
    let field = move |name: &'static str, label: &'static str, value, kind: &'static str, length: usize| {
        let name = format!("customer.{name}");
        view! { <TextField name=name.clone() label value kind required=true max_length=length error=errors.of(name.clone()) on_blur=errors.leave(name) /> }
    };
    view! {
        <Dialog id="create-customer" title="Create Customer" open unsaved=unsaved.changed() actions>
            <Form id=FORM errors unsaved on_submit=save>
                {field("company_name", "Company Name", company_name, "text", limits::NAME)}
                <FieldGrid>
                    {field("first_name", "First Name", first_name, "text", limits::PERSON_NAME)}
                    {field("last_name", "Last Name", last_name, "text", limits::PERSON_NAME)}
                </FieldGrid>
                {field("email", "Email", email, "email", limits::EMAIL)}
                <p class="muted">"Country and time zone are those of your latest client. Complete them and the address later in Client Details."</p>
            </Form>
        </Dialog>
    }
    .into_any()
}

/// Fields are also the ids of their inputs, and the page around the window may have a name too.
fn in_window(violations: Violations) -> Violations {
    let inside = |Violation { field, message }| Violation { field: if field.is_empty() { field } else { format!("customer.{field}") }, message };
    violations.into_iter().map(inside).collect()
}
