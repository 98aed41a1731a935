//! The audit log: what its pages cost, whatever the filter, and how long its chain takes to verify.

use std::{
    path::Path,
    time::{Instant, SystemTime, UNIX_EPOCH},
};

use super::{
    engine::Engine,
    request::{Request, page_list},
    subject::Subject,
    subjects, table,
};
use crate::{
    paths::Paths,
    shell::{Result, output},
};

/// The milliseconds between two records that are seeded.
const APART: u128 = 10_000;

pub(super) fn measure(engines: &[Engine], tenantry: &Path, paths: &Paths, records: u64) -> Result<()> {
    println!("\n{records} audit records\n");
    let subjects = subjects(engines, tenantry, paths, &format!("audit-{records}"), &["--audit", &records.to_string()])?;
    table::head(&subjects);
    table::rows(&subjects, |subject| pages(subject, records))?;
    for subject in &subjects {
        let begun = Instant::now();
        let said = output(&mut subject.console.command(&["audit", "verify"]))?;
        let verified = said.lines().find(|line| line.starts_with("msp_1:")).unwrap_or_default();
        println!("{}: {verified} in {:.1} s", subject.console.engine.name(), begun.elapsed().as_secs_f64());
    }
    Ok(())
}

fn pages(subject: &Subject, records: u64) -> Result<Vec<Request>> {
    let cookie = subject.cookie()?;
    #[expect(clippy::disallowed_methods, reason = "a measurement, not a test")]
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_err(|error| error.to_string())?.as_millis();
    let middle = now - u128::from(records) / 2 * APART;
    let queries = [
        ("first page", String::new()),
        ("later page", format!("after={middle}~0")),
        ("last page", "last=1".to_owned()),
        ("range of time", "from=2026-01-01&until=2026-02-01".to_owned()),
        ("of a user", "who=USR0000000002".to_owned()),
        ("of the busiest user", "who=USR0000000001".to_owned()),
        ("of an action", "action=client.update".to_owned()),
        ("of an object", "object=client_7".to_owned()),
        ("of a client", "client=client_7".to_owned()),
        ("of an address", "address=192.0.2.7".to_owned()),
        ("a rare action of the busiest user", "who=USR0000000001&action=partner.create".to_owned()),
        ("an action at a client", "client=client_7&action=client.update".to_owned()),
        ("a rare word", "q=xanadu".to_owned()),
        ("a frequent word", "q=street".to_owned()),
        ("a word that nobody wrote", "q=zzyzx".to_owned()),
        ("a rare word at a client", "q=xanadu&client=client_7".to_owned()),
    ];
    Ok(queries.into_iter().map(|(name, query)| Request::get(format!("audit log: {name}"), &cookie, move |_| page_list("audit", &query))).collect())
}
