//! Backups: what an archive holds, who may make and read one, and how long it is there.

use std::{
    collections::BTreeMap,
    io::{Cursor, Read},
};

use age::{secrecy::ExposeSecret, x25519};
use domain::{
    Backup, BackupDraft, BackupId, BackupQuery, Caller, ClientId, ClientStatus, CredentialField, Error, JobQuery, JobState, Permission,
    PermissionBits, RoleDraft, Selection, UserDraft,
};
use serde_json::Value;
use sha2::{Digest, Sha256};
use zip::ZipArchive;

use crate::{
    credential_set,
    role::{self, exactly},
    support::{World, on_both_engines, refusal},
    termination::{OTHER, TRACE, full_client},
};

pub(crate) const PASSPHRASE: &str = "correct horse battery staple";

pub(crate) fn with_secrets() -> BackupDraft {
    BackupDraft { with_secrets: true, passphrase: PASSPHRASE.to_owned(), confirmation: PASSPHRASE.to_owned() }
}

/// A backup, made to its end.
pub(crate) async fn backup(world: &World, caller: &Caller, client: ClientId, draft: BackupDraft) -> Backup {
    let made = world.services.backup_create(caller, client, draft).await.unwrap();
    world.services.jobs_run(1000).await.unwrap();
    latest(world, caller, client, made.id).await
}

async fn latest(world: &World, caller: &Caller, client: ClientId, id: BackupId) -> Backup {
    let rows = world.services.backup_list(caller, client, &BackupQuery::default()).await.unwrap().rows;
    rows.into_iter().find(|backup| backup.id == id).unwrap()
}

/// The archive, byte for byte.
pub(crate) async fn bytes(world: &World, caller: &Caller, id: BackupId) -> Vec<u8> {
    let file = world.services.backup_file(caller, id).await.unwrap();
    let mut bytes = Vec::new();
    for part in 0..file.parts {
        bytes.extend(world.services.backup_file_part(caller, id, part).await.unwrap());
    }
    assert_eq!(bytes.len() as u64, file.bytes);
    bytes
}

/// The files of an archive.
pub(crate) fn unpacked(bytes: Vec<u8>) -> BTreeMap<String, Vec<u8>> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut files = BTreeMap::new();
    for at in 0..archive.len() {
        let (mut file, mut content) = (archive.by_index(at).unwrap(), Vec::new());
        file.read_to_end(&mut content).unwrap();
        files.insert(file.name().unwrap().into_owned(), content);
    }
    files
}

pub(crate) fn lines(files: &BTreeMap<String, Vec<u8>>, name: &str) -> Vec<Value> {
    let text = String::from_utf8(files[name].clone()).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// What opens the secrets of an archive.
fn private_key(files: &BTreeMap<String, Vec<u8>>, passphrase: &str) -> Option<x25519::Identity> {
    let text = age::decrypt(&age::scrypt::Identity::new(passphrase.to_owned().into()), &files["secrets/key.age"]).ok()?;
    String::from_utf8(text).unwrap().lines().find_map(|line| line.parse().ok())
}

/// The secrets of an archive.
pub(crate) fn opened(files: &BTreeMap<String, Vec<u8>>, passphrase: &str) -> Vec<Value> {
    let key = private_key(files, passphrase).unwrap();
    let plain = String::from_utf8(age::decrypt(&key, &files["secrets/1.jsonl.age"]).unwrap()).unwrap();
    plain.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn an_archive_holds_everything_about_the_client_and_nothing_of_another() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let client = full_client(&world, &admin, "Acme", TRACE).await;
        full_client(&world, &admin, "Bell", OTHER).await;
        let made = backup(&world, &admin, client, BackupDraft::default()).await;
        assert_eq!((made.state, made.has_secrets), (JobState::Succeeded, false), "{made:?}");
        let archive = bytes(&world, &admin, made.id).await;
        assert_eq!(hex(&archive), made.sha256);
        let files = unpacked(archive);
        let count = |name: &str| lines(&files, &format!("{name}.jsonl")).len();
        for name in [
            "client",
            "restrictions",
            "images",
            "devices",
            "device_groups",
            "device_group_devices",
            "credential_sets",
            "users",
            "user_groups",
            "permission_sets",
            "permission_set_permissions",
            "roles",
            "role_users",
            "role_devices",
            "api_keys",
            "reports",
            "login_history",
            "audit_log",
        ] {
            assert!(count(name) > 0, "{name} is empty");
        }
        let device = &lines(&files, "devices.jsonl")[0];
        assert_eq!(device["details"]["host_name"], format!("{TRACE}-host"));
        assert_eq!(lines(&files, "client.jsonl")[0]["details"]["address"], format!("1 {TRACE} Street"));
        let all = files.values().flat_map(|content| content.iter().copied()).collect::<Vec<_>>();
        let all = String::from_utf8_lossy(&all);
        assert!(all.contains(TRACE) && !all.contains(OTHER));
        assert!(!all.contains("hunter") && !all.contains("argon2"), "no secret, and no hash of a password");
        assert!(files.keys().any(|name| name.starts_with("images/")) && files.keys().any(|name| name.starts_with("pictures/")));
        assert!(files.keys().all(|name| !name.starts_with("secrets/")));
    });
}

