//! `tenantry audit`.

use std::{fs, io::Write, path::PathBuf};

use clap::Subcommand;
use services::AuditCheckpoint;

use super::{open, user::sentence};
use crate::config::Config;

/// What to do with the audit log.
#[derive(Subcommand)]
pub(super) enum Audit {
    /// Verifies that no record was changed, removed or added behind the program's back, and names the first that was
    Verify {
        /// A file of checkpoints, which must fit too
        #[arg(long, value_name = "FILE")]
        checkpoints: Option<PathBuf>,
    },
    /// Prints the end of every partner's chain of records; store it where the database’s administrators can’t write
    Checkpoint {
        /// Appends it to a file as well
        #[arg(long, value_name = "FILE")]
        file: Option<PathBuf>,
        /// Mails it to an address as well
        #[arg(long, value_name = "ADDRESS")]
        mail: Option<String>,
    },
}

impl Audit {
    pub(super) async fn run(self, config: &Config) -> Result<(), String> {
        match self {
            Self::Verify { checkpoints } => verify(config, checkpoints).await,
            Self::Checkpoint { file, mail } => checkpoint(config, file, mail).await,
        }
    }
}

#[expect(clippy::print_stdout, reason = "what the command answers")]
async fn verify(config: &Config, file: Option<PathBuf>) -> Result<(), String> {
    let text = match &file {
        Some(file) => fs::read_to_string(file).map_err(|error| format!("the checkpoints in {} can’t be read: {error}", file.display()))?,
        None => String::new(),
    };
    let checkpoints =
        text.lines().filter(|line| !line.trim().is_empty()).map(str::parse).collect::<Result<Vec<AuditCheckpoint>, _>>().map_err(sentence)?;
    let services = open(config).await?;
    let verified = services.operator().audit_verify(&checkpoints).await;
    services.close().await;
    let mut faults = Vec::new();
    for chain in verified.map_err(|fault| sentence(fault.into()))? {
        let deleted = chain.deleted.map(|last| format!(", old ones deleted up to {last}")).unwrap_or_default();
        println!("{}: {} records verified, {} of erased clients{deleted}", chain.partner, chain.records, chain.erased);
        faults.extend(chain.fault.map(|fault| format!("{}: {fault} behind the program’s back", chain.partner)));
    }
    if faults.is_empty() { Ok(()) } else { Err(faults.join("\n")) }
}

#[expect(clippy::print_stdout, reason = "what the command answers")]
async fn checkpoint(config: &Config, file: Option<PathBuf>, mail: Option<String>) -> Result<(), String> {
    let services = open(config).await?;
    let made = async {
        let checkpoints = services.operator().audit_checkpoints().await?;
        let text: String = checkpoints.iter().map(|checkpoint| format!("{checkpoint}\n")).collect();
        if let Some(address) = &mail {
            services.operator().audit_checkpoint_mail(address, &text).await?;
        }
        services::Result::Ok(text)
    }
    .await;
    services.close().await;
    let text = made.map_err(|fault| sentence(fault.into()))?;
    print!("{text}");
    let Some(file) = file else { return Ok(()) };
    let appended = fs::OpenOptions::new().create(true).append(true).open(&file).and_then(|mut opened| opened.write_all(text.as_bytes()));
    appended.map_err(|error| format!("the checkpoint can’t be written to {}: {error}", file.display()))
}
