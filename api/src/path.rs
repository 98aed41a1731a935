//! Paths as real clients send them: with a slash at the end, and with doubled ones in the middle (docs/spec/rest-api.md, "Paths").

use axum::extract::Request;
use http::Uri;

/// The request with its path written plainly.
pub(crate) fn tidied(mut request: Request) -> Request {
    let path = request.uri().path();
    if !path.contains("//") && (!path.ends_with('/') || path == "/") {
        return request;
    }
    let tidy = path.split('/').filter(|part| !part.is_empty()).fold(String::new(), |path, part| path + "/" + part);
    let query = request.uri().query().map(|query| format!("?{query}")).unwrap_or_default();
    if let Ok(uri) = format!("{tidy}{query}").parse::<Uri>() {
        *request.uri_mut() = uri;
    }
    request
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slashes_count_once() {
        for (written, meant) in [
            ("/api/v2/tenants/msp_1/roles/?a=b", "/api/v2/tenants/msp_1/roles?a=b"),
            ("/api/v2/tenants/msp_1/credentialSets//minimal", "/api/v2/tenants/msp_1/credentialSets/minimal"),
            ("/api/v2/x?y=//", "/api/v2/x?y=//"),
        ] {
            let request = Request::builder().uri(written).body(axum::body::Body::empty()).unwrap();
            assert_eq!(tidied(request).uri().to_string(), meant);
        }
    }
}
