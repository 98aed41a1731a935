//! Erases a terminated client, some rows at a time, so that others can write in between.

use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

use domain::{ClientId, ClientStatus, Erased, counted};
use serde::{Deserialize, Serialize};

use super::{
    Counts, listed,
    store::{TABLES, touched},
};
use crate::{
    Fault, Result, Services,
    access::restriction,
    aws::account::Delinked,
    clients::image,
    kernel::Tx,
    leaving::job::{Next, Work},
};

/// How long a step erases, so that others hardly wait for the lock, and what a commit costs hardly counts.
const STEP: Duration = Duration::from_millis(10);

/// What is erased next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    /// AWS accounts: our roles there, and that they are the client's.
    Accounts,
    /// Images and pictures, and with them their files.
    Images,
    /// The rows of one of [`TABLES`].
    Rows(usize),
    /// Settings, and everything else that isn't counted.
    Settings,
    /// The letters of deleted rows in the text indexes.
    Texts { begins: bool },
    /// What deleted rows left in the database's files.
    Files,
}

/// Where erasing goes on.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Cursor {
    stage: usize,
    /// What was erased so far.
    erased: BTreeMap<Erased, u64>,
    /// What is left of our roles at AWS, in sentences.
    #[serde(default)]
    left: Vec<String>,
    /// How often the present role was tried.
    #[serde(default)]
    tries: u32,
}

impl Cursor {
    /// At the beginning, when sessions have ended already.
    pub(super) fn after_sign_out(counts: &Counts) -> Self {
        let sessions = counts.get(&Erased::Sessions).copied().unwrap_or_default();
        Self { erased: BTreeMap::from([(Erased::Sessions, sessions)]), ..Self::default() }
    }

    fn of(work: &Work) -> Result<Self> {
        // Jobs that a migration made have none.
        if work.cursor.is_empty() { Ok(Self::default()) } else { Ok(serde_json::from_str(&work.cursor)?) }
    }

    const fn stage(&self) -> Stage {
        let row = match self.stage {
            0 => return Stage::Accounts,
            1 => return Stage::Images,
            later => later - 2,
        };
        match row.checked_sub(TABLES.len()) {
            None => Stage::Rows(row),
            Some(0) => Stage::Settings,
            Some(1) => Stage::Texts { begins: true },
            Some(2) => Stage::Texts { begins: false },
            Some(_) => Stage::Files,
        }
    }

    /// Whether only what deleted rows left in files remains.
    pub(super) fn is_last(&self) -> bool {
        self.stage() == Stage::Files
    }

    fn add(&mut self, kind: Erased, count: u64) {
        if count > 0 {
            *self.erased.entry(kind).or_default() += count;
        }
    }
}

impl Services {
    /// One step of a termination.
    pub(crate) async fn termination_step(&self, work: &mut Work) -> Result<Next> {
        let client = work.client.ok_or_else(|| Fault::Failed(format!("{} is about no client", work.id)))?;
        let mut cursor = Cursor::of(work)?;
        if cursor.is_last() {
            let tables: Vec<_> = touched().into_iter().collect();
            if let Err(fault) = self.job_while_held(work, self.store.forget_deleted(&tables)).await {
                // Somebody reads the file for long, or cleans the same tables.
                tracing::warn!(cause = %fault, job = %work.id, "what was erased can't be overwritten yet and will be later");
                return Ok(Next::Later);
            }
            let mut tx = self.job_begin(work).await?;
            let next = Next::Ended(outcome(&cursor));
            self.client_erased(&mut tx, client, &cursor.erased).await?;
            self.job_save(tx, work, &next).await?;
            return Ok(next);
        }
        if cursor.stage() == Stage::Accounts {
            if self.aws_termination_waits(work, client).await? {
                return Ok(Next::Soon);
            }
            if let Some(delinked) = self.aws_termination_delink(work, client).await? {
                return self.termination_delinked(work, cursor, &delinked).await;
            }
        }
        let mut tx = self.job_begin(work).await?;
        let (stage, begun) = (cursor.stage, Instant::now());
        loop {
            self.erase_some(&mut tx, client, &mut cursor).await?;
            if cursor.stage != stage || begun.elapsed() >= STEP {
                break;
            }
        }
        work.progress.done = cursor.erased.values().sum();
        // Something can have been added between the count and the end of service.
        work.progress.total = work.progress.total.max(work.progress.done);
        cursor.doing().clone_into(&mut work.progress.doing);
        work.cursor = serde_json::to_string(&cursor)?;
        self.job_save(tx, work, &Next::Continue).await?;
        Ok(Next::Continue)
    }

