//! What lists show is what the decision says: the conditions of the queries and `Caller::can_at` over a matrix of roles.

use domain::{
    Caller, ClientId, ClientQuery, CredentialSetDraft, CsvReading, DeviceDraft, DeviceGroupDraft, Error, ExistingDevices, Permission,
    PermissionSetDraft, RoleDraft, RoleList, Standing,
};
use sqlx::Row;

use crate::{
    client::fields,
    device,
    role::{add, draft, exactly},
    support::{World, on_both_engines, refusal},
};

/// How a client stands to a caller, read apart from the services.
async fn standing(world: &World, caller: &Caller, client: ClientId) -> Standing {
    let listing = world.rows(&format!("SELECT role_id FROM role_clients WHERE client_id = {}", client.number())).await;
    let restricted = world.rows(&format!("SELECT permission FROM client_restrictions WHERE client_id = {}", client.number())).await;
    let listed_by = listing.iter().map(|row| row.get::<i64, _>(0)).filter(|role| caller.grants.iter().any(|grant| grant.number == *role)).collect();
    Standing { listed_by, restricted: restricted.iter().filter_map(|row| Permission::from_key(row.get(0))).collect() }
}

#[test]
fn a_role_s_lists_show_what_can_at_allows() {
    on_both_engines(async |world| {
        let partner = world.partner().await;
        let admin = world.caller(partner, None, "Partner Administrator").await;
        let services = &world.services;
        let mut clients = Vec::new();
        let mut devices = Vec::new();
        let mut logins = Vec::new();
        for (number, name) in (1..).zip(["One", "Two", "Three"]) {
            let client = world.client(&admin, name).await;
            devices.push(world.device(&admin, client, number).await);
            let login = format!("of.{number}");
            world.user_named(partner, Some(client), "Customer", &login).await;
            logins.push(world.user_id(&login).await);
            clients.push(client);
        }
        let restricted = [Permission::DeviceView, Permission::UserView].into_iter().collect();
        services.client_restrictions_set(&admin, clients[2], None, restricted).await.unwrap();
        // One role that lists everything shows each caller what it sees of that.
        let all = RoleDraft {
            clients: exactly(["client_1", "client_2", "client_3"]),
            devices: Some(domain::Selection::Exactly(devices.clone())),
            ..draft("Probe", "MSP")
        };
        // The one who restricts sees no more there than others.
        let present = world.signed_in("partner.administrator").await;
        assert!(services.role_create(&present, all.clone()).await.is_err());
        let device = DeviceDraft { name: Some("New".into()), resource_type: Some("Server".into()), ..DeviceDraft::default() };
        let refused = refusal(services.device_create(&present, Some(clients[2]), device).await);
        assert_eq!(refused, Error::forbidden("The permission “Devices: View” is restricted at this client."));
        services.client_restrictions_set(&admin, clients[2], None, Default::default()).await.unwrap();
        let probe = services.role_create(&admin, all).await.unwrap();
        services.client_restrictions_set(&admin, clients[2], None, restricted).await.unwrap();

        let sets = ["8", "12", "11"];
        for (at, set) in sets.into_iter().enumerate() {
            for (to, listed) in [vec![], vec!["client_1"], vec!["client_1", "client_3"]].into_iter().enumerate() {
                for all_clients in [false, true] {
                    let name = format!("Matrix {at} {to} {all_clients}");
                    let clients = Some(domain::Selection::Exactly(listed.iter().map(ToString::to_string).collect()));
                    // Everybody of the matrix may read roles: the probe has to be seen.
                    let sets = exactly([set, "8"]);
                    let role =
                        RoleDraft { permission_sets: sets, clients, all_clients: Some(all_clients), all_devices: Some(true), ..draft(&name, "MSP") };
                    services.role_create(&admin, role).await.unwrap();
                    world.user_named(partner, None, &name, &name.replace(' ', ".")).await;
                }
            }
        }
        for login in world.rows("SELECT login FROM users WHERE login LIKE 'Matrix%' ORDER BY login").await {
            let login: String = login.get(0);
            let caller = world.signed_in(&login).await;
            let role = services.role_get(&caller, &probe.id).await.unwrap();
            let page = services.client_list(&caller, &ClientQuery::default()).await.unwrap();
            for (client, device) in clients.iter().zip(&devices) {
                let standing = standing(&world, &caller, *client).await;
                let sees = |permission| caller.can_at(permission, *client, &standing).is_ok();
                let listed = role.clients.iter().any(|own| own.id == *client);
                assert_eq!(listed, sees(Permission::ClientView), "{login} {client}");
                let listed = role.devices.iter().any(|own| own.id.as_str() == device);
                assert_eq!(listed, sees(Permission::DeviceView), "{login} {device}");
                let may = sees(Permission::ClientView).then(|| caller.permissions_at(*client, &standing));
                assert_eq!(services.client_get(&caller, *client).await.ok().map(|client| client.may), may, "{login} {client}");
                assert_eq!(page.rows.iter().find(|row| row.id == *client).map(|row| row.may), may, "{login} {client}");
            }
            let page = services.role_members(&caller, &probe.id, RoleList::Devices, &domain::NameQuery::default()).await.unwrap();
            assert_eq!(page.rows.len(), role.devices.len());
        }
    });
}

