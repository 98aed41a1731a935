//! Why can X see Y? And what may X do, client by client.

mod store;

use domain::{
    AccessReason, AccessRule, AccessThing, Caller, ClientPermissions, Error, Grant, ListPage, NameQuery, Permission, PermissionBits, RoleAccess,
    Scope, Standing, UserId, UserPermissions,
};

use crate::{Result, Services, kernel::Tx};
use store::{Beheld, Beholder, HeldRole};

impl Services {
    /// The roles, groups and rules by which a user sees a client, a device or a credential set, or why nothing lets it.
    ///
    /// # Errors
    /// `Forbidden` without the permissions to view users and roles; `NotFound` if the caller doesn't see both the user and the thing.
    pub async fn why_visible(&self, caller: &Caller, user: UserId, thing: &AccessThing) -> Result<AccessReason> {
        let (mut tx, beholder, roles) = self.why(caller, user).await?;
        let beheld = tx.beheld(thing).await?.ok_or(Error::NotFound)?;
        let them = acting(caller, &beholder, &roles);
        let standing = match beheld.client {
            Some(client) => tx.client_standing(&them, client).await?,
            None => Standing::default(),
        };
        let listings = tx.listing_rules(thing, beheld.number).await?;
        let view = view(thing);
        let at = beheld.client.map_or_else(|| them.permissions(), |client| them.permissions_at(client, &standing));
        let mut ways = Vec::new();
        let mut reaching = false;
        for role in &roles {
            let Some(place) = place(&them, &beheld, &role.grant, &standing) else { continue };
            reaching = true;
            let rules: Vec<AccessRule> = match rules(thing, &role.grant, &listings) {
                Some(rules) if role.grant.permissions.contains(view) => place.into_iter().chain(rules).collect(),
                _ => continue,
            };
            let permissions = role.grant.permissions.without(standing.restricted);
            let (role, name, groups, direct) = (role.id.clone(), role.grant.role.clone(), role.groups.clone(), role.direct);
            ways.push(RoleAccess { role, name, groups, direct, rules, permissions });
        }
        let exists = at.contains(view) && (beheld.client.is_none() || at.contains(Permission::ClientView));
        let obstacles = obstacles(&them, &beholder, &beheld, view, &standing, (reaching, !ways.is_empty(), exists));
        let visible = beholder.active && exists && !ways.is_empty();
        let permissions = if exists && !ways.is_empty() { at } else { PermissionBits::default() };
        Ok(AccessReason { thing: beheld.name, visible, ways, permissions, obstacles })
    }

    /// The name of a thing, for whoever asks why somebody sees it.
    ///
    /// # Errors
    /// As [`Services::why_visible`].
    pub async fn why_name(&self, caller: &Caller, thing: &AccessThing) -> Result<String> {
        let mut tx = self.why_authorize(caller).await?;
        Ok(tx.beheld(thing).await?.ok_or(Error::NotFound)?.name)
    }

    /// What a user's roles let it do: at every client that isn't named, and then a page of those at which it stands otherwise, by name.
    ///
    /// # Errors
    /// As [`Services::why_visible`].
    pub async fn user_permissions(&self, caller: &Caller, user: UserId, query: &NameQuery) -> Result<UserPermissions> {
        let (mut tx, beholder, roles) = self.why(caller, user).await?;
        let them = acting(caller, &beholder, &roles);
        let page = tx.special_clients(&them, query).await?;
        let clients: Vec<_> = page.rows.iter().map(|(client, _)| *client).collect();
        let standings = tx.standings(&them, &clients).await?;
        let rows = page.rows.into_iter().map(|(client, name)| {
            let standing = standings.get(&client.number()).cloned().unwrap_or_default();
            let seeing = |grant: &&Grant| them.client.is_some() || grant.all_clients || standing.listed_by.contains(&grant.number);
            let roles = them.grants.iter().filter(seeing).map(|grant| grant.role.clone()).collect();
            ClientPermissions { client: Some(client), name, permissions: them.permissions_at(client, &standing), roles }
        });
        let rows: Vec<_> = rows.filter(|row| !row.permissions.is_empty()).collect();
        let everywhere = everywhere(&them);
        let clients = ListPage { rows, total: page.total, previous: page.previous, next: page.next };
        Ok(UserPermissions { everywhere, clients })
    }

    async fn why_authorize(&self, caller: &Caller) -> Result<Tx> {
        caller.can(Permission::RoleView, Scope::Visible)?;
        self.authorize(caller, Permission::UserView, Scope::Visible).await
    }

