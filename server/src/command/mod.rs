//! The commands of the binary.

mod api_key;
mod audit;
mod client;
mod descriptors;
mod key;
mod open;
mod seed;
mod serve;
mod user;

use clap::{Parser, Subcommand};

use crate::{
    config::{Config, Options},
    log,
};

pub use open::open;

/// The console with which managed service providers run their tenants.
#[derive(Parser)]
#[command(name = "tenantry", version, about)]
pub struct Tenantry {
    #[command(flatten)]
    options: Options,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serves the console; brings the database up to date first
    Serve,
    /// Brings the database's schema up to date
    Migrate,
    /// Fills the database with demo data, or with many clients, users, devices and roles for load tests
    Seed(seed::Seed),
    /// Manages API keys
    #[command(subcommand)]
    ApiKey(api_key::ApiKey),
    /// Manages clients
    #[command(subcommand)]
    Client(client::Client),
    /// Manages users
    #[command(subcommand)]
    User(user::User),
    /// Verifies the audit log
    #[command(subcommand)]
    Audit(audit::Audit),
    /// Manages the master key
    #[command(subcommand)]
    Key(key::Key),
    /// Prints the CloudFormation template of AWS's quick-create links, to be stored in S3
    AwsTemplate,
}

impl Tenantry {
    /// Runs the command.
    ///
    /// # Errors
    /// A sentence for the person at the terminal.
    pub fn run(self) -> Result<(), String> {
        // What is written, such as uploaded files, is for its owner only.
        #[cfg(unix)]
        rustix::process::umask(rustix::fs::Mode::RWXG | rustix::fs::Mode::RWXO);
        let config = Config::load(self.options)?;
        log::start(&config)?;
        let runtime =
            tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(|error| format!("the runtime can’t be started: {error}"))?;
        runtime.block_on(async {
            match self.command {
                Command::Serve => serve::serve(config).await,
                Command::Migrate => open(&config).await.map(drop),
                Command::Seed(seed) => seed.run(&config).await,
                Command::ApiKey(key) => key.run(&config).await,
                Command::Client(client) => client.run(&config).await,
                Command::User(user) => user.run(&config).await,
                Command::Audit(audit) => audit.run(&config).await,
                Command::Key(key) => key.run(&config).await,
                Command::AwsTemplate => {
                    print_aws_template();
                    Ok(())
                }
            }
        })
    }
}

#[expect(clippy::print_stdout, reason = "what the command answers")]
fn print_aws_template() {
    println!("{}", services::aws::quick_create_template());
}
