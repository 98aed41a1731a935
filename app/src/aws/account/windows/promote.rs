//! “Promote to MSP”: the question.

use domain::AwsAccount;
use leptos::prelude::*;

use crate::{
    aws::account::rpc::promote_aws_account,
    forms::Sending,
    leaving::job::use_jobs,
    ui::{Button, ButtonVariant, Dialog, Notice, Spinner, Tone, use_toasts},
};

/// The window, for one account.
pub(super) fn promote_window(accounts: Vec<AwsAccount>, done: Callback<()>) -> AnyView {
    let Some(account) = accounts.into_iter().next() else { return ().into_any() };
    let (id, title) = (account.id, format!("Promote {} to MSP?", account.name));
    let (open, sending, toasts, jobs) = (RwSignal::new(true), Sending::new(), use_toasts(), use_jobs());
    let problem = RwSignal::new(None::<String>);
    let promote = move || {
        problem.set(None);
        sending.run(promote_aws_account(id), move |answer| match answer {
            Ok(account) => {
                open.set(false);
                toasts.success(format!("{} is an MSP account. Its members are being read.", account.name));
                jobs.listen();
                done.run(());
            }
            Err(error) => problem.set(Some(error.to_string())),
        });
    };
    let actions = move || {
        view! {
            <Button on_click=move || open.set(false)>"Cancel"</Button>
            <Button variant=ButtonVariant::Primary busy=sending.busy() on_click=promote>"Promote"</Button>
        }
    };
    let asking = move || sending.busy().get().then(|| view! { <Spinner label="Checking with AWS" /> });
    view! {
        <Dialog id="promote-account" title open actions>
            <p>"Tenantry checks with AWS that this is the management account of an organization, then lists its member accounts under MSP."</p>
            {move || problem.get().map(|title| view! { <Notice tone=Tone::Danger title /> })}
            {asking}
        </Dialog>
    }
    .into_any()
}
