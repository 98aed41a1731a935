//! Carries the refusal of a sign-in to the next page.

use leptos::server::SharedValue;
use serde::{Deserialize, Serialize};

/// What the sign-in page tells after a refusal, and the login it fills in again. It travels in a cookie: neither belongs into an address,
/// where it would stay in histories and logs, and where anybody could write what our page then says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// As typed. The password is never kept.
    pub login: String,
    /// The sentence.
    pub message: String,
}

impl Refusal {
    /// What the page that is being opened tells; nothing as a rule.
    pub(in crate::people) fn carried() -> Self {
        let carried = SharedValue::new(|| {
            #[cfg(feature = "ssr")]
            return Self::take();
            #[cfg(not(feature = "ssr"))]
            return None::<Self>;
        });
        carried.into_inner().unwrap_or_default()
    }
}

#[cfg(feature = "ssr")]
mod carried {
    use http::{header::SET_COOKIE, request::Parts};
    use leptos::prelude::use_context;
    use leptos_axum::ResponseOptions;
    use leptos_router::location::Url;

    use super::Refusal;
    use crate::{error::UiError, paths, people::session::Channel, rpc};

    impl Refusal {
        /// What is told about an error.
        pub(in crate::people) fn new(login: &str, error: UiError) -> Self {
            let sentences: Vec<_> = error.into_violations().into_iter().map(|violation| violation.message).collect();
            Self { login: login.chars().take(254).collect(), message: sentences.join(" ") }
        }

        /// Sends it along with the answer.
        pub(in crate::people) fn keep(&self) {
            let text = format!("{}:{}", paths::encoded(&self.login), paths::encoded(&self.message));
            if let Some(response) = use_context::<ResponseOptions>() {
                response.append_header(SET_COOKIE, rpc::channel().set_refusal(&text));
            }
        }

        /// What the request brought along, told once.
        pub(super) fn take() -> Option<Self> {
            let request = use_context::<Parts>()?;
            let channel = rpc::channel();
            let Some(text) = channel.refusal(&request.headers) else {
                return paths::is_login_without_cookie(&request.uri).then(|| Self::of_cookie(channel));
            };
            let (login, message) = text.split_once(':')?;
            use_context::<ResponseOptions>()?.append_header(SET_COOKIE, channel.clear_refusal());
            Some(Self { login: Url::unescape(login), message: Url::unescape(message) })
        }

        /// The message that the browser blocks cookies.
        fn of_cookie(channel: Channel) -> Self {
            let why = match channel {
                Channel::Secure => "Open it at an address that begins with https://. If you already do, allow cookies for this site.",
                Channel::Loopback => "Allow cookies for this site.",
            };
            Self { login: String::new(), message: format!("You aren’t signed in: your browser didn’t accept the console’s cookie. {why}") }
        }
    }
}
