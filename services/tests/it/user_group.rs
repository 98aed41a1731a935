//! Groups of users, and the roles that come by them.

use domain::{
    Caller, ClientId, Error, MAX_ITEMS, NameQuery, Permission, PermissionBits, PermissionSetDraft, Reference, RoleDraft, Selection, UserDraft,
    UserGroup, UserGroupDraft, UserGroupQuery,
};
use sqlx::Row;

use crate::{
    client::fields,
    role::{self, exactly},
    support::{World, on_both_engines, refusal},
    user::draft,
};

impl World {
    pub(crate) async fn group(&self, caller: &Caller, client: Option<ClientId>, name: &str) -> UserGroup {
        let draft = UserGroupDraft { name: Some(name.to_owned()), ..UserGroupDraft::default() };
        self.services.user_group_create(caller, client, &draft).await.unwrap()
    }

    /// Gives a group its only role.
    async fn group_has(&self, admin: &Caller, group: &UserGroup, role: &str) {
        let roles = Some(Selection::Exactly(vec![self.role_id(admin.partner, role).await]));
        let draft = UserGroupDraft { roles, ..UserGroupDraft::default() };
        self.services.user_group_update(admin, &group.row.group.id, None, &draft).await.unwrap();
    }
}

#[test]
fn a_group_is_made_found_changed_and_deleted() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let group = world.group(&admin, None, "LeoArt Inc Users").await;
        let id = &group.row.group.id;
        let taken = UserGroupDraft { name: Some("leoart  INC users".into()), ..UserGroupDraft::default() };
        let refused = refusal(world.services.user_group_create(&admin, None, &taken).await);
        assert_eq!(
            refused,
            Error::invalid(
                "name",
                "Another user group has this name already: “LeoArt Inc Users”. Capital letters, accents and spaces make no difference."
            )
        );

        let change = UserGroupDraft { description: Some("Everybody".into()), ..UserGroupDraft::default() };
        let changed = world.services.user_group_update(&admin, id, Some(group.version), &change).await.unwrap();
        assert_eq!((changed.row.group.name.as_str(), changed.row.group.description.as_str()), ("LeoArt Inc Users", "Everybody"));
        let stale = UserGroupDraft { email: Some("a@b.co".into()), ..UserGroupDraft::default() };
        assert!(matches!(refusal(world.services.user_group_update(&admin, id, Some(group.version), &stale).await), Error::Conflict { .. }));

        world.group(&admin, None, "Others").await;
        let query = UserGroupQuery { search: "inc".into(), ..UserGroupQuery::default() };
        assert_eq!(world.services.user_group_list(&admin, &query).await.unwrap().rows.len(), 1);
        world.services.user_group_delete(&admin, id).await.unwrap();
        assert_eq!(refusal(world.services.user_group_get(&admin, id).await), Error::NotFound);
    });
}

#[test]
fn a_group_s_users_are_of_its_own_tenant_and_have_its_roles() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let client = world.client(&admin, "LeoArt Lab").await;
        let (group, of_client) = (world.group(&admin, None, "Group").await, world.group(&admin, Some(client), "Group").await);
        world.group_has(&admin, &group, "Technician").await;
        let grace = world.registered(&admin, None, "grace", &[]).await.row.id;
        let customer = world.registered(&admin, Some(client), "customer", &[]).await.row.id;

        let id = &group.row.group.id;
        let refused = refusal(world.services.user_group_users_add(&admin, id, &[grace, customer]).await);
        assert_eq!(refused, Error::invalid("users", format!("{customer} is no user of the partner to whom the group belongs.")));
        assert_eq!(world.services.user_group_get(&admin, id).await.unwrap().row.users, 0, "all or none");
        world.services.user_group_users_add(&admin, &of_client.row.group.id, &[customer]).await.unwrap();
        world.services.user_group_users_add(&admin, id, &[grace, grace]).await.unwrap();

        let user = world.services.user_get(&admin, grace).await.unwrap();
        assert_eq!(user.roles.iter().map(|role| (role.name.as_str(), role.by_group)).collect::<Vec<_>>(), [("Technician", true)]);
        let usage = world.services.user_group_usage(&admin, id).await.unwrap();
        assert_eq!((usage.users, usage.roles), (1, vec!["Technician".to_owned()]));
        let rows = world.services.user_group_users(&admin, id, &NameQuery::default()).await.unwrap().rows;
        assert_eq!(rows.iter().map(|row| row.id).collect::<Vec<_>>(), [grace]);
        assert!(world.signed_in("grace").await.grants.iter().any(|grant| grant.role == "Technician"));

        world.services.user_group_users_remove(&admin, id, &[grace]).await.unwrap();
        assert_eq!(world.services.user_get(&admin, grace).await.unwrap().roles, []);
    });
}

