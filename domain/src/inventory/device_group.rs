//! Device groups: devices under one name, so that roles can list them together.

use serde::{Deserialize, Serialize};

use crate::{Change, ClientSummary, DeviceCriteria, DeviceGroupId, Draft, NameSort, OfClient, Query, Timestamp, Total, Violations, limits, text};

/// The most comparisons of a query.
const MAX_CONDITIONS: usize = 50;

/// A view of the list of device groups.
pub type DeviceGroupQuery = Query<NameSort, OfClient<()>>;

/// A device group as typed or sent, in part: what is left out stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DeviceGroupDraft {
    /// Required for a new one.
    pub name: Option<String>,
    /// What it is for.
    pub description: Option<String>,
    /// The parent group's id, stored for API clients; empty for none.
    pub parent: Option<String>,
    /// The number of its query, stored for API clients; 0 for none.
    pub criteria_id: Option<i64>,
    /// The [`DeviceCriteria`] that selects its devices; empty if devices are added by hand.
    pub search_query: Option<String>,
}

/// A device group's name and description, in their normal form.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceGroupDetails {
    /// Unique among those of its client or of the partner.
    pub name: String,
    /// What it is for.
    pub description: String,
    /// The parent group's id, stored for API clients; empty for none.
    pub parent: String,
    /// The number of its query, stored for API clients; 0 for none.
    pub criteria_id: i64,
    /// The query that selects its devices; empty for none.
    pub search_query: String,
}

impl Draft for DeviceGroupDraft {
    /// The details before the change; none for a new group.
    type Context<'a> = Option<&'a DeviceGroupDetails>;
    type Checked = DeviceGroupDetails;

    fn check(self, before: Option<&DeviceGroupDetails>) -> Result<DeviceGroupDetails, Violations> {
        let before = before.cloned().unwrap_or_default();
        let (name, description) = (self.name.unwrap_or_else(|| before.name.clone()), self.description.unwrap_or_else(|| before.description.clone()));
        let mut violations = Violations::new();
        let name = text::required_line(&name, limits::NAME, "Enter the device group's name.");
        let name = violations.accept("name", name).unwrap_or_default();
        let description = violations.accept("description", text::limited(&description, limits::DESCRIPTION)).unwrap_or_default();
        let parent = text::line(&self.parent.unwrap_or_else(|| before.parent.clone()), limits::RECORD_TYPE);
        let parent = violations.accept("parent", parent).unwrap_or_default();
        let search_query = self.search_query.map_or_else(|| before.search_query.clone(), |query| query.trim().to_owned());
        if !search_query.is_empty() {
            let query = violations.accept("search_query", DeviceCriteria::parse(&search_query));
            // An older query stays as it is.
            let is_long = search_query != before.search_query && query.is_some_and(|query| query.conditions() > MAX_CONDITIONS);
            violations.add_if(is_long, "search_query", &format!("Use at most {MAX_CONDITIONS} conditions."));
        }
        let criteria_id = self.criteria_id.unwrap_or(before.criteria_id);
        violations.checked(DeviceGroupDetails { name, description, parent, criteria_id, search_query })
    }
}

impl DeviceGroupDetails {
    /// What differs in another state of them.
    #[must_use]
    pub fn changes(&self, after: &Self) -> Vec<Change> {
        let number = |details: &Self| if details.criteria_id == 0 { String::new() } else { details.criteria_id.to_string() };
        let changes = [
            Change::of("name", "Name", &self.name, &after.name),
            Change::of("description", "Description", &self.description, &after.description),
            Change::of("parent", "Parent", &self.parent, &after.parent),
            Change::of("criteria_id", "Number of the query", &number(self), &number(after)),
            Change::of("search_query", "Query", &self.search_query, &after.search_query),
        ];
        changes.into_iter().flatten().collect()
    }
}

/// A device group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceGroup {
    /// Identifier.
    pub id: DeviceGroupId,
    /// The client it belongs to; none for the partner's own.
    pub client: Option<ClientSummary>,
    /// Name and description.
    pub details: DeviceGroupDetails,
    /// How many of its devices the caller sees; in lists, as far as they are counted.
    pub devices: Total,
    /// When it was made.
    pub created: Timestamp,
    /// When it, or what is in it, was last changed.
    pub updated: Timestamp,
    /// Which state was read; a save of another is a conflict.
    pub version: i64,
}

/// The least one needs to mention a device group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceGroupSummary {
    /// Identifier.
    pub id: DeviceGroupId,
    /// Name.
    pub name: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_one_needs_a_name_and_a_change_keeps_it() {
        assert!(DeviceGroupDraft::default().check(None).is_err());
        let before = DeviceGroupDetails { name: "Dev-Group".into(), description: "Device group".into(), ..Default::default() };
        let after = DeviceGroupDraft { description: Some(String::new()), ..Default::default() }.check(Some(&before)).unwrap();
        assert_eq!(after, DeviceGroupDetails { description: String::new(), ..before.clone() });
        assert_eq!(before.changes(&after).len(), 1);
        let query = |query: &str| DeviceGroupDraft { search_query: Some(query.into()), ..Default::default() }.check(Some(&before));
        assert_eq!(query(" state = active ").unwrap().search_query, "state = active");
        let Err(violations) = query("state") else { panic!("it passed") };
        assert!(violations.of("search_query").is_some());
        let long = |conditions: usize| ["id=a"].repeat(conditions).join(" or ");
        assert!(query(&format!("({}) and (id=b)", long(MAX_CONDITIONS - 1))).is_ok());
        assert!(query(&format!("({}) and (id=b)", long(MAX_CONDITIONS))).unwrap_err().of("search_query").unwrap().contains("at most 50"));
    }
}
