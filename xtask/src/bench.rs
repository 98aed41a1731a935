//! `cargo xtask bench`: what the console costs, on SQLite and PostgreSQL side by side, with ten thousand clients and with a million.

mod audit;
mod aws;
mod browser;
mod clients;
mod console;
mod directory;
mod engine;
mod http;
mod job;
mod leaving;
mod list;
mod load;
mod minimal;
mod process;
mod request;
mod subject;
mod table;

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand, ValueEnum};

use crate::{build, paths::Paths, setup::Toolchain, shell::Result};
use console::Console;
use engine::Engine;
use subject::Subject;

/// What `cargo xtask bench` is asked for.
#[derive(Args)]
#[command(after_help = "CPU ms are processor time per request: of the server, and with PostgreSQL of all its processes too. Databases are \
    seeded once, and stored in `bench` of the target folder. Figures of a machine that does other work besides are worth little.")]
pub(crate) struct Options {
    /// How many clients [default: 10000 1000000]; with --directory, how many users, as many devices and as many roles [default: 100000]
    sizes: Vec<u64>,
    /// Measure only lists of users, devices and roles, and what roles cost
    #[arg(long)]
    directory: bool,
    #[command(subcommand)]
    group: Option<Group>,
    /// Measure only one engine
    #[arg(long, global = true)]
    engine: Option<Engine>,
    /// Measure this binary, to compare with another build
    #[arg(long, global = true, value_name = "PATH")]
    binary: Option<PathBuf>,
}

/// What is measured only when it is asked for.
#[derive(Subcommand)]
enum Group {
    /// Measure only long work: a termination, with what others wait meanwhile, a report and an import
    Leaving {
        /// How many devices the terminated client has, and how many clients there are; a tenth as many are imported, 100000 at most
        #[arg(default_value_t = 1_000_000)]
        size: u64,
    },
    /// Measure only the audit log: its pages, whatever the filter, and verifying its chain
    Audit {
        /// How many records there are
        #[arg(default_value_t = 10_000_000)]
        records: u64,
    },
    /// Measure only AWS accounts: reading an organization's list, what lists of it cost, and associating many accounts at once
    Aws {
        /// How many members the organization has
        #[arg(default_value_t = 10_000)]
        members: u64,
    },
}

/// The sizes where none are given.
const CLIENTS: [u64; 2] = [10_000, 1_000_000];
const DIRECTORY: [u64; 1] = [100_000];

/// Builds, seeds what is missing, measures, prints.
pub(crate) fn run(options: Options) -> Result<()> {
    let Options { sizes, directory, group, engine, binary } = options;
    let paths = Paths::find()?;
    let tenantry = match binary {
        Some(binary) => binary,
        None => build(&Toolchain::prepare(&paths)?, &paths)?,
    };
    let engines = engine.map_or_else(|| Engine::value_variants().to_vec(), |engine| vec![engine]);
    match group {
        Some(Group::Leaving { size }) => {
            println!("\n{size} clients\n");
            let wanted = ["--clients", &size.to_string()];
            return leaving::measure(&subjects(&engines, &tenantry, &paths, &format!("leaving-{size}"), &wanted)?, size);
        }
        Some(Group::Audit { records }) => return audit::measure(&engines, &tenantry, &paths, records),
        Some(Group::Aws { members }) => return aws::measure(&engines, &tenantry, &paths, members),
        None => {}
    }
    let or = |sizes: &[u64], default: &[u64]| if sizes.is_empty() { default.to_vec() } else { sizes.to_vec() };
    let (clients, directories) = if directory { (Vec::new(), or(&sizes, &DIRECTORY)) } else { (or(&sizes, &CLIENTS), DIRECTORY.to_vec()) };
    for size in clients {
        let wanted = ["--clients", &size.to_string()];
        println!("\n{size} clients\n");
        measure_clients(&subjects(&engines, &tenantry, &paths, &size.to_string(), &wanted)?, &paths)?;
    }
    for size in directories {
        let each = size.to_string();
        let wanted = ["--clients", "10000", "--users", &each, "--devices", &each, "--roles", &each];
        println!("\n{size} users, {size} devices, {size} roles, 10000 clients\n");
        measure_directory(&subjects(&engines, &tenantry, &paths, &format!("directory-{size}"), &wanted)?, size)?;
    }
    Ok(())
}

/// A running console for each engine, with the same data.
fn subjects(engines: &[Engine], binary: &Path, paths: &Paths, name: &str, wanted: &[&str]) -> Result<Vec<Subject>> {
    let consoles = engines.iter().map(|engine| Console::open(*engine, binary, paths, name, wanted)).collect::<Result<Vec<_>>>()?;
    consoles.into_iter().map(Subject::start).collect()
}

fn measure_clients(subjects: &[Subject], paths: &Paths) -> Result<()> {
    table::head(subjects);
    table::rows(subjects, clients::pages)?;
    table::rows(subjects, clients::api)?;
    table::rows(subjects, clients::creates)?;
    minimal::print(subjects)?;
    if let Some(subject) = subjects.first() {
        browser::first_load(subject)?;
    }
    for subject in subjects {
        // Only the browser may be missing, and all other figures are worth having.
        browser::rows_visible(subject, paths).unwrap_or_else(|reason| println!("not measured in a browser: {reason}"));
    }
    Ok(())
}

fn measure_directory(subjects: &[Subject], size: u64) -> Result<()> {
    table::head(subjects);
    table::rows(subjects, directory::pages)?;
    table::rows(subjects, |subject| directory::api(subject, size))?;
    table::rows(subjects, directory::roles)?;
    table::rows(subjects, directory::decisions)
}
