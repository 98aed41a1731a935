//! Terminating a client: it goes out of service at once, and a job then erases everything but its bare record (docs/spec/leaving.md, "Termination").

mod erase;
mod store;

use std::collections::BTreeMap;

use domain::{
    Caller, Change, Client, ClientId, ClientStatus, Draft, Erased, ErasedCount, Error, JobKind, Permission, Receipt, Scope, TerminationDraft,
    TerminationPreview,
};

use crate::{
    Result, Services,
    clients::client,
    kernel::{Tx, proof::proved},
    leaving::job::NewJob,
    people::user,
};
use erase::Cursor;

/// How many things of each kind.
pub(crate) type Counts = BTreeMap<Erased, u64>;

impl Services {
    /// What terminating a client would erase. Only the partner can do it.
    ///
    /// # Errors
    /// `NotFound`; `Forbidden` without the permission to manage the client; `Conflict` for one that was terminated.
    pub async fn termination_preview(&self, caller: &Caller, id: ClientId) -> Result<TerminationPreview> {
        let mut tx = self.authorize_read(caller, Permission::ClientManage, Scope::Client(id)).await?;
        of_partner(caller)?;
        let client = client::read_client(&mut tx, id).await?;
        if client.status.is_terminated() {
            return Err(Error::conflict("The client was terminated already.").into());
        }
        let counts = tx.termination_counts(id).await?;
        let listed_by = tx.termination_listed_by(id).await?;
        let backup_refused = self.backup_permitted(&mut tx, id, false).await.err().map(|fault| Error::from(fault).to_string());
        Ok(TerminationPreview { id, name: client.details.name, erased: listed(&counts), listed_by, backup_refused })
    }

    /// As [`Services::client_terminate`], after the name was typed and every statement ticked.
    ///
    /// # Errors
    /// As there, and `Invalid` with everything that is missing.
    pub async fn client_terminate_confirmed(&self, caller: &Caller, id: ClientId, draft: TerminationDraft) -> Result<Client> {
        self.terminate(caller, id, Some(draft)).await
    }

    /// Terminates a client for good: its users become inactive, their sessions, invitations and API keys end, and a job erases it. A second call changes
    /// nothing. Only the partner can do it.
    ///
    /// # Errors
    /// `NotFound`, or `Forbidden` without the permission to manage the client.
    pub async fn client_terminate(&self, caller: &Caller, id: ClientId) -> Result<Client> {
        self.terminate(caller, id, None).await
    }

    async fn terminate(&self, caller: &Caller, id: ClientId, draft: Option<TerminationDraft>) -> Result<Client> {
        let mut tx = self.authorize(caller, proved(Permission::ClientManage), Scope::Client(id)).await?;
        of_partner(caller)?;
        let before = client::read_client(&mut tx, id).await?;
        if before.status.is_terminated() {
            return Ok(before);
        }
        let name = before.details.name.clone();
        if let Some(draft) = draft {
            draft.check(&name)?;
        }
        let counts = tx.termination_counts(id).await?;
        if !tx.client_status_update(id, before.status, ClientStatus::Terminating).await? {
            return Err(Error::stale("client").into());
        }
        user::end_of_client(&mut tx, id).await?;
        let total = counts.values().sum();
        let new = NewJob { kind: JobKind::Termination, client: Some(id), subject: name, input: String::new(), total };
        let job = self.job_create(&mut tx, &new).await?;
        tx.termination_cursor_set(job, &Cursor::after_sign_out(&counts)).await?;
        tx.receipt_insert(id, job).await?;
        let change = Change::of("status", "Status", before.status.label(), ClientStatus::Terminated.label());
        // The partner's record: those of the client are erased with it.
        self.audit(&mut tx, "client.terminate", id, None, change.as_slice()).await?;
        let after = client::read_client(&mut tx, id).await?;
        tx.commit().await?;
        Ok(after)
    }

    /// The receipt of a client's termination; none if it wasn't terminated.
    ///
    /// # Errors
    /// `NotFound` for a client that isn't visible; `Forbidden` for a client's user.
    pub async fn termination_receipt(&self, caller: &Caller, id: ClientId) -> Result<Option<Receipt>> {
        let mut tx = self.authorize(caller, Permission::ClientView, Scope::Client(id)).await?;
        of_partner(caller)?;
        client::read_client(&mut tx, id).await?;
        tx.receipt_get(id).await
    }

    /// Takes a client out of service and erases it within a transaction. For the seeds, whose terminated clients have next to nothing.
    pub(crate) async fn client_erase_at_once(&self, tx: &mut Tx, id: ClientId) -> Result<()> {
        let mut cursor = Cursor::default();
        while !cursor.is_last() {
            self.erase_some(tx, id, &mut cursor).await?;
        }
        Ok(())
    }
}

fn of_partner(caller: &Caller) -> Result<()> {
    if caller.client.is_some() { Err(Error::forbidden("Only your provider can terminate your organization.").into()) } else { Ok(()) }
}

/// The counts of every kind, in the order of the dialog.
fn listed(counts: &Counts) -> Vec<ErasedCount> {
    Erased::ALL.iter().map(|kind| ErasedCount { kind: *kind, count: counts.get(kind).copied().unwrap_or_default() }).collect()
}
