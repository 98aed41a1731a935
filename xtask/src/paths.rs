//! Where things are.

use std::{
    env,
    path::{Path, PathBuf},
};

use crate::shell::Result;

/// The folders that every command needs.
pub(crate) struct Paths {
    /// The clone.
    pub(crate) root: PathBuf,
    /// Cargo's output, the same folder that plain `cargo` uses.
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
            None => root.join("target"),
        };
        Ok(Self { root, target })
    }

    /// The page's files, as the server embeds them.
    pub(crate) fn site(&self, profile: Profile) -> PathBuf {
        self.target.join("site").join(profile.folder())
    }

    /// The demo's data by default, in the user's data folder as the XDG base directory specification has it.
    pub(crate) fn demo() -> Result<PathBuf> {
        if let Some(folder) = env::var_os("XDG_DATA_HOME").map(PathBuf::from).filter(|folder| folder.is_absolute()) {
            return Ok(folder.join("tenantry/demo"));
        }
        let home = env::var_os("HOME").ok_or("HOME isn't set. Please set it, or name a directory with --data.")?;
        Ok(Path::new(&home).join(".local/share/tenantry/demo"))
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
