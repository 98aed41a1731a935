//! From JSON to any type that serde can fill.

use std::{borrow::Cow, fmt::Display};

use serde::{
    de::{
        DeserializeOwned, DeserializeSeed, EnumAccess, Error, Expected, IntoDeserializer, MapAccess, SeqAccess, Unexpected, VariantAccess, Visitor,
    },
    forward_to_deserialize_any,
};

/// The text isn't what was expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unreadable JSON")]
pub struct Unreadable;

// Whatever is wrong, it is all the same: so nothing is put into words, and the code for that isn't part of the page.
impl Error for Unreadable {
    fn custom<T: Display>(_: T) -> Self {
        Self
    }

    fn invalid_type(_: Unexpected<'_>, _: &dyn Expected) -> Self {
        Self
    }

    fn invalid_value(_: Unexpected<'_>, _: &dyn Expected) -> Self {
        Self
    }

    fn invalid_length(_: usize, _: &dyn Expected) -> Self {
        Self
    }

    fn unknown_variant(_: &str, _: &'static [&'static str]) -> Self {
        Self
    }

    fn unknown_field(_: &str, _: &'static [&'static str]) -> Self {
        Self
    }

    fn missing_field(_: &'static str) -> Self {
        Self
    }

    fn duplicate_field(_: &'static str) -> Self {
        Self
    }
}

type Result<T> = std::result::Result<T, Unreadable>;

/// Reads a whole text.
pub(super) fn read<T: DeserializeOwned>(text: &[u8]) -> Result<T> {
    let mut reader = Reader { rest: text };
    let value = T::deserialize(&mut reader)?;
    if reader.peek().is_none() { Ok(value) } else { Err(Unreadable) }
}

struct Reader<'de> {
    rest: &'de [u8],
}

impl<'de> Reader<'de> {
    /// The next byte that isn't space.
    fn peek(&mut self) -> Option<u8> {
        self.rest = self.rest.trim_ascii_start();
        self.rest.first().copied()
    }

    /// Steps over this byte, if it is the next one.
    fn take(&mut self, byte: u8) -> bool {
        let there = self.peek() == Some(byte);
        if there {
            self.rest = &self.rest[1..];
        }
        there
    }

    fn expect(&mut self, byte: u8) -> Result<()> {
        if self.take(byte) { Ok(()) } else { Err(Unreadable) }
    }

    fn word(&mut self, word: &[u8]) -> Result<()> {
        self.rest = self.rest.strip_prefix(word).ok_or(Unreadable)?;
        Ok(())
    }

    /// The digits of a whole number: there are no others in what the page is told.
    fn digits(&mut self) -> Result<&'de str> {
        self.peek();
        let end = self.rest.iter().position(|byte| !matches!(byte, b'0'..=b'9' | b'-')).unwrap_or(self.rest.len());
        let (digits, rest) = self.rest.split_at(end);
        if matches!(rest.first(), Some(b'.' | b'e' | b'E')) {
            return Err(Unreadable);
        }
        self.rest = rest;
        std::str::from_utf8(digits).map_err(|_| Unreadable)
    }

    fn string(&mut self) -> Result<Cow<'de, str>> {
        self.expect(b'"')?;
        let mut text = Cow::Borrowed("");
        loop {
            let end = self.rest.iter().position(|byte| matches!(byte, b'"' | b'\\')).ok_or(Unreadable)?;
            let (plain, rest) = self.rest.split_at(end);
            text += std::str::from_utf8(plain).map_err(|_| Unreadable)?;
            self.rest = &rest[1..];
            if rest[0] == b'"' {
                return Ok(text);
            }
            text.to_mut().push(self.escaped()?);
        }
    }

    /// The character that stands behind a backslash.
    fn escaped(&mut self) -> Result<char> {
        let (&byte, rest) = self.rest.split_first().ok_or(Unreadable)?;
        self.rest = rest;
        Ok(match byte {
            b'"' | b'\\' | b'/' => byte.into(),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                let first = self.hexadecimal()?;
                let mut units = vec![first];
                // Characters beyond the first 65,536 come as two.
                if (0xd800..0xdc00).contains(&first) {
                    self.word(b"\\u")?;
                    units.push(self.hexadecimal()?);
                }
                char::decode_utf16(units).next().and_then(std::result::Result::ok).ok_or(Unreadable)?
            }
            _ => return Err(Unreadable),
        })
    }

    fn hexadecimal(&mut self) -> Result<u16> {
        let (digits, rest) = self.rest.split_at_checked(4).ok_or(Unreadable)?;
        self.rest = rest;
        std::str::from_utf8(digits).ok().and_then(|digits| u16::from_str_radix(digits, 16).ok()).ok_or(Unreadable)
    }
}

