//! The `tenantry` binary.

use std::process::ExitCode;

use clap::Parser;
use server::command::Tenantry;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    match Tenantry::parse().run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            eprintln!("tenantry: {sentence}");
            ExitCode::FAILURE
        }
    }
}
