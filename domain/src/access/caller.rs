//! Who calls, and the one pure decision about what they may do.

use std::net::IpAddr;

use serde::{Deserialize, Serialize};

use crate::{Area, ClientId, Error, ImageId, PartnerId, Permission, PermissionBits, TenantId, UserSummary};

/// Where a request came from, for IP restriction, throttling and the audit log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The client's address; none if a trusted proxy's entry can't be parsed, and then every IP restriction refuses the request.
    pub ip: Option<IpAddr>,
    /// The browser's description of itself, cut to a sane length.
    pub user_agent: String,
    /// The request's id, by which the server's log knows it; empty outside a request.
    pub request: String,
}

impl Origin {
    /// An origin without an address.
    #[must_use]
    pub const fn unknown() -> Self {
        Self { ip: None, user_agent: String::new(), request: String::new() }
    }

    /// The address as text, for people and the audit log.
    #[must_use]
    pub fn address(&self) -> String {
        self.ip.map_or_else(|| "unknown".to_owned(), |ip| ip.to_canonical().to_string())
    }
}

/// What one role gives its user, directly or through a group.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Grant {
    /// The role's number in the database.
    pub number: i64,
    /// The role's name.
    pub role: String,
    /// The union of the role's permission sets.
    pub permissions: PermissionBits,
    /// Whether the role sees every client of the partner; otherwise those that it lists.
    pub all_clients: bool,
    /// Whether the role sees every device of the clients it sees; otherwise those that it lists, and those in the groups that it lists.
    pub all_devices: bool,
    /// Whether the role sees every credential set of the clients it sees; otherwise those that it lists.
    pub all_credentials: bool,
}

impl Grant {
    /// Whether the role sees all things that a permission is about, at the clients that it sees.
    const fn sees_all(&self, permission: Permission) -> bool {
        match permission.area() {
            Area::Devices => self.all_devices,
            Area::CredentialSets => self.all_credentials,
            _ => true,
        }
    }
}

/// What only the store knows about a caller at a client.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// The numbers of those of the caller's roles that list the client.
    pub listed_by: Vec<i64>,
    /// The permissions that the partner restricts there for everybody (docs/spec/tenancy.md, "Restrictions").
    pub restricted: PermissionBits,
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
    /// Its picture, if it has one; another picture has another id.
    pub picture: Option<ImageId>,
    /// The partner it belongs to, directly or through its client.
    pub partner: PartnerId,
    /// The client it belongs to, if it is a client's user.
    pub client: Option<ClientId>,
    /// The name of the partner or client it belongs to.
    pub organization: String,
    /// One per role.
    pub grants: Vec<Grant>,
    /// Whether the partner restricts any permission at any client.
    pub restricts: bool,
    /// Whether it must choose another password before it may do anything else.
    pub must_change_password: bool,
    /// Whether it has a second factor, by which it proves itself again for what takes a proof.
    pub second_factor: bool,
    /// Where this request came from. It stays on the server.
    #[serde(skip)]
    pub origin: Origin,
    /// The client that this request works within, if it names one: nothing else is visible to it then. It stays on the server.
    #[serde(skip)]
    pub within: Option<ClientId>,
    /// The key of the session of this request, if it has one. It stays on the server.
    #[serde(skip)]
    pub session: Option<String>,
    /// The hash of this request's API token, if a program sent one. It stays on the server.
    #[serde(skip)]
    pub token: Option<String>,
}

impl Caller {
    /// The tenant the user belongs to.
    #[must_use]
    pub fn home(&self) -> TenantId {
        self.client.map_or(TenantId::Partner(self.partner), TenantId::Client)
    }

    /// Where things that the caller makes belong: its own client, or the one it works within, or else the partner.
    #[must_use]
    pub fn place(&self) -> Scope {
        self.client.or(self.within).map_or(Scope::Partner(self.partner), Scope::Client)
    }

    /// The effect of all roles: their union (docs/spec/tenancy.md, "Union of roles").
    #[must_use]
    pub fn permissions(&self) -> PermissionBits {
        self.grants.iter().fold(PermissionBits::default(), |bits, grant| bits.union(grant.permissions))
    }

    /// What the caller may do at a client: the union of the roles that see it, each with its own permissions, less what the partner
    /// restricts there. Without the permission to view clients there is nothing at all. A client's user sees the own client alone, by any role.
    #[must_use]
    pub fn permissions_at(&self, client: ClientId, standing: &Standing) -> PermissionBits {
        if self.client.is_some_and(|own| own != client) {
            return PermissionBits::default();
        }
        let sees = |grant: &&Grant| self.client.is_some() || grant.all_clients || standing.listed_by.contains(&grant.number);
        let union = self.grants.iter().filter(sees).fold(PermissionBits::default(), |bits, grant| bits.union(grant.permissions));
        if union.contains(Permission::ClientView) { union.without(standing.restricted) } else { PermissionBits::default() }
    }

