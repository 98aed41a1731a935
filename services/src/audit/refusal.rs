//! Records what was refused (docs/spec/audit.md, "Refused attempts"). A record that can't be written changes nothing about the refusal.

use domain::{Caller, Change, KeyRefusal, Origin};

use crate::{
    Result, Services,
    kernel::{authz::NO_PARTNER, password::network_of},
    people::{account::Account, api_key::Program},
};

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

    /// Records that an API key, or a token made with it, was refused. A key that nobody has is recorded without itself, because it can be a secret typed into the
    /// wrong field.
    pub(crate) async fn key_refused(&self, program: Option<&Program>, refusal: &KeyRefusal, origin: &Origin) {
        let (now, account) = (self.clock.now(), program.map(|program| &program.account));
        let subject = account.map_or_else(|| network_of(origin), |account| account.user.id.to_string());
        let Some(left_out) = self.refusals.admit(&subject, now) else { return };
        let reason = Change::of("reason", "Reason", "", &refusal.to_string());
        let changes: Vec<_> = reason.into_iter().chain(change(left_out)).collect();
        let recorded: Result<()> = async {
            let partner = account.map_or(NO_PARTNER, |account| account.partner);
            let mut tx = self.system("a refused program has no caller", partner).await?;
            let key = program.map(|program| program.id.to_string()).unwrap_or_default();
            tx.audit_program("api_key.refused", key, account, origin, &changes).await?;
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
