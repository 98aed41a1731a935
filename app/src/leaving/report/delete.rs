//! Deleting a report, after a question that says how many runs go with it.

use domain::{ListPage, ReportId, ReportKind, ReportQuery, ReportRun, Total};
use leptos::prelude::*;

use super::{
    list::directory,
    rpc::{delete_report, list_report_runs},
};
use crate::{
    error::UiError,
    forms::{Deletion, delete_dialog},
};

/// The question.
pub(super) fn deletion(kind: ReportKind, id: ReportId, name: String, open: RwSignal<bool>) -> AnyView {
    let list = (directory(kind).address)(&ReportQuery::default());
    delete_dialog(Deletion { id, name, usage: get_runs, words, delete: delete_report, list }, open)
}

async fn get_runs(id: ReportId) -> Result<ListPage<ReportRun>, UiError> {
    list_report_runs(id, String::new()).await
}

fn words(runs: &ListPage<ReportRun>) -> String {
    match runs.total {
        Total::Exactly(0) => "It has no runs.".to_owned(),
        Total::Exactly(1) => "Its run and file are deleted too.".to_owned(),
        total => format!("Its {total} runs and their files are deleted too."),
    }
}
