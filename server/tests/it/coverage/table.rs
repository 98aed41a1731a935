//! Who gets how far. The first column is nobody's, then another partner's administrator's, then client_8's administrator's, then the technician's.

use serde_json::json;

use super::{
    Expected::{Apart, Is, Open, Own, Shown},
    Input::{Call, Open as Page, Token, Upload},
    Line,
};

const CLIENT_VIEW: &str = "“Clients: View”";
const CLIENT_CREATE: &str = "“Clients: Create”";
const CLIENT_MANAGE: &str = "“Clients: Manage”";
const CATALOGUE_MANAGE: &str = "“Catalogues: Manage”";
const SETTING_VIEW: &str = "“Settings: View”";
const SETTING_MANAGE: &str = "“Settings: Manage”";
const ANYBODY: &str = "";
const ONESELF: &str = "";

#[rustfmt::skip]
pub(super) const TABLE: &[Line] = &[
    // Files and probes.
    Line { route: "GET /assets/{*name}", needs: ANYBODY, input: |_| Page("/assets/missing.js".into()), expected: [Open, Open, Open, Open] },
    Line { route: "GET /favicon.svg", needs: ANYBODY, input: |_| Page("/favicon.svg".into()), expected: [Open, Open, Open, Open] },
    Line { route: "GET /robots.txt", needs: ANYBODY, input: |_| Page("/robots.txt".into()), expected: [Open, Open, Open, Open] },
    Line { route: "GET /healthz", needs: ANYBODY, input: |_| Page("/healthz".into()), expected: [Open, Open, Open, Open] },
    Line { route: "GET /readyz", needs: ANYBODY, input: |_| Page("/readyz".into()), expected: [Open, Open, Open, Open] },

    // Images. A new one is its uploader's alone.
    Line { route: "POST /images", needs: CLIENT_MANAGE, input: |_| Upload, expected: [Is(401), Apart, Is(403), Is(403)] },
    Line { route: "GET /images/{id}", needs: CLIENT_VIEW, input: |t| Page(format!("/images/{}", t.image.id)), expected: [Is(401), Is(404), Is(404), Is(404)] },

    // The API. A session opens nothing there: a page of another site could use it.
    Line { route: "ANY /api/{*rest}", needs: ANYBODY, input: |_| Page("/api/v2/tenants/msp_1/clients/client_9".into()), expected: [Is(401), Is(401), Is(401), Is(401)] },
    Line { route: "POST /auth/oauth/token", needs: ANYBODY, input: |_| Token("/auth/oauth/token"), expected: [Is(401), Is(401), Is(401), Is(401)] },
    Line { route: "POST /tenancy/auth/oauth/token", needs: ANYBODY, input: |_| Token("/tenancy/auth/oauth/token"), expected: [Is(401), Is(401), Is(401), Is(401)] },

    // Pages.
    Line { route: "GET /", needs: ONESELF, input: |_| Page("/".into()), expected: [Is(303), Is(302), Is(302), Is(302)] },
    Line { route: "GET /login", needs: ANYBODY, input: |_| Page("/login".into()), expected: [Open, Is(302), Is(302), Is(302)] },
    Line { route: "GET /setup/{token}", needs: ANYBODY, input: |_| Page("/setup/wrong".into()), expected: [Open, Open, Open, Open] },
    Line { route: "GET /account", needs: ONESELF, input: |_| Page("/account".into()), expected: [Is(303), Own, Own, Own] },
    Line { route: "GET /clients", needs: CLIENT_VIEW, input: |_| Page("/clients?q=leoart".into()), expected: [Is(303), Own, Own, Shown] },
    Line { route: "GET /clients/{client}", needs: CLIENT_VIEW, input: |t| Page(format!("/clients/{}", t.client.id)), expected: [Is(303), Is(404), Is(404), Shown] },
    Line { route: "GET /clients/{client}/edit", needs: CLIENT_MANAGE, input: |t| Page(format!("/clients/{}/edit", t.client.id)), expected: [Is(303), Is(404), Is(404), Is(403)] },
    Line { route: "GET /clients/new", needs: CLIENT_CREATE, input: |_| Page("/clients/new".into()), expected: [Is(303), Own, Is(404), Is(403)] },
    Line { route: "GET /clients/new/{draft}/{step}", needs: CLIENT_CREATE, input: |t| Page(format!("/clients/new/{}/{}", t.draft.id, t.draft.step.key())), expected: [Is(303), Is(404), Is(404), Is(403)] },
    Line { route: "GET /catalogues/{kind}", needs: ONESELF, input: |_| Page("/catalogues/packages".into()), expected: [Is(303), Own, Is(404), Shown] },
    Line { route: "GET /settings", needs: SETTING_VIEW, input: |_| Page("/settings".into()), expected: [Is(303), Own, Is(404), Is(403)] },

    // Sessions, passwords, the first start.
    Line { route: "POST /rpc/sessions/create", needs: ANYBODY, input: |_| Call(json!({ "draft": { "login": "", "password": "" } })), expected: [Apart, Apart, Apart, Apart] },
    Line { route: "POST /rpc/sessions/delete", needs: ANYBODY, input: |_| Call(json!({})), expected: [Is(401), Apart, Apart, Apart] },
    Line { route: "POST /rpc/sessions/delete-all", needs: ONESELF, input: |_| Call(json!({})), expected: [Is(401), Apart, Apart, Apart] },
    Line { route: "POST /rpc/sessions/list", needs: ONESELF, input: |_| Call(json!({})), expected: [Is(401), Own, Own, Own] },
    Line { route: "POST /rpc/password/change", needs: ONESELF, input: |_| Call(json!({ "draft": { "current": "", "new": "", "confirmation": "" } })), expected: [Is(401), Apart, Apart, Apart] },
    Line { route: "POST /rpc/setup/check", needs: ANYBODY, input: |_| Call(json!({ "token": "wrong" })), expected: [Is(404), Is(404), Is(404), Is(404)] },
    Line { route: "POST /rpc/setup/complete", needs: ANYBODY, input: |_| Call(json!({ "token": "wrong", "draft": { "organization": "", "first_name": "", "last_name": "", "email": "", "password": "", "confirmation": "" } })), expected: [Is(404), Is(404), Is(404), Is(404)] },

    // Clients.
    Line { route: "GET /rpc/clients/list", needs: CLIENT_VIEW, input: |_| Call(json!({ "query": "q=leoart&status=all" })), expected: [Is(401), Own, Own, Shown] },
    Line { route: "GET /rpc/clients/get", needs: CLIENT_VIEW, input: |t| Call(json!({ "id": t.client.id })), expected: [Is(401), Is(404), Is(404), Shown] },
    Line { route: "POST /rpc/clients/update", needs: CLIENT_MANAGE, input: |t| Call(json!({ "id": t.client.id, "version": t.client.version, "draft": t.client.details })), expected: [Is(401), Is(404), Is(404), Is(403)] },
    Line { route: "POST /rpc/clients/suspend", needs: CLIENT_MANAGE, input: |t| Call(json!({ "id": t.client.id })), expected: [Is(401), Is(404), Is(404), Is(403)] },
    Line { route: "POST /rpc/clients/activate", needs: CLIENT_MANAGE, input: |t| Call(json!({ "id": t.client.id })), expected: [Is(401), Is(404), Is(404), Is(403)] },

    // Drafts of clients. Each is its author's alone.
    Line { route: "GET /rpc/client-drafts/list", needs: CLIENT_CREATE, input: |_| Call(json!({})), expected: [Is(401), Own, Is(404), Is(403)] },
    Line { route: "POST /rpc/client-drafts/create", needs: CLIENT_CREATE, input: |_| Call(json!({})), expected: [Is(401), Apart, Is(404), Is(403)] },
    Line { route: "GET /rpc/client-drafts/get", needs: CLIENT_CREATE, input: |t| Call(json!({ "id": t.draft.id })), expected: [Is(401), Is(404), Is(404), Is(403)] },
    Line { route: "POST /rpc/client-drafts/save", needs: CLIENT_CREATE, input: |t| Call(json!({ "id": t.draft.id, "version": t.draft.version, "step": t.draft.step, "draft": t.draft.draft })), expected: [Is(401), Is(404), Is(404), Is(403)] },
    Line { route: "POST /rpc/client-drafts/finish", needs: CLIENT_CREATE, input: |t| Call(json!({ "id": t.draft.id, "version": t.draft.version, "draft": t.client.details })), expected: [Is(401), Is(404), Is(404), Is(403)] },
    Line { route: "POST /rpc/client-drafts/discard", needs: CLIENT_CREATE, input: |t| Call(json!({ "id": t.draft.id })), expected: [Is(401), Is(404), Is(404), Is(403)] },

    // Catalogues. A client's users may read what they can be given.
    Line { route: "POST /rpc/catalogues/list", needs: ONESELF, input: |_| Call(json!({})), expected: [Is(401), Own, Shown, Shown] },
    Line { route: "POST /rpc/catalogues/create", needs: CATALOGUE_MANAGE, input: |t| Call(json!({ "kind": t.item.kind, "parent": null, "draft": { "name": "Mine", "description": "" } })), expected: [Is(401), Apart, Is(404), Is(403)] },
    Line { route: "POST /rpc/catalogues/update", needs: CATALOGUE_MANAGE, input: |t| Call(json!({ "id": t.item.id, "version": t.item.version, "draft": { "name": "Mine", "description": "" } })), expected: [Is(401), Is(404), Is(404), Is(403)] },
    Line { route: "POST /rpc/catalogues/retire", needs: CATALOGUE_MANAGE, input: |t| Call(json!({ "id": t.item.id })), expected: [Is(401), Is(404), Is(404), Is(403)] },
    Line { route: "POST /rpc/catalogues/restore", needs: CATALOGUE_MANAGE, input: |t| Call(json!({ "id": t.item.id })), expected: [Is(401), Is(404), Is(404), Is(403)] },

    // The partner's settings.
    Line { route: "POST /rpc/settings/get", needs: SETTING_VIEW, input: |_| Call(json!({})), expected: [Is(401), Own, Is(404), Is(403)] },
    Line { route: "POST /rpc/settings/update", needs: SETTING_MANAGE, input: |_| Call(json!({ "settings": { "restrict_ips": false, "allowed_ips": "", "version": 1 } })), expected: [Is(401), Apart, Is(404), Is(403)] },
];