    /// Whether a role with the permission sees the client and everything of its kind there, not only what the role lists.
    #[must_use]
    pub fn sees_all_at(&self, permission: Permission, client: ClientId, standing: &Standing) -> bool {
        let sees = |grant: &Grant| self.client == Some(client) || grant.all_clients || standing.listed_by.contains(&grant.number);
        self.granting(permission).any(|grant| sees(grant) && grant.sees_all(permission))
    }

    /// Whether what a caller may do at a client depends on more than its roles' permissions, which are then for the store to look up.
    #[must_use]
    pub fn depends_on_standing(&self) -> bool {
        self.restricts || (self.client.is_none() && self.grants.iter().any(|grant| !grant.all_clients))
    }

    /// The permissions on the partner's own things: the union of the roles for all clients. A role that lists clients has no say in what concerns all
    /// of them.
    #[must_use]
    pub fn permissions_everywhere(&self) -> PermissionBits {
        self.grants.iter().filter(|grant| grant.all_clients).fold(PermissionBits::default(), |bits, grant| bits.union(grant.permissions))
    }

    /// Whether the caller is a full administrator: a person of the partner itself whose roles for all clients together hold every permission.
    #[must_use]
    pub fn is_full_administrator(&self) -> bool {
        let holds = |permission| self.granting(permission).any(|grant| grant.all_clients && grant.sees_all(permission));
        self.client.is_none() && self.token.is_none() && Permission::ALL.iter().copied().all(holds)
    }

    /// The grants with a permission.
    pub fn granting(&self, permission: Permission) -> impl Iterator<Item = &Grant> {
        self.grants.iter().filter(move |grant| grant.permissions.contains(permission))
    }

    /// Whether the caller has the permission in the scope, as far as the roles alone say: at a client, those which see all clients. What the
    /// roles that list clients add, and what the partner restricts, is for [`Caller::can_at`]; whether a client is the partner's, for the store.
    /// Any role with the permission to view the partner's own things sees them; only roles for all clients change them.
    ///
    /// # Errors
    /// [`Error::NotFound`] where the caller may not even see the scope, [`Error::Forbidden`] where it does but lacks the permission.
    pub fn can(&self, permission: Permission, scope: Scope) -> Result<(), Error> {
        self.password_is_chosen()?;
        let granted = match scope {
            Scope::Client(client) => return self.can_at(permission, client, &Standing::default()),
            Scope::Partner(partner) if self.client.is_some() || partner != self.partner => return Err(Error::NotFound),
            Scope::Partner(_) if !permission.is_read() && !self.permissions_everywhere().contains(permission) => {
                return Err(if self.permissions().contains(permission) { permission.lacking_everywhere() } else { permission.lacking() });
            }
            Scope::Partner(_) | Scope::Visible => self.granting(permission).next().is_some(),
        };
        if granted { Ok(()) } else { Err(permission.lacking()) }
    }

    /// Whether the caller has the permission at a client, given their standing.
    ///
    /// # Errors
    /// As [`Caller::can`].
    pub fn can_at(&self, permission: Permission, client: ClientId, standing: &Standing) -> Result<(), Error> {
        self.password_is_chosen()?;
        let bits = self.permissions_at(client, standing);
        match (bits.contains(Permission::ClientView), bits.contains(permission)) {
            (false, _) => Err(Error::NotFound),
            (true, false) if standing.restricted.contains(permission) => {
                Err(Error::forbidden(format!("The permission “{}” is restricted at this client.", permission.name())))
            }
            (true, false) => Err(permission.lacking()),
            (true, true) => Ok(()),
        }
    }

