//! `cargo xtask`: builds, runs and tests the console.
#![allow(clippy::print_stdout, reason = "a command-line program")]

mod apt;
mod bench;
mod browser;
mod client;
mod debian;
mod demo;
mod paths;
mod postgres;
mod python;
mod server;
mod shell;
mod test;
mod toolchain;

use std::process::ExitCode;

use paths::{Paths, Profile};
use shell::{Result, step};
use toolchain::Toolchain;

const HELP: &str = "\
Builds, runs and tests the console.

  cargo xtask run [--fresh] [--data DIR] [-- ARGS]
      Builds all that is needed, fills an empty data directory with demo data and serves it on 127.0.0.1:3000.
      --fresh     starts from new demo data
      --data DIR  keeps the data there instead of in ~/.local/share/tenantry/demo
      ARGS        go to `tenantry serve`, e.g. --listen 127.0.0.1:8080
  cargo xtask test [STEP] [-- ARGS]
      Runs every test, or one step; ARGS then go to its program, e.g. `cargo xtask test services -- policy`.
      `browser` tests in Chromium; `engines` goes the main ways in Firefox and in WebKit, the engine of Safari.
  cargo xtask bench [--binary PATH] [CLIENTS ...]
      Measures the console with so many clients: 10000 and 1000000, unless numbers are given.
  cargo xtask build
      Builds the one binary for production and prints where it is.
  cargo xtask toolchain
      Makes sure that Rust can build for WebAssembly, and says how.

Everything built is kept in CARGO_TARGET_DIR, or else in ~/.cache/tenantry/target.
";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match command(&words) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(reason) => {
            eprintln!("\n{reason}");
            ExitCode::FAILURE
        }
    }
}

/// Whether all went well; an error is a reason why the command couldn't even be tried.
fn command(words: &[String]) -> Result<bool> {
    let (command, arguments) = words.split_first().map_or(("help", &[][..]), |(first, rest)| (first.as_str(), rest));
    let (own, extra) = split_at_dashes(arguments);
    match command {
        "run" => demo::run(own, extra).map(|()| true),
        "test" => test::run(own, extra),
        "build" => {
            let paths = Paths::find()?;
            let toolchain = Toolchain::prepare(&paths)?;
            println!("{}", build(&toolchain, &paths)?.display());
            Ok(true)
        }
        "toolchain" => Toolchain::prepare(&Paths::find()?).map(|toolchain| println!("{toolchain}")).map(|()| true),
        "bench" => bench::run(own).map(|()| true),
        "help" | "--help" | "-h" => {
            print!("{HELP}");
            Ok(true)
        }
        other => Err(format!("There is no command `{other}`.\n\n{HELP}")),
    }
}

/// Client first: the server carries it inside.
fn build(toolchain: &Toolchain, paths: &Paths) -> Result<std::path::PathBuf> {
    step("client", || client::build(toolchain, paths, Profile::Release))?;
    step("server", || server::build(toolchain, paths, Profile::Release))
}

fn split_at_dashes(words: &[String]) -> (&[String], &[String]) {
    match words.iter().position(|word| word == "--") {
        Some(dashes) => (&words[..dashes], &words[dashes + 1..]),
        None => (words, &[]),
    }
}
