//! The table: a row for each request, and columns for each console that is compared.

use std::io::{Write, stdout};

use super::{
    engine::Engine,
    load::{Cost, load},
    request::Request,
    subject::Subject,
};
use crate::shell::Result;

/// Prints the head.
pub(super) fn head(subjects: &[Subject]) {
    print!("\n{:<38}", "");
    for subject in subjects {
        let counted = match subject.console.engine {
            Engine::Sqlite => "SQLite: server",
            Engine::Postgres => "PostgreSQL: server and database",
        };
        print!(" │ {counted:<width$}", width = Cost::HEAD.len());
    }
    print!("\n{:<38}", "request");
    for _ in subjects {
        print!(" │ {}", Cost::HEAD);
    }
    println!();
}

/// Measures the requests, each on all consoles, and prints a row for each. A request that fails costs its figures only, not those of the others.
pub(super) fn rows(subjects: &[Subject], requests: impl Fn(&Subject) -> Result<Vec<Request>>) -> Result<()> {
    let columns = subjects.iter().map(requests).collect::<Result<Vec<_>>>()?;
    for row in 0..columns.first().map_or(0, Vec::len) {
        let requests: Vec<&Request> = columns.iter().filter_map(|column| column.get(row)).collect();
        print!("{:<38}", requests.first().map_or("", |request| &request.name));
        let mut failures = Vec::new();
        for (subject, request) in subjects.iter().zip(requests) {
            match load(&subject.server, request) {
                Ok(cost) => print!(" │ {cost}"),
                Err(failure) => {
                    print!(" │ {:>width$}", "failed", width = Cost::HEAD.len());
                    failures.push(format!("{}: {failure}", subject.console.engine.name()));
                }
            }
            stdout().flush().ok();
        }
        println!();
        failures.iter().for_each(|failure| println!("  {failure}"));
    }
    Ok(())
}
