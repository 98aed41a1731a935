//! Why can X see Y? A user and a thing, and the roles, groups and rules between them.

use domain::{AccessKind, AccessReason, AccessThing, RoleList, RoleMember, RoleScope, UserId, UserRow};
use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_query_map},
};

use super::{
    answer::explanation,
    refused_to_ask,
    rpc::{explain_access, name_access_thing},
};
use crate::{
    access::role::rpc::list_role_candidates,
    error::UiError,
    lists::candidates,
    loading::{Loaded, ask},
    paths,
    people::user::rpc::{get_user, list_users},
    thing::may_not,
    ui::{Candidates, Choice, Crumb, FieldGrid, Page, Picked, Picker, RadioGroup, Section, focus_on},
};

/// The page.
#[component]
pub fn WhyPage() -> impl IntoView {
    let content = match refused_to_ask() {
        Some(reason) => may_not("You don’t have access", reason),
        None => view! { <Why /> }.into_any(),
    };
    let crumbs = vec![Crumb::text("Setup"), Crumb::text("Accounts"), Crumb::text("Explain access")];
    view! {
        <Page title="Explain access" description="See why a user has access to something, and what their roles allow there." crumbs>{content}</Page>
    }
}

/// Who is asked about, and what, as far as both are known.
#[derive(Clone, PartialEq)]
struct Question {
    user: Option<UserId>,
    kind: AccessKind,
    thing: Option<AccessThing>,
}

/// Their names, and the answer if both are known.
type Answer = (Option<String>, Option<String>, Option<AccessReason>);

#[component]
fn Why() -> impl IntoView {
    let address = use_query_map();
    let question = Memo::new(move |_| {
        let part = |name: &'static str| address.with(|address| address.get(name).unwrap_or_default());
        let kind = AccessKind::from_key(&part("kind")).unwrap_or_default();
        Question { user: part("user").parse().ok(), kind, thing: AccessThing::new(kind, &part("id")) }
    });
    let asked = ask(move || question.get(), answer);
    // Every choice is another address, whose page takes the place of this one: the focus has to follow.
    let chosen_at = StoredValue::new(None::<&'static str>);
    let shown = move |(user, thing, reason): Answer| {
        let question = question.get_untracked();
        let explained = reason.map(|reason| explanation(user.as_deref().unwrap_or_default(), question.kind, &reason));
        if let Some(field) = chosen_at.try_update_value(Option::take).flatten() {
            focus_on(field);
        }
        view! { {asking(question, user, thing, chosen_at)}{explained} }.into_any()
    };
    view! { <Loaded resource=asked view=Callback::new(shown) /> }
}

async fn answer(question: Question) -> Result<Answer, UiError> {
    let Question { user, kind, thing } = question;
    let name = match user {
        Some(user) => Some(get_user(user).await?.row.profile.name()),
        None => None,
    };
    Ok(match (user, thing) {
        (Some(user), Some(thing)) => {
            let reason = explain_access(user, kind, thing.id()).await?;
            (name, Some(reason.thing.clone()), Some(reason))
        }
        (_, Some(thing)) => (name, Some(name_access_thing(kind, thing.id()).await?), None),
        (_, None) => (name, None, None),
    })
}

/// The question: what is chosen stands in the address.
fn asking(question: Question, user_name: Option<String>, thing_name: Option<String>, chosen_at: StoredValue<Option<&'static str>>) -> AnyView {
    let Question { user, kind, thing } = question;
    let chosen = |id: Option<String>, name: Option<String>| Picked::new(id.zip(name).map(|(id, name)| Choice::new(id, name)).into_iter().collect());
    let of_user = chosen(user.map(|user| user.to_string()), user_name);
    let of_thing = chosen(thing.as_ref().map(AccessThing::id), thing_name);
    let of_kind = RwSignal::new(kind.key().to_owned());
    let first = |picked: Picked| picked.shown().into_iter().next().map(|choice| choice.value);
    let navigate = use_navigate();
    Effect::new(move |before: Option<(Option<String>, String, Option<String>)>| {
        let now = (first(of_user), of_kind.get(), first(of_thing));
        if let Some(before) = before.filter(|before| *before != now) {
            let (user, key, id) = &now;
            chosen_at.set_value(Some(match () {
                () if before.0 != *user => "#user-search",
                () if before.1 != *key => "input[name=kind]:checked",
                () => "#thing-search",
            }));
            let user = user.as_deref().and_then(|user| user.parse().ok());
            // A choice of one kind means nothing in another.
            let next = AccessKind::from_key(key).unwrap_or_default();
            let to = paths::why(user, next, id.as_deref().filter(|_| next == kind));
            navigate(&to, NavigateOptions { scroll: false, ..NavigateOptions::default() });
        }
        now
    });
    let users = candidates((), list_users, |user: &UserRow| Choice::new(user.id.to_string(), user.profile.name()).with_detail(&user.profile.login));
    let kinds: Vec<_> = AccessKind::ALL.into_iter().map(|kind| Choice::new(kind.key(), capitalized(kind.noun()))).collect();
    let noun = kind.noun();
    view! {
        <Section title="Who, and what?">
            <FieldGrid>
                <Picker name="user" label="User" picked=of_user candidates=users single=true none="Choose a user." />
                <div class="stack-small">
                    <RadioGroup name="kind" label="Sees what?" value=of_kind options=kinds inline=true />
                    <Picker name="thing" label=capitalized(noun) picked=of_thing candidates=things(kind) single=true none=format!("Choose a {noun}.") />
                </div>
            </FieldGrid>
        </Section>
    }
    .into_any()
}

/// The things of a kind that the reader sees.
fn things(kind: AccessKind) -> Candidates {
    let list = match kind {
        AccessKind::Client => RoleList::Clients,
        AccessKind::Device => RoleList::Devices,
        AccessKind::CredentialSet => RoleList::CredentialSets,
    };
    candidates(
        (),
        move |query| list_role_candidates(list, RoleScope::Msp, query),
        |member: &RoleMember| Choice::new(&member.id, &member.name).with_detail(&member.detail),
    )
}

fn capitalized(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
