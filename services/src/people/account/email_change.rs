//! Changing one's own e-mail address, which a link to the new one confirms.

use domain::{Caller, Change, Draft, EmailChangeDraft, EmailChangeLink, EmailSetting, Error, Origin, PendingEmail};

use super::link::{Link, LinkKind};
use crate::{
    Result, Services,
    kernel::{email, token::fingerprint},
    people::{
        session::{check_sign_in, throttle::AttemptBy},
        user,
    },
};

impl Services {
    /// Mails a link to the new address of the caller's user. The address so far is used until the link is.
    ///
    /// # Errors
    /// `Unproved`; `Invalid` for an address that is wrong or the present one, a wrong password, or after too many attempts; `Conflict` without a mail server.
    pub async fn email_change_begin(&self, caller: &Caller, draft: EmailChangeDraft) -> Result<PendingEmail> {
        if caller.session.is_none() {
            return Err(Error::Unauthenticated.into());
        }
        // Before the password, so that sending the form again with a code doesn’t cost a second password attempt.
        drop(self.authorize_self_proved(caller).await?);
        let Some(mailer) = self.mailer.clone() else {
            return Err(Error::conflict("This server sends no mail. Ask your administrator to change your e-mail address.").into());
        };
        let (typed, password) = (draft.email.clone(), draft.password.clone());
        let email = email::checked(draft.check(&caller.user.email), &[("email", Some(&typed))])?;
        let wrong = || Error::invalid("password", "The current password is wrong.");
        let proved =
            self.password_prove(AttemptBy::Session, &caller.user.login, &password, &caller.origin, "password", "email.change-failed").await?;
        let proved = proved.ok_or_else(wrong)?;
        self.request_attempt(&format!("email:{}", caller.user.id), 1, "email").await?;
        let mut tx = self.authorize_self_proved(caller).await?;
        tx.account_of_password(caller.user.id, &proved.hash).await?.ok_or_else(wrong)?;
        let link = self.link_create(&mut tx, LinkKind::Email, caller.user.id, &email).await?;
        let change = Change::of("email", "Email", &caller.user.email, &email);
        self.audit(&mut tx, "email.change", caller.user.id, caller.client, change.as_slice()).await?;
        let now = tx.now;
        tx.commit().await?;
        let pending = PendingEmail { email, expires: link.expires };
        mailer.clone().send_later(vec![mailer.new_email(&caller.user, &pending.email, &link)], now);
        Ok(pending)
    }

    /// Whether the caller can change their address, and the one that they have still to confirm.
    ///
    /// # Errors
    /// Only failures.
    pub async fn email_setting(&self, caller: &Caller) -> Result<EmailSetting> {
        let pending = self.authorize_self_read(caller).await?.link_pending(caller.user.id).await?;
        Ok(EmailSetting { has_mail: self.mailer.is_some(), pending })
    }

    /// Withdraws the link to an address that isn't confirmed yet.
    ///
    /// # Errors
    /// Only failures: nothing to withdraw is no error.
    pub async fn email_change_cancel(&self, caller: &Caller) -> Result<()> {
        let mut tx = self.authorize_self(caller).await?;
        if tx.link_pending(caller.user.id).await?.is_none() {
            return Ok(());
        }
        tx.link_delete(caller.user.id, LinkKind::Email).await?;
        self.audit(&mut tx, "email.cancel", caller.user.id, caller.client, &[]).await?;
        tx.commit().await
    }

    /// What a link would change, to show its page.
    ///
    /// # Errors
    /// `NotFound` if it doesn't work.
    pub async fn email_change_check(&self, token: &str) -> Result<EmailChangeLink> {
        let Link { account, email } = self.link_read(LinkKind::Email, token).await?;
        Ok(EmailChangeLink { login: account.user.login, email })
    }

    /// Uses a link: the user has the new address from now on, and the one so far is told.
    ///
    /// # Errors
    /// `NotFound` if the link doesn't work, `Forbidden` if the user can't sign in; the link then stays valid.
    pub async fn email_change_confirm(&self, token: &str, origin: &Origin) -> Result<()> {
        let partner = self.link_read(LinkKind::Email, token).await?.account.partner;
        let (key, missing) = (fingerprint(token), Error::NotFound);
        let mut tx = self.system("the link is used without a session", partner).await?;
        let Link { account, email } = tx.link_find(&key, LinkKind::Email).await?.ok_or(missing.clone())?;
        check_sign_in(&account, origin)?;
        if !tx.link_use(&key).await? {
            return Err(missing.into());
        }
        let before = user::set_email(&mut tx, account.user.id, &email).await?.row.profile.email;
        let change = Change::of("email", "Email", &before, &email);
        tx.audit_stranger("email.confirm", Some(&account), origin, change.as_slice()).await?;
        let now = tx.now;
        tx.commit().await?;
        self.mail_later(|mailer| vec![mailer.email_changed(&account.user, (&before, &email), &before, now)]);
        Ok(())
    }
}
