//! The HTML around the pages.

use leptos::{nonce::use_nonce, prelude::*};
use leptos_meta::MetaTags;
use serde::Deserialize;

use crate::{App, paths, rpc};

/// The names of the files of the page, as the build wrote them into `manifest.json`. They hold a hash, so they may be kept for ever.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Assets {
    /// The module that starts the page.
    pub boot: String,
    /// What that module imports.
    pub js: String,
    /// The page itself.
    pub wasm: String,
    /// The style sheet.
    pub css: String,
    /// The style sheet of the API's page, on top of that.
    #[serde(rename = "api-docs.css")]
    pub api_docs_css: String,
    /// The script of the API's page.
    #[serde(rename = "api-docs.js")]
    pub api_docs_js: String,
}

/// A whole document: the head, and whatever page the address asks for.
///
/// Scripts carry the nonce of the response, for a content security policy without `unsafe-inline`; Leptos adds it to its own by itself.
pub fn document(assets: &Assets) -> impl IntoView + use<> {
    let [boot, js, wasm, css] = [&assets.boot, &assets.js, &assets.wasm, &assets.css].map(|name| paths::asset(name));
    view! {
        <!DOCTYPE html>
        <html lang="en" data-theme=rpc::theme().name()>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
                <meta name="color-scheme" content="light dark" />
                // The document comes whole; drawn half-read, a table would change the widths of its columns under the reader's eyes.
                <link rel="expect" href="#end-of-document" blocking="render" />
                <link rel="stylesheet" href=css />
                <link rel="icon" type="image/svg+xml" href=paths::favicon() />
                <link rel="modulepreload" href=js nonce=use_nonce() />
                <link rel="preload" href=wasm r#as="fetch" type="application/wasm" crossorigin="anonymous" />
                <script type="module" src=boot nonce=use_nonce()></script>
                <MetaTags />
            </head>
            <body>
                <App />
                <div id="end-of-document" hidden></div>
            </body>
        </html>
    }
}