    /// That the caller doesn't have to change the password first.
    ///
    /// # Errors
    /// `Forbidden` with what to do.
    pub fn password_is_chosen(&self) -> Result<(), Error> {
        if self.must_change_password { Err(Error::forbidden("Change your password to continue.")) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{UserId, UserSummary};

    fn grant(number: i64, all: bool, permissions: &[Permission]) -> Grant {
        let permissions = permissions.iter().copied().collect();
        Grant { number, role: "R".into(), permissions, all_clients: all, all_devices: all, all_credentials: all }
    }

    fn caller(client: Option<i64>, permissions: &[Permission]) -> Caller {
        Caller {
            user: UserSummary { id: UserId::new(1), login: "a@b.co".into(), first_name: "A".into(), last_name: String::new(), email: String::new() },
            picture: None,
            partner: PartnerId::new(1),
            client: client.map(ClientId::new),
            organization: "O".into(),
            grants: vec![grant(1, true, permissions)],
            restricts: false,
            must_change_password: false,
            second_factor: false,
            origin: Origin::default(),
            within: None,
            session: None,
            token: None,
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

    #[test]
    fn who_must_change_the_password_can_do_nothing_else() {
        let mut caller = caller(None, &[Permission::ClientView]);
        caller.must_change_password = true;
        for scope in [Scope::Visible, Scope::Partner(PartnerId::new(1)), Scope::Client(ClientId::new(8))] {
            assert!(matches!(caller.can(Permission::ClientView, scope), Err(Error::Forbidden { .. })));
        }
    }

    #[test]
    fn the_partner_s_own_things_take_a_role_for_all_clients_to_change() {
        let partner = Scope::Partner(PartnerId::new(1));
        let mut technician = caller(None, &[]);
        technician.grants = vec![grant(1, true, &[Permission::ClientView]), grant(2, false, Permission::ALL)];
        for permission in Permission::ALL.iter().copied() {
            let decided = technician.can(permission, partner);
            if permission.is_read() {
                assert_eq!(decided, Ok(()), "{permission:?}");
            } else {
                assert_eq!(decided, Err(permission.lacking_everywhere()), "{permission:?}: a view of one role doesn't lend itself to another");
            }
        }
        technician.grants[1].all_clients = true;
        assert!(Permission::ALL.iter().all(|permission| technician.can(*permission, partner).is_ok()));
    }

    #[test]
    fn roles_unite_each_with_what_it_sees() {
        use Permission::{ClientCreate, ClientManage, ClientView, DeviceManage};
        let mut technician = caller(None, &[]);
        technician.grants = vec![grant(1, true, &[ClientView]), grant(2, false, &[ClientView, ClientManage, ClientCreate, DeviceManage])];
        let client = ClientId::new(8);
        let listed = Standing { listed_by: vec![2], ..Standing::default() };
        assert!(matches!(technician.can_at(ClientManage, client, &Standing::default()), Err(Error::Forbidden { .. })), "seen by one role only");
        assert_eq!(technician.can_at(ClientManage, client, &listed), Ok(()));
        assert!(technician.can(ClientCreate, Scope::Partner(PartnerId::new(1))).is_err(), "a new client would be invisible");

        technician.grants.remove(0);
        assert_eq!(technician.can_at(ClientView, client, &Standing::default()), Err(Error::NotFound), "not listed: not there");
        let restricted = Standing { restricted: [DeviceManage].into_iter().collect(), ..listed };
        let refused = technician.can_at(DeviceManage, client, &restricted).unwrap_err().to_string();
        assert!(refused.contains("is restricted at this client"), "{refused}");
        let lacking = technician.can_at(Permission::UserView, client, &restricted).unwrap_err().to_string();
        assert!(!lacking.contains("restricted"), "{lacking}");
        assert_eq!(technician.can_at(ClientManage, client, &restricted), Ok(()), "the others stay");
    }

    #[test]
    fn a_client_is_looked_up_where_a_role_lists_clients_or_something_is_restricted() {
        for (client, all_clients, restricts, depends) in [
            (None, true, false, false),
            (None, false, false, true),
            (None, true, true, true),
            // A client's user sees that client alone.
            (Some(8), false, false, false),
            (Some(8), true, true, true),
        ] {
            let caller = Caller { grants: vec![grant(1, all_clients, &[])], restricts, ..caller(client, &[]) };
            assert_eq!(caller.depends_on_standing(), depends, "{client:?} {all_clients} {restricts}");
        }
    }

    #[test]
    fn an_address_reads_the_same_inside_ipv6() {
        let origin = |ip: &str| Origin { ip: ip.parse().ok(), ..Origin::unknown() };
        assert_eq!(origin("::ffff:192.0.2.7").address(), "192.0.2.7");
        assert_eq!(origin("2001:db8::7").address(), "2001:db8::7");
        assert_eq!(Origin::unknown().address(), "unknown");
    }

    #[test]
    fn a_full_administrator_is_a_person_who_may_do_everything_everywhere() {
        let whole = || caller(None, Permission::ALL);
        assert!(whole().is_full_administrator());
        let mut two = whole();
        two.grants = vec![grant(1, true, &Permission::ALL[1..]), grant(2, true, &Permission::ALL[..1])];
        assert!(two.is_full_administrator(), "by several roles");
        let narrow: [fn(&mut Caller); 5] = [
            |caller| caller.grants[0].all_clients = false,
            |caller| caller.grants[0].all_devices = false,
            |caller| caller.grants[0].all_credentials = false,
            |caller| caller.client = Some(ClientId::new(8)),
            |caller| caller.token = Some("of a key".into()),
        ];
        for less in narrow {
            let mut caller = whole();
            less(&mut caller);
            assert!(!caller.is_full_administrator(), "{caller:?}");
        }
    }
}
