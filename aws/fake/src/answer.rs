//! Answers: XML of the query protocol, JSON of Organizations.

use axum::{
    http::{StatusCode, header::CONTENT_TYPE},
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};

/// An error of AWS's.
#[derive(Clone, Debug)]
pub(crate) struct Refusal {
    status: u16,
    pub(crate) code: String,
    message: String,
}

impl Refusal {
    pub(crate) fn new(status: u16, code: &str, message: &str) -> Self {
        Self { status, code: code.to_owned(), message: message.to_owned() }
    }

    fn status(&self) -> StatusCode {
        StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    pub(crate) fn xml(&self) -> Response {
        let (code, message) = (escaped(&self.code), escaped(&self.message));
        let body = format!(
            "<ErrorResponse><Error><Type>Sender</Type><Code>{code}</Code><Message>{message}</Message></Error><RequestId>0</RequestId></ErrorResponse>"
        );
        (self.status(), [(CONTENT_TYPE, "text/xml")], body).into_response()
    }

    pub(crate) fn json(&self) -> Response {
        let body = json!({"__type": self.code, "Message": self.message}).to_string();
        (self.status(), [(CONTENT_TYPE, JSON)], body).into_response()
    }
}

const JSON: &str = "application/x-amz-json-1.1";

pub(crate) fn json_answer(body: &Value) -> Response {
    ([(CONTENT_TYPE, JSON)], body.to_string()).into_response()
}

/// An answer to an action of the query protocol, around the XML of its result.
pub(crate) fn xml_answer(action: &str, result: &str) -> Response {
    let body = format!(
        "<{action}Response><{action}Result>{result}</{action}Result><ResponseMetadata><RequestId>0</RequestId></ResponseMetadata></{action}Response>"
    );
    ([(CONTENT_TYPE, "text/xml")], body).into_response()
}

/// An element with text inside.
pub(crate) fn element(name: &str, text: &str) -> String {
    format!("<{name}>{}</{name}>", escaped(text))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
