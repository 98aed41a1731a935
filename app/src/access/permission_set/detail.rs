//! The page of one permission set.

use domain::{Permission, PermissionSet, UnenforcedPermission};
use leptos::prelude::*;

use super::{
    delete::delete_dialog,
    form::{held, refused_to_make},
    list::SETS,
    rpc::get_permission_set,
    words::whose,
};
use crate::{
    caller::use_caller,
    loading::Loaded,
    moment::moment,
    paths,
    thing::{not_found, of_address, refusal_at},
    ui::{Badge, Button, ButtonLink, ButtonVariant, Crumb, Description, DescriptionList, Glyph, Page, Section},
};

/// The page.
#[component]
pub fn PermissionSetPage() -> impl IntoView {
    let set = of_address("set", get_permission_set);
    let shown = |set: Option<PermissionSet>| match set {
        Some(set) => view! { <Shown set /> }.into_any(),
        None => not_found("Permission set"),
    };
    view! { <Loaded resource=set view=Callback::new(shown) /> }
}

/// Why a set can't be changed or deleted.
pub(super) fn refused_to_change(set: &PermissionSet) -> Option<String> {
    if set.is_default {
        return Some("Default permission sets never change. Copy it instead.".to_owned());
    }
    if set.client.is_none() && use_caller().client.is_some() {
        return Some("This permission set is your provider’s. Copy it instead.".to_owned());
    }
    refusal_at(Permission::RoleManage, set.client)
}

/// The permissions of areas that this console doesn't have.
fn not_enforced(unenforced: &[UnenforcedPermission]) -> Option<AnyView> {
    let lines = unenforced.iter().map(|one| view! { <li>{one.title()}</li> }).collect_view();
    let section = view! {
        <Section title="Not enforced here" description="Stored for other programs. These permissions grant nothing in this console.">
            <ul class="permission-list">{lines}</ul>
        </Section>
    };
    (!unenforced.is_empty()).then(|| section.into_any())
}

#[component]
fn Shown(set: PermissionSet) -> impl IntoView {
    let refused = refused_to_change(&set);
    let (no_copy, is_default, deleting) = (refused_to_make(), set.is_default, RwSignal::new(false));
    let PermissionSet { id, name, description, scope, permissions, unenforced, created, updated, .. } = set;
    let shown_id = id.to_string();
    let (edit, copy) = (paths::permission_set_edit(&id), paths::permission_set_copy(&id));
    let actions = move || {
        let copy_variant = if is_default { ButtonVariant::Primary } else { ButtonVariant::Secondary };
        let change = (!is_default).then(|| {
            view! {
                <span data-needs-script="">
                    <Button icon=Glyph::Trash disabled_because=refused.clone() on_click=move || deleting.set(true)>"Delete"</Button>
                </span>
                <ButtonLink href=edit.clone() variant=ButtonVariant::Primary icon=Glyph::Pencil disabled_because=refused.clone()>"Edit"</ButtonLink>
            }
        });
        view! {
            <ButtonLink href=copy.clone() variant=copy_variant icon=Glyph::Copy disabled_because=no_copy.clone()>"Copy"</ButtonLink>
            {change}
        }
    };
    let beside = move || is_default.then(|| view! { <Badge text="Default" /> });
    view! {
        <Page title=name.clone() crumbs=SETS.crumbs([Crumb::text(name.clone())]) beside actions>
            <div class="stack">
                <Section title="Details">
                    <DescriptionList>
                        <Description label="For" value=whose(scope).to_owned() />
                        <Description label="Description" value=description />
                        <Description label="Unique ID"><span class="mono">{shown_id}</span></Description>
                        <Description label="Created">{moment(created)}</Description>
                        <Description label="Last updated">{moment(updated)}</Description>
                    </DescriptionList>
                </Section>
                <Section title="Permissions">{held(permissions)}</Section>
                {not_enforced(&unenforced)}
            </div>
        </Page>
        {delete_dialog(id, name, deleting)}
    }
}
