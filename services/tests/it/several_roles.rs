//! Several roles of one caller: each shows and allows what it reaches, by its own permissions.

use domain::{Caller, ClientId, CredentialSetQuery, DeviceGroupDraft, DeviceQuery, Error, Permission, PermissionSetId, RoleDraft};
use services::Fault;

use crate::{
    client::fields,
    credential_set,
    outrank::set,
    role::{draft, exactly},
    support::{World, on_both_engines, refusal},
};

/// Two clients with two devices and two credential sets each, by their numbers.
struct Scene {
    world: World,
    admin: Caller,
    one: ClientId,
    two: ClientId,
    devices: Vec<String>,
    credentials: Vec<String>,
}

impl Scene {
    async fn of(world: World) -> Self {
        let admin = world.admin().await;
        let (one, two) = (world.client(&admin, "One").await, world.client(&admin, "Two").await);
        let (mut devices, mut credentials) = (Vec::new(), Vec::new());
        for (number, client) in (1..).zip([one, one, two, two]) {
            devices.push(world.device(&admin, client, number).await);
            credentials.push(world.credential_set(&admin, client, number).await);
        }
        Self { world, admin, one, two, devices, credentials }
    }

    async fn set(&self, name: &str, permissions: &[Permission]) -> PermissionSetId {
        let set = set(name, "MSP", permissions.iter().copied().collect());
        self.world.services.permission_set_create(&self.admin, set).await.unwrap().id
    }

    /// Somebody with some roles, each with a permission set.
    async fn with<const N: usize>(&self, login: &str, roles: [(&PermissionSetId, RoleDraft); N]) -> Caller {
        let mut names = Vec::new();
        for (number, (set, role)) in (1..).zip(roles) {
            let name = format!("{login} {number}");
            let role = RoleDraft { name: Some(name.clone()), scope: Some("MSP".into()), permission_sets: exactly([set.as_str()]), ..role };
            self.world.services.role_create(&self.admin, role).await.unwrap();
            names.push(name);
        }
        self.world.registered(&self.admin, None, login, &names.iter().map(String::as_str).collect::<Vec<_>>()).await;
        self.world.signed_in(login).await
    }

    /// The names of the devices and credential sets that are seen.
    async fn seen(&self, caller: &Caller) -> (Vec<String>, Vec<String>) {
        let devices = self.world.services.device_list(caller, &DeviceQuery::default()).await.unwrap().rows;
        let credentials = self.world.services.credential_set_list(caller, &CredentialSetQuery::default()).await.unwrap().rows;
        (devices.into_iter().map(|row| row.name).collect(), credentials.into_iter().map(|row| row.details.name).collect())
    }
}

fn names<const N: usize>(devices: [&str; N], credentials: [&str; N]) -> (Vec<String>, Vec<String>) {
    (devices.map(str::to_owned).to_vec(), credentials.map(str::to_owned).to_vec())
}

#[test]
fn each_shows_what_it_lists_at_its_own_clients() {
    on_both_engines(async |world| {
        let scene = Scene::of(world).await;
        let view = scene.set("View", &[Permission::ClientView, Permission::DeviceView, Permission::CredentialSetView]).await;
        let listing = |number: usize| RoleDraft {
            devices: exactly([scene.devices[number - 1].as_str()]),
            credential_sets: exactly([scene.credentials[number - 1].as_str()]),
            ..RoleDraft::default()
        };
        let at = |client: ClientId, role: RoleDraft| RoleDraft { clients: exactly([&client.to_string()]), ..role };
        let everything = || RoleDraft { all_devices: Some(true), all_credentials: Some(true), ..RoleDraft::default() };
        let anywhere = |role: RoleDraft| RoleDraft { all_clients: Some(true), ..role };

        let all_at_one = scene.with("all", [(&view, at(scene.one, everything())), (&view, at(scene.two, listing(3)))]).await;
        assert_eq!(scene.seen(&all_at_one).await, names(["d1", "d2", "d3"], ["c1", "c2", "c3"]));
        let listed = scene.with("listed", [(&view, anywhere(listing(1))), (&view, anywhere(listing(4)))]).await;
        assert_eq!(scene.seen(&listed).await, names(["d1", "d4"], ["c1", "c4"]));
        let of_another = RoleDraft { credential_sets: None, ..listing(2) };
        let elsewhere = scene.with("elsewhere", [(&view, at(scene.one, listing(1))), (&view, at(scene.two, of_another))]).await;
        assert_eq!(scene.seen(&elsewhere).await, names(["d1"], ["c1"]), "a role for the one client doesn't list what the other has");
    });
}

