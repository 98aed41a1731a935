//! When a schedule runs, in its time zone: once a period, also when clocks change (docs/spec/reports.md, "Schedule").

use domain::{PlannedRun, Schedule, TimeOfDay, Timestamp, Weekday};
use jiff::{
    Span, ToSpan,
    civil::{self, Date, DateTime, Time},
    tz::{AmbiguousOffset, TimeZone},
};

use crate::{Fault, Result};

/// How many runs a page shows of a schedule.
const PLANNED: usize = 3;

/// Where one looks for the next run: this period, the next, and the one after, since a local time that came twice can lie before a moment of the period before.
const PERIODS: i32 = 3;

/// The calendar of a time zone.
pub(super) struct Calendar(TimeZone);

impl Calendar {
    /// By its IANA name.
    pub(super) fn of(time_zone: &str) -> Result<Self> {
        TimeZone::get(time_zone).map(Self).map_err(failed)
    }

    /// The first run after a moment; none without a schedule.
    pub(super) fn next(&self, schedule: Schedule, after: Timestamp) -> Result<Option<Timestamp>> {
        let after = jiff::Timestamp::from_millisecond(after.millis()).map_err(failed)?;
        let today = self.0.to_datetime(after).date();
        for period in 0..PERIODS {
            let Some(local) = local_run(schedule, today, period).map_err(failed)? else { return Ok(None) };
            let at = self.moment(local).map_err(failed)?;
            if at > after {
                return Ok(Some(Timestamp::from_millis(at.as_millisecond())));
            }
        }
        Err(Fault::Failed(format!("no run of “{schedule}” follows {after}")))
    }

    /// The first few runs after a moment.
    pub(super) fn planned(&self, schedule: Schedule, after: Timestamp) -> Result<Vec<PlannedRun>> {
        let (mut planned, mut last) = (Vec::new(), after);
        while planned.len() < PLANNED
            && let Some(at) = self.next(schedule, last)?
        {
            planned.push(PlannedRun { at, local: self.written(at, "%a %Y-%m-%d %H:%M (UTC%:z)")? });
            last = at;
        }
        Ok(planned)
    }

    /// A moment as ISO 8601 writes it, in local time with its offset.
    pub(super) fn iso(&self, at: Timestamp) -> Result<String> {
        self.written(at, "%Y-%m-%dT%H:%M:%S%:z")
    }

    /// The date of a moment, `2026-11-27`.
    pub(super) fn date(&self, at: Timestamp) -> Result<String> {
        self.written(at, "%Y-%m-%d")
    }

    fn written(&self, at: Timestamp, format: &str) -> Result<String> {
        let at = jiff::Timestamp::from_millisecond(at.millis()).map_err(failed)?;
        jiff::fmt::strtime::format(format, &at.to_zoned(self.0.clone())).map_err(failed)
    }

    /// The moment of a local time: the first where clocks show it twice, and the next that they show where they skip it.
    fn moment(&self, local: DateTime) -> std::result::Result<jiff::Timestamp, jiff::Error> {
        let ambiguous = self.0.to_ambiguous_timestamp(local);
        if let AmbiguousOffset::Gap { before, .. } = ambiguous.offset() {
            // As clocks went before, the time comes at the change or after it.
            let late = before.to_timestamp(local)? + 1.second();
            if let Some(change) = self.0.preceding(late).next() {
                return Ok(change.timestamp());
            }
        }
        ambiguous.compatible()
    }
}

/// The local time of a run: that of the period of a day, or of one so many periods later. None without a schedule.
fn local_run(schedule: Schedule, today: Date, period: i32) -> std::result::Result<Option<DateTime>, jiff::Error> {
    Ok(Some(match schedule {
        Schedule::Once => return Ok(None),
        Schedule::Daily(at) => today.checked_add(Span::new().days(period))?.to_datetime(time(at)),
        Schedule::Weekly(on, at) => {
            let days = today.weekday().until(weekday(on));
            today.checked_add(Span::new().days(days).weeks(period))?.to_datetime(time(at))
        }
        Schedule::Monthly(on, at) => {
            let month = today.first_of_month().checked_add(Span::new().months(period))?;
            let day = i8::try_from(on).unwrap_or(i8::MAX).min(month.days_in_month());
            month.with().day(day).build()?.to_datetime(time(at))
        }
    }))
}

