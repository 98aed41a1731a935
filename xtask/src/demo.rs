//! `cargo xtask run`: the console with demo data, from nothing.

use std::{fs, os::unix::process::CommandExt as _, path::PathBuf, process::Command};

use clap::Args;

use crate::{
    build,
    paths::Paths,
    setup::Toolchain,
    shell::{Result, output, run as run_program, step},
};

/// What `cargo xtask run` and `cargo xtask dev` are asked for.
#[derive(Args)]
pub(crate) struct Options {
    /// Start from new demo data
    #[arg(long)]
    fresh: bool,
    /// Store the data here instead of in ~/.local/share/tenantry/demo
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// For `tenantry serve`, e.g. --listen 127.0.0.1:8080
    #[arg(last = true)]
    args: Vec<String>,
}

/// Builds, fills an empty data directory, and becomes the server.
pub(crate) fn run(options: Options) -> Result<()> {
    let paths = Paths::find()?;
    let toolchain = Toolchain::prepare(&paths)?;
    let demo = Demo::prepare(build(&toolchain, &paths)?, options)?;
    // The server takes this process's place, and with it the terminal and its signals.
    let error = demo.serve().exec();
    Err(format!("`{}` can't be started: {error}.", demo.tenantry.display()))
}

/// A server and its data directory.
pub(crate) struct Demo {
    tenantry: PathBuf,
    data: PathBuf,
    /// What else `tenantry serve` is told.
    args: Vec<String>,
}

impl Demo {
    /// Fills the data directory if it is empty, and prints who can sign in.
    pub(crate) fn prepare(tenantry: PathBuf, options: Options) -> Result<Self> {
        let data = match options.data {
            Some(folder) => std::path::absolute(folder).map_err(|error| error.to_string())?,
            None => Paths::demo()?,
        };
        let demo = Self { tenantry, data, args: options.args };
        if options.fresh {
            demo.remove()?;
        }
        if demo.is_empty() {
            step("demo data", || demo.fill())?;
        } else if run_program(&mut demo.call("migrate")).is_err() {
            return Err(format!("The demo data in {} is of another version. Start with `--fresh` to make it anew.", demo.data.display()));
        }
        print!("\n{}\n", demo.sign_ins());
        Ok(demo)
    }

    /// The call that serves it.
    pub(crate) fn serve(&self) -> Command {
        let mut serve = self.call("serve");
        serve.args(&self.args);
        serve
    }

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
