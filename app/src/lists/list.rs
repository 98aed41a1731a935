//! A list by name. What it shows stands in the address, so a view can be shared, and every change of it is a link or a form.

use std::future::Future;

use domain::{Direction, Keyed, ListFilter, ListPage, NameSort, PageAt, Query};
use leptos::{ev::SubmitEvent, prelude::*};
use leptos_router::{
    NavigateOptions,
    hooks::{use_location, use_navigate},
};
use serde::{Serialize, de::DeserializeOwned};

use super::{SEARCH_BOX, SearchWords, Stand, client_filter, hidden_inputs, pages::pages, saved_filters, with_columns};
use crate::{
    error::UiError,
    loading::{Loaded, ask},
    ui::{ButtonLink, ButtonVariant, Column, Crumb, DataTable, EmptyState, Glyph, Page, SearchBox, SortDirection, Tab, TabNav, TableSkeleton},
};

/// The part of the navigation that is not below Setup.
pub(crate) const ADMINISTRATION: &str = "Administration";

/// As [`ADMINISTRATION`].
pub(crate) const REPORTS: &str = "Reports";

/// What the list of a noun says. `F` is the noun's filter, and `S` what can order it.
pub(crate) struct Directory<F: 'static, S: 'static = NameSort> {
    /// The part of the navigation it stands in, below Setup; or [`ADMINISTRATION`] or [`REPORTS`].
    pub(crate) place: &'static str,
    /// The heading: many of the noun.
    pub(crate) title: &'static str,
    /// One of it, in a sentence.
    pub(crate) noun: &'static str,
    /// What is searched, for the empty box.
    pub(crate) searched: &'static str,
    /// What it is for, where there is none yet.
    pub(crate) about: &'static str,
    /// Its icon.
    pub(crate) glyph: Glyph,
    /// The filters that are offered, with their labels. The first is the plain list; none if there is only that.
    pub(crate) filters: &'static [(F, &'static str)],
    /// The columns; the first is the name.
    pub(crate) columns: &'static [&'static str],
    /// By what a click on the first column's heading orders the list; none if it doesn't.
    pub(crate) sorted: Option<S>,
    /// The address of a view.
    pub(crate) address: fn(&Query<S, F>) -> String,
}

impl<F: ListFilter, S: Keyed + Default> Directory<F, S> {
    /// The breadcrumbs of the list, followed by those of the page.
    pub(crate) fn crumbs(&self, here: impl IntoIterator<Item = Crumb>) -> Vec<Crumb> {
        let list = Crumb::link(self.title, (self.address)(&Query::default()));
        let above = (![ADMINISTRATION, REPORTS].contains(&self.place)).then(|| Crumb::text("Setup"));
        above.into_iter().chain([Crumb::text(self.place), list]).chain(here).collect()
    }
}

/// Where one makes a thing of the list, and why the reader can't.
pub(crate) struct Add {
    /// The page on which it is made.
    pub(crate) href: String,
    /// Why not.
    pub(crate) refused: Option<String>,
}

impl Add {
    /// The button that leads there.
    pub(crate) fn button(&self, noun: &str) -> AnyView {
        let Self { href, refused } = self;
        view! {
            <ButtonLink href=href.clone() variant=ButtonVariant::Primary icon=Glyph::Plus disabled_because=refused.clone()>
                {format!("Add {noun}")}
            </ButtonLink>
        }
        .into_any()
    }
}

