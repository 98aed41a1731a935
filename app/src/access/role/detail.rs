//! The page of one role: a form for a reader who may change it, else its contents.

use domain::{Permission, RoleQuery, RoleSummary};
use leptos::prelude::*;

use super::{
    amount::{Amounts, amount_section},
    copy::copy_dialog,
    editor::{Editor, Place},
    form::RoleForm,
    list::{ROLES, kind_badge, users_of},
    open::{Editable, Opened, open_role},
    reading::{about, lists},
    remove::remove_dialog,
};
use crate::{
    audit::audit_of_role,
    caller::{refusal, use_caller},
    loading::Loaded,
    paths,
    thing::{not_found, of_address, refusal_at},
    ui::{Badge, Button, Crumb, Glyph, Notice, Page},
};

/// The page.
#[component]
pub fn RolePage() -> impl IntoView {
    let role = of_address("role", open_role);
    let reload = Callback::new(move |()| role.refetch());
    let shown = move |role: Option<Opened>| match role {
        Some(opened) => view! { <Shown opened reload /> }.into_any(),
        None => not_found("Role"),
    };
    view! { <Loaded resource=role view=Callback::new(shown) /> }
}

#[component]
fn Shown(opened: Opened, reload: Callback<()>) -> impl IntoView {
    let role = opened.overview.summary.clone();
    let caller = use_caller();
    let editable = Editable::of(&role, &caller);
    let (copying, removing) = (RwSignal::new(false), RwSignal::new(false));
    let copy_refused = refusal(Permission::RoleManage, caller.place());
    let remove_refused = match editable {
        Editable::All => None,
        Editable::People if role.is_default => Some("Default roles can’t be deleted.".to_owned()),
        Editable::People => Some("This role is your provider’s.".to_owned()),
        Editable::Nothing => refusal_at(Permission::RoleManage, role.client.or(caller.client)),
    };
    let actions = move || {
        view! {
            <span class="row" data-needs-script="">
                <Button icon=Glyph::Copy disabled_because=copy_refused.clone() on_click=move || copying.set(true)>"Copy"</Button>
                <Button icon=Glyph::Trash disabled_because=remove_refused.clone() on_click=move || removing.set(true)>"Delete"</Button>
            </span>
        }
    };
    let (scope, is_default) = (role.scope, role.is_default);
    let beside = move || view! { <Badge text=users_of(scope) />{is_default.then(|| kind_badge(true))} };
    let name = role.name.clone();
    let audit = audit_of_role(&role.id);
    let (content, removal) = (content(&opened, editable, reload), remove_dialog(&role, &opened.overview.counts, removing));
    view! {
        <Page title=name.clone() crumbs=ROLES.crumbs([Crumb::text(name)]) beside actions>{content}{audit}</Page>
        {copy_dialog(&role, copying)}
        {removal}
    }
}

fn content(opened: &Opened, editable: Editable, reload: Callback<()>) -> AnyView {
    let role = &opened.overview.summary;
    let form = RoleForm::of(opened);
    if editable == Editable::Nothing {
        let (amounts, about, lists) = (Amounts::new(form), about(opened), lists(opened, true));
        return view! {
            <div class="role-editor">
                <div class="stack">{about}{lists}</div>
                <aside class="role-amounts" aria-label="Effective access">{amount_section(amounts)}</aside>
            </div>
        }
        .into_any();
    }
    let place = Place {
        back: paths::roles(&RoleQuery::default()),
        clients: role.client.is_none(),
        saved: Callback::new(move |_: RoleSummary| reload.run(())),
        reload,
    };
    let fixed = (editable == Editable::People).then(|| view! { {about(opened)}{lists(opened, false)} });
    let notice = (editable == Editable::People).then(|| {
        let whose = if role.is_default { "This is a default role" } else { "This is your provider’s role" };
        view! { <Notice title=format!("{whose}: it can be given to users and groups")>"You can’t change the rest. Copy it to make your own."</Notice> }
    });
    view! { {notice}<Editor form version=Some(role.version) editable place>{fixed}</Editor> }.into_any()
}
