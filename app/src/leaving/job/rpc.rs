//! The server functions of jobs: each is one use case.
#![expect(missing_docs, reason = "the arguments of a server function are also the fields of a public struct")]

#[cfg(feature = "ssr")]
use domain::JobQuery;
use domain::{Job, JobId, ListPage};
use leptos::{prelude::*, server_fn::codec::GetUrl};

#[cfg(feature = "ssr")]
use crate::rpc::call;
use crate::{error::UiError, transport::PageClient};

/// One page of the list; `query` is the query string of the page's address.
#[server(prefix = "/rpc", endpoint = "jobs/list", input = GetUrl, client = PageClient)]
pub async fn list_jobs(query: String) -> Result<ListPage<Job>, UiError> {
    call(async |services, caller| services.job_list(&caller, &JobQuery::from_address(&query)).await).await
}

/// A job.
#[server(prefix = "/rpc", endpoint = "jobs/get", input = GetUrl, client = PageClient)]
pub async fn get_job(id: JobId) -> Result<Job, UiError> {
    call(async |services, caller| services.job_get(&caller, id).await).await
}

/// Stops a job.
#[server(prefix = "/rpc", endpoint = "jobs/cancel", client = PageClient)]
pub async fn cancel_job(id: JobId) -> Result<Job, UiError> {
    call(async |services, caller| services.job_cancel(&caller, id).await).await
}

/// Lets a job run again that failed or was cancelled.
#[server(prefix = "/rpc", endpoint = "jobs/repeat", client = PageClient)]
pub async fn repeat_job(id: JobId) -> Result<Job, UiError> {
    call(async |services, caller| services.job_repeat(&caller, id).await).await
}
