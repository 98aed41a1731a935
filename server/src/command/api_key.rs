//! `tenantry api-key`.

use clap::Subcommand;
use domain::TenantId;

use super::{open, user::sentence};
use crate::config::Config;

/// What to do with API keys.
#[derive(Subcommand)]
pub(super) enum ApiKey {
    /// Creates a key and prints it with its secret, this once, as JSON
    Create {
        /// For whom: a partner such as msp_1, or a client such as client_9
        #[arg(long, default_value = "msp_1")]
        tenant: TenantId,
        /// What the key is called
        #[arg(long)]
        name: String,
        /// The role's name, such as "Partner Administrator"
        #[arg(long)]
        role: String,
    },
}

impl ApiKey {
    #[expect(clippy::print_stdout, reason = "what the command answers")]
    pub(super) async fn run(self, config: &Config) -> Result<(), String> {
        let Self::Create { tenant, name, role } = self;
        let services = open(config).await?;
        let new = services.operator().api_key_create(tenant, &name, &role).await.map_err(|fault| sentence(fault.into()))?;
        services.close().await;
        let answer = serde_json::to_string(&new).map_err(|error| error.to_string())?;
        println!("{answer}");
        Ok(())
    }
}
