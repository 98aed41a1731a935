//! References in a body are looked up among what the caller sees; the refusal of something unseen equals that of something that doesn't exist.

use domain::{
    AccessThing, ApiKeyDraft, Caller, ClientDraft, ClientId, CredentialSetDraft, DeviceDraft, DeviceGroupDraft, Error, NetworkImageDraft, Permission,
    PermissionSetDraft, Reference, RoleDraft, RoleId, Selection, UserDraft, UserGroupDraft,
};
use services::{DeviceGroupToSave, Fault, Services};
use sqlx::Row;

use crate::{
    client::fields,
    role::{self, add, exactly},
    support::{World, on_both_engines},
    user::draft,
};

/// One thing of each kind, in every way that bodies refer to it.
#[derive(Clone, Debug, Default)]
struct Things {
    client: String,
    role: String,
    role_number: i64,
    set: String,
    user: String,
    group: String,
    group_number: i64,
    device: String,
    device_group: String,
    credential_set: String,
    image: String,
    /// A word that all their names contain.
    word: &'static str,
}

impl Things {
    /// References to things that don't exist.
    fn missing() -> Self {
        Self {
            client: "client_999".into(),
            role: "ROLE-00000000-0000-4000-8000-00000000dead".into(),
            role_number: 999_999,
            set: "PSET-00000000-0000-4000-8000-00000000dead".into(),
            user: "USR0000099999".into(),
            group: "USRGRP-00000000-0000-4000-8000-00000000dead".into(),
            group_number: 999_999,
            device: "00000000-0000-4000-8000-00000000beef".into(),
            device_group: "DGP-00000000-0000-4000-8000-00000000dead".into(),
            credential_set: "deaddeaddeaddeaddeaddead".into(),
            image: "00000000-0000-4000-8000-00000000cafe".into(),
            word: "Nothing",
        }
    }
}

/// Creates one of each kind: a client's, or the partner's own with a role for another client's users.
async fn things(world: &World, admin: &Caller, client: Option<ClientId>, word: &'static str, listed: &str) -> Things {
    let services = &world.services;
    let there = Caller { within: client, ..admin.clone() };
    let named = || format!("{word} thing");
    let set = PermissionSetDraft {
        name: named(),
        scope: "CLIENT".into(),
        permissions: [Permission::ClientView].into_iter().collect(),
        ..Default::default()
    };
    let set = services.permission_set_create(&there, set).await.unwrap();
    let lists = if client.is_some() { None } else { exactly([listed]) };
    let role = RoleDraft { permission_sets: exactly([set.id.as_str()]), clients: lists, ..role::draft(&named(), "CLIENT") };
    let role = services.role_create(&there, role).await.unwrap();
    let user = services.user_create(admin, client, draft(&format!("{word}.user"))).await.unwrap().user.row.id;
    let group = UserGroupDraft { name: Some(named()), ..UserGroupDraft::default() };
    let group = services.user_group_create(admin, client, &group).await.unwrap().row.group;
    let device = match client {
        Some(client) => {
            let device = DeviceDraft { name: Some(named()), resource_type: Some("Server".into()), ..DeviceDraft::default() };
            services.device_create(admin, Some(client), device).await.unwrap().id.to_string()
        }
        None => String::new(),
    };
    let device_group = DeviceGroupDraft { name: Some(named()), ..DeviceGroupDraft::default() };
    let device_group = services.device_group_create(admin, client, device_group).await.unwrap().id.to_string();
    let credentials = CredentialSetDraft { name: Some(named()), credential_type: Some("SSH".into()), ..CredentialSetDraft::default() };
    let credential_set = services.credential_set_create(admin, client, credentials).await.unwrap().id.to_string();
    let mut png = std::io::Cursor::new(Vec::new());
    image::DynamicImage::new_rgb8(2, 2).write_to(&mut png, image::ImageFormat::Png).unwrap();
    let image = services.image_upload(admin, png.into_inner().into()).await.unwrap().id;
    if let Some(client) = client {
        let before = services.client_get(admin, client).await.unwrap();
        let images = vec![NetworkImageDraft { id: image.clone(), title: word.to_owned() }];
        services.client_update(admin, client, before.version, ClientDraft { images, ..before.details }).await.unwrap();
    }
    Things {
        client: client.map(|client| client.to_string()).unwrap_or_default(),
        role: role.id.to_string(),
        role_number: role.number,
        set: set.id.to_string(),
        user: user.to_string(),
        group: group.id.to_string(),
        group_number: group.number,
        device,
        device_group,
        credential_set,
        image: image.to_string(),
        word,
    }
}

