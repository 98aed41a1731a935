//! The demo's users, groups, devices, credential sets and roles: those of the API's examples (docs/spec/rest-api.md, "Role examples") and enough
//! others to fill lists.

use std::collections::BTreeMap;

use domain::{
    ClientId, CredentialField, CredentialSetDetails, CredentialSetDraft, CredentialSetId, DeviceGroupDetails, DeviceGroupId, DeviceId, Draft,
    RoleDraft, RoleScope, Selection, Timestamp, UserGroupId, UserGroupProfile, UserId, UserProfile,
};

use super::{
    device,
    dice::Dice,
    leo_art::{self, CREDENTIAL_SETS, DEVICE_GROUPS, DEVICES},
    words::{GIVEN, SURNAMES},
};
use crate::{
    Fault, Result, Services,
    inventory::{
        credential_set::{NewCredentialSet, SealedFields},
        device::NewDevice,
        device_group::NewDeviceGroup,
    },
    kernel::{Tx, fold::fold},
};

/// The client of most of the API's examples.
const LAB: ClientId = ClientId::new(8);

/// Up to this number, clients have dozens of devices; others have a few.
const EQUIPPED: i64 = 24;

/// Groups besides those of the API's examples. They are created first, so that the examples get the numbers 5 and 6.
const USER_GROUPS: [(&str, &str); 4] = [
    ("Service Desk", "Takes calls and mails, around the clock"),
    ("Network Operations", "Switches, routers, firewalls"),
    ("Field Engineers", "On site"),
    ("Reporting", "Reads figures, changes nothing"),
];

/// Users besides those of the API's examples: the role, how many, and whether they are users of `client_8`.
const MORE_USERS: [(&str, usize, bool); 4] = [("Technician", 5, false), ("Dispatcher", 3, false), ("Auditor View", 1, false), ("Customer", 3, true)];

