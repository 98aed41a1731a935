//! What a user wants to be notified of, on the wire.

use domain::UserNotification;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A notification that a user wants.
#[derive(Clone, Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct Notification {
    /// Of what.
    #[schema(example = "Alert Notification")]
    notify_type: String,
    /// How.
    #[schema(example = "Email")]
    notify_method: String,
    /// Where to, or in which form.
    notify_input_type: String,
    /// Whether recurring reports are sent too.
    notify_recurring_report: bool,
}

impl Notification {
    pub(crate) fn into_domain(self) -> UserNotification {
        let Self { notify_type: kind, notify_method: method, notify_input_type: input_type, notify_recurring_report: recurring_report } = self;
        UserNotification { kind, method, input_type, recurring_report }
    }
}

impl From<UserNotification> for Notification {
    fn from(UserNotification { kind, method, input_type, recurring_report }: UserNotification) -> Self {
        Self { notify_type: kind, notify_method: method, notify_input_type: input_type, notify_recurring_report: recurring_report }
    }
}
