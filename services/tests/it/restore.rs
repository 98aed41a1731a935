//! Restoring: a new client is made of an archive, all of it or nothing.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::Write,
    path::PathBuf,
};

use domain::{
    BackupDraft, Caller, CatalogueItemDraft, CatalogueKind, Catalogues, ClientDraft, ClientId, ClientQuery, CredentialField, Error, JobState,
    Permission, PermissionSetDraft, RESTORE_PERMISSIONS, RestoreDraft, RoleDraft, RoleScope, Selection, ServiceDraft, UserDraft,
};
use serde_json::Value;
use tempfile::{NamedTempFile, TempPath};
use zip::{ZipWriter, write::SimpleFileOptions};

use crate::{
    backup::{PASSPHRASE, backup, bytes, lines, opened, unpacked, with_secrets},
    credential_set,
    role::{self, exactly},
    support::{World, client_draft, on_both_engines, refusal},
    termination::{OTHER, TRACE, full_client},
};

/// The archive of a client in a file, with its secrets.
async fn archive(world: &World, admin: &Caller, client: ClientId) -> TempPath {
    let made = backup(world, admin, client, with_secrets()).await;
    saved(&bytes(world, admin, made.id).await)
}

fn saved(bytes: &[u8]) -> TempPath {
    let mut file = NamedTempFile::new().unwrap();
    file.write_all(bytes).unwrap();
    file.into_temp_path()
}

async fn restore(world: &World, admin: &Caller, file: &TempPath, name: &str, passphrase: Option<&str>) -> services::Result<String> {
    world.services.operator().client_restore(admin.partner, file, name, passphrase).await
}

async fn terminate(world: &World, admin: &Caller, client: ClientId) {
    world.services.client_terminate(admin, client).await.unwrap();
    world.clock.advance_seconds(31);
    while world.services.jobs_run(1000).await.unwrap() > 0 {}
}

/// The client that is called so.
async fn named(world: &World, admin: &Caller, name: &str) -> Option<ClientId> {
    let rows = world.services.client_list(admin, &ClientQuery { search: name.to_owned(), ..ClientQuery::default() }).await.unwrap().rows;
    rows.into_iter().find(|row| row.name == name).map(|row| row.id)
}

/// The records of a file without what is new in each: ids, times, and who did it.
fn records(files: &BTreeMap<String, Vec<u8>>, name: &str) -> Vec<Value> {
    let mut records = lines(files, &format!("{name}.jsonl"));
    for record in &mut records {
        let fields = record.as_object_mut().unwrap();
        for field in [
            "id",
            "created",
            "created_by",
            "updated",
            "updated_by",
            "user",
            "role",
            "device",
            "device_group",
            "user_group",
            "credential_set",
            "permission_set",
            "name_key",
        ] {
            fields.remove(field);
        }
        if name == "client" {
            fields.remove("name");
        }
        if let Some(details) = fields.get_mut("details").and_then(Value::as_object_mut) {
            for field in ["picture", "images", "access", "name"] {
                details.remove(field);
            }
        }
    }
    records.sort_by_key(Value::to_string);
    records
}

