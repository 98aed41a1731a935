//! Sessions: signing in creates a cookie, which resolves to a [`Caller`] with every request.

pub(crate) mod browser;
mod others;
pub(crate) mod proof;
mod store;
pub(crate) mod throttle;

use domain::{
    Caller, Error, IP_REFUSAL, IpRestriction, LoginStatus, Origin, SIGN_IN_REFUSED, SessionRow, SessionState, SignInDraft, SignInStep, Timestamp,
    UserId,
};

use super::account::{self, Account, Proved};
use crate::{
    BROWSER_SECONDS, Browser, Fault, Result, Services, SessionToken, SignedIn,
    kernel::{Tx, authz::NO_PARTNER, clock::AHEAD_SECONDS, token::fingerprint},
    people::{api_key, factor, login_history},
};
pub(crate) use store::Session;
use throttle::AttemptBy;

/// A session ends after this time without use.
const IDLE_SECONDS: i64 = 60 * 60;
/// A session ends this long after the sign-in, even if it is used.
const ABSOLUTE_SECONDS: i64 = 12 * 60 * 60;
/// How often a session in use gets a new token, so that a stolen one soon expires.
const ROTATE_SECONDS: i64 = 15 * 60;
/// How long the previous token is still accepted, for requests in flight.
const GRACE_SECONDS: i64 = 60;
/// A session that lacks a step of signing in ends this long after the password was entered.
const UNFINISHED_SECONDS: i64 = 15 * 60;
/// How long an expired API token is stored, so that its program learns that it expired.
const TOKEN_KEPT_SECONDS: i64 = 24 * 60 * 60;
/// The last use is recorded at most this often, because most requests should write nothing.
const TOUCH_SECONDS: i64 = 60;

/// The audit action of a sign-in with a wrong password.
pub(crate) const SIGN_IN_FAILED: &str = "session.sign-in-failed";

/// A resolved session token.
#[derive(Debug)]
pub struct Resolved {
    /// Who calls.
    pub caller: Caller,
    /// The new token, if the browser must use another from now on.
    pub renewed: Option<SessionToken>,
}

impl Services {
    /// Begins a session without a browser.
    ///
    /// # Errors
    /// As [`Services::session_begin`].
    pub async fn session_sign_in(&self, draft: SignInDraft, origin: &Origin) -> Result<SessionToken> {
        Ok(self.sign_in(None, draft, origin).await?.session)
    }

    /// Begins a session in a browser, ends the browser's previous session, and records the browser as known to the account.
    ///
    /// # Errors
    /// `Invalid` under `password` if login name or password is wrong or there were too many attempts, with the same message whether or not the
    /// account exists. `Forbidden` if both are right but the account isn't active or the IP restriction refuses the address.
    pub async fn session_begin(&self, browser: &Browser, draft: SignInDraft, origin: &Origin) -> Result<SignedIn> {
        self.sign_in(Some(browser), draft, origin).await
    }

    async fn sign_in(&self, browser: Option<&Browser>, draft: SignInDraft, origin: &Origin) -> Result<SignedIn> {
        let by = AttemptBy::SignIn { browser: browser.and_then(Browser::key) };
        let proved = self.password_prove(by, &draft.login, &draft.password, origin, "password", SIGN_IN_FAILED).await?;
        let wrong = || Error::invalid("password", "The login name or the password is wrong.");
        let Proved { account, hash } = proved.ok_or_else(wrong)?;
        let mut tx = self.system("there is no caller before sign-in", account.partner).await?;
        let account = tx.account_of_password(account.user.id, &hash).await?.ok_or_else(wrong)?;
        let signed_in = match check_sign_in(&account, origin) {
            Ok(()) => Ok(self.session_open(&mut tx, &account, browser, origin).await?),
            Err(refusal) => {
                // Who knows the password is let try again at once, so this is counted.
                if let Some(left_out) = self.refusal_admitted(account.partner, &account.user.id.to_string()) {
                    login_history::record(&mut tx, &account, origin, LoginStatus::Refused, "").await?;
                    tx.audit_stranger(SIGN_IN_REFUSED, Some(&account), origin, &left_out).await?;
                }
                Err(refusal)
            }
        };
        let now = tx.now;
        tx.commit().await?;
        let signed_in = signed_in?;
        self.device_mail(&signed_in, &account, origin, now);
        Ok(signed_in)
    }

