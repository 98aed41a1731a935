//! What is typed and ticked of a permission set.

use domain::{Area, Draft, Permission, PermissionBits, PermissionSetDraft, RoleScope, limits};
use leptos::prelude::*;

use super::{
    ticks::{PermissionTicks, areas},
    words::whose,
};
use crate::{
    caller::{refusal, use_caller},
    forms::{FormErrors, violations_of},
    ui::{Choice, FieldGroup, RadioGroup, Section, TextArea, TextField},
};

/// Why the caller can't make a permission set.
pub(super) fn refused_to_make() -> Option<String> {
    refusal(Permission::RoleManage, use_caller().place())
}

/// A permission set being typed.
#[derive(Clone, Copy)]
pub(super) struct SetForm {
    name: RwSignal<String>,
    description: RwSignal<String>,
    scope: RwSignal<String>,
    ticked: PermissionTicks,
    /// What would be sent.
    pub(super) draft: Memo<PermissionSetDraft>,
    /// What is wrong with it.
    pub(super) errors: FormErrors,
}

impl SetForm {
    /// Begins with a draft.
    pub(super) fn new(draft: PermissionSetDraft) -> Self {
        let (held, unenforced) = (draft.permissions, draft.unenforced);
        let (name, description, scope) = (RwSignal::new(draft.name), RwSignal::new(draft.description), RwSignal::new(draft.scope));
        let ticked = PermissionTicks::new(Permission::ALL.iter().copied(), held);
        let draft = Memo::new(move |_| PermissionSetDraft {
            name: name.get(),
            description: description.get(),
            scope: scope.get(),
            permissions: ticked.get(),
            unenforced: unenforced.clone(),
        });
        let rules = move || violations_of(draft.get().check(()));
        Self { name, description, scope, ticked, draft, errors: FormErrors::with_rules(Signal::derive(rules)) }
    }

    /// Name and description; for a new set also for whom it is.
    pub(super) fn details(self, new: bool) -> AnyView {
        let errors = self.errors;
        // A client's sets are for its users: there is nothing to choose.
        let scopes = [RoleScope::Msp, RoleScope::Client].map(|scope| Choice::new(scope.key(), whose(scope))).to_vec();
        let scope = (new && use_caller().client.is_none()).then(|| {
            view! { <RadioGroup name="scope" label="For" value=self.scope options=scopes error=errors.of("scope") required=true inline=true hint="It can’t be changed later." /> }
        });
        view! {
            <Section title="Details">
                <TextField name="name" label="Name" value=self.name required=true max_length=limits::SHORT_NAME error=errors.of("name") on_blur=errors.leave("name") />
                <TextArea
                    name="description"
                    label="Description"
                    value=self.description
                    rows=3
                    max_length=limits::SHORT_DESCRIPTION
                    error=errors.of("description")
                    on_blur=errors.leave("description")
                />
                {scope}
            </Section>
        }
        .into_any()
    }

    /// A tick box for each permission. What the caller doesn't hold is refused by the server, and said so beforehand.
    pub(super) fn ticks(self) -> AnyView {
        let held = use_caller().permissions();
        let lacking = move |permission| if held.contains(permission) { "" } else { "You don’t have this permission yourself." };
        view! {
            <Section title="Permissions" description="A permission set can’t include more than you have yourself.">
                <FieldGroup id="permissions" label="Permissions" error=self.errors.of("permissions")>
                    {self.ticked.view(lacking)}
                </FieldGroup>
            </Section>
        }
        .into_any()
    }
}

/// What a set holds, to read: each permission with whether it is in.
pub(super) fn held(permissions: PermissionBits) -> AnyView {
    use crate::ui::{Glyph, Icon};
    let line = move |one: Permission| {
        let is_in = permissions.contains(one);
        let (glyph, word) = if is_in { (Glyph::Check, ", granted") } else { (Glyph::Close, ", not granted") };
        view! { <li data-lacking=(!is_in).then_some("")><Icon glyph /><span>{one.label()}<span class="visually-hidden">{word}</span></span></li> }
    };
    let area = |(area, all): (Area, Vec<Permission>)| {
        view! { <div class="stack-small"><h3>{area.label()}</h3><ul class="permission-list">{all.into_iter().map(line).collect_view()}</ul></div> }
    };
    view! { <div class="permissions">{areas(Permission::ALL.iter().copied()).into_iter().map(area).collect_view()}</div> }.into_any()
}