#[test]
fn a_group_gives_nobody_more_than_the_giver_has_and_the_last_administrator_stays() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let client = world.client(&admin, "LeoArt Lab").await;
        let plain = world.caller(admin.partner, Some(client), "Client Administrator").await;
        let group = world.group(&plain, None, "Managers").await;
        world.group_has(&admin, &group, "Client Administrator with Client Details").await;
        let id = &group.row.group.id;
        assert!(matches!(refusal(world.services.user_group_users_add(&plain, id, &[plain.user.id]).await), Error::Forbidden { .. }));
        let by_user = UserDraft { user_groups: Some(Selection::Exactly(vec![id.clone()])), ..UserDraft::default() };
        assert!(matches!(refusal(world.services.user_update(&plain, plain.user.id, None, by_user).await), Error::Forbidden { .. }));

        let administrators = world.group(&admin, None, "Administrators").await;
        world.group_has(&admin, &administrators, "Partner Administrator").await;
        let id = &administrators.row.group.id;
        world.services.user_group_users_add(&admin, id, &[admin.user.id]).await.unwrap();
        let none = UserDraft { roles: Some(Selection::Exactly(vec![])), ..UserDraft::default() };
        world.services.user_update(&admin, admin.user.id, None, none).await.unwrap();
        let admin = world.signed_in(&admin.user.login).await;
        assert!(matches!(refusal(world.services.user_group_users_remove(&admin, id, &[admin.user.id]).await), Error::Conflict { .. }));
        assert!(matches!(refusal(world.services.user_group_delete(&admin, id).await), Error::Conflict { .. }));
        let groupless = UserDraft { user_groups: Some(Selection::Exactly(vec![])), ..UserDraft::default() };
        assert!(matches!(refusal(world.services.user_update(&admin, admin.user.id, None, groupless).await), Error::Conflict { .. }));
        let roleless = UserGroupDraft { roles: Some(Selection::Exactly(vec![])), ..UserGroupDraft::default() };
        assert!(matches!(refusal(world.services.user_group_update(&admin, id, None, &roleless).await), Error::Conflict { .. }));
    });
}

#[test]
fn who_is_in_all_groups_is_in_those_to_come() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let client = world.client(&admin, "LeoArt Lab").await;
        world.group(&admin, None, "First").await;
        world.group(&admin, Some(client), "The client's").await;
        let all = UserDraft { user_group_type: Some("ALL".into()), ..draft("grace") };
        let grace = world.services.user_create(&admin, None, all).await.unwrap().user.row.id;
        let second = world.group(&admin, None, "Second").await;
        let groups = async || {
            let user = world.services.user_get(&admin, grace).await.unwrap();
            user.user_groups.into_iter().map(|group| group.name).collect::<Vec<_>>()
        };
        assert_eq!(groups().await, ["First", "Second"]);
        world.services.user_group_users_remove(&admin, &second.row.group.id, &[grace]).await.unwrap();
        world.group(&admin, None, "Third").await;
        assert_eq!(groups().await, ["First"]);
        let none = UserDraft { user_group_type: Some("NONE".into()), ..UserDraft::default() };
        world.services.user_update(&admin, grace, None, none).await.unwrap();
        assert_eq!(groups().await, Vec::<String>::new());
        assert_eq!(world.rows("SELECT COUNT(*) FROM user_group_users").await[0].get::<i64, _>(0), 0);
    });
}

