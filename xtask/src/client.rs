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

/// Compiles the client and fills the site folder; both do nothing where nothing has changed.
pub(crate) fn build(toolchain: &Toolchain, paths: &Paths, profile: Profile) -> Result<()> {
    let mut compile = toolchain.cargo();
    compile.args(["rustc", "--package", "frontend", "--lib", "--target", WASM, "--profile", CLIENT]);
    // Where things were before linking is what cutting at lazy routes goes by. Only for this crate: as a global flag it
    // would give every dependency a second build.
    compile.args(["--", "-Clink-args=--emit-relocs", "-Cstrip=none"]);
    run(compile.current_dir(&paths.root))?;

    run(server::cargo(toolchain, paths, profile).arg("build").args(server::HOST).args(["--bin", "bundle"]))?;
    let mut bundle = Command::new(paths.target.join(Profile::Dev.folder()).join("bundle"));
    bundle.arg("--wasm").arg(paths.target.join(WASM).join(CLIENT).join("frontend.wasm"));
    bundle.arg("--style").arg(paths.root.join("style"));
    bundle.arg("--public").arg(paths.root.join("public"));
    bundle.arg("--out").arg(paths.site(profile));
    if profile == Profile::Release {
        bundle.arg("--release");
    }
    run(bundle.current_dir(&paths.root))
}
