//! What the document says of the values that may be sent. The rules themselves are `domain`'s; this is what of them a schema can say, so that
//! who reads the document, or makes requests of it, knows before asking.

use domain::{COUNTRIES, OLD_TIME_ZONES, TIME_ZONES};
use serde_json::Value;
use utoipa::openapi::{
    RefOr, Schema,
    schema::{Object, SchemaType, Type},
};

use Form::{Block, Country, Line, Name, Pattern, Port, Secret, Text, Word, Zone};

/// What a value looks like.
#[derive(Clone, Copy)]
enum Form {
    /// A line of so many characters at most.
    Line(usize),
    /// As that, and not empty.
    Name(usize),
    /// Several lines, not empty, of so many characters at most.
    Block(usize),
    /// Several lines of any length: what is too long is told.
    Text,
    /// Whatever it is, it is kept as it is.
    Secret(usize),
    /// Nothing, or what has a form.
    Pattern(&'static str),
    /// One of these; required, or not.
    Word(&'static [&'static str], bool),
    /// The name or the code of a country; required, or not.
    Country(bool),
    /// The name of a time zone; required, or not.
    Zone(bool),
    /// Nothing, or 1 to 65535.
    Port,
}

const LOGIN: &str = r"^[^\s\x00-\x1f\x7f-\x9f\u00ad\u0300-\u036f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u2800\u3164\ufdd0-\ufdef\ufe00-\ufe0f\ufeff\uffa0\ufff0-\uffff]{1,254}$";
const HOST: &str = r"^[A-Za-z0-9._:%-]{1,253}$";
const URL: &str = r"^(https?://[a-z0-9-]{1,20}(\.[a-z0-9-]{1,20})*(/[A-Za-z0-9._-]{0,40})*)?$";
const PHONE: &str = r"^([ +().#/x-]{0,2}\d){3,12}[ +().#/x-]{0,2}$|^$";
const EMAIL: &str = r"^([A-Za-z0-9._%+-]{1,64}@([A-Za-z0-9]{1,20}\.){1,3}[A-Za-z]{2,10})?$";
const MAILBOX: &str = r"^[A-Za-z0-9._%+-]{1,64}@([A-Za-z0-9]{1,20}\.){1,3}[A-Za-z]{2,10}$";
const IPS: &str = r"^((25[0-5]|(2[0-4]|1\d|[1-9])?\d)(\.(25[0-5]|(2[0-4]|1\d|[1-9])?\d)){3}(,(25[0-5]|(2[0-4]|1\d|[1-9])?\d)(\.(25[0-5]|(2[0-4]|1\d|[1-9])?\d)){3}){0,5})?$";
const PORT: &str = r"^([1-9]\d{0,3}|[1-5]\d{4}|6[0-4]\d{3}|65[0-4]\d{2}|655[0-2]\d|6553[0-5])?$";

/// The fields of what is sent. Of the rest there is nothing to say.
const FORMS: &[(&str, &[(&str, Form)])] = &[
    (
        "ClientInput",
        &[
            ("name", Name(120)),
            ("address", Block(300)),
            ("city", Line(120)),
            ("state", Line(120)),
            ("country", Country(true)),
            ("zip", Line(20)),
            ("timeZone", Zone(true)),
            ("phoneNumber", Pattern(PHONE)),
            ("mobileNumber", Pattern(PHONE)),
            ("contactPerson", Line(120)),
            ("email", Pattern(EMAIL)),
            ("extOrgId", Line(80)),
        ],
    ),
    (
        "HostedManager",
        &[
            ("accessType", Word(&["SSH", "RDP", "TELNET", "VNC", "HTTP", "HTTPS"], true)),
            ("ipAddress", Pattern(HOST)),
            ("userName", Line(120)),
            ("password", Secret(500)),
            ("port", Port),
            ("ipRange", Line(200)),
        ],
    ),
    (
        "Provider",
        &[
            ("name", Name(120)),
            ("plan", Line(120)),
            ("circuitId", Line(80)),
            ("memberId", Line(80)),
            ("url", Pattern(URL)),
            ("userName", Line(120)),
            ("phone", Pattern(PHONE)),
        ],
    ),
    ("Architecture", &[("name", Name(120))]),
    (
        "UserInput",
        &[
            ("loginName", Pattern(LOGIN)),
            ("firstName", Name(80)),
            ("lastName", Name(80)),
            ("email", Pattern(MAILBOX)),
            ("altEmail", Pattern(EMAIL)),
            ("designation", Line(120)),
            ("address", Text),
            ("city", Line(120)),
            ("state", Line(120)),
            ("zip", Line(20)),
            ("country", Country(false)),
            ("phoneNumber", Pattern(PHONE)),
            ("mobileNumber", Pattern(PHONE)),
            ("userAccountType", Word(&["REGULAR", "BUSINESS"], false)),
            ("userGroupType", Word(&["ALL", "NONE"], false)),
        ],
    ),
    ("ZoneInput", &[("name", Zone(false))]),
    ("TerminationInput", &[("maskType", Word(&["PARTIAL", "FULL"], false))]),
    ("GroupInput", &[("name", Name(120)), ("description", Text), ("email", Pattern(EMAIL))]),
    ("RoleInput", &[("name", Name(80)), ("description", Text), ("scope", Word(&["MSP", "CLIENT"], true))]),
    ("SetInput", &[("name", Name(80)), ("description", Text), ("scope", Word(&["MSP", "CLIENT"], true))]),
    ("CredentialSetInput", &[("name", Name(120)), ("description", Text), ("credentialType", Name(60))]),
    ("DeviceGroupInput", &[("name", Name(120)), ("description", Text)]),
    ("ChildInput", &[("type", Word(&["DEVICE"], true))]),
    (
        "ResourceInput",
        &[
            ("name", Line(255)),
            ("hostName", Line(253)),
            ("ipAddress", Pattern(IPS)),
            ("dnsName", Line(253)),
            ("deviceType", Line(120)),
            ("resourceType", Line(120)),
            ("type", Line(60)),
            ("state", Word(&["active", "inactive", "discovered", "Decommissioned"], true)),
            ("make", Line(120)),
            ("model", Line(120)),
            ("osName", Line(120)),
            ("serialNumber", Line(120)),
            ("aliasName", Line(255)),
            ("resourceName", Line(255)),
        ],
    ),
];

