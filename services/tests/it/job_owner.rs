//! Who is told by mail that a job's owner can't do it any more, and who isn't.

use std::time::Duration;

use domain::{Caller, Job, JobId, JobState, Report, ReportClients, ReportDraft, ReportKind, ReportSelection, ScheduleDraft, Selection, UserDraft};
use services::Services;

use crate::{
    mail::{
        mailing,
        server::{Arrived, MailServer},
    },
    support::{World, on_both_engines},
};

/// A console that can mail, and people of whom two are full administrators of the partner that can sign in.
struct Told {
    admin: Caller,
    services: Services,
    server: MailServer,
}

const ADMINISTRATORS: [&str; 2] = ["boss@leoart.example", "partner.administrator@leoart.example"];

impl Told {
    async fn new(world: &World) -> Self {
        let admin = world.admin().await;
        let server = MailServer::open().await;
        let services = mailing(world, &server.url);
        let client = world.client(&admin, "Acme").await;
        for (of, role, login) in [
            (None, "Partner Administrator", "boss"),
            (None, "Partner Administrator", "inactive"),
            (None, "Auditor View", "viewer"),
            (Some(client), "Client Administrator", "customer"),
        ] {
            world.user_named(admin.partner, of, role, login).await;
        }
        let inactive = world.user_id("inactive").await.parse().unwrap();
        services.user_deactivate(&admin, inactive, "").await.unwrap();
        let other = services.operator().partner_create("Other partner").await.unwrap();
        world.user_named(other, None, "Partner Administrator", "stranger").await;
        Self { admin, services, server }
    }

    /// Works until no job is left.
    async fn finish(&self, world: &World) {
        world.clock.advance_seconds(31);
        while self.services.jobs_run(1000).await.unwrap() > 0 {
            world.clock.advance_seconds(31);
        }
    }

