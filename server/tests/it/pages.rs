//! Pages as the server sends them: complete before any script runs.

use http::StatusCode;

use crate::support::on_both_engines;

/// The numbers of the clients that a list's rows lead to, in order.
fn rows(html: &str) -> Vec<&str> {
    html.split("<th scope=\"row\"").skip(1).filter_map(|row| row.split("href=\"/clients/").nth(1)?.split('"').next()).collect()
}

/// The addresses that a page's links lead to.
fn links(html: &str) -> Vec<String> {
    html.split("<a ").skip(1).filter_map(|link| Some(link.split("href=\"").nth(1)?.split('"').next()?.replace("&amp;", "&"))).collect()
}

#[test]
fn the_list_can_be_searched_sorted_and_turned_over_without_scripts() {
    on_both_engines(async |app| {
        let admin = app.partner_admin().await;
        let list = admin.get("/clients").await;
        assert_eq!(list.status, StatusCode::OK);
        assert_eq!(rows(list.text()).len(), 25);
        assert!(list.text().contains(r#"<form method="get" action="/clients""#), "{}", list.text());

        let found = admin.get("/clients?q=leoart").await;
        assert!(rows(found.text()).contains(&"client_8") && rows(found.text()).contains(&"client_9"), "{found:?}");
        assert!(found.text().contains("LeoArt Lab"));
        assert!(rows(found.text()).len() < 25);
        let exact = admin.get("/clients?q=client_9").await;
        assert_eq!(rows(exact.text()).first(), Some(&"client_9"), "{exact:?}");

        let links = links(list.text());
        for sort in ["dir=desc", "sort=id", "sort=country", "sort=time-zone", "sort=external-id", "sort=created", "sort=updated"] {
            let link = links.iter().find(|link| link.ends_with(sort)).unwrap_or_else(|| panic!("no link for {sort}: {links:?}"));
            assert_eq!(rows(admin.get(link).await.text()).len(), 25, "{link}");
        }
        let next = links.iter().find(|link| link.contains("after=")).expect("a second page");
        let second = admin.get(next).await;
        assert_eq!(rows(second.text()).len(), 25);
        assert!(rows(second.text()).iter().all(|row| !rows(list.text()).contains(row)), "other rows");
        let fifty = links.iter().find(|link| link.ends_with("size=50")).expect("a longer page");
        assert_eq!(rows(admin.get(fifty).await.text()).len(), 50);
    });
}

#[test]
fn details_are_there_to_read() {
    on_both_engines(async |app| {
        let page = app.viewer().await.get("/clients/client_8/settings").await;
        assert_eq!(page.status, StatusCode::OK);
        for part in ["LeoArt Lab", "client_8", "Active", "Client Details", "Product Package", "Network Architecture"] {
            assert!(page.text().contains(part), "{part} is missing: {}", page.text());
        }
    });
}

#[test]
fn what_leads_nowhere_is_not_found() {
    on_both_engines(async |app| {
        let admin = app.partner_admin().await;
        for path in [
            "/nowhere",
            "/clients/client_999999",
            "/clients/nonsense",
            "/clients/client_999999/edit",
            "/clients/client_8/nonsense",
            "/catalogues/shoes",
            "/clients/new/nonsense/client-details",
        ] {
            let page = admin.get(path).await;
            assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}");
            assert!(page.text().contains("<html"), "{path} is a page all the same");
        }
    });
}

#[test]
fn a_foreign_client_has_no_page() {
    on_both_engines(async |app| {
        for actor in [app.foreign_admin().await, app.client_admin().await] {
            for path in ["/clients/client_9", "/clients/client_9/edit"] {
                let page = actor.get(path).await;
                assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}");
                assert!(!page.text().contains("LeoArt Corp"), "{path}");
            }
        }
    });
}

#[test]
fn what_one_may_not_do_is_not_offered() {
    on_both_engines(async |app| {
        let offered = |html: &str| {
            let links = links(html);
            ["/clients/new", "/clients/client_9/edit"].map(|path| links.iter().any(|link| link == path))
        };
        for (actor, path, expected) in [
            (app.partner_admin().await, "/clients?q=client_9", [true, true]),
            (app.viewer().await, "/clients?q=client_9", [false, false]),
            (app.partner_admin().await, "/clients/client_9", [false, true]),
            (app.viewer().await, "/clients/client_9", [false, false]),
        ] {
            assert_eq!(offered(actor.get(path).await.text()), expected, "{path}");
        }
        let list = app.client_admin().await.get("/clients").await;
        assert_eq!(rows(list.text()), ["client_8"]);
        assert_eq!(offered(list.text()), [false, false]);
    });
}

#[test]
fn whoever_is_not_signed_in_gets_to_the_page_after_signing_in() {
    on_both_engines(async |app| {
        let answer = app.nobody().get("/clients/client_8?from=mail").await;
        assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, "/login?next=/clients/client_8%3Ffrom%3Dmail"));
        assert_eq!(app.nobody().get("/login?next=/clients/client_8").await.status, StatusCode::OK);
    });
}

#[test]
fn a_name_is_text_wherever_it_stands() {
    on_both_engines(async |app| {
        let admin = app.partner_admin().await;
        let page = admin.get("/clients?q=%3C%2Fscript%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E").await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(!page.text().contains("<script>alert(1)"), "{}", page.text());
    });
}

#[test]
fn a_page_behind_the_last_one_does_not_say_that_nothing_matches() {
    on_both_engines(async |app| {
        let admin = app.partner_admin().await;
        for path in ["/clients?q=LeoArt&page=9&after=zzz~999", "/clients?q=LeoArt&after=zzz~999"] {
            let page = admin.get(path).await;
            assert!(page.text().contains("Nothing on this page") && !page.text().contains("No client found"), "{page:?}");
            assert!(links(page.text()).contains(&"/clients?q=LeoArt".to_owned()), "a way to the first page: {page:?}");
        }
    });
}
