//! Login history: every attempt to sign in with an account that exists.

use serde::{Deserialize, Serialize};

use crate::{ClientId, Timestamp, UserSummary, choice::choice};

choice!(
    /// What became of an attempt to sign in.
    LoginStatus {
        /// The user came in.
        Success = "SUCCESS", "Signed in";
        /// The password, code or passkey was wrong.
        Failed = "FAILED", "Failed";
        /// It was right, but the account is not active or may not come from this address.
        Refused = "REFUSED", "Refused";
    }
);

choice!(
    /// How somebody signed in.
    LoginKind {
        /// By login name and password, and a second factor where there is one.
        Password = "PASSWORD", "Password";
        /// By a passkey alone.
        Passkey = "PASSKEY", "Passkey";
    }
);

choice!(
    /// What orders the login history.
    LoginSort {
        /// By time.
        LoggedIn = "loginTime", "Time";
        /// By the record's number.
        Number = "id", "ID";
    }
);

/// An attempt to sign in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoginRecord {
    /// Its number.
    pub id: i64,
    /// Whose account it was.
    pub user: UserSummary,
    /// The client that the user belongs to; none for the partner's own.
    pub client: Option<ClientId>,
    /// The name of that client or of the partner.
    pub organization: String,
    /// From which address.
    pub ip: String,
    /// Tells the session from others, without being of use to anybody; empty where none began.
    pub session: String,
    /// What became of it.
    pub status: LoginStatus,
    /// How.
    pub kind: LoginKind,
    /// When.
    pub logged_in: Timestamp,
    /// When the session ended; nothing while it goes on, or where none began.
    pub logged_out: Option<Timestamp>,
}

/// Which records the API asks for; everything that is given must fit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LoginFilter {
    /// The one with this number.
    pub id: Option<i64>,
    /// Anywhere in the user's login.
    pub login: Option<String>,
    /// Not signed in before.
    pub logged_in_from: Option<Timestamp>,
    /// Not signed in after.
    pub logged_in_to: Option<Timestamp>,
    /// Not signed out before.
    pub logged_out_from: Option<Timestamp>,
    /// Not signed out after.
    pub logged_out_to: Option<Timestamp>,
}