    /// Tells a person by mail that somebody signed in from a device that their account didn't know.
    pub(crate) fn device_mail(&self, signed_in: &SignedIn, account: &Account, origin: &Origin, now: Timestamp) {
        if signed_in.is_new_device {
            self.mail_later(|mailer| vec![mailer.new_device(&account.user, origin, now)]);
        }
    }

    /// Signs in an account after [`check_sign_in`], in the transaction that used its password or link: begins a session, ends the browser's previous
    /// one, and records the browser. Where the second factor is asked for, the session is good for nothing else until it is proved, and the sign-in isn't
    /// in the history yet.
    pub(crate) async fn session_open(&self, tx: &mut Tx, account: &Account, browser: Option<&Browser>, origin: &Origin) -> Result<SignedIn> {
        let token = SessionToken::new(self.ids.secret());
        if let Some(replaced) = browser.and_then(Browser::session_key) {
            tx.session_delete(&replaced).await?;
        }
        let lacks = match account.lacks() {
            Some(SignInStep::Prove) if self.browser_spares(tx, browser, account).await? => None,
            lacks => lacks,
        };
        let must_prove = lacks == Some(SignInStep::Prove);
        let (known_by, is_new_device) = match browser {
            // With the password alone nobody makes their browser one that is known to the account.
            Some(browser) if !must_prove => self.browser_remember(tx, browser, account).await?,
            _ => (None, false),
        };
        tx.session_delete_expired(ABSOLUTE_SECONDS, IDLE_SECONDS).await?;
        let record = if must_prove { 0 } else { login_history::record(tx, account, origin, LoginStatus::Success, &self.ids.uuid()).await? };
        tx.session_insert(&token.key(), account.user.id, origin, record, lacks.is_none()).await?;
        self.audit_stranger(tx, if must_prove { "session.password-accepted" } else { "session.sign-in" }, Some(account), origin).await?;
        Ok(SignedIn { session: token, browser: known_by, is_new_device, lacks })
    }

    /// Whether the account isn't asked for its second factor in this browser.
    async fn browser_spares(&self, tx: &mut Tx, browser: Option<&Browser>, account: &Account) -> Result<bool> {
        match browser.and_then(Browser::key) {
            Some(key) if account.trust_browsers => tx.browser_is_trusted(&key, account.user.id).await,
            _ => Ok(false),
        }
    }

    /// Records a browser as known to the account and returns its token if that is new, and whether the account wasn't signed in to from it before. A token
    /// that the server didn't issue is replaced, so that nobody can plant one in another person's browser.
    async fn browser_remember(&self, tx: &mut Tx, browser: &Browser, account: &Account) -> Result<(Option<SessionToken>, bool)> {
        let (key, token) = match browser.key() {
            Some(key) if tx.browser_exists(&key).await? => (key, None),
            _ => {
                let token = SessionToken::new(self.ids.secret());
                (token.key(), Some(token))
            }
        };
        let is_known = tx.browser_is_known(&key, &account.user.login, tx.now.plus_seconds(-BROWSER_SECONDS)).await?;
        tx.browser_remember(&key, account.user.id).await?;
        Ok((token, !is_known))
    }

    /// Resolves the caller of a session. Usually one read and no write.
    ///
    /// # Errors
    /// `Unauthenticated` if the session doesn't exist or has ended or its user isn't active, `Unfinished` if it lacks a step of signing in, `Forbidden` if
    /// the IP restriction of the user's organization refuses the address.
    pub async fn session_resolve(&self, token: &str, origin: &Origin) -> Result<Resolved> {
        let now = self.clock.now();
        let presented = fingerprint(token);
        let found = self.store.session_find(&presented, now).await?;
        let mut session = match whole_session(found, now, origin) {
            Err(Fault::Refused(error @ Error::Forbidden { .. })) => {
                if let Some(session) = self.store.session_find(&presented, now).await? {
                    self.address_refused(&session.account, origin).await;
                }
                return Err(error.into());
            }
            session => session?,
        };
        let renewed = self.session_refresh(&session, &presented, now, origin).await?;
        if let Some(token) = &renewed {
            session.key = token.key();
        }
        Ok(Resolved { caller: caller(session, origin), renewed })
    }

    /// The caller of a session without extending it, for what a page hears without its user doing anything.
    ///
    /// # Errors
    /// As [`Services::session_resolve`].
    pub async fn session_peek(&self, token: &str, origin: &Origin) -> Result<Caller> {
        let now = self.clock.now();
        let found = self.store.session_find(&fingerprint(token), now).await?;
        Ok(caller(whole_session(found, now, origin)?, origin))
    }

