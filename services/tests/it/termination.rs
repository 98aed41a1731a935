//! Terminations: what is said before, and that nothing but the bare record and the receipt is left.

use std::{collections::BTreeMap, fs, path::Path};

use domain::{
    ApiKeyDraft, Caller, ClientDraft, ClientId, ClientQuery, ClientStatus, CredentialField, CsvReading, DeviceDraft, Erased, ErasedCount, Error,
    ExistingDevices, JobState, NetworkImageDraft, PermissionBits, PermissionSetDraft, ReportClients, ReportDraft, ReportKind, ReportSelection,
    RoleDraft, Statement, StatusFilter, TerminationDraft, UserDraft,
};
use sqlx::Row;

use crate::{
    client::fields,
    client_list::in_state,
    credential_set, device_group,
    role::{self, add, exactly},
    support::{PASSWORD, World, at, client_draft, on_both_engines, refusal, sign_in},
    user::{draft as user_draft, png},
};

/// A word that stands in everything of the client that is erased, and nowhere else.
pub(crate) const TRACE: &str = "Xylograph";

/// As [`TRACE`], in another client.
pub(crate) const OTHER: &str = "Zincograph";

/// A client with one of everything, all of it named by a word but the client itself.
pub(crate) async fn full_client(world: &World, admin: &Caller, name: &str, word: &str) -> ClientId {
    let services = &world.services;
    let image = services.image_upload(admin, png()).await.unwrap();
    let taken_off = services.image_upload(admin, png()).await.unwrap();
    let titled = |id| NetworkImageDraft { id, title: word.to_owned() };
    let details = ClientDraft {
        address: format!("1 {word} Street"),
        external_id: format!("{word}-77"),
        contact_person: word.to_owned(),
        images: vec![titled(image.id.clone()), titled(taken_off.id)],
        ..client_draft(name)
    };
    let id = services.client_create(admin, details.clone()).await.unwrap();
    services.client_update(admin, id, 1, ClientDraft { images: vec![titled(image.id)], ..details }).await.unwrap();
    let within = Caller { within: Some(id), ..admin.clone() };
    let text = |text: &str| Some(text.to_owned());
    let device = DeviceDraft { host_name: text(&format!("{word}-host")), ip_address: text("10.1.2.3"), ..DeviceDraft::default() };
    let device = services.device_create(admin, Some(id), device).await.unwrap();
    let group = services.device_group_create(admin, Some(id), device_group::draft(word)).await.unwrap();
    services.device_group_devices_add(admin, &group.id, std::slice::from_ref(&device.id)).await.unwrap();
    let secret = credential_set::draft(word, &[(CredentialField::UserName, word), (CredentialField::Password, "hunter")]);
    let secrets = services.credential_set_create(admin, Some(id), secret).await.unwrap();
    let set = PermissionSetDraft {
        name: word.into(),
        scope: "CLIENT".into(),
        permissions: [domain::Permission::DeviceView].into_iter().collect(),
        ..Default::default()
    };
    services.permission_set_create(&within, set).await.unwrap();
    let named = UserDraft {
        last_name: text(word),
        email: text(&format!("{word}@acme.example")),
        password: text(PASSWORD),
        ..user_draft(&format!("{word}.{id}"))
    };
    let user = services.user_create_with_picture(admin, Some(id), named, Some(png())).await.unwrap().user.row.id;
    let people = world.group(admin, Some(id), word).await;
    let own = RoleDraft { users: exactly([&user.to_string()]), devices: exactly([&device.id.to_string()]), ..role::draft(word, "CLIENT") };
    let own = services.role_create(&within, own).await.unwrap();
    let key = ApiKeyDraft { name: text(word), roles: Some(vec![own.id]), ..ApiKeyDraft::default() };
    services.api_key_create(&within, &key).await.unwrap();
    world.signed_in(&format!("{word}.{id}")).await;
    services.client_restrictions_set(admin, id, None, [domain::Permission::RoleManage].into_iter().collect::<PermissionBits>()).await.unwrap();
    // The partner's own roles, of which one is for this client's users alone.
    let all = [id.to_string()];
    let (clients, devices, sets) = (exactly([&all[0]]), exactly([&device.id.to_string()]), exactly([&secrets.id.to_string()]));
    let lists = RoleDraft { clients: clients.clone(), devices, credential_sets: sets, ..role::draft(&format!("Lists {id}"), "MSP") };
    services.role_create(admin, lists).await.unwrap();
    let alone = RoleDraft {
        clients,
        users: exactly([&user.to_string()]),
        user_groups: exactly([&people.row.group.id.to_string()]),
        ..role::draft(&format!("Only {id}"), "CLIENT")
    };
    services.role_create(admin, alone).await.unwrap();
    // A report of the client's own, with a file that says all of this.
    let reporter = format!("{word}.reports.{id}");
    world.user_named(admin.partner, Some(id), "Client Administrator", &reporter).await;
    let reporter = world.signed_in(&reporter).await;
    let report =
        ReportDraft { name: word.to_owned(), ..ReportDraft::new(ReportKind::TenantProfiles, &ReportSelection::new(ReportClients::All, ""), "UTC") };
    services.report_create(&reporter, ReportKind::TenantProfiles, report).await.unwrap();
    services.jobs_run(100).await.unwrap();
    // The partner's, and only lent.
    let number = id.number();
    let account = "id, partner_id, client_id, kind, management_id, number, name, name_key, email, search_key, sign_in, status, state, problem, role_arn, \
                   candidate, access, region, checked, check_at, asked_by, job_id, refreshed, refresh_failure, created, version";
    let values = format!(
        "{number}, 1, {number}, 'member', 0, '{number:012}', 'Account', 'account', '', '', '', '', 'discovered', '', '', '', '', '', 0, 0, 0, 0, 0, '', 0, 1"
    );
    world.execute(&format!("INSERT INTO aws_accounts ({account}) VALUES ({values})")).await;
    id
}

