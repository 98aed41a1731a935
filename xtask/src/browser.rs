//! What the tests in the browser need: Node with the packages of `end2end`, and Chromium.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use crate::{
    apt,
    shell::{Result, find, run},
};

/// Installs what is missing; returns where Chromium is.
pub(crate) fn prepare(end2end: &Path) -> Result<PathBuf> {
    apt::ensure("Node.js", &["nodejs", "npm"], || find("node").and(find("npm")))?;
    let chromium = match env::var_os("CHROMIUM") {
        Some(path) => path.into(),
        None => apt::ensure("Chromium", &["chromium"], || find("chromium").or_else(|| find("chromium-browser")))?,
    };
    // npm leaves a copy of the lock file with what it has installed.
    let time = |file: &str| fs::metadata(end2end.join(file)).and_then(|metadata| metadata.modified()).ok();
    if time("node_modules/.package-lock.json") < time("package-lock.json") {
        let mut npm = Command::new("npm");
        npm.args(["ci", "--no-audit", "--no-fund"]).env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1").current_dir(end2end);
        run(&mut npm)?;
    }
    Ok(chromium)
}
