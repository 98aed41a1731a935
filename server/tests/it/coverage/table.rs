//! Who gets how far. The first column is nobody's, then another partner's administrator's, then client_8's administrator's, then the technician's.

use domain::{BackupDraft, ClientImportReading, RestoreDraft};
use serde_json::json;
use services::DEMO_PASSWORD;

use super::{
    Expected::{Apart, Home, Is, Own, OwnClient, Page as Shows, Shown, SignIn},
    Input::{Call, Devices, Open as Page, Token, Upload},
    Line,
};

const CLIENT_VIEW: &str = "“Clients: View”";
const CLIENT_CREATE: &str = "“Clients: Create”";
const CLIENT_MANAGE: &str = "“Clients: Manage”";
const CATALOGUE_MANAGE: &str = "“Catalogues: Manage”";
const USER_MANAGE: &str = "“Users: Manage”";
const USER_VIEW: &str = "“Users: View”";
const GROUP_VIEW: &str = "“User Groups: View”";
const GROUP_MANAGE: &str = "“User Groups: Manage”";
const ROLE_VIEW: &str = "“Roles: View”";
const ROLE_MANAGE: &str = "“Roles: Manage”";
const AUDIT_VIEW: &str = "“Audit Log: View”";
const CREDENTIALS_VIEW: &str = "“Credential Sets: View”";
const CREDENTIALS_MANAGE: &str = "“Credential Sets: Manage”";
const SETTING_VIEW: &str = "“Settings: View”";
const SETTING_MANAGE: &str = "“Settings: Manage”";
/// The demo partner's administrator, one of its user groups, and a permission set that nobody has.
const USER: &str = "USR0000000001";
const GROUP: &str = "USRGRP-5dd6cb59-b4cf-083a-29f6-7f6fc2688fd3";
const SET: &str = "PSET-00000000-0000-0000-0000-000000000000";
const DEVICE_VIEW: &str = "“Devices: View”";
const DEVICE_MANAGE: &str = "“Devices: Manage”";
/// A device of client_9.
const DEVICE: &str = "cef92862-2f57-4065-8756-5cb8001d7282";
const REPORT_VIEW: &str = "“Reports: View”";
const REPORT_MANAGE: &str = "“Reports: Manage”";
/// A run that there is not.
const RUN: &str = "run_4000";
const ACCOUNT_VIEW: &str = "“AWS Accounts: View”";
/// Either of the two: some see accounts, some none.
const ACCOUNTS: &str = "“AWS Accounts: ";
const ACCOUNT_MANAGE: &str = "“AWS Accounts: Manage”";
/// The demo partner's management account, and a member of it that is client_9's.
const MSP: &str = "aws_1";
const AWS: &str = "aws_4";
const ANYBODY: &str = "";
const ONESELF: &str = "";
/// A role that there is not.
const ROLE: &str = "ROLE-00000000-0000-0000-0000-000000000000";

/// A backup with secrets, which alone takes a proof.
fn with_secrets() -> BackupDraft {
    let passphrase = "A lighthouse in the fog";
    BackupDraft { with_secrets: true, passphrase: passphrase.to_owned(), confirmation: passphrase.to_owned() }
}