    /// Every mail so far, once there are so many.
    async fn mails(&self, count: usize) -> Vec<Arrived> {
        for _ in 0..100 {
            if self.server.arrived().len() >= count {
                break;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        // One too many can still be on its way.
        tokio::time::sleep(Duration::from_millis(200)).await;
        let mails = self.server.arrived();
        assert_eq!(mails.len(), count, "{mails:#?}");
        mails
    }

    /// Has an import fail for lack of rights, and expects that the administrators are told of that and, after all that was done before, of nothing else.
    async fn tells_of_nothing_else(&self, world: &World) {
        let (_, job) = self.import_of_somebody_demoted(world, "last").await;
        for mail in self.mails(ADMINISTRATORS.len()).await {
            assert!(mail.lines.contains(&link(job.id)), "{mail:#?}");
        }
    }

    /// An import that failed because its owner became a mere viewer.
    async fn import_of_somebody_demoted(&self, world: &World, login: &str) -> (Caller, Job) {
        world.user_named(self.admin.partner, None, "Partner Administrator", login).await;
        let owner = world.signed_in(login).await;
        let file = "name,address,country,time zone\nImported,1 Main Street,DE,UTC\n";
        let file = self.services.client_import_upload(&owner, "clients.csv", file.as_bytes().to_vec().into()).await.unwrap();
        let job = self.services.client_import_start(&owner, &file.id).await.unwrap();
        let viewer = world.role_id(self.admin.partner, "Auditor View").await;
        let draft = UserDraft { roles: Some(Selection::Exactly(vec![viewer])), ..UserDraft::default() };
        let admin = world.signed_in(&self.admin.user.login).await;
        self.services.user_update(&admin, owner.user.id, None, draft).await.unwrap();
        self.finish(world).await;
        (owner, self.services.job_get(&admin, job).await.unwrap())
    }

    /// A daily report of somebody who left.
    async fn report_of_somebody_who_left(&self, world: &World) -> Report {
        let owner = world.caller(self.admin.partner, None, "Auditor Manage").await;
        let schedule = ScheduleDraft { frequency: "daily".into(), time: "13:00".into(), time_zone: "UTC".into(), ..ScheduleDraft::default() };
        let draft = ReportDraft { name: "All clients".into(), schedule, ..draft() };
        let report = self.services.report_create(&owner, ReportKind::TenantProfiles, draft).await.unwrap();
        self.services.user_deactivate(&self.admin, owner.user.id, "").await.unwrap();
        report
    }
}

fn draft() -> ReportDraft {
    ReportDraft::new(ReportKind::TenantProfiles, &ReportSelection::new(ReportClients::All, ""), "UTC")
}

fn link(job: JobId) -> String {
    format!("https://console.example/jobs/{job}")
}

fn recipients(mails: &[Arrived]) -> Vec<&str> {
    let mut recipients: Vec<_> = mails.iter().flat_map(|mail| &mail.recipients).map(String::as_str).collect();
    recipients.sort_unstable();
    recipients
}

#[test]
fn administrators_are_told_once_of_a_report_whose_owner_left() {
    on_both_engines(async |world| {
        let told = Told::new(&world).await;
        let report = told.report_of_somebody_who_left(&world).await;
        world.clock.advance_seconds(3 * 60 * 60);
        assert_eq!(told.services.reports_due().await.unwrap(), 1);
        told.finish(&world).await;

        let mails = told.mails(2).await;
        assert_eq!(recipients(&mails), ADMINISTRATORS);
        let admin = world.signed_in(&told.admin.user.login).await;
        let run = told.services.report_get(&admin, report.row.id).await.unwrap().row.last_run.unwrap();
        assert_eq!(run.state, JobState::Failed);
        for mail in &mails {
            let has = |line: &str| assert!(mail.lines.iter().any(|its| its == line), "{line} is missing: {mail:#?}");
            has("Subject: Report failed: All clients");
            has("Hello Ada Lovelace,");
            assert!(
                mail.lines.iter().any(|line| line.contains("All clients") && line.contains(" by Ada Lovelace failed because its owner")),
                "{mail:#?}"
            );
            assert!(mail.lines.iter().any(|line| line.ends_with("Whoever saves the report becomes its owner.")), "{mail:#?}");
            has(&link(run.job));
        }
        // Nothing happens to the job any more, so nobody is told again.
        told.finish(&world).await;
        told.mails(2).await;
    });
}

#[test]
fn administrators_are_told_of_an_import_whose_owner_lost_the_right() {
    on_both_engines(async |world| {
        let told = Told::new(&world).await;
        let (_, job) = told.import_of_somebody_demoted(&world, "demoted").await;
        assert_eq!(job.state, JobState::Failed);
        let mails = told.mails(2).await;
        assert_eq!(recipients(&mails), ADMINISTRATORS);
        let has = |line: &str| assert!(mails[0].lines.iter().any(|its| its.contains(line)), "{line} is missing: {:#?}", mails[0]);
        has("Subject: Import failed");
        // The name of the file isn't in it, because mail programs take such names for links.
        has("An import of clients by Ada Lovelace failed because its owner can no longer run it.");
        has("Start it again yourself.");
        has(&link(job.id));
    });
}

#[test]
fn nobody_is_told_of_a_job_that_was_cancelled_or_failed_for_another_reason() {
    on_both_engines(async |world| {
        let told = Told::new(&world).await;
        let (admin, services) = (&told.admin, &told.services);
        let cancelled = services.report_create(admin, ReportKind::TenantProfiles, draft()).await.unwrap().row.last_run.unwrap().job;
        services.job_cancel(admin, cancelled).await.unwrap();
        let deleted = services.report_create(admin, ReportKind::TenantProfiles, draft()).await.unwrap();
        services.report_delete(admin, deleted.row.id).await.unwrap();
        let faulty = services.report_create(admin, ReportKind::TenantProfiles, draft()).await.unwrap().row.last_run.unwrap().job;
        world.execute(&format!("UPDATE jobs SET cursor = 'nonsense' WHERE id = {}", faulty.number())).await;
        told.finish(&world).await;

        let now = world.signed_in(&admin.user.login).await;
        let state = async |job| services.job_get(&now, job).await.unwrap().state;
        let deleted = deleted.row.last_run.unwrap().job;
        assert_eq!([state(cancelled).await, state(deleted).await, state(faulty).await], [JobState::Cancelled, JobState::Failed, JobState::Failed]);
        told.tells_of_nothing_else(&world).await;
    });
}

#[test]
fn nobody_is_told_of_a_run_that_somebody_else_asked_for() {
    on_both_engines(async |world| {
        let told = Told::new(&world).await;
        let report = told.report_of_somebody_who_left(&world).await;
        let run = told.services.report_run(&told.admin, report.row.id).await.unwrap();
        told.finish(&world).await;
        let admin = world.signed_in(&told.admin.user.login).await;
        assert_eq!(told.services.job_get(&admin, run.job).await.unwrap().state, JobState::Failed);
        told.tells_of_nothing_else(&world).await;
    });
}
