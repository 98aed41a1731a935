//! `tenantry seed`.

use clap::Args;
use domain::{ClientId, Error};
use services::DEMO_PASSWORD;

use super::open;
use crate::config::Config;

/// What to fill the database with.
#[derive(Args)]
#[group(required = true, multiple = true)]
pub(super) struct Seed {
    /// A partner with some 200 clients and a user for each default role
    #[arg(long)]
    demo: bool,
    /// So many more clients with realistic names, the same every time
    #[arg(long, value_name = "N")]
    clients: Option<u64>,
    /// So many more devices at the clients that are there
    #[arg(long, value_name = "N")]
    devices: Option<u64>,
    /// All these devices at one client, such as client_12
    #[arg(long, value_name = "ID", requires = "devices")]
    client: Option<ClientId>,
    /// So many more users, of the partner and of the clients that are there; they can't sign in
    #[arg(long, value_name = "N")]
    users: Option<u64>,
    /// So many more roles, which list clients, users and devices
    #[arg(long, value_name = "N")]
    roles: Option<u64>,
    /// So many more audit records, of the years before
    #[arg(long, value_name = "N")]
    audit: Option<u64>,
}

impl Seed {
    #[expect(clippy::print_stdout, reason = "what the command answers")]
    pub(super) async fn run(self, config: &Config) -> Result<(), String> {
        let services = open(config).await?;
        if self.demo {
            let users = services.operator().seed_demo().await.map_err(|fault| Error::from(fault).to_string())?;
            println!("Demo data is in. Sign in with one of these, password {DEMO_PASSWORD}");
            for (login, role) in users {
                println!("  {login:<34} {role}");
            }
        }
        let sentence = |fault| Error::from(fault).to_string();
        if let Some(count) = self.clients {
            services.operator().seed_clients(count, progress("clients", count)).await.map_err(sentence)?;
        }
        if let Some(count) = self.devices {
            services.operator().seed_devices(count, self.client, progress("devices", count)).await.map_err(sentence)?;
        }
        if let Some(count) = self.users {
            services.operator().seed_users(count, progress("users", count)).await.map_err(sentence)?;
        }
        if let Some(count) = self.roles {
            services.operator().seed_roles(count, progress("roles", count)).await.map_err(sentence)?;
        }
        if let Some(count) = self.audit {
            services.operator().seed_audit(count, progress("audit records", count)).await.map_err(sentence)?;
        }
        Ok(())
    }
}

/// Tells now and then how many there are.
#[expect(clippy::print_stdout, reason = "what the command answers")]
fn progress(noun: &'static str, count: u64) -> impl FnMut(u64) {
    move |done| {
        if done.is_multiple_of(100_000) || done == count {
            println!("{done} of {count} {noun}");
        }
    }
}
