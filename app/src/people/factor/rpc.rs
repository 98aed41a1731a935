//! Server functions of the second factor. Finishing a sign-in is a plain form post, so that it works before, and without, scripts.
#![expect(missing_docs, reason = "the arguments of a server function are also the fields of a public struct")]

use domain::{CodeDraft, FactorOffDraft, FactorOnDraft, FactorSetUp, RecoveryCodes, SecondFactor, UserId};
#[cfg(feature = "ssr")]
use domain::{Error, SignInStep};
use leptos::{prelude::*, server_fn::codec::Json};

use crate::{error::UiError, transport::PageClient};
#[cfg(feature = "ssr")]
use crate::{paths, people::session::Refusal, rpc};

/// Finishes a sign-in by a code. A plain form is redirected to `next`, or back with the reason; to the sign-in page if the session has ended.
#[server(prefix = "/rpc", endpoint = "second-factor/sign-in", client = PageClient)]
pub async fn finish_sign_in(draft: CodeDraft, #[server(default)] next: String) -> Result<(), UiError> {
    let next = paths::own(&next);
    let (token, browser) = (rpc::session_token().unwrap_or_default(), rpc::browser());
    match rpc::call_as_nobody(async |services, origin| services.factor_sign_in(&token, &draft, &browser, &origin).await).await {
        Ok(signed_in) => {
            rpc::sign_in(&signed_in);
            rpc::lead_to(&next);
            Ok(())
        }
        // Finished in another tab meanwhile.
        Err(error) if error.is_signed_out() && rpc::is_signed_in() => {
            rpc::lead_to(&next);
            if rpc::is_form() { Ok(()) } else { Err(error) }
        }
        Err(error) if error.is_signed_out() => {
            rpc::end_session();
            let message = "Your sign-in expired, or you entered three wrong codes. Sign in again.";
            Refusal::new("", UiError::Refused(Error::invalid("", message))).keep();
            rpc::lead_to(&paths::login_then(&next));
            if rpc::is_form() { Ok(()) } else { Err(error) }
        }
        Err(error) if rpc::is_form() => {
            Refusal::new("", error).keep();
            rpc::lead_to(&paths::second_factor(SignInStep::Prove, &next));
            Ok(())
        }
        Err(error) => Err(error),
    }
}

/// Whether this browser can be trusted by the code that its sign-in still lacks.
#[server(prefix = "/rpc", endpoint = "second-factor/may-trust", input = Json, client = PageClient)]
pub async fn may_trust_browser() -> Result<bool, UiError> {
    let Some(token) = rpc::session_token().filter(|_| rpc::lacking() == Some(SignInStep::Prove)) else { return Ok(false) };
    rpc::call_as_nobody(async move |services, origin| services.browser_may_be_trusted(&token, &origin).await).await
}

/// The caller's second factor.
#[server(prefix = "/rpc", endpoint = "second-factor/get", input = Json, client = PageClient)]
pub async fn get_second_factor() -> Result<SecondFactor, UiError> {
    rpc::call(async |services, caller| services.factor_get(&caller).await).await
}

/// What the caller needs to set an authenticator app up; also while that is what the session lacks.
#[server(prefix = "/rpc", endpoint = "second-factor/set-up", input = Json, client = PageClient)]
pub async fn set_up_second_factor() -> Result<FactorSetUp, UiError> {
    rpc::call_enrolling(async |services, enrolling| services.factor_set_up(&enrolling).await).await
}

/// Turns the second factor on by a first code. All other sessions end.
#[server(prefix = "/rpc", endpoint = "second-factor/confirm", input = Json, client = PageClient)]
pub async fn confirm_second_factor(draft: FactorOnDraft) -> Result<RecoveryCodes, UiError> {
    let (session, codes) = rpc::call_enrolling(async |services, enrolling| services.factor_confirm(&enrolling, &draft).await).await?;
    rpc::start_session(&session);
    Ok(codes)
}

/// Turns the caller's second factor off. All other sessions end.
#[server(prefix = "/rpc", endpoint = "second-factor/turn-off", input = Json, client = PageClient)]
pub async fn turn_off_second_factor(draft: FactorOffDraft) -> Result<(), UiError> {
    let session = rpc::call(async |services, caller| services.factor_turn_off(&caller, &draft).await).await?;
    rpc::start_session(&session);
    Ok(())
}

/// Replaces the caller's recovery codes. All other sessions end.
#[server(prefix = "/rpc", endpoint = "second-factor/renew-recovery-codes", input = Json, client = PageClient)]
pub async fn renew_recovery_codes() -> Result<RecoveryCodes, UiError> {
    let (session, codes) = rpc::call(async |services, caller| services.recovery_codes_renew(&caller).await).await?;
    rpc::start_session(&session);
    Ok(codes)
}

/// Proves the caller's second factor again. After the third wrong code the session has ended.
#[server(prefix = "/rpc", endpoint = "second-factor/prove", input = Json, client = PageClient)]
pub async fn prove_second_factor(draft: CodeDraft) -> Result<(), UiError> {
    rpc::call(async |services, caller| services.factor_prove(&caller, &draft).await).await
}

/// Another user's second factor.
#[server(prefix = "/rpc", endpoint = "second-factor/of", input = Json, client = PageClient)]
pub async fn get_second_factor_of(user: UserId) -> Result<SecondFactor, UiError> {
    rpc::call(async |services, caller| services.factor_of(&caller, user).await).await
}

/// Removes another user's second factor.
#[server(prefix = "/rpc", endpoint = "second-factor/reset", input = Json, client = PageClient)]
pub async fn reset_second_factor(user: UserId) -> Result<SecondFactor, UiError> {
    rpc::call(async |services, caller| services.factor_reset(&caller, user).await).await
}
