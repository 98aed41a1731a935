//! What is chosen from the partner's catalogues.

use domain::{CatalogueId, CatalogueItem, CatalogueKind, ServiceDraft};
use leptos::prelude::*;

use super::{
    fold::{self, fold},
    options::{Question, tick},
};
use crate::{
    clients::client::form::ClientForm,
    ui::{FieldGroup, Section},
};

/// Packages.
pub(super) fn packages(form: ClientForm) -> AnyView {
    let ticks = ticks(form, "packages", "Product packages", CatalogueKind::Package, form.fields.packages);
    view! { <Section id="section-packages" title="Product Package" description="Packages this client has purchased.">{ticks}</Section> }.into_any()
}

/// Add-ons.
pub(super) fn add_ons(form: ClientForm) -> AnyView {
    let ticks = ticks(form, "add_ons", "Add-ons", CatalogueKind::AddOn, form.fields.add_ons);
    view! { <Section id="section-add-ons" title="Add-Ons" description="Optional add-ons.">{ticks}</Section> }.into_any()
}

/// Custom integrations.
pub(super) fn integrations(form: ClientForm) -> AnyView {
    let ticks = ticks(form, "integrations", "Custom integrations", CatalogueKind::Integration, form.fields.integrations);
    let description = "Custom integrations the client inherits from your configuration.";
    let value = move || fold::chosen(form, form.fields.integrations);
    fold(form, ("integrations", "Integration Settings", description), value, ViewFn::default(), ticks)
}

/// Each remote access feature, on or off.
pub(super) fn remote_access(form: ClientForm) -> AnyView {
    let chosen = form.fields.remote_access;
    let question = move |item: CatalogueItem| {
        let (value, on_change) = membership(chosen, item.id);
        Question { name: format!("remote_access.{}", item.id), label: item.name, hint: "", value, on_change }.view()
    };
    let questions = move || {
        let items = offered(form, CatalogueKind::RemoteAccess, chosen);
        if items.is_empty() { none() } else { items.into_iter().map(question).collect_view().into_any() }
    };
    let description = "Remote command features enabled for the client.";
    let content = view! { <div class="questions">{questions}</div> }.into_any();
    fold(form, ("remote-access", "Remote Access Management", description), move || fold::chosen(form, chosen), ViewFn::default(), content)
}

/// Each service, and its technologies once it is chosen.
pub(super) fn services(form: ClientForm) -> AnyView {
    let items = form.catalogues.with_untracked(|catalogues| {
        let chosen: Vec<_> = form.fields.services.with_untracked(|services| services.iter().map(|service| service.id).collect());
        catalogues.offered(CatalogueKind::Service, &chosen).cloned().collect::<Vec<_>>()
    });
    let content = if items.is_empty() { none() } else { items.into_iter().map(|item| service(form, item)).collect_view().into_any() };
    let description = "Services the client gets, each with its technologies.";
    view! { <Section id="section-services" title="Add Services" description>{content}</Section> }.into_any()
}

fn service(form: ClientForm, item: CatalogueItem) -> AnyView {
    let (services, id) = (form.fields.services, item.id);
    let chosen = Memo::new(move |_| services.with(|services| services.iter().any(|service| service.id == id)));
    let choose = Callback::new(move |on| {
        services.update(|services| {
            services.retain(|service| service.id != id);
            if on {
                services.push(ServiceDraft { id, technologies: Vec::new() });
                services.sort_unstable_by_key(|service| service.id);
            }
        });
    });
    let name = StoredValue::new(item.name.clone());
    view! {
        <div class="service">
            {tick(format!("services-{id}"), item.name, item.description, chosen.into(), choose)}
            {move || chosen.get().then(|| technologies(form, id, name.get_value()))}
        </div>
    }
    .into_any()
}

fn technologies(form: ClientForm, service: CatalogueId, name: String) -> AnyView {
    let services = form.fields.services;
    let has = move |technology| services.with(|services| services.iter().any(|row| row.id == service && row.technologies.contains(&technology)));
    let set = move |technology, on| {
        services.update(|services| {
            if let Some(row) = services.iter_mut().find(|row| row.id == service) {
                put(&mut row.technologies, technology, on);
            }
        });
    };
    let had = services
        .with_untracked(|services| services.iter().filter(|row| row.id == service).flat_map(|row| row.technologies.clone()).collect::<Vec<_>>());
    let items = form.catalogues.with_untracked(|catalogues| {
        catalogues.technologies(service).filter(|item| !item.retired || had.contains(&item.id)).cloned().collect::<Vec<_>>()
    });
    let ticks = items.into_iter().map(|item| {
        let id = item.id;
        let on_change = Callback::new(move |on| set(id, on));
        tick(format!("services-{service}-{id}"), item.name, item.description, Signal::derive(move || has(id)), on_change)
    });
    let ticks = ticks.collect::<Vec<_>>();
    let content = if ticks.is_empty() { none() } else { view! { <div class="options choices" role="presentation">{ticks}</div> }.into_any() };
    view! { <div class="nested"><FieldGroup id=format!("services-{service}-technologies") label=format!("Technologies of {name}")>{content}</FieldGroup></div> }
        .into_any()
}

/// A tick for each item of a catalogue.
pub(super) fn ticks(form: ClientForm, name: &'static str, label: &'static str, kind: CatalogueKind, chosen: RwSignal<Vec<CatalogueId>>) -> AnyView {
    let item = move |item: CatalogueItem| {
        let (value, on_change) = membership(chosen, item.id);
        let detail = if item.retired { "No longer offered".to_owned() } else { item.description };
        tick(format!("{name}-{}", item.id), item.name, detail, value, on_change)
    };
    let items = move || {
        let items = offered(form, kind, chosen);
        if items.is_empty() { none() } else { items.into_iter().map(item).collect_view().into_any() }
    };
    view! {
        <FieldGroup id=name label error=form.errors.of(name)><div class="options choices" role="presentation">{items}</div></FieldGroup>
    }
    .into_any()
}

/// What may be chosen: what is on offer, and what was chosen when the page began.
fn offered(form: ClientForm, kind: CatalogueKind, chosen: RwSignal<Vec<CatalogueId>>) -> Vec<CatalogueItem> {
    let chosen = chosen.get_untracked();
    form.catalogues.with(|catalogues| catalogues.offered(kind, &chosen).cloned().collect())
}

/// Whether an item is among the chosen ones, and how it gets there.
fn membership(chosen: RwSignal<Vec<CatalogueId>>, id: CatalogueId) -> (Signal<bool>, Callback<bool>) {
    let value = Signal::derive(move || chosen.with(|chosen| chosen.contains(&id)));
    (value, Callback::new(move |on| chosen.update(|chosen| put(chosen, id, on))))
}

/// Puts an id in or takes it out; the order is the one in which a client keeps them.
pub(super) fn put(ids: &mut Vec<CatalogueId>, id: CatalogueId, on: bool) {
    ids.retain(|other| *other != id);
    if on {
        ids.push(id);
        ids.sort_unstable();
    }
}

fn none() -> AnyView {
    view! { <p class="muted">"The catalogue has none yet."</p> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chosen_items_stand_in_the_order_in_which_a_client_keeps_them() {
        let mut ids = vec![CatalogueId::new(4)];
        for (id, on) in [(9, true), (2, true), (4, false), (9, true)] {
            put(&mut ids, CatalogueId::new(id), on);
        }
        assert_eq!(ids, [2, 9].map(CatalogueId::new));
    }
}
