//! Signing in: the server's own identity, and from there one role after another. Sessions of roles last 15 minutes and stay in memory.

use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use aws_config::{SdkConfig, identity::IdentityCache};
use aws_credential_types::{Credentials, provider::SharedCredentialsProvider};
use aws_sdk_sts::{Client, types::Credentials as Issued};
use domain::AwsSignIn;
use services::aws::calls::{Assumed, AwsFault, Signer};

use crate::{fault::fault, own::Own};

/// The shortest that AWS gives.
const SECONDS: i32 = 900;
/// How long a session is used, so that none ends during a call. The server's configuration is read again as often.
const USED: Duration = Duration::from_secs(600);
/// What AWS's records call the sessions.
const NAME: &str = "tenantry";

/// Where one signs in, and the roles that are assumed from there.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Way {
    profile: Option<String>,
    /// ARN and external ID of each.
    roles: Vec<(String, Option<String>)>,
}

impl Way {
    fn of(by: &Signer) -> Self {
        let (profile, first) = match &by.sign_in {
            AwsSignIn::Server => (None, None),
            AwsSignIn::Profile { name } => (Some(name.clone()), None),
            AwsSignIn::Role { arn } => (None, Some(Assumed { arn: arn.clone(), external_id: Some(by.external_id.clone()) })),
        };
        let roles = first.iter().chain(&by.role).map(|role| (role.arn.to_string(), role.external_id.clone())).collect();
        Self { profile, roles }
    }

    /// The way up to a number of roles.
    fn part(&self, roles: usize) -> Self {
        Self { profile: self.profile.clone(), roles: self.roles[..roles].to_vec() }
    }
}

struct Session {
    config: SdkConfig,
    until: Instant,
}

pub(crate) struct Sessions {
    own: Own,
    known: Mutex<HashMap<Way, Session>>,
}

impl Sessions {
    pub(crate) fn of(own: Own) -> Self {
        Self { own, known: Mutex::default() }
    }

    /// Signs in, or takes the session that there is.
    pub(crate) async fn config(&self, by: &Signer) -> Result<SdkConfig, AwsFault> {
        let way = Way::of(by);
        let mut config = match self.find(&way.part(0)) {
            Some(known) => known,
            None => self.keep(way.part(0), self.own.load(way.profile.as_deref()).await),
        };
        for (at, (role, external_id)) in way.roles.iter().enumerate() {
            let part = way.part(at + 1);
            config = match self.find(&part) {
                Some(known) => known,
                None => self.keep(part, assume(&config, role, external_id.as_deref()).await.map_err(|fault| self.fault(by, fault))?),
            };
        }
        Ok(config)
    }

    /// Forgets the session of the last role, so that it is assumed anew.
    pub(crate) fn forget_last(&self, by: &Signer) {
        let way = Way::of(by);
        if !way.roles.is_empty() {
            self.lock().remove(&way);
        }
    }

    /// What a signer makes of a fault: it forgets what AWS refused, and says which credentials are missing.
    pub(crate) fn fault(&self, by: &Signer, fault: AwsFault) -> AwsFault {
        match fault {
            AwsFault::CredentialsRefused(_) => {
                self.forget(by);
                fault
            }
            AwsFault::NoCredentials(reason) if reason.is_empty() => AwsFault::NoCredentials(match &by.sign_in {
                AwsSignIn::Profile { name } => format!("the profile “{name}” isn’t configured"),
                AwsSignIn::Server | AwsSignIn::Role { .. } => "none are configured".to_owned(),
            }),
            _ => fault,
        }
    }

    fn forget(&self, by: &Signer) {
        let way = Way::of(by);
        let mut known = self.lock();
        for roles in 0..=way.roles.len() {
            known.remove(&way.part(roles));
        }
    }

    fn find(&self, way: &Way) -> Option<SdkConfig> {
        self.lock().get(way).filter(|session| Instant::now() < session.until).map(|session| session.config.clone())
    }

    fn keep(&self, way: Way, config: SdkConfig) -> SdkConfig {
        let now = Instant::now();
        let mut known = self.lock();
        known.retain(|_, session| now < session.until);
        known.insert(way, Session { config: config.clone(), until: now + USED });
        config
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Way, Session>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Assumes a role.
async fn assume(by: &SdkConfig, role: &str, external_id: Option<&str>) -> Result<SdkConfig, AwsFault> {
    let call = Client::new(by)
        .assume_role()
        .role_arn(role)
        .role_session_name(NAME)
        .duration_seconds(SECONDS)
        .set_external_id(external_id.map(str::to_owned));
    let answer = call.send().await.map_err(|error| fault("sts:AssumeRole", &error))?;
    let issued =
        answer.credentials.ok_or_else(|| AwsFault::Other { code: "AssumeRole".to_owned(), message: "AWS gave no credentials".to_owned() })?;
    let Issued { access_key_id, secret_access_key, session_token, .. } = issued;
    let credentials = Credentials::new(access_key_id, secret_access_key, Some(session_token), None, NAME);
    Ok(by.to_builder().credentials_provider(SharedCredentialsProvider::new(credentials)).identity_cache(IdentityCache::no_cache()).build())
}
