//! Users.

use axum::{Json, extract::State, http::StatusCode};
use domain::{Error, Mask, NameSort, NewlyMade, PasswordChangeDraft, TenantId, User, UserFilter, UserId, UserStatus};

use super::{
    draft::draft,
    input::{DeactivationInput, PasswordInput, TerminationInput, UserInput},
    listed::{UserListed, UserMinimal},
    output::{InvitationOutput, UserMade, UserOutput},
};
use crate::{
    answer::{Answer, Done},
    body::{Body, Nothing},
    listed::{BY_NAME, Listed},
    openapi::paging::Paging,
    paging::Page,
    params::Params,
    patterns::{MOMENT, TEXT, USER},
    picture,
    refusal::{Named, Refusal},
    state::ApiState,
    tenant::Tenant,
};

/// What users can be asked by.
pub(crate) struct Users;

impl Listed for Users {
    type Sort = NameSort;
    const SORTS: &[(&'static str, NameSort)] = BY_NAME;
    const KEYS: &[(&'static str, &'static str)] = &[
        ("uniqueId", USER),
        ("loginName", TEXT),
        ("firstName", TEXT),
        ("lastName", TEXT),
        ("mailId", TEXT),
        ("status", "(active|inactive)"),
        ("startCreationDate", MOMENT),
        ("endCreationDate", MOMENT),
        ("startUpdationDate", MOMENT),
        ("endUpdationDate", MOMENT),
    ];
    const EXAMPLE: &'static str = "status:active";
}

/// Creates a user of the tenant. Without a password they are invited: the answer has the link. Needs *Users: Manage*, and every permission that their roles give.
#[utoipa::path(
    post, path = "/api/v2/tenants/{tenantId}/users", tag = "Users",
    params(("tenantId" = String, Path, example = "msp_1")),
    request_body = UserInput,
    responses((status = 201, body = UserMade)),
)]
pub(crate) async fn create(
    State(api): State<ApiState>,
    tenant: Tenant,
    Body(input): Body<UserInput>,
) -> Result<(StatusCode, Json<UserMade>), Refusal> {
    let client = match tenant.id {
        TenantId::Client(client) => Some(client),
        TenantId::Partner(_) => None,
    };
    let (draft, picture) = draft(&tenant, None, client, None, input).await?;
    let NewlyMade { user, invitation } = tenant.services.user_create_with_picture(&tenant.caller, client, draft, picture.flatten()).await?;
    let user = output(&tenant, user).await?;
    Ok((
        StatusCode::CREATED,
        Json(UserMade { user, invitation: invitation.map(|invitation| InvitationOutput::of(&invitation, api.invitation_path)) }),
    ))
}

/// A user. Needs *Users: View*.
#[utoipa::path(
    get, path = "/api/v2/tenants/{tenantId}/users/{userId}", tag = "Users",
    params(("tenantId" = String, Path, example = "msp_1"), ("userId" = String, Path, example = "USR0000000011")),
    responses((status = 200, body = UserOutput)),
)]
pub(crate) async fn get(tenant: Tenant) -> Answer<UserOutput> {
    let id = user_id(&tenant)?;
    let user = tenant.services.user_get(&tenant.caller, id).await.named("user", id)?;
    if user.row.status == UserStatus::Terminated {
        return Err(Refusal::Terminated("User", id.to_string()));
    }
    output(&tenant, user).await.map(Json)
}

/// Changes what is given of a user. Needs *Users: Manage*, and every permission that their roles give.
#[utoipa::path(
    post, path = "/api/v2/tenants/{tenantId}/users/{userId}", tag = "Users",
    params(("tenantId" = String, Path, example = "msp_1"), ("userId" = String, Path, example = "USR0000000011")),
    request_body = UserInput,
    responses((status = 200, body = UserOutput)),
)]
pub(crate) async fn update(tenant: Tenant, Body(input): Body<UserInput>) -> Answer<UserOutput> {
    let id = user_id(&tenant)?;
    let before = tenant.services.user_get(&tenant.caller, id).await.named("user", id)?.row;
    let (draft, picture) = draft(&tenant, Some(id), before.client, Some(&before.profile), input).await?;
    let mut user = tenant.services.user_update(&tenant.caller, id, None, draft).await.named("user", id)?;
    if let Some(picture) = picture {
        user = tenant.services.user_picture_set(&tenant.caller, id, picture).await?;
    }
    output(&tenant, user).await.map(Json)
}

/// Lets a deactivated user in again. Needs *Users: Manage*.
#[utoipa::path(
    post, path = "/api/v2/tenants/{tenantId}/users/{userId}/ACTIVATE", tag = "Users",
    params(("tenantId" = String, Path, example = "msp_1"), ("userId" = String, Path, example = "USR0000000013")),
    responses((status = 200, body = UserOutput)),
)]
pub(crate) async fn activate(tenant: Tenant, _: Body<Nothing>) -> Answer<UserOutput> {
    let id = user_id(&tenant)?;
    let user = tenant.services.user_activate(&tenant.caller, id).await.named("user", id)?;
    output(&tenant, user).await.map(Json)
}

