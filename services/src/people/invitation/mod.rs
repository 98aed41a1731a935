//! Invitations: a one-time link by which a user chooses a password, the first or, where it is forgotten, another.

mod store;

use domain::{Caller, ClientId, Draft, Error, Invitation, InvitationDraft, Invitee, Mailed, Origin, PartnerId, UserId, UserProfile, UserStatus};

use tracing::Instrument;

use super::{account::Account, session::admit};
use crate::{
    Browser, Fault, Result, Services, SignedIn,
    kernel::{
        Tx,
        authz::NO_PARTNER,
        token::{fingerprint, token_text},
    },
    people::{session, user},
};

/// Long enough for a weekend.
pub(crate) const LINK_SECONDS: i64 = 72 * 60 * 60;

impl Services {
    /// Makes a link for a user and mails it, where a mail server is set up. The one before is void; the password, if there is one, works until the link is used.
    ///
    /// # Errors
    /// `NotFound`; `Forbidden` without the permission to manage users, and for a user who holds more than the caller; `Conflict` for a user
    /// who is not active.
    pub async fn invitation_create(&self, caller: &Caller, user: UserId) -> Result<Invitation> {
        let (mut tx, user) = self.user_to_change(caller, user).await?;
        if user.row.status != UserStatus::Active {
            return Err(Error::Conflict { reason: "The user is not active: activate it first.".to_owned() }.into());
        }
        let invitation = self.invite(&mut tx, user.row.id, user.row.client).await?;
        tx.commit().await?;
        Ok(self.invitation_mail(caller, &user.row.profile, invitation).await)
    }

    /// Makes a link, within a transaction that may. Once that is committed, [`Services::invitation_mail`] is due.
    pub(crate) async fn invite(&self, tx: &mut Tx, user: UserId, client: Option<ClientId>) -> Result<Invitation> {
        let token = token_text(self.ids.secret());
        let expires = tx.now.plus_seconds(LINK_SECONDS);
        tx.invitation_replace(&fingerprint(&token), user, expires).await?;
        self.audit(tx, "invitation.create", user, client, &[]).await?;
        Ok(Invitation { token, expires, mailed: Mailed::No })
    }

    /// Mails a link that is in force already, and says what became of that. A mail that can't be sent takes nothing back: the link is still shown.
    pub(crate) async fn invitation_mail(&self, caller: &Caller, user: &UserProfile, invitation: Invitation) -> Invitation {
        let Some(mailer) = self.mailer.clone() else { return invitation };
        let mail = mailer.invitation(&caller.organization, user, &invitation);
        let now = self.clock.now();
        // In a background task, so that the mail is sent even if the request is cancelled.
        let sent = tokio::spawn(async move { mailer.send(mail, now).await }.in_current_span()).await;
        let address = user.email.clone();
        let mailed = if sent.is_ok_and(|accepted| accepted) { Mailed::To(address) } else { Mailed::Failed(address) };
        Invitation { mailed, ..invitation }
    }

    /// Whom a link is for, to show its page.
    ///
    /// # Errors
    /// `NotFound` if it doesn't work.
    pub async fn invitation_check(&self, token: &str) -> Result<Invitee> {
        let key = fingerprint(token);
        let partner = self.invitation_partner(&key).await?;
        let mut tx = self.system_read("whoever has the link is nobody yet", partner).await?;
        let account = self.invited(&mut tx, &key).await?;
        Ok(Invitee { user: account.user, organization: account.organization })
    }

    /// Uses a link up: its user gets the password, all its sessions end, and it is signed in. Whoever has the link is let in even where strangers' wrong
    /// passwords have locked the account.
    ///
    /// # Errors
    /// `NotFound` if the link doesn't work, also because its user now holds more than who made it; `Invalid` with every wrong field, `Forbidden` if the user couldn't sign in; then the link stays
    /// valid.
    pub async fn invitation_accept(&self, token: &str, draft: &InvitationDraft, browser: &Browser, origin: &Origin) -> Result<SignedIn> {
        let key = fingerprint(token);
        let partner = self.invitation_partner(&key).await?;
        let password = draft.clone().check(())?;
        let hash = self.password_hash(&password).await?;
        let mut tx = self.system("the link's owner is nobody yet", partner).await?;
        let account = self.invited(&mut tx, &key).await?;
        // A user who can't sign in keeps the link for when the reason is gone.
        admit(&account, origin)?;
        if !tx.invitation_use(&key).await? {
            return Err(Error::NotFound.into());
        }
        user::set_password(&mut tx, account.user.id, &hash, false).await?;
        session::end_all(&mut tx, account.user.id).await?;
        self.audit_stranger(&mut tx, "invitation.accept", Some(&account), origin).await?;
        tx.account_forgive(&account.user.login).await?;
        let signed_in = self.session_open(&mut tx, &account, Some(browser), origin).await?;
        tx.commit().await?;
        Ok(signed_in)
    }

    async fn invitation_partner(&self, key: &str) -> Result<PartnerId> {
        let mut tx = self.system_read("whoever has the link is nobody yet", NO_PARTNER).await?;
        Ok(tx.invitation_find(key).await?.ok_or(Error::NotFound)?.partner)
    }

    /// Whose a link is, if it works. Who made it has seen it, so it must not let them sign in as somebody who has come to more than they have.
    async fn invited(&self, tx: &mut Tx, key: &str) -> Result<Account> {
        let account = tx.invitation_find(key).await?.ok_or(Error::NotFound)?;
        if let Some(maker) = tx.invitation_maker(key).await? {
            match self.outrank_check_as(tx, maker, (account.user.id, account.client)).await {
                Err(Fault::Refused(Error::Forbidden { .. })) => return Err(Error::NotFound.into()),
                checked => checked?,
            }
        }
        Ok(account)
    }
}

/// Takes back the link of a user, if there is one: the password was chosen otherwise, the address has changed, or the user may not come in.
pub(crate) async fn withdraw(tx: &mut Tx, user: UserId) -> Result<()> {
    tx.invitation_delete(user).await
}
