//! What pages need of the audit log besides its lists: files of exports, and the news that there are new records.

use std::{convert::Infallible, future::ready};

use app::{people::session::Channel, rpc::Authenticated};
use axum::{
    Extension,
    extract::{Path, Query, State},
    response::{
        IntoResponse, Response,
        sse::{Event, Sse},
    },
};
use domain::{AuditId, Error, JobId, Origin};
use futures::{Stream, StreamExt, stream};
use http::HeaderMap;
use serde::Deserialize;
use services::Services;
use tokio::time::{Instant, sleep};

use crate::{
    jobs::{LASTS, LOOKS_EVERY},
    refusal,
    stored_file::attachment,
};

/// Answers with the file of an export.
pub async fn file(State(services): State<Services>, Extension(Authenticated(caller)): Extension<Authenticated>, Path(job): Path<String>) -> Response {
    let opened = async {
        let caller = caller?;
        let job: JobId = job.parse().map_err(|_| Error::NotFound)?;
        let file = services.audit_export_file(&caller, job).await?;
        Ok::<_, Error>((caller, job, file))
    };
    let (caller, job, (file, format)) = match opened.await {
        Ok(opened) => opened,
        Err(error) => return refusal::page(&error),
    };
    attachment(&file, format.media_type(), move |part| {
        let (services, caller) = (services.clone(), caller.clone());
        async move { Ok(services.audit_export_part(&caller, job, part).await?) }
    })
}

/// The query of [`events`].
#[derive(Debug, Default, Deserialize)]
pub struct Watched {
    /// The newest record that the page knows.
    #[serde(default)]
    seen: String,
}

/// What an answer needs to go on.
struct Watching {
    services: Services,
    token: String,
    origin: Origin,
    seen: Option<AuditId>,
    until: Instant,
}

/// Tells that there are new records, and nothing about them: the page asks for those that its reader sees. It doesn't extend the session, and ends with it.
pub async fn events(
    State(services): State<Services>,
    Extension(channel): Extension<Channel>,
    Extension(origin): Extension<Origin>,
    Query(Watched { seen }): Query<Watched>,
    headers: HeaderMap,
) -> Response {
    let Some(token) = channel.session(&headers).map(str::to_owned) else { return refusal::json(&Error::Unauthenticated) };
    // A browser that asks again by itself says what it was told last.
    let told = headers.get("last-event-id").and_then(|told| told.to_str().ok()).unwrap_or(&seen);
    let watching = Watching { services, token, origin, seen: told.parse().ok(), until: Instant::now() + LASTS };
    match watching.look().await {
        Ok(newest) => Sse::new(news(watching, newest)).into_response(),
        Err(error) => refusal::json(&error),
    }
}

impl Watching {
    async fn look(&self) -> Result<AuditId, Error> {
        let caller = self.services.session_peek(&self.token, &self.origin).await?;
        Ok(self.services.audit_newest(&caller).await?)
    }

    /// The newest record, once it is one that the page doesn't know; none if that takes too long.
    async fn wait(self, mut newest: AuditId) -> Option<AuditId> {
        while self.seen == Some(newest) {
            if Instant::now() >= self.until {
                return None;
            }
            sleep(LOOKS_EVERY).await;
            newest = self.look().await.ok()?;
        }
        Some(newest)
    }
}

/// An answer ends with its news, and the browser asks again.
fn news(watching: Watching, first: AuditId) -> impl Stream<Item = Result<Event, Infallible>> {
    let event = |newest: AuditId| Ok(Event::default().id(newest.to_string()).retry(LOOKS_EVERY).data("new records"));
    stream::once(watching.wait(first)).filter_map(move |newest| ready(newest.map(event)))
}
