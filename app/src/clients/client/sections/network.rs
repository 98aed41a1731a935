//! The tab "Service": alternate access and internet service providers.

use domain::{AlternateAccessDraft, AlternateAccessType, CatalogueId, CatalogueItem, CatalogueKind, Catalogues, InternetProviderDraft};
use leptos::prelude::*;

use super::rows::Entries;
use crate::{
    clients::client::{
        browser::new_key,
        form::{AccessSignals, ClientForm, Live, ProviderSignals},
    },
    ui::{Button, ButtonSize, Choice, FieldGrid, PasswordField, SelectField, TextField},
};

/// Both lists.
pub(super) fn sections(form: ClientForm) -> AnyView {
    let access = Entries {
        name: "access",
        title: "Alternate Access Details",
        noun: "alternate access",
        first: "technology",
        entries: form.fields.access,
        blank: || AlternateAccessDraft { key: new_key(), ..AlternateAccessDraft::default() }.live(),
        is_filled: |row| {
            untracked::<AlternateAccessDraft>(row) != AlternateAccessDraft { key: row.key.get_untracked(), ..AlternateAccessDraft::default() }
        },
        fields: access,
    };
    let providers = Entries {
        name: "providers",
        title: "Internet Service Providers",
        noun: "internet service provider",
        first: "name",
        entries: form.fields.providers,
        blank: || InternetProviderDraft { key: new_key(), ..InternetProviderDraft::default() }.live(),
        is_filled: |row| {
            untracked::<InternetProviderDraft>(row) != InternetProviderDraft { key: row.key.get_untracked(), ..InternetProviderDraft::default() }
        },
        fields: provider,
    };
    view! { {access.view(form)}{providers.view(form)} }.into_any()
}

/// A row as it is now, for somebody who doesn't follow it.
fn untracked<T: Live>(signals: &T::Signals) -> T {
    leptos::reactive::graph::untrack(|| T::collect(signals))
}

/// A line of text of a row.
struct Line<S> {
    name: &'static str,
    label: &'static str,
    required: bool,
    hint: &'static str,
    value: fn(&S) -> RwSignal<String>,
}

impl<S> Line<S> {
    fn view(&self, form: ClientForm, list: &str, at: usize, row: &S) -> AnyView {
        let name = format!("{list}.{at}.{}", self.name);
        let (error, on_blur) = (form.errors.of(name.clone()), form.errors.leave(name.clone()));
        view! { <TextField name label=self.label required=self.required hint=self.hint value=(self.value)(row) error on_blur /> }.into_any()
    }
}

const ACCESS: [Line<AccessSignals>; 4] = [
    Line { name: "ip_address", label: "IP Address", required: true, hint: "Or a host name.", value: |row| row.ip_address },
    Line { name: "port", label: "Port", required: false, hint: "", value: |row| row.port },
    Line {
        name: "ip_range",
        label: "IP Range",
        required: false,
        hint: "Addresses reached through it, for example 10.1.2.1-10.1.2.50.",
        value: |row| row.ip_range,
    },
    Line { name: "user_name", label: "User Name", required: false, hint: "", value: |row| row.user_name },
];

const PROVIDER: [Line<ProviderSignals>; 7] = [
    Line { name: "name", label: "Name", required: true, hint: "", value: |row| row.name },
    Line { name: "plan", label: "Plan", required: false, hint: "", value: |row| row.plan },
    Line { name: "circuit_id", label: "Circuit ID", required: false, hint: "", value: |row| row.circuit_id },
    Line { name: "member_id", label: "Member ID", required: false, hint: "", value: |row| row.member_id },
    Line { name: "url", label: "URL", required: false, hint: "Starts with https:// or http://.", value: |row| row.url },
    Line { name: "user_name", label: "User Name", required: false, hint: "", value: |row| row.user_name },
    Line { name: "phone", label: "Phone Number", required: false, hint: "", value: |row| row.phone },
];

fn access(form: ClientForm, at: usize, row: AccessSignals) -> AnyView {
    let types = AlternateAccessType::ALL.iter().map(|kind| Choice::new(kind.key(), kind.label())).collect::<Vec<_>>();
    let select = |name: &str, label: &'static str, value, options: Signal<Vec<Choice>>, required, placeholder: &'static str| {
        let name = format!("access.{at}.{name}");
        let (error, on_blur) = (form.errors.of(name.clone()), form.errors.leave(name.clone()));
        view! { <SelectField name label value options required placeholder error on_blur /> }.into_any()
    };
    let chosen = row.technology.get_untracked();
    let technologies = Signal::derive(move || {
        let picked = form.fields.services.with(|services| services.iter().flat_map(|service| service.technologies.clone()).collect::<Vec<_>>());
        form.catalogues.with(|catalogues| technologies(catalogues, &picked, &chosen))
    });
    let mut fields = vec![
        select("technology", "Technology", row.technology, technologies, false, "None"),
        select("access_type", "Access Type", row.access_type, types.into(), true, "Choose…"),
    ];
    fields.extend(ACCESS.iter().map(|line| line.view(form, "access", at, &row)));
    fields.push(password(form, at, row));
    view! { <FieldGrid>{fields}</FieldGrid> }.into_any()
}

fn provider(form: ClientForm, at: usize, row: ProviderSignals) -> AnyView {
    view! { <FieldGrid>{PROVIDER.iter().map(|line| line.view(form, "providers", at, &row)).collect_view()}</FieldGrid> }.into_any()
}

/// The technologies that were picked for the client's services, and the chosen one, each with its service. While none are picked, all that are on offer.
fn technologies(catalogues: &Catalogues, picked: &[CatalogueId], chosen: &str) -> Vec<Choice> {
    let fits = |item: &CatalogueItem| if picked.is_empty() { !item.retired } else { picked.contains(&item.id) };
    let offered = catalogues.of(CatalogueKind::Technology).filter(|item| fits(item) || item.id.to_string() == chosen);
    let choice = |item: &CatalogueItem| {
        let service = item.parent.map(|id| format!("{}: ", catalogues.name(id))).unwrap_or_default();
        Choice::new(item.id.to_string(), format!("{service}{}", item.name))
    };
    offered.map(choice).collect()
}

/// A password can be typed, but never read again: a kept one can only be replaced or removed.
fn password(form: ClientForm, at: usize, row: AccessSignals) -> AnyView {
    let replacing = RwSignal::new(false);
    let name = format!("access.{at}.password");
    let shows_stored = Memo::new(move |_| row.password_kept.get() && !replacing.get());
    let view = move || {
        if shows_stored.get() {
            view! {
                <div class="field">
                    <p class="field-label">"Password"</p>
                    <div class="row">
                        <span class="muted">"A password is stored."</span>
                        <Button size=ButtonSize::Small on_click=move || replacing.set(true)>"Replace"</Button>
                        <Button size=ButtonSize::Small on_click=move || row.password_kept.set(false)>"Remove"</Button>
                    </div>
                </div>
            }
            .into_any()
        } else {
            let (error, on_blur) = (form.errors.of(name.clone()), form.errors.leave(name.clone()));
            let keep = move || {
                row.password.set(String::new());
                replacing.set(false);
            };
            view! {
                <div class="stack-small">
                    <PasswordField name=name.clone() label="Password" value=row.password autocomplete="off" hint="Encrypted. It can’t be viewed again." error on_blur />
                    {replacing.get().then(|| view! { <div><Button size=ButtonSize::Small on_click=keep>"Keep the old one"</Button></div> })}
                </div>
            }
            .into_any()
        }
    };
    IntoAny::into_any(view)
}
