//! What needs attention, and drafts to go on with.

use domain::{Attention, CountedList, DraftRow, Timestamp, Total};
use leptos::prelude::*;

use crate::{
    moment::moment,
    paths,
    ui::{Glyph, Icon, Section},
};

/// How many drafts stand here; the rest are on their own page.
const DRAFTS: usize = 5;

/// What needs attention, each as a link to its list.
pub(super) fn attention(figures: Vec<(Attention, Total)>, at: Timestamp) -> AnyView {
    let item = move |(attention, total): (Attention, Total)| {
        view! {
            <li>
                <a class="attention" href=address(attention, at)>
                    <Icon glyph=glyph(attention) />
                    <strong>{total.to_string()}</strong>
                    <span>{words(attention, total)}</span>
                    <Icon glyph=Glyph::ChevronRight />
                </a>
            </li>
        }
    };
    let content = if figures.is_empty() {
        view! { <p class="muted">"Nothing needs your attention."</p> }.into_any()
    } else {
        view! { <ul class="attention-list">{figures.into_iter().map(item).collect_view()}</ul> }.into_any()
    };
    view! { <Section title="Needs attention">{content}</Section> }.into_any()
}

/// The list that is counted.
fn address(attention: Attention, at: Timestamp) -> String {
    match attention.list(at) {
        CountedList::Jobs(query) => paths::jobs(&query),
        CountedList::Users(query) => paths::users(&query),
        CountedList::ApiKeys(query) => paths::api_keys(&query),
        CountedList::Audit(query) => paths::audit(&query),
        CountedList::Clients(query) => paths::clients(&query),
    }
}

/// What goes on after the number.
const fn words(attention: Attention, total: Total) -> &'static str {
    match (attention, total) {
        (Attention::FailedJobs, Total::Exactly(1)) => "job failed",
        (Attention::FailedJobs, _) => "jobs failed",
        (Attention::Invitations, Total::Exactly(1)) => "invitation not accepted",
        (Attention::Invitations, _) => "invitations not accepted",
        (Attention::ExpiringKeys, Total::Exactly(1)) => "API key expires soon",
        (Attention::ExpiringKeys, _) => "API keys expire soon",
        (Attention::ClientsWithoutUsers, Total::Exactly(1)) => "active client without users",
        (Attention::ClientsWithoutUsers, _) => "active clients without users",
        (Attention::RefusedSignIns, Total::Exactly(1)) => "sign-in refused in the last 24 hours",
        (Attention::RefusedSignIns, _) => "sign-ins refused in the last 24 hours",
    }
}

const fn glyph(attention: Attention) -> Glyph {
    match attention {
        Attention::FailedJobs => Glyph::Warning,
        Attention::Invitations => Glyph::Mail,
        Attention::ExpiringKeys => Glyph::Key,
        Attention::RefusedSignIns => Glyph::Lock,
        Attention::ClientsWithoutUsers => Glyph::Users,
    }
}

/// The drafts that were saved last.
pub(super) fn drafts(rows: Vec<DraftRow>) -> AnyView {
    let all = rows.len();
    let item = |DraftRow { id, name, step, updated, .. }: DraftRow| {
        let name = if name.trim().is_empty() { "Untitled draft".to_owned() } else { name };
        view! {
            <li class="draft">
                <a href=paths::client_draft(&id, step)>{name}</a>
                <small class="muted">{step.label()}" · saved "{moment(updated)}</small>
            </li>
        }
    };
    let more = (all > DRAFTS).then(|| view! { <p><a href=paths::client_new()>{format!("All {all} drafts")}</a></p> });
    view! {
        <Section title="Drafts to continue">
            <ul class="drafts">{rows.into_iter().take(DRAFTS).map(item).collect_view()}</ul>
            {more}
        </Section>
    }
    .into_any()
}