#[test]
fn the_manifest_says_what_is_in_the_archive() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let client = full_client(&world, &admin, "Acme", TRACE).await;
        let made = backup(&world, &admin, client, BackupDraft::default()).await;
        let files = unpacked(bytes(&world, &admin, made.id).await);
        let manifest: Value = serde_json::from_slice(&files["manifest.json"]).unwrap();
        assert_eq!((&manifest["client"], &manifest["name"], &manifest["version"]), (&Value::from(client.to_string()), &"Acme".into(), &1.into()));
        let listed = manifest["files"].as_array().unwrap();
        for file in listed {
            let content = &files[file["name"].as_str().unwrap()];
            assert_eq!((file["bytes"].as_u64(), file["sha256"].as_str()), (Some(content.len() as u64), Some(hex(content).as_str())), "{file}");
            if let Some(records) = file["records"].as_u64() {
                assert_eq!(records, content.iter().filter(|byte| **byte == b'\n').count() as u64, "{file}");
            }
        }
        let unlisted: Vec<_> = files.keys().filter(|name| !listed.iter().any(|file| file["name"] == name.as_str())).collect();
        assert_eq!(unlisted, ["README.md", "manifest.json"]);
        assert!(String::from_utf8_lossy(&files["README.md"]).contains("Passwords of users"), "what isn't in it is said");
        let records: u64 = listed.iter().filter_map(|file| file["records"].as_u64()).sum();
        assert_eq!(made.records, records);
    });
}

#[test]
fn secrets_are_readable_with_the_passphrase_alone() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let client = full_client(&world, &admin, "Acme", TRACE).await;
        let set = credential_set::draft("Second", &[(CredentialField::Password, "Tr0ub4dor")]);
        let set = world.services.credential_set_create(&admin, Some(client), set).await.unwrap();
        let made = backup(&world, &admin, client, with_secrets()).await;
        assert!(made.has_secrets);
        let files = unpacked(bytes(&world, &admin, made.id).await);
        assert!(private_key(&files, "wrong horse battery staple").is_none());
        let (key, found) = (private_key(&files, PASSPHRASE).unwrap(), opened(&files, PASSPHRASE));
        let of = |id: &str| found.iter().find(|line| line["id"] == id).map(|line| line["secrets"]["password"].clone());
        assert_eq!(of(&set.id.to_string()), Some("Tr0ub4dor".into()));
        // Neither the passphrase nor the key is anywhere in the database.
        for row in world.rows("SELECT input || cursor || outcome FROM jobs").await {
            let text: String = sqlx::Row::get(&row, 0);
            assert!(!text.contains("horse") && !text.contains(key.to_string().expose_secret()));
        }
    });
}

