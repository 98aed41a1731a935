//! The page of one user.

use domain::{Permission, Scope, User, UserNotification, UserStatus, UserSummary, country_name};
use leptos::prelude::*;

use super::{
    history::login_history,
    invite::invitation_dialog,
    list::{USERS, status_badge},
    picture::picture,
    rpc::get_user,
    sessions::user_sessions,
    state::{StateChange, state_dialog},
};
use crate::{
    access::why::user_clients,
    audit::audit_of_user,
    caller::{refusal, use_caller},
    loading::Loaded,
    moment::moment,
    paths,
    people::factor::second_factor_of,
    thing::{not_found, of_address, refusal_at},
    ui::{Badge, Button, ButtonLink, ButtonVariant, Crumb, Description, DescriptionList, Glyph, Menu, MenuButton, Notice, Page, Section},
};

/// The page.
#[component]
pub fn UserPage() -> impl IntoView {
    let user = of_address("user", get_user);
    let changed = Callback::new(move |changed| user.set(Some(Ok(Some(changed)))));
    let shown = move |shown: Option<User>| match shown {
        Some(user) => view! { <Shown user changed /> }.into_any(),
        None => not_found("User"),
    };
    view! { <Loaded resource=user view=Callback::new(shown) /> }
}

#[component]
fn Shown(user: User, changed: Callback<User>) -> impl IntoView {
    let (id, status, invited, name) = (user.row.id, user.row.status, user.row.invited, user.row.profile.name());
    let (asked, inviting, mine) = (RwSignal::new(None), RwSignal::new(false), use_caller().user.id == id);
    let refused = StoredValue::new(refusal_at(Permission::UserManage, user.row.client));
    let actions = move || (status != UserStatus::Terminated).then(|| buttons(id, status, mine, refused.get_value(), asked, inviting));
    let gone = (status == UserStatus::Terminated)
        .then(|| view! { <Notice title="This user was terminated">"Personal data is erased. The record remains and can’t be changed."</Notice> });
    let reset_refused = refused.get_value().or_else(|| mine.then(|| "Manage your own on your account page.".to_owned()));
    let factor = (status != UserStatus::Terminated).then(|| second_factor_of(id, reset_refused));
    let reason = (!user.reason.is_empty() && status == UserStatus::Inactive).then(|| format!("Deactivated: {}", user.reason));
    view! {
        <Page title=name.clone() crumbs=USERS.crumbs([Crumb::text(name.clone())]) beside=move || status_badge(status, invited) actions>
            {gone}
            {reason.map(|title| view! { <Notice title /> })}
            <div class="stack">
                {overview(&user, changed)}
                {factor}
                {access(&user)}
                {user_clients(id)}
                {contact(&user)}
                {user_sessions(&user)}
                {login_history(&user)}
                {audit_of_user(id)}
            </div>
        </Page>
        {state_dialog(id, name.clone(), asked, changed)}
        {invitation_dialog(id, &name, inviting)}
    }
}

/// What may be done, or why not.
fn buttons(
    id: domain::UserId,
    status: UserStatus,
    mine: bool,
    refused: Option<String>,
    asked: RwSignal<Option<StateChange>>,
    inviting: RwSignal<bool>,
) -> AnyView {
    let because = refused.clone();
    let change = |change: StateChange| {
        let icon = match change {
            StateChange::Activate => Glyph::Play,
            StateChange::Deactivate => Glyph::Pause,
            StateChange::Terminate => Glyph::Trash,
        };
        let danger = change == StateChange::Terminate;
        let label = format!("{}…", change.verb());
        view! { <MenuButton label icon danger disabled_because=because.clone() on_click=move |()| asked.set(Some(change)) /> }
    };
    let changes = StateChange::of(status).iter().copied().map(change).collect_view();
    let link = (status == UserStatus::Active).then(|| {
        let refused = refused.clone().or_else(|| mine.then(|| "Change your own password on your account page.".to_owned()));
        view! { <Button icon=Glyph::Key disabled_because=refused on_click=move || inviting.set(true)>"Send password link"</Button> }
    });
    view! {
        <span class="row" data-needs-script="">
            {link}
            <Menu id="user-actions" label="More actions" variant=ButtonVariant::Secondary>{changes}</Menu>
        </span>
        <ButtonLink href=paths::user_edit(id) variant=ButtonVariant::Primary icon=Glyph::Pencil disabled_because=refused>"Edit"</ButtonLink>
    }
    .into_any()
}

