//! `cargo xtask dev`: serves what the sources say now.

use std::{
    fs,
    path::Path,
    process::{Child, Command},
    thread,
    time::{Duration, Instant, SystemTime},
};

use crate::{
    client::{self, DEV_CLIENT},
    demo::{Demo, Options},
    paths::{Paths, Profile},
    server,
    setup::Toolchain,
    shell::{Result, run as run_program},
};

/// Where a change makes something of the console different.
const SOURCES: [&str; 12] =
    ["Cargo.toml", "Cargo.lock", "domain", "services", "migrations", "api", "app", "server", "frontend", "style", "public", "xtask/bundle"];

/// How often they are looked at.
const EVERY: Duration = Duration::from_millis(200);

/// Builds and serves until interrupted.
pub(crate) fn run(options: Options) -> Result<()> {
    let paths = Paths::find()?;
    let toolchain = Toolchain::prepare(&paths)?;
    let mut sources = Sources::read(&paths.root);
    build(&toolchain, &paths)?;
    let demo = Demo::prepare(paths.target.join(Profile::Dev.folder()).join("tenantry"), options)?;
    let mut server = Server::start(&demo, &paths)?;
    loop {
        sources = sources.changed(&paths.root);
        match build(&toolchain, &paths) {
            Ok(()) => {
                // The old one first: both listen on the same address.
                drop(server);
                server = Server::start(&demo, &paths)?;
            }
            Err(reason) => println!("{reason} The server goes on as it was."),
        }
    }
}

/// Compiles client and server side by side, then makes the page's files.
fn build(toolchain: &Toolchain, paths: &Paths) -> Result<()> {
    let start = Instant::now();
    let mut host = server::cargo(toolchain, paths, Profile::Dev);
    host.arg("build").args(server::HOST).args(["--bin", "tenantry", "--bin", "bundle"]);
    let client = spawn(&mut client::compile(toolchain, paths, DEV_CLIENT))?;
    let host = run_program(&mut host);
    finish(client)?;
    host?;
    run_program(client::bundle(paths, DEV_CLIENT, Profile::Dev).arg("--dev"))?;
    println!("built in {:.1} s", start.elapsed().as_secs_f64());
    Ok(())
}

fn spawn(command: &mut Command) -> Result<Child> {
    command.spawn().map_err(|error| format!("`{}` can't be started: {error}.", command.get_program().display()))
}

fn finish(mut client: Child) -> Result<()> {
    let status = client.wait().map_err(|error| error.to_string())?;
    if status.success() { Ok(()) } else { Err("The client doesn't compile; see above.".to_owned()) }
}

/// A running server, which ends with the value.
struct Server(Child);

impl Server {
    fn start(demo: &Demo, paths: &Paths) -> Result<Self> {
        let server = Self(spawn(&mut demo.serve())?);
        // The page polls this file, and reloads when it changes.
        fs::write(paths.site(Profile::Dev).join("built.txt"), server.0.id().to_string()).map_err(|error| error.to_string())?;
        Ok(server)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself.
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

/// How many files there are, and when the last of them changed.
#[derive(PartialEq, Eq)]
struct Sources(usize, Option<SystemTime>);

impl Sources {
    fn read(root: &Path) -> Self {
        let mut sources = Self(0, None);
        for source in SOURCES {
            sources.add(&root.join(source));
        }
        sources
    }

    fn add(&mut self, path: &Path) {
        if let Ok(entries) = fs::read_dir(path) {
            // Editors store unfinished work in hidden files.
            let visible = entries.flatten().filter(|entry| !entry.file_name().to_string_lossy().starts_with('.'));
            visible.for_each(|entry| self.add(&entry.path()));
        } else if let Ok(time) = fs::metadata(path).and_then(|metadata| metadata.modified()) {
            self.0 += 1;
            self.1 = self.1.max(Some(time));
        }
    }

    /// Waits for a change.
    fn changed(self, root: &Path) -> Self {
        loop {
            thread::sleep(EVERY);
            let now = Self::read(root);
            if now != self {
                return now;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shell::Scratch;

    #[test]
    fn a_changed_a_new_and_a_removed_file_are_noticed_and_hidden_ones_are_not() {
        let clone = Scratch::new("sources").unwrap();
        let (folder, file) = (clone.path().join("app/src"), clone.path().join("app/src/lib.rs"));
        fs::create_dir_all(&folder).unwrap();
        fs::write(&file, "one").unwrap();
        let first = Sources::read(clone.path());
        fs::write(folder.join(".lib.rs.swp"), "").unwrap();
        assert!(Sources::read(clone.path()) == first);
        fs::File::open(&file).unwrap().set_modified(first.1.unwrap() + Duration::from_secs(1)).unwrap();
        let second = Sources::read(clone.path());
        assert!(second != first);
        fs::write(folder.join("new.rs"), "").unwrap();
        let third = Sources::read(clone.path());
        assert!(third != second);
        fs::remove_file(&file).unwrap();
        assert!(Sources::read(clone.path()) != third);
    }
}
