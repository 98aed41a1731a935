//! A report of all clients with all attributes.

use std::time::Instant;

use serde_json::json;

use super::memory;
use crate::{
    bench::{job, minimal, subject::Subject},
    shell::Result,
};

/// All that the console can say of a client.
const ATTRIBUTES: [&str; 22] = [
    "tenant-id",
    "partner-name",
    "client-name",
    "unique-id",
    "email",
    "address",
    "city",
    "state",
    "country",
    "zip",
    "phone-number",
    "mobile-number",
    "contact-person-name",
    "time-zone",
    "external-id",
    "activated",
    "date-created",
    "last-updated-by",
    "desktops",
    "servers",
    "network-devices",
    "other-devices",
];

/// The rows that it is made of, as they are stored.
const ROWS: &str = "SELECT c.*, d.details FROM clients c JOIN client_details d ON d.client_id = c.id \
    WHERE c.partner_id = 1 AND c.status IN ('active', 'suspended') ORDER BY c.id";

pub(super) fn measure(subject: &Subject) -> Result<()> {
    let mut connection = subject.connect(&subject.cookie()?)?;
    let schedule = json!({ "frequency": "once", "time": "08:00", "time_zone": "UTC" });
    let draft = json!({ "name": format!("Bench {}", subject.run), "attributes": ATTRIBUTES, "clients": "all", "days": "1", "schedule": schedule });
    let body = json!({ "kind": "tenant-profiles", "draft": draft }).to_string();
    let ((seconds, rows), growth) = memory::growth(&subject.server, || {
        let begun = Instant::now();
        let report = connection.post("/rpc/reports/create", "application/json", body.as_bytes())?.done()?;
        let rows = job::wait(&mut connection)?.count;
        let seconds = begun.elapsed().as_secs_f64();
        let id = report["row"]["id"].as_str().unwrap_or_default();
        connection.post("/rpc/reports/delete", "application/x-www-form-urlencoded", format!("id={id}").as_bytes())?.done()?;
        Ok((seconds, rows))
    })?;
    let rate = f64::from(u32::try_from(rows).unwrap_or(u32::MAX)) / seconds;
    print!("  report of {rows} rows, all attributes: {seconds:.1} s, {rate:.0} rows/s, memory grows by at most {growth:.1} MB");
    if let Some(file) = subject.console.file() {
        print!("; {:.2} of sqlite3 -csv with the same rows as stored", minimal::seconds_of_shell(&file, "-csv", ROWS)? / seconds);
    }
    println!();
    Ok(())
}
