//! What is chosen for a role: its texts, what it lists, and the draft that says what of that is new.

use domain::{Draft, RoleDraft, RoleId, RoleList, RoleScope, RoleSummary};
use leptos::prelude::*;

use crate::{
    access::role::open::Opened,
    forms::{FormErrors, violations_of},
    lists::selection,
    ui::Picked,
};

/// The value of a choice between all and listed.
pub(super) const ALL: &str = "all";
/// Its opposite: only what is listed.
pub(super) const LISTED: &str = "listed";

/// The texts of a role. They outlive a change of the scope of a new one.
#[derive(Clone, Copy)]
pub(in crate::access::role) struct Texts {
    /// Its name.
    pub(in crate::access::role) name: RwSignal<String>,
    /// What it is for.
    pub(in crate::access::role) description: RwSignal<String>,
}

impl Texts {
    /// Those of a role, or none yet.
    pub(in crate::access::role) fn of(role: Option<&RoleSummary>) -> Self {
        let text = |text: fn(&RoleSummary) -> &String| RwSignal::new(role.map(text).cloned().unwrap_or_default());
        Self { name: text(|role| &role.name), description: text(|role| &role.description) }
    }
}

/// Of which things a role shows all: [`ALL`] or [`LISTED`].
#[derive(Clone, Copy)]
pub(super) struct Views {
    pub(super) clients: RwSignal<String>,
    pub(super) devices: RwSignal<String>,
    pub(super) credential_sets: RwSignal<String>,
}

/// What is picked of each list.
#[derive(Clone, Copy)]
pub(super) struct Lists {
    pub(super) permission_sets: Picked,
    pub(super) users: Picked,
    pub(super) user_groups: Picked,
    pub(super) clients: Picked,
    pub(super) devices: Picked,
    pub(super) device_groups: Picked,
    pub(super) credential_sets: Picked,
}

impl Lists {
    fn new(begin: impl Fn(RoleList) -> Picked) -> Self {
        Self {
            permission_sets: begin(RoleList::PermissionSets),
            users: begin(RoleList::Users),
            user_groups: begin(RoleList::UserGroups),
            clients: begin(RoleList::Clients),
            devices: begin(RoleList::Devices),
            device_groups: begin(RoleList::DeviceGroups),
            credential_sets: begin(RoleList::CredentialSets),
        }
    }

    /// What is picked of one list.
    pub(super) const fn of(self, list: RoleList) -> Picked {
        match list {
            RoleList::PermissionSets => self.permission_sets,
            RoleList::Users => self.users,
            RoleList::UserGroups => self.user_groups,
            RoleList::Clients => self.clients,
            RoleList::Devices => self.devices,
            RoleList::DeviceGroups => self.device_groups,
            RoleList::CredentialSets => self.credential_sets,
        }
    }
}

/// A role being chosen.
#[derive(Clone, Copy)]
pub(in crate::access::role) struct RoleForm {
    /// For whose users it is.
    pub(in crate::access::role) scope: RoleScope,
    /// Which role; none for a new one.
    pub(in crate::access::role) role: StoredValue<Option<RoleId>>,
    pub(super) texts: Texts,
    pub(super) views: Views,
    pub(super) lists: Lists,
    /// What would be sent: nothing but what is new.
    pub(in crate::access::role) draft: Memo<RoleDraft>,
    /// What is wrong with it.
    pub(in crate::access::role) errors: FormErrors,
}

impl RoleForm {
    /// Begins with a role.
    pub(in crate::access::role) fn of(opened: &Opened) -> Self {
        let role = &opened.overview.summary;
        let lists = Lists::new(|list| Picked::among(opened.first(list), opened.beyond(list)));
        Self::build(role.scope, Some(role), Texts::of(Some(role)), lists)
    }

    /// Begins with a new role of a scope, which lists nothing yet but perhaps some clients.
    pub(in crate::access::role) fn blank(scope: RoleScope, texts: Texts, clients: Picked) -> Self {
        let lists = Lists { clients, ..Lists::new(|_| Picked::new(Vec::new())) };
        Self::build(scope, None, texts, lists)
    }

    fn build(scope: RoleScope, role: Option<&RoleSummary>, texts: Texts, lists: Lists) -> Self {
        let view = |all: fn(&RoleSummary) -> bool| RwSignal::new(if role.is_some_and(all) { ALL } else { LISTED }.to_owned());
        let views = Views {
            clients: view(|role| role.all_clients),
            devices: view(|role| role.all_devices),
            credential_sets: view(|role| role.all_credentials),
        };
        let before = StoredValue::new(role.cloned());
        let draft = Memo::new(move |_| before.with_value(|before| draft(scope, before.as_ref(), texts, views, lists)));
        let rules = Signal::derive(move || before.with_value(|before| violations_of(draft.get().check(before.as_ref()))));
        Self { scope, role: StoredValue::new(role.map(|role| role.id.clone())), texts, views, lists, draft, errors: FormErrors::with_rules(rules) }
    }

    /// Whether anything was chosen that isn't saved. The scope alone is no loss.
    pub(in crate::access::role) fn is_changed(self) -> bool {
        self.draft.with(|draft| match self.role.with_value(Option::is_some) {
            true => *draft != RoleDraft::default(),
            false => {
                draft.name.as_deref() != Some("")
                    || draft.description.as_deref() != Some("")
                    || RoleList::ALL.iter().any(|list| draft.list(*list).is_some())
            }
        })
    }
}

/// What differs from the role as it is.
fn draft(scope: RoleScope, before: Option<&RoleSummary>, texts: Texts, views: Views, lists: Lists) -> RoleDraft {
    let text = |now: RwSignal<String>, was: fn(&RoleSummary) -> &String| Some(now.get()).filter(|now| before.map(was) != Some(now));
    let flag =
        |view: RwSignal<String>, was: fn(&RoleSummary) -> bool| Some(view.with(|view| view == ALL)).filter(|now| before.map(was) != Some(*now));
    let listed = |list: RoleList| {
        let picked = lists.of(list);
        picked.is_changed().then(|| selection(picked))
    };
    // Where everything is shown, a list says nothing.
    let unless_all = |list: RoleList, view: RwSignal<String>| listed(list).filter(|_| view.with(|view| view == LISTED));
    RoleDraft {
        name: text(texts.name, |role| &role.name),
        description: text(texts.description, |role| &role.description),
        scope: before.is_none().then(|| scope.key().to_owned()),
        all_clients: flag(views.clients, |role| role.all_clients),
        all_devices: flag(views.devices, |role| role.all_devices),
        all_credentials: flag(views.credential_sets, |role| role.all_credentials),
        permission_sets: listed(RoleList::PermissionSets),
        users: listed(RoleList::Users),
        user_groups: listed(RoleList::UserGroups),
        clients: unless_all(RoleList::Clients, views.clients),
        devices: unless_all(RoleList::Devices, views.devices),
        device_groups: unless_all(RoleList::DeviceGroups, views.devices),
        credential_sets: unless_all(RoleList::CredentialSets, views.credential_sets),
    }
}