    async fn why(&self, caller: &Caller, user: UserId) -> Result<(Tx, Beholder, Vec<HeldRole>)> {
        let mut tx = self.why_authorize(caller).await?;
        let beholder = tx.beholder(user).await?.ok_or(Error::NotFound)?;
        // The answer names roles, so the caller must be able to see roles there.
        self.permit(&mut tx, Permission::RoleView, beholder.client).await?;
        let roles = tx.held_roles(user).await?;
        Ok((tx, beholder, roles))
    }
}

/// The user as a caller, so that the very decision about callers answers.
fn acting(caller: &Caller, beholder: &Beholder, roles: &[HeldRole]) -> Caller {
    let grants = roles.iter().map(|role| role.grant.clone()).collect();
    Caller { user: beholder.user.clone(), client: beholder.client, grants, within: None, session: None, token: None, ..caller.clone() }
}

/// What lets one see such a thing.
const fn view(thing: &AccessThing) -> Permission {
    match thing {
        AccessThing::Client(_) => Permission::ClientView,
        AccessThing::Device(_) => Permission::DeviceView,
        AccessThing::CredentialSet(_) => Permission::CredentialSetView,
    }
}

/// By which rule, if any, a role sees the client of the thing. What is the partner's own has none, and needs no rule for its partner's users.
fn place(them: &Caller, beheld: &Beheld, grant: &Grant, standing: &Standing) -> Option<Option<AccessRule>> {
    match (them.client, beheld.client) {
        (Some(own), Some(client)) => (own == client).then_some(Some(AccessRule::OwnClient)),
        (Some(_), None) => None,
        (None, None) => Some(None),
        (None, Some(_)) if grant.all_clients => Some(Some(AccessRule::AllClients)),
        (None, Some(_)) => standing.listed_by.contains(&grant.number).then_some(Some(AccessRule::ListsClient)),
    }
}

/// By which rules, if any, a role sees the thing where it sees the client.
fn rules(thing: &AccessThing, grant: &Grant, listings: &[(i64, AccessRule)]) -> Option<Vec<AccessRule>> {
    let all = match thing {
        AccessThing::Client(_) => return Some(Vec::new()),
        AccessThing::Device(_) => grant.all_devices,
        AccessThing::CredentialSet(_) => grant.all_credentials,
    };
    let own: Vec<_> = listings.iter().filter(|(role, _)| *role == grant.number).map(|(_, rule)| rule.clone()).collect();
    match (all, own.is_empty()) {
        (true, _) => Some(vec![AccessRule::All]),
        (false, true) => None,
        (false, false) => Some(own),
    }
}

/// Why somebody can't see a thing, or can't at present.
fn obstacles(
    them: &Caller,
    beholder: &Beholder,
    beheld: &Beheld,
    view: Permission,
    standing: &Standing,
    (reaching, showing, exists): (bool, bool, bool),
) -> Vec<String> {
    let mut obstacles = Vec::new();
    if !beholder.active {
        obstacles.push("The user, or its client, is not active: it can't sign in.".to_owned());
    }
    if them.client.is_some() && them.client != beheld.client {
        obstacles.push("The user belongs to a client, whose users see nothing of others.".to_owned());
    } else if them.grants.is_empty() {
        obstacles.push("The user has no role.".to_owned());
    } else if !reaching {
        obstacles.push("The user's roles list other clients.".to_owned());
    } else if standing.restricted.contains(view) {
        obstacles.push(format!("“{}” is restricted at this client.", view.name()));
    } else if !showing && them.granting(view).next().is_none() {
        obstacles.push(format!("None of the user's roles holds “{}”.", view.name()));
    } else if !showing {
        obstacles.push(format!("No role that holds “{}” reaches it: the user's roles list others.", view.name()));
    } else if !exists {
        obstacles.push(format!("No role that sees the client holds “{}”, without which nothing of it is seen.", Permission::ClientView.name()));
    }
    obstacles
}

/// What a partner's user may do at every client that isn't otherwise for it; none if no role sees all.
fn everywhere(them: &Caller) -> Option<ClientPermissions> {
    let all: Vec<&Grant> = them.grants.iter().filter(|grant| grant.all_clients && them.client.is_none()).collect();
    let permissions = all.iter().fold(PermissionBits::default(), |bits, grant| bits.union(grant.permissions));
    let roles = all.iter().map(|grant| grant.role.clone()).collect();
    permissions.contains(Permission::ClientView).then_some(ClientPermissions { client: None, name: String::new(), permissions, roles })
}
