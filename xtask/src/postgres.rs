//! A PostgreSQL of our own, for tests and for measuring: its own cluster in a folder, on a free port.

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

/// For tests: nothing needs to survive a power failure, and statistics that change in the background would change plans.
pub(crate) const FAST: &[&str] = &["fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off", "max_connections=300"];

/// For measuring, as in production: a write is on disk before it is acknowledged, and tables are vacuumed as they change. All else is PostgreSQL's default.
pub(crate) const DURABLE: &[&str] = &["fsync=on", "synchronous_commit=on", "full_page_writes=on", "autovacuum=on"];

/// What setpriv is told where we are root: PostgreSQL refuses to run as that.
const ACCOUNT: &[&str] = &["--reuid=postgres", "--regid=postgres", "--init-groups"];

/// The same, for a folder inside one that only root can enter, such as root's home.
const ACCOUNT_IN_CLOSED_FOLDER: &[&str] =
    &["--reuid=postgres", "--regid=postgres", "--init-groups", "--inh-caps=+dac_read_search", "--ambient-caps=+dac_read_search"];

/// A running cluster. Dropping it stops it.
pub(crate) struct Postgres {
    server: Child,
    port: u16,
    // Dropped after the server has stopped.
    _scratch: Option<Scratch>,
}

impl Postgres {
    /// A new cluster in a temporary folder, removed with the value.
    pub(crate) fn temporary(settings: &[&str]) -> Result<Self> {
        let scratch = Scratch::new("postgres")?;
        let mut postgres = Self::start(scratch.path(), settings)?;
        postgres._scratch = Some(scratch);
        Ok(postgres)
    }

    /// The cluster of a folder, which is made if there is none.
    pub(crate) fn start(folder: &Path, settings: &[&str]) -> Result<Self> {
        let programs = programs()?;
        let data = folder.join("data");
        fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        let account = account(folder)?;
        let call = |program: &str| command(&programs.join(program), account, folder);
        if !data.join("PG_VERSION").exists() {
            // A locale that knows letters beyond ASCII, as most databases have: tests show where a text doesn't say how it compares.
            let mut init = call("initdb");
            init.args(["--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync", "-D"]).arg(&data);
            output(&mut init)?;
        }
        let port = free_port()?;
        let mut server = call("postgres");
        // No Unix socket: the path of a folder can be longer than a socket's may be.
        server.arg("-D").arg(&data).args(["-h", "127.0.0.1", "-p", &port.to_string(), "-k", "", "-c", "log_min_messages=fatal"]);
        for setting in settings {
            server.args(["-c", setting]);
        }
        let server = server.spawn().map_err(|error| format!("PostgreSQL can't be started: {error}."))?;
        let mut postgres = Self { server, port, _scratch: None };
        postgres.wait_until_ready(&programs)?;
        Ok(postgres)
    }

    /// Vacuums and analyzes every table, so that plans don't depend on whether autovacuum has come by yet.
    pub(crate) fn vacuum(&self) -> Result<()> {
        let mut vacuum = Command::new(programs()?.join("vacuumdb"));
        run(vacuum.args(["--analyze", "--quiet", "-U", "postgres", "-h", "127.0.0.1", "-p", &self.port.to_string(), "postgres"]))
    }

    /// The process that all others of the cluster are children of.
    pub(crate) fn pid(&self) -> u32 {
        self.server.id()
    }

    /// Its first database; tests connect to it in order to make their own.
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

/// How PostgreSQL's own user comes to a folder, where we are root; else it runs as we do.
fn account(folder: &Path) -> Result<&'static [&'static str]> {
    if !apt::is_root() {
        return Ok(&[]);
    }
    run(Command::new("chown").arg("postgres").arg(folder))?;
    let reaches = succeeds(command(Path::new("test"), ACCOUNT, folder).arg("-w").arg(folder));
    Ok(if reaches { ACCOUNT } else { ACCOUNT_IN_CLOSED_FOLDER })
}

/// A program of PostgreSQL's, never outliving us.
fn command(program: &Path, account: &[&str], folder: &Path) -> Command {
    let mut command = match find("setpriv") {
        Some(setpriv) => {
            let mut command = Command::new(setpriv);
            command.args(account).args(["--pdeathsig=INT", "--"]).arg(program);
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
