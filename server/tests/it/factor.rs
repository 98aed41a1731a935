//! Signing in with a second factor over HTTP, as a browser without scripts does, and being asked again.

use app::people::factor::rpc::FinishSignIn;
use domain::{Client, Error, FactorSetUp, PasskeyRequest, RecoveryCodes, SecondFactor, SignInStep};
use http::StatusCode;
use leptos::server_fn::ServerFn;
use serde_json::json;
use services::{Clock, DEMO_PASSWORD};
use totp_rs::Totp;

use crate::support::{Actor, App, on_both_engines, on_both_engines_with_mail};

const ADMIN: &str = "admin@leoart.example";

impl App {
    fn code(&self, totp: &Totp) -> String {
        totp.generate(self.clock.now().millis().unsigned_abs() / 1000).to_string()
    }

    /// The demo partner's administrator turns a second factor on.
    pub(crate) async fn with_second_factor(&self) -> Totp {
        let admin = self.partner_admin().await;
        let set_up: FactorSetUp = admin.rpc("second-factor/set-up", json!({})).await.ok();
        let totp = Totp::from_url(set_up.address).unwrap();
        let draft = json!({ "draft": { "password": DEMO_PASSWORD, "code": self.code(&totp) } });
        admin.rpc("second-factor/confirm", draft).await.ok::<RecoveryCodes>();
        self.clock.advance_seconds(60);
        totp
    }

    /// Enters login name and password.
    async fn entered(&self) -> Actor<'_> {
        self.nobody().with_cookie(self.nobody().sign_in(ADMIN, DEMO_PASSWORD).await.session_cookie().unwrap())
    }

    /// The administrator, signed in with password and code.
    pub(crate) async fn signed_in_with(&self, totp: &Totp) -> Actor<'_> {
        let draft = json!({ "draft": { "code": self.code(totp) }, "next": "/" });
        let signed_in = self.entered().await.post_form(FinishSignIn::url(), "/second-factor", &draft).await;
        self.nobody().with_cookie(signed_in.session_cookie().unwrap())
    }
}

#[test]
fn the_second_page_works_without_scripts_and_nothing_else_does_before() {
    on_both_engines(async |app| {
        let totp = app.with_second_factor().await;
        let entered = app.entered().await;
        assert_eq!(entered.get("/clients?q=leo").await.location(), "/second-factor?next=/clients%3Fq%3Dleo");
        let unfinished = Error::Unfinished { step: SignInStep::Prove };
        for function in ["sessions/list", "second-factor/get", "second-factor/set-up", "second-factor/renew-recovery-codes"] {
            let answer = entered.rpc(function, json!({})).await;
            assert_eq!((answer.status, answer.error()), (StatusCode::UNAUTHORIZED, unfinished.clone()), "{function}");
        }
        let page = entered.get("/second-factor?next=/roles").await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.text().contains("<h1>Confirm it’s you<") && page.text().contains(FinishSignIn::url()), "{}", page.text());

        let send = async |code: &str| {
            entered.post_form(FinishSignIn::url(), "/second-factor", &json!({ "draft": { "code": code }, "next": "/roles" })).await
        };
        let wrong = send("000000").await;
        assert_eq!((wrong.status, wrong.location()), (StatusCode::FOUND, "/second-factor?next=/roles"));
        let right = send(&app.code(&totp)).await;
        assert_eq!((right.status, right.location()), (StatusCode::FOUND, "/roles"));
        let admin = app.nobody().with_cookie(right.session_cookie().unwrap());
        assert_eq!(admin.get("/roles").await.status, StatusCode::OK);
        assert_eq!(entered.get("/roles").await.location(), "/login?next=/roles", "the token before is worth nothing");
    });
}

#[test]
fn three_wrong_codes_lead_back_to_the_sign_in_page() {
    on_both_engines(async |app| {
        app.with_second_factor().await;
        let entered = app.entered().await;
        for location in ["/second-factor?next=/clients", "/second-factor?next=/clients", "/login?next=/clients"] {
            let draft = json!({ "draft": { "code": "000000" }, "next": "/clients" });
            assert_eq!(entered.post_form(FinishSignIn::url(), "/second-factor", &draft).await.location(), location);
        }
        assert_eq!(entered.get("/clients").await.location(), "/login?next=/clients");
    });
}

#[test]
fn signing_out_works_before_the_code() {
    on_both_engines(async |app| {
        app.with_second_factor().await;
        let entered = app.entered().await;
        let answer = entered.post_form("/rpc/sessions/delete", "/second-factor", &json!({})).await;
        assert_eq!((answer.status, answer.location()), (StatusCode::FOUND, "/login"));
        assert_eq!(entered.get("/clients").await.location(), "/login?next=/clients");
    });
}

#[test]
fn a_save_by_hand_is_refused_with_a_status_of_its_own_until_it_is_proved() {
    on_both_engines(async |app| {
        let totp = app.with_second_factor().await;
        let admin = app.signed_in_with(&totp).await;
        let client: Client = admin.rpc("clients/get", json!({ "id": "client_9" })).await.ok();
        let mut details = client.details.clone();
        details.city = "Oakland".to_owned();
        let save = json!({ "id": "client_9", "version": client.version, "draft": details });
        let refused = admin.rpc("clients/update", save.clone()).await;
        assert_eq!((refused.status, refused.error()), (StatusCode::PRECONDITION_REQUIRED, Error::Unproved));
        app.clock.advance_seconds(30);
        admin.rpc("second-factor/prove", json!({ "draft": { "code": app.code(&totp) } })).await.ok::<()>();
        assert_eq!(admin.rpc("clients/update", save).await.ok::<Client>().details.city, "Oakland");
        assert!(admin.rpc("second-factor/get", json!({})).await.ok::<SecondFactor>().app.is_some());
    });
}

#[test]
fn a_sign_in_that_was_finished_in_another_tab_leads_on() {
    on_both_engines(async |app| {
        let totp = app.with_second_factor().await;
        let admin = app.signed_in_with(&totp).await;
        let draft = json!({ "draft": { "code": "000000" }, "next": "/roles" });
        let late = admin.post_form(FinishSignIn::url(), "/second-factor", &draft).await;
        assert_eq!((late.status, late.location()), (StatusCode::FOUND, "/roles"));
        assert_eq!(late.session_cookie(), None, "the session goes on");
        assert_eq!(admin.get("/roles").await.status, StatusCode::OK);
    });
}

#[test]
fn passkeys_are_offered_where_the_console_has_a_public_address() {
    on_both_engines_with_mail(async |app, _| {
        assert!(app.nobody().get("/login").await.text().contains("Sign in with a passkey"));
        let request: PasskeyRequest = app.nobody().rpc("passkeys/alone-request", json!({})).await.ok();
        let options: serde_json::Value = serde_json::from_str(&request.options).unwrap();
        assert_eq!((&options["rpId"], &options["userVerification"]), (&json!("console.example"), &json!("required")));
        assert!(app.partner_admin().await.rpc("second-factor/get", json!({})).await.ok::<SecondFactor>().offers_passkeys);
    });
    on_both_engines(async |app| {
        assert!(!app.nobody().get("/login").await.text().contains("with a passkey"));
        assert!(!app.partner_admin().await.rpc("second-factor/get", json!({})).await.ok::<SecondFactor>().offers_passkeys);
    });
}
