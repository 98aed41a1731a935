//! Every string that a person can see, with its place, so that all of them can be read in one go.

mod strings;

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::{paths::Paths, shell::Result};

/// The crates whose strings reach people: the page, messages, mails and what is created at the start.
const CRATES: [&str; 5] = ["domain", "app", "services", "api", "server"];

/// Folders and files of place names, demo data, tests and SQL, which nobody wants to read.
const LEFT_OUT: [&str; 11] =
    ["tests", "tests.rs", "seed", "time_zone.rs", "country.rs", "openapi", "store", "store.rs", "engine.rs", "listing", "listing.rs"];

/// Prints them, by file and line.
pub(crate) fn run() -> Result<()> {
    let root = Paths::find()?.root;
    for folder in CRATES.map(|name| root.join(name).join("src")) {
        for file in sources(&folder)? {
            let source = fs::read_to_string(&file).map_err(|error| format!("{}: {error}", file.display()))?;
            let name = file.strip_prefix(&root).unwrap_or(&file).display();
            for (line, text) in strings::visible(&source)? {
                println!("{name}:{line}: {text}");
            }
        }
    }
    Ok(())
}

/// The Rust files below a folder, in order.
fn sources(folder: &Path) -> Result<Vec<PathBuf>> {
    let fault = |error: std::io::Error| format!("{}: {error}", folder.display());
    let entries = fs::read_dir(folder).map_err(fault)?.collect::<std::io::Result<Vec<_>>>().map_err(fault)?;
    let mut paths: Vec<_> = entries.into_iter().map(|entry| entry.path()).collect();
    paths.sort();
    let mut files = Vec::new();
    for path in paths {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if LEFT_OUT.contains(&name) {
            continue;
        } else if path.is_dir() {
            files.extend(sources(&path)?);
        } else if name.ends_with(".rs") {
            files.push(path);
        }
    }
    Ok(files)
}
