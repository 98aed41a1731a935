//! Answers as a client with typed decoding reads them: a wrong JSON type breaks a whole call there (docs/spec/rest-api.md, "REST API v2", the rules
//! marked T).

#![allow(dead_code, reason = "what is decoded here is the assertion")]

use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Value, json};

use crate::support::{App, Program, on_both_engines};

#[derive(Deserialize)]
struct Token {
    access_token: String,
    token_type: String,
    expires_in: i64,
    scope: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Page<T> {
    results: Vec<T>,
    total_results: i64,
    order_by: String,
    page_no: i64,
    page_size: i64,
    total_pages: i64,
    next_page: bool,
    #[serde(default)]
    next_page_no: Option<i64>,
    previous_page_no: i64,
    descending_order: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Partner {
    id: i64,
    unique_id: String,
    name: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Client {
    id: i64,
    unique_id: String,
    msp_id: String,
    name: String,
    ext_org_id: String,
    address: String,
    country: String,
    time_zone: String,
    activated: bool,
    created_time: String,
    updated_time: String,
    white_listed_ips: String,
    packages: Vec<String>,
    add_ons: Vec<String>,
    agent_policies: Vec<AgentPolicy>,
    client_details: ClientDetails,
}

#[derive(Deserialize)]
struct AgentPolicy {
    name: String,
    policies: Vec<Policy>,
}

#[derive(Deserialize)]
struct Policy {
    name: String,
    enable: bool,
}

#[derive(Deserialize)]
struct ClientDetails {
    services: Vec<Service>,
}

#[derive(Deserialize)]
struct Service {
    id: i64,
    technologies: Vec<Technology>,
}

#[derive(Deserialize)]
struct Technology {
    id: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Role {
    id: i64,
    unique_id: String,
    name: String,
    description: String,
    scope: String,
    default_role: bool,
    #[serde(default)]
    all_clients: bool,
    #[serde(default)]
    all_devices: bool,
    #[serde(default)]
    all_credentials: bool,
    #[serde(default)]
    clients: Vec<ClientInRole>,
    #[serde(default)]
    users: Vec<ById<String>>,
    #[serde(default)]
    user_groups: Vec<ByUniqueId>,
    #[serde(default)]
    devices: Vec<ById<String>>,
    #[serde(default)]
    device_groups: Vec<DeviceGroupInRole>,
    #[serde(default)]
    credential_sets: Vec<CredentialSetInRole>,
    #[serde(default)]
    permissions: Vec<ById<i64>>,
}

#[derive(Deserialize)]
struct ById<T> {
    id: T,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ByUniqueId {
    #[serde(default)]
    id: Option<i64>,
    unique_id: String,
    name: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ClientInRole {
    activated: bool,
    name: String,
    unique_id: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct DeviceGroupInRole {
    id: String,
    name: String,
    created_date: String,
    updated_date: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct CredentialSetInRole {
    unique_id: String,
    name: String,
    secure: bool,
    port: i64,
    snmp_version: String,
    auto_enable_mode: bool,
    universal: bool,
    sp_secure: bool,
    sp_port: i64,
    timeout_ms: i64,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RoleRow {
    id: i64,
    unique_id: String,
    name: String,
    description: String,
    default_role: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct PermissionSetRow {
    id: i64,
    unique_id: String,
    name: String,
    description: String,
}

#[derive(Deserialize)]
struct PermissionSet {
    id: i64,
    scope: String,
    permissions: Vec<PermissionInSet>,
}

#[derive(Deserialize)]
struct PermissionInSet {
    id: i64,
    name: String,
    #[serde(rename = "type")]
    kind: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct User {
    id: String,
    login_name: String,
    org_id: String,
    organization_name: String,
    status: String,
    user_account_type: String,
    auth_type: String,
    two_factor_authentication: bool,
    user_notifications: Vec<Notification>,
    #[serde(default)]
    time_zone: Option<Zone>,
    #[serde(default)]
    roles: Vec<RoleOfUser>,
    created_time: String,
    updated_time: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Notification {
    notify_type: String,
    notify_method: String,
    notify_input_type: String,
    notify_recurring_report: bool,
}

#[derive(Deserialize)]
struct Zone {
    id: String,
    name: String,
    label: String,
    code: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RoleOfUser {
    id: i64,
    unique_id: String,
    name: String,
    user_group_role: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Login {
    id: i64,
    user: Value,
    client: Value,
    source_ip: String,
    status: String,
    login_type: String,
    login_time: String,
    #[serde(default)]
    logout_time: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Resource {
    id: String,
    host_name: String,
    state: String,
    tags: Vec<Tag>,
    device_groups: Vec<DeviceGroupShort>,
}

#[derive(Deserialize)]
struct Tag {
    name: String,
    value: String,
}

#[derive(Deserialize)]
struct DeviceGroupShort {
    id: String,
    name: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct DeviceGroup {
    id: String,
    name: String,
    description: String,
    #[serde(default)]
    device_count: Option<i64>,
    created_date: String,
    updated_date: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct CredentialSet {
    unique_id: String,
    name: String,
    #[serde(default)]
    port: Option<i64>,
    credential_type: String,
    description: String,
}

async fn read<T: DeserializeOwned>(program: &Program<'_>, path: &str) -> T {
    let answer = program.get(path).await;
    serde_json::from_value(answer.done()).unwrap_or_else(|error| panic!("GET {path}: {error}\n{answer:?}"))
}

/// The first of a list.
async fn first<T: DeserializeOwned>(program: &Program<'_>, path: &str) -> T {
    let page: Page<T> = read(program, path).await;
    assert_eq!(page.next_page, page.next_page_no.is_some(), "{path}");
    page.results.into_iter().next().unwrap_or_else(|| panic!("{path} has nothing"))
}

/// A role with something in every list.
fn role() -> Value {
    json!({
        "name": "Night shift",
        "scope": "MSP",
        "clients": [{ "uniqueId": "client_8" }],
        "users": [{ "id": "USR0000000011" }],
        "userGroups": [{ "uniqueId": "USRGRP-5dd6cb59-b4cf-083a-29f6-7f6fc2688fd3" }],
        "devices": [{ "id": "2912ca9f-5c62-451f-82a8-8c08ca9c9447" }],
        "deviceGroups": [{ "id": "DGP-3bc09935-6510-4205-bb6f-6d2b9561fc43" }],
        "credentialSets": [{ "uniqueId": "GxGJJk65Vr6mGUTx8uGBgMNx" }],
        "permissions": [{ "id": 13 }]
    })
}

#[test]
fn every_answer_has_the_types_that_typed_clients_read() {
    on_both_engines(async |app: &App| {
        let key = app.api_key("msp_1", "Partner Administrator").await;
        let token: Token = serde_json::from_value(app.nobody().token(&key.key, &key.secret).await.done()).unwrap();
        assert!(token.expires_in > 0);
        let admin = app.program("Partner Administrator").await;

        read::<Partner>(&admin, "/api/v2/tenants/msp_1").await;
        assert_eq!(admin.get("/api/v2/tenants/client_8").await.refusal(), (404, "0003".to_owned()), "by that the scope is told");
        read::<Client>(&admin, "clients/client_9").await;
        first::<Client>(&admin, "clients/search?pageSize=1").await;

        admin.post("roles", &role()).await.done();
        let role: RoleRow = first(&admin, "roles/search?queryString=name:Night%20shift").await;
        let role: Role = read(&admin, &format!("roles/{}", role.unique_id)).await;
        assert!(!role.clients.is_empty() && !role.device_groups.is_empty() && !role.credential_sets.is_empty() && !role.permissions.is_empty());
        let set: PermissionSetRow = first(&admin, "permissionSets?pageSize=1").await;
        read::<PermissionSet>(&admin, &format!("permissionSets/{}", set.unique_id)).await;

        let zone = json!({ "timeZone": { "name": "America/Los_Angeles" } });
        admin.post("users/USR0000000011", &zone).await.done();
        let user: User = read(&admin, "users/USR0000000011").await;
        assert!(user.time_zone.is_some() && !user.roles.is_empty());
        first::<User>(&admin, "users/search").await;
        first::<ByUniqueId>(&admin, "userGroups").await;
        app.nobody().sign_in("viewer@leoart.example", "wrong").await;
        first::<Login>(&admin, "users/loginHistory/search").await;

        read::<Resource>(&admin, "resources/2912ca9f-5c62-451f-82a8-8c08ca9c9447").await;
        first::<Resource>(&admin, "resources/search").await;
        read::<DeviceGroup>(&admin, "deviceGroups/DGP-3bc09935-6510-4205-bb6f-6d2b9561fc43").await;
        first::<DeviceGroup>(&admin, "deviceGroups/search").await;
        read::<CredentialSet>(&admin, "credentialSets/GxGJJk65Vr6mGUTx8uGBgMNx").await;
        first::<CredentialSet>(&admin, "credentialSets").await;
        read::<Vec<Zone>>(&admin, "/api/v2/cfg/timezones").await;
    });
}
