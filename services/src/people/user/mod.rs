//! Users.

mod assignment;
mod change;
mod picture;
mod read;
mod restore;
mod state;
mod store;

use domain::{ClientId, Error, NewPassword, PartnerId, RoleScope, User, UserId, UserProfile, Violations};

use crate::{
    Operator, Result, Services,
    access::role,
    kernel::{Tx, authz::Owned, password::Names, refusal::duplicate},
    people::{account, invitation, session},
};
pub(crate) use picture::file as picture_file;
pub(crate) use restore::RestoredUser;
use store::NewUserRow;
pub(crate) use store::{
    Details, UserKeys, email_key,
    list::{AUTHOR_TABLES, AUTHORS, author, of_owner, search_users, user_group_summary, user_row},
};

const LOGIN_TAKEN: &str = "This login name is taken.";

/// A user that the operator creates.
pub struct NewUser {
    /// The partner, directly or through the client.
    pub partner: PartnerId,
    /// The client, for a client's user.
    pub client: Option<ClientId>,
    /// Login name.
    pub login: String,
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    /// E-mail address.
    pub email: String,
    /// Password.
    pub password: NewPassword,
    /// Name of the role, whose scope must be partner or client like the user's.
    pub role: String,
}

impl Owned for User {
    fn owner(&self) -> Option<ClientId> {
        self.row.client
    }
}

impl Operator<'_> {
    /// Creates a user with a password and a role.
    ///
    /// # Errors
    /// `Invalid` for a login name that is missing or taken, or a role that doesn't exist or has another scope; `NotFound` for a client that isn't the
    /// partner's.
    pub async fn user_create(&self, user: NewUser) -> Result<UserId> {
        let organization = {
            let mut tx = self.0.system_read("the operator creates users", user.partner).await?;
            tx.organization_name(user.client).await?
        };
        let names = Names::of_texts(&[&user.login, &user.first_name, &user.last_name, &user.email], &organization);
        let hash = self.0.password_hash(&user.password, &names, "password").await?;
        let mut tx = self.0.command("the operator creates users", user.partner).await?;
        let id = self.0.user_add(&mut tx, &user, &hash).await?;
        tx.commit().await?;
        Ok(id)
    }
}

impl Services {
    /// As [`Operator::user_create`], within a transaction.
    pub(crate) async fn user_add(&self, tx: &mut Tx, user: &NewUser, password_hash: &str) -> Result<UserId> {
        if let Some(client) = user.client
            && !tx.client_in_service(client).await?
        {
            return Err(Error::NotFound.into());
        }
        let role = self.operator_role(tx, &user.role, user.client).await?;
        let login = user.login.trim().to_owned();
        let mut violations = Violations::new();
        violations.add_if(login.is_empty(), "login", "Enter a login name.");
        violations.add_if(login.chars().count() > 254, "login", "Use at most 254 characters.");
        let role = violations.accept("role", role);
        let (Some(role), true) = (role, violations.is_empty()) else { return Err(Error::Invalid { violations }.into()) };

        let [first_name, last_name, email] = [&user.first_name, &user.last_name, &user.email].map(|text| text.trim().to_owned());
        let profile = UserProfile { login, first_name, last_name, email, ..UserProfile::default() };
        let id = self.user_write(tx, user.client, &profile, password_hash).await?;
        role::give(tx, role, id).await?;
        self.audit(tx, "user.create", id, user.client, &[]).await?;
        Ok(id)
    }

    /// The number of a role by name, or a message that there is none.
    pub(crate) async fn operator_role(&self, tx: &mut Tx, name: &str, client: Option<ClientId>) -> Result<std::result::Result<i64, String>> {
        let (scope, whose) = if client.is_some() { (RoleScope::Client, "a client's users") } else { (RoleScope::Msp, "the partner's users") };
        Ok(tx.role_by_name(name, scope).await?.ok_or_else(|| format!("There is no role “{name}” for {whose}.")))
    }

    /// Inserts a user.
    pub(crate) async fn user_write(&self, tx: &mut Tx, client: Option<ClientId>, profile: &UserProfile, password_hash: &str) -> Result<UserId> {
        let id = tx.user_id_next().await?;
        tx.user_insert(NewUserRow { id, kind: "person", client, profile, password_hash }).await.map_err(duplicate("login", LOGIN_TAKEN))?;
        Ok(id)
    }

    /// Refuses changes to users who hold more than the caller, who could otherwise take over or disable their accounts. Users can always change themselves. `to`
    /// is the users' client.
    ///
    /// # Errors
    /// As [`Services::outrank_check`].
    pub(crate) async fn users_outrank_check(&self, tx: &mut Tx, users: &[UserId], to: Option<ClientId>) -> Result<()> {
        let own = tx.caller()?.user.id;
        let others: Vec<UserId> = users.iter().copied().filter(|user| *user != own).collect();
        let roles = tx.roles_of_users(&others).await?;
        self.outrank_check(tx, &roles, to).await
    }
}

/// Inserts the user of an API key, who never signs in.
pub(crate) async fn make_for_key(tx: &mut Tx, client: Option<ClientId>, profile: &UserProfile) -> Result<UserId> {
    let id = tx.user_id_next().await?;
    tx.user_insert(NewUserRow { id, kind: "key", client, profile, password_hash: "" }).await?;
    Ok(id)
}

/// Renames the user of an API key.
pub(crate) async fn rename_for_key(tx: &mut Tx, user: UserId, login: &str, name: &str) -> Result<()> {
    tx.user_show_as(user, login, name).await
}

/// Sets a user's password; with `change`, they must change it. Deletes the user's links and trusts none of their browsers any more.
pub(crate) async fn set_password(tx: &mut Tx, user: UserId, password_hash: &str, change: bool) -> Result<()> {
    tx.user_password_set(user, password_hash, change).await?;
    session::distrust_browsers(tx, user).await?;
    withdraw_links(tx, user).await
}

/// Sets the e-mail address that a user confirmed, and returns the user as before. Deletes the user's links.
pub(crate) async fn set_email(tx: &mut Tx, user: UserId, email: &str) -> Result<User> {
    let before = tx.user_get(user).await?.ok_or(Error::NotFound)?;
    let mut after = before.clone();
    email.clone_into(&mut after.row.profile.email);
    tx.user_update(&after).await?;
    withdraw_links(tx, user).await?;
    Ok(before)
}

/// Deletes all one-time links of a user, because the password or the e-mail address changed or the user was deactivated.
async fn withdraw_links(tx: &mut Tx, user: UserId) -> Result<()> {
    invitation::withdraw(tx, user).await?;
    account::withdraw_links(tx, user).await
}

/// Ends the sessions and tokens of a client's users, for a suspension.
pub(crate) async fn sign_out_of_client(tx: &mut Tx, client: ClientId) -> Result<()> {
    tx.client_sessions_end(client).await
}

/// Ends all access of a client's users and API keys for good.
pub(crate) async fn end_of_client(tx: &mut Tx, client: ClientId) -> Result<()> {
    tx.client_users_end(client).await
}
