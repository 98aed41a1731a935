//! Limits on the size of a request.

use domain::MAX_ITEMS;
use serde_json::{Value, json};

use crate::support::on_both_engines;

#[test]
fn a_list_that_is_too_long_is_refused_by_its_field() {
    on_both_engines(async |app| {
        let program = app.program("Partner Administrator").await;
        let before = app.database.contents().await;
        let items = |item: Value| Value::Array(vec![item; MAX_ITEMS + 1]);
        let group = "userGroups/USRGRP-5dd6cb59-b4cf-083a-29f6-7f6fc2688fd3/users";
        for answer in
            [program.post(group, &items(json!({ "id": "USR0000000011" }))).await, program.delete_by(group, &items(json!({ "id": "x" }))).await]
        {
            assert_eq!(answer.faults(), [""]);
            assert!(answer.text().contains("at most 10000"), "{answer:?}");
        }
        let role = json!({ "name": "Long", "scope": "MSP", "users": items(json!({ "id": "USR0000000011" })), "clients": items(json!({ "uniqueId": "client_8" })) });
        let mut faults = program.post("roles", &role).await.faults();
        faults.sort_unstable();
        assert_eq!(faults, ["clients", "users"]);
        let client =
            json!({ "clientDetails": { "services": [{ "id": 1, "technologies": items(json!({ "id": "1" })) }] }, "packages": items(json!("x")) });
        let mut faults = program.post("clients/client_8", &client).await.faults();
        faults.sort_unstable();
        assert_eq!(faults, ["clientDetails.services[0].technologies", "packages"]);
        assert_eq!(app.database.contents().await, before);
    });
}

#[test]
fn a_body_may_have_as_much_as_is_said_and_no_more() {
    on_both_engines(async |app| {
        let program = app.program("Partner Administrator").await;
        let padded = |bytes: usize| json!({ "address": "x".repeat(bytes) });
        assert_eq!(program.post("clients/client_8", &padded(5 * 1024 * 1024)).await.faults(), ["address"], "it is read");
        assert_eq!(program.post("clients/client_8", &padded(32 * 1024 * 1024)).await.refusal(), (413, "0009".to_owned()));
        let form = format!("grant_type=client_credentials&client_id={}", "x".repeat(20_000));
        let answer = app.nobody().token_by(&form).await;
        assert_eq!((answer.status.as_u16(), &answer.json()["error"]), (413, &json!("invalid_request")));
    });
}
