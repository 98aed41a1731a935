//! Deleting an account: what hangs on it.

use domain::{AwsAccount, counted};
use leptos::prelude::*;

use crate::{
    aws::account::rpc::delete_aws_account,
    forms::Sending,
    leaving::job::use_jobs,
    ui::{Button, ButtonVariant, CheckboxField, Dialog, Notice, Tone, use_toasts},
};

/// The window, for one account.
pub(super) fn delete_window(accounts: Vec<AwsAccount>, done: Callback<()>) -> AnyView {
    let Some(account) = accounts.into_iter().next() else { return ().into_any() };
    let (id, name, onboarded) = (account.id, account.name.clone(), account.members.onboarded);
    let (open, delink, problem) = (RwSignal::new(true), RwSignal::new(false), RwSignal::new(None::<String>));
    let (sending, toasts, jobs) = (Sending::new(), use_toasts(), use_jobs());
    let delete = move || {
        let name = name.clone();
        problem.set(None);
        sending.run(delete_aws_account(id, delink.get_untracked()), move |answer| match answer {
            Ok(job) => {
                open.set(false);
                match job {
                    Some(job) => {
                        jobs.follow(job);
                        toasts.info(format!("The accounts of {name} are being delinked. Then it is deleted."));
                    }
                    None => toasts.success(format!("{name} is deleted.")),
                }
                done.run(());
            }
            Err(error) => problem.set(Some(error.to_string())),
        });
    };
    let delete = Callback::new(move |()| delete());
    let blocked = Signal::derive(move || (onboarded > 0 && !delink.get()).then(|| "Tick that the onboarded accounts are delinked first.".to_owned()));
    let actions = move || {
        view! {
            <Button on_click=move || open.set(false)>"Cancel"</Button>
            <Button variant=ButtonVariant::Danger busy=sending.busy() disabled_because=blocked on_click=delete>"Delete"</Button>
        }
    };
    let onboarded = (onboarded > 0).then(|| {
        let label = format!("Delink {} first", counted(onboarded, "onboarded account", "onboarded accounts"));
        view! {
            <CheckboxField
                name="delink"
                label
                value=delink
                hint="A job deletes their roles in AWS, then this account. Otherwise the roles would stay in AWS with nobody to look after them."
            />
        }
    });
    view! {
        <Dialog id="delete-account" title=format!("Delete {}?", account.name) open actions>
            <p>{usage(&account)}</p>
            {onboarded}
            {move || problem.get().map(|title| view! { <Notice tone=Tone::Danger title /> })}
        </Dialog>
    }
    .into_any()
}

/// What goes with an account.
fn usage(account: &AwsAccount) -> String {
    let members = account.members;
    let what = match (members.all, members.associated) {
        (0, _) => "Tenantry forgets this account.".to_owned(),
        (all, 0) => format!("Tenantry forgets this account and its {}.", counted(all, "member account", "member accounts")),
        (all, associated) => format!(
            "Tenantry forgets this account and its {}, of which {} with a customer.",
            counted(all, "member account", "member accounts"),
            counted(associated, "is", "are")
        ),
    };
    format!("{what} Nothing is deleted at AWS, apart from roles that are delinked.")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aws::account::tests::account;

    #[test]
    fn what_hangs_on_an_account_is_counted() {
        let mut management = account("Payer");
        assert!(usage(&management).starts_with("Tenantry forgets this account. "));
        management.members = domain::AwsMembers { all: 1, associated: 0, onboarded: 0 };
        assert!(usage(&management).starts_with("Tenantry forgets this account and its 1 member account. "));
        management.members = domain::AwsMembers { all: 1234, associated: 1, onboarded: 1 };
        assert!(usage(&management).starts_with("Tenantry forgets this account and its 1,234 member accounts, of which 1 is with a customer. "));
    }
}
