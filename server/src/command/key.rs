//! `tenantry key`.

use std::path::PathBuf;

use clap::Subcommand;
use domain::Error;
use services::Vault;

use super::open::{master_key, open};
use crate::config::Config;

/// What to do with the master key.
#[derive(Subcommand)]
pub(super) enum Key {
    /// Wraps every tenant's key with a new master key; stop every server first
    Rotate {
        /// The file with the new master key, 64 hexadecimal digits; made if it is not there
        #[arg(long, env = "TENANTRY_NEW_KEY_FILE", value_name = "FILE")]
        new_key_file: PathBuf,
    },
}

impl Key {
    #[expect(clippy::print_stdout, reason = "what the command answers")]
    pub(super) async fn run(self, config: &Config) -> Result<(), String> {
        let Self::Rotate { new_key_file } = self;
        if !config.master_key_file.exists() {
            return Err(format!("there is no master key in {} that could be replaced", config.master_key_file.display()));
        }
        let services = open(config).await?;
        let new = Vault::from_key(master_key(&new_key_file)?);
        let count = services.operator().key_rotate(&new).await.map_err(|fault| Error::from(fault).to_string())?;
        services.close().await;
        println!("{count} keys of tenants are wrapped by the master key in {} now.", new_key_file.display());
        println!(
            "Put it in the place of {} before a server starts, and keep the old one as long as backups that need it.",
            config.master_key_file.display()
        );
        Ok(())
    }
}
