//! The choices among a client's settings.

use serde::{Deserialize, Serialize};

use crate::choice::choice;

/// How often an agent may watch itself, in hours (docs/spec/clients.md, "Agents and patches").
pub const AGENT_MONITORING_HOURS: [&str; 5] = ["1", "2", "3", "6", "12"];

choice!(
    /// What a resource counts as during scheduled maintenance (docs/spec/clients.md, "Availability settings").
    MaintenanceState {
        /// Available.
        Up = "up", "Up";
        /// Not available.
        Down = "down", "Down";
        /// Neither counts.
        Unknown = "unknown", "Unknown";
    }
);

choice!(
    /// Which alert actions are ignored (docs/spec/clients.md, "Availability settings").
    IgnoreAlerts {
        /// Both of the others.
        All = "all", "All";
        /// Suppressed alerts.
        Suppress = "suppress", "Suppress";
        /// Alert actions on resolved and closed incidents.
        Incident = "incident", "Incident";
    }
);
