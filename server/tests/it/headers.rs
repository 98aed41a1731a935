//! What every answer says to the browser about how far to trust it.

use http::{Method, StatusCode};
use serde_json::json;
use server::assets::Assets;

use crate::support::{Actor, Answer, on_both_engines};

const PAGES: [&str; 12] = [
    "/clients",
    "/clients?q=leoart&status=all",
    "/clients/client_8",
    "/clients/client_8/edit",
    "/clients/client_999999",
    "/clients/new",
    "/account",
    "/settings",
    "/catalogues/services",
    "/catalogues/packages",
    "/setup/nonsense",
    "/nowhere",
];

/// All pages that somebody sees, those of a draft included.
async fn pages(admin: &Actor<'_>, nobody: &Actor<'_>) -> Vec<(String, Answer)> {
    let mut pages = vec![("/login".to_owned(), nobody.get("/login").await)];
    let draft = admin.post_form("/rpc/client-drafts/create", "/clients/new", &json!({})).await;
    let (draft, _) = draft.location().rsplit_once('/').unwrap();
    let steps = domain::Step::ALL.iter().map(|step| format!("{draft}/{}", step.key()));
    for path in PAGES.iter().map(ToString::to_string).chain(steps) {
        let page = admin.get(&path).await;
        pages.push((path, page));
    }
    pages
}

/// The opening tags of a page.
fn tags(html: &str) -> impl Iterator<Item = &str> {
    html.split('<').skip(1).filter_map(|tag| tag.split('>').next()).filter(|tag| tag.starts_with(|first: char| first.is_ascii_lowercase()))
}

#[test]
fn a_page_runs_its_own_scripts_and_no_others() {
    on_both_engines(async |app| {
        for (path, page) in pages(&app.partner_admin().await, &app.nobody()).await {
            let policy = page.header("content-security-policy").unwrap();
            let nonce = policy.split("'nonce-").nth(1).and_then(|rest| rest.split('\'').next()).unwrap_or_else(|| panic!("{path}: {policy}"));
            assert!(nonce.len() >= 16 && !policy.contains("unsafe-inline") && policy.starts_with("default-src 'none'"), "{path}: {policy}");
            let mine = format!("nonce=\"{nonce}\"");
            for tag in tags(page.text()).filter(|tag| tag.starts_with("script")) {
                assert!(tag.contains(&mine), "{path} has a script that the policy refuses: <{tag}>");
            }
            for tag in tags(page.text()) {
                let attribute = |name: &str| tag.contains(&format!(" {name}=\""));
                let forbidden = ["style", "onclick", "onload", "onsubmit", "onchange", "oninput"].into_iter().find(|name| attribute(name));
                assert_eq!(forbidden, None, "{path} has what the policy refuses: <{tag}>");
            }
            assert!(!tags(page.text()).any(|tag| tag.starts_with("style")), "{path} has a style sheet inside");
        }
    });
}

#[test]
fn a_nonce_is_used_once() {
    on_both_engines(async |app| {
        let [first, second] = [app.nobody().get("/login").await, app.nobody().get("/login").await];
        assert_ne!(first.header("content-security-policy"), second.header("content-security-policy"));
    });
}

#[test]
fn every_answer_is_guarded_and_nothing_private_is_kept() {
    on_both_engines(async |app| {
        let (admin, nobody) = (app.partner_admin().await, app.nobody());
        let mut answers = pages(&admin, &nobody).await;
        for path in
            ["/healthz", "/readyz", "/api/docs", "/assets/missing.js", "/assets/..%2F..%2FCargo.toml", "/clients", "/images/nonsense", "/rpc/nowhere"]
        {
            answers.push((path.to_owned(), nobody.get(path).await));
        }
        let cross_site = admin.request(Method::POST, "/rpc/sessions/delete").header("sec-fetch-site", "cross-site");
        answers.push(("a refused post".to_owned(), admin.send(cross_site.body("".into()).unwrap()).await));
        answers.push(("a server function".to_owned(), admin.rpc("clients/get", json!({ "id": "client_8" })).await));
        for (what, answer) in answers {
            for (name, value) in [
                ("x-content-type-options", "nosniff"),
                ("referrer-policy", "same-origin"),
                ("cross-origin-opener-policy", "same-origin"),
                ("cross-origin-resource-policy", "same-origin"),
                ("cache-control", "no-store"),
                ("strict-transport-security", "max-age=63072000"),
            ] {
                assert_eq!(answer.header(name), Some(value), "{what}");
            }
            let policy = answer.header("content-security-policy").unwrap_or_default();
            for closed in ["default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "object-src 'none'"] {
                assert!(policy.contains(closed), "{what}: {policy}");
            }
            assert!(answer.header("x-request-id").is_some(), "{what}");
            assert_eq!(answer.header("access-control-allow-origin"), None, "{what}");
        }
    });
}

#[test]
fn the_pages_files_are_compressed_beforehand_and_kept_for_ever() {
    let Some(assets) = Assets::get() else {
        println!("the page isn’t built, so there is no file to ask for");
        return;
    };
    on_both_engines(async |app| {
        for name in [&assets.boot, &assets.js, &assets.wasm, &assets.css, &assets.api_docs_css, &assets.api_docs_js] {
            let path = app::paths::asset(name);
            let plain = app.nobody().get(&path).await;
            assert_eq!((plain.status, plain.header("content-encoding")), (StatusCode::OK, None), "{path}");
            for coding in ["br", "gzip"] {
                let packed = app.nobody().get_with(&path, "accept-encoding", coding).await;
                assert_eq!((packed.status, packed.header("content-encoding")), (StatusCode::OK, Some(coding)), "{path}");
                assert!(packed.body.len() < plain.body.len(), "{path}");
                assert_eq!(packed.header("cache-control"), Some("public, max-age=31536000, immutable"), "{path}");
                assert_eq!(packed.header("content-type"), plain.header("content-type"), "{path}");
            }
        }
        let icon = app.nobody().get(&app::paths::favicon()).await;
        assert_eq!((icon.status, icon.header("content-type")), (StatusCode::OK, Some("image/svg+xml; charset=utf-8")));
        assert_eq!(icon.header("cache-control"), Some("public, max-age=86400"));
    });
}
