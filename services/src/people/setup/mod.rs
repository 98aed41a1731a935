//! The first start: a one-time link with which the first administrator is made.

mod store;

use domain::{AdministratorDraft, Draft, Error, Origin};

use crate::{
    Browser, NewUser, Result, Services, SignedIn,
    kernel::{
        authz::NO_PARTNER,
        email,
        token::{fingerprint, token_text},
    },
};

const LINK_SECONDS: i64 = 24 * 60 * 60;

impl Services {
    /// The secret of a new set-up link while there is no user at all. Links that were made before are void.
    ///
    /// # Errors
    /// Only failures.
    pub async fn setup_link(&self) -> Result<Option<String>> {
        if self.store.has_users().await? {
            return Ok(None);
        }
        let token = token_text(self.ids.secret());
        let mut tx = self.system("nobody exists who could make the link", NO_PARTNER).await?;
        tx.setup_link_replace(&fingerprint(&token), tx.now.plus_seconds(LINK_SECONDS)).await?;
        tx.commit().await?;
        Ok(Some(token))
    }

    /// Whether the link still works, to show its page.
    ///
    /// # Errors
    /// `NotFound` if not.
    pub async fn setup_check(&self, token: &str) -> Result<()> {
        let mut tx = self.system_read("whoever has the link is nobody yet", NO_PARTNER).await?;
        if tx.setup_link_exists(&fingerprint(token)).await? { Ok(()) } else { Err(Error::NotFound.into()) }
    }

    /// Uses the link up: makes the partner and its first administrator, and signs the administrator in.
    ///
    /// # Errors
    /// `NotFound` if the link doesn't work, `Invalid` with every wrong field.
    pub async fn setup_complete(&self, token: &str, draft: AdministratorDraft, browser: &Browser, origin: &Origin) -> Result<SignedIn> {
        self.setup_check(token).await?;
        let email = draft.email.clone();
        let profile = email::checked(draft.check(()), &[("email", Some(&email))])?;
        let hash = self.password_hash(&profile.password).await?;

        let mut tx = self.system("the link's owner is nobody yet", NO_PARTNER).await?;
        if !tx.setup_link_use(&fingerprint(token)).await? {
            return Err(Error::NotFound.into());
        }
        let partner = self.partner_add(&mut tx, &profile.organization).await?;
        let administrator = NewUser {
            partner,
            client: None,
            login: profile.email.clone(),
            first_name: profile.first_name,
            last_name: profile.last_name,
            email: profile.email,
            password: profile.password,
            role: "Partner Administrator".to_owned(),
        };
        let user = self.user_add(&mut tx, &administrator, &hash).await?;
        let account = tx.account_of_password(user, &hash).await?.ok_or(Error::NotFound)?;
        tx.account_forgive(&account.user.login).await?;
        let signed_in = self.session_open(&mut tx, &account, Some(browser), origin).await?;
        tx.commit().await?;
        Ok(signed_in)
    }
}
