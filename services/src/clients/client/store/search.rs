//! Search in the list of clients.
//!
//! What is found: of three letters and more, the term anywhere in the name; of fewer, at its beginning, for no index knows what is rarer
//! than three letters (but Chinese, Japanese and Korean words are shorter: theirs are found anywhere); and in either case the beginning of the external id, and
//! the whole unique id (`client_9` or `9`). Exact matches of any of them come first in every order.

use domain::{ClientId, ClientSort, ClientStatus};

use crate::{
    Result,
    kernel::{
        Binds, Engine, Tx,
        engine::TextIndex,
        fold::fold,
        list::{Listing, like_anywhere},
    },
};

impl Tx {
    /// Keeps the clients that fit a search by name, external id or unique id, and one by name alone; either may be empty.
    pub(in crate::clients::client) fn search_clients(
        &self,
        mut listing: Listing<'static>,
        statuses: &[ClientStatus],
        anything: &str,
        name: &str,
    ) -> Listing<'static> {
        let along = |sort, condition: &str| self.clients_along(sort, statuses, condition);
        // The last one says what an exact match is.
        for (term, name_alone) in [(Term::of(name), true), (Term::of(anything), false)] {
            let Some(term) = term else { continue };
            let (in_name, same) = (term.in_name(&mut listing.binds), listing.binds.text(&*term.text));
            let pattern = if term.is_short() { None } else { self.engine.search_pattern(&[&term.text], statuses) };
            let by_name = match pattern {
                Some(pattern) => Engine::text_hits(TextIndex::Clients, &listing.binds.text(pattern)),
                None => along(ClientSort::Name, &in_name),
            };
            let mut fits = vec![(in_name, by_name)];
            let mut exact = vec![(ClientSort::Name, format!("t.name_key = {same}"))];
            if !name_alone {
                let begins = term.begins("t.external_key", &mut listing.binds);
                fits.push((begins.clone(), along(ClientSort::ExternalId, &begins)));
                exact.push((ClientSort::ExternalId, format!("t.external_key = {same}")));
                if let Some(id) = term.unique_id() {
                    let is_it = format!("t.id = {}", id.number());
                    fits.push((is_it.clone(), along(ClientSort::Id, &is_it)));
                    exact.push((ClientSort::Id, is_it));
                }
            }
            let (conditions, ways) = fits.into_iter().unzip::<_, _, Vec<_>, Vec<_>>();
            let (exact, exact_ways) = exact.into_iter().map(|(sort, exact)| (exact.clone(), along(sort, &exact))).unzip();
            listing = listing.search_any(&conditions, exact, exact_ways).among_any(ways);
        }
        listing
    }

    /// Adds new clients of a range of ids to the text index.
    pub(in crate::clients::client) async fn client_search_insert(&mut self, first: ClientId, last: ClientId) -> Result<()> {
        self.client_search_write(self.engine.search_insert(), first, last).await
    }

    /// Removes clients of a range of ids from the text index.
    pub(in crate::clients::client) async fn client_search_delete(&mut self, first: ClientId, last: ClientId) -> Result<()> {
        self.client_search_write(self.engine.search_delete(), first, last).await
    }

    /// Updates a client in the text index.
    pub(in crate::clients::client) async fn client_search_update(&mut self, id: ClientId) -> Result<()> {
        self.client_search_write(self.engine.search_delete(), id, id).await?;
        self.client_search_write(self.engine.search_insert(), id, id).await
    }

    async fn client_search_write(&mut self, sql: Option<&'static str>, first: ClientId, last: ClientId) -> Result<()> {
        if let Some(sql) = sql {
            sqlx::query(sql).bind(first.number()).bind(last.number()).execute(self.connection()).await?;
        }
        Ok(())
    }
}

/// One term, folded as the columns are.
struct Term {
    text: String,
}

impl Term {
    fn of(typed: &str) -> Option<Self> {
        let text = fold(typed);
        (!text.is_empty()).then_some(Self { text })
    }

    /// Whether it is too short for the trigram index.
    fn is_short(&self) -> bool {
        self.text.chars().nth(2).is_none()
    }

    /// Whether it has Chinese, Japanese or Korean letters, of which two can be a word.
    fn is_wide(&self) -> bool {
        self.text.chars().any(|letter| matches!(letter, '\u{2e80}'..='\u{d7ff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}'))
    }

    /// The term as a unique id, with or without prefix.
    fn unique_id(&self) -> Option<ClientId> {
        self.text.parse().or_else(|_| format!("client_{}", self.text).parse()).ok()
    }

    fn in_name(&self, binds: &mut Binds) -> String {
        if self.is_short() && !self.is_wide() {
            return self.begins("t.name_key", binds);
        }
        format!("t.name_key LIKE {} ESCAPE '\\'", binds.text(like_anywhere(&self.text)))
    }

    /// A range rather than `LIKE`, so that an index finds it.
    fn begins(&self, column: &str, binds: &mut Binds) -> String {
        let low = binds.text(&*self.text);
        let high = binds.text(format!("{}{}", self.text, char::MAX));
        format!("({column} >= {low} AND {column} < {high})")
    }
}
