//! The page in a browser: what is downloaded first, sign-in page, then Clients, compressed as sent; and how long a person waits for the list.

use std::process::Command;

use super::subject::Subject;
use crate::{
    paths::Paths,
    setup::browser,
    shell::{Result, run},
};

/// Prints the bytes by type: of what the sign-in page names, and of the scripts that its scripts import.
pub(super) fn first_load(subject: &Subject) -> Result<()> {
    let compressed = "Accept-Encoding: br\r\nAccept: text/html\r\n";
    let mut nobody = subject.connect("")?;
    let login = nobody.get("/login", compressed)?;
    let clients = subject.connect(&subject.cookie()?)?.get("/clients", compressed)?;
    let plain = nobody.get("/login", "")?.text();
    let mut sizes = vec![("documents", login.body.len() + clients.body.len())];
    let mut files: Vec<String> = plain.split('"').filter(|part| part.starts_with("/assets/")).map(str::to_owned).collect();
    let named: Vec<String> = files.iter().filter(|file| is_script(file)).cloned().collect();
    for script in named {
        let text = nobody.get(&script, "")?.text();
        files.extend(text.split('"').filter_map(|part| part.strip_prefix("./")).filter(|file| is_script(file)).map(|file| format!("/assets/{file}")));
    }
    files.sort_unstable();
    files.dedup();
    for (kind, ending) in [("style", ".css"), ("script", ".js"), ("WebAssembly", ".wasm"), ("icon", ".svg")] {
        let mut bytes = 0;
        for file in files.iter().filter(|file| file.ends_with(ending)) {
            bytes += nobody.get(file, compressed)?.body.len();
        }
        sizes.push((kind, bytes));
    }
    let total: usize = sizes.iter().map(|(_, bytes)| bytes).sum();
    println!("\nfirst load, sign-in then Clients, brotli: {:.1} kB", kb(total));
    for (kind, bytes) in sizes {
        println!("  {kind:<12} {:>7.1} kB", kb(bytes));
    }
    Ok(())
}

/// How long a person waits for the list, in a real browser.
pub(super) fn rows_visible(subject: &Subject, paths: &Paths) -> Result<()> {
    let folder = paths.root.join("end2end");
    let chromium = browser::chromium(&folder)?;
    let mut node = Command::new("node");
    node.arg("bench/rows.mjs").current_dir(&folder).envs(chromium);
    node.env("TENANTRY_URL", format!("http://{}", subject.server.address));
    println!("\n{}", subject.console.engine.name());
    run(node.env("TENANTRY_COOKIE", subject.cookie()?.trim_start_matches("Cookie: ")))
}

fn is_script(file: &str) -> bool {
    file.ends_with(".js")
}

fn kb(bytes: usize) -> f64 {
    f64::from(u32::try_from(bytes).unwrap_or(u32::MAX)) / 1000.0
}
