//! The time zone of a user, as scripts write it.

use domain::{OLD_TIME_ZONES, TIME_ZONES};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::reference::NumberOrText;
use crate::clients::cfg::zone::{zone_by_code, zone_by_id};

/// A time zone by its name, or else its number, or else its abbreviation.
#[derive(Default, Deserialize, Serialize, ToSchema)]
#[serde(default)]
pub(crate) struct ZoneInput {
    /// IANA name.
    #[schema(example = "America/Los_Angeles")]
    name: Option<String>,
    /// Number in the list.
    id: Option<NumberOrText>,
    /// Abbreviation in winter.
    code: Option<String>,
}

impl ZoneInput {
    /// The zone's IANA name; what names none is for the draft's rules to refuse.
    pub(crate) fn into_name(self) -> String {
        let (id, code) = (self.id.map(NumberOrText::text), self.code);
        let known = self
            .name
            .as_deref()
            .and_then(|name| TIME_ZONES.iter().chain(OLD_TIME_ZONES).copied().find(|known| known.eq_ignore_ascii_case(name.trim())));
        match (self.name, id, code) {
            (Some(name), _, _) => known.map_or(name, str::to_owned),
            (None, Some(id), _) => zone_by_id(id.trim()).map_or(id, str::to_owned),
            (None, None, Some(code)) => zone_by_code(code.trim()).map_or(code, str::to_owned),
            (None, None, None) => String::new(),
        }
    }
}
