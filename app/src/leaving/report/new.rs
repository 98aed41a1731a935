//! Making a report. The list of clients leads here with its filter in the address.

use domain::{ClientQuery, ReportClients, ReportDraft, ReportKind, ReportQuery, ReportSelection, ReportSetting, Schedule, list_filter};
use leptos::prelude::*;
use leptos_router::hooks::{use_location, use_navigate};

use super::{
    form::ReportForm,
    list::{directory, refused_to_manage},
    rpc::{create_report, get_report_setting},
};
use crate::{
    forms::{Form, Sending, Unsaved, replacing},
    leaving::job::use_jobs,
    loading::{Loaded, ask},
    moment, paths,
    thing::may_not,
    ui::{Button, ButtonLink, ButtonVariant, Crumb, Page, use_toasts},
};

/// The page for a report of clients.
#[component]
pub fn NewTenantProfilesPage() -> impl IntoView {
    page(ReportKind::TenantProfiles)
}

/// The page for a report of audit records.
#[component]
pub fn NewAuditReportPage() -> impl IntoView {
    page(ReportKind::AuditLog)
}

fn page(kind: ReportKind) -> AnyView {
    let content = match refused_to_manage() {
        Some(reason) => may_not("You can’t add reports", reason),
        None => {
            let setting = ask(|| (), |()| get_report_setting());
            let shown = move |setting: ReportSetting| view! { <NewReportForm kind setting /> }.into_any();
            view! { <Loaded resource=setting view=Callback::new(shown) /> }.into_any()
        }
    };
    let directory = directory(kind);
    view! { <Page title="Add report" crumbs=directory.crumbs([Crumb::text("Add")]) narrow=true>{content}</Page> }.into_any()
}

/// The clients that the list showed, or all.
fn selection() -> ReportSelection {
    let address = use_location().search.get_untracked();
    match paths::is_of_list(&address) {
        true => ReportSelection::new(ReportClients::Listed, &list_filter(&ClientQuery::from_address(&address))),
        false => ReportSelection::new(ReportClients::All, ""),
    }
}

#[component]
fn NewReportForm(kind: ReportKind, setting: ReportSetting) -> impl IntoView {
    let selection = selection();
    // The filter stays on offer when other clients are chosen.
    let time_zone = moment::time_zone();
    let draft = ReportDraft { filter: selection.filter.clone(), ..ReportDraft::new(kind, &selection, &time_zone.get_untracked()) };
    let form = ReportForm::new(kind, draft);
    let unsaved = Unsaved::of(move || form.draft.get());
    // The page may have been rendered before the browser told its zone.
    Effect::new(move |_| {
        let own = time_zone.get();
        if !unsaved.changed().get_untracked() {
            form.schedule.time_zone.set(own);
            unsaved.saved();
        }
    });
    let (sending, toasts, navigate, jobs) = (Sending::new(), use_toasts(), use_navigate(), use_jobs());
    let save = move || {
        let navigate = navigate.clone();
        sending.run(create_report(kind, form.draft.get_untracked()), move |answer| match answer {
            Ok(report) => {
                unsaved.saved();
                jobs.listen();
                let (name, schedule) = (report.row.profile.name, report.row.profile.schedule);
                toasts.success(if schedule == Schedule::Once { format!("{name} is running.") } else { format!("{name} was saved.") });
                navigate(&paths::report(report.row.id), replacing());
            }
            Err(error) => form.errors.refuse(error),
        });
    };
    let list = (directory(kind).address)(&ReportQuery::default());
    view! {
        <Form errors=form.errors unsaved focus_first=true on_submit=save>
            {form.sections(&setting, "Now")}
            <div class="form-bar">
                <div class="actions push">
                    <ButtonLink href=list>"Cancel"</ButtonLink>
                    <Button variant=ButtonVariant::Primary submit=true busy=sending.busy()>"Save"</Button>
                </div>
            </div>
        </Form>
    }
}
