//! Verifies the chains (docs/spec/audit.md, "Chain"): names the first record that was changed, added or removed behind the program's back.

use std::{fmt, str::FromStr};

use domain::{AuditId, Error, PartnerId};

use super::walk::{id, verify};
use crate::{Operator, Result, kernel::authz::NO_PARTNER};

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
    /// Up to which one records were deleted because they were old.
    pub deleted: Option<AuditId>,
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
            let verified = loop {
                let pruned = tx.audit_pruned().await?;
                let verified = verify(&mut tx, &own, pruned.as_ref()).await?;
                // Old records can have been deleted meanwhile.
                if verified.fault.is_none() || tx.audit_pruned().await? == pruned {
                    break verified;
                }
            };
            found.push(verified);
        }
        Ok(found)
    }
}
