//! A mail server on this machine that takes every mail, or none.

use std::sync::{Arc, Mutex};

use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
};

/// A mail as it arrived: for whom, and all its lines with the headers. Lines that were broken for the way are whole again.
#[derive(Clone, Debug)]
pub(crate) struct Arrived {
    pub(crate) recipients: Vec<String>,
    pub(crate) lines: Vec<String>,
}

/// The server, and what it took so far.
pub(crate) struct MailServer {
    pub(crate) url: String,
    arrived: Arc<Mutex<Vec<Arrived>>>,
}

impl MailServer {
    /// One that takes every mail.
    pub(crate) async fn open() -> Self {
        Self::start(true).await
    }

    /// One that takes every mail, or knows none of the people it is asked to write to.
    pub(super) async fn start(takes: bool) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("smtp://{}", listener.local_addr().unwrap());
        let arrived = Arc::<Mutex<Vec<_>>>::default();
        let kept = arrived.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, takes, kept.clone()));
            }
        });
        Self { url, arrived }
    }

    pub(crate) fn arrived(&self) -> Vec<Arrived> {
        self.arrived.lock().unwrap().clone()
    }
}

/// One connection, as RFC 5321 has it.
async fn serve(stream: TcpStream, takes: bool, arrived: Arc<Mutex<Vec<Arrived>>>) -> std::io::Result<()> {
    let (reader, mut writer) = stream.into_split();
    let mut lines = BufReader::new(reader).lines();
    let mut recipients = Vec::new();
    writer.write_all(b"220 here\r\n").await?;
    while let Some(line) = lines.next_line().await? {
        let answer = match line.split([' ', ':']).next().unwrap_or_default() {
            "RCPT" if !takes => "550 nobody of that name",
            "RCPT" => {
                recipients.push(line.split(['<', '>']).nth(1).unwrap_or_default().to_owned());
                "250 well"
            }
            "DATA" => {
                writer.write_all(b"354 go on\r\n").await?;
                let mut text = String::new();
                while let Some(line) = lines.next_line().await? {
                    if line == "." {
                        break;
                    }
                    text += &line;
                    text.push('\n');
                }
                let text = text.replace("=\n", "").lines().map(str::to_owned).collect();
                arrived.lock().unwrap().push(Arrived { recipients: std::mem::take(&mut recipients), lines: text });
                "250 taken"
            }
            "QUIT" => "221 bye",
            _ => "250 well",
        };
        writer.write_all(format!("{answer}\r\n").as_bytes()).await?;
    }
    Ok(())
}
