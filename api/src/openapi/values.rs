//! What the document says of the values that may be sent: of `domain`'s rules, what a schema can express.

use domain::{AccessType, AccountType, COUNTRIES, DeviceState, Mask, OLD_TIME_ZONES, RoleScope, TIME_ZONES};
use serde_json::{Value, json};
use utoipa::openapi::{
    RefOr, Schema,
    schema::{Object, SchemaType, Type},
};

use crate::patterns::{self, EMAIL, HOST, IP_ADDRESSES, LOGIN, PHONE, PORT, URL};
use Form::{Block, Country, Line, Lines, Matching, Name, Optional, Secret, Word, Zone};

/// What a value looks like.
#[derive(Clone, Copy)]
enum Form {
    /// A line of at most so many characters.
    Line(usize),
    /// As [`Line`], and not empty.
    Name(usize),
    /// Several lines of at most so many characters.
    Lines(usize),
    /// As [`Lines`], and not empty.
    Block(usize),
    /// At most so many characters, stored as they are.
    Secret(usize),
    /// A pattern that the value matches.
    Matching(&'static str),
    /// As [`Matching`], or empty. With an example.
    Optional(&'static str, &'static str),
    /// One of these words; required or not.
    Word(fn() -> Vec<&'static str>, bool),
    /// The name or the code of a country; required or not.
    Country(bool),
    /// The name of a time zone; required or not.
    Zone(bool),
}

const PHONE_NUMBER: Form = Optional(PHONE, "+1 809 625 0653");
const EMAIL_ADDRESS: Form = Optional(EMAIL, "ada@example.com");
const SCOPE: Form = Word(|| [RoleScope::Msp, RoleScope::Client].map(RoleScope::key).to_vec(), true);

/// The form of each field, by schema. Fields without one accept any value of their type.
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
            ("phoneNumber", PHONE_NUMBER),
            ("mobileNumber", PHONE_NUMBER),
            ("contactPerson", Line(120)),
            ("email", EMAIL_ADDRESS),
            ("extOrgId", Line(80)),
        ],
    ),
    (
        "HostedManager",
        &[
            ("accessType", Word(|| AccessType::ALL.iter().map(|kind| kind.key()).collect(), true)),
            ("ipAddress", Matching(HOST)),
            ("userName", Line(120)),
            ("password", Secret(500)),
            ("port", Optional(PORT, "22")),
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
            ("url", Optional(URL, "https://isp.example.com")),
            ("userName", Line(120)),
            ("phone", PHONE_NUMBER),
        ],
    ),
    ("Architecture", &[("name", Name(120))]),
    (
        "UserInput",
        &[
            ("loginName", Matching(LOGIN)),
            ("firstName", Name(80)),
            ("lastName", Name(80)),
            ("email", Matching(EMAIL)),
            ("altEmail", EMAIL_ADDRESS),
            ("designation", Line(120)),
            ("address", Lines(300)),
            ("city", Line(120)),
            ("state", Line(120)),
            ("zip", Line(20)),
            ("country", Country(false)),
            ("phoneNumber", PHONE_NUMBER),
            ("mobileNumber", PHONE_NUMBER),
            ("userAccountType", Word(|| AccountType::ALL.iter().map(|kind| kind.key()).collect(), false)),
            ("userGroupType", Word(|| vec!["ALL", "NONE"], false)),
        ],
    ),
    ("ZoneInput", &[("name", Zone(false))]),
    ("TerminationInput", &[("maskType", Word(|| Mask::ALL.iter().map(|mask| mask.key()).collect(), false))]),
    ("GroupInput", &[("name", Name(120)), ("description", Lines(1000)), ("email", EMAIL_ADDRESS)]),
    ("RoleInput", &[("name", Name(80)), ("description", Lines(500)), ("scope", SCOPE)]),
    ("SetInput", &[("name", Name(80)), ("description", Lines(500)), ("scope", SCOPE)]),
    ("CredentialSetInput", &[("name", Name(120)), ("description", Lines(1000)), ("credentialType", Name(60))]),
    ("DeviceGroupInput", &[("name", Name(120)), ("description", Lines(1000))]),
    ("ChildInput", &[("type", Word(|| vec!["DEVICE"], true))]),
    (
        "ResourceInput",
        &[
            ("name", Line(255)),
            ("hostName", Line(253)),
            ("ipAddress", Optional(IP_ADDRESSES, "172.28.2.233")),
            ("dnsName", Line(253)),
            ("deviceType", Line(120)),
            ("resourceType", Line(120)),
            ("type", Line(60)),
            ("state", Word(|| DeviceState::ALL.iter().map(|state| state.key()).collect(), true)),
            ("make", Line(120)),
            ("model", Line(120)),
            ("osName", Line(120)),
            ("serialNumber", Line(120)),
            ("aliasName", Line(255)),
            ("resourceName", Line(255)),
        ],
    ),
];

/// Describes the fields of a schema.
pub(crate) fn describe(name: &str, schema: &mut RefOr<Schema>) {
    let RefOr::T(Schema::Object(object)) = schema else { return };
    let forms = FORMS.iter().find(|(schema, _)| *schema == name).map(|(_, forms)| *forms).unwrap_or_default();
    for (field, property) in &mut object.properties {
        let RefOr::T(Schema::Object(property)) = property else { continue };
        if let Some((_, form)) = forms.iter().find(|(name, _)| name == field) {
            form.describe(property);
        }
    }
}

impl Form {
    fn describe(self, property: &mut Object) {
        match self {
            Line(max) => property.pattern = Some(patterns::line(max, false)),
            Lines(max) => property.pattern = Some(patterns::lines(max, false)),
            Secret(max) => property.max_length = Some(max),
            Name(max) => require(property, patterns::line(max, true)),
            Block(max) => require(property, patterns::lines(max, true)),
            Matching(pattern) => require(property, format!(r"^\s*{pattern}\s*$")),
            Optional(pattern, example) => {
                if property.example.is_none() {
                    property.examples.push(json!(example));
                }
                property.pattern = Some(format!(r"^\s*({pattern})?\s*$"));
            }
            Word(words, required) => one_of(property, words().into_iter(), required),
            Country(required) => one_of(property, COUNTRIES.iter().flat_map(|country| [country.name, country.code]), required),
            Zone(required) => one_of(property, TIME_ZONES.iter().chain(OLD_TIME_ZONES).copied(), required),
        }
    }
}

/// A value that can be neither empty nor null.
fn require(property: &mut Object, pattern: String) {
    property.schema_type = SchemaType::new(Type::String);
    property.pattern = Some(pattern);
}

/// One of these, or nothing where it isn't required.
fn one_of(property: &mut Object, words: impl Iterator<Item = &'static str>, required: bool) {
    let nothing = if required { Vec::new() } else { vec!["".into(), Value::Null] };
    if required {
        property.schema_type = SchemaType::new(Type::String);
    }
    property.enum_values = Some(words.map(Value::from).chain(nothing).collect());
}
