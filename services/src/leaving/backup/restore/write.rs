//! Makes a client of an archive, in one transaction: everything gets a new id, and is checked like what somebody types.

mod access;
mod client;
mod inventory;
mod outcome;
mod people;

use std::collections::HashMap;

use bytes::Bytes;
use domain::{ClientDraft, ClientId, ClientStatus, CredentialSetId, DeviceGroupId, DeviceId, Error, UserGroupId, UserId};

use super::{
    pictures::Pictures,
    source::{Secrets, Source, wrong},
};
use crate::{Fault, Result, Services, kernel::Tx};
pub(crate) use outcome::Restored;

/// Old ids and what they are now.
#[derive(Default)]
struct Ids {
    devices: HashMap<String, (DeviceId, i64)>,
    device_groups: HashMap<String, DeviceGroupId>,
    credential_sets: HashMap<String, CredentialSetId>,
    users: HashMap<String, UserId>,
    user_groups: HashMap<String, (UserGroupId, i64)>,
    permission_sets: HashMap<String, String>,
}

/// A client being made again.
pub(super) struct Restoring<'a> {
    pub(super) services: &'a Services,
    pub(super) tx: &'a mut Tx,
    pub(super) source: &'a mut Source,
    pub(super) pictures: Pictures,
    pub(super) secrets: Option<Secrets>,
    pub(super) restored: Restored,
    /// To be written before the transaction commits.
    pub(super) files: Vec<(String, Bytes)>,
}

impl Restoring<'_> {
    /// Makes everything, and returns the new client.
    pub(super) async fn run(&mut self, name: &str) -> Result<ClientId> {
        let (line, suspended) = self.client_line()?;
        let client = self.client(ClientDraft { name: name.to_owned(), ..line }).await?;
        self.services.work_within(self.tx, client);
        let mut ids = Ids::default();
        self.devices(client, &mut ids).await?;
        self.device_groups(client, &mut ids).await?;
        self.credential_sets(&mut ids).await?;
        self.users(client, &mut ids).await?;
        self.user_groups(&mut ids).await?;
        self.permission_sets(&mut ids).await?;
        self.roles(client, &ids).await?;
        self.restrictions(client).await?;
        if suspended {
            self.tx.client_status_update(client, ClientStatus::Active, ClientStatus::Suspended).await?;
        }
        for (name, one, many) in [
            ("api_keys", "API key", "API keys"),
            ("reports", "report", "reports"),
            ("login_history", "sign-in record", "sign-in records"),
            ("audit_log", "audit record", "audit records"),
        ] {
            self.restored.skipped(self.source.records(name), one, many);
        }
        Ok(client)
    }
}

/// What was given; none if that was refused.
fn unless_refused<T>(given: Result<T>) -> Result<Option<T>> {
    match given {
        Ok(given) => Ok(Some(given)),
        Err(Fault::Refused(_)) => Ok(None),
        Err(failure) => Err(failure),
    }
}

/// A refusal of what stands in a file, which it names.
fn within(file: &str, id: &str, fault: Fault) -> Fault {
    match fault {
        Fault::Refused(Error::Invalid { violations }) => inside(file, id, violations),
        Fault::Refused(error) => wrong(&format!("{file}.jsonl, {id}: {error}")),
        failure => failure,
    }
}

fn inside(file: &str, id: &str, violations: domain::Violations) -> Fault {
    let sentences: Vec<_> = violations.iter().map(|violation| format!("{}: {}", violation.field, violation.message)).collect();
    wrong(&format!("{file}.jsonl, {id}: {}", sentences.join(" ")))
}

fn unusable(_: domain::UnknownId) -> Fault {
    Fault::Failed("a new id is wrong".to_owned())
}
