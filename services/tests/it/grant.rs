//! What a role gives is compared with what its giver holds: each permission by the giver's roles that have it, and as far as they reach.

use domain::{Caller, Error, Permission, RoleDraft};

use crate::{
    outrank::set,
    role::{draft, exactly},
    support::{World, on_both_engines, refusal},
};

/// Why the caller can't make a role, after its name.
async fn lacks(world: &World, caller: &Caller, role: RoleDraft) -> String {
    let Error::Forbidden { reason } = refusal(world.services.role_create(caller, role).await) else { panic!("it is refused otherwise") };
    reason.split_once("” ").unwrap().1.to_owned()
}

/// A role of the partner for all clients, with a permission set of its own.
pub(crate) async fn with(world: &World, admin: &Caller, name: &str, scope: &str, permissions: &[Permission]) -> RoleDraft {
    let set = world.services.permission_set_create(admin, set(name, scope, permissions.iter().copied().collect())).await.unwrap();
    RoleDraft { permission_sets: exactly([set.id.as_str()]), all_clients: Some(true), ..draft(name, scope) }
}

#[test]
fn a_role_for_all_devices_or_credential_sets_is_given_by_roles_for_all_of_them() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let services = &world.services;
        let held = [
            Permission::ClientView,
            Permission::RoleView,
            Permission::RoleManage,
            Permission::DeviceView,
            Permission::DeviceManage,
            Permission::CredentialSetView,
            Permission::CredentialSetManage,
        ];
        services.role_create(&admin, with(&world, &admin, "Listed", "MSP", &held).await).await.unwrap();
        let listed = world.caller(admin.partner, None, "Listed").await;
        let devices = with(&world, &admin, "Devices", "MSP", &[Permission::DeviceView, Permission::DeviceManage]).await;
        let credentials = with(&world, &admin, "Credentials", "MSP", &[Permission::CredentialSetView, Permission::CredentialSetManage]).await;
        let clients = with(&world, &admin, "Clients", "MSP", &[Permission::ClientView]).await;

        let all = RoleDraft { all_devices: Some(true), ..devices.clone() };
        assert_eq!(lacks(&world, &listed, all).await, "gives more than you have yourself where it reaches: “Devices: View”, “Devices: Manage”.");
        let all = RoleDraft { all_credentials: Some(true), ..credentials.clone() };
        assert_eq!(
            lacks(&world, &listed, all).await,
            "gives more than you have yourself where it reaches: “Credential Sets: View”, “Credential Sets: Manage”."
        );
        // All of the one says nothing about the other, and neither matters to a role that doesn't give it.
        services.role_create(&listed, RoleDraft { all_credentials: Some(true), ..devices }).await.unwrap();
        services.role_create(&listed, RoleDraft { all_devices: Some(true), ..credentials }).await.unwrap();
        services.role_create(&listed, RoleDraft { all_devices: Some(true), all_credentials: Some(true), ..clients }).await.unwrap();
    });
}

#[test]
fn a_client_role_that_lists_no_client_is_given_by_roles_for_all_clients() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let services = &world.services;
        let one = world.client(&admin, "One").await.to_string();
        let roles = with(&world, &admin, "Roles", "MSP", &[Permission::RoleView, Permission::RoleManage]).await;
        services.role_create(&admin, roles).await.unwrap();
        let at_one = with(&world, &admin, "At One", "MSP", &[Permission::ClientView, Permission::ReportView]).await;
        services.role_create(&admin, RoleDraft { all_clients: None, clients: exactly([&one]), ..at_one }).await.unwrap();
        world.registered(&admin, None, "half", &["Roles", "At One"]).await;
        let half = world.signed_in("half").await;

        let reports = with(&world, &admin, "Reports", "CLIENT", &[Permission::ClientView, Permission::ReportView]).await;
        let anywhere = RoleDraft { all_clients: None, ..reports };
        assert_eq!(
            lacks(&world, &half, anywhere.clone()).await,
            "gives more than you have yourself where it reaches: “Clients: View”, “Reports: View”."
        );
        services.role_create(&half, RoleDraft { clients: exactly([&one]), ..anywhere }).await.unwrap();
    });
}

#[test]
fn each_permission_is_held_by_the_roles_that_give_it_and_by_no_other() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let services = &world.services;
        let (one, two) = (world.client(&admin, "One").await.to_string(), world.client(&admin, "Two").await.to_string());
        let roles = with(&world, &admin, "Roles", "MSP", &[Permission::RoleView, Permission::RoleManage]).await;
        services.role_create(&admin, roles).await.unwrap();
        let both = with(&world, &admin, "At both", "MSP", &[Permission::ClientView, Permission::UserGroupView, Permission::ReportView]).await;
        services.role_create(&admin, RoleDraft { all_clients: None, clients: exactly([&one, &two]), ..both }).await.unwrap();
        let at_one = with(&world, &admin, "At One", "MSP", &[Permission::UserView, Permission::AuditView]).await;
        services.role_create(&admin, RoleDraft { all_clients: None, clients: exactly([&one]), ..at_one }).await.unwrap();
        world.registered(&admin, None, "mixed", &["Roles", "At both", "At One"]).await;
        let mixed = world.signed_in("mixed").await;

        let given = [Permission::ClientView, Permission::UserView, Permission::UserGroupView, Permission::ReportView, Permission::AuditView];
        let given = RoleDraft { all_clients: None, ..with(&world, &admin, "Given", "MSP", &given).await };
        let reason = lacks(&world, &mixed, RoleDraft { clients: exactly([&one, &two]), ..given.clone() }).await;
        assert_eq!(reason, "gives more than you have yourself where it reaches: “Users: View”, “Audit Log: View”.");
        services.role_create(&mixed, RoleDraft { clients: exactly([&one]), ..given }).await.unwrap();
    });
}

#[test]
fn a_refusal_names_three_permissions_and_counts_the_rest() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let services = &world.services;
        let held = [Permission::ClientView, Permission::RoleView, Permission::RoleManage];
        services.role_create(&admin, with(&world, &admin, "Roles", "MSP", &held).await).await.unwrap();
        let roles = world.caller(admin.partner, None, "Roles").await;
        let lacking = [Permission::UserView, Permission::UserGroupView, Permission::ReportView, Permission::AuditView, Permission::SettingView];
        for (number, names) in [
            (1, "“Users: View”"),
            (3, "“Users: View”, “User Groups: View”, “Reports: View”"),
            (4, "“Users: View”, “User Groups: View”, “Reports: View” and 1 more"),
            (5, "“Users: View”, “User Groups: View”, “Reports: View” and 2 more"),
        ] {
            let more = with(&world, &admin, &format!("More {number}"), "MSP", &lacking[..number]).await;
            assert_eq!(lacks(&world, &roles, more).await, format!("gives more than you have yourself where it reaches: {names}."));
        }
    });
}
