//! What the file of a report says.

use std::{
    fs,
    path::PathBuf,
    time::{Duration, UNIX_EPOCH},
};

use domain::{
    ClientDraft, ClientFilter, ClientQuery, DeviceDraft, Error, JobState, ReportClients, ReportDraft, ReportKind, StatusFilter, UserDraft,
    list_filter,
};

use super::{client, column, draft, file, finish, latest, lines, named, report, runs};
use crate::{
    device::device,
    support::{World, on_both_engines, refusal},
};

#[test]
fn a_file_has_the_titles_then_the_partner_then_a_line_for_each_client() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let details = ClientDraft {
            city: "Oakland".into(),
            state: "CA".into(),
            zip: "94607".into(),
            phone: "+1 (555) 010-9999".into(),
            mobile: "+1-555-010-9999".into(),
            contact_person: "Zoë \"Z\" Roe; Jr.".into(),
            email: "office@acme.example".into(),
            external_id: "ACME-7".into(),
            ..named("Acme, Inc.")
        };
        let acme = client(&world, &admin, details).await;
        for (host, kind) in
            [("a", "Desktop"), ("b", "Server"), ("c", "Server"), ("d", "Switch"), ("e", "Printer"), ("f", "Carrier pigeon"), ("g", "UPS")]
        {
            device(&world, &admin, acme, host, kind).await;
        }
        let bell = client(&world, &admin, named("Bell")).await;
        world.services.client_suspend(&admin, bell).await.unwrap();
        let gone = client(&world, &admin, ClientDraft { city: "Nowhere".into(), ..named("Gone") }).await;
        world.services.client_terminate(&admin, gone).await.unwrap();
        finish(&world).await;

        let made = report(&world, &admin, draft()).await;
        let lines = lines(&world, &admin, &made).await;
        assert_eq!(
            lines[0].join(","),
            "Tenant ID,Partner Name,Client Name,Unique ID,Email,Address,City,State,Country,Zip,Phone Number,Mobile Number,Contact Person Name,Time Zone,\
             External ID,Activated,Date Created,Last Updated By,Desktops,Servers,Network Devices,Other Devices"
        );
        let created = "2026-11-18T12:06:40+01:00";
        let partner = ["msp_1", "LeoArt Inc", "", "msp_1", "", "", "", "", "", "", "", "", "", "", "NA", "Yes", created, "", "NA", "NA", "NA", "NA"];
        assert_eq!(lines[1], partner);
        let acme = [
            "client_1",
            "LeoArt Inc",
            "Acme, Inc.",
            "msp_1",
            "office@acme.example",
            "1 Main Street",
            "Oakland",
            "CA",
            "United States",
            "94607",
            "+1 (555) 010-9999",
            "'+1-555-010-9999",
            "Zoë \"Z\" Roe; Jr.",
            "America/Los_Angeles",
            "ACME-7",
            "Yes",
            created,
            "Ada Lovelace",
            "1",
            "2",
            "1",
            "3",
        ];
        assert_eq!(lines[2], acme);
        assert_eq!(column(&lines, "Client Name"), ["", "Acme, Inc.", "Bell", "Gone"]);
        assert_eq!(column(&lines, "Activated"), ["Yes", "Yes", "No", "No"], "a suspended client isn't active either");
        let bare =
            ["client_3", "LeoArt Inc", "Gone", "msp_1", "", "", "", "", "", "", "", "", "", "", "", "No", created, "Ada Lovelace", "", "", "", ""];
        assert_eq!(lines[4], bare, "of a terminated client there is only the bare record");
        let run = made.row.last_run.unwrap();
        assert_eq!((run.rows, run.state, run.outcome.contains("4 rows")), (4, JobState::Succeeded, true), "{run:?}");
        assert_eq!(world.services.report_file(&admin, run.id).await.unwrap().name, "tenant-profiles-2026-11-18.csv");
    });
}

