//! How many connections the process has file descriptors for.

/// The default limit of open connections.
const USUAL: usize = 1000;

/// Connections use at most this part of the descriptors; the rest is for the database, files and mail.
const PART: usize = 2;

/// The limit of open connections. Raises the process's soft limit of descriptors to its hard limit first.
///
/// # Errors
/// A sentence if `wanted` needs more descriptors.
pub(super) fn connections(wanted: Option<usize>) -> Result<usize, String> {
    within(wanted, available())
}

fn within(wanted: Option<usize>, descriptors: usize) -> Result<usize, String> {
    let most = (descriptors / PART).max(1);
    match wanted {
        None => Ok(USUAL.min(most)),
        Some(wanted) if wanted <= most => Ok(wanted),
        Some(wanted) => Err(format!(
            "{wanted} connections need {} file descriptors, and the process may have {descriptors}: set max-connections to {most} or less, or raise the limit (ulimit -n, LimitNOFILE)",
            wanted.saturating_mul(PART)
        )),
    }
}

#[cfg(unix)]
fn available() -> usize {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let limit = getrlimit(Resource::Nofile);
    // If raising fails, the current limit counts.
    let _ = setrlimit(Resource::Nofile, Rlimit { current: limit.maximum, ..limit });
    getrlimit(Resource::Nofile).current.and_then(|count| usize::try_from(count).ok()).unwrap_or(usize::MAX)
}

#[cfg(not(unix))]
const fn available() -> usize {
    usize::MAX
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn connections_take_at_most_half_of_the_descriptors() {
        assert_eq!((within(None, 65_536), within(None, 256)), (Ok(1000), Ok(128)));
        assert_eq!(within(Some(512), 1024), Ok(512));
        assert!(within(Some(513), 1024).unwrap_err().contains("set max-connections to 512 or less"));
    }
}
