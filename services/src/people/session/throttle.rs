//! Growing delays, then a lock, against password guessing: per account and, with a larger allowance, per address.
//!
//! Every attempt counts as a failure before its password is checked, and is forgiven if the password is right, so concurrent attempts gain nothing.
//! Whether the account exists makes no difference here, so the answer doesn't reveal it.

use domain::{Change, Error, KeyRefusal, LoginStatus, Origin, Timestamp, too_many_attempts};

use super::SIGN_IN_FAILED;
use crate::{
    BROWSER_SECONDS, Result, Services,
    kernel::{Tx, authz::NO_PARTNER, fold::login_key, password::network_of, token::fingerprint},
    people::{account::Account, login_history},
};

/// From this failure on, each one locks.
const LOCK_AT: i64 = 10;
const LOCK_SECONDS: i64 = 15 * 60;
/// Counting starts over after this time without failures.
const FORGET_SECONDS: i64 = 24 * 3600;
/// Many people can share an address, so its allowance is larger by this factor.
const ADDRESS_PATIENCE: i64 = 10;

/// How the person who enters a password is already identified.
pub(crate) enum AttemptBy {
    /// At a sign-in, possibly by the browser.
    SignIn {
        /// The hash of the browser's token, if it sent one.
        browser: Option<String>,
    },
    /// By a session of the account.
    Session,
    /// By the right password; a code is entered now. Strangers without the password don't get here, so addresses aren't counted.
    Code {
        /// The hash of the browser's token, if it sent one.
        browser: Option<String>,
    },
    /// By a session of the account; a code is entered now.
    CodeAgain,
}

/// A counted attempt.
pub(crate) struct Attempt {
    account: Counted,
    /// None for a recognized person, whose address isn't counted.
    address: Option<Counted>,
}

impl Attempt {
    /// Whether neither a session nor a known browser identifies the person.
    pub(crate) const fn is_unrecognized(&self) -> bool {
        self.address.is_some()
    }

    fn locks(&self) -> bool {
        self.account.failures >= LOCK_AT || self.address.as_ref().is_some_and(|address| address.failures >= LOCK_AT)
    }
}

struct Counted {
    subject: String,
    /// Failures in a row, scaled to the allowance of an account.
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

impl Services {
    /// Counts an attempt to enter a password. All unrecognized people share one count per account. A session of the account, or a browser that signed
    /// in to it before, has its own count, so nobody else can lock the owner out.
    ///
    /// # Errors
    /// `Invalid` for `field` if the account or the address has to wait.
    pub(crate) async fn attempt(&self, by: AttemptBy, login: &str, origin: &Origin, field: &str) -> Result<Attempt> {
        let mut tx = self.system("there is no caller before sign-in", NO_PARTNER).await?;
        let attempt = tx.attempt(by, login, origin, field).await?;
        tx.commit().await?;
        Ok(attempt)
    }

    /// Counts a request for a mail, which somebody could ask for too often. It is never forgiven, so counting ends with the day.
    ///
    /// # Errors
    /// `Invalid` for `field` if the subject has to wait.
    pub(crate) async fn request_attempt(&self, subject: &str, patience: i64, field: &str) -> Result<()> {
        let mut tx = self.system("whoever asks may have no session", NO_PARTNER).await?;
        count(&mut tx, fingerprint(subject), patience, field).await?;
        tx.commit().await
    }

    /// Records that the password was wrong; the attempt stays counted.
    pub(crate) async fn attempt_failed(&self, attempt: &Attempt, account: Option<&Account>, action: &str, origin: &Origin) -> Result<()> {
        // Attempts at an account are few by its delays and lock. Names without an account have no end.
        let left_out = match account {
            Some(_) => Vec::new(),
            None => match self.refusal_admitted(NO_PARTNER, &network_of(origin)) {
                Some(left_out) => left_out,
                None => return Ok(()),
            },
        };
        let partner = account.map_or(NO_PARTNER, |account| account.partner);
        let mut tx = self.system("a failed sign-in has no caller", partner).await?;
        self.attempt_failed_in(&mut tx, attempt, account, action, origin, &left_out).await?;
        tx.commit().await
    }

