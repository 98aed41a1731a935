//! Choosing when a report runs, with the runs that would follow.

use domain::{Draft, Frequency, PlannedRun, ScheduleDraft, Weekday};
use leptos::prelude::*;

use super::rpc::preview_report;
use crate::{
    forms::{FormErrors, TimeZoneField},
    loading::{Loaded, ask},
    ui::{Choice, FieldGrid, NumberField, RadioGroup, SelectField, Spinner, TextField},
};

/// A schedule being typed.
#[derive(Clone, Copy)]
pub(super) struct ScheduleForm {
    frequency: RwSignal<String>,
    time: RwSignal<String>,
    weekday: RwSignal<String>,
    day: RwSignal<String>,
    pub(super) time_zone: RwSignal<String>,
    /// What would be sent.
    pub(super) draft: Memo<ScheduleDraft>,
}

impl ScheduleForm {
    /// Begins with a schedule.
    pub(super) fn new(schedule: ScheduleDraft) -> Self {
        let ScheduleDraft { frequency, time, weekday, day, time_zone } = schedule;
        let [frequency, time, weekday, day, time_zone] = [frequency, time, weekday, day, time_zone].map(RwSignal::new);
        let draft = Memo::new(move |_| ScheduleDraft {
            frequency: frequency.get(),
            time: time.get(),
            weekday: weekday.get(),
            day: day.get(),
            time_zone: time_zone.get(),
        });
        Self { frequency, time, weekday, day, time_zone, draft }
    }

    fn is(self, frequency: Frequency) -> bool {
        self.frequency.with(|chosen| chosen == frequency.key())
    }

    /// The fields. `now` is what the choice without a schedule is called.
    pub(super) fn fields(self, errors: FormErrors, now: &'static str) -> AnyView {
        let label = |frequency: Frequency| if frequency == Frequency::Once { now } else { frequency.label() };
        let frequencies = Frequency::ALL.iter().map(|frequency| Choice::new(frequency.key(), label(*frequency))).collect::<Vec<_>>();
        let weekdays = Weekday::ALL.iter().map(|day| Choice::new(day.key(), day.label())).collect::<Vec<_>>();
        let weekday = move || {
            let (value, options) = (self.weekday, weekdays.clone());
            self.is(Frequency::Weekly)
                .then(|| view! { <SelectField name="weekday" label="Day of the week" value options error=errors.of("weekday") /> })
        };
        let day = move || {
            self.is(Frequency::Monthly).then(|| {
                view! {
                    <NumberField
                        name="day"
                        label="Day of the month"
                        value=self.day
                        hint="1 to 31. Shorter months run on their last day."
                        error=errors.of("day")
                        on_blur=errors.leave("day")
                    />
                }
            })
        };
        let time = move || {
            (!self.is(Frequency::Once)).then(|| {
                view! { <TextField name="time" label="Time" kind="time" value=self.time error=errors.of("time") on_blur=errors.leave("time") /> }
            })
        };
        view! {
            <RadioGroup name="frequency" label="Run" value=self.frequency options=frequencies inline=true error=errors.of("frequency") />
            <FieldGrid>
                {weekday}
                {day}
                {time}
                <TimeZoneField value=self.time_zone errors required=true />
            </FieldGrid>
            {self.preview()}
        }
        .into_any()
    }

    /// The next runs, as the server computes them.
    fn preview(self) -> AnyView {
        // Asked for while it is right; until then the runs of the last right one would mislead.
        let right =
            Memo::new(move |_| Some(self.draft.get()).filter(|draft| draft.frequency != Frequency::Once.key() && draft.clone().check(()).is_ok()));
        let runs = ask(
            move || right.get(),
            async |schedule| match schedule {
                Some(schedule) => preview_report(schedule).await,
                None => Ok(Vec::new()),
            },
        );
        let shown = |runs: Vec<PlannedRun>| planned(&runs);
        let view = move || {
            right.with(Option::is_some).then(|| {
                view! { <Loaded resource=runs view=Callback::new(shown) skeleton=ViewFn::from(|| view! { <Spinner label="Computing the next runs" /> }) /> }
            })
        };
        view! { <div aria-live="polite">{view}</div> }.into_any()
    }
}

/// The runs that are to come, as a list.
pub(super) fn planned(runs: &[PlannedRun]) -> AnyView {
    let items = runs.iter().map(|run| view! { <li><time datetime=run.at.rfc3339()>{run.local.clone()}</time></li> }).collect_view();
    (!runs.is_empty())
        .then(|| view! { <div class="field"><p class="field-label">"Next runs"</p><ul class="plain-list">{items}</ul></div> })
        .into_any()
}