/// Every field that refers to something.
const FIELDS: &[&str] = &[
    "user.roles",
    "user.roles by id",
    "user.roles by number",
    "user.roles by name",
    "user.user_groups",
    "user.user_groups by id",
    "user.user_groups by number",
    "user.user_groups by name",
    "user.client",
    "key.roles",
    "group.roles",
    "group.users",
    "group.client",
    "role.permission_sets",
    "role.users",
    "role.user_groups",
    "role.clients",
    "role.devices",
    "role.device_groups",
    "role.credential_sets",
    "device.client",
    "device_group.devices",
    "device_group.client",
    "device_group.id",
    "device_group.saved_client",
    "credential_set.client",
    "client.images",
    "why.user",
    "why.device",
];

/// Sends a body that refers to another thing, for a thing of one client.
async fn send(services: &Services, actor: &Caller, own: &Things, field: &str, to: &Things, login: &str) -> Result<(), Fault> {
    let one: ClientId = own.client.parse().unwrap();
    let client = |things: &Things| things.client.parse::<ClientId>().ok();
    let own_role: RoleId = own.role.parse().unwrap();
    let listing = |draft: RoleDraft| services.role_update(actor, &own_role, None, draft);
    let roles_by = |reference| services_roles(services, actor, one, reference);
    match field {
        "user.roles" => {
            let roles = Some(Selection::Exactly(vec![to.role.parse().unwrap()]));
            services.user_create(actor, Some(one), UserDraft { roles, ..draft(login) }).await.map(drop)
        }
        "user.roles by id" => roles_by(Reference::Id(to.role.clone())).await,
        "user.roles by number" => roles_by(Reference::Number(to.role_number)).await,
        "user.roles by name" => roles_by(Reference::Name(format!("{} thing", to.word))).await,
        "user.user_groups" => {
            let user_groups = Some(Selection::Exactly(vec![to.group.parse().unwrap()]));
            services.user_create(actor, Some(one), UserDraft { user_groups, ..draft(login) }).await.map(drop)
        }
        "user.user_groups by id" => services_groups(services, actor, one, Reference::Id(to.group.clone())).await,
        "user.user_groups by number" => services_groups(services, actor, one, Reference::Number(to.group_number)).await,
        "user.user_groups by name" => services_groups(services, actor, one, Reference::Name(format!("{} thing", to.word))).await,
        "user.client" => services.user_create(actor, client(to), draft(login)).await.map(drop),
        "key.roles" => {
            let there = Caller { within: Some(one), ..actor.clone() };
            let draft = ApiKeyDraft { name: Some(login.to_owned()), roles: Some(vec![to.role.parse().unwrap()]), ..ApiKeyDraft::default() };
            services.api_key_create(&there, &draft).await.map(drop)
        }
        "group.roles" => services.user_group_roles_referred(actor, Some(one), &[Reference::Id(to.role.clone())]).await.map(drop),
        "group.users" => services.user_group_users_add(actor, &own.group.parse().unwrap(), &[to.user.parse().unwrap()]).await,
        "group.client" => {
            let draft = UserGroupDraft { name: Some(login.to_owned()), ..UserGroupDraft::default() };
            services.user_group_create(actor, client(to), &draft).await.map(drop)
        }
        "role.permission_sets" => listing(RoleDraft { permission_sets: add(&to.set), ..RoleDraft::default() }).await.map(drop),
        "role.users" => listing(RoleDraft { users: add(&to.user), ..RoleDraft::default() }).await.map(drop),
        "role.user_groups" => listing(RoleDraft { user_groups: add(&to.group), ..RoleDraft::default() }).await.map(drop),
        "role.clients" => listing(RoleDraft { clients: add(&to.client), ..RoleDraft::default() }).await.map(drop),
        "role.devices" => listing(RoleDraft { devices: add(&to.device), ..RoleDraft::default() }).await.map(drop),
        "role.device_groups" => listing(RoleDraft { device_groups: add(&to.device_group), ..RoleDraft::default() }).await.map(drop),
        "role.credential_sets" => listing(RoleDraft { credential_sets: add(&to.credential_set), ..RoleDraft::default() }).await.map(drop),
        "device.client" => {
            let draft = DeviceDraft { name: Some(login.to_owned()), resource_type: Some("Server".into()), ..DeviceDraft::default() };
            services.device_create(actor, client(to), draft).await.map(drop)
        }
        "device_group.devices" => {
            services.device_group_devices_add(actor, &own.device_group.parse().unwrap(), &[to.device.parse().unwrap()]).await.map(drop)
        }
        "device_group.client" => {
            let draft = DeviceGroupDraft { name: Some(login.to_owned()), ..DeviceGroupDraft::default() };
            services.device_group_create(actor, client(to), draft).await.map(drop)
        }
        "device_group.id" | "device_group.saved_client" => {
            let there = Caller { within: Some(one), ..actor.clone() };
            let draft = DeviceGroupDraft { name: Some(login.to_owned()), ..DeviceGroupDraft::default() };
            let (id, client) = if field.ends_with(".id") { (Some(to.device_group.clone()), None) } else { (None, client(to)) };
            services.device_group_save(&there, vec![DeviceGroupToSave { id, client, draft }]).await.map(drop)
        }
        "credential_set.client" => {
            let draft = CredentialSetDraft { name: Some(login.to_owned()), credential_type: Some("SSH".into()), ..CredentialSetDraft::default() };
            services.credential_set_create(actor, client(to), draft).await.map(drop)
        }
        "client.images" => {
            let before = services.client_get(actor, one).await?;
            let images = vec![NetworkImageDraft { id: to.image.parse().unwrap(), title: "Plan".to_owned() }];
            services.client_update(actor, one, before.version, ClientDraft { images, city: login.to_owned(), ..before.details }).await.map(drop)
        }
        "why.user" => services.why_visible(actor, to.user.parse().unwrap(), &AccessThing::Client(one)).await.map(drop),
        "why.device" => services.why_visible(actor, own.user.parse().unwrap(), &AccessThing::Device(to.device.parse().unwrap())).await.map(drop),
        other => panic!("{other}"),
    }
}

