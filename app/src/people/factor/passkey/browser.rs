//! The browser's part: it asks the person, and lets the authenticator make or use a passkey.

use domain::{PasskeyProof, PasskeyRequest};

use crate::error::UiError;

/// Lets the person make a passkey, and returns it as JSON.
pub(super) async fn make(request: &PasskeyRequest) -> Result<String, UiError> {
    ask("create", "parseCreationOptionsFromJSON", &request.options).await
}

/// Lets the person use a passkey.
pub(super) async fn sign(request: PasskeyRequest, trust: bool) -> Result<PasskeyProof, UiError> {
    let answer = ask("get", "parseRequestOptionsFromJSON", &request.options).await?;
    Ok(PasskeyProof { ceremony: request.ceremony, answer, trust })
}

/// No server has somebody to ask.
#[cfg(not(feature = "hydrate"))]
async fn ask(_: &str, _: &str, _: &str) -> Result<String, UiError> {
    std::future::ready(Err(UiError::Unreachable)).await
}

#[cfg(feature = "hydrate")]
async fn ask(method: &str, parser: &str, options: &str) -> Result<String, UiError> {
    asked::answer(method, parser, options).await.map_err(|error| asked::refusal(&error))
}

#[cfg(feature = "hydrate")]
mod asked {
    use domain::Error;
    use js_sys::{Function, JSON, Object, Promise, Reflect};
    use leptos::prelude::window;
    use wasm_bindgen::{JsCast, JsValue};
    use wasm_bindgen_futures::JsFuture;

    use crate::error::UiError;

    /// Calls a method of `navigator.credentials`. Browsers read the options from JSON, and write the answer as JSON, by themselves.
    pub(super) async fn answer(method: &str, parser: &str, options: &str) -> Result<String, JsValue> {
        let interface = Reflect::get(&window(), &"PublicKeyCredential".into())?;
        let parse: Function = Reflect::get(&interface, &parser.into())?.dyn_into()?;
        let argument = JsValue::from(Object::new());
        Reflect::set(&argument, &"publicKey".into(), &parse.call1(&interface, &JSON::parse(options)?)?)?;
        let credentials = Reflect::get(&window().navigator(), &"credentials".into())?;
        let call: Function = Reflect::get(&credentials, &method.into())?.dyn_into()?;
        let asked: JsValue = call.call1(&credentials, &argument)?;
        let credential = JsFuture::from(asked.dyn_into::<Promise>()?).await?;
        JSON::stringify(&credential).map(String::from)
    }

    /// What the person can do about it (<https://www.w3.org/TR/webauthn-3/#sctn-discover-from-external-source>).
    pub(super) fn refusal(error: &JsValue) -> UiError {
        let name = Reflect::get(error, &"name".into()).ok().and_then(|name| name.as_string()).unwrap_or_default();
        let sentence = match name.as_str() {
            "NotAllowedError" | "AbortError" => "That was cancelled, or took too long. Try again.",
            "InvalidStateError" => "This device has a passkey for your account already.",
            "SecurityError" => "Passkeys work only at the console’s public address. Open it there.",
            _ => "Your browser can’t use passkeys here. Update it, or use another one.",
        };
        UiError::Refused(Error::invalid("passkey", sentence))
    }
}
