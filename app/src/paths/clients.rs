//! The addresses of clients.

use domain::{BackupId, BackupQuery, ClientId, ClientImportId, ClientQuery, DraftId, Keyed, ListFilter, Query, RestoreId, Step};

use super::{encoded, listed};
use crate::clients::client::ClientTab;

/// The list of clients, as a query wants it.
#[must_use]
pub fn clients(query: &ClientQuery) -> String {
    listed("/clients", query)
}

/// Begin a client.
#[must_use]
pub fn client_new() -> String {
    "/clients/new".to_owned()
}

/// The same, with the drafts to continue unfolded.
#[must_use]
pub fn client_drafts() -> String {
    format!("{}?{DRAFTS}", client_new())
}

/// The part of a query that unfolds the drafts.
pub(crate) const DRAFTS: &str = "drafts";

/// Many clients from a file. What is posted here is that file.
#[must_use]
pub fn client_import() -> String {
    "/clients/import".to_owned()
}

/// Where a file of clients with a name is sent.
#[must_use]
pub fn client_import_upload(file_name: &str) -> String {
    format!("{}?name={}", client_import(), encoded(file_name))
}

/// All faults of a file of clients, as a file.
#[must_use]
pub fn client_import_faults(id: &ClientImportId) -> String {
    format!("/client-imports/{id}/errors")
}

/// A tab of the wizard.
#[must_use]
pub fn client_draft(draft: &DraftId, step: Step) -> String {
    client_draft_tabs(draft) + step.key()
}

/// How the addresses of all tabs of a draft begin.
#[must_use]
pub fn client_draft_tabs(draft: &DraftId) -> String {
    format!("/clients/new/{draft}/")
}

/// A client: its first tab.
#[must_use]
pub fn client(id: ClientId) -> String {
    format!("/clients/{id}")
}

/// A tab of a client.
#[must_use]
pub fn client_tab(id: ClientId, tab: ClientTab) -> String {
    format!("{}/{}", client(id), tab.key()).trim_end_matches('/').to_owned()
}

/// A list on a tab of a client, as a query wants it.
pub(crate) fn client_list<S: Keyed + Default, F: ListFilter>(id: ClientId, tab: ClientTab, query: &Query<S, F>) -> String {
    listed(&client_tab(id, tab), query)
}

/// An address with the client that the page begins with.
pub(super) fn for_client(path: &str, client: Option<ClientId>) -> String {
    let separator = if path.contains('?') { '&' } else { '?' };
    client.map_or_else(|| path.to_owned(), |client| format!("{path}{separator}client={client}"))
}

/// The settings of a client, to change.
#[must_use]
pub fn client_edit(id: ClientId) -> String {
    format!("/clients/{id}/edit")
}

/// The backups of a client.
#[must_use]
pub fn client_backups(id: ClientId) -> String {
    format!("/clients/{id}/backups")
}

/// The backups of a client, as a query wants them.
#[must_use]
pub fn client_backup_list(id: ClientId, query: &BackupQuery) -> String {
    listed(&client_backups(id), query)
}

/// Make a client of the archive of a backup.
#[must_use]
pub fn client_restore() -> String {
    "/clients/restore".to_owned()
}

/// Where the upload of an archive begins. No page of the console.
#[must_use]
pub fn restores() -> String {
    "/restores".to_owned()
}

/// Where a part of an archive is sent.
#[must_use]
pub fn restore_part(id: &RestoreId, part: u32) -> String {
    format!("{}/{id}/{part}", restores())
}

/// The path of [`backup_file`], as the server routes it.
pub const BACKUP_FILE: &str = "/backups/{backup}/file";

/// The archive of a backup. No page of the console.
#[must_use]
pub fn backup_file(id: BackupId) -> String {
    format!("/backups/{id}/file")
}

/// The blocked permissions of a client.
#[must_use]
pub fn client_restrictions(id: ClientId) -> String {
    format!("/clients/{id}/restrictions")
}
