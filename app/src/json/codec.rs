//! How answers of the server are written and read.
//!
//! They are JSON, by serde_json on both sides.

use leptos::{
    serde_json,
    server::codee::{Decoder, Encoder},
    server_fn::{Bytes, ContentType, Decodes, Encodes, Format, FormatType, codec::Post},
};
use serde::{Serialize, de::DeserializeOwned};

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
    type Error = serde_json::Error;

    fn decode(bytes: Bytes) -> Result<T, Self::Error> {
        serde_json::from_slice(&bytes)
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
    type Error = serde_json::Error;
    type Encoded = str;

    fn decode(text: &str) -> Result<T, Self::Error> {
        serde_json::from_str(text)
    }
}