#[test]
fn a_group_and_its_users_are_saved_together_or_not_at_all() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let client = world.client(&admin, "LeoArt Lab").await;
        let stranger = world.caller(admin.partner, Some(client), "Customer").await.user.id;
        let group = world.group(&admin, None, "Before").await;
        let id = &group.row.group.id;
        let renamed = UserGroupDraft { name: Some("After".into()), ..UserGroupDraft::default() };
        let refused = refusal(world.services.user_group_edit(&admin, id, group.version, &renamed, &[stranger], &[]).await);
        assert!(matches!(&refused, Error::Invalid { violations } if violations.of("users").is_some()), "{refused:?}");
        assert_eq!(world.services.user_group_get(&admin, id).await.unwrap(), group, "the name stays too");
        let saved = world.services.user_group_edit(&admin, id, group.version, &renamed, &[admin.user.id], &[]).await.unwrap();
        assert_eq!((saved.row.group.name.as_str(), saved.row.users), ("After", 1));
        let outdated = world.services.user_group_edit(&admin, id, group.version, &renamed, &[], &[admin.user.id]).await;
        assert!(matches!(refusal(outdated), Error::Conflict { .. }));
        assert_eq!(world.services.user_group_get(&admin, id).await.unwrap().row.users, 1);
    });
}

#[test]
fn a_client_s_groups_are_its_own() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let (client, other) = (world.client(&admin, "LeoArt Lab").await, world.client(&admin, "LeoArt Corp.").await);
        let of_client = world.caller(admin.partner, Some(client), "Client Administrator").await;
        let foreign = world.group(&admin, Some(other), "Foreign").await;
        let of_partner = world.group(&admin, None, "The partner's").await;
        let own = world.group(&of_client, None, "Own").await;
        assert_eq!(own.row.client, Some(client));
        for group in [&foreign, &of_partner] {
            assert_eq!(refusal(world.services.user_group_get(&of_client, &group.row.group.id).await), Error::NotFound);
            assert_eq!(refusal(world.services.user_group_delete(&of_client, &group.row.group.id).await), Error::NotFound);
        }
        let rows = world.services.user_group_list(&of_client, &UserGroupQuery::default()).await.unwrap().rows;
        assert_eq!(rows.iter().map(|row| row.group.name.as_str()).collect::<Vec<_>>(), ["Own"]);
        // Removing a user whom the caller doesn't see does nothing.
        let all = UserDraft { user_group_type: Some("ALL".into()), ..draft("grace") };
        let grace = world.services.user_create(&admin, None, all).await.unwrap().user;
        world.services.user_group_users_remove(&of_client, &own.row.group.id, &[grace.row.id]).await.unwrap();
        assert_eq!(world.services.user_get(&admin, grace.row.id).await.unwrap(), grace);

        let customer = world.caller(admin.partner, Some(client), "Customer").await;
        assert!(matches!(refusal(world.services.user_group_list(&customer, &UserGroupQuery::default()).await), Error::Forbidden { .. }));
    });
}

