//! Two concurrent writes, each right alone. Both engines run one after the other, in either order, and neither fails internally.

use domain::{
    ApiKeyDraft, Caller, CatalogueItemDraft, CatalogueKind, CredentialSetDraft, DeviceDraft, DeviceGroupDraft, Error, Origin, PartnerSettings,
    Permission, PermissionBits, PermissionSet, PermissionSetDraft, RoleDraft, RoleSummary, Selection, UserDraft, UserGroupDraft, UserId,
};
use services::Fault;
use sqlx::{Connection, Executor, Row};
use tokio::join;

use crate::{
    role::{draft as role, exactly},
    support::{PASSWORD, World, on_both_engines, sign_in},
    user::draft as user,
};

/// The number of repetitions, enough for both orders to occur.
const ROUNDS: usize = 20;

/// Runs both concurrently. An internal error, unlike a refusal, fails the test.
async fn both<A, B>(
    one: impl Future<Output = services::Result<A>>,
    other: impl Future<Output = services::Result<B>>,
) -> (Result<A, Error>, Result<B, Error>) {
    fn settled<T>(result: services::Result<T>) -> Result<T, Error> {
        match result {
            Ok(done) => Ok(done),
            Err(Fault::Refused(error)) => Err(error),
            Err(failure) => panic!("it failed: {failure}"),
        }
    }
    let (one, other) = join!(one, other);
    (settled(one), settled(other))
}

/// Two administrators, each by their own role.
struct Two {
    world: World,
    one: Caller,
    other: Caller,
}

impl Two {
    async fn of(world: World) -> Self {
        let one = world.admin().await;
        world.registered(&one, None, "other", &["Partner Administrator"]).await;
        let other = world.signed_in("other").await;
        Self { world, one, other }
    }

    /// As [`Two::of`], but each is an administrator only by their own role, named 1 or 2.
    async fn by_roles(world: World) -> (Self, [RoleSummary; 2], [PermissionSet; 2]) {
        let two = Self::of(world).await;
        let services = &two.world.services;
        two.world.registered(&two.one, None, "operator", &["Partner Administrator"]).await;
        let operator = two.world.signed_in("operator").await;
        let (mut roles, mut sets) = (Vec::new(), Vec::new());
        for (name, who) in [("1", &two.one), ("2", &two.other)] {
            let set = services.permission_set_create(&operator, everything(name)).await.unwrap();
            let all = RoleDraft { all_clients: Some(true), all_devices: Some(true), all_credentials: Some(true), ..role(name, "MSP") };
            let lists = RoleDraft { permission_sets: exactly([set.id.as_str()]), users: exactly([&who.user.id.to_string()]), ..all };
            roles.push(services.role_create(&operator, lists).await.unwrap());
            sets.push(set);
            let only = RoleDraft { users: Some(Selection::Changed { add: vec![], remove: vec![who.user.id.to_string()] }), ..RoleDraft::default() };
            let administrators = two.world.role_id(operator.partner, "Partner Administrator").await;
            services.role_update(&operator, &administrators, None, only).await.unwrap();
        }
        services.user_deactivate(&two.one, operator.user.id, "").await.unwrap();
        (two, roles.try_into().unwrap(), sets.try_into().unwrap())
    }

    /// Which of the two succeeded: exactly one. The other was refused because no administrator would be left, or because it lost the right.
    fn winner<A, B>(&self, outcome: &(Result<A, Error>, Result<B, Error>)) -> (&Caller, &Caller) {
        let refused = |error: &Error| matches!(error, Error::Conflict { .. } | Error::Forbidden { .. } | Error::Unauthenticated | Error::NotFound);
        match (&outcome.0, &outcome.1) {
            (Ok(_), Err(error)) if refused(error) => (&self.one, &self.other),
            (Err(error), Ok(_)) if refused(error) => (&self.other, &self.one),
            (one, other) => panic!("{:?} and {:?}", one.as_ref().err(), other.as_ref().err()),
        }
    }
}

fn everything(name: &str) -> PermissionSetDraft {
    PermissionSetDraft { name: format!("Set {name}"), scope: "MSP".into(), permissions: PermissionBits::all(), ..PermissionSetDraft::default() }
}

fn users(add: &[UserId], remove: &[UserId]) -> RoleDraft {
    let ids = |users: &[UserId]| users.iter().map(UserId::to_string).collect();
    RoleDraft { users: Some(Selection::Changed { add: ids(add), remove: ids(remove) }), ..RoleDraft::default() }
}

fn device(name: &str) -> DeviceDraft {
    DeviceDraft { host_name: Some(name.to_owned()), resource_type: Some("Server".to_owned()), ..DeviceDraft::default() }
}

