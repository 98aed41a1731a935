//! The choices among a client's settings.

use serde::{Deserialize, Serialize};

use crate::choice::choice;

/// How often an agent may watch itself, in hours (seed 000 step 11).
pub const AGENT_MONITORING_HOURS: [&str; 5] = ["1", "2", "3", "6", "12"];

choice!(
    /// What a resource counts as during scheduled maintenance (seed 000 step 8, "Consider resource to be as").
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
    /// Which alert actions are ignored (seed 000 step 8, "Ignore alert action").
    IgnoreAlerts {
        /// Both of the others.
        All = "all", "All";
        /// Suppressed alerts.
        Suppress = "suppress", "Suppress";
        /// Alert actions on resolved and closed incidents.
        Incident = "incident", "Incident";
    }
);
