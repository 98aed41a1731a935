//! One-time links that users get by mail, which prove that they read it.

use domain::{Error, Timestamp, UserId};

use super::Account;
use crate::{
    Result, Services,
    kernel::{
        Tx,
        authz::NO_PARTNER,
        token::{fingerprint, token_text},
    },
};

/// What a link is for.
#[derive(Clone, Copy, Debug)]
pub(super) enum LinkKind {
    /// To choose another password.
    Password,
    /// To confirm a new e-mail address.
    Email,
}

impl LinkKind {
    const ALL: [Self; 2] = [Self::Password, Self::Email];

    /// As stored.
    pub(super) const fn key(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::Email => "email",
        }
    }

    /// How long a link works. Whoever forgot their password waits for the mail; an address can be another person's to confirm tomorrow.
    pub(super) const fn seconds(self) -> i64 {
        match self {
            Self::Password => 30 * 60,
            Self::Email => 24 * 60 * 60,
        }
    }
}

/// A valid link.
pub(super) struct Link {
    pub(super) account: Account,
    /// The address that it was sent to.
    pub(super) email: String,
}

/// A new link, for its mail.
pub(crate) struct MailedLink {
    pub(crate) token: String,
    pub(crate) expires: Timestamp,
}

impl Services {
    /// Creates a link, which replaces an earlier one of its kind.
    pub(super) async fn link_create(&self, tx: &mut Tx, kind: LinkKind, user: UserId, email: &str) -> Result<MailedLink> {
        let token = token_text(self.ids.secret());
        let expires = tx.link_replace(&fingerprint(&token), kind, user, email).await?;
        Ok(MailedLink { token, expires })
    }

    /// A link as it is now. The transaction that uses it must look again.
    ///
    /// # Errors
    /// `NotFound` if it doesn't work.
    pub(super) async fn link_read(&self, kind: LinkKind, token: &str) -> Result<Link> {
        let mut tx = self.system_read("the link is used without a session", NO_PARTNER).await?;
        Ok(tx.link_find(&fingerprint(token), kind).await?.ok_or(Error::NotFound)?)
    }
}

/// Deletes a user's links.
pub(crate) async fn withdraw(tx: &mut Tx, user: UserId) -> Result<()> {
    for kind in LinkKind::ALL {
        tx.link_delete(user, kind).await?;
    }
    Ok(())
}

/// Deletes the links of all users that have expired.
pub(crate) async fn forget_expired(tx: &mut Tx) -> Result<()> {
    tx.links_delete_expired().await
}