    /// Forgets a role at AWS, unless deleting it is worth another try.
    async fn termination_delinked(&self, work: &mut Work, mut cursor: Cursor, delinked: &Delinked) -> Result<Next> {
        let mut tx = self.job_begin(work).await?;
        let next = if delinked.is_worth_repeating(cursor.tries) {
            cursor.tries += 1;
            Next::Soon
        } else {
            cursor.tries = 0;
            cursor.left.extend(self.aws_termination_forget(&mut tx, delinked).await?);
            Next::Continue
        };
        cursor.doing().clone_into(&mut work.progress.doing);
        work.cursor = serde_json::to_string(&cursor)?;
        self.job_save(tx, work, &next).await?;
        Ok(next)
    }

    /// Erases some of what comes next, and moves the cursor on when nothing is left of it.
    pub(super) async fn erase_some(&self, tx: &mut Tx, client: ClientId, cursor: &mut Cursor) -> Result<()> {
        let more = match cursor.stage() {
            Stage::Accounts => {
                cursor.add(Erased::AwsAccounts, tx.aws_accounts_release(client).await?);
                false
            }
            Stage::Rows(at) => match TABLES.get(at) {
                Some(table) => {
                    let rows = tx.rows_erase(table, client).await?;
                    for (kind, count) in rows.counts {
                        cursor.add(kind, count);
                    }
                    rows.more
                }
                None => false,
            },
            Stage::Images => {
                cursor.add(Erased::Images, self.images_erase(tx, client).await?);
                false
            }
            Stage::Settings => {
                // Those that were begun while the client's records were still there.
                self.audit_exports_erase(tx).await?;
                let restrictions = restriction::lift(tx, client).await?;
                cursor.add(Erased::Restrictions, restrictions);
                cursor.add(Erased::Settings, 1);
                cursor.add(Erased::Roles, tx.client_bare(client).await?);
                self.tenant_key_erase(tx, client.into()).await?;
                false
            }
            Stage::Texts { begins } => tx.texts_merge(begins).await? && !begins,
            Stage::Files => false,
        };
        if !more {
            cursor.stage += 1;
        }
        Ok(())
    }

    /// Deletes the client's images, its users' pictures and the files of its reports and unfinished backups. Files go before their rows: a row without a file is erased again, a file without a row never.
    async fn images_erase(&self, tx: &mut Tx, client: ClientId) -> Result<u64> {
        let pictures = tx.client_pictures(client).await?;
        for picture in &pictures {
            self.picture_delete(tx.partner, picture).await?;
        }
        self.report_files_erase(tx, client).await?;
        self.audit_exports_erase(tx).await?;
        self.backups_erase(tx, client).await?;
        Ok(pictures.len() as u64 + image::erase(self, tx, client).await?)
    }

    /// The last words: the client's state and the receipt.
    async fn client_erased(&self, tx: &mut Tx, client: ClientId, erased: &Counts) -> Result<()> {
        tx.client_status_settle(client, ClientStatus::Terminating, ClientStatus::Terminated).await?;
        tx.receipt_finish(client, &listed(erased)).await?;
        self.audit(tx, "client.erase", client, None, &[]).await
    }
}

impl Cursor {
    fn doing(&self) -> &'static str {
        match self.stage() {
            Stage::Rows(at) => TABLES.get(at).map_or("", |table| table.doing),
            Stage::Accounts => "Delinking AWS accounts",
            Stage::Images => "Erasing images",
            Stage::Settings => "Erasing settings",
            Stage::Texts { .. } => "Erasing search indexes",
            Stage::Files => "Overwriting deleted data",
        }
    }
}

/// What was erased, in a sentence.
fn outcome(cursor: &Cursor) -> String {
    let total: u64 = cursor.erased.values().sum();
    let records = counted(total, "record was", "records were");
    let left = cursor.left.iter().map(|sentence| format!(" {sentence}")).collect::<String>();
    format!("{records} erased. Only the client’s bare record and the receipt remain.{left}")
}