/// The page of a list: `list` fetches a view of it by its address, `row` shows a row.
pub(crate) fn list_page<F, S, T, Fut>(directory: &'static Directory<F, S>, add: Add, list: fn(String) -> Fut, row: fn(T) -> AnyView) -> AnyView
where
    F: ListFilter + Send + Sync,
    S: Keyed + Default + Send + Sync,
    T: Clone + Serialize + DeserializeOwned + Send + Sync + 'static,
    Fut: Future<Output = Result<ListPage<T>, UiError>> + Send + 'static,
{
    list_page_with(directory, ViewFn::from(move || add.button(directory.noun)), list, row)
}

/// As [`list_page`], with other buttons than the one to add.
pub(crate) fn list_page_with<F, S, T, Fut>(
    directory: &'static Directory<F, S>,
    actions: ViewFn,
    list: fn(String) -> Fut,
    row: fn(T) -> AnyView,
) -> AnyView
where
    F: ListFilter + Send + Sync,
    S: Keyed + Default + Send + Sync,
    T: Clone + Serialize + DeserializeOwned + Send + Sync + 'static,
    Fut: Future<Output = Result<ListPage<T>, UiError>> + Send + 'static,
{
    let view = list_view(Stand::alone(directory), list, row);
    view! { <Page title=directory.title crumbs=directory.crumbs([]) actions>{view}</Page> }.into_any()
}

/// The search box, filters, rows and pages of a list, wherever it stands.
pub(crate) fn list_view<F, S, T, Fut>(
    stand: Stand<F, S>,
    list: fn(String) -> Fut,
    row: impl Fn(T) -> AnyView + Copy + Send + Sync + 'static,
) -> AnyView
where
    F: ListFilter + Send + Sync,
    S: Keyed + Default + Send + Sync,
    T: Clone + Serialize + DeserializeOwned + Send + Sync + 'static,
    Fut: Future<Output = Result<ListPage<T>, UiError>> + Send + 'static,
{
    let search = use_location().search;
    let query = Memo::new(move |_| search.with(|search| stand.query(search)));
    // The answer comes with its question: while the next one is on its way, the page shows the last one.
    let page = ask(
        move || query.get().to_address(),
        move |address| async move {
            let page = list(address.clone()).await?;
            Ok((address, page))
        },
    );
    let here = Signal::derive(move || {
        let query = query.get();
        stand.is_filtered(&query).then(|| stand.address(&query.first_page()))
    });
    let saved = saved_filters(stand.directory.title, here);
    let shown = move |(address, page): (String, ListPage<T>)| {
        let shown = Query::<S, F>::from_address(&address);
        let busy = Signal::derive(move || query.get().to_address() != address);
        if page.rows.is_empty() {
            return nothing(stand, &shown);
        }
        let pages = pages(|query| stand.address(query), &shown, &page);
        let rows = page.rows.into_iter().map(row).collect_view();
        view! { <DataTable caption=stand.directory.title columns=columns(stand, &shown) busy>{rows}</DataTable>{pages} }.into_any()
    };
    let rows = move || view! { <Loaded resource=page view=Callback::new(shown) skeleton=ViewFn::from(|| view! { <TableSkeleton /> }) /> }.into_any();
    let columns = (stand.directory.title, stand.directory.columns, stand.never_shown());
    view! { {filter(stand, query)}{with_columns(columns, saved, rows)} }.into_any()
}

/// The headings. That of the name sorts by name, and reverses the order on the next click.
fn columns<F: ListFilter, S: Keyed + Default>(stand: Stand<F, S>, query: &Query<S, F>) -> Vec<Column> {
    let directory = stand.directory;
    let mut columns: Vec<_> = directory.columns.iter().map(|label| Column::new(*label)).collect();
    if let (Some(name), Some(sort)) = (columns.first_mut(), directory.sorted) {
        let sorted = (query.sort == sort).then_some(match query.direction {
            Direction::Ascending => SortDirection::Ascending,
            Direction::Descending => SortDirection::Descending,
        });
        *name = name.clone().sortable(stand.address(&query.sorted_by(sort)), sorted);
    }
    columns
}

/// The search form of a list; `address` gives the address of each of its views.
pub(crate) fn search_form<F: ListFilter + Send + Sync + 'static, S: Keyed + Default + Send + Sync + 'static>(
    title: &str,
    searched: &'static str,
    address: impl Fn(&Query<S, F>) -> String + Clone + Send + Sync + 'static,
    query: Memo<Query<S, F>>,
) -> AnyView {
    let plain = address(&Query::default());
    let found = move |words| address(&Query { search: words, ..query.get_untracked().first_page() });
    let there = Signal::derive(move || query.with(|query| query.search.clone()));
    // The form has no field for the rest of the address.
    let rest = Signal::derive(move || query.with(|query| Query { search: String::new(), ..query.first_page() }.pairs()));
    search_form_of(title, searched, plain, there, found, rest)
}

fn search_form_of(
    title: &str,
    searched: &'static str,
    plain: String,
    there: Signal<String>,
    found: impl Fn(String) -> String + Send + Sync + 'static,
    rest: Signal<Vec<(&'static str, String)>>,
) -> AnyView {
    let navigate = use_navigate();
    let go = Callback::new(move |(words, replace): (String, bool)| {
        navigate(&found(words), NavigateOptions { replace, scroll: false, ..NavigateOptions::default() });
    });
    let words = SearchWords::new(there, move |words| go.run((words, true)));
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let typed = words.take();
        if there.get_untracked() != typed {
            go.run((typed, false));
        }
    };
    let label = format!("Search {}", within_sentence(title));
    view! {
        <form class="filter" method="get" action=plain role="search" aria-label=title.to_owned() on:submit=submit>
            <div class="filter-line"><SearchBox name=SEARCH_BOX label value=words.typed placeholder=searched key="/" /></div>
            {move || hidden_inputs(rest.get())}
        </form>
    }
    .into_any()
}

/// The search box, the filters as links, and the client.
fn filter<F: ListFilter + Send + Sync, S: Keyed + Default + Send + Sync>(stand: Stand<F, S>, query: Memo<Query<S, F>>) -> AnyView {
    let Directory { title, searched, filters, .. } = stand.directory;
    let tabs = Signal::derive(move || {
        let query = query.get();
        let (client, which) = (query.filter.client(), query.filter.clone().of_client(None));
        let is_offered = filters.iter().any(|(filter, _)| *filter == which);
        let tab = |(at, (filter, label)): (usize, &(F, &str))| Tab {
            label: (*label).to_owned(),
            href: stand.address(&query.first_page().with_filter(filter.clone().of_client(client))),
            current: *filter == which || (at == 0 && !is_offered),
            ..Tab::default()
        };
        filters.iter().enumerate().map(tab).collect::<Vec<_>>()
    });
    let by_client = (F::BY_CLIENT && stand.of.is_none()).then(|| {
        let there = Memo::new(move |_| query.with(|query| query.filter.client()));
        let address = move |client| query.with(|query| stand.address(&query.first_page().with_filter(query.filter.clone().of_client(client))));
        client_filter(there, address)
    });
    view! {
        {search_form(title, stand.searched(searched), move |query| stand.address(query), query)}
        {by_client}
        {(!filters.is_empty()).then(|| view! { <TabNav label=format!("Which {}", within_sentence(title)) tabs /> })}
    }
    .into_any()
}

/// Says that the list is empty, and what to do about it.
fn nothing<F: ListFilter, S: Keyed + Default>(stand: Stand<F, S>, query: &Query<S, F>) -> AnyView {
    let Directory { title, glyph, about, .. } = *stand.directory;
    if query.at != PageAt::First {
        let first = stand.address(&query.first_page());
        return view! {
            <EmptyState glyph title="Nothing on this page" text="What was here is gone.">
                <ButtonLink href=first>"First page"</ButtonLink>
            </EmptyState>
        }
        .into_any();
    }
    let anywhere = Query { filter: query.filter.clone().of_client(None), ..query.clone() };
    if query.filter.client().is_some() && stand.of.is_none() && !stand.is_filtered(&anywhere) {
        let text = format!("This client has no {}.", within_sentence(title));
        return view! { <EmptyState glyph title=format!("No {} yet", within_sentence(title)) text /> }.into_any();
    }
    if stand.is_filtered(query) {
        let all = stand.address(&query.all_rows());
        let text = format!("No {} match your search. Try fewer words or clear the search.", within_sentence(title));
        return view! {
            <EmptyState glyph=Glyph::Search title=format!("No {} found", within_sentence(title)) text><ButtonLink href=all>"Clear All"</ButtonLink></EmptyState>
        }
        .into_any();
    }
    view! { <EmptyState glyph title=format!("No {} yet", within_sentence(title)) text=about /> }.into_any()
}

/// A heading's words as they stand in a sentence: “API Keys” goes on as “API keys”.
fn within_sentence(title: &str) -> String {
    let word = |word: &str| if word.chars().all(char::is_uppercase) { word.to_owned() } else { word.to_lowercase() };
    title.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::within_sentence;

    #[test]
    fn headings_go_on_in_small_letters_but_for_abbreviations() {
        assert_eq!(["Users", "Credential Sets", "API Keys"].map(within_sentence), ["users", "credential sets", "API keys"]);
    }
}
