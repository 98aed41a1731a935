//! Verifies the chains (docs/spec/audit.md, "Chain"): names the first record that was changed, added or removed behind the program's back.

use std::{fmt, str::FromStr};

use domain::{AuditId, Error, PartnerId};

use super::store::chain::Head;
use crate::{
    Operator, Result,
    kernel::{
        Tx,
        audit::chain::{PLACES, genesis, link},
        authz::NO_PARTNER,
    },
};

/// Links that are read together.
const PORTION: i64 = 1000;

/// The end of a partner's chain at some time, to be stored where who can write to the database can't.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditCheckpoint {
    /// The partner; `msp_0` has the records that belong to none.
    pub partner: PartnerId,
    /// The last record.
    pub last: AuditId,
    /// Its link.
    pub hash: String,
}

/// As a line of a file: `msp_1 audit_1000000000042 …`.
impl fmt::Display for AuditCheckpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {}", self.partner, self.last, self.hash)
    }
}

impl FromStr for AuditCheckpoint {
    type Err = Error;

    fn from_str(line: &str) -> std::result::Result<Self, Error> {
        let wrong = || Error::invalid("checkpoint", format!("“{line}” isn’t a checkpoint."));
        let mut words = line.split_whitespace();
        let mut word = || words.next().ok_or_else(wrong);
        let (partner, last, hash) = (word()?, word()?, word()?);
        Ok(Self { partner: partner.parse().map_err(|_| wrong())?, last: last.parse().map_err(|_| wrong())?, hash: hash.to_owned() })
    }
}

/// What is wrong with a chain, at the first record at which anything is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AuditFault {
    /// The record isn't what was written, or stands where another was.
    Changed(AuditId),
    /// The record is gone.
    Removed(AuditId),
    /// The record was not written by the program.
    Added(AuditId),
}

impl fmt::Display for AuditFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Changed(id) => write!(f, "{id} was changed"),
            Self::Removed(id) => write!(f, "{id} was removed"),
            Self::Added(id) => write!(f, "{id} was added"),
        }
    }
}

/// What verifying a partner's chain found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    /// The partner.
    pub partner: PartnerId,
    /// How many records are as they were written.
    pub records: u64,
    /// Of how many only the link is left, because their client was erased.
    pub erased: u64,
    /// What is wrong.
    pub fault: Option<AuditFault>,
}

impl Operator<'_> {
    /// The ends of all chains.
    ///
    /// # Errors
    /// Only failures.
    pub async fn audit_checkpoints(&self) -> Result<Vec<AuditCheckpoint>> {
        let mut checkpoints = Vec::new();
        for partner in self.0.system_read("the operator verifies audit records", NO_PARTNER).await?.audit_partners().await? {
            let head = self.0.system_read("the operator verifies audit records", partner).await?.audit_head().await?;
            if !head.hash.is_empty() {
                checkpoints.push(AuditCheckpoint { partner, last: id(partner, head.last), hash: head.hash });
            }
        }
        Ok(checkpoints)
    }

    /// Mails checkpoints to an address.
    ///
    /// # Errors
    /// `Conflict` if there is no mail server, or it doesn't accept the mail; the log says why.
    pub async fn audit_checkpoint_mail(&self, address: &str, checkpoints: &str) -> Result<()> {
        let mailer = self.0.mailer.as_ref().ok_or_else(|| Error::conflict("No mail server is configured."))?;
        let is_sent = mailer.send(mailer.checkpoints(address, checkpoints), self.0.clock.now()).await;
        if is_sent { Ok(()) } else { Err(Error::conflict("The checkpoint couldn’t be mailed.").into()) }
    }

    /// Verifies all chains, also against checkpoints of earlier days. Others can write meanwhile.
    ///
    /// # Errors
    /// Only failures.
    pub async fn audit_verify(&self, checkpoints: &[AuditCheckpoint]) -> Result<Vec<Verified>> {
        let mut found = Vec::new();
        let mut partners = self.0.system_read("the operator verifies audit records", NO_PARTNER).await?.audit_partners().await?;
        partners.extend(checkpoints.iter().map(|checkpoint| checkpoint.partner));
        partners.sort_unstable();
        partners.dedup();
        for partner in partners {
            let mut tx = self.0.system_read("the operator verifies audit records", partner).await?;
            let own: Vec<_> = checkpoints.iter().filter(|checkpoint| checkpoint.partner == partner).collect();
            let mut pruned = tx.audit_pruned().await?;
            let mut verified = verify(&mut tx, &own, pruned.clone()).await?;
            // Old records can have been deleted meanwhile.
            while verified.fault.is_some() && tx.audit_pruned().await? != pruned {
                pruned = tx.audit_pruned().await?;
                verified = verify(&mut tx, &own, pruned.clone()).await?;
            }
            found.push(verified);
        }
        Ok(found)
    }
}

const fn id(partner: PartnerId, place: i64) -> AuditId {
    AuditId::new(partner.number() * PLACES + place)
}

async fn verify(tx: &mut Tx, checkpoints: &[&AuditCheckpoint], pruned: Option<(i64, String)>) -> Result<Verified> {
    let partner = tx.partner;
    let mut verified = Verified { partner, records: 0, erased: 0, fault: None };
    verified.fault = find(tx, checkpoints, pruned, &mut verified).await?;
    Ok(verified)
}

async fn find(tx: &mut Tx, checkpoints: &[&AuditCheckpoint], pruned: Option<(i64, String)>, verified: &mut Verified) -> Result<Option<AuditFault>> {
    let partner = tx.partner;
    let newest = tx.audit_last().await?;
    // Read after the records: there can only be more by then.
    let Head { begins, last, hash } = tx.audit_head().await?;
    let erased = tx.audit_erased().await?;
    let (mut previous, mut next) = match pruned {
        Some((place, link)) if place >= begins => (link, place + 1),
        _ => (genesis(partner, begins), begins),
    };
    while next <= last {
        let until = last.min(next + PORTION - 1);
        let mut links = tx.audit_links(next, until).await?.into_iter();
        for place in next..=until {
            let Some(stored) = links.next().filter(|stored| stored.id == place) else { return Ok(Some(AuditFault::Removed(id(partner, place)))) };
            if stored.hash != link(&previous, partner.number() * PLACES + place, stored.client, &stored.digest) {
                return Ok(Some(AuditFault::Changed(id(partner, place))));
            }
            if !stored.has_record && !erased.iter().any(|(first, last)| (*first..=*last).contains(&stored.client)) {
                return Ok(Some(AuditFault::Removed(id(partner, place))));
            }
            if checkpoints.iter().any(|checkpoint| checkpoint.last == id(partner, place) && checkpoint.hash != stored.hash) {
                return Ok(Some(AuditFault::Changed(id(partner, place))));
            }
            previous = stored.hash;
            if stored.has_record {
                verified.records += 1;
            } else {
                verified.erased += 1;
            }
        }
        next = until + 1;
    }
    let latest = checkpoints.iter().map(|checkpoint| checkpoint.last.number() - partner.number() * PLACES).max().unwrap_or_default();
    Ok(match () {
        () if newest > last => Some(AuditFault::Added(id(partner, last + 1))),
        () if latest > last => Some(AuditFault::Removed(id(partner, last + 1))),
        // Of an empty chain there is no link.
        () if last >= begins && previous != hash => Some(AuditFault::Changed(id(partner, last))),
        () => None,
    })
}
