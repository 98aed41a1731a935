//! Attempts to sign in, as they are answered.

use domain::{LoginRecord, PartnerId};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{date::Date, people::user::listed::org_id, short_user::ShortUser};

/// An attempt to sign in.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct LoginListed {
    /// Its number.
    id: i64,
    /// Whose account it was.
    user: ShortUser,
    /// The partner or client that the user belongs to.
    client: Organization,
    /// From which address.
    #[schema(example = "203.0.113.20")]
    source_ip: String,
    /// Tells the session from others, and is of no other use; left out where none began.
    #[serde(skip_serializing_if = "String::is_empty")]
    session_id: String,
    /// `SUCCESS`, `FAILED` for a wrong password, `REFUSED` for an account that is not active or may not come from there.
    #[schema(example = "SUCCESS")]
    status: &'static str,
    /// How: `PASSWORD`, or `PASSKEY` alone.
    #[schema(example = "PASSWORD")]
    login_type: &'static str,
    /// When.
    #[schema(value_type = String, example = "2016-07-23T16:18:42+0000")]
    login_time: Date,
    /// When the session ended; left out while it goes on, and where none began.
    #[schema(value_type = Option<String>, example = "2016-07-23T17:18:42+0000")]
    #[serde(skip_serializing_if = "Option::is_none")]
    logout_time: Option<Date>,
}

/// A partner or a client.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct Organization {
    /// Identifier.
    #[schema(example = "msp_1")]
    unique_id: String,
    /// Name.
    name: String,
}

impl LoginListed {
    pub(crate) fn of(record: LoginRecord, partner: PartnerId) -> Self {
        Self {
            id: record.id,
            user: ShortUser::of(record.user),
            client: Organization { unique_id: org_id(record.client, partner), name: record.organization },
            source_ip: record.ip,
            session_id: record.session,
            status: record.status.key(),
            login_type: record.kind.key(),
            login_time: record.logged_in.into(),
            logout_time: record.logged_out.map(Date),
        }
    }
}