async fn services_roles(services: &Services, actor: &Caller, client: ClientId, reference: Reference) -> Result<(), Fault> {
    services.user_roles_referred(actor, None, Some(client), &[reference]).await.map(drop)
}

async fn services_groups(services: &Services, actor: &Caller, client: ClientId, reference: Reference) -> Result<(), Fault> {
    services.user_groups_referred(actor, None, Some(client), &[reference]).await.map(drop)
}

/// A refusal without the sent reference, so that refusals can be compared.
fn told(result: Result<(), Fault>, to: &Things) -> String {
    let refused = match result {
        Ok(()) => return "done".to_owned(),
        Err(Fault::Refused(error)) => format!("{error:?}"),
        Err(failure) => panic!("it failed: {failure}"),
    };
    let sent = [&to.client, &to.role, &to.set, &to.user, &to.group, &to.device, &to.device_group, &to.credential_set, &to.image];
    let sent = sent.into_iter().filter(|sent| !sent.is_empty()).cloned();
    let numbers = [format!("the id {}", to.role_number), format!("the id {}", to.group_number), format!("{} thing", to.word)];
    sent.chain(numbers).fold(refused, |told, sent| told.replace(&sent, "…"))
}

/// The rows that an accepted reference would have changed.
async fn state(world: &World) -> Vec<i64> {
    let mut counts = Vec::new();
    for table in [
        "users",
        "user_group_users",
        "role_users",
        "role_user_groups",
        "role_clients",
        "role_devices",
        "role_device_groups",
        "role_credential_sets",
        "role_permission_sets",
        "api_keys",
        "devices",
        "device_groups",
        "device_group_devices",
        "credential_sets",
        "user_groups",
        "audit_records",
    ] {
        counts.push(world.rows(&format!("SELECT COUNT(*) FROM {table}")).await[0].get(0));
    }
    counts
}

