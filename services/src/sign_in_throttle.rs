//! Growing delays, then a lock, for those who guess passwords: per account, and more patiently per address.
//!
//! Every attempt counts as a failure before its password is looked at and is forgiven once that was right; so a hundred attempts at
//! the same moment are no better than a hundred in a row. Nothing here asks whether the account exists, so neither does the answer.

use std::net::{IpAddr, Ipv6Addr};

use domain::{Error, LoginStatus, Origin, Timestamp};

use crate::{
    Result, Services,
    authz::NO_PARTNER,
    fold::login_key,
    session::SIGN_IN_FAILED,
    store::{Account, Tx},
    token::fingerprint,
};

/// From this failure on each one locks.
const LOCK_AT: i64 = 10;
const LOCK_SECONDS: i64 = 15 * 60;
/// Failures count together as long as there is no longer pause between them.
const FORGET_SECONDS: i64 = 24 * 3600;
/// Many people may share an address, so it has to fail so many times as often.
const ADDRESS_PATIENCE: i64 = 10;

/// An attempt that was let through, and how it counted.
pub(crate) struct Attempt {
    account: Counted,
    address: Counted,
}

struct Counted {
    subject: String,
    /// Of this subject in a row, on the scale of an account's.
    failures: i64,
    locked_until: Timestamp,
}

/// How long the next attempt has to wait after so many failures.
const fn wait_seconds(failures: i64) -> i64 {
    match failures {
        ..3 => 0,
        3..LOCK_AT => 1 << (failures - 3),
        _ => LOCK_SECONDS,
    }
}

/// What counts as one address: of IPv6 the network that one customer has.
fn network(ip: IpAddr) -> IpAddr {
    match ip.to_canonical() {
        IpAddr::V6(ip) => IpAddr::V6(Ipv6Addr::from_bits(ip.to_bits() & !u128::from(u64::MAX))),
        ip => ip,
    }
}

impl Services {
    /// Lets an attempt to prove a password through and counts it.
    ///
    /// # Errors
    /// `Invalid` under the field if the account or the address has to wait.
    pub(crate) async fn attempt(&self, login: &str, origin: &Origin, field: &str) -> Result<Attempt> {
        let mut tx = self.system("who proves a password is nobody yet", NO_PARTNER).await?;
        let account = fingerprint(&format!("account:{}", login_key(login)));
        let address = fingerprint(&format!("address:{}", network(origin.ip)));
        // Always in this order, so that two attempts never wait for each other.
        let account = count(&mut tx, account, 1, field).await?;
        let address = count(&mut tx, address, ADDRESS_PATIENCE, field).await?;
        tx.commit_admission().await?;
        Ok(Attempt { account, address })
    }

    /// Records that the password was wrong; the attempt stays counted.
    pub(crate) async fn attempt_failed(&self, attempt: &Attempt, account: Option<&Account>, action: &str, origin: &Origin) -> Result<()> {
        let partner = account.map_or(NO_PARTNER, |account| account.partner);
        let mut tx = self.system("who fails to prove a password stays nobody", partner).await?;
        self.audit_stranger(&mut tx, action, account, origin).await?;
        if let (Some(account), SIGN_IN_FAILED) = (account, action) {
            tx.login_record_insert(account, origin, LoginStatus::Failed, "").await?;
        }
        if attempt.account.failures >= LOCK_AT || attempt.address.failures >= LOCK_AT {
            self.audit_stranger(&mut tx, "session.lock", account, origin).await?;
        }
        tx.commit_admission().await
    }
}

async fn count(tx: &mut Tx, subject: String, patience: i64, field: &str) -> Result<Counted> {
    let Some(failures) = tx.sign_in_failure_count(&subject, tx.now.plus_seconds(-FORGET_SECONDS)).await? else {
        let millis = tx.sign_in_locked_until(&subject).await?.millis() - tx.now.millis();
        let seconds = (millis + 999) / 1000;
        return Err(Error::invalid(field, format!("Too many attempts. Please wait {seconds} seconds and try again.")).into());
    };
    let failures = failures / patience;
    let locked_until = tx.now.plus_seconds(wait_seconds(failures));
    tx.sign_in_lock(&subject, locked_until).await?;
    Ok(Counted { subject, failures, locked_until })
}

impl Tx {
    /// Takes back the attempt whose password was right, and everything the account failed before.
    pub(crate) async fn attempt_forgive(&mut self, attempt: &Attempt) -> Result<()> {
        self.sign_in_failures_delete(&attempt.account.subject).await?;
        self.sign_in_failure_take_back(&attempt.address.subject, attempt.address.locked_until).await?;
        self.sign_in_failures_delete_before(self.now.plus_seconds(-FORGET_SECONDS)).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_and_end_in_a_lock() {
        let waits: Vec<_> = (1..=11).map(wait_seconds).collect();
        assert_eq!(waits, [0, 0, 1, 2, 4, 8, 16, 32, 64, 900, 900]);
    }

    #[test]
    fn an_address_is_what_one_customer_has() {
        for (ip, expected) in [("192.0.2.7", "192.0.2.7"), ("::ffff:192.0.2.7", "192.0.2.7"), ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::")] {
            assert_eq!(network(ip.parse().unwrap()).to_string(), expected);
        }
    }
}
