//! Patterns of the values that may be sent, in the regular expressions that JSON Schema and all its readers share. Those have no class of letters, so
//! addresses and host names are described in ASCII, though the server knows letters beyond it.

use domain::limits;

/// A character that may stand in a line, one that isn't white space either, and one that may stand in several lines.
const IN_LINE: &str = r"[^\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufdd0-\ufdef\ufffe\uffff]";
const INK: &str = r"[^\s\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufdd0-\ufdef\ufffe\uffff]";
const IN_LINES: &str = r"[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufdd0-\ufdef\ufffe\uffff]";

/// A phone number, with or without an extension.
pub(crate) const PHONE: &str = r"([ +().#/‐‑–-]*\d){3,20}[ +().#/‐‑–-]*(([Ee]xtension|[Ee]xt\.?|[Xx])[ #]*\d{1,6})?";
/// An e-mail address.
pub(crate) const EMAIL: &str = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
/// IP addresses separated by commas.
pub(crate) const IP_ADDRESSES: &str = r"((25[0-5]|(2[0-4]|1\d|[1-9])?\d)(\.(25[0-5]|(2[0-4]|1\d|[1-9])?\d)){3}|([0-9A-Fa-f]{0,4}:){2,7}[0-9A-Fa-f]{0,4})(\s*,\s*((25[0-5]|(2[0-4]|1\d|[1-9])?\d)(\.(25[0-5]|(2[0-4]|1\d|[1-9])?\d)){3}|([0-9A-Fa-f]{0,4}:){2,7}[0-9A-Fa-f]{0,4}))*";
/// 1 to 65535.
pub(crate) const PORT: &str = r"([1-9]\d{0,3}|[1-5]\d{4}|6[0-4]\d{3}|65[0-4]\d{2}|655[0-2]\d|6553[0-5])";

/// Any text, as a value in `queryString`. It may also hold `+` and `:`, where no key follows.
pub(crate) const TEXT: &str = "[^+:=]*";
/// A day, or a moment with or without a zone. That only leap years have a 29th of February is more than a pattern should say.
pub(crate) const MOMENT: &str = r"(19[7-9]\d|[2-9]\d{3})-((0[13578]|1[02])-(0[1-9]|[12]\d|3[01])|(0[469]|11)-(0[1-9]|[12]\d|30)|02-(0[1-9]|[12]\d))(T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(Z|[+-]([01]\d|2[0-3]):?[0-5]\d)?)?";
/// A client's id.
pub(crate) const CLIENT: &str = r"client_[1-9]\d{0,17}";
/// An AWS account's id, and the number that AWS calls so: spaces and hyphens don't count.
pub(crate) const AWS_ACCOUNT: &str = r"aws_[1-9]\d{0,17}";
pub(crate) const AWS_NUMBER: &str = r"[\s\u2010-\u2015\u2212-]*([0-9][\s\u2010-\u2015\u2212-]*){12}";
/// The ARN of a role, its name, and a region.
pub(crate) const ROLE_ARN: &str = r"arn:(aws|aws-cn|aws-us-gov):iam::[0-9]{12}:role/[A-Za-z0-9_+=,.@-]+(/[A-Za-z0-9_+=,.@-]+)*";
pub(crate) const ROLE_NAME: &str = "[A-Za-z0-9_+=,.@-]{1,64}";
pub(crate) const REGION: &str = "[a-z0-9-]{6,32}";
/// A user's id.
pub(crate) const USER: &str = r"USR\d{10}";
/// Ids of devices, separated by commas.
pub(crate) const DEVICES: &str = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(,[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})*";

/// A line of at most so many characters. White space at its ends is cut off before it is counted.
pub(crate) fn line(max: usize, required: bool) -> String {
    within(IN_LINE, max, required)
}

/// As [`line`], of several lines.
pub(crate) fn lines(max: usize, required: bool) -> String {
    within(IN_LINES, max, required)
}

fn within(between: &str, max: usize, required: bool) -> String {
    let optional = if required { "" } else { "?" };
    format!(r"^\s*({INK}({between}{{0,{}}}{INK})?){optional}\s*$", max.saturating_sub(2))
}

/// A login name.
pub(crate) fn login() -> String {
    format!("{INK}{{1,{}}}", limits::LOGIN)
}

/// A host name or an IP address.
pub(crate) fn host() -> String {
    format!("[A-Za-z0-9._:%-]{{1,{}}}", limits::HOST)
}

/// The address of a web page.
pub(crate) fn url() -> String {
    format!("https?://{INK}{{1,{}}}", limits::URL - "https://".len())
}

/// The name of a profile in the server's AWS configuration.
pub(crate) fn profile() -> String {
    let letter = |more: &str| format!(r"[^{more}\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufdd0-\ufdef\ufffe\uffff\[\]\x22\x27#;]");
    let (ink, between) = (letter(r"\s"), letter(""));
    format!("{ink}({between}{{0,{}}}{ink})?", limits::NAME - 2)
}
