//! Creating a customer while accounts are associated.

use domain::{Caller, ClientDraft, ClientSummary, CustomerDraft, Draft, Error, Permission, Scope, Violation, Violations};

use crate::{Fault, Result, Services};

/// Stands for an address until somebody completes it.
const ADDRESS: &str = "To be completed";

/// Country and time zone of a partner's first client.
const PLACE: (&str, &str) = ("USA", "UTC");

impl Services {
    /// Creates a client with the country and time zone of the partner's latest one, to be completed later.
    ///
    /// # Errors
    /// `Invalid` with every wrong field of the draft; `Forbidden` without the permission to create clients.
    pub async fn customer_create(&self, caller: &Caller, draft: CustomerDraft) -> Result<ClientSummary> {
        let mut tx = self.authorize(caller, Permission::ClientCreate, Scope::Partner(caller.partner)).await?;
        let CustomerDraft { company_name, first_name, last_name, email } = draft.check(())?;
        let (country, time_zone) = tx.client_place_latest().await?.unwrap_or_else(|| (PLACE.0.to_owned(), PLACE.1.to_owned()));
        let contact_person = format!("{first_name} {last_name}");
        let client = ClientDraft {
            name: company_name.clone(),
            address: ADDRESS.to_owned(),
            country,
            time_zone,
            contact_person,
            email,
            ..ClientDraft::default()
        };
        let id = self.client_make(&mut tx, client).await.map_err(renamed)?;
        tx.commit().await?;
        Ok(ClientSummary { id, name: company_name })
    }
}

/// The violations of a client under the names of the window's fields.
fn renamed(fault: Fault) -> Fault {
    let Fault::Refused(Error::Invalid { violations }) = fault else { return fault };
    let renamed = violations.into_iter().map(|violation| match &*violation.field {
        "name" => Violation { field: "company_name".to_owned(), ..violation },
        _ => violation,
    });
    renamed.collect::<Violations>().into()
}
