//! Requests over a connection of their own, to a server with a process of its own.

use std::net::SocketAddr;

use axum::body::Body;
use http::{
    HeaderMap, HeaderName, HeaderValue, Request,
    header::{CONNECTION, CONTENT_LENGTH},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use super::Answer;

/// Sends a request and reads its answer, which must say how long it is.
pub(super) async fn send(address: SocketAddr, mut request: Request<Body>) -> Answer {
    request.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
    let (parts, body) = request.into_parts();
    let body = axum::body::to_bytes(body, usize::MAX).await.unwrap();
    let mut message = format!("{} {} HTTP/1.1\r\n", parts.method, parts.uri).into_bytes();
    for (name, value) in &parts.headers {
        message.extend([name.as_str().as_bytes(), b": ", value.as_bytes(), b"\r\n"].concat());
    }
    message.extend([b"\r\n", &body[..]].concat());
    let mut connection = TcpStream::connect(address).await.unwrap();
    connection.write_all(&message).await.unwrap();
    let mut received = Vec::new();
    connection.read_to_end(&mut received).await.unwrap();
    read(&received)
}

fn read(received: &[u8]) -> Answer {
    let end = received.windows(4).position(|four| four == b"\r\n\r\n").unwrap_or_else(|| panic!("no whole head of {} bytes", received.len()));
    let head = std::str::from_utf8(&received[..end]).unwrap();
    let mut lines = head.lines();
    let status = lines.next().and_then(|line| line.split(' ').nth(1)).unwrap().parse().unwrap();
    let mut headers = HeaderMap::new();
    for (name, value) in lines.map(|line| line.split_once(": ").unwrap()) {
        headers.append(HeaderName::from_bytes(name.as_bytes()).unwrap(), value.parse().unwrap());
    }
    let answer = Answer { status, headers, body: received[end + 4..].to_vec().into() };
    let length = answer.header(CONTENT_LENGTH.as_str()).map(|length| length.parse().unwrap());
    assert_eq!(length, Some(answer.body.len()), "the answer isn't whole: {answer:?}");
    answer
}
