//! The `tenantry` binary.

use std::{path::PathBuf, process::Command};

use crate::{
    paths::{Paths, Profile},
    setup::Toolchain,
    shell::{Result, run},
};

/// The packages that are built for this machine in the dev profile, by one selection: cargo unites the features of what is selected, and builds some
/// dependencies again for another one.
pub(crate) const HOST: [&str; 10] = [
    "--package=domain",
    "--package=services",
    "--package=aws",
    "--package=aws-fake",
    "--package=api",
    "--package=app",
    "--package=server",
    "--package=xtask",
    "--package=bundle",
    "--features=app/ssr",
];

/// A call of cargo that may compile the server: it embeds the site folder, and must be told where that is.
pub(crate) fn cargo(toolchain: &Toolchain, paths: &Paths, profile: Profile) -> Command {
    let mut cargo = toolchain.cargo();
    cargo.env("TENANTRY_SITE", paths.site(profile)).current_dir(&paths.root);
    cargo
}

/// Builds the server and returns where it is.
pub(crate) fn build(toolchain: &Toolchain, paths: &Paths, profile: Profile) -> Result<PathBuf> {
    let mut build = cargo(toolchain, paths, profile);
    build.args(["build", "--package", "server", "--bin", "tenantry"]);
    if profile == Profile::Release {
        build.arg("--release");
    }
    run(&mut build)?;
    Ok(paths.target.join(profile.folder()).join("tenantry"))
}
