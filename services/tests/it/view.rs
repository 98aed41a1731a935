//! What lists show is what the decision says: the conditions of the queries and `Caller::can_at` over a matrix of roles.

use domain::{Caller, ClientId, Permission, RoleDraft, RoleList, Standing};
use sqlx::Row;

use crate::{
    role::{draft, exactly},
    support::{World, on_both_engines},
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
            devices.push(world.device(partner, client, number).await);
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
        let blind = services.role_create(&world.signed_in("partner.administrator").await, all.clone()).await;
        assert!(blind.is_err());
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
            for (client, device) in clients.iter().zip(&devices) {
                let standing = standing(&world, &caller, *client).await;
                let sees = |permission| caller.can_at(permission, *client, &standing).is_ok();
                let listed = role.clients.iter().any(|own| own.id == *client);
                assert_eq!(listed, sees(Permission::ClientView), "{login} {client}");
                let listed = role.devices.iter().any(|own| own.id.as_str() == device);
                assert_eq!(listed, sees(Permission::DeviceView), "{login} {device}");
                assert_eq!(services.client_get(&caller, *client).await.is_ok(), sees(Permission::ClientView), "{login} {client}");
            }
            let page = services.role_members(&caller, &probe.id, RoleList::Devices, &domain::ListQuery::default()).await.unwrap();
            assert_eq!(page.rows.len(), role.devices.len());
        }
    });
}
