//! Server functions of one-time links. The person who opens one isn't signed in.
#![expect(missing_docs, reason = "the arguments of a server function are also the fields of a public struct")]

use domain::{InvitationDraft, Invitee};
use leptos::{prelude::*, server_fn::codec::Json};

use crate::{error::UiError, transport::PageClient};
#[cfg(feature = "ssr")]
use {crate::rpc, domain::Error};

/// Whom a link is for.
#[server(prefix = "/rpc", endpoint = "invitation/check", client = PageClient)]
pub async fn check_invitation(token: String) -> Result<Invitee, UiError> {
    rpc::call_as_nobody(async |services, _| services.invitation_check(&token).await).await
}

/// Uses the link: sets the user's password and signs them in. Refused while this browser is signed in.
#[server(prefix = "/rpc", endpoint = "invitation/accept", input = Json, client = PageClient)]
pub async fn accept_invitation(token: String, draft: InvitationDraft) -> Result<(), UiError> {
    let (other, browser) = (rpc::caller(), rpc::browser());
    let accepted = rpc::call_as_nobody(async |services, origin| match other {
        Some(other) => Err(Error::Conflict { reason: format!("You’re signed in as {}. Sign out first.", other.user.name()) }.into()),
        None => services.invitation_accept(&token, &draft, &browser, &origin).await,
    });
    rpc::sign_in(&accepted.await?);
    Ok(())
}
