//! What stands above every tab of a client.

use domain::{Client, ClientCounts, ClientHub, ClientStatus, JobQuery, Permission, Total, country_name};
use leptos::prelude::*;

use crate::{
    caller::use_caller,
    clients::client::status::{StatusChange, StatusQuestion, may_end},
    leaving::termination::TerminationQuestion,
    paths,
    ui::{Button, ButtonLink, ButtonVariant, Glyph, Icon},
};

/// Where the client is, whom to call, its AWS accounts and its open jobs; nothing of what isn't known or there.
pub(super) fn header(hub: &ClientHub) -> AnyView {
    let ClientHub { client, counts } = hub;
    let facts = [place(client), contact(client), aws_accounts(counts), open_jobs(client, counts)];
    view! { <ul class="client-header">{facts.into_iter().flatten().map(|fact| view! { <li>{fact}</li> }).collect_view()}</ul> }.into_any()
}

fn place(client: &Client) -> Option<AnyView> {
    let details = &client.details;
    let country = country_name(&details.country).unwrap_or_default();
    let parts: Vec<_> = [details.city.as_str(), details.state.as_str(), country].into_iter().filter(|part| !part.is_empty()).collect();
    (!parts.is_empty()).then(|| view! { <Icon glyph=Glyph::Globe /><span>{parts.join(", ")}</span> }.into_any())
}

fn contact(client: &Client) -> Option<AnyView> {
    let details = &client.details;
    let (name, email, phone) = (details.contact_person.clone(), details.email.clone(), details.phone.clone());
    if name.is_empty() && email.is_empty() && phone.is_empty() {
        return None;
    }
    let name = (!name.is_empty()).then(|| view! { <span>{name}</span> });
    let email = (!email.is_empty()).then(|| view! { <a href=format!("mailto:{email}")>{email.clone()}</a> });
    let digits: String = phone.chars().filter(|sign| sign.is_ascii_digit() || *sign == '+').collect();
    let phone = (!phone.is_empty()).then(|| view! { <a href=format!("tel:{digits}")>{phone}</a> });
    Some(view! { <Icon glyph=Glyph::User />{name}{email}{phone} }.into_any())
}

fn aws_accounts(counts: &ClientCounts) -> Option<AnyView> {
    let words = match counts.aws_accounts? {
        Total::Exactly(0) => return None,
        Total::Exactly(1) => "1 AWS account".to_owned(),
        many => format!("{many} AWS accounts"),
    };
    Some(view! { <Icon glyph=Glyph::Cloud /><span>{words}</span> }.into_any())
}

/// The list of jobs is searched by what they are about, which is the client's name.
fn open_jobs(client: &Client, counts: &ClientCounts) -> Option<AnyView> {
    let words = match counts.open_jobs {
        0 => return None,
        1 => "1 open job".to_owned(),
        many => format!("{many} open jobs"),
    };
    let href = paths::jobs(&JobQuery { search: client.details.name.clone(), ..JobQuery::default() });
    Some(view! { <Icon glyph=Glyph::Clock /><a href=href>{words}</a> }.into_any())
}

/// What may be done with the client; what may not isn't offered.
pub(super) fn buttons(client: &Client, question: StatusQuestion, termination: TerminationQuestion) -> AnyView {
    let (id, status, may, name, caller) = (client.id, client.status, client.may, client.details.name.clone(), use_caller());
    let change = StatusChange::allowed(&caller, may, status).map(|change| {
        let icon = if status == ClientStatus::Active { Glyph::Pause } else { Glyph::Play };
        view! { <span data-needs-script=""><Button icon on_click=move |()| question.ask(id, name.clone(), change)>{change.verb}</Button></span> }
    });
    let may_end = may_end(&caller, may);
    let back_up = may_end.then(|| view! { <ButtonLink href=paths::client_backups(id) icon=Glyph::Download>"Backups"</ButtonLink> });
    let terminate = may_end.then(|| {
        view! { <span data-needs-script=""><Button icon=Glyph::Trash on_click=move || termination.ask(id)>"Terminate"</Button></span> }
    });
    let may_edit = may.contains(Permission::ClientManage);
    let edit =
        may_edit.then(|| view! { <ButtonLink href=paths::client_edit(id) variant=ButtonVariant::Primary icon=Glyph::Pencil>"Edit"</ButtonLink> });
    view! { {change}{back_up}{terminate}{edit} }.into_any()
}