#[test]
fn a_short_passphrase_is_refused_and_nothing_begins() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let client = world.client(&admin, "Acme").await;
        let draft = BackupDraft { passphrase: "short".to_owned(), ..with_secrets() };
        let Error::Invalid { violations } = refusal(world.services.backup_create(&admin, client, draft).await) else { panic!("another refusal") };
        assert_eq!(violations.iter().map(|violation| violation.field.as_str()).collect::<Vec<_>>(), ["passphrase", "confirmation"]);
        assert!(world.services.backup_list(&admin, client, &BackupQuery::default()).await.unwrap().rows.is_empty());
        assert!(world.services.job_list(&admin, &JobQuery::default()).await.unwrap().rows.is_empty());
    });
}

#[test]
fn only_who_sees_everything_about_the_client_backs_it_up() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let (client, services) = (full_client(&world, &admin, "Acme", TRACE).await, &world.services);
        let viewer = world.caller(admin.partner, None, "Auditor View").await;
        let manager = world.caller(admin.partner, Some(client), "Client Administrator with Client Details").await;
        let made = backup(&world, &admin, client, BackupDraft::default()).await;
        for caller in [&viewer, &manager] {
            assert!(matches!(refusal(services.backup_create(caller, client, BackupDraft::default()).await), Error::Forbidden { .. }));
            assert!(matches!(refusal(services.backup_list(caller, client, &BackupQuery::default()).await), Error::Forbidden { .. }));
            assert!(matches!(refusal(services.backup_file(caller, made.id).await), Error::Forbidden { .. }));
            assert!(matches!(refusal(services.backup_delete(caller, made.id).await), Error::Forbidden { .. }));
        }
        assert_eq!(refusal(services.backup_file(&admin, BackupId::new(99)).await), Error::NotFound);
        assert_eq!(refusal(services.backup_create(&admin, ClientId::new(99), BackupDraft::default()).await), Error::NotFound);
        let elsewhere = services.operator().partner_create("Elsewhere").await.unwrap();
        world.user_named(elsewhere, None, "Partner Administrator", "stranger@elsewhere.example").await;
        let stranger = world.signed_in("stranger@elsewhere.example").await;
        assert_eq!(refusal(services.backup_file(&stranger, made.id).await), Error::NotFound);
        assert_eq!(refusal(services.backup_create(&stranger, client, BackupDraft::default()).await), Error::NotFound);
    });
}

#[test]
fn a_role_that_lists_some_devices_makes_no_backup_though_it_holds_every_permission() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let client = world.client(&admin, "Acme").await;
        world.user_named(admin.partner, None, "Auditor View", "some@leoart.example").await;
        let some = world.signed_in("some@leoart.example").await.user.id;
        let all = domain::PermissionSetDraft {
            name: "All".into(),
            scope: "MSP".into(),
            permissions: Permission::ALL.iter().copied().collect::<PermissionBits>(),
            ..Default::default()
        };
        let set = world.services.permission_set_create(&admin, all).await.unwrap();
        let device = world.device(&admin, client, 1).await;
        let listing = RoleDraft {
            all_clients: Some(true),
            all_credentials: Some(true),
            devices: exactly([&device.to_string()]),
            permission_sets: exactly([&set.id.to_string()]),
            ..role::draft("Some devices", "MSP")
        };
        let listing = world.services.role_create(&admin, listing).await.unwrap();
        let only = UserDraft { roles: Some(Selection::Exactly(vec![listing.id])), ..UserDraft::default() };
        world.services.user_update(&admin, some, None, only).await.unwrap();
        let some = world.signed_in("some@leoart.example").await;
        let Error::Forbidden { reason } = refusal(world.services.backup_create(&some, client, BackupDraft::default()).await) else {
            panic!("another")
        };
        assert!(reason.contains("Devices: View"), "{reason}");
    });
}

#[test]
fn a_backup_whose_owner_loses_a_right_stops() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let client = full_client(&world, &admin, "Acme", TRACE).await;
        world.user_named(admin.partner, None, "Partner Administrator", "second@leoart.example").await;
        let second = world.signed_in("second@leoart.example").await;
        let made = world.services.backup_create(&second, client, BackupDraft::default()).await.unwrap();
        world.services.jobs_run(3).await.unwrap();
        world.services.user_deactivate(&admin, second.user.id, "").await.unwrap();
        world.clock.advance_seconds(31);
        world.services.jobs_run(1000).await.unwrap();
        let made = latest(&world, &admin, client, made.id).await;
        assert_eq!((made.state, made.finished), (JobState::Failed, None));
        assert!(matches!(refusal(world.services.backup_file(&admin, made.id).await), Error::Conflict { .. }));
    });
}

