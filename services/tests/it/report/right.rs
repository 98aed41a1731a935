//! Whose rights count: the owner's when a report runs, and the reader's when they look.

use domain::{
    Caller, ClientId, Error, JobState, Permission, Report, ReportClients, ReportDraft, ReportKind, ReportQuery, ReportSelection, RoleDraft,
    Selection, UserDraft,
};

use super::{client, column, draft, every, file, finish, latest, lines, named, report};
use crate::{
    client::fields,
    device::device,
    grant::with,
    mail::{mailing, server::MailServer},
    role::exactly,
    support::{World, on_both_engines, refusal},
};

/// A user whose role for all clients manages reports, and whose other role sees one client alone.
async fn narrow(world: &World, admin: &Caller, one: ClientId, seen: &[Permission]) -> Caller {
    let services = &world.services;
    services.role_create(admin, with(world, admin, "Reporter", "MSP", &[Permission::ReportView, Permission::ReportManage]).await).await.unwrap();
    let at_one = with(world, admin, "At One", "MSP", seen).await;
    let listed = RoleDraft { all_clients: None, all_devices: Some(true), clients: exactly([&one.to_string()]), ..at_one };
    services.role_create(admin, listed).await.unwrap();
    world.registered(admin, None, "narrow", &["Reporter", "At One"]).await;
    world.signed_in("narrow").await
}

async fn listed(world: &World, caller: &Caller) -> Vec<String> {
    let found = world.services.report_list(caller, ReportKind::TenantProfiles, &ReportQuery::default()).await.unwrap();
    found.rows.into_iter().map(|row| row.profile.name).collect()
}

#[test]
fn a_report_shows_what_its_owner_may_see() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let (one, two) = (client(&world, &admin, named("One")).await, client(&world, &admin, named("Two")).await);
        for host in ["a", "b"] {
            device(&world, &admin, one, host, "Server").await;
            device(&world, &admin, two, host, "Server").await;
        }
        let narrow = narrow(&world, &admin, one, &[Permission::ClientView]).await;
        let made = report(&world, &narrow, draft()).await;
        let all = lines(&world, &narrow, &made).await;
        assert_eq!(column(&all, "Client Name"), ["", "One"]);
        assert_eq!(column(&all, "Servers"), ["NA", ""], "who may see no devices gets no number");

        // Whoever asks, it is the owner's report.
        world.services.report_run(&admin, made.row.id).await.unwrap();
        finish(&world).await;
        let again = world.services.report_get(&admin, made.row.id).await.unwrap();
        assert_eq!(again.row.last_run.as_ref().unwrap().asked_by.as_ref().map(|user| user.id), Some(admin.user.id));
        assert_eq!(column(&lines(&world, &narrow, &again).await, "Client Name"), ["", "One"]);
        let admins = report(&world, &admin, draft()).await;
        let all = lines(&world, &admin, &admins).await;
        assert_eq!((column(&all, "Client Name"), column(&all, "Servers")), (vec!["", "One", "Two"], vec!["NA", "2", "2"]));
    });
}

#[test]
fn devices_are_counted_as_the_owner_sees_them() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let one = client(&world, &admin, named("One")).await;
        let seen = device(&world, &admin, one, "a", "Server").await;
        device(&world, &admin, one, "b", "Server").await;
        let narrow = narrow(&world, &admin, one, &[Permission::ClientView, Permission::DeviceView]).await;
        let made = report(&world, &narrow, draft()).await;
        assert_eq!(column(&lines(&world, &narrow, &made).await, "Servers"), ["NA", "2"]);
        let role = world.role(&admin, "At One").await.id;
        let fewer = RoleDraft { all_devices: Some(false), devices: exactly([&seen.id.to_string()]), ..RoleDraft::default() };
        world.services.role_update(&admin, &role, None, fewer).await.unwrap();
        world.services.report_run(&narrow, made.row.id).await.unwrap();
        finish(&world).await;
        let made = world.services.report_get(&narrow, made.row.id).await.unwrap();
        assert_eq!(column(&lines(&world, &narrow, &made).await, "Servers"), ["NA", "1"]);
        let restricted = [Permission::DeviceView].into_iter().collect();
        world.services.client_restrictions_set(&admin, one, None, restricted).await.unwrap();
        world.services.report_run(&admin, made.row.id).await.unwrap();
        finish(&world).await;
        let made = world.services.report_get(&admin, made.row.id).await.unwrap();
        assert_eq!(column(&lines(&world, &admin, &made).await, "Servers"), ["NA", ""], "restricted there for everybody");
    });
}

