//! Credential sets as the page's script meets them: what is secret comes out nowhere.

use std::{
    io,
    sync::{Arc, Mutex},
};

use domain::{CREDENTIAL_TYPES, ClientId, CredentialField, CredentialSet, CredentialType, ListPage};
use http::StatusCode;
use serde_json::{Value, json};

use crate::support::{App, on_both_engines};

/// What stands for a secret here, so that it is found wherever it comes out.
const SECRET: &str = "hunter2-9c1e";

/// What is logged, down to the last detail.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A draft of a type with every secret that its form has.
fn draft(kind: &str) -> Value {
    let secrets = CredentialType::fields(kind).into_iter().filter(|field| field.is_secret());
    let fields: serde_json::Map<_, _> = secrets.map(|field| (field.key().to_owned(), json!(SECRET))).collect();
    json!({ "name": format!("All of {kind}"), "credential_type": kind, "fields": fields })
}

#[test]
fn no_answer_page_record_or_log_has_a_secret() {
    on_both_engines(async |app: &App| {
        let log = Log::default();
        let writer = log.clone();
        let subscriber = tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_writer(move || writer.clone()).finish();
        // As long as there is but one subscriber, a place in the code that logs asks the thread which gets there first, and that may be another test's,
        // where nobody listens. With two it asks both.
        let _second = tracing::Dispatch::new(tracing::subscriber::NoSubscriber::new());
        let listening = tracing::subscriber::set_default(subscriber);
        let admin = app.partner_admin().await;
        let mut answers = Vec::new();
        for kind in CREDENTIAL_TYPES.iter().map(|kind| kind.key).chain(["CARRIER PIGEON"]) {
            let made = admin.rpc("credential-sets/create", json!({ "client": "client_8", "draft": draft(kind) })).await;
            let set: CredentialSet = made.ok();
            assert!(!set.secrets.is_empty() && set.secrets.iter().all(|field| field.is_secret()), "{kind}: {:?}", set.secrets);
            let update = json!({ "id": set.id, "version": set.version, "draft": draft(kind) });
            answers.extend([made, admin.rpc("credential-sets/update", update).await]);
            for endpoint in ["credential-sets/get", "credential-sets/usage"] {
                answers.push(admin.rpc(endpoint, json!({ "id": set.id })).await);
            }
            for page in [format!("/credential-sets/{}", set.id), format!("/credential-sets/{}/edit", set.id)] {
                answers.push(admin.get(&page).await);
            }
        }
        answers.push(admin.rpc("credential-sets/list", json!({ "query": "q=all+of" })).await);
        answers.push(admin.get("/credential-sets?q=all+of").await);
        // What is refused isn't sent back either.
        let wrong = json!({ "name": "", "credential_type": "SSH", "fields": { "password": SECRET, "port": "x" } });
        let refused = admin.rpc("credential-sets/create", json!({ "client": null, "draft": wrong })).await;
        assert_eq!((refused.status, refused.wrong_fields()), (StatusCode::UNPROCESSABLE_ENTITY, vec!["name".to_owned(), "fields.port".to_owned()]));
        drop(listening);
        for answer in &answers {
            assert!(answer.status.is_success(), "{answer:?}");
        }
        for answer in answers.iter().chain([&refused]) {
            assert!(!String::from_utf8_lossy(&answer.body).contains(SECRET), "{answer:?}");
        }
        let (rows, records) = (app.database.contents().await, app.database.audit().await);
        assert!(records.iter().any(|record| record.contains("credential_set.update")), "the comparison below sees the records");
        let leak = rows.iter().chain(&records).find(|row| row.contains(SECRET));
        assert_eq!(leak, None);
        let logged = log.0.lock().unwrap();
        let logged = String::from_utf8_lossy(&logged);
        assert_eq!(logged.lines().find(|line| line.contains(SECRET)), None);
        assert!(!logged.is_empty(), "somebody listened");
    });
}

#[test]
fn a_client_s_user_meets_only_its_own_sets() {
    on_both_engines(async |app: &App| {
        let list = async |actor: crate::support::Actor<'_>| {
            let page: ListPage<CredentialSet> = actor.rpc("credential-sets/list", json!({ "query": "size=100" })).await.ok();
            page.rows.into_iter().map(|set| set.client.map(|client| client.id)).collect::<Vec<_>>()
        };
        let own = Some("client_8".parse::<ClientId>().unwrap());
        let seen = list(app.client_admin().await).await;
        assert!(seen.len() >= 4 && seen.iter().all(|client| *client == own), "{seen:?}");
        let all = list(app.partner_admin().await).await;
        assert!(all.contains(&None) && all.contains(&own) && all.len() > seen.len(), "the partner sees its own beside them");
    });
}

#[test]
fn a_field_of_another_type_is_told_like_any_other() {
    on_both_engines(async |app: &App| {
        let admin = app.partner_admin().await;
        let wrong = json!({ "name": "", "credential_type": "", "fields": { "port": "70000", "snmpVersion": "V9", "timeoutMs": "soon" } });
        let answer = admin.rpc("credential-sets/create", json!({ "client": null, "draft": wrong })).await;
        let fields = ["name", "credential_type", "fields.port", "fields.snmpVersion", "fields.timeoutMs"];
        assert_eq!(answer.wrong_fields(), fields);
        assert_eq!(CredentialField::from_key("snmpVersion"), Some(CredentialField::SnmpVersion));
    });
}
