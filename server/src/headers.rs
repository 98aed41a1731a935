//! Headers that every answer carries (OWASP ASVS 5, chapter V3).

use std::sync::Arc;

use axum::{
    extract::{Request, State},
    middleware::Next,
    response::Response,
};
use http::{HeaderName, HeaderValue, header};

use crate::config::Config;

/// What a page may load and run: our own files, WebAssembly, and inline scripts with the page's nonce. No inline style, no frame.
pub(crate) fn content_security_policy(nonce: &str) -> String {
    format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval' 'nonce-{nonce}'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; manifest-src 'self'; \
         form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'"
    )
}

/// The same for a page without WebAssembly, whose scripts are all files of ours.
pub(crate) const OWN_FILES: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; \
     base-uri 'none'; frame-ancestors 'none'; object-src 'none'";

/// Without a page there is nothing to load.
const CLOSED: &str = "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action 'none'; object-src 'none'";

/// Browsers use only HTTPS for this host for two years. Subdomains can belong to somebody else, so they are included only if configured.
const HSTS: &str = "max-age=63072000";
const HSTS_WITH_SUBDOMAINS: &str = "max-age=63072000; includeSubDomains";

const ALWAYS: [(HeaderName, &str); 5] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (HeaderName::from_static("permissions-policy"), "geolocation=(), microphone=(), payment=(), usb=()"),
];

/// Adds missing headers. Nothing private is cached unless a response sets its own policy.
pub async fn headers(State(config): State<Arc<Config>>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in ALWAYS {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    headers.entry(header::STRICT_TRANSPORT_SECURITY).or_insert(HeaderValue::from_static(hsts(&config)));
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    headers.entry(header::CONTENT_SECURITY_POLICY).or_insert(HeaderValue::from_static(CLOSED));
    response
}

const fn hsts(config: &Config) -> &'static str {
    if config.hsts_include_subdomains { HSTS_WITH_SUBDOMAINS } else { HSTS }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Options;

    #[test]
    fn subdomains_are_bound_only_where_it_is_configured() {
        for (include, expected) in
            [(None, "max-age=63072000"), (Some(false), "max-age=63072000"), (Some(true), "max-age=63072000; includeSubDomains")]
        {
            let config = Config::load(Options { hsts_include_subdomains: include, ..Options::default() }).unwrap();
            assert_eq!(hsts(&config), expected);
        }
    }
}