#[rustfmt::skip]
pub(super) const TABLE: &[Line] = &[
    // Files and probes.
    Line { route: "GET /assets/{*name}", needs: ANYBODY, step_up: false, input: |_| Page("/assets/missing.js".into()), expected: [Is(404), Is(404), Is(404), Is(404)] },
    Line { route: "GET /api/docs", needs: ANYBODY, step_up: false, input: |_| Page("/api/docs".into()), expected: [Shows(200, "REST API"), Shows(200, "REST API"), Shows(200, "REST API"), Shows(200, "REST API")] },
    Line { route: "GET /favicon.svg", needs: ANYBODY, step_up: false, input: |_| Page("/favicon.svg".into()), expected: [Shows(200, "<svg"), Shows(200, "<svg"), Shows(200, "<svg"), Shows(200, "<svg")] },
    Line { route: "GET /robots.txt", needs: ANYBODY, step_up: false, input: |_| Page("/robots.txt".into()), expected: [Shows(200, "User-agent"), Shows(200, "User-agent"), Shows(200, "User-agent"), Shows(200, "User-agent")] },
    Line { route: "GET /healthz", needs: ANYBODY, step_up: false, input: |_| Page("/healthz".into()), expected: [Shows(200, "ok"), Shows(200, "ok"), Shows(200, "ok"), Shows(200, "ok")] },
    Line { route: "GET /readyz", needs: ANYBODY, step_up: false, input: |_| Page("/readyz".into()), expected: [Shows(200, "ready"), Shows(200, "ready"), Shows(200, "ready"), Shows(200, "ready")] },

    // Images. A new one is its uploader's alone.
    Line { route: "POST /images", needs: CLIENT_MANAGE, step_up: false, input: |_| Upload("/images".into()), expected: [Is(401), Apart, Is(403), Is(403)] },
    Line { route: "GET /images/{id}", needs: CLIENT_VIEW, step_up: false, input: |t| Page(format!("/images/{}", t.image.id)), expected: [Is(401), Is(404), Is(404), Is(404)] },

    Line { route: "POST /images/users/{id}", needs: USER_MANAGE, step_up: false, input: |_| Upload(format!("/images/users/{USER}")), expected: [Is(401), Is(404), Is(404), Is(403)] },
    Line { route: "GET /images/users/{id}", needs: USER_VIEW, step_up: false, input: |_| Page(format!("/images/users/{USER}")), expected: [Is(401), Is(404), Is(404), Is(404)] },

    // The API. A session opens nothing there: a page of another site could use it.
    Line { route: "ANY /api/{*rest}", needs: ANYBODY, step_up: false, input: |_| Page("/api/v2/tenants/msp_1/clients/client_9".into()), expected: [Is(401), Is(401), Is(401), Is(401)] },
    Line { route: "POST /auth/oauth/token", needs: ANYBODY, step_up: false, input: |_| Token("/auth/oauth/token"), expected: [Is(401), Is(401), Is(401), Is(401)] },
    Line { route: "POST /tenancy/auth/oauth/token", needs: ANYBODY, step_up: false, input: |_| Token("/tenancy/auth/oauth/token"), expected: [Is(401), Is(401), Is(401), Is(401)] },

    // Pages.
    Line { route: "GET /", needs: ONESELF, step_up: false, input: |_| Page("/".into()), expected: [SignIn, Own, OwnClient, Own] },
    Line { route: "GET /rpc/palette/search", needs: ONESELF, step_up: false, input: |_| Call(json!({ "words": "client_9" })), expected: [Is(401), Own, Own, Shown] },
    Line { route: "POST /rpc/palette/recent", needs: ONESELF, step_up: false, input: |t| Call(json!({ "targets": [{ "Client": t.client.id }] })), expected: [Is(401), Own, Own, Shown] },
    Line { route: "GET /rpc/home/get", needs: ONESELF, step_up: false, input: |_| Call(json!({})), expected: [Is(401), Own, Own, Own] },
    Line { route: "GET /login", needs: ANYBODY, step_up: false, input: |_| Page("/login".into()), expected: [Shows(200, "<h1>Sign in<"), Home, Home, Home] },
    Line { route: "GET /setup/{token}", needs: ANYBODY, step_up: false, input: |_| Page("/setup/wrong".into()), expected: [Shows(404, "<h1>This link has expired<"), Shows(404, "<h1>This link has expired<"), Shows(404, "<h1>This link has expired<"), Shows(404, "<h1>This link has expired<")] },
    Line { route: "GET /account", needs: ONESELF, step_up: false, input: |_| Page("/account".into()), expected: [SignIn, Own, Own, Own] },
    Line { route: "GET /clients", needs: CLIENT_VIEW, step_up: false, input: |_| Page("/clients?q=leoart".into()), expected: [SignIn, Own, Own, Shown] },
    Line { route: "GET /clients/{client}", needs: CLIENT_VIEW, step_up: false, input: |t| Page(format!("/clients/{}", t.client.id)), expected: [SignIn, Is(404), Is(404), Shown] },
    Line { route: "GET /clients/{client}/{tab}", needs: CLIENT_VIEW, step_up: false, input: |t| Page(format!("/clients/{}/settings", t.client.id)), expected: [SignIn, Is(404), Is(404), Shown] },
    Line { route: "GET /clients/{client}/edit", needs: CLIENT_MANAGE, step_up: false, input: |t| Page(format!("/clients/{}/edit", t.client.id)), expected: [SignIn, Is(404), Is(404), Is(403)] },
    Line { route: "GET /clients/{client}/restrictions", needs: ROLE_MANAGE, step_up: false, input: |t| Page(format!("/clients/{}/restrictions", t.client.id)), expected: [SignIn, Is(404), Is(404), Is(403)] },
    Line { route: "GET /clients/new", needs: CLIENT_CREATE, step_up: false, input: |_| Page("/clients/new".into()), expected: [SignIn, Own, Is(404), Is(403)] },
    Line { route: "GET /clients/{client}/backups", needs: CLIENT_MANAGE, step_up: false, input: |t| Page(format!("/clients/{}/backups", t.client.id)), expected: [SignIn, Is(404), Is(404), Is(403)] },
    Line { route: "GET /backups/{backup}/file", needs: CLIENT_MANAGE, step_up: false, input: |_| Page("/backups/backup_4000/file".into()), expected: [SignIn, Is(404), Is(404), Is(404)] },
    Line { route: "GET /rpc/backups/list", needs: CLIENT_MANAGE, step_up: false, input: |t| Call(json!({ "client": t.client.id, "query": "" })), expected: [Is(401), Is(404), Is(404), Is(403)] },
    Line { route: "POST /rpc/backups/create", needs: CLIENT_MANAGE, step_up: true, input: |t| Call(json!({ "client": t.client.id, "draft": with_secrets() })), expected: [Is(401), Is(404), Is(404), Is(403)] },
    Line { route: "POST /rpc/backups/delete", needs: CLIENT_MANAGE, step_up: false, input: |_| Call(json!({ "id": "backup_4000" })), expected: [Is(401), Is(404), Is(404), Is(404)] },
    Line { route: "GET /clients/restore", needs: CLIENT_CREATE, step_up: false, input: |_| Page("/clients/restore".into()), expected: [SignIn, Own, Is(404), Is(403)] },
    Line { route: "POST /restores", needs: CLIENT_CREATE, step_up: false, input: |_| Devices("/restores"), expected: [Is(401), Apart, Is(404), Is(403)] },
    Line { route: "POST /restores/{id}/{part}", needs: CLIENT_CREATE, step_up: false, input: |_| Devices("/restores/00000000-0000-4000-8000-000000000000/0"), expected: [Is(401), Is(404), Is(404), Is(403)] },
    Line { route: "GET /rpc/restores/preview", needs: CLIENT_CREATE, step_up: false, input: |_| Call(json!({ "id": "00000000-0000-4000-8000-000000000000" })), expected: [Is(401), Is(404), Is(404), Is(403)] },
    Line { route: "POST /rpc/restores/start", needs: CLIENT_CREATE, step_up: true, input: |_| Call(json!({ "id": "00000000-0000-4000-8000-000000000000", "draft": RestoreDraft::default() })), expected: [Is(401), Is(404), Is(404), Is(403)] },
    Line { route: "GET /clients/import", needs: CLIENT_CREATE, step_up: false, input: |_| Page("/clients/import".into()), expected: [SignIn, Own, Is(404), Is(403)] },
    Line { route: "POST /clients/import", needs: CLIENT_CREATE, step_up: false, input: |_| Devices("/clients/import"), expected: [Is(401), Apart, Is(404), Is(403)] },
    Line { route: "GET /client-imports/{id}/errors", needs: CLIENT_CREATE, step_up: false, input: |t| Page(format!("/client-imports/{}/errors", t.import.id)), expected: [SignIn, Is(404), Is(404), Is(403)] },
    Line { route: "POST /rpc/client-imports/preview", needs: CLIENT_CREATE, step_up: false, input: |t| Call(json!({ "id": t.import.id, "reading": ClientImportReading::default() })), expected: [Is(401), Is(404), Is(404), Is(403)] },
    Line { route: "POST /rpc/client-imports/start", needs: CLIENT_CREATE, step_up: false, input: |t| Call(json!({ "id": t.import.id })), expected: [Is(401), Is(404), Is(404), Is(403)] },
    Line { route: "GET /clients/new/{draft}", needs: CLIENT_CREATE, step_up: false, input: |t| Page(format!("/clients/new/{}", t.draft.id)), expected: [SignIn, Is(404), Is(404), Is(403)] },
    Line { route: "GET /clients/new/{draft}/{step}", needs: CLIENT_CREATE, step_up: false, input: |t| Page(format!("/clients/new/{}/{}", t.draft.id, t.draft.step.key())), expected: [SignIn, Is(404), Is(404), Is(403)] },
    Line { route: "GET /catalogues/{kind}", needs: ONESELF, step_up: false, input: |_| Page("/catalogues/packages".into()), expected: [SignIn, Own, Is(404), Shown] },
    Line { route: "GET /users", needs: USER_VIEW, step_up: false, input: |_| Page("/users".into()), expected: [SignIn, Own, Own, Shown] },
    Line { route: "GET /users/new", needs: USER_MANAGE, step_up: false, input: |_| Page("/users/new".into()), expected: [SignIn, Own, Own, Is(403)] },
    Line { route: "GET /users/{user}", needs: USER_VIEW, step_up: false, input: |_| Page(format!("/users/{USER}")), expected: [SignIn, Is(404), Is(404), Shown] },
    Line { route: "GET /users/{user}/edit", needs: USER_MANAGE, step_up: false, input: |_| Page(format!("/users/{USER}/edit")), expected: [SignIn, Is(404), Is(404), Is(403)] },
    Line { route: "GET /second-factor", needs: ANYBODY, step_up: false, input: |_| Page("/second-factor".into()), expected: [Home, Home, Home, Home] },
    Line { route: "GET /second-factor/set-up", needs: ANYBODY, step_up: false, input: |_| Page("/second-factor/set-up".into()), expected: [Home, Home, Home, Home] },
    Line { route: "GET /invitation/{token}", needs: ANYBODY, step_up: false, input: |_| Page("/invitation/wrong".into()), expected: [Shows(404, "<h1>This link has expired<"), Shows(404, "<h1>This link has expired<"), Shows(404, "<h1>This link has expired<"), Shows(404, "<h1>This link has expired<")] },
    Line { route: "GET /forgotten-password", needs: ANYBODY, step_up: false, input: |_| Page("/forgotten-password".into()), expected: [Shows(200, "<h1>Forgot your password?<"), Shows(200, "<h1>Forgot your password?<"), Shows(200, "<h1>Forgot your password?<"), Shows(200, "<h1>Forgot your password?<")] },
    Line { route: "GET /password/{token}", needs: ANYBODY, step_up: false, input: |_| Page("/password/wrong".into()), expected: [Shows(404, "<h1>This link has expired<"), Shows(404, "<h1>This link has expired<"), Shows(404, "<h1>This link has expired<"), Shows(404, "<h1>This link has expired<")] },
    Line { route: "GET /email/{token}", needs: ANYBODY, step_up: false, input: |_| Page("/email/wrong".into()), expected: [Shows(404, "<h1>This link has expired<"), Shows(404, "<h1>This link has expired<"), Shows(404, "<h1>This link has expired<"), Shows(404, "<h1>This link has expired<")] },
    Line { route: "GET /user-groups", needs: GROUP_VIEW, step_up: false, input: |_| Page("/user-groups".into()), expected: [SignIn, Own, Own, Is(403)] },
    Line { route: "GET /user-groups/new", needs: GROUP_MANAGE, step_up: false, input: |_| Page("/user-groups/new".into()), expected: [SignIn, Own, Own, Is(403)] },
    Line { route: "GET /user-groups/{group}", needs: GROUP_VIEW, step_up: false, input: |_| Page(format!("/user-groups/{GROUP}")), expected: [SignIn, Is(404), Is(404), Is(403)] },
    Line { route: "GET /user-groups/{group}/edit", needs: GROUP_VIEW, step_up: false, input: |_| Page(format!("/user-groups/{GROUP}/edit")), expected: [SignIn, Is(404), Is(404), Is(403)] },
    Line { route: "GET /permission-sets", needs: ROLE_VIEW, step_up: false, input: |_| Page("/permission-sets".into()), expected: [SignIn, Own, Own, Is(403)] },
    Line { route: "GET /permission-sets/new", needs: ROLE_MANAGE, step_up: false, input: |_| Page("/permission-sets/new".into()), expected: [SignIn, Own, Own, Is(403)] },
    Line { route: "GET /permission-sets/{set}", needs: ROLE_VIEW, step_up: false, input: |_| Page(format!("/permission-sets/{SET}")), expected: [SignIn, Is(404), Is(404), Is(403)] },
    Line { route: "GET /permission-sets/{set}/edit", needs: ROLE_VIEW, step_up: false, input: |_| Page(format!("/permission-sets/{SET}/edit")), expected: [SignIn, Is(404), Is(404), Is(403)] },
    Line { route: "GET /permission-sets/{set}/copy", needs: ROLE_VIEW, step_up: false, input: |_| Page(format!("/permission-sets/{SET}/copy")), expected: [SignIn, Is(404), Is(404), Is(403)] },
    Line { route: "GET /settings", needs: SETTING_VIEW, step_up: false, input: |_| Page("/settings".into()), expected: [SignIn, Own, Is(404), Is(403)] },

    // Sessions, passwords, the first start.
    Line { route: "POST /rpc/sessions/create", needs: ANYBODY, step_up: false, input: |_| Call(json!({ "draft": { "login": "", "password": "" } })), expected: [Apart, Apart, Apart, Apart] },
    Line { route: "POST /rpc/sessions/delete", needs: ANYBODY, step_up: false, input: |_| Call(json!({})), expected: [Is(401), Apart, Apart, Apart] },
    Line { route: "POST /rpc/sessions/delete-all", needs: ONESELF, step_up: false, input: |_| Call(json!({})), expected: [Is(401), Apart, Apart, Apart] },
    Line { route: "GET /rpc/sessions/state", needs: ANYBODY, step_up: false, input: |_| Call(json!({})), expected: [Own, Own, Own, Own] },
    Line { route: "POST /rpc/sessions/list", needs: ONESELF, step_up: false, input: |_| Call(json!({})), expected: [Is(401), Own, Own, Own] },
    Line { route: "POST /rpc/sessions/end", needs: ONESELF, step_up: false, input: |_| Call(json!({ "id": "session_4000" })), expected: [Is(401), Is(404), Is(404), Is(404)] },
    Line { route: "POST /rpc/sessions/end-others", needs: ONESELF, step_up: false, input: |_| Call(json!({})), expected: [Is(401), Apart, Apart, Apart] },
    Line { route: "GET /rpc/email/get", needs: ONESELF, step_up: false, input: |_| Call(json!({})), expected: [Is(401), Own, Own, Own] },
    Line { route: "POST /rpc/email/change", needs: ONESELF, step_up: true, input: |_| Call(json!({ "draft": { "email": "", "password": "" } })), expected: [Is(401), Apart, Apart, Apart] },
    Line { route: "POST /rpc/email/cancel", needs: ONESELF, step_up: false, input: |_| Call(json!({})), expected: [Is(401), Apart, Apart, Apart] },
    Line { route: "POST /rpc/second-factor/sign-in", needs: ANYBODY, step_up: false, input: |_| Call(json!({ "draft": { "code": "123456" } })), expected: [Is(401), Apart, Apart, Apart] },
    Line { route: "POST /rpc/second-factor/may-trust", needs: ANYBODY, step_up: false, input: |_| Call(json!({})), expected: [Own, Own, Own, Own] },
    Line { route: "POST /rpc/second-factor/get", needs: ONESELF, step_up: false, input: |_| Call(json!({})), expected: [Is(401), Own, Own, Own] },
    Line { route: "POST /rpc/second-factor/set-up", needs: ONESELF, step_up: true, input: |_| Call(json!({})), expected: [Is(401), Apart, Apart, Apart] },
    Line { route: "POST /rpc/second-factor/confirm", needs: ONESELF, step_up: true, input: |_| Call(json!({ "draft": { "code": "123456", "password": DEMO_PASSWORD } })), expected: [Is(401), Apart, Apart, Apart] },
    Line { route: "POST /rpc/second-factor/turn-off", needs: ONESELF, step_up: false, input: |_| Call(json!({ "draft": { "password": "x", "code": "123456" } })), expected: [Is(401), Apart, Apart, Apart] },
    Line { route: "POST /rpc/second-factor/renew-recovery-codes", needs: ONESELF, step_up: true, input: |_| Call(json!({})), expected: [Is(401), Apart, Apart, Apart] },
    Line { route: "POST /rpc/second-factor/prove", needs: ONESELF, step_up: false, input: |_| Call(json!({ "draft": { "code": "123456" } })), expected: [Is(401), Apart, Apart, Apart] },
    Line { route: "POST /rpc/passkeys/request", needs: ONESELF, step_up: true, input: |_| Call(json!({})), expected: [Is(401), Apart, Apart, Apart] },
    Line { route: "POST /rpc/passkeys/create", needs: ONESELF, step_up: true, input: |_| Call(json!({ "draft": { "name": "Phone", "password": DEMO_PASSWORD, "ceremony": "x", "answer": "{}" } })), expected: [Is(401), Apart, Apart, Apart] },
    Line { route: "POST /rpc/passkeys/delete", needs: ONESELF, step_up: true, input: |_| Call(json!({ "id": "x" })), expected: [Is(401), Apart, Apart, Apart] },
    Line { route: "POST /rpc/passkeys/prove-request", needs: ONESELF, step_up: false, input: |_| Call(json!({})), expected: [Is(401), Apart, Apart, Apart] },
    Line { route: "POST /rpc/passkeys/prove", needs: ONESELF, step_up: false, input: |_| Call(json!({ "proof": { "ceremony": "x", "answer": "{}" } })), expected: [Is(401), Apart, Apart, Apart] },
    Line { route: "POST /rpc/passkeys/may-finish", needs: ANYBODY, step_up: false, input: |_| Call(json!({})), expected: [Own, Own, Own, Own] },
    Line { route: "POST /rpc/passkeys/sign-in-request", needs: ANYBODY, step_up: false, input: |_| Call(json!({})), expected: [Is(401), Apart, Apart, Apart] },
    Line { route: "POST /rpc/passkeys/sign-in", needs: ANYBODY, step_up: false, input: |_| Call(json!({ "proof": { "ceremony": "x", "answer": "{}" } })), expected: [Is(401), Apart, Apart, Apart] },
    // This console has no public address, so it asks no browser for a passkey.
    Line { route: "POST /rpc/passkeys/alone-request", needs: ANYBODY, step_up: false, input: |_| Call(json!({})), expected: [Is(409), Is(409), Is(409), Is(409)] },
    Line { route: "POST /rpc/passkeys/alone", needs: ANYBODY, step_up: false, input: |_| Call(json!({ "proof": { "ceremony": "x", "answer": "{}" } })), expected: [Is(422), Is(422), Is(422), Is(422)] },
    Line { route: "POST /rpc/second-factor/of", needs: USER_VIEW, step_up: false, input: |_| Call(json!({ "user": USER })), expected: [Is(401), Is(404), Is(404), Shown] },
    Line { route: "POST /rpc/second-factor/reset", needs: USER_MANAGE, step_up: true, input: |_| Call(json!({ "user": USER })), expected: [Is(401), Is(404), Is(404), Is(403)] },
    Line { route: "POST /rpc/password/change", needs: ONESELF, step_up: true, input: |_| Call(json!({ "draft": { "current": "", "new": "", "confirmation": "" } })), expected: [Is(401), Apart, Apart, Apart] },
    Line { route: "POST /rpc/setup/check", needs: ANYBODY, step_up: false, input: |_| Call(json!({ "token": "wrong" })), expected: [Is(404), Is(404), Is(404), Is(404)] },
    Line { route: "POST /rpc/setup/complete", needs: ANYBODY, step_up: false, input: |_| Call(json!({ "token": "wrong", "draft": { "organization": "", "first_name": "", "last_name": "", "email": "", "password": "", "confirmation": "" } })), expected: [Is(404), Is(404), Is(404), Is(404)] },

    // Clients.
    Line { route: "GET /rpc/clients/list", needs: CLIENT_VIEW, step_up: false, input: |_| Call(json!({ "query": "q=leoart&status=all" })), expected: [Is(401), Own, Own, Shown] },
    Line { route: "GET /rpc/clients/get", needs: CLIENT_VIEW, step_up: false, input: |t| Call(json!({ "id": t.client.id })), expected: [Is(401), Is(404), Is(404), Shown] },
    Line { route: "GET /rpc/clients/hub", needs: CLIENT_VIEW, step_up: false, input: |t| Call(json!({ "id": t.client.id })), expected: [Is(401), Is(404), Is(404), Shown] },
    Line { route: "POST /rpc/clients/update", needs: CLIENT_MANAGE, step_up: true, input: |t| Call(json!({ "id": t.client.id, "version": t.client.version, "draft": t.client.details })), expected: [Is(401), Is(404), Is(404), Is(403)] },
    Line { route: "POST /rpc/clients/suspend", needs: CLIENT_MANAGE, step_up: false, input: |t| Call(json!({ "id": t.client.id })), expected: [Is(401), Is(404), Is(404), Is(403)] },
    Line { route: "POST /rpc/clients/activate", needs: CLIENT_MANAGE, step_up: false, input: |t| Call(json!({ "id": t.client.id })), expected: [Is(401), Is(404), Is(404), Is(403)] },

    Line { route: "GET /rpc/clients/termination-preview", needs: CLIENT_MANAGE, step_up: false, input: |t| Call(json!({ "id": t.client.id })), expected: [Is(401), Is(404), Is(404), Is(403)] },
    Line { route: "POST /rpc/clients/terminate", needs: CLIENT_MANAGE, step_up: true, input: |t| Call(json!({ "id": t.client.id, "draft": { "name": t.client.details.name, "statements": ["forever", "erased", "signed_out"] } })), expected: [Is(401), Is(404), Is(404), Is(403)] },
    Line { route: "GET /rpc/clients/receipt", needs: CLIENT_VIEW, step_up: false, input: |t| Call(json!({ "id": t.client.id })), expected: [Is(401), Is(404), Is(404), Shown] },

    // The audit log. An export is its owner's alone.
    Line { route: "GET /audit", needs: AUDIT_VIEW, step_up: false, input: |_| Page("/audit".into()), expected: [SignIn, Own, Own, Is(403)] },
    Line { route: "GET /rpc/audit/list", needs: AUDIT_VIEW, step_up: false, input: |_| Call(json!({ "query": "" })), expected: [Is(401), Own, Own, Is(403)] },
    Line { route: "GET /rpc/audit/refresh", needs: AUDIT_VIEW, step_up: false, input: |_| Call(json!({ "query": "" })), expected: [Is(401), Own, Own, Is(403)] },
    Line { route: "GET /events/audit", needs: AUDIT_VIEW, step_up: false, input: |_| Page("/events/audit".into()), expected: [Is(401), Own, Own, Is(403)] },
    Line { route: "POST /rpc/audit/export", needs: AUDIT_VIEW, step_up: false, input: |_| Call(json!({ "query": "", "format": "csv" })), expected: [Is(401), Apart, Apart, Is(403)] },
    Line { route: "POST /rpc/audit/retention/get", needs: SETTING_VIEW, step_up: false, input: |_| Call(json!({})), expected: [Is(401), Own, Is(404), Is(403)] },
    Line { route: "POST /rpc/audit/retention/set", needs: SETTING_MANAGE, step_up: true, input: |_| Call(json!({ "draft": { "days": "" } })), expected: [Is(401), Own, Is(404), Is(403)] },
    Line { route: "GET /audit-exports/{job}", needs: AUDIT_VIEW, step_up: false, input: |t| Page(format!("/audit-exports/{}", t.job.id)), expected: [SignIn, Is(404), Is(404), Is(403)] },

    // Jobs: one's own, and those that one could have asked for. This one is a termination.
    Line { route: "GET /jobs", needs: ONESELF, step_up: false, input: |_| Page("/jobs".into()), expected: [SignIn, Own, Own, Own] },
    Line { route: "GET /jobs/{job}", needs: ONESELF, step_up: false, input: |t| Page(format!("/jobs/{}", t.job.id)), expected: [SignIn, Is(404), Is(404), Is(404)] },
    Line { route: "GET /events/jobs", needs: ONESELF, step_up: false, input: |t| Page(format!("/events/jobs?followed={}", t.job.id)), expected: [Is(401), Own, Own, Own] },
    Line { route: "GET /rpc/jobs/list", needs: ONESELF, step_up: false, input: |_| Call(json!({ "query": "" })), expected: [Is(401), Own, Own, Own] },
    Line { route: "GET /rpc/jobs/get", needs: ONESELF, step_up: false, input: |t| Call(json!({ "id": t.job.id })), expected: [Is(401), Is(404), Is(404), Is(404)] },
    Line { route: "POST /rpc/jobs/cancel", needs: ONESELF, step_up: false, input: |t| Call(json!({ "id": t.job.id })), expected: [Is(401), Is(404), Is(404), Is(404)] },
    Line { route: "POST /rpc/jobs/repeat", needs: ONESELF, step_up: false, input: |t| Call(json!({ "id": t.job.id })), expected: [Is(401), Is(404), Is(404), Is(404)] },

    // Drafts of clients. Each is its author's alone.
    Line { route: "GET /rpc/client-drafts/list", needs: CLIENT_CREATE, step_up: false, input: |_| Call(json!({})), expected: [Is(401), Own, Is(404), Is(403)] },
    Line { route: "POST /rpc/client-drafts/create", needs: CLIENT_CREATE, step_up: false, input: |_| Call(json!({})), expected: [Is(401), Apart, Is(404), Is(403)] },
    Line { route: "GET /rpc/client-drafts/get", needs: CLIENT_CREATE, step_up: false, input: |t| Call(json!({ "id": t.draft.id })), expected: [Is(401), Is(404), Is(404), Is(403)] },
    Line { route: "POST /rpc/client-drafts/save", needs: CLIENT_CREATE, step_up: false, input: |t| Call(json!({ "id": t.draft.id, "version": t.draft.version, "step": t.draft.step, "draft": t.draft.draft })), expected: [Is(401), Is(404), Is(404), Is(403)] },
    Line { route: "POST /rpc/client-drafts/finish", needs: CLIENT_CREATE, step_up: false, input: |t| Call(json!({ "id": t.draft.id, "version": t.draft.version, "draft": t.client.details })), expected: [Is(401), Is(404), Is(404), Is(403)] },
    Line { route: "POST /rpc/client-drafts/discard", needs: CLIENT_CREATE, step_up: false, input: |t| Call(json!({ "id": t.draft.id })), expected: [Is(401), Is(404), Is(404), Is(403)] },

    // Catalogues. A client's users may read what they can be given.
    Line { route: "POST /rpc/catalogues/list", needs: ONESELF, step_up: false, input: |_| Call(json!({})), expected: [Is(401), Own, Shown, Shown] },
    Line { route: "POST /rpc/catalogues/create", needs: CATALOGUE_MANAGE, step_up: false, input: |t| Call(json!({ "kind": t.item.kind, "parent": null, "draft": { "name": "Mine", "description": "" } })), expected: [Is(401), Apart, Is(404), Is(403)] },
    Line { route: "POST /rpc/catalogues/update", needs: CATALOGUE_MANAGE, step_up: false, input: |t| Call(json!({ "id": t.item.id, "version": t.item.version, "draft": { "name": "Mine", "description": "" } })), expected: [Is(401), Is(404), Is(404), Is(403)] },
    Line { route: "POST /rpc/catalogues/retire", needs: CATALOGUE_MANAGE, step_up: false, input: |t| Call(json!({ "id": t.item.id })), expected: [Is(401), Is(404), Is(404), Is(403)] },
    Line { route: "POST /rpc/catalogues/restore", needs: CATALOGUE_MANAGE, step_up: false, input: |t| Call(json!({ "id": t.item.id })), expected: [Is(401), Is(404), Is(404), Is(403)] },

    // Roles.
    Line { route: "GET /roles", needs: ROLE_VIEW, step_up: false, input: |_| Page("/roles".into()), expected: [SignIn, Own, Own, Is(403)] },
    Line { route: "GET /roles/new", needs: ROLE_MANAGE, step_up: false, input: |_| Page("/roles/new".into()), expected: [SignIn, Own, Own, Is(403)] },
    Line { route: "GET /roles/{role}", needs: ROLE_VIEW, step_up: false, input: |_| Page(format!("/roles/{ROLE}")), expected: [SignIn, Is(404), Is(404), Is(403)] },
    Line { route: "GET /why", needs: ROLE_VIEW, step_up: false, input: |t| Page(format!("/why?user={USER}&kind=client&id={}", t.client.id)), expected: [SignIn, Is(404), Is(404), Is(403)] },
    Line { route: "GET /rpc/roles/list", needs: ROLE_VIEW, step_up: false, input: |_| Call(json!({ "query": "" })), expected: [Is(401), Own, Own, Is(403)] },
    Line { route: "GET /rpc/roles/get", needs: ROLE_VIEW, step_up: false, input: |_| Call(json!({ "id": ROLE })), expected: [Is(401), Is(404), Is(404), Is(403)] },
    Line { route: "GET /rpc/roles/members", needs: ROLE_VIEW, step_up: false, input: |_| Call(json!({ "id": ROLE, "list": "users", "query": "" })), expected: [Is(401), Is(404), Is(404), Is(403)] },
    Line { route: "GET /rpc/roles/candidates", needs: ROLE_VIEW, step_up: false, input: |_| Call(json!({ "list": "permission_sets", "scope": "Msp", "query": "" })), expected: [Is(401), Own, Own, Is(403)] },
    Line { route: "POST /rpc/roles/difference", needs: ROLE_VIEW, step_up: false, input: |_| Call(json!({ "id": ROLE, "draft": {} })), expected: [Is(401), Is(404), Is(404), Is(403)] },
    Line { route: "POST /rpc/roles/create", needs: ROLE_MANAGE, step_up: true, input: |_| Call(json!({ "draft": { "name": "Mine", "scope": "MSP" } })), expected: [Is(401), Apart, Is(422), Is(403)] },
    Line { route: "POST /rpc/roles/update", needs: ROLE_VIEW, step_up: true, input: |t| Call(json!({ "id": t.role.id, "version": 1, "draft": { "name": "Mine" } })), expected: [Is(401), Is(404), Is(404), Is(403)] },
    Line { route: "POST /rpc/roles/copy", needs: ROLE_VIEW, step_up: true, input: |t| Call(json!({ "id": t.role.id, "name": "Mine" })), expected: [Is(401), Is(404), Is(404), Is(403)] },
    Line { route: "POST /rpc/roles/delete", needs: ROLE_VIEW, step_up: true, input: |t| Call(json!({ "id": t.role.id })), expected: [Is(401), Is(404), Is(404), Is(403)] },
    Line { route: "GET /rpc/access/explain", needs: ROLE_VIEW, step_up: false, input: |t| Call(json!({ "user": USER, "kind": "Client", "id": t.client.id })), expected: [Is(401), Is(404), Is(404), Is(403)] },
    Line { route: "GET /rpc/access/name", needs: ROLE_VIEW, step_up: false, input: |t| Call(json!({ "kind": "Client", "id": t.client.id })), expected: [Is(401), Is(404), Is(404), Is(403)] },
    Line { route: "GET /rpc/access/viewers", needs: ROLE_VIEW, step_up: false, input: |t| Call(json!({ "query": format!("client={}", t.client.id) })), expected: [Is(401), Is(404), Is(404), Is(403)] },
    Line { route: "GET /rpc/access/clients", needs: ROLE_VIEW, step_up: false, input: |_| Call(json!({ "user": USER, "query": "" })), expected: [Is(401), Is(404), Is(404), Is(403)] },
    Line { route: "GET /rpc/restrictions/get", needs: ROLE_MANAGE, step_up: false, input: |t| Call(json!({ "client": t.client.id })), expected: [Is(401), Is(404), Is(404), Is(403)] },
    Line { route: "POST /rpc/restrictions/set", needs: ROLE_MANAGE, step_up: true, input: |t| Call(json!({ "client": t.client.id, "before": 0, "permissions": 0 })), expected: [Is(401), Is(404), Is(404), Is(403)] },

    // The partner's settings.
    Line { route: "POST /rpc/settings/get", needs: SETTING_VIEW, step_up: false, input: |_| Call(json!({})), expected: [Is(401), Own, Is(404), Is(403)] },
    Line { route: "POST /rpc/settings/update", needs: SETTING_MANAGE, step_up: true, input: |_| Call(json!({ "settings": { "restrict_ips": false, "allowed_ips": "", "require_second_factor": false, "trust_browsers": false, "version": 1 } })), expected: [Is(401), Apart, Is(404), Is(403)] },

    // One-time links.
    Line { route: "POST /rpc/invitation/check", needs: ANYBODY, step_up: false, input: |_| Call(json!({ "token": "wrong" })), expected: [Is(404), Is(404), Is(404), Is(404)] },
    Line { route: "POST /rpc/password/forgotten", needs: ANYBODY, step_up: false, input: |_| Call(json!({ "login": "admin@leoart.example" })), expected: [Is(409), Is(409), Is(409), Is(409)] },
    Line { route: "POST /rpc/password/check", needs: ANYBODY, step_up: false, input: |_| Call(json!({ "token": "wrong" })), expected: [Is(404), Is(404), Is(404), Is(404)] },
    Line { route: "POST /rpc/password/reset", needs: ANYBODY, step_up: false, input: |_| Call(json!({ "token": "wrong", "draft": { "password": "", "confirmation": "" } })), expected: [Is(404), Is(404), Is(404), Is(404)] },
    Line { route: "POST /rpc/email/check", needs: ANYBODY, step_up: false, input: |_| Call(json!({ "token": "wrong" })), expected: [Is(404), Is(404), Is(404), Is(404)] },
    Line { route: "POST /rpc/email/confirm", needs: ANYBODY, step_up: false, input: |_| Call(json!({ "token": "wrong" })), expected: [Is(404), Is(404), Is(404), Is(404)] },
    Line { route: "POST /rpc/invitation/accept", needs: ANYBODY, step_up: false, input: |_| Call(json!({ "token": "wrong", "draft": { "password": "", "confirmation": "" } })), expected: [Is(404), Is(409), Is(409), Is(409)] },

    // Users.
    Line { route: "GET /rpc/users/list", needs: USER_VIEW, step_up: false, input: |_| Call(json!({ "query": "" })), expected: [Is(401), Own, Own, Shown] },
    Line { route: "GET /rpc/users/directory", needs: USER_VIEW, step_up: false, input: |_| Call(json!({ "query": "" })), expected: [Is(401), Own, Own, Shown] },
    Line { route: "GET /rpc/users/list-of-client", needs: USER_VIEW, step_up: false, input: |t| Call(json!({ "client": t.client.id, "query": "" })), expected: [Is(401), Is(404), Is(404), Shown] },
    Line { route: "GET /rpc/users/list-roles", needs: ROLE_VIEW, step_up: false, input: |t| Call(json!({ "client": t.client.id, "query": "" })), expected: [Is(401), Is(404), Is(404), Is(403)] },
    Line { route: "GET /rpc/users/get", needs: USER_VIEW, step_up: false, input: |_| Call(json!({ "id": USER })), expected: [Is(401), Is(404), Is(404), Shown] },
    Line { route: "GET /rpc/users/usage", needs: USER_VIEW, step_up: false, input: |_| Call(json!({ "id": USER })), expected: [Is(401), Is(404), Is(404), Shown] },
    Line { route: "GET /rpc/users/login-history", needs: AUDIT_VIEW, step_up: false, input: |_| Call(json!({ "id": USER })), expected: [Is(401), Is(404), Is(404), Is(403)] },
    Line { route: "GET /rpc/users/sessions", needs: USER_MANAGE, step_up: false, input: |_| Call(json!({ "user": USER })), expected: [Is(401), Is(404), Is(404), Is(403)] },
    Line { route: "POST /rpc/users/end-session", needs: USER_MANAGE, step_up: false, input: |_| Call(json!({ "user": USER, "id": "session_1" })), expected: [Is(401), Is(404), Is(404), Is(403)] },
    Line { route: "POST /rpc/users/end-sessions", needs: USER_MANAGE, step_up: false, input: |_| Call(json!({ "user": USER })), expected: [Is(401), Is(404), Is(404), Is(403)] },
    Line { route: "POST /rpc/users/create", needs: USER_MANAGE, step_up: true, input: |t| Call(json!({ "client": t.client.id, "draft": {} })), expected: [Is(401), Is(404), Is(404), Is(403)] },
    Line { route: "POST /rpc/users/update", needs: USER_MANAGE, step_up: true, input: |_| Call(json!({ "id": USER, "version": 1, "draft": { "city": "Oakland" } })), expected: [Is(401), Is(404), Is(404), Is(403)] },
    Line { route: "POST /rpc/users/activate", needs: USER_MANAGE, step_up: true, input: |_| Call(json!({ "id": USER })), expected: [Is(401), Is(404), Is(404), Is(403)] },
    Line { route: "POST /rpc/users/deactivate", needs: USER_MANAGE, step_up: false, input: |_| Call(json!({ "id": USER, "reason": "gone" })), expected: [Is(401), Is(404), Is(404), Is(403)] },
    Line { route: "POST /rpc/users/terminate", needs: USER_MANAGE, step_up: false, input: |_| Call(json!({ "id": USER, "reason": "gone", "mask": "FULL" })), expected: [Is(401), Is(404), Is(404), Is(403)] },
    Line { route: "POST /rpc/users/remove-picture", needs: USER_MANAGE, step_up: false, input: |_| Call(json!({ "id": USER })), expected: [Is(401), Is(404), Is(404), Is(403)] },
    Line { route: "POST /rpc/users/invite", needs: USER_MANAGE, step_up: true, input: |_| Call(json!({ "id": USER })), expected: [Is(401), Is(404), Is(404), Is(403)] },

    // User groups.
    Line { route: "GET /rpc/user-groups/list", needs: GROUP_VIEW, step_up: false, input: |_| Call(json!({ "query": "" })), expected: [Is(401), Own, Own, Is(403)] },
    Line { route: "GET /rpc/user-groups/list-of-client", needs: GROUP_VIEW, step_up: false, input: |t| Call(json!({ "client": t.client.id, "query": "" })), expected: [Is(401), Is(404), Is(404), Is(403)] },
    Line { route: "GET /rpc/user-groups/get", needs: GROUP_VIEW, step_up: false, input: |_| Call(json!({ "id": GROUP })), expected: [Is(401), Is(404), Is(404), Is(403)] },
    Line { route: "GET /rpc/user-groups/usage", needs: GROUP_VIEW, step_up: false, input: |_| Call(json!({ "id": GROUP })), expected: [Is(401), Is(404), Is(404), Is(403)] },
    Line { route: "GET /rpc/user-groups/users", needs: GROUP_VIEW, step_up: false, input: |_| Call(json!({ "id": GROUP, "query": "" })), expected: [Is(401), Is(404), Is(404), Is(403)] },
    Line { route: "POST /rpc/user-groups/create", needs: GROUP_MANAGE, step_up: true, input: |t| Call(json!({ "client": t.client.id, "draft": { "name": "Mine" } })), expected: [Is(401), Is(404), Is(404), Is(403)] },
    Line { route: "POST /rpc/user-groups/edit", needs: GROUP_VIEW, step_up: true, input: |_| Call(json!({ "id": GROUP, "version": 1, "draft": { "name": "Mine" }, "add": [], "remove": [USER] })), expected: [Is(401), Is(404), Is(404), Is(403)] },
    Line { route: "POST /rpc/user-groups/delete", needs: GROUP_VIEW, step_up: true, input: |_| Call(json!({ "id": GROUP })), expected: [Is(401), Is(404), Is(404), Is(403)] },

    // Permission sets.
    Line { route: "GET /rpc/permission-sets/list", needs: ROLE_VIEW, step_up: false, input: |_| Call(json!({ "query": "" })), expected: [Is(401), Own, Own, Is(403)] },
    Line { route: "GET /rpc/permission-sets/get", needs: ROLE_VIEW, step_up: false, input: |_| Call(json!({ "id": SET })), expected: [Is(401), Is(404), Is(404), Is(403)] },
    Line { route: "POST /rpc/permission-sets/create", needs: ROLE_MANAGE, step_up: true, input: |_| Call(json!({ "draft": { "name": "Mine", "scope": "MSP" } })), expected: [Is(401), Apart, Is(422), Is(403)] },
    Line { route: "POST /rpc/permission-sets/update", needs: ROLE_VIEW, step_up: true, input: |t| Call(json!({ "id": t.set.id, "version": 1, "draft": { "name": "Mine", "scope": "MSP" } })), expected: [Is(401), Is(404), Is(404), Is(403)] },
    Line { route: "POST /rpc/permission-sets/delete", needs: ROLE_VIEW, step_up: true, input: |t| Call(json!({ "id": t.set.id })), expected: [Is(401), Is(404), Is(404), Is(403)] },

    // Reports, which the technician sees. Others find none of the demo partner's.
    Line { route: "GET /reports/tenant-profiles", needs: REPORT_VIEW, step_up: false, input: |_| Page("/reports/tenant-profiles".into()), expected: [SignIn, Own, Own, Shown] },
    Line { route: "GET /reports/tenant-profiles/new", needs: REPORT_MANAGE, step_up: false, input: |_| Page("/reports/tenant-profiles/new".into()), expected: [SignIn, Own, Own, Is(403)] },
    Line { route: "GET /reports/audit-log", needs: AUDIT_VIEW, step_up: false, input: |_| Page("/reports/audit-log".into()), expected: [SignIn, Own, Own, Is(403)] },
    Line { route: "GET /reports/audit-log/new", needs: REPORT_MANAGE, step_up: false, input: |_| Page("/reports/audit-log/new".into()), expected: [SignIn, Own, Own, Is(403)] },
    Line { route: "GET /reports/{report}", needs: REPORT_VIEW, step_up: false, input: |t| Page(format!("/reports/{}", t.report.row.id)), expected: [SignIn, Is(404), Is(404), Shown] },
    Line { route: "GET /reports/{report}/edit", needs: REPORT_MANAGE, step_up: false, input: |t| Page(format!("/reports/{}/edit", t.report.row.id)), expected: [SignIn, Is(404), Is(404), Is(403)] },
    Line { route: "GET /report-runs/{run}/file", needs: REPORT_VIEW, step_up: false, input: |_| Page(format!("/report-runs/{RUN}/file")), expected: [SignIn, Is(404), Is(404), Is(404)] },
    Line { route: "GET /rpc/reports/list", needs: REPORT_VIEW, step_up: false, input: |_| Call(json!({ "kind": "tenant-profiles", "query": "" })), expected: [Is(401), Own, Own, Shown] },
    Line { route: "GET /rpc/reports/get", needs: REPORT_VIEW, step_up: false, input: |t| Call(json!({ "id": t.report.row.id })), expected: [Is(401), Is(404), Is(404), Shown] },
    Line { route: "GET /rpc/reports/setting", needs: REPORT_VIEW, step_up: false, input: |_| Call(json!({})), expected: [Is(401), Own, Own, Shown] },
    Line { route: "GET /rpc/reports/runs", needs: REPORT_VIEW, step_up: false, input: |t| Call(json!({ "id": t.report.row.id, "query": "" })), expected: [Is(401), Is(404), Is(404), Shown] },
    Line { route: "POST /rpc/reports/preview", needs: REPORT_MANAGE, step_up: false, input: |_| Call(json!({ "schedule": { "frequency": "daily", "time": "08:00", "time_zone": "UTC" } })), expected: [Is(401), Own, Own, Is(403)] },
    Line { route: "POST /rpc/reports/create", needs: REPORT_MANAGE, step_up: false, input: |_| Call(json!({ "kind": "tenant-profiles", "draft": { "name": "Mine" } })), expected: [Is(401), Is(422), Is(422), Is(403)] },
    Line { route: "POST /rpc/reports/update", needs: REPORT_MANAGE, step_up: false, input: |t| Call(json!({ "id": t.report.row.id, "version": 1, "draft": { "name": "Mine" } })), expected: [Is(401), Is(404), Is(404), Is(403)] },
    Line { route: "POST /rpc/reports/pause", needs: REPORT_MANAGE, step_up: false, input: |t| Call(json!({ "id": t.report.row.id })), expected: [Is(401), Is(404), Is(404), Is(403)] },
    Line { route: "POST /rpc/reports/resume", needs: REPORT_MANAGE, step_up: false, input: |t| Call(json!({ "id": t.report.row.id })), expected: [Is(401), Is(404), Is(404), Is(403)] },
    Line { route: "POST /rpc/reports/run", needs: REPORT_MANAGE, step_up: false, input: |t| Call(json!({ "id": t.report.row.id })), expected: [Is(401), Is(404), Is(404), Is(403)] },
    Line { route: "POST /rpc/reports/delete", needs: REPORT_MANAGE, step_up: false, input: |t| Call(json!({ "id": t.report.row.id })), expected: [Is(401), Is(404), Is(404), Is(403)] },

    // Devices. The technician looks after them.
    Line { route: "GET /devices", needs: DEVICE_VIEW, step_up: false, input: |_| Page("/devices".into()), expected: [SignIn, Own, Own, Shown] },
    Line { route: "GET /devices/new", needs: DEVICE_MANAGE, step_up: false, input: |_| Page("/devices/new".into()), expected: [SignIn, Own, Own, Shown] },
    Line { route: "GET /devices/import", needs: DEVICE_MANAGE, step_up: false, input: |_| Page("/devices/import".into()), expected: [SignIn, Own, Own, Shown] },
    Line { route: "GET /devices/{device}", needs: DEVICE_VIEW, step_up: false, input: |_| Page(format!("/devices/{DEVICE}")), expected: [SignIn, Is(404), Is(404), Shown] },
    Line { route: "GET /devices/{device}/edit", needs: DEVICE_MANAGE, step_up: false, input: |_| Page(format!("/devices/{DEVICE}/edit")), expected: [SignIn, Is(404), Is(404), Shown] },
    // A file that names another's client is looked at, and told that there is no such client.
    Line { route: "POST /devices/import/preview", needs: DEVICE_MANAGE, step_up: false, input: |_| Devices("/devices/import/preview"), expected: [Is(401), Is(200), Is(200), Shown] },
    Line { route: "POST /devices/import", needs: DEVICE_MANAGE, step_up: false, input: |_| Devices("/devices/import"), expected: [Is(401), Is(422), Is(422), Apart] },
    Line { route: "GET /rpc/devices/list", needs: DEVICE_VIEW, step_up: false, input: |_| Call(json!({ "query": "" })), expected: [Is(401), Own, Own, Shown] },
    Line { route: "GET /rpc/devices/list-of-client", needs: DEVICE_VIEW, step_up: false, input: |t| Call(json!({ "client": t.client.id, "query": "" })), expected: [Is(401), Is(404), Is(404), Shown] },
    Line { route: "GET /rpc/devices/get", needs: DEVICE_VIEW, step_up: false, input: |_| Call(json!({ "id": DEVICE })), expected: [Is(401), Is(404), Is(404), Shown] },
    Line { route: "GET /rpc/devices/usage", needs: DEVICE_VIEW, step_up: false, input: |_| Call(json!({ "id": DEVICE })), expected: [Is(401), Is(404), Is(404), Shown] },
    Line { route: "POST /rpc/devices/create", needs: DEVICE_MANAGE, step_up: false, input: |t| Call(json!({ "client": t.client.id, "draft": { "name": "Mine" } })), expected: [Is(401), Is(404), Is(404), Apart] },
    Line { route: "POST /rpc/devices/update", needs: DEVICE_MANAGE, step_up: false, input: |_| Call(json!({ "id": DEVICE, "version": 1, "draft": { "name": "Mine" } })), expected: [Is(401), Is(404), Is(404), Apart] },
    Line { route: "POST /rpc/devices/delete", needs: DEVICE_MANAGE, step_up: false, input: |_| Call(json!({ "id": DEVICE })), expected: [Is(401), Is(404), Is(404), Apart] },

    // Device groups.
    Line { route: "GET /device-groups", needs: DEVICE_VIEW, step_up: false, input: |_| Page("/device-groups".into()), expected: [SignIn, Own, Own, Shown] },
    Line { route: "GET /device-groups/new", needs: DEVICE_MANAGE, step_up: false, input: |_| Page("/device-groups/new".into()), expected: [SignIn, Own, Own, Shown] },
    Line { route: "GET /device-groups/{group}", needs: DEVICE_VIEW, step_up: false, input: |t| Page(format!("/device-groups/{}", t.device_group.id)), expected: [SignIn, Is(404), Is(404), Shown] },
    Line { route: "GET /device-groups/{group}/edit", needs: DEVICE_MANAGE, step_up: false, input: |t| Page(format!("/device-groups/{}/edit", t.device_group.id)), expected: [SignIn, Is(404), Is(404), Shown] },
    Line { route: "GET /rpc/device-groups/list", needs: DEVICE_VIEW, step_up: false, input: |_| Call(json!({ "query": "" })), expected: [Is(401), Own, Own, Shown] },
    Line { route: "GET /rpc/device-groups/get", needs: DEVICE_VIEW, step_up: false, input: |t| Call(json!({ "id": t.device_group.id })), expected: [Is(401), Is(404), Is(404), Shown] },
    Line { route: "GET /rpc/device-groups/usage", needs: DEVICE_VIEW, step_up: false, input: |t| Call(json!({ "id": t.device_group.id })), expected: [Is(401), Is(404), Is(404), Shown] },
    Line { route: "GET /rpc/device-groups/devices", needs: DEVICE_VIEW, step_up: false, input: |t| Call(json!({ "id": t.device_group.id, "query": "" })), expected: [Is(401), Is(404), Is(404), Shown] },
    Line { route: "POST /rpc/device-groups/create", needs: DEVICE_MANAGE, step_up: false, input: |t| Call(json!({ "client": t.client.id, "draft": { "name": "Mine" } })), expected: [Is(401), Is(404), Is(404), Apart] },
    Line { route: "POST /rpc/device-groups/edit", needs: DEVICE_MANAGE, step_up: false, input: |t| Call(json!({ "id": t.device_group.id, "version": 1, "draft": { "name": "Mine" }, "add": [], "remove": [DEVICE] })), expected: [Is(401), Is(404), Is(404), Apart] },
    Line { route: "POST /rpc/device-groups/delete", needs: DEVICE_MANAGE, step_up: false, input: |t| Call(json!({ "id": t.device_group.id })), expected: [Is(401), Is(404), Is(404), Apart] },

    // Credential sets. The technician uses them, and changes none.
    Line { route: "GET /credential-sets", needs: CREDENTIALS_VIEW, step_up: false, input: |_| Page("/credential-sets".into()), expected: [SignIn, Own, Own, Shown] },
    Line { route: "GET /credential-sets/new", needs: CREDENTIALS_MANAGE, step_up: false, input: |_| Page("/credential-sets/new?type=SSH".into()), expected: [SignIn, Own, Own, Is(403)] },
    Line { route: "GET /credential-sets/{set}", needs: CREDENTIALS_VIEW, step_up: false, input: |t| Page(format!("/credential-sets/{}", t.credentials.id)), expected: [SignIn, Is(404), Is(404), Shown] },
    Line { route: "GET /credential-sets/{set}/edit", needs: CREDENTIALS_MANAGE, step_up: false, input: |t| Page(format!("/credential-sets/{}/edit", t.credentials.id)), expected: [SignIn, Is(404), Is(404), Is(403)] },
    Line { route: "GET /rpc/credential-sets/list", needs: CREDENTIALS_VIEW, step_up: false, input: |_| Call(json!({ "query": "" })), expected: [Is(401), Own, Own, Shown] },
    Line { route: "GET /rpc/credential-sets/get", needs: CREDENTIALS_VIEW, step_up: false, input: |t| Call(json!({ "id": t.credentials.id })), expected: [Is(401), Is(404), Is(404), Shown] },
    Line { route: "GET /rpc/credential-sets/usage", needs: CREDENTIALS_VIEW, step_up: false, input: |t| Call(json!({ "id": t.credentials.id })), expected: [Is(401), Is(404), Is(404), Shown] },
    Line { route: "POST /rpc/credential-sets/create", needs: CREDENTIALS_MANAGE, step_up: false, input: |t| Call(json!({ "client": t.client.id, "draft": { "name": "Mine", "credential_type": "SSH" } })), expected: [Is(401), Is(404), Is(404), Is(403)] },
    Line { route: "POST /rpc/credential-sets/update", needs: CREDENTIALS_MANAGE, step_up: false, input: |t| Call(json!({ "id": t.credentials.id, "version": 1, "draft": { "name": "Mine" } })), expected: [Is(401), Is(404), Is(404), Is(403)] },
    Line { route: "POST /rpc/credential-sets/delete", needs: CREDENTIALS_MANAGE, step_up: false, input: |t| Call(json!({ "id": t.credentials.id })), expected: [Is(401), Is(404), Is(404), Is(403)] },

    // API keys, of the tenant in which one works. The partner's are part of its settings.
    Line { route: "GET /api-keys", needs: SETTING_VIEW, step_up: false, input: |_| Page("/api-keys".into()), expected: [SignIn, Own, Own, Shown] },
    Line { route: "GET /api-keys/new", needs: SETTING_MANAGE, step_up: false, input: |_| Page("/api-keys/new".into()), expected: [SignIn, Own, Own, Is(403)] },
    Line { route: "GET /api-keys/{key}", needs: SETTING_VIEW, step_up: false, input: |t| Page(format!("/api-keys/{}", t.key.id)), expected: [SignIn, Is(404), Is(404), Is(404)] },
    Line { route: "GET /api-keys/{key}/edit", needs: SETTING_VIEW, step_up: false, input: |t| Page(format!("/api-keys/{}/edit", t.key.id)), expected: [SignIn, Is(404), Is(404), Is(404)] },
    Line { route: "GET /rpc/api-keys/list", needs: SETTING_VIEW, step_up: false, input: |_| Call(json!({ "query": "" })), expected: [Is(401), Own, Own, Shown] },
    Line { route: "GET /rpc/api-keys/get", needs: SETTING_VIEW, step_up: false, input: |t| Call(json!({ "id": t.key.id })), expected: [Is(401), Is(404), Is(404), Is(404)] },
    Line { route: "POST /rpc/api-keys/create", needs: SETTING_MANAGE, step_up: true, input: |_| Call(json!({ "draft": { "name": "Mine", "roles": [ROLE] } })), expected: [Is(401), Is(422), Is(422), Is(403)] },
    Line { route: "POST /rpc/api-keys/update", needs: SETTING_MANAGE, step_up: true, input: |t| Call(json!({ "id": t.key.id, "version": 1, "draft": { "name": "Mine" } })), expected: [Is(401), Is(404), Is(404), Is(404)] },
    Line { route: "POST /rpc/api-keys/revoke", needs: SETTING_MANAGE, step_up: true, input: |t| Call(json!({ "id": t.key.id })), expected: [Is(401), Is(404), Is(404), Is(404)] },

    // AWS accounts. Those of no client are the partner's own.
    Line { route: "GET /accounts/aws/msp", needs: ACCOUNT_VIEW, step_up: false, input: |_| Page("/accounts/aws/msp".into()), expected: [SignIn, Own, Is(404), Is(403)] },
    Line { route: "GET /accounts/aws/msp/new", needs: ACCOUNT_MANAGE, step_up: false, input: |_| Page("/accounts/aws/msp/new".into()), expected: [SignIn, Own, Is(404), Is(403)] },
    Line { route: "GET /accounts/aws/msp/{account}/members", needs: ACCOUNT_VIEW, step_up: false, input: |_| Page(format!("/accounts/aws/msp/{MSP}/members")), expected: [SignIn, Is(404), Is(404), Is(403)] },
    Line { route: "GET /accounts/aws/non-msp", needs: ACCOUNT_VIEW, step_up: false, input: |_| Page("/accounts/aws/non-msp".into()), expected: [SignIn, Own, Is(404), Is(403)] },
    Line { route: "GET /accounts/aws/non-msp/new", needs: ACCOUNT_MANAGE, step_up: false, input: |_| Page("/accounts/aws/non-msp/new".into()), expected: [SignIn, Own, Is(404), Is(403)] },
    Line { route: "GET /accounts/aws/{account}", needs: ACCOUNT_VIEW, step_up: false, input: |_| Page(format!("/accounts/aws/{AWS}")), expected: [SignIn, Is(404), Is(404), Is(403)] },
    Line { route: "GET /accounts/aws/{account}/edit", needs: ACCOUNT_VIEW, step_up: false, input: |_| Page(format!("/accounts/aws/{AWS}/edit")), expected: [SignIn, Is(404), Is(404), Is(403)] },
    Line { route: "GET /rpc/aws-accounts/list", needs: ACCOUNT_VIEW, step_up: false, input: |_| Call(json!({ "kind": "management", "query": "" })), expected: [Is(401), Own, Own, Is(403)] },
    Line { route: "GET /rpc/aws-accounts/members", needs: ACCOUNT_VIEW, step_up: false, input: |_| Call(json!({ "management": MSP, "query": "" })), expected: [Is(401), Is(404), Is(404), Is(403)] },
    Line { route: "GET /rpc/aws-accounts/of-client", needs: ACCOUNT_VIEW, step_up: false, input: |t| Call(json!({ "client": t.client.id })), expected: [Is(401), Is(404), Is(404), Is(403)] },
    Line { route: "GET /rpc/aws-accounts/get", needs: ACCOUNT_VIEW, step_up: false, input: |_| Call(json!({ "id": AWS })), expected: [Is(401), Is(404), Is(404), Is(403)] },
    Line { route: "POST /rpc/aws-accounts/trust", needs: ACCOUNT_MANAGE, step_up: false, input: |_| Call(json!({ "number": "12", "onboarding": {} })), expected: [Is(401), Is(422), Is(403), Is(403)] },
    Line { route: "POST /rpc/aws-accounts/create", needs: ACCOUNT_MANAGE, step_up: false, input: |_| Call(json!({ "kind": "management", "draft": {} })), expected: [Is(401), Is(422), Is(404), Is(403)] },
    Line { route: "POST /rpc/aws-accounts/update", needs: ACCOUNT_VIEW, step_up: false, input: |_| Call(json!({ "id": MSP, "version": 1, "draft": {} })), expected: [Is(401), Is(404), Is(404), Is(403)] },
    Line { route: "POST /rpc/aws-accounts/promote", needs: ACCOUNT_VIEW, step_up: false, input: |_| Call(json!({ "id": MSP })), expected: [Is(401), Is(404), Is(404), Is(403)] },
    Line { route: "POST /rpc/aws-accounts/delete", needs: ACCOUNT_VIEW, step_up: true, input: |_| Call(json!({ "id": AWS, "delink": true })), expected: [Is(401), Is(404), Is(404), Is(403)] },
    Line { route: "POST /rpc/aws-accounts/refresh", needs: ACCOUNT_VIEW, step_up: false, input: |_| Call(json!({ "id": MSP })), expected: [Is(401), Is(404), Is(404), Is(403)] },
    Line { route: "POST /rpc/aws-accounts/associate", needs: ACCOUNTS, step_up: false, input: |t| Call(json!({ "accounts": [AWS], "client": t.client.id })), expected: [Is(401), Is(404), Is(403), Is(403)] },
    Line { route: "POST /rpc/aws-accounts/disassociate", needs: ACCOUNTS, step_up: false, input: |_| Call(json!({ "accounts": [AWS] })), expected: [Is(401), Is(404), Is(403), Is(403)] },
    Line { route: "POST /rpc/aws-accounts/create-customer", needs: CLIENT_CREATE, step_up: false, input: |_| Call(json!({ "draft": {} })), expected: [Is(401), Is(422), Is(404), Is(403)] },
    Line { route: "POST /rpc/aws-accounts/onboard", needs: ACCOUNTS, step_up: false, input: |_| Call(json!({ "accounts": [AWS], "draft": {} })), expected: [Is(401), Is(404), Is(403), Is(403)] },
    Line { route: "POST /rpc/aws-accounts/set-role", needs: ACCOUNT_VIEW, step_up: false, input: |_| Call(json!({ "id": AWS, "arn": "arn:aws:iam::123456789012:role/Mine" })), expected: [Is(401), Is(404), Is(404), Is(403)] },
    Line { route: "POST /rpc/aws-accounts/check", needs: ACCOUNT_VIEW, step_up: false, input: |_| Call(json!({ "id": AWS })), expected: [Is(401), Is(404), Is(404), Is(403)] },
    Line { route: "POST /rpc/aws-accounts/give-up", needs: ACCOUNT_VIEW, step_up: true, input: |_| Call(json!({ "id": AWS })), expected: [Is(401), Is(404), Is(404), Is(403)] },
    Line { route: "POST /rpc/aws-accounts/delink", needs: ACCOUNTS, step_up: true, input: |_| Call(json!({ "accounts": [AWS] })), expected: [Is(401), Is(404), Is(403), Is(403)] },
];
