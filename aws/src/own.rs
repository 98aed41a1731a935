//! The server's own identities: its default one, and those of named profiles.

use std::{sync::LazyLock, time::Duration};

use aws_config::{
    BehaviorVersion, Region, SdkConfig,
    environment::EnvironmentVariableRegionProvider,
    identity::IdentityCache,
    meta::region::RegionProviderChain,
    profile::{ProfileFileCredentialsProvider, ProfileFileRegionProvider},
    provider_config::ProviderConfig,
    retry::RetryConfig,
    timeout::TimeoutConfig,
};
use aws_runtime::env_config::file::{EnvConfigFileKind, EnvConfigFiles};
use aws_sdk_sts::config::SharedHttpClient;
use aws_smithy_http_client::{
    Builder,
    tls::{Provider, rustls_provider::CryptoMode},
};

/// Where organizations and roles are managed, which belong to no region, and where STS answers whoever named none.
const REGION: &str = "us-east-1";

const CONNECT: Duration = Duration::from_secs(5);
const ATTEMPT: Duration = Duration::from_secs(10);
/// A call with all its attempts, shorter than the time that a request of a page has.
const CALL: Duration = Duration::from_secs(20);
/// Attempts of a call that is throttled, with half a second to five seconds in between.
const ATTEMPTS: u32 = 6;
const FIRST_PAUSE: Duration = Duration::from_millis(500);
const LONGEST_PAUSE: Duration = Duration::from_secs(5);

/// One for all, because it holds the connections. It reads the machine's root certificates when it first connects.
static HTTP: LazyLock<SharedHttpClient> = LazyLock::new(|| Builder::new().tls_provider(Provider::Rustls(CryptoMode::Ring)).build_https());

/// Where the server's own identities are found.
pub(crate) enum Own {
    /// In its environment, its profiles and its machine.
    Environment,
    /// In a text in the format of the file of credentials.
    Profiles { endpoint: String, profiles: String },
}

impl Own {
    /// Reads the configuration of a profile, or of the default identity. Credentials are read by the first call.
    pub(crate) async fn load(&self, profile: Option<&str>) -> SdkConfig {
        let files = self.profile_files();
        // A text's default profile is named, so that neither the environment nor the machine is asked for another identity.
        let profile = profile.or(match self {
            Self::Environment => None,
            Self::Profiles { .. } => Some("default"),
        });
        let region = region(profile, &files).await;
        let mut loader = aws_config::defaults(BehaviorVersion::latest())
            .http_client(HTTP.clone())
            .region(region.clone())
            .profile_files(files.clone())
            .retry_config(RetryConfig::standard().with_max_attempts(ATTEMPTS).with_initial_backoff(FIRST_PAUSE).with_max_backoff(LONGEST_PAUSE))
            .timeout_config(TimeoutConfig::builder().connect_timeout(CONNECT).operation_attempt_timeout(ATTEMPT).operation_timeout(CALL).build())
            .identity_cache(IdentityCache::lazy().load_timeout(CALL).build());
        if let Self::Profiles { endpoint, .. } = self {
            loader = loader.empty_test_environment().endpoint_url(endpoint);
        }
        if let Some(name) = profile {
            // By default the environment's credentials would come before those of the profile.
            let config = ProviderConfig::without_region().with_http_client(HTTP.clone()).with_region(Some(region));
            let credentials = ProfileFileCredentialsProvider::builder().configure(&config).profile_files(files).profile_name(name).build();
            loader = loader.profile_name(name).credentials_provider(credentials);
        }
        loader.load().await
    }

    fn profile_files(&self) -> EnvConfigFiles {
        match self {
            Self::Environment => EnvConfigFiles::default(),
            Self::Profiles { profiles, .. } => EnvConfigFiles::builder().with_contents(EnvConfigFileKind::Credentials, profiles).build(),
        }
    }
}

/// Of the environment or the profile. The machine isn't asked: where there is none that answers, that takes seconds.
async fn region(profile: Option<&str>, files: &EnvConfigFiles) -> Region {
    let mut of_profile = ProfileFileRegionProvider::builder().profile_files(files.clone());
    if let Some(name) = profile {
        of_profile = of_profile.profile_name(name);
    }
    let found = RegionProviderChain::first_try(EnvironmentVariableRegionProvider::new()).or_else(of_profile.build()).region().await;
    found.unwrap_or(Region::from_static(REGION))
}