#[test]
fn others_see_a_report_only_if_they_see_all_that_it_can_list() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let one = client(&world, &admin, named("One")).await;
        let made = report(&world, &admin, draft()).await;
        let run = made.row.last_run.as_ref().unwrap().id;
        let technician = world.caller(admin.partner, None, "Technician").await;
        assert_eq!(listed(&world, &technician).await, ["Tenant Profiles"]);
        file(&world, &technician, run).await;
        assert!(matches!(refusal(world.services.report_run(&technician, made.row.id).await), Error::Forbidden { .. }));

        let narrow = narrow(&world, &admin, one, &[Permission::ClientView]).await;
        assert_eq!(listed(&world, &narrow).await, Vec::<String>::new());
        assert_eq!(refusal(world.services.report_get(&narrow, made.row.id).await), Error::NotFound);
        assert_eq!(refusal(world.services.report_run(&narrow, made.row.id).await), Error::NotFound);
        assert_eq!(refusal(world.services.report_file(&narrow, run).await), Error::NotFound);
        assert_eq!(refusal(world.services.report_file_part(&narrow, run, 0).await), Error::NotFound);
        let own = report(&world, &narrow, ReportDraft { name: "Mine".into(), ..draft() }).await;
        assert_eq!(listed(&world, &narrow).await, ["Mine"]);
        file(&world, &narrow, own.row.last_run.unwrap().id).await;

        let audit = ReportDraft::new(ReportKind::AuditLog, &ReportSelection::new(ReportClients::All, ""), "UTC");
        let refused = refusal(world.services.report_create(&narrow, ReportKind::AuditLog, audit.clone()).await);
        assert!(refused.to_string().contains("“Audit Log: View”"), "{refused}");
        let audit = world.services.report_create(&admin, ReportKind::AuditLog, audit).await.unwrap();
        assert_eq!(refusal(world.services.report_get(&technician, audit.row.id).await), Error::NotFound);
        assert!(matches!(
            refusal(world.services.report_list(&technician, ReportKind::AuditLog, &ReportQuery::default()).await),
            Error::Forbidden { .. }
        ));
    });
}

#[test]
fn a_client_s_users_have_reports_of_their_own_client_alone() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let services = &world.services;
        let (one, two) = (client(&world, &admin, named("One")).await, client(&world, &admin, named("Two")).await);
        let partners = report(&world, &admin, draft()).await;
        let ada = world.caller(admin.partner, Some(one), "Client Administrator").await;
        let customer = world.caller(admin.partner, Some(one), "Customer").await;
        world.user_named(admin.partner, Some(two), "Client Administrator", "other").await;
        let other = world.signed_in("other").await;

        let made = report(&world, &ada, draft()).await;
        let all = lines(&world, &ada, &made).await;
        assert_eq!(column(&all, "Client Name"), ["One"], "the own client, and not the partner");
        assert_eq!(column(&all, "Last Updated By"), [""], "not who at the provider changed it");
        let run = made.row.last_run.as_ref().unwrap().id;
        file(&world, &customer, run).await;
        assert!(matches!(refusal(services.report_run(&customer, made.row.id).await), Error::Forbidden { .. }));
        for stranger in [&other, &admin] {
            assert_eq!(refusal(services.report_get(stranger, made.row.id).await), Error::NotFound);
            assert_eq!(refusal(services.report_file(stranger, run).await), Error::NotFound);
            assert_eq!(refusal(services.report_delete(stranger, made.row.id).await), Error::NotFound);
        }
        assert_eq!(refusal(services.report_get(&ada, partners.row.id).await), Error::NotFound);
        assert_eq!(refusal(services.report_file(&ada, partners.row.last_run.unwrap().id).await), Error::NotFound);
        assert_eq!((listed(&world, &other).await.len(), listed(&world, &admin).await.len()), (0, 1));

        let audit = ReportDraft::new(ReportKind::AuditLog, &ReportSelection::new(ReportClients::All, ""), "UTC");
        let audit = services.report_create(&ada, ReportKind::AuditLog, audit).await.unwrap();
        finish(&world).await;
        let audit = services.report_get(&ada, audit.row.id).await.unwrap();
        let entries = lines(&world, &ada, &audit).await;
        let made_by = |action: &str| entries.iter().find(|line| line[3] == action).map(|line| (line[1].as_str(), line[4].as_str()));
        assert_eq!(made_by("client.create"), Some(("", one.to_string().as_str())), "what was done, but not by whom at the provider");
        assert_eq!(made_by("report.create").map(|(who, _)| who), Some("client.administrator"));
        assert!(!entries.iter().any(|line| line[4] == two.to_string()));

        let restricted = [Permission::ReportView].into_iter().collect();
        services.client_restrictions_set(&admin, one, None, restricted).await.unwrap();
        let ada = world.signed_in(&ada.user.login).await;
        assert!(matches!(refusal(services.report_file(&ada, run).await), Error::Forbidden { .. }));
    });
}

