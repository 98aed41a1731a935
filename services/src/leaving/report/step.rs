//! Writes the file of a report, some thousand rows at a time.
//!
//! Every step reads as the report's owner, writes its part under the part's number and commits where the next one goes on. So a run that was killed goes on
//! with the part it was at, and a file is offered only once all of it is there.

use std::collections::HashMap;

use domain::{
    AuditFilter, AuditId, ClientQuery, ClientSort, Error, JobProgress, ListPage, PageAt, PartnerId, Permission, ReportKind, Timestamp, Total,
    counted, file_size,
};
use serde::{Deserialize, Serialize};

use super::{
    calendar::Calendar,
    file::{folder, key},
    lines::{ClientLine, Partner, entry_cell},
    run::RunInput,
    store::run::Written,
};
use crate::{
    Fault, Result, Services,
    kernel::{Tx, spreadsheet::Part},
    leaving::job::{Next, Work},
    people::account,
};

/// Rows of a part. About half a megabyte, which takes some hundredths of a second.
const ROWS: u32 = 2500;

/// Where the next step goes on.
#[derive(Default, Serialize, Deserialize)]
struct Cursor {
    parts: u32,
    rows: u64,
    bytes: u64,
    at: Place,
}

/// A place in what is listed.
#[derive(Default, Serialize, Deserialize)]
enum Place {
    #[default]
    First,
    Client(PageAt),
    Entry(Timestamp, AuditId),
}

/// What a step reads.
struct Read {
    part: Part,
    /// Where the next part begins, if there is one.
    next: Option<Place>,
    /// Rows in all; 0 if that isn't known.
    total: u64,
}

impl Services {
    /// Writes the next part.
    ///
    /// # Errors
    /// `Forbidden` if the report's owner may not see any more what it lists; `Conflict` if the report was deleted.
    pub(crate) async fn report_step(&self, work: &mut Work) -> Result<Next> {
        let input: RunInput = serde_json::from_str(&work.input)?;
        let mut cursor: Cursor = if work.cursor.is_empty() { Cursor::default() } else { serde_json::from_str(&work.cursor)? };
        let Read { part, next, total } = self.report_read(work.partner, &input, &cursor.at).await?;
        let (bytes, rows) = part.finish()?;
        let number = cursor.parts;
        cursor = Cursor { parts: number + 1, rows: cursor.rows + rows, bytes: cursor.bytes + bytes.len() as u64, at: next.unwrap_or_default() };
        let is_last = matches!(cursor.at, Place::First);

        let mut tx = self.job_begin(work).await?;
        let written = Written { parts: cursor.parts, rows: cursor.rows, bytes: cursor.bytes };
        if !tx.report_run_save(input.run, written, is_last).await? {
            self.files()?.delete_folder(&folder(input.run)).await?;
            return Err(Error::conflict("The report was deleted.").into());
        }
        // Within the transaction, which another server that has the job by now doesn't let begin.
        self.files()?.put(&key(input.run, number), bytes.into()).await?;
        work.progress = JobProgress { done: cursor.rows, total: if is_last { cursor.rows } else { total }, doing: "Writing rows".to_owned() };
        work.cursor = serde_json::to_string(&cursor)?;
        let next =
            if is_last { Next::Ended(format!("{}, {}.", counted(cursor.rows, "row", "rows"), file_size(cursor.bytes))) } else { Next::Continue };
        self.job_save(tx, work, &next).await?;
        if is_last {
            self.report_mail(work.partner, &input, written.rows).await;
        }
        Ok(next)
    }

    async fn report_read(&self, partner: PartnerId, input: &RunInput, at: &Place) -> Result<Read> {
        let mut tx = self.report_as_owner(partner, input).await?;
        let calendar = Calendar::of(&input.profile.time_zone)?;
        match input.kind {
            ReportKind::TenantProfiles => read_profiles(&mut tx, input, at, &calendar).await,
            ReportKind::AuditLog => read_entries(&mut tx, input, at, &calendar).await,
        }
    }

