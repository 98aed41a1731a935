//! `tenantry seed`.

use clap::Args;
use domain::Error;
use services::DEMO_PASSWORD;

use super::open;
use crate::config::Config;

/// What to fill the database with.
#[derive(Args)]
#[group(required = true)]
pub(super) struct Seed {
    /// A partner with some 200 clients and a user for each default role
    #[arg(long)]
    demo: bool,
    /// So many more clients with realistic names, the same every time
    #[arg(long, value_name = "N")]
    clients: Option<u64>,
}

impl Seed {
    #[expect(clippy::print_stdout, reason = "what the command answers")]
    pub(super) async fn run(self, config: &Config) -> Result<(), String> {
        let services = open(config).await?;
        if self.demo {
            let users = services.seed_demo().await.map_err(|fault| Error::from(fault).to_string())?;
            println!("Demo data is in. Sign in with one of these, password {DEMO_PASSWORD}");
            for (login, role) in users {
                println!("  {login:<34} {role}");
            }
        }
        if let Some(count) = self.clients {
            let progress = |done: u64| {
                if done.is_multiple_of(50_000) || done == count {
                    println!("{done} of {count} clients");
                }
            };
            services.seed_clients(count, progress).await.map_err(|fault| Error::from(fault).to_string())?;
        }
        Ok(())
    }
}
