//! The page of one group.

use domain::{ListPage, Permission, UserGroup, UserRow, UserSummary};
use leptos::prelude::*;

use super::{delete::deletion, edit::get_both, list::GROUPS, members::table, rpc::get_user_group_usage};
use crate::{
    loading::{Loaded, ask},
    moment::moment,
    paths,
    thing::{not_found, of_address, refusal_at},
    ui::{Button, ButtonLink, ButtonVariant, Crumb, Description, DescriptionList, Glyph, Page, Section},
};

/// The page.
#[component]
pub fn UserGroupPage() -> impl IntoView {
    let both = of_address("group", get_both);
    let shown = |both: Option<(UserGroup, ListPage<UserRow>)>| match both {
        Some((group, users)) => view! { <Shown group users /> }.into_any(),
        None => not_found("User group"),
    };
    view! { <Loaded resource=both view=Callback::new(shown) /> }
}

#[component]
fn Shown(group: UserGroup, users: ListPage<UserRow>) -> impl IntoView {
    let UserGroup { row, created_by, updated_by, .. } = group;
    let (id, name, all) = (row.group.id.clone(), row.group.name.clone(), row.users);
    let deleting = RwSignal::new(false);
    let refused = refusal_at(Permission::UserGroupManage, row.client);
    let edit = paths::user_group_edit(&id);
    let actions = move || {
        view! {
            <span data-needs-script="">
                <Button icon=Glyph::Trash disabled_because=refused.clone() on_click=move || deleting.set(true)>"Delete"</Button>
            </span>
            <ButtonLink href=edit.clone() variant=ButtonVariant::Primary icon=Glyph::Pencil disabled_because=refused.clone()>"Edit"</ButtonLink>
        }
    };
    let (asked, shown_id) = (id.clone(), id.to_string());
    let usage = ask(move || asked.clone(), get_user_group_usage);
    let roles = |usage: domain::UserGroupUsage| {
        view! { <DescriptionList><Description label="Roles" value=usage.roles.join("\n") /></DescriptionList> }.into_any()
    };
    let by = |user: Option<UserSummary>| user.map(|user| format!(" by {}", user.name()));
    view! {
        <Page title=name.clone() crumbs=GROUPS.crumbs([Crumb::text(name.clone())]) actions>
            <div class="stack">
                <Section title="Details">
                    <DescriptionList>
                        <Description label="Organization" value=row.organization />
                        <Description label="E-mail address" value=row.email />
                        <Description label="Description" value=row.group.description />
                        <Description label="Unique ID"><span class="mono">{shown_id}</span></Description>
                        <Description label="Created">{moment(row.created)}{by(created_by)}</Description>
                        <Description label="Last updated">{moment(row.updated)}{by(updated_by)}</Description>
                    </DescriptionList>
                </Section>
                <Section title="Access" description="What its members get from it.">
                    <Loaded resource=usage view=Callback::new(roles) />
                </Section>
                <Section title="Users">{table(users, all)}</Section>
            </div>
        </Page>
        {deletion(id, name, deleting)}
    }
}
