//! Credential sets on the wire (reference "Object shapes": Credential set; seed 001, `credentialSets.*`). No secret is ever in an answer.

use std::{borrow::Cow, collections::BTreeMap};

use domain::{CredentialField, CredentialSet, CredentialSetDraft, CredentialSetSummary, CredentialType, Error, FieldShape, Violations};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{
        Ref, RefOr,
        schema::{ArrayBuilder, ObjectBuilder, OneOfBuilder, Schema, SchemaType, Type},
    },
};

use super::resource_wire::{ClientOfThing, ClientShort};
use crate::api::{
    fields::given,
    strict::{NOT_UNDERSTOOD, is_ignored},
};

/// A credential set as it is sent: only what is given changes, and `null` means empty.
#[derive(Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct CredentialSetInput {
    #[serde(deserialize_with = "given")]
    name: Option<String>,
    #[serde(deserialize_with = "given")]
    description: Option<String>,
    #[serde(deserialize_with = "given")]
    credential_type: Option<String>,
    pub(super) client: Option<ClientOfThing>,
    #[serde(flatten)]
    fields: BTreeMap<String, Value>,
}

impl TryFrom<CredentialSetInput> for CredentialSetDraft {
    type Error = Error;
    fn try_from(input: CredentialSetInput) -> Result<Self, Error> {
        let mut violations = Violations::new();
        let mut fields = BTreeMap::new();
        for (key, sent) in input.fields {
            let Some(field) = CredentialField::from_key(&key) else {
                violations.add_if(!is_ignored("CredentialSetInput", &key), &format!("fields.{key}"), NOT_UNDERSTOOD);
                continue;
            };
            fields.extend(violations.take(&format!("fields.{key}"), text(field, sent)).map(|text| (field, text)));
        }
        violations.into_result()?;
        Ok(Self { name: input.name, description: input.description, credential_type: input.credential_type, fields })
    }
}

/// A value as text, whether it was sent as that or as what it means.
fn text(field: CredentialField, sent: Value) -> Result<String, &'static str> {
    match sent {
        Value::String(text) => Ok(text),
        Value::Number(number) => Ok(number.to_string()),
        Value::Bool(flag) => Ok(flag.to_string()),
        Value::Null => Ok(String::new()),
        list @ Value::Array(_) if matches!(field.shape(), FieldShape::List) => Ok(list.to_string()),
        Value::Array(_) | Value::Object(_) => Err("Send a text, a number, true or false, or a list where the field is one."),
    }
}

/// A credential set.
#[derive(Serialize)]
pub(super) struct CredentialSetOutput(Map<String, Value>);

impl From<CredentialSet> for CredentialSetOutput {
    fn from(set: CredentialSet) -> Self {
        let mut shown = Map::new();
        shown.insert("uniqueId".to_owned(), set.id.to_string().into());
        // A field is answered if it has a value, or if the set's type uses it.
        let kind = &set.details.credential_type;
        let own = if CredentialType::of(kind).is_some() { CredentialType::fields(kind) } else { Vec::new() };
        let tells = |field: &CredentialField| set.details.fields.contains_key(field) || (own.contains(field) && !field.is_general());
        for field in CredentialField::ALL.iter().copied().filter(|field| !field.is_secret() && tells(field)) {
            let text = set.details.value(field);
            if !text.is_empty() {
                shown.insert(field.key().to_owned(), value(field, text));
            }
        }
        shown.insert("name".to_owned(), set.details.name.into());
        shown.insert("description".to_owned(), set.details.description.into());
        shown.insert("credentialType".to_owned(), set.details.credential_type.into());
        if let Some(client) = set.client.and_then(|client| serde_json::to_value(ClientShort::from(client)).ok()) {
            shown.insert("client".to_owned(), client);
        }
        Self(shown)
    }
}

/// The value of a field that is no secret, written as its shape is: numbers and flags as such.
pub(super) fn value(field: CredentialField, text: &str) -> Value {
    match field.shape() {
        FieldShape::Number { .. } => text.parse::<i64>().unwrap_or_default().into(),
        FieldShape::Flag => (text == "true").into(),
        FieldShape::List => serde_json::from_str(text).unwrap_or_default(),
        _ => text.into(),
    }
}

/// A credential set in short.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct CredentialSetShort {
    #[schema(example = "mmtKsSTyXYqtEtrRMRSmWjAh")]
    unique_id: String,
    #[schema(example = "Agent-WMI-Discovery")]
    name: String,
}

impl From<CredentialSetSummary> for CredentialSetShort {
    fn from(set: CredentialSetSummary) -> Self {
        Self { unique_id: set.id.to_string(), name: set.name }
    }
}

