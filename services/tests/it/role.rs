//! Roles: the rules, what nobody can give, and who always remains.

use domain::{Caller, ClientId, Error, NameQuery, NameSort, PartnerId, Permission, RoleDraft, RoleId, RoleList, RoleSummary, Selection, Slice};
use sqlx::Row;

use crate::{
    client::fields,
    credential_set, device,
    support::{World, on_both_engines, refusal},
};

/// Exactly these.
pub(crate) fn exactly<const N: usize>(ids: [&str; N]) -> Option<Selection<String>> {
    Some(Selection::Exactly(ids.map(ToOwned::to_owned).to_vec()))
}

/// One more.
pub(crate) fn add(id: impl ToString) -> Option<Selection<String>> {
    Some(Selection::Changed { add: vec![id.to_string()], remove: Vec::new() })
}

/// One less.
fn remove(id: impl ToString) -> Option<Selection<String>> {
    Some(Selection::Changed { add: Vec::new(), remove: vec![id.to_string()] })
}

/// A role of a name and a scope.
pub(crate) fn draft(name: &str, scope: &str) -> RoleDraft {
    RoleDraft { name: Some(name.into()), scope: Some(scope.into()), ..RoleDraft::default() }
}

impl World {
    /// A device named `d` and the number. Returns its id.
    pub(crate) async fn device(&self, caller: &Caller, client: ClientId, number: i64) -> String {
        device::device(self, caller, client, &format!("d{number}"), "Server").await.id.to_string()
    }

    /// A credential set named `c` and the number. Returns its id.
    pub(crate) async fn credential_set(&self, caller: &Caller, client: ClientId, number: i64) -> String {
        let draft = credential_set::draft(&format!("c{number}"), &[]);
        self.services.credential_set_create(caller, Some(client), draft).await.unwrap().id.to_string()
    }

    /// The id of the user of a login.
    pub(crate) async fn user_id(&self, login: &str) -> String {
        let rows = self.rows(&format!("SELECT id FROM users WHERE login = '{login}'")).await;
        domain::UserId::new(rows[0].get::<i64, _>(0)).to_string()
    }

    /// A role by its name.
    pub(crate) async fn role(&self, caller: &Caller, name: &str) -> RoleSummary {
        let slice = Slice { offset: 0, limit: 100, direction: domain::Direction::Ascending, sort: NameSort::Name };
        let found = self.services.role_search(caller, slice, name).await.unwrap();
        found.rows.into_iter().find(|role| role.name == name).unwrap_or_else(|| panic!("no role {name}"))
    }
}

async fn admin(world: &World) -> (PartnerId, Caller) {
    let partner = world.partner().await;
    let admin = world.caller(partner, None, "Partner Administrator").await;
    (partner, admin)
}

