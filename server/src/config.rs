//! Configuration: flags, then environment, then a TOML file, in that order of strength. A wrong value stops the start with a sentence.

mod mail;
mod public_url;

use std::{
    fs,
    net::SocketAddr,
    path::{Path, PathBuf},
};

use clap::Args;
use domain::canonical_network;
use ipnet::IpNet;
use serde::Deserialize;
use services::{Mailer, Passkeys};

/// The file that is read where none is named.
const DEFAULT_FILE: &str = "tenantry.toml";

/// What can be configured, each by flag, environment variable or key of the file.
#[derive(Args, Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Options {
    /// The TOML file with further settings; its keys are the names of these flags [default: tenantry.toml, if it is there]
    #[arg(long, global = true, env = "TENANTRY_CONFIG", value_name = "FILE")]
    #[serde(skip)]
    pub config: Option<PathBuf>,
    /// Where the database, the files and the master key are kept unless said otherwise [default: tenantry-data]
    #[arg(long, global = true, env = "TENANTRY_DATA", value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// The database: sqlite:///path/to/file.db or postgres://user:password@host/name?sslmode=verify-full [default: tenantry.db in the data directory]
    #[arg(long, global = true, env = "TENANTRY_DATABASE_URL", value_name = "URL", hide_env_values = true)]
    pub database: Option<String>,
    /// Where uploaded files are kept [default: files in the data directory]
    #[arg(long, global = true, env = "TENANTRY_FILES", value_name = "DIR")]
    pub files: Option<PathBuf>,
    /// The file with the master key, 64 hexadecimal digits, that encrypts stored secrets [default: master.key in the data directory, made at first start]
    #[arg(long, global = true, env = "TENANTRY_MASTER_KEY_FILE", value_name = "FILE")]
    pub master_key_file: Option<PathBuf>,
    /// Address and port to listen on [default: 127.0.0.1:3000]
    #[arg(long, global = true, env = "TENANTRY_LISTEN", value_name = "ADDRESS")]
    pub listen: Option<SocketAddr>,
    /// How many connections may be open at a time, a quarter of them from one address unless it is a trusted proxy's [default: 1000]
    #[arg(long, global = true, env = "TENANTRY_MAX_CONNECTIONS", value_name = "COUNT")]
    pub max_connections: Option<usize>,
    /// Proxies whose X-Forwarded-For is believed, as addresses or networks parted by commas [default: none]
    #[arg(long, global = true, env = "TENANTRY_TRUSTED_PROXIES", value_name = "LIST", value_delimiter = ',')]
    pub trusted_proxies: Option<Vec<String>>,
    /// Whether browsers shall use HTTPS for every subdomain of the console's host too, which they remember for two years [default: false]
    #[arg(long, global = true, env = "TENANTRY_HSTS_INCLUDE_SUBDOMAINS", value_name = "BOOL", num_args = 0..=1, require_equals = true, default_missing_value = "true")]
    pub hsts_include_subdomains: Option<bool>,
    /// How many calls of the API a key may make in a minute; 0 for as many as it likes [default: 600]
    #[arg(long, global = true, env = "TENANTRY_API_RATE_LIMIT", value_name = "CALLS")]
    pub api_rate_limit: Option<u32>,
    /// The address under which people reach the console, as in https://console.example.com; for links in mails and for passkeys
    #[arg(long, global = true, env = "TENANTRY_PUBLIC_URL", value_name = "URL")]
    pub public_url: Option<String>,
    /// The server that mails invitations, password links, notices to users, reports and jobs that failed, as in smtps://user:password@mail.example.com [default: none; links are only shown]
    #[arg(long, global = true, env = "TENANTRY_SMTP_URL", value_name = "URL", hide_env_values = true)]
    pub smtp_url: Option<String>,
    /// Whom mails are from, as in "Tenantry <tenantry@example.com>"
    #[arg(long, global = true, env = "TENANTRY_MAIL_FROM", value_name = "ADDRESS")]
    pub mail_from: Option<String>,
    /// Where in S3 the template of AWS's quick-create links is stored, as `tenantry aws-template` prints it [default: none; there are no such links]
    #[arg(long, global = true, env = "TENANTRY_AWS_TEMPLATE_URL", value_name = "URL")]
    pub aws_template_url: Option<String>,
    /// What to log, as in "info" or "warn,server=debug" [default: info]
    #[arg(long, global = true, env = "TENANTRY_LOG", value_name = "FILTER")]
    pub log: Option<String>,
    /// How to log: text or json [default: text]
    #[arg(long, global = true, env = "TENANTRY_LOG_FORMAT", value_name = "FORMAT")]
    pub log_format: Option<LogFormat>,
}

/// How lines of the log look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// For people.
    #[default]
    Text,
    /// For machines.
    Json,
}

/// The configuration in force.
#[derive(Clone, Debug)]
pub struct Config {
    /// Directory of everything that is not elsewhere.
    pub data: PathBuf,
    /// URL of the database.
    pub database: String,
    /// Directory of uploaded files.
    pub files: PathBuf,
    /// File of the master key.
    pub master_key_file: PathBuf,
    /// Address to listen on.
    pub listen: SocketAddr,
    /// The limit of open connections; none for the default.
    pub max_connections: Option<usize>,
    /// Proxies whose word on the client's address is believed.
    pub trusted_proxies: Vec<IpNet>,
    /// Whether HSTS includes subdomains.
    pub hsts_include_subdomains: bool,
    /// Calls of the API that a key may make in a minute; 0 for no limit.
    pub api_rate_limit: u32,
    /// What sends mails, if anything.
    pub mailer: Option<Mailer>,
    /// What passkeys need, if the console has a public address for them.
    pub passkeys: Option<Passkeys>,
    /// The address of the template of AWS's quick-create links, if there is one.
    pub aws_template_url: Option<String>,
    /// Filter of the log.
    pub log: String,
    /// Form of the log.
    pub log_format: LogFormat,
}

