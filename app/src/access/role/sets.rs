//! What a permission set holds, area by area.

use domain::{Area, Permission, PermissionBits, PermissionSet, PermissionSetId};
use leptos::prelude::*;

use crate::{
    access::permission_set::rpc::get_permission_set,
    loading::{Loaded, ask},
};

/// A set and what it holds, to be folded away.
#[component]
pub(super) fn SetContents(
    /// Its identifier.
    id: String,
    /// Its name.
    name: String,
) -> impl IntoView {
    let set = id.parse::<PermissionSetId>().ok();
    set.map(|id| {
        let held = ask(move || id.clone(), get_permission_set);
        let shown = |set: PermissionSet| permissions(set.permissions);
        view! {
            <details class="set" open="">
                <summary>{name}</summary>
                <Loaded resource=held view=Callback::new(shown) />
            </details>
        }
    })
}

/// Permissions, an area a line.
pub(crate) fn permissions(bits: PermissionBits) -> AnyView {
    let mut areas: Vec<(Area, Vec<&str>)> = Vec::new();
    for permission in bits.iter() {
        match areas.last_mut() {
            Some((area, labels)) if *area == permission.area() => labels.push(Permission::label(permission)),
            _ => areas.push((permission.area(), vec![permission.label()])),
        }
    }
    if areas.is_empty() {
        return view! { <p class="muted">"Nothing."</p> }.into_any();
    }
    let line = |(area, labels): (Area, Vec<&str>)| view! { <div><dt>{area.label()}</dt><dd>{labels.join(", ")}</dd></div> };
    view! { <dl class="areas">{areas.into_iter().map(line).collect_view()}</dl> }.into_any()
}