fn confirmed(name: &str) -> TerminationDraft {
    TerminationDraft { name: name.to_owned(), statements: Statement::ALL.to_vec() }
}

/// Every row of every table, by table, as text; what changes with time alone is left out.
async fn dump(world: &World, condition: impl Fn(&str, &str) -> Option<String>) -> BTreeMap<String, Vec<String>> {
    let (tables, columns) = if world.is_sqlite() {
        (
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%search%' AND name NOT LIKE '%_text%' AND name NOT LIKE 'sqlite%'",
            "SELECT name FROM pragma_table_info('{}')",
        )
    } else {
        (
            "SELECT CAST(table_name AS TEXT) FROM information_schema.tables WHERE table_schema = 'public'",
            "SELECT CAST(column_name AS TEXT) FROM information_schema.columns WHERE table_name = '{}'",
        )
    };
    let mut dumped = BTreeMap::new();
    for table in world.rows(tables).await {
        let table: String = table.get(0);
        let columns: Vec<String> = world.rows(&columns.replace("{}", &table)).await.iter().map(|row| row.get(0)).collect();
        let Some(condition) = condition(&table, &columns.join(" ")) else { continue };
        let texts: Vec<_> = columns.iter().map(|column| format!("COALESCE(CAST({column} AS TEXT), '')")).collect();
        let rows = world.rows(&format!("SELECT {} FROM {table} WHERE {condition}", texts.join(" || '|' || "))).await;
        let mut rows: Vec<String> = rows.iter().map(|row| row.get(0)).collect();
        rows.sort();
        dumped.insert(table, rows);
    }
    dumped
}

/// The rows with a column `client_id` that belong to a client, by table.
async fn rows_of(world: &World, client: ClientId) -> BTreeMap<String, Vec<String>> {
    let mut rows = dump(world, |_, columns| columns.contains("client_id").then(|| format!("client_id = {}", client.number()))).await;
    rows.retain(|_, rows| !rows.is_empty());
    rows
}

fn contains(folder: &Path, text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(contains(&path, text));
        } else if memory(&fs::read(&path).unwrap(), text) {
            found.push(path.display().to_string());
        }
    }
    found
}

fn memory(bytes: &[u8], text: &str) -> bool {
    let fold = |bytes: &[u8]| bytes.to_ascii_lowercase();
    fold(bytes).windows(text.len()).any(|window| window == fold(text.as_bytes()))
}

