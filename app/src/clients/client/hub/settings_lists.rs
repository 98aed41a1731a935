//! The parts of a client of which there are several, to read.

use domain::{AlternateAccessDraft, AlternateAccessType, Catalogues, ClientDraft, InternetProviderDraft, NetworkImageDraft, ServiceDraft};
use leptos::prelude::*;

use crate::{
    paths,
    ui::{Description, DescriptionList},
};

fn none(words: &'static str) -> AnyView {
    view! { <p class="muted">{words}</p> }.into_any()
}

/// Each service with its technologies.
pub(super) fn services(draft: &ClientDraft, catalogues: &Catalogues) -> AnyView {
    if draft.services.is_empty() {
        return none("No services.");
    }
    let service = |service: &ServiceDraft| {
        let technologies = service.technologies.iter().map(|id| catalogues.name(*id)).collect::<Vec<_>>().join("\n");
        view! { <Description label=catalogues.name(service.id) value=Some(technologies) /> }
    };
    let services = draft.services.iter().map(service).collect_view();
    view! { <DescriptionList>{services}</DescriptionList> }.into_any()
}

/// The remote accesses. Of a password it says only that there is one.
pub(super) fn accesses(draft: &ClientDraft, catalogues: &Catalogues) -> AnyView {
    let facts = |row: &AlternateAccessDraft| {
        vec![
            ("Technology", row.technology_id().map(|id| catalogues.name(id)).unwrap_or_default()),
            ("Access Type", AlternateAccessType::from_key(&row.access_type).map_or("", AlternateAccessType::label).to_owned()),
            ("IP Address", row.ip_address.clone()),
            ("Port", row.port.clone()),
            ("IP Range", row.ip_range.clone()),
            ("User Name", row.user_name.clone()),
            ("Password", if row.password_kept { "Stored".to_owned() } else { String::new() }),
        ]
    };
    rows(draft.access.iter().map(facts).collect(), "No alternate access.")
}

/// Each provider.
pub(super) fn providers(draft: &ClientDraft) -> AnyView {
    let facts = |row: &InternetProviderDraft| {
        vec![
            ("Name", row.name.clone()),
            ("Plan", row.plan.clone()),
            ("Circuit ID", row.circuit_id.clone()),
            ("Member ID", row.member_id.clone()),
            ("URL", row.url.clone()),
            ("User Name", row.user_name.clone()),
            ("Phone Number", row.phone.clone()),
        ]
    };
    rows(draft.providers.iter().map(facts).collect(), "No internet service providers.")
}

fn rows(rows: Vec<Vec<(&'static str, String)>>, empty: &'static str) -> AnyView {
    if rows.is_empty() {
        return none(empty);
    }
    let row = |facts: Vec<(&'static str, String)>| {
        let facts = facts.into_iter().map(|(label, value)| view! { <Description label value=Some(value) /> }).collect_view();
        view! { <li><DescriptionList>{facts}</DescriptionList></li> }
    };
    view! { <ol class="entries">{rows.into_iter().map(row).collect_view()}</ol> }.into_any()
}

/// Each image with its title; the image leads to itself in full size.
pub(super) fn images(draft: &ClientDraft) -> AnyView {
    if draft.images.is_empty() {
        return none("No images.");
    }
    let figure = |image: &NetworkImageDraft| {
        let (source, address) = (paths::image(&image.id), paths::image(&image.id));
        view! {
            <figure class="picture">
                <a href=address rel="external" target="_blank">
                    <img src=source alt=image.title.clone() loading="lazy" />
                    <span class="visually-hidden">" (opens in full size)"</span>
                </a>
                <figcaption>{image.title.clone()}</figcaption>
            </figure>
        }
    };
    view! { <div class="pictures">{draft.images.iter().map(figure).collect_view()}</div> }.into_any()
}
