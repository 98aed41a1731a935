//! Permission sets.

use domain::Permission;
use serde_json::{Value, json};

use crate::support::{App, keys, on_both_engines};

fn input(name: &str, permissions: &[Permission]) -> Value {
    let permissions: Vec<_> = permissions.iter().map(|permission| json!({ "id": *permission as i64 })).collect();
    json!({ "name": name, "description": "From dusk till dawn", "permissions": permissions })
}

#[test]
fn a_set_is_made_read_changed_and_deleted() {
    on_both_engines(async |app: &App| {
        let admin = app.program("Partner Administrator").await;
        let answer = admin.post("permissionSets", &input("Night shift", &[Permission::DeviceView, Permission::DeviceManage])).await;
        assert_eq!(answer.status, 201);
        let made = answer.done();
        assert_eq!(keys(&made), ["description", "id", "name", "permissions", "scope", "uniqueId"]);
        assert_eq!(keys(&made["permissions"][0]), ["id", "name", "type"]);
        assert_eq!(made["permissions"][1], json!({ "id": Permission::DeviceManage as i64, "name": "Devices", "type": "Manage" }));
        assert!(made["id"].is_i64() && made["uniqueId"].is_string() && made["scope"] == "MSP", "{made}");
        let path = format!("permissionSets/{}", made["uniqueId"].as_str().unwrap());
        assert_eq!(admin.get(&path).await.done(), made);
        let after = admin.put(&path, &json!({ "name": "Day shift", "permissions": null })).await.done();
        assert_eq!((&after["name"], &after["permissions"], &after["description"]), (&json!("Day shift"), &json!([]), &made["description"]));
        assert_eq!(admin.put(&path, &after).await.done(), after, "what was read can be sent back");
        admin.delete(&path).await.done();
        assert_eq!(admin.get(&path).await.refusal(), (404, "0003".to_owned()));
        assert_eq!(
            app.program_of("client_8", "Client Administrator").await.post("permissionSets", &input("Own", &[])).await.done()["scope"],
            "CLIENT"
        );
    });
}

#[test]
fn the_known_sets_have_their_numbers() {
    on_both_engines(async |app: &App| {
        let admin = app.program("Partner Administrator").await;
        let listed = admin.get("permissionSets?pageSize=1000").await.done();
        let sets = listed["results"].as_array().unwrap();
        assert_eq!(keys(&sets[0]), ["description", "id", "name", "uniqueId"]);
        for (number, name) in [(2, "Var Administrator"), (8, "Auditor View"), (11, "Partner Administrator"), (13, "Dispatcher")] {
            assert!(sets.iter().any(|set| set["id"] == number && set["name"] == name), "{number} {name}");
        }
        let auditors = admin.get("permissionSets/?queryString=name:auditor").await.done();
        assert_eq!((&auditors["totalResults"], &auditors["results"][0]["name"]), (&json!(2), &json!("Auditor Manage")));
        let page = admin.get("permissionSets/?pageSize=2&pageNo=2").await.done();
        assert_eq!((&page["pageNo"], &page["totalResults"], &page["results"].as_array().unwrap().len()), (&json!(2), &json!(sets.len()), &2));
        let before = app.database.contents().await;
        let known = sets.iter().find(|set| set["id"] == 13).unwrap();
        let path = format!("permissionSets/{}", known["uniqueId"].as_str().unwrap());
        for answer in [admin.put(&path, &input("Mine", &[])).await, admin.delete(&path).await] {
            assert!(matches!(answer.status.as_u16(), 403 | 409), "a default set stays as it is: {answer:?}");
        }
        assert_eq!(app.database.contents().await, before);
    });
}

#[test]
fn wrong_input_and_wrong_callers_change_nothing() {
    on_both_engines(async |app: &App| {
        let admin = app.program("Partner Administrator").await;
        let viewer = app.program("Auditor View").await;
        let foreign = app.program_of("msp_2", "Partner Administrator").await;
        let made = admin.post("permissionSets", &input("Night shift", &[])).await.done();
        let path = format!("permissionSets/{}", made["uniqueId"].as_str().unwrap());
        let before = app.database.contents().await;
        assert_eq!(admin.post("permissionSets", &json!({ "name": "x", "permissions": [{ "id": 9999 }] })).await.faults(), ["permissions[0]"]);
        let wrong = json!({ "name": "x", "permissions": [{ "name": "Clients", "type": "Fly" }, { "type": "View" }] });
        assert_eq!(admin.post("permissionSets", &wrong).await.faults(), ["permissions[0]", "permissions[1]"]);
        assert_eq!(admin.post("permissionSets", &json!({ "name": "x", "permissions": [{ "id": "1" }] })).await.faults(), ["permissions[0].id"]);
        assert_eq!(admin.post("permissionSets", &input("night shift", &[])).await.faults(), ["name"], "taken");
        let mut faults = admin.post("permissionSets", &json!({ "scope": "MOON" })).await.faults();
        faults.sort();
        assert_eq!(faults, ["name", "scope"]);
        for answer in [viewer.post("permissionSets", &input("x", &[])).await, viewer.put(&path, &input("x", &[])).await, viewer.delete(&path).await] {
            assert_eq!(answer.refusal(), (403, "0004".to_owned()));
        }
        for path in [&path, "permissionSets/nonsense", "permissionSets/11"] {
            for answer in [foreign.get(path).await, foreign.put(path, &input("x", &[])).await, foreign.delete(path).await] {
                assert_eq!(answer.refusal(), (404, "0003".to_owned()), "{path}");
            }
        }
        assert_eq!(app.database.contents().await, before);
    });
}

#[test]
fn permissions_are_named_by_area_and_type() {
    on_both_engines(async |app: &App| {
        let admin = app.program("Partner Administrator").await;
        let sent = json!({ "name": "By name", "scope": "MSP", "permissions": [
            { "name": " clients ", "type": "View " }, { "name": "Devices", "type": "Manage" }, { "name": "Patch Management", "type": "Manage" } ] });
        let made = admin.post("permissionSets", &sent).await.done();
        let held = json!([{ "id": 0, "name": "Clients", "type": "View" }, { "id": 12, "name": "Devices", "type": "Manage" },
            { "name": "Patch Management", "type": "Manage" }]);
        assert_eq!(made["permissions"], held, "an area that isn't here is kept");
        let path = format!("permissionSets/{}", made["uniqueId"].as_str().unwrap());
        assert_eq!(admin.put(&path, &made).await.done(), made, "what was read can be sent back");
        assert_eq!(admin.put(&path, &json!({ "description": "Other" })).await.done()["permissions"], held, "what isn't sent stays");

        let without = admin.put(&path, &json!({ "permissions": [{ "name": "Clients", "type": "" }] })).await.done();
        assert_eq!(without["permissions"], json!([held[1], held[2]]), "an empty type takes the area away");
        let other = json!([{ "name": "Users", "type": "View" }, { "name": "Devices", "type": "" }]);
        let replaced = admin.put(&path, &json!({ "permissions": other })).await.done();
        assert_eq!(replaced["permissions"], json!([{ "id": 5, "name": "Users", "type": "View" }]));
    });
}
