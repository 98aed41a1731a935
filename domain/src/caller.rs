//! Who calls, and the one pure decision about what they may do.

use std::net::IpAddr;

use serde::{Deserialize, Serialize};

use crate::{ClientId, Error, PartnerId, Permission, PermissionBits, TenantId, UserSummary};

/// Where a request came from, for IP restriction, throttling and the audit log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The address of the client, after believed proxies.
    pub ip: IpAddr,
    /// The browser's description of itself, cut to a sane length.
    pub user_agent: String,
}

/// What one role gives its user.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grant {
    /// The role's name.
    pub role: String,
    /// The union of the role's permission sets.
    pub permissions: PermissionBits,
    /// Whether the role sees every client of its organisation.
    pub all_clients: bool,
}

/// On whose things a permission is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// The partner's own things, and whatever concerns all clients.
    Partner(PartnerId),
    /// One client's things.
    Client(ClientId),
    /// Whatever of the wanted kind the caller can see: all clients for a partner's user, the own client for a client's user.
    Visible,
}

/// A signed-in principal and its grants. The page gets one too, to disable a button by the code that will refuse.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Caller {
    /// Who.
    pub user: UserSummary,
    /// The partner it belongs to, directly or through its client.
    pub partner: PartnerId,
    /// The client it belongs to, if it is a client's user.
    pub client: Option<ClientId>,
    /// The name of the partner or client it belongs to.
    pub organization: String,
    /// One per role.
    pub grants: Vec<Grant>,
    /// Where this request came from. It stays on the server.
    #[serde(skip)]
    pub origin: Origin,
    /// The key of the session of this request, if it has one. It stays on the server.
    #[serde(skip)]
    pub session: Option<String>,
}

impl Caller {
    /// The tenant the user belongs to.
    #[must_use]
    pub fn home(&self) -> TenantId {
        self.client.map_or(TenantId::Partner(self.partner), TenantId::Client)
    }

    /// The effect of all roles: their union (SPEC "Tenancy and access").
    #[must_use]
    pub fn permissions(&self) -> PermissionBits {
        self.grants.iter().fold(PermissionBits::default(), |bits, grant| bits.union(grant.permissions))
    }

    /// Whether the caller has the permission in the scope. Whether a client belongs to the partner is for the store to say: a
    /// foreign one is not found there.
    ///
    /// # Errors
    /// [`Error::NotFound`] where the caller may not even see the scope, [`Error::Forbidden`] where it does but lacks the permission.
    pub fn can(&self, permission: Permission, scope: Scope) -> Result<(), Error> {
        let visible = match (scope, self.client) {
            (Scope::Visible, _) => true,
            (Scope::Partner(partner), None) => partner == self.partner,
            (Scope::Partner(_), Some(_)) => false,
            (Scope::Client(client), Some(own)) => client == own && self.permissions().contains(Permission::ClientView),
            (Scope::Client(_), None) => self.permissions().contains(Permission::ClientView),
        };
        if !visible {
            return Err(Error::NotFound);
        }
        let granted =
            self.grants.iter().any(|grant| grant.permissions.contains(permission) && (grant.all_clients || !matches!(scope, Scope::Client(_))));
        if granted { Ok(()) } else { Err(Error::forbidden(format!("Your roles do not include the permission “{}”.", permission.name()))) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{UserId, UserSummary};

    fn caller(client: Option<i64>, permissions: &[Permission]) -> Caller {
        Caller {
            user: UserSummary { id: UserId::new(1), login: "a@b.co".into(), name: "A".into(), email: String::new() },
            partner: PartnerId::new(1),
            client: client.map(ClientId::new),
            organization: "O".into(),
            grants: vec![Grant { role: "R".into(), permissions: permissions.iter().copied().collect(), all_clients: true }],
            origin: Origin::default(),
            session: None,
        }
    }

    #[test]
    fn what_one_may_not_see_is_not_found_and_what_one_may_not_do_is_forbidden() {
        use Permission::{ClientManage, ClientView, UserView};
        let partner = Scope::Partner(PartnerId::new(1));
        let (own, other) = (Scope::Client(ClientId::new(8)), Scope::Client(ClientId::new(9)));

        let viewer = caller(None, &[ClientView]);
        assert_eq!(viewer.can(ClientView, other), Ok(()));
        assert!(matches!(viewer.can(ClientManage, other), Err(Error::Forbidden { .. })));
        assert_eq!(viewer.can(ClientView, Scope::Partner(PartnerId::new(2))), Err(Error::NotFound));

        let of_client = caller(Some(8), &[ClientView, ClientManage]);
        assert_eq!(of_client.can(ClientManage, own), Ok(()));
        assert_eq!(of_client.can(ClientView, other), Err(Error::NotFound));
        assert_eq!(of_client.can(ClientView, partner), Err(Error::NotFound));

        let blind = caller(None, &[UserView]);
        assert_eq!(blind.can(ClientManage, other), Err(Error::NotFound), "without View a client does not exist");
    }
}
