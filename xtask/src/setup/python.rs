//! What tests need of Python: the packages that a folder of them lists, in an environment of its own beside what is built.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use super::apt;
use crate::shell::{Result, find, run, succeeds};

/// The list of packages, and the name of its copy in an environment that has them.
const REQUIREMENTS: &str = "requirements.txt";

/// Installs what is missing for the tests of the REST API.
pub(crate) fn api(end2end: &Path, target: &Path) -> Result<PathBuf> {
    prepare(&end2end.join("api"), &target.join("python"))
}

/// Installs what is missing of what stands for AWS.
pub(crate) fn aws(end2end: &Path, target: &Path) -> Result<PathBuf> {
    prepare(&end2end.join("aws"), &target.join("python-aws"))
}

/// Fills an environment with a folder's packages; returns its Python. It stays as long as its list of packages does.
fn prepare(folder: &Path, environment: &Path) -> Result<PathBuf> {
    let wanted = folder.join(REQUIREMENTS);
    let python = environment.join("bin/python");
    let list = fs::read_to_string(&wanted).map_err(|error| format!("{}: {error}", wanted.display()))?;
    let noted = environment.join(REQUIREMENTS);
    let complete = fs::read_to_string(&noted).is_ok_and(|had| had == list);
    if complete && succeeds(Command::new(&python).arg("--version")) {
        return Ok(python);
    }
    let system = apt::ensure("Python", &["python3", "python3-venv"], || find("python3").filter(|python| has_venv(python)))?;
    run(Command::new(system).args(["-m", "venv", "--clear"]).arg(environment))?;
    let mut pip = Command::new(&python);
    pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement"]).arg(&wanted);
    run(&mut pip)?;
    // Written last: an environment without it was not filled to the end.
    fs::write(&noted, list).map_err(|error| format!("{}: {error}", noted.display()))?;
    Ok(python)
}

/// Debian's Python comes without the means to make an environment.
fn has_venv(python: &Path) -> bool {
    succeeds(Command::new(python).args(["-c", "import ensurepip, venv"]))
}
