//! JSON read as its schema says: a list is no object, though serde would take its items for the object's fields in their order, and `7.0` is
//! a whole number.

use serde::{
    Deserializer,
    de::{
        Error as _, IntoDeserializer, Unexpected, Visitor,
        value::{MapDeserializer, SeqDeserializer},
    },
    forward_to_deserialize_any,
};
use serde_json::{Error, Value};

/// A value to be read.
pub(super) struct Strict(pub(super) Value);

impl<'de> IntoDeserializer<'de, Error> for Strict {
    type Deserializer = Self;
    fn into_deserializer(self) -> Self {
        self
    }
}

impl<'de> Deserializer<'de> for Strict {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0 {
            Value::Array(items) => visitor.visit_seq(SeqDeserializer::new(items.into_iter().map(Self))),
            Value::Object(fields) => visitor.visit_map(MapDeserializer::new(fields.into_iter().map(|(name, value)| (name, Self(value))))),
            Value::Number(number) => match number.as_f64().and_then(whole) {
                Some(whole) if number.is_f64() => visitor.visit_i64(whole),
                _ => number.deserialize_any(visitor),
            },
            other => other.deserialize_any(visitor),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(self, _: &'static str, _: &'static [&'static str], visitor: V) -> Result<V::Value, Error> {
        if self.0.is_array() { Err(Error::invalid_type(Unexpected::Seq, &visitor)) } else { self.deserialize_any(visitor) }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if self.0.is_null() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple tuple_struct map enum
        identifier ignored_any
    }
}

/// The whole number that a number is, as far as those are exact.
fn whole(number: f64) -> Option<i64> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    #[expect(clippy::cast_possible_truncation, reason = "it is whole and small enough")]
    (number.fract() == 0.0 && number.abs() <= EXACT).then_some(number as i64)
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;
    use serde_json::json;

    use super::*;

    #[derive(Debug, PartialEq, Deserialize)]
    struct Row {
        id: i64,
        tags: Option<Vec<String>>,
    }

    #[test]
    fn an_object_is_no_list_and_a_whole_number_is_whole() {
        let read = |value: Value| Row::deserialize(Strict(value)).map_err(|error| error.to_string());
        assert_eq!(read(json!({ "id": 7.0, "tags": ["a"] })), Ok(Row { id: 7, tags: Some(vec!["a".to_owned()]) }));
        assert_eq!(read(json!({ "id": 7, "tags": null })), Ok(Row { id: 7, tags: None }));
        for wrong in [json!([7, null]), json!({ "id": 7.5 }), json!({ "id": "7" }), json!({ "id": 7, "tags": "a" }), json!(null)] {
            assert!(read(wrong.clone()).is_err(), "{wrong}");
        }
    }
}