    /// The state of a session without extending it, so that an idle page doesn't keep it alive. `None` if it has ended, or isn't whole yet.
    ///
    /// # Errors
    /// Only failures.
    pub async fn session_state(&self, token: &str, origin: &Origin) -> Result<Option<SessionState>> {
        let now = self.clock.now();
        let found = self.store.session_find(&fingerprint(token), now).await?;
        let alive = found.filter(|session| {
            let is_whole = session.lacks().is_none() && session.account.active;
            is_whole && is_alive(session.created, session.last_seen, now) && check_sign_in(&session.account, origin).is_ok()
        });
        Ok(alive.map(|session| {
            let ends = session.created.plus_seconds(ABSOLUTE_SECONDS).min(session.last_seen.plus_seconds(IDLE_SECONDS));
            SessionState { user: session.account.user.id, ends_in: (ends.millis() - now.millis()).div_euclid(1000) }
        }))
    }

    /// Records the last use of a session and rotates its token, each when it is due.
    async fn session_refresh(&self, session: &Session, presented: &str, now: Timestamp, origin: &Origin) -> Result<Option<SessionToken>> {
        let is_current = session.key == presented;
        let in_grace = now < session.rotated.plus_seconds(GRACE_SECONDS);
        // A previous token after the grace period means that the browser never received the new one, whose first use would have deleted it. So it
        // gets another.
        if now >= session.rotated.plus_seconds(ROTATE_SECONDS) || !(is_current || in_grace) {
            let next = SessionToken::new(self.ids.secret());
            let rotated = self.store.session_rotate(&session.key, &next.key(), presented, now, origin).await?;
            return Ok(rotated.then_some(next));
        }
        if is_current && now >= session.last_seen.plus_seconds(TOUCH_SECONDS) {
            self.store.session_touch(&session.key, now, origin, now.plus_seconds(-GRACE_SECONDS)).await?;
        }
        Ok(None)
    }

    /// Ends all expired sessions, recording that in the login history, and deletes expired links and tokens. For background jobs.
    ///
    /// # Errors
    /// Only failures.
    pub async fn session_sweep(&self) -> Result<()> {
        let mut tx = self.system("a job deletes expired sessions of all partners", NO_PARTNER).await?;
        tx.session_delete_expired(ABSOLUTE_SECONDS, IDLE_SECONDS).await?;
        let expired = tx.now.plus_seconds(-TOKEN_KEPT_SECONDS);
        api_key::forget_expired(&mut tx, expired).await?;
        account::forget_expired_links(&mut tx).await?;
        factor::forget_expired(&mut tx).await?;
        tx.browsers_delete_before(tx.now.plus_seconds(-BROWSER_SECONDS)).await?;
        tx.commit().await
    }

    /// Ends the caller's session.
    ///
    /// # Errors
    /// Only failures: an ended session is no error.
    pub async fn session_sign_out(&self, caller: &Caller) -> Result<()> {
        let mut tx = match self.authorize_self(caller).await {
            Err(Fault::Refused(Error::Unauthenticated)) => return Ok(()),
            tx => tx?,
        };
        tx.session_delete(tx.caller()?.session.as_deref().unwrap_or_default()).await?;
        self.audit(&mut tx, "session.sign-out", caller.user.id, caller.client, &[]).await?;
        tx.commit().await
    }

    /// Ends a session that lacks a step of signing in.
    ///
    /// # Errors
    /// Only failures: an ended session is no error.
    pub async fn session_give_up(&self, token: &str) -> Result<()> {
        let key = fingerprint(token);
        let Some(session) = self.store.session_find(&key, self.clock.now()).await? else { return Ok(()) };
        let mut tx = self.system("a sign-in that isn't finished has no caller", session.account.partner).await?;
        if tx.session_find(&key).await?.is_some_and(|session| session.lacks().is_some()) {
            tx.session_delete(&key).await?;
            tx.commit().await?;
        }
        Ok(())
    }

    /// Ends all sessions of the caller's user, including this one.
    ///
    /// # Errors
    /// Only failures.
    pub async fn session_sign_out_everywhere(&self, caller: &Caller) -> Result<()> {
        let mut tx = self.authorize_self(caller).await?;
        end_all(&mut tx, caller.user.id).await?;
        self.audit(&mut tx, "session.sign-out-everywhere", caller.user.id, caller.client, &[]).await?;
        tx.commit().await
    }