#[test]
fn what_comes_back_is_what_was_backed_up() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let client = full_client(&world, &admin, "Acme", TRACE).await;
        let set = credential_set::draft("Second", &[(CredentialField::UserName, "root"), (CredentialField::Password, "Tr0ub4dor")]);
        world.services.credential_set_create(&admin, Some(client), set).await.unwrap();
        let before = backup(&world, &admin, client, with_secrets()).await;
        let before = bytes(&world, &admin, before.id).await;
        terminate(&world, &admin, client).await;

        let said = restore(&world, &admin, &saved(&before), "Acme again", Some(PASSPHRASE)).await.unwrap();
        let again = named(&world, &admin, "Acme again").await.unwrap();
        assert!(again > client && said.starts_with(&format!("Created {again} with ")), "{said}");
        let after = backup(&world, &admin, again, with_secrets()).await;
        let (before, after) = (unpacked(before), unpacked(bytes(&world, &admin, after.id).await));
        for name in [
            "client",
            "restrictions",
            "devices",
            "device_groups",
            "device_group_devices",
            "credential_sets",
            "users",
            "user_groups",
            "user_group_users",
            "permission_sets",
            "permission_set_permissions",
            "roles",
            "role_permission_sets",
            "role_users",
            "role_user_groups",
            "role_devices",
            "role_device_groups",
            "role_credential_sets",
        ] {
            // What hung on roles of the partner that went with the client can't come back.
            let (before, after) = (records(&before, name), records(&after, name));
            let gone = |record: &Value| record["name"] == format!("Only {client}");
            assert_eq!(after, before.into_iter().filter(|record| !gone(record)).collect::<Vec<_>>(), "{name}");
        }
        let secrets = |files: &BTreeMap<String, Vec<u8>>| {
            opened(files, PASSPHRASE).into_iter().map(|line| line["secrets"].to_string()).collect::<BTreeSet<_>>()
        };
        assert!(secrets(&before).iter().any(|secret| secret.contains("Tr0ub4dor")));
        assert_eq!(secrets(&after), secrets(&before));
        let count = |files: &BTreeMap<String, Vec<u8>>, folder: &str| files.keys().filter(|name| name.starts_with(folder)).count();
        assert_eq!((count(&after, "images/"), count(&after, "pictures/")), (1, 1));
        let device = |files: &BTreeMap<String, Vec<u8>>| lines(files, "devices.jsonl")[0]["id"].clone();
        assert_ne!(device(&before), device(&after), "ids are never used again");
    });
}

#[test]
fn secrets_come_back_with_the_passphrase_and_else_are_said_to_be_missing() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let client = full_client(&world, &admin, "Acme", TRACE).await;
        let file = archive(&world, &admin, client).await;
        let Error::Invalid { violations } = refusal(restore(&world, &admin, &file, "Wrong", Some("wrong horse battery")).await) else {
            panic!("another")
        };
        assert!(violations.of("passphrase").is_some(), "{violations:?}");
        assert_eq!(named(&world, &admin, "Wrong").await, None);
        let said = restore(&world, &admin, &file, "Without", None).await.unwrap();
        assert!(said.contains("1 credential set’s secrets"), "{said}");
        let said = restore(&world, &admin, &file, "With", Some(PASSPHRASE)).await.unwrap();
        assert!(!said.contains("secrets,"), "{said}");
        let secrets = async |name: &str| {
            let client = named(&world, &admin, name).await.unwrap();
            let sql = format!("SELECT secrets FROM credential_sets WHERE client_id = {}", client.number());
            sqlx::Row::get::<String, _>(&world.rows(&sql).await[0], 0)
        };
        assert_eq!(secrets("Without").await, "{}");
        assert!(secrets("With").await.contains("password"));
        assert!(!secrets("With").await.contains("hunter"), "encrypted again");
    });
}

#[test]
fn users_whose_login_names_are_taken_stay_away_and_are_named() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let client = full_client(&world, &admin, "Acme", TRACE).await;
        let users = async || world.rows("SELECT id FROM users").await.len();
        let (file, before) = (archive(&world, &admin, client).await, users().await);
        let said = restore(&world, &admin, &file, "Beside", None).await.unwrap();
        assert!(said.contains("login names are in use") && said.contains(TRACE), "{said}");
        assert_eq!(users().await, before);
    });
}

/// Another partner, whose administrator restores.
async fn elsewhere(world: &World) -> Caller {
    let partner = world.services.operator().partner_create("Elsewhere").await.unwrap();
    world.user_named(partner, None, "Partner Administrator", "boss@elsewhere.example").await;
    world.signed_in("boss@elsewhere.example").await
}

/// A service of a catalogue that has a technology, and that technology.
fn service(catalogues: &Catalogues) -> ServiceDraft {
    let technology = catalogues.of(CatalogueKind::Technology).next().unwrap();
    ServiceDraft { id: technology.parent.unwrap(), technologies: vec![technology.id] }
}

