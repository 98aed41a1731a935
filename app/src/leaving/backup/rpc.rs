//! The server functions of backups: each is one use case.
#![expect(missing_docs, reason = "the arguments of a server function are also the fields of a public struct")]

#[cfg(feature = "ssr")]
use domain::BackupQuery;
use domain::{Backup, BackupDraft, BackupId, ClientId, JobId, ListPage, RestoreDraft, RestoreId, RestorePreview};
use leptos::{
    prelude::*,
    server_fn::codec::{GetUrl, Json},
};

#[cfg(feature = "ssr")]
use crate::rpc::call;
use crate::{error::UiError, transport::PageClient};

/// One page of the backups of a client; `query` is the query string of the page's address.
#[server(prefix = "/rpc", endpoint = "backups/list", input = GetUrl, client = PageClient)]
pub async fn list_backups(client: ClientId, query: String) -> Result<ListPage<Backup>, UiError> {
    call(async |services, caller| services.backup_list(&caller, client, &BackupQuery::from_address(&query)).await).await
}

/// Asks for a backup of a client.
#[server(prefix = "/rpc", endpoint = "backups/create", input = Json, client = PageClient)]
pub async fn create_backup(client: ClientId, draft: BackupDraft) -> Result<Backup, UiError> {
    call(async |services, caller| services.backup_create(&caller, client, draft).await).await
}

/// Deletes a backup with its archive.
#[server(prefix = "/rpc", endpoint = "backups/delete", client = PageClient)]
pub async fn delete_backup(id: BackupId) -> Result<(), UiError> {
    call(async |services, caller| services.backup_delete(&caller, id).await).await
}

/// What an uploaded archive holds.
#[server(prefix = "/rpc", endpoint = "restores/preview", input = GetUrl, client = PageClient)]
pub async fn preview_restore(id: RestoreId) -> Result<RestorePreview, UiError> {
    call(async |services, caller| services.restore_preview(&caller, &id).await).await
}

/// Starts the job that makes a client of an uploaded archive.
#[server(prefix = "/rpc", endpoint = "restores/start", input = Json, client = PageClient)]
pub async fn start_restore(id: RestoreId, draft: RestoreDraft) -> Result<JobId, UiError> {
    call(async |services, caller| services.restore_start(&caller, &id, draft).await).await
}
