//! The page to read and to try the API: made of the OpenAPI document, readable without scripts. It is as public as the document, and no part of
//! the console's program: a style sheet and a script of its own come on top of the console's style sheet.

mod operation;
mod schema;
mod words;

use std::sync::OnceLock;

use app::{
    paths,
    ui::{Button, ButtonVariant, Logo, Notice, PRODUCT, Section, TextField, Theme, Tone},
};
use axum::response::{Html, IntoResponse, Response};
use http::{
    HeaderMap, HeaderValue,
    header::{CONTENT_SECURITY_POLICY, COOKIE},
};
use leptos::prelude::*;
use serde_json::{Map, Value};

use crate::{assets::Assets, headers::OWN_FILES};
use operation::operation;
use schema::schema;
use words::{anchor, text};

/// The page, in the colours that the reader chose in the console.
pub(crate) async fn page(headers: HeaderMap) -> Response {
    static CONTENT: OnceLock<String> = OnceLock::new();
    let content = CONTENT.get_or_init(|| Owner::new().with(|| content(api::openapi()).into_view().to_html()));
    let cookies = headers.get(COOKIE).and_then(|cookies| cookies.to_str().ok()).unwrap_or_default();
    let theme = Theme::from_cookies(cookies).name();
    let assets = Assets::get().cloned().unwrap_or_default();
    let [css, own_css, script] = [&assets.css, &assets.api_docs_css, &assets.api_docs_js].map(|name| paths::asset(name));
    let icon = paths::favicon();
    let page = format!(
        r#"<!DOCTYPE html><html lang="en" data-theme="{theme}"><head><meta charset="utf-8"><title>REST API · {PRODUCT}</title>
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover"><meta name="color-scheme" content="light dark">
<link rel="stylesheet" href="{css}"><link rel="stylesheet" href="{own_css}"><link rel="icon" type="image/svg+xml" href="{icon}">
<script type="module" src="{script}"></script></head><body>{content}</body></html>"#
    );
    ([(CONTENT_SECURITY_POLICY, HeaderValue::from_static(OWN_FILES))], Html(page)).into_response()
}

fn content(document: &Value) -> AnyView {
    let tags = document["tags"].as_array().cloned().unwrap_or_default();
    let names: Vec<String> = tags.iter().map(|tag| text(&tag["name"])).collect();
    let links = names.iter().map(|name| view! { <li><a href=format!("#{}", anchor(name))>{name.clone()}</a></li> }).collect_view();
    let subjects = tags.iter().map(|tag| subject(document, tag)).collect_view();
    let nothing = Map::new();
    let schemas = document["components"]["schemas"].as_object().unwrap_or(&nothing);
    let schemas = schemas.iter().map(|(name, shape)| schema(name, shape)).collect_view();
    view! {
        <a class="skip-link" href="#content">"Skip to content"</a>
        <header class="topbar">
            <a class="brand" href=paths::home()><Logo /><span>{PRODUCT}</span></a>
        </header>
        <main class="page" id="content" tabindex="-1" data-narrow="">
            <div class="page-header">
                <div class="stack-small">
                    <h1>"REST API"</h1>
                    <p class="page-description">{text(&document["info"]["description"])}</p>
                </div>
                <p><a href="/api/v2/openapi.json">"OpenAPI document"</a></p>
            </div>
            {token()}
            <nav aria-label="Subjects"><ul class="subjects">{links}<li><a href="#schemas">"Schemas"</a></li></ul></nav>
            <search class="find" data-needs-script="">
                <TextField name="find" label="Find an operation" value=RwSignal::new(String::new()) kind="search" />
                <p class="muted" id="found" role="status"></p>
            </search>
            {subjects}
            <section class="stack-small" id="schemas">
                <h2>"Schemas"</h2>
                {schemas}
            </section>
        </main>
    }
    .into_any()
}

/// How to get a token, or to use one that there is.
fn token() -> AnyView {
    let empty = || RwSignal::new(String::new());
    view! {
        <Section
            title="Access token"
            description="Every operation but this document’s own needs one. It acts by the role of its key, and what is sent here is really done. The token stays in this window and is gone when it is closed."
        >
            <div class="unscripted"><Notice tone=Tone::Info title="Trying needs JavaScript.">"Reading doesn’t."</Notice></div>
            <form class="stack-small" id="token-form" method="post" action="/auth/oauth/token" data-needs-script="">
                <div class="field-grid">
                    <TextField name="client_id" label="Key" value=empty() required=true />
                    <TextField name="client_secret" label="Secret" value=empty() required=true kind="password" />
                </div>
                <div class="actions"><Button submit=true variant=ButtonVariant::Primary>"Get token"</Button></div>
            </form>
            <div data-needs-script="">
                <TextField name="token" label="Token" value=empty() kind="password" hint="Filled in for you when you get one. You can also paste one here." />
            </div>
            <p id="token-status" role="status"></p>
        </Section>
    }
    .into_any()
}

/// The operations of a tag.
fn subject(document: &Value, tag: &Value) -> AnyView {
    let name = text(&tag["name"]);
    let id = anchor(&name);
    let nothing = Map::new();
    let paths = document["paths"].as_object().unwrap_or(&nothing);
    let all = paths.iter().flat_map(|(path, methods)| methods.as_object().into_iter().flatten().map(move |(method, its)| (path, method, its)));
    let own = all.filter(|(_, _, its)| its["tags"][0] == tag["name"]);
    let operations = own.map(|(path, method, its)| operation(path, method, its)).collect_view();
    view! {
        <section class="subject stack-small" id=id>
            <h2>{name}</h2>
            <p class="muted">{text(&tag["description"])}</p>
            {operations}
        </section>
    }
    .into_any()
}