/// Credentials of a kind: name, type, description, and the fields that are set.
type Form = (&'static str, &'static str, &'static str, &'static [(CredentialField, &'static str)]);

impl Services {
    /// Fills the directory of the demo. All users have the same password.
    pub(super) async fn demo_directory(&self, tx: &mut Tx, living: &[ClientId], password_hash: &str) -> Result<()> {
        let users = self.demo_users(tx, password_hash).await?;
        self.demo_user_groups(tx, &users).await?;
        let devices = self.demo_devices(tx, living).await?;
        self.demo_device_groups(tx, &devices).await?;
        self.demo_credential_sets(tx, living).await?;
        self.demo_roles(tx, &users).await
    }

    /// The users of the API's examples, numbered from 11, and some more.
    async fn demo_users(&self, tx: &mut Tx, password_hash: &str) -> Result<Vec<(UserId, Option<ClientId>)>> {
        let mut users = Vec::new();
        let (email, phone) = leo_art::CONTACT;
        for (first_name, last_name, login, role) in leo_art::USERS {
            let profile = profile(first_name, last_name, login, email, phone);
            users.push(self.demo_user(tx, profile, password_hash, role, None).await?);
        }
        let mut dice = Dice::of(11);
        for (role, count, of_lab) in MORE_USERS {
            for _ in 0..count {
                let (first_name, last_name) = (dice.pick(GIVEN), dice.pick(SURNAMES));
                let whose = if of_lab { "lab." } else { "" };
                let login = fold(&format!("{first_name}.{last_name}.{}@{whose}leoart.example", users.len()));
                let login = login.replace([' ', '\''], "");
                let phone = format!("+1 415 555 {:04}", dice.below(10_000));
                let profile = profile(first_name, last_name, &login, &login, &phone);
                users.push(self.demo_user(tx, profile, password_hash, role, of_lab.then_some(LAB)).await?);
            }
        }
        Ok(users)
    }

    async fn demo_user(
        &self,
        tx: &mut Tx,
        profile: UserProfile,
        password_hash: &str,
        role: &str,
        client: Option<ClientId>,
    ) -> Result<(UserId, Option<ClientId>)> {
        let id = self.user_write(tx, client, &profile, password_hash).await?;
        let scope = if client.is_some() { RoleScope::Client } else { RoleScope::Msp };
        let role = tx.role_by_name(role, scope).await?.ok_or_else(|| Fault::Failed(format!("there is no role {role}")))?;
        tx.role_user_insert(role, id).await?;
        self.audit(tx, "user.create", id, client, &[]).await?;
        Ok((id, client))
    }

    /// Four groups, the two of the API's examples, and one of `client_8`, each with some users.
    async fn demo_user_groups(&self, tx: &mut Tx, users: &[(UserId, Option<ClientId>)]) -> Result<()> {
        let mut dice = Dice::of(5);
        let more = USER_GROUPS.map(|(name, description)| (dice.uuid(), name, description, None));
        let seeds = leo_art::USER_GROUPS.map(|(uuid, name, description)| (uuid.to_owned(), name, description, None));
        let lab = [(dice.uuid(), "LeoArt Lab Users", "Everybody at the lab", Some(LAB))];
        for (number, (uuid, name, description, client)) in (1..).zip(more.into_iter().chain(seeds).chain(lab)) {
            let id = UserGroupId::of_uuid(&uuid).map_err(wrong)?;
            let profile = UserGroupProfile { name: name.to_owned(), description: description.to_owned(), email: String::new() };
            tx.user_group_insert(&id, client, &profile).await?;
            self.audit(tx, "user_group.create", &id, client, &[]).await?;
            for (user, of) in users {
                if *of == client && (client.is_some() || dice.percent(40)) {
                    tx.user_groups_change(*user, &[number], &[]).await?;
                }
            }
        }
        Ok(())
    }

    /// The devices of the API's examples, and some at every living client. Gives their numbers by id.
    async fn demo_devices(&self, tx: &mut Tx, living: &[ClientId]) -> Result<BTreeMap<DeviceId, (i64, ClientId)>> {
        let (now, mut devices) = (tx.now, Vec::new());
        let created = moment("2016-07-23T16:18:42Z")?;
        for (number, seed) in (1..).zip(&DEVICES) {
            let (id, client) = (DeviceId::of_uuid(seed.id).map_err(wrong)?, ClientId::new(seed.client));
            devices.push(NewDevice { number, id, client, details: seed.details(), created, updated: created });
        }
        for client in living {
            let mut dice = Dice::of(client.number() + 2_000_000_011);
            let count = if client.number() <= EQUIPPED { 6 + dice.below(8) } else { dice.below(4) };
            for _ in 0..count {
                let number = i64::try_from(devices.len()).unwrap_or_default() + 1;
                devices.push(device::imagined(number, *client, now)?);
            }
        }
        tx.next_numbers("device", i64::try_from(devices.len()).unwrap_or_default()).await?;
        tx.devices_insert(&devices).await?;
        Ok(devices.into_iter().map(|device| (device.id, (device.number, device.client))).collect())
    }

    /// The groups of the API's examples, one of the partner, and one at some clients.
    async fn demo_device_groups(&self, tx: &mut Tx, devices: &BTreeMap<DeviceId, (i64, ClientId)>) -> Result<()> {
        let mut groups = Vec::new();
        for seed in &DEVICE_GROUPS {
            groups.push((seed.id.to_owned(), Some(LAB), seed.name, seed.description, moment(seed.created)?, moment(seed.updated)?));
        }
        let mut dice = Dice::of(6);
        for (client, name, description) in [
            (None, "Watched at night", "Of all clients: what may wake somebody"),
            (None, "To be replaced", "Older than five years"),
            (Some(ClientId::new(9)), "Corp-Servers", "Servers of the head office"),
            (Some(ClientId::new(9)), "Corp-Desktops", "Desktops of the head office"),
            (Some(ClientId::new(1)), "Branch offices", "Everything outside the head office"),
            (Some(ClientId::new(2)), "Branch offices", "Everything outside the head office"),
        ] {
            groups.push((dice.uuid(), client, name, description, tx.now, tx.now));
        }
        for (uuid, client, name, description, created, updated) in groups {
            let (number, id) = (tx.next_number("device_group").await?, DeviceGroupId::of_uuid(&uuid).map_err(wrong)?);
            let details = DeviceGroupDetails { name: name.to_owned(), description: description.to_owned(), ..DeviceGroupDetails::default() };
            tx.device_group_insert(&NewDeviceGroup { number, id: id.clone(), client, details, created, updated }).await?;
            let candidates = devices.values().filter(|(_, of)| client.is_none_or(|client| client == *of)).map(|(number, _)| *number);
            let members = dice.some(candidates, if client.is_some() { 50 } else { 10 });
            tx.device_group_devices_insert(&id, &members).await?;
            self.audit(tx, "device_group.create", &id, client, &[]).await?;
        }
        Ok(())
    }

    /// The sets of the API's examples, two of the partner, and some at the first clients.
    async fn demo_credential_sets(&self, tx: &mut Tx, living: &[ClientId]) -> Result<()> {
        use CredentialField::{Community, DomainName, EnablePassword, EsxPassword, EsxUserName, Password, Port, UserName};
        for seed in &CREDENTIAL_SETS {
            let id = seed.id.parse().map_err(wrong)?;
            self.demo_credential_set(tx, id, Some(LAB), (seed.name, seed.description, seed.credential_type), seed.fields).await?;
        }
        let mut dice = Dice::of(7);
        let some = living.iter().filter(|client| client.number() < 20).map(|client| Some(*client));
        for client in [None, None].into_iter().chain(some) {
            let forms: [Form; 5] = [
                ("Core switches", "Read only", "SNMP", &[(Community, "Demo-Community-1")]),
                ("Firewalls", "", "SSH", &[(UserName, "netops"), (Password, "Demo-Firewall-1"), (EnablePassword, "Demo-Enable-1")]),
                (
                    "Hypervisors",
                    "",
                    "VMWARE",
                    &[(UserName, "vcenter"), (Password, "Demo-VCenter-1"), (EsxUserName, "root"), (EsxPassword, "Demo-Esx-1")],
                ),
                ("Domain administrator", "", "WINDOWS", &[(DomainName, "CORP"), (UserName, "administrator"), (Password, "Demo-Domain-1")]),
                ("Remote screens", "", "VNC", &[(Port, "5900"), (Password, "Demo-Vnc-1")]),
            ];
            let (name, description, credential_type, fields) = dice.pick(&forms.map(Some)).unwrap_or_default();
            let name = if client.is_none() { format!("{name} {}", dice.below(1000)) } else { name.to_owned() };
            let id = CredentialSetId::of_bytes(dice.bytes());
            self.demo_credential_set(tx, id, client, (&name, description, credential_type), fields).await?;
        }
        Ok(())
    }

    async fn demo_credential_set(
        &self,
        tx: &mut Tx,
        id: CredentialSetId,
        client: Option<ClientId>,
        (name, description, credential_type): (&str, &str, &str),
        fields: &[(CredentialField, &str)],
    ) -> Result<()> {
        let draft = CredentialSetDraft {
            name: Some(name.to_owned()),
            description: Some(description.to_owned()),
            credential_type: Some(credential_type.to_owned()),
            fields: fields.iter().map(|(field, value)| (*field, (*value).to_owned())).collect(),
        };
        let change = draft.check((&CredentialSetDetails::default(), &[].into()))?;
        let sealed = self.fields_sealed(tx, client, change.typed, SealedFields::new()).await?;
        let (number, now) = (tx.next_number("credential_set").await?, tx.now);
        let set = NewCredentialSet { number, id: id.clone(), client, details: change.details, sealed, created: now, updated: now };
        tx.credential_set_insert(&set).await?;
        self.audit(tx, "credential_set.create", &id, client, &[]).await
    }

    /// Two roles that are no defaults: one that lists some clients, and one of `client_8`.
    async fn demo_roles(&self, tx: &mut Tx, users: &[(UserId, Option<ClientId>)]) -> Result<()> {
        let some = |client: Option<ClientId>| {
            let ids = users.iter().filter(|(_, of)| *of == client).map(|(id, _)| id.to_string());
            Some(Selection::Exactly(ids.skip(if client.is_some() { 0 } else { 6 }).take(2).collect()))
        };
        let ids = |ids: &[&str]| Some(Selection::Exactly(ids.iter().map(|id| (*id).to_owned()).collect()));
        let role = RoleDraft {
            name: Some("Bay Area Technicians".to_owned()),
            description: Some("See the clients around San Francisco, and their devices".to_owned()),
            scope: Some(RoleScope::Msp.key().to_owned()),
            all_devices: Some(true),
            permission_sets: ids(&["12"]),
            users: some(None),
            clients: ids(&["client_8", "client_9", "client_1", "client_2"]),
            credential_sets: ids(&["mmtKsSTyXYqtEtrRMRSmWjAh"]),
            ..RoleDraft::default()
        };
        self.role_add(tx, role).await?;
        let role = RoleDraft {
            name: Some("Lab Operators".to_owned()),
            description: Some("Look after the lab's own group of devices".to_owned()),
            scope: Some(RoleScope::Client.key().to_owned()),
            permission_sets: ids(&["6"]),
            users: some(Some(LAB)),
            device_groups: ids(&["DGP-3bc09935-6510-4205-bb6f-6d2b9561fc43"]),
            ..RoleDraft::default()
        };
        tx.limit(Some(LAB))?;
        let made = self.role_add(tx, role).await;
        tx.limit(None)?;
        made.map(drop)
    }
}

fn profile(first_name: &str, last_name: &str, login: &str, email: &str, phone: &str) -> UserProfile {
    UserProfile {
        first_name: first_name.to_owned(),
        last_name: last_name.to_owned(),
        login: login.to_owned(),
        email: email.to_owned(),
        phone: phone.to_owned(),
        ..UserProfile::default()
    }
}

/// A moment of the API's examples.
fn moment(text: &str) -> Result<Timestamp> {
    let moment: jiff::Timestamp = text.parse().map_err(|error| Fault::Failed(format!("{text}: {error}")))?;
    Ok(Timestamp::from_millis(moment.as_millisecond()))
}

fn wrong(_: domain::UnknownId) -> Fault {
    Fault::Failed("an id of the demo is wrong".to_owned())
}
