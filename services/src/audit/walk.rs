//! Walks a chain from its beginning to its end (docs/spec/audit.md, "Chain"). What explains that records are missing is believed only if it is itself a link of the chain.

use std::collections::BTreeMap;

use domain::{AuditId, PartnerId};

use super::{
    store::chain::{Head, Pruned},
    verify::{AuditCheckpoint, AuditFault, Verified},
};
use crate::{
    Result,
    kernel::{
        Tx,
        audit::chain::{genesis, link, record_id},
    },
};

/// Links that are read together.
const PORTION: i64 = 1000;

pub(super) const fn id(partner: PartnerId, place: i64) -> AuditId {
    AuditId::new(record_id(partner, place))
}

/// Where a walk through a chain is, and what it found so far.
struct Walk<'a> {
    partner: PartnerId,
    checkpoints: &'a [&'a AuditCheckpoint],
    /// The link of the place before.
    previous: String,
    next: i64,
    records: u64,
    erased: u64,
    /// Clients whose records are gone, each with the first place.
    gone: BTreeMap<i64, i64>,
    /// Ranges of clients whose records may be gone.
    explained: Vec<(i64, i64)>,
}

/// Verifies the chain of the transaction's partner.
pub(super) async fn verify(tx: &mut Tx, checkpoints: &[&AuditCheckpoint], pruned: Option<&Pruned>) -> Result<Verified> {
    let partner = tx.partner;
    let mut walk =
        Walk { partner, checkpoints, previous: String::new(), next: 0, records: 0, erased: 0, gone: BTreeMap::new(), explained: Vec::new() };
    let fault = walk.find(tx, pruned).await?;
    let Walk { records, erased, .. } = walk;
    Ok(Verified { partner, records, erased, deleted: pruned.map(|pruned| id(partner, pruned.last)), fault })
}

impl Walk<'_> {
    async fn find(&mut self, tx: &mut Tx, pruned: Option<&Pruned>) -> Result<Option<AuditFault>> {
        let newest = tx.audit_highest().await?;
        // Read after the records: there can only be more by then.
        let mut head = tx.audit_head().await?;
        let (begins, last) = (head.begins, head.last);
        let deleted = pruned.map_or(0, |pruned| pruned.last);
        if let Some(stray) = tx.audit_stray(begins, deleted).await? {
            let is_own = stray.number() > id(self.partner, deleted).number();
            return Ok(Some(if is_own { AuditFault::Changed(stray) } else { AuditFault::Added(stray) }));
        }
        (self.previous, self.next) = match pruned {
            // It says what is before it, so it can't be a link of what it says.
            Some(pruned) if pruned.place <= pruned.last => return Ok(Some(AuditFault::Changed(id(self.partner, pruned.place)))),
            Some(pruned) if pruned.last >= begins => (pruned.hash.clone(), pruned.last + 1),
            _ => (genesis(self.partner, begins), begins),
        };
        let first = self.next;
        if let Some(fault) = self.checkpoint_before(first, pruned) {
            return Ok(Some(fault));
        }
        loop {
            let walked = self.next;
            if let Some(fault) = self.walk(tx, &head).await? {
                return Ok(Some(fault));
            }
            if self.unexplained().is_none() || self.next == walked {
                break;
            }
            // A client can have been terminated meanwhile: the record that says so is further on.
            head = tx.audit_head().await?;
        }
        if let Some(place) = self.unexplained() {
            return Ok(Some(AuditFault::Removed(id(self.partner, place))));
        }
        let latest = self.checkpoints.iter().map(|checkpoint| checkpoint.last).max();
        let added = newest.filter(|newest| *newest > id(self.partner, last)).map(AuditFault::Added);
        let removed = latest.filter(|latest| *latest > id(self.partner, head.last)).map(|_| AuditFault::Removed(id(self.partner, head.last + 1)));
        Ok(added.or(removed))
    }

    /// Walks to the end of the chain.
    async fn walk(&mut self, tx: &mut Tx, head: &Head) -> Result<Option<AuditFault>> {
        let fault = |fault: fn(AuditId) -> AuditFault, place| Ok(Some(fault(id(self.partner, place))));
        while self.next <= head.last {
            let until = head.last.min(self.next + PORTION - 1);
            let mut links = tx.audit_links(self.next, until).await?.into_iter();
            for place in self.next..=until {
                let Some(stored) = links.next().filter(|stored| stored.id == place) else { return fault(AuditFault::Removed, place) };
                let own = id(self.partner, place);
                let is_other = |checkpoint: &&AuditCheckpoint| checkpoint.last == own && checkpoint.hash != stored.hash;
                if stored.hash != link(&self.previous, own.number(), stored.client, &stored.digest) || self.checkpoints.iter().any(is_other) {
                    return fault(AuditFault::Changed, place);
                }
                self.previous = stored.hash;
                if stored.has_record {
                    self.records += 1;
                } else {
                    self.erased += 1;
                    self.gone.entry(stored.client).or_insert(place);
                }
                self.explained.extend(stored.explains);
            }
            self.next = until + 1;
        }
        // Of an empty chain there is no link.
        if head.last >= head.begins && self.previous != head.hash { fault(AuditFault::Changed, head.last) } else { Ok(None) }
    }

    /// The fault that a checkpoint shows before the place where the walk begins: it must be of what was deleted because it was old.
    fn checkpoint_before(&self, first: i64, pruned: Option<&Pruned>) -> Option<AuditFault> {
        let fits = |checkpoint: &&&AuditCheckpoint| {
            pruned.is_some_and(|pruned| {
                let last = id(self.partner, pruned.last);
                checkpoint.last < last || (checkpoint.last == last && checkpoint.hash == pruned.hash)
            })
        };
        let before = self.checkpoints.iter().filter(|checkpoint| checkpoint.last < id(self.partner, first));
        before.filter(|checkpoint| !fits(checkpoint)).map(|checkpoint| checkpoint.last).min().map(AuditFault::Changed)
    }

    /// The first place whose record is gone without a record that says why.
    fn unexplained(&self) -> Option<i64> {
        let is_explained = |client: i64| self.explained.iter().any(|(first, last)| (*first..=*last).contains(&client));
        self.gone.iter().filter(|(client, _)| !is_explained(**client)).map(|(_, place)| *place).min()
    }
}
