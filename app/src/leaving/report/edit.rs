//! Changing a report.

use domain::{Report, ReportDraft, ReportId, ReportSetting};
use leptos::prelude::*;

use super::{
    form::ReportForm,
    list::{directory, refused_to_manage},
    rpc::{get_report, get_report_setting, update_report},
};
use crate::{
    error::UiError,
    forms::{Editing, edit_form, was_saved},
    loading::Loaded,
    paths,
    thing::{may_not, not_found, of_address},
    ui::{Crumb, Page},
};

/// A report and what its form has to know.
type Both = (Report, ReportSetting);

/// The page.
#[component]
pub fn ReportEditPage() -> impl IntoView {
    let both = of_address("report", get_both);
    let reload = Callback::new(move |()| both.refetch());
    let shown = move |both: Option<Both>| {
        let Some((report, setting)) = both else { return not_found("Report") };
        let (id, name) = (report.row.id, report.row.profile.name.clone());
        let content = match refused_to_manage() {
            Some(reason) => may_not("You can’t change this report", reason),
            None => editor(&report, &setting, reload),
        };
        let crumbs = directory(report.row.kind).crumbs([Crumb::link(name.clone(), paths::report(id)), Crumb::text("Edit")]);
        view! { <Page title=format!("Edit {name}") crumbs narrow=true>{content}</Page> }.into_any()
    };
    view! { <Loaded resource=both view=Callback::new(shown) /> }
}

async fn get_both(id: ReportId) -> Result<Both, UiError> {
    Ok((get_report(id).await?, get_report_setting().await?))
}

fn editor(report: &Report, setting: &ReportSetting, reload: Callback<()>) -> AnyView {
    let first = ReportDraft::of(&report.row.profile);
    let form = ReportForm::new(report.row.kind, first.clone());
    let (id, version, thing) = (report.row.id, report.version, paths::report(report.row.id));
    let changed = Signal::derive(move || form.draft.with(|draft| *draft != first));
    let save = move || {
        let saving = update_report(id, version, form.draft.get_untracked());
        async { saving.await.map(|report| was_saved(report.row.profile.name)) }
    };
    edit_form(Editing { errors: form.errors, changed, thing, reload }, save, form.sections(setting, "On request"))
}
