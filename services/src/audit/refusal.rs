//! Records what was refused (docs/spec/audit.md, "Refused attempts"). A record that can't be written changes nothing about the refusal.

use domain::{Caller, Change, Origin};

use crate::{Result, Services, people::account::Account};

impl Services {
    /// Records that a caller was refused for lack of rights. `what` is the method and path of the request.
    pub async fn request_refused(&self, caller: &Caller, what: &str) {
        let now = self.clock.now();
        let Some(left_out) = self.refusals.admit(&caller.user.id.to_string(), now) else { return };
        let recorded: Result<()> = async {
            let mut tx = self.authorize_self(caller).await?;
            self.audit(&mut tx, "request.refused", what, None, change(left_out).as_slice()).await?;
            tx.commit().await
        }
        .await;
        if let Err(fault) = recorded {
            tracing::debug!(cause = %fault, "a refusal can't be recorded");
        }
    }

    /// Records that a session was used, or a sign-in tried, at an address that the restriction doesn't allow.
    pub(crate) async fn address_refused(&self, account: &Account, origin: &Origin) {
        let now = self.clock.now();
        let Some(left_out) = self.refusals.admit(&account.user.id.to_string(), now) else { return };
        let recorded: Result<()> = async {
            let mut tx = self.system("who is refused by address has no caller", account.partner).await?;
            tx.audit_stranger("session.address-refused", Some(account), origin, change(left_out).as_slice()).await?;
            tx.commit().await
        }
        .await;
        if let Err(fault) = recorded {
            tracing::debug!(cause = %fault, "a refusal can't be recorded");
        }
    }

    /// Whether one more refusal of a subject is recorded.
    pub(crate) fn refusal_counts(&self, subject: &str) -> bool {
        self.refusals.admit(subject, self.clock.now()).is_some()
    }
}

/// How many refusals before this one were left out.
fn change(left_out: u64) -> Option<Change> {
    let text = if left_out == 0 { String::new() } else { left_out.to_string() };
    Change::of("left_out", "Not recorded before this", "", &text)
}