fn credential_set(name: &str) -> CredentialSetDraft {
    CredentialSetDraft { name: Some(name.to_owned()), credential_type: Some("SSH".to_owned()), ..CredentialSetDraft::default() }
}

#[test]
fn of_two_administrators_who_deactivate_each_other_one_stays() {
    on_both_engines(async |world| {
        let mut two = Two::of(world).await;
        for _ in 0..ROUNDS {
            let services = &two.world.services;
            let outcome =
                both(services.user_deactivate(&two.one, two.other.user.id, ""), services.user_deactivate(&two.other, two.one.user.id, "")).await;
            let (winner, loser) = two.winner(&outcome);
            services.user_activate(winner, loser.user.id).await.unwrap();
            let back = two.world.signed_in(&loser.user.login).await;
            if back.user.id == two.one.user.id { two.one = back } else { two.other = back }
        }
    });
}

#[test]
fn of_two_administrators_who_take_each_other_s_role_one_stays() {
    on_both_engines(async |world| {
        let (two, [one, other], _) = Two::by_roles(world).await;
        let services = &two.world.services;
        for _ in 0..ROUNDS {
            let outcome = both(
                services.role_update(&two.one, &other.id, None, users(&[], &[two.other.user.id])),
                services.role_update(&two.other, &one.id, None, users(&[], &[two.one.user.id])),
            )
            .await;
            let (winner, loser) = two.winner(&outcome);
            let lost = if loser.user.id == two.one.user.id { &one } else { &other };
            services.role_update(winner, &lost.id, None, users(&[loser.user.id], &[])).await.unwrap();
        }
    });
}

#[test]
fn of_two_administrators_who_empty_each_other_s_permission_set_one_stays() {
    on_both_engines(async |world| {
        let (two, _, [one, other]) = Two::by_roles(world).await;
        let services = &two.world.services;
        let without = |name: &str| {
            let permissions = PermissionBits::all().without([Permission::SettingManage, Permission::RoleManage].into_iter().collect());
            PermissionSetDraft { permissions, ..everything(name) }
        };
        for _ in 0..ROUNDS {
            let outcome = both(
                services.permission_set_update(&two.one, &other.id, None, without("2")),
                services.permission_set_update(&two.other, &one.id, None, without("1")),
            )
            .await;
            let (winner, loser) = two.winner(&outcome);
            let (lost, name) = if loser.user.id == two.one.user.id { (&one, "1") } else { (&other, "2") };
            services.permission_set_update(winner, &lost.id, None, everything(name)).await.unwrap();
        }
    });
}

#[test]
fn of_two_administrators_who_delete_each_other_s_role_one_stays() {
    on_both_engines(async |world| {
        let (two, [mut one, mut other], sets) = Two::by_roles(world).await;
        let services = &two.world.services;
        for _ in 0..ROUNDS {
            let outcome = both(services.role_delete(&two.one, &other.id), services.role_delete(&two.other, &one.id)).await;
            let (winner, loser) = two.winner(&outcome);
            let (lost, name, set) = if loser.user.id == two.one.user.id { (&mut one, "1", &sets[0]) } else { (&mut other, "2", &sets[1]) };
            let all = RoleDraft { all_clients: Some(true), all_devices: Some(true), all_credentials: Some(true), ..role(name, "MSP") };
            let lists = RoleDraft { permission_sets: exactly([set.id.as_str()]), users: exactly([&loser.user.id.to_string()]), ..all };
            *lost = services.role_create(winner, lists).await.unwrap();
        }
    });
}

#[test]
fn of_two_administrators_who_put_each_other_out_of_their_groups_one_stays() {
    on_both_engines(async |world| {
        let (two, roles, _) = Two::by_roles(world).await;
        let services = &two.world.services;
        let mut groups = Vec::new();
        for (who, own) in [(&two.one, &roles[0]), (&two.other, &roles[1])] {
            let group = two.world.group(who, None, &own.name).await.row.group.id;
            services.user_group_users_add(who, &group, &[who.user.id]).await.unwrap();
            let by_group = RoleDraft { user_groups: exactly([group.as_str()]), ..users(&[], &[who.user.id]) };
            services.role_update(who, &own.id, None, by_group).await.unwrap();
            groups.push(group);
        }
        for _ in 0..ROUNDS {
            let outcome = both(
                services.user_group_users_remove(&two.one, &groups[1], &[two.other.user.id]),
                services.user_group_users_remove(&two.other, &groups[0], &[two.one.user.id]),
            )
            .await;
            let (winner, loser) = two.winner(&outcome);
            let lost = if loser.user.id == two.one.user.id { &groups[0] } else { &groups[1] };
            services.user_group_users_add(winner, lost, &[loser.user.id]).await.unwrap();
        }
    });
}

