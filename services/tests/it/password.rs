//! Changing the own password.

use domain::{Error, PasswordChangeDraft};

use crate::support::{PASSWORD, at, on_both_engines, refusal, sign_in};

const ADMIN: &str = "partner.administrator";
const NEW: &str = "Mango#2027";

fn draft(current: &str, new: &str, confirmation: &str) -> PasswordChangeDraft {
    PasswordChangeDraft { current: current.to_owned(), new: new.to_owned(), confirmation: confirmation.to_owned() }
}

#[test]
fn a_changed_password_ends_the_other_sessions_and_renews_this_one() {
    on_both_engines(async |world| {
        let partner = world.partner().await;
        world.user(partner, None, "Partner Administrator").await;
        let (services, here) = (&world.services, at("192.0.2.1"));
        let other = services.session_sign_in(sign_in(ADMIN, PASSWORD), &here).await.unwrap();
        let this = services.session_sign_in(sign_in(ADMIN, PASSWORD), &here).await.unwrap();
        let caller = services.session_resolve(this.expose(), &here).await.unwrap().caller;

        let next = services.password_change(&caller, draft(PASSWORD, NEW, NEW)).await.unwrap();
        assert!(services.session_resolve(next.expose(), &here).await.is_ok());
        for ended in [this, other] {
            assert_eq!(refusal(services.session_resolve(ended.expose(), &here).await), Error::Unauthenticated);
        }
        assert!(matches!(refusal(services.session_sign_in(sign_in(ADMIN, PASSWORD), &here).await), Error::Invalid { .. }));
        services.session_sign_in(sign_in(ADMIN, NEW), &here).await.unwrap();
        assert!(world.audit().await.contains(&format!("password.change USR0000000001 {ADMIN}")));
    });
}

#[test]
fn a_wrong_draft_changes_nothing() {
    on_both_engines(async |world| {
        let partner = world.partner().await;
        let caller = world.caller(partner, None, "Partner Administrator").await;
        let cases = [
            (draft("wrong", NEW, NEW), "current: The current password is wrong."),
            (
                draft(PASSWORD, "short", "shirt"),
                "new: Use at least 7 characters. Add a digit. Add a special character such as # ! $ *. Add an upper case letter. | confirmation: Type the same password twice.",
            ),
            (draft(PASSWORD, PASSWORD, PASSWORD), "new: Choose a password that differs from the current one."),
        ];
        for (draft, expected) in cases {
            let Error::Invalid { violations } = refusal(world.services.password_change(&caller, draft).await) else { panic!("{expected}") };
            let sentences: Vec<_> = violations.iter().map(|violation| format!("{}: {}", violation.field, violation.message)).collect();
            assert_eq!(sentences.join(" | "), expected);
        }
        world.signed_in(ADMIN).await;
    });
}

#[test]
fn guessing_the_current_password_is_throttled_like_signing_in() {
    on_both_engines(async |world| {
        let partner = world.partner().await;
        let caller = world.caller(partner, None, "Partner Administrator").await;
        for _ in 0..3 {
            assert_eq!(
                refusal(world.services.password_change(&caller, draft("wrong", NEW, NEW)).await),
                Error::invalid("current", "The current password is wrong.")
            );
        }
        let expected = Error::invalid("current", "Too many attempts. Wait 1 second and try again.");
        assert_eq!(refusal(world.services.password_change(&caller, draft(PASSWORD, NEW, NEW)).await), expected);
    });
}
