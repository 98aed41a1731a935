//! `tenantry client`.

use std::{io::Read, path::PathBuf};

use clap::Subcommand;
use domain::PartnerId;

use super::{open, user::sentence};
use crate::config::Config;

/// What to do with clients.
#[derive(Subcommand)]
pub(super) enum Client {
    /// Makes a new client of the archive of a backup: all of it or nothing
    Restore {
        /// The archive, a .zip file
        file: PathBuf,
        /// The new client's name
        #[arg(long = "as", value_name = "NAME")]
        name: String,
        /// The partner
        #[arg(long, default_value = "msp_1")]
        partner: PartnerId,
        /// Restore secrets too; their passphrase is read from standard input
        #[arg(long)]
        with_secrets: bool,
    },
}

impl Client {
    #[expect(clippy::print_stdout, reason = "what the command answers")]
    pub(super) async fn run(self, config: &Config) -> Result<(), String> {
        let Self::Restore { file, name, partner, with_secrets } = self;
        let mut typed = String::new();
        if with_secrets {
            std::io::stdin().read_to_string(&mut typed).map_err(|error| format!("the passphrase can’t be read: {error}"))?;
        }
        let passphrase = with_secrets.then(|| typed.trim_end_matches(['\r', '\n']));
        let services = open(config).await?;
        let said = services.operator().client_restore(partner, &file, &name, passphrase).await;
        services.close().await;
        println!("{}", said.map_err(|fault| sentence(fault.into()))?);
        Ok(())
    }
}
