//! The Clients page. What it shows stands in the address, so a view can be shared, and every change of it is a link or a form.

use domain::{ClientQuery, ClientRow, ListPage, PageAt, Permission, Scope};
use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::{
    filter::filter,
    pages::pages,
    rows::{COLUMNS, Questions, rows},
    tick::Ticked,
};
use crate::{
    caller::{refusal, use_caller},
    clients::client::{
        rpc::{list_clients, list_drafts},
        status::{StatusQuestion, may_end_some, status_dialog},
    },
    error::UiError,
    leaving::{
        job::use_jobs,
        termination::{TerminationQuestion, termination_dialog},
    },
    lists::{saved_filters, with_columns},
    loading::{Loaded, ask},
    paths,
    ui::{ButtonLink, ButtonVariant, Crumb, EmptyState, Glyph, Page, TableSkeleton},
};

/// The Clients page.
#[component]
pub fn ClientsPage() -> impl IntoView {
    let caller = use_caller();
    let may_create = caller.can(Permission::ClientCreate, Scope::Partner(caller.partner)).is_ok();
    let search = use_location().search;
    let query = Memo::new(move |_| search.with(|search| ClientQuery::from_address(search)));
    // The answer comes with its question: while the next one is on its way, the page shows the last one.
    let page = ask(move || query.get().to_address(), answer);
    let (jobs, asked) = (use_jobs(), Questions { status: StatusQuestion::new(), termination: TerminationQuestion::new(), ticked: Ticked::new() });
    Effect::new(move |before: Option<(u64, ClientQuery)>| {
        let now = (jobs.ended(), query.get());
        if before.as_ref().is_some_and(|before| *before != now) {
            asked.ticked.clear();
            // A client that was erased leaves the list.
            if before.is_some_and(|before| before.0 != now.0) {
                page.refetch();
            }
        }
        now
    });
    let here = Signal::derive(move || query.with(|query| query.is_filtered().then(|| paths::clients(&query.first_page()))));
    let may_end = may_end_some(&caller);
    let refused_to_export = refusal(Permission::ReportManage, caller.place());
    let actions = move || {
        let add = may_create.then(|| {
            view! {
                <ButtonLink href=paths::client_import() icon=Glyph::Upload>"Import"</ButtonLink>
                <ButtonLink href=paths::client_new() variant=ButtonVariant::Primary icon=Glyph::Plus>"Add"</ButtonLink>
            }
        });
        let refused = refused_to_export.clone();
        let export = move || {
            let href = query.with(paths::report_of_clients);
            view! { <ButtonLink href icon=Glyph::Download disabled_because=refused.clone()>"Export"</ButtonLink> }
        };
        view! { {may_end.then(|| asked.ticked.button(asked.termination))}{export}{add} }
    };
    let shown = move |(address, page): (String, ListPage<ClientRow>)| {
        let shown = ClientQuery::from_address(&address);
        let busy = Signal::derive(move || query.get().to_address() != address);
        if page.rows.is_empty() {
            return nothing(&shown, may_create);
        }
        let rows = rows(shown.clone(), page.rows.clone(), busy, asked);
        view! { {rows}{pages(shown, page)} }.into_any()
    };
    let rows = move || view! { <Loaded resource=page view=Callback::new(shown) skeleton=ViewFn::from(|| view! { <TableSkeleton /> }) /> }.into_any();
    view! {
        <Page title="Clients" crumbs=vec![Crumb::text("Setup"), Crumb::text("Accounts"), Crumb::text("Clients")] actions>
            {may_create.then(|| view! { <DraftNote /> })}
            {filter(query)}
            {with_columns(("Clients", COLUMNS, &[]), saved_filters("Clients", here), rows)}
            {status_dialog(asked.status, Callback::new(move |_| page.refetch()))}
            {termination_dialog(asked.termination, Callback::new(move |_| { asked.ticked.clear(); page.refetch(); }))}
        </Page>
    }
}

async fn answer(address: String) -> Result<(String, ListPage<ClientRow>), UiError> {
    let page = list_clients(address.clone()).await?;
    Ok((address, page))
}

/// Says that the list is empty, and what to do about it.
fn nothing(query: &ClientQuery, may_create: bool) -> AnyView {
    let all = || view! { <ButtonLink href=paths::clients(&ClientQuery::default())>"Clear All"</ButtonLink> };
    // A later page can be empty because its rows are gone, so only an empty first page means an empty list.
    if query.at != PageAt::First {
        let first = paths::clients(&query.first_page());
        view! {
            <EmptyState glyph=Glyph::Building title="Nothing on this page" text="The clients that were here are gone.">
                <ButtonLink href=first>"First page"</ButtonLink>
            </EmptyState>
        }
        .into_any()
    } else if query.is_filtered() {
        view! {
            <EmptyState glyph=Glyph::Search title="No client found" text="No clients match your search. Try fewer words or clear the search.">
                {all()}
            </EmptyState>
        }
        .into_any()
    } else {
        let add = may_create.then(|| {
            view! { <ButtonLink href=paths::client_new() variant=ButtonVariant::Primary icon=Glyph::Plus>"Add the first client"</ButtonLink> }
        });
        view! {
            <EmptyState glyph=Glyph::Building title="No clients yet" text="Clients are the organizations you manage.">{add}</EmptyState>
        }
        .into_any()
    }
}

/// A quiet reminder of what was begun.
#[component]
fn DraftNote() -> impl IntoView {
    let drafts = ask(|| (), |()| list_drafts());
    let note = move || {
        let count = drafts.get()?.ok()?.len();
        let words = match count {
            0 => return None,
            1 => "1 draft to continue".to_owned(),
            many => format!("{many} drafts to continue"),
        };
        Some(view! { <p class="draft-note muted"><a href=paths::client_drafts()>{words}</a></p> })
    };
    view! { <Transition>{note}</Transition> }
}