    /// As [`Services::attempt_failed`], within a transaction, with what else the audit record says.
    pub(crate) async fn attempt_failed_in(
        &self,
        tx: &mut Tx,
        attempt: &Attempt,
        account: Option<&Account>,
        action: &str,
        origin: &Origin,
        changes: &[Change],
    ) -> Result<()> {
        tx.audit_stranger(action, account, origin, changes).await?;
        if let (Some(account), SIGN_IN_FAILED) = (account, action) {
            login_history::record(tx, account, origin, LoginStatus::Failed, "").await?;
        }
        if attempt.locks() {
            self.audit_stranger(tx, "session.lock", account, origin).await?;
        }
        Ok(())
    }
}

/// The subject of failures of unrecognized people at an account, by its login key.
fn account_subject(login_key: &str) -> String {
    fingerprint(&format!("account:{login_key}"))
}

async fn count(tx: &mut Tx, subject: String, patience: i64, field: &str) -> Result<Counted> {
    let Some(failures) = tx.sign_in_failure_count(&subject, tx.now.plus_seconds(-FORGET_SECONDS), LOCK_SECONDS).await? else {
        return Err(Error::invalid(field, too_many_attempts(tx.lock_seconds(&subject).await?)).into());
    };
    let failures = failures / patience;
    let locked_until = tx.now.plus_seconds(wait_seconds(failures));
    tx.sign_in_lock(&subject, locked_until).await?;
    Ok(Counted { subject, failures, locked_until })
}

impl Services {
    /// Refuses a key at an address that sent too many wrong secrets, of this key or of others. Only failures are counted, so getting a token needs no extra
    /// write.
    pub(crate) async fn token_attempt(&self, key: &str, origin: &Origin) -> Result<std::result::Result<(), KeyRefusal>> {
        let mut tx = self.system_read("a program has no caller before it has a token", NO_PARTNER).await?;
        for (subject, _) in token_subjects(key, origin) {
            match tx.lock_seconds(&subject).await? {
                ..=0 => {}
                seconds => return Ok(Err(KeyRefusal::Throttled { seconds })),
            }
        }
        Ok(Ok(()))
    }

    /// Counts a wrong secret.
    pub(crate) async fn token_attempt_failed(&self, key: &str, origin: &Origin) -> Result<()> {
        let mut tx = self.system("a refused program has no caller", NO_PARTNER).await?;
        for (subject, patience) in token_subjects(key, origin) {
            if let Some(failures) = tx.sign_in_failure_count(&subject, tx.now.plus_seconds(-FORGET_SECONDS), LOCK_SECONDS).await? {
                tx.sign_in_lock(&subject, tx.now.plus_seconds(wait_seconds(failures / patience))).await?;
            }
        }
        tx.commit().await
    }
}

/// The subjects that count a wrong secret, each with its factor. A key is counted per address: its identifier isn't secret, and a failure elsewhere
/// must not lock the program out.
fn token_subjects(key: &str, origin: &Origin) -> [(String, i64); 2] {
    let network = network_of(origin);
    [(fingerprint(&format!("key:{network}:{key}")), 1), (fingerprint(&format!("keys:{network}")), ADDRESS_PATIENCE)]
}

impl Tx {
    /// As [`Services::attempt`], within a transaction: the attempt counts once that is committed.
    pub(crate) async fn attempt(&mut self, by: AttemptBy, login: &str, origin: &Origin, field: &str) -> Result<Attempt> {
        let since = self.now.plus_seconds(-BROWSER_SECONDS);
        let known_by = match &by {
            AttemptBy::Session | AttemptBy::CodeAgain => Some("session"),
            AttemptBy::SignIn { browser: Some(key) } | AttemptBy::Code { browser: Some(key) } if self.browser_is_known(key, login, since).await? => {
                Some(key.as_str())
            }
            AttemptBy::SignIn { .. } | AttemptBy::Code { .. } => None,
        };
        let login = login_key(login);
        let code = matches!(by, AttemptBy::Code { .. } | AttemptBy::CodeAgain);
        let (account, network) = match known_by {
            Some(key) if code => (fingerprint(&format!("code:{key}:{login}")), None),
            Some(key) => (fingerprint(&format!("known:{key}:{login}")), None),
            None if code => (fingerprint(&format!("code:{login}")), None),
            None => (account_subject(&login), Some(network_of(origin))),
        };
        // Always in this order, so that two attempts can't deadlock.
        let account = count(self, account, 1, field).await?;
        let address = match network {
            Some(network) => Some(count(self, fingerprint(&format!("address:{network}")), ADDRESS_PATIENCE, field).await?),
            None => None,
        };
        Ok(Attempt { account, address })
    }

    /// The seconds that a subject is still locked; 0 if it isn't. A lock longer than [`LOCK_SECONDS`] dates from before the clock was set back and is ignored.
    async fn lock_seconds(&mut self, subject: &str) -> Result<i64> {
        let millis = self.sign_in_locked_until(subject).await?.map_or(0, |until| until.millis() - self.now.millis());
        let seconds = (millis.max(0) + 999) / 1000;
        Ok(if seconds > LOCK_SECONDS { 0 } else { seconds })
    }

    /// Takes back the attempt with the right password, and the account's earlier failures.
    pub(crate) async fn attempt_forgive(&mut self, attempt: &Attempt) -> Result<()> {
        self.sign_in_failures_delete(&attempt.account.subject).await?;
        if let Some(address) = &attempt.address {
            self.sign_in_failure_take_back(&address.subject, address.locked_until).await?;
        }
        self.sign_in_failures_delete_before(self.now.plus_seconds(-FORGET_SECONDS)).await
    }

    /// Deletes the failures of unrecognized people at an account, once a link has identified its owner.
    pub(crate) async fn account_forgive(&mut self, login: &str) -> Result<()> {
        self.sign_in_failures_delete(&account_subject(&login_key(login))).await
    }

    /// Deletes the failures of a key after the right secret.
    pub(crate) async fn token_attempt_forgive(&mut self, key: &str, origin: &Origin) -> Result<()> {
        let [(subject, _), _] = token_subjects(key, origin);
        self.sign_in_failures_delete(&subject).await
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
}
