//! Somebody at a browser.

use std::net::{IpAddr, SocketAddr};

use axum::{
    Router,
    body::{Body, Bytes},
    extract::ConnectInfo,
};
use http::{
    HeaderName, Method, Request,
    header::{ACCEPT, CONTENT_LENGTH, CONTENT_TYPE, COOKIE, HOST},
    request::Builder,
};
use leptos::server_fn::axum::server_fn_paths;
use serde_json::{Value, json};
use tower::ServiceExt;

use super::{Answer, App, OFFICE, socket};

/// Server functions that take JSON. The others take a form, or a query if they are asked by GET.
const JSON: &[&str] = &[
    "api-keys/create",
    "api-keys/revoke",
    "api-keys/update",
    "audit/retention/get",
    "audit/retention/set",
    "aws-accounts/associate",
    "aws-accounts/create",
    "aws-accounts/create-customer",
    "aws-accounts/delete",
    "aws-accounts/delink",
    "aws-accounts/disassociate",
    "aws-accounts/onboard",
    "aws-accounts/trust",
    "aws-accounts/update",
    "backups/create",
    "catalogues/create",
    "catalogues/list",
    "catalogues/restore",
    "catalogues/retire",
    "catalogues/update",
    "client-drafts/finish",
    "client-drafts/save",
    "client-imports/preview",
    "clients/terminate",
    "clients/update",
    "credential-sets/create",
    "credential-sets/delete",
    "credential-sets/update",
    "device-groups/create",
    "device-groups/edit",
    "devices/create",
    "devices/update",
    "email/cancel",
    "email/change",
    "email/confirm",
    "invitation/accept",
    "palette/recent",
    "passkeys/alone",
    "passkeys/alone-request",
    "passkeys/create",
    "passkeys/delete",
    "passkeys/may-finish",
    "passkeys/prove",
    "passkeys/prove-request",
    "passkeys/request",
    "passkeys/sign-in",
    "passkeys/sign-in-request",
    "password/change",
    "password/reset",
    "permission-sets/create",
    "permission-sets/update",
    "reports/create",
    "reports/preview",
    "reports/update",
    "restores/start",
    "restrictions/set",
    "roles/copy",
    "roles/create",
    "roles/delete",
    "roles/difference",
    "roles/update",
    "second-factor/confirm",
    "second-factor/get",
    "second-factor/may-trust",
    "second-factor/of",
    "second-factor/prove",
    "second-factor/renew-recovery-codes",
    "second-factor/reset",
    "second-factor/set-up",
    "second-factor/turn-off",
    "sessions/delete-all",
    "sessions/end",
    "sessions/end-others",
    "sessions/list",
    "settings/get",
    "settings/update",
    "setup/check",
    "setup/complete",
    "user-groups/create",
    "user-groups/edit",
    "users/create",
    "users/end-session",
    "users/end-sessions",
    "users/update",
];

/// What answers.
#[derive(Clone)]
enum Console<'a> {
    /// The router of this process.
    Router(&'a Router),
    /// A server with a process of its own.
    Server(SocketAddr),
}

/// A visitor, signed in or not, and from where.
#[derive(Clone)]
pub(crate) struct Actor<'a> {
    console: Console<'a>,
    cookie: Option<String>,
    address: IpAddr,
    host: String,
}

impl<'a> Actor<'a> {
    pub(super) fn new(app: &'a App) -> Self {
        Self { console: Console::Router(&app.router), cookie: None, address: OFFICE, host: "console.example".to_owned() }
    }

