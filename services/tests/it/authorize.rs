//! Authorization refuses before it waits for a connection or a lock.

use domain::{Error, RoleDraft};
use services::Fault;
use sqlx::{Connection, Executor};

use crate::{
    role::{draft as role, exactly},
    support::on_both_engines,
    user::draft as user,
};

/// Those without the permission must not queue for SQLite's only writing connection, or for the partner's lock.
#[test]
fn who_lacks_the_permission_waits_for_no_lock() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let client = world.client(&admin, "LeoArt Lab").await;
        let viewer = world.caller(admin.partner, None, "Auditor View").await;
        let lists = RoleDraft { permission_sets: exactly(["11"]), clients: exactly([&client.to_string()]), ..role("Some", "MSP") };
        world.services.role_create(&admin, lists).await.unwrap();
        let some = world.caller(admin.partner, None, "Some").await;
        let mut holding = world.connection().await;
        holding.execute(if world.is_sqlite() { "BEGIN IMMEDIATE" } else { "BEGIN" }).await.unwrap();
        holding.execute("UPDATE partners SET name = 'Held'").await.unwrap();
        for (caller, at) in [(&viewer, None), (&viewer, Some(client)), (&some, None)] {
            let refused = world.services.user_create(caller, at, user("late")).await.map(drop);
            assert!(matches!(refused, Err(Fault::Refused(Error::Forbidden { .. }))), "{} {at:?}: {refused:?}", caller.user.login);
        }
        holding.execute("ROLLBACK").await.unwrap();
        holding.close().await.unwrap();
    });
}