#[test]
fn another_partner_finds_nothing() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let made = report(&world, &admin, draft()).await;
        let foreign = world.partner().await;
        world.user_named(foreign, None, "Partner Administrator", "foreign").await;
        let foreign = world.signed_in("foreign").await;
        let (id, run) = (made.row.id, made.row.last_run.unwrap().id);
        assert_eq!(refusal(world.services.report_get(&foreign, id).await), Error::NotFound);
        assert_eq!(refusal(world.services.report_run(&foreign, id).await), Error::NotFound);
        assert_eq!(refusal(world.services.report_update(&foreign, id, 1, draft()).await), Error::NotFound);
        assert_eq!(refusal(world.services.report_pause(&foreign, id).await), Error::NotFound);
        assert_eq!(refusal(world.services.report_file(&foreign, run).await), Error::NotFound);
        assert_eq!(refusal(world.services.report_file_part(&foreign, run, 0).await), Error::NotFound);
        assert_eq!(listed(&world, &foreign).await, Vec::<String>::new());
    });
}

async fn roles_become(world: &World, admin: &Caller, of: &Caller, roles: &[&str]) {
    let mut ids = Vec::new();
    for role in roles {
        ids.push(world.role_id(admin.partner, role).await);
    }
    let draft = UserDraft { roles: Some(Selection::Exactly(ids)), ..UserDraft::default() };
    world.services.user_update(admin, of.user.id, None, draft).await.unwrap();
}

#[test]
fn a_permission_that_is_gone_stops_a_run_and_a_download() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        world.services.operator().seed_clients(6000, |_| {}).await.unwrap();
        let ada = world.caller(admin.partner, None, "Auditor Manage").await;
        let done = report(&world, &ada, draft()).await.row.last_run.unwrap().id;
        let made = world.services.report_create(&ada, ReportKind::TenantProfiles, draft()).await.unwrap();
        assert_eq!(world.services.jobs_run(1).await.unwrap(), 1);
        let first = world.services.report_file_part(&ada, done, 0).await.unwrap();
        assert!(!first.is_empty());

        roles_become(&world, &admin, &ada, &["Auditor View"]).await;
        finish(&world).await;
        let (run, state) = latest(&world, &admin, made.row.id).await;
        assert_eq!(state, JobState::Failed);
        assert_eq!(run.outcome, "The report’s owner can no longer run it: this requires the permissions “Reports: Manage” and “Clients: View”.");
        world.services.report_file_part(&ada, done, 1).await.unwrap();

        roles_become(&world, &admin, &ada, &[]).await;
        // As the request that is sending the file knows them.
        let refused = refusal(world.services.report_file_part(&ada, done, 2).await);
        assert!(matches!(refused, Error::Forbidden { .. } | Error::NotFound), "{refused:?}");
    });
}