#[test]
fn elsewhere_catalogue_items_and_the_providers_sets_and_roles_are_found_by_their_names() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let services = &world.services;
        let only_here = CatalogueItemDraft { name: "Only here".to_owned(), ..CatalogueItemDraft::default() };
        let only_here = services.catalogue_item_create(&admin, CatalogueKind::Package, None, only_here).await.unwrap().id;
        let here = services.catalogue_list(&admin).await.unwrap();
        let package = here.of(CatalogueKind::Package).find(|item| item.id != only_here).unwrap().clone();
        let details = ClientDraft { packages: vec![package.id, only_here], services: vec![service(&here)], ..client_draft("Acme") };
        let client = services.client_create(&admin, details).await.unwrap();
        let sets = services.permission_set_list(&admin, &domain::PermissionSetQuery::default()).await.unwrap().rows;
        let set = sets.into_iter().find(|set| set.scope == RoleScope::Client && set.is_default).unwrap();
        let within = Caller { within: Some(client), ..admin.clone() };
        let of_provider = RoleDraft { permission_sets: exactly([&set.id.to_string()]), ..role::draft("Operators", "CLIENT") };
        services.role_create(&within, of_provider).await.unwrap();
        world.user_named(admin.partner, Some(client), "Client Administrator", "ada").await;
        let file = archive(&world, &admin, client).await;
        terminate(&world, &admin, client).await;

        let boss = elsewhere(&world).await;
        let said = restore(&world, &boss, &file, "Moved", None).await.unwrap();
        assert!(said.contains("1 item of a catalogue that isn’t offered here"), "{said}");
        assert!(!said.contains("your organization’s"), "every set and role is there: {said}");
        let moved = named(&world, &boss, "Moved").await.unwrap();
        assert!(services.client_get(&admin, moved).await.is_err(), "it is the other partner's");
        let (moved, there) = (services.client_get(&boss, moved).await.unwrap().details, services.catalogue_list(&boss).await.unwrap());
        assert_eq!(moved.packages.iter().map(|id| there.name(*id)).collect::<Vec<_>>(), std::slice::from_ref(&package.name));
        assert_ne!(moved.packages, [package.id]);
        assert_eq!(there.name(moved.services[0].technologies[0]), here.name(service(&here).technologies[0]));
    });
}

#[test]
fn a_technology_that_is_its_own_service_does_no_harm() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let here = world.services.catalogue_list(&admin).await.unwrap();
        let details = ClientDraft { services: vec![service(&here)], ..client_draft("Acme") };
        let client = world.services.client_create(&admin, details).await.unwrap();
        let file = archive(&world, &admin, client).await;
        let circle = |text: String| {
            let turned = |line: &str| {
                let mut record: Value = serde_json::from_str(line).unwrap();
                record["parent"] = record["id"].clone();
                format!("{record}\n")
            };
            text.lines().map(turned).collect()
        };
        let said = restore(&world, &admin, &forged(&file, "catalogue.jsonl", circle), "Again", None).await.unwrap();
        assert!(said.contains("of a catalogue"), "{said}");
    });
}

/// An archive with one of its files changed, and the manifest right for it.
fn forged(archive: &TempPath, name: &str, change: impl Fn(String) -> String) -> TempPath {
    let mut files = unpacked(std::fs::read(PathBuf::from(&**archive)).unwrap());
    let changed = change(String::from_utf8(files[name].clone()).unwrap()).into_bytes();
    let mut manifest: Value = serde_json::from_slice(&files["manifest.json"]).unwrap();
    for file in manifest["files"].as_array_mut().unwrap() {
        if file["name"] == name {
            file["bytes"] = changed.len().into();
            file["sha256"] = crate::backup::hex(&changed).into();
        }
    }
    files.insert(name.to_owned(), changed);
    files.insert("manifest.json".to_owned(), serde_json::to_vec(&manifest).unwrap());
    packed(&files)
}

/// The client with its image many times.
fn many_images(text: String) -> String {
    let mut record: Value = serde_json::from_str(&text).unwrap();
    let image = record["details"]["images"][0].clone();
    record["details"]["images"] = vec![image; 21].into();
    format!("{record}\n")
}

