//! Device groups.

use serde_json::{Value, json};

use crate::support::{App, keys, on_both_engines};

/// One of client_8's.
const GROUP: &str = "deviceGroups/DGP-3bc09935-6510-4205-bb6f-6d2b9561fc43";

/// A device of client_8, and one of client_9.
const DEVICES: [&str; 2] = ["2912ca9f-5c62-451f-82a8-8c08ca9c9447", "cef92862-2f57-4065-8756-5cb8001d7282"];

fn children(ids: &[&str]) -> Value {
    ids.iter().map(|id| json!({ "id": id, "type": "DEVICE" })).collect()
}

#[test]
fn an_array_makes_and_changes_groups() {
    on_both_engines(async |app: &App| {
        let admin = app.program("Partner Administrator").await;
        let saved = admin
            .post(
                "deviceGroups",
                &json!([{ "name": "Night watch", "description": "After hours" }, { "name": "Racks", "client": { "uniqueId": "client_9" } }]),
            )
            .await
            .done();
        assert_eq!(saved.as_array().unwrap().len(), 2);
        let (ours, racks) = (&saved[0], &saved[1]);
        assert_eq!(keys(ours), ["createdDate", "description", "deviceCount", "entityType", "id", "name", "updatedDate"]);
        assert_eq!((&racks["client"]["uniqueId"], &racks["deviceCount"]), (&json!("client_9"), &json!(0)));
        let changed =
            admin.post("deviceGroups", &json!([{ "id": ours["id"], "name": "Day watch" }, { "id": racks["id"], "description": null }])).await.done();
        assert_eq!((&changed[0]["name"], &changed[0]["description"]), (&json!("Day watch"), &json!("After hours")), "what is not sent stays");
        let path = format!("deviceGroups/{}", ours["id"].as_str().unwrap());
        assert_eq!(admin.get(&path).await.done(), changed[0]);
        assert_eq!(admin.post("deviceGroups", &json!([])).await.done(), json!([]));

        let before = app.database.contents().await;
        let wrong = json!([{ "id": ours["id"], "name": "Renamed" }, { "name": "" }, { "id": "DGP-1" }, { "name": "x", "client": { "uniqueId": "client_99999" } }]);
        assert_eq!(admin.post("deviceGroups", &wrong).await.faults(), ["[1].name", "[2].id", "[3].client"]);
        assert_eq!(admin.post("deviceGroups", &json!([{ "name": "x" }, { "name": 5 }])).await.faults(), ["[1].name"]);
        assert_eq!(admin.post("deviceGroups", &json!({ "name": "x" })).await.status, 400, "an array it must be");
        assert_eq!(app.database.contents().await, before, "all or none");
        admin.delete(&path).await.done();
        assert_eq!(admin.get(&path).await.refusal(), (404, "0003".to_owned()));
    });
}

#[test]
fn devices_are_put_in_and_taken_out() {
    on_both_engines(async |app: &App| {
        let admin = app.program("Partner Administrator").await;
        let made = admin.post("deviceGroups", &json!([{ "name": "Night watch" }])).await.done();
        let path = format!("deviceGroups/{}", made[0]["id"].as_str().unwrap());
        assert_eq!(admin.post(&format!("{path}/childs"), &children(&DEVICES)).await.done()["deviceCount"], 2);
        let found = admin.get(&format!("{path}/childs/search?pageSize=1")).await.done();
        assert_eq!((&found["totalResults"], &found["nextPage"]), (&json!(2), &json!(true)));
        assert_eq!(keys(&found["results"][0]), ["client", "hostName", "id", "ipAddress", "name", "resourceType", "type"]);
        assert_eq!(found["results"][0]["type"], "DEVICE");
        assert_eq!(admin.delete_by(&format!("{path}/childs"), &children(&DEVICES[..1])).await.done()["deviceCount"], 1);
        let left = admin.get(&format!("{path}/childs/search/")).await.done();
        assert_eq!(left["results"][0]["id"], DEVICES[1]);

        let before = app.database.contents().await;
        let mut wrong = children(&[DEVICES[0], "nonsense", DEVICES[1]]);
        wrong[2]["type"] = json!("SERVER");
        assert_eq!(admin.post(&format!("{path}/childs"), &wrong).await.faults(), ["[1].id", "[2].type"]);
        assert_eq!(admin.post(&format!("{GROUP}/childs"), &children(&DEVICES)).await.faults(), ["[1].id"], "a device of another client");
        for id in ["nonsense", "00000000-0000-0000-0000-000000000000"] {
            let answer = admin.delete_by(&format!("{path}/childs"), &children(&[DEVICES[1], id])).await;
            assert_eq!((answer.refusal().0, &answer.json()["message"]), (404, &json!(format!("No device found with id {id}"))));
        }
        assert_eq!(app.database.contents().await, before);
    });
}

