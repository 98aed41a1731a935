//! The lists of management and of single accounts.

use domain::{AwsAccount, AwsAccountKind, AwsAccountQuery, Direction, ListPage, NameSort};
use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::{
    frame::{crumbs, providers},
    refused_to_add,
    rows::{columns, row},
    rpc::list_aws_accounts,
    windows::Windows,
};
use crate::{
    caller::use_caller,
    leaving::job::use_jobs,
    lists::{Add, pages, search_form},
    loading::{Loaded, ask},
    paths,
    thing::not_found,
    ui::{ButtonLink, Column, DataTable, EmptyState, Glyph, Page, SortDirection, TableSkeleton},
};

/// The management accounts.
#[component]
pub fn ManagementAccountsPage() -> impl IntoView {
    page(AwsAccountKind::Management)
}

/// The accounts by themselves.
#[component]
pub fn SingleAccountsPage() -> impl IntoView {
    page(AwsAccountKind::Single)
}

/// The heading, one account in a sentence, and what they are for.
const fn words(kind: AwsAccountKind) -> (&'static str, &'static str, &'static str) {
    match kind {
        AwsAccountKind::Single => ("Non-MSP Accounts", "account", "Add AWS accounts that aren’t members of an organization you manage."),
        AwsAccountKind::Management | AwsAccountKind::Member => (
            "MSP Accounts",
            "MSP account",
            "Add the management account of an AWS organization to list its member accounts and assign them to customers.",
        ),
    }
}

fn page(kind: AwsAccountKind) -> AnyView {
    // A client's users find the accounts of their client on its page.
    if use_caller().client.is_some() {
        return not_found(words(kind).0);
    }
    let (search, jobs, asked) = (use_location().search, use_jobs(), RwSignal::new(0));
    let query = Memo::new(move |_| search.with(|search| AwsAccountQuery::from_address(search)));
    // The answer comes with its question: while the next one is on its way, the page shows the last one.
    let page = ask(
        move || (query.get().to_address(), asked.get(), jobs.ended()),
        move |(address, ..)| async move {
            let page = list_aws_accounts(kind, address.clone()).await?;
            Ok((address, page))
        },
    );
    let reread = Callback::new(move |()| asked.update(|asked| *asked += 1));
    let windows = Windows::new(Callback::new(move |_| reread.run(())));
    let (title, noun, _) = words(kind);
    let shown = move |(address, page): (String, ListPage<AwsAccount>)| {
        let shown = AwsAccountQuery::from_address(&address);
        let busy = Signal::derive(move || query.get().to_address() != address);
        if page.rows.is_empty() {
            return nothing(kind, &shown);
        }
        let pages = pages(|query| paths::aws_accounts(kind, query), &shown, &page);
        let rows = page.rows.into_iter().map(|account| row(account, windows, reread)).collect_view();
        view! { <DataTable caption=title columns=headings(kind, &shown) busy>{rows}</DataTable>{pages} }.into_any()
    };
    let add = move || Add { href: paths::aws_account_new(kind), refused: refused_to_add() }.button(noun);
    view! {
        <Page title crumbs=crumbs(kind, []) actions=add>
            <div class="beside-tree">
                {providers(kind)}
                <div class="stack-small">
                    {search_form(title, "Name or account ID", move |query| paths::aws_accounts(kind, query), query)}
                    <Loaded resource=page view=Callback::new(shown) skeleton=ViewFn::from(|| view! { <TableSkeleton rows=4 /> }) />
                </div>
            </div>
        </Page>
        {windows.view()}
    }
    .into_any()
}

/// The columns; the first sorts by name.
fn headings(kind: AwsAccountKind, query: &AwsAccountQuery) -> Vec<Column> {
    let sorted = (query.sort == NameSort::Name).then_some(match query.direction {
        Direction::Ascending => SortDirection::Ascending,
        Direction::Descending => SortDirection::Descending,
    });
    let name = Column::new("Name").sortable(paths::aws_accounts(kind, &query.sorted_by(NameSort::Name)), sorted);
    let rest = columns(kind).map(Column::new);
    [name].into_iter().chain(rest).chain([Column::quiet("Actions")]).collect()
}

fn nothing(kind: AwsAccountKind, query: &AwsAccountQuery) -> AnyView {
    let (title, _, about) = words(kind);
    let title = title.replace("Accounts", "accounts");
    if *query == query.all_rows() {
        return view! { <EmptyState glyph=Glyph::Cloud title=format!("No {title} yet") text=about /> }.into_any();
    }
    let all = paths::aws_accounts(kind, &query.all_rows());
    view! {
        <EmptyState glyph=Glyph::Search title=format!("No {title} found") text="Try fewer words or clear the search.">
            <ButtonLink href=all>"Clear All"</ButtonLink>
        </EmptyState>
    }
    .into_any()
}