fn packed(files: &BTreeMap<String, Vec<u8>>) -> TempPath {
    let mut file = NamedTempFile::new().unwrap();
    let mut zip = ZipWriter::new(&mut file);
    for (name, content) in files {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap();
    file.into_temp_path()
}

#[test]
fn a_damaged_archive_is_refused_by_name_and_nothing_is_made() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let client = full_client(&world, &admin, "Acme", TRACE).await;
        let whole = archive(&world, &admin, client).await;
        let mut changed = unpacked(std::fs::read(PathBuf::from(&*whole)).unwrap());
        changed.get_mut("devices.jsonl").unwrap()[20] ^= 1;
        let mut missing = unpacked(std::fs::read(PathBuf::from(&*whole)).unwrap());
        missing.remove("users.jsonl");
        let half = std::fs::read(PathBuf::from(&*whole)).unwrap();
        let cases = [
            (packed(&changed), "devices.jsonl"),
            (packed(&missing), "users.jsonl is missing"),
            (saved(&half[..half.len() / 2]), "This is no backup"),
            (saved(b"PK nothing"), "This is no backup"),
            (packed(&BTreeMap::from([("notes.txt".to_owned(), Vec::new())])), "no manifest.json"),
            (packed(&(0..=u16::MAX).map(|number| (number.to_string(), Vec::new())).collect()), "too many files"),
            (forged(&whole, "devices.jsonl", |text| text + &" ".repeat(16 << 20)), "too large for its size"),
            (
                forged(&whole, "devices.jsonl", |text| text.replace("\"host_name\"", "\"host_name\":\"\",\"state\":\"no such\",\"x\"")),
                "devices.jsonl, line 1",
            ),
            (forged(&whole, "roles.jsonl", |text| text.replace(TRACE, "")), "roles.jsonl"),
            (forged(&whole, "devices.jsonl", |text| text.repeat(2)), "twice"),
            (forged(&whole, "device_groups.jsonl", |text| text.repeat(2)), "device_groups.jsonl"),
            (forged(&whole, "client.jsonl", many_images), "at most 20 images"),
            (forged(&whole, "client.jsonl", |text| text.replace("\"status\":\"active\"", "\"status\":\"bogus\"")), "a client that is bogus"),
            (forged(&whole, "client.jsonl", |text| text.replace("America/Los_Angeles", "Moon/Crater")), "client.jsonl, client_1: time_zone"),
        ];
        let audited = world.audit().await.len();
        for (file, expected) in cases {
            let error = refusal(restore(&world, &admin, &file, "Broken", None).await);
            let said = format!("{error:?}");
            assert!(said.contains(expected), "{expected}: {said}");
            assert_eq!(named(&world, &admin, "Broken").await, None, "{expected}");
        }
        assert_eq!(world.audit().await.len(), audited);
    });
}

