//! How the page calls server functions. If the session has ended, the user signs in again in a dialog and the same request is resent, so forms need no
//! handling of their own; likewise where an action takes a proof of the second factor.

use futures::{Sink, Stream, sink::Drain, stream::Empty};
use leptos::server_fn::{Bytes, client::Client};
#[cfg(feature = "hydrate")]
use send_wrapper::SendWrapper;

#[cfg(feature = "hydrate")]
use super::fetch;
use super::wire::{PageRequest, PageResponse};
use crate::error::UiError;

/// The server functions that take a code or passkey, of which too many wrong ones end the session, and those of a sign-in that waits for one.
#[cfg(feature = "hydrate")]
const PROOF_ROUTES: [&str; 7] = [
    "/rpc/second-factor/sign-in",
    "/rpc/second-factor/prove",
    "/rpc/second-factor/turn-off",
    "/rpc/passkeys/may-finish",
    "/rpc/passkeys/sign-in-request",
    "/rpc/passkeys/sign-in",
    "/rpc/passkeys/prove",
];

/// The client of every server function: `client = PageClient`.
#[derive(Clone, Copy, Debug)]
pub struct PageClient;

impl Client<UiError> for PageClient {
    type Request = PageRequest;
    type Response = PageResponse;

    #[cfg(feature = "hydrate")]
    fn send(request: PageRequest) -> impl Future<Output = Result<PageResponse, UiError>> + Send {
        // Safe because the browser has one thread.
        SendWrapper::new(async move {
            loop {
                let response = fetch::fetch(&request).await?;
                let again = match response.status {
                    // What was wrong and ended the session is wrong in the next one too.
                    401 if PROOF_ROUTES.contains(&&*request.address) => false,
                    401 => crate::people::session::signed_in_again().await,
                    428 => crate::people::factor::proved_again().await,
                    _ => false,
                };
                if !again {
                    return Ok(response);
                }
            }
        })
    }

    #[cfg(not(feature = "hydrate"))]
    async fn send(_: PageRequest) -> Result<PageResponse, UiError> {
        Err(UiError::Unreachable)
    }

    async fn open_websocket(
        _: &str,
    ) -> Result<(impl Stream<Item = Result<Bytes, Bytes>> + Send + 'static, impl Sink<Bytes> + Send + 'static), UiError> {
        Err::<(Empty<Result<Bytes, Bytes>>, Drain<Bytes>), _>(UiError::Outdated)
    }

    fn spawn(future: impl Future<Output = ()> + Send + 'static) {
        leptos::task::spawn(future);
    }
}

#[cfg(test)]
mod tests {
    use std::{fs, path::Path};

    /// Collects the lines that declare a server function in a folder's source files, each with its file.
    fn server_functions(folder: &Path, found: &mut Vec<String>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                server_functions(&path, found);
            } else {
                let text = fs::read_to_string(&path).unwrap();
                let lines = text.lines().filter(|line| line.trim_start().starts_with("#[server("));
                found.extend(lines.map(|line| format!("{}: {line}", path.display())));
            }
        }
    }

    #[test]
    fn every_server_function_asks_to_sign_in_again_when_the_session_has_ended() {
        let mut found = Vec::new();
        server_functions(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
        assert!(found.len() > 60, "{}", found.len());
        let without: Vec<_> = found.into_iter().filter(|line| !line.contains("client = PageClient")).collect();
        assert_eq!(without, Vec::<String>::new());
    }
}
