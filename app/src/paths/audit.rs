//! The addresses of the audit log.

use domain::{AuditQuery, ClientId, JobId, UserId};

use super::{api_key, aws_account, client, credential_set, device, device_group, job, listed, permission_set, report, role, user, user_group};

/// The file of an export. No page of the console.
pub const AUDIT_EXPORT: &str = "/audit-exports/{job}";

/// Where a page hears of new records. No page of the console.
pub const AUDIT_EVENTS: &str = "/events/audit";

/// As [`AUDIT_EVENTS`], by the newest record that the page knows.
#[must_use]
pub fn audit_events(seen: &str) -> String {
    format!("{AUDIT_EVENTS}?seen={seen}")
}

/// The list of audit records, as a query wants it.
#[must_use]
pub fn audit(query: &AuditQuery) -> String {
    listed("/audit", query)
}

/// The file of an export, by its job.
#[must_use]
pub fn audit_export(job: JobId) -> String {
    format!("/audit-exports/{job}")
}

/// The page of a record's object, if it has one. Most actions are of their object's noun; the others are of a user, a client or a job.
#[must_use]
pub fn audit_object(action: &str, id: &str) -> Option<String> {
    let (noun, verb) = action.split_once('.')?;
    let page = match noun {
        "api_key" => id.parse().ok().map(api_key),
        "aws_account" => id.parse().ok().map(aws_account),
        "credential_set" => id.parse().ok().map(|id| credential_set(&id)),
        "device" => id.parse().ok().map(|id| device(&id)),
        "device_group" => id.parse().ok().map(|id| device_group(&id)),
        "permission_set" => id.parse().ok().map(|id| permission_set(&id)),
        "report" => id.parse().ok().map(report),
        "role" => id.parse().ok().map(|id| role(&id)),
        "user_group" => id.parse().ok().map(|id| user_group(&id)),
        _ => None,
    };
    let page = page.filter(|_| verb != "delete");
    page.or_else(|| id.parse().map(|id: UserId| user(id)).ok())
        .or_else(|| id.parse().map(|id: ClientId| client(id)).ok())
        .or_else(|| id.parse().map(|id: JobId| job(id)).ok())
}

#[cfg(test)]
mod tests {
    use super::audit_object;

    #[test]
    fn objects_lead_to_their_pages() {
        for (action, id, page) in [
            ("client.create", "client_9", Some("/clients/client_9")),
            ("session.sign-in", "USR0000000001", Some("/users/USR0000000001")),
            ("second_factor.reset", "USR0000000001", Some("/users/USR0000000001")),
            ("job.cancel", "job_3", Some("/jobs/job_3")),
            ("role.update", "ROLE-0eb9b7db-5c72-43df-b493-999c506e17ec", Some("/roles/ROLE-0eb9b7db-5c72-43df-b493-999c506e17ec")),
            ("credential_set.create", "nzTLFJ016DtXgcDVxnBTLtnV", Some("/credential-sets/nzTLFJ016DtXgcDVxnBTLtnV")),
            ("credential_set.delete", "nzTLFJ016DtXgcDVxnBTLtnV", None),
            ("api_key.create", "key_4", Some("/api-keys/key_4")),
            ("request.refused", "GET /roles", None),
            ("session.sign-in-failed", "", None),
        ] {
            assert_eq!(audit_object(action, id).as_deref(), page, "{action} {id}");
        }
    }
}