#[test]
fn chosen_columns_stand_in_the_same_order_and_every_cell_is_in_quotes() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        client(&world, &admin, ClientDraft { contact_person: "=1+1".into(), ..named("Semi;=1+1;colon") }).await;
        let attributes = ["contact-person-name", "client-name"].map(str::to_owned).to_vec();
        let made = report(&world, &admin, ReportDraft { attributes, ..draft() }).await;
        let text = String::from_utf8(file(&world, &admin, made.row.last_run.unwrap().id).await).unwrap();
        assert_eq!(text, "\u{feff}\"Client Name\",\"Contact Person Name\"\r\n\"\",\"\"\r\n\"Semi;=1+1;colon\",\"'=1+1\"\r\n");
    });
}

#[test]
fn a_selection_lists_what_the_list_of_clients_shows() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let services = &world.services;
        for name in ["Acme One", "Bell", "Acme Two", "Acme Three"] {
            client(&world, &admin, named(name)).await;
        }
        services.client_suspend(&admin, domain::ClientId::new(3)).await.unwrap();
        services.client_terminate(&admin, domain::ClientId::new(4)).await.unwrap();
        finish(&world).await;
        let query = ClientQuery {
            search: "acme".into(),
            filter: ClientFilter { status: StatusFilter::Current, ..ClientFilter::default() },
            size: 25,
            ..ClientQuery::default()
        };
        for (clients, filter, expected) in [
            (ReportClients::All, String::new(), vec!["Acme One", "Bell", "Acme Two", "Acme Three"]),
            (ReportClients::Active, String::new(), vec!["Acme One", "Bell"]),
            (ReportClients::Terminated, String::new(), vec!["Acme Three"]),
            (ReportClients::Listed, list_filter(&query), vec!["Acme One", "Acme Two"]),
            (ReportClients::Listed, "q=Acme+Two&status=all".to_owned(), vec!["Acme Two"]),
            (ReportClients::Listed, String::new(), vec!["Acme One", "Bell", "Acme Two"]),
        ] {
            let made = report(&world, &admin, ReportDraft { clients: clients.key().to_owned(), filter, ..draft() }).await;
            let lines = lines(&world, &admin, &made).await;
            assert_eq!(column(&lines, "Client Name")[1..], expected, "{clients:?}");
        }
    });
}

/// Clients in several parts.
async fn many_clients(world: &World) {
    world.services.operator().seed_clients(6000, |_| {}).await.unwrap();
}

#[test]
fn a_run_that_is_killed_half_way_goes_on_and_its_file_is_the_same() {
    on_both_engines(async |world| {
        many_clients(&world).await;
        let admin = world.caller(domain::PartnerId::new(1), None, "Partner Administrator").await;
        let services = &world.services;
        let whole = report(&world, &admin, draft()).await;
        let whole = file(&world, &admin, whole.row.last_run.unwrap().id).await;
        assert!(whole.iter().filter(|byte| **byte == b'\n').count() > 6000);

        let made = services.report_create(&admin, ReportKind::TenantProfiles, draft()).await.unwrap();
        let id = made.row.id;
        for step in 1..3 {
            assert_eq!(services.jobs_run(1).await.unwrap(), 1);
            let (run, state) = latest(&world, &admin, id).await;
            assert_eq!((state, run.rows, run.progress.total > 6000), (JobState::Running, step * 2500 + 1, true), "{run:?}");
            assert!(matches!(refusal(services.report_file(&admin, run.id).await), Error::Conflict { .. }), "half a file isn't offered");
            assert!(matches!(refusal(services.report_file_part(&admin, run.id, 0).await), Error::Conflict { .. }));
            // The server dies, and its lease runs out.
            world.clock.advance_seconds(31);
        }
        finish(&world).await;
        let (run, state) = latest(&world, &admin, id).await;
        assert_eq!(state, JobState::Succeeded);
        assert!(file(&world, &admin, run.id).await == whole, "the file differs from one that was written at once");
    });
}

#[test]
fn a_step_that_is_repeated_writes_its_part_again() {
    on_both_engines(async |world| {
        many_clients(&world).await;
        let admin = world.caller(domain::PartnerId::new(1), None, "Partner Administrator").await;
        let made = world.services.report_create(&admin, ReportKind::TenantProfiles, draft()).await.unwrap();
        world.services.jobs_run(1).await.unwrap();
        // The commit of the first step is lost, but not its file.
        world.execute("UPDATE jobs SET cursor = ''").await;
        finish(&world).await;
        let again = world.services.report_get(&admin, made.row.id).await.unwrap();
        let whole = report(&world, &admin, draft()).await;
        let [again, whole] = [again, whole].map(|report| report.row.last_run.unwrap().id);
        assert!(file(&world, &admin, again).await == file(&world, &admin, whole).await);
    });
}