#[test]
fn roles_and_groups_are_known_by_name_number_and_id() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let client = world.client(&admin, "LeoArt Lab").await;
        let group = world.group(&admin, None, "Admins").await.row.group;
        let technician = world.role_id(admin.partner, "Technician").await;
        let ways = [Reference::Name("ADMINS".into()), Reference::Number(group.number), Reference::Id(group.id.to_string())];
        let found = world.services.user_groups_referred(&admin, None, None, &ways).await.unwrap();
        assert_eq!(found, [group.id.clone(), group.id.clone(), group.id]);
        let role = [Reference::Name("technician".into())];
        assert_eq!(world.services.user_roles_referred(&admin, None, None, &role).await.unwrap(), std::slice::from_ref(&technician));
        let refused = refusal(world.services.user_roles_referred(&admin, None, Some(client), &role).await);
        assert_eq!(refused, Error::invalid("roles", "There is no role “technician” for such a user."));
        assert_eq!(world.services.user_group_roles_referred(&admin, None, &role).await.unwrap(), [technician]);
        let refused = refusal(world.services.user_group_roles_referred(&admin, Some(client), &role).await);
        assert_eq!(refused, Error::invalid("roles", "There is no role “technician” for such a user."));
        let viewer = world.caller(admin.partner, None, "Auditor View").await;
        let refused = refusal(world.services.user_group_roles_referred(&viewer, None, &role).await);
        assert_eq!(refused, Error::forbidden("Your roles do not include the permission “User Groups: Manage”."));
    });
}

#[test]
fn many_users_come_in_at_once_and_their_record_is_short() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let group = world.group(&admin, None, "Many").await;
        let id = &group.row.group.id;
        let mut users = Vec::new();
        for number in 0..12 {
            users.push(world.registered(&admin, None, &format!("user-{number:02}"), &[]).await.row.id);
        }
        // More users than fit into one statement, most of them duplicates.
        let long: Vec<_> = users.iter().cycle().take(MAX_ITEMS).copied().collect();
        world.services.user_group_users_add(&admin, id, &long).await.unwrap();
        assert_eq!(world.services.user_group_get(&admin, id).await.unwrap().row.users, 12);
        world.services.user_group_users_remove(&admin, id, &users[1..]).await.unwrap();
        assert_eq!(world.services.user_group_get(&admin, id).await.unwrap().row.users, 1);
        let records = world.rows("SELECT changes FROM audit_records WHERE action LIKE 'user_group.users-%' ORDER BY id").await;
        let records: Vec<&str> = records.iter().map(|record| record.get(0)).collect();
        assert!(records[0].contains("and 9990 more") && records[0].len() < 500, "{records:?}");
        assert!(records[1].contains("and 1 more"), "{records:?}");

        let longer: Vec<_> = users.iter().cycle().take(MAX_ITEMS + 1).copied().collect();
        let refused = refusal(world.services.user_group_users_add(&admin, id, &longer).await);
        assert_eq!(refused, Error::invalid("users", "Send at most 10000 at once; these are 10001."));
        assert_eq!(refusal(world.services.user_group_users_remove(&admin, id, &longer).await), refused);
        assert_eq!(world.services.user_group_get(&admin, id).await.unwrap().row.users, 1);
    });
}

#[test]
fn who_may_not_see_what_they_would_make_makes_nothing() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let services = &world.services;
        let bits = [Permission::ClientView, Permission::UserManage, Permission::UserGroupManage, Permission::RoleManage].into_iter().collect();
        let set = PermissionSetDraft { name: "Blind".into(), scope: "MSP".into(), permissions: bits, ..Default::default() };
        let set = services.permission_set_create(&admin, set).await.unwrap();
        let blind = RoleDraft { permission_sets: exactly([set.id.as_str()]), all_clients: Some(true), ..role::draft("Blind", "MSP") };
        services.role_create(&admin, blind).await.unwrap();
        let blind = world.caller(admin.partner, None, "Blind").await;
        let records = world.audit().await.len();

        let group = UserGroupDraft { name: Some("New".into()), ..UserGroupDraft::default() };
        let refused = [
            refusal(services.user_group_create(&blind, None, &group).await),
            refusal(services.user_create(&blind, None, draft("new")).await),
            refusal(services.role_create_read(&blind, role::draft("New", "MSP")).await),
        ];
        assert!(refused.iter().all(|refused| matches!(refused, Error::Forbidden { .. })), "{refused:?}");
        assert_eq!(world.audit().await.len(), records);
    });
}

