//! What becomes of jobs, told as it happens by server-sent events.

use std::{collections::BTreeSet, convert::Infallible, time::Duration};

use app::people::session::Channel;
use axum::{
    Extension,
    extract::{Query, State},
    response::{
        IntoResponse, Response,
        sse::{Event, Sse},
    },
};
use domain::{Error, Job, JobId, Origin};
use futures::{Stream, stream};
use http::HeaderMap;
use serde::Deserialize;
use services::Services;
use tokio::time::{Instant, sleep};

use crate::refusal;

/// How often the jobs are looked at.
pub(crate) const LOOKS_EVERY: Duration = Duration::from_secs(1);

/// An answer ends after this time, and the browser asks again by itself: so a proxy that holds answers back, and a server that stops, keep nobody waiting.
pub(crate) const LASTS: Duration = Duration::from_secs(20);

/// The query of [`events`].
#[derive(Debug, Default, Deserialize)]
pub struct Followed {
    /// Jobs that may be over by now, separated by commas.
    #[serde(default)]
    followed: String,
}

/// What an answer needs to go on.
struct Following {
    services: Services,
    token: String,
    origin: Origin,
    followed: BTreeSet<JobId>,
    told: Option<Vec<Job>>,
    until: Instant,
}

/// Tells of the jobs that the session's user sees and that are not over, whenever one changes, and of what became of those that are followed. It doesn't
/// extend the session, and ends with it.
pub async fn events(
    State(services): State<Services>,
    Extension(channel): Extension<Channel>,
    Extension(origin): Extension<Origin>,
    Query(Followed { followed }): Query<Followed>,
    headers: HeaderMap,
) -> Response {
    let Some(token) = channel.session(&headers).map(str::to_owned) else { return refusal::json(&Error::Unauthenticated) };
    let followed = followed.split(',').filter_map(|id| id.parse().ok()).collect();
    let following = Following { services, token, origin, followed, told: None, until: Instant::now() + LASTS };
    match following.look().await {
        Ok(jobs) => Sse::new(told(following, jobs)).into_response(),
        Err(error) => refusal::json(&error),
    }
}

impl Following {
    /// Whether every job that was told of is over.
    fn is_over(&self) -> bool {
        self.told.as_ref().is_some_and(|jobs| jobs.iter().all(|job| job.state.is_over()))
    }

    async fn look(&self) -> Result<Vec<Job>, Error> {
        let caller = self.services.session_peek(&self.token, &self.origin).await?;
        let followed: Vec<JobId> = self.followed.iter().copied().collect();
        Ok(self.services.job_follow(&caller, &followed).await?)
    }
}

fn told(following: Following, first: Vec<Job>) -> impl Stream<Item = Result<Event, Infallible>> {
    stream::unfold((following, Some(first)), async |(mut following, mut jobs)| {
        loop {
            let found = match jobs.take() {
                Some(found) => found,
                // Nothing will change any more, or it is time to ask again.
                None if following.is_over() || Instant::now() >= following.until => return None,
                None => {
                    sleep(LOOKS_EVERY).await;
                    following.look().await.ok()?
                }
            };
            following.followed.extend(found.iter().filter(|job| !job.state.is_over()).map(|job| job.id));
            if following.told.as_ref() != Some(&found) {
                let event = Event::default().json_data(&found).ok()?;
                following.told = Some(found);
                return Some((Ok(event), (following, None)));
            }
        }
    })
}
