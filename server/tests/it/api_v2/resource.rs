//! Resources.

use serde_json::{Value, json};

use crate::support::{App, keys, on_both_engines};

const RESOURCE: &str = "resources/2912ca9f-5c62-451f-82a8-8c08ca9c9447";

const KEYS: [&str; 22] = [
    "agentInstalled",
    "aliasName",
    "client",
    "createdDate",
    "deviceGroups",
    "deviceType",
    "dnsName",
    "generalInfo",
    "hostName",
    "id",
    "ipAddress",
    "make",
    "model",
    "name",
    "osName",
    "resourceName",
    "resourceType",
    "serialNumber",
    "state",
    "tags",
    "type",
    "updatedDate",
];

#[test]
fn a_resource_is_made_read_changed_and_deleted() {
    on_both_engines(async |app: &App| {
        let admin = app.program("Partner Administrator").await;
        let here = admin.within("client_8");
        let input = json!({ "hostName": "LAB-SRV-1", "ipAddress": "10.8.0.1", "resourceType": "Linux", "tags": ["rack 1"], "osName": "Debian", "type": "DEVICE" });
        let answer = here.post("resources", &input).await;
        assert_eq!(answer.status, 201);
        let made = answer.done();
        assert_eq!(keys(&made), ["resourceUUID", "tenantID"]);
        assert_eq!(made["tenantID"], "client_8");
        let path = format!("resources/{}", made["resourceUUID"].as_str().unwrap());
        let before = here.get(&path).await.done();
        assert_eq!(keys(&before), KEYS);
        assert_eq!((&before["state"], &before["client"]), (&json!("active"), &json!({ "uniqueId": "client_8", "name": "LeoArt Lab" })));
        assert!(before["createdDate"].as_str().unwrap().ends_with("+0000"));

        let after = here.post(&path, &json!({ "osName": null, "state": "Decommissioned", "tags": null })).await.done();
        let mut expected = before.clone();
        for (key, value) in [("osName", json!("")), ("state", json!("Decommissioned")), ("tags", json!([]))] {
            expected[key] = value;
        }
        assert_eq!(after, expected, "what is not sent stays");
        assert_eq!(admin.post(&path, &after).await.done(), after, "what was read can be sent back");
        assert_eq!(admin.post(&path, &json!({ "client": { "uniqueId": "client_9" } })).await.faults(), ["client"]);
        here.delete(&path).await.done();
        assert_eq!(here.get(&path).await.refusal(), (404, "0003".to_owned()));
    });
}

#[test]
fn a_partner_names_the_client() {
    on_both_engines(async |app: &App| {
        let admin = app.program("Partner Administrator").await;
        let at = |client: &str| json!({ "hostName": "X", "client": { "uniqueId": client } });
        assert_eq!(admin.post("resources", &at("client_9")).await.done()["tenantID"], "client_9");
        for (input, faults) in [(json!({ "hostName": "X" }), ["client"]), (at("client_99999"), ["client"]), (at("nonsense"), ["client"])] {
            assert_eq!(admin.post("resources", &input).await.faults(), faults, "{input}");
        }
        assert_eq!(admin.within("client_8").post("resources", &at("client_9")).await.faults(), ["client"], "of another path");
    });
}

#[test]
fn every_wrong_field_is_told_as_the_request_spells_it() {
    on_both_engines(async |app: &App| {
        let admin = app.program_of("client_8", "Client Administrator").await;
        let before = app.database.contents().await;
        let long = "x".repeat(300);
        let wrong = json!({ "ipAddress": "10.1", "state": "asleep", "type": long, "osName": long });
        let mut faults = admin.post(RESOURCE, &wrong).await.faults();
        faults.sort();
        assert_eq!(faults, ["ipAddress", "osName", "state", "type"]);
        assert_eq!(admin.post("resources", &json!({})).await.faults(), ["name"]);
        assert_eq!(admin.post(RESOURCE, &json!({ "tags": "one" })).await.faults(), ["tags"]);
        assert_eq!(app.database.contents().await, before);
    });
}

#[test]
fn what_is_not_seen_is_not_found_and_what_is_not_allowed_changes_nothing() {
    on_both_engines(async |app: &App| {
        let admin = app.program("Partner Administrator").await;
        let lab = app.program_of("client_8", "Client Administrator").await;
        let viewer = app.program("Auditor View").await;
        let before = app.database.contents().await;
        let of_corp = "resources/cef92862-2f57-4065-8756-5cb8001d7282";
        for (program, path) in [(&lab, of_corp), (&admin.within("client_8"), of_corp), (&admin, "resources/nonsense"), (&admin, "resources/1")] {
            let answers = [program.get(path).await, program.post(path, &json!({ "name": "Mine" })).await, program.delete(path).await];
            for answer in answers {
                assert_eq!(answer.refusal(), (404, "0003".to_owned()), "{path}");
            }
        }
        assert_eq!(admin.get("resources/nonsense").await.json()["message"], "No Resource found with id nonsense");
        assert_eq!(viewer.get(RESOURCE).await.status, 200);
        for answer in [viewer.post(RESOURCE, &json!({ "name": "Mine" })).await, viewer.delete(RESOURCE).await] {
            assert_eq!(answer.refusal(), (403, "0004".to_owned()));
        }
        assert_eq!(app.database.contents().await, before);
    });
}

