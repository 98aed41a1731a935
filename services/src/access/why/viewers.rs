//! Who sees a client, and by what.

use domain::{AccessThing, Caller, ClientViewer, ClientViewerQuery, Error, ListPage, Permission};

use crate::{Result, Services};

impl Services {
    /// A page of the people who see the client that the filter names, each with the roles by which they do, as far as the caller sees people and roles.
    ///
    /// # Errors
    /// `Forbidden` without the permissions to view users and roles; `NotFound` if the caller doesn't see the client.
    pub async fn client_viewers(&self, caller: &Caller, query: &ClientViewerQuery) -> Result<ListPage<ClientViewer>> {
        let mut tx = self.why_authorize(caller).await?;
        let client = query.filter.client.ok_or(Error::NotFound)?;
        tx.target(&AccessThing::Client(client)).await?.ok_or(Error::NotFound)?;
        // The answer names roles, so the caller must be able to see roles there.
        self.permit(&mut tx, Permission::RoleView, Some(client)).await?;
        tx.client_viewers(client, query).await
    }
}