#[test]
fn a_permission_set_that_is_deleted_while_a_role_takes_it_is_either_taken_or_gone() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let services = &world.services;
        for round in 0..ROUNDS {
            let name = format!("{round}");
            let set = services.permission_set_create(&admin, everything(&name)).await.unwrap();
            let takes = RoleDraft { permission_sets: exactly([set.id.as_str()]), ..role(&name, "MSP") };
            match both(services.permission_set_delete(&admin, &set.id), services.role_create(&admin, takes)).await {
                (Ok(()), Err(Error::Invalid { violations })) => assert!(violations.of("permission_sets").is_some()),
                (Err(Error::Conflict { .. }), Ok(_)) => {}
                (deleted, made) => panic!("{:?} and {:?}", deleted.err(), made.err()),
            }
        }
    });
}

#[test]
fn a_group_that_is_deleted_while_a_role_or_a_user_takes_it_is_either_taken_first_or_gone() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let services = &world.services;
        let user = world.registered(&admin, None, "grace", &[]).await.row.id;
        for round in 0..ROUNDS {
            let group = world.group(&admin, None, &format!("{round}")).await.row.group.id;
            let takes = RoleDraft { user_groups: exactly([group.as_str()]), ..role(&format!("{round}"), "MSP") };
            let (deleted, made) = both(services.user_group_delete(&admin, &group), services.role_create(&admin, takes)).await;
            assert_eq!(deleted, Ok(()));
            assert!(matches!(made, Ok(_) | Err(Error::Invalid { .. })));

            let group = world.group(&admin, None, &format!("again {round}")).await.row.group.id;
            let (deleted, added) = both(services.user_group_delete(&admin, &group), services.user_group_users_add(&admin, &group, &[user])).await;
            assert_eq!(deleted, Ok(()));
            assert!(matches!(added, Ok(()) | Err(Error::NotFound)));
        }
        for table in ["role_user_groups", "user_group_users"] {
            assert!(world.rows(&format!("SELECT user_group_id FROM {table}")).await.is_empty(), "nothing points to a group that is gone");
        }
    });
}

#[test]
fn a_device_or_credential_set_that_is_deleted_while_a_role_lists_it_is_either_listed_first_or_gone() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let client = world.client(&admin, "LeoArt Lab").await;
        let services = &world.services;
        for round in 0..ROUNDS {
            let name = format!("{round}");
            let device = services.device_create(&admin, Some(client), device(&name)).await.unwrap().id;
            let set = services.credential_set_create(&admin, Some(client), credential_set(&name)).await.unwrap().id;
            let lists = RoleDraft { clients: exactly([&client.to_string()]), ..role(&name, "MSP") };
            let lists = RoleDraft { devices: exactly([device.as_str()]), credential_sets: exactly([set.as_str()]), ..lists };
            let deletes = async {
                services.device_delete(&admin, &device).await?;
                services.credential_set_delete(&admin, &set).await
            };
            let (deleted, made) = both(deletes, services.role_create(&admin, lists)).await;
            assert_eq!(deleted, Ok(()));
            assert!(matches!(made, Ok(_) | Err(Error::Invalid { .. })));
        }
        for table in ["role_devices", "role_credential_sets"] {
            assert!(world.rows(&format!("SELECT role_id FROM {table}")).await.is_empty(), "nothing points to what is gone");
        }
    });
}

#[test]
fn nothing_gets_into_a_client_that_is_being_terminated() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let services = &world.services;
        for round in 0..ROUNDS {
            let client = world.client(&admin, &format!("Client {round}")).await;
            let (made, terminated) =
                both(services.device_create(&admin, Some(client), device("Late")), services.client_terminate(&admin, client)).await;
            assert!(terminated.is_ok() && matches!(made, Ok(_) | Err(Error::NotFound)));

            let client = world.client(&admin, &format!("Again {round}")).await;
            let late = UserDraft { password: Some(PASSWORD.into()), ..user(&format!("late.{round}")) };
            let (made, terminated) = both(services.user_create(&admin, Some(client), late), services.client_terminate(&admin, client)).await;
            assert!(terminated.is_ok() && matches!(made, Ok(_) | Err(Error::NotFound)));
        }
        let sql = "SELECT u.id FROM users u JOIN clients c ON c.id = u.client_id WHERE c.status = 'terminating' AND u.status = 'active'";
        assert!(world.rows(sql).await.is_empty(), "no active user of a terminated client");
    });
}

