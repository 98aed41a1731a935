//! Installing what is missing, where the system is a Debian; elsewhere, saying what to install.

use std::process::Command;

use crate::shell::{find, output, run, succeeds};

/// Returns what `look` finds; if it finds nothing, installs the packages and looks again.
pub(crate) fn ensure<T>(what: &str, packages: &[&str], look: impl Fn() -> Option<T>) -> Result<T, String> {
    if let Some(found) = look() {
        return Ok(found);
    }
    install(packages).map_err(|reason| format!("{what} is missing. {reason}"))?;
    look().ok_or_else(|| format!("{what} is still missing after installing {}.", packages.join(" ")))
}

/// Installs Debian packages, as root or by sudo.
pub(crate) fn install(packages: &[&str]) -> Result<(), String> {
    let advice = format!("Install it with: sudo apt-get install --no-install-recommends {}", packages.join(" "));
    if find("apt-get").is_none() {
        return Err(format!("This isn't a Debian system; there it would be: apt-get install {}", packages.join(" ")));
    }
    let apt = |words: &[&str]| -> Result<(), String> {
        let mut command = as_root("apt-get").ok_or_else(|| advice.clone())?;
        // Without a terminal nobody can answer a question.
        run(command.env("DEBIAN_FRONTEND", "noninteractive").args(words))
    };
    let install = [&["install", "--yes", "--no-install-recommends"], packages].concat();
    println!("   installing {}", packages.join(" "));
    // The list of packages may be missing or old; it is fetched only then.
    if !succeeds(Command::new("apt-cache").args(["show", "--no-all-versions"]).args(packages)) || apt(&install).is_err() {
        apt(&["update"])?;
        apt(&install).map_err(|reason| format!("{reason} {advice}"))?;
    }
    Ok(())
}

/// A command that may change the system: as it is for root, by sudo for others, if they have it.
pub(crate) fn as_root(program: &str) -> Option<Command> {
    if is_root() {
        return Some(Command::new(program));
    }
    find("sudo").map(|sudo| {
        let mut command = Command::new(sudo);
        // sudo forgets the environment, and with it that there is nobody to ask.
        command.args(["--preserve-env=DEBIAN_FRONTEND", program]);
        command
    })
}

/// Whether this process runs as root.
pub(crate) fn is_root() -> bool {
    output(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0")
}