impl PartialSchema for CredentialSetInput {
    fn schema() -> RefOr<Schema> {
        let description = "Only what is given changes, and `null` means empty. A new one needs `name` and `credentialType`.";
        let example = json!({ "name": "Lab switches", "credentialType": "SSH", "userName": "operator", "password": "Kiwi#2026", "port": 22 });
        let common = ["name", "description", "credentialType"].into_iter().fold(ObjectBuilder::new(), |object, field| {
            object.property(field, ObjectBuilder::new().schema_type(SchemaType::from_iter([Type::String, Type::Null])).description(said_of(field)))
        });
        let client = OneOfBuilder::new().item(ObjectBuilder::new().schema_type(Type::Null)).item(Ref::from_schema_name("ClientOfThing"));
        let object = common.property("client", client.description(said_of("client")));
        let fields = CredentialField::ALL.iter().fold(object, |object, field| object.property(field.key(), sent(*field)));
        fields.description(Some(description)).examples([example]).into()
    }
}

impl ToSchema for CredentialSetInput {
    fn name() -> Cow<'static, str> {
        "CredentialSetInput".into()
    }
    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        schemas.push((ClientOfThing::name().into(), ClientOfThing::schema()));
    }
}

impl PartialSchema for CredentialSetOutput {
    fn schema() -> RefOr<Schema> {
        let common = ["uniqueId", "name", "description", "credentialType"].into_iter().fold(ObjectBuilder::new(), |object, field| {
            object.property(field, ObjectBuilder::new().schema_type(Type::String).description(said_of(field))).required(field)
        });
        let object = common.property("client", Ref::from_schema_name("ClientShort"));
        let told = CredentialField::ALL.iter().filter(|field| !field.is_secret());
        told.fold(object, |object, field| object.property(field.key(), answered(*field))).into()
    }
}

impl ToSchema for CredentialSetOutput {
    fn name() -> Cow<'static, str> {
        "CredentialSetOutput".into()
    }
    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        schemas.push((ClientShort::name().into(), ClientShort::schema()));
    }
}

/// What the document says of what every set has.
fn said_of(field: &str) -> Option<&'static str> {
    Some(match field {
        "name" => "Name.",
        "description" => "What it is for.",
        "credentialType" => "AWS, SNMP, WINDOWS, SSH, VNC, VMWARE or another text.",
        "client" => "The client it belongs to; none for the partner's own.",
        "uniqueId" => "Identifier.",
        _ => return None,
    })
}

/// A field as it may be sent: numbers and flags also as text, and texts also as what they mean.
fn sent(field: CredentialField) -> Schema {
    let property = ObjectBuilder::new().description(Some(field.label()));
    let one_of = |types: &[Type]| SchemaType::from_iter(types.iter().cloned());
    let text = one_of(&[Type::String, Type::Number, Type::Boolean, Type::Null]);
    match field.shape() {
        FieldShape::Text => property.schema_type(text).into(),
        FieldShape::Secret | FieldShape::SecretText => property.schema_type(text).write_only(true).into(),
        FieldShape::Number { max } => {
            let number = property.schema_type(one_of(&[Type::Integer, Type::String, Type::Null])).pattern(Some(r"^\s*[0-9]*\s*$"));
            number.minimum(Some(0)).maximum(Some(max)).into()
        }
        FieldShape::Flag => property.schema_type(one_of(&[Type::Boolean, Type::String, Type::Null])).pattern(Some("^(true|false)?$")).into(),
        FieldShape::List => {
            let items = ObjectBuilder::new().schema_type(SchemaType::AnyValue);
            ArrayBuilder::new().items(items).schema_type(one_of(&[Type::Array, Type::Null])).description(Some(field.label())).into()
        }
        FieldShape::Choice(words) => {
            let values = words.iter().map(|word| Value::from(*word)).chain(["".into(), Value::Null]);
            property.schema_type(one_of(&[Type::String, Type::Null])).enum_values(Some(values)).into()
        }
    }
}

/// A field as it is answered.
fn answered(field: CredentialField) -> Schema {
    let property = ObjectBuilder::new().description(Some(field.label()));
    let property = property.schema_type(match field.shape() {
        FieldShape::Number { .. } => Type::Integer,
        FieldShape::Flag => Type::Boolean,
        FieldShape::List => {
            let items = ObjectBuilder::new().schema_type(SchemaType::AnyValue);
            return ArrayBuilder::new().items(items).description(Some(field.label())).into();
        }
        _ => Type::String,
    });
    property.into()
}