    /// The sessions of the caller's user, the last used first.
    ///
    /// # Errors
    /// Only failures.
    pub async fn session_list(&self, caller: &Caller) -> Result<Vec<SessionRow>> {
        let mut tx = self.system_read("users can see their own sessions", caller.partner).await?;
        alive(&mut tx, caller.user.id, caller.session.as_deref().unwrap_or_default()).await
    }
}

/// A user's sessions that haven't ended; `key` is the current one's, or empty.
async fn alive(tx: &mut Tx, user: UserId, key: &str) -> Result<Vec<SessionRow>> {
    let mut sessions = tx.session_list(user, key).await?;
    sessions.retain(|session| is_alive(session.created, session.last_seen, tx.now));
    Ok(sessions)
}

/// Whether a session with these times is still valid. One from the future was made before the clock was set back.
fn is_alive(created: Timestamp, last_seen: Timestamp, now: Timestamp) -> bool {
    now < created.plus_seconds(ABSOLUTE_SECONDS)
        && now < last_seen.plus_seconds(IDLE_SECONDS)
        && created.max(last_seen) <= now.plus_seconds(AHEAD_SECONDS)
}

/// Refuses inactive accounts, and addresses that the IP restriction doesn't allow.
pub(crate) fn check_sign_in(account: &Account, origin: &Origin) -> Result<()> {
    if !account.active {
        return Err(Error::forbidden("Your account isn’t active. Contact your administrator.").into());
    }
    let restriction = IpRestriction::parse(&account.restriction).map_err(|wrong| Fault::Failed(wrong.join(" ")))?;
    if restriction.allows(origin.ip) { Ok(()) } else { Err(Error::forbidden(IP_REFUSAL).into()) }
}

/// Checks that a session is valid.
///
/// # Errors
/// `Unauthenticated` if there is none, it has ended or its user isn't active; `Forbidden` if the IP restriction refuses the address.
pub(crate) fn valid_session(session: Option<Session>, now: Timestamp, origin: &Origin) -> Result<Session> {
    let is_timely = |session: &Session| session.lacks().is_none() || now < session.created.plus_seconds(UNFINISHED_SECONDS);
    let is_valid = |session: &Session| is_alive(session.created, session.last_seen, now) && session.account.active && is_timely(session);
    let session = session.filter(is_valid).ok_or(Error::Unauthenticated)?;
    check_sign_in(&session.account, origin)?;
    Ok(session)
}

/// As [`valid_session`], of a session that lacks nothing: the only kind that has a caller.
///
/// # Errors
/// As there, and `Unfinished` with what it lacks.
pub(crate) fn whole_session(session: Option<Session>, now: Timestamp, origin: &Origin) -> Result<Session> {
    let session = valid_session(session, now, origin)?;
    match session.lacks() {
        Some(step) => Err(Error::Unfinished { step }.into()),
        None => Ok(session),
    }
}

/// As [`valid_session`], of a session that lacks a step of signing in.
///
/// # Errors
/// As there, and `Unauthenticated` if it lacks nothing or another step.
pub(crate) fn session_lacking(session: Option<Session>, step: SignInStep, now: Timestamp, origin: &Origin) -> Result<Session> {
    let session = valid_session(session, now, origin)?;
    if session.lacks() == Some(step) { Ok(session) } else { Err(Error::Unauthenticated.into()) }
}

/// The caller of a session.
pub(crate) fn caller(session: Session, origin: &Origin) -> Caller {
    let Session { key, account, grants, .. } = session;
    Caller { session: Some(key), ..account.caller(grants, origin) }
}

/// Asks for the second factor in every browser again.
pub(crate) async fn distrust_browsers(tx: &mut Tx, user: UserId) -> Result<()> {
    tx.browsers_distrust(user).await
}

/// As [`distrust_browsers`], for all users of the transaction's partner and of its clients.
pub(crate) async fn distrust_all_browsers(tx: &mut Tx) -> Result<()> {
    tx.browsers_distrust_all().await
}

/// Ends all sessions of a user, and trusts none of their browsers any more.
pub(crate) async fn end_all(tx: &mut Tx, user: UserId) -> Result<()> {
    tx.browsers_distrust(user).await?;
    tx.session_delete_all(user).await
}

/// Gives one session of a user a new key and ends all others; false if it has already ended.
pub(crate) async fn continue_only(tx: &mut Tx, user: UserId, key: &str, next: &str) -> Result<bool> {
    let goes_on = tx.session_rekey(key, next).await?;
    if goes_on {
        tx.session_delete_others(user, next).await?;
    }
    Ok(goes_on)
}
