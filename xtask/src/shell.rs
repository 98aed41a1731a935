//! Other programs, and telling people what is going on.

use std::{
    env,
    ffi::OsStr,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

/// A failure is a sentence for the person at the terminal.
pub(crate) type Result<T> = std::result::Result<T, String>;

/// Runs one part of a command under a heading, and says how long it took.
pub(crate) fn step<T>(name: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    println!("── {name}");
    let start = Instant::now();
    let result = work();
    let outcome = if result.is_ok() { "ready" } else { "failed" };
    println!("   {name} {outcome} after {:.1} s", start.elapsed().as_secs_f64());
    result
}

/// Runs a program with the terminal as its own.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let status = command.status().map_err(|error| cannot_start(command, &error))?;
    if status.success() { Ok(()) } else { Err(format!("`{}` failed ({status}).", line(command))) }
}

/// Runs a program and returns what it prints on standard output.
pub(crate) fn output(command: &mut Command) -> Result<String> {
    let output = command.stderr(Stdio::inherit()).output().map_err(|error| cannot_start(command, &error))?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        Err(format!("`{}` failed ({}).", line(command), output.status))
    }
}

/// Whether a program can be started and ends well; what it prints is of no interest.
pub(crate) fn succeeds(command: &mut Command) -> bool {
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|status| status.success())
}

/// Like [`run`], but gives up after a while: for what waits for a network that may not be there.
pub(crate) fn run_within(limit: Duration, command: &mut Command) -> Result<()> {
    let mut child = command.stdin(Stdio::null()).spawn().map_err(|error| cannot_start(command, &error))?;
    let deadline = Instant::now() + limit;
    loop {
        match child.try_wait().map_err(|error| error.to_string())? {
            Some(status) if status.success() => return Ok(()),
            Some(status) => return Err(format!("`{}` failed ({status}).", line(command))),
            None if Instant::now() >= deadline => {
                // It may have ended just now; either way it is gone afterwards.
                child.kill().ok();
                child.wait().ok();
                return Err(format!("`{}` took longer than {} s.", line(command), limit.as_secs()));
            }
            None => thread::sleep(Duration::from_millis(100)),
        }
    }
}

/// The full path of a program.
pub(crate) fn find(program: &str) -> Option<PathBuf> {
    let folders = env::var_os("PATH")?;
    env::split_paths(&folders).map(|folder| folder.join(program)).find(|path| path.is_file())
}

/// A folder for this run only, removed with the value.
pub(crate) struct Scratch(PathBuf);

impl Scratch {
    pub(crate) fn new(name: &str) -> Result<Self> {
        let folder = env::temp_dir().join(format!("tenantry-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        Ok(Self(folder))
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.0).ok();
    }
}

fn cannot_start(command: &Command, error: &std::io::Error) -> String {
    format!("`{}` can't be started: {error}.", command.get_program().display())
}

fn line(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(OsStr::to_string_lossy).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_that_hangs_is_given_up() {
        let reason = run_within(Duration::from_millis(200), Command::new("sleep").arg("60")).unwrap_err();
        assert!(reason.contains("took longer"), "{reason}");
    }

    #[test]
    fn a_failure_names_the_program() {
        assert!(run(&mut Command::new("false")).unwrap_err().starts_with("`false` failed"));
        assert!(run(&mut Command::new("no-such-program")).unwrap_err().contains("can't be started"));
    }
}