#[test]
fn a_role_is_made_read_changed_and_deleted() {
    on_both_engines(async |world| {
        let (partner, admin) = admin(&world).await;
        let (lab, corp) = (world.client(&admin, "LeoArt Lab").await, world.client(&admin, "LeoArt Corp.").await);
        let device = world.device(&admin, lab, 1).await;
        let credentials = world.credential_set(&admin, corp, 1).await;
        world.user(partner, None, "Technician").await;
        let user = world.user_id("technician").await;
        let typed = RoleDraft {
            description: Some("Parnter Primary Admin".into()),
            permission_sets: exactly(["13", "7", "8"]),
            clients: exactly(["client_2", "client_1", "client_2"]),
            devices: exactly([&device]),
            credential_sets: exactly([&credentials]),
            users: exactly([&user]),
            ..draft(" Primary Admin ", "MSP")
        };
        let services = &world.services;
        let made = services.role_create(&admin, typed).await.unwrap();
        let role = services.role_get(&admin, &made.id).await.unwrap();
        assert_eq!((role.summary.name.as_str(), role.summary.version, role.summary.is_default), ("Primary Admin", 1, false));
        assert_eq!(role.permission_sets.iter().map(|set| set.number).collect::<Vec<_>>(), [13, 7, 8], "in the order given");
        assert_eq!(role.clients.iter().map(|client| client.name.as_str()).collect::<Vec<_>>(), ["LeoArt Corp.", "LeoArt Lab"], "by name");
        assert_eq!((role.devices.len(), role.credential_sets.len(), role.users[0].login.as_str()), (1, 1, "technician"));
        assert!(world.audit().await.contains(&format!("role.create {} partner.administrator", made.id)));

        // A part changes, the rest stays; the same again is no change.
        let part = RoleDraft { permission_sets: exactly(["8", "13"]), clients: remove(lab), ..RoleDraft::default() };
        let changed = services.role_update(&admin, &made.id, Some(1), part.clone()).await.unwrap();
        assert_eq!(changed.version, 2);
        assert_eq!(services.role_update(&admin, &made.id, None, part).await.unwrap().version, 2);
        let role = services.role_get(&admin, &made.id).await.unwrap();
        assert_eq!(role.permission_sets.iter().map(|set| set.number).collect::<Vec<_>>(), [8, 13]);
        assert_eq!((role.clients.len(), role.devices.len(), role.users.len()), (1, 1, 1));
        let late = services.role_update(&admin, &made.id, Some(1), draft("Late", "MSP")).await;
        assert!(matches!(refusal(late), Error::Conflict { .. }));

        let overview = services.role_overview(&admin, &made.id).await.unwrap();
        assert_eq!((overview.counts.users, overview.counts.clients, overview.counts.keys), (1, 1, 0));
        for list in RoleList::ALL {
            let page = services.role_members(&admin, &made.id, *list, &NameQuery::default()).await.unwrap();
            let expected = match list {
                RoleList::PermissionSets => 2,
                RoleList::UserGroups | RoleList::DeviceGroups => 0,
                _ => 1,
            };
            assert_eq!(page.rows.len(), expected, "{list:?}");
        }
        let copy = services.role_copy(&admin, &made.id, "Second Admin".into()).await.unwrap();
        let copy = services.role_get(&admin, &copy.id).await.unwrap();
        assert_eq!((copy.clients.len(), copy.users.len(), copy.permission_sets.len()), (1, 0, 2));

        services.role_delete(&admin, &made.id).await.unwrap();
        assert_eq!(refusal(services.role_get(&admin, &made.id).await), Error::NotFound);
        assert_eq!(world.rows(&format!("SELECT role_id FROM role_clients WHERE role_id = {}", made.number)).await.len(), 0);
    });
}

#[test]
fn a_changed_role_is_answered_as_it_is_read() {
    on_both_engines(async |world| {
        let (_, admin) = admin(&world).await;
        let (one, two) = (world.client(&admin, "One").await, world.client(&admin, "Two").await);
        let services = &world.services;
        let made = services.role_create(&admin, RoleDraft { clients: exactly([&one.to_string()]), ..draft("Primary", "MSP") }).await.unwrap();
        let own_row = RoleDraft { name: Some("  Second ".into()), description: Some("Of two".into()), ..RoleDraft::default() };
        let lists = RoleDraft { clients: exactly([&two.to_string()]), ..RoleDraft::default() };
        let flags = RoleDraft { all_clients: Some(true), ..RoleDraft::default() };
        for (draft, version) in [(own_row.clone(), 2), (own_row, 2), (lists, 3), (flags, 4), (RoleDraft::default(), 4)] {
            world.clock.advance_seconds(1);
            let answer = services.role_update_read(&admin, &made.id, draft).await.unwrap();
            assert_eq!(answer.summary.version, version);
            assert_eq!(answer, services.role_get(&admin, &made.id).await.unwrap());
        }
    });
}

