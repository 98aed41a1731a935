//! As much of HTTP/1.1 as measuring a server of ours takes: keep-alive, Content-Length and chunked answers.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{SocketAddr, TcpStream},
    time::Duration,
};

use crate::shell::Result;

/// Longer than the server takes to give up a request, so that its answer arrives.
const MAX_TIME: Duration = Duration::from_secs(60);

/// A connection that stays open.
pub(super) struct Connection {
    stream: BufReader<TcpStream>,
    credentials: String,
}

/// What came back.
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Vec<u8>,
}

impl Answer {
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    pub(super) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub(super) fn json(&self) -> Result<serde_json::Value> {
        serde_json::from_slice(&self.body).map_err(|error| format!("no JSON was answered: {error}: {} {}", self.status, self.text()))
    }

    /// The JSON of a success.
    pub(super) fn done(&self) -> Result<serde_json::Value> {
        if self.status < 400 { self.json() } else { Err(format!("refused: {} {}", self.status, self.text())) }
    }
}

impl Connection {
    /// Connects; every request carries the credentials: a header such as `Cookie: …`, or nothing.
    pub(super) fn open(address: SocketAddr, credentials: &str) -> Result<Self> {
        let stream = TcpStream::connect(address).map_err(|error| format!("{address}: {error}"))?;
        stream.set_nodelay(true).map_err(|error| error.to_string())?;
        stream.set_read_timeout(Some(MAX_TIME)).map_err(|error| error.to_string())?;
        let credentials = if credentials.is_empty() { String::new() } else { format!("{credentials}\r\n") };
        Ok(Self { stream: BufReader::new(stream), credentials })
    }

    pub(super) fn get(&mut self, path: &str, headers: &str) -> Result<Answer> {
        self.send(&format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n{}{headers}\r\n", self.credentials), b"")
    }

    pub(super) fn delete(&mut self, path: &str) -> Result<Answer> {
        self.send(&format!("DELETE {path} HTTP/1.1\r\nHost: localhost\r\n{}\r\n", self.credentials), b"")
    }

    pub(super) fn post(&mut self, path: &str, media_type: &str, body: &[u8]) -> Result<Answer> {
        let head = format!(
            "POST {path} HTTP/1.1\r\nHost: localhost\r\n{}Accept: application/json\r\nContent-Type: {media_type}\r\nContent-Length: {}\r\n\r\n",
            self.credentials,
            body.len()
        );
        self.send(&head, body)
    }

    fn send(&mut self, head: &str, body: &[u8]) -> Result<Answer> {
        let mut message = head.as_bytes().to_vec();
        message.extend_from_slice(body);
        self.stream.get_mut().write_all(&message).map_err(|error| error.to_string())?;
        self.receive().map_err(|error| format!("no answer: {error}"))
    }

    fn receive(&mut self) -> std::io::Result<Answer> {
        let status = self.line()?.split(' ').nth(1).and_then(|code| code.parse().ok()).unwrap_or_default();
        let mut headers = Vec::new();
        loop {
            let line = self.line()?;
            match line.split_once(':') {
                Some((name, value)) => headers.push((name.to_ascii_lowercase(), value.trim().to_owned())),
                None => break,
            }
        }
        let mut answer = Answer { status, headers, body: Vec::new() };
        if answer.header("transfer-encoding") == Some("chunked") {
            loop {
                let size = usize::from_str_radix(self.line()?.trim(), 16).unwrap_or_default();
                let mut chunk = vec![0; size + 2];
                self.stream.read_exact(&mut chunk)?;
                if size == 0 {
                    break;
                }
                answer.body.extend_from_slice(&chunk[..size]);
            }
        } else {
            let length = answer.header("content-length").and_then(|length| length.parse().ok()).unwrap_or_default();
            answer.body = vec![0; length];
            self.stream.read_exact(&mut answer.body)?;
        }
        Ok(answer)
    }

    fn line(&mut self) -> std::io::Result<String> {
        let mut line = String::new();
        if self.stream.read_line(&mut line)? == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        Ok(line.trim_end().to_owned())
    }
}
