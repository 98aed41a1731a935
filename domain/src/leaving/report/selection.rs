//! Which clients a report lists.

use serde::{Deserialize, Serialize};

use crate::{ClientFilter, ClientQuery, StatusFilter, choice::choice};

choice!(
    /// Which clients a report lists.
    ReportClients {
        /// All of them.
        All = "all", "All clients";
        /// Active ones.
        Active = "active", "Active clients";
        /// Terminated ones.
        Terminated = "terminated", "Terminated clients";
        /// Those that the list of clients shows under a filter.
        Listed = "listed", "Clients as listed";
    }
);

/// Which clients a report lists, with the filter if there is one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportSelection {
    /// Which.
    pub clients: ReportClients,
    /// The filter of [`ReportClients::Listed`], as the address of the list says it; empty otherwise, and for the plain list.
    pub filter: String,
}

impl ReportSelection {
    /// A selection, with the filter of an address if it needs one. The order and the page don't matter.
    #[must_use]
    pub fn new(clients: ReportClients, address: &str) -> Self {
        let filter = if clients == ReportClients::Listed { list_filter(&ClientQuery::from_address(address)) } else { String::new() };
        Self { clients, filter }
    }

    /// As the list of clients would be asked.
    #[must_use]
    pub fn query(&self) -> ClientQuery {
        let of = |status| ClientQuery::filtered(ClientFilter { status, ..ClientFilter::default() });
        match self.clients {
            ReportClients::All => of(StatusFilter::All),
            ReportClients::Active => of(StatusFilter::Active),
            ReportClients::Terminated => of(StatusFilter::Terminated),
            ReportClients::Listed => ClientQuery::from_address(&self.filter),
        }
    }

    /// As people read it: `Active and suspended clients that match “acme”`.
    #[must_use]
    pub fn words(&self) -> String {
        if self.clients != ReportClients::Listed {
            return self.clients.label().to_owned();
        }
        let ClientQuery { search, filter, .. } = self.query();
        let clients = format!("{} clients", filter.status.label());
        let searched = (!search.is_empty()).then(|| format!("match “{search}”"));
        let named = (!filter.name.is_empty()).then(|| format!("have “{}” in their name", filter.name));
        let created = filter.month.map(|month| format!("were created in {}", month.label()));
        let conditions: Vec<_> = searched.into_iter().chain(named).chain(created).collect();
        if conditions.is_empty() { clients } else { format!("{clients} that {}", conditions.join(" and ")) }
    }
}

/// The part of an address of the list of clients that says which are listed; empty for the plain list.
#[must_use]
pub fn list_filter(query: &ClientQuery) -> String {
    ClientQuery { search: query.search.clone(), filter: query.filter.clone(), ..ClientQuery::default() }.to_address()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_selection_asks_the_list_of_clients() {
        let address = "?q=acme&name=ltd&status=all&sort=created&dir=desc&size=100&page=3&after=1~9";
        let listed = ReportSelection::new(ReportClients::Listed, address);
        assert_eq!(listed.filter, "q=acme&name=ltd&status=all");
        assert_eq!(listed.query().to_address(), listed.filter);
        assert_eq!(listed.words(), "All clients that match “acme” and have “ltd” in their name");
        assert_eq!(ReportSelection::new(ReportClients::Listed, "").words(), "Active and suspended clients");
        assert_eq!(
            ReportSelection::new(ReportClients::Listed, "status=all&created=2026-11").words(),
            "All clients that were created in November 2026"
        );
        for (clients, asked) in
            [(ReportClients::All, "status=all"), (ReportClients::Active, "status=active"), (ReportClients::Terminated, "status=terminated")]
        {
            let selection = ReportSelection::new(clients, address);
            assert_eq!((selection.query().to_address().as_str(), selection.words().as_str()), (asked, clients.label()));
        }
    }
}