    /// A reading transaction of the report's owner, with the rights of this moment.
    async fn report_as_owner(&self, partner: PartnerId, input: &RunInput) -> Result<Tx> {
        let mut tx = self.system_read("a report reads as its owner", partner).await?;
        let owner = account::acting(&mut tx, input.owner).await?;
        let owner = owner.ok_or_else(|| Error::forbidden("The report’s owner no longer has access. Whoever saves the report becomes its owner."))?;
        drop(tx);
        let lacking = |fault| match fault {
            Fault::Refused(_) => {
                let [manage, list] = [Permission::ReportManage, input.kind.permission()].map(Permission::name);
                Error::forbidden(format!("The report’s owner can no longer run it: this requires the permissions “{manage}” and “{list}”.")).into()
            }
            failure => failure,
        };
        let mut tx = self.authorize_read(&owner, Permission::ReportManage, owner.place()).await.map_err(lacking)?;
        self.permit_own(&mut tx, input.kind.permission()).await.map_err(lacking)?;
        Ok(tx)
    }

    /// Mails a link to those who are to be told, as far as they are still users of the report's tenant.
    async fn report_mail(&self, partner: PartnerId, input: &RunInput, rows: u64) {
        let Some(mailer) = self.mailer.clone() else { return };
        let users = async {
            let mut tx = self.system_read("a run's recipients are looked up", partner).await?;
            let client = account::acting(&mut tx, input.owner).await?.and_then(|owner| owner.client);
            tx.users_by_email(client, &input.profile.recipients).await
        };
        let users = match users.await {
            Ok(users) => users,
            Err(fault) => return tracing::warn!(cause = %fault, report = %input.report, "nobody can be told of a run"),
        };
        let mails = users.iter().map(|user| mailer.report(user, input.report, &input.profile.name, rows)).collect();
        mailer.send_later(mails, self.clock.now());
    }
}

async fn read_profiles(tx: &mut Tx, input: &RunInput, at: &Place, calendar: &Calendar) -> Result<Read> {
    let (attributes, owner) = (&input.profile.attributes, tx.caller()?);
    let at = match at {
        Place::Client(at) => at.clone(),
        _ => PageAt::First,
    };
    let (is_first, has_partner) = (at == PageAt::First, owner.client.is_none());
    let query = ClientQuery { sort: ClientSort::Id, size: ROWS, at, ..input.profile.selection.query() };
    let ListPage { rows: clients, total, next, .. } = tx.client_profiles(&query).await?;
    let ids: Vec<_> = clients.iter().map(|client| client.id).collect();
    let counts_devices = attributes.iter().any(|attribute| attribute.counts_devices()) && owner.permissions().contains(Permission::DeviceView);
    let devices = if counts_devices { tx.client_device_counts(&ids).await? } else { HashMap::new() };
    let may = tx.client_permissions(&ids).await?;
    let (name, created) = tx.partner_name().await?;
    let partner = Partner { id: tx.partner, name, created };

    let mut part = Part::new(is_first, attributes.iter().map(|attribute| attribute.label()))?;
    if is_first && has_partner {
        part.line(attributes.iter().map(|attribute| partner.cell(*attribute, calendar)).collect::<Result<Vec<_>>>()?)?;
    }
    for (client, may) in clients.iter().zip(may) {
        let line = ClientLine { partner: &partner, client, devices: &devices, may };
        part.line(attributes.iter().map(|attribute| line.cell(*attribute, calendar)).collect::<Result<Vec<_>>>()?)?;
    }
    let total = match total {
        Total::Exactly(clients) => clients + u64::from(has_partner),
        Total::MoreThan(_) => 0,
    };
    Ok(Read { part, next: next.map(Place::Client), total })
}

async fn read_entries(tx: &mut Tx, input: &RunInput, at: &Place, calendar: &Calendar) -> Result<Read> {
    let attributes = &input.profile.attributes;
    let (is_first, after) = match at {
        Place::Entry(at, id) => (false, (*at, *id)),
        _ => (true, (Timestamp::default(), AuditId::new(0))),
    };
    let entries = tx.audit_part(&AuditFilter::default(), "", after, ROWS).await?;
    let mut part = Part::new(is_first, attributes.iter().map(|attribute| attribute.label()))?;
    for entry in &entries {
        part.line(attributes.iter().map(|attribute| entry_cell(entry, *attribute, calendar)).collect::<Result<Vec<_>>>()?)?;
    }
    let next = entries.last().filter(|_| entries.len() == ROWS as usize).map(|last| Place::Entry(last.at, last.id));
    Ok(Read { part, next, total: 0 })
}
