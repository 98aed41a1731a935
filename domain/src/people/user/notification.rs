//! A user's notification preferences (the API's `userNotifications`), stored for API clients; the console sends no such notifications.

use serde::{Deserialize, Serialize};

use crate::{Violations, text};

/// The most notifications of a user.
const MOST: usize = 100;
/// The longest text, in characters.
const LONGEST: usize = 120;

/// A notification that a user wants.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct UserNotification {
    /// What it is about, such as `Alert Notification`.
    pub kind: String,
    /// How it is sent, such as `Email`.
    pub method: String,
    /// The destination or format.
    pub input_type: String,
    /// Whether recurring reports are sent too.
    pub recurring_report: bool,
}

impl UserNotification {
    /// For people: `Alert Notification by Email`.
    #[must_use]
    pub fn title(&self) -> String {
        let parts = [&self.kind, &self.method].map(String::as_str);
        let title = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" by ");
        let details = [self.input_type.as_str(), if self.recurring_report { "with recurring reports" } else { "" }];
        let details = details.into_iter().filter(|detail| !detail.is_empty()).collect::<Vec<_>>().join(", ");
        if details.is_empty() { title } else { format!("{title} ({details})") }
    }
}

/// The notifications with trimmed texts; violations are added under fields such as `notifications.0.kind`.
pub(super) fn checked(sent: &[UserNotification], violations: &mut Violations) -> Vec<UserNotification> {
    violations.add_if(sent.len() > MOST, "notifications", &format!("Send at most {MOST} notifications."));
    let check = |(at, sent): (usize, &UserNotification)| {
        let mut line =
            |field: &str, typed: &str| violations.accept(&format!("notifications.{at}.{field}"), text::line(typed, LONGEST)).unwrap_or_default();
        UserNotification {
            kind: line("kind", &sent.kind),
            method: line("method", &sent.method),
            input_type: line("input_type", &sent.input_type),
            recurring_report: sent.recurring_report,
        }
    };
    sent.iter().take(MOST).enumerate().map(check).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_notification_reads_like_a_line_and_a_wrong_text_is_named() {
        let alert = UserNotification { kind: " Alert Notification ".into(), method: "Email".into(), ..UserNotification::default() };
        let mut violations = Violations::new();
        let kept = checked(&[alert.clone(), UserNotification { method: "x".repeat(121), ..alert }], &mut violations);
        assert_eq!(kept.first().map(UserNotification::title).as_deref(), Some("Alert Notification by Email"));
        assert_eq!(violations.iter().map(|violation| violation.field.as_str()).collect::<Vec<_>>(), ["notifications.1.method"]);
        let reports = UserNotification { recurring_report: true, ..UserNotification { kind: "Reports".into(), ..UserNotification::default() } };
        assert_eq!(reports.title(), "Reports (with recurring reports)");
    }
}
