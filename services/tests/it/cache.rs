//! Reads are never older than the last write.

use domain::{Caller, Origin, PartnerId, Role, RoleDraft, RoleId, UserDraft, UserId};
use services::Clock;
use sqlx::Row;

use crate::{
    role::{draft, exactly},
    support::{PASSWORD, World, client_draft, on_both_engines, sign_in},
};

/// The client that a role lists, and the first name of its user.
fn listed(role: &Role) -> (&str, &str) {
    (&role.clients[0].name, &role.users[0].first_name)
}

fn described(description: &str) -> RoleDraft {
    RoleDraft { description: Some(description.into()), ..RoleDraft::default() }
}

/// A role of one client and one user, and the user's id.
async fn role(world: &World, admin: &Caller, partner: PartnerId) -> (RoleId, UserId) {
    let client = world.client(admin, "LeoArt Lab").await;
    world.user(partner, None, "Technician").await;
    let user = world.user_id("technician").await;
    let lists = RoleDraft { clients: exactly([&client.to_string()]), users: exactly([&user]), ..draft("Lab", "MSP") };
    (world.services.role_create(admin, lists).await.unwrap().id, user.parse().unwrap())
}

#[test]
fn a_role_shows_what_this_process_wrote_at_once() {
    on_both_engines(async |world| {
        let partner = world.partner().await;
        let admin = world.caller(partner, None, "Partner Administrator").await;
        let (id, user) = role(&world, &admin, partner).await;
        let services = &world.services;
        let read = async || services.role_get(&admin, &id).await.unwrap();
        assert_eq!(listed(&read().await), ("LeoArt Lab", "Ada"));

        services.user_update(&admin, user, None, UserDraft { first_name: Some("Zoe".into()), ..UserDraft::default() }).await.unwrap();
        assert_eq!(listed(&read().await), ("LeoArt Lab", "Zoe"));
        let client = read().await.clients[0].id;
        services.client_update(&admin, client, 1, client_draft("Lab of Leo")).await.unwrap();
        assert_eq!(listed(&read().await), ("Lab of Leo", "Zoe"));

        // Everybody who sees the role gets its new name or description.
        let viewer = world.caller(partner, None, "Auditor View").await;
        assert_eq!(services.role_get(&viewer, &id).await.unwrap(), read().await);
        let answered = services.role_update_read(&admin, &id, described("First")).await.unwrap();
        assert_eq!((answered.summary.version, answered.summary.description.as_str()), (2, "First"));
        services.role_update(&admin, &id, Some(2), described("Second")).await.unwrap();
        assert_eq!(read().await.summary.description, "Second");
        let answered = services.role_update_read(&admin, &id, RoleDraft { name: Some("Lab 2".into()), ..RoleDraft::default() }).await.unwrap();
        assert_eq!((answered.summary.version, answered.summary.description.as_str()), (4, "Second"));
        assert_eq!(listed(&answered), ("Lab of Leo", "Zoe"));
        assert_eq!(read().await, answered);
        assert_eq!(services.role_get(&viewer, &id).await.unwrap(), answered);

        services.role_delete(&admin, &id).await.unwrap();
        assert!(services.role_get(&admin, &id).await.is_err());
        assert!(services.role_update_read(&admin, &id, described("Gone")).await.is_err());
    });
}

#[test]
fn a_refused_change_of_a_role_leaves_what_is_read() {
    on_both_engines(async |world| {
        let partner = world.partner().await;
        let admin = world.caller(partner, None, "Partner Administrator").await;
        let (id, _) = role(&world, &admin, partner).await;
        let services = &world.services;
        let before = services.role_get(&admin, &id).await.unwrap();
        let wrong = RoleDraft { name: Some(String::new()), ..described("Not written") };
        assert!(services.role_update_read(&admin, &id, wrong).await.is_err());
        let taken = RoleDraft { name: Some("Technician".into()), ..described("Not written") };
        assert!(services.role_update_read(&admin, &id, taken).await.is_err());
        assert_eq!(services.role_get(&admin, &id).await.unwrap(), before);
    });
}

#[test]
fn who_sees_less_is_not_shown_what_another_was() {
    on_both_engines(async |world| {
        let partner = world.partner().await;
        let admin = world.caller(partner, None, "Partner Administrator").await;
        let (id, _) = role(&world, &admin, partner).await;
        let other = world.client(&admin, "Other").await;
        let services = &world.services;
        let sees = RoleDraft { clients: exactly([&other.to_string()]), permission_sets: exactly(["8"]), ..draft("Other only", "MSP") };
        services.role_create(&admin, sees).await.unwrap();
        let narrow = world.caller(partner, None, "Other only").await;
        assert_eq!(services.role_get(&admin, &id).await.unwrap().clients.len(), 1);
        let within = Caller { within: Some(other), ..admin.clone() };
        for _ in 0..2 {
            assert_eq!(services.role_get(&narrow, &id).await.unwrap().clients, []);
            assert!(services.role_get(&within, &id).await.is_err(), "it is the partner's own");
            assert_eq!(services.role_get(&admin, &id).await.unwrap().clients.len(), 1);
        }
        let stranger = world.services.operator().partner_create("Another Inc").await.unwrap();
        world.user_named(stranger, None, "Partner Administrator", "stranger").await;
        let stranger = world.signed_in("stranger").await;
        assert!(services.role_get(&stranger, &id).await.is_err());
    });
}

