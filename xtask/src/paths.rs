//! Where things are. What is built lies outside the clone, so that a fresh clone starts warm and `git clean` costs nothing.

use std::{
    env,
    path::{Path, PathBuf},
};

use crate::shell::Result;

/// The folders that every command needs.
pub(crate) struct Paths {
    /// The clone.
    pub(crate) root: PathBuf,
    /// Cargo's output.
    pub(crate) target: PathBuf,
}

/// The two ways to build: quickly for tests, small and fast for people.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Profile {
    Dev,
    Release,
}

impl Paths {
    pub(crate) fn find() -> Result<Self> {
        let here = env::current_dir().map_err(|error| error.to_string())?;
        let root = here.ancestors().find(|folder| folder.join("xtask/Cargo.toml").is_file());
        let root = root.ok_or("Please run this inside a clone of the project.")?.to_owned();
        let target = match env::var_os("CARGO_TARGET_DIR") {
            Some(target) => root.join(target),
            None => base("XDG_CACHE_HOME", ".cache")?.join("tenantry/target"),
        };
        Ok(Self { root, target })
    }

    /// The page's files, as the server embeds them.
    pub(crate) fn site(&self, profile: Profile) -> PathBuf {
        self.target.join("site").join(profile.folder())
    }

    /// The demo's data, where nobody asks for another place.
    pub(crate) fn demo() -> Result<PathBuf> {
        Ok(base("XDG_DATA_HOME", ".local/share")?.join("tenantry/demo"))
    }
}

impl Profile {
    /// Cargo's name of the output folder.
    pub(crate) fn folder(self) -> &'static str {
        match self {
            Self::Dev => "debug",
            Self::Release => "release",
        }
    }
}

/// One of the folders of the XDG base directory specification.
fn base(variable: &str, fallback: &str) -> Result<PathBuf> {
    if let Some(folder) = env::var_os(variable).map(PathBuf::from).filter(|folder| folder.is_absolute()) {
        return Ok(folder);
    }
    let home = env::var_os("HOME").ok_or("HOME isn't set. Please set it, or CARGO_TARGET_DIR.")?;
    Ok(Path::new(&home).join(fallback))
}
