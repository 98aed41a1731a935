//! API keys: what programs prove themselves with. Each acts with its roles, like a person.

use serde::{Deserialize, Serialize};

use crate::{
    ApiKeyId, ClientId, Draft, Error, IP_REFUSAL, IpRestriction, NameSort, OfClient, Permission, Query, RoleId, Scope, Timestamp, UserId, UserRole,
    UserSummary, Violations, choice::choice, limits, text, too_many_attempts,
};

choice!(
    /// Which keys are listed instead of those in force.
    ApiKeyFilter {
        /// Those in force for a few more days only ([`EXPIRES_SOON_SECONDS`]).
        Expiring = "expiring", "Expiring soon";
        /// The revoked ones.
        Revoked = "revoked", "Revoked";
    }
);

/// A key expires soon that is of use for no longer than this: 30 days.
pub const EXPIRES_SOON_SECONDS: i64 = 30 * 24 * 60 * 60;

/// A view of the list of API keys.
pub type ApiKeyQuery = Query<NameSort, OfClient<Option<ApiKeyFilter>>>;

/// A key in a list, and all there is to show of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApiKey {
    /// Identifier.
    pub id: ApiKeyId,
    /// What a program names itself by; no secret.
    pub key: String,
    /// As whom it acts.
    pub user: UserId,
    /// The client it belongs to; none for the partner's own.
    pub client: Option<ClientId>,
    /// The name of the client or partner it belongs to.
    pub organization: String,
    /// Name.
    pub name: String,
    /// Where it may be used from, as an [`IpRestriction`]; empty for anywhere.
    pub allowed_ips: String,
    /// When it expires.
    pub expires: Option<Timestamp>,
    /// Since when it is revoked.
    pub revoked: Option<Timestamp>,
    /// Whether it is of use at the moment it is read.
    pub state: ApiKeyState,
    /// The last use, to a minute or so.
    pub last_used: Option<Timestamp>,
    /// From which address; empty for none.
    pub last_ip: String,
    /// When it was made.
    pub created: Timestamp,
    /// Its creator, if the reader can see that person; none for the operator.
    pub created_by: Option<UserSummary>,
    /// Its roles, by name.
    pub roles: Vec<UserRole>,
    /// Which state was read; a save of another is a conflict.
    pub version: i64,
}

/// Whether a key is of use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ApiKeyState {
    /// It is.
    Active,
    /// Its time is over; it may get more.
    Expired,
    /// Never again.
    Revoked,
}

impl ApiKeyState {
    /// The state at a moment.
    #[must_use]
    pub fn at(now: Timestamp, expires: Option<Timestamp>, revoked: Option<Timestamp>) -> Self {
        match (revoked, expires) {
            (Some(_), _) => Self::Revoked,
            (None, Some(expires)) if now >= expires => Self::Expired,
            _ => Self::Active,
        }
    }

    /// As people read it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Active => "Active",
            Self::Expired => "Expired",
            Self::Revoked => "Revoked",
        }
    }
}

/// What somebody needs to see the keys of the tenant in which they work, or to change them.
///
/// A partner's keys need the permissions for its settings. A client has no settings, so its keys need the permissions for its users.
#[must_use]
pub const fn api_key_permission(place: Scope, change: bool) -> Permission {
    match (place, change) {
        (Scope::Client(_), false) => Permission::UserView,
        (Scope::Client(_), true) => Permission::UserManage,
        (_, false) => Permission::SettingView,
        (_, true) => Permission::SettingManage,
    }
}

/// A key to be made, or what changes of one: what isn't given stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ApiKeyDraft {
    /// Name, unique among the tenant's keys that are not revoked.
    pub name: Option<String>,
    /// Where it may be used from; empty for anywhere.
    pub allowed_ips: Option<String>,
    /// The last day on which it is of use, as `2027-03-31` in UTC; empty for no end.
    pub expires: Option<String>,
    /// Its roles, at least one. They are chosen once: another role is another key.
    pub roles: Option<Vec<RoleId>>,
}

/// What is typed about a key, checked and in its normal form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ApiKeyProfile {
    /// Name.
    pub name: String,
    /// As [`ApiKey::allowed_ips`].
    pub allowed_ips: String,
    /// As [`ApiKey::expires`].
    pub expires: Option<Timestamp>,
}

