//! The column "step_up": what refuses somebody who has a second factor and hasn't proved it just before.

use http::StatusCode;
use totp_rs::Totp;

use super::{Things, ask, table::TABLE};
use crate::support::{Actor, App, on_both_engines};

/// Longer than a proof counts.
const LATER_SECONDS: i64 = 6 * 60;

/// The administrator, signed in with a code too long ago to count as a proof.
async fn unproved<'a>(app: &'a App, totp: &Totp) -> Actor<'a> {
    let admin = app.signed_in_with(totp).await;
    app.clock.advance_seconds(LATER_SECONDS);
    admin
}

#[test]
fn whatever_takes_a_proof_is_refused_without_one_and_changes_nothing() {
    on_both_engines(async |app: &App| {
        let things = Things::of(&app.partner_admin().await).await;
        let admin = unproved(app, &app.with_second_factor().await).await;
        let before = app.database.contents().await;
        let mut wrong = Vec::new();
        for line in TABLE.iter().filter(|line| line.step_up) {
            let answer = ask(&admin, line, &things).await;
            if answer.status != StatusCode::PRECONDITION_REQUIRED {
                wrong.push(format!("{}: {answer:?}", line.route));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
        let after = app.database.contents().await;
        let changed: Vec<_> = after.iter().filter(|row| !before.contains(row)).chain(before.iter().filter(|row| !after.contains(row))).collect();
        assert!(changed.is_empty(), "a refused call changed {changed:#?}");
    });
}

#[test]
fn nothing_else_asks_for_a_proof() {
    on_both_engines(async |app: &App| {
        let things = Things::of(&app.partner_admin().await).await;
        let totp = app.with_second_factor().await;
        let mut admin = unproved(app, &totp).await;
        let mut asking = Vec::new();
        for line in TABLE.iter().filter(|line| !line.step_up) {
            let mut answer = ask(&admin, line, &things).await;
            // A line before this one ended the session, or this one takes none.
            if answer.status == StatusCode::UNAUTHORIZED {
                admin = unproved(app, &totp).await;
                answer = ask(&admin, line, &things).await;
            }
            if answer.status == StatusCode::PRECONDITION_REQUIRED {
                asking.push(line.route);
            }
        }
        assert!(asking.is_empty(), "these ask, which the table doesn't say: {asking:#?}");
    });
}
