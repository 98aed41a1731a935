//! The second factor: what a person proves beside the password (docs/spec/people.md, "Second factor").

mod code;

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{Draft, Timestamp, Violations};
pub use code::{FactorCode, in_groups, recovery_code};

/// How many recovery codes a person gets at a time.
pub const RECOVERY_CODES: usize = 10;

/// What a session still lacks before its user is signed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SignInStep {
    /// The second factor, which the user has.
    Prove,
    /// The user has no second factor, and the organization requires one.
    SetUp,
}

impl SignInStep {
    /// What to do.
    #[must_use]
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::Prove => "Enter your code to finish signing in.",
            Self::SetUp => "Your organization requires two-factor authentication. Set it up to go on.",
        }
    }
}

/// What a form that asks for a code sends.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct CodeDraft {
    /// As typed: of the authenticator app, or a recovery code.
    pub code: String,
    /// At a sign-in, whether this browser isn't asked again for a while. Where the partner doesn't allow that, it has no effect.
    #[serde(default)]
    pub trust: bool,
}

/// What turning the second factor on takes.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct FactorOnDraft {
    /// The user's password; empty while a sign-in is being finished, which began with it.
    #[serde(default)]
    pub password: String,
    /// The first code of the app, as typed.
    pub code: String,
}

/// What turning the second factor off takes.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct FactorOffDraft {
    /// The user's password.
    pub password: String,
    /// A code, as typed.
    pub code: String,
}

impl Draft for &FactorOnDraft {
    /// Whether a sign-in is being finished.
    type Context<'a> = bool;
    /// The app's code. Whether it and the password are right is for `services` to check.
    type Checked = String;

    fn check(self, signs_in: bool) -> Result<String, Violations> {
        let mut violations = Violations::new();
        violations.add_if(self.password.is_empty() && !signs_in, "password", "Enter your password.");
        match violations.join(FactorCode::parse(&self.code))? {
            FactorCode::App(code) => Ok(code),
            FactorCode::Recovery(_) => Err(Violations::of_field("code", "Enter the 6 digits that your app shows.")),
        }
    }
}

impl Draft for &FactorOffDraft {
    type Context<'a> = ();
    /// The code. Whether it and the password are right is for `services` to check.
    type Checked = FactorCode;

    fn check(self, (): ()) -> Result<FactorCode, Violations> {
        let mut violations = Violations::new();
        violations.add_if(self.password.is_empty(), "password", "Enter your password.");
        violations.join(FactorCode::parse(&self.code))
    }
}

/// Without the code, which no log shall show.
impl fmt::Debug for CodeDraft {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CodeDraft").field("trust", &self.trust).finish_non_exhaustive()
    }
}

/// Nothing of it.
impl fmt::Debug for FactorOnDraft {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FactorOnDraft").finish_non_exhaustive()
    }
}

/// Nothing of it.
impl fmt::Debug for FactorOffDraft {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FactorOffDraft").finish_non_exhaustive()
    }
}

/// A person's second factor, as they and those who manage them see it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecondFactor {
    /// The authenticator app; none if it isn't set up.
    pub app: Option<AuthenticatorApp>,
    /// How many recovery codes are left.
    pub recovery_codes: u32,
    /// Whether the organization requires a second factor.
    pub required: bool,
}

/// An authenticator app that was set up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuthenticatorApp {
    /// Since when.
    pub since: Timestamp,
    /// When one of its codes was last used.
    pub last_used: Timestamp,
}

/// What a person needs to set an authenticator app up. It is shown until a code has proved it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FactorSetUp {
    /// The secret for typing, in groups of four.
    pub secret: String,
    /// The address that the QR code contains, which opens an app on the same device.
    pub address: String,
    /// The QR code.
    pub qr: QrCode,
}

/// Nothing of it.
impl fmt::Debug for FactorSetUp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FactorSetUp").finish_non_exhaustive()
    }
}

/// A QR code as the data of an SVG path.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QrCode {
    /// Its width and height in modules, with the quiet zone around it.
    pub size: u32,
    /// The dark modules: the attribute `d` of a path.
    pub path: String,
}

/// New recovery codes, in groups. They are shown once.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecoveryCodes(pub Vec<String>);

/// Nothing of them.
impl fmt::Debug for RecoveryCodes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("RecoveryCodes").finish_non_exhaustive()
    }
}