impl Config {
    /// Joins flags and environment with the file and the defaults.
    ///
    /// # Errors
    /// A sentence that names the wrong value.
    pub fn load(options: Options) -> Result<Self, String> {
        let file = options.config.clone();
        let beside = match &file {
            Some(file) => read(file)?,
            None if Path::new(DEFAULT_FILE).exists() => read(Path::new(DEFAULT_FILE))?,
            None => Options::default(),
        };
        let data = options.data.or(beside.data).unwrap_or_else(|| PathBuf::from("tenantry-data"));
        let database = match options.database.or(beside.database) {
            Some(url) if ["sqlite:", "postgres:", "postgresql:"].iter().any(|scheme| url.starts_with(scheme)) => url,
            Some(_) => return Err("the database URL must begin with sqlite: or postgres:".to_owned()),
            None => format!("sqlite://{}", data.join("tenantry.db").display()),
        };
        let public_url = options.public_url.or(beside.public_url).as_deref().map(public_url::console).transpose()?;
        let proxies = options.trusted_proxies.or(beside.trusted_proxies).unwrap_or_default();
        Ok(Self {
            files: options.files.or(beside.files).unwrap_or_else(|| data.join("files")),
            master_key_file: options.master_key_file.or(beside.master_key_file).unwrap_or_else(|| data.join("master.key")),
            listen: options.listen.or(beside.listen).unwrap_or_else(|| SocketAddr::from(([127, 0, 0, 1], 3000))),
            max_connections: match options.max_connections.or(beside.max_connections) {
                Some(0) => return Err("at least one connection must be allowed: set max-connections to 1 or more".to_owned()),
                count => count,
            },
            trusted_proxies: proxies.iter().map(|proxy| network(proxy)).collect::<Result<_, _>>()?,
            hsts_include_subdomains: options.hsts_include_subdomains.or(beside.hsts_include_subdomains).unwrap_or_default(),
            api_rate_limit: options.api_rate_limit.or(beside.api_rate_limit).unwrap_or(600),
            passkeys: public_url.as_deref().and_then(Passkeys::at),
            mailer: mail::mailer(options.smtp_url.or(beside.smtp_url), options.mail_from.or(beside.mail_from), public_url)?,
            aws_template_url: match options.aws_template_url.or(beside.aws_template_url) {
                Some(url) if !url.starts_with("https://") => return Err("the address of the AWS template must begin with https://".to_owned()),
                url => url,
            },
            log: options.log.or(beside.log).unwrap_or_else(|| "info".to_owned()),
            log_format: options.log_format.or(beside.log_format).unwrap_or_default(),
            data,
            database,
        })
    }
}

fn read(file: &Path) -> Result<Options, String> {
    let text = fs::read_to_string(file).map_err(|error| format!("the configuration file {} can’t be read: {error}", file.display()))?;
    toml::from_str(&text).map_err(|error| format!("the configuration file {} is wrong: {}", file.display(), error.message()))
}

/// Parses the address or network of a trusted proxy.
pub(crate) fn network(text: &str) -> Result<IpNet, String> {
    let text = text.trim();
    let single = text.parse().map(|ip: std::net::IpAddr| IpNet::from(ip));
    single
        .or_else(|_| text.parse())
        .map(canonical_network)
        .map_err(|_| format!("“{text}” among the trusted proxies is neither an address nor a network such as 10.0.0.0/8"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(text: &str) -> (tempfile::TempDir, Options) {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("tenantry.toml");
        fs::write(&path, text).unwrap();
        (dir, Options { config: Some(path), ..Options::default() })
    }

    #[test]
    fn a_flag_is_stronger_than_the_file_and_the_file_than_the_default() {
        let (_dir, options) = file("listen = \"127.0.0.1:4000\"\ndata = \"/srv/tenantry\"\n");
        let config = Config::load(Options { listen: Some(([127, 0, 0, 1], 5000).into()), ..options }).unwrap();
        assert_eq!(config.listen.port(), 5000);
        assert_eq!(config.database, "sqlite:///srv/tenantry/tenantry.db");
        assert_eq!(config.log, "info");
    }

    #[test]
    fn subdomains_are_left_alone_unless_somebody_says_otherwise() {
        let (_dir, options) = file("hsts-include-subdomains = true\n");
        assert!(Config::load(options.clone()).unwrap().hsts_include_subdomains);
        assert!(!Config::load(Options { hsts_include_subdomains: Some(false), ..options }).unwrap().hsts_include_subdomains);
        let (_dir, nothing) = file("");
        assert!(!Config::load(nothing).unwrap().hsts_include_subdomains);
    }

    #[test]
    fn a_wrong_value_is_told_in_a_sentence() {
        let (_dir, options) = file("listne = \"x\"\n");
        assert!(Config::load(options).unwrap_err().contains("unknown field `listne`"));
        let wrong = |options| Config::load(Options { config: None, ..options }).unwrap_err();
        assert!(wrong(Options { database: Some("mysql://x".into()), ..Options::default() }).contains("must begin with sqlite:"));
        assert_eq!(network("::ffff:10.0.0.0/104"), network("10.0.0.0/8"), "proxies are compared as IPv4, as their addresses are");
        assert!(wrong(Options { aws_template_url: Some("s3://bucket/x".into()), ..Options::default() }).contains("https://"));
        assert!(wrong(Options { trusted_proxies: Some(vec!["proxy".into()]), ..Options::default() }).contains("“proxy”"));
    }
}
