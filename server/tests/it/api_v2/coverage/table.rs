//! What each operation needs, and something of the demo partner's to try it on.

use domain::Permission::{
    AccountManage, AccountView, ClientCreate, ClientManage, ClientView, CredentialSetManage, CredentialSetView, DeviceManage, DeviceView, RoleManage,
    RoleView, UserGroupManage, UserGroupView, UserManage, UserView,
};
use serde_json::{Value, json};

use super::{
    Line,
    Needs::{Existence, Nothing, Permission, Tenant, Token},
};

/// In a path: the role that was made for this, and its permission set.
pub(super) const MADE: [&str; 2] = ["{role}", "{set}"];

#[rustfmt::skip]
pub(super) const TABLE: &[Line] = &[
    // For everybody, or for every program.
    Line { operation: "GET /api/v2/openapi.json", needs: Nothing, path: "/api/v2/openapi.json", body: || Value::Null },
    Line { operation: "GET /api/v2/cfg/countries", needs: Token, path: "/api/v2/cfg/countries", body: || Value::Null },
    Line { operation: "GET /api/v2/cfg/timezones", needs: Token, path: "/api/v2/cfg/timezones", body: || Value::Null },
    Line { operation: "GET /api/v2/cfg/devices/types", needs: Token, path: "/api/v2/cfg/devices/types", body: || Value::Null },
    Line { operation: "GET /api/v2/tenants/{tenantId}", needs: Tenant, path: "/api/v2/tenants/msp_1", body: || Value::Null },

    Line { operation: "GET /api/v2/tenants/{tenantId}/allResourceTypes/minimal", needs: Tenant, path: "allResourceTypes/minimal", body: || Value::Null },
    Line { operation: "GET /api/v2/tenants/{tenantId}/resourceType/minimal", needs: Tenant, path: "resourceType/minimal", body: || Value::Null },

    // Clients.
    Line { operation: "GET /api/v2/tenants/client/{tenantId}", needs: Existence(ClientView), path: "/api/v2/tenants/client/client_9", body: || Value::Null },
    Line { operation: "POST /api/v2/tenants/{tenantId}/clients", needs: Permission(ClientCreate), path: "clients", body: || json!({ "name": "Mine", "address": "1 Road", "country": "USA", "timeZone": "Europe/Berlin" }) },
    Line { operation: "GET /api/v2/tenants/{tenantId}/clients/minimal", needs: Permission(ClientView), path: "clients/minimal", body: || Value::Null },
    Line { operation: "GET /api/v2/tenants/{tenantId}/clients/search", needs: Permission(ClientView), path: "clients/search", body: || Value::Null },
    Line { operation: "GET /api/v2/tenants/{tenantId}/clients/{clientId}", needs: Existence(ClientView), path: "clients/client_9", body: || Value::Null },
    Line { operation: "POST /api/v2/tenants/{tenantId}/clients/{clientId}", needs: Permission(ClientManage), path: "clients/client_9", body: || json!({ "name": "Mine" }) },
    Line { operation: "POST /api/v2/tenants/{tenantId}/clients/{clientId}/activate", needs: Permission(ClientManage), path: "clients/client_9/activate", body: || Value::Null },
    Line { operation: "POST /api/v2/tenants/{tenantId}/clients/{clientId}/suspend", needs: Permission(ClientManage), path: "clients/client_9/suspend", body: || Value::Null },
    Line { operation: "POST /api/v2/tenants/{tenantId}/clients/{clientId}/terminate", needs: Permission(ClientManage), path: "clients/client_9/terminate", body: || Value::Null },

    // Roles and permission sets.
    Line { operation: "POST /api/v2/tenants/{tenantId}/roles", needs: Permission(RoleManage), path: "roles", body: || json!({ "name": "Mine", "scope": "MSP" }) },
    Line { operation: "GET /api/v2/tenants/{tenantId}/roles/search", needs: Permission(RoleView), path: "roles/search", body: || Value::Null },
    Line { operation: "GET /api/v2/tenants/{tenantId}/roles/{roleId}", needs: Permission(RoleView), path: "roles/{role}", body: || Value::Null },
    Line { operation: "POST /api/v2/tenants/{tenantId}/roles/{roleId}", needs: Permission(RoleManage), path: "roles/{role}", body: || json!({ "name": "Mine" }) },
    Line { operation: "DELETE /api/v2/tenants/{tenantId}/roles/{roleId}", needs: Permission(RoleManage), path: "roles/{role}", body: || Value::Null },
    Line { operation: "GET /api/v2/tenants/{tenantId}/permissionSets", needs: Permission(RoleView), path: "permissionSets", body: || Value::Null },
    Line { operation: "POST /api/v2/tenants/{tenantId}/permissionSets", needs: Permission(RoleManage), path: "permissionSets", body: || json!({ "name": "Mine" }) },
    Line { operation: "GET /api/v2/tenants/{tenantId}/permissionSets/{uniqueId}", needs: Permission(RoleView), path: "permissionSets/{set}", body: || Value::Null },
    Line { operation: "PUT /api/v2/tenants/{tenantId}/permissionSets/{uniqueId}", needs: Permission(RoleManage), path: "permissionSets/{set}", body: || json!({ "name": "Mine" }) },
    Line { operation: "DELETE /api/v2/tenants/{tenantId}/permissionSets/{uniqueId}", needs: Permission(RoleManage), path: "permissionSets/{set}", body: || Value::Null },

    // Users.
    Line { operation: "POST /api/v2/tenants/{tenantId}/users", needs: Permission(UserManage), path: "users", body: || json!({ "loginName": "mine", "firstName": "M", "lastName": "Ine", "email": "mine@x.example" }) },
    Line { operation: "GET /api/v2/tenants/{tenantId}/users/minimal", needs: Permission(UserView), path: "users/minimal", body: || Value::Null },
    Line { operation: "GET /api/v2/tenants/{tenantId}/users/search", needs: Permission(UserView), path: "users/search", body: || Value::Null },
    Line { operation: "GET /api/v2/tenants/{tenantId}/users/loginHistory/search", needs: Permission(UserView), path: "users/loginHistory/search", body: || Value::Null },
    Line { operation: "GET /api/v2/tenants/{tenantId}/users/{userId}", needs: Permission(UserView), path: "users/USR0000000011", body: || Value::Null },
    Line { operation: "POST /api/v2/tenants/{tenantId}/users/{userId}", needs: Permission(UserManage), path: "users/USR0000000011", body: || json!({ "firstName": "Mine" }) },
    Line { operation: "POST /api/v2/tenants/{tenantId}/users/{userId}/ACTIVATE", needs: Permission(UserManage), path: "users/USR0000000011/ACTIVATE", body: || Value::Null },
    Line { operation: "POST /api/v2/tenants/{tenantId}/users/{userId}/DEACTIVATE", needs: Permission(UserManage), path: "users/USR0000000011/DEACTIVATE", body: || json!({ "deactivateReason": "Mine" }) },
    Line { operation: "POST /api/v2/tenants/{tenantId}/users/{userId}/TERMINATE", needs: Permission(UserManage), path: "users/USR0000000011/TERMINATE", body: || json!({ "terminateReason": "Mine", "maskType": "FULL" }) },
    Line { operation: "POST /api/v2/tenants/{tenantId}/users/{userId}/changePassword", needs: Permission(UserManage), path: "users/USR0000000011/changePassword", body: || json!({ "currentPassword": "Wrong-1x", "newPassword": "Mine-1xx", "confirmPassword": "Mine-1xx" }) },

    // User groups.
    Line { operation: "POST /api/v2/tenants/{tenantId}/userGroups", needs: Permission(UserGroupManage), path: "userGroups", body: || json!({ "name": "Mine" }) },
    Line { operation: "GET /api/v2/tenants/{tenantId}/userGroups", needs: Permission(UserGroupView), path: "userGroups", body: || Value::Null },
    Line { operation: "GET /api/v2/tenants/{tenantId}/userGroups/{groupId}", needs: Permission(UserGroupView), path: "userGroups/USRGRP-5dd6cb59-b4cf-083a-29f6-7f6fc2688fd3", body: || Value::Null },
    Line { operation: "POST /api/v2/tenants/{tenantId}/userGroups/{groupId}", needs: Permission(UserGroupManage), path: "userGroups/USRGRP-5dd6cb59-b4cf-083a-29f6-7f6fc2688fd3", body: || json!({ "name": "Mine" }) },
    Line { operation: "DELETE /api/v2/tenants/{tenantId}/userGroups/{groupId}", needs: Permission(UserGroupManage), path: "userGroups/USRGRP-5dd6cb59-b4cf-083a-29f6-7f6fc2688fd3", body: || Value::Null },
    Line { operation: "GET /api/v2/tenants/{tenantId}/userGroups/{groupId}/users", needs: Permission(UserGroupView), path: "userGroups/USRGRP-5dd6cb59-b4cf-083a-29f6-7f6fc2688fd3/users", body: || Value::Null },
    Line { operation: "POST /api/v2/tenants/{tenantId}/userGroups/{groupId}/users", needs: Permission(UserGroupManage), path: "userGroups/USRGRP-5dd6cb59-b4cf-083a-29f6-7f6fc2688fd3/users", body: || json!([{ "id": "USR0000000011" }]) },
    Line { operation: "DELETE /api/v2/tenants/{tenantId}/userGroups/{groupId}/users", needs: Permission(UserGroupManage), path: "userGroups/USRGRP-5dd6cb59-b4cf-083a-29f6-7f6fc2688fd3/users", body: || json!([{ "id": "USR0000000011" }]) },

    // Resources.
    Line { operation: "POST /api/v2/tenants/{tenantId}/resources", needs: Permission(DeviceManage), path: "resources", body: || json!({ "hostName": "MINE", "client": { "uniqueId": "client_9" } }) },
    Line { operation: "GET /api/v2/tenants/{tenantId}/resources/minimal", needs: Permission(DeviceView), path: "resources/minimal", body: || Value::Null },
    Line { operation: "GET /api/v2/tenants/{tenantId}/resources/search", needs: Permission(DeviceView), path: "resources/search", body: || Value::Null },
    Line { operation: "GET /api/v2/tenants/{tenantId}/resources/{resourceId}", needs: Permission(DeviceView), path: "resources/2912ca9f-5c62-451f-82a8-8c08ca9c9447", body: || Value::Null },
    Line { operation: "POST /api/v2/tenants/{tenantId}/resources/{resourceId}", needs: Permission(DeviceManage), path: "resources/2912ca9f-5c62-451f-82a8-8c08ca9c9447", body: || json!({ "name": "Mine" }) },
    Line { operation: "DELETE /api/v2/tenants/{tenantId}/resources/{resourceId}", needs: Permission(DeviceManage), path: "resources/2912ca9f-5c62-451f-82a8-8c08ca9c9447", body: || Value::Null },

    // Device groups.
    Line { operation: "POST /api/v2/tenants/{tenantId}/deviceGroups", needs: Permission(DeviceManage), path: "deviceGroups", body: || json!([{ "name": "Mine" }]) },
    Line { operation: "GET /api/v2/tenants/{tenantId}/deviceGroups/minimal", needs: Permission(DeviceView), path: "deviceGroups/minimal", body: || Value::Null },
    Line { operation: "GET /api/v2/tenants/{tenantId}/deviceGroups/search", needs: Permission(DeviceView), path: "deviceGroups/search", body: || Value::Null },
    Line { operation: "GET /api/v2/tenants/{tenantId}/deviceGroups/{deviceGroupId}", needs: Permission(DeviceView), path: "deviceGroups/DGP-3bc09935-6510-4205-bb6f-6d2b9561fc43", body: || Value::Null },
    Line { operation: "DELETE /api/v2/tenants/{tenantId}/deviceGroups/{deviceGroupId}", needs: Permission(DeviceManage), path: "deviceGroups/DGP-3bc09935-6510-4205-bb6f-6d2b9561fc43", body: || Value::Null },
    Line { operation: "GET /api/v2/tenants/{tenantId}/deviceGroups/{deviceGroupId}/childs/search", needs: Permission(DeviceView), path: "deviceGroups/DGP-3bc09935-6510-4205-bb6f-6d2b9561fc43/childs/search", body: || Value::Null },
    Line { operation: "POST /api/v2/tenants/{tenantId}/deviceGroups/{deviceGroupId}/childs", needs: Permission(DeviceManage), path: "deviceGroups/DGP-3bc09935-6510-4205-bb6f-6d2b9561fc43/childs", body: || json!([{ "id": "2912ca9f-5c62-451f-82a8-8c08ca9c9447", "type": "DEVICE" }]) },
    Line { operation: "DELETE /api/v2/tenants/{tenantId}/deviceGroups/{deviceGroupId}/childs", needs: Permission(DeviceManage), path: "deviceGroups/DGP-3bc09935-6510-4205-bb6f-6d2b9561fc43/childs", body: || json!([{ "id": "2912ca9f-5c62-451f-82a8-8c08ca9c9447", "type": "DEVICE" }]) },

    // Credential sets.
    Line { operation: "GET /api/v2/tenants/{tenantId}/credentialSets", needs: Permission(CredentialSetView), path: "credentialSets", body: || Value::Null },
    Line { operation: "POST /api/v2/tenants/{tenantId}/credentialSets", needs: Permission(CredentialSetManage), path: "credentialSets", body: || json!({ "name": "Mine", "credentialType": "SSH" }) },
    Line { operation: "GET /api/v2/tenants/{tenantId}/credentialSets/minimal", needs: Permission(CredentialSetView), path: "credentialSets/minimal", body: || Value::Null },
    Line { operation: "GET /api/v2/tenants/{tenantId}/credentialSets/search", needs: Permission(CredentialSetView), path: "credentialSets/search", body: || Value::Null },
    Line { operation: "GET /api/v2/tenants/{tenantId}/credentialSets/{credentialSetId}", needs: Permission(CredentialSetView), path: "credentialSets/GxGJJk65Vr6mGUTx8uGBgMNx", body: || Value::Null },
    Line { operation: "POST /api/v2/tenants/{tenantId}/credentialSets/{credentialSetId}", needs: Permission(CredentialSetManage), path: "credentialSets/GxGJJk65Vr6mGUTx8uGBgMNx", body: || json!({ "name": "Mine" }) },
    Line { operation: "DELETE /api/v2/tenants/{tenantId}/credentialSets/{credentialSetId}", needs: Permission(CredentialSetManage), path: "credentialSets/GxGJJk65Vr6mGUTx8uGBgMNx", body: || Value::Null },
    Line { operation: "GET /api/v2/tenants/{tenantId}/credentialSets/{credentialSetId}/minimal", needs: Permission(CredentialSetView), path: "credentialSets/GxGJJk65Vr6mGUTx8uGBgMNx/minimal", body: || Value::Null },

    // AWS accounts.
    Line { operation: "GET /api/v2/tenants/{tenantId}/awsAccounts", needs: Permission(AccountView), path: "awsAccounts", body: || Value::Null },
    Line { operation: "POST /api/v2/tenants/{tenantId}/awsAccounts", needs: Permission(AccountManage), path: "awsAccounts", body: || json!({ "accountId": "123456789012", "name": "Mine", "kind": "single" }) },
    Line { operation: "GET /api/v2/tenants/{tenantId}/awsAccounts/{awsAccountId}", needs: Permission(AccountView), path: "awsAccounts/aws_1", body: || Value::Null },
    Line { operation: "POST /api/v2/tenants/{tenantId}/awsAccounts/{awsAccountId}", needs: Permission(AccountManage), path: "awsAccounts/aws_1", body: || json!({ "name": "Mine" }) },
    Line { operation: "DELETE /api/v2/tenants/{tenantId}/awsAccounts/{awsAccountId}", needs: Permission(AccountManage), path: "awsAccounts/aws_9", body: || Value::Null },
    Line { operation: "GET /api/v2/tenants/{tenantId}/awsAccounts/{awsAccountId}/members", needs: Permission(AccountView), path: "awsAccounts/aws_1/members", body: || Value::Null },
    Line { operation: "POST /api/v2/tenants/{tenantId}/awsAccounts/{awsAccountId}/promote", needs: Permission(AccountManage), path: "awsAccounts/aws_8/promote", body: || Value::Null },
    Line { operation: "POST /api/v2/tenants/{tenantId}/awsAccounts/{awsAccountId}/refresh", needs: Permission(AccountManage), path: "awsAccounts/aws_1/refresh", body: || Value::Null },
    Line { operation: "POST /api/v2/tenants/{tenantId}/awsAccounts/{awsAccountId}/roleArn", needs: Permission(AccountManage), path: "awsAccounts/aws_6/roleArn", body: || json!({ "roleArn": "arn:aws:iam::678901234567:role/Tenantry" }) },
    Line { operation: "POST /api/v2/tenants/{tenantId}/awsAccounts/{awsAccountId}/check", needs: Permission(AccountManage), path: "awsAccounts/aws_2/check", body: || Value::Null },
    Line { operation: "POST /api/v2/tenants/{tenantId}/awsAccounts/{awsAccountId}/giveUp", needs: Permission(AccountManage), path: "awsAccounts/aws_5/giveUp", body: || Value::Null },
    Line { operation: "POST /api/v2/tenants/{tenantId}/awsAccounts/associate", needs: Permission(AccountManage), path: "awsAccounts/associate", body: || json!({ "client": { "uniqueId": "client_9" }, "accounts": [{ "id": "aws_3" }] }) },
    Line { operation: "POST /api/v2/tenants/{tenantId}/awsAccounts/disassociate", needs: Permission(AccountManage), path: "awsAccounts/disassociate", body: || json!({ "accounts": [{ "id": "aws_2" }] }) },
    Line { operation: "POST /api/v2/tenants/{tenantId}/awsAccounts/onboard", needs: Permission(AccountManage), path: "awsAccounts/onboard", body: || json!({ "accounts": [{ "id": "aws_3" }], "role": { "name": "Tenantry", "access": "read-only", "region": "eu-central-1" } }) },
    Line { operation: "POST /api/v2/tenants/{tenantId}/awsAccounts/delink", needs: Permission(AccountManage), path: "awsAccounts/delink", body: || json!({ "accounts": [{ "id": "aws_2" }] }) },
    Line { operation: "POST /api/v2/tenants/{tenantId}/awsAccounts/trust", needs: Permission(AccountManage), path: "awsAccounts/trust", body: || json!({ "accountId": "123456789012", "role": { "name": "Tenantry" } }) },

    // Jobs: one that isn’t seen doesn’t exist.
    Line { operation: "GET /api/v2/tenants/{tenantId}/jobs/{jobId}", needs: Tenant, path: "jobs/job_1", body: || Value::Null },
];
