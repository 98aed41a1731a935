//! Domains of e-mail addresses in ASCII (Punycode) and Unicode.

use domain::Violations;

/// An address with its domain in ASCII (`xn--exmple-cua.com`), for mail servers; none if the domain is invalid.
pub(super) fn sendable(address: &str) -> Option<String> {
    let (local, host) = address.rsplit_once('@')?;
    let host = idna::domain_to_ascii_strict(host).ok()?;
    Some(format!("{local}@{host}"))
}

/// An address with its domain in Unicode (`exämple.com`), for people. Other text and invalid domains stay unchanged.
pub(crate) fn readable(address: &str) -> String {
    let Some((local, host)) = address.rsplit_once('@') else { return address.to_owned() };
    match idna::domain_to_unicode(host) {
        (host, Ok(())) => format!("{local}@{host}"),
        _ => address.to_owned(),
    }
}

/// Adds a violation to a draft's check for each address, given by field and text, whose domain is invalid.
///
/// # Errors
/// All violations.
pub(crate) fn checked<T>(checked: Result<T, Violations>, addresses: &[(&str, Option<&str>)]) -> Result<T, Violations> {
    let is_right = |field| checked.as_ref().err().is_none_or(|violations| violations.of(field).is_none());
    let mut violations = Violations::new();
    for (field, address) in addresses {
        let address = address.unwrap_or_default().trim();
        let broken = !address.is_empty() && is_right(field) && sendable(address).is_none();
        violations.add_if(broken, field, "Check what follows the @: it isn't a domain name.");
    }
    violations.join(checked)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_domain_has_one_spelling_for_people_and_one_for_servers() {
        assert_eq!(sendable("user@Exämple.com").as_deref(), Some("user@xn--exmple-cua.com"));
        assert_eq!(readable("user@xn--exmple-cua.com"), "user@exämple.com");
        for same in ["ada@example.com", "ada"] {
            assert_eq!(readable(same), same);
        }
        assert_eq!(readable("a@xn--a.com"), "a@xn--a.com");
        assert_eq!(sendable("a@xn--a.com"), None);
    }
}
