//! `cargo xtask run`: the console with demo data, from nothing.

use std::{fs, os::unix::process::CommandExt as _, path::PathBuf, process::Command};

use crate::{
    build,
    paths::Paths,
    shell::{Result, output, run as run_program, step},
    toolchain::Toolchain,
};

/// Builds, fills an empty data directory, and becomes the server.
pub(crate) fn run(words: &[String], serve_arguments: &[String]) -> Result<()> {
    let paths = Paths::find()?;
    let Options { fresh, data } = Options::parse(words)?;
    let data = data.map_or_else(Paths::demo, Ok)?;
    let toolchain = Toolchain::prepare(&paths)?;
    let tenantry = build(&toolchain, &paths)?;
    let demo = Demo { tenantry, data };
    if fresh {
        demo.remove()?;
    }
    if demo.is_empty() {
        step("demo data", || demo.fill())?;
    } else if run_program(&mut demo.call("migrate")).is_err() {
        return Err(format!("The demo data in {} is of another version. `cargo xtask run --fresh` makes it anew.", demo.data.display()));
    }
    print!("\n{}\n", demo.sign_ins());
    // The server takes this process's place, and with it the terminal and its signals.
    let error = demo.call("serve").args(serve_arguments).exec();
    Err(format!("`{}` can't be started: {error}.", demo.tenantry.display()))
}

struct Options {
    fresh: bool,
    data: Option<PathBuf>,
}

impl Options {
    fn parse(words: &[String]) -> Result<Self> {
        let mut options = Self { fresh: false, data: None };
        let mut words = words.iter();
        while let Some(word) = words.next() {
            match word.as_str() {
                "--fresh" => options.fresh = true,
                "--data" => {
                    let folder = words.next().ok_or("--data needs a directory.")?;
                    options.data = Some(std::path::absolute(folder).map_err(|error| error.to_string())?);
                }
                other => {
                    return Err(format!("`{other}` isn't known here. What is meant for the server goes behind `--`."));
                }
            }
        }
        Ok(options)
    }
}

/// A server and its data directory.
struct Demo {
    tenantry: PathBuf,
    data: PathBuf,
}

impl Demo {
    fn is_empty(&self) -> bool {
        !self.notes().exists()
    }

    fn fill(&self) -> Result<()> {
        fs::create_dir_all(&self.data).map_err(|error| format!("{}: {error}", self.data.display()))?;
        run_program(&mut self.call("migrate"))?;
        let sign_ins = output(self.call("seed").arg("--demo"))?;
        // Written last: a directory without it was not filled to the end.
        fs::write(self.notes(), sign_ins).map_err(|error| error.to_string())
    }

    /// Removes what this program and the server have put there, and nothing else: it may be anybody's directory.
    fn remove(&self) -> Result<()> {
        for name in ["sign-ins.txt", "tenantry.db", "tenantry.db-wal", "tenantry.db-shm", "files", "master.key"] {
            let path = self.data.join(name);
            let removed = if path.is_dir() { fs::remove_dir_all(&path) } else { fs::remove_file(&path) };
            match removed {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(format!("{}: {error}", path.display())),
                _ => {}
            }
        }
        Ok(())
    }

    /// Kept beside the data, so that every start can show them.
    fn notes(&self) -> PathBuf {
        self.data.join("sign-ins.txt")
    }

    fn sign_ins(&self) -> String {
        fs::read_to_string(self.notes()).unwrap_or_default()
    }

    fn call(&self, command: &str) -> Command {
        let mut call = Command::new(&self.tenantry);
        // As a variable, so that arguments are still stronger. In a folder without a configuration file, and without the
        // variables of a real installation: the demo must never fill somebody's own database.
        call.arg(command).env("TENANTRY_DATA", &self.data).current_dir(&self.data);
        for variable in ["TENANTRY_CONFIG", "TENANTRY_DATABASE_URL", "TENANTRY_FILES", "TENANTRY_MASTER_KEY_FILE", "TENANTRY_SMTP_URL"] {
            call.env_remove(variable);
        }
        call
    }
}