#[test]
fn a_report_of_somebody_who_left_fails_until_another_saves_it() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let ada = world.caller(admin.partner, None, "Auditor Manage").await;
        let made = world.services.report_create(&ada, ReportKind::TenantProfiles, every("daily", "", "13:00")).await.unwrap();
        world.services.user_deactivate(&admin, ada.user.id, "").await.unwrap();
        world.clock.advance_seconds(3 * 60 * 60);
        assert_eq!(world.services.reports_due().await.unwrap(), 1);
        finish(&world).await;
        let admin = world.signed_in(&admin.user.login).await;
        let (run, state) = latest(&world, &admin, made.row.id).await;
        assert_eq!(state, JobState::Failed);
        assert_eq!(run.outcome, "The report’s owner no longer has access. Whoever saves the report becomes its owner.");

        let saved = world.services.report_update(&admin, made.row.id, made.version, every("daily", "", "13:00")).await.unwrap();
        assert_eq!(saved.row.owner.map(|owner| owner.id), Some(admin.user.id));
        world.services.report_run(&admin, made.row.id).await.unwrap();
        finish(&world).await;
        assert_eq!(latest(&world, &admin, made.row.id).await.1, JobState::Succeeded);
    });
}

fn told(recipients: &str) -> ReportDraft {
    ReportDraft { recipients: recipients.into(), ..draft() }
}

#[test]
fn users_of_the_own_tenant_are_told_of_a_run_by_mail() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let server = MailServer::open().await;
        let services = mailing(&world, &server.url);
        world.registered(&admin, None, "grace", &["Technician"]).await;
        let one = client(&world, &admin, named("One")).await;
        let stranger = UserDraft { email: Some("customer@one.example".into()), password: Some("Kiwi#2026".into()), ..crate::user::draft("customer") };
        services.user_create(&admin, Some(one), stranger).await.unwrap();

        assert_eq!(fields(world.services.report_create(&admin, ReportKind::TenantProfiles, told("grace@leoart.example")).await), ["recipients"]);
        for other in ["nobody@leoart.example", "customer@one.example"] {
            assert_eq!(fields(services.report_create(&admin, ReportKind::TenantProfiles, told(other)).await), ["recipients"], "{other}");
        }
        // Who may not look users up knows at most their own address.
        let narrow = narrow(&world, &admin, one, &[Permission::ClientView]).await;
        assert_eq!(
            fields(services.report_create(&narrow, ReportKind::TenantProfiles, told("partner.administrator@leoart.example")).await),
            ["recipients"]
        );

        let made = services.report_create(&admin, ReportKind::TenantProfiles, told("Grace@leoart.example")).await.unwrap();
        world.clock.advance_seconds(31);
        services.jobs_run(100).await.unwrap();
        for _ in 0..100 {
            if !server.arrived().is_empty() {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
        let [mail] = &server.arrived()[..] else { panic!("one mail: {:?}", server.arrived()) };
        assert_eq!(mail.recipients, ["grace@leoart.example"]);
        let has = |line: &str| assert!(mail.lines.iter().any(|its| its == line), "{line} is missing: {mail:#?}");
        has("Subject: Your report is ready: Tenant Profiles");
        has(&format!("https://console.example/reports/{}", made.row.id));
        assert!(mail.lines.iter().any(|line| line.contains("is ready, with 2 rows")), "{mail:#?}");
    });
}

/// What everybody may do with a report in one place, so that a change of it is seen.
#[test]
fn a_stale_version_and_wrong_fields_are_refused() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let made: Report = report(&world, &admin, draft()).await;
        let renamed = ReportDraft { name: "Ours".into(), ..draft() };
        let changed = world.services.report_update(&admin, made.row.id, made.version, renamed.clone()).await.unwrap();
        assert_eq!((changed.row.profile.name.as_str(), changed.version), ("Ours", 2));
        assert!(matches!(refusal(world.services.report_update(&admin, made.row.id, made.version, draft()).await), Error::Conflict { .. }));
        let same = world.services.report_update(&admin, made.row.id, 2, renamed).await.unwrap();
        assert_eq!(same.version, 2, "nothing changed");
        let wrong = ReportDraft { attributes: Vec::new(), ..draft() };
        assert_eq!(fields(world.services.report_create(&admin, ReportKind::TenantProfiles, wrong).await), ["attributes"]);
        let audit = world.audit().await;
        let of_reports: Vec<_> = audit.iter().filter(|entry| entry.starts_with("report.")).map(String::as_str).collect();
        assert_eq!(of_reports, ["report.create report_1 partner.administrator", "report.update report_1 partner.administrator"]);
    });
}
