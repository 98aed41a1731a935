//! A tick box for each of some permissions, an area a group.

use domain::{Area, Permission, PermissionBits};
use leptos::prelude::*;

use crate::ui::{CheckboxGroup, Choice};

/// Permissions by the part of the console they belong to.
pub(super) fn areas(permissions: impl IntoIterator<Item = Permission>) -> Vec<(Area, Vec<Permission>)> {
    permissions.into_iter().fold(Vec::<(Area, Vec<Permission>)>::new(), |mut areas, permission| {
        match areas.last_mut() {
            Some((area, permissions)) if *area == permission.area() => permissions.push(permission),
            _ => areas.push((permission.area(), vec![permission])),
        }
        areas
    })
}

/// The permissions of an area, and the keys of those that are ticked.
type AreaTicks = (Area, Vec<Permission>, RwSignal<Vec<String>>);

/// Which permissions are ticked.
#[derive(Clone, Copy)]
pub(crate) struct PermissionTicks(StoredValue<Vec<AreaTicks>>);

impl PermissionTicks {
    /// Offers some permissions, of which some are ticked.
    pub(crate) fn new(offered: impl IntoIterator<Item = Permission>, ticked: PermissionBits) -> Self {
        let keys = |permissions: &[Permission]| permissions.iter().filter(|one| ticked.contains(**one)).map(|one| one.key().to_owned()).collect();
        let areas = areas(offered).into_iter().map(|(area, all)| (area, all.clone(), RwSignal::new(keys(&all)))).collect();
        Self(StoredValue::new(areas))
    }

    /// Those that are ticked now.
    pub(crate) fn get(self) -> PermissionBits {
        let of_area = |(_, _, keys): &AreaTicks| keys.with(|keys| keys.iter().filter_map(|key| Permission::from_key(key)).collect::<Vec<_>>());
        self.0.with_value(|areas| areas.iter().flat_map(of_area).collect())
    }

    /// The boxes; beside each what there is to say about it.
    pub(crate) fn view(self, detail: impl Fn(Permission) -> &'static str) -> AnyView {
        let group = |(area, all, value): AreaTicks| {
            let options = all.iter().map(|one| Choice::new(one.key(), one.label()).with_detail(detail(*one))).collect::<Vec<_>>();
            view! { <CheckboxGroup name=format!("permissions.{}", area.label()) label=area.label() value options inline=true /> }
        };
        let groups = self.0.get_value().into_iter().map(group).collect_view();
        view! { <div class="permissions">{groups}</div> }.into_any()
    }
}