#[test]
fn killed_after_any_step_the_archive_is_the_same() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let client = full_client(&world, &admin, "Acme", TRACE).await;
        let made = world.services.backup_create(&admin, client, with_secrets()).await.unwrap();
        let mut kills = 0;
        while !latest(&world, &admin, client, made.id).await.state.is_over() {
            assert!(matches!(refusal(world.services.backup_file(&admin, made.id).await), Error::Conflict { .. }), "half an archive isn't offered");
            // Each step by another server, after the one before has died.
            assert_eq!(world.services.jobs_run(1).await.unwrap(), 1);
            world.clock.advance_seconds(31);
            kills += 1;
        }
        assert!(kills > 20, "{kills}");
        let killed = unpacked(bytes(&world, &admin, made.id).await);
        let whole = backup(&world, &admin, client, with_secrets()).await;
        let whole = unpacked(bytes(&world, &admin, whole.id).await);
        assert_eq!(killed.keys().collect::<Vec<_>>(), whole.keys().collect::<Vec<_>>());
        // The audit log has grown by the backup itself.
        for name in
            killed.keys().filter(|name| !name.starts_with("secrets") && !matches!(name.as_str(), "audit_log.jsonl" | "manifest.json" | "README.md"))
        {
            assert_eq!(killed[name], whole[name], "{name}");
        }
    });
}

#[test]
fn a_cancelled_backup_leaves_nothing_it_has_read_and_can_be_made_again() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let client = full_client(&world, &admin, "Acme", TRACE).await;
        let made = world.services.backup_create(&admin, client, BackupDraft::default()).await.unwrap();
        world.services.jobs_run(8).await.unwrap();
        let folder = world.files.join(format!("backups/{}", made.id.number()));
        assert!(folder.exists());
        world.services.job_cancel(&admin, made.job).await.unwrap();
        world.clock.advance_seconds(31);
        world.services.jobs_run(1000).await.unwrap();
        assert_eq!(latest(&world, &admin, client, made.id).await.state, JobState::Cancelled);
        assert!(!folder.join("rows").exists());
        world.services.job_repeat(&admin, made.job).await.unwrap();
        world.services.jobs_run(1000).await.unwrap();
        let files = unpacked(bytes(&world, &admin, made.id).await);
        assert_eq!(lines(&files, "devices.jsonl").len(), 1);
    });
}

#[test]
fn an_archive_is_there_for_seven_days_or_until_it_is_deleted() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let client = full_client(&world, &admin, "Acme", TRACE).await;
        let (one, other) =
            (backup(&world, &admin, client, BackupDraft::default()).await, backup(&world, &admin, client, BackupDraft::default()).await);
        world.services.backup_delete(&admin, one.id).await.unwrap();
        assert_eq!(refusal(world.services.backup_file(&admin, one.id).await), Error::NotFound);
        let files = |id: BackupId| {
            let folder = world.files.join(format!("backups/{}", id.number()));
            if folder.exists() { crate::termination::files(&folder) } else { 0 }
        };
        assert_eq!((files(one.id), files(other.id)), (0, 1));
        world.clock.advance_seconds(7 * 24 * 60 * 60 - 1);
        assert_eq!(world.services.backup_sweep().await.unwrap(), 0);
        world.clock.advance_seconds(1);
        let admin = world.signed_in("partner.administrator").await;
        assert!(matches!(refusal(world.services.backup_file(&admin, other.id).await), Error::Conflict { .. }), "also before the sweep");
        assert_eq!(world.services.backup_sweep().await.unwrap(), 1);
        assert_eq!(files(other.id), 0);
    });
}