#[test]
fn what_is_not_seen_is_not_found_and_what_is_not_allowed_changes_nothing() {
    on_both_engines(async |app: &App| {
        let corp = app.program_of("client_9", "Client Administrator").await;
        let viewer = app.program("Auditor View").await;
        let before = app.database.contents().await;
        let childs = format!("{GROUP}/childs");
        for (program, refusal) in [(&corp, (404, "0003".to_owned())), (&viewer, (403, "0004".to_owned()))] {
            let answers = [
                program.delete(GROUP).await,
                program.post(&childs, &children(&DEVICES[1..])).await,
                program.delete_by(&childs, &children(&DEVICES)).await,
            ];
            for answer in answers {
                assert_eq!(answer.refusal(), refusal);
            }
        }
        for path in [GROUP, &format!("{GROUP}/childs/search"), "deviceGroups/nonsense", "deviceGroups/DGP-00000000-0000-0000-0000-000000000000"] {
            assert_eq!(corp.get(path).await.refusal(), (404, "0003".to_owned()), "{path}");
        }
        assert_eq!(viewer.post("deviceGroups", &json!([{ "name": "Mine" }])).await.refusal(), (403, "0004".to_owned()));
        assert_eq!(app.database.contents().await, before);
    });
}

#[test]
fn groups_are_searched_and_listed_in_short() {
    on_both_engines(async |app: &App| {
        let lab = app.program_of("client_8", "Client Administrator").await;
        let minimal = lab.get("deviceGroups/minimal").await.done();
        assert_eq!(keys(&minimal[0]), ["id", "name"]);
        let found = lab.get("deviceGroups/search?queryString=name:hyd").await.done();
        assert_eq!((&found["totalResults"], &found["results"][0]["name"]), (&json!(1), &json!("HYD-WINDOWS")));
        assert_eq!(found["results"][0]["createdDate"], "2016-07-24T07:27:44+0000");
        let all = lab.get("deviceGroups/search?pageSize=1&pageNo=1&pageNo=2").await.done();
        assert_eq!((&all["pageNo"], &all["previousPageNo"], &all["totalResults"]), (&json!(2), &json!(1), &json!(minimal.as_array().unwrap().len())));
        assert_eq!(lab.get("deviceGroups/search?queryString=colour:red").await.query_faults(), ["queryString"]);
    });
}

