//! The part that runs in the browser: compiled to WebAssembly, then made into the files that a page loads.

use crate::{
    paths::{Paths, Profile},
    shell::{Result, run},
    toolchain::{Toolchain, WASM},
};

/// Compiles the client and fills the site folder; both do nothing where nothing has changed.
pub(crate) fn build(toolchain: &Toolchain, paths: &Paths, profile: Profile) -> Result<()> {
    let (cargo_profile, folder) = match profile {
        Profile::Dev => ("dev", "debug"),
        Profile::Release => ("client", "client"),
    };
    let mut compile = toolchain.cargo();
    compile.args(["rustc", "--package", "frontend", "--lib", "--target", WASM, "--profile", cargo_profile]);
    // Where things were before linking is what cutting at lazy routes goes by. Only for this crate: as a global flag it
    // would give every dependency a second build.
    compile.args(["--", "-Clink-args=--emit-relocs", "-Cstrip=none"]);
    run(compile.current_dir(&paths.root))?;

    let mut bundle = toolchain.cargo();
    bundle.args(["run", "--quiet", "--package", "bundle", "--", "--split"]);
    bundle.arg("--wasm").arg(paths.target.join(WASM).join(folder).join("frontend.wasm"));
    bundle.arg("--style").arg(paths.root.join("style"));
    bundle.arg("--public").arg(paths.root.join("public"));
    bundle.arg("--out").arg(paths.site(profile));
    if profile == Profile::Release {
        bundle.arg("--release");
    }
    run(bundle.current_dir(&paths.root))
}
