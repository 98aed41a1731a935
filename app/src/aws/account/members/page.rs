//! The page of a management account's members.

use domain::{AwsAccount, AwsAccountKind, AwsMemberQuery, Direction, ListPage, NameSort, PageAt};
use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::{
    bar::tick_bar,
    filter::filter,
    head::{freshness, refresh_button},
    row::{COLUMNS, row},
    ticked::Ticked,
};
use crate::{
    aws::account::{
        frame::crumbs,
        live::LiveAccount,
        rpc::{get_aws_account, list_aws_members},
        windows::Windows,
    },
    leaving::job::use_jobs,
    lists::pages,
    loading::{Loaded, ask},
    paths,
    thing::{not_found, of_address},
    ui::{ButtonLink, Column, Crumb, DataTable, EmptyState, Glyph, Page, SortDirection, TableSkeleton},
};

/// The page.
#[component]
pub fn MembersPage() -> impl IntoView {
    let account = of_address("account", get_aws_account);
    let shown = |account: Option<AwsAccount>| match account.filter(|account| account.kind == AwsAccountKind::Management) {
        Some(account) => members(account),
        None => not_found("MSP account"),
    };
    view! { <Loaded resource=account view=Callback::new(shown) /> }
}

fn members(account: AwsAccount) -> AnyView {
    let (id, name, live) = (account.id, account.name.clone(), LiveAccount::new(account));
    let (search, jobs, asked) = (use_location().search, use_jobs(), RwSignal::new(0));
    let query = Memo::new(move |_| search.with(|search| AwsMemberQuery::from_address(search)));
    // The answer comes with its question: while the next one is on its way, the page shows the last one.
    let page = ask(
        move || (query.get().to_address(), asked.get(), jobs.ended()),
        move |(address, ..)| async move {
            let page = list_aws_members(id, address.clone()).await?;
            Ok((address, page))
        },
    );
    let (ticked, rows) = (Ticked::new(), RwSignal::new(Vec::new()));
    let windows = Windows::new(Callback::new(move |_| {
        ticked.clear();
        asked.update(|asked| *asked += 1);
        live.reload();
    }));
    let shown = move |(address, page): (String, ListPage<AwsAccount>)| {
        let shown = AwsMemberQuery::from_address(&address);
        let busy = Signal::derive(move || query.get().to_address() != address);
        ticked.renew(&page.rows);
        rows.set(page.rows.clone());
        if page.rows.is_empty() {
            return nothing(&shown, id, live);
        }
        let pages = pages(move |query| paths::aws_members(id, query), &shown, &page);
        let rows = page.rows.into_iter().map(|account| row(account, ticked)).collect_view();
        view! { <DataTable caption="Customer accounts" columns=columns(id, &shown) busy>{rows}</DataTable>{pages} }.into_any()
    };
    let crumbs = crumbs(AwsAccountKind::Management, [Crumb::link(name.clone(), paths::aws_account(id)), Crumb::text("Customer Accounts")]);
    view! {
        <Page title=format!("Customer Accounts of {name}") crumbs actions=move || refresh_button(live)>
            {freshness(live)}
            <div class="stack-small">
                {filter(id, query)}
                {tick_bar(ticked, rows, windows)}
                <Loaded resource=page view=Callback::new(shown) skeleton=ViewFn::from(|| view! { <TableSkeleton /> }) />
            </div>
        </Page>
        {windows.view()}
    }
    .into_any()
}

fn columns(id: domain::AwsAccountId, query: &AwsMemberQuery) -> Vec<Column> {
    let sorted = (query.sort == NameSort::Name).then_some(match query.direction {
        Direction::Ascending => SortDirection::Ascending,
        Direction::Descending => SortDirection::Descending,
    });
    let name = Column::new("Account").sortable(paths::aws_members(id, &query.sorted_by(NameSort::Name)), sorted);
    [Column::quiet("Select"), name].into_iter().chain(COLUMNS.map(Column::new)).collect()
}

/// Says why no account is listed, and what to do about it.
fn nothing(query: &AwsMemberQuery, id: domain::AwsAccountId, account: LiveAccount) -> AnyView {
    if query.at != PageAt::First {
        let first = paths::aws_members(id, &query.first_page());
        return view! {
            <EmptyState glyph=Glyph::Cloud title="Nothing on this page" text="The accounts that were here are gone.">
                <ButtonLink href=first>"First page"</ButtonLink>
            </EmptyState>
        }
        .into_any();
    }
    if query.is_filtered() {
        let all = paths::aws_members(id, &query.all_rows());
        return view! {
            <EmptyState glyph=Glyph::Search title="No accounts found" text="No accounts match your search. Try fewer words or clear the search.">
                <ButtonLink href=all>"Clear All"</ButtonLink>
            </EmptyState>
        }
        .into_any();
    }
    let text = move || match account.with(|account| (account.refresh.job, account.refresh.at)) {
        (Some(_), _) => "Reading the accounts from AWS. They appear here when that is done.",
        (None, None) => "Refresh to read the accounts from AWS.",
        (None, Some(_)) => "The organization has no other accounts.",
    };
    let state = move || view! { <EmptyState glyph=Glyph::Cloud title="No accounts yet" text=text() /> };
    IntoAny::into_any(state)
}
