//! The audit log: reading it (docs/spec/audit.md). It is written in [`crate::kernel::audit`].

mod export;
mod refusal;
mod retention;
mod store;
pub(crate) mod verify;
mod walk;

use domain::{AuditId, AuditQuery, AuditRecord, Caller, Error, ListPage, Permission, Scope};

use crate::{Result, Services};

impl Services {
    /// A page of the records that the caller sees. A text of fewer than three letters finds none, because no index knows it.
    ///
    /// # Errors
    /// `Forbidden` without the permission to view the audit log.
    pub async fn audit_list(&self, caller: &Caller, query: &AuditQuery) -> Result<ListPage<AuditRecord>> {
        self.authorize(caller, Permission::AuditView, Scope::Visible).await?.audit_list(query).await
    }

    /// One record.
    ///
    /// # Errors
    /// `NotFound` for a record that doesn't exist or isn't visible.
    pub async fn audit_get(&self, caller: &Caller, id: AuditId) -> Result<AuditRecord> {
        let mut tx = self.authorize(caller, Permission::AuditView, Scope::Visible).await?;
        Ok(tx.audit_get(id).await?.ok_or(Error::NotFound)?)
    }

    /// What changes whenever there is a new record that the caller may see; for pages that show records as they are written.
    ///
    /// # Errors
    /// `Forbidden` without the permission to view the audit log.
    pub async fn audit_newest(&self, caller: &Caller) -> Result<AuditId> {
        self.authorize(caller, Permission::AuditView, Scope::Visible).await?.audit_newest().await
    }
}
