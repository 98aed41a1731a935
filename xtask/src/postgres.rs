//! A PostgreSQL of our own for the tests: its own cluster in a temporary directory on a free port, gone afterwards.

use std::{
    fs,
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Child, Command},
    thread,
    time::{Duration, Instant},
};

use crate::{
    setup::apt,
    shell::{Result, Scratch, find, output, run, succeeds},
};

/// A running cluster. Dropping it stops it and removes its files.
pub(crate) struct Postgres {
    server: Child,
    port: u16,
    // Dropped after the server has stopped.
    _folder: Scratch,
}

impl Postgres {
    pub(crate) fn start() -> Result<Self> {
        let programs = programs()?;
        let folder = Scratch::new("postgres")?;
        let data = folder.path().join("data");
        let as_root = apt::is_root();
        if as_root {
            // PostgreSQL refuses to run as root, and its own user must be able to write there.
            run(Command::new("chown").arg("postgres").arg(folder.path()))?;
        }
        let call = |program: &str| command(&programs.join(program), as_root, folder.path());
        // A locale that knows letters beyond ASCII, as most databases have: tests show where a text doesn't say how it compares. Nothing here needs to
        // survive a power failure, and statistics that change in the background would change plans.
        let mut init = call("initdb");
        init.args(["--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync", "-D"]).arg(&data);
        output(&mut init)?;
        let port = free_port()?;
        let mut server = call("postgres");
        server.arg("-D").arg(&data).args(["-h", "127.0.0.1", "-p", &port.to_string(), "-k"]).arg(folder.path());
        for setting in
            ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off", "max_connections=300", "log_min_messages=fatal"]
        {
            server.args(["-c", setting]);
        }
        let server = server.spawn().map_err(|error| format!("PostgreSQL can't be started: {error}."))?;
        let mut postgres = Self { server, port, _folder: folder };
        postgres.wait_until_ready(&programs)?;
        Ok(postgres)
    }

    /// The database that tests connect to in order to make their own.
    pub(crate) fn url(&self) -> String {
        format!("postgres://postgres@127.0.0.1:{}/postgres", self.port)
    }

    fn wait_until_ready(&mut self, programs: &Path) -> Result<()> {
        let deadline = Instant::now() + Duration::from_secs(30);
        while Instant::now() < deadline {
            let mut ready = Command::new(programs.join("pg_isready"));
            if succeeds(ready.args(["-U", "postgres", "-h", "127.0.0.1", "-p", &self.port.to_string()])) {
                return Ok(());
            }
            if let Ok(Some(status)) = self.server.try_wait() {
                return Err(format!("PostgreSQL ended while starting ({status})."));
            }
            thread::sleep(Duration::from_millis(50));
        }
        Err("PostgreSQL didn't start within 30 s.".into())
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        // SIGINT is its fast shutdown: it doesn't wait for connections that tests have left open.
        if !succeeds(Command::new("kill").args(["-INT", &self.server.id().to_string()])) {
            self.server.kill().ok();
        }
        self.server.wait().ok();
    }
}

/// A program of PostgreSQL's, as its own user where we are root, and never outliving us.
fn command(program: &Path, as_root: bool, folder: &Path) -> Command {
    let mut command = match find("setpriv") {
        Some(setpriv) => {
            let mut command = Command::new(setpriv);
            if as_root {
                command.args(["--reuid=postgres", "--regid=postgres", "--init-groups"]);
            }
            command.args(["--pdeathsig=INT", "--"]).arg(program);
            command
        }
        None => Command::new(program),
    };
    // It complains where it may not enter the current folder.
    command.current_dir(folder);
    command
}

/// The folder of PostgreSQL's programs, installed if they are missing.
pub(crate) fn programs() -> Result<PathBuf> {
    apt::ensure("PostgreSQL", &["postgresql"], newest)
}

/// The folder of the newest version's programs: Debian keeps them off the path.
fn newest() -> Option<PathBuf> {
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().filter_map(std::result::Result::ok);
    let numbered = versions.filter_map(|entry| Some((entry.file_name().to_str()?.parse::<u32>().ok()?, entry.path().join("bin"))));
    let newest = numbered.filter(|(_, folder)| folder.join("initdb").is_file()).max().map(|(_, folder)| folder);
    newest.or_else(|| find("initdb")?.parent().map(Path::to_owned))
}

fn free_port() -> Result<u16> {
    let listener = TcpListener::bind("127.0.0.1:0").map_err(|error| error.to_string())?;
    Ok(listener.local_addr().map_err(|error| error.to_string())?.port())
}
