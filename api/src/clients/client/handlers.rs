//! Clients.

use axum::{Json, http::StatusCode};
use domain::{Client, ClientDraft, ClientFilter, ClientId, ClientSort, Draft, Error, StatusFilter, TenantId, Violations};
use http::HeaderMap;
use services::SentImages;

use super::{
    images,
    input::ClientInput,
    output::{ClientName, ClientOutput},
};
use crate::{
    answer::Answer,
    body::{Body, Nothing},
    listed::Listed,
    openapi::paging::Paging,
    paging::Page,
    params::Params,
    patterns::{CLIENT, MOMENT, TEXT},
    refusal::{Named, Refusal},
    tenant::Tenant,
};

/// What clients can be asked by.
pub(crate) struct Clients;

impl Listed for Clients {
    type Sort = ClientSort;
    const KEYS: &[(&'static str, &'static str)] = &[
        ("uniqueId", CLIENT),
        ("name", TEXT),
        ("activeStatus", "(true|false)"),
        ("startCreationDate", MOMENT),
        ("endCreationDate", MOMENT),
        ("startUpdationDate", MOMENT),
        ("endUpdationDate", MOMENT),
    ];
    const SORTS: &[(&'static str, ClientSort)] = &[
        ("name", ClientSort::Name),
        ("uniqueId", ClientSort::Id),
        ("id", ClientSort::Id),
        ("country", ClientSort::Country),
        ("timeZone", ClientSort::TimeZone),
        ("extOrgId", ClientSort::ExternalId),
        ("createdTime", ClientSort::Created),
        ("updatedTime", ClientSort::Updated),
    ];
}

/// Onboards a client. Needs *Clients: Create*.
#[utoipa::path(
    post, path = "/api/v2/tenants/{tenantId}/clients", tag = "Clients",
    params(("tenantId" = String, Path, example = "msp_1")),
    request_body = ClientInput,
    responses((status = 201, body = ClientName)),
)]
pub(crate) async fn create(tenant: Tenant, Body(input): Body<ClientInput>) -> Result<(StatusCode, HeaderMap, Json<ClientName>), Refusal> {
    tenant.partner()?;
    let (draft, images) = draft(&tenant, None, ClientDraft::default(), input).await?;
    let (name, warnings) = (draft.name.trim().to_owned(), images::warnings(&images));
    let id = tenant.services.client_create_with_images(&tenant.caller, draft, images).await?;
    Ok((StatusCode::CREATED, warnings, Json(ClientName { unique_id: id.to_string(), name })))
}

/// Id and name of every client in service. Needs *Clients: View*.
#[utoipa::path(
    get, path = "/api/v2/tenants/{tenantId}/clients/minimal", tag = "Clients",
    params(("tenantId" = String, Path, example = "msp_1")),
    responses((status = 200, body = Vec<ClientName>)),
)]
pub(crate) async fn minimal(tenant: Tenant) -> Answer<Vec<ClientName>> {
    tenant.partner()?;
    let names = tenant.services.client_names(&tenant.caller).await?;
    Ok(Json(names.into_iter().map(|(id, name)| ClientName { unique_id: id.to_string(), name }).collect()))
}

/// Searches clients. Needs *Clients: View*.
#[utoipa::path(
    get, path = "/api/v2/tenants/{tenantId}/clients/search", tag = "Clients",
    params(("tenantId" = String, Path, example = "msp_1"), Paging::<Clients>),
    responses((status = 200, body = Page<ClientOutput>)),
)]
pub(crate) async fn search(tenant: Tenant, params: Params) -> Answer<Page<ClientOutput>> {
    tenant.partner()?;
    params
        .find::<Clients, _>(&tenant, |tenant, params, mut pairs| {
            Box::pin(async move {
                let filter = ClientFilter {
                    id: pairs.value("uniqueId", "a client's id such as client_9", |id| id.parse().ok()),
                    name: pairs.text("name").unwrap_or_default().to_owned(),
                    status: pairs.value("activeStatus", "true or false", status).unwrap_or(StatusFilter::InService),
                    created: (pairs.date("startCreationDate"), pairs.date("endCreationDate")),
                    updated: (pairs.date("startUpdationDate"), pairs.date("endUpdationDate")),
                    without_users: false,
                    month: None,
                };
                let asked = pairs.page(params.page::<Clients>())?;
                let found = tenant.services.client_search(&tenant.caller, &filter, asked.slice()).await?;
                let catalogues = tenant.services.catalogue_list(&tenant.caller).await?;
                Ok(Page::of(found, asked, |client| ClientOutput::of(client, &catalogues, None)))
            })
        })
        .await
}

/// A client. Needs *Clients: View*.
#[utoipa::path(
    get, path = "/api/v2/tenants/{tenantId}/clients/{clientId}", tag = "Clients",
    params(("tenantId" = String, Path, example = "msp_1"), ("clientId" = String, Path, example = "client_8")),
    responses((status = 200, body = ClientOutput)),
)]
pub(crate) async fn get(tenant: Tenant) -> Answer<ClientOutput> {
    let id = client_id(&tenant)?;
    let client = tenant.services.client_get(&tenant.caller, id).await.named("client", id)?;
    if client.status.is_terminated() {
        return Err(Refusal::Terminated("Client", id.to_string()));
    }
    output(&tenant, client).await
}

