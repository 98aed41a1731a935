//! How answers of the server are written and read.
//!
//! They are JSON as serde_json writes it. The page reads it with a reader of its own, much smaller: it knows no fractions, and
//! doesn't say what is wrong with a text. Nobody could do anything about it but reload the page.

use leptos::{
    serde_json,
    server::codee::{Decoder, Encoder},
    server_fn::{Bytes, ContentType, Decodes, Encodes, Format, FormatType, codec::Post},
};
use serde::{Serialize, de::DeserializeOwned};

use super::reader::{self, Unreadable};

/// The encoding of all answers, to requests and within the page.
#[derive(Clone, Copy, Debug)]
pub struct PageJson;

/// A server function that answers so: `output = AnswerJson`.
pub type AnswerJson = Post<PageJson>;

impl ContentType for PageJson {
    const CONTENT_TYPE: &'static str = "application/json";
}

impl FormatType for PageJson {
    const FORMAT_TYPE: Format = Format::Text;
}

impl<T: Serialize> Encodes<T> for PageJson {
    type Error = serde_json::Error;

    fn encode(answer: &T) -> Result<Bytes, Self::Error> {
        serde_json::to_vec(answer).map(Bytes::from)
    }
}

impl<T: DeserializeOwned> Decodes<T> for PageJson {
    type Error = Unreadable;

    fn decode(bytes: Bytes) -> Result<T, Self::Error> {
        reader::read(&bytes)
    }
}

impl<T: Serialize> Encoder<T> for PageJson {
    type Error = serde_json::Error;
    type Encoded = String;

    fn encode(value: &T) -> Result<String, Self::Error> {
        serde_json::to_string(value)
    }
}

impl<T: DeserializeOwned> Decoder<T> for PageJson {
    type Error = Unreadable;
    type Encoded = str;

    fn decode(text: &str) -> Result<T, Self::Error> {
        reader::read(text.as_bytes())
    }
}
