//! What is typed and ticked of a permission set.

use domain::{Area, Permission, PermissionBits, PermissionSetDraft, RoleScope};
use leptos::prelude::*;

use super::list::whose;
use crate::{
    caller::{refusal, use_caller},
    forms::{FormErrors, violations_of},
    ui::{CheckboxGroup, Choice, FieldGroup, RadioGroup, Section, TextArea, TextField},
};

/// Why the caller can't make a permission set.
pub(super) fn refused_to_make() -> Option<String> {
    refusal(Permission::RoleManage, use_caller().place())
}

/// The permissions by the part of the console they belong to.
pub(super) fn areas() -> Vec<(Area, Vec<Permission>)> {
    Permission::ALL.iter().fold(Vec::<(Area, Vec<Permission>)>::new(), |mut areas, permission| {
        match areas.last_mut() {
            Some((area, permissions)) if *area == permission.area() => permissions.push(*permission),
            _ => areas.push((permission.area(), vec![*permission])),
        }
        areas
    })
}

/// The permissions of an area, and the keys of those that are ticked.
type Ticks = (Area, Vec<Permission>, RwSignal<Vec<String>>);

/// A permission set being typed.
#[derive(Clone, Copy)]
pub(super) struct SetForm {
    name: RwSignal<String>,
    description: RwSignal<String>,
    scope: RwSignal<String>,
    /// What is ticked, an area each.
    ticked: StoredValue<Vec<Ticks>>,
    /// What would be sent.
    pub(super) draft: Memo<PermissionSetDraft>,
    /// What is wrong with it.
    pub(super) errors: FormErrors,
}

impl SetForm {
    /// Begins with a draft.
    pub(super) fn new(draft: PermissionSetDraft) -> Self {
        let held = draft.permissions;
        let (name, description, scope) = (RwSignal::new(draft.name), RwSignal::new(draft.description), RwSignal::new(draft.scope));
        let keys = |permissions: &[Permission]| permissions.iter().filter(|one| held.contains(**one)).map(|one| one.key().to_owned()).collect();
        let ticked: Vec<_> = areas().into_iter().map(|(area, all)| (area, all.clone(), RwSignal::new(keys(&all)))).collect();
        let ticked = StoredValue::new(ticked);
        let draft = Memo::new(move |_| PermissionSetDraft {
            name: name.get(),
            description: description.get(),
            scope: scope.get(),
            permissions: ticked.with_value(|ticked| ticked.iter().flat_map(|(_, _, keys)| permissions(*keys)).collect()),
        });
        let rules = move || violations_of(draft.get().validate().1.into_result());
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
                <TextField name="name" label="Name" value=self.name required=true max_length=80 error=errors.of("name") on_blur=errors.leave("name") />
                <TextArea
                    name="description"
                    label="Description"
                    value=self.description
                    rows=3
                    max_length=500
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
        let group = |(area, all, value): (Area, Vec<Permission>, RwSignal<Vec<String>>)| {
            let lacking = |permission: Permission| if held.contains(permission) { "" } else { "You don’t hold it yourself." };
            let options = all.iter().map(|one| Choice::new(one.key(), one.label()).with_detail(lacking(*one))).collect::<Vec<_>>();
            view! { <CheckboxGroup name=format!("permissions.{}", area.label()) label=area.label() value options inline=true /> }
        };
        let groups = self.ticked.get_value().into_iter().map(group).collect_view();
        view! {
            <Section title="Permissions" description="A set can hold no more than you hold yourself.">
                <FieldGroup id="permissions" label="What may be done" error=self.errors.of("permissions")>
                    <div class="permissions">{groups}</div>
                </FieldGroup>
            </Section>
        }
        .into_any()
    }
}

fn permissions(keys: RwSignal<Vec<String>>) -> Vec<Permission> {
    keys.with(|keys| keys.iter().filter_map(|key| Permission::from_key(key)).collect())
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
    view! { <div class="permissions">{areas().into_iter().map(area).collect_view()}</div> }.into_any()
}
