//! Rows of clients: those of one client, and those that the name of their client finds.

use domain::ClientId;

use super::{Candidates, Listing, MANY};
use crate::kernel::{Engine, Tx, engine::TextIndex, fold::fold, list::like_anywhere};

/// The text index of a table, and how the rows of a client are found in it.
pub(crate) struct Texts {
    pub(crate) index: TextIndex,
    /// The indexed column.
    pub(crate) column: &'static str,
    /// `AND …` that the index by client needs besides the client.
    pub(crate) owned: String,
}

impl Listing<'_> {
    /// Keeps the rows of one client, which an index of the table knows.
    pub(crate) fn of_client(mut self, client: Option<ClientId>) -> Self {
        let Some(client) = client.map(ClientId::number) else { return self };
        self.condition += &format!(" AND t.client_id = {client}");
        let ids = format!("SELECT owned.id AS hit FROM {} owned WHERE owned.client_id = {client}", self.table);
        self.among(ids)
    }

    /// Keeps the rows that have a text in their name or, unless only one client's are listed, in that of their client.
    pub(crate) fn search_names(self, tx: &Tx, typed: &str, client: Option<ClientId>) -> Self {
        let text = fold(typed);
        let exact = [("t.name_key", text.as_str())];
        if client.or(tx.only_client).is_some() {
            return self.search_folded("t.name_key", &exact, &text);
        }
        self.search_with_client(tx, "t.name_key", &exact, &text, None)
    }

    /// Keeps the rows that have a text in a folded column, or whose client has it in its name; see [`Listing::search_folded`].
    pub(crate) fn search_with_client(mut self, tx: &Tx, column: &str, exact: &[(&'static str, &str)], text: &str, texts: Option<&Texts>) -> Self {
        if text.is_empty() {
            return self;
        }
        let pattern = self.binds.text(like_anywhere(text));
        let named = format!("SELECT 1 FROM clients named WHERE named.id = t.client_id AND named.name_key LIKE {pattern} ESCAPE '\\'");
        self.searched += &format!(" AND ({column} LIKE {pattern} ESCAPE '\\' OR EXISTS ({named}))");
        for (column, text) in exact {
            self.exact.push(format!("{column} = {}", self.binds.text(*text)));
        }
        // The index is by three letters.
        if let Some(texts) = texts.filter(|_| text.chars().nth(2).is_some()) {
            let ways = self.ways(tx, texts, text, &pattern);
            self.candidates.push(Candidates { ways, most: MANY });
        }
        self
    }

    /// Selects the rows that have a text, and those of the clients that have it in their names.
    fn ways(&mut self, tx: &Tx, Texts { index, column, owned }: &Texts, text: &str, pattern: &str) -> Vec<String> {
        let table = self.table;
        let (own, clients) = match tx.engine.text_pattern(&[text]) {
            Some(letters) => {
                let letters = self.binds.text(letters);
                (Engine::text_hits(*index, &letters), Engine::text_hits(TextIndex::Clients, &letters))
            }
            None => (
                format!("SELECT o.id AS hit FROM {table} o WHERE o.{column} LIKE {pattern} ESCAPE '\\'"),
                format!("SELECT n.id AS hit FROM clients n WHERE n.name_key LIKE {pattern} ESCAPE '\\'"),
            ),
        };
        // CROSS JOIN: for SQLite, the order of the loops.
        let of_clients =
            format!("SELECT owned.id AS hit FROM ({clients}) AS named CROSS JOIN {table} owned WHERE owned.client_id = named.hit{owned}");
        vec![own, of_clients]
    }
}