#[test]
fn what_the_dialog_counts_is_what_is_erased_and_only_the_bare_record_remains() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let services = &world.services;
        let (gone, stays) = (full_client(&world, &admin, "Acme", TRACE).await, full_client(&world, &admin, "Bell", OTHER).await);
        let preview = services.termination_preview(&admin, gone).await.unwrap();
        assert_eq!((preview.name.as_str(), preview.listed_by), ("Acme", 1));
        for ErasedCount { kind, count } in &preview.erased {
            assert!(*count > 0 || *kind == Erased::Drafts, "{kind:?} isn't counted");
        }
        let of_stays = rows_of(&world, stays).await;

        let client = services.client_terminate_confirmed(&admin, gone, confirmed("Acme")).await.unwrap();
        assert_eq!(client.status, ClientStatus::Terminating);
        world.clock.advance_seconds(60);
        services.jobs_run(1000).await.unwrap();

        let receipt = services.termination_receipt(&admin, gone).await.unwrap().unwrap();
        assert_eq!(receipt.erased, preview.erased);
        assert!(receipt.finished > Some(receipt.requested) && receipt.requested_by.contains("partner.administrator"), "{receipt:?}");
        let left = rows_of(&world, gone).await;
        assert_eq!(left.keys().collect::<Vec<_>>(), ["audit_gaps", "client_details", "jobs", "termination_receipts"], "of audit records, the links");
        assert_eq!(rows_of(&world, stays).await, of_stays, "another client's rows are as they were");
        let bare = services.client_get(&admin, gone).await.unwrap();
        assert_eq!((bare.status, bare.details), (ClientStatus::Terminated, ClientDraft { name: "Acme".into(), ..ClientDraft::default() }));
        assert_eq!(bare.updated_by.map(|user| user.id), Some(admin.user.id), "by whom");
        let all = dump(&world, |table, _| (!table.contains("migrations")).then(|| "1 = 1".to_owned())).await;
        let traces: Vec<_> =
            all.iter().flat_map(|(table, rows)| rows.iter().filter(|row| row.contains(TRACE)).map(move |row| (table, row))).collect();
        assert!(traces.is_empty(), "{traces:?}");
        assert_eq!(world.rows("SELECT 1 FROM tenant_keys").await.len(), 1, "the other client's key");
    });
}

#[test]
fn no_byte_of_it_is_left_in_a_file() {
    on_both_engines(async |world| {
        if !world.is_sqlite() {
            return;
        }
        let admin = world.admin().await;
        let services = &world.services;
        // Others' rows beside it, so that pages are shared and split.
        let other = world.client(&admin, "Bell").await;
        // A word whose groups of three letters, as in the text indexes, have a dot, so that no hash contains one by chance.
        let texts = ["Xyl.graph", "yl.", "l.g", ".gr"];
        let word = texts[0];
        let gone = full_client(&world, &admin, "Acme", word).await;
        let rows =
            |client, word: &str, rows: usize| (0..rows).map(|row| format!("{client},{word} {row} {}\n", "-".repeat(row % 90))).collect::<String>();
        let file = format!("client,name\n{}{}", rows(gone, word, 3000), rows(other, "Plain", 750));
        services.device_import(&admin, file.as_bytes(), CsvReading::default(), ExistingDevices::Add).await.unwrap();
        let folder = Path::new(world.url.trim_start_matches("sqlite://")).parent().unwrap().to_owned();
        let images = fs::read_dir(&world.files).unwrap().count();
        assert!(texts.iter().all(|text| !contains(&folder, text).is_empty()) && images > 0);
        services.client_terminate(&admin, gone).await.unwrap();
        services.jobs_run(1000).await.unwrap();
        for text in texts {
            assert_eq!(contains(&folder, text), Vec::<String>::new(), "{text}");
        }
        assert_eq!(files(&world.files), 0);
        assert!(!contains(&folder, "Plain 749").is_empty(), "others' are there");
    });
}

pub(crate) fn files(folder: &Path) -> usize {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.map(|path| if path.is_dir() { files(&path) } else { 1 }).sum()
}