impl Draft for ApiKeyDraft {
    /// The key before the change, none for a new one; and the time.
    type Context<'a> = (Option<&'a ApiKeyProfile>, Timestamp);
    type Checked = ApiKeyProfile;

    fn check(self, (before, now): (Option<&ApiKeyProfile>, Timestamp)) -> Result<ApiKeyProfile, Violations> {
        let mut violations = Violations::new();
        let mut profile = before.cloned().unwrap_or_default();
        if self.name.is_some() || before.is_none() {
            let name = text::required(self.name.as_deref().unwrap_or_default(), limits::SHORT_NAME, "Enter a name for the key.");
            profile.name = violations.accept("name", name.and_then(|name| text::line(&name, limits::SHORT_NAME))).unwrap_or_default();
        }
        if let Some(typed) = &self.allowed_ips {
            let list = IpRestriction::parse(typed).map_err(|wrong| wrong.join(" "));
            profile.allowed_ips = violations.accept("allowed_ips", list).unwrap_or_default().to_string();
        }
        if let Some(typed) = &self.expires {
            profile.expires = violations.accept("expires", last_day(typed, now)).flatten();
        }
        let roles = self.roles.as_deref().unwrap_or_default();
        violations.check_length("roles", roles.len());
        violations.add_if(before.is_none() && roles.is_empty(), "roles", "Choose at least one role.");
        violations.add_if(before.is_some() && self.roles.is_some(), "roles", "The roles of a key can't be changed. Create a new key.");
        violations.checked(profile)
    }
}

/// The end of a day that isn't over.
fn last_day(typed: &str, now: Timestamp) -> Result<Option<Timestamp>, &'static str> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(None);
    }
    let begin = Timestamp::parse_rfc3339(&format!("{typed}T00:00:00Z")).ok_or("Enter a day such as 2027-03-31.")?;
    let end = begin.plus_seconds(24 * 60 * 60);
    match end {
        end if end <= now => Err("Choose today or a later date."),
        end if end > Timestamp::LATEST => Err("Choose a date before 9999-12-31, or leave empty for no expiry."),
        end => Ok(Some(end)),
    }
}

/// A key that was just made. The secret is shown this once.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewApiKey {
    /// What a program names itself by.
    pub key: String,
    /// What it proves itself with.
    pub secret: String,
}

/// Without the secret, which no log shall show.
impl std::fmt::Debug for NewApiKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NewApiKey").field("key", &self.key).finish_non_exhaustive()
    }
}

/// Why a key or its token is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyRefusal {
    /// There is no such key, or the secret is another; or there is no such token.
    #[error("The API key or its secret is wrong, or the token is not known.")]
    Unknown,
    /// The token's time is over.
    #[error("The token has expired: ask for another.")]
    TokenExpired,
    /// The key's time is over.
    #[error("The API key has expired.")]
    KeyExpired,
    /// Somebody revoked the key.
    #[error("The API key is revoked.")]
    Revoked,
    /// Its tenant is suspended or terminated.
    #[error("The API key's organization is suspended or terminated.")]
    TenantInactive,
    /// The user who created it is inactive.
    #[error("The user who made the API key is not active.")]
    MakerInactive,
    /// The key or its tenant may not be used from this address.
    #[error("{IP_REFUSAL}")]
    Address,
    /// Too many wrong secrets came from this address.
    #[error("{}", too_many_attempts(*.seconds))]
    Throttled {
        /// How long to wait.
        seconds: i64,
    },
}

impl From<KeyRefusal> for Error {
    fn from(refusal: KeyRefusal) -> Self {
        match refusal {
            KeyRefusal::Unknown | KeyRefusal::TokenExpired | KeyRefusal::KeyExpired | KeyRefusal::Revoked => Self::Unauthenticated,
            KeyRefusal::TenantInactive | KeyRefusal::MakerInactive | KeyRefusal::Address | KeyRefusal::Throttled { .. } => {
                Self::forbidden(refusal.to_string())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_counts_to_its_end() {
        let now = Timestamp::parse_rfc3339("2026-11-22T12:00:00Z").unwrap();
        assert_eq!(last_day("2026-11-22", now), Ok(Timestamp::parse_rfc3339("2026-11-23T00:00:00Z")));
        assert_eq!(last_day("2026-11-21", now), Err("Choose today or a later date."));
        assert!(last_day("9999-12-30", now).unwrap().unwrap().rfc3339().starts_with("9999-12-31"));
        assert!(last_day("9999-12-31", now).unwrap_err().contains("before 9999-12-31"));
        assert_eq!(last_day("tomorrow", now), Err("Enter a day such as 2027-03-31."));
        assert_eq!(last_day(" ", now), Ok(None));
    }

    #[test]
    fn a_key_is_active_until_its_time_is_over_or_it_is_revoked() {
        let time = Timestamp::from_millis;
        assert_eq!(ApiKeyState::at(time(9), None, None), ApiKeyState::Active);
        assert_eq!(ApiKeyState::at(time(9), Some(time(10)), None), ApiKeyState::Active);
        assert_eq!(ApiKeyState::at(time(10), Some(time(10)), None), ApiKeyState::Expired);
        assert_eq!(ApiKeyState::at(time(10), Some(time(10)), Some(time(1))), ApiKeyState::Revoked);
    }

    #[test]
    fn a_new_key_needs_a_name_and_a_role() {
        let violations = ApiKeyDraft { allowed_ips: Some("all".into()), ..Default::default() }.check((None, Timestamp::default())).unwrap_err();
        let fields: Vec<_> = violations.iter().map(|violation| violation.field.as_str()).collect();
        assert_eq!(fields, ["name", "allowed_ips", "roles"]);
    }
}