/// Says what is known of the fields of a schema.
pub(crate) fn describe(name: &str, schema: &mut RefOr<Schema>) {
    let RefOr::T(Schema::Object(object)) = schema else { return };
    let forms = FORMS.iter().find(|(its, _)| *its == name).map(|(_, forms)| *forms).unwrap_or_default();
    for (field, property) in &mut object.properties {
        let RefOr::T(Schema::Object(property)) = property else { continue };
        if let Some((_, form)) = forms.iter().find(|(its, _)| its == field) {
            form.describe(property);
        }
    }
}

impl Form {
    fn describe(self, property: &mut Object) {
        let only_text = || SchemaType::new(Type::String);
        match self {
            Line(max) => property.pattern = Some(within(VISIBLE, PLAIN, max, "?")),
            Text => property.pattern = Some(format!(r"^\s*{LINES}*\s*$")),
            Name(max) => {
                property.schema_type = only_text();
                property.pattern = Some(within(VISIBLE, PLAIN, max, ""));
            }
            Block(max) => {
                property.schema_type = only_text();
                property.pattern = Some(within(VISIBLE, LINES, max, ""));
            }
            Secret(max) => property.max_length = Some(max),
            Pattern(pattern) => {
                // What can't be empty can't be nothing either.
                if [LOGIN, HOST, MAILBOX].contains(&pattern) {
                    property.schema_type = only_text();
                }
                let example = [(PHONE, "+1 809 625 0653"), (URL, "https://isp.example.com"), (EMAIL, "ada@example.com")]
                    .into_iter()
                    .find(|(its, _)| *its == pattern);
                property.examples.extend(example.map(|(_, text)| serde_json::json!(text)));
                property.pattern = Some(pattern.to_owned());
            }
            Port => {
                property.examples.push(serde_json::json!("22"));
                property.pattern = Some(PORT.to_owned());
            }
            Word(words, required) => one_of(property, words.iter().copied(), required),
            Country(required) => one_of(property, COUNTRIES.iter().flat_map(|country| [country.name, country.code]), required),
            Zone(required) => one_of(property, TIME_ZONES.iter().chain(OLD_TIME_ZONES).copied(), required),
        }
    }
}

/// A character that is neither white space nor invisible; one that isn't invisible; and one that may also end a line.
const VISIBLE: &str = r"[^\s\x00-\x1f\x7f-\x9f\u00ad\u0300-\u036f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u2800\u3164\ufdd0-\ufdef\ufe00-\ufe0f\ufeff\uffa0\ufff0-\uffff]";
const PLAIN: &str = r"[^\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufdd0-\ufdef\ufffe\uffff]";
const LINES: &str = r"[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufdd0-\ufdef\ufffe\uffff]";

/// So many characters between visible ones: white space at the ends is cut off before it is counted.
fn within(ends: &str, between: &str, max: usize, required: &str) -> String {
    format!(r"^\s*({ends}({between}{{0,{}}}{ends})?){required}\s*$", max.saturating_sub(2))
}

/// One of these, or nothing where it isn't required.
fn one_of(property: &mut Object, words: impl Iterator<Item = &'static str>, required: bool) {
    let nothing = if required { Vec::new() } else { vec!["".into(), Value::Null] };
    if required {
        property.schema_type = SchemaType::new(Type::String);
    }
    property.enum_values = Some(words.map(Value::from).chain(nothing).collect());
}
