//! `tenantry user`.

use std::io::Read;

use clap::Subcommand;
use domain::{ClientId, Error, NewPassword, PartnerId};
use services::NewUser;

use super::open;
use crate::config::Config;

/// What to do with users.
#[derive(Subcommand)]
pub(super) enum User {
    /// Creates a user; the password is read from standard input
    Create {
        /// What the user signs in with, an e-mail address as a rule
        #[arg(long)]
        login: String,
        /// First name
        #[arg(long)]
        first_name: String,
        /// Last name
        #[arg(long)]
        last_name: String,
        /// E-mail address [default: the login name]
        #[arg(long)]
        email: Option<String>,
        /// The role's name, such as "Partner Administrator"
        #[arg(long)]
        role: String,
        /// The partner
        #[arg(long, default_value = "msp_1")]
        partner: PartnerId,
        /// The client, for a client's user
        #[arg(long)]
        client: Option<ClientId>,
    },
    /// Removes the second factor of a user who lost it, and signs them out
    ResetSecondFactor {
        /// What the user signs in with
        #[arg(long)]
        login: String,
    },
}

impl User {
    #[expect(clippy::print_stdout, reason = "what the command answers")]
    pub(super) async fn run(self, config: &Config) -> Result<(), String> {
        let (login, first_name, last_name, email, role, partner, client) = match self {
            Self::ResetSecondFactor { login } => {
                let services = open(config).await?;
                services.operator().factor_reset(&login).await.map_err(|fault| sentence(fault.into()))?;
                println!("Two-factor authentication is off for {login}.");
                return Ok(());
            }
            Self::Create { login, first_name, last_name, email, role, partner, client } => {
                (login, first_name, last_name, email, role, partner, client)
            }
        };
        let mut typed = String::new();
        std::io::stdin().read_to_string(&mut typed).map_err(|error| format!("the password can’t be read: {error}"))?;
        let password = NewPassword::parse(typed.trim_end_matches(['\r', '\n'])).map_err(|sentences| format!("the password won’t do: {sentences}"))?;
        let email = email.unwrap_or_else(|| login.clone());
        let services = open(config).await?;
        let user = services.operator().user_create(NewUser { partner, client, login, first_name, last_name, email, password, role }).await;
        println!("{}", user.map_err(|fault| sentence(fault.into()))?);
        Ok(())
    }
}

/// An error for the terminal: every violation with its field.
pub(super) fn sentence(error: Error) -> String {
    match error {
        Error::Invalid { violations } => {
            violations.iter().map(|violation| format!("{}: {}", violation.field, violation.message)).collect::<Vec<_>>().join("\n")
        }
        other => other.to_string(),
    }
}
