//! Records what was refused (docs/spec/audit.md, "Refused attempts"). A record that can't be written changes nothing about the refusal.

use domain::{Caller, Change, KeyRefusal, Origin, PartnerId};

use crate::{
    Result, Services,
    kernel::{authz::NO_PARTNER, password::network_of},
    people::{account::Account, api_key::Program},
};

impl Services {
    /// Records that a caller was refused for lack of rights. `what` is the method and path of the request.
    pub async fn request_refused(&self, caller: &Caller, what: &str) {
        let Some(left_out) = self.refusal_admitted(caller.partner, &caller.user.id.to_string()) else { return };
        recorded(async {
            let mut tx = self.authorize_self(caller).await?;
            self.audit(&mut tx, "request.refused", what, None, &left_out).await?;
            tx.commit().await
        })
        .await;
    }

    /// Records that a session was used, or a sign-in tried, at an address that the restriction doesn't allow.
    pub(crate) async fn address_refused(&self, account: &Account, origin: &Origin) {
        let Some(left_out) = self.refusal_admitted(account.partner, &account.user.id.to_string()) else { return };
        recorded(async {
            let mut tx = self.system("who is refused by address has no caller", account.partner).await?;
            tx.audit_stranger("session.address-refused", Some(account), origin, &left_out).await?;
            tx.commit().await
        })
        .await;
    }

    /// Records that an API key, or a token made with it, was refused. A key that nobody has is recorded without itself, because it can be a secret typed into the
    /// wrong field.
    pub(crate) async fn key_refused(&self, program: Option<&Program>, refusal: &KeyRefusal, origin: &Origin) {
        let account = program.map(|program| &program.account);
        let partner = account.map_or(NO_PARTNER, |account| account.partner);
        let subject = account.map_or_else(|| network_of(origin), |account| account.user.id.to_string());
        let Some(left_out) = self.refusal_admitted(partner, &subject) else { return };
        let reason = Change::of("reason", "Reason", "", &refusal.to_string());
        let changes: Vec<_> = reason.into_iter().chain(left_out).collect();
        recorded(async {
            let mut tx = self.system("a refused program has no caller", partner).await?;
            let key = program.map(|program| program.id.to_string()).unwrap_or_default();
            tx.audit_program("api_key.refused", key, account, origin, &changes).await?;
            tx.commit().await
        })
        .await;
    }

    /// Whether one more refusal of a partner's subject is recorded, and then what its record says of those that were left out before it.
    pub(crate) fn refusal_admitted(&self, partner: PartnerId, subject: &str) -> Option<Vec<Change>> {
        let left_out = self.refusals.admit(partner, subject, self.clock.now())?;
        let text = if left_out == 0 { String::new() } else { left_out.to_string() };
        Some(Change::of("left_out", "Not recorded before this", "", &text).into_iter().collect())
    }
}

/// Waits for a record to be written.
async fn recorded(record: impl Future<Output = Result<()>>) {
    if let Err(fault) = record.await {
        tracing::debug!(cause = %fault, "a refusal can't be recorded");
    }
}
