//! The page of one key.

use domain::{ApiKey, ApiKeyState, UserSummary};
use leptos::prelude::*;

use super::{
    list::KEYS,
    refused_to_change,
    revoke::revoke_dialog,
    rpc::get_api_key,
    words::{expiry, last_use, state_badge},
};
use crate::{
    caller::use_caller,
    loading::Loaded,
    moment::{exact, moment},
    paths,
    thing::{not_found, of_address},
    ui::{Button, ButtonLink, ButtonVariant, Crumb, Description, DescriptionList, Glyph, Notice, Page, Section, Tone},
};

/// The page.
#[component]
pub fn ApiKeyPage() -> impl IntoView {
    let key = of_address("key", get_api_key);
    let changed = Callback::new(move |changed| key.set(Some(Ok(Some(changed)))));
    let shown = move |shown: Option<ApiKey>| match shown {
        Some(key) => view! { <Shown key changed /> }.into_any(),
        None => not_found("API key"),
    };
    view! { <Loaded resource=key view=Callback::new(shown) /> }
}

#[component]
fn Shown(key: ApiKey, changed: Callback<ApiKey>) -> impl IntoView {
    let (id, name, state) = (key.id, key.name.clone(), key.state);
    let (refused, revoking) = (refused_to_change(&key), RwSignal::new(false));
    let actions = move || {
        (state != ApiKeyState::Revoked).then(|| {
            let because = refused.clone();
            view! {
                <span data-needs-script="">
                    <Button icon=Glyph::Close disabled_because=because.clone() on_click=move || revoking.set(true)>"Revoke"</Button>
                </span>
                <ButtonLink href=paths::api_key_edit(id) variant=ButtonVariant::Primary icon=Glyph::Pencil disabled_because=because>"Edit"</ButtonLink>
            }
        })
    };
    let notice = match (state, key.revoked) {
        (ApiKeyState::Revoked, Some(since)) => Some(
            view! {
                <Notice title="This key is revoked">
                    <p>"It was revoked on "{exact(since)}" and no longer works. Create a new key if you need one."</p>
                </Notice>
            }
            .into_any(),
        ),
        (ApiKeyState::Expired, _) => Some(
            view! {
                <Notice tone=Tone::Warning title="This key has expired"><p>"Programs that use it are refused. Edit the key to extend it."</p></Notice>
            }
            .into_any(),
        ),
        _ => None,
    };
    view! {
        <Page title=name.clone() crumbs=KEYS.crumbs([Crumb::text(name.clone())]) beside=move || state_badge(state) actions>
            <div class="stack">
                {notice}
                {facts(&key)}
                {limits(&key)}
            </div>
        </Page>
        {revoke_dialog(id, &name, revoking, changed)}
    }
}

fn facts(key: &ApiKey) -> AnyView {
    let by = |user: &UserSummary| format!(" by {}", user.name());
    // A key without a visible creator was made by the server's operator, or, as a client's user sees it, possibly by the provider.
    let nobody = if use_caller().client.is_some() { " by your provider" } else { " by the operator" };
    let by = key.created_by.as_ref().map_or_else(|| nobody.to_owned(), by);
    let roles = key.roles.iter().map(|role| view! { <li><a href=paths::role(&role.id)>{role.name.clone()}</a></li> }).collect_view();
    let none = key.roles.is_empty().then(|| view! { <span class="muted">"No roles: it can’t do anything."</span> });
    let (text, organization, used, created) = (key.key.clone(), key.organization.clone(), last_use(key), moment(key.created));
    view! {
        <Section title="Key" description="The secret was shown once and isn’t stored.">
            <DescriptionList>
                <Description label="Organization">{organization}</Description>
                <Description label="Key"><span class="mono">{text}</span></Description>
                <Description label="Roles"><ul class="plain-list">{roles}</ul>{none}</Description>
                <Description label="Last used">{used}</Description>
                <Description label="Created">{created}{by}</Description>
            </DescriptionList>
        </Section>
    }
    .into_any()
}

fn limits(key: &ApiKey) -> AnyView {
    let addresses = if key.allowed_ips.is_empty() { "Anywhere".to_owned() } else { key.allowed_ips.replace(',', "\n") };
    let expires = expiry(key.expires);
    view! {
        <Section title="Restrictions">
            <DescriptionList>
                <Description label="Restricted to" value=addresses />
                <Description label="Expires">{expires}</Description>
            </DescriptionList>
        </Section>
    }
    .into_any()
}
