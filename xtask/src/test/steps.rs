//! The steps of `cargo xtask test`, in their order.

use std::{path::Path, process::Command};

use clap::ValueEnum;

use super::{
    Bench,
    counts::{self, Counts, Report},
    graph,
};
use crate::{
    paths::Profile,
    server,
    setup::{
        Need, WASM,
        browser::{self, Located},
        office, python,
    },
    shell::{Result, run},
};

/// One step; its description is what `cargo xtask help` says of it.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Step {
    /// Layout of the code, by rustfmt
    Format,
    /// Clippy on the server, its tests and the tools
    Clippy,
    /// Clippy on the client
    ClippyWasm,
    /// Crates that must not reach the browser
    Graph,
    /// Types and rules
    Domain,
    /// Use cases and their SQL, on SQLite and PostgreSQL
    Services,
    /// Calls to AWS, against a fake one
    Aws,
    /// Pages, as the server renders them
    App,
    /// Every route of the server and its API, on SQLite and PostgreSQL
    Server,
    /// Files of reports, opened in LibreOffice
    Spreadsheet,
    /// The tools that build and test
    Xtask,
    /// The REST API of a running server, by third-party programs
    Api,
    /// Every page in Chromium, at desktop and phone size
    Browser,
    /// The main flows in Firefox and in WebKit, the engine of Safari
    Engines,
}

impl Step {
    /// Its name on the command line.
    pub(crate) fn name(self) -> String {
        self.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
    }

    /// What must be installed for it.
    pub(super) fn needs(self) -> &'static [Need] {
        match self {
            Self::Services | Self::Server => &[Need::PostgreSql],
            Self::Spreadsheet => &[Need::PostgreSql, Need::LibreOffice],
            Self::Api => &[Need::ApiPrograms],
            Self::Browser => &[Need::Chromium, Need::Aws],
            Self::Engines => &[Need::Engines],
            _ => &[],
        }
    }

    /// The packages whose tests it runs, where it is the only step: other steps need all of them.
    pub(super) const fn packages(self) -> &'static [&'static str] {
        match self {
            Self::Domain => &["--package=domain"],
            Self::Services | Self::Spreadsheet => &["--package=services"],
            Self::Aws => &["--package=aws", "--package=aws-fake"],
            Self::App => &["--package=app", "--features=app/ssr"],
            Self::Xtask => &["--package=xtask", "--package=bundle"],
            _ => &server::HOST,
        }
    }

    /// Runs it and counts what passed and what failed. The words go to its program.
    pub(super) fn run(self, bench: &Bench, words: &[String]) -> Result<Counts> {
        match self {
            Self::Format => check(bench.cargo().args(["fmt", "--all", "--check"])),
            Self::Clippy => check(bench.cargo().arg("clippy").args(server::HOST).args(["--all-targets", "--", "-D", "warnings"])),
            Self::ClippyWasm => check(bench.cargo().args(["clippy", "--package", "frontend", "--target", WASM, "--", "-D", "warnings"])),
            Self::Graph => graph::check(bench),
            Self::Domain => bench.programs()?.run(&["domain"], bench, words),
            Self::Services => bench.programs()?.run(&["services"], bench, words),
            Self::Aws => bench.programs()?.run(&["aws", "aws/fake"], bench, words),
            Self::App => bench.programs()?.run(&["app"], bench, words),
            Self::Server => bench.client().and(bench.programs())?.run(&["api", "server"], bench, words),
            Self::Spreadsheet => spreadsheet(bench, words),
            Self::Xtask => bench.programs()?.run(&["xtask", "bundle"], bench, words),
            Self::Api => api(bench, words),
            Self::Browser => playwright(bench, &[], words, |end2end| chromium_and_aws(end2end, bench)),
            Self::Engines => playwright(bench, &["--config", "engines"], words, browser::engines),
        }
    }
}

fn check(command: &mut Command) -> Result<Counts> {
    run(command).map(|()| Counts::passed(1))
}

/// Runs the tests of use cases that others leave out.
fn spreadsheet(bench: &Bench, words: &[String]) -> Result<Counts> {
    office::program()?;
    let mut all = vec!["--ignored".to_owned()];
    all.extend_from_slice(words);
    let counts = bench.programs()?.run(&["services"], bench, &all)?;
    // Were the tests not found, the step would otherwise pass without a word.
    if words.is_empty() && counts == Counts::default() { Err("There is no test that opens a file in LibreOffice.".to_owned()) } else { Ok(counts) }
}

fn api(bench: &Bench, words: &[String]) -> Result<Counts> {
    // The page is no part of these tests, but the server can't be built without it.
    bench.client()?;
    let tenantry = bench.programs()?.tenantry()?;
    let end2end = bench.paths.root.join("end2end");
    let mut pytest = Command::new(python::api(&end2end, &bench.paths.target)?);
    // Without files of compiled Python in the clone, and with each line as it comes.
    pytest.args(["-B", "-u", "-m", "pytest"]).args(words).current_dir(end2end.join("api"));
    pytest.env("TENANTRY_TEST_BIN", tenantry);
    counts::stream(&mut pytest, Report::Pytest)
}

/// The browser, and the Python that has moto.
fn chromium_and_aws(end2end: &Path, bench: &Bench) -> Result<Located> {
    let mut programs = browser::chromium(end2end)?;
    programs.push(("TENANTRY_TEST_AWS_PYTHON", python::aws(end2end, &bench.paths.target)?));
    Ok(programs)
}

pub(super) fn playwright(bench: &Bench, own: &[&str], words: &[String], programs: impl FnOnce(&Path) -> Result<Located>) -> Result<Counts> {
    bench.client()?;
    let tenantry = bench.programs()?.tenantry()?;
    let end2end = bench.paths.root.join("end2end");
    let programs = programs(&end2end)?;
    let mut playwright = Command::new(end2end.join(Path::new("node_modules/.bin/playwright")));
    playwright.arg("test").args(own).args(words).current_dir(&end2end);
    playwright.envs(programs).env("TENANTRY_TEST_BIN", tenantry).env("TENANTRY_SITE", bench.paths.site(Profile::Dev));
    counts::stream(&mut playwright, Report::Playwright)
}