/// Keeps a user out until it is activated again. Needs *Users: Manage*.
#[utoipa::path(
    post, path = "/api/v2/tenants/{tenantId}/users/{userId}/DEACTIVATE", tag = "Users",
    params(("tenantId" = String, Path, example = "msp_1"), ("userId" = String, Path, example = "USR0000000013")),
    request_body = DeactivationInput,
    responses((status = 200, body = UserOutput)),
)]
pub(crate) async fn deactivate(tenant: Tenant, Body(input): Body<DeactivationInput>) -> Answer<UserOutput> {
    let id = user_id(&tenant)?;
    let reason = input.deactivate_reason.unwrap_or_default();
    let user = tenant.services.user_deactivate(&tenant.caller, id, &reason).await.named("user", id)?;
    output(&tenant, user).await.map(Json)
}

/// Lets a user go for ever. Needs *Users: Manage*.
#[utoipa::path(
    post, path = "/api/v2/tenants/{tenantId}/users/{userId}/TERMINATE", tag = "Users",
    params(("tenantId" = String, Path, example = "msp_1"), ("userId" = String, Path, example = "USR0000000013")),
    request_body = TerminationInput,
    responses((status = 200, body = UserOutput)),
)]
pub(crate) async fn terminate(tenant: Tenant, Body(input): Body<TerminationInput>) -> Answer<UserOutput> {
    let id = user_id(&tenant)?;
    let mask = match input.mask_type.as_deref().map(str::trim).unwrap_or_default() {
        "" => Mask::Partial,
        key => Mask::from_key(&key.to_uppercase()).ok_or_else(|| Error::invalid("mask", "Write PARTIAL or FULL."))?,
    };
    let reason = input.terminate_reason.unwrap_or_default();
    let user = tenant.services.user_terminate(&tenant.caller, id, &reason, mask).await.named("user", id)?;
    output(&tenant, user).await.map(Json)
}

/// Changes a user's password; its sessions end. Needs *Users: Manage*.
#[utoipa::path(
    post, path = "/api/v2/tenants/{tenantId}/users/{userId}/changePassword", tag = "Users",
    params(("tenantId" = String, Path, example = "msp_1"), ("userId" = String, Path, example = "USR0000000011")),
    request_body(content = PasswordInput, example = json!({ "newPassword": "Other#2026", "confirmPassword": "Other#2026" })),
    responses((status = 200, body = Done)),
)]
pub(crate) async fn change_password(tenant: Tenant, Body(input): Body<PasswordInput>) -> Answer<Done> {
    let id = user_id(&tenant)?;
    let new = input.new_password.unwrap_or_default();
    let confirmation = input.confirm_password.unwrap_or_else(|| new.clone());
    let current = input.current_password.unwrap_or_default();
    tenant.services.user_password_change(&tenant.caller, id, PasswordChangeDraft { current, new, confirmation }).await.named("user", id)?;
    Ok(Json(Done::default()))
}

/// Every user but the terminated, by name. Needs *Users: View*.
#[utoipa::path(
    get, path = "/api/v2/tenants/{tenantId}/users/minimal", tag = "Users",
    params(("tenantId" = String, Path, example = "msp_1")),
    responses((status = 200, body = Vec<UserMinimal>)),
)]
pub(crate) async fn minimal(tenant: Tenant) -> Answer<Vec<UserMinimal>> {
    let users = tenant.services.user_minimal(&tenant.caller).await?;
    Ok(Json(users.into_iter().map(UserMinimal::from).collect()))
}

/// Searches users. Needs *Users: View*.
#[utoipa::path(
    get, path = "/api/v2/tenants/{tenantId}/users/search", tag = "Users",
    params(("tenantId" = String, Path, example = "msp_1"), Paging::<Users>),
    responses((status = 200, body = Page<UserListed>)),
)]
pub(crate) async fn search(tenant: Tenant, params: Params) -> Answer<Page<UserListed>> {
    params
        .find::<Users, _>(&tenant, |tenant, params, mut pairs| {
            Box::pin(async move {
                let text = |key: &str| pairs.text(key).map(str::to_owned);
                let [login, first_name, last_name, email] = ["loginName", "firstName", "lastName", "mailId"].map(text);
                let filter = UserFilter {
                    id: pairs.value("uniqueId", "a user's id such as USR0000000011", |id| id.parse().ok()),
                    status: pairs.value("status", "active or inactive", |key| UserStatus::from_key(&key.to_ascii_lowercase())),
                    created_from: pairs.date("startCreationDate"),
                    created_to: pairs.date("endCreationDate"),
                    updated_from: pairs.date("startUpdationDate"),
                    updated_to: pairs.date("endUpdationDate"),
                    login,
                    first_name,
                    last_name,
                    email,
                    owner: None,
                    client: None,
                    invited: false,
                };
                let asked = pairs.page(params.page::<Users>())?;
                let found = tenant.services.user_search(&tenant.caller, &filter, asked.slice()).await?;
                Ok(Page::of(found, asked, |user| UserListed::of(user, tenant.caller.partner)))
            })
        })
        .await
}

/// The user of the path.
fn user_id(tenant: &Tenant) -> Result<UserId, Refusal> {
    tenant.id("userId", "user")
}

/// A user with its picture.
async fn output(tenant: &Tenant, user: User) -> Result<UserOutput, Refusal> {
    let picture = match &user.picture {
        Some(_) => match tenant.services.user_picture(&tenant.caller, user.row.id).await.map_err(Error::from) {
            Ok((_, bytes)) => Some(picture::encode(&bytes)),
            // A picture whose file is lost is no reason not to show the user.
            Err(Error::NotFound) => None,
            Err(error) => return Err(error.into()),
        },
        None => None,
    };
    Ok(UserOutput::of(user, tenant.caller.partner, picture))
}
