//! Reads JSON strictly by the schema: unknown keys are errors, a list doesn't stand for an object (serde would read its items as the fields in order),
//! and `7.0` is a whole number.

mod ignored;

use std::{cell::RefCell, rc::Rc};

use serde::{
    Deserializer,
    de::{
        Error as _, IntoDeserializer, Unexpected, Visitor,
        value::{MapDeserializer, SeqDeserializer},
    },
    forward_to_deserialize_any,
};
use serde_json::{Error, Value};

pub(crate) use ignored::{IGNORED, is_ignored};

/// The refusal of an unknown key.
pub(crate) const NOT_UNDERSTOOD: &str = "This field isn’t known here: leave it out, or look how it is spelled.";

/// A value to be read.
pub(crate) struct Strict {
    value: Value,
    /// Its path: `clientDetails.services[0]`.
    path: String,
    /// The paths of unknown keys, shared by all values of a document.
    unknown: Unknown,
}

/// The paths of unknown keys.
pub(crate) type Unknown = Rc<RefCell<Vec<String>>>;

impl Strict {
    /// A whole document, and the list that its unknown keys are added to.
    pub(crate) fn of(value: Value) -> (Self, Unknown) {
        let unknown = Unknown::default();
        (Self { value, path: String::new(), unknown: Rc::clone(&unknown) }, unknown)
    }

    fn inside(&self, path: String, value: Value) -> Self {
        Self { value, path, unknown: Rc::clone(&self.unknown) }
    }

    fn key(&self, key: &str) -> String {
        if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) }
    }
}

impl<'de> IntoDeserializer<'de, Error> for Strict {
    type Deserializer = Self;
    fn into_deserializer(self) -> Self {
        self
    }
}

impl<'de> Deserializer<'de> for Strict {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(mut self, visitor: V) -> Result<V::Value, Error> {
        match std::mem::take(&mut self.value) {
            Value::Array(items) => {
                let item = |(at, item)| self.inside(format!("{}[{at}]", self.path), item);
                visitor.visit_seq(SeqDeserializer::new(items.into_iter().enumerate().map(item)))
            }
            Value::Object(fields) => {
                let field = |(name, value): (String, Value)| {
                    let inner = self.inside(self.key(&name), value);
                    (name, inner)
                };
                visitor.visit_map(MapDeserializer::new(fields.into_iter().map(field)))
            }
            Value::Number(number) => match number.as_f64().and_then(whole) {
                Some(whole) if number.is_f64() => visitor.visit_i64(whole),
                _ => number.deserialize_any(visitor),
            },
            other => other.deserialize_any(visitor),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(self, name: &'static str, fields: &'static [&'static str], visitor: V) -> Result<V::Value, Error> {
        if self.value.is_array() {
            return Err(Error::invalid_type(Unexpected::Seq, &visitor));
        }
        let keys = self.value.as_object().into_iter().flat_map(serde_json::Map::keys);
        let unknown = keys.filter(|key| !fields.contains(&key.as_str()) && !is_ignored(name, key)).map(|key| self.key(key));
        self.unknown.borrow_mut().extend(unknown);
        self.deserialize_any(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if self.value.is_null() { visitor.visit_none() } else { visitor.visit_some(self) }
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
        #[serde(default)]
        more: Vec<Row>,
    }

    fn row(id: i64, tags: Option<Vec<String>>) -> Row {
        Row { id, tags, more: Vec::new() }
    }

    #[test]
    fn an_object_is_no_list_and_a_whole_number_is_whole() {
        let read = |value: Value| Row::deserialize(Strict::of(value).0).map_err(|error| error.to_string());
        assert_eq!(read(json!({ "id": 7.0, "tags": ["a"] })), Ok(row(7, Some(vec!["a".to_owned()]))));
        assert_eq!(read(json!({ "id": 7, "tags": null })), Ok(row(7, None)));
        for wrong in [json!([7, null]), json!({ "id": 7.5 }), json!({ "id": "7" }), json!({ "id": 7, "tags": "a" }), json!(null)] {
            assert!(read(wrong.clone()).is_err(), "{wrong}");
        }
    }

    #[test]
    fn every_key_that_means_nothing_is_told_with_its_place() {
        let (value, unknown) = Strict::of(json!({ "id": 7, "Tags": [], "more": [{ "id": 8 }, { "id": 9, "colour": { "red": 1 } }] }));
        Row::deserialize(value).unwrap();
        assert_eq!(*unknown.borrow(), ["Tags", "more[1].colour"]);
    }
}
