//! Credential sets.

use axum::{Json, http::StatusCode};
use domain::{CredentialSet, CredentialSetId, CredentialSetSummary, Error};

use super::{
    input::CredentialSetInput,
    output::{CredentialSetOutput, CredentialSetShort},
};
use crate::{
    answer::{Answer, Done},
    body::Body,
    clients::client::reference::ClientOfThing,
    listed::ByName,
    openapi::paging::Paging,
    paging::Page,
    params::Params,
    refusal::{Named, Refusal},
    tenant::Tenant,
};

/// Makes a credential set: of the tenant of the path, or of the client that is named. Needs *Credential Sets: Manage*.
#[utoipa::path(
    post, path = "/api/v2/tenants/{tenantId}/credentialSets", tag = "Credential sets",
    params(("tenantId" = String, Path, example = "client_8")),
    request_body = CredentialSetInput,
    responses((status = 201, body = CredentialSetOutput)),
)]
pub(crate) async fn create(tenant: Tenant, Body(mut input): Body<CredentialSetInput>) -> Result<(StatusCode, Json<CredentialSetOutput>), Refusal> {
    let client = ClientOfThing::id(input.client.take())?;
    let set = tenant.services.credential_set_create(&tenant.caller, client, input.try_into()?).await;
    Ok((StatusCode::CREATED, Json(ClientOfThing::check(set, client)?.into())))
}

/// Lists credential sets. Needs *Credential Sets: View*.
#[utoipa::path(
    get, path = "/api/v2/tenants/{tenantId}/credentialSets", tag = "Credential sets",
    params(("tenantId" = String, Path, example = "client_8"), Paging::<ByName>),
    responses((status = 200, body = Page<CredentialSetOutput>)),
)]
pub(crate) async fn list(tenant: Tenant, params: Params) -> Answer<Page<CredentialSetOutput>> {
    page(tenant, params).await
}

/// Id and name of every credential set. Needs *Credential Sets: View*.
#[utoipa::path(
    get, path = "/api/v2/tenants/{tenantId}/credentialSets/minimal", tag = "Credential sets",
    params(("tenantId" = String, Path, example = "client_8")),
    responses((status = 200, body = Vec<CredentialSetShort>)),
)]
pub(crate) async fn minimal(tenant: Tenant) -> Answer<Vec<CredentialSetShort>> {
    let names = tenant.services.credential_set_names(&tenant.caller).await?;
    Ok(Json(names.into_iter().map(CredentialSetShort::from).collect()))
}

/// Searches credential sets. Needs *Credential Sets: View*.
#[utoipa::path(
    get, path = "/api/v2/tenants/{tenantId}/credentialSets/search", tag = "Credential sets",
    params(("tenantId" = String, Path, example = "client_8"), Paging::<ByName>),
    responses((status = 200, body = Page<CredentialSetOutput>)),
)]
pub(crate) async fn search(tenant: Tenant, params: Params) -> Answer<Page<CredentialSetOutput>> {
    page(tenant, params).await
}

/// A credential set, without its secrets. Needs *Credential Sets: View*.
#[utoipa::path(
    get, path = "/api/v2/tenants/{tenantId}/credentialSets/{credentialSetId}", tag = "Credential sets",
    params(("tenantId" = String, Path, example = "client_8"), ("credentialSetId" = String, Path, example = "mmtKsSTyXYqtEtrRMRSmWjAh")),
    responses((status = 200, body = CredentialSetOutput)),
)]
pub(crate) async fn get(tenant: Tenant) -> Answer<CredentialSetOutput> {
    Ok(Json(found(&tenant).await?.into()))
}

/// A credential set in short. Needs *Credential Sets: View*.
#[utoipa::path(
    get, path = "/api/v2/tenants/{tenantId}/credentialSets/{credentialSetId}/minimal", tag = "Credential sets",
    params(("tenantId" = String, Path, example = "client_8"), ("credentialSetId" = String, Path, example = "mmtKsSTyXYqtEtrRMRSmWjAh")),
    responses((status = 200, body = CredentialSetShort)),
)]
pub(crate) async fn get_minimal(tenant: Tenant) -> Answer<CredentialSetShort> {
    let set = found(&tenant).await?;
    Ok(Json(CredentialSetSummary { id: set.id, name: set.details.name }.into()))
}

/// Changes what is given of a credential set: a secret that is left out stays. Needs *Credential Sets: Manage*.
#[utoipa::path(
    post, path = "/api/v2/tenants/{tenantId}/credentialSets/{credentialSetId}", tag = "Credential sets",
    params(("tenantId" = String, Path, example = "client_8"), ("credentialSetId" = String, Path, example = "mmtKsSTyXYqtEtrRMRSmWjAh")),
    request_body = CredentialSetInput,
    responses((status = 200, body = CredentialSetOutput)),
)]
pub(crate) async fn update(tenant: Tenant, Body(mut input): Body<CredentialSetInput>) -> Answer<CredentialSetOutput> {
    let id = set_id(&tenant)?;
    // What was read may be sent back as it is, and so with its client.
    if let Some(client) = ClientOfThing::id(input.client.take())? {
        let owner = found(&tenant).await?.client.map(|client| client.id);
        if owner != Some(client) {
            return Err(Error::invalid("client", "A credential set stays where it belongs: make a new one there.").into());
        }
    }
    let set = tenant.services.credential_set_update(&tenant.caller, &id, None, input.try_into()?).await.named("credential set", &id)?;
    Ok(Json(set.into()))
}

/// Deletes a credential set, also out of every role. Needs *Credential Sets: Manage*.
#[utoipa::path(
    delete, path = "/api/v2/tenants/{tenantId}/credentialSets/{credentialSetId}", tag = "Credential sets",
    params(("tenantId" = String, Path, example = "client_8"), ("credentialSetId" = String, Path, example = "EAmBeuHhCY5hrCvHVejrccJj")),
    responses((status = 200, body = Done)),
)]
pub(crate) async fn delete(tenant: Tenant) -> Answer<Done> {
    let id = set_id(&tenant)?;
    tenant.services.credential_set_delete(&tenant.caller, &id).await.named("credential set", &id)?;
    Ok(Json(Done::default()))
}

fn set_id(tenant: &Tenant) -> Result<CredentialSetId, Refusal> {
    tenant.id("credentialSetId", "credential set")
}

async fn found(tenant: &Tenant) -> Result<CredentialSet, Refusal> {
    let id = set_id(tenant)?;
    tenant.services.credential_set_get(&tenant.caller, &id).await.named("credential set", &id)
}

async fn page(tenant: Tenant, params: Params) -> Answer<Page<CredentialSetOutput>> {
    params
        .find::<ByName, _>(&tenant, |tenant, params, pairs| {
            Box::pin(async move {
                let name = pairs.text("name").unwrap_or_default().to_owned();
                let asked = pairs.page(params.page::<ByName>())?;
                let found = tenant.services.credential_set_search(&tenant.caller, &name, asked.slice()).await?;
                Ok(Page::of(found, asked, CredentialSetOutput::from))
            })
        })
        .await
}
