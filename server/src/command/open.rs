//! Opens everything that services need, as configured.

use std::{fs, io::Write, path::Path, sync::Arc};

use services::{Files, Ids, RandomIds, Services, Store, SystemClock, Vault};

use crate::config::Config;

/// Opens the database, brings its schema up to date, and puts the services together.
///
/// # Errors
/// A sentence that says what can't be opened.
pub async fn open(config: &Config) -> Result<Services, String> {
    fs::create_dir_all(&config.data).map_err(|error| format!("the data directory {} can’t be made: {error}", config.data.display()))?;
    let store = Store::open(&config.database).await.map_err(|error| format!("the database can’t be opened: {error}"))?;
    store.migrate().await.map_err(|error| format!("the database can’t be brought up to date: {error}"))?;
    let vault = Vault::from_key(master_key(&config.master_key_file)?);
    let files = Files::local(&config.files).map_err(|error| format!("the directory for files {} can’t be used: {error}", config.files.display()))?;
    let services = Services::new(store, Arc::new(SystemClock), Arc::new(RandomIds));
    Ok(services.with_vault(vault).with_files(files).with_mailer(config.mailer.clone()))
}

/// Reads the master key, or makes one that only its owner can read.
pub(super) fn master_key(file: &Path) -> Result<[u8; 32], String> {
    match fs::read_to_string(file) {
        Ok(text) => parse(text.trim()).ok_or_else(|| format!("the master key in {} must be 64 hexadecimal digits", file.display())),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            let key = RandomIds.secret();
            write(file, &key).map_err(|error| format!("the master key can’t be written to {}: {error}", file.display()))?;
            Ok(key)
        }
        Err(error) => Err(format!("the master key in {} can’t be read: {error}", file.display())),
    }
}

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
        fs::write(&file, "short").unwrap();
        assert!(master_key(&file).unwrap_err().contains("64 hexadecimal digits"));
    }
}
