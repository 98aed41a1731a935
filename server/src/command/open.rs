//! Opens everything that services need, as configured.

use std::{fs, io::Write, path::Path, sync::Arc};

use aws::AwsSdk;
use domain::Error;
use services::{Fault, Files, Ids, RandomIds, Services, Store, SystemClock, Vault};

use crate::config::Config;

/// Opens the database, brings its schema up to date, and puts the services together.
///
/// # Errors
/// A sentence that says what can't be opened.
pub async fn open(config: &Config) -> Result<Services, String> {
    make_private(&config.data).map_err(|error| format!("the data directory {} can’t be made: {error}", config.data.display()))?;
    let store = Store::open(&config.database).await.map_err(|error| about_database(config, "opened", &error))?;
    store.migrate().await.map_err(|error| about_database(config, "brought up to date", &error))?;
    let files = Files::local(&config.files).map_err(|error| format!("the directory for files {} can’t be used: {error}", config.files.display()))?;
    let services = Services::new(store, Arc::new(SystemClock), Arc::new(RandomIds));
    let services = with_master_key(services, &config.master_key_file).await?;
    Ok(services
        .with_files(files)
        .with_mailer(config.mailer.clone())
        .with_passkeys(config.passkeys.clone())
        .with_aws(Arc::new(AwsSdk::new()))
        .with_aws_template(config.aws_template_url.clone()))
}

/// Adds the master key. A new one is created only if the database has no secrets.
async fn with_master_key(services: Services, file: &Path) -> Result<Services, String> {
    let about = |fault: Fault| format!("the secrets in the database can’t be checked: {}", Error::from(fault));
    if !file.exists() && services.has_secrets().await.map_err(about)? {
        return Err(format!(
            "the master key {} is missing, and without it the secrets in the database can’t be read: put the key from your backup there, or say by --master-key-file where it is",
            file.display()
        ));
    }
    let services = services.with_vault(Vault::from_key(master_key(file)?));
    if !services.master_key_fits().await.map_err(about)? {
        return Err(format!(
            "the master key in {} isn’t the one that the secrets in the database were encrypted with: put the right key there, or say by --master-key-file where it is",
            file.display()
        ));
    }
    Ok(services)
}

/// Why a database can't be used. SQLite's errors name neither the file nor its directory, so this does.
fn about_database(config: &Config, what: &str, fault: &Fault) -> String {
    let Some(file) = config.database.strip_prefix("sqlite:") else { return format!("the database can’t be {what}: {fault}") };
    let file = Path::new(file.trim_start_matches("//").split('?').next().unwrap_or_default());
    let directory = file.parent().filter(|directory| !directory.as_os_str().is_empty()).unwrap_or(Path::new("."));
    format!(
        "the database {} can’t be {what}: {fault}. The directory {} must be there, be writable and have free space",
        file.display(),
        directory.display()
    )
}

/// Creates a directory for its owner only, unless it exists.
fn make_private(directory: &Path) -> std::io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(directory)
}

/// Reads the master key, or makes one that only its owner can read.
pub(super) fn master_key(file: &Path) -> Result<[u8; 32], String> {
    match fs::read_to_string(file) {
        Ok(text) => {
            let key = parse(text.trim()).ok_or_else(|| format!("the master key in {} must be 64 hexadecimal digits", file.display()))?;
            keep_private(file);
            Ok(key)
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            let key = RandomIds.secret();
            write(file, &key).map_err(|error| format!("the master key can’t be written to {}: {error}", file.display()))?;
            Ok(key)
        }
        Err(error) => Err(format!("the master key in {} can’t be read: {error}", file.display())),
    }
}

/// Restricts the master key to its owner, as the database is.
#[cfg(unix)]
fn keep_private(file: &Path) {
    use std::os::unix::fs::PermissionsExt;
    let is_open = fs::metadata(file).is_ok_and(|found| found.permissions().mode() & 0o077 != 0);
    if is_open && let Err(error) = fs::set_permissions(file, fs::Permissions::from_mode(0o600)) {
        tracing::warn!(%error, file = %file.display(), "the master key is open to other users of this machine");
    }
}

#[cfg(not(unix))]
fn keep_private(_: &Path) {}

fn parse(text: &str) -> Option<[u8; 32]> {
    let bytes: Vec<u8> =
        (0..text.len()).step_by(2).map(|at| text.get(at..at + 2).and_then(|pair| u8::from_str_radix(pair, 16).ok())).collect::<Option<_>>()?;
    bytes.try_into().ok()
}

fn write(file: &Path, key: &[u8; 32]) -> std::io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let digits: String = key.iter().map(|byte| format!("{byte:02x}")).collect();
    options.open(file)?.write_all(digits.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_master_key_is_made_once_and_read_again() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("master.key");
        let made = master_key(&file).unwrap();
        assert_eq!(master_key(&file).unwrap(), made);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).unwrap();
            assert_eq!(master_key(&file).unwrap(), made);
            assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600, "a copied key is closed to others");
        }
        fs::write(&file, "short").unwrap();
        assert!(master_key(&file).unwrap_err().contains("64 hexadecimal digits"));
    }
}
