//! Login history.

use domain::{LoginFilter, LoginSort};

use super::output::LoginListed;
use crate::{
    answer::Answer,
    listed::Listed,
    openapi::paging::Paging,
    paging::Page,
    params::Params,
    patterns::{MOMENT, TEXT},
    tenant::Tenant,
};

/// What the history can be asked by.
pub(crate) struct Logins;

impl Listed for Logins {
    type Sort = LoginSort;
    const KEYS: &[(&'static str, &'static str)] = &[
        ("id", r"\d{1,18}"),
        ("loginName", TEXT),
        ("startLoginDate", MOMENT),
        ("endLoginDate", MOMENT),
        ("startLogoutDate", MOMENT),
        ("endLogoutDate", MOMENT),
    ];
    const EXAMPLE: &'static str = "loginName:admin";
    const SORTS: &[(&'static str, LoginSort)] = &[("loginTime", LoginSort::LoggedIn), ("id", LoginSort::Number)];
}

/// Searches the login history by time. Needs *Users: View* and *Audit Log: View*.
#[utoipa::path(
    get, path = "/api/v2/tenants/{tenantId}/users/loginHistory/search", operation_id = "search_login_history", tag = "Users",
    params(("tenantId" = String, Path, example = "msp_1"), Paging::<Logins>),
    responses((status = 200, body = Page<LoginListed>)),
)]
pub(crate) async fn search(tenant: Tenant, params: Params) -> Answer<Page<LoginListed>> {
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
