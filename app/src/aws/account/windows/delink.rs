//! “Remove Role ARN”: the question.

use domain::{AwsAccount, counted};
use leptos::prelude::*;

use super::{ids, lines};
use crate::{
    aws::account::rpc::delink_aws_accounts,
    forms::Sending,
    leaving::job::use_jobs,
    ui::{Button, ButtonVariant, Dialog, use_toasts},
};

/// The window.
pub(super) fn delink_window(accounts: Vec<AwsAccount>, done: Callback<()>) -> AnyView {
    let (open, sending, toasts, jobs) = (RwSignal::new(true), Sending::new(), use_toasts(), use_jobs());
    let line = |account: &AwsAccount| {
        let arn = account.role.as_ref().or(account.awaited.as_ref()).map(ToString::to_string).unwrap_or_default();
        view! { <span>{account.name.clone()}</span>" "<span class="mono muted">{arn}</span> }.into_any()
    };
    let (shown, ids) = (lines(&accounts, line), ids(&accounts));
    let delink = Callback::new(move |()| {
        sending.run(delink_aws_accounts(ids.clone()), move |answer| {
            open.set(false);
            match answer {
                Ok(begun) => {
                    if begun.len() > 1 {
                        toasts.info(format!("{} are being delinked.", counted(begun.len() as u64, "account", "accounts")));
                    }
                    begun.into_iter().for_each(|job| jobs.follow(job));
                    done.run(());
                }
                Err(error) => toasts.error(error.to_string()),
            }
        });
    });
    let actions = move || {
        view! {
            <Button on_click=move || open.set(false)>"Cancel"</Button>
            <Button variant=ButtonVariant::Danger busy=sending.busy() on_click=delink>"Ok"</Button>
        }
    };
    view! {
        <Dialog id="remove-role-arn" title="Remove Role ARN" open wide=true actions>
            {shown}
            <p>
                "Tenantry deletes the role it created in AWS and forgets the Role ARN. If the role can’t be deleted, you get the command that does it. The account stays with its customer."
            </p>
        </Dialog>
    }
    .into_any()
}
