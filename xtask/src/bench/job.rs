//! Jobs, followed from outside.

use std::{
    thread,
    time::{Duration, Instant},
};

use serde_json::Value;

use super::http::Connection;
use crate::shell::Result;

/// How often a job is looked at: seldom enough that it costs nothing.
const LOOKS_EVERY: Duration = Duration::from_millis(50);

/// A job that succeeded.
pub(super) struct Done {
    /// How many items it did.
    pub(super) count: u64,
    /// How long it was at what, in order, as it says itself.
    pub(super) stages: Vec<(String, Duration)>,
}

/// Waits for the job that was asked for last.
pub(super) fn wait(connection: &mut Connection) -> Result<Done> {
    let jobs = connection.get("/rpc/jobs/list?query=", "")?.done()?;
    let id = jobs["rows"][0]["id"].as_str().ok_or_else(|| format!("no job: {jobs}"))?.to_owned();
    let mut stages: Vec<(String, Duration)> = Vec::new();
    let mut since = Instant::now();
    loop {
        let job = connection.get(&format!("/rpc/jobs/get?id={id}"), "")?.done()?;
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let (state, doing) = (text(&job["state"]), text(&job["progress"]["doing"]));
        let spent = since.elapsed();
        since += spent;
        match stages.last_mut() {
            // When it is over it does nothing.
            Some((stage, time)) if *stage == doing || doing.is_empty() => *time += spent,
            _ => stages.push((if doing.is_empty() { "Waiting".to_owned() } else { doing }, spent)),
        }
        match state.as_str() {
            "queued" | "running" => thread::sleep(LOOKS_EVERY),
            "succeeded" => return Ok(Done { count: job["progress"]["done"].as_u64().unwrap_or_default(), stages }),
            _ => return Err(format!("{id} {state}: {}", text(&job["outcome"]))),
        }
    }
}
