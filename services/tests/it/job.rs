//! Jobs: who has one, who goes on with it, and who sees it. Terminations stand for all kinds here.

use domain::{BackupDraft, Caller, ClientId, Error, Job, JobQuery, JobState, RoleDraft};

use crate::{
    role::{self, exactly},
    support::{World, on_both_engines, refusal},
};

/// A job to terminate a client of some devices, which takes several steps.
async fn job(world: &World, admin: &Caller, name: &str) -> Job {
    let client = world.client(admin, name).await;
    world.device(admin, client, 1).await;
    world.services.client_terminate(admin, client).await.unwrap();
    let found = world.services.job_follow(admin, &[]).await.unwrap();
    found.into_iter().find(|job| job.client == Some(client)).unwrap()
}

async fn state(world: &World, admin: &Caller, job: &Job) -> JobState {
    world.services.job_get(admin, job.id).await.unwrap().state
}

#[test]
fn a_job_waits_runs_and_ends_and_is_told_with_its_figures() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let made = job(&world, &admin, "Acme").await;
        assert_eq!((made.state, made.is_own, made.started, made.subject.as_str()), (JobState::Queued, true, None, "Acme"));
        assert_eq!(made.owner.as_ref().map(|owner| owner.id), Some(admin.user.id));
        assert!(made.progress.total >= 3, "the client, its settings and a device: {:?}", made.progress);

        world.clock.advance_seconds(5);
        assert_eq!(world.services.jobs_run(3).await.unwrap(), 3);
        let running = world.services.job_get(&admin, made.id).await.unwrap();
        assert_eq!((running.state, running.progress.doing.as_str()), (JobState::Running, "Erasing device groups"));
        assert!(running.started > Some(made.created) && running.progress.done > 0);

        world.clock.advance_seconds(60);
        world.services.jobs_run(100).await.unwrap();
        let ended = world.services.job_get(&admin, made.id).await.unwrap();
        assert_eq!((ended.state, ended.progress.percent(), ended.progress.doing.as_str()), (JobState::Succeeded, Some(100), ""));
        assert!(ended.outcome.contains("erased") && ended.ended > running.started, "{ended:?}");
        assert_eq!(world.services.jobs_run(100).await.unwrap(), 0, "nothing is left to do");
    });
}

#[test]
fn a_job_of_a_server_that_died_goes_on_elsewhere_when_the_lease_is_over() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let job = job(&world, &admin, "Acme").await;
        world.services.jobs_run(1).await.unwrap();
        let done = world.services.job_get(&admin, job.id).await.unwrap().progress;
        world.clock.advance_seconds(29);
        assert_eq!(world.services.jobs_run(100).await.unwrap(), 0, "it may still live");
        world.clock.advance_seconds(2);
        world.services.jobs_run(1).await.unwrap();
        assert!(world.services.job_get(&admin, job.id).await.unwrap().progress.done >= done.done, "it goes on, and doesn't begin again");
        world.clock.advance_seconds(31);
        world.services.jobs_run(100).await.unwrap();
        assert_eq!(state(&world, &admin, &job).await, JobState::Succeeded);
    });
}

#[test]
fn of_two_servers_each_job_has_one() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let mut jobs = Vec::new();
        for number in 0..6 {
            jobs.push(job(&world, &admin, &format!("Client {number}")).await);
        }
        let (one, other) = (world.services.clone(), world.services.clone());
        let (here, there) = futures::future::join(one.jobs_run(1000), other.jobs_run(1000)).await;
        assert!(here.unwrap() > 0 && there.unwrap() > 0, "both worked");
        for job in &jobs {
            assert_eq!(state(&world, &admin, job).await, JobState::Succeeded);
        }
        let mut receipts = Vec::new();
        for client in jobs.iter().filter_map(|job| job.client) {
            receipts.push(world.services.termination_receipt(&admin, client).await.unwrap().unwrap().erased);
        }
        assert!(receipts.windows(2).all(|pair| pair[0] == pair[1]), "nothing was counted twice: {receipts:?}");
        let ends = world.rows("SELECT action FROM audit_records WHERE action = 'client.erase'").await;
        assert_eq!(ends.len(), jobs.len());
    });
}

#[test]
fn a_termination_is_not_cancelled_and_a_job_that_went_well_does_not_run_again() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let job = job(&world, &admin, "Acme").await;
        assert!(!job.may_cancel);
        assert!(matches!(refusal(world.services.job_cancel(&admin, job.id).await), Error::Conflict { .. }));
        world.services.jobs_run(100).await.unwrap();
        assert!(matches!(refusal(world.services.job_repeat(&admin, job.id).await), Error::Conflict { .. }));
        assert_eq!(state(&world, &admin, &job).await, JobState::Succeeded);
    });
}

