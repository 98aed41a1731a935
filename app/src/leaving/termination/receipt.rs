//! What remains of a client that was terminated.

use domain::{ClientId, Receipt, grouped};
use leptos::prelude::*;

use super::rpc::get_receipt;
use crate::{
    leaving::job::use_jobs,
    loading::{Loaded, ask},
    moment::moment,
    paths,
    ui::{Description, DescriptionList, Section},
};

/// The receipt of a client's termination.
pub(crate) fn receipt_section(client: ClientId) -> AnyView {
    let jobs = use_jobs();
    // Read again when the job has ended.
    let receipt = ask(move || (client, jobs.ended()), |(client, _)| get_receipt(client));
    let shown = |receipt: Option<Receipt>| receipt.map_or_else(|| ().into_any(), shown);
    view! { <Loaded resource=receipt view=Callback::new(shown) /> }.into_any()
}

fn shown(receipt: Receipt) -> AnyView {
    if receipt.finished.is_none() {
        use_jobs().follow(receipt.job);
    }
    let rows = receipt.erased.iter().filter(|row| row.count > 0);
    let rows = rows.map(|row| view! { <Description label=row.kind.label() value=Some(grouped(row.count)) /> }).collect_view();
    let finished = match receipt.finished {
        Some(at) => moment(at),
        None => view! { <a href=paths::job(receipt.job)>"Still being erased"</a> }.into_any(),
    };
    let backups = paths::client_backups(receipt.client);
    let backup = receipt.backup.map(|backup| {
        view! {
            <Description label="Backup"><a href=backups>{moment(backup.finished)}</a></Description>
            <Description label="Backup SHA-256"><span class="checksum">{backup.sha256}</span></Description>
        }
    });
    view! {
        <Section title="Receipt" description="What was erased, when, and by whom.">
            <DescriptionList>
                <Description label="Requested">{moment(receipt.requested)}</Description>
                <Description label="Requested by" value=Some(receipt.requested_by) />
                <Description label="Request ID" value=Some(receipt.request) />
                <Description label="Job"><a href=paths::job(receipt.job)>{receipt.job.to_string()}</a></Description>
                <Description label="Erased">{finished}</Description>
                {backup}
                {rows}
            </DescriptionList>
        </Section>
    }
    .into_any()
}
