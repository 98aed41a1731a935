//! `cargo xtask setup`: what building and testing need from the system, installed where it is missing.

pub(crate) mod apt;
pub(crate) mod browser;
mod debian;
pub(crate) mod office;
pub(crate) mod python;
mod toolchain;

pub(crate) use toolchain::{Toolchain, WASM};

use crate::{
    paths::Paths,
    postgres,
    shell::{Result, step},
};

/// Something that tests need besides the toolchain.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Need {
    PostgreSql,
    LibreOffice,
    Chromium,
    Aws,
    Engines,
    ApiPrograms,
}

/// All of it.
const EVERYTHING: [Need; 6] = [Need::PostgreSql, Need::LibreOffice, Need::Chromium, Need::Aws, Need::Engines, Need::ApiPrograms];

/// Installs everything, and prints how to call cargo.
pub(crate) fn run() -> Result<()> {
    let paths = Paths::find()?;
    let toolchain = Toolchain::prepare(&paths)?;
    for need in EVERYTHING {
        need.install(&paths)?;
    }
    println!("\nCargo that can build server and client: {toolchain}");
    Ok(())
}

impl Need {
    /// Installs what is missing of it.
    pub(crate) fn install(self, paths: &Paths) -> Result<()> {
        let end2end = paths.root.join("end2end");
        match self {
            Self::PostgreSql => step("programs of PostgreSQL", || postgres::programs().map(drop)),
            Self::LibreOffice => step("LibreOffice", || office::program().map(drop)),
            Self::Chromium => step("Chromium", || browser::chromium(&end2end).map(drop)),
            Self::Aws => step("moto, which stands for AWS", || python::aws(&end2end, &paths.target).map(drop)),
            Self::Engines => step("Firefox and WebKit", || browser::engines(&end2end).map(drop)),
            Self::ApiPrograms => step("clients of the API", || {
                browser::packages(&end2end.join("api"))?;
                python::api(&end2end, &paths.target).map(drop)
            }),
        }
    }
}
