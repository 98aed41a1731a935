//! Tells the compiler where the page's files are, so that the server also compiles where no `xtask` says so.

use std::{env, path::Path};

fn main() {
    println!("cargo::rerun-if-env-changed=TENANTRY_SITE");
    println!("cargo::rerun-if-changed=build.rs");
    let site = env::var("TENANTRY_SITE").unwrap_or_else(|_| default_site());
    println!("cargo::rustc-env=TENANTRY_SITE={site}");
}

/// Where `cargo xtask` puts them by default. It may not exist yet: the server then has no scripts and no style.
fn default_site() -> String {
    let [crate_folder, profile] = ["CARGO_MANIFEST_DIR", "PROFILE"].map(|name| env::var(name).unwrap_or_default());
    let root = Path::new(&crate_folder).parent().unwrap_or(Path::new("."));
    root.join("target/site").join(profile).display().to_string()
}
