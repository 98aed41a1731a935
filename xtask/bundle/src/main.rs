//! Turns the compiled client, the style sheets and the public files into the folder that the server embeds.
//!
//! A program of its own, so that `xtask` itself compiles in seconds.
#![allow(clippy::print_stdout, reason = "a command-line program")]

mod client;
mod inputs;
mod site;

use std::{error::Error, path::PathBuf, process::ExitCode};

use clap::Parser;

use inputs::Inputs;
use site::{Effort, Site};

type Result<T> = std::result::Result<T, Box<dyn Error + Send + Sync>>;

fn main() -> ExitCode {
    match bundle() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bundle: {error}");
            ExitCode::FAILURE
        }
    }
}

fn bundle() -> Result<()> {
    let options = Options::parse();
    let inputs = Inputs::read(&options)?;
    let stamp = options.out.with_extension("stamp");
    let fingerprint = inputs.fingerprint()?;
    if options.out.join("manifest.json").exists() && std::fs::read_to_string(&stamp).is_ok_and(|old| old == fingerprint) {
        return Ok(());
    }

    let mut site = Site::new(options.effort());
    let client = client::bindings(&inputs.wasm, &options)?;
    let reload = options.dev.then(|| site.add_hashed("reload", "js", include_str!("reload.js")));
    let mut manifest = client.add_to(&mut site, reload.as_deref());
    manifest.insert("css".into(), site.add_hashed("style", "css", inputs.style).into());
    for (name, bytes) in inputs.public {
        // What stands in `hashed` is found by the manifest; the rest by names that are known outside.
        match name.strip_prefix("hashed/").and_then(|name| Some((name, name.rsplit_once('.')?))) {
            Some((name, (stem, extension))) => _ = manifest.insert(name.into(), site.add_hashed(stem, extension, bytes).into()),
            None => site.add(name, bytes),
        }
    }
    site.add("manifest.json", serde_json::to_vec_pretty(&manifest)?);
    let sizes = site.write(&options.out)?;
    if !options.dev {
        println!("{sizes}");
    }
    // Last, so that an interrupted run is done again.
    std::fs::write(stamp, fingerprint)?;
    Ok(())
}

/// Turns the compiled client into the files that a browser loads.
#[derive(Parser)]
struct Options {
    /// The compiled client
    #[arg(long)]
    wasm: PathBuf,
    /// The folder of style sheets
    #[arg(long)]
    style: PathBuf,
    /// The folder of files that are served as they are
    #[arg(long)]
    public: PathBuf,
    /// The folder to fill
    #[arg(long)]
    out: PathBuf,
    /// For people: as small as can be
    #[arg(long, conflicts_with = "dev")]
    release: bool,
    /// For development: not compressed, and the page reloads itself after each build
    #[arg(long)]
    dev: bool,
}

impl Options {
    fn effort(&self) -> Effort {
        match (self.release, self.dev) {
            (true, _) => Effort::Smallest,
            (_, true) => Effort::None,
            _ => Effort::Fastest,
        }
    }
}
