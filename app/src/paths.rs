//! Every address of the console, as a function. No page spells one.

use domain::{CatalogueKind, ClientId, ClientQuery, DraftId, ImageId, Step};

/// Sign in.
#[must_use]
pub fn login() -> String {
    "/login".to_owned()
}

/// Sign in, and then go on to an address of ours.
#[must_use]
pub fn login_then(next: &str) -> String {
    format!("/login?next={}", encoded(next))
}

/// Password, sessions.
#[must_use]
pub fn account() -> String {
    "/account".to_owned()
}

/// The list of clients, as a query wants it.
#[must_use]
pub fn clients(query: &ClientQuery) -> String {
    match query.to_address() {
        plain if plain.is_empty() => "/clients".to_owned(),
        query => format!("/clients?{query}"),
    }
}

/// Begin a client, or continue a draft.
#[must_use]
pub fn client_new() -> String {
    "/clients/new".to_owned()
}

/// A tab of the wizard.
#[must_use]
pub fn client_draft(draft: &DraftId, step: Step) -> String {
    format!("/clients/new/{draft}/{}", step.key())
}

/// Client Details.
#[must_use]
pub fn client(id: ClientId) -> String {
    format!("/clients/{id}")
}

/// Client Details, to change.
#[must_use]
pub fn client_edit(id: ClientId) -> String {
    format!("/clients/{id}/edit")
}

/// A catalogue.
#[must_use]
pub fn catalogue(kind: CatalogueKind) -> String {
    format!("/catalogues/{}", kind.key())
}

/// The partner's own settings.
#[must_use]
pub fn settings() -> String {
    "/settings".to_owned()
}

/// Where images are sent to.
#[must_use]
pub fn images() -> String {
    "/images".to_owned()
}

/// An image.
#[must_use]
pub fn image(id: &ImageId) -> String {
    format!("/images/{id}")
}

/// Percent-encoded for a part of a query.
fn encoded(text: &str) -> String {
    text.bytes().fold(String::new(), |mut out, byte| {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => out.push(char::from(byte)),
            other => out.push_str(&format!("%{other:02X}")),
        }
        out
    })
}