fn overview(user: &User, changed: Callback<User>) -> AnyView {
    let mine = use_caller().user.id == user.row.id;
    let refused = refusal_at(Permission::UserManage, user.row.client).filter(|_| !mine);
    let portrait = (user.row.status != UserStatus::Terminated).then(|| picture(user, refused, changed));
    let User { row, created_by, updated_by, .. } = user;
    let by = |user: &Option<UserSummary>| user.as_ref().map(|user| format!(" by {}", user.name()));
    let organization = row.client.map_or_else(
        || row.organization.clone().into_any(),
        |client| view! { <a href=paths::client(client)>{row.organization.clone()}</a> }.into_any(),
    );
    let (id, created, updated) = (row.id.to_string(), moment(row.created), moment(row.updated));
    let (created_by, updated_by) = (by(created_by), by(updated_by));
    let profile = &row.profile;
    let (login, email, kind) = (profile.login.clone(), profile.email.clone(), profile.account_type.label());
    let password = password_words(row.invited && row.status == UserStatus::Active, profile.change_password);
    view! {
        <Section title="Account">
            {portrait}
            <DescriptionList>
                <Description label="Login name" value=login />
                <Description label="E-mail address" value=email />
                <Description label="Organization">{organization}</Description>
                <Description label="Account type" value=kind.to_owned() />
                <Description label="Password" value=password.to_owned() />
                <Description label="Unique ID"><span class="mono">{id}</span></Description>
                <Description label="Created">{created}{created_by}</Description>
                <Description label="Last updated">{updated}{updated_by}</Description>
            </DescriptionList>
        </Section>
    }
    .into_any()
}

const fn password_words(waiting: bool, must_change: bool) -> &'static str {
    match (waiting, must_change) {
        (true, _) => "Not chosen yet",
        (false, true) => "Must be changed at the next sign-in",
        (false, false) => "Set",
    }
}

/// Roles and groups.
fn access(user: &User) -> AnyView {
    let may_see_roles = refusal(Permission::RoleView, Scope::Visible).is_none();
    let role = |role: &domain::UserRole| {
        let by_group = role.by_group.then(|| view! { <Badge text="By a group" /> });
        let name = role.name.clone();
        let name = if may_see_roles { view! { <a href=paths::role(&role.id)>{name}</a> }.into_any() } else { name.into_any() };
        view! { <li class="row">{name}{by_group}</li> }
    };
    let roles = user.roles.iter().map(role).collect_view();
    let groups = user.user_groups.iter().map(|group| view! { <li><a href=paths::user_group(&group.id)>{group.name.clone()}</a></li> }).collect_view();
    let none = |empty: bool| empty.then(|| view! { <span class="missing" aria-label="none">"—"</span> });
    let (no_role, no_group) = (none(user.roles.is_empty()), none(user.user_groups.is_empty()));
    let all = user.row.profile.all_user_groups.then(|| view! { <p class="muted">"In every group, including those added later."</p> });
    view! {
        <Section title="Access">
            <DescriptionList>
                <Description label="Roles"><ul class="plain-list">{roles}</ul>{no_role}</Description>
                <Description label="User groups"><ul class="plain-list">{groups}</ul>{no_group}{all}</Description>
            </DescriptionList>
        </Section>
    }
    .into_any()
}

fn contact(user: &User) -> AnyView {
    let profile = &user.row.profile;
    let country = country_name(&profile.country).map_or_else(|| profile.country.clone(), str::to_owned);
    let notifications = profile.notifications.iter().map(UserNotification::title).collect::<Vec<_>>().join("\n");
    let facts = [
        ("Designation", &profile.designation),
        ("Phone", &profile.phone),
        ("Mobile", &profile.mobile),
        ("Alternate e-mail address", &profile.alternate_email),
        ("Notification e-mail address", &profile.notification_email),
        ("Notifications", &notifications),
        ("Address", &profile.address),
        ("City", &profile.city),
        ("State", &profile.state),
        ("ZIP", &profile.zip),
        ("Country", &country),
        ("Time Zone", &profile.time_zone),
    ];
    let facts = facts.map(|(label, value)| view! { <Description label value=value.clone() /> }).collect_view();
    view! { <Section title="Contact"><DescriptionList>{facts}</DescriptionList></Section> }.into_any()
}
