//! The server functions of clients and their drafts: each is one use case.
#![expect(missing_docs, reason = "the arguments of a server function are also the fields of a public struct")]

use domain::{
    Client, ClientDraft, ClientHub, ClientId, ClientImportId, ClientImportReading, ClientImportReport, ClientRow, DraftDetail, DraftId, DraftRow,
    JobId, ListPage, Step,
};
use leptos::{
    prelude::*,
    server_fn::codec::{GetUrl, Json},
};

use crate::{error::UiError, transport::PageClient};
#[cfg(feature = "ssr")]
use crate::{
    paths,
    rpc::{call, lead_to},
};

/// One page of the list; `query` is the query string of the page's address.
#[server(prefix = "/rpc", endpoint = "clients/list", input = GetUrl, client = PageClient)]
pub async fn list_clients(query: String) -> Result<ListPage<ClientRow>, UiError> {
    let query = domain::ClientQuery::from_address(&query);
    call(async |services, caller| services.client_list(&caller, &query).await).await
}

/// A client with all its details.
#[server(prefix = "/rpc", endpoint = "clients/get", input = GetUrl, client = PageClient)]
pub async fn get_client(id: ClientId) -> Result<Client, UiError> {
    call(async |services, caller| services.client_get(&caller, id).await).await
}

/// A client, and how much of everything it has.
#[server(prefix = "/rpc", endpoint = "clients/hub", input = GetUrl, client = PageClient)]
pub async fn get_client_hub(id: ClientId) -> Result<ClientHub, UiError> {
    call(async |services, caller| services.client_hub(&caller, id).await).await
}

/// Changes a client, unless somebody else did so since `version` was read.
#[server(prefix = "/rpc", endpoint = "clients/update", input = Json, client = PageClient)]
pub async fn update_client(id: ClientId, version: i64, draft: ClientDraft) -> Result<Client, UiError> {
    call(async |services, caller| services.client_update(&caller, id, version, draft).await).await
}

/// Keeps a client's users from signing in.
#[server(prefix = "/rpc", endpoint = "clients/suspend", client = PageClient)]
pub async fn suspend_client(id: ClientId) -> Result<Client, UiError> {
    call(async |services, caller| services.client_suspend(&caller, id).await).await
}

/// Undoes a suspension.
#[server(prefix = "/rpc", endpoint = "clients/activate", client = PageClient)]
pub async fn activate_client(id: ClientId) -> Result<Client, UiError> {
    call(async |services, caller| services.client_activate(&caller, id).await).await
}

/// Checks an uploaded file of clients again, with the encoding, separator and columns that the user chose.
#[server(prefix = "/rpc", endpoint = "client-imports/preview", input = Json, client = PageClient)]
pub async fn preview_client_import(id: ClientImportId, reading: ClientImportReading) -> Result<ClientImportReport, UiError> {
    call(async |services, caller| services.client_import_preview(&caller, &id, reading).await).await
}

/// Starts the job that imports a file of clients.
#[server(prefix = "/rpc", endpoint = "client-imports/start", client = PageClient)]
pub async fn start_client_import(id: ClientImportId) -> Result<JobId, UiError> {
    call(async |services, caller| services.client_import_start(&caller, &id).await).await
}

/// The drafts that the caller may continue.
#[server(prefix = "/rpc", endpoint = "client-drafts/list", input = GetUrl, client = PageClient)]
pub async fn list_drafts() -> Result<Vec<DraftRow>, UiError> {
    call(async |services, caller| services.draft_list(&caller).await).await
}

/// Begins a draft. A plain form is led to its first tab.
#[server(prefix = "/rpc", endpoint = "client-drafts/create", client = PageClient)]
pub async fn create_draft() -> Result<DraftDetail, UiError> {
    let draft = call(async |services, caller| services.draft_create(&caller).await).await?;
    lead_to(&paths::client_draft(&draft.id, draft.step));
    Ok(draft)
}

/// A draft to type on.
#[server(prefix = "/rpc", endpoint = "client-drafts/get", input = GetUrl, client = PageClient)]
pub async fn get_draft(id: DraftId) -> Result<DraftDetail, UiError> {
    call(async |services, caller| services.draft_get(&caller, &id).await).await
}

/// Keeps what is typed so far, right or wrong, unless another device did so since `version` was read.
#[server(prefix = "/rpc", endpoint = "client-drafts/save", input = Json, client = PageClient)]
pub async fn save_draft(id: DraftId, version: i64, step: Step, draft: ClientDraft) -> Result<DraftDetail, UiError> {
    call(async |services, caller| services.draft_save(&caller, &id, version, step, draft).await).await
}

/// Throws a draft away.
#[server(prefix = "/rpc", endpoint = "client-drafts/discard", client = PageClient)]
pub async fn discard_draft(id: DraftId) -> Result<(), UiError> {
    call(async |services, caller| services.draft_discard(&caller, &id).await).await
}

/// Makes a client of a draft.
#[server(prefix = "/rpc", endpoint = "client-drafts/finish", input = Json, client = PageClient)]
pub async fn finish_draft(id: DraftId, version: i64, draft: ClientDraft) -> Result<ClientId, UiError> {
    call(async |services, caller| services.draft_finish(&caller, &id, version, draft).await).await
}

#[cfg(test)]
mod tests {
    use leptos::server_fn::ServerFn;

    use super::*;
    use crate::transport::OUTLIVES_PAGE;

    #[test]
    fn saving_a_draft_outlives_its_page() {
        assert_eq!(SaveDraft::url(), OUTLIVES_PAGE);
    }
}
