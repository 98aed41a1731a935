//! What is typed about a report.

use domain::{Draft, MAX_REPORT_DAYS, ReportClients, ReportDraft, ReportKind, ReportSelection, ReportSetting, limits};
use leptos::prelude::*;

use super::{attributes::attributes, schedule::ScheduleForm};
use crate::{
    forms::{FormErrors, violations_of},
    ui::{Choice, FieldGrid, NumberField, RadioGroup, Section, TextArea, TextField},
};

/// A report being typed.
#[derive(Clone, Copy)]
pub(super) struct ReportForm {
    kind: ReportKind,
    name: RwSignal<String>,
    attributes: RwSignal<Vec<String>>,
    clients: RwSignal<String>,
    /// The filter of the list of clients, which can only be chosen there.
    filter: StoredValue<String>,
    pub(super) schedule: ScheduleForm,
    recipients: RwSignal<String>,
    days: RwSignal<String>,
    /// What would be sent.
    pub(super) draft: Memo<ReportDraft>,
    /// What is wrong with it.
    pub(super) errors: FormErrors,
}

impl ReportForm {
    /// Begins with a report.
    pub(super) fn new(kind: ReportKind, draft: ReportDraft) -> Self {
        let ReportDraft { name, attributes, clients, filter, schedule, recipients, days } = draft;
        let [name, clients, recipients, days] = [name, clients, recipients, days].map(RwSignal::new);
        let (attributes, filter, schedule) = (RwSignal::new(attributes), StoredValue::new(filter), ScheduleForm::new(schedule));
        let draft = Memo::new(move |_| ReportDraft {
            name: name.get(),
            attributes: attributes.get(),
            clients: clients.get(),
            filter: filter.get_value(),
            schedule: schedule.draft.get(),
            recipients: recipients.get(),
            days: days.get(),
        });
        let rules = move || violations_of(draft.get().check(kind));
        Self { kind, name, attributes, clients, filter, schedule, recipients, days, draft, errors: FormErrors::with_rules(Signal::derive(rules)) }
    }

    /// The sections. `now` is what the choice without a schedule is called.
    pub(super) fn sections(self, setting: &ReportSetting, now: &'static str) -> AnyView {
        let errors = self.errors;
        view! {
            <Section title="Report">
                <TextField
                    name="name"
                    label="Name"
                    value=self.name
                    required=true
                    max_length=limits::NAME
                    error=errors.of("name")
                    on_blur=errors.leave("name")
                />
                {(self.kind == ReportKind::TenantProfiles).then(|| self.selection())}
                {attributes(self.kind, self.attributes, errors)}
            </Section>
            <Section title="Schedule" description="Dates in the file are in this time zone too.">{self.schedule.fields(errors, now)}</Section>
            {self.delivery(setting)}
        }
        .into_any()
    }

    fn selection(self) -> AnyView {
        let listed = ReportSelection::new(ReportClients::Listed, &self.filter.get_value()).words();
        let option = |clients: &ReportClients| match clients {
            ReportClients::Listed => Choice::new(clients.key(), listed.clone()).with_detail("As in the list of clients"),
            others => Choice::new(others.key(), others.label()),
        };
        let options = ReportClients::ALL.iter().map(option).collect::<Vec<_>>();
        view! { <RadioGroup name="clients" label="Clients" value=self.clients options error=self.errors.of("clients") /> }.into_any()
    }

    fn delivery(self, setting: &ReportSetting) -> AnyView {
        let errors = self.errors;
        let recipients = if setting.has_mail {
            view! {
                <div class="wide">
                    <TextArea
                        name="recipients"
                        label="E-mail a link to"
                        value=self.recipients
                        rows=3
                        hint="Addresses of users of your organization, one per line. They sign in to download the file."
                        error=errors.of("recipients")
                        on_blur=errors.leave("recipients")
                    />
                </div>
            }
            .into_any()
        } else {
            view! { <p class="wide muted">"No mail server is configured, so e-mail notifications aren’t available."</p> }.into_any()
        };
        view! {
            <Section title="File" description="CSV in UTF-8 with a byte order mark, so that spreadsheets open it correctly.">
                <FieldGrid>
                    {recipients}
                    <NumberField
                        name="days"
                        label="Days to store files"
                        value=self.days
                        required=true
                        hint=format!("1 to {MAX_REPORT_DAYS}. Then the file is deleted.")
                        error=errors.of("days")
                        on_blur=errors.leave("days")
                    />
                </FieldGrid>
            </Section>
        }
        .into_any()
    }
}
