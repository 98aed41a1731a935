//! First start: a one-time link to create the first administrator.

mod store;

use domain::{AdministratorDraft, Draft, Error, Origin};

use crate::{
    Browser, NewUser, Operator, Result, Services, SignedIn,
    kernel::{
        authz::NO_PARTNER,
        email,
        password::Names,
        token::{fingerprint, token_text},
    },
};

const LINK_SECONDS: i64 = 24 * 60 * 60;

impl Operator<'_> {
    /// Creates a set-up link and returns its token; none if there are users. It replaces earlier links.
    ///
    /// # Errors
    /// Only failures.
    pub async fn setup_link(&self) -> Result<Option<String>> {
        if self.0.store.has_users().await? {
            return Ok(None);
        }
        let token = token_text(self.0.ids.secret());
        let mut tx = self.0.command("there are no users before set-up", NO_PARTNER).await?;
        tx.setup_link_replace(&fingerprint(&token), tx.now.plus_seconds(LINK_SECONDS)).await?;
        tx.commit().await?;
        Ok(Some(token))
    }
}

impl Services {
    /// Whether the link still works, to show its page.
    ///
    /// # Errors
    /// `NotFound` if not.
    pub async fn setup_check(&self, token: &str) -> Result<()> {
        let mut tx = self.system_read("the link is used without a session", NO_PARTNER).await?;
        if tx.setup_link_exists(&fingerprint(token)).await? { Ok(()) } else { Err(Error::NotFound.into()) }
    }

    /// Uses the link: creates the partner and its first administrator, and signs them in.
    ///
    /// # Errors
    /// `NotFound` if the link doesn't work, `Invalid` with every wrong field.
    pub async fn setup_complete(&self, token: &str, draft: AdministratorDraft, browser: &Browser, origin: &Origin) -> Result<SignedIn> {
        self.setup_check(token).await?;
        let email = draft.email.clone();
        let profile = email::checked(draft.check(()), &[("email", Some(&email))])?;
        let names = Names::of_texts(&[&profile.first_name, &profile.last_name, &profile.email], &profile.organization);
        let hash = self.password_hash(&profile.password, &names, "password").await?;

        let mut tx = self.system("the link is used without a session", NO_PARTNER).await?;
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