#[test]
fn what_another_process_wrote_shows_at_once() {
    on_both_engines(async |world| {
        let partner = world.partner().await;
        let admin = world.caller(partner, None, "Partner Administrator").await;
        let (id, _) = role(&world, &admin, partner).await;
        let services = &world.services;
        let read = async || services.role_get(&admin, &id).await.unwrap();
        assert_eq!(listed(&read().await), ("LeoArt Lab", "Ada"));
        world.execute("UPDATE users SET first_name = 'Zoe' WHERE login = 'technician'").await;
        assert_eq!(listed(&read().await), ("LeoArt Lab", "Zoe"));

        // Not hidden by what this process writes meanwhile.
        world.execute("UPDATE clients SET name = 'Lab of Leo'").await;
        services.role_update_read(&admin, &id, described("Meanwhile")).await.unwrap();
        assert_eq!(listed(&read().await), ("Lab of Leo", "Zoe"));
    });
}

#[test]
fn who_is_locked_out_by_another_process_is_out_after_a_second() {
    on_both_engines(async |world| {
        let partner = world.partner().await;
        world.user(partner, None, "Technician").await;
        let token = world.services.session_sign_in(sign_in("technician", PASSWORD), &Origin::default()).await.unwrap();
        let comes_in = async || world.services.session_resolve(token.expose(), &Origin::default()).await.is_ok();
        assert!(comes_in().await);
        world.execute("UPDATE users SET status = 'inactive'").await;
        world.clock.advance_seconds(1);
        assert!(!comes_in().await);
    });
}

#[test]
fn a_role_that_another_process_changed_is_not_overwritten() {
    on_both_engines(async |world| {
        let partner = world.partner().await;
        let admin = world.caller(partner, None, "Partner Administrator").await;
        let (id, _) = role(&world, &admin, partner).await;
        let services = &world.services;
        services.role_get(&admin, &id).await.unwrap();
        world.execute("UPDATE roles SET description = 'Theirs', version = version + 1 WHERE name = 'Lab'").await;
        let mine = RoleDraft { name: Some("Mine".into()), ..RoleDraft::default() };
        let role = services.role_update_read(&admin, &id, mine).await.unwrap();
        assert_eq!((role.summary.name.as_str(), role.summary.description.as_str()), ("Mine", "Theirs"));
    });
}

/// The rows that a new description writes.
async fn written(world: &World) -> (Vec<String>, Vec<String>) {
    let texts = async |sql: &str| world.rows(sql).await.iter().map(|row| row.get(0)).collect();
    let role = "SELECT description || ' ' || version || ' ' || updated || ' ' || COALESCE(updated_by, 0) FROM roles WHERE name = 'Lab'";
    let records = "SELECT at || ' ' || partner_id || ' ' || COALESCE(client_id, 0) || ' ' || user_id || ' ' || login || ' ' || changes \
                   FROM audit_records WHERE action = 'role.update' ORDER BY at, id";
    (texts(role).await, texts(records).await)
}

#[test]
fn a_description_is_written_with_its_record_or_not_at_all() {
    on_both_engines(async |world| {
        let partner = world.partner().await;
        let admin = world.caller(partner, None, "Partner Administrator").await;
        let (id, _) = role(&world, &admin, partner).await;
        let services = &world.services;
        for (version, description) in [(2, "First"), (3, "Second")] {
            world.clock.advance_seconds(1);
            let answered = services.role_update_read(&admin, &id, described(description)).await.unwrap();
            let (now, user) = (world.clock.now().millis(), admin.user.id.number());
            assert_eq!((answered.summary.version, answered.summary.updated.millis()), (version, now));
            let (role, records) = written(&world).await;
            assert_eq!(role, [format!("{description} {version} {now} {user}")]);
            let record = records.last().unwrap();
            assert_eq!(records.len(), usize::try_from(version).unwrap() - 1);
            assert!(record.starts_with(&format!("{now} {} 0 {user} {} ", partner.number(), admin.user.login)), "{record}");
            assert!(record.contains(&format!("\"after\":\"{description}\"")), "{record}");
        }
        let before = written(&world).await;
        services.role_update_read(&admin, &id, described("Second")).await.unwrap();
        assert_eq!(written(&world).await, before, "it says nothing new");
        assert!(services.role_update_read(&admin, &id, described(&"long ".repeat(1000))).await.is_err());
        let viewer = world.caller(partner, None, "Auditor View").await;
        assert!(services.role_update_read(&viewer, &id, described("Not allowed")).await.is_err());
        assert_eq!(written(&world).await, before);

        // The audit record has the value that another process wrote meanwhile as the old one.
        for (theirs, mine) in [("Theirs", "Mine"), ("Theirs again", "Mine")] {
            world.execute(&format!("UPDATE roles SET description = '{theirs}', version = version + 1 WHERE name = 'Lab'")).await;
            let answered = services.role_update_read(&admin, &id, described(mine)).await.unwrap();
            let (role, records) = written(&world).await;
            assert!(role[0].starts_with(&format!("{mine} {} ", answered.summary.version)), "{role:?}");
            let record = records.last().unwrap();
            assert!(record.contains(&format!("\"before\":\"{theirs}\",\"after\":\"{mine}\"")), "{record}");
            assert_eq!(services.role_get(&admin, &id).await.unwrap(), answered);
        }
    });
}
