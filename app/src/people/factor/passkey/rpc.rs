//! Server functions of passkeys. Only scripts can use a passkey, so none of them is a form's.

#[cfg(feature = "ssr")]
use domain::SignInStep;
use domain::{PasskeyDraft, PasskeyProof, PasskeyRequest, RecoveryCodes};
use leptos::{prelude::*, server_fn::codec::Json};

#[cfg(feature = "ssr")]
use super::super::rpc::end_sign_in;
#[cfg(feature = "ssr")]
use crate::rpc;
use crate::{error::UiError, transport::PageClient};

/// What the browser needs to make a passkey; also while that is what the session lacks.
#[server(prefix = "/rpc", endpoint = "passkeys/request", input = Json, client = PageClient)]
pub async fn request_passkey() -> Result<PasskeyRequest, UiError> {
    rpc::call_enrolling(async |services, enrolling| services.passkey_request(&enrolling).await).await
}

/// Adds the passkey that the browser made. All other sessions end. With the first second factor come recovery codes.
#[server(prefix = "/rpc", endpoint = "passkeys/create", input = Json, client = PageClient)]
pub async fn create_passkey(draft: PasskeyDraft) -> Result<Option<RecoveryCodes>, UiError> {
    let (session, codes) = rpc::call_enrolling(async |services, enrolling| services.passkey_confirm(&enrolling, &draft).await).await?;
    rpc::start_session(&session);
    Ok(codes)
}

/// Removes a passkey of the caller. All other sessions end.
#[server(prefix = "/rpc", endpoint = "passkeys/delete", input = Json, client = PageClient)]
pub async fn delete_passkey(id: String) -> Result<(), UiError> {
    let session = rpc::call(async |services, caller| services.passkey_remove(&caller, &id).await).await?;
    rpc::start_session(&session);
    Ok(())
}

/// What the browser needs to prove the caller's second factor again.
#[server(prefix = "/rpc", endpoint = "passkeys/prove-request", input = Json, client = PageClient)]
pub async fn request_proof() -> Result<PasskeyRequest, UiError> {
    rpc::call(async |services, caller| services.passkey_prove_request(&caller).await).await
}

/// Proves the caller's second factor again. After the third unsuccessful attempt the session has ended.
#[server(prefix = "/rpc", endpoint = "passkeys/prove", input = Json, client = PageClient)]
pub async fn prove_passkey(proof: PasskeyProof) -> Result<(), UiError> {
    rpc::call(async |services, caller| services.passkey_prove(&caller, &proof).await).await
}

/// Whether a passkey can finish the sign-in of this browser.
#[server(prefix = "/rpc", endpoint = "passkeys/may-finish", input = Json, client = PageClient)]
pub async fn may_finish_by_passkey() -> Result<bool, UiError> {
    let Some(token) = rpc::session_token().filter(|_| rpc::lacking() == Some(SignInStep::Prove)) else { return Ok(false) };
    rpc::call_as_nobody(async move |services, origin| services.passkey_may_sign_in(&token, &origin).await).await
}

/// What the browser needs to finish a sign-in.
#[server(prefix = "/rpc", endpoint = "passkeys/sign-in-request", input = Json, client = PageClient)]
pub async fn request_finish() -> Result<PasskeyRequest, UiError> {
    let token = rpc::session_token().unwrap_or_default();
    rpc::call_as_nobody(async |services, origin| services.passkey_sign_in_request(&token, &origin).await).await
}

/// Finishes a sign-in. If the session has ended, the sign-in page says why.
#[server(prefix = "/rpc", endpoint = "passkeys/sign-in", input = Json, client = PageClient)]
pub async fn finish_by_passkey(proof: PasskeyProof) -> Result<(), UiError> {
    let (token, browser) = (rpc::session_token().unwrap_or_default(), rpc::browser());
    match rpc::call_as_nobody(async |services, origin| services.passkey_sign_in(&token, &proof, &browser, &origin).await).await {
        Ok(signed_in) => {
            rpc::sign_in(&signed_in);
            Ok(())
        }
        Err(error) => {
            // Unless it was finished in another tab meanwhile.
            if error.is_signed_out() && !rpc::is_signed_in() {
                end_sign_in();
            }
            Err(error)
        }
    }
}

/// What the browser needs to sign in with any passkey.
#[server(prefix = "/rpc", endpoint = "passkeys/alone-request", input = Json, client = PageClient)]
pub async fn request_sign_in() -> Result<PasskeyRequest, UiError> {
    rpc::call_as_nobody(async |services, origin| services.passkey_alone_request(&origin).await).await
}

/// Signs in with a passkey alone.
#[server(prefix = "/rpc", endpoint = "passkeys/alone", input = Json, client = PageClient)]
pub async fn sign_in_by_passkey(proof: PasskeyProof) -> Result<(), UiError> {
    let browser = rpc::browser();
    let signed_in = rpc::call_as_nobody(async |services, origin| services.passkey_alone(&proof, &browser, &origin).await).await?;
    rpc::sign_in(&signed_in);
    Ok(())
}
