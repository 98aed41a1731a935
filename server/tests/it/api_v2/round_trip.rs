//! Sending back what was read changes nothing, for every noun with every field filled.

use domain::CredentialField;
use serde_json::{Map, Value, json};

use crate::support::{App, Program, on_both_engines};

/// A one-pixel picture.
const DOT: &str = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

/// Reads a thing, sends it back later, and compares the whole database before and after.
async fn round_trip(app: &App, program: &Program<'_>, path: &str, send: impl AsyncFn(&Value) -> Value) {
    // The first read can record the key's last use.
    program.get(path).await.done();
    app.clock.advance_seconds(60);
    program.get(path).await.done();
    let before = program.get(path).await.done();
    let contents = app.database.contents().await;
    app.clock.advance_seconds(1);
    send(&before).await;
    assert_eq!(program.get(path).await.done(), before, "{path}");
    let after = app.database.contents().await;
    let changed: Vec<_> = after.iter().filter(|row| !contents.contains(row)).collect();
    assert!(changed.is_empty() && after == contents, "{path} wrote {changed:#?}");
}

/// A client with every field filled; `services` are those of an existing client.
fn client(services: &Value) -> Value {
    let technology = &services[0]["technologies"][0];
    assert!(technology["id"].is_string(), "{services}");
    let access = json!({ "technology": technology, "hostedManager": { "accessType": "SSH", "ipAddress": "10.1.2.3", "userName": "root", "password": "Kiwi#2026",
        "port": "22", "ipRange": "10.1.2.0/24" } });
    let provider = json!({ "name": "Telco", "plan": "Fibre", "circuitId": "C1", "memberId": "M1", "url": "https://telco.example", "userName": "u", "phone": "+1 415 555 0100" });
    json!({
        "name": "Round Trip", "address": "2 Bush Street", "city": "San Francisco", "state": "CA", "country": "United States", "zip": "94104",
        "timeZone": "America/Buenos_Aires", "phoneNumber": "+1 415 555 0100", "mobileNumber": "+1 415 555 0101", "contactPerson": "Ada",
        "email": "ada@lab.example", "extOrgId": "X-1", "whiteListedIps": "10.1.2.*,203.0.113.20", "packages": ["Remediation and Automation"],
        "addOns": ["Offline Alerts"], "agentPolicies": [], "channel": { "id": 5 }, "nocDetails": { "id": "NOC-1" }, "phoneExtension": "42",
        "rdp2swfState": true, "enableCLIRecording": false, "showCopyClipBoard": true,
        "clientDetails": { "services": services, "serviceAccessDetails": [access, access], "internetSPDetails": [provider, provider], "networkArchitectures": [{ "name": "Core", "file": DOT }],
            "businessStartHour": 9, "businessStartMin": 30, "businessEndHour": 17, "businessEndMin": 0, "businessDayStart": 1, "businessDayEnd": 6,
            "smsVoiceNotification": true, "remoteAccess": false, "resourceDecommission": true },
    })
}

#[test]
fn a_client_with_everything() {
    on_both_engines(async |app: &App| {
        let admin = app.program("Partner Administrator").await;
        let services = admin.get("clients/client_8").await.done()["clientDetails"]["services"].clone();
        let id = admin.post("clients", &client(&services)).await.done()["uniqueId"].as_str().unwrap().to_owned();
        let path = format!("clients/{id}");
        round_trip(app, &admin, &path, async |body| admin.post(&path, body).await.done()).await;
        assert_eq!(admin.get(&format!("clients/{id}")).await.done()["timeZone"], "America/Buenos_Aires", "an old name stays");
    });
}

#[test]
fn a_user_with_everything() {
    on_both_engines(async |app: &App| {
        let admin = app.program("Partner Administrator").await;
        let group = json!({ "uniqueId": "USRGRP-5dd6cb59-b4cf-083a-29f6-7f6fc2688fd3" });
        let by_group = json!({ "name": "By group", "scope": "MSP", "permissions": [{ "id": 8 }], "userGroups": [group] });
        admin.post("roles", &by_group).await.done();
        let user = json!({
            "loginName": "ada@leoart.example", "firstName": "Ada", "lastName": "Lovelace", "email": "ada@leoart.example", "altEmail": "a@leoart.example",
            "userNotifications": [{ "notifyType": "Alert Notification", "notifyMethod": "Email", "notifyInputType": "x", "notifyRecurringReport": true }],
            "password": "Kiwi#2026x", "designation": "Engineer", "address": "2 Bush Street", "city": "San Francisco", "state": "CA", "zip": "94104",
            "country": "USA", "timeZone": { "name": "Asia/Calcutta" }, "phoneNumber": "+1 415 555 0100", "mobileNumber": "+1 415 555 0101",
            "userAccountType": "BUSINESS", "changePassword": true, "profileImage": DOT, "roles": [{ "name": "Technician" }], "userGroups": [group],
        });
        let made = admin.post("users", &user).await.done();
        assert_eq!(made["roles"].as_array().unwrap().len(), 2, "one comes by the group");
        for id in [made["id"].as_str().unwrap(), "USR0000000011"] {
            let path = format!("users/{id}");
            round_trip(app, &admin, &path, async |body| admin.post(&path, body).await.done()).await;
        }
    });
}