#[test]
fn the_receipt_of_a_termination_has_the_checksum_of_the_backup_which_stays() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let client = full_client(&world, &admin, "Acme", TRACE).await;
        let before = backup(&world, &admin, client, BackupDraft::default()).await;
        // One that isn't finished goes with the client.
        let unfinished = world.services.backup_create(&admin, client, BackupDraft::default()).await.unwrap();
        world.services.jobs_run(2).await.unwrap();
        world.services.client_terminate(&admin, client).await.unwrap();
        world.clock.advance_seconds(31);
        while world.services.jobs_run(1000).await.unwrap() > 0 {}
        assert_eq!(world.services.client_get(&admin, client).await.unwrap().status, ClientStatus::Terminated);
        let receipt = world.services.termination_receipt(&admin, client).await.unwrap().unwrap();
        assert_eq!(receipt.backup.map(|backup| backup.sha256), Some(before.sha256.clone()));
        assert_eq!(hex(&bytes(&world, &admin, before.id).await), before.sha256);
        assert_eq!(refusal(world.services.backup_file(&admin, unfinished.id).await), Error::NotFound);
        assert!(matches!(refusal(world.services.backup_create(&admin, client, BackupDraft::default()).await), Error::Conflict { .. }));
    });
}

#[test]
fn every_table_is_in_an_archive_or_left_out_on_purpose() {
    /// Tables of which an archive has nothing, and why.
    const LEFT_OUT: [(&str, &str); 36] = [
        ("_sqlx_migrations", "no data"),
        ("api_tokens", "end with the client"),
        ("authenticators", "of users, who set theirs up again"),
        ("backups", "the partner's"),
        ("aws_accounts", "the partner's, and only associated with a client"),
        ("aws_external_ids", "the partner's"),
        ("aws_listed", "the partner's"),
        ("row_counts", "counted again"),
        ("client_drafts", "clients that aren't made yet"),
        ("client_imports", "the partner's"),
        ("counters", "the console's"),
        ("invitations", "end with the client"),
        ("jobs", "what was done is in the audit log"),
        ("known_browsers", "of sessions"),
        ("mailed_links", "end with the client"),
        ("partners", "the partner's"),
        ("passkeys", "of users, who set theirs up again"),
        ("passkey_ceremonies", "end with the client"),
        ("recovery_codes", "of users, who set theirs up again"),
        ("report_runs", "files, each with a download of its own"),
        ("restores", "the partner's"),
        ("role_clients", "the partner's roles that list the client"),
        ("sessions", "end with the client"),
        ("setup_links", "the console's"),
        ("sign_in_failures", "of attackers"),
        ("staged_clients", "the partner's"),
        ("tenant_keys", "secrets are encrypted anew"),
        ("termination_receipts", "the partner's"),
        ("text_keys", "the console's"),
        ("audit_chains", "the partner's"),
        ("audit_gaps", "the partner's"),
        ("audit_text", "an index"),
        ("client_search", "an index"),
        ("user_search", "an index"),
        ("device_text", "an index"),
        ("sqlite_sequence", "SQLite's"),
    ];
    on_both_engines(async |world| {
        let sql = if world.is_sqlite() {
            "SELECT name FROM sqlite_master WHERE type = 'table'"
        } else {
            "SELECT CAST(table_name AS TEXT) FROM information_schema.tables WHERE table_schema = 'public'"
        };
        let rows = world.rows(sql).await;
        let tables: Vec<String> = rows.iter().map(|row| sqlx::Row::get(row, 0)).collect();
        let backed_up = services::backed_up_tables();
        let is_known = |table: &str| {
            let of_index = |index: &str| table.starts_with(&format!("{index}_"));
            backed_up.contains(&table)
                || LEFT_OUT.iter().any(|(name, _)| *name == table)
                || ["client_search", "user_search", "device_text", "audit_text"].into_iter().any(of_index)
        };
        let unknown: Vec<_> = tables.iter().filter(|table| !is_known(table)).collect();
        assert_eq!(unknown, Vec::<&String>::new(), "name it in services/src/leaving/backup/tables.rs, or here with the reason");
    });
}
