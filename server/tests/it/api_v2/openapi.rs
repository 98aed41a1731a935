//! The page that shows the OpenAPI document.

use crate::support::{App, on_both_engines};

#[test]
fn the_page_shows_every_operation_and_runs_its_own_scripts_alone() {
    on_both_engines(async |app: &App| {
        let document = app.nobody().get("/api/v2/openapi.json").await.json();
        let page = app.nobody().get("/api/docs").await;
        assert_eq!(page.status, 200);
        let operations = document["paths"].as_object().unwrap().values().flat_map(|methods| methods.as_object().unwrap().values());
        for name in operations.map(|operation| operation["operationId"].as_str().unwrap()) {
            assert!(page.text().contains(&format!(r#"id="{name}""#)), "{name} is missing");
        }
        let policy = page.header("content-security-policy").unwrap();
        assert!(policy.starts_with("default-src 'none'; script-src 'self'; style-src 'self';") && !policy.contains("unsafe"), "{policy}");
        assert!(!page.text().contains(" style=") && !page.text().contains("<style"), "no style that the policy refuses");
        assert_eq!(page.text().matches("<script").count(), 1);
        let dark = app.nobody().get_with("/api/docs", "cookie", "theme=dark").await;
        assert!(dark.text().contains(r#"<html lang="en" data-theme="dark">"#));
    });
}
