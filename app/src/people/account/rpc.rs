//! Server functions of the caller's own account. Those of sessions are in [`session::rpc`](crate::people::session::rpc).
#![expect(missing_docs, reason = "the arguments of a server function are also the fields of a public struct")]

use domain::{EmailChangeDraft, EmailChangeLink, EmailSetting, PasswordChangeDraft, PendingEmail};
use leptos::{
    prelude::*,
    server_fn::codec::{GetUrl, Json},
};

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

/// Whether the caller can change their e-mail address, and the one that waits to be confirmed.
#[server(prefix = "/rpc", endpoint = "email/get", input = GetUrl, client = PageClient)]
pub async fn get_email_setting() -> Result<EmailSetting, UiError> {
    rpc::call(async |services, caller| services.email_setting(&caller).await).await
}

/// Mails a link to a new e-mail address.
#[server(prefix = "/rpc", endpoint = "email/change", input = Json, client = PageClient)]
pub async fn change_email(draft: EmailChangeDraft) -> Result<PendingEmail, UiError> {
    rpc::call(async |services, caller| services.email_change_begin(&caller, draft).await).await
}

/// Withdraws the link to an address that isn't confirmed yet.
#[server(prefix = "/rpc", endpoint = "email/cancel", input = Json, client = PageClient)]
pub async fn cancel_email_change() -> Result<(), UiError> {
    rpc::call(async |services, caller| services.email_change_cancel(&caller).await).await
}

/// The e-mail address that a link would set, and for which account. Takes no session.
#[server(prefix = "/rpc", endpoint = "email/check", client = PageClient)]
pub async fn check_email_link(token: String) -> Result<EmailChangeLink, UiError> {
    rpc::call_as_nobody(async |services, _| services.email_change_check(&token).await).await
}

/// Uses the link: the new address counts from now on.
#[server(prefix = "/rpc", endpoint = "email/confirm", input = Json, client = PageClient)]
pub async fn confirm_email(token: String) -> Result<(), UiError> {
    rpc::call_as_nobody(async |services, origin| services.email_change_confirm(&token, &origin).await).await
}