/// A client, by its own path. Needs *Clients: View*.
#[utoipa::path(
    get, path = "/api/v2/tenants/client/{tenantId}", tag = "Clients",
    params(("tenantId" = String, Path, description = "`client_<n>`", example = "client_8")),
    responses((status = 200, body = ClientOutput)),
)]
pub(crate) async fn get_by_path(tenant: Tenant) -> Answer<ClientOutput> {
    let TenantId::Client(id) = tenant.id else { return Err(Refusal::Refused(Error::NotFound, Some(("client", tenant.id.to_string())))) };
    let client = tenant.services.client_get(&tenant.caller, id).await.named("client", id)?;
    output(&tenant, client).await
}

/// Changes what is given of a client. Needs *Clients: Manage*.
#[utoipa::path(
    post, path = "/api/v2/tenants/{tenantId}/clients/{clientId}", tag = "Clients",
    params(("tenantId" = String, Path, example = "msp_1"), ("clientId" = String, Path, example = "client_8")),
    request_body = ClientInput,
    responses((status = 200, body = ClientOutput)),
)]
pub(crate) async fn update(tenant: Tenant, Body(input): Body<ClientInput>) -> Result<(HeaderMap, Json<ClientOutput>), Refusal> {
    let id = client_id(&tenant)?;
    let before = tenant.services.client_get(&tenant.caller, id).await.named("client", id)?;
    let (draft, images) = draft(&tenant, Some(id), before.details, input).await?;
    let warnings = images::warnings(&images);
    let updated = tenant.services.client_update_with_images(&tenant.caller, id, before.version, draft, images).await;
    Ok((warnings, output(&tenant, updated.named("client", id)?).await?))
}

/// Lets a suspended client's users in again. Needs *Clients: Manage*.
#[utoipa::path(
    post, path = "/api/v2/tenants/{tenantId}/clients/{clientId}/activate", tag = "Clients",
    params(("tenantId" = String, Path, example = "msp_1"), ("clientId" = String, Path, example = "client_9")),
    responses((status = 200, body = ClientOutput)),
)]
pub(crate) async fn activate(tenant: Tenant, _: Body<Nothing>) -> Answer<ClientOutput> {
    let id = client_id(&tenant)?;
    let client = tenant.services.client_activate(&tenant.caller, id).await.named("client", id)?;
    output(&tenant, client).await
}

/// Keeps a client's users out until it is activated again. Needs *Clients: Manage*.
#[utoipa::path(
    post, path = "/api/v2/tenants/{tenantId}/clients/{clientId}/suspend", tag = "Clients",
    params(("tenantId" = String, Path, example = "msp_1"), ("clientId" = String, Path, example = "client_9")),
    responses((status = 200, body = ClientOutput)),
)]
pub(crate) async fn suspend(tenant: Tenant, _: Body<Nothing>) -> Answer<ClientOutput> {
    let id = client_id(&tenant)?;
    let client = tenant.services.client_suspend(&tenant.caller, id).await.named("client", id)?;
    output(&tenant, client).await
}

/// Ends a client for good: its users can no longer sign in or call, and its own paths answer 404. Needs *Clients: Manage*.
#[utoipa::path(
    post, path = "/api/v2/tenants/{tenantId}/clients/{clientId}/terminate", tag = "Clients",
    params(("tenantId" = String, Path, example = "msp_1"), ("clientId" = String, Path, example = "client_12")),
    responses((status = 200, body = ClientOutput)),
)]
pub(crate) async fn terminate(tenant: Tenant, _: Body<Nothing>) -> Answer<ClientOutput> {
    let id = client_id(&tenant)?;
    let client = tenant.services.client_terminate(&tenant.caller, id).await.named("client", id)?;
    output(&tenant, client).await
}

/// The client of the path, below its partner.
fn client_id(tenant: &Tenant) -> Result<ClientId, Refusal> {
    let id = tenant.id("clientId", "client")?;
    tenant.partner().map(|_| id)
}

/// Applies the input to a draft and checks its images, so that a wrong image is reported with the other fields. Nothing is written.
async fn draft(
    tenant: &Tenant,
    client: Option<ClientId>,
    mut draft: ClientDraft,
    mut input: ClientInput,
) -> Result<(ClientDraft, SentImages), Refusal> {
    let catalogues = tenant.services.catalogue_list(&tenant.caller).await?;
    let mut violations = Violations::new();
    let images = input.client_details.as_mut().and_then(|details| details.network_architectures.take());
    input.apply(&mut draft, &catalogues, &mut violations);
    let mut sent = SentImages::default();
    if let Some(images) = images {
        match images::read(tenant, client, images).await {
            Ok(images) => sent = images,
            Err(Error::Invalid { violations: wrong }) => violations.extend(wrong),
            Err(error) => return Err(error.into()),
        }
        draft.images = sent.drafts();
    }
    if !violations.is_empty()
        && let Err(others) = draft.clone().check(())
    {
        violations.extend(others);
    }
    violations.into_result()?;
    Ok((draft, sent))
}

/// A client as it is answered, with its images.
async fn output(tenant: &Tenant, client: Client) -> Answer<ClientOutput> {
    let catalogues = tenant.services.catalogue_list(&tenant.caller).await?;
    let images = images::stored(tenant, &client).await?;
    Ok(Json(ClientOutput::of(client, &catalogues, Some(images))))
}

/// Active clients, or all others.
fn status(flag: &str) -> Option<StatusFilter> {
    match flag.to_ascii_lowercase().as_str() {
        "true" => Some(StatusFilter::Active),
        "false" => Some(StatusFilter::Inactive),
        _ => None,
    }
}