    /// Somebody at the machine of a server that listens there.
    pub(super) fn at_server(address: SocketAddr) -> Actor<'static> {
        Actor { console: Console::Server(address), cookie: None, address: address.ip(), host: address.to_string() }
    }

    /// The same person at another address.
    pub(crate) fn at(&self, address: &str) -> Self {
        Self { address: address.parse().unwrap(), ..self.clone() }
    }

    /// The same person on the server's machine, using a loopback name.
    pub(crate) fn locally(&self, host: &str) -> Self {
        Self { host: host.to_owned(), ..self.at("127.0.0.1") }
    }

    pub(crate) fn with_cookie(&self, cookie: impl Into<String>) -> Self {
        Self { cookie: Some(cookie.into()), ..self.clone() }
    }

    /// A request as this browser makes it, to be completed.
    pub(crate) fn request(&self, method: Method, path: &str) -> Builder {
        let request = Request::builder().method(method).uri(path).header(HOST, &self.host);
        let request = request.extension(ConnectInfo(SocketAddr::new(self.address, 51_000)));
        self.cookie.iter().fold(request, |request, cookie| request.header(COOKIE, cookie))
    }

    /// Sends any request.
    pub(crate) async fn send(&self, request: Request<Body>) -> Answer {
        match &self.console {
            Console::Router(router) => Answer::read((*router).clone().oneshot(request).await.unwrap()).await,
            Console::Server(address) => socket::send(*address, request).await,
        }
    }

    /// Opens an address as by a click.
    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send(self.request(Method::GET, path).header(ACCEPT, "text/html,*/*").body(Body::empty()).unwrap()).await
    }

    /// Sends a body as a script of the page does.
    pub(crate) async fn post(&self, path: &str, media_type: &str, body: impl Into<Bytes>) -> Answer {
        let body = body.into();
        let request = self
            .request(Method::POST, path)
            .header("sec-fetch-site", "same-origin")
            .header("sec-fetch-mode", "cors")
            .header(ACCEPT, "application/json");
        let request = request.header(CONTENT_TYPE, media_type).header(CONTENT_LENGTH, body.len());
        self.send(request.body(body.into()).unwrap()).await
    }

    pub(crate) async fn post_json(&self, path: &str, body: &Value) -> Answer {
        self.post(path, "application/json", body.to_string()).await
    }

    /// Sends a form as a browser without JavaScript does, from the page at `referer`.
    pub(crate) async fn post_form(&self, path: &str, referer: &str, body: &Value) -> Answer {
        let request =
            self.request(Method::POST, path).header("sec-fetch-site", "same-origin").header("sec-fetch-mode", "cors").header(ACCEPT, "text/html,*/*");
        let request = request.header("referer", format!("https://console.example{referer}")).header(CONTENT_TYPE, FORM);
        self.send(request.body(form(body).into()).unwrap()).await
    }

    /// Calls a server function as the page does.
    pub(crate) async fn rpc(&self, endpoint: &str, arguments: Value) -> Answer {
        let path = format!("/rpc/{endpoint}");
        let (_, method) = server_fn_paths().find(|(known, _)| *known == path).unwrap_or_else(|| panic!("there is no {path}"));
        match method {
            Method::GET => {
                let request = self.request(Method::GET, &format!("{path}?{}", form(&arguments))).header(ACCEPT, "application/json");
                self.send(request.body(Body::empty()).unwrap()).await
            }
            _ if JSON.contains(&endpoint) => self.post_json(&path, &arguments).await,
            _ => self.post(&path, FORM, form(&arguments)).await,
        }
    }

    /// Sends the sign-in form as the page does.
    pub(crate) async fn sign_in(&self, login: &str, password: &str) -> Answer {
        self.rpc("sessions/create", json!({ "draft": { "login": login, "password": password } })).await
    }

    /// Opens an address with one more header.
    pub(crate) async fn get_with(&self, path: &str, name: &'static str, value: &str) -> Answer {
        let request = self.request(Method::GET, path).header(HeaderName::from_static(name), value);
        self.send(request.body(Body::empty()).unwrap()).await
    }
}

const FORM: &str = "application/x-www-form-urlencoded";

fn form(arguments: &Value) -> String {
    serde_qs::to_string(arguments).unwrap()
}
