//! Readiness, for supervisors and load balancers.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use tokio::{sync::Mutex, time::timeout};

use crate::{Fault, Result, Services};

/// The shortest time between two write probes, however often readiness is asked.
const EVERY: Duration = Duration::from_secs(5);

/// How long to wait for another write; a busy database counts as ready.
const PATIENCE: Duration = Duration::from_secs(2);

/// When a write probe last succeeded. Failures aren't remembered, so the next request probes again.
#[derive(Clone, Default)]
pub(crate) struct Probe(Arc<Mutex<Option<Instant>>>);

impl Services {
    /// Checks that the database answers, is still the file that was opened and can be written, and that files can be written.
    ///
    /// # Errors
    /// [`Fault::Database`], [`Fault::Files`] or [`Fault::Failed`] if any check fails.
    pub async fn ready(&self) -> Result<()> {
        self.store.is_in_place()?;
        self.store.ping().await?;
        if let Some(files) = &self.files {
            files.is_in_place()?;
        }
        let mut last = self.probe.0.lock().await;
        if last.is_some_and(|written| written.elapsed() < EVERY) {
            return Ok(());
        }
        match timeout(PATIENCE, self.store.write_probe(self.clock.now())).await {
            Ok(written) => written?,
            Err(_) => return Ok(()),
        }
        if let Some(files) = &self.files {
            files.write_probe().await?;
        }
        *last = Some(Instant::now());
        Ok(())
    }

    /// Whether the database has secrets, which need the right master key.
    ///
    /// # Errors
    /// [`Fault::Database`].
    pub async fn has_secrets(&self) -> Result<bool> {
        Ok(self.first_secret().await?.is_some())
    }

    /// Whether the master key fits the stored secrets; true if there are none.
    ///
    /// # Errors
    /// [`Fault::Database`], or [`Fault::Failed`] without a master key.
    pub async fn master_key_fits(&self) -> Result<bool> {
        let Some((tenant, wrapped)) = self.first_secret().await? else { return Ok(true) };
        match self.vault_opens(tenant, &wrapped) {
            Err(Fault::Failed(_)) => Ok(false),
            opened => opened.map(|()| true),
        }
    }
}