fn time(at: TimeOfDay) -> Time {
    civil::time(i8::try_from(at.hour()).unwrap_or_default(), i8::try_from(at.minute()).unwrap_or_default(), 0, 0)
}

const fn weekday(day: Weekday) -> civil::Weekday {
    match day {
        Weekday::Monday => civil::Weekday::Monday,
        Weekday::Tuesday => civil::Weekday::Tuesday,
        Weekday::Wednesday => civil::Weekday::Wednesday,
        Weekday::Thursday => civil::Weekday::Thursday,
        Weekday::Friday => civil::Weekday::Friday,
        Weekday::Saturday => civil::Weekday::Saturday,
        Weekday::Sunday => civil::Weekday::Sunday,
    }
}

fn failed(error: jiff::Error) -> Fault {
    Fault::Failed(error.to_string())
}

#[cfg(test)]
mod tests {
    use domain::{Draft, ScheduleDraft};

    use super::*;

    /// Written by `calendar/expected.py`, which knows nothing of this code: it looks at every minute of the year.
    const EXPECTED: &str = include_str!("calendar/expected.txt");

    /// A year of runs in a line: the first in minutes since the year began in UTC, then the minutes from each to the next, `1440*3` for three in a row.
    fn year(schedule: Schedule, time_zone: &str) -> String {
        let calendar = Calendar::of(time_zone).unwrap();
        let minutes = |text: &str| text.parse::<jiff::Timestamp>().unwrap().as_second() / 60;
        let (begin, end) = (minutes("2025-01-01T00:00:00Z"), minutes("2026-01-01T00:00:00Z"));
        let mut steps: Vec<(i64, u32)> = Vec::new();
        let mut last = begin;
        let mut at = Timestamp::from_millis(begin * 60_000 - 1);
        loop {
            at = calendar.next(schedule, at).unwrap().unwrap();
            let minute = at.millis() / 60_000;
            assert_eq!(at.millis() % 60_000, 0);
            if minute >= end {
                break;
            }
            // The first is no step from another.
            let is_step = steps.len() > 1;
            match steps.last_mut() {
                Some((step, times)) if is_step && *step == minute - last => *times += 1,
                _ => steps.push((minute - last, 1)),
            }
            last = minute;
        }
        let step = |(minutes, times): &(i64, u32)| if *times == 1 { minutes.to_string() } else { format!("{minutes}*{times}") };
        steps.iter().map(step).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_year_of_runs_is_as_a_second_library_computes_it() {
        let mut lines = 0;
        for line in EXPECTED.lines().filter(|line| !line.starts_with('#')) {
            let (schedule, runs) = line.split_once(": ").unwrap();
            let [time_zone, frequency, on, time] = schedule.split(' ').collect::<Vec<_>>().try_into().unwrap();
            let draft = ScheduleDraft {
                frequency: frequency.to_owned(),
                time: time.to_owned(),
                weekday: on.to_owned(),
                day: on.to_owned(),
                time_zone: time_zone.to_owned(),
            };
            let (schedule, time_zone) = draft.check(()).unwrap();
            assert_eq!(year(schedule, &time_zone), runs, "{line}");
            lines += 1;
        }
        assert!(lines >= 6 * 8, "{lines}");
    }

    #[test]
    fn what_is_planned_is_written_in_local_time() {
        let calendar = Calendar::of("Europe/Berlin").unwrap();
        let (schedule, _) = ScheduleDraft {
            frequency: "monthly".into(),
            time: "02:30".into(),
            day: "31".into(),
            time_zone: "Europe/Berlin".into(),
            ..ScheduleDraft::default()
        }
        .check(())
        .unwrap();
        let after: jiff::Timestamp = "2026-01-31T01:30:00Z".parse().unwrap();
        let planned = calendar.planned(schedule, Timestamp::from_millis(after.as_millisecond())).unwrap();
        let local: Vec<_> = planned.iter().map(|run| run.local.as_str()).collect();
        assert_eq!(local, ["Sat 2026-02-28 02:30 (UTC+01:00)", "Tue 2026-03-31 02:30 (UTC+02:00)", "Thu 2026-04-30 02:30 (UTC+02:00)"]);
        assert_eq!(calendar.planned(Schedule::Once, Timestamp::default()).unwrap(), []);
        assert_eq!(calendar.iso(Timestamp::from_millis(1_795_000_000_000)).unwrap(), "2026-11-18T12:06:40+01:00");
    }
}