#[test]
fn a_cancelled_run_has_no_file_and_goes_on_when_it_is_repeated() {
    on_both_engines(async |world| {
        many_clients(&world).await;
        let admin = world.caller(domain::PartnerId::new(1), None, "Partner Administrator").await;
        let services = &world.services;
        let made = services.report_create(&admin, ReportKind::TenantProfiles, draft()).await.unwrap();
        services.jobs_run(1).await.unwrap();
        let job = made.row.last_run.unwrap().job;
        services.job_cancel(&admin, job).await.unwrap();
        finish(&world).await;
        let (run, state) = latest(&world, &admin, made.row.id).await;
        assert_eq!(state, JobState::Cancelled);
        assert!(matches!(refusal(services.report_file(&admin, run.id).await), Error::Conflict { .. }));
        services.job_repeat(&admin, job).await.unwrap();
        finish(&world).await;
        let (run, state) = latest(&world, &admin, made.row.id).await;
        assert_eq!(state, JobState::Succeeded);
        let whole = report(&world, &admin, draft()).await.row.last_run.unwrap().id;
        assert!(file(&world, &admin, run.id).await == file(&world, &admin, whole).await);
    });
}

#[test]
fn a_report_that_changes_while_it_runs_keeps_its_columns() {
    on_both_engines(async |world| {
        many_clients(&world).await;
        let admin = world.caller(domain::PartnerId::new(1), None, "Partner Administrator").await;
        let services = &world.services;
        let made = services.report_create(&admin, ReportKind::TenantProfiles, draft()).await.unwrap();
        services.jobs_run(1).await.unwrap();
        let fewer = ReportDraft { attributes: vec!["city".into()], ..draft() };
        services.report_update(&admin, made.row.id, made.version, fewer).await.unwrap();
        finish(&world).await;
        let changed = services.report_get(&admin, made.row.id).await.unwrap();
        assert!(lines(&world, &admin, &changed).await.iter().all(|line| line.len() == 22));
    });
}

#[test]
fn files_are_deleted_when_their_time_is_over_and_with_their_report() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let services = &world.services;
        let days = |days: &str| ReportDraft { days: days.into(), ..draft() };
        let (short, long) = (report(&world, &admin, days("1")).await, report(&world, &admin, days("90")).await);
        let parts = |report: &domain::Report| fs::read_dir(folder(&world, report)).map(Iterator::count).unwrap_or_default();
        assert_eq!((parts(&short), parts(&long)), (1, 1));

        world.clock.advance_seconds(24 * 60 * 60);
        let over = short.row.last_run.as_ref().unwrap().id;
        let admin = world.signed_in(&admin.user.login).await;
        assert!(matches!(refusal(services.report_file(&admin, over).await), Error::Conflict { .. }), "also before the sweep");
        assert_eq!(services.report_sweep().await.unwrap(), 1);
        assert_eq!((parts(&short), parts(&long)), (0, 1));
        assert_eq!((runs(&world, &admin, short.row.id).await.len(), runs(&world, &admin, long.row.id).await.len()), (0, 1));
        assert_eq!(services.report_get(&admin, short.row.id).await.unwrap().row.last_run, None);

        services.report_delete(&admin, long.row.id).await.unwrap();
        assert_eq!(parts(&long), 0);
        assert_eq!(refusal(services.report_get(&admin, long.row.id).await), Error::NotFound);
        assert_eq!(services.report_sweep().await.unwrap(), 0);
    });
}

/// The folder of a report's latest run.
fn folder(world: &World, report: &domain::Report) -> PathBuf {
    world.files.join(format!("reports/{}", report.row.last_run.as_ref().unwrap().id.number()))
}