/// What a caller of two roles may do with the devices and credential sets of a client, of which each role lists the first.
#[test]
fn permissions_of_different_roles_don_t_add_up_across_what_they_list() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let services = &world.services;
        let client = world.client(&admin, "One").await;
        let (device, set): (Vec<_>, Vec<_>) = (
            vec![
                device::device(&world, &admin, client, "d1", "Server").await.id.to_string(),
                device::device(&world, &admin, client, "d2", "Server").await.id.to_string(),
            ],
            vec![world.credential_set(&admin, client, 1).await, world.credential_set(&admin, client, 2).await],
        );
        let sets = async |name: &str, permissions: &[Permission]| {
            let bits = permissions.iter().copied().collect();
            let draft = PermissionSetDraft { name: name.into(), scope: "MSP".into(), permissions: bits, ..Default::default() };
            services.permission_set_create(&admin, draft).await.unwrap().id
        };
        use Permission::{ClientView, CredentialSetManage, CredentialSetView, DeviceManage, DeviceView, RoleManage, RoleView};
        let view = sets("See", &[ClientView, DeviceView, CredentialSetView, RoleView, RoleManage]).await;
        let manage = sets("Change", &[ClientView, DeviceManage, CredentialSetManage]).await;
        for all in [false, true] {
            for (name, set_of_role, wide) in [("See", &view, true), ("Change", &manage, all)] {
                let role = RoleDraft {
                    permission_sets: exactly([set_of_role.as_str()]),
                    all_clients: Some(true),
                    all_devices: Some(wide),
                    all_credentials: Some(wide),
                    devices: (!wide).then(|| domain::Selection::Exactly(vec![device[0].clone()])),
                    credential_sets: (!wide).then(|| domain::Selection::Exactly(vec![set[0].clone()])),
                    ..draft(&format!("{name} {all}"), "MSP")
                };
                services.role_create(&admin, role).await.unwrap();
            }
            world.registered(&admin, None, &format!("both.{all}"), &[&format!("See {all}"), &format!("Change {all}")]).await;
            let caller = world.signed_in(&format!("both.{all}")).await;
            let forbidden = |result: services::Result<()>| match result {
                Ok(()) => false,
                Err(services::Fault::Refused(Error::Forbidden { .. } | Error::Invalid { .. })) => true,
                Err(other) => panic!("{other:?}"),
            };
            for at in [0, 1] {
                let (device, set) = (device[at].parse().unwrap(), set[at].parse().unwrap());
                let reached = all || at == 0;
                services.device_get(&caller, &device).await.unwrap();
                services.credential_set_get(&caller, &set).await.unwrap();
                let change = DeviceDraft { alias_name: Some(format!("{all}")), ..DeviceDraft::default() };
                assert_eq!(forbidden(services.device_update(&caller, &device, None, change).await.map(drop)), !reached);
                let change = CredentialSetDraft { description: Some(format!("{all}")), ..CredentialSetDraft::default() };
                assert_eq!(forbidden(services.credential_set_update(&caller, &set, None, change).await.map(drop)), !reached);
                let group = DeviceGroupDraft { name: Some(format!("Group {all} {at}")), ..DeviceGroupDraft::default() };
                let group = services.device_group_create(&caller, Some(client), group).await.unwrap();
                let added = services.device_group_devices_add(&caller, &group.id, std::slice::from_ref(&device)).await.map(drop);
                assert_eq!(forbidden(added), !reached);
                let gives = |name: &str| RoleDraft {
                    permission_sets: exactly([manage.as_str()]),
                    all_clients: Some(true),
                    ..draft(&format!("{name} {all} {at}"), "MSP")
                };
                let lists = RoleDraft { devices: exactly([device.as_str()]), ..gives("Device") };
                assert_eq!(forbidden(services.role_create(&caller, lists).await.map(drop)), !reached, "a role that gives the device");
                let lists = RoleDraft { credential_sets: exactly([set.as_str()]), ..gives("Credential set") };
                assert_eq!(forbidden(services.role_create(&caller, lists).await.map(drop)), !reached, "a role that gives the credential set");
                let file = format!("client,host name,alias\nclient_1,d{},new {all}\n", at + 1);
                let replaced = services.device_import(&caller, file.as_bytes(), CsvReading::default(), ExistingDevices::Replace).await.map(drop);
                assert_eq!(forbidden(replaced), !reached);
                if !reached {
                    assert!(forbidden(services.device_delete(&caller, &device).await));
                    assert!(forbidden(services.credential_set_delete(&caller, &set).await));
                }
            }
            let query =
                DeviceGroupDraft { name: Some(format!("Query {all}")), search_query: Some("name = \"d2\"".into()), ..DeviceGroupDraft::default() };
            assert_eq!(forbidden(services.device_group_create(&caller, Some(client), query).await.map(drop)), !all);
            let new = DeviceDraft { host_name: Some(format!("new-{all}")), resource_type: Some("Server".into()), ..DeviceDraft::default() };
            assert_eq!(forbidden(services.device_create(&caller, Some(client), new).await.map(drop)), !all);
            let file = format!("client,host name\nclient_1,imported-{all}\n");
            let imported = services.device_import(&caller, file.as_bytes(), CsvReading::default(), ExistingDevices::Skip).await.map(drop);
            assert_eq!(forbidden(imported), !all);
        }
    });
}