#[test]
fn nobody_comes_in_at_a_client_that_is_being_suspended() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let client = world.client(&admin, "LeoArt Lab").await;
        world.user_named(admin.partner, Some(client), "Customer", "customer").await;
        for _ in 0..ROUNDS {
            let origin = Origin::default();
            let (suspended, _) =
                both(world.services.client_suspend(&admin, client), world.services.session_sign_in(sign_in("customer", PASSWORD), &origin)).await;
            assert!(suspended.is_ok());
            let sql = "SELECT s.key FROM sessions s JOIN users u ON u.id = s.user_id WHERE u.login = 'customer'";
            assert!(world.rows(sql).await.is_empty(), "no session outlives the suspension");
            world.services.client_activate(&admin, client).await.unwrap();
        }
    });
}

#[test]
fn of_two_with_the_same_name_one_is_told_so_at_the_field() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let services = &world.services;
        let of_one = |outcome: (Option<Error>, Option<Error>), field: &str| match outcome {
            (None, Some(Error::Invalid { violations })) | (Some(Error::Invalid { violations }), None) => {
                assert!(violations.of(field).is_some(), "{violations:?}");
            }
            outcome => panic!("{field}: {outcome:?}"),
        };
        let technician = world.role_id(admin.partner, "Technician").await;
        macro_rules! race {
            ($field:literal, $make:expr) => {{
                let (one, other) = both($make, $make).await;
                of_one((one.err(), other.err()), $field);
            }};
        }
        for round in 0..ROUNDS / 4 {
            let name = &format!("Same {round}");
            race!("name", services.role_create(&admin, role(name, "MSP")));
            race!("name", services.permission_set_create(&admin, everything(name)));
            let group = UserGroupDraft { name: Some(name.clone()), ..UserGroupDraft::default() };
            race!("name", services.user_group_create(&admin, None, &group));
            let group = || DeviceGroupDraft { name: Some(name.clone()), ..DeviceGroupDraft::default() };
            race!("name", services.device_group_create(&admin, None, group()));
            race!("name", services.credential_set_create(&admin, None, credential_set(name)));
            let item = || CatalogueItemDraft { name: name.clone(), ..CatalogueItemDraft::default() };
            race!("name", services.catalogue_item_create(&admin, CatalogueKind::Package, None, item()));
            let key = ApiKeyDraft { name: Some(name.clone()), roles: Some(vec![technician.clone()]), ..ApiKeyDraft::default() };
            race!("name", services.api_key_create(&admin, &key));
            race!("login", services.user_create(&admin, None, user(&format!("same.{round}"))));
        }
    });
}

#[test]
fn of_two_who_save_the_same_version_one_is_told_so() {
    on_both_engines(async |world| {
        let two = Two::of(world).await;
        let services = &two.world.services;
        for version in 1..=i64::try_from(ROUNDS).unwrap() {
            let settings =
                || PartnerSettings { restrict_ips: false, allowed_ips: format!("192.0.2.{version}"), version, ..PartnerSettings::default() };
            let (one, other) =
                both(services.partner_settings_update(&two.one, settings()), services.partner_settings_update(&two.other, settings())).await;
            match (one, other) {
                (Ok(_), Err(Error::Conflict { .. })) | (Err(Error::Conflict { .. }), Ok(_)) => {}
                (one, other) => panic!("{one:?} and {other:?}"),
            }
        }
        let saved = two.world.rows("SELECT version FROM partners").await;
        assert_eq!(saved[0].get::<i64, _>(0), i64::try_from(ROUNDS).unwrap() + 1);
    });
}

#[test]
fn a_write_that_waits_for_a_lock_in_vain_is_told_that_the_server_is_busy() {
    on_both_engines(async |world| {
        world.partner().await;
        let (mut holding, mut waiting) = (world.connection().await, world.connection().await);
        let (begin, patience) =
            if world.is_sqlite() { ("BEGIN IMMEDIATE", "PRAGMA busy_timeout = 0") } else { ("BEGIN", "SET lock_timeout = '1ms'") };
        holding.execute(begin).await.unwrap();
        holding.execute("UPDATE partners SET name = 'Held'").await.unwrap();
        waiting.execute(patience).await.unwrap();
        let refused = waiting.execute("UPDATE partners SET name = 'Late'").await.unwrap_err();
        assert_eq!(Error::from(Fault::from(refused)), Error::Busy);
        holding.execute("ROLLBACK").await.unwrap();
        holding.close().await.unwrap();
        waiting.close().await.unwrap();
    });
}

#[test]
fn what_is_still_referred_to_is_a_conflict_and_no_failure() {
    on_both_engines(async |world| {
        world.partner().await;
        let mut connection = world.connection().await;
        if world.is_sqlite() {
            connection.execute("PRAGMA foreign_keys = ON").await.unwrap();
        }
        let refused = connection.execute("DELETE FROM permission_sets").await.unwrap_err();
        assert!(matches!(Error::from(Fault::from(refused)), Error::Conflict { .. }));
        connection.close().await.unwrap();
    });
}
