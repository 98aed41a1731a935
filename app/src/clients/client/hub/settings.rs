//! Every setting of a client, to read.

use domain::{Catalogues, Client};
use leptos::prelude::*;

use super::{
    facts::sections,
    overview::record,
    settings_lists::{accesses, images, providers, services},
};
use crate::{
    clients::catalogue::rpc::list_catalogues,
    loading::{Loaded, ask},
    ui::{Description, DescriptionList, Section},
};

/// The tab.
pub(super) fn settings(client: &Client) -> AnyView {
    let catalogues = ask(|| (), |()| list_catalogues());
    let client = StoredValue::new(client.clone());
    let read = move |catalogues: Catalogues| client.with_value(|client| details(client, &catalogues));
    view! { <Loaded resource=catalogues view=Callback::new(read) /> }.into_any()
}

/// The sections, with links to them beside.
fn details(client: &Client, catalogues: &Catalogues) -> AnyView {
    let draft = &client.details;
    let plain = sections(draft, catalogues).into_iter().map(|section| {
        let facts = section.facts.into_iter().map(|(label, value)| view! { <Description label value=Some(value) /> }).collect_view();
        (section.title, view! { <DescriptionList>{facts}</DescriptionList> }.into_any())
    });
    let lists = [
        ("Services", services(draft, catalogues)),
        ("Alternate Access Details", accesses(draft, catalogues)),
        ("Internet Service Providers", providers(draft)),
        ("Network Architecture", images(draft)),
    ];
    let all: Vec<_> = plain.chain(lists).collect();
    let link = |(title, _): &(&'static str, AnyView)| view! { <li><a href=format!("#{}", anchor(title)) rel="external">{*title}</a></li> };
    let links = all.iter().map(link).collect_view();
    let section = |(title, content): (&'static str, AnyView)| view! { <Section title id=anchor(title)>{content}</Section> };
    let stored = draft.kept.iter().map(|(name, value)| view! { <Description label=name.clone() value=value.clone() /> }).collect_view();
    let stored = (!draft.kept.is_empty()).then(|| {
        view! { <Section title="Stored for other programs" description="This console doesn’t use these values."><DescriptionList>{stored}</DescriptionList></Section> }
    });
    let record = record(client);
    view! {
        {record}
        <div class="editor">
            <nav class="section-nav" aria-label="Sections"><ul>{links}</ul></nav>
            <div class="stack">{all.into_iter().map(section).collect_view()}{stored}</div>
        </div>
    }
    .into_any()
}

/// The id of a section.
fn anchor(title: &str) -> String {
    let plain = |letter: char| if letter.is_ascii_alphanumeric() { letter.to_ascii_lowercase() } else { '-' };
    format!("section-{}", title.chars().map(plain).collect::<String>())
}
