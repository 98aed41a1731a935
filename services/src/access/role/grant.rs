//! Nobody can grant or assign more than they hold, and a full administrator always remains.

use domain::{Area, Caller, ClientId, Error, Grant, Permission, PermissionBits, RoleScope, partner_changes};

use super::store::grant::GivenRole;
use crate::{Result, Services, kernel::Tx};

/// The most permissions that a message names; more are counted.
const NAMED: usize = 3;

/// The clients that a role covers.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Coverage {
    /// Every client of the partner.
    All,
    /// One client.
    One(ClientId),
    /// Those that the role lists.
    Listed,
}

impl Services {
    /// Refuses roles that grant more than the caller holds: the caller must hold each permission of a role, through roles that together cover at
    /// least what the role covers. Call it twice in a transaction: before a change of anything that has roles (a role, group, permission set, key or
    /// user), and after roles were changed or assigned. `to` is the client whose users have the roles and who see only that client; `None` for the
    /// partner's users or any client's. Without a caller nothing is refused.
    ///
    /// # Errors
    /// `Forbidden` naming the role and what the caller lacks.
    pub(crate) async fn outrank_check(&self, tx: &mut Tx, roles: &[i64], to: Option<ClientId>) -> Result<()> {
        let Some(caller) = tx.caller.clone() else { return Ok(()) };
        for role in tx.given_roles(roles).await? {
            let lacking = lacking(tx, &caller, &role, to).await?;
            if let Some(what) = names(&lacking) {
                let name = &role.grant.role;
                return Err(Error::forbidden(format!("The role “{name}” gives more than you have yourself where it reaches: {what}.")).into());
            }
            if let Some(things) = tx.role_lists_unseen(&role.grant).await? {
                return Err(Error::forbidden(format!(
                    "The role “{}” lists {things} for which you don't hold its permissions yourself.",
                    role.grant.role
                ))
                .into());
            }
        }
        Ok(())
    }

    /// Whether the caller could give users of a client, or of the partner, every role there can be: it holds all that such a role gives.
    pub(crate) async fn can_give_every_role(&self, tx: &mut Tx, to: Option<ClientId>) -> Result<bool> {
        let Some(caller) = tx.caller.clone() else { return Ok(true) };
        let (scope, permissions) = match to {
            Some(_) => (RoleScope::Client, PermissionBits::all().without(partner_changes().collect())),
            None => (RoleScope::Msp, PermissionBits::all()),
        };
        let whole = Grant { number: 0, role: String::new(), permissions, all_clients: true, all_devices: true, all_credentials: true };
        let strongest = GivenRole { grant: whole, scope, client: to, lists_clients: false };
        Ok(lacking(tx, &caller, &strongest, to).await?.is_empty())
    }

    /// Refuses to leave the partner without a full administrator: an active person whose roles for all clients together hold every permission. Call
    /// it in the transaction after removing a role, a permission or a user.
    ///
    /// # Errors
    /// `Conflict` saying what to do first.
    pub(crate) async fn administrator_check(&self, tx: &mut Tx) -> Result<()> {
        if tx.has_administrator().await? {
            return Ok(());
        }
        let reason = "This would leave nobody with every permission for all clients. Make somebody else a full administrator first.";
        Err(Error::conflict(reason).into())
    }
}

/// The permissions of the role that the caller doesn't hold at every client the role covers.
async fn lacking(tx: &mut Tx, caller: &Caller, role: &GivenRole, to: Option<ClientId>) -> Result<Vec<Permission>> {
    let coverage = coverage(role, caller.client.or(to));
    let mut lacking = Vec::new();
    // Most permissions come from the same roles, so each combination of roles is looked up once.
    let mut known: Vec<(Vec<i64>, bool)> = Vec::new();
    for permission in role.grant.permissions.iter() {
        let holding: Vec<&Grant> = caller.granting(permission).filter(|own| sees_as_much(own, &role.grant, permission)).collect();
        let holders: Vec<i64> = holding.iter().map(|own| own.number).collect();
        let covers = if holding.is_empty() {
            false
        } else if caller.client.is_some() || holding.iter().any(|own| own.all_clients) {
            true
        } else if let Some((_, covers)) = known.iter().find(|(roles, _)| *roles == holders) {
            *covers
        } else {
            let covers = match coverage {
                Coverage::All => false,
                Coverage::One(client) => tx.client_standing(caller, client).await?.listed_by.iter().any(|role| holders.contains(role)),
                Coverage::Listed => !tx.role_lists_beyond(role.grant.number, &holders).await?,
            };
            known.push((holders, covers));
            covers
        };
        if !covers {
            lacking.push(permission);
        }
    }
    Ok(lacking)
}

/// Whatever the role, a client's users see only their client.
fn coverage(role: &GivenRole, to: Option<ClientId>) -> Coverage {
    match (role.scope, role.client.or(to)) {
        (RoleScope::Client, Some(client)) => Coverage::One(client),
        _ if role.grant.all_clients => Coverage::All,
        (RoleScope::Client, None) if !role.lists_clients => Coverage::All,
        _ => Coverage::Listed,
    }
}

/// Whether the caller's role sees all devices, or credential sets, if the other role does and the permission is about them.
fn sees_as_much(own: &Grant, other: &Grant, permission: Permission) -> bool {
    match permission.area() {
        Area::Devices => own.all_devices || !other.all_devices,
        Area::CredentialSets => own.all_credentials || !other.all_credentials,
        _ => true,
    }
}

/// The first few permissions by name, and how many more; none for an empty list.
fn names(permissions: &[Permission]) -> Option<String> {
    let names: Vec<_> = permissions.iter().take(NAMED).map(|permission| format!("“{}”", permission.name())).collect();
    match permissions.len().saturating_sub(NAMED) {
        _ if names.is_empty() => None,
        0 => Some(names.join(", ")),
        more => Some(format!("{} and {more} more", names.join(", "))),
    }
}
