//! Explains access: why a user sees something, and what they can do at each client.

mod store;
mod viewers;

use domain::{
    AccessReason, AccessRule, AccessSource, AccessThing, Caller, ClientPermissions, Error, Grant, ListPage, NameQuery, Permission, PermissionBits,
    Scope, Standing, UserId, UserPermissions,
};

use crate::{Result, Services, kernel::Tx};
use store::{HeldRole, Target, Viewer};

impl Services {
    /// The roles, groups and rules by which a user sees a client, a device or a credential set, or the reasons why they don't.
    ///
    /// # Errors
    /// `Forbidden` without the permissions to view users and roles; `NotFound` if the caller doesn't see both the user and the thing.
    pub async fn why_visible(&self, caller: &Caller, user: UserId, thing: &AccessThing) -> Result<AccessReason> {
        let (mut tx, viewer, roles) = self.why(caller, user).await?;
        let target = tx.target(thing).await?.ok_or(Error::NotFound)?;
        let them = as_caller(caller, &viewer, &roles);
        let standing = match target.client {
            Some(client) => tx.client_standing(&them, client).await?,
            None => Standing::default(),
        };
        let listings = tx.listing_rules(thing, target.number).await?;
        let view = view(thing);
        let at = target.client.map_or_else(|| them.permissions(), |client| them.permissions_at(client, &standing));
        let mut sources = Vec::new();
        let mut reaching = false;
        for role in &roles {
            let Some(place) = place(&them, &target, &role.grant, &standing) else { continue };
            reaching = true;
            let rules: Vec<AccessRule> = match rules(thing, &role.grant, &listings) {
                Some(rules) if role.grant.permissions.contains(view) => place.into_iter().chain(rules).collect(),
                _ => continue,
            };
            let permissions = role.grant.permissions.without(standing.restricted);
            let (role, name, groups, direct) = (role.id.clone(), role.grant.role.clone(), role.groups.clone(), role.direct);
            sources.push(AccessSource { role, name, groups, direct, rules, permissions });
        }
        let exists = at.contains(view) && (target.client.is_none() || at.contains(Permission::ClientView));
        let obstacles = obstacles(&them, &viewer, &target, view, &standing, (reaching, !sources.is_empty(), exists));
        let visible = viewer.active && exists && !sources.is_empty();
        let permissions = if exists && !sources.is_empty() { at } else { PermissionBits::default() };
        Ok(AccessReason { thing: target.name, visible, sources, permissions, obstacles })
    }

    /// The name of a client, device or credential set, for the title of its explanation.
    ///
    /// # Errors
    /// As [`Services::why_visible`].
    pub async fn why_name(&self, caller: &Caller, thing: &AccessThing) -> Result<String> {
        let mut tx = self.why_authorize(caller).await?;
        Ok(tx.target(thing).await?.ok_or(Error::NotFound)?.name)
    }

    /// A user's permissions: those at all clients in general, and a page of the clients where they differ, by name.
    ///
    /// # Errors
    /// As [`Services::why_visible`].
    pub async fn user_permissions(&self, caller: &Caller, user: UserId, query: &NameQuery) -> Result<UserPermissions> {
        let (mut tx, viewer, roles) = self.why(caller, user).await?;
        let them = as_caller(caller, &viewer, &roles);
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

    async fn why(&self, caller: &Caller, user: UserId) -> Result<(Tx, Viewer, Vec<HeldRole>)> {
        let mut tx = self.why_authorize(caller).await?;
        let viewer = tx.viewer(user).await?.ok_or(Error::NotFound)?;
        // The answer names roles, so the caller must be able to see roles there.
        self.permit(&mut tx, Permission::RoleView, viewer.client).await?;
        let roles = tx.held_roles(user).await?;
        Ok((tx, viewer, roles))
    }
}

/// The user as a caller, so that the same code decides as for requests.
fn as_caller(caller: &Caller, viewer: &Viewer, roles: &[HeldRole]) -> Caller {
    let grants = roles.iter().map(|role| role.grant.clone()).collect();
    Caller { user: viewer.user.clone(), client: viewer.client, grants, within: None, session: None, token: None, ..caller.clone() }
}

/// The permission to see such a thing.
const fn view(thing: &AccessThing) -> Permission {
    match thing {
        AccessThing::Client(_) => Permission::ClientView,
        AccessThing::Device(_) => Permission::DeviceView,
        AccessThing::CredentialSet(_) => Permission::CredentialSetView,
    }
}

/// The rule by which a role sees the target's client; none if it doesn't. For the partner's own things, its users need no rule.
fn place(them: &Caller, target: &Target, grant: &Grant, standing: &Standing) -> Option<Option<AccessRule>> {
    match (them.client, target.client) {
        (Some(own), Some(client)) => (own == client).then_some(Some(AccessRule::OwnClient)),
        (Some(_), None) => None,
        (None, None) => Some(None),
        (None, Some(_)) if grant.all_clients => Some(Some(AccessRule::AllClients)),
        (None, Some(_)) => standing.listed_by.contains(&grant.number).then_some(Some(AccessRule::ListsClient)),
    }
}

/// The rules by which a role that sees the client also sees the target; none if it doesn't.
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

/// The reasons why the user can't see the target.
fn obstacles(
    them: &Caller,
    viewer: &Viewer,
    target: &Target,
    view: Permission,
    standing: &Standing,
    (reaching, showing, exists): (bool, bool, bool),
) -> Vec<String> {
    let mut obstacles = Vec::new();
    if !viewer.active {
        obstacles.push("The user or their client isn't active, so they can't sign in.".to_owned());
    }
    if them.client.is_some() && them.client != target.client {
        obstacles.push("Client users can't see other clients.".to_owned());
    } else if them.grants.is_empty() {
        obstacles.push("The user has no role.".to_owned());
    } else if !reaching {
        obstacles.push("The user's roles list other clients.".to_owned());
    } else if standing.restricted.contains(view) {
        obstacles.push(format!("“{}” is restricted at this client.", view.name()));
    } else if !showing && them.granting(view).next().is_none() {
        obstacles.push(format!("None of the user's roles has “{}”.", view.name()));
    } else if !showing {
        obstacles.push(format!("No role with “{}” includes it.", view.name()));
    } else if !exists {
        obstacles.push(format!("No role for this client has “{}”, without which nothing there can be seen.", Permission::ClientView.name()));
    }
    obstacles
}

/// The permissions from roles for all clients; none if there are no such roles.
fn everywhere(them: &Caller) -> Option<ClientPermissions> {
    let all: Vec<&Grant> = them.grants.iter().filter(|grant| grant.all_clients && them.client.is_none()).collect();
    let permissions = all.iter().fold(PermissionBits::default(), |bits, grant| bits.union(grant.permissions));
    let roles = all.iter().map(|grant| grant.role.clone()).collect();
    permissions.contains(Permission::ClientView).then_some(ClientPermissions { client: None, name: String::new(), permissions, roles })
}
