//! A client's page: its numbers are those of the lists that they lead to.

use domain::{ClientId, Error, OfClient, Permission, RoleDraft, RoleQuery, Total};

use crate::{
    credential_set, device, device_group,
    role::{draft, exactly},
    support::{on_both_engines, refusal},
};

#[test]
fn the_numbers_are_those_of_the_lists() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let services = &world.services;
        let (lab, corp) = (world.client(&admin, "Lab").await, world.client(&admin, "Corp").await);
        for client in [lab, corp] {
            for number in 0..2 {
                device::device(&world, &admin, client, &format!("{client}-{number}"), "Linux").await;
            }
            services.device_group_create(&admin, Some(client), device_group::draft("Servers")).await.unwrap();
            services.credential_set_create(&admin, Some(client), credential_set::draft("SSH", &[])).await.unwrap();
            world.registered(&admin, Some(client), &format!("user.{client}"), &[]).await;
            world.group(&admin, Some(client), "People").await;
        }
        let lists = RoleDraft { permission_sets: exactly(["8"]), clients: exactly([&lab.to_string()]), ..draft("Lists Lab", "MSP") };
        services.role_create(&admin, lists).await.unwrap();
        let hub = services.client_hub(&admin, lab).await.unwrap();
        assert_eq!(hub.client, services.client_get(&admin, lab).await.unwrap());
        let counts = hub.counts;
        let one = Some(Total::Exactly(1));
        assert_eq!((counts.devices, counts.device_groups, counts.users), (Some(Total::Exactly(2)), one, one));
        assert_eq!((counts.user_groups, counts.roles, counts.credential_sets), (one, one, one));
        assert_eq!((counts.aws_accounts, counts.open_jobs), (Some(Total::Exactly(0)), 0));
        let roles = RoleQuery::filtered(OfClient::of(lab));
        assert_eq!(Some(services.role_list(&admin, &roles).await.unwrap().total), counts.roles);
    });
}

#[test]
fn nothing_is_counted_that_one_may_not_see() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let services = &world.services;
        let (lab, corp) = (world.client(&admin, "Lab").await, world.client(&admin, "Corp").await);
        let shown = device::device(&world, &admin, lab, "shown", "Linux").await;
        device::device(&world, &admin, lab, "hidden", "Linux").await;
        let lists = RoleDraft {
            permission_sets: exactly(["12"]),
            clients: exactly([&lab.to_string()]),
            devices: exactly([shown.id.as_str()]),
            ..draft("One device", "MSP")
        };
        services.role_create(&admin, lists).await.unwrap();
        let technician = world.caller(admin.partner, None, "One device").await;
        let counts = services.client_hub(&technician, lab).await.unwrap().counts;
        assert_eq!(counts.devices, Some(Total::Exactly(1)));
        assert_eq!(refusal(services.client_hub(&technician, corp).await), Error::NotFound);
        assert_eq!(refusal(services.client_hub(&admin, ClientId::new(99)).await), Error::NotFound);

        let customer = world.caller(admin.partner, Some(lab), "Customer").await;
        let own = services.client_hub(&customer, lab).await.unwrap();
        assert_eq!(own.client.id, lab);
        assert_eq!(refusal(services.client_hub(&customer, corp).await), Error::NotFound);

        services.client_restrictions_set(&admin, lab, None, [Permission::DeviceView].into_iter().collect()).await.unwrap();
        let admin = world.signed_in("partner.administrator").await;
        let counts = services.client_hub(&admin, lab).await.unwrap().counts;
        assert_eq!((counts.devices, counts.device_groups), (None, None), "what is blocked at the client isn't counted");
        assert!(counts.users.is_some());
    });
}
