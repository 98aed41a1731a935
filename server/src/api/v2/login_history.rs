//! Login history.

use domain::{LoginFilter, LoginRecord, PartnerId};
use serde::Serialize;
use utoipa::ToSchema;

use super::{client_wire::ShortUser, user_wire::org_id};
use crate::api::{
    answer::{Answer, FaultOfOne, FieldFault, Page, TokenFault},
    date::Date,
    paging::{Listed, MOMENT, Paging, TEXT},
    params::Params,
    tenant::Tenant,
};

/// What the history can be asked by.
pub(super) struct Logins;

impl Listed for Logins {
    const KEYS: &[(&'static str, &'static str)] = &[
        ("id", r"\d{1,18}"),
        ("loginName", TEXT),
        ("startLoginDate", MOMENT),
        ("endLoginDate", MOMENT),
        ("startLogoutDate", MOMENT),
        ("endLogoutDate", MOMENT),
    ];
    const EXAMPLE: &'static str = "loginName:admin";
    const SORTS: &[&'static str] = &["loginTime", "id"];
}

/// An attempt to sign in.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct LoginListed {
    /// Its number.
    id: i64,
    /// Whose account it was.
    user: ShortUser,
    /// The partner or client that the user belongs to.
    client: Organization,
    /// From which address.
    #[schema(example = "203.0.113.20")]
    source_ip: String,
    /// Tells the session from others, and is of no other use; left out where none began.
    #[serde(skip_serializing_if = "String::is_empty")]
    session_id: String,
    /// `SUCCESS`, `FAILED` for a wrong password, `REFUSED` for an account that is not active or may not come from there.
    #[schema(example = "SUCCESS")]
    status: &'static str,
    /// How: `PASSWORD`.
    #[schema(example = "PASSWORD")]
    login_type: &'static str,
    /// When.
    #[schema(value_type = String, example = "2016-07-23T16:18:42+0000")]
    login_time: Date,
    /// When the session ended; left out while it goes on, and where none began.
    #[schema(value_type = Option<String>, example = "2016-07-23T17:18:42+0000")]
    #[serde(skip_serializing_if = "Option::is_none")]
    logout_time: Option<Date>,
}

/// A partner or a client.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct Organization {
    /// Identifier.
    #[schema(example = "msp_1")]
    unique_id: String,
    /// Name.
    name: String,
}

impl LoginListed {
    fn of(record: LoginRecord, partner: PartnerId) -> Self {
        Self {
            id: record.id,
            user: ShortUser::of(record.user),
            client: Organization { unique_id: org_id(record.client, partner), name: record.organization },
            source_ip: record.ip,
            session_id: record.session,
            status: record.status.key(),
            login_type: record.kind.key(),
            login_time: record.logged_in.into(),
            logout_time: record.logged_out.map(Date),
        }
    }
}

/// Searches the login history by time. Needs *Users: View* and *Audit Log: View*.
#[utoipa::path(get, path = "/api/v2/tenants/{tenantId}/users/loginHistory/search", operation_id = "search_login_history", tag = "Users",
    params(("tenantId" = String, Path, example = "msp_1"), Paging::<Logins>),
    responses((status = 200, body = Page<LoginListed>), (status = 422, body = Vec<FieldFault>), (status = 401, body = TokenFault), (status = 403, body = FaultOfOne), (status = 404, body = FaultOfOne)))]
pub(super) async fn search(tenant: Tenant, params: Params) -> Answer<Page<LoginListed>> {
    params
        .find::<Logins, _>(&tenant, |tenant, params, mut pairs| {
            Box::pin(async move {
                let filter = LoginFilter {
                    id: pairs.value("id", "a record's number", |id| id.parse().ok()),
                    login: pairs.text("loginName").map(str::to_owned),
                    logged_in_from: pairs.date("startLoginDate"),
                    logged_in_to: pairs.date("endLoginDate"),
                    logged_out_from: pairs.date("startLogoutDate"),
                    logged_out_to: pairs.date("endLogoutDate"),
                };
                let asked = pairs.page(params.page::<Logins>())?;
                let found = tenant.services.login_history_search(&tenant.caller, &filter, asked.slice()).await?;
                Ok(Page::of(found, asked, |record| LoginListed::of(record, tenant.caller.partner)))
            })
        })
        .await
}
