//! Users.

mod assignment;
mod change;
mod picture;
mod read;
mod state;
mod store;

use domain::{ClientId, Error, NewPassword, PartnerId, RoleScope, User, UserId, UserProfile, Violations};

use crate::{
    Fault, Result, Services,
    access::role,
    kernel::{Tx, authz::Owned},
    people::invitation,
};
use store::NewUserRow;
pub(crate) use store::{
    Details, UserKeys, email_key,
    list::{AUTHOR_TABLES, AUTHORS, author, of_owner, search_users, user_group_summary, user_row},
};

/// A user to be made by the operator.
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

impl Owned for User {
    fn owner(&self) -> Option<ClientId> {
        self.row.client
    }
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

    /// The number of a role by its name, as the operator gives it, or a sentence.
    pub(crate) async fn operator_role(&self, tx: &mut Tx, name: &str, client: Option<ClientId>) -> Result<std::result::Result<i64, String>> {
        let (scope, whose) = if client.is_some() { (RoleScope::Client, "a client's users") } else { (RoleScope::Msp, "the partner's users") };
        Ok(tx.role_by_name(name, scope).await?.ok_or_else(|| format!("There is no role “{name}” for {whose}.")))
    }

    /// Writes a new person.
    pub(crate) async fn user_write(&self, tx: &mut Tx, client: Option<ClientId>, profile: &UserProfile, password_hash: &str) -> Result<UserId> {
        let id = tx.user_id_next().await?;
        tx.user_insert(NewUserRow { id, kind: "person", client, profile, password_hash }).await.map_err(taken)?;
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

fn taken(fault: Fault) -> Fault {
    if fault.is_duplicate() { Error::invalid("login", "This login name is taken.").into() } else { fault }
}

fn conflict(reason: &str) -> Fault {
    Error::Conflict { reason: reason.to_owned() }.into()
}

fn somebody_else() -> Fault {
    conflict("Somebody else changed the user meanwhile. Look at it again before you save.")
}

/// Makes the user as whom an API key acts. It never signs in.
pub(crate) async fn make_for_key(tx: &mut Tx, client: Option<ClientId>, profile: &UserProfile) -> Result<UserId> {
    let id = tx.user_id_next().await?;
    tx.user_insert(NewUserRow { id, kind: "key", client, profile, password_hash: "" }).await?;
    Ok(id)
}

/// Shows the user of an API key under the key's new name.
pub(crate) async fn rename_for_key(tx: &mut Tx, user: UserId, login: &str, name: &str) -> Result<()> {
    tx.user_show_as(user, login, name).await
}

/// Gives a user another password, which it must change or not. Links to choose one end with the password before.
pub(crate) async fn set_password(tx: &mut Tx, user: UserId, password_hash: &str, change: bool) -> Result<()> {
    tx.user_password_set(user, password_hash, change).await?;
    invitation::withdraw(tx, user).await
}

/// Ends the sessions and tokens of a client's users, which can come back once the client may.
pub(crate) async fn sign_out_of_client(tx: &mut Tx, client: ClientId) -> Result<()> {
    tx.client_sessions_end(client).await
}

/// Ends all access of a client's users and API keys for good.
pub(crate) async fn end_of_client(tx: &mut Tx, client: ClientId) -> Result<()> {
    tx.client_users_end(client).await
}
