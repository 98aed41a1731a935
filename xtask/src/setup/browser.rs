//! Installs what the browser tests need: Node.js with the packages of `end2end`, and the system's browsers. The tests of the REST API have their own packages.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use super::apt;
use crate::shell::{Result, find, run};

/// A program that a test starts: the environment variable with its path, its display name, and its Debian package and executable.
struct Program {
    variable: &'static str,
    what: &'static str,
    package: &'static str,
    names: &'static [&'static str],
}

/// Environment variables with the paths of a test's programs.
pub(crate) type Located = Vec<(&'static str, PathBuf)>;

const CHROMIUM: [Program; 1] = [Program { variable: "CHROMIUM", what: "Chromium", package: "chromium", names: &["chromium", "chromium-browser"] }];

const ENGINES: [Program; 3] = [
    Program { variable: "FIREFOX", what: "Firefox", package: "firefox-esr", names: &["firefox-esr", "firefox"] },
    Program { variable: "WEBKIT_DRIVER", what: "WebKitGTK's driver", package: "webkit2gtk-driver", names: &["WebKitWebDriver"] },
    Program { variable: "XVFB", what: "Xvfb", package: "xvfb", names: &["Xvfb"] },
];

/// Installs what is missing for the tests in Chromium.
pub(crate) fn chromium(end2end: &Path) -> Result<Located> {
    prepare(end2end, &CHROMIUM)
}

/// Installs what is missing for the tests in Firefox and WebKit.
pub(crate) fn engines(end2end: &Path) -> Result<Located> {
    prepare(end2end, &ENGINES)
}

fn prepare(end2end: &Path, programs: &[Program]) -> Result<Located> {
    packages(end2end)?;
    programs.iter().map(|program| Ok((program.variable, program.locate()?))).collect()
}

impl Program {
    fn locate(&self) -> Result<PathBuf> {
        match env::var_os(self.variable) {
            Some(path) => Ok(path.into()),
            None => apt::ensure(self.what, &[self.package], || self.names.iter().find_map(|name| find(name))),
        }
    }
}

/// Installs Node.js and a folder's packages, if missing.
pub(crate) fn packages(folder: &Path) -> Result<()> {
    apt::ensure("Node.js", &["nodejs", "npm"], || find("node").and(find("npm")))?;
    // npm leaves a copy of the lock file with what it has installed.
    let time = |file: &str| fs::metadata(folder.join(file)).and_then(|metadata| metadata.modified()).ok();
    if time("node_modules/.package-lock.json") < time("package-lock.json") {
        let mut npm = Command::new("npm");
        npm.args(["ci", "--no-audit", "--no-fund", "--ignore-scripts"]).env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1").current_dir(folder);
        run(&mut npm)?;
    }
    Ok(())
}
