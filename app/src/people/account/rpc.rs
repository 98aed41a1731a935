//! Server functions of the caller's own account. Those of sessions are in [`session::rpc`](crate::people::session::rpc).
#![expect(missing_docs, reason = "the arguments of a server function are also the fields of a public struct")]

use domain::PasswordChangeDraft;
use leptos::{prelude::*, server_fn::codec::Json};

#[cfg(feature = "ssr")]
use crate::rpc;
use crate::{error::UiError, transport::PageClient};

/// Changes the password, which ends all other sessions and renews this one.
#[server(prefix = "/rpc", endpoint = "password/change", input = Json, client = PageClient)]
pub async fn change_password(draft: PasswordChangeDraft) -> Result<(), UiError> {
    let session = rpc::call(async |services, caller| services.password_change(&caller, draft).await).await?;
    rpc::start_session(&session);
    Ok(())
}
