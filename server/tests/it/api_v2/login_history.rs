//! Login history.

use serde_json::{Value, json};
use services::DEMO_PASSWORD;

use crate::support::{keys, on_both_engines};

const LOGIN: &str = "technician@leoart.example";

#[test]
fn attempts_to_sign_in_are_searched_by_time() {
    on_both_engines(async |app| {
        let program = app.program("Partner Administrator").await;
        app.nobody().sign_in(LOGIN, "Wrong#2026").await;
        app.clock.advance_seconds(60);
        let cookie = app.nobody().sign_in(LOGIN, DEMO_PASSWORD).await.session_cookie().unwrap();
        app.clock.advance_seconds(60);
        app.nobody().with_cookie(cookie).post_form("/rpc/sessions/delete", "/clients", &json!({})).await;
        app.clock.advance_seconds(60);
        app.nobody().sign_in("client8.admin@leoart.example", DEMO_PASSWORD).await;

        let search = async |query: &str| program.get(&format!("users/loginHistory/search{query}")).await.done();
        let statuses =
            |page: &Value| page["results"].as_array().unwrap().iter().map(|item| item["status"].as_str().unwrap().to_owned()).collect::<Vec<_>>();
        let page = search("?isDescendingOrder=true&pageSize=3").await;
        assert_eq!((statuses(&page), &page["orderBy"]), (vec!["SUCCESS".into(), "SUCCESS".into(), "FAILED".into()], &json!("loginTime")));
        let [open, closed, failed] = [0, 1, 2].map(|at| page["results"][at].clone());
        let all = ["client", "id", "loginTime", "loginType", "logoutTime", "sessionId", "sourceIp", "status", "user"];
        assert_eq!(keys(&closed), all);
        assert_eq!(keys(&open), all.into_iter().filter(|key| *key != "logoutTime").collect::<Vec<_>>());
        assert_eq!(keys(&failed), all.into_iter().filter(|key| !["logoutTime", "sessionId"].contains(key)).collect::<Vec<_>>());
        assert_eq!(closed["user"], json!({ "loginName": LOGIN, "firstName": "Theo", "lastName": "Nixon", "email": LOGIN }));
        assert_eq!(closed["client"]["uniqueId"], "msp_1");
        assert_eq!(open["client"], json!({ "uniqueId": "client_8", "name": "LeoArt Lab" }));
        assert_eq!((&closed["loginTime"], &closed["logoutTime"]), (&json!("2026-11-02T09:01:00+0000"), &json!("2026-11-02T09:02:00+0000")));
        assert_eq!((&closed["sourceIp"], &closed["loginType"]), (&json!("203.0.113.20"), &json!("PASSWORD")));

        assert_eq!(statuses(&search("?queryString=loginName:technician").await), ["FAILED", "SUCCESS"]);
        assert_eq!(search(&format!("?queryString=id:{}", closed["id"])).await["results"], json!([closed]));
        assert_eq!(statuses(&search("?queryString=startLoginDate:2026-11-02T09:01:00%2B0000+endLogoutDate:2026-11-03").await), ["SUCCESS"]);
        for query in ["uniqueId:1", "id:one", "startLogoutDate:soon"] {
            assert_eq!(program.get(&format!("users/loginHistory/search?queryString={query}")).await.query_faults(), ["queryString"], "{query}");
        }

        let at_client = program.within("client_8").get("users/loginHistory/search").await.done();
        assert!(at_client["results"].as_array().unwrap().iter().all(|item| item["client"]["uniqueId"] == "client_8"), "{at_client}");
        assert_eq!(app.program("Technician").await.get("users/loginHistory/search").await.refusal(), (403, "0004".to_owned()));
        let foreign = app.program_of("msp_2", "Partner Administrator").await;
        assert_eq!(foreign.get("users/loginHistory/search").await.done()["results"], json!([]));
    });
}
