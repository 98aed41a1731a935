//! Picking things of a list: the search behind a picker, and what a draft says of the choice.

use std::{future::Future, str::FromStr};

use domain::{ListFilter, ListPage, NameSort, Query, Selection};

use crate::{
    error::UiError,
    ui::{Candidates, Choice, Found, Picked},
};

/// What was picked, for a draft.
pub(crate) fn selection<I: FromStr>(picked: Picked) -> Selection<I> {
    Selection::Changed { add: ids(picked.added()), remove: ids(picked.removed()) }
}

/// The ids that picked values stand for. Values that are no ids were never offered.
pub(crate) fn ids<I: FromStr>(values: Vec<String>) -> Vec<I> {
    values.iter().filter_map(|value| value.parse().ok()).collect()
}

/// The candidates of a list: `list` fetches a view of it by its address, `choice` words one.
pub(crate) fn candidates<F, T, Fut>(filter: F, list: impl Fn(String) -> Fut + Clone + Send + Sync + 'static, choice: fn(&T) -> Choice) -> Candidates
where
    F: ListFilter + Send + Sync + 'static,
    T: Send + 'static,
    Fut: Future<Output = Result<ListPage<T>, UiError>> + Send + 'static,
{
    Candidates::new(move |words| {
        let page = list(search_address(filter.clone(), words));
        async move {
            let page = page.await.map_err(|error| error.to_string())?;
            Ok(Found { choices: page.rows.iter().map(|row| (choice(row), false)).collect(), more: page.next.is_some() })
        }
    })
}

/// The address of a search for candidates.
pub(crate) fn search_address<F: ListFilter>(filter: F, words: String) -> String {
    Query { search: words, ..Query::<NameSort, F>::filtered(filter) }.to_address()
}
