//! What the document says of the values that may be sent: of `domain`'s rules, what a schema can express.

use domain::{
    AccountType, AlternateAccessType, AwsAccess, AwsSignInKind, COUNTRIES, DeviceState, Mask, OLD_TIME_ZONES, RoleScope, TIME_ZONES, limits,
};
use serde_json::{Value, json};
use utoipa::openapi::{
    RefOr, Schema,
    schema::{Object, SchemaType, Type},
};

use crate::patterns::{self, AWS_NUMBER, EMAIL, IP_ADDRESSES, PHONE, PORT, REGION, ROLE_ARN, ROLE_NAME};
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
    Matching(fn() -> String),
    /// As [`Matching`], or empty. With an example.
    Optional(fn() -> String, &'static str),
    /// One of these words; required or not.
    Word(fn() -> Vec<&'static str>, bool),
    /// The name or the code of a country; required or not.
    Country(bool),
    /// The name of a time zone; required or not.
    Zone(bool),
}

const PHONE_NUMBER: Form = Optional(|| PHONE.to_owned(), "+1 809 625 0653");
const EMAIL_ADDRESS: Form = Optional(|| EMAIL.to_owned(), "ada@example.com");
const SCOPE: Form = Word(|| [RoleScope::Msp, RoleScope::Client].map(RoleScope::key).to_vec(), true);

/// The form of each field, by schema. Fields without one accept any value of their type.
const FORMS: &[(&str, &[(&str, Form)])] = &[
    (
        "ClientInput",
        &[
            ("name", Name(limits::NAME)),
            ("address", Block(limits::ADDRESS)),
            ("city", Line(limits::PLACE)),
            ("state", Line(limits::PLACE)),
            ("country", Country(true)),
            ("zip", Line(limits::ZIP)),
            ("timeZone", Zone(true)),
            ("phoneNumber", PHONE_NUMBER),
            ("mobileNumber", PHONE_NUMBER),
            ("contactPerson", Line(limits::NAME)),
            ("email", EMAIL_ADDRESS),
            ("extOrgId", Line(limits::EXTERNAL_ID)),
        ],
    ),
    (
        "HostedManager",
        &[
            ("accessType", Word(|| AlternateAccessType::ALL.iter().map(|kind| kind.key()).collect(), true)),
            ("ipAddress", Matching(patterns::host)),
            ("userName", Line(limits::NAME)),
            ("password", Secret(limits::SECRET)),
            ("port", Optional(|| PORT.to_owned(), "22")),
            ("ipRange", Line(limits::IP_RANGE)),
        ],
    ),
    (
        "Provider",
        &[
            ("name", Name(limits::NAME)),
            ("plan", Line(limits::NAME)),
            ("circuitId", Line(limits::EXTERNAL_ID)),
            ("memberId", Line(limits::EXTERNAL_ID)),
            ("url", Optional(patterns::url, "https://isp.example.com")),
            ("userName", Line(limits::NAME)),
            ("phone", PHONE_NUMBER),
        ],
    ),
    ("Architecture", &[("name", Name(limits::NAME))]),
    (
        "UserInput",
        &[
            ("loginName", Matching(patterns::login)),
            ("firstName", Name(limits::PERSON_NAME)),
            ("lastName", Name(limits::PERSON_NAME)),
            ("email", Matching(|| EMAIL.to_owned())),
            ("altEmail", EMAIL_ADDRESS),
            ("designation", Line(limits::NAME)),
            ("address", Lines(limits::ADDRESS)),
            ("city", Line(limits::PLACE)),
            ("state", Line(limits::PLACE)),
            ("zip", Line(limits::ZIP)),
            ("country", Country(false)),
            ("phoneNumber", PHONE_NUMBER),
            ("mobileNumber", PHONE_NUMBER),
            ("userAccountType", Word(|| AccountType::ALL.iter().map(|kind| kind.key()).collect(), false)),
            ("userGroupType", Word(|| vec!["ALL", "NONE"], false)),
        ],
    ),
    ("ZoneInput", &[("name", Zone(false))]),
    ("TerminationInput", &[("maskType", Word(|| Mask::ALL.iter().map(|mask| mask.key()).collect(), false))]),
    ("GroupInput", &[("name", Name(limits::NAME)), ("description", Lines(limits::DESCRIPTION)), ("email", EMAIL_ADDRESS)]),
    ("RoleInput", &[("name", Name(limits::SHORT_NAME)), ("description", Lines(limits::SHORT_DESCRIPTION)), ("scope", SCOPE)]),
    ("SetInput", &[("name", Name(limits::SHORT_NAME)), ("description", Lines(limits::SHORT_DESCRIPTION)), ("scope", SCOPE)]),
    (
        "CredentialSetInput",
        &[("name", Name(limits::NAME)), ("description", Lines(limits::DESCRIPTION)), ("credentialType", Name(limits::CREDENTIAL_TYPE))],
    ),
    ("DeviceGroupInput", &[("name", Name(limits::NAME)), ("description", Lines(limits::DESCRIPTION))]),
    (
        "AwsAccountInput",
        &[("accountId", Matching(|| AWS_NUMBER.to_owned())), ("name", Name(limits::NAME)), ("kind", Word(|| vec!["management", "single"], true))],
    ),
    (
        "SignIn",
        &[
            ("by", Word(|| AwsSignInKind::ALL.iter().map(|kind| kind.key()).collect(), true)),
            ("profile", Optional(patterns::profile, "production")),
            ("roleArn", Optional(|| ROLE_ARN.to_owned(), "arn:aws:iam::123456789012:role/Tenantry")),
        ],
    ),
    (
        "RoleToMake",
        &[
            ("name", Matching(|| ROLE_NAME.to_owned())),
            ("access", Word(|| AwsAccess::ALL.iter().map(|access| access.key()).collect(), true)),
            ("region", Matching(|| REGION.to_owned())),
        ],
    ),
    ("TrustInput", &[("accountId", Matching(|| AWS_NUMBER.to_owned()))]),
    ("RoleArnInput", &[("roleArn", Matching(|| ROLE_ARN.to_owned()))]),
    ("ChildInput", &[("type", Word(|| vec!["DEVICE"], true))]),
    (
        "ResourceInput",
        &[
            ("name", Line(limits::DEVICE_NAME)),
            ("hostName", Line(limits::HOST)),
            ("ipAddress", Optional(|| IP_ADDRESSES.to_owned(), "172.28.2.233")),
            ("dnsName", Line(limits::HOST)),
            ("deviceType", Line(limits::DEVICE_TEXT)),
            ("resourceType", Line(limits::DEVICE_TEXT)),
            ("type", Line(limits::RECORD_TYPE)),
            ("state", Word(|| DeviceState::ALL.iter().map(|state| state.key()).collect(), true)),
            ("make", Line(limits::DEVICE_TEXT)),
            ("model", Line(limits::DEVICE_TEXT)),
            ("osName", Line(limits::DEVICE_TEXT)),
            ("serialNumber", Line(limits::DEVICE_TEXT)),
            ("aliasName", Line(limits::DEVICE_NAME)),
            ("resourceName", Line(limits::DEVICE_NAME)),
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
            Matching(pattern) => require(property, format!(r"^\s*{}\s*$", pattern())),
            Optional(pattern, example) => {
                if property.example.is_none() {
                    property.examples.push(json!(example));
                }
                property.pattern = Some(format!(r"^\s*({})?\s*$", pattern()));
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
