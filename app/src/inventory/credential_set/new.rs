//! Making a credential set: its type first, then the form of that type.

use domain::{CredentialSetQuery, CredentialType, Permission, Scope};
use leptos::prelude::*;
use leptos_router::hooks::{use_navigate, use_query_map};

use super::{form::SetForm, kinds::kinds, list::SETS, rpc::create_credential_set, words::type_label};
use crate::{
    caller::{refusal, use_caller},
    clients::client::{ClientTab, back_from_form, client_of_form, form_for_client, picked_client},
    forms::{Form, Sending, Unsaved, replacing},
    paths,
    people::user::organization_picker,
    thing::{belongs_to, may_not},
    ui::{Button, ButtonLink, ButtonVariant, Crumb, Page, Picked, Section, use_toasts},
};

/// The page.
#[component]
pub fn NewCredentialSetPage() -> impl IntoView {
    let (address, client) = (use_query_map(), client_of_form());
    let chosen = Memo::new(move |_| {
        let typed = address.with(|address| address.get("type")).unwrap_or_default();
        CredentialType::of(&typed).map_or_else(|| typed.trim().to_owned(), |kind| kind.key.to_owned())
    });
    let title = Signal::derive(move || match chosen.get() {
        none if none.is_empty() => "Add credential set".to_owned(),
        kind => format!("Add credential set: {}", type_label(&kind)),
    });
    let crumbs = Signal::derive(move || {
        let add = if chosen.with(String::is_empty) {
            vec![Crumb::text("Add")]
        } else {
            vec![Crumb::link("Add", paths::credential_set_new("", client)), Crumb::text(chosen.with(|kind| type_label(kind)))]
        };
        SETS.crumbs(add)
    });
    let content = match refusal(Permission::CredentialSetManage, Scope::Visible) {
        Some(reason) => may_not("You can’t add credential sets", reason),
        None => IntoAny::into_any(move || match chosen.get() {
            none if none.is_empty() => kinds(),
            kind => form_for_client(move |picked| view! { <NewSetForm kind=kind.clone() picked /> }.into_any()),
        }),
    };
    view! { <Page title crumbs narrow=true>{content}</Page> }
}

#[component]
fn NewSetForm(kind: String, picked: Picked) -> impl IntoView {
    let caller = use_caller();
    let (form, own) = (SetForm::of_type(&kind), caller.client);
    let back = back_from_form(ClientTab::CredentialSets, paths::credential_sets(&CredentialSetQuery::default()));
    let unsaved = Unsaved::of(move || (form.draft.get(), picked.added()));
    let (sending, toasts, navigate) = (Sending::new(), use_toasts(), use_navigate());
    let save = move || {
        let navigate = navigate.clone();
        let client = own.or_else(|| picked_client(picked));
        sending.run(create_credential_set(client, form.draft.get_untracked()), move |answer| match answer {
            Ok(set) => {
                unsaved.saved();
                toasts.success(format!("{} was added.", set.details.name));
                navigate(&paths::credential_set(&set.id), replacing());
            }
            Err(error) => form.errors.refuse(error),
        });
    };
    let organization = belongs_to(&caller.organization);
    view! {
        <Form errors=form.errors unsaved focus_first=true on_submit=save>
            {own.is_none().then(|| view! {
                <Section title="Organization">{organization_picker(picked, &organization, form.errors.of("client"))}</Section>
            })}
            {form.sections()}
            <div class="form-bar">
                <ButtonLink href=paths::credential_set_new("", client_of_form()) variant=ButtonVariant::Quiet>"Another type"</ButtonLink>
                <div class="actions push">
                    <ButtonLink href=back>"Cancel"</ButtonLink>
                    <Button variant=ButtonVariant::Primary submit=true busy=sending.busy()>"Add credential set"</Button>
                </div>
            </div>
        </Form>
    }
}
