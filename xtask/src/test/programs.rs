//! The compiled tests of all crates: built by one call of cargo, so that all share the same dependencies, then run crate by crate.

use std::{
    io::{BufRead as _, BufReader},
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use serde::Deserialize;

use super::{
    Bench, Profile,
    counts::{self, Counts, Report},
};
use crate::shell::Result;

/// What cargo has built.
pub(super) struct Programs {
    built: Vec<Program>,
    /// False if something didn't compile; the rest is tested all the same.
    complete: bool,
}

struct Program {
    package: PathBuf,
    path: PathBuf,
    is_test: bool,
}

impl Programs {
    pub(super) fn build(cargo: &mut Command) -> Result<Self> {
        cargo.args(["--no-run", "--no-fail-fast", "--message-format=json-render-diagnostics"]);
        let mut child = cargo.stdout(Stdio::piped()).spawn().map_err(|error| format!("cargo can't be started: {error}."))?;
        let lines = child.stdout.take().into_iter().flat_map(|stdout| BufReader::new(stdout).lines().map_while(std::result::Result::ok));
        let built = lines.filter_map(|line| Program::parse(&line)).collect();
        let complete = child.wait().map_err(|error| error.to_string())?.success();
        Ok(Self { built, complete })
    }

    /// Runs the tests of some packages, each in its own folder as cargo would.
    pub(super) fn run(&self, packages: &[&str], bench: &Bench, words: &[String]) -> Result<Counts> {
        let mut counts = Counts::default();
        let wanted = |program: &&Program| program.is_test && packages.iter().any(|package| program.package.ends_with(package));
        for program in self.built.iter().filter(wanted) {
            let mut test = Command::new(&program.path);
            test.args(words).current_dir(&program.package).env("CARGO_MANIFEST_DIR", &program.package);
            test.env("TENANTRY_SITE", bench.paths.site(Profile::Dev));
            if packages.iter().any(|package| ["services", "server"].contains(package)) {
                test.env("TENANTRY_TEST_POSTGRES", bench.postgres()?.url());
            }
            counts += counts::stream(&mut test, Report::Libtest)?;
        }
        if !self.complete {
            println!("Not everything has compiled; see above.");
            counts += Counts::failure();
        }
        Ok(counts)
    }

    /// The server itself, as the tests see it.
    pub(super) fn tenantry(&self) -> Result<&Path> {
        let mut others = self.built.iter().filter(|program| !program.is_test);
        let tenantry = others.find(|program| program.path.file_stem().is_some_and(|name| name == "tenantry"));
        tenantry.map(|program| program.path.as_path()).ok_or_else(|| "The server hasn't compiled; see above.".to_owned())
    }
}

impl Program {
    /// Reads one of cargo's messages; most aren't about a program.
    fn parse(line: &str) -> Option<Self> {
        let Artifact { manifest_path, executable, profile } = serde_json::from_str(line).ok()?;
        Some(Self { package: manifest_path.parent()?.to_owned(), path: executable?, is_test: profile.test })
    }
}

/// Cargo's message about something it has built.
#[derive(Deserialize)]
struct Artifact {
    manifest_path: PathBuf,
    executable: Option<PathBuf>,
    profile: ArtifactProfile,
}

#[derive(Deserialize)]
struct ArtifactProfile {
    test: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programs_are_found_in_what_cargo_prints() {
        let line = |test: bool| {
            format!(
                r#"{{"reason":"compiler-artifact","package_id":"path+file:///x/server#0.1.0","manifest_path":"/x/server/Cargo.toml","target":{{"kind":["bin"],"name":"tenantry","test":true}},"profile":{{"opt_level":"0","debuginfo":1,"test":{test}}},"features":[],"filenames":["/t/debug/tenantry"],"executable":"/t/debug/tenantry","fresh":false}}"#
            )
        };
        let program = Program::parse(&line(true)).unwrap();
        assert!(program.is_test && program.package.ends_with("server"));
        assert_eq!(program.path, Path::new("/t/debug/tenantry"));
        assert!(!Program::parse(&line(false)).unwrap().is_test);
        assert!(Program::parse(r#"{"reason":"compiler-artifact","manifest_path":"/x/Cargo.toml","executable":null}"#).is_none());
    }
}
