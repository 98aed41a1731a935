//! Host and request id of every request.

use axum::body::Body;
use http::{Request, StatusCode, Version, header::HOST};

use crate::support::on_both_engines;

#[test]
fn a_request_names_its_host_once() {
    on_both_engines(async |app| {
        let nobody = app.nobody();
        let with = |version: Version, hosts: &[&str]| {
            let request = hosts.iter().fold(Request::get("/healthz").version(version), |request, host| request.header(HOST, *host));
            nobody.send(request.body(Body::empty()).unwrap())
        };
        for (version, hosts) in
            [(Version::HTTP_11, &["console.example"][..]), (Version::HTTP_11, &["[::1]:3000"]), (Version::HTTP_10, &[]), (Version::HTTP_2, &[])]
        {
            assert_eq!(with(version, hosts).await.status, StatusCode::OK, "{version:?} {hosts:?}");
        }
        for (version, hosts) in [
            (Version::HTTP_11, &[][..]),
            (Version::HTTP_11, &[""]),
            (Version::HTTP_11, &["console.example", "console.example"]),
            (Version::HTTP_11, &["console.example/path"]),
            (Version::HTTP_11, &["me@console.example"]),
            (Version::HTTP_10, &["console.example", "other.example"]),
            (Version::HTTP_2, &["console.example", "other.example"]),
        ] {
            let answer = with(version, hosts).await;
            assert_eq!((answer.status, answer.text().contains("one Host")), (StatusCode::BAD_REQUEST, true), "{version:?} {hosts:?}");
            assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
        }
    });
}

#[test]
fn a_request_has_a_path_and_a_method_that_a_route_can_have() {
    on_both_engines(async |app| {
        let nobody = app.nobody();
        for (method, target, status) in [
            ("CONNECT", "x:443", StatusCode::BAD_REQUEST),
            ("OPTIONS", "*", StatusCode::BAD_REQUEST),
            ("FOO", "*", StatusCode::BAD_REQUEST),
            ("FOO", "/nowhere", StatusCode::METHOD_NOT_ALLOWED),
            ("OPTIONS", "/", StatusCode::METHOD_NOT_ALLOWED),
            ("TRACE", "/clients", StatusCode::METHOD_NOT_ALLOWED),
            ("TRACE", "/healthz", StatusCode::METHOD_NOT_ALLOWED),
            ("TRACE", "/api/v2/tenants/msp_1/clients/search", StatusCode::METHOD_NOT_ALLOWED),
            ("GET", "/healthz", StatusCode::OK),
            ("GET", "http://console.example", StatusCode::OK),
        ] {
            let request = Request::builder().method(method).uri(target).header(HOST, "console.example");
            let answer = nobody.send(request.body(Body::empty()).unwrap()).await;
            let answered = if answer.status.is_redirection() { StatusCode::OK } else { answer.status };
            assert_eq!(answered, status, "{method} {target}");
        }
    });
}

#[test]
fn a_requests_own_id_is_used_if_it_fits_in_a_log() {
    on_both_engines(async |app| {
        let nobody = app.nobody();
        for id in ["7f3c", "2912ca9f-5c62-451f-82a8-8c08ca9c9447", "Root=1-67891233-abcdef012345678912345678"] {
            assert_eq!(nobody.get_with("/healthz", "x-request-id", id).await.header("x-request-id"), Some(id));
        }
        let long = "a".repeat(129);
        for id in [long.as_str(), "", "two words", "<script>", "a\tb"] {
            let answer = nobody.get_with("/healthz", "x-request-id", id).await;
            let ours = answer.header("x-request-id").unwrap();
            assert!(ours != id && ours.len() == 36, "{id}: {ours}");
        }
    });
}
