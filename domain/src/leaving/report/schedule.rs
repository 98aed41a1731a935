//! When a report runs (docs/spec/reports.md, "Schedule"). The dates themselves are computed by `services`, which knows the time zones.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{Draft, Timestamp, Violations, choice::choice, is_time_zone};

choice!(
    /// How often a report runs by itself.
    Frequency {
        /// Once, when it is saved, and then when somebody asks.
        Once = "once", "Now";
        /// Every day.
        Daily = "daily", "Daily";
        /// Every week.
        Weekly = "weekly", "Weekly";
        /// Every month.
        Monthly = "monthly", "Monthly";
    }
);

choice!(
    /// A day of the week.
    Weekday {
        /// Monday.
        Monday = "monday", "Monday";
        /// Tuesday.
        Tuesday = "tuesday", "Tuesday";
        /// Wednesday.
        Wednesday = "wednesday", "Wednesday";
        /// Thursday.
        Thursday = "thursday", "Thursday";
        /// Friday.
        Friday = "friday", "Friday";
        /// Saturday.
        Saturday = "saturday", "Saturday";
        /// Sunday.
        Sunday = "sunday", "Sunday";
    }
);

/// A time of day, to the minute: `09:30`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct TimeOfDay {
    hour: u8,
    minute: u8,
}

impl TimeOfDay {
    /// From `09:30`, as a browser's field for times writes it.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (hour, minute) = text.split_once(':')?;
        let number = |text: &str| (text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse::<u8>().ok()).flatten();
        let (hour, minute) = (number(hour)?, number(minute)?);
        (hour < 24 && minute < 60).then_some(Self { hour, minute })
    }

    /// 0 to 23.
    #[must_use]
    pub const fn hour(self) -> u8 {
        self.hour
    }

    /// 0 to 59.
    #[must_use]
    pub const fn minute(self) -> u8 {
        self.minute
    }
}

impl fmt::Display for TimeOfDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.hour, self.minute)
    }
}

impl TryFrom<String> for TimeOfDay {
    type Error = &'static str;
    fn try_from(text: String) -> Result<Self, &'static str> {
        Self::parse(&text).ok_or("no time of day")
    }
}

impl From<TimeOfDay> for String {
    fn from(time: TimeOfDay) -> Self {
        time.to_string()
    }
}

/// When a report runs by itself, in its time zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Schedule {
    /// Never: only when somebody asks.
    Once,
    /// Every day.
    Daily(TimeOfDay),
    /// Every week.
    Weekly(Weekday, TimeOfDay),
    /// Every month on a day from 1 to 31; in a shorter month on its last day.
    Monthly(u8, TimeOfDay),
}

impl Schedule {
    /// How often.
    #[must_use]
    pub const fn frequency(self) -> Frequency {
        match self {
            Self::Once => Frequency::Once,
            Self::Daily(_) => Frequency::Daily,
            Self::Weekly(..) => Frequency::Weekly,
            Self::Monthly(..) => Frequency::Monthly,
        }
    }
}

impl fmt::Display for Schedule {
    /// As people read it: `Every Monday at 09:00`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Once => f.write_str("On request"),
            Self::Daily(at) => write!(f, "Every day at {at}"),
            Self::Weekly(day, at) => write!(f, "Every {} at {at}", day.label()),
            Self::Monthly(31, at) => write!(f, "Every month on its last day at {at}"),
            Self::Monthly(day, at) => write!(f, "Every month on day {day} at {at}"),
        }
    }
}

/// A schedule as typed. What its frequency doesn't need isn't looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ScheduleDraft {
    /// A key of [`Frequency`].
    pub frequency: String,
    /// As [`TimeOfDay::parse`] reads it.
    pub time: String,
    /// A key of [`Weekday`].
    pub weekday: String,
    /// 1 to 31.
    pub day: String,
    /// A name of [`crate::TIME_ZONES`].
    pub time_zone: String,
}

impl ScheduleDraft {
    /// What is typed for a schedule.
    #[must_use]
    pub fn of(schedule: Schedule, time_zone: &str) -> Self {
        let draft = Self {
            frequency: schedule.frequency().key().to_owned(),
            time: "08:00".to_owned(),
            weekday: Weekday::Monday.key().to_owned(),
            day: "1".to_owned(),
            time_zone: time_zone.to_owned(),
        };
        match schedule {
            Schedule::Once => draft,
            Schedule::Daily(at) => Self { time: at.to_string(), ..draft },
            Schedule::Weekly(on, at) => Self { time: at.to_string(), weekday: on.key().to_owned(), ..draft },
            Schedule::Monthly(on, at) => Self { time: at.to_string(), day: on.to_string(), ..draft },
        }
    }
}

