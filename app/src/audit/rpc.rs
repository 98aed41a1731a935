//! The server functions of the audit log: each is one use case.
#![expect(missing_docs, reason = "the arguments of a server function are also the fields of a public struct")]

#[cfg(feature = "ssr")]
use domain::{AuditExportDraft, AuditQuery};
use domain::{AuditFormat, AuditId, AuditRecord, AuditRetention, AuditRetentionDraft, JobId, ListPage};
use leptos::{
    prelude::*,
    server_fn::codec::{GetUrl, Json},
};

#[cfg(feature = "ssr")]
use crate::rpc::call;
use crate::{error::UiError, transport::PageClient};

/// One page of the list, and the newest record before it was read; `query` is the query string of the page's address.
#[server(prefix = "/rpc", endpoint = "audit/list", input = GetUrl, client = PageClient)]
pub async fn list_audit_records(query: String) -> Result<(ListPage<AuditRecord>, AuditId), UiError> {
    call(async |services, caller| {
        let newest = services.audit_newest(&caller).await?;
        Ok((services.audit_list(&caller, &AuditQuery::from_address(&query)).await?, newest))
    })
    .await
}

/// As [`list_audit_records`], asked by a page on its own when there are new records: it doesn't extend the session.
#[server(prefix = "/rpc", endpoint = "audit/refresh", input = GetUrl, client = PageClient)]
pub async fn refresh_audit_records(query: String) -> Result<ListPage<AuditRecord>, UiError> {
    call(async |services, caller| services.audit_list(&caller, &AuditQuery::from_address(&query)).await).await
}

/// Asks for a file of what a view of the list shows.
#[server(prefix = "/rpc", endpoint = "audit/export", client = PageClient)]
pub async fn export_audit_records(query: String, format: AuditFormat) -> Result<JobId, UiError> {
    let AuditQuery { filter, search, .. } = AuditQuery::from_address(&query);
    call(async |services, caller| services.audit_export(&caller, &AuditExportDraft { filter, search, format }).await).await
}

/// How long the partner's records are stored.
#[server(prefix = "/rpc", endpoint = "audit/retention/get", input = Json, client = PageClient)]
pub async fn get_audit_retention() -> Result<AuditRetention, UiError> {
    call(async |services, caller| services.audit_retention_get(&caller).await).await
}

/// Sets how long.
#[server(prefix = "/rpc", endpoint = "audit/retention/set", input = Json, client = PageClient)]
pub async fn set_audit_retention(draft: AuditRetentionDraft) -> Result<AuditRetention, UiError> {
    call(async |services, caller| services.audit_retention_set(&caller, draft).await).await
}