#[test]
fn what_one_does_not_see_is_refused_as_what_does_not_exist() {
    on_both_engines(async |world| {
        let partner = world.partner().await;
        let admin = world.caller(partner, None, "Partner Administrator").await;
        let other = world.partner().await;
        world.user_named(other, None, "Partner Administrator", "other.admin").await;
        let other_admin = world.signed_in("other.admin").await;
        let (one, two) = (world.client(&admin, "One").await, world.client(&admin, "Two").await);
        let abroad = world.client(&other_admin, "Abroad").await;
        let own = things(&world, &admin, Some(one), "Own", "").await;
        let foreign = things(&world, &admin, Some(two), "Foreign", "").await;
        let of_partner = things(&world, &admin, None, "Partner", &two.to_string()).await;
        let of_other = things(&world, &other_admin, Some(abroad), "Other", "").await;
        let missing = Things::missing();

        let of_client = world.caller(partner, Some(one), "Client Administrator with Client Details").await;
        let role = RoleDraft {
            permission_sets: exactly(["11"]),
            clients: exactly([&one.to_string()]),
            all_devices: Some(true),
            all_credentials: Some(true),
            ..role::draft("Everything at One", "MSP")
        };
        world.services.role_create(&admin, role).await.unwrap();
        let technician = world.caller(partner, None, "Everything at One").await;

        for (who, actor, hidden) in [
            ("client administrator", of_client, vec![&foreign, &of_partner, &of_other]),
            ("technician", Caller { within: Some(one), ..technician.clone() }, vec![&foreign, &of_other]),
            ("technician at large", technician, vec![&foreign, &of_other]),
            ("administrator within a client", Caller { within: Some(one), ..admin.clone() }, vec![&foreign, &of_other]),
        ] {
            for field in FIELDS {
                let before = state(&world).await;
                let nothing = told(send(&world.services, &actor, &own, field, &missing, "x").await, &missing);
                assert_ne!(nothing, "done", "{who} {field}");
                for to in &hidden {
                    // The partner has no such thing, the field can't say that it means the partner, or the partner shares it.
                    let of_clients = ["client", "device.", "devices", "why.device", "permission_sets"];
                    if to.client.is_empty() && of_clients.iter().any(|word| field.contains(word)) && *field != "client.images" {
                        continue;
                    }
                    let refused = told(send(&world.services, &actor, &own, field, to, "x").await, to);
                    assert_eq!(refused, nothing, "{who} {field} {}", to.word);
                    assert!(!refused.contains(to.word), "{who} {field}: {refused}");
                }
                assert_eq!(state(&world).await, before, "{who} {field}: what is refused changes nothing");
                // References to the client's own things are accepted, so the refusals above are about visibility.
                let login = format!("{}.{}", who.replace(' ', "."), field.replace(' ', "."));
                let taken = told(send(&world.services, &actor, &own, field, &own, &login).await, &own);
                assert_ne!(taken, nothing, "{who} {field}");
            }
        }
    });
}

#[test]
fn what_a_user_has_may_be_sent_back_though_it_is_not_seen() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let client = world.client(&admin, "One").await;
        let user = world.registered(&admin, Some(client), "grace", &["Customer"]).await.row.id;
        let set = PermissionSetDraft {
            name: "Users".into(),
            scope: "CLIENT".into(),
            permissions: [Permission::ClientView, Permission::DeviceView, Permission::ReportView, Permission::UserView, Permission::UserManage]
                .into_iter()
                .collect(),
            ..Default::default()
        };
        let set = world.services.permission_set_create(&admin, set).await.unwrap();
        let role = RoleDraft {
            permission_sets: exactly([set.id.as_str()]),
            all_clients: Some(true),
            all_devices: Some(true),
            ..role::draft("User manager", "CLIENT")
        };
        world.services.role_create(&admin, role).await.unwrap();
        let manager = world.caller(admin.partner, Some(client), "User manager").await;
        let customer = [Reference::Name("Customer".into())];
        let unseen = world.services.user_roles_referred(&manager, None, Some(client), &customer).await;
        assert!(matches!(unseen, Err(Fault::Refused(Error::Invalid { .. }))), "without “Roles: View” there are no roles");
        assert_eq!(world.services.user_roles_referred(&manager, Some(user), Some(client), &customer).await.unwrap().len(), 1);
    });
}

#[test]
fn who_does_not_see_what_does_not_fit_is_not_told_how_many_there_are() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let services = &world.services;
        let (one, two) = (world.client(&admin, "One").await, world.client(&admin, "Two").await);
        let sets = async |scope: &str, permissions: &[Permission]| {
            let permissions = permissions.iter().copied().collect();
            let set = PermissionSetDraft { name: format!("Set {scope}"), scope: scope.into(), permissions, ..Default::default() };
            services.permission_set_create(&admin, set).await.unwrap().id
        };
        let blind = sets("MSP", &[Permission::ClientView, Permission::RoleView, Permission::RoleManage]).await;
        let blind = RoleDraft { permission_sets: exactly([blind.as_str()]), all_clients: Some(true), ..role::draft("Blind", "MSP") };
        services.role_create(&admin, blind).await.unwrap();
        let view = sets("CLIENT", &[Permission::ClientView]).await;
        let clients = exactly([&one.to_string(), &two.to_string()]);
        let shared = RoleDraft { permission_sets: exactly([view.as_str()]), clients, ..role::draft("Shared", "CLIENT") };
        let shared = services.role_create(&admin, shared).await.unwrap();
        for login in ["a", "b"] {
            world.user_named(admin.partner, Some(two), "Shared", login).await;
        }
        let narrower = RoleDraft { clients: exactly([&one.to_string()]), ..RoleDraft::default() };
        assert_eq!(fields(services.role_update(&admin, &shared.id, None, narrower.clone()).await), ["users", "users"]);
        let blind = world.caller(admin.partner, None, "Blind").await;
        assert_eq!(fields(services.role_update(&blind, &shared.id, None, narrower).await), ["users"]);
    });
}
