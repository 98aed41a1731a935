//! `cargo xtask test`: everything that must hold, one step after the other, and one line in the end.

mod counts;
mod graph;
mod programs;

use std::{
    cell::OnceCell,
    fs,
    path::Path,
    process::Command,
    time::{Duration, Instant},
};

use crate::{
    browser, client,
    paths::{Paths, Profile},
    postgres::Postgres,
    python, server,
    shell::{Result, run as run_program, step},
    toolchain::{Toolchain, WASM},
};
use counts::{Counts, Report};
use programs::Programs;

/// A step's name, and how it counts what passed and what failed. The words behind `--` go to its program.
type Step = (&'static str, fn(&Bench, &[String]) -> Result<Counts>);

const STEPS: [Step; 12] = [
    ("format", format),
    ("clippy", clippy),
    ("clippy-wasm", clippy_wasm),
    ("graph", |bench, _| graph::check(bench)),
    ("domain", |bench, words| bench.programs()?.run(&["domain"], bench, words)),
    ("services", |bench, words| bench.programs()?.run(&["services"], bench, words)),
    ("app", |bench, words| bench.programs()?.run(&["app"], bench, words)),
    ("server", |bench, words| bench.client().and(bench.programs())?.run(&["server"], bench, words)),
    ("xtask", |bench, words| bench.programs()?.run(&["xtask", "bundle"], bench, words)),
    ("api", api_tests),
    ("browser", browser_tests),
    ("engines", engine_tests),
];

/// Runs all steps, or the one named. Whether everything passed.
pub(crate) fn run(words: &[String], extra: &[String]) -> Result<bool> {
    let steps: Vec<&Step> = match words {
        [] => STEPS.iter().collect(),
        [name] => STEPS.iter().filter(|(step, _)| step == name).collect(),
        _ => Vec::new(),
    };
    if steps.is_empty() {
        let names = STEPS.map(|(name, _)| name).join(", ");
        return Err(format!("`{}` isn't a step. The steps are {names}.", words.join(" ")));
    }
    let bench = Bench::prepare()?;
    let mut results = Vec::new();
    for (name, work) in steps {
        println!("\n══ {name}");
        let start = Instant::now();
        let counts = work(&bench, extra).unwrap_or_else(|reason| {
            println!("{reason}");
            Counts::failure()
        });
        results.push((*name, counts, start.elapsed()));
    }
    // Ends PostgreSQL before the last word.
    drop(bench);
    Ok(summary(&results))
}

fn summary(results: &[(&str, Counts, Duration)]) -> bool {
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
    fn prepare() -> Result<Self> {
        let paths = Paths::find()?;
        let toolchain = Toolchain::prepare(&paths)?;
        // The server can't even be checked without it.
        fs::create_dir_all(paths.site(Profile::Dev)).map_err(|error| error.to_string())?;
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
        self.postgres.get_or_init(|| step("PostgreSQL", Postgres::start)).as_ref().map_err(String::clone)
    }
}

fn format(bench: &Bench, _: &[String]) -> Result<Counts> {
    run_program(bench.cargo().args(["fmt", "--all", "--check"])).map(|()| Counts::passed(1))
}

fn clippy(bench: &Bench, _: &[String]) -> Result<Counts> {
    run_program(bench.cargo().arg("clippy").args(server::HOST).args(["--all-targets", "--", "-D", "warnings"])).map(|()| Counts::passed(1))
}

fn clippy_wasm(bench: &Bench, _: &[String]) -> Result<Counts> {
    let mut clippy = bench.cargo();
    clippy.args(["clippy", "--package", "frontend", "--target", WASM, "--", "-D", "warnings"]);
    run_program(&mut clippy).map(|()| Counts::passed(1))
}

fn api_tests(bench: &Bench, words: &[String]) -> Result<Counts> {
    // The page is no part of these tests, but the server can't be built without it.
    bench.client()?;
    let tenantry = bench.programs()?.tenantry()?;
    let tests = bench.paths.root.join("end2end/api");
    let python = step("Python", || python::prepare(&tests, &bench.paths.target))?;
    step("Node packages", || browser::packages(&tests))?;
    let mut pytest = Command::new(python);
    // Without files of compiled Python in the clone, and with each line as it comes.
    pytest.args(["-B", "-u", "-m", "pytest"]).args(words).current_dir(&tests);
    pytest.env("TENANTRY_TEST_BIN", tenantry);
    counts::stream(&mut pytest, Report::Pytest)
}

fn browser_tests(bench: &Bench, words: &[String]) -> Result<Counts> {
    playwright(bench, &[], words, browser::chromium)
}

/// Runs the main flows in Firefox and WebKit.
fn engine_tests(bench: &Bench, words: &[String]) -> Result<Counts> {
    playwright(bench, &["--config", "engines"], words, browser::engines)
}

fn playwright(bench: &Bench, own: &[&str], words: &[String], browsers: fn(&Path) -> Result<browser::Located>) -> Result<Counts> {
    bench.client()?;
    let tenantry = bench.programs()?.tenantry()?;
    let end2end = bench.paths.root.join("end2end");
    let browsers = browsers(&end2end)?;
    let mut playwright = Command::new(end2end.join(Path::new("node_modules/.bin/playwright")));
    playwright.arg("test").args(own).args(words).current_dir(&end2end);
    playwright.envs(browsers).env("TENANTRY_TEST_BIN", tenantry).env("TENANTRY_SITE", bench.paths.site(Profile::Dev));
    counts::stream(&mut playwright, Report::Playwright)
}
