//! The file of a SQLite database: access for its owner only, and detection of replacement.

use std::{
    fs,
    io::{self, Read as _},
    path::{Path, PathBuf},
    str::FromStr,
};

use sqlx::sqlite::SqliteConnectOptions;

use super::engine::Engine;
use crate::{Fault, Result};

/// The magic bytes of a SQLite file.
const HEAD: &[u8] = b"SQLite format 3\0";

/// A database's file and its identity.
#[derive(Clone, Debug)]
pub(super) struct Place {
    file: PathBuf,
    /// Device and inode, which change if the file is replaced; none if unknown.
    identity: Option<(u64, u64)>,
}

impl Place {
    /// The file of a URL; none for a server or a database in memory. Restricts access to its owner, also for an existing file; SQLite gives new WAL
    /// files the same mode.
    pub(super) fn prepare(engine: Engine, url: &str) -> Result<Option<Self>> {
        if engine.is_server() {
            return Ok(None);
        }
        let options = SqliteConnectOptions::from_str(url).map_err(|error| Fault::Failed(format!("The database URL is wrong: {error}")))?;
        let file = options.get_filename().to_path_buf();
        if url.contains(":memory:") || url.contains("mode=memory") {
            return Ok(None);
        }
        match make(&file) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
                return Err(Fault::Failed(format!("The file {} can’t be made: {error}", file.display())));
            }
            _ if is_database(&file) => keep_private(&file),
            _ => {}
        }
        let identity = identity(&file).ok();
        Ok(Some(Self { file, identity }))
    }

    /// Fails if the file was removed or replaced: open connections would go on writing to the old one, and those writes would be lost.
    pub(super) fn check(&self) -> Result<()> {
        match identity(&self.file) {
            Ok(found) if Some(found) == self.identity => Ok(()),
            Ok(_) => Err(Fault::Failed(format!("The database file {} was replaced by another one.", self.file.display()))),
            Err(error) => Err(Fault::Failed(format!("The database file {} is gone: {error}", self.file.display()))),
        }
    }
}

fn make(file: &Path) -> io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(file).map(drop)
}

/// Whether a file is a database of SQLite, or an empty one that becomes one. A wrong setting can name another file or a directory, whose mode must
/// not change.
fn is_database(file: &Path) -> bool {
    let mut head = Vec::new();
    let read = fs::File::open(file).and_then(|file| file.take(HEAD.len() as u64).read_to_end(&mut head));
    read.is_ok() && (head.is_empty() || head == HEAD)
}

/// Restricts a database and its WAL files to their owner.
#[cfg(unix)]
fn keep_private(file: &Path) {
    use std::os::unix::fs::PermissionsExt;
    for suffix in ["", "-wal", "-shm"] {
        let mut name = file.as_os_str().to_owned();
        name.push(suffix);
        let path = PathBuf::from(name);
        let is_open = fs::metadata(&path).is_ok_and(|found| found.permissions().mode() & 0o077 != 0);
        if is_open && let Err(error) = fs::set_permissions(&path, fs::Permissions::from_mode(0o600)) {
            tracing::warn!(%error, file = %path.display(), "the database is open to other users of this machine");
        }
    }
}

#[cfg(not(unix))]
fn keep_private(_: &Path) {}

#[cfg(unix)]
fn identity(file: &Path) -> io::Result<(u64, u64)> {
    use std::os::unix::fs::MetadataExt;
    fs::metadata(file).map(|found| (found.dev(), found.ino()))
}

#[cfg(not(unix))]
fn identity(file: &Path) -> io::Result<(u64, u64)> {
    fs::metadata(file).map(|_| (0, 0))
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn a_database_is_its_owner_s_alone_also_one_that_was_there() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("tenantry.db");
        let files = ["", "-wal", "-shm"].map(|suffix| PathBuf::from(format!("{}{suffix}", file.display())));
        for path in &files {
            fs::write(path, "").unwrap();
            fs::set_permissions(path, fs::Permissions::from_mode(0o644)).unwrap();
        }
        Place::prepare(Engine::Sqlite, &format!("sqlite://{}", file.display())).unwrap();
        for path in &files {
            assert_eq!(fs::metadata(path).unwrap().permissions().mode() & 0o777, 0o600, "{}", path.display());
        }
    }

    #[test]
    fn what_is_no_database_is_left_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("letter.txt");
        fs::write(&file, "Dear Ada").unwrap();
        for path in [folder.path(), &file] {
            fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
            _ = Place::prepare(Engine::Sqlite, &format!("sqlite://{}", path.display()));
            assert_eq!(fs::metadata(path).unwrap().permissions().mode() & 0o777, 0o755, "{}", path.display());
        }
    }
}
