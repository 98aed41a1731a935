//! A Rust toolchain that can build for WebAssembly, found or made.
//!
//! In this order: the current one; the current one after `rustup target add`; Debian's. One and the same toolchain then
//! builds server and client, since procedural macros and the target folder are shared.

use std::{env, ffi::OsString, fmt, fs, path::PathBuf, process::Command, time::Duration};

use super::debian;
use crate::{
    paths::Paths,
    shell::{Result, Scratch, find, run_within, step, succeeds},
};

/// The target of the client.
pub(crate) const WASM: &str = "wasm32-unknown-unknown";

/// How to call cargo and rustc.
#[derive(Clone)]
pub(crate) struct Toolchain {
    cargo: OsString,
    rustc: OsString,
    environment: Vec<(&'static str, OsString)>,
    target: PathBuf,
}

impl Toolchain {
    /// Finds a toolchain that can build for WebAssembly, or sets one up.
    pub(crate) fn prepare(paths: &Paths) -> Result<Self> {
        step("toolchain", || {
            let rustup = find("rustup").is_some();
            // Makes sure that Debian's way is what is tried, also where rustup's toolchain has a stray target.
            let only_debian = env::var_os("TENANTRY_NO_RUSTUP_TARGET").is_some_and(|value| value == "1");
            let current = Self::current(paths);
            if !(only_debian && rustup && !current.is_debian()) && current.builds_wasm()? {
                return Ok(current);
            }
            if rustup && !only_debian && current.add_target().is_ok() && current.builds_wasm()? {
                return Ok(current);
            }
            let debian = Self::debian(paths, rustup);
            debian::prepare(&debian, rustup)?;
            Ok(debian)
        })
    }

    /// The one in use: rustup's choice, or what is found on the path.
    fn current(paths: &Paths) -> Self {
        let environment = env::var_os("RUSTUP_TOOLCHAIN").map(|name| ("RUSTUP_TOOLCHAIN", name)).into_iter().collect();
        Self { cargo: "cargo".into(), rustc: "rustc".into(), environment, target: paths.target.clone() }
    }

    /// Debian's: under rustup by the name it is linked by, so that clippy and rustfmt are its own as well.
    fn debian(paths: &Paths, rustup: bool) -> Self {
        let target = paths.target.clone();
        if rustup {
            let environment = vec![("RUSTUP_TOOLCHAIN", debian::LINK.into())];
            return Self { cargo: "cargo".into(), rustc: "rustc".into(), environment, target };
        }
        let environment = vec![("RUSTC", debian::RUSTC.into())];
        Self { cargo: debian::CARGO.into(), rustc: debian::RUSTC.into(), environment, target }
    }

    fn is_debian(&self) -> bool {
        self.environment.iter().any(|(_, value)| value == debian::LINK)
    }

    /// Compiles and links a line of Rust. Nothing less is to be trusted: a standard library left behind by another
    /// version looks installed, and a linker may be missing.
    pub(crate) fn builds_wasm(&self) -> Result<bool> {
        let scratch = Scratch::new("probe")?;
        let source = scratch.path().join("probe.rs");
        fs::write(&source, "#[unsafe(no_mangle)]\npub extern \"C\" fn probe() -> usize { String::from(\"probe\").len() }\n")
            .map_err(|error| error.to_string())?;
        let mut rustc = self.command(&self.rustc);
        rustc.args(["--edition=2024", "--crate-type=cdylib", "--target", WASM, "-o"]).arg(scratch.path().join("probe.wasm"));
        Ok(succeeds(rustc.arg(source).current_dir(scratch.path())))
    }

    fn add_target(&self) -> Result<()> {
        let mut rustup = self.command(&"rustup".into());
        run_within(Duration::from_secs(120), rustup.args(["target", "add", WASM]))
    }

    /// A call of cargo.
    pub(crate) fn cargo(&self) -> Command {
        self.command(&self.cargo)
    }

    fn command(&self, program: &OsString) -> Command {
        let mut command = Command::new(program);
        // Cargo tells `xtask` about itself. Some build scripts would take that for a change and compile everything anew.
        for (name, _) in env::vars_os().filter(|(name, _)| name.to_str().is_some_and(is_about_xtask)) {
            command.env_remove(name);
        }
        command.envs(self.environment.clone()).env("CARGO_TARGET_DIR", &self.target);
        command
    }
}

fn is_about_xtask(variable: &str) -> bool {
    ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_", "CARGO_CRATE_"].iter().any(|prefix| variable.starts_with(prefix))
        || ["CARGO", "CARGO_PRIMARY_PACKAGE", "OUT_DIR"].contains(&variable)
}

impl fmt::Display for Toolchain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (name, value) in &self.environment {
            write!(f, "{name}={} ", value.display())?;
        }
        write!(f, "{}", self.cargo.display())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_set_for_cargo_is_kept() {
        assert!(is_about_xtask("CARGO_PKG_NAME") && is_about_xtask("CARGO_MANIFEST_DIR") && is_about_xtask("CARGO"));
        for kept in ["CARGO_HOME", "CARGO_TARGET_DIR", "CARGO_INCREMENTAL", "CARGO_NET_OFFLINE", "CARGO_BUILD_JOBS"] {
            assert!(!is_about_xtask(kept), "{kept}");
        }
    }
}
