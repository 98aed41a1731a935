//! The public address of the console: where the links of mails lead, and what passkeys are made for.

/// The address, to which a path is added. It has none of its own: the console's links begin at the root.
pub(super) fn console(url: &str) -> Result<String, String> {
    let wrong = || format!("“{url}”, the public URL, must be the scheme and the host alone, such as https://console.example.com");
    let parsed: http::Uri = url.trim().parse().map_err(|_| wrong())?;
    match (parsed.scheme_str(), parsed.authority(), parsed.path_and_query().map_or("/", |path| path.as_str())) {
        (Some(scheme @ ("https" | "http")), Some(host), "/") if !host.as_str().contains('@') => Ok(format!("{scheme}://{host}")),
        _ => Err(wrong()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_a_scheme_and_a_host() {
        assert_eq!(console("http://127.0.0.1:3000").unwrap(), "http://127.0.0.1:3000");
        assert_eq!(console(" https://console.example.com/ ").unwrap(), "https://console.example.com");
        for wrong in ["console.example.com", "ftp://console.example.com", "https://example.com/console", "https://ada@example.com"] {
            assert!(console(wrong).unwrap_err().contains(&format!("“{wrong}”, the public URL")), "{wrong}");
        }
    }
}