#[test]
fn a_forged_archive_reaches_nothing_of_another_client() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let (mine, other) = (full_client(&world, &admin, "Acme", TRACE).await, full_client(&world, &admin, "Bell", OTHER).await);
        let file = archive(&world, &admin, mine).await;
        let row = async |sql: String| sqlx::Row::get::<String, _>(&world.rows(&sql).await[0], 0);
        let device = row(format!("SELECT unique_id FROM devices WHERE client_id = {}", other.number())).await;
        let role = row(format!("SELECT unique_id FROM roles WHERE client_id = {}", other.number())).await;
        let set = row(format!("SELECT unique_id FROM permission_sets WHERE client_id = {}", other.number())).await;
        let partners = row("SELECT unique_id FROM roles WHERE name = 'Partner Administrator'".to_owned()).await;
        let count = async |sql: &str| world.rows(sql).await.len();
        let links = ["SELECT role_id FROM role_users", "SELECT device_id FROM device_group_devices", "SELECT role_id FROM role_devices"];
        let terminated = async || terminate(&world, &admin, mine).await;
        terminated().await;
        let (own, before) = (file, (count(links[0]).await, count(links[1]).await, count(links[2]).await));
        let member = |field: &str, value: &str| {
            let (field, value) = (field.to_owned(), value.to_owned());
            move |text: String| {
                let line = text.lines().next().unwrap_or_default().to_owned();
                let mut record: Value = serde_json::from_str(&line).unwrap();
                record[&field] = value.clone().into();
                format!("{record}\n")
            }
        };
        let devices = forged(&own, "role_devices.jsonl", member("device", &device));
        restore(&world, &admin, &devices, "One", None).await.unwrap();
        assert_eq!(count(links[2]).await, before.2, "a role lists no device of another client");
        // Whose login names are free again.
        terminate(&world, &admin, named(&world, &admin, "One").await.unwrap()).await;

        for foreign in [&role, &partners] {
            let roles = forged(&own, "role_users.jsonl", member("role", foreign));
            let said = restore(&world, &admin, &roles, "Two", None).await.unwrap();
            assert!(said.contains("assignments of your organization’s roles"), "{said}");
            assert_eq!(count(&format!("SELECT 1 FROM role_users ru JOIN roles r ON r.id = ru.role_id JOIN users u ON u.id = ru.user_id WHERE r.unique_id = '{foreign}' AND u.client_id NOT IN (0, {})", other.number())).await, 0);
            terminate(&world, &admin, named(&world, &admin, "Two").await.unwrap()).await;
        }
        let sets =
            forged(&own, "role_permission_sets.jsonl", |_| format!("{{\"role\":\"{}\",\"permission_set\":\"{set}\",\"position\":0}}\n", "ROLE"));
        let sets = forged(&sets, "role_permission_sets.jsonl", {
            let first = lines(&unpacked(std::fs::read(PathBuf::from(&*own)).unwrap()), "roles.jsonl")[0]["id"].as_str().unwrap().to_owned();
            move |text| text.replace("ROLE", &first)
        });
        let said = restore(&world, &admin, &sets, "Three", None).await.unwrap();
        assert!(said.contains("your organization’s permission set"), "{said}");
        let sql = format!("SELECT 1 FROM role_permission_sets rs JOIN permission_sets s ON s.id = rs.permission_set_id WHERE s.unique_id = '{set}'");
        assert_eq!(count(&sql).await, 0, "another client’s set is in no role of this one");
    });
}

/// Uploads an archive as a caller does, and lets a job restore it. Gives what the job says in the end.
async fn restored_by(world: &World, caller: &Caller, file: &TempPath, name: &str) -> String {
    let services = &world.services;
    let id = services.restore_upload(caller).await.unwrap();
    services.restore_upload_part(caller, &id, 0, std::fs::read(PathBuf::from(&**file)).unwrap().into()).await.unwrap();
    let draft = RestoreDraft { name: name.to_owned(), ..RestoreDraft::default() };
    let job = services.restore_start(caller, &id, draft).await.unwrap();
    services.jobs_run(10).await.unwrap();
    services.job_get(caller, job).await.unwrap().outcome
}

/// Somebody who may restore, and nothing else that a client's user could be given.
async fn restorer(world: &World, admin: &Caller) -> Caller {
    world.user_named(admin.partner, None, "Auditor View", "restorer@leoart.example").await;
    let user = world.signed_in("restorer@leoart.example").await.user.id;
    let views = [Permission::ClientView, Permission::UserView, Permission::UserGroupView, Permission::RoleView, Permission::DeviceView];
    let set = PermissionSetDraft {
        name: "Restore".into(),
        scope: "MSP".into(),
        permissions: RESTORE_PERMISSIONS.into_iter().chain(views).chain([Permission::CredentialSetView]).collect(),
        ..PermissionSetDraft::default()
    };
    let set = world.services.permission_set_create(admin, set).await.unwrap();
    let draft = RoleDraft {
        all_clients: Some(true),
        all_devices: Some(true),
        all_credentials: Some(true),
        permission_sets: exactly([&set.id.to_string()]),
        ..role::draft("Restorers", "MSP")
    };
    let role = world.services.role_create(admin, draft).await.unwrap();
    let only = UserDraft { roles: Some(Selection::Exactly(vec![role.id])), ..UserDraft::default() };
    world.services.user_update(admin, user, None, only).await.unwrap();
    world.signed_in("restorer@leoart.example").await
}

