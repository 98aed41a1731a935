//! `cargo xtask`: builds, runs and tests the console.
#![allow(clippy::print_stdout, reason = "a command-line program")]

mod bench;
mod client;
mod demo;
mod dev;
mod paths;
mod postgres;
mod server;
mod setup;
mod shell;
mod test;
mod words;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use paths::{Paths, Profile};
use setup::Toolchain;
use shell::{Result, step};

/// Builds, runs and tests the console.
#[derive(Parser)]
#[command(bin_name = "cargo xtask", after_help = format!("{}\n\nEverything built is stored in CARGO_TARGET_DIR, by default `target`.", test::list()))]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Install what building and testing need from the system, where it is missing
    Setup,
    /// Build all that is needed, fill an empty data directory with demo data and serve it on 127.0.0.1:3000
    Run(demo::Options),
    /// As `run`, but for development: build quickly, and again whenever a source changes; open pages reload
    Dev(demo::Options),
    /// Run every test, or one step
    Test(test::Options),
    /// Measure what the console costs, on SQLite and PostgreSQL side by side
    Bench(bench::Options),
    /// Build the one binary for production and print where it is
    Build,
    /// Take the README's pictures of the console again
    Screenshots,
    /// Print every string that a person can see, with its place
    Words,
}

fn main() -> ExitCode {
    match run(Arguments::parse().command) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(reason) => {
            eprintln!("\n{reason}");
            ExitCode::FAILURE
        }
    }
}

/// Whether all went well; an error is a reason why the command couldn't even be tried.
fn run(command: Command) -> Result<bool> {
    match command {
        Command::Setup => setup::run().map(|()| true),
        Command::Run(options) => demo::run(options).map(|()| true),
        Command::Dev(options) => dev::run(options).map(|()| true),
        Command::Test(options) => test::run(&options),
        Command::Screenshots => test::screenshots(),
        Command::Words => words::run().map(|()| true),
        Command::Bench(options) => bench::run(options).map(|()| true),
        Command::Build => {
            let paths = Paths::find()?;
            let toolchain = Toolchain::prepare(&paths)?;
            println!("{}", build(&toolchain, &paths)?.display());
            Ok(true)
        }
    }
}

/// Client first: the server carries it inside.
fn build(toolchain: &Toolchain, paths: &Paths) -> Result<std::path::PathBuf> {
    step("client", || client::build(toolchain, paths, Profile::Release))?;
    step("server", || server::build(toolchain, paths, Profile::Release))
}