#[test]
fn killed_after_any_step_it_is_erased_in_the_end_and_others_are_untouched() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let services = &world.services;
        let stays = full_client(&world, &admin, "Bell", OTHER).await;
        let of_stays = rows_of(&world, stays).await;
        let gone = full_client(&world, &admin, "Acme", TRACE).await;
        let preview = services.termination_preview(&admin, gone).await.unwrap();
        let of_stays_before = rows_of(&world, stays).await;
        services.client_terminate(&admin, gone).await.unwrap();
        let mut kills = 0;
        while services.client_get(&admin, gone).await.unwrap().status == ClientStatus::Terminating {
            // Each step by another server, after the one before has died.
            assert_eq!(services.jobs_run(1).await.unwrap(), 1);
            world.clock.advance_seconds(31);
            kills += 1;
        }
        assert!(kills > 10, "{kills}");
        assert_eq!(services.termination_receipt(&admin, gone).await.unwrap().unwrap().erased, preview.erased);
        assert_eq!((rows_of(&world, stays).await, of_stays.len()), (of_stays_before.clone(), of_stays_before.len()));
        let job = &services.job_list(&admin, &domain::JobQuery::default()).await.unwrap().rows[0];
        assert_eq!(job.state, JobState::Succeeded);
    });
}

#[test]
fn its_people_and_programs_are_out_at_once() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let client = full_client(&world, &admin, "Acme", TRACE).await;
        let (services, here) = (&world.services, at("192.0.2.1"));
        let credentials = || sign_in(&format!("{TRACE}.{client}"), PASSWORD);
        let token = services.session_sign_in(credentials(), &here).await.unwrap();
        services.client_terminate(&admin, client).await.unwrap();
        assert_eq!(refusal(services.session_resolve(token.expose(), &here).await), Error::Unauthenticated);
        assert!(matches!(refusal(services.session_sign_in(credentials(), &here).await), Error::Forbidden { .. }));
        services.jobs_run(1000).await.unwrap();
        let unknown = refusal(services.session_sign_in(credentials(), &here).await);
        assert!(matches!(unknown, Error::Invalid { .. }), "as if they had never been there: {unknown:?}");
    });
}

#[test]
fn a_wrong_name_or_a_missing_tick_changes_nothing() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let client = world.client(&admin, "Acme, Inc.").await;
        let before = world.audit().await;
        let one_missing = TerminationDraft { name: "Acme".into(), statements: vec![Statement::Forever, Statement::SignedOut] };
        assert_eq!(fields(world.services.client_terminate_confirmed(&admin, client, one_missing).await), ["name", "erased"]);
        assert_eq!(world.services.client_get(&admin, client).await.unwrap().status, ClientStatus::Active);
        assert_eq!(world.audit().await, before);
        assert!(world.services.job_follow(&admin, &[]).await.unwrap().is_empty());
    });
}

#[test]
fn only_who_may_manage_the_client_for_the_partner_terminates_it() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let client = world.client(&admin, "Acme").await;
        let viewer = world.caller(admin.partner, None, "Auditor View").await;
        let manager = world.caller(admin.partner, Some(client), "Client Administrator with Client Details").await;
        for caller in [&viewer, &manager] {
            assert!(matches!(refusal(world.services.termination_preview(caller, client).await), Error::Forbidden { .. }));
            assert!(matches!(refusal(world.services.client_terminate_confirmed(caller, client, confirmed("Acme")).await), Error::Forbidden { .. }));
        }
        assert!(matches!(refusal(world.services.termination_receipt(&manager, client).await), Error::Forbidden { .. }));
        assert_eq!(refusal(world.services.termination_preview(&admin, ClientId::new(99)).await), Error::NotFound);
        assert_eq!(world.services.termination_receipt(&admin, client).await.unwrap(), None);
    });
}

#[test]
fn its_name_is_free_and_its_number_is_not() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let gone = full_client(&world, &admin, "Acme", TRACE).await;
        world.services.client_terminate(&admin, gone).await.unwrap();
        world.services.jobs_run(1000).await.unwrap();
        let again = full_client(&world, &admin, "Acme", TRACE).await;
        assert!(again > gone);
        let shown = async |status| {
            let query = ClientQuery::filtered(in_state(status));
            world.services.client_list(&admin, &query).await.unwrap().rows.into_iter().map(|row| row.id).collect::<Vec<_>>()
        };
        assert_eq!((shown(StatusFilter::Current).await, shown(StatusFilter::Terminated).await), (vec![again], vec![gone]));
    });
}