impl<'de> serde::Deserializer<'de> for &mut Reader<'de> {
    type Error = Unreadable;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        match self.peek().ok_or(Unreadable)? {
            b'"' => self.deserialize_str(visitor),
            b'{' => self.deserialize_map(visitor),
            b'[' => self.deserialize_seq(visitor),
            b't' | b'f' => self.deserialize_bool(visitor),
            b'n' => self.deserialize_unit(visitor),
            _ => self.deserialize_i64(visitor),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        let is_true = self.peek() == Some(b't');
        self.word(if is_true { b"true" } else { b"false" })?;
        visitor.visit_bool(is_true)
    }

    fn deserialize_i64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        let digits = self.digits()?;
        match digits.parse() {
            Ok(number) => visitor.visit_i64(number),
            Err(_) => visitor.visit_u64(digits.parse().map_err(|_| Unreadable)?),
        }
    }

    fn deserialize_u64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        self.deserialize_i64(visitor)
    }

    fn deserialize_i32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        self.deserialize_i64(visitor)
    }

    fn deserialize_u32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        self.deserialize_i64(visitor)
    }

    fn deserialize_u16<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        self.deserialize_i64(visitor)
    }

    fn deserialize_u8<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        self.deserialize_i64(visitor)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        visitor.visit_str(&self.string()?)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        self.deserialize_str(visitor)
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        if self.peek() == Some(b'n') {
            self.word(b"null")?;
            return visitor.visit_none();
        }
        visitor.visit_some(self)
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        self.peek();
        self.word(b"null")?;
        visitor.visit_unit()
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _name: &'static str, visitor: V) -> Result<V::Value> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        self.expect(b'[')?;
        let value = visitor.visit_seq(Items { reader: self, end: b']', first: true })?;
        self.expect(b']')?;
        Ok(value)
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _length: usize, visitor: V) -> Result<V::Value> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        self.expect(b'{')?;
        let value = visitor.visit_map(Items { reader: self, end: b'}', first: true })?;
        self.expect(b'}')?;
        Ok(value)
    }

    fn deserialize_struct<V: Visitor<'de>>(self, _name: &'static str, _fields: &'static [&'static str], visitor: V) -> Result<V::Value> {
        self.deserialize_map(visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(self, _name: &'static str, _variants: &'static [&'static str], visitor: V) -> Result<V::Value> {
        let has_content = self.take(b'{');
        let value = visitor.visit_enum(Variant { reader: self, has_content })?;
        if has_content {
            self.expect(b'}')?;
        }
        Ok(value)
    }

    forward_to_deserialize_any! { i8 i16 i128 u128 f32 f64 char bytes byte_buf unit_struct tuple_struct ignored_any }
}

/// What stands between brackets, with commas in between.
struct Items<'r, 'de> {
    reader: &'r mut Reader<'de>,
    end: u8,
    first: bool,
}

impl Items<'_, '_> {
    /// Whether there is another one; steps over the comma before it.
    fn next(&mut self) -> Result<bool> {
        if self.reader.peek() == Some(self.end) {
            return Ok(false);
        }
        if !std::mem::take(&mut self.first) {
            self.reader.expect(b',')?;
        }
        Ok(true)
    }
}

impl<'de> SeqAccess<'de> for Items<'_, 'de> {
    type Error = Unreadable;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>> {
        if self.next()? { seed.deserialize(&mut *self.reader).map(Some) } else { Ok(None) }
    }
}

impl<'de> MapAccess<'de> for Items<'_, 'de> {
    type Error = Unreadable;

    fn next_key_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>> {
        if self.next()? { seed.deserialize(&mut *self.reader).map(Some) } else { Ok(None) }
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value> {
        self.reader.expect(b':')?;
        seed.deserialize(&mut *self.reader)
    }
}

/// A name, or `{name: content}` without its braces.
struct Variant<'r, 'de> {
    reader: &'r mut Reader<'de>,
    has_content: bool,
}

impl<'de> EnumAccess<'de> for Variant<'_, 'de> {
    type Error = Unreadable;
    type Variant = Self;

    fn variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<(S::Value, Self)> {
        let name = self.reader.string()?;
        let name = seed.deserialize(IntoDeserializer::<Unreadable>::into_deserializer(&*name))?;
        if self.has_content {
            self.reader.expect(b':')?;
        }
        Ok((name, self))
    }
}

impl<'de> VariantAccess<'de> for Variant<'_, 'de> {
    type Error = Unreadable;

    fn unit_variant(self) -> Result<()> {
        if self.has_content { Err(Unreadable) } else { Ok(()) }
    }

    fn newtype_variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<S::Value> {
        seed.deserialize(self.reader)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _length: usize, visitor: V) -> Result<V::Value> {
        serde::Deserializer::deserialize_seq(self.reader, visitor)
    }

    fn struct_variant<V: Visitor<'de>>(self, _fields: &'static [&'static str], visitor: V) -> Result<V::Value> {
        serde::Deserializer::deserialize_map(self.reader, visitor)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use domain::{Error, PageAt, Total, Violation};
    use leptos::serde_json;
    use serde::Serialize;

    use super::*;

    fn returns<T: Serialize + DeserializeOwned + PartialEq + std::fmt::Debug>(value: T) {
        assert_eq!(read::<T>(serde_json::to_string(&value).unwrap().as_bytes()), Ok(value));
    }

    #[test]
    fn what_serde_json_writes_is_read() {
        returns("a \"quoted\" \\ / line\nand\ttab, \u{1}, é, 🦀".to_owned());
        returns(vec![Some(0_i64), None, Some(i64::MIN), Some(i64::MAX)]);
        returns((u64::MAX, true, false, ()));
        returns(BTreeMap::from([("one".to_owned(), vec![1_u32]), ("none".to_owned(), vec![])]));
        returns(vec![PageAt::First, PageAt::After("léo~".to_owned(), -9)]);
        returns(Total::MoreThan(1000));
        let violations = std::iter::once(Violation { field: "name".into(), message: "Too long".into() }).collect();
        returns(Err::<(), _>(Error::Invalid { violations }));
        returns(Ok::<_, Error>(7_u8));
    }

    #[test]
    fn space_and_escapes_do_not_matter() {
        assert_eq!(read::<(String, Option<u8>)>(br#" [ "\u00e9\ud83e\udd80\/" , null ] "#), Ok(("é🦀/".to_owned(), None)));
    }

    #[test]
    fn anything_else_is_refused() {
        for text in ["", "[", "[1,]2", "[1 2]", "[1.5]", "[1e3]", "[--1]", "[300]", "{}", "[1]x", "[\"1\"]", "[null]"] {
            assert_eq!(read::<Vec<u8>>(text.as_bytes()), Err(Unreadable), "{text}");
        }
        for text in [r#"""#, r#""\x""#, r#""\u12""#, r#""\ud800""#, "\"\u{e9}", "1"] {
            assert_eq!(read::<String>(text.as_bytes()), Err(Unreadable), "{text}");
        }
    }
}