#[test]
fn a_device_group_in_a_role_gives_no_more_than_its_giver_has() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let services = &world.services;
        let client = world.client(&admin, "One").await;
        let mut devices = Vec::new();
        for name in ["d1", "d2"] {
            devices.push(device::device(&world, &admin, client, name, "Server").await.id);
        }
        let permissions = [Permission::ClientView, Permission::DeviceView, Permission::RoleView, Permission::RoleManage].into_iter().collect();
        let set = PermissionSetDraft { name: "Some".into(), scope: "MSP".into(), permissions, ..Default::default() };
        let set = services.permission_set_create(&admin, set).await.unwrap().id;
        let lists = |name: &str| RoleDraft { permission_sets: exactly([set.as_str()]), all_clients: Some(true), ..draft(name, "MSP") };
        services.role_create(&admin, RoleDraft { devices: exactly([devices[0].as_str()]), ..lists("Some") }).await.unwrap();
        let caller = world.caller(admin.partner, None, "Some").await;
        for (name, members, refused) in [("One", &devices[..1], false), ("Both", &devices[..], true)] {
            let group = DeviceGroupDraft { name: Some(name.into()), ..DeviceGroupDraft::default() };
            let group = services.device_group_create(&admin, Some(client), group).await.unwrap();
            services.device_group_devices_add(&admin, &group.id, members).await.unwrap();
            let role = RoleDraft { device_groups: exactly([group.id.as_str()]), ..lists(&format!("By {name}")) };
            let made = services.role_create(&caller, role).await;
            assert_eq!(matches!(made, Err(services::Fault::Refused(Error::Forbidden { .. }))), refused, "{name}: {made:?}");
        }
    });
}

#[test]
fn a_device_group_with_a_query_is_listed_only_by_who_manages_all_devices_it_can_match() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let services = &world.services;
        let client = world.client(&admin, "One").await;
        let seen = device::device(&world, &admin, client, "seen", "Server").await.id;
        let permissions = Permission::ALL.iter().copied().filter(|permission| *permission != Permission::SettingManage).collect();
        let set = PermissionSetDraft { name: "Some".into(), scope: "MSP".into(), permissions, ..Default::default() };
        let set = services.permission_set_create(&admin, set).await.unwrap().id;
        let lists = |name: &str| RoleDraft { permission_sets: exactly([set.as_str()]), all_clients: Some(true), ..draft(name, "MSP") };
        services.role_create(&admin, RoleDraft { all_devices: Some(true), all_credentials: Some(true), ..lists("All") }).await.unwrap();
        let own = services.role_create(&admin, RoleDraft { devices: exactly([seen.as_str()]), ..lists("Some") }).await.unwrap();
        let (all, some) = (world.caller(admin.partner, None, "All").await, world.caller(admin.partner, None, "Some").await);
        for (at, owner) in [Some(client), None].into_iter().enumerate() {
            let query =
                DeviceGroupDraft { name: Some(format!("Query {at}")), search_query: Some("name CONTAINS \"e\"".into()), ..Default::default() };
            let group = services.device_group_create(&admin, owner, query).await.unwrap().id;
            let listing = |name: &str| RoleDraft { device_groups: exactly([group.as_str()]), ..lists(name) };
            let into_own = RoleDraft { device_groups: exactly([group.as_str()]), ..RoleDraft::default() };
            assert_eq!(fields(services.role_update(&some, &own.id, None, into_own).await), ["device_groups"], "into the own role");
            assert_eq!(fields(services.role_create(&some, listing("New")).await), ["device_groups"], "into a new one");
            let given = services.role_create(&all, listing(&format!("Given {at}"))).await.unwrap();
            let users = RoleDraft { users: exactly([some.user.id.to_string().as_str()]), ..RoleDraft::default() };
            let taken = refusal(services.role_update(&some, &given.id, None, users.clone()).await);
            assert!(matches!(&taken, Error::Forbidden { reason } if reason.contains("device groups with a query")), "{taken:?}");
            services.role_update(&all, &given.id, None, users).await.unwrap();
            // Whoever has the role can give it to others.
            let friend = world.registered(&admin, None, &format!("friend.{at}"), &[]).await.row.id;
            let friend = RoleDraft { users: add(friend), ..RoleDraft::default() };
            services.role_update(&world.signed_in("some").await, &given.id, None, friend).await.unwrap();
        }
    });
}
