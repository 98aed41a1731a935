//! Clients.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::support::{Program, keys, on_both_engines};

const ADMINISTRATOR: &str = "Partner Administrator";

/// What every client has, in a list too.
const LISTED: [&str; 25] = [
    "activated",
    "addOns",
    "address",
    "agentPolicies",
    "city",
    "clientDetails",
    "contactPerson",
    "country",
    "createdTime",
    "email",
    "extOrgId",
    "id",
    "mobileNumber",
    "mspId",
    "name",
    "packages",
    "phoneNumber",
    "state",
    "timeZone",
    "uniqueId",
    "updatedTime",
    "whiteListedIps",
    "zip",
    // Of a client that somebody made; the operator is nobody.
    "createdBy",
    "lastUpdatedBy",
];

/// The least that makes a client.
fn least(name: &str) -> Value {
    json!({ "name": name, "address": "2 Bush Street", "country": "United States", "timeZone": "America/Los_Angeles" })
}

async fn made(program: &Program<'_>, name: &str) -> String {
    let answer = program.post("clients", &least(name)).await;
    assert_eq!((answer.status.as_u16(), keys(&answer.json())), (201, vec!["name", "uniqueId"]));
    answer.json()["uniqueId"].as_str().unwrap().to_owned()
}

fn ids(list: &Value) -> Vec<String> {
    list.as_array().unwrap().iter().map(|client| client["uniqueId"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn the_minimal_list_is_a_bare_array_of_ids_and_names() {
    on_both_engines(async |app| {
        let program = app.program(ADMINISTRATOR).await;
        let clients = program.get("clients/minimal").await.done();
        assert!(clients.as_array().unwrap().iter().all(|client| keys(client) == ["name", "uniqueId"]));
        assert!(clients.as_array().unwrap().contains(&json!({ "uniqueId": "client_8", "name": "LeoArt Lab" })));
        assert_eq!(program.get("clients/minimal/").await.done(), clients);
        assert_eq!(program.get("/api/v2//tenants/msp_1/clients//minimal/").await.done(), clients, "slashes count once");
        assert_eq!(program.within("client_8").get("clients/minimal").await.refusal(), (404, "0003".to_owned()));
        assert_eq!(program.within("client_8").get("/api/v2/tenants/client_8").await.refusal(), (404, "0003".to_owned()), "by that it is no partner");
        assert_eq!(keys(&program.get("/api/v2/tenants/msp_1").await.done()), ["id", "name", "uniqueId"]);
    });
}

#[test]
fn a_script_turns_the_pages_by_appending_numbers() {
    on_both_engines(async |app| {
        let program = app.program(ADMINISTRATOR).await;
        let mut path = "clients/search/?pageSize=60&pageNo=1".to_owned();
        let mut seen = Vec::new();
        loop {
            let page = program.get(&path).await.done();
            let frame = ["descendingOrder", "nextPage", "nextPageNo", "orderBy", "pageNo", "pageSize", "previousPageNo", "results"];
            let is_last = page["nextPage"] == json!(false);
            let expected: Vec<_> = frame.into_iter().filter(|key| !is_last || *key != "nextPageNo").chain(["totalPages", "totalResults"]).collect();
            assert_eq!(keys(&page), expected);
            seen.extend(ids(&page["results"]));
            for client in page["results"].as_array().unwrap() {
                assert!(LISTED[..23].iter().all(|key| client.get(key).is_some()), "{client}");
            }
            assert_eq!(page["previousPageNo"].as_u64(), page["pageNo"].as_u64().map(|number| number - 1));
            if is_last {
                assert_eq!((page["totalResults"].as_u64(), page["pageNo"].clone()), (Some(seen.len() as u64), page["totalPages"].clone()));
                break;
            }
            path += &format!("&pageNo={}", page["nextPageNo"]);
        }
        assert_eq!(seen.iter().collect::<BTreeSet<_>>().len(), seen.len(), "none twice");
        assert!(seen.len() > 180);

        let down = program.get("clients/search?pageSize=5000&isDescendingOrder=true").await.done();
        assert_eq!((&down["pageSize"], &down["descendingOrder"]), (&json!(1000), &json!(true)));
        seen.reverse();
        assert_eq!(ids(&down["results"]), seen);
        let by_id = program.get("clients/search?sortName=uniqueId&isDescendingOrder=True&pageSize=2").await.done();
        let numbers: Vec<_> = ids(&by_id["results"]).iter().map(|id| id.trim_start_matches("client_").parse::<i64>().unwrap()).collect();
        assert!(by_id["orderBy"] == "uniqueId" && numbers[0] > numbers[1], "{by_id}");
        assert_eq!(program.get("clients/search?sortName=shoeSize").await.done()["orderBy"], "name", "what orders is told");
        assert_eq!(program.get("clients/search?colour=red").await.query_faults(), ["colour"]);
        let beyond = program.get("clients/search?pageNo=9999").await.done();
        assert_eq!((&beyond["results"], &beyond["nextPage"]), (&json!([]), &json!(false)));
    });
}

#[test]
fn a_query_string_is_read_as_scripts_write_it() {
    on_both_engines(async |app| {
        let program = app.program(ADMINISTRATOR).await;
        let found = async |query: &str| ids(&program.get(&format!("clients/search?queryString={query}")).await.done()["results"]);
        let both = ["client_9", "client_8"];
        for query in ["name:LeoArt", "name%3ALeoArt", "name=LeoArt", "name:leoart+activeStatus:true", "activeStatus:true%2Bname:LeoArt"] {
            assert_eq!(found(query).await, both, "{query}");
        }
        assert_eq!(found("name:LeoArt%20Lab").await, ["client_8"]);
        assert_eq!(found("name:LeoArt+Lab").await, ["client_8"]);
        assert_eq!(found("uniqueId:client_9+name:LeoArt").await, ["client_9"]);
        assert_eq!(found("name:LeoArt+activeStatus:false").await, Vec::<String>::new());
        assert_eq!(found("name:LeoArt+endCreationDate:2000-01-01T00:00:00+0000").await, Vec::<String>::new());
        assert_eq!(found("name:LeoArt+startCreationDate:2000-01-01T00:00:00%2B0000+endUpdationDate:2099-01-01").await, both);
        for query in ["colour:red", "name:A+colour:red", "startCreationDate:soon", "activeStatus:perhaps", "uniqueId:8"] {
            assert_eq!(program.get(&format!("clients/search?queryString={query}")).await.query_faults(), ["queryString"], "{query}");
        }
    });
}

#[test]
fn a_client_is_made_and_changed_by_what_is_sent_alone() {
    on_both_engines(async |app| {
        let program = app.program(ADMINISTRATOR).await;
        let id = made(&program, "Harbour Ltd").await;
        let path = format!("clients/{id}");
        let mut client = program.get(&path).await.done();
        let mut all = LISTED;
        all.sort_unstable();
        assert_eq!(keys(&client), all);
        assert_eq!(keys(&client["clientDetails"]), ["internetSPDetails", "networkArchitectures", "serviceAccessDetails", "services"]);
        assert_eq!(
            (&client["timeZone"], &client["country"], &client["activated"]),
            (&json!("America/Los_Angeles"), &json!("United States"), &json!(true))
        );
        assert!(client["createdTime"].as_str().unwrap().ends_with("+0000"));

        app.clock.advance_seconds(60);
        let details = json!({
            "services": program.get("clients/client_8").await.done()["clientDetails"]["services"],
            "serviceAccessDetails": [{ "hostedManager": { "accessType": "SSH", "ipAddress": "10.1.2.3", "userName": "root", "password": "Geheim-1", "port": "22" } }],
            "internetSPDetails": [{ "name": "Wire", "plan": "Fast", "circuitId": "C1", "memberId": "M1", "url": "https://wire.example", "userName": "harbour" }],
        });
        let sent = json!({
            "city": "Oakland", "whiteListedIps": "10.1.2.*,10.1.3.[0-50],10.2.0.0/16", "packages": ["Remediation and Automation"], "addOns": ["Offline Alerts"],
            "clientDetails": details.clone(), "country": "DEU",
        });
        let changed = program.post(&path, &sent).await.done();
        assert!(!changed.to_string().contains("Geheim-1"), "no secret comes back");
        assert_eq!(changed["clientDetails"]["serviceAccessDetails"][0]["hostedManager"]["userName"], "root");
        assert_eq!(changed["clientDetails"]["services"], details["services"]);
        assert_eq!((&changed["packages"], &changed["addOns"]), (&json!(["Remediation and Automation"]), &json!(["Offline Alerts"])));
        assert_eq!((&changed["city"], &changed["country"]), (&json!("Oakland"), &json!("DEU")), "as it was sent");
        for key in ["city", "country", "whiteListedIps", "packages", "addOns", "clientDetails", "updatedTime"] {
            assert_ne!(changed[key], client[key], "{key}");
            client[key] = changed[key].clone();
        }
        assert_eq!(changed, client, "all else stays");

        let emptied = program.post(&path, &json!({ "city": null, "packages": null, "clientDetails": { "serviceAccessDetails": null } })).await.done();
        assert_eq!((&emptied["city"], &emptied["packages"]), (&json!(""), &json!([])));
        assert_eq!(emptied["clientDetails"]["serviceAccessDetails"], json!([]));
        assert_eq!(emptied["clientDetails"]["internetSPDetails"], changed["clientDetails"]["internetSPDetails"]);
    });
}

#[test]
fn a_suspended_client_shuts_out_its_own_programs_until_it_is_activated() {
    on_both_engines(async |app| {
        let program = app.program(ADMINISTRATOR).await;
        let (within, own) = (program.within("client_9"), app.program_of("client_9", "Client Administrator").await);
        within.get("users/minimal").await.done();
        own.get("users/minimal").await.done();
        assert_eq!(program.post_empty("clients/client_9/suspend").await.done()["activated"], false);
        within.get("users/minimal").await.done();
        assert_eq!(within.get("roles/nonsense").await.refusal().0, 404, "the partner's programs work there as before");
        assert_eq!(own.get("users/minimal").await.refusal(), (410, "0006".to_owned()), "the client's own don't");
        assert_eq!(program.get("clients/client_9").await.done()["activated"], false);
        assert_eq!(ids(&program.get("clients/search?queryString=name:LeoArt+activeStatus:false").await.done()["results"]), ["client_9"]);
        assert_eq!(program.post_empty("clients/client_9/activate/").await.done()["activated"], true);
        assert_eq!(own.get("users/minimal").await.status.as_u16(), 401, "they need another token");
        app.program_of("client_9", "Client Administrator").await.get("users/minimal").await.done();
    });
}

#[test]
fn a_terminated_client_is_gone_for_good() {
    on_both_engines(async |app| {
        let program = app.program(ADMINISTRATOR).await;
        let (within, own) = (program.within("client_9"), app.program_of("client_9", "Client Administrator").await);
        own.get("users/minimal").await.done();
        assert_eq!(program.post_empty("clients/client_9/terminate").await.done()["activated"], false);
        let below = [within.get("users/minimal").await, within.post("roles", &json!({})).await, within.delete("roles/nonsense").await];
        let paths = ["clients/client_9", "/api/v2/tenants/client/client_9", "/api/v2/tenants/9/users/search"];
        for answer in below.into_iter().chain([program.get(paths[0]).await, program.get(paths[1]).await, program.get(paths[2]).await]) {
            assert_eq!(answer.refusal(), (404, "0003".to_owned()));
            assert!(answer.json()["message"].as_str().unwrap().contains("not found"), "{answer:?}");
        }
        let ended = own.get("users/minimal").await;
        assert_eq!((ended.status.as_u16(), &ended.json()["error"]), (401, &json!("invalid_token")));
        for (verb, body) in [("/activate", json!({})), ("/suspend", json!({})), ("", json!({ "city": "X" }))] {
            let answer = program.post(&format!("clients/client_9{verb}"), &body).await;
            assert_eq!(answer.refusal(), (409, "0005".to_owned()), "{verb}");
        }
        assert_eq!(program.post("clients/client_8/suspend", &json!({ "city": "X" })).await.faults(), ["city"], "nothing is dropped in silence");
        assert_eq!(program.post_empty("clients/client_9/terminate").await.done()["activated"], false, "twice is once");
        assert!(!ids(&program.get("clients/minimal").await.done()).contains(&"client_9".to_owned()));
        assert_eq!(ids(&program.get("clients/search?queryString=name:LeoArt+activeStatus:false").await.done()["results"]), ["client_9"]);
    });
}

#[test]
fn what_is_refused_changes_nothing() {
    on_both_engines(async |app| {
        let (program, viewer) = (app.program(ADMINISTRATOR).await, app.program("Auditor View").await);
        let (foreign, of_client) = (app.program_of("msp_2", ADMINISTRATOR).await, app.program_of("client_8", "Client Administrator").await);
        let before = app.database.contents().await;

        assert_eq!(program.post("clients", &json!({})).await.faults(), ["name", "address", "country", "timeZone"]);
        let wrong = json!({
            "timeZone": "Mars/Olympus", "country": "Atlantis", "packages": ["Everything"], "whiteListedIps": "10.1.2.300",
            "clientDetails": { "networkArchitectures": [{ "name": "Plan", "file": "?" }] },
        });
        let faults = program.post("clients/client_8", &wrong).await.faults();
        assert!(faults.contains(&"packages".to_owned()) && faults.contains(&"clientDetails.networkArchitectures[0].file".to_owned()), "{faults:?}");
        let faults = program
            .post("clients/client_8", &json!({ "timeZone": "Mars/Olympus", "country": "Atlantis", "whiteListedIps": "10.1.2.300" }))
            .await
            .faults();
        assert_eq!(faults.iter().map(String::as_str).collect::<BTreeSet<_>>(), BTreeSet::from(["timeZone", "country", "whiteListedIps"]));
        assert_eq!(program.post("clients/client_8", &json!({ "name": 7 })).await.faults(), ["name"]);
        let row = json!({ "clientDetails": { "serviceAccessDetails": [{ "hostedManager": { "accessType": "SSH", "ipAddress": "10.1.2.3", "port": "70000" } }] } });
        assert_eq!(program.post("clients/client_8", &row).await.faults(), ["clientDetails.serviceAccessDetails[0].hostedManager.port"]);

        viewer.get("clients/client_8").await.done();
        for (path, body) in [
            ("clients", least("X")),
            ("clients/client_8", json!({ "city": "X" })),
            ("clients/client_8/suspend", json!({})),
            ("clients/client_8/terminate", json!({})),
        ] {
            assert_eq!(viewer.post(path, &body).await.refusal(), (403, "0004".to_owned()), "{path}");
            assert_eq!(foreign.within("msp_1").post(path, &body).await.refusal(), (404, "0003".to_owned()), "{path}");
            assert_eq!(of_client.within("msp_1").post(path, &body).await.refusal(), (404, "0003".to_owned()), "{path}");
        }
        let unknown = foreign.within("msp_1").get("clients/client_8").await;
        assert_eq!(unknown.json()["message"], "No tenant found with id msp_1");
        assert_eq!(program.get("clients/client_99999").await.json(), json!({ "code": "0003", "message": "No client found with id client_99999" }));
        for path in ["clients/client_99999", "clients/nonsense", "clients/99999", "clients/%ff"] {
            assert_eq!(program.get(path).await.refusal().0, 404, "{path}");
            assert_eq!(program.post(path, &json!({ "city": "X" })).await.refusal().0, 404, "{path}");
        }
        assert_eq!(foreign.get("clients/client_8").await.refusal().0, 404);
        assert_eq!(app.database.contents().await, before);
    });
}

#[test]
fn a_client_is_found_by_its_number_and_by_its_own_path() {
    on_both_engines(async |app| {
        let program = app.program(ADMINISTRATOR).await;
        let client = program.get("clients/client_8").await.done();
        for path in ["clients/8", "/api/v2/tenants/client/client_8", "/api/v2/tenants/client/8"] {
            assert_eq!(program.get(path).await.done()["uniqueId"], client["uniqueId"], "{path}");
        }
        let minimal = program.within("client_8").get("resources/minimal").await.done();
        assert_eq!(program.get("/api/v2/tenants/8/resources/minimal").await.done(), minimal);
        for path in ["/api/v2/tenants/client/msp_1", "/api/v2/tenants/client/client_999", "/api/v2/tenants/8"] {
            assert_eq!(program.get(path).await.refusal().0, 404, "{path}");
        }
        let foreign = app.program_of("msp_2", ADMINISTRATOR).await;
        assert_eq!(foreign.get("/api/v2/tenants/client/8").await.refusal().0, 404);
    });
}

#[test]
fn what_other_programs_know_of_a_client_is_kept() {
    on_both_engines(async |app| {
        let program = app.program(ADMINISTRATOR).await;
        let hours = json!({ "businessStartHour": 9, "businessStartMin": 30, "businessEndHour": 17, "businessEndMin": 0, "businessDayStart": 1,
            "businessDayEnd": 6, "smsVoiceNotification": true });
        program.post("clients/client_8", &json!({ "clientDetails": hours, "channel": { "id": 5 }, "phoneExtension": "42" })).await.done();
        let client = program.get("clients/client_8").await.done();
        for (key, value) in hours.as_object().unwrap() {
            assert_eq!(&client["clientDetails"][key], value, "{key}");
        }
        assert_eq!((&client["channel"], &client["phoneExtension"]), (&json!({ "id": 5 }), &json!("42")));
        let other = program.post("clients/client_8", &json!({ "phoneExtension": null, "city": "Oakland" })).await.done();
        assert_eq!((other.get("phoneExtension"), &other["clientDetails"]["businessStartHour"]), (None, &json!(9)));

        let unknown = program.post("clients/client_8", &json!({ "nmae": "X", "clientDetails": { "colour": 1 } })).await;
        assert_eq!(unknown.faults(), ["nmae", "clientDetails.colour"], "what means nothing is not dropped in silence");
    });
}
