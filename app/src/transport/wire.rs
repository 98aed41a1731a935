//! Requests and responses as data, so that a request can be resent.

use futures::{Stream, stream};
use http::Method;
use leptos::server_fn::{
    Bytes,
    request::{ClientReq, browser::BrowserFormData},
    response::ClientRes,
};

use crate::error::UiError;

/// The header that names the page's user. The server refuses the request if another user has signed in since, in another tab.
pub const USER_HEADER: &str = "x-tenantry-user";

/// The server function whose request may outlive its page, because people leave while it is sent: saving a draft.
#[cfg(any(test, feature = "hydrate"))]
pub(crate) const OUTLIVES_PAGE: &str = "/rpc/client-drafts/save";

/// A request that can be resent.
#[derive(Clone, Debug)]
#[cfg_attr(not(feature = "hydrate"), expect(dead_code, reason = "only a browser sends requests"))]
pub struct PageRequest {
    pub(super) method: Method,
    pub(super) address: String,
    pub(super) content_type: String,
    pub(super) accepts: String,
    pub(super) body: Option<Bytes>,
}

/// A response whose body has been read.
#[derive(Clone, Debug)]
pub struct PageResponse {
    pub(super) status: u16,
    pub(super) location: String,
    pub(super) has_redirect: bool,
    pub(super) body: Bytes,
}

/// For the kinds of body that no server function uses.
const fn unused<T>() -> Result<T, UiError> {
    Err(UiError::Outdated)
}

impl ClientReq<UiError> for PageRequest {
    type FormData = BrowserFormData;

    fn try_new_req_query(path: &str, content_type: &str, accepts: &str, query: &str, method: Method) -> Result<Self, UiError> {
        let [content_type, accepts] = [content_type, accepts].map(str::to_owned);
        Ok(Self { method, address: format!("{path}?{query}"), content_type, accepts, body: None })
    }

    fn try_new_req_text(path: &str, content_type: &str, accepts: &str, body: String, method: Method) -> Result<Self, UiError> {
        Self::try_new_req_bytes(path, content_type, accepts, body.into(), method)
    }

    fn try_new_req_bytes(path: &str, content_type: &str, accepts: &str, body: Bytes, method: Method) -> Result<Self, UiError> {
        let [content_type, accepts] = [content_type, accepts].map(str::to_owned);
        Ok(Self { method, address: path.to_owned(), content_type, accepts, body: Some(body) })
    }

    fn try_new_req_form_data(_: &str, _: &str, _: &str, _: BrowserFormData, _: Method) -> Result<Self, UiError> {
        unused()
    }

    fn try_new_req_multipart(_: &str, _: &str, _: BrowserFormData, _: Method) -> Result<Self, UiError> {
        unused()
    }

    fn try_new_req_streaming(_: &str, _: &str, _: &str, _: impl Stream<Item = Bytes> + Send + 'static, _: Method) -> Result<Self, UiError> {
        unused()
    }
}

impl ClientRes<UiError> for PageResponse {
    async fn try_into_string(self) -> Result<String, UiError> {
        String::from_utf8(self.body.into()).map_err(|_| UiError::Outdated)
    }

    async fn try_into_bytes(self) -> Result<Bytes, UiError> {
        Ok(self.body)
    }

    fn try_into_stream(self) -> Result<impl Stream<Item = Result<Bytes, Bytes>> + Send + Sync + 'static, UiError> {
        Ok(stream::iter([Ok(self.body)]))
    }

    fn status(&self) -> u16 {
        self.status
    }

    fn status_text(&self) -> String {
        String::new()
    }

    fn location(&self) -> String {
        self.location.clone()
    }

    fn has_redirect(&self) -> bool {
        self.has_redirect
    }
}