#[test]
fn a_group_with_a_query_holds_the_devices_that_fit_it_now() {
    on_both_engines(async |app: &App| {
        let admin = app.program("Partner Administrator").await;
        let here = admin.within("client_8");
        let device = async |host: &str, client: &str| {
            let made =
                admin.post("resources", &json!({ "hostName": host, "resourceType": "Sundial", "client": { "uniqueId": client } })).await.done();
            format!("resources/{}", made["resourceUUID"].as_str().unwrap())
        };
        let (first, other) = (device("DIAL-1", "client_8").await, device("DIAL-2", "client_9").await);
        let query = r#"resourceType = "sundial" AND (state = active OR make CONTAINS "50%")"#;
        let group = json!([{ "name": "Sundials", "entityType": "DEVICE_GROUP", "parent": { "id": "DGP-3bc09935-6510-4205-bb6f-6d2b9561fc43" },
            "filterCriteria": { "id": 7, "searchQuery": query } }]);
        let made = here.post("deviceGroups", &group).await.done();
        for key in ["entityType", "parent", "filterCriteria"] {
            assert_eq!(made[0][key], group[0][key], "{key}");
        }
        let path = format!("deviceGroups/{}", made[0]["id"].as_str().unwrap());
        let hosts = async |path: &str| {
            let page = admin.get(&format!("{path}/childs/search")).await.done();
            page["results"].as_array().unwrap().iter().map(|row| row["hostName"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(hosts(&path).await, ["DIAL-1"], "of its client alone");
        let role = json!({ "name": "Sundials", "scope": "MSP", "clients": [{ "uniqueId": "client_8" }], "permissions": [{ "id": 12 }],
            "deviceGroups": [{ "id": made[0]["id"] }] });
        admin.post("roles", &role).await.done();
        let keeper = app.program("Sundials").await;
        let seen = async || keeper.get("resources/search").await.done()["totalResults"].clone();
        assert_eq!(seen().await, 1);

        device("DIAL-3", "client_8").await;
        assert_eq!((hosts(&path).await, seen().await), (vec!["DIAL-1".to_owned(), "DIAL-3".to_owned()], json!(2)), "one that comes");
        admin.post(&first, &json!({ "state": "inactive" })).await.done();
        assert_eq!((hosts(&path).await, seen().await), (vec!["DIAL-3".to_owned()], json!(1)), "one that no longer fits");
        assert_eq!(keeper.get(&first).await.refusal().0, 404);
        admin.post(&first, &json!({ "make": "50% off" })).await.done();
        assert_eq!(hosts(&path).await.len(), 2);

        let all = admin
            .post("deviceGroups", &json!([{ "name": "All sundials", "filterCriteria": { "searchQuery": "hostName STARTS WITH dial-" } }]))
            .await
            .done();
        assert_eq!(
            hosts(&format!("deviceGroups/{}", all[0]["id"].as_str().unwrap())).await,
            ["DIAL-1", "DIAL-2", "DIAL-3"],
            "a partner's own is of all clients"
        );
        admin.delete(&other).await.done();

        let id = &made[0]["id"];
        let changed = here
            .post("deviceGroups", &json!([{ "id": id, "filterCriteria": { "searchQuery": "hostName != DIAL-1 AND resourceType = sundial" } }]))
            .await;
        assert_eq!((changed.status.as_u16(), hosts(&path).await), (200, vec!["DIAL-3".to_owned()]));
        let before = app.database.contents().await;
        for wrong in ["state", "colour = red", "state = \"active", "(state = active"] {
            let answer = here.post("deviceGroups", &json!([{ "id": id, "filterCriteria": { "searchQuery": wrong } }])).await;
            assert_eq!(answer.faults(), ["[0].filterCriteria.searchQuery"], "{wrong}");
        }
        assert_eq!(here.post("deviceGroups", &json!([{ "name": "x", "entityType": "SITE" }])).await.faults(), ["[0].entityType"]);
        assert_eq!(here.post(&format!("{path}/childs"), &children(&DEVICES[..1])).await.refusal().0, 409, "by its query alone");
        assert_eq!(
            keeper
                .within("client_8")
                .post("deviceGroups", &json!([{ "id": id, "filterCriteria": { "searchQuery": "hostName != x" } }]))
                .await
                .faults(),
            ["[0].filterCriteria.searchQuery"],
            "not more than one sees"
        );
        assert_eq!(app.database.contents().await, before);
        here.post("deviceGroups", &json!([{ "id": id, "filterCriteria": null }])).await.done();
        assert_eq!(admin.get(&path).await.done().get("filterCriteria"), None);
    });
}
