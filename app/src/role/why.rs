//! Why can X see Y? A user and a client, and the roles, groups and rules between them.

use domain::{AccessReason, AccessThing, AccessWay, ClientId, ClientQuery, Permission, Scope, UserId, UserRow};
use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_query_map},
};

use super::{list::ROLES, rpc::explain_access, sets::permissions};
use crate::{
    caller::refusal,
    client::rpc::list_clients,
    directory::{candidates, may_not},
    json::ask,
    loading::Loaded,
    paths,
    ui::{Candidates, Choice, Crumb, FieldGrid, Found, Notice, Page, Picked, Picker, Section, Tone},
    user::rpc::{get_user, list_users},
};

/// The page.
#[component]
pub fn WhyPage() -> impl IntoView {
    let refused = refusal(Permission::RoleView, Scope::Visible).or_else(|| refusal(Permission::UserView, Scope::Visible));
    let content = match refused {
        Some(reason) => may_not("You may not see this", reason),
        None => view! { <Why /> }.into_any(),
    };
    view! {
        <Page
            title="Explain access"
            description="Which roles let a user see a client, and what they allow there."
            crumbs=ROLES.crumbs([Crumb::text("Explain access")])
        >
            {content}
        </Page>
    }
}

#[component]
fn Why() -> impl IntoView {
    let address = use_query_map();
    let part = move |name: &'static str| address.with(|address| address.get(name).unwrap_or_default());
    let user = Memo::new(move |_| part("user").parse::<UserId>().ok());
    let client = Memo::new(move |_| part("client").parse::<ClientId>().ok());
    let asked = ask(
        move || (user.get(), client.get()),
        |(user, client)| async move {
            let name = match user {
                Some(user) => get_user(user).await?.row.profile.name(),
                None => String::new(),
            };
            match user.zip(client) {
                Some((user, client)) => explain_access(user, client).await.map(|reason| (name, Some(reason))),
                None => Ok((name, None)),
            }
        },
    );
    let shown = move |(name, reason): (String, Option<AccessReason>)| answer(user.get_untracked(), client.get_untracked(), name, reason);
    view! { <Loaded resource=asked view=Callback::new(shown) /> }
}

/// The question, and below it the answer if both are chosen.
fn answer(user: Option<UserId>, client: Option<ClientId>, name: String, reason: Option<AccessReason>) -> AnyView {
    let client_name = reason.as_ref().map(|reason| reason.thing.clone());
    let of_user = Picked::new(user.map(|user| Choice::new(user.to_string(), &name)).into_iter().collect());
    let of_client =
        Picked::new(client.map(|client| Choice::new(client.to_string(), client_name.unwrap_or_else(|| client.to_string()))).into_iter().collect());
    let first = |picked: Picked| picked.shown().into_iter().next().map(|choice| choice.value);
    let navigate = use_navigate();
    Effect::new(move |before: Option<(Option<String>, Option<String>)>| {
        let now = (first(of_user), first(of_client));
        if before.is_some_and(|before| before != now) {
            let (user, client) = &now;
            let to = paths::why(user.as_deref().and_then(|id| id.parse().ok()), client.as_deref().and_then(|id| id.parse().ok()));
            navigate(&to, NavigateOptions { scroll: false, ..NavigateOptions::default() });
        }
        now
    });
    let users = candidates("", list_users, |user: &UserRow| Choice::new(user.id.to_string(), user.profile.name()).with_detail(&user.profile.login));
    let told = reason.map(|reason| told(&name, client, &reason));
    view! {
        <Section title="Who, and what?">
            <FieldGrid>
                <Picker name="user" label="User" picked=of_user candidates=users single=true none="Choose a user." />
                <Picker name="client" label="Client" picked=of_client candidates=clients() single=true none="Choose a client." />
            </FieldGrid>
        </Section>
        {told}
    }
    .into_any()
}

fn clients() -> Candidates {
    Candidates::new(|words| async move {
        let query = ClientQuery { search: words, ..ClientQuery::default() };
        let page = list_clients(query.to_address()).await.map_err(|error| error.to_string())?;
        let choice = |row: &domain::ClientRow| (Choice::new(row.id.to_string(), &row.name).with_detail(row.id.to_string()), false);
        Ok(Found { choices: page.rows.iter().map(choice).collect(), more: page.next.is_some() })
    })
}

/// The answer.
fn told(name: &str, client: Option<ClientId>, reason: &AccessReason) -> AnyView {
    let AccessReason { thing, visible, ways, permissions: all, obstacles } = reason;
    let (tone, title) =
        if *visible { (Tone::Positive, format!("{name} sees {thing}")) } else { (Tone::Warning, format!("{name} doesn’t see {thing}")) };
    let obstacles = obstacles.iter().map(|obstacle| view! { <p>{obstacle.clone()}</p> }).collect_view();
    let way = |way: &AccessWay| {
        let rules: Vec<_> = client.iter().flat_map(|client| way.rules.iter().map(|rule| rule.told(&AccessThing::Client(*client)))).collect();
        let rules = rules.join(", and ");
        let (allowed, role) = (permissions(way.permissions), paths::role(&way.role));
        view! {
            <Section title=way.name.clone() description=format!("The role {rules}. {}", held(name, way))>
                {allowed}
                <p><a href=role>"See the role"</a></p>
            </Section>
        }
    };
    let ways = ways.iter().map(way).collect_view();
    let together = (reason.ways.len() > 1).then(|| {
        let all = permissions(*all);
        view! { <Section title="All together" description="What the user may do there by all of these roles.">{all}</Section> }
    });
    view! { <Notice tone title>{obstacles}</Notice>{ways}{together} }.into_any()
}

/// How somebody has a role.
fn held(name: &str, way: &AccessWay) -> String {
    let groups = way.groups.iter().map(|group| format!("“{group}”")).collect::<Vec<_>>().join(", ");
    match (way.direct, way.groups.len()) {
        (_, 0) => format!("{name} has it directly."),
        (false, 1) => format!("{name} has it by the group {groups}."),
        (false, _) => format!("{name} has it by the groups {groups}."),
        (true, 1) => format!("{name} has it directly, and by the group {groups}."),
        (true, _) => format!("{name} has it directly, and by the groups {groups}."),
    }
}

#[cfg(test)]
mod tests {
    use domain::PermissionBits;

    use super::*;

    #[test]
    fn how_somebody_has_a_role_is_a_sentence() {
        let way = |direct, groups: &[&str]| AccessWay {
            role: "ROLE-0074b24b-5c0b-2332-dd99-fea506f6cebd".parse().expect("a role's id"),
            name: "Technician".into(),
            groups: groups.iter().map(|group| (*group).to_owned()).collect(),
            direct,
            rules: Vec::new(),
            permissions: PermissionBits::default(),
        };
        assert_eq!(held("Ann", &way(true, &[])), "Ann has it directly.");
        assert_eq!(held("Ann", &way(false, &["Night"])), "Ann has it by the group “Night”.");
        assert_eq!(held("Ann", &way(true, &["Day", "Night"])), "Ann has it directly, and by the groups “Day”, “Night”.");
    }
}
