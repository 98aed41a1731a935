//! When reports run by themselves.

use domain::{Error, JobState, Report, ReportKind, ReportRun, ScheduleDraft};

use super::{draft, every, finish, latest, other_server, runs};
use crate::{
    client::fields,
    support::{World, on_both_engines, refusal},
};

const HOUR: i64 = 60 * 60;
const DAY: i64 = 24 * HOUR;

/// It is 2026-11-18 12:06:40 in Berlin. A report that runs at 13 o'clock every day.
async fn daily(world: &World, admin: &domain::Caller) -> Report {
    world.services.report_create(admin, ReportKind::TenantProfiles, every("daily", "", "13:00")).await.unwrap()
}

#[test]
fn a_schedule_is_shown_before_it_is_saved_and_runs_nothing_at_once() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let preview = world.services.report_preview(&admin, every("monthly", "31", "13:00").schedule).await.unwrap();
        let local: Vec<_> = preview.iter().map(|run| run.local.as_str()).collect();
        assert_eq!(local, ["Mon 2026-11-30 13:00 (UTC+01:00)", "Thu 2026-12-31 13:00 (UTC+01:00)", "Sun 2027-01-31 13:00 (UTC+01:00)"]);
        assert_eq!(world.services.report_preview(&admin, draft().schedule).await.unwrap(), []);
        assert_eq!(fields(world.services.report_preview(&admin, ScheduleDraft::default()).await), ["time_zone", "frequency"]);

        let made = daily(&world, &admin).await;
        assert_eq!((made.row.last_run.is_none(), made.row.next_run), (true, Some(made.planned[0].at)));
        assert_eq!(world.services.reports_due().await.unwrap(), 0, "not yet");
    });
}

#[test]
fn a_report_that_is_due_runs_once_and_is_due_again_a_day_later() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let made = daily(&world, &admin).await;
        for day in 1..=2 {
            world.clock.advance_seconds(if day == 1 { HOUR } else { DAY });
            assert_eq!(world.services.reports_due().await.unwrap(), 1);
            assert_eq!(world.services.reports_due().await.unwrap(), 0, "once");
            finish(&world).await;
            let admin = world.signed_in(&admin.user.login).await;
            let (run, state) = latest(&world, &admin, made.row.id).await;
            assert_eq!((state, run.is_scheduled, run.asked_by), (JobState::Succeeded, true, None));
            assert_eq!(runs(&world, &admin, made.row.id).await.len(), day);
            let next = world.services.report_get(&admin, made.row.id).await.unwrap().row.next_run.unwrap();
            assert_eq!(next.millis() - made.row.next_run.unwrap().millis(), day as i64 * DAY * 1000);
        }
    });
}

#[test]
fn of_two_servers_one_runs_what_is_due() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let mut reports = Vec::new();
        for _ in 0..5 {
            reports.push(daily(&world, &admin).await);
        }
        world.clock.advance_seconds(HOUR);
        let other = other_server(&world).await;
        let (here, there) = futures::future::join(world.services.reports_due(), other.reports_due()).await;
        assert_eq!(here.unwrap() + there.unwrap(), reports.len());
        finish(&world).await;
        let admin = world.signed_in(&admin.user.login).await;
        for report in &reports {
            let found: Vec<ReportRun> = runs(&world, &admin, report.row.id).await;
            assert_eq!(found.iter().map(|run| run.state).collect::<Vec<_>>(), [JobState::Succeeded]);
        }
        other.close().await;
    });
}

#[test]
fn what_was_missed_is_caught_up_once() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let made = daily(&world, &admin).await;
        world.clock.advance_seconds(10 * DAY + HOUR);
        assert_eq!(world.services.reports_due().await.unwrap(), 1);
        assert_eq!(world.services.reports_due().await.unwrap(), 0);
        let admin = world.signed_in(&admin.user.login).await;
        assert_eq!(runs(&world, &admin, made.row.id).await.len(), 1);
        let next = world.services.report_get(&admin, made.row.id).await.unwrap().row.next_run.unwrap();
        assert_eq!(next.millis() - made.row.next_run.unwrap().millis(), 11 * DAY * 1000);
    });
}

#[test]
fn a_paused_report_waits_and_what_it_missed_is_not_caught_up() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let services = &world.services;
        let made = daily(&world, &admin).await;
        let paused = services.report_pause(&admin, made.row.id).await.unwrap();
        assert_eq!((paused.row.is_paused, paused.row.next_run, paused.planned.len()), (true, None, 0));
        // Saving it doesn't resume it.
        let saved = services.report_update(&admin, made.row.id, paused.version, every("weekly", "monday", "13:00")).await.unwrap();
        assert_eq!((saved.row.is_paused, saved.row.next_run), (true, None));
        services.report_update(&admin, made.row.id, saved.version, every("daily", "", "13:00")).await.unwrap();
        world.clock.advance_seconds(HOUR);
        assert_eq!(services.reports_due().await.unwrap(), 0);
        let admin = world.signed_in(&admin.user.login).await;
        services.report_run(&admin, made.row.id).await.unwrap();
        finish(&world).await;
        assert_eq!(latest(&world, &admin, made.row.id).await.1, JobState::Succeeded, "by hand it runs");

        let resumed = services.report_resume(&admin, made.row.id).await.unwrap();
        assert_eq!(resumed.row.next_run.unwrap().millis() - made.row.next_run.unwrap().millis(), DAY * 1000);
        assert_eq!(services.reports_due().await.unwrap(), 0);
        let once = services.report_create(&admin, ReportKind::TenantProfiles, draft()).await.unwrap();
        assert!(matches!(refusal(services.report_pause(&admin, once.row.id).await), Error::Conflict { .. }));
        let audit = world.audit().await;
        assert!(
            audit.contains(&"report.pause report_1 partner.administrator".to_owned()) && audit.iter().any(|entry| entry.starts_with("report.resume"))
        );
    });
}

#[test]
fn another_schedule_counts_from_when_it_is_saved() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let made = daily(&world, &admin).await;
        let weekly = world.services.report_update(&admin, made.row.id, made.version, every("weekly", "friday", "08:00")).await.unwrap();
        assert_eq!(weekly.planned[0].local, "Fri 2026-11-20 08:00 (UTC+01:00)");
        let once = world.services.report_update(&admin, made.row.id, weekly.version, draft()).await.unwrap();
        assert_eq!((once.row.next_run, once.row.last_run), (None, None), "a change runs nothing");
    });
}
