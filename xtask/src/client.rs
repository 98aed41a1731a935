//! The part that runs in the browser: compiled to WebAssembly, then made into the files that a page loads.

use std::process::Command;

use crate::{
    paths::{Paths, Profile},
    server,
    setup::{Toolchain, WASM},
    shell::{Result, run},
};

/// Cargo's profile of the client, for tests too: a browser loads and runs an optimized one twice as fast, which saves more time than it takes to compile.
const CLIENT: &str = "client";

/// Cargo's profile of a client that compiles in seconds after a change.
pub(crate) const DEV_CLIENT: &str = "client-dev";

/// Compiles the client and fills the site folder; both do nothing where nothing has changed.
pub(crate) fn build(toolchain: &Toolchain, paths: &Paths, profile: Profile) -> Result<()> {
    run(&mut compile(toolchain, paths, CLIENT))?;
    run(server::cargo(toolchain, paths, profile).arg("build").args(server::HOST).args(["--bin", "bundle"]))?;
    run(bundle(paths, CLIENT, profile).args((profile == Profile::Release).then_some("--release")))
}

/// The call of cargo that compiles the client.
pub(crate) fn compile(toolchain: &Toolchain, paths: &Paths, client: &str) -> Command {
    let mut compile = toolchain.cargo();
    compile.args(["rustc", "--package", "frontend", "--lib", "--target", WASM, "--profile", client]);
    // Where things were before linking is what cutting at lazy routes goes by. Only for this crate: as a global flag it
    // would give every dependency a second build.
    compile.args(["--", "-Clink-args=--emit-relocs", "-Cstrip=none"]).current_dir(&paths.root);
    compile
}

/// The call that turns the compiled client into the site folder.
pub(crate) fn bundle(paths: &Paths, client: &str, profile: Profile) -> Command {
    let mut bundle = Command::new(paths.target.join(Profile::Dev.folder()).join("bundle"));
    bundle.arg("--wasm").arg(paths.target.join(WASM).join(client).join("frontend.wasm"));
    bundle.arg("--style").arg(paths.root.join("style"));
    bundle.arg("--public").arg(paths.root.join("public"));
    bundle.arg("--out").arg(paths.site(profile)).current_dir(&paths.root);
    bundle
}
