//! Login history: successful and failed sign-ins. Users see their own.

mod store;

use domain::{Caller, Error, LoginFilter, LoginKind, LoginRecord, LoginSort, LoginStatus, Origin, Permission, Scope, Slice, Sliced, UserId};

use crate::{Result, Services, kernel::Tx, people::account::Account};

/// The number of entries shown per user.
const SHOWN: u32 = 100;

impl Services {
    /// A user's last attempts to sign in, the newest first.
    ///
    /// # Errors
    /// For other users than the caller: `NotFound` if the user isn't visible, `Forbidden` without the permissions to view users and to read the login
    /// history.
    pub async fn login_history_list(&self, caller: &Caller, user: UserId) -> Result<Vec<LoginRecord>> {
        if user == caller.user.id {
            return self.authorize_self_read(caller).await?.login_records_of(user, SHOWN).await;
        }
        let mut tx = self.authorize(caller, Permission::UserView, Scope::Visible).await?;
        let user = tx.user_get(user).await?.ok_or(Error::NotFound)?.row;
        self.permit(&mut tx, Permission::AuditView, user.client).await?;
        tx.login_records_of(user.id, SHOWN).await
    }

    /// A part of the attempts of all users that the caller sees, by time, as the API asks for it.
    ///
    /// # Errors
    /// `Forbidden` without the permissions to view users and to read the login history.
    pub async fn login_history_search(&self, caller: &Caller, filter: &LoginFilter, slice: Slice<LoginSort>) -> Result<Sliced<LoginRecord>> {
        caller.can(Permission::UserView, Scope::Visible)?;
        self.authorize(caller, Permission::AuditView, Scope::Visible).await?.login_record_search(filter, slice).await
    }
}

/// Records an attempt to sign in and its result, and returns the record's number.
pub(crate) async fn record(tx: &mut Tx, account: &Account, origin: &Origin, status: LoginStatus, session: &str) -> Result<i64> {
    tx.login_record_insert(account, origin, (LoginKind::Password, status), session).await
}

/// As [`record`], of an attempt with a passkey alone.
pub(crate) async fn record_passkey(tx: &mut Tx, account: &Account, origin: &Origin, status: LoginStatus, session: &str) -> Result<i64> {
    tx.login_record_insert(account, origin, (LoginKind::Passkey, status), session).await
}
