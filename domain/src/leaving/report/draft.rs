//! A report as typed, and what it becomes.

use serde::{Deserialize, Serialize};

use super::{ReportAttribute, ReportClients, ReportKind, ReportSelection, Schedule, ScheduleDraft};
use crate::{Change, Draft, Violations, is_email, limits, text};

/// The most addresses that are told of a run.
pub const MAX_RECIPIENTS: usize = 20;

/// How many days the files of a run are stored, unless the report says otherwise.
pub const REPORT_DAYS: u16 = 90;

/// The most days that the files of a run can be stored.
pub const MAX_REPORT_DAYS: u16 = 366;

/// A report as typed, right or wrong.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ReportDraft {
    /// Name.
    pub name: String,
    /// Keys of [`ReportAttribute`], in any order.
    pub attributes: Vec<String>,
    /// A key of [`ReportClients`], for a report of clients.
    pub clients: String,
    /// The address of the list of clients whose filter counts, for [`ReportClients::Listed`].
    pub filter: String,
    /// When it runs.
    pub schedule: ScheduleDraft,
    /// The e-mail addresses that get a link to each run, separated by commas or lines.
    pub recipients: String,
    /// How many days the files of a run are stored.
    pub days: String,
}

/// What a report lists and when, checked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportProfile {
    /// Name.
    pub name: String,
    /// Its columns, in the order of the file.
    pub attributes: Vec<ReportAttribute>,
    /// The clients that it lists; of no meaning for an audit log.
    pub selection: ReportSelection,
    /// When it runs by itself.
    pub schedule: Schedule,
    /// IANA name: of the schedule, and of the dates in the file.
    pub time_zone: String,
    /// The e-mail addresses that get a link to each run.
    pub recipients: Vec<String>,
    /// How many days the files of a run are stored.
    pub days: u16,
}

impl ReportDraft {
    /// A new report: all columns, now.
    #[must_use]
    pub fn new(kind: ReportKind, selection: &ReportSelection, time_zone: &str) -> Self {
        Self {
            name: kind.label().to_owned(),
            attributes: kind.attributes().map(|attribute| attribute.key().to_owned()).collect(),
            clients: selection.clients.key().to_owned(),
            filter: selection.filter.clone(),
            schedule: ScheduleDraft::of(Schedule::Once, time_zone),
            recipients: String::new(),
            days: REPORT_DAYS.to_string(),
        }
    }

    /// What is typed for a report.
    #[must_use]
    pub fn of(profile: &ReportProfile) -> Self {
        Self {
            name: profile.name.clone(),
            attributes: profile.attributes.iter().map(|attribute| attribute.key().to_owned()).collect(),
            clients: profile.selection.clients.key().to_owned(),
            filter: profile.selection.filter.clone(),
            schedule: ScheduleDraft::of(profile.schedule, &profile.time_zone),
            recipients: profile.recipients.join("\n"),
            days: profile.days.to_string(),
        }
    }
}

impl Draft for ReportDraft {
    type Context<'a> = ReportKind;
    type Checked = ReportProfile;

    fn check(self, kind: ReportKind) -> Result<ReportProfile, Violations> {
        let mut violations = Violations::new();
        let name = violations.accept("name", text::required_line(&self.name, limits::NAME, "Enter the report’s name."));
        let attributes: Vec<_> = kind.attributes().filter(|attribute| self.attributes.iter().any(|key| key == attribute.key())).collect();
        let unknown = self.attributes.iter().any(|key| !kind.attributes().any(|attribute| attribute.key() == key));
        violations.add_if(unknown, "attributes", "Choose attributes from the list.");
        violations.add_if(attributes.is_empty() && !unknown, "attributes", "Choose at least one attribute.");
        let clients = match kind {
            ReportKind::AuditLog => Ok(ReportClients::All),
            ReportKind::TenantProfiles => ReportClients::from_key(&self.clients).ok_or("Choose which clients the report lists."),
        };
        let clients = violations.accept("clients", clients);
        let recipients = violations.accept("recipients", recipients(&self.recipients));
        let days = self.days.trim().parse().ok().filter(|days| (1..=MAX_REPORT_DAYS).contains(days));
        let days = violations.accept("days", days.ok_or_else(|| format!("Enter a number of days from 1 to {MAX_REPORT_DAYS}.")));
        let schedule = match self.schedule.check(()) {
            Ok(schedule) => Some(schedule),
            Err(wrong) => {
                violations.extend(wrong);
                None
            }
        };
        let (Some(name), Some(clients), Some(recipients), Some(days), Some((schedule, time_zone)), true) =
            (name, clients, recipients, days, schedule, violations.is_empty())
        else {
            return Err(violations);
        };
        let selection = ReportSelection::new(clients, &self.filter);
        Ok(ReportProfile { name, attributes, selection, schedule, time_zone, recipients, days })
    }
}

