//! What is sent to other machines can't be read on its way, unless the operator says that it can.

use std::{net::IpAddr, str::FromStr};

use sqlx::postgres::{PgConnectOptions, PgSslMode};

/// Checks how mails reach their server. They have links that let their readers in.
///
/// # Errors
/// A sentence, if they would go to another machine unencrypted.
pub(super) fn check_mail(url: &str) -> Result<(), String> {
    let Some((server, query)) = url.strip_prefix("smtp://").map(|rest| rest.split_once('?').unwrap_or((rest, ""))) else { return Ok(()) };
    if matches!(query, "tls=required" | "tls=none") || is_here(host(server)) {
        return Ok(());
    }
    Err("mails have links that let their readers in, and would cross the network for all to read: add ?tls=required to the SMTP URL, \
         use smtps://, or add ?tls=none in a network that you trust"
        .to_owned())
}

/// Checks how a database server is reached. Where its URL doesn't say so, the driver goes on without encryption if the server offers none.
///
/// # Errors
/// A sentence, if it is another machine.
pub(super) fn check_database(url: &str) -> Result<(), String> {
    // Whatever else is wrong with the URL, connecting says.
    let Ok(options) = PgConnectOptions::from_str(url) else { return Ok(()) };
    let is_here = options.get_socket().is_some() || options.get_host().starts_with('/') || is_here(options.get_host());
    if is_here || !matches!(options.get_ssl_mode(), PgSslMode::Allow | PgSslMode::Prefer) {
        return Ok(());
    }
    Err("its URL doesn’t say how the connection to another machine is encrypted: add ?sslmode=verify-full, or ?sslmode=disable in a network \
         that you trust"
        .to_owned())
}

/// The host in the part of a URL that can have a user and a port too.
fn host(server: &str) -> &str {
    let server = server.split('/').next().unwrap_or_default();
    let server = server.rsplit_once('@').map_or(server, |(_, server)| server);
    let without_port = server.rsplit_once(':').filter(|(_, port)| port.bytes().all(|byte| byte.is_ascii_digit()));
    without_port.map_or(server, |(host, _)| host)
}

/// Whether a host is this machine. Other names don't count, whatever they resolve to.
fn is_here(host: &str) -> bool {
    let address = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
    host.eq_ignore_ascii_case("localhost") || address.parse().is_ok_and(|ip: IpAddr| ip.to_canonical().is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mails_leave_this_machine_encrypted_or_as_the_operator_says() {
        for url in [
            "smtp://localhost",
            "smtp://127.0.0.1:2525",
            "smtp://[::1]",
            "smtp://[::1]:25/console.example.com",
            "smtps://ada:kiwi@mail.example.com",
            "smtp://ada:kiwi@mail.example.com?tls=required",
            "smtp://relay?tls=none",
        ] {
            assert_eq!(check_mail(url), Ok(()), "{url}");
        }
        for url in ["smtp://relay", "smtp://mail.example.com:25?tls=opportunistic", "smtp://localhost.example.com", "smtp://localhost@192.0.2.1"] {
            assert!(check_mail(url).is_err_and(|sentence| sentence.contains("?tls=required")), "{url}");
        }
    }

    #[test]
    fn a_database_elsewhere_is_reached_encrypted_or_as_the_operator_says() {
        for url in [
            "postgres://postgres@127.0.0.1:5432/tenantry",
            "postgres://localhost/tenantry",
            "postgres://[::1]/tenantry",
            "postgres://ada@%2Fvar%2Frun%2Fpostgresql/tenantry",
            "postgres:///tenantry?host=/var/run/postgresql",
            "postgres://ada:kiwi@db.example.com/tenantry?sslmode=verify-full",
            "postgresql://ada:kiwi@db.example.com/tenantry?sslmode=require",
            "postgres://ada:kiwi@db/tenantry?sslmode=disable",
        ] {
            assert_eq!(check_database(url), Ok(()), "{url}");
        }
        for url in [
            "postgres://ada:kiwi@db/tenantry",
            "postgresql://ada:kiwi@192.0.2.1:5432/tenantry?sslmode=prefer",
            "postgres:///tenantry?host=db.example.com&sslmode=allow",
        ] {
            assert!(check_database(url).is_err_and(|sentence| sentence.contains("?sslmode=verify-full")), "{url}");
        }
    }
}
