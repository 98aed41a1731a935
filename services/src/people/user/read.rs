//! Users as they are listed and shown.

use domain::{
    Caller, Error, ListPage, ListedUser, Permission, Scope, Slice, Sliced, User, UserFilter, UserId, UserQuery, UserRow, UserSummary, UserUsage,
};

use crate::{Result, Services};

impl Services {
    /// A page of the users that the caller sees. The filter is a state; without one, all but the terminated are listed.
    ///
    /// # Errors
    /// `Forbidden` without the permission to view users.
    pub async fn user_list(&self, caller: &Caller, query: &UserQuery) -> Result<ListPage<UserRow>> {
        self.authorize(caller, Permission::UserView, Scope::Visible).await?.user_list(query).await
    }

    /// As [`Services::user_list`], each with their roles, their last sign-in and whether they have a second factor.
    ///
    /// # Errors
    /// As [`Services::user_list`].
    pub async fn user_directory(&self, caller: &Caller, query: &UserQuery) -> Result<ListPage<ListedUser>> {
        let mut tx = self.authorize(caller, Permission::UserView, Scope::Visible).await?;
        let page = tx.user_list(query).await?;
        let users: Vec<_> = page.rows.iter().map(|row| row.id).collect();
        let (last_sign_ins, with_factor) = (tx.last_sign_ins(&users).await?, tx.users_with_factor(&users).await?);
        let mut rows = Vec::new();
        for row in page.rows {
            let roles = tx.user_roles(row.id).await?;
            let (last_sign_in, second_factor) = (last_sign_ins.get(&row.id).copied(), with_factor.contains(&row.id));
            rows.push(ListedUser { row, roles, last_sign_in, second_factor });
        }
        Ok(ListPage { rows, total: page.total, previous: page.previous, next: page.next })
    }

    /// A part of the users that the caller sees, as the API asks for it.
    ///
    /// # Errors
    /// `Forbidden` without the permission to view users.
    pub async fn user_search(&self, caller: &Caller, filter: &UserFilter, slice: Slice) -> Result<Sliced<UserRow>> {
        self.authorize(caller, Permission::UserView, Scope::Visible).await?.user_search(filter, slice).await
    }

    /// Every user that the caller sees, without the terminated, and whether they must choose another password.
    ///
    /// # Errors
    /// `Forbidden` without the permission to view users.
    pub async fn user_minimal(&self, caller: &Caller) -> Result<Vec<(UserSummary, bool)>> {
        self.authorize(caller, Permission::UserView, Scope::Visible).await?.user_minimal().await
    }

    /// One user with all details. Users can see themselves.
    ///
    /// # Errors
    /// `NotFound` for a user who doesn't exist or isn't visible, `Forbidden` without the permission to view users.
    pub async fn user_get(&self, caller: &Caller, id: UserId) -> Result<User> {
        let mut tx = if id == caller.user.id {
            self.authorize_self_read(caller).await?
        } else {
            self.authorize(caller, Permission::UserView, Scope::Visible).await?
        };
        Ok(tx.user_get(id).await?.ok_or(Error::NotFound)?)
    }

    /// Where a user is used, for the confirmation before deactivation or termination.
    ///
    /// # Errors
    /// As [`Services::user_get`].
    pub async fn user_usage(&self, caller: &Caller, id: UserId) -> Result<UserUsage> {
        let mut tx = self.authorize(caller, Permission::UserView, Scope::Visible).await?;
        tx.user_get(id).await?.ok_or(Error::NotFound)?;
        tx.user_usage(id).await
    }
}
