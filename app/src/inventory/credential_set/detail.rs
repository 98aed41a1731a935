//! The page of one credential set: everything but its secrets.

use domain::{AccessKind, CredentialField, CredentialSet, CredentialType, FieldNeed, InventoryUsage, Permission};
use leptos::prelude::*;

use super::{
    delete::deletion,
    list::SETS,
    rpc::{get_credential_set, get_credential_set_usage},
    words::{type_label, value_label},
};
use crate::{
    access::why::why_link,
    caller::use_caller,
    loading::{Loaded, ask},
    moment::moment,
    paths,
    thing::{not_found, of_address, refusal_at},
    ui::{Badge, Button, ButtonLink, ButtonVariant, Crumb, Description, DescriptionList, Glyph, Page, Section, Tone},
};

/// The page.
#[component]
pub fn CredentialSetPage() -> impl IntoView {
    let set = of_address("set", get_credential_set);
    let shown = |set: Option<CredentialSet>| match set {
        Some(set) => view! { <Shown set /> }.into_any(),
        None => not_found("Credential set"),
    };
    view! { <Loaded resource=set view=Callback::new(shown) /> }
}

#[component]
fn Shown(set: CredentialSet) -> impl IntoView {
    let (id, name) = (set.id.clone(), set.details.name.clone());
    let deleting = RwSignal::new(false);
    let refused = refusal_at(Permission::CredentialSetManage, set.client.as_ref().map(|client| client.id));
    let (edit, shown) = (paths::credential_set_edit(&id), id.clone());
    let actions = move || {
        view! {
            <span data-needs-script="">
                <Button icon=Glyph::Trash disabled_because=refused.clone() on_click=move || deleting.set(true)>"Delete"</Button>
            </span>
            {why_link(None, AccessKind::CredentialSet, Some(shown.as_str()))}
            <ButtonLink href=edit.clone() variant=ButtonVariant::Primary icon=Glyph::Pencil disabled_because=refused.clone()>"Edit"</ButtonLink>
        }
    };
    let asked = id.clone();
    let usage = ask(move || asked.clone(), get_credential_set_usage);
    let roles = |usage: InventoryUsage| view! { <p>{listed_in(&usage)}</p> }.into_any();
    let (details, own, general) = (details(&set), facts(&set, |field| !field.is_general()), facts(&set, CredentialField::is_general));
    view! {
        <Page title=name.clone() crumbs=SETS.crumbs([Crumb::text(name.clone())]) actions>
            <div class="stack">
                {details}
                <Section title="Credentials" description="Secrets are encrypted and never shown again.">{own}</Section>
                <Section title="Connection">{general}</Section>
                <Section title="Access"><Loaded resource=usage view=Callback::new(roles) /></Section>
            </div>
        </Page>
        {deletion(id, name, deleting)}
    }
}

fn details(set: &CredentialSet) -> AnyView {
    let organization = match &set.client {
        Some(client) => view! { <a href=paths::client(client.id)>{client.name.clone()}</a> }.into_any(),
        // A client's users see their client's sets alone.
        None => use_caller().organization.into_any(),
    };
    let (kind, description, id) = (type_label(&set.details.credential_type), set.details.description.clone(), set.id.to_string());
    let (created, updated) = (moment(set.created), moment(set.updated));
    view! {
        <Section title="Details">
            <DescriptionList>
                <Description label="Type" value=kind />
                <Description label="Organization">{organization}</Description>
                <Description label="Description" value=description />
                <Description label="Unique ID"><span class="mono">{id}</span></Description>
                <Description label="Created">{created}</Description>
                <Description label="Last updated">{updated}</Description>
            </DescriptionList>
        </Section>
    }
    .into_any()
}

/// What the set has, and what its type could have beside.
fn facts(set: &CredentialSet, which: fn(CredentialField) -> bool) -> AnyView {
    let CredentialSet { details, secrets, .. } = set;
    let own = CredentialType::fields(&details.credential_type);
    let known = CredentialType::of(&details.credential_type).is_some();
    let shown = |field: &CredentialField| {
        let means = || {
            own.contains(field)
                && CredentialType::need(&details.credential_type, *field, |other| details.value(other).to_owned()) != FieldNeed::Unused
        };
        // A type without a form could have every field; most of them would be dashes.
        which(*field) && (secrets.contains(field) || details.fields.contains_key(field) || ((known || field.is_general()) && means()))
    };
    let fact = |field: &CredentialField| {
        let label = field.label();
        if !field.is_secret() {
            return view! { <Description label value=value_label(*field, details.value(*field)) /> }.into_any();
        }
        let state = if secrets.contains(field) {
            view! { <Badge tone=Tone::Positive text="Stored" /> }.into_any()
        } else {
            view! { <span class="muted">"None"</span> }.into_any()
        };
        view! { <Description label>{state}</Description> }.into_any()
    };
    let rest = CredentialField::ALL.iter().filter(|field| !own.contains(field));
    let facts: Vec<_> = own.iter().chain(rest).filter(|field| shown(field)).map(fact).collect();
    if facts.is_empty() {
        return view! { <p class="muted">"Nothing is set."</p> }.into_any();
    }
    view! { <DescriptionList>{facts}</DescriptionList> }.into_any()
}

/// Which roles reach the set.
fn listed_in(usage: &InventoryUsage) -> String {
    match usage.roles {
        0 => "No role lists it. Only roles with all credential sets include it.".to_owned(),
        1 => "1 role lists it, in addition to roles with all credential sets.".to_owned(),
        many => format!("{many} roles list it, in addition to roles with all credential sets."),
    }
}
