//! Refuses names that are equal when folded although they are spelled differently.

use domain::{ClientId, Error, Permission};
use sqlx::Row;

use super::{fold::fold, statement::Binds, tx::Tx};
use crate::Result;

/// Nouns whose names are unique within a tenant.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Named {
    Roles,
    PermissionSets,
    UserGroups,
    DeviceGroups,
    CredentialSets,
}

impl Named {
    const fn table(self) -> &'static str {
        match self {
            Self::Roles => "roles",
            Self::PermissionSets => "permission_sets",
            Self::UserGroups => "user_groups",
            Self::DeviceGroups => "device_groups",
            Self::CredentialSets => "credential_sets",
        }
    }
}

impl Tx {
    /// Whether another row of the owner than the one with a number has the name.
    pub(crate) async fn name_taken(&mut self, of: Named, owner: Option<ClientId>, own: i64, name: &str) -> Result<bool> {
        let mut binds = Binds::default();
        let (partner, owner) = (binds.number(self.partner.number()), binds.number(owner.map_or(0, ClientId::number)));
        let (key, own, table) = (binds.text(fold(name)), binds.number(own), of.table());
        let sql = format!("SELECT COUNT(*) FROM {table} WHERE partner_id = {partner} AND client_id = {owner} AND name_key = {key} AND id <> {own}");
        Ok(binds.fetch_number(self, sql).await? > 0)
    }

    /// The visible name of another row of the owner that is equal when folded but spelled differently. `own` is the unique id of the row to be named.
    pub(crate) async fn name_alike(&mut self, of: Named, owner: Option<ClientId>, own: &str, name: &str) -> Result<Option<String>> {
        let seen = match of {
            Named::Roles => self.seen_role("t"),
            Named::PermissionSets => self.seen_permission_set("t"),
            Named::UserGroups => self.seen_owner(Permission::UserGroupView, "t.client_id"),
            Named::DeviceGroups => self.seen_owner(Permission::DeviceView, "t.client_id"),
            Named::CredentialSets => self.seen_credential_set(Permission::CredentialSetView, "t"),
        };
        let table = of.table();
        let mut binds = Binds::default();
        let (partner, owner) = (binds.number(self.partner.number()), binds.number(owner.map_or(0, ClientId::number)));
        let (key, own, name) = (binds.text(fold(name)), binds.text(own), binds.text(name));
        let sql = format!(
            "SELECT t.name FROM {table} t WHERE t.partner_id = {partner} AND t.client_id = {owner} AND t.name_key = {key} AND t.unique_id <> {own} \
             AND t.name <> {name}{seen}"
        );
        Ok(binds.fetch(self, sql).await?.first().map(|row| row.try_get("name")).transpose()?)
    }
}

/// The message for a name that equals another when folded.
pub(crate) fn alike(noun: &str, other: &str) -> String {
    format!("Another {noun} has this name already: “{other}”. Capital letters, accents and spaces make no difference.")
}

/// Refuses a name that equals a visible one when folded but is spelled differently, and names the other. The database's unique index refuses identical names
/// and those the caller doesn't see.
///
/// # Errors
/// `Invalid` under `name`.
pub(crate) async fn check(tx: &mut Tx, (of, noun): (Named, &str), owner: Option<ClientId>, own: &str, name: &str) -> Result<()> {
    match tx.name_alike(of, owner, own, name).await? {
        Some(other) => Err(Error::invalid("name", alike(noun, &other)).into()),
        None => Ok(()),
    }
}
