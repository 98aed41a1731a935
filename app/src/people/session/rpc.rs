//! Server functions of sessions. Signing in and out are plain form posts, so that they work before, and without, scripts.
#![expect(missing_docs, reason = "the arguments of a server function are also the fields of a public struct")]

use domain::{SessionId, SessionRow, SessionState, SignInDraft, SignInStep, UserId};
use leptos::{
    prelude::*,
    server_fn::codec::{GetUrl, Json},
};

use crate::{error::UiError, transport::PageClient};
#[cfg(feature = "ssr")]
use crate::{paths, people::session::Refusal, rpc};

/// Signs in, and says what the session still lacks. A plain form is redirected to `next`, or back with the reason, through the cookie check.
#[server(prefix = "/rpc", endpoint = "sessions/create", client = PageClient)]
pub async fn create_session(draft: SignInDraft, #[server(default)] next: String) -> Result<Option<SignInStep>, UiError> {
    let login = draft.login.clone();
    let next = paths::own(&next);
    let browser = rpc::browser();
    match rpc::call_as_nobody(async |services, origin| services.session_begin(&browser, draft, &origin).await).await {
        Ok(signed_in) => {
            rpc::sign_in(&signed_in);
            rpc::lead_to(&paths::cookie_check(&next));
            Ok(signed_in.lacks)
        }
        Err(error) if rpc::is_form() => {
            Refusal::new(&login, error).keep();
            rpc::lead_to(&paths::cookie_check(&next));
            Ok(None)
        }
        Err(error) => Err(error),
    }
}

/// The state of this browser's session; none if it has ended. Asking doesn't extend it.
#[server(prefix = "/rpc", endpoint = "sessions/state", input = GetUrl, client = PageClient)]
pub async fn get_session_state() -> Result<Option<SessionState>, UiError> {
    let Some(token) = rpc::session_token() else { return Ok(None) };
    rpc::call_as_nobody(async move |services, origin| services.session_state(&token, &origin).await).await
}

/// Signs out. A plain form is redirected to `next`, or to the sign-in page.
#[server(prefix = "/rpc", endpoint = "sessions/delete", client = PageClient)]
pub async fn delete_session(#[server(default)] next: String) -> Result<(), UiError> {
    let answer = match (rpc::lacking(), rpc::session_token()) {
        (Some(_), Some(token)) => rpc::call_as_nobody(async |services, _| services.session_give_up(&token).await).await,
        _ => rpc::call(async |services, caller| services.session_sign_out(&caller).await).await,
    };
    rpc::end_session();
    rpc::lead_to(&if next.is_empty() { paths::login() } else { paths::own(&next) });
    // A session that is over already needs no ending.
    answer.or_else(|error| if error.is_signed_out() { Ok(()) } else { Err(error) })
}

/// Signs out on every device, this one included.
#[server(prefix = "/rpc", endpoint = "sessions/delete-all", input = Json, client = PageClient)]
pub async fn delete_sessions() -> Result<(), UiError> {
    rpc::call(async |services, caller| services.session_sign_out_everywhere(&caller).await).await?;
    rpc::end_session();
    Ok(())
}

/// Where the caller is signed in.
#[server(prefix = "/rpc", endpoint = "sessions/list", input = Json, client = PageClient)]
pub async fn list_sessions() -> Result<Vec<SessionRow>, UiError> {
    rpc::call(async |services, caller| services.session_list(&caller).await).await
}

/// Ends another session of the caller.
#[server(prefix = "/rpc", endpoint = "sessions/end", input = Json, client = PageClient)]
pub async fn end_session(id: SessionId) -> Result<(), UiError> {
    rpc::call(async |services, caller| services.session_end(&caller, id).await).await
}

/// Ends all sessions of the caller but this one.
#[server(prefix = "/rpc", endpoint = "sessions/end-others", input = Json, client = PageClient)]
pub async fn end_other_sessions() -> Result<(), UiError> {
    rpc::call(async |services, caller| services.session_end_others(&caller).await).await
}

/// Where a user is signed in.
#[server(prefix = "/rpc", endpoint = "users/sessions", input = GetUrl, client = PageClient)]
pub async fn list_user_sessions(user: UserId) -> Result<Vec<SessionRow>, UiError> {
    rpc::call(async |services, caller| services.session_list_of(&caller, user).await).await
}

/// Ends a session of a user.
#[server(prefix = "/rpc", endpoint = "users/end-session", input = Json, client = PageClient)]
pub async fn end_user_session(user: UserId, id: SessionId) -> Result<(), UiError> {
    rpc::call(async |services, caller| services.session_end_of(&caller, user, id).await).await
}

/// Signs a user out everywhere.
#[server(prefix = "/rpc", endpoint = "users/end-sessions", input = Json, client = PageClient)]
pub async fn end_user_sessions(user: UserId) -> Result<(), UiError> {
    rpc::call(async |services, caller| services.session_end_all_of(&caller, user).await).await
}
