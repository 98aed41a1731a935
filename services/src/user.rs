//! Users, as far as sign-in needs them.

use domain::{ClientId, Error, NewPassword, PartnerId, RoleScope, UserId, Violations};

use crate::{
    Fault, Result, Services,
    store::{Tx, UserRow},
};

/// A user to be made.
pub struct NewUser {
    /// To which partner it belongs, directly or through its client.
    pub partner: PartnerId,
    /// To which client, if it is a client's user.
    pub client: Option<ClientId>,
    /// What it signs in with.
    pub login: String,
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    /// E-mail address.
    pub email: String,
    /// Password.
    pub password: NewPassword,
    /// The name of its role: one for partner users or for client users, as it is one.
    pub role: String,
}

impl Services {
    /// Makes a user, for the operator: from the command line and for demo data.
    ///
    /// # Errors
    /// `Invalid` for a login name that is missing or taken, or a role that doesn't exist or isn't for such a user; `NotFound` for a
    /// client that isn't the partner's.
    pub async fn user_create(&self, user: NewUser) -> Result<UserId> {
        let hash = self.password_hash(&user.password).await?;
        let mut tx = self.system("the operator makes users", user.partner).await?;
        let id = self.user_add(&mut tx, &user, &hash).await?;
        tx.commit().await?;
        Ok(id)
    }

    /// As [`Services::user_create`], within a transaction.
    pub(crate) async fn user_add(&self, tx: &mut Tx, user: &NewUser, password_hash: &str) -> Result<UserId> {
        if let Some(client) = user.client
            && !tx.client_takes_users(client).await?
        {
            return Err(Error::NotFound.into());
        }
        let scope = if user.client.is_some() { RoleScope::Client } else { RoleScope::Msp };
        let role = tx.role_by_name(&user.role, scope).await?;
        let login = user.login.trim();
        let mut violations = Violations::new();
        violations.add_if(login.is_empty(), "login", "Enter a login name.");
        violations.add_if(login.chars().count() > 254, "login", "Use at most 254 characters.");
        if role.is_none() {
            let whose = if user.client.is_some() { "a client's users" } else { "the partner's users" };
            violations.add("role", format!("There is no role “{}” for {whose}.", user.role));
        }
        let (Some(role), true) = (role, violations.is_empty()) else { return Err(Error::Invalid { violations }.into()) };

        let id = UserId::new(tx.next_number("user").await?);
        let (first_name, last_name, email) = (user.first_name.trim(), user.last_name.trim(), user.email.trim());
        let inserted = tx.user_insert(UserRow { id, client: user.client, login, first_name, last_name, email, password_hash }).await;
        inserted.map_err(|fault| if fault.is_duplicate() { Fault::from(Error::invalid("login", "This login name is taken.")) } else { fault })?;
        tx.role_user_insert(role, id).await?;
        self.audit(tx, "user.create", id, user.client, &[]).await?;
        Ok(id)
    }
}
