//! What a role amounts to, now and by the draft, while one chooses.

use std::time::Duration;

use domain::{Permission, RoleDifference, RoleDraft, grouped};
use leptos::prelude::*;

use super::{form::RoleForm, rpc::compare_role};
use crate::{
    loading::{Answer, Loaded, ask},
    ui::{Section, Skeleton, when_rested},
};

/// Counting is work for the server: it waits until choosing has rested.
const RESTING: Duration = Duration::from_millis(300);

/// The figures of a draft, and the draft that they are of.
pub(super) type Compared = (RoleDraft, RoleDifference);

/// The figures of a form.
#[derive(Clone, Copy)]
pub(super) struct Amounts {
    /// The last ones.
    pub(super) answer: Answer<Compared>,
    /// What is to be counted: the draft without the texts, which count for nothing.
    question: Memo<RoleDraft>,
    /// What is being counted.
    asked: RwSignal<RoleDraft>,
}

impl Amounts {
    /// Follows a form.
    pub(super) fn new(form: RoleForm) -> Self {
        let question = Memo::new(move |_| RoleDraft { name: None, description: None, ..form.draft.get() });
        let asked = RwSignal::new(question.get_untracked());
        let role = form.role.get_value();
        let answer = ask(
            move || asked.get(),
            move |draft| {
                let role = role.clone();
                async move { Ok((draft.clone(), compare_role(role, draft).await?)) }
            },
        );
        when_rested(move || question.track(), RESTING, move || asked.set(question.get_untracked()));
        Self { answer, question, asked }
    }

    /// Asks at once.
    pub(super) fn ask_now(self) {
        self.asked.set(self.question.get_untracked());
    }

    /// Whether figures are those of the draft as it is now.
    pub(super) fn is_current(self, of: &RoleDraft) -> bool {
        self.question.with(|question| question == of)
    }
}

/// The figures, beside the form.
pub(super) fn amount_section(amounts: Amounts) -> AnyView {
    let shown = move |(of, difference): Compared| figures(Signal::derive(move || !amounts.is_current(&of)), &difference);
    view! {
        <Section title="Effective access" description="Who has this role, and what they can see.">
            <div aria-live="polite">
                <Loaded resource=amounts.answer view=Callback::new(shown) skeleton=ViewFn::from(|| view! { <Skeleton lines=4 /> }) />
            </div>
        </Section>
    }
    .into_any()
}

fn figures(busy: Signal<bool>, difference: &RoleDifference) -> AnyView {
    let RoleDifference { before, after, without_effect, .. } = difference;
    let lines = [
        ("Clients", before.clients, after.clients),
        ("Devices", before.devices, after.devices),
        ("Credential sets", before.credential_sets, after.credential_sets),
        ("Users", before.users, after.users),
    ];
    let line = |(label, before, after): (&'static str, u64, u64)| {
        let was = (before != after).then(|| view! { <small>{format!("now {}", grouped(before))}</small> });
        view! { <div><dt>{label}</dt><dd><strong>{grouped(after)}</strong>{was}</dd></div> }
    };
    let without_view = (!after.permissions.contains(Permission::ClientView))
        .then(|| view! { <p class="muted">{format!("Without the permission “{}” it shows nothing.", Permission::ClientView.name())}</p> });
    let ineffective = without_effect.iter().map(|permission| {
        view! { <p class="muted">{format!("“{}” has no effect in a role that lists clients.", permission.name())}</p> }
    });
    let ineffective = ineffective.collect_view();
    view! { <dl class="amounts" aria-busy=move || busy.get().then_some("true")>{lines.map(line).collect_view()}</dl>{without_view}{ineffective} }
        .into_any()
}
