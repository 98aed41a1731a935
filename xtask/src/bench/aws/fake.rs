//! The fake AWS as a process.

use std::{
    io::{BufRead, BufReader},
    net::SocketAddr,
    process::{Child, Command, Stdio},
};

use crate::{
    bench::http::Connection,
    paths::{Paths, Profile},
    server,
    setup::Toolchain,
    shell::{Result, run},
};

/// Its management account.
pub(super) const MANAGEMENT: &str = "111111111111";

/// A running fake. Dropped, it is gone.
pub(super) struct Fake {
    child: Child,
    address: SocketAddr,
}

impl Fake {
    pub(super) fn start(paths: &Paths, members: u64) -> Result<Self> {
        let mut build = server::cargo(&Toolchain::prepare(paths)?, paths, Profile::Release);
        run(build.args(["build", "--release", "--package", "aws-fake"]))?;
        let program = paths.target.join(Profile::Release.folder()).join("aws-fake");
        let mut command = Command::new(&program);
        command.args([MANAGEMENT, &members.to_string()]).stdout(Stdio::piped());
        let mut child = command.spawn().map_err(|error| format!("{}: {error}", program.display()))?;
        let said = child.stdout.take().ok_or("the fake has no output")?;
        let mut line = String::new();
        BufReader::new(said).read_line(&mut line).map_err(|error| error.to_string())?;
        let address = line.trim().rsplit_once("http://").and_then(|(_, address)| address.parse().ok());
        Ok(Self { child, address: address.ok_or("the fake ended before it listened")? })
    }

    /// Environment variables of a console that uses it.
    pub(super) fn settings(&self) -> Vec<(&'static str, String)> {
        vec![
            ("AWS_ENDPOINT_URL", format!("http://{}", self.address)),
            ("AWS_ACCESS_KEY_ID", format!("AKIA{MANAGEMENT}")),
            ("AWS_SECRET_ACCESS_KEY", "secret".to_owned()),
            ("AWS_SESSION_TOKEN", String::new()),
            ("AWS_REGION", "us-east-1".to_owned()),
            ("AWS_CONFIG_FILE", "/dev/null".to_owned()),
            ("AWS_SHARED_CREDENTIALS_FILE", "/dev/null".to_owned()),
        ]
    }

    /// How many calls it has answered.
    pub(super) fn calls(&self) -> Result<u64> {
        let counts = Connection::open(self.address, "")?.get("/calls", "")?.done()?;
        Ok(counts.as_object().into_iter().flatten().filter_map(|(_, count)| count.as_u64()).sum())
    }
}

impl Drop for Fake {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
