//! Server functions of one-time links. Whoever has one is nobody yet.
#![expect(missing_docs, reason = "the arguments of a server function are also the fields of a public struct")]

use domain::{InvitationDraft, Invitee};
use leptos::{prelude::*, server_fn::codec::Json};

#[cfg(feature = "ssr")]
use crate::rpc;
use crate::{error::UiError, json::AnswerJson};

/// Whom a link is for.
#[server(prefix = "/rpc", endpoint = "invitation/check", output = AnswerJson)]
pub async fn check_invitation(token: String) -> Result<Invitee, UiError> {
    rpc::call_as_nobody(async |services, _| services.invitation_check(&token).await).await
}

/// Uses a link up: its user gets the password and is signed in.
#[server(prefix = "/rpc", endpoint = "invitation/accept", input = Json, output = AnswerJson)]
pub async fn accept_invitation(token: String, draft: InvitationDraft) -> Result<(), UiError> {
    let session = rpc::call_as_nobody(async |services, origin| services.invitation_accept(&token, &draft, &origin).await).await?;
    rpc::start_session(&session);
    Ok(())
}
