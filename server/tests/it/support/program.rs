//! A script that calls the REST API.

use std::sync::atomic::{AtomicU64, Ordering};

use axum::body::Body;
use domain::NewApiKey;
use http::{
    Method,
    header::{AUTHORIZATION, CONTENT_TYPE},
};
use serde_json::Value;

use super::{Actor, Answer, App};

/// The demo's partner.
pub(crate) const PARTNER: &str = "msp_1";

/// A program with a token, at work in a tenant.
#[derive(Clone)]
pub(crate) struct Program<'a> {
    machine: Actor<'a>,
    token: String,
    tenant: String,
}

impl App {
    /// A program of the demo's partner, with a key of a role.
    pub(crate) async fn program(&self, role: &str) -> Program<'_> {
        self.program_of(PARTNER, role).await
    }

    /// A program of any tenant. Its token is asked for as every program does it.
    pub(crate) async fn program_of(&self, tenant: &str, role: &str) -> Program<'_> {
        let key = self.api_key(tenant, role).await;
        let answer = self.nobody().token(&key.key, &key.secret).await;
        let token = answer.json()["access_token"].as_str().unwrap_or_else(|| panic!("no token: {answer:?}")).to_owned();
        let program = Program { machine: self.nobody(), token, tenant: tenant.to_owned() };
        // The first call is noted with the key. Afterwards a refused call leaves the database as it was.
        program.get("/api/v2/cfg/countries").await.done();
        program
    }

    /// A key as the operator makes it.
    pub(crate) async fn api_key(&self, tenant: &str, role: &str) -> NewApiKey {
        static COUNT: AtomicU64 = AtomicU64::new(0);
        let name = format!("{role} {}", COUNT.fetch_add(1, Ordering::Relaxed));
        self.services.operator().api_key_create(tenant.parse().unwrap(), &name, role).await.unwrap()
    }
}

impl Actor<'_> {
    /// Asks for a token.
    pub(crate) async fn token(&self, key: &str, secret: &str) -> Answer {
        self.token_by(&format!("grant_type=client_credentials&client_id={key}&client_secret={secret}")).await
    }

    /// Asks for a token by any form.
    pub(crate) async fn token_by(&self, form: &str) -> Answer {
        let request = self.request(Method::POST, "/auth/oauth/token").header(CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request.body(form.to_owned().into()).unwrap()).await
    }
}

impl Program<'_> {
    /// The same program at work in another tenant.
    pub(crate) fn within(&self, tenant: &str) -> Self {
        Self { tenant: tenant.to_owned(), ..self.clone() }
    }

    /// Sends a request. A path that doesn't begin with a slash is one of the tenant's.
    pub(crate) async fn send(&self, method: Method, path: &str, body: Option<&Value>) -> Answer {
        let path = if path.starts_with('/') { path.to_owned() } else { format!("/api/v2/tenants/{}/{path}", self.tenant) };
        let request = self.machine.request(method, &path).header(AUTHORIZATION, format!("Bearer {}", self.token));
        let request = match body {
            Some(body) => request.header(CONTENT_TYPE, "application/json").body(body.to_string().into()),
            None => request.body(Body::empty()),
        };
        self.machine.send(request.unwrap()).await
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, None).await
    }

    pub(crate) async fn post(&self, path: &str, body: &Value) -> Answer {
        self.send(Method::POST, path, Some(body)).await
    }

    /// Sends neither a body nor a content type.
    pub(crate) async fn post_empty(&self, path: &str) -> Answer {
        self.send(Method::POST, path, None).await
    }

    pub(crate) async fn put(&self, path: &str, body: &Value) -> Answer {
        self.send(Method::PUT, path, Some(body)).await
    }

    pub(crate) async fn delete(&self, path: &str) -> Answer {
        self.send(Method::DELETE, path, None).await
    }

    /// Deletes by what a body says.
    pub(crate) async fn delete_by(&self, path: &str, body: &Value) -> Answer {
        self.send(Method::DELETE, path, Some(body)).await
    }
}

impl Answer {
    /// The body, whatever the status.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// The body of a success, which is 200, or 201 for something made, and never empty.
    pub(crate) fn done(&self) -> Value {
        assert!(matches!(self.status.as_u16(), 200 | 201), "{self:?}");
        self.json()
    }

    /// Status and code of a refusal.
    pub(crate) fn refusal(&self) -> (u16, String) {
        (self.status.as_u16(), self.json()["code"].as_str().unwrap_or_else(|| panic!("no code: {self:?}")).to_owned())
    }

    /// The fields that an answer of status 400 names.
    pub(crate) fn faults(&self) -> Vec<String> {
        self.faults_of(400)
    }

    /// The parameters that a 422 answer names.
    pub(crate) fn query_faults(&self) -> Vec<String> {
        self.faults_of(422)
    }

    fn faults_of(&self, status: u16) -> Vec<String> {
        assert_eq!(self.status.as_u16(), status, "{self:?}");
        let faults = self.json();
        let faults = faults.as_array().unwrap_or_else(|| panic!("no array: {self:?}"));
        assert!(faults.iter().all(|fault| fault["code"] == "0002" && fault["message"].as_str().is_some_and(|text| !text.is_empty())), "{self:?}");
        faults.iter().map(|fault| fault["fieldName"].as_str().unwrap_or_default().to_owned()).collect()
    }
}

/// The keys of an object, in order.
pub(crate) fn keys(object: &Value) -> Vec<&str> {
    let mut keys: Vec<_> = object.as_object().unwrap_or_else(|| panic!("no object: {object}")).keys().map(String::as_str).collect();
    keys.sort_unstable();
    keys
}
