//! Server functions of sessions. Signing in and out are plain form posts, so that they work before, and without, scripts.
#![expect(missing_docs, reason = "the arguments of a server function are also the fields of a public struct")]

use domain::{SessionRow, SignInDraft};
use leptos::{prelude::*, server_fn::codec::Json};

use crate::{error::UiError, json::AnswerJson};
#[cfg(feature = "ssr")]
use {
    crate::{
        paths, rpc,
        session::{Refusal, cookie},
    },
    services::SignedIn,
};

/// Signs in. A form is led on to `next`, or back with the reason.
#[server(prefix = "/rpc", endpoint = "sessions/create", output = AnswerJson)]
pub async fn create_session(draft: SignInDraft, #[server(default)] next: String) -> Result<(), UiError> {
    let login = draft.login.clone();
    let next = paths::own(&next);
    let browser = rpc::headers().map(|headers| cookie::read_browser(&headers)).unwrap_or_default();
    match rpc::call_as_nobody(async |services, origin| services.session_begin(&browser, draft, &origin).await).await {
        Ok(SignedIn { session, browser }) => {
            rpc::add_cookie(cookie::set(session.expose()));
            if let Some(known_by) = browser {
                rpc::add_cookie(cookie::set_browser(known_by.expose()));
            }
            rpc::lead_to(&next);
            Ok(())
        }
        Err(error) if rpc::is_form() => {
            Refusal::new(&login, error).keep();
            rpc::lead_to(&paths::login_then(&next));
            Ok(())
        }
        Err(error) => Err(error),
    }
}

/// Signs out. A form is led on to `next`, or to the sign-in page.
#[server(prefix = "/rpc", endpoint = "sessions/delete", output = AnswerJson)]
pub async fn delete_session(#[server(default)] next: String) -> Result<(), UiError> {
    let answer = rpc::call(async |services, caller| services.session_sign_out(&caller).await).await;
    rpc::add_cookie(cookie::clear());
    rpc::lead_to(&if next.is_empty() { paths::login() } else { paths::own(&next) });
    // A session that is over already needs no ending.
    answer.or_else(|error| if error.is_signed_out() { Ok(()) } else { Err(error) })
}

/// Signs out on every device, this one included.
#[server(prefix = "/rpc", endpoint = "sessions/delete-all", input = Json, output = AnswerJson)]
pub async fn delete_sessions() -> Result<(), UiError> {
    rpc::call(async |services, caller| services.session_sign_out_everywhere(&caller).await).await?;
    rpc::add_cookie(cookie::clear());
    Ok(())
}

/// Where the caller is signed in.
#[server(prefix = "/rpc", endpoint = "sessions/list", input = Json, output = AnswerJson)]
pub async fn list_sessions() -> Result<Vec<SessionRow>, UiError> {
    rpc::call(async |services, caller| services.session_list(&caller).await).await
}
