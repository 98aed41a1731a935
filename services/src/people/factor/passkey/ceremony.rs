//! What a browser was asked, until it answers: each request counts once, for what it was made, for its user, and for a few minutes.

use std::time::Duration;

use domain::{Error, Origin, PasskeyRequest, UserId};
use serde::{Serialize, de::DeserializeOwned};

use crate::{
    Result, Services,
    kernel::{
        Tx,
        password::network_of,
        token::{fingerprint, token_text},
    },
};

/// How long a browser can take to answer.
pub(super) const CEREMONY: Duration = Duration::from_secs(5 * 60);

/// How many requests of one user, or of a network's strangers, wait for an answer at most. A new one replaces the oldest, so that asking often locks nobody
/// out.
const MAX_OPEN: i64 = 50;

/// Who is asked.
#[derive(Clone, Copy)]
pub(super) enum Asked<'a> {
    User(UserId),
    /// Somebody who isn't known yet.
    Stranger(&'a Origin),
}

impl Asked<'_> {
    /// The user's number, 0 for a stranger, and a stranger's network.
    fn key(self) -> (i64, String) {
        match self {
            Self::User(user) => (user.number(), String::new()),
            Self::Stranger(origin) => (0, network_of(origin)),
        }
    }
}

/// What a request was made for.
#[derive(Clone, Copy)]
pub(super) enum Purpose {
    /// To make a passkey.
    Create,
    /// To prove the second factor again.
    Prove,
    /// To finish a sign-in after the password.
    SignIn,
    /// To sign in without a password.
    SignInAlone,
}

impl Purpose {
    const fn key(self) -> &'static str {
        match self {
            Self::Create => "create",
            Self::Prove => "prove",
            Self::SignIn => "sign-in",
            Self::SignInAlone => "sign-in-alone",
        }
    }
}

impl Services {
    /// Stores what the answer to a request is compared with.
    pub(super) async fn ceremony_begin(
        &self,
        tx: &mut Tx,
        (purpose, asked): (Purpose, Asked<'_>),
        (options, state): (String, impl Serialize),
    ) -> Result<PasskeyRequest> {
        let ceremony = token_text(self.ids.secret());
        tx.ceremonies_delete_expired().await?;
        let (user, network) = asked.key();
        tx.ceremonies_keep(user, &network, MAX_OPEN - 1).await?;
        let expires = tx.now.plus_seconds(CEREMONY.as_secs().cast_signed());
        tx.ceremony_insert(&fingerprint(&ceremony), (purpose.key(), user, &network), &serde_json::to_string(&state)?, expires).await?;
        Ok(PasskeyRequest { ceremony, options })
    }
}

/// What the answer to a request is compared with. Whoever comes second, on any server, finds nothing.
///
/// # Errors
/// `Conflict` if there is no such request any more.
pub(super) async fn take<State: DeserializeOwned>(tx: &mut Tx, (purpose, asked): (Purpose, Asked<'_>), ceremony: &str) -> Result<State> {
    let late = || Error::conflict("That took too long. Try again.");
    // A stranger may answer from another network than the one that was asked: phones change theirs.
    let (user, _) = asked.key();
    let state = tx.ceremony_take(&fingerprint(ceremony), (purpose.key(), user)).await?.ok_or_else(late)?;
    Ok(serde_json::from_str(&state)?)
}
