//! Where a list stands.

use domain::{ClientId, Keyed, ListFilter, NameSort, Query};

use super::Directory;
use crate::{clients::client::ClientTab, paths};

/// Where a list stands: on a page of its own, or on that of a client, where it shows that client's rows alone.
pub(crate) struct Stand<F: 'static, S: 'static = NameSort> {
    /// What the list says.
    pub(super) directory: &'static Directory<F, S>,
    /// The client's tab.
    pub(super) of: Option<(ClientId, ClientTab)>,
}

impl<F, S> Clone for Stand<F, S> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<F, S> Copy for Stand<F, S> {}

impl<F: ListFilter, S: Keyed + Default> Stand<F, S> {
    /// On a page of its own.
    pub(super) const fn alone(directory: &'static Directory<F, S>) -> Self {
        Self { directory, of: None }
    }

    /// On a client's tab.
    pub(crate) const fn at(directory: &'static Directory<F, S>, client: ClientId, tab: ClientTab) -> Self {
        Self { directory, of: Some((client, tab)) }
    }

    /// What an address asks for.
    pub(super) fn query(self, search: &str) -> Query<S, F> {
        let query = Query::<S, F>::from_address(search);
        match self.of {
            Some((client, _)) => {
                let filter = query.filter.clone().of_client(Some(client));
                query.with_filter(filter)
            }
            None => query,
        }
    }

    /// The address of a view. On a client's page, the path says which client.
    pub(super) fn address(self, query: &Query<S, F>) -> String {
        match self.of {
            Some((client, tab)) => paths::client_list(client, tab, &query.clone().with_filter(query.filter.clone().of_client(None))),
            None => (self.directory.address)(query),
        }
    }

    /// Whether a view leaves rows out that the list has.
    pub(super) fn is_filtered(self, query: &Query<S, F>) -> bool {
        if self.of.is_some() { query.clone().with_filter(query.filter.clone().of_client(None)).is_filtered() } else { query.is_filtered() }
    }

    /// The columns that would say the same in each row here.
    pub(super) const fn never_shown(self) -> &'static [&'static str] {
        match self.of {
            None | Some((_, ClientTab::Access)) => &[],
            Some(_) => &["Client", "Organization"],
        }
    }

    /// The hint of the search box. A client's own rows aren't found by its name.
    pub(super) fn searched(self, searched: &'static str) -> &'static str {
        if self.of.is_some() { searched.strip_suffix(" or client").unwrap_or(searched) } else { searched }
    }
}
