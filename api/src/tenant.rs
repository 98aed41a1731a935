//! The tenant of a request's path, and the caller who works within it.
//!
//! A client can also be named by its bare number. A terminated client is never found; a suspended one only by its partner's API clients, because its
//! own are refused earlier.

use axum::extract::{FromRef, FromRequestParts, RawPathParams};
use domain::{Caller, Error, PartnerId, TenantId};
use http::request::Parts;
use services::Services;

use crate::{bearer::Bearer, refusal::Refusal};

/// `{tenantId}` of the path: a partner or a client that the caller sees and that isn't terminated.
pub(crate) struct Tenant {
    /// The use cases.
    pub(crate) services: Services,
    /// Who calls; of a client's path it sees that client alone.
    pub(crate) caller: Caller,
    /// Which tenant.
    pub(crate) id: TenantId,
    /// The other parts of the path by their names.
    path: Vec<(String, String)>,
}

impl<S: Send + Sync> FromRequestParts<S> for Tenant
where
    Services: FromRef<S>,
{
    type Rejection = Refusal;
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refusal> {
        let Bearer(caller) = parts.extensions.get::<Bearer>().cloned().ok_or_else(Refusal::no_token)?;
        let params = RawPathParams::from_request_parts(parts, state).await.map_err(|_| Error::NotFound)?;
        let path: Vec<_> = params.iter().map(|(name, value)| (name.to_owned(), spelled_out(name, value))).collect();
        let written = path.iter().find(|(name, _)| name == "tenantId").map(|(_, value)| value.clone()).unwrap_or_default();
        let unknown = || Refusal::Refused(Error::NotFound, Some(("tenant", written.clone())));
        let id: TenantId = written.parse().map_err(|_| unknown())?;
        let services = Services::from_ref(state);
        let entered = services.tenant_enter(&caller, id).await.map_err(|fault| match Error::from(fault) {
            Error::NotFound => unknown(),
            error => error.into(),
        })?;
        if entered.status.is_terminated() {
            return Err(Refusal::Terminated("Tenant", written));
        }
        Ok(Self { services, caller: entered.caller, id, path })
    }
}

impl Tenant {
    /// The partner of the path; a client has nothing of what hangs below one.
    pub(crate) fn partner(&self) -> Result<PartnerId, Refusal> {
        match self.id {
            TenantId::Partner(partner) => Ok(partner),
            TenantId::Client(client) => Err(Refusal::Refused(Error::NotFound, Some(("partner", client.to_string())))),
        }
    }

    /// An id of the path, of a noun. An invalid one is answered as not found.
    pub(crate) fn id<T: std::str::FromStr>(&self, name: &str, noun: &'static str) -> Result<T, Refusal> {
        let written = self.path.iter().find(|(part, _)| part == name).map(|(_, value)| value.as_str()).unwrap_or_default();
        written.parse().map_err(|_| Refusal::Refused(Error::NotFound, Some((noun, written.to_owned()))))
    }
}

/// Turns a client's bare number into its id.
fn spelled_out(name: &str, value: &str) -> String {
    let is_number = !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit());
    if is_number && matches!(name, "tenantId" | "clientId") { format!("client_{value}") } else { value.to_owned() }
}

/// Anybody with a token, for what concerns no tenant.
pub(crate) struct SignedIn;

impl<S: Send + Sync> FromRequestParts<S> for SignedIn {
    type Rejection = Refusal;
    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Refusal> {
        parts.extensions.get::<Bearer>().map(|_| Self).ok_or_else(Refusal::no_token)
    }
}