#[test]
fn a_user_group_a_role_and_a_permission_set_with_everything() {
    on_both_engines(async |app: &App| {
        let admin = app.program("Partner Administrator").await;
        let group = json!({ "name": "Field", "description": "On the road", "email": "field@leoart.example", "roles": [{ "name": "Technician" }] });
        let path = format!("userGroups/{}", admin.post("userGroups", &group).await.done()["uniqueId"].as_str().unwrap());
        round_trip(app, &admin, &path, async |body| admin.post(&path, body).await.done()).await;

        let listing = json!({
            "name": "Listing", "description": "Everything listed", "scope": "MSP", "clients": [{ "uniqueId": "client_8" }], "users": [{ "id": "USR0000000011" }],
            "userGroups": [{ "uniqueId": "USRGRP-5dd6cb59-b4cf-083a-29f6-7f6fc2688fd3" }], "devices": [{ "id": "2912ca9f-5c62-451f-82a8-8c08ca9c9447" }],
            "deviceGroups": [{ "id": "DGP-3bc09935-6510-4205-bb6f-6d2b9561fc43" }], "credentialSets": [{ "uniqueId": "GxGJJk65Vr6mGUTx8uGBgMNx" }],
            "permissions": [{ "id": 13 }, { "id": 8 }],
        });
        let all =
            json!({ "name": "All", "scope": "MSP", "allClients": true, "allDevices": true, "allCredentials": true, "permissions": [{ "id": 12 }] });
        for role in [listing, all] {
            let path = format!("roles/{}", admin.post("roles", &role).await.done()["uniqueId"].as_str().unwrap());
            round_trip(app, &admin, &path, async |body| admin.post(&path, body).await.done()).await;
        }
        let lab = admin.within("client_8");
        let own = json!({ "name": "Own", "permissions": [{ "id": 6 }], "clients": [{ "uniqueId": "client_8" }], "allDevices": true });
        let path = format!("roles/{}", lab.post("roles", &own).await.done()["uniqueId"].as_str().unwrap());
        round_trip(app, &lab, &path, async |body| lab.post(&path, body).await.done()).await;

        let set = json!({ "name": "Set", "description": "By name", "scope": "MSP",
            "permissions": [{ "name": "Clients", "type": "View" }, { "name": "Patch Management", "type": "Manage" }] });
        let path = format!("permissionSets/{}", admin.post("permissionSets", &set).await.done()["uniqueId"].as_str().unwrap());
        round_trip(app, &admin, &path, async |body| admin.put(&path, body).await.done()).await;
    });
}

#[test]
fn a_resource_a_device_group_and_a_credential_set_with_everything() {
    on_both_engines(async |app: &App| {
        let here = app.program("Partner Administrator").await.within("client_8");
        let device = json!({
            "name": "Mail", "hostName": "SRV-1", "ipAddress": "10.8.0.1,10.8.0.2", "dnsName": "srv-1.lab.example", "deviceType": "Blade", "resourceType": "Linux",
            "type": "DEVICE", "state": "discovered", "make": "Dell", "model": "R760", "osName": "Debian", "serialNumber": "SN-1", "aliasName": "mail",
            "resourceName": "res 1", "agentInstalled": true, "tags": ["rack 1", { "name": "env", "value": "prod=1" }],
        });
        let path = format!("resources/{}", here.post("resources", &device).await.done()["resourceUUID"].as_str().unwrap());
        round_trip(app, &here, &path, async |body| here.post(&path, body).await.done()).await;

        let parent = json!({ "id": "DGP-3bc09935-6510-4205-bb6f-6d2b9561fc43" });
        let group = json!([{ "name": "Linux", "description": "All of them", "entityType": "DEVICE_GROUP", "parent": parent,
            "filterCriteria": { "id": 7, "searchQuery": "resourceType = Linux" } }]);
        let made = here.post("deviceGroups", &group).await.done();
        for id in [&made[0]["id"], &parent["id"]] {
            let path = format!("deviceGroups/{}", id.as_str().unwrap());
            round_trip(app, &here, &path, async |body| here.post("deviceGroups", &json!([body])).await.done()).await;
        }

        let mut set = Map::from_iter([("name".to_owned(), json!("Everything")), ("credentialType".to_owned(), json!("CARRIER PIGEON"))]);
        set.insert("description".to_owned(), json!("All fields"));
        for field in CredentialField::ALL.iter().copied() {
            let value = match field.shape() {
                domain::FieldShape::Number { .. } => json!(22),
                domain::FieldShape::Flag => json!(true),
                domain::FieldShape::Choice(words) => json!(words[0]),
                domain::FieldShape::List => json!([{ "id": "2912ca9f-5c62-451f-82a8-8c08ca9c9447" }]),
                _ => json!("Kiwi#2026"),
            };
            set.insert(field.key().to_owned(), value);
        }
        let every = here.post("credentialSets", &Value::Object(set)).await.done();
        let bare = here.post("credentialSets", &json!({ "name": "Bare", "credentialType": "SNMP" })).await.done();
        for made in [every, bare] {
            let path = format!("credentialSets/{}", made["uniqueId"].as_str().unwrap());
            round_trip(app, &here, &path, async |body| here.post(&path, body).await.done()).await;
        }
    });
}
