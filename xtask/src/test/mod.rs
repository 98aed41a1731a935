//! `cargo xtask test`: everything that must hold, one step after the other, and one line in the end.

#[cfg(test)]
mod citations;
mod counts;
mod graph;
mod programs;
mod steps;

use std::{
    cell::OnceCell,
    process::Command,
    time::{Duration, Instant},
};

use clap::{Args, ValueEnum};

use crate::{
    client,
    paths::{Paths, Profile},
    postgres::{self, Postgres},
    server,
    setup::{FieldNeed, Toolchain, browser},
    shell::{Result, step},
};
use counts::Counts;
use programs::Programs;
use steps::Step;

/// What `cargo xtask test` is asked for.
#[derive(Args)]
pub(crate) struct Options {
    /// One step only
    step: Option<Step>,
    /// For the step's program, e.g. `cargo xtask test services -- policy`
    #[arg(last = true, requires = "step")]
    args: Vec<String>,
}

/// The steps, a line each.
pub(crate) fn list() -> String {
    let lines = Step::value_variants().iter().filter_map(ValueEnum::to_possible_value);
    let lines: String = lines.map(|step| format!("\n  {:<12} {}", step.get_name(), step.get_help().cloned().unwrap_or_default())).collect();
    format!("Steps of test:{lines}")
}

/// Runs all steps, or the one named. Whether everything passed.
pub(crate) fn run(options: &Options) -> Result<bool> {
    let steps = options.step.as_ref().map_or(Step::value_variants(), std::slice::from_ref);
    let bench = Bench::prepare(steps)?;
    let mut results = Vec::new();
    for step in steps {
        println!("\n══ {}", step.name());
        let start = Instant::now();
        let counts = step.run(&bench, &options.args).unwrap_or_else(|reason| {
            println!("{reason}");
            Counts::failure()
        });
        results.push((step.name(), counts, start.elapsed()));
    }
    // Ends PostgreSQL before the last word.
    drop(bench);
    Ok(summary(&results))
}

/// Takes the README's pictures, with what the tests in Chromium need. Whether it went well.
pub(crate) fn screenshots() -> Result<bool> {
    let bench = Bench::prepare(&[Step::Browser])?;
    Ok(steps::playwright(&bench, &["--config", "screenshots"], &[], browser::chromium)?.failed == 0)
}

fn summary(results: &[(String, Counts, Duration)]) -> bool {
    println!("\n{:<12} {:>7} {:>7} {:>9}", "step", "passed", "failed", "seconds");
    let mut total = Counts::default();
    for (name, counts, time) in results {
        println!("{name:<12} {:>7} {:>7} {:>9.1}", counts.passed, counts.failed, time.as_secs_f64());
        total += *counts;
    }
    println!("\nsummary: {} passed, {} failed", total.passed, total.failed);
    total.failed == 0
}

/// What the steps share. What takes time to prepare is prepared when it is first asked for, and once.
struct Bench {
    paths: Paths,
    toolchain: Toolchain,
    client: OnceCell<Result<()>>,
    programs: OnceCell<Result<Programs>>,
    postgres: OnceCell<Result<Postgres>>,
}

impl Bench {
    /// Installs what the steps need, before anything is compiled.
    fn prepare(steps: &[Step]) -> Result<Self> {
        let paths = Paths::find()?;
        let toolchain = Toolchain::prepare(&paths)?;
        let mut needs: Vec<Need> = steps.iter().flat_map(|step| step.needs()).copied().collect();
        needs.dedup();
        for need in needs {
            // A step that lacks something fails by itself; the others are tested all the same.
            need.install(&paths).unwrap_or_else(|reason| println!("{reason}"));
        }
        Ok(Self { paths, toolchain, client: OnceCell::new(), programs: OnceCell::new(), postgres: OnceCell::new() })
    }

    fn cargo(&self) -> Command {
        server::cargo(&self.toolchain, &self.paths, Profile::Dev)
    }

    fn client(&self) -> Result<()> {
        self.client.get_or_init(|| step("client", || client::build(&self.toolchain, &self.paths, Profile::Dev))).clone()
    }

    fn programs(&self) -> Result<&Programs> {
        self.programs
            .get_or_init(|| step("test programs", || Programs::build(self.cargo().args(["test"]).args(server::HOST))))
            .as_ref()
            .map_err(String::clone)
    }

    fn postgres(&self) -> Result<&Postgres> {
        self.postgres.get_or_init(|| step("PostgreSQL", || Postgres::temporary(postgres::FAST))).as_ref().map_err(String::clone)
    }
}