#[test]
fn who_does_not_see_users_is_not_told_how_many_a_group_has() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let services = &world.services;
        let group = world.group(&admin, None, "Night shift").await.row.group;
        services.user_group_users_add(&admin, &group.id, &[admin.user.id]).await.unwrap();
        let bits = [Permission::ClientView, Permission::UserGroupView].into_iter().collect();
        let set = PermissionSetDraft { name: "Groups".into(), scope: "MSP".into(), permissions: bits, ..Default::default() };
        let set = services.permission_set_create(&admin, set).await.unwrap();
        let groups = RoleDraft { permission_sets: exactly([set.id.as_str()]), all_clients: Some(true), ..role::draft("Groups", "MSP") };
        services.role_create(&admin, groups).await.unwrap();
        let blind = world.caller(admin.partner, None, "Groups").await;
        for (caller, users) in [(&admin, 1), (&blind, 0)] {
            assert_eq!(services.user_group_get(caller, &group.id).await.unwrap().row.users, users);
            assert_eq!(services.user_group_usage(caller, &group.id).await.unwrap().users, users);
            assert_eq!(services.user_group_list(caller, &Default::default()).await.unwrap().rows[0].users, users);
        }
    });
}

#[test]
fn only_who_could_give_every_role_puts_a_user_into_all_groups() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let services = &world.services;
        let client = world.client(&admin, "LeoArt Lab").await;
        let all = || UserDraft { user_group_type: Some("ALL".into()), ..UserDraft::default() };
        let manages = async |name: &str, scope: &str, bits: PermissionBits| {
            let set = PermissionSetDraft { name: name.into(), scope: scope.into(), permissions: bits, ..Default::default() };
            let set = services.permission_set_create(&admin, set).await.unwrap();
            let role = RoleDraft {
                permission_sets: exactly([set.id.as_str()]),
                all_clients: Some(true),
                all_devices: Some(true),
                all_credentials: Some(true),
                ..role::draft(name, scope)
            };
            services.role_create(&admin, role).await.unwrap();
        };
        let users: PermissionBits = [Permission::ClientView, Permission::UserView, Permission::UserManage].into_iter().collect();
        manages("Users of the client", "CLIENT", users).await;
        manages("All but settings", "MSP", PermissionBits::all().without([Permission::SettingManage].into_iter().collect())).await;
        let of_client = world.caller(admin.partner, Some(client), "Users of the client").await;
        let of_partner = world.caller(admin.partner, None, "All but settings").await;
        let records = world.audit().await.len();
        for caller in [&of_client, &of_partner] {
            assert_eq!(fields(services.user_update(caller, caller.user.id, None, all()).await), ["user_group_type"], "oneself");
            let new = UserDraft { user_group_type: Some("ALL".into()), ..draft("grace") };
            assert_eq!(fields(services.user_create(caller, None, new).await), ["user_group_type"], "somebody else");
        }
        assert_eq!(world.audit().await.len(), records, "what is refused changes nothing");

        // What only the partner's own things take, a client's users can't get.
        let friend = world.registered(&admin, Some(client), "friend", &[]).await.row.id;
        services.user_update(&of_partner, friend, None, all()).await.unwrap();
        services.user_update(&admin, of_client.user.id, None, all()).await.unwrap();
        services.user_update(&admin, of_partner.user.id, None, all()).await.unwrap();

        // Who may change the user can send what is there, and turn it off.
        for (caller, user) in [(&of_client, friend), (&of_client, of_client.user.id), (&of_partner, of_partner.user.id)] {
            let again = services.user_update(caller, user, None, all()).await.unwrap();
            assert!(again.row.profile.all_user_groups);
            let none = UserDraft { user_group_type: Some("NONE".into()), ..UserDraft::default() };
            assert!(!services.user_update(caller, user, None, none).await.unwrap().row.profile.all_user_groups);
            assert_eq!(fields(services.user_update(caller, user, None, all()).await), ["user_group_type"], "off is off");
        }
    });
}
