//! Picking a client.

use domain::{ClientId, ClientQuery, ClientRow};

use super::rpc::list_clients;
use crate::ui::{Candidates, Choice, Found, Picked};

/// The clients that the reader sees, to pick one of them.
pub(crate) fn client_candidates() -> Candidates {
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
