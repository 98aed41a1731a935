//! Invitations: one-time links to set a first or another password.

mod store;

use domain::{Caller, ClientId, Draft, Error, Invitation, InvitationDraft, Invitee, Mailed, Origin, Permission, UserId, UserProfile, UserStatus};

use tracing::Instrument;

use super::{
    account::{self, Account},
    session::check_sign_in,
};
use crate::{
    Browser, Fault, Result, Services, SignedIn,
    kernel::{
        Tx,
        authz::NO_PARTNER,
        password::Names,
        proof::proved,
        token::{fingerprint, token_text},
    },
    people::{session, user},
};

/// Long enough for a weekend.
pub(crate) const LINK_SECONDS: i64 = 72 * 60 * 60;

impl Services {
    /// Creates a link for a user and mails it if a mail server is configured. It replaces an earlier link; an existing password works until the link
    /// is used.
    ///
    /// # Errors
    /// `NotFound`; `Forbidden` without the permission to manage users, for the caller themselves, and for a user who holds more than the caller;
    /// `Unproved`; `Conflict` for an inactive user.
    pub async fn invitation_create(&self, caller: &Caller, user: UserId) -> Result<Invitation> {
        let (mut tx, user) = self.user_to_change_by(caller, user, proved(Permission::UserManage)).await?;
        if user.row.id == caller.user.id {
            return Err(Error::forbidden("Change your own password on your account page.").into());
        }
        if user.row.status != UserStatus::Active {
            return Err(Error::conflict("The user is not active: activate it first.").into());
        }
        let invitation = self.invite(&mut tx, user.row.id, user.row.client).await?;
        tx.commit().await?;
        Ok(self.invitation_mail(caller, &user.row.profile, invitation).await)
    }

    /// Creates a link within an authorized transaction. After the commit, call [`Services::invitation_mail`].
    pub(crate) async fn invite(&self, tx: &mut Tx, user: UserId, client: Option<ClientId>) -> Result<Invitation> {
        let token = token_text(self.ids.secret());
        let expires = tx.now.plus_seconds(LINK_SECONDS);
        tx.invitation_replace(&fingerprint(&token), user, expires).await?;
        self.audit(tx, "invitation.create", user, client, &[]).await?;
        Ok(Invitation { token, expires, mailed: Mailed::No })
    }

    /// Mails a committed link and records whether that worked. After a failure the link is still shown.
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

    /// The user of a link, to show its page.
    ///
    /// # Errors
    /// `NotFound` if it doesn't work.
    pub async fn invitation_check(&self, token: &str) -> Result<Invitee> {
        let key = fingerprint(token);
        let account = self.invitation_account(&key).await?;
        Ok(Invitee { user: account.user, organization: account.organization })
    }

    /// Uses a link: sets the user's password, ends all their sessions and signs them in, even if wrong passwords have locked the account.
    ///
    /// # Errors
    /// `NotFound` if the link doesn't work, or its maker couldn't make it any more; `Invalid` with every wrong field, `Forbidden` if the user
    /// can't sign in; the link then stays valid.
    pub async fn invitation_accept(&self, token: &str, draft: &InvitationDraft, browser: &Browser, origin: &Origin) -> Result<SignedIn> {
        let key = fingerprint(token);
        let account = self.invitation_account(&key).await?;
        let password = draft.clone().check(())?;
        let hash = self.password_hash(&password, &Names::of(&account.user, &account.organization), "password").await?;
        let mut tx = self.system("the link is used without a session", account.partner).await?;
        let account = self.invited(&mut tx, &key).await?;
        // Checked before the link is used, so that it stays valid for a user who can't sign in yet.
        check_sign_in(&account, origin)?;
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

    /// The account of a valid link. The transaction that uses it must look again.
    async fn invitation_account(&self, key: &str) -> Result<Account> {
        let reason = "the link is used without a session";
        let partner = self.system_read(reason, NO_PARTNER).await?.invitation_find(key).await?.ok_or(Error::NotFound)?.partner;
        let mut tx = self.system_read(reason, partner).await?;
        self.invited(&mut tx, key).await
    }

    /// The account of a valid link. Its maker knows it, so it is valid only while the maker could make it.
    async fn invited(&self, tx: &mut Tx, key: &str) -> Result<Account> {
        let account = tx.invitation_find(key).await?.ok_or(Error::NotFound)?;
        if let Some(maker) = tx.invitation_maker(key).await? {
            // A link for oneself would replace the current password without knowing it.
            let maker = account::acting(tx, maker).await?.filter(|maker| maker.user.id != account.user.id).ok_or(Error::NotFound)?;
            match self.user_manage_check_as(tx, maker, (account.user.id, account.client)).await {
                Err(Fault::Refused(_)) => return Err(Error::NotFound.into()),
                checked => checked?,
            }
        }
        Ok(account)
    }
}

/// Deletes a user's link, if any.
pub(crate) async fn withdraw(tx: &mut Tx, user: UserId) -> Result<()> {
    tx.invitation_delete(user).await
}
