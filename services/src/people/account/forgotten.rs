//! Forgotten passwords: a link by mail to choose another one.

use domain::{Draft, Error, InvitationDraft, Invitee, Origin};
use tracing::Instrument;

use super::link::{Link, LinkKind};
use crate::{
    Result, Services,
    kernel::{
        authz::NO_PARTNER,
        mail::Mailer,
        password::{Names, network_of},
        token::fingerprint,
    },
    people::{
        session::{self, check_sign_in},
        user,
    },
};

/// A user gets no second link within this time, so that nobody can fill a mailbox. The first one still works.
const PAUSE_SECONDS: i64 = 5 * 60;

/// Many people can share an address, so it gets this many times the attempts of one person.
const ADDRESS_PATIENCE: i64 = 3;

impl Services {
    /// Whether the sign-in page can offer a link by mail.
    #[must_use]
    pub const fn password_is_mailed(&self) -> bool {
        self.mailer.is_some()
    }

    /// Mails a link to choose another password to the user with a login name. The answer is the same for every name, and comes before the name is looked
    /// up, so that its time tells nothing either.
    ///
    /// # Errors
    /// `Conflict` without a mail server, `Invalid` under `login` after too many attempts from the address.
    pub async fn password_forgotten(&self, login: &str, origin: &Origin) -> Result<()> {
        let Some(mailer) = self.mailer.clone() else {
            return Err(Error::conflict("This server sends no mail. Ask your administrator for a password link.").into());
        };
        self.request_attempt(&format!("forgotten:{}", network_of(origin)), ADDRESS_PATIENCE, "login").await?;
        let (services, login, origin) = (self.clone(), login.to_owned(), origin.clone());
        let send = async move {
            if let Err(fault) = services.password_link_mail(&mailer, &login, &origin).await {
                tracing::warn!(cause = %fault, "a password link can't be mailed");
            }
        };
        tokio::spawn(send.in_current_span());
        Ok(())
    }

    async fn password_link_mail(&self, mailer: &Mailer, login: &str, origin: &Origin) -> Result<()> {
        let (account, hash) = self.store.account_by_login(login).await?.unzip();
        let partner = account.as_ref().map_or(NO_PARTNER, |account| account.partner);
        let mut tx = self.system("whoever forgot their password has no session", partner).await?;
        let account = match (account, hash) {
            (Some(account), Some(hash)) => tx.account_of_password(account.user.id, &hash).await?,
            _ => None,
        };
        self.audit_stranger(&mut tx, "password.forgotten", account.as_ref(), origin).await?;
        let mail = match account.filter(|account| account.active && !account.user.email.is_empty()) {
            Some(account) if !tx.link_is_recent(account.user.id, LinkKind::Password, tx.now.plus_seconds(-PAUSE_SECONDS)).await? => {
                let link = self.link_create(&mut tx, LinkKind::Password, account.user.id, &account.user.email).await?;
                Some(mailer.forgotten_password(&account.user, &link))
            }
            _ => None,
        };
        let now = tx.now;
        tx.commit().await?;
        if let Some(mail) = mail {
            mailer.send(mail, now).await;
        }
        Ok(())
    }

    /// The user of a link, to show its page.
    ///
    /// # Errors
    /// `NotFound` if it doesn't work.
    pub async fn password_link_check(&self, token: &str) -> Result<Invitee> {
        let Link { account, .. } = self.link_read(LinkKind::Password, token).await?;
        Ok(Invitee { user: account.user, organization: account.organization })
    }

    /// Uses a link: sets the user's password and ends all their sessions. They sign in as usual afterwards, so the link stands for nothing but the
    /// password.
    ///
    /// # Errors
    /// `NotFound` if the link doesn't work, `Invalid` with every wrong field, `Forbidden` if the user can't sign in; the link then stays valid.
    pub async fn password_reset(&self, token: &str, draft: &InvitationDraft, origin: &Origin) -> Result<()> {
        let Link { account, .. } = self.link_read(LinkKind::Password, token).await?;
        let password = draft.clone().check(())?;
        let hash = self.password_hash(&password, &Names::of(&account.user, &account.organization), "password").await?;
        let (key, missing) = (fingerprint(token), Error::NotFound);
        let mut tx = self.system("the link is used without a session", account.partner).await?;
        let Link { account, .. } = tx.link_find(&key, LinkKind::Password).await?.ok_or(missing.clone())?;
        check_sign_in(&account, origin)?;
        if !tx.link_use(&key).await? {
            return Err(missing.into());
        }
        user::set_password(&mut tx, account.user.id, &hash, false).await?;
        session::end_all(&mut tx, account.user.id).await?;
        self.audit_stranger(&mut tx, "password.reset", Some(&account), origin).await?;
        tx.account_forgive(&account.user.login).await?;
        let now = tx.now;
        tx.commit().await?;
        self.mail_later(|mailer| vec![mailer.password_changed(&account.user, now)]);
        Ok(())
    }
}