impl Draft for ScheduleDraft {
    type Context<'a> = ();
    /// The schedule, and the name of its time zone.
    type Checked = (Schedule, String);

    fn check(self, (): ()) -> Result<(Schedule, String), Violations> {
        let mut violations = Violations::new();
        let zone = Some(self.time_zone).filter(|zone| is_time_zone(zone)).ok_or("Choose a time zone from the list.");
        let zone = violations.accept("time_zone", zone);
        let frequency = violations.accept("frequency", Frequency::from_key(&self.frequency).ok_or("Choose now, daily, weekly or monthly."));
        let mut at = || violations.accept("time", TimeOfDay::parse(&self.time).ok_or("Enter a time such as 08:00."));
        let schedule = match frequency {
            None => None,
            Some(Frequency::Once) => Some(Schedule::Once),
            Some(Frequency::Daily) => at().map(Schedule::Daily),
            Some(Frequency::Weekly) => {
                let at = at();
                let on = violations.accept("weekday", Weekday::from_key(&self.weekday).ok_or("Choose a day of the week."));
                on.zip(at).map(|(on, at)| Schedule::Weekly(on, at))
            }
            Some(Frequency::Monthly) => {
                let at = at();
                let on = self.day.trim().parse().ok().filter(|day| (1..=31).contains(day)).ok_or("Enter a day from 1 to 31.");
                violations.accept("day", on).zip(at).map(|(on, at)| Schedule::Monthly(on, at))
            }
        };
        match schedule.zip(zone) {
            Some(checked) => violations.checked(checked),
            None => Err(violations),
        }
    }
}

/// A run that is to come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlannedRun {
    /// When.
    pub at: Timestamp,
    /// That in the report's time zone, for people: `Mon 2026-11-30 08:00 (UTC+01:00)`.
    pub local: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_schedule_is_checked_by_what_its_frequency_needs() {
        let draft = |frequency: &str, time: &str, weekday: &str, day: &str| ScheduleDraft {
            frequency: frequency.to_owned(),
            time: time.to_owned(),
            weekday: weekday.to_owned(),
            day: day.to_owned(),
            time_zone: "Europe/Berlin".to_owned(),
        };
        let at = TimeOfDay { hour: 9, minute: 5 };
        for (draft, expected, words) in [
            (draft("once", "", "", ""), Schedule::Once, "On request"),
            (draft("daily", "09:05", "", ""), Schedule::Daily(at), "Every day at 09:05"),
            (draft("weekly", "09:05", "sunday", ""), Schedule::Weekly(Weekday::Sunday, at), "Every Sunday at 09:05"),
            (draft("monthly", "09:05", "", "30"), Schedule::Monthly(30, at), "Every month on day 30 at 09:05"),
            (draft("monthly", "09:05", "", " 31 "), Schedule::Monthly(31, at), "Every month on its last day at 09:05"),
        ] {
            assert_eq!(draft.clone().check(()), Ok((expected, "Europe/Berlin".to_owned())));
            assert_eq!(expected.to_string(), words);
            assert_eq!(ScheduleDraft::of(expected, "Europe/Berlin").check(()), Ok((expected, "Europe/Berlin".to_owned())));
        }
        let fields = |draft: ScheduleDraft| draft.check(()).unwrap_err().iter().map(|violation| violation.field.clone()).collect::<Vec<_>>();
        assert_eq!(fields(ScheduleDraft::default()), ["time_zone", "frequency"]);
        assert_eq!(fields(draft("daily", "24:00", "", "")), ["time"]);
        assert_eq!(fields(draft("weekly", "9:05", "someday", "")), ["time", "weekday"]);
        for day in ["", "0", "32", "-1", "1.5"] {
            assert_eq!(fields(draft("monthly", "09:05", "", day)), ["day"]);
        }
    }

    #[test]
    fn a_time_of_day_has_two_digits_each() {
        for wrong in ["", "9:00", "09:0", "09:60", "24:00", "+9:00", "09:00:00", "09-00"] {
            assert_eq!(TimeOfDay::parse(wrong), None, "{wrong}");
        }
        assert_eq!(TimeOfDay::parse("23:59").map(|time| (time.hour(), time.minute())), Some((23, 59)));
    }
}
