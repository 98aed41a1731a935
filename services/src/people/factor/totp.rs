//! Codes of authenticator apps: 6 digits of SHA-1 every 30 seconds, the one kind that every app makes.

use domain::{FactorSetUp, Timestamp, in_groups};
use totp_rs::{Algorithm, Builder, Totp};

use super::qr;
use crate::{Fault, Result};

/// How long a secret is, in bytes: the length of the hash.
pub(super) const SECRET: usize = 20;
/// The seconds of a step.
pub(super) const STEP: i64 = 30;
/// The most bytes of a name in the address, once it is encoded: a QR code with more is too fine for many cameras.
const NAME: usize = 120;

/// The step of which this is the code, among the current one and those next to it.
pub(super) fn step_of(secret: &[u8], code: &str, now: Timestamp) -> Result<Option<i64>> {
    let seconds = u64::try_from(now.millis() / 1000).unwrap_or_default();
    Ok(app(secret, "", None)?.check(code, seconds).and_then(|step| i64::try_from(step).ok()))
}

/// What a person needs to add the secret to an app, where it is listed under the partner's and the person's name.
pub(super) fn set_up(secret: &[u8], partner: &str, login: &str) -> Result<FactorSetUp> {
    let app = app(secret, &label(login, "account"), Some(label(partner, "Tenantry")))?;
    let address = app.to_url().map_err(failed)?;
    let secret = in_groups(&app.secret().to_base32()).replace('-', " ");
    Ok(FactorSetUp { secret, qr: qr::code(&address)?, address })
}

fn app(secret: &[u8], account: &str, issuer: Option<String>) -> Result<Totp> {
    let builder = Builder::new().with_algorithm(Algorithm::SHA1).with_digits(6).with_skew(1).with_step_duration(STEP.unsigned_abs());
    builder.with_secret(secret.to_vec()).with_account_name(account).with_issuer(issuer).build().map_err(failed)
}

/// A name as part of the label: without colons, which separate its parts, and not too long.
fn label(name: &str, otherwise: &str) -> String {
    let name = name.replace([':', '：'], " ");
    let mut room = NAME;
    let fits = |c: &char| {
        let takes = if c.is_ascii_alphanumeric() { 1 } else { 3 * c.len_utf8() };
        room = room.saturating_sub(takes);
        room > 0
    };
    let short: String = name.split_whitespace().collect::<Vec<_>>().join(" ").chars().take_while(fits).collect();
    if short.is_empty() { otherwise.to_owned() } else { short.trim_end().to_owned() }
}

fn failed(error: totp_rs::TotpError) -> Fault {
    Fault::Failed(format!("the authenticator app's secret can't be used: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The key of RFC 6238's test vectors.
    const KEY: &[u8] = b"12345678901234567890";

    #[test]
    fn codes_are_those_of_the_standard() {
        for (seconds, code, step) in [(59, "287082", 1), (1_111_111_109, "081804", 37_037_036), (2_000_000_000, "279037", 66_666_666)] {
            assert_eq!(step_of(KEY, code, Timestamp::from_millis(seconds * 1000)).unwrap(), Some(step), "{code}");
        }
    }

    #[test]
    fn a_code_is_good_for_its_step_and_one_either_side() {
        let at = |seconds: i64| step_of(KEY, "287082", Timestamp::from_millis(seconds * 1000)).unwrap();
        // Its step is from second 30 up to 60.
        assert_eq!([0, 29, 30, 59, 60, 89].map(at), [Some(1); 6]);
        assert_eq!([90, 600].map(at), [None; 2]);
    }

    #[test]
    fn an_app_reads_the_label_of_any_partner() {
        let long = "Grüße ".repeat(34);
        for (partner, issuer) in [
            ("LeoArt Inc", "LeoArt%20Inc"),
            ("A:B：C", "A%20B%20C"),
            ("Müller & Söhne", "M%C3%BCller%20%26%20S%C3%B6hne"),
            ("::", "Tenantry"),
            (long.as_str(), "Gr%C3%BC%C3%9Fe%20Gr%C3%BC%C3%9Fe%20Gr%C3%BC%C3%9Fe%20Gr%C3%BC%C3%9Fe%20Gr%C3%BC%C3%9Fe%20Gr%C3%BC%C3%9Fe%20Gr%C3%BC"),
        ] {
            let set_up = set_up(KEY, partner, "ada@leoart.example").unwrap();
            let expected = format!("otpauth://totp/{issuer}:ada%40leoart.example?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer={issuer}");
            assert_eq!(set_up.address, expected);
            assert_eq!(set_up.secret, "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
        }
        let widest = "😀".repeat(254);
        assert!(set_up(KEY, &widest, &widest).unwrap().qr.size < 100, "a camera can read it");
    }
}
