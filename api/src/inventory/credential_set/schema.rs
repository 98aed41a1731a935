//! The schemas of a credential set, made of the fields that `domain` lists.

use std::borrow::Cow;

use domain::{CredentialField, FieldShape};
use serde_json::{Value, json};
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{
        Ref, RefOr,
        schema::{ArrayBuilder, ObjectBuilder, OneOfBuilder, Schema, SchemaType, Type},
    },
};

use super::{input::CredentialSetInput, output::CredentialSetOutput};
use crate::clients::client::reference::{ClientOfThing, ClientShort};

impl PartialSchema for CredentialSetInput {
    fn schema() -> RefOr<Schema> {
        let summary = "Only what is given changes, and `null` means empty. A new one needs `name` and `credentialType`.";
        let example = json!({ "name": "Lab switches", "credentialType": "SSH", "userName": "operator", "password": "Kiwi#2026", "port": 22 });
        let common = ["name", "description", "credentialType"].into_iter().fold(ObjectBuilder::new(), |object, field| {
            object
                .property(field, ObjectBuilder::new().schema_type(SchemaType::from_iter([Type::String, Type::Null])).description(description(field)))
        });
        let client = OneOfBuilder::new().item(ObjectBuilder::new().schema_type(Type::Null)).item(Ref::from_schema_name("ClientOfThing"));
        let object = common.property("client", client.description(description("client")));
        let fields = CredentialField::ALL.iter().fold(object, |object, field| object.property(field.key(), sent(*field)));
        fields.description(Some(summary)).examples([example]).into()
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
            object.property(field, ObjectBuilder::new().schema_type(Type::String).description(description(field))).required(field)
        });
        let object = common.property("client", Ref::from_schema_name("ClientShort"));
        let shown = CredentialField::ALL.iter().filter(|field| !field.is_secret());
        shown.fold(object, |object, field| object.property(field.key(), answered(*field))).into()
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
fn description(field: &str) -> Option<&'static str> {
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
