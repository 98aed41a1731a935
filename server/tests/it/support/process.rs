//! The binary as people run it: servers with processes of their own, which tests can kill.

use std::{
    fs,
    io::{BufRead, BufReader},
    panic::{AssertUnwindSafe, resume_unwind},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use aws_fake::FakeAws;
use futures::FutureExt;
use rustix::process::{Pid, Resource, Rlimit, prlimit};
use tempfile::TempDir;
use tokio::runtime::Runtime;

use super::{Actor, Database, Engine, MASTER_KEY, services};

/// The binary with a data directory, and without configuration from the environment.
pub(crate) fn tenantry(data: &Path) -> Command {
    // Ignoring SIGXFSZ makes writes over the limit fail instead of ending the process.
    let mut command = Command::new("sh");
    command.args(["-c", "trap '' XFSZ; exec \"$@\"", "sh", env!("CARGO_BIN_EXE_tenantry"), "--data"]).arg(data);
    for name in ["CONFIG", "DATABASE_URL", "FILES", "MASTER_KEY_FILE", "LISTEN", "DATA", "LOG"] {
        command.env_remove(format!("TENANTRY_{name}"));
    }
    // Nor credentials of the machine's own.
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("AWS_")) {
        command.env_remove(name);
    }
    command.env("AWS_EC2_METADATA_DISABLED", "true");
    for name in ["AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"] {
        command.env(name, "/dev/null");
    }
    command.current_dir(data.parent().unwrap_or(data));
    command
}

/// A running server, killed when dropped.
pub(crate) struct Server {
    process: Child,
    pub(crate) address: String,
}

impl Server {
    /// A server with a database in its data directory.
    pub(crate) fn start(data: &Path) -> Self {
        Self::run(&mut tenantry(data))
    }

    fn run(command: &mut Command) -> Self {
        let mut process = command.args(["serve", "--listen", "127.0.0.1:0"]).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let address = lines.map_while(Result::ok).find_map(|line| Some(line.strip_prefix("listening on http://")?.to_owned()));
        Self { process, address: address.expect("the server doesn’t start") }
    }

    /// Ends it as a power failure would: it can't finish anything.
    pub(crate) fn kill(mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }

    /// Makes its writes fail, as on a full disk.
    pub(crate) fn fill_disk(&self) {
        let process = Pid::from_child(&self.process);
        prlimit(Some(process), Resource::Fsize, Rlimit { current: Some(0), maximum: None }).unwrap();
    }

    /// Somebody who isn't signed in, at the same machine.
    pub(crate) fn nobody(&self) -> Actor<'static> {
        Actor::at_server(self.address.parse().unwrap())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        _ = self.process.kill();
        _ = self.process.wait();
    }
}

/// What servers share: a database with demo data, the directory of files and the master key.
pub(crate) struct Installation {
    pub(crate) database: Database,
    folder: TempDir,
}

/// Runs a test on an installation of each engine, SQLite first.
pub(crate) fn installed_on_both_engines(test: impl AsyncFn(&Installation)) {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        installed_on(engine, &test);
    }
}

/// Runs a test on an installation with a database of an engine.
pub(crate) fn installed_on(engine: Engine, test: impl AsyncFn(&Installation)) {
    Runtime::new().unwrap().block_on(async {
        let installation = Installation::new(engine).await;
        let outcome = AssertUnwindSafe(test(&installation)).catch_unwind().await;
        installation.database.discard().await;
        if let Err(panic) = outcome {
            eprintln!("… on {engine:?}");
            resume_unwind(panic);
        }
    });
}

impl Installation {
    async fn new(engine: Engine) -> Self {
        let (database, folder) = (Database::with_demo(engine).await, tempfile::tempdir().unwrap());
        let key: String = MASTER_KEY.iter().map(|byte| format!("{byte:02x}")).collect();
        fs::write(folder.path().join("master.key"), key).unwrap();
        Self { database, folder }
    }

    /// One more server.
    pub(crate) fn serve(&self) -> Server {
        Server::run(tenantry(self.folder.path()).args(["--database", &self.database.url]))
    }

    /// One more server, which finds AWS where a fake stands for it and has the credentials of one of its accounts.
    pub(crate) fn serve_with_aws(&self, aws: &FakeAws, account: &str) -> Server {
        let credentials = self.folder.path().join("aws-credentials");
        fs::write(&credentials, aws.credentials(account)).unwrap();
        let mut command = tenantry(self.folder.path());
        command.env("AWS_ENDPOINT_URL", aws.url()).env("AWS_REGION", "us-east-1").env("AWS_SHARED_CREDENTIALS_FILE", credentials);
        Server::run(command.args(["--database", &self.database.url]))
    }

    /// The directory of files.
    pub(crate) fn files(&self) -> PathBuf {
        self.folder.path().join("files")
    }

    /// Adds clients by the thousand, while no server runs.
    pub(crate) async fn add_clients(&self, count: u64) {
        let (services, _) = services(&self.database, &self.folder).await;
        services.operator().seed_clients(count, |_| {}).await.unwrap();
        services.close().await;
    }
}
