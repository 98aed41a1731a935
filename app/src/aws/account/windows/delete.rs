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
    let (id, name, onboarded, has_members) = (account.id, account.name.clone(), account.members.onboarded, account.members.all > 0);
    let (open, delink, problem) = (RwSignal::new(true), RwSignal::new(false), RwSignal::new(None::<String>));
    // The server refuses also where an account that isn't onboarded, or no longer, has a role. Then one can still confirm.
    let refused = RwSignal::new(false);
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
                    None => toasts.success(format!("{name} was deleted.")),
                }
                done.run(());
            }
            Err(error) => {
                refused.set(has_members);
                problem.set(Some(error.to_string()));
            }
        });
    };
    let delete = Callback::new(move |()| delete());
    let has_roles = move || onboarded > 0 || refused.get();
    let blocked = Signal::derive(move || (has_roles() && !delink.get()).then(|| "Confirm that the accounts are delinked first.".to_owned()));
    let actions = move || {
        view! {
            <Button on_click=move || open.set(false)>"Cancel"</Button>
            <Button variant=ButtonVariant::Danger busy=sending.busy() disabled_because=blocked on_click=delete>"Delete"</Button>
        }
    };
    let delinking = move || {
        let label = match onboarded {
            0 => "Delink accounts that have a role first".to_owned(),
            some => format!("Delink {} first", counted(some, "onboarded account", "onboarded accounts")),
        };
        view! {
            <CheckboxField
                name="delink"
                label
                value=delink
                hint="A job deletes their roles in AWS, then removes this account from Tenantry."
            />
        }
    };
    view! {
        <Dialog id="delete-account" title=format!("Delete {}?", account.name) open actions>
            <p>{usage(&account)}</p>
            {move || problem.get().map(|title| view! { <Notice tone=Tone::Danger title /> })}
            {move || has_roles().then(delinking)}
        </Dialog>
    }
    .into_any()
}

/// What goes with an account.
fn usage(account: &AwsAccount) -> String {
    let members = account.members;
    let what = match (members.all, members.associated) {
        (0, _) => "This account is removed from Tenantry.".to_owned(),
        (all, 0) => format!("This account and its {} are removed from Tenantry.", counted(all, "member account", "member accounts")),
        (all, associated) => format!(
            "This account and its {}, of which {} to a customer, are removed from Tenantry.",
            counted(all, "member account", "member accounts"),
            counted(associated, "belongs", "belong")
        ),
    };
    let in_aws = if members.onboarded > 0 { "In AWS, only their roles are deleted." } else { "Nothing is deleted in AWS." };
    format!("{what} {in_aws}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aws::account::tests::account;

    #[test]
    fn what_hangs_on_an_account_is_counted() {
        let mut management = account("Payer");
        assert!(usage(&management).starts_with("This account is removed from Tenantry. "));
        management.members = domain::AwsMembers { all: 1, associated: 0, onboarded: 0 };
        assert!(usage(&management).starts_with("This account and its 1 member account are removed from Tenantry. "));
        management.members = domain::AwsMembers { all: 1234, associated: 1, onboarded: 1 };
        assert!(
            usage(&management)
                .starts_with("This account and its 1,234 member accounts, of which 1 belongs to a customer, are removed from Tenantry. ")
        );
    }
}
