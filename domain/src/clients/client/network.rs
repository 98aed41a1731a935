//! Alternate Access Details and Internet Service Provider Details of the wizard's tab "Service" (docs/spec/clients.md, "Alternate access"; the API's
//! `serviceAccessDetails` and `internetSPDetails`).

use serde::{Deserialize, Serialize};

use crate::{CatalogueId, Draft, Secret, Violations, choice::choice, limits, text};

/// The most rows of either kind.
pub const MAX_ROWS: usize = 50;

choice!(
    /// The protocol of an alternate access.
    AlternateAccessType {
        /// Secure shell.
        Ssh = "SSH", "SSH";
        /// Remote desktop.
        Rdp = "RDP", "RDP";
        /// Telnet.
        Telnet = "TELNET", "Telnet";
        /// Virtual network computing.
        Vnc = "VNC", "VNC";
        /// A web page without encryption.
        Http = "HTTP", "HTTP";
        /// A web page.
        Https = "HTTPS", "HTTPS";
    }
);

/// One way to reach the client's equipment, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AlternateAccessDraft {
    /// Identifies the row, so that its stored password stays with it when rows are added, moved or deleted.
    pub key: String,
    /// Which technology is reached; empty or the number of one of the catalogue.
    pub technology: String,
    /// A key of [`AlternateAccessType`].
    pub access_type: String,
    /// Host name or address.
    pub ip_address: String,
    /// 1 to 65535, or empty.
    pub port: String,
    /// Addresses that are reached through it, free text such as `10.1.2.1-10.1.2.50`.
    pub ip_range: String,
    /// Account name.
    pub user_name: String,
    /// A new password. The server never sends one back.
    pub password: Secret,
    /// Whether a password is stored for the row. It stays unless a new one is typed or this is switched off.
    pub password_kept: bool,
}

impl AlternateAccessDraft {
    /// The technology chosen.
    #[must_use]
    pub fn technology_id(&self) -> Option<CatalogueId> {
        self.technology.parse().ok()
    }
}

/// The row in its normal form, as a part of a client's profile.
impl Draft for AlternateAccessDraft {
    type Context<'a> = ();
    type Checked = Self;

    fn check(mut self, (): ()) -> Result<Self, Violations> {
        let mut violations = Violations::new();
        let mut keep = |name: &str, result: Result<String, String>| violations.accept(name, result).unwrap_or_default();
        self.technology = keep(
            "technology",
            if self.technology.is_empty() || self.technology_id().is_some() {
                Ok(self.technology)
            } else {
                Err("Choose one of the technologies.".to_owned())
            },
        );
        self.access_type = keep(
            "access_type",
            AlternateAccessType::from_key(&self.access_type).map(|kind| kind.key().to_owned()).ok_or_else(|| "Choose an access type.".to_owned()),
        );
        self.ip_address = keep("ip_address", text::required(&self.ip_address, limits::HOST, "Enter the IP address or host name.").and_then(host));
        self.port = keep("port", port(&self.port));
        self.ip_range = keep("ip_range", text::line(&self.ip_range, limits::IP_RANGE));
        self.user_name = keep("user_name", text::line(&self.user_name, limits::NAME));
        violations.add_if(
            self.password.expose().chars().count() > limits::SECRET,
            "password",
            &format!("Use at most {} characters.", limits::SECRET),
        );
        violations.checked(self)
    }
}

/// A provider of the client's internet access, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct InternetProviderDraft {
    /// Identifies the row.
    pub key: String,
    /// The provider's name.
    pub name: String,
    /// What was bought.
    pub plan: String,
    /// The circuit's number.
    pub circuit_id: String,
    /// The client's number with the provider.
    pub member_id: String,
    /// The provider's page.
    pub url: String,
    /// Account name there.
    pub user_name: String,
    /// Whom to call.
    pub phone: String,
}

/// The row in its normal form, as a part of a client's profile.
impl Draft for InternetProviderDraft {
    type Context<'a> = ();
    type Checked = Self;

    fn check(mut self, (): ()) -> Result<Self, Violations> {
        let mut violations = Violations::new();
        let mut keep = |name: &str, result: Result<String, String>| violations.accept(name, result).unwrap_or_default();
        self.name = keep("name", text::required_line(&self.name, limits::NAME, "Enter the provider's name."));
        self.plan = keep("plan", text::line(&self.plan, limits::NAME));
        self.circuit_id = keep("circuit_id", text::line(&self.circuit_id, limits::EXTERNAL_ID));
        self.member_id = keep("member_id", text::line(&self.member_id, limits::EXTERNAL_ID));
        self.url = keep("url", url(&self.url));
        self.user_name = keep("user_name", text::line(&self.user_name, limits::NAME));
        self.phone = keep("phone", text::phone(&self.phone));
        violations.checked(self)
    }
}

fn host(text: String) -> Result<String, String> {
    let plain = text.chars().all(|c| c.is_alphanumeric() || ".-:_%".contains(c));
    if plain { Ok(text) } else { Err("Enter an IP address such as 10.1.2.7, or a host name.".to_owned()) }
}

fn port(text: &str) -> Result<String, String> {
    let text = text.trim();
    match text.parse::<u16>() {
        Ok(1..) => Ok(text.to_owned()),
        _ if text.is_empty() => Ok(String::new()),
        _ => Err("Enter a port from 1 to 65535.".to_owned()),
    }
}

/// Only pages: a `javascript:` address must never become a link.
fn url(text: &str) -> Result<String, String> {
    let text = text::line(text, limits::URL)?;
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    match rest {
        Some(rest) if !rest.is_empty() && !text.contains(char::is_whitespace) => Ok(text),
        None if text.is_empty() => Ok(text),
        _ => Err("Enter an address that starts with https:// or http://.".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_access_row_names_its_wrong_fields() {
        let row = AlternateAccessDraft { port: "70000".into(), ip_address: "a b".into(), ..Default::default() };
        let violations = row.check(()).unwrap_err().within("access.2");
        let fields: Vec<_> = violations.iter().map(|violation| violation.field.as_str()).collect();
        assert_eq!(fields, ["access.2.access_type", "access.2.ip_address", "access.2.port"]);
    }

    #[test]
    fn a_provider_links_only_to_pages() {
        for (address, right) in
            [("https://isp.example/x", true), ("", true), ("javascript:alert(1)", false), ("https://", false), ("isp.example", false)]
        {
            assert_eq!(url(address).is_ok(), right, "{address}");
        }
    }
}