#[test]
fn a_step_that_fails_is_tried_again_and_then_the_job_fails_with_what_to_do() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let job = job(&world, &admin, "Acme").await;
        world.execute("UPDATE jobs SET cursor = 'nonsense'").await;
        for attempt in 1..5 {
            assert_eq!(world.services.jobs_run(100).await.unwrap(), 1, "attempt {attempt}");
            assert_eq!(state(&world, &admin, &job).await, JobState::Running);
            assert_eq!(world.services.jobs_run(100).await.unwrap(), 0, "not at once");
            world.clock.advance_seconds(60);
        }
        world.services.jobs_run(100).await.unwrap();
        let failed = world.services.job_get(&admin, job.id).await.unwrap();
        assert!(failed.state == JobState::Failed && failed.outcome.contains("reference") && failed.may_repeat, "{failed:?}");

        world.execute("UPDATE jobs SET cursor = ''").await;
        assert_eq!(world.services.job_repeat(&admin, job.id).await.unwrap().state, JobState::Queued);
        world.services.jobs_run(100).await.unwrap();
        assert_eq!(state(&world, &admin, &job).await, JobState::Succeeded);
        assert!(world.audit().await.contains(&format!("job.repeat {} partner.administrator", job.id)));
    });
}

#[test]
fn a_job_is_seen_by_its_owner_and_by_who_could_have_asked_for_it() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let (seen, other) = (world.client(&admin, "Seen").await, world.client(&admin, "Other").await);
        let lists = RoleDraft {
            clients: exactly([&seen.to_string()]),
            permission_sets: exactly(["11"]),
            users: exactly([&{
                world.user_named(admin.partner, None, "VAR User", "lists").await;
                world.user_id("lists").await
            }]),
            ..role::draft("Lists", "MSP")
        };
        world.services.role_create(&admin, lists).await.unwrap();
        let listing = world.signed_in("lists").await;
        let viewer = world.caller(admin.partner, None, "Auditor View").await;
        for client in [seen, other] {
            world.services.client_terminate(&admin, client).await.unwrap();
        }
        let shown = async |caller: &Caller| -> Vec<ClientId> {
            let page = world.services.job_list(caller, &JobQuery::default()).await.unwrap();
            page.rows.into_iter().filter_map(|job| job.client).collect()
        };
        assert_eq!(shown(&admin).await, [other, seen], "the youngest first");
        assert_eq!(shown(&listing).await, [seen]);
        assert_eq!(shown(&viewer).await, []);
        let [first, second] = &world.services.job_follow(&admin, &[]).await.unwrap()[..] else { panic!() };
        assert_eq!(world.services.job_get(&listing, first.id).await.unwrap().client, Some(seen));
        assert_eq!(refusal(world.services.job_get(&listing, second.id).await), Error::NotFound);
        assert_eq!(refusal(world.services.job_repeat(&viewer, first.id).await), Error::NotFound);
        world.execute("UPDATE jobs SET state = 'failed', ended = 1, user_id = (SELECT id FROM users WHERE login = 'auditor.view')").await;
        let own = refusal(world.services.job_repeat(&viewer, first.id).await);
        assert!(matches!(own, Error::Forbidden { .. }), "one's own too, without the right to ask for it: {own:?}");
    });
}

#[test]
fn jobs_are_filtered_by_state_and_found_by_what_they_are_about() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        job(&world, &admin, "Älter & Co").await;
        world.services.jobs_run(100).await.unwrap();
        world.clock.advance_seconds(5);
        job(&world, &admin, "Bell").await;
        let names = async |query: JobQuery| -> Vec<String> {
            let page = world.services.job_list(&admin, &query).await.unwrap();
            page.rows.into_iter().map(|job| job.subject).collect()
        };
        assert_eq!(names(JobQuery::default()).await, ["Bell", "Älter & Co"]);
        assert_eq!(names(JobQuery::filtered(Some(JobState::Queued))).await, ["Bell"]);
        assert_eq!(names(JobQuery { search: "alter".into(), ..JobQuery::default() }).await, ["Älter & Co"]);
        assert_eq!(names(JobQuery::from_address("dir=desc")).await, ["Älter & Co", "Bell"]);
    });
}

#[test]
fn a_step_that_ends_each_server_fails_at_last_but_a_termination_never_gives_up() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let termination = job(&world, &admin, "Acme").await;
        let client = world.client(&admin, "Bell").await;
        let backup = world.services.backup_create(&admin, client, BackupDraft::default()).await.unwrap();
        // Nine servers have died with it, and the tenth.
        world.execute("UPDATE jobs SET state = 'running', lease_key = 'dead', lease_until = 1, deaths = 9").await;
        while world.services.jobs_run(1000).await.unwrap() > 0 {}
        let backup = world.services.job_get(&admin, backup.job).await.unwrap();
        assert_eq!((backup.state, backup.outcome.as_str()), (JobState::Failed, "The servers that worked on it stopped each time."));
        assert_eq!(state(&world, &admin, &termination).await, JobState::Succeeded);
    });
}
