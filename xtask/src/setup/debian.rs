//! Debian's Rust for browsers. Its packages hold a compiler with WebAssembly inside, but the standard library as source.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use super::{
    apt,
    toolchain::{Toolchain, WASM},
};
use crate::shell::{Result, Scratch, find, output, run, succeeds};

/// The name by which rustup knows it.
pub(crate) const LINK: &str = "debian-web";
pub(crate) const CARGO: &str = "/usr/bin/cargo";
pub(crate) const RUSTC: &str = "/usr/bin/rustc";

/// The linker is a link in the fifth package to a file in the sixth, which it doesn't depend on.
const PACKAGES: [&str; 7] = ["rustc-web", "cargo-web", "rust-web-src", "rust-web-clippy", "rust-web-llvm", "lld-22", "rustfmt-web"];

/// Installs what is missing of it; does nothing where all is there.
pub(crate) fn prepare(toolchain: &Toolchain, rustup: bool) -> Result<()> {
    if is_complete(toolchain, rustup)? {
        return Ok(());
    }
    if find("apt-get").is_none() {
        return Err(advice());
    }
    apt::install(&PACKAGES).map_err(|reason| format!("{}\n{reason}", advice()))?;
    if rustup && !toolchain.builds_wasm()? {
        run(Command::new("rustup").args(["toolchain", "link", LINK, "/usr"]))?;
    }
    if !toolchain.builds_wasm()? {
        install_standard_library()?;
    }
    if is_complete(toolchain, rustup)? { Ok(()) } else { Err(advice()) }
}

/// Building isn't all: the tests also need clippy and rustfmt, and a fresh installation brings all or nothing.
fn is_complete(toolchain: &Toolchain, rustup: bool) -> Result<bool> {
    let tools = ["cargo-clippy", "rustfmt"].iter().all(|tool| Path::new("/usr/bin").join(tool).is_file());
    let linked = !rustup || succeeds(Command::new("rustup").args(["run", LINK, "rustc", "--version"]));
    Ok(tools && linked && toolchain.builds_wasm()?)
}

fn advice() -> String {
    format!(
        "This Rust can't build for {WASM}. Install that with one of:\n  \
         rustup target add {WASM}                 (Rust from rustup.rs)\n  \
         sudo apt-get install {}   (Debian; run this command again afterwards)",
        PACKAGES.join(" ")
    )
}

/// Compiles the standard library once, with the compiler that will use it, and puts it where that compiler looks.
fn install_standard_library() -> Result<()> {
    println!("   compiling the standard library for {WASM}, once");
    let scratch = Scratch::new("std")?;
    let libraries = compile_standard_library(scratch.path())?;
    let folder = output(Command::new(RUSTC).args(["--print", "target-libdir", "--target", WASM]))?;
    let folder = Path::new(folder.trim());
    let root = |program: &str| apt::as_root(program).ok_or("Please run this as root, or install sudo.");
    run(root("mkdir")?.arg("-p").arg(folder))?;
    // Left by another version, or by half an installation. What a package owns is the package's business.
    let stale: Vec<PathBuf> = rlibs(folder)?.into_iter().filter(|file| !belongs_to_a_package(file)).collect();
    if !stale.is_empty() {
        run(root("rm")?.arg("--").args(stale))?;
    }
    run(root("install")?.args(["-m", "644", "-t"]).arg(folder).args(libraries))
}

/// Builds an empty library together with the standard library, and returns the latter's files.
fn compile_standard_library(scratch: &Path) -> Result<Vec<PathBuf>> {
    let write = |file: &str, text: &str| fs::write(scratch.join(file), text).map_err(|error| error.to_string());
    fs::create_dir_all(scratch.join("src")).map_err(|error| error.to_string())?;
    write("Cargo.toml", "[package]\nname = \"scratch\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n")?;
    write("src/lib.rs", "")?;
    let mut cargo = Command::new(CARGO);
    cargo.args(["build", "--release", "--target", WASM, "-Zbuild-std=std,panic_abort,test"]).current_dir(scratch);
    // Not what was meant for the project: neither its compiler nor its flags nor its folder.
    for variable in ["CARGO_TARGET_DIR", "CARGO_BUILD_TARGET_DIR", "CARGO_ENCODED_RUSTFLAGS", "RUSTC_WRAPPER", "RUSTUP_TOOLCHAIN"] {
        cargo.env_remove(variable);
    }
    // Build-std is for nightly compilers; this makes a stable one accept it. Bitcode is needed for optimisation at link time.
    run(cargo.env("RUSTC", RUSTC).env("RUSTC_BOOTSTRAP", "1").env("RUSTFLAGS", "-Cembed-bitcode=yes"))?;
    let mut libraries = rlibs(&scratch.join("target").join(WASM).join("release/deps"))?;
    libraries.retain(|file| !file.file_name().is_some_and(|name| name.to_string_lossy().starts_with("libscratch-")));
    Ok(libraries)
}

fn rlibs(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let paths = entries.filter_map(|entry| entry.ok().map(|entry| entry.path()));
    Ok(paths.filter(|path| path.extension().is_some_and(|extension| extension == "rlib")).collect())
}

fn belongs_to_a_package(file: &Path) -> bool {
    succeeds(Command::new("dpkg-query").arg("--search").arg(file))
}
