//! Deactivating, activating and terminating a user, after a question that says what follows.

use domain::{Mask, User, UserId, UserStatus, UserUsage, limits};
use leptos::prelude::*;

use super::rpc::{activate_user, deactivate_user, get_user_usage, terminate_user};
use crate::{
    forms::{Form, FormErrors, Sending, Unsaved},
    loading::{Loaded, ask},
    ui::{Button, ButtonVariant, Choice, Dialog, RadioGroup, TextField, use_toasts},
};

const FORM: &str = "user-state-form";

/// What becomes of a user.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum StateChange {
    Activate,
    Deactivate,
    Terminate,
}

impl StateChange {
    /// What a state allows; none brings a terminated user back.
    pub(super) const fn of(status: UserStatus) -> &'static [Self] {
        match status {
            UserStatus::Active => &[Self::Deactivate, Self::Terminate],
            UserStatus::Inactive => &[Self::Activate, Self::Terminate],
            UserStatus::Terminated => &[],
        }
    }

    /// On the button.
    pub(super) const fn verb(self) -> &'static str {
        match self {
            Self::Activate => "Activate",
            Self::Deactivate => "Deactivate",
            Self::Terminate => "Terminate",
        }
    }

    const fn done(self) -> &'static str {
        match self {
            Self::Activate => "is active",
            Self::Deactivate => "is inactive",
            Self::Terminate => "is terminated",
        }
    }

    const fn consequence(self) -> &'static str {
        match self {
            Self::Activate => "The user can sign in again, with their roles and groups.",
            Self::Deactivate => "The user can’t sign in until you activate them again. Roles and groups stay.",
            Self::Terminate => "The user can never sign in again and loses all roles and groups. Personal data is erased. This can’t be undone.",
        }
    }
}

/// The question before a change.
pub(super) fn state_dialog(id: UserId, name: String, asked: RwSignal<Option<StateChange>>, on_done: Callback<User>) -> AnyView {
    let view = move || asked.get().map(|change| view! { <Question id name=name.clone() change asked on_done /> });
    IntoAny::into_any(view)
}

#[component]
fn Question(id: UserId, name: String, change: StateChange, asked: RwSignal<Option<StateChange>>, on_done: Callback<User>) -> impl IntoView {
    let open = RwSignal::new(true);
    let (reason, mask) = (RwSignal::new(String::new()), RwSignal::new(Mask::Partial.key().to_owned()));
    let (errors, unsaved) = (FormErrors::new(), Unsaved::of(move || (reason.get(), mask.get())));
    let (sending, toasts) = (Sending::new(), use_toasts());
    Effect::new(move |_| {
        if !open.get() {
            asked.set(None);
        }
    });
    let user_name = name.clone();
    let go = move || {
        let (reason, name) = (reason.get_untracked(), user_name.clone());
        let mask = Mask::from_key(&mask.get_untracked()).unwrap_or(Mask::Partial);
        let call = async move {
            match change {
                StateChange::Activate => activate_user(id).await,
                StateChange::Deactivate => deactivate_user(id, reason).await,
                StateChange::Terminate => terminate_user(id, reason, mask).await,
            }
        };
        sending.run(call, move |answer| match answer {
            Ok(user) => {
                open.set(false);
                unsaved.saved();
                toasts.success(format!("{name} {}.", change.done()));
                on_done.run(user);
            }
            Err(error) => errors.refuse(error),
        });
    };
    let actions = move || {
        let variant = if change == StateChange::Activate { ButtonVariant::Primary } else { ButtonVariant::Danger };
        view! {
            <Button on_click=move || open.set(false)>"Cancel"</Button>
            <Button variant submit=true form=FORM busy=sending.busy()>{change.verb()}</Button>
        }
    };
    let masks = vec![
        Choice::new(Mask::Partial.key(), "Keep the name").with_detail("Keeps the history readable. All other personal data is erased."),
        Choice::new(Mask::Full.key(), "Keep nothing").with_detail("The history is anonymized."),
    ];
    view! {
        <Dialog id="user-state" title=format!("{} {name}?", change.verb()) open unsaved=unsaved.changed() actions>
            <Form id=FORM errors unsaved on_submit=go>
                <p>{change.consequence()}</p>
                {(change != StateChange::Activate).then(|| view! {
                    <InventoryUsage id />
                    <TextField name="reason" label="Reason" hint="Optional. Shown in the history." value=reason error=errors.of("reason") max_length=limits::REASON />
                })}
                {(change == StateChange::Terminate).then(|| view! { <RadioGroup name="mask" label="What stays" value=mask options=masks /> })}
            </Form>
        </Dialog>
    }
}

#[component]
fn InventoryUsage(id: UserId) -> impl IntoView {
    let usage = ask(move || id, get_user_usage);
    view! { <Loaded resource=usage view=Callback::new(|usage| view! { <p>{words(&usage)}</p> }.into_any()) /> }
}

/// What ending the account affects, in a sentence.
fn words(usage: &UserUsage) -> String {
    let counted = |count: u64, one: &str, many: &str| (count > 0).then(|| domain::counted(count, one, many));
    let UserUsage { roles, user_groups, sessions, api_keys } = *usage;
    let parts = [
        counted(roles, "role", "roles"),
        counted(user_groups, "user group", "user groups"),
        counted(sessions, "open session, which ends at once", "open sessions, which end at once"),
        counted(api_keys, "API key, which stops working", "API keys, which stop working"),
    ];
    let parts: Vec<_> = parts.into_iter().flatten().collect();
    match parts.split_last() {
        None => "This user has no roles, groups, sessions or API keys.".to_owned(),
        Some((only, [])) => format!("They have {only}."),
        Some((last, before)) => format!("They have {} and {last}.", before.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_hangs_on_a_user_is_a_sentence() {
        let usage = |roles, user_groups, sessions, api_keys| words(&UserUsage { roles, user_groups, sessions, api_keys });
        assert_eq!(usage(0, 0, 0, 0), "This user has no roles, groups, sessions or API keys.");
        assert_eq!(usage(1, 0, 0, 0), "They have 1 role.");
        assert_eq!(usage(2, 1, 1, 0), "They have 2 roles, 1 user group and 1 open session, which ends at once.");
    }
}
