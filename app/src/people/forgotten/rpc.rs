//! Server functions of forgotten passwords. Nobody is signed in.
#![expect(missing_docs, reason = "the arguments of a server function are also the fields of a public struct")]

use domain::{InvitationDraft, Invitee};
use leptos::{prelude::*, server_fn::codec::Json};

use crate::{error::UiError, transport::PageClient};
#[cfg(feature = "ssr")]
use crate::{paths, people::session::Refusal, rpc};

/// Asks for a link. A plain form, as that of the sign-in, so that it works without scripts.
#[server(prefix = "/rpc", endpoint = "password/forgotten", client = PageClient)]
pub async fn request_password_link(login: String) -> Result<(), UiError> {
    match rpc::call_as_nobody(async |services, origin| services.password_forgotten(&login, &origin).await).await {
        Ok(()) => {
            rpc::lead_to(&paths::forgotten_password_sent());
            Ok(())
        }
        Err(error) if rpc::is_form() => {
            Refusal::new(&login, error).keep();
            rpc::lead_to(&paths::forgotten_password());
            Ok(())
        }
        Err(error) => Err(error),
    }
}

/// Whom a link is for.
#[server(prefix = "/rpc", endpoint = "password/check", client = PageClient)]
pub async fn check_password_link(token: String) -> Result<Invitee, UiError> {
    rpc::call_as_nobody(async |services, _| services.password_link_check(&token).await).await
}

/// Uses the link: sets the user's password.
#[server(prefix = "/rpc", endpoint = "password/reset", input = Json, client = PageClient)]
pub async fn reset_password(token: String, draft: InvitationDraft) -> Result<(), UiError> {
    rpc::call_as_nobody(async |services, origin| services.password_reset(&token, &draft, &origin).await).await
}