#[test]
fn the_list_shows_how_much_of_it_is_erased() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let client = full_client(&world, &admin, "Acme", TRACE).await;
        world.services.client_terminate(&admin, client).await.unwrap();
        let erased =
            async || world.services.client_list(&admin, &ClientQuery::default()).await.unwrap().rows[0].erasure.and_then(|erasure| erasure.percent);
        let before = erased().await;
        world.services.jobs_run(4).await.unwrap();
        assert!(before < erased().await && erased().await < Some(100), "{before:?} {:?}", erased().await);
    });
}

#[test]
fn the_partners_records_name_what_a_client_has_by_its_number() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let client = world.client(&admin, "Acme").await;
        let device = world.device(&admin, client, 7).await;
        let role = world.services.role_create(&admin, role::draft("Lists", "MSP")).await.unwrap();
        let change = RoleDraft { clients: add(client), devices: add(&device), ..RoleDraft::default() };
        world.services.role_update(&admin, &role.id, None, change).await.unwrap();
        let rows = world.rows("SELECT changes FROM audit_records WHERE action = 'role.update'").await;
        let changes: &str = rows[0].get(0);
        assert!(changes.contains(&device) && changes.contains(&client.to_string()), "{changes}");
        assert!(!changes.contains("\"d7\"") && !changes.contains("Acme"), "{changes}");
    });
}

#[test]
fn a_role_for_clients_that_all_leave_goes_with_the_last_and_is_never_for_everybody() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let (one, other) = (world.client(&admin, "One").await, world.client(&admin, "Other").await);
        let both = RoleDraft { clients: exactly([&one.to_string(), &other.to_string()]), ..role::draft("Both", "CLIENT") };
        let both = world.services.role_create(&admin, both).await.unwrap();
        for client in [one, other] {
            world.services.client_terminate(&admin, client).await.unwrap();
        }
        world.services.jobs_run(1000).await.unwrap();
        assert_eq!(refusal(world.services.role_get(&admin, &both.id).await), Error::NotFound);
    });
}

#[test]
fn no_role_lists_a_client_that_was_terminated_again() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let gone = world.client(&admin, "Acme").await;
        let role = world.services.role_create(&admin, role::draft("Lists", "MSP")).await.unwrap();
        world.services.client_terminate(&admin, gone).await.unwrap();
        let lists = || RoleDraft { clients: add(gone), ..RoleDraft::default() };
        assert_eq!(fields(world.services.role_update(&admin, &role.id, None, lists()).await), ["clients"], "while it is erased");
        world.services.jobs_run(1000).await.unwrap();
        assert_eq!(fields(world.services.role_update(&admin, &role.id, None, lists()).await), ["clients"], "and afterwards");
        assert!(world.rows("SELECT 1 FROM role_clients").await.is_empty());
    });
}

#[test]
fn a_long_reader_delays_the_end_and_fails_nothing() {
    on_both_engines(async |world| {
        if !world.is_sqlite() {
            return;
        }
        let admin = world.admin().await;
        let gone = full_client(&world, &admin, "Acme", TRACE).await;
        world.services.client_terminate(&admin, gone).await.unwrap();
        let mut backup = world.connection().await;
        sqlx::raw_sql("BEGIN; SELECT COUNT(*) FROM clients").execute(&mut backup).await.unwrap();
        world.services.jobs_run(1000).await.unwrap();
        let job = || async { world.services.job_list(&admin, &domain::JobQuery::default()).await.unwrap().rows.remove(0) };
        assert_eq!(job().await.state, JobState::Running);
        world.services.client_create(&admin, client_draft("Others can write")).await.unwrap();
        sqlx::raw_sql("COMMIT").execute(&mut backup).await.unwrap();
        world.clock.advance_seconds(31);
        world.services.jobs_run(1000).await.unwrap();
        assert_eq!(job().await.state, JobState::Succeeded);
    });
}