#[test]
fn resources_are_searched_and_listed_in_short() {
    on_both_engines(async |app: &App| {
        let admin = app.program("Partner Administrator").await;
        let names =
            |found: &Value| found["results"].as_array().unwrap().iter().map(|row| row["hostName"].as_str().unwrap().to_owned()).collect::<Vec<_>>();
        let found = admin.get("resources/search?queryString=hostName:HYDLPT+clientUniqueId:client_9&pageSize=1").await.done();
        assert_eq!((&found["totalResults"], &found["nextPage"], &found["nextPageNo"]), (&json!(2), &json!(true), &json!(2)));
        assert_eq!(keys(&found["results"][0]), KEYS);
        assert_eq!(names(&admin.get("resources/search?queryString=ipAddress:172.28.2.233").await.done()), ["HYDLPT159"]);
        assert_eq!(names(&admin.get("resources/search?queryString=resourceType:nothing").await.done()), Vec::<String>::new());
        assert_eq!(admin.get("resources/search?queryString=colour:red%2Bstate:asleep").await.query_faults(), ["queryString", "queryString"]);

        let lab = app.program_of("client_8", "Client Administrator").await;
        let minimal = lab.get("resources/minimal").await.done();
        let minimal = minimal.as_array().unwrap();
        assert_eq!(keys(&minimal[0]), ["client", "hostName", "id", "ipAddress", "name", "resourceType", "state"]);
        assert!(minimal.iter().all(|row| row["client"]["uniqueId"] == "client_8"));
        assert_eq!(json!(minimal.len()), lab.get("resources/search").await.done()["totalResults"]);
    });
}

#[test]
fn tags_have_values_and_fields_stand_under_another_name_too() {
    on_both_engines(async |app: &App| {
        let here = app.program("Partner Administrator").await.within("client_8");
        let sent = json!({ "generalInfo": { "hostName": "APP-1", "resourceType": "Linux" }, "agentInstalled": true,
            "tags": ["rack 1", { "name": "env", "value": "prod" }, { "name": "critical" }] });
        let id = here.post("resources", &sent).await.done()["resourceUUID"].as_str().unwrap().to_owned();
        let made = here.get(&format!("resources/{id}")).await.done();
        let tag = |name: &str, value: &str| json!({ "name": name, "value": value });
        assert_eq!(made["tags"], json!([tag("rack 1", ""), tag("env", "prod"), tag("critical", "")]));
        let general = json!({ "hostName": "APP-1", "resourceName": "", "resourceType": "Linux", "aliasName": "", "ipAddress": "" });
        assert_eq!((&made["generalInfo"], &made["hostName"], &made["agentInstalled"]), (&general, &json!("APP-1"), &json!(true)));
        let wrong = json!({ "tags": [{ "name": "a=b", "value": "c" }], "hostName": "X" });
        assert_eq!(here.post("resources", &wrong).await.faults(), ["tags[0]"]);
    });
}

#[test]
fn resources_are_found_by_each_of_their_attributes_and_by_several_values() {
    on_both_engines(async |app: &App| {
        let here = app.program("Partner Administrator").await.within("client_8");
        for (number, state) in [(1, "active"), (2, "inactive"), (3, "Decommissioned")] {
            let device = json!({ "hostName": format!("FIND-{number}"), "resourceType": "Sundial", "state": state, "make": format!("Maker {number}"),
                "model": "M", "osName": "Sand", "serialNumber": format!("SN-{number}"), "dnsName": format!("find-{number}.example"),
                "aliasName": format!("alias {number}"), "resourceName": format!("res {number}"), "deviceType": "Clock", "type": "Thing",
                "agentInstalled": number == 1 });
            here.post("resources", &device).await.done();
        }
        let found = async |query: &str| {
            let page = here.get(&format!("resources/search?queryString={query}+resourceType:Sundial&sortName=id")).await.done();
            assert_eq!(page["orderBy"], "id");
            page["results"]
                .as_array()
                .unwrap()
                .iter()
                .map(|row| row["hostName"].as_str().unwrap().trim_start_matches("FIND-").to_owned())
                .collect::<Vec<_>>()
        };
        for (query, numbers) in [
            ("hostName:FIND-1,FIND-3", vec!["1", "3"]),
            ("state:active,inactive", vec!["1", "2"]),
            ("make:maker%202", vec!["2"]),
            ("serialNumber:SN-1,SN-2", vec!["1", "2"]),
            ("dnsName:find-3.example", vec!["3"]),
            ("aliasName:alias%201", vec!["1"]),
            ("resourceName:res%202,res%203", vec!["2", "3"]),
            ("agentInstalled:true", vec!["1"]),
            ("agentInstalled:false", vec!["2", "3"]),
            ("type:thing", vec!["1", "2", "3"]),
            ("type:DEVICE", vec!["1", "2", "3"]),
            ("type:RESOURCE", vec!["1", "2", "3"]),
            ("deviceType:clock+osName:sand+model:m", vec!["1", "2", "3"]),
            ("type:other", vec![]),
        ] {
            assert_eq!(found(query).await, numbers, "{query}");
        }
        let all = here.get("resources/search?queryString=resourceType:Sundial").await.done();
        let ids: Vec<_> = all["results"].as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect();
        assert_eq!(found(&format!("id:{},{}", ids[0], ids[2])).await, ["1", "3"]);
        assert_eq!(here.get("resources/search?queryString=state:active,asleep").await.query_faults(), ["queryString"]);
        let many = format!("resources/search?queryString=make:{}", ["a"; 201].join(","));
        assert_eq!(here.get(&many).await.query_faults(), ["make"]);
    });
}
