//! Partners: creating one, and its settings.

mod store;

use domain::{
    Caller, Change, DEFAULT_PERMISSION_SETS, DEFAULT_ROLES, DefaultPermissionSet, DefaultRole, Draft, Error, IpRestriction, PartnerId,
    PartnerSettings, Permission, PermissionSet, PermissionSetId, RoleId, RoleScope, RoleSummary, Scope, UnknownId,
};

use crate::{
    Fault, Operator, Result, Services,
    access::{permission_set, role},
    kernel::{Tx, authz::NO_PARTNER, proof::proved},
    people::session,
};

/// Numbers up to this one are reserved for default permission sets, which scripts know by number.
const RESERVED_PERMISSION_SETS: i64 = 1000;

impl Operator<'_> {
    /// Makes a partner with the default permission sets and roles and filled catalogues.
    ///
    /// # Errors
    /// Only failures.
    pub async fn partner_create(&self, name: &str) -> Result<PartnerId> {
        let mut tx = self.0.command("the operator creates partners", NO_PARTNER).await?;
        let partner = self.0.partner_add(&mut tx, name).await?;
        tx.commit().await?;
        Ok(partner)
    }
}

impl Services {
    /// As [`Operator::partner_create`], within a transaction, which then belongs to the new partner.
    pub(crate) async fn partner_add(&self, tx: &mut Tx, name: &str) -> Result<PartnerId> {
        let partner = PartnerId::new(tx.next_number("partner").await?);
        tx.enter(partner).await?;
        tx.partner_insert(name.trim()).await?;
        let is_first = partner == PartnerId::new(1);
        if is_first {
            tx.next_numbers("permission_set", RESERVED_PERMISSION_SETS).await?;
        }
        for set in DEFAULT_PERMISSION_SETS {
            // Only the first partner, usually the only one, gets the numbers that scripts know.
            let number = if is_first { set.id } else { tx.next_number("permission_set").await? };
            self.default_set_add(tx, set, number).await?;
            for role in DEFAULT_ROLES.iter().filter(|role| role.permission_set == set.id) {
                self.default_role_add(tx, role, set.scope, number).await?;
            }
        }
        self.catalogue_fill(tx).await?;
        self.audit(tx, "partner.create", partner, None, &[]).await?;
        Ok(partner)
    }

    /// Creates a default permission set.
    async fn default_set_add(&self, tx: &mut Tx, set: &DefaultPermissionSet, number: i64) -> Result<()> {
        let set = PermissionSet {
            unenforced: Vec::new(),
            id: PermissionSetId::of_uuid(&self.ids.uuid()).map_err(no_uuid)?,
            number,
            client: None,
            name: set.name.to_owned(),
            description: set.name.to_owned(),
            scope: set.scope,
            is_default: true,
            permissions: set.permissions(),
            created: tx.now,
            updated: tx.now,
            version: 1,
        };
        permission_set::make_default(tx, &set).await
    }

    /// Creates a default role, with one permission set and for all clients.
    async fn default_role_add(&self, tx: &mut Tx, role: &DefaultRole, scope: RoleScope, set: i64) -> Result<()> {
        let role = RoleSummary {
            id: RoleId::of_uuid(&self.ids.uuid()).map_err(no_uuid)?,
            number: tx.next_number("role").await?,
            client: None,
            name: role.name.to_owned(),
            description: role.name.to_owned(),
            scope,
            is_default: true,
            all_clients: true,
            all_devices: true,
            all_credentials: true,
            created: tx.now,
            updated: tx.now,
            version: 1,
        };
        role::make_default(tx, &role, set).await
    }

    /// The settings of the caller's partner.
    ///
    /// # Errors
    /// `NotFound` for a client's user, `Forbidden` without the permission.
    pub async fn partner_settings(&self, caller: &Caller) -> Result<PartnerSettings> {
        let mut tx = self.authorize(caller, Permission::SettingView, Scope::Partner(caller.partner)).await?;
        tx.partner_settings().await
    }

    /// Saves the settings of the caller's partner.
    ///
    /// # Errors
    /// `NotFound` for a client's user; `Forbidden` without the permission, and for a new list unless the caller is a full administrator; `Conflict`
    /// if the version is stale; `Invalid` for a list with wrong addresses or one that would lock out the caller, and to require a second factor without
    /// having one; `Unproved`.
    pub async fn partner_settings_update(&self, caller: &Caller, settings: PartnerSettings) -> Result<PartnerSettings> {
        let mut tx = self.authorize(caller, proved(Permission::SettingManage), Scope::Partner(caller.partner)).await?;
        let before = tx.partner_settings().await?;
        let restriction = settings.check(())?;
        // At least one full administrator must be able to sign in and lift the restriction.
        let is_new = !restriction.is_empty() && before.check(())? != restriction;
        if is_new && !tx.caller()?.is_full_administrator() {
            return Err(Error::forbidden(
                "Only somebody with every permission for all clients can restrict the IP addresses of the partner's users.",
            )
            .into());
        }
        if !restriction.allows(caller.origin.ip) {
            let sentence = format!("This list would lock you out: it lacks the address that you come from, {}.", caller.origin.address());
            return Err(Error::invalid("allowed_ips", sentence).into());
        }
        let caller = tx.caller()?;
        if settings.require_second_factor && !before.require_second_factor && caller.session.is_some() && !caller.second_factor {
            let sentence = "Set up two-factor authentication for yourself first, on your account page.";
            return Err(Error::invalid("require_second_factor", sentence).into());
        }
        // A disabled list is stored too, so that it can be enabled again.
        let allowed_ips = IpRestriction::parse(&settings.allowed_ips).map_err(|wrong| Fault::Failed(wrong.join(" ")))?.to_string();
        let after = PartnerSettings { allowed_ips, version: before.version + 1, ..settings };
        if before.version != settings.version || !tx.partner_settings_update(&after, before.version).await? {
            let reason = "Somebody else changed the settings since you opened them. Reload the page to see them, then save again.";
            return Err(Error::conflict(reason).into());
        }
        if before.trust_browsers && !after.trust_browsers {
            session::distrust_all_browsers(&mut tx).await?;
        }
        self.audit(&mut tx, "partner.update", caller.partner, None, &changes(&before, &after)).await?;
        tx.commit().await?;
        Ok(after)
    }
}

fn no_uuid(_: UnknownId) -> Fault {
    Fault::Failed("the source of ids gave no UUID".to_owned())
}

fn changes(before: &PartnerSettings, after: &PartnerSettings) -> Vec<Change> {
    let yes_no = |value| if value { "Yes" } else { "No" };
    let fields = [
        ("restrict_ips", "Restrict access to specific IPs", yes_no(before.restrict_ips), yes_no(after.restrict_ips)),
        ("allowed_ips", "Allowed IP addresses", before.allowed_ips.as_str(), after.allowed_ips.as_str()),
        ("require_second_factor", "Require two-factor authentication", yes_no(before.require_second_factor), yes_no(after.require_second_factor)),
        ("trust_browsers", "Allow trusted browsers", yes_no(before.trust_browsers), yes_no(after.trust_browsers)),
    ];
    let changed = fields.into_iter().filter(|(_, _, before, after)| before != after);
    changed
        .map(|(field, label, before, after)| Change { field: field.into(), label: label.into(), before: before.into(), after: after.into() })
        .collect()
}
