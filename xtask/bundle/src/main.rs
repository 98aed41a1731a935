//! Turns the compiled client, the style sheets and the public files into the folder that the server embeds.
//!
//! A program of its own because `xtask` has no dependencies, so that the first command typed in a fresh clone answers at once.
#![allow(clippy::print_stdout, reason = "a command-line program")]

mod client;
mod inputs;
mod sections;
mod shorten;
mod site;
mod unused;

use std::{error::Error, path::PathBuf, process::ExitCode};

use inputs::Inputs;
use site::{Effort, Site};

type Result<T> = std::result::Result<T, Box<dyn Error + Send + Sync>>;

const USAGE: &str = "usage: bundle --wasm FILE --style DIR --public DIR --out DIR [--split] [--release]";

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
    let options = Options::parse(std::env::args().skip(1))?;
    let inputs = Inputs::read(&options)?;
    let stamp = options.out.with_extension("stamp");
    let fingerprint = inputs.fingerprint()?;
    if options.out.join("manifest.json").exists() && std::fs::read_to_string(&stamp).is_ok_and(|old| old == fingerprint) {
        return Ok(());
    }

    let mut site = Site::new(if options.release { Effort::Smallest } else { Effort::Fastest });
    let client = client::bindings(&unused::without_unused(&inputs.wasm)?, &options)?;
    let mut manifest = client.add_to(&mut site);
    manifest.insert("css".into(), site.add_hashed("style", "css", inputs.style).into());
    for (name, bytes) in inputs.public {
        // What stands in `hashed` is found by the manifest; the rest by names that are known outside.
        match name.strip_prefix("hashed/").and_then(|name| Some((name, name.rsplit_once('.')?))) {
            Some((name, (stem, extension))) => _ = manifest.insert(name.into(), site.add_hashed(stem, extension, bytes).into()),
            None => site.add(name, bytes),
        }
    }
    site.add("manifest.json", serde_json::to_vec_pretty(&manifest)?);
    println!("{}", site.write(&options.out)?);
    // Last, so that an interrupted run is done again.
    std::fs::write(stamp, fingerprint)?;
    Ok(())
}

/// What the command line says.
struct Options {
    wasm: PathBuf,
    style: PathBuf,
    public: PathBuf,
    out: PathBuf,
    split: bool,
    release: bool,
}

impl Options {
    fn parse(mut words: impl Iterator<Item = String>) -> Result<Self> {
        let (mut wasm, mut style, mut public, mut out) = (None, None, None, None);
        let (mut split, mut release) = (false, false);
        while let Some(word) = words.next() {
            let path = match word.as_str() {
                "--wasm" => &mut wasm,
                "--style" => &mut style,
                "--public" => &mut public,
                "--out" => &mut out,
                "--split" => {
                    split = true;
                    continue;
                }
                "--release" => {
                    release = true;
                    continue;
                }
                _ => return Err(USAGE.into()),
            };
            *path = Some(PathBuf::from(words.next().ok_or(USAGE)?));
        }
        Ok(Self { wasm: wasm.ok_or(USAGE)?, style: style.ok_or(USAGE)?, public: public.ok_or(USAGE)?, out: out.ok_or(USAGE)?, split, release })
    }
}
