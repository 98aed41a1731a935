//! Countries, as scripts write them.

use domain::{country_name, country_written};
use services::fold;

/// The code of a country as people write it; what is none is for the draft's rules to refuse.
pub(crate) fn country_code(written: &str) -> String {
    country_written(written, fold).map_or_else(|| written.trim().to_owned(), |country| country.code.to_owned())
}

/// A country as it was sent, if it was sent and not changed on a page since; otherwise its name.
pub(crate) fn country_as_sent(code: &str, written: &str) -> String {
    let name = country_name(code).unwrap_or(code);
    // Looking up what was written compares it with the names of all countries, too long to do for every client of a page that has the name itself.
    let is_as_sent = !written.is_empty() && written != name && country_code(written) == code;
    if is_as_sent { written.to_owned() } else { name.to_owned() }
}
