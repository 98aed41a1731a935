//! “Remove Account from Customer”: the question.

use domain::AwsAccount;
use leptos::prelude::*;

use super::{ids, lines, subject};
use crate::{
    aws::account::rpc::disassociate_aws_accounts,
    forms::Sending,
    ui::{Button, ButtonVariant, Dialog, use_toasts},
};

/// The window.
pub(super) fn unlink_window(accounts: Vec<AwsAccount>, done: Callback<()>) -> AnyView {
    let (open, sending, toasts) = (RwSignal::new(true), Sending::new(), use_toasts());
    let from = |account: &AwsAccount| {
        let customer = account.client.as_ref().map(|client| format!(" from {}", client.name)).unwrap_or_default();
        view! { <span>{account.name.clone()}{customer}</span> }.into_any()
    };
    let (shown, ids, who) = (lines(&accounts, from), ids(&accounts), subject(&accounts));
    let remove = move || {
        let who = who.clone();
        sending.run(disassociate_aws_accounts(ids.clone()), move |answer| {
            open.set(false);
            match answer {
                Ok(changed) => {
                    let (no_longer, a_customer) =
                        if changed.len() == 1 { ("no longer belongs", "a customer") } else { ("no longer belong", "customers") };
                    toasts.success(format!("{who} {no_longer} to {a_customer}."));
                    done.run(());
                }
                Err(error) => toasts.error(error.to_string()),
            }
        });
    };
    let remove = Callback::new(move |()| remove());
    let actions = move || {
        view! {
            <Button on_click=move || open.set(false)>"Cancel"</Button>
            <Button variant=ButtonVariant::Danger busy=sending.busy() on_click=remove>"Remove"</Button>
        }
    };
    view! {
        <Dialog id="remove-from-customer" title="Remove Account from Customer" open actions>
            {shown}
            <p>"The customer’s users no longer see the account. Nothing changes in AWS: an onboarded account stays onboarded."</p>
        </Dialog>
    }
    .into_any()
}
