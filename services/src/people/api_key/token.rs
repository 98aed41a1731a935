//! API tokens, issued for a key and its secret and sent with every request.

use domain::{Caller, IpRestriction, KeyRefusal, Origin, Timestamp};
use secrecy::{ExposeSecret, SecretString};

use super::store::token::Program;
use crate::{
    Fault, Result, Services,
    kernel::{
        clock::AHEAD_SECONDS,
        token::{fingerprint, same, token_text},
    },
};

/// The lifetime of a token as answered, in seconds (docs/spec/rest-api.md, "Tokens").
pub const TOKEN_SECONDS: i64 = 7199;
/// The last use is recorded at most this often, because most requests should write nothing.
const TOUCH_SECONDS: i64 = 60;

/// A token. `Debug` doesn't show it.
#[derive(Clone, Debug)]
pub struct IssuedToken(SecretString);

impl IssuedToken {
    /// The token itself, for the answer.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }
}

impl Services {
    /// Exchanges a key and its secret for a token that is valid for [`TOKEN_SECONDS`]. Only a caller with the right secret learns why a key is
    /// refused.
    ///
    /// # Errors
    /// Only failures: a refused key is the inner result.
    pub async fn token_issue(&self, key: &str, secret: &str, origin: &Origin) -> Result<std::result::Result<IssuedToken, KeyRefusal>> {
        let now = self.clock.now();
        if let Err(refusal) = self.token_attempt(key, origin).await? {
            return Ok(Err(refusal));
        }
        let presented = fingerprint(secret);
        let found = self.store.program_by_key(key).await?;
        let Some(program) = found.as_ref().filter(|program| same(&program.secret_hash, &presented)) else {
            self.token_attempt_failed(key, origin).await?;
            self.key_refused(found.as_ref(), &KeyRefusal::Unknown, origin).await;
            return Ok(Err(KeyRefusal::Unknown));
        };
        if let Err(refusal) = usable(program, now, origin)? {
            self.key_refused(Some(program), &refusal, origin).await;
            return Ok(Err(refusal));
        }
        let token = token_text(self.ids.secret());
        let mut tx = self.system("a program has no caller before it has a token", program.account.partner).await?;
        let found = tx.program_by_key(key).await?.filter(|program| same(&program.secret_hash, &presented));
        let Some(program) = found else { return Ok(Err(KeyRefusal::Unknown)) };
        if let Err(refusal) = usable(&program, tx.now, origin)? {
            return Ok(Err(refusal));
        }
        // One second more than answered, so that a program that trusts the answer is never refused.
        let expires = tx.now.plus_seconds(TOKEN_SECONDS + 1);
        tx.api_token_insert(&fingerprint(&token), program.id, expires, origin).await?;
        tx.token_attempt_forgive(key, origin).await?;
        tx.commit().await?;
        Ok(Ok(IssuedToken(token.into())))
    }

    /// Resolves the caller of a token. Usually one read and no write.
    ///
    /// # Errors
    /// As [`Services::token_issue`].
    pub async fn token_resolve(&self, token: &str, origin: &Origin) -> Result<std::result::Result<Caller, KeyRefusal>> {
        let now = self.clock.now();
        let key = fingerprint(token);
        let found = self.store.program_by_token(&key, now).await?;
        let use_of = found.as_ref().map(|program| (program.id, program.last_used));
        let caller = valid_caller(found, &key, now, origin)?;
        match &caller {
            // Every program's token expires, which is no attempt at anything.
            Ok(_) | Err(KeyRefusal::TokenExpired) => {}
            Err(refusal) => self.key_refused(self.store.program_by_token(&key, now).await?.as_ref(), refusal, origin).await,
        }
        if let (Ok(_), Some((id, last_used))) = (&caller, use_of)
            && last_used.is_none_or(|last| now >= last.plus_seconds(TOUCH_SECONDS))
        {
            self.store.api_key_touch(id, now, origin).await?;
        }
        Ok(caller)
    }
}

/// The caller of a token, or the reason to refuse it.
pub(crate) fn valid_caller(program: Option<Program>, key: &str, now: Timestamp, origin: &Origin) -> Result<std::result::Result<Caller, KeyRefusal>> {
    let Some(program) = program else { return Ok(Err(KeyRefusal::Unknown)) };
    // Checked before expiry, because suspending a client expires its tokens and the answer must name the suspension.
    if !program.account.active {
        return Ok(Err(KeyRefusal::TenantInactive));
    }
    // A token that ends later than a new one would was issued before the clock was set back.
    let latest = now.plus_seconds(TOKEN_SECONDS + 1 + AHEAD_SECONDS);
    if program.token_expires.is_some_and(|expires| now >= expires || expires > latest) {
        return Ok(Err(KeyRefusal::TokenExpired));
    }
    if let Err(refusal) = usable(&program, now, origin)? {
        return Ok(Err(refusal));
    }
    // Programs have no password to change.
    let caller = program.account.caller(program.grants, origin);
    Ok(Ok(Caller { must_change_password: false, token: Some(key.to_owned()), ..caller }))
}

/// Whether a key can be used now, from this address.
fn usable(program: &Program, now: Timestamp, origin: &Origin) -> Result<std::result::Result<(), KeyRefusal>> {
    let restriction = IpRestriction::parse(&program.account.restriction).map_err(|wrong| Fault::Failed(wrong.join(" ")))?;
    Ok(in_force(program, now)
        .and_then(|()| if program.allowed_ips.allows(origin.ip) && restriction.allows(origin.ip) { Ok(()) } else { Err(KeyRefusal::Address) }))
}

/// Whether a key can be used now, from anywhere.
pub(crate) fn in_force(program: &Program, now: Timestamp) -> std::result::Result<(), KeyRefusal> {
    if program.revoked {
        Err(KeyRefusal::Revoked)
    } else if program.expires.is_some_and(|expires| now >= expires) {
        Err(KeyRefusal::KeyExpired)
    } else if !program.account.active {
        Err(KeyRefusal::TenantInactive)
    } else if !program.maker_active {
        Err(KeyRefusal::MakerInactive)
    } else {
        Ok(())
    }
}
