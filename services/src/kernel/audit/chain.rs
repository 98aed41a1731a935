//! The chain of a partner's audit records (docs/spec/audit.md, "Chain"): each link is a hash of the one before and of a record, so that nobody can change, remove or
//! add one in the database unnoticed.

use domain::PartnerId;

use crate::{
    Result,
    kernel::{Tx, token::fingerprint},
};

/// The ids of a partner's records begin behind this multiple of its number.
const PLACES: i64 = 1_000_000_000_000;

/// The id of the record at a place of a partner's chain.
pub(crate) const fn record_id(partner: PartnerId, place: i64) -> i64 {
    partner.number() * PLACES + place
}

/// The id before the partner's first, and the one before the next partner's first.
pub(crate) const fn places(partner: PartnerId) -> (i64, i64) {
    (record_id(partner, 0), record_id(partner, PLACES))
}

/// What a link of the chain says of a record. The texts are as the database stores them.
pub(crate) struct Linked<'a> {
    pub(crate) id: i64,
    pub(crate) at: i64,
    pub(crate) partner: i64,
    /// 0 for none.
    pub(crate) client: i64,
    /// 0 for none.
    pub(crate) user: i64,
    pub(crate) login: &'a str,
    pub(crate) ip: &'a str,
    pub(crate) through: &'a str,
    pub(crate) reference: &'a str,
    pub(crate) action: &'a str,
    pub(crate) object: &'a str,
    pub(crate) changes: &'a str,
}

impl Linked<'_> {
    /// SHA-256 of the record as a JSON array.
    pub(crate) fn digest(&self) -> Result<String> {
        let Self { id, at, partner, client, user, login, ip, through, reference, action, object, changes } = self;
        let numbers = (id, at, partner, client, user);
        Ok(fingerprint(&serde_json::to_string(&(numbers, login, ip, through, reference, action, object, changes))?))
    }
}

/// The link behind another. The client is part of it, so that no record can be passed off as one of an erased client.
pub(crate) fn link(previous: &str, id: i64, client: i64, digest: &str) -> String {
    fingerprint(&format!("{previous}\n{id}\n{client}\n{digest}"))
}

/// What stands before the first link of a chain.
pub(crate) fn genesis(partner: PartnerId, begins: i64) -> String {
    fingerprint(&format!("the audit records of {partner} from {begins}"))
}

/// The end of a partner's chain.
pub(super) struct End {
    partner: PartnerId,
    /// The next record's place.
    pub(super) next: i64,
    pub(super) hash: String,
}

impl End {
    /// The id of the next record.
    pub(super) const fn id(&self) -> i64 {
        record_id(self.partner, self.next)
    }
}

impl Tx {
    /// Reserves so many places at the end of the partner's chain. Nobody else can append until the transaction ends: writes for a partner are one after the other
    /// anyway, and those for none wait here.
    pub(super) async fn chain_extend(&mut self, records: usize) -> Result<End> {
        let sql = "INSERT INTO audit_chains (partner_id, begins, last, hash) VALUES ($1, 1, $2, '') \
                   ON CONFLICT (partner_id) DO UPDATE SET last = audit_chains.last + excluded.last RETURNING begins, last, hash";
        let (partner, records) = (self.partner, i64::try_from(records).unwrap_or_default());
        let query = sqlx::query_as(sql).bind(partner.number()).bind(records);
        let (begins, last, hash): (i64, i64, String) = query.fetch_one(self.connection()).await?;
        let hash = if hash.is_empty() { genesis(partner, begins) } else { hash };
        Ok(End { partner, next: last - records + 1, hash })
    }

    /// Stores the last link.
    pub(super) async fn chain_end(&mut self, end: End) -> Result<()> {
        let sql = "UPDATE audit_chains SET hash = $1 WHERE partner_id = $2";
        sqlx::query(sql).bind(end.hash).bind(end.partner.number()).execute(self.connection()).await?;
        Ok(())
    }
}