fn recipients(typed: &str) -> Result<Vec<String>, String> {
    let mut recipients: Vec<String> = Vec::new();
    for address in typed.split([',', ';', ' ', '\t', '\r', '\n']).filter(|address| !address.is_empty()) {
        if address.chars().count() > limits::EMAIL || !is_email(address) {
            let shown: String = address.chars().take(limits::EMAIL).collect();
            return Err(format!("“{shown}” isn’t an e-mail address."));
        }
        if !recipients.iter().any(|other| other.to_lowercase() == address.to_lowercase()) {
            recipients.push(address.to_owned());
        }
    }
    if recipients.len() > MAX_RECIPIENTS { Err(format!("Enter at most {MAX_RECIPIENTS} addresses.")) } else { Ok(recipients) }
}

impl ReportProfile {
    /// What differs from a later state, for the audit log.
    #[must_use]
    pub fn changes(&self, after: &Self) -> Vec<Change> {
        let titles = |profile: &Self| profile.attributes.iter().map(|attribute| attribute.label()).collect::<Vec<_>>().join(", ");
        let changes = [
            Change::of("name", "Name", &self.name, &after.name),
            Change::of("attributes", "Attributes", &titles(self), &titles(after)),
            Change::of("clients", "Clients", &self.selection.words(), &after.selection.words()),
            Change::of("schedule", "Schedule", &self.schedule.to_string(), &after.schedule.to_string()),
            Change::of("time_zone", "Time Zone", &self.time_zone, &after.time_zone),
            Change::of("recipients", "E-mail a link to", &self.recipients.join(", "), &after.recipients.join(", ")),
            Change::of("days", "Days to store files", &self.days.to_string(), &after.days.to_string()),
        ];
        changes.into_iter().flatten().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft() -> ReportDraft {
        ReportDraft::new(ReportKind::TenantProfiles, &ReportSelection::new(ReportClients::All, ""), "UTC")
    }

    #[test]
    fn a_new_report_has_every_column_and_is_right() {
        let profile = draft().check(ReportKind::TenantProfiles).unwrap();
        assert_eq!((profile.attributes.len(), profile.schedule, profile.days), (22, Schedule::Once, 90));
        assert_eq!(ReportDraft::of(&profile), draft());
        let audit = ReportDraft::new(ReportKind::AuditLog, &profile.selection, "UTC").check(ReportKind::AuditLog).unwrap();
        assert_eq!(audit.attributes.len(), 6);
    }

    #[test]
    fn columns_stand_in_the_order_of_the_file() {
        let attributes = ["city", "tenant-id"].map(str::to_owned).to_vec();
        let profile = ReportDraft { attributes, ..draft() }.check(ReportKind::TenantProfiles).unwrap();
        assert_eq!(profile.attributes, [ReportAttribute::TenantId, ReportAttribute::City]);
    }

    #[test]
    fn every_wrong_field_is_named() {
        let wrong = ReportDraft {
            name: " ".into(),
            attributes: vec!["who".into()],
            clients: "some".into(),
            recipients: "ada@leoart.example, ada".into(),
            days: "0".into(),
            ..ReportDraft::default()
        };
        let wrong = wrong.check(ReportKind::TenantProfiles).unwrap_err();
        let fields: Vec<_> = wrong.iter().map(|violation| violation.field.as_str()).collect();
        assert_eq!(fields, ["name", "attributes", "clients", "recipients", "days", "time_zone", "frequency"]);
        assert_eq!(wrong.of("recipients"), Some("“ada” isn’t an e-mail address."));
        let none = ReportDraft { attributes: Vec::new(), ..draft() }.check(ReportKind::TenantProfiles).unwrap_err();
        assert_eq!(none.of("attributes"), Some("Choose at least one attribute."));
    }

    #[test]
    fn an_address_is_told_once_and_there_are_not_too_many() {
        let typed = "ada@leoart.example;Ada@LeoArt.example\n grace@leoart.example,";
        assert_eq!(recipients(typed), Ok(vec!["ada@leoart.example".to_owned(), "grace@leoart.example".to_owned()]));
        let many: Vec<_> = (0..=MAX_RECIPIENTS).map(|number| format!("a{number}@leoart.example")).collect();
        assert_eq!(recipients(&many.join(" ")), Err("Enter at most 20 addresses.".to_owned()));
    }
}