#[test]
fn files_of_a_run_that_a_dying_server_deleted_are_cleared_away() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let (gone, stays) = (report(&world, &admin, draft()).await, report(&world, &admin, draft()).await);
        // The server died when the rows were gone and the files not yet.
        world.execute(&format!("DELETE FROM report_runs WHERE report_id = {}", gone.row.id.number())).await;
        assert_eq!(world.services.report_sweep().await.unwrap(), 1);
        assert_eq!((folder(&world, &gone).exists(), folder(&world, &stays).exists()), (false, true));
        assert_eq!(world.services.report_sweep().await.unwrap(), 0);
    });
}

#[test]
fn what_a_dying_server_wrote_half_goes_with_its_run_and_otherwise_after_an_hour() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let (deleted, kept) = (report(&world, &admin, draft()).await, report(&world, &admin, draft()).await);
        // So the store calls a part until it is whole.
        let half = |report| folder(&world, report).join("0#1");
        for report in [&deleted, &kept] {
            let written = fs::File::create(half(report)).unwrap();
            written.set_modified(UNIX_EPOCH + Duration::from_millis(world.services.now().millis().unsigned_abs())).unwrap();
        }
        world.services.report_delete(&admin, deleted.row.id).await.unwrap();
        assert!(!folder(&world, &deleted).exists());

        world.clock.advance_seconds(60 * 60);
        assert_eq!(world.services.files_sweep().await.unwrap(), 0, "somebody may still write it");
        world.clock.advance_seconds(1);
        assert_eq!(world.services.files_sweep().await.unwrap(), 1);
        let left: Vec<_> = fs::read_dir(folder(&world, &kept)).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert_eq!(left, ["0"], "the part itself stays");
    });
}

#[test]
fn a_run_of_a_report_that_was_deleted_ends_and_leaves_no_file() {
    on_both_engines(async |world| {
        many_clients(&world).await;
        let admin = world.caller(domain::PartnerId::new(1), None, "Partner Administrator").await;
        let services = &world.services;
        let made = services.report_create(&admin, ReportKind::TenantProfiles, draft()).await.unwrap();
        services.jobs_run(1).await.unwrap();
        services.report_delete(&admin, made.row.id).await.unwrap();
        finish(&world).await;
        let job = services.job_get(&admin, made.row.last_run.as_ref().unwrap().job).await.unwrap();
        assert_eq!((job.state, job.outcome.as_str()), (JobState::Failed, "The report was deleted."));
        let left = fs::read_dir(world.files.join("reports")).map(|runs| runs.flat_map(|run| fs::read_dir(run.unwrap().path()).unwrap()).count());
        assert_eq!(left.unwrap_or_default(), 0);
    });
}

#[test]
fn the_audit_log_is_exported_the_same_way() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let services = &world.services;
        let acme = client(&world, &admin, named("Acme")).await;
        let grace = world.registered(&admin, None, "grace", &["Technician"]).await.row.id;
        services.user_update(&admin, grace, None, UserDraft { city: Some("=Oakland".into()), ..UserDraft::default() }).await.unwrap();
        services.device_create(&admin, Some(acme), DeviceDraft { name: Some("db1".into()), ..DeviceDraft::default() }).await.unwrap();
        let audit = ReportDraft::new(ReportKind::AuditLog, &domain::ReportSelection::new(ReportClients::All, ""), "UTC");
        let made = services.report_create(&admin, ReportKind::AuditLog, audit).await.unwrap();
        finish(&world).await;
        let made = services.report_get(&admin, made.row.id).await.unwrap();
        let lines = lines(&world, &admin, &made).await;
        assert_eq!(lines[0], ["Time", "Who", "IP Address", "Action", "Object", "Changes"]);
        let stored = world.rows("SELECT id FROM audit_records").await.len();
        assert_eq!(lines.len() - 1, stored, "everything that was done");
        let change = lines.iter().find(|line| line[3] == "user.update").unwrap();
        assert_eq!(change[..5], ["2026-11-18T11:06:40+00:00", "partner.administrator", "127.0.0.1", "user.update", &grace.to_string()]);
        assert!(change[5].contains("City:  → =Oakland"), "{change:?}");
        // Each kind has a list of its own.
        assert_eq!(services.report_list(&admin, ReportKind::AuditLog, &domain::ReportQuery::default()).await.unwrap().rows.len(), 1);
        assert_eq!(services.report_list(&admin, ReportKind::TenantProfiles, &domain::ReportQuery::default()).await.unwrap().rows.len(), 0);
    });
}