#[test]
fn nobody_gives_by_a_restore_more_than_they_hold() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let client = world.client(&admin, "Acme").await;
        world.user_named(admin.partner, Some(client), "Client Administrator with Client Details", "boss").await;
        let file = archive(&world, &admin, client).await;
        terminate(&world, &admin, client).await;
        let restorer = restorer(&world, &admin).await;
        let said = restored_by(&world, &restorer, &file, "Again").await;
        assert!(said.contains("assignments of your organization’s roles “Client Administrator with Client Details”"), "{said}");
        let sql = "SELECT 1 FROM role_users ru JOIN users u ON u.id = ru.user_id WHERE u.login = 'boss'";
        assert!(world.rows(sql).await.is_empty(), "the user is there without the role");

        let again = named(&world, &admin, "Again").await.unwrap();
        terminate(&world, &admin, again).await;
        let admin = world.signed_in("partner.administrator").await;
        let said = restored_by(&world, &admin, &file, "Whole").await;
        assert!(!said.contains("assignments") && world.rows(sql).await.len() == 1, "who holds it gives it: {said}");
    });
}

#[test]
fn each_permission_that_a_restore_takes_is_asked_for() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let restorer = restorer(&world, &admin).await;
        let sets = world.services.permission_set_list(&admin, &domain::PermissionSetQuery { search: "Restore".into(), ..Default::default() }).await;
        let set = sets.unwrap().rows.into_iter().next().unwrap();
        world.services.restore_upload(&restorer).await.unwrap();
        for missing in RESTORE_PERMISSIONS {
            let held = set.permissions.iter().filter(|permission| *permission != missing).collect();
            let draft = PermissionSetDraft { name: "Restore".into(), scope: "MSP".into(), permissions: held, ..PermissionSetDraft::default() };
            world.services.permission_set_update(&admin, &set.id, None, draft).await.unwrap();
            let restorer = world.signed_in("restorer@leoart.example").await;
            let Error::Forbidden { reason } = refusal(world.services.restore_upload(&restorer).await) else { panic!("another refusal") };
            assert!(reason.contains(&missing.name()), "{missing:?}: {reason}");
        }
    });
}

#[test]
fn a_failed_restore_can_be_started_again_and_an_upload_waits_a_day() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let client = full_client(&world, &admin, "Acme", TRACE).await;
        let whole = archive(&world, &admin, client).await;
        let broken = forged(&whole, "client.jsonl", |text| text.replace("America/Los_Angeles", "Moon/Crater"));
        let services = &world.services;
        let id = services.restore_upload(&admin).await.unwrap();
        services.restore_upload_part(&admin, &id, 0, std::fs::read(PathBuf::from(&*broken)).unwrap().into()).await.unwrap();
        let draft = || RestoreDraft { name: "Again".to_owned(), passphrase: PASSPHRASE.to_owned() };
        let first = services.restore_start(&admin, &id, draft()).await.unwrap();
        services.jobs_run(10).await.unwrap();
        let failed = services.job_get(&admin, first).await.unwrap();
        assert_eq!(failed.state, JobState::Failed);
        assert!(failed.outcome.contains("client.jsonl, client_1: time_zone"), "{}", failed.outcome);
        let second = services.restore_start(&admin, &id, draft()).await.unwrap();
        assert_ne!(first, second);
        services.jobs_run(10).await.unwrap();
        assert!(services.restore_preview(&admin, &id).await.is_ok());
        world.clock.advance_seconds(24 * 60 * 60 + 1);
        services.restore_sweep().await.unwrap();
        let admin = world.signed_in("partner.administrator").await;
        assert_eq!(refusal(services.restore_preview(&admin, &id).await), Error::NotFound);
        assert!(!world.files.join(format!("restores/{id}")).exists());
        let inputs = world.rows("SELECT input FROM jobs WHERE kind = 'restore' ORDER BY id DESC").await;
        assert_eq!(sqlx::Row::get::<String, _>(&inputs[0], 0), "", "what opens the secrets is forgotten");
    });
}

#[test]
fn an_archive_without_anything_else_is_a_client_too() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let client = world.client(&admin, "Acme").await;
        let made = backup(&world, &admin, client, BackupDraft::default()).await;
        let said = restore(&world, &admin, &saved(&bytes(&world, &admin, made.id).await), "Again", None).await.unwrap();
        let again = named(&world, &admin, "Again").await.unwrap();
        assert_eq!(said, format!("Created {again}. Not restored: 2 audit records."));
    });
}