#[test]
fn every_rule_is_told_at_once_and_nothing_is_written() {
    on_both_engines(async |world| {
        let (partner, admin) = admin(&world).await;
        let (one, two) = (world.client(&admin, "One").await, world.client(&admin, "Two").await);
        let other = world.credential_set(&admin, two, 1).await;
        world.user_named(partner, Some(one), "Customer", "of.one").await;
        world.user_named(partner, Some(two), "Customer", "of.two").await;
        world.user_named(partner, None, "Technician", "of.partner").await;
        let (of_one, of_two, of_partner) = (world.user_id("of.one").await, world.user_id("of.two").await, world.user_id("of.partner").await);
        let services = &world.services;
        let wrong = RoleDraft {
            permission_sets: exactly(["99", "14"]),
            users: exactly([&of_one, "USR0000000099", "nonsense"]),
            clients: exactly(["client_1", "client_99"]),
            credential_sets: exactly([&other]),
            ..draft("", "MSP")
        };
        let refused = refusal(services.role_create(&admin, wrong.clone()).await);
        let Error::Invalid { violations } = &refused else { panic!("{refused:?}") };
        let told: Vec<_> = violations.iter().map(|violation| format!("{}: {}", violation.field, violation.message)).collect();
        insta::allow_duplicates! { insta::assert_snapshot!(told.join("\n"), @r#"
        name: Enter a name.
        permission_sets: There is no permission set 99.
        permission_sets: The permission set “Client Administrator” is not for a partner role: choose another.
        users: There is no user USR0000000099.
        users: There is no user nonsense.
        clients: There is no client client_99.
        users: The user “Ada Lovelace” belongs to a client: a partner role is for partner users only.
        credential_sets: The credential set “c1” belongs to a client that the role doesn't list: list the client too, or leave it out.
        "#) }
        assert_eq!(world.rows("SELECT id FROM roles WHERE is_default = 0").await.len(), 0);

        let for_clients = RoleDraft { users: exactly([&of_partner, &of_two]), clients: exactly(["client_1"]), ..draft("C", "CLIENT") };
        assert_eq!(fields(services.role_create(&admin, for_clients).await), ["users", "users"]);
        let full = RoleDraft { permission_sets: exactly(["11"]), ..draft("C", "CLIENT") };
        assert_eq!(fields(services.role_create(&admin, full).await), ["permission_sets"]);

        let fine = RoleDraft { clients: exactly(["client_2"]), credential_sets: exactly([&other]), ..draft("Fine", "MSP") };
        let fine = services.role_create(&admin, fine).await.unwrap();
        assert_eq!(fields(services.role_create(&admin, draft("FINE", "MSP")).await), ["name"], "the name is taken");
        assert_eq!(
            fields(services.role_update(&admin, &fine.id, None, RoleDraft { clients: exactly([]), ..RoleDraft::default() }).await),
            ["credential_sets"]
        );
        assert_eq!(fields(services.role_update(&admin, &fine.id, None, draft("Fine", "CLIENT")).await), ["scope"]);
        services
            .role_update(&admin, &fine.id, None, RoleDraft { all_clients: Some(true), clients: exactly([]), ..RoleDraft::default() })
            .await
            .unwrap();
    });
}

#[test]
fn default_roles_are_given_to_users_and_nothing_else_of_them_changes() {
    on_both_engines(async |world| {
        let (partner, admin) = admin(&world).await;
        world.user(partner, None, "Technician").await;
        let user = world.user_id("technician").await;
        let services = &world.services;
        let dispatcher = world.role(&admin, "Dispatcher").await;
        services.role_update(&admin, &dispatcher.id, None, RoleDraft { users: add(&user), ..RoleDraft::default() }).await.unwrap();
        let renamed = services.role_update(&admin, &dispatcher.id, None, draft("Mine", "MSP")).await;
        let Error::Forbidden { reason } = refusal(renamed) else { panic!() };
        assert!(reason.ends_with("Copy it instead."), "{reason}");
        let same = RoleDraft { permission_sets: exactly(["13"]), all_clients: Some(true), ..draft("Dispatcher", "MSP") };
        services.role_update(&admin, &dispatcher.id, None, same).await.unwrap();
        assert!(matches!(refusal(services.role_delete(&admin, &dispatcher.id).await), Error::Forbidden { .. }));
    });
}

#[test]
fn nobody_gives_more_than_he_has() {
    on_both_engines(async |world| {
        let (partner, admin) = admin(&world).await;
        let (one, _two) = (world.client(&admin, "One").await, world.client(&admin, "Two").await);
        let services = &world.services;
        let set = async |name: &str, permissions: &[Permission]| {
            let permissions = permissions.iter().copied().collect();
            let draft = domain::PermissionSetDraft { name: name.into(), scope: "MSP".into(), permissions, ..Default::default() };
            services.permission_set_create(&admin, draft).await.unwrap().number.to_string()
        };
        // Creating roles needs a role for all clients; the caller's view of clients comes from another role.
        let number = set("Staff", &[Permission::ClientView, Permission::UserView]).await;
        let roles = set("Roles", &[Permission::RoleView, Permission::RoleManage]).await;
        let role = RoleDraft { permission_sets: exactly([&number]), clients: exactly(["client_1"]), ..draft("Staff", "MSP") };
        services.role_create(&admin, role).await.unwrap();
        world.user(partner, None, "Staff").await;
        let me = world.user_id("staff").await;
        let manager =
            RoleDraft { permission_sets: exactly([&roles]), all_clients: Some(true), users: exactly([&me]), ..draft("Role manager", "MSP") };
        services.role_create(&admin, manager).await.unwrap();
        let staff = world.signed_in("staff").await;

        let forbidden = |refused: Error| assert!(matches!(refused, Error::Forbidden { .. }), "{refused:?}");
        // A permission that he lacks; all clients; itself as administrator. What he sees himself he may give.
        forbidden(refusal(
            services.role_create(&staff, RoleDraft { permission_sets: exactly(["13"]), clients: exactly(["client_1"]), ..draft("A", "MSP") }).await,
        ));
        forbidden(refusal(
            services.role_create(&staff, RoleDraft { permission_sets: exactly([&number]), all_clients: Some(true), ..draft("B", "MSP") }).await,
        ));
        let administrator = world.role(&staff, "Partner Administrator").await;
        forbidden(refusal(services.role_update(&staff, &administrator.id, None, RoleDraft { users: add(&me), ..RoleDraft::default() }).await));
        let unseen = RoleDraft { permission_sets: exactly([&number]), clients: exactly(["client_2"]), ..draft("C", "MSP") };
        assert_eq!(fields(services.role_create(&staff, unseen).await), ["clients"], "what he doesn't see isn't there");
        let own = services
            .role_create(&staff, RoleDraft { permission_sets: exactly([&number]), clients: exactly(["client_1"]), ..draft("D", "MSP") })
            .await
            .unwrap();
        assert_eq!(world.rows(&format!("SELECT 1 FROM role_clients WHERE role_id = {}", own.number)).await.len(), 1);

        // A role that reaches beyond the caller's view can't be changed.
        services.role_update(&admin, &own.id, None, RoleDraft { clients: add("client_2"), ..RoleDraft::default() }).await.unwrap();
        assert_eq!(services.role_get(&staff, &own.id).await.unwrap().clients.len(), 1);
        forbidden(refusal(services.role_update(&staff, &own.id, None, RoleDraft { clients: exactly([]), ..RoleDraft::default() }).await));
        forbidden(refusal(services.role_delete(&staff, &own.id).await));
        // Without permissions the role gives nothing, so it can be changed. Unseen members of its lists stay.
        services.role_update(&admin, &own.id, None, RoleDraft { permission_sets: exactly([]), ..RoleDraft::default() }).await.unwrap();
        services.role_update(&staff, &own.id, None, RoleDraft { clients: exactly([]), ..RoleDraft::default() }).await.unwrap();
        assert_eq!(services.role_get(&admin, &own.id).await.unwrap().clients.len(), 1);

        // A client's administrator gives roles of its own client, to its own users.
        let manager = world.caller(partner, Some(one), "Client Administrator").await;
        let made = services.role_create(&manager, RoleDraft { permission_sets: exactly(["6"]), ..draft("Night shift", "CLIENT") }).await.unwrap();
        assert_eq!(made.client, Some(one));
        assert_eq!(services.role_get(&manager, &made.id).await.unwrap().clients[0].id, one);
        assert_eq!(fields(services.role_create(&manager, RoleDraft { clients: exactly(["client_2"]), ..draft("X", "CLIENT") }).await), ["clients"]);
        assert_eq!(fields(services.role_create(&manager, draft("X", "MSP")).await), ["scope"]);
        forbidden(refusal(services.role_create(&manager, RoleDraft { permission_sets: exactly(["20"]), ..draft("X", "CLIENT") }).await));
        let customer = world.role(&manager, "Customer").await;
        let mine = manager.user.id.to_string();
        services.role_update(&manager, &customer.id, None, RoleDraft { users: add(&mine), ..RoleDraft::default() }).await.unwrap();
        assert_eq!(refusal(services.role_get(&manager, &administrator.id).await), Error::NotFound);
    });
}

#[test]
fn a_full_administrator_always_remains() {
    on_both_engines(async |world| {
        let (partner, admin) = admin(&world).await;
        let services = &world.services;
        let role = world.role(&admin, "Partner Administrator").await;
        let me = admin.user.id.to_string();
        let leave = RoleDraft { users: remove(&me), ..RoleDraft::default() };
        assert!(matches!(refusal(services.role_update(&admin, &role.id, None, leave.clone()).await), Error::Conflict { .. }));
        assert_eq!(services.role_get(&admin, &role.id).await.unwrap().users.len(), 1, "and nothing changed");
        world.user_named(partner, None, "Var Administrator", "second").await;
        let second = world.user_id("second").await.parse().unwrap();
        services.user_deactivate(&admin, second, "").await.unwrap();
        assert!(
            matches!(refusal(services.role_update(&admin, &role.id, None, leave.clone()).await), Error::Conflict { .. }),
            "who can't sign in doesn't count"
        );
        services.user_activate(&admin, second).await.unwrap();
        services.role_update(&admin, &role.id, None, leave).await.unwrap();

        // Two roles together make one too, and neither goes then.
        let second = world.signed_in("second").await;
        let set = |name: &str, permissions| domain::PermissionSetDraft { name: name.into(), scope: "MSP".into(), permissions, ..Default::default() };
        let settings: domain::PermissionBits = [Permission::SettingManage, Permission::SettingView].into_iter().collect();
        let mut halves = Vec::new();
        for (name, permissions) in [("Settings", settings), ("Rest", domain::PermissionBits::all().without(settings))] {
            let set = services.permission_set_create(&second, set(name, permissions)).await.unwrap();
            let all = RoleDraft { all_clients: Some(true), all_devices: Some(true), all_credentials: Some(true), ..draft(name, "MSP") };
            let typed = RoleDraft { permission_sets: exactly([set.id.as_str()]), users: exactly([&me]), ..all };
            halves.push((set, services.role_create(&second, typed).await.unwrap()));
        }
        let var = world.role(&second, "Var Administrator").await;
        let away = RoleDraft { users: remove(second.user.id), ..RoleDraft::default() };
        services.role_update(&second, &var.id, None, away).await.unwrap();
        let admin = world.signed_in("partner.administrator").await;
        for (half, role) in &halves {
            assert!(matches!(refusal(services.role_delete(&admin, &role.id).await), Error::Conflict { .. }));
            let less = RoleDraft { all_clients: Some(false), ..RoleDraft::default() };
            assert!(matches!(refusal(services.role_update(&admin, &role.id, None, less).await), Error::Conflict { .. }));
            let emptied = set(&half.name, domain::PermissionBits::default());
            assert!(matches!(refusal(services.permission_set_update(&admin, &half.id, None, emptied).await), Error::Conflict { .. }));
        }
    });
}

#[test]
fn the_preview_is_what_the_user_then_sees() {
    on_both_engines(async |world| {
        let (partner, admin) = admin(&world).await;
        let (one, two) = (world.client(&admin, "One").await, world.client(&admin, "Two").await);
        let device = world.device(&admin, one, 1).await;
        world.device(&admin, one, 2).await;
        world.device(&admin, two, 3).await;
        let services = &world.services;
        world.user(partner, None, "Dispatcher").await;
        let user = world.user_id("dispatcher").await;
        let typed = RoleDraft {
            permission_sets: exactly(["12"]),
            clients: exactly(["client_1"]),
            all_devices: Some(true),
            users: exactly([&user]),
            ..draft("Tech", "MSP")
        };
        let preview = services.role_difference(&admin, None, typed.clone()).await.unwrap();
        assert_eq!((preview.before.clients, preview.after.clients, preview.after.devices, preview.after.users), (0, 1, 2, 1));
        assert_eq!(preview.joining[0].login, "dispatcher");
        let role = services.role_create(&admin, typed).await.unwrap();
        assert_eq!(services.role_amount(&admin, &role.id).await.unwrap(), preview.after);

        let change = RoleDraft { all_devices: Some(false), devices: add(&device), clients: add(two), users: remove(&user), ..RoleDraft::default() };
        let preview = services.role_difference(&admin, Some(&role.id), change).await.unwrap();
        assert_eq!((preview.gained.clients, preview.lost.devices, preview.lost.users), (1, 1, 1));
        assert_eq!((preview.after.clients, preview.after.devices, preview.leaving[0].login.as_str()), (2, 1, "dispatcher"));
        let blind = RoleDraft { permission_sets: exactly([]), ..RoleDraft::default() };
        let preview = services.role_difference(&admin, Some(&role.id), blind).await.unwrap();
        assert_eq!((preview.after.clients, preview.after.devices, preview.after.users), (0, 0, 1));
        assert!(preview.lost.permissions.contains(Permission::DeviceManage));
        let unknown: RoleId = "ROLE-00000000-0000-4000-8000-00000000dead".parse().unwrap();
        assert_eq!(refusal(services.role_amount(&admin, &unknown).await), Error::NotFound);
    });
}
