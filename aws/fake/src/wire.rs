//! Requests: who calls what, and what goes wrong before it is answered.

use std::collections::BTreeMap;

use axum::{
    Json, Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, header::AUTHORIZATION},
    response::Response,
    routing::{get, put},
};
use serde_json::Value;

use crate::{
    Shared, Switches,
    answer::{Refusal, json_answer, xml_answer},
    iam, organizations, sts,
    world::{Identity, World},
};

/// A call that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// Such as `iam:CreateRole`.
    pub action: String,
    /// The account that the caller is in; empty if its key is unknown.
    pub account: String,
    /// The ARN of the caller; empty if its key is unknown.
    pub by: String,
    /// What was sent.
    pub parameters: Parameters,
    /// The code of the error that it was refused with.
    pub refused: Option<String>,
}

/// What a call was sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parameters(BTreeMap<String, String>);

impl Parameters {
    /// One of them; empty if it wasn't sent.
    #[must_use]
    pub fn get(&self, name: &str) -> &str {
        self.0.get(name).map(String::as_str).unwrap_or_default()
    }
}

pub(crate) fn router(world: Shared) -> Router {
    Router::new().route("/switches", put(switch)).route("/calls", get(calls)).fallback(serve).with_state(world)
}

async fn switch(State(shared): State<Shared>, Json(switches): Json<Switches>) {
    shared.lock().switches = switches;
}

/// How often each action was called.
async fn calls(State(shared): State<Shared>) -> Json<BTreeMap<String, u64>> {
    let mut counts = BTreeMap::new();
    for call in &shared.lock().calls {
        *counts.entry(call.action.clone()).or_default() += 1;
    }
    Json(counts)
}

async fn serve(State(shared): State<Shared>, headers: HeaderMap, body: Bytes) -> Response {
    let latency = shared.lock().switches.latency;
    tokio::time::sleep(latency).await;
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let key = access_key(header(AUTHORIZATION.as_str()));
    let mut world = shared.lock();
    if let Some((_, action)) = header("x-amz-target").split_once('.') {
        let sent: Value = serde_json::from_slice(&body).unwrap_or_default();
        let parameters = sent
            .as_object()
            .into_iter()
            .flatten()
            .map(|(name, value)| (name.clone(), value.as_str().map_or_else(|| value.to_string(), str::to_owned)));
        let parameters = Parameters(parameters.collect());
        let answer = record(&mut world, key, &format!("organizations:{action}"), &parameters, "TooManyRequestsException", |world, by| {
            organizations::answer(world, by, action, &sent)
        });
        return answer.map_or_else(|refusal| refusal.json(), |answer| json_answer(&answer));
    }
    let parameters = Parameters(form_urlencoded::parse(&body).into_owned().collect());
    let action = parameters.get("Action");
    let is_sts = parameters.get("Version") == "2011-06-15";
    let name = format!("{}:{action}", if is_sts { "sts" } else { "iam" });
    let answer = record(&mut world, key, &name, &parameters, "Throttling", |world, by| {
        if is_sts { sts::answer(world, by, action, &parameters) } else { iam::answer(world, by, action, &parameters) }
    });
    answer.map_or_else(|refusal| refusal.xml(), |result| xml_answer(action, &result))
}

/// The access key in a request's signature.
fn access_key(authorization: &str) -> &str {
    authorization.split_once("Credential=").and_then(|(_, rest)| rest.split('/').next()).unwrap_or_default()
}

/// Answers a call, unless a switch refuses it, and writes it down.
fn record<T>(
    world: &mut World,
    key: &str,
    action: &str,
    parameters: &Parameters,
    throttled: &str,
    answer: impl FnOnce(&mut World, &Identity) -> Result<T, Refusal>,
) -> Result<T, Refusal> {
    world.counted += 1;
    let identity = world.identity(key);
    let answer = refused(world, action, throttled).and_then(|()| {
        let by = identity.clone()?;
        denied(world, &by, action)?;
        answer(world, &by)
    });
    let (account, by) = identity.map(|by| (by.account, by.arn)).unwrap_or_default();
    let refused = answer.as_ref().err().map(|refusal| refusal.code.clone());
    world.calls.push(Call { action: action.to_owned(), account, by, parameters: parameters.clone(), refused });
    answer
}

/// What is refused to all.
fn refused(world: &World, action: &str, throttled: &str) -> Result<(), Refusal> {
    let switches = &world.switches;
    if switches.throttles_all || switches.throttles_every_second && world.counted.is_multiple_of(2) {
        return Err(Refusal::new(400, throttled, "Rate exceeded"));
    }
    switches.failing.get(action).map_or(Ok(()), |(code, message)| Err(Refusal::new(400, code, message)))
}

/// What is denied to the caller.
fn denied(world: &mut World, by: &Identity, action: &str) -> Result<(), Refusal> {
    match world.switches.denied.get_mut(action) {
        Some(left) if *left > 0 => {
            *left -= if *left == u32::MAX { 0 } else { 1 };
            let code = if action.starts_with("organizations:") { "AccessDeniedException" } else { "AccessDenied" };
            Err(Refusal::new(
                if code == "AccessDenied" { 403 } else { 400 },
                code,
                &format!("User: {} is not authorized to perform: {action} on resource: *", by.arn),
            ))
        }
        _ => Ok(()),
    }
}
