//! How much there is, drawn.

use domain::{ClientFilter, ClientQuery, DeviceFilter, DeviceKind, DeviceQuery, Month, StatusFilter, Total};
use leptos::prelude::*;

use crate::{
    paths,
    ui::{Bar, BarColumns, BarRows, Section, Tone},
};

/// Clients by status.
pub(super) fn clients(figures: Vec<(StatusFilter, Total)>) -> AnyView {
    let bar = |(status, total): (StatusFilter, Total)| {
        let tone = match status {
            StatusFilter::Active => Tone::Positive,
            StatusFilter::Suspended => Tone::Warning,
            _ => Tone::Neutral,
        };
        let href = paths::clients(&ClientQuery::filtered(ClientFilter::in_states(status)));
        bar(status.label(), String::new(), total, href, tone)
    };
    view! { <Section title="Clients by status"><BarRows bars=figures.into_iter().map(bar).collect() /></Section> }.into_any()
}

/// Clients by the month in which they were created.
pub(super) fn created(figures: Vec<(Month, Total)>) -> AnyView {
    let bar = |(month, total): (Month, Total)| {
        let href = paths::clients(&ClientQuery::filtered(ClientFilter::created_in(month)));
        bar(&month.label(), month.short().to_owned(), total, href, Tone::Info)
    };
    view! {
        <Section title="Clients created" description="By month, in UTC. Clients that were terminated since are included.">
            <BarColumns bars=figures.into_iter().map(bar).collect() />
        </Section>
    }
    .into_any()
}

/// Devices by kind.
pub(super) fn devices(figures: Vec<(DeviceKind, Total)>) -> AnyView {
    let bar = |(kind, total): (DeviceKind, Total)| {
        let label = match kind {
            DeviceKind::Desktop => "Desktops",
            DeviceKind::Server => "Servers",
            DeviceKind::Network => "Network devices",
            DeviceKind::Other => "Other devices",
        };
        bar(label, String::new(), total, paths::devices(&DeviceQuery::filtered(DeviceFilter::of_kind(kind))), Tone::Info)
    };
    view! { <Section title="Devices by type"><BarRows bars=figures.into_iter().map(bar).collect() /></Section> }.into_any()
}

fn bar(label: &str, short: String, total: Total, href: String, tone: Tone) -> Bar {
    let (Total::Exactly(number) | Total::MoreThan(number)) = total;
    Bar { label: label.to_owned(), short, number, text: total.to_string(), href, tone }
}
