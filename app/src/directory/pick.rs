//! Picking things of a list: the search behind a picker, and what a draft says of the choice.

use std::{future::Future, str::FromStr};

use domain::{ClientId, ClientQuery, ClientRow, ListPage, ListQuery, Selection};

use crate::{
    client::rpc::list_clients,
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
pub(crate) fn candidates<T, Fut>(
    filter: &'static str,
    list: impl Fn(String) -> Fut + Clone + Send + Sync + 'static,
    choice: fn(&T) -> Choice,
) -> Candidates
where
    T: Send + 'static,
    Fut: Future<Output = Result<ListPage<T>, UiError>> + Send + 'static,
{
    Candidates::new(move |words| {
        let page = list(searching(filter, words));
        async move {
            let page = page.await.map_err(|error| error.to_string())?;
            Ok(Found { choices: page.rows.iter().map(|row| (choice(row), false)).collect(), more: page.next.is_some() })
        }
    })
}

/// The clients that the reader sees, to pick one of them.
pub(crate) fn clients() -> Candidates {
    Candidates::new(|words| async move {
        let query = ClientQuery { search: words, ..ClientQuery::default() };
        let page = list_clients(query.to_address()).await.map_err(|error| error.to_string())?;
        let choice = |row: &ClientRow| (Choice::new(row.id.to_string(), &row.name).with_detail(row.id.to_string()), false);
        Ok(Found { choices: page.rows.iter().map(choice).collect(), more: page.next.is_some() })
    })
}

/// The one client that was picked, if one was.
pub(crate) fn picked_client(picked: Picked) -> Option<ClientId> {
    picked.added().first().and_then(|id| id.parse().ok())
}

/// The address of a search for candidates.
pub(crate) fn searching(filter: &str, words: String) -> String {
    ListQuery { search: words, filter: filter.to_owned(), ..ListQuery::default() }.to_address()
}