#[test]
fn a_client_that_none_shows_hides_what_belongs_to_it() {
    on_both_engines(async |world| {
        let scene = Scene::of(world).await;
        let client = scene.set("Clients", &[Permission::ClientView]).await;
        let things = scene.set("Things", &[Permission::DeviceView, Permission::CredentialSetView]).await;
        scene.world.services.credential_set_create(&scene.admin, None, credential_set::draft("c5", &[])).await.unwrap();
        let at_one = RoleDraft { clients: exactly([&scene.one.to_string()]), ..RoleDraft::default() };
        let all = RoleDraft { all_clients: Some(true), all_devices: Some(true), all_credentials: Some(true), ..RoleDraft::default() };
        let caller = scene.with("all", [(&client, at_one), (&things, all)]).await;
        let (devices, credentials) = scene.seen(&caller).await;
        assert_eq!(devices, ["d1", "d2"]);
        assert_eq!(credentials, ["c1", "c2", "c5"], "the partner's own isn't hidden");
        let hidden = scene.world.services.device_get(&caller, &scene.devices[2].parse().unwrap()).await;
        assert_eq!(refusal(hidden), Error::NotFound);
    });
}

#[test]
fn a_device_that_none_shows_gets_into_no_group() {
    on_both_engines(async |world| {
        let scene = Scene::of(world).await;
        let services = &scene.world.services;
        let view = scene.set("View", &[Permission::ClientView, Permission::DeviceView]).await;
        let manage = scene.set("Manage", &[Permission::ClientView, Permission::DeviceManage]).await;
        let listing = RoleDraft { all_clients: Some(true), devices: exactly([scene.devices[0].as_str()]), ..RoleDraft::default() };
        let all = RoleDraft { all_clients: Some(true), all_devices: Some(true), ..RoleDraft::default() };
        let caller = scene.with("manager", [(&view, listing), (&manage, all)]).await;
        let group = DeviceGroupDraft { name: Some("Group".into()), ..DeviceGroupDraft::default() };
        let group = services.device_group_create(&caller, Some(scene.one), group).await.unwrap();
        let ids: Vec<_> = scene.devices.iter().map(|id| id.parse().unwrap()).collect();
        assert_eq!(fields(services.device_group_devices_add(&caller, &group.id, &ids[..2]).await), ["devices.1"]);
        services.device_group_devices_add(&caller, &group.id, &ids[..1]).await.unwrap();
    });
}

#[test]
fn a_device_group_is_given_by_roles_that_reach_its_client() {
    on_both_engines(async |world| {
        let scene = Scene::of(world).await;
        let services = &scene.world.services;
        let view = [Permission::ClientView, Permission::DeviceView, Permission::RoleView, Permission::RoleManage];
        let (view, manage) = (scene.set("View", &view).await, scene.set("Manage", &[Permission::DeviceManage]).await);
        let all = || RoleDraft { all_devices: Some(true), ..RoleDraft::default() };
        let at_one = RoleDraft { clients: exactly([&scene.one.to_string()]), ..all() };
        let caller = scene.with("manager", [(&view, RoleDraft { all_clients: Some(true), ..all() }), (&manage, at_one)]).await;
        for (client, refused) in [(scene.one, false), (scene.two, true)] {
            let group = DeviceGroupDraft { name: Some("Group".into()), ..DeviceGroupDraft::default() };
            let group = services.device_group_create(&scene.admin, Some(client), group).await.unwrap();
            let role = RoleDraft {
                permission_sets: exactly([manage.as_str()]),
                clients: exactly([&scene.one.to_string()]),
                device_groups: exactly([group.id.as_str()]),
                ..draft(&format!("By {client}"), "MSP")
            };
            let made = services.role_create(&caller, role).await;
            assert_eq!(matches!(made, Err(Fault::Refused(Error::Forbidden { .. }))), refused, "{client}: {made:?}");
            assert_eq!(made.is_ok(), !refused);
        }
    });
}
