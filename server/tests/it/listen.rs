//! Connection limits and time-outs, tested over real sockets.

use std::{net::SocketAddr, time::Duration};

use axum::{
    Router,
    routing::{get, post},
};
use server::{connections::Connections, listen};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpSocket, TcpStream},
    sync::oneshot,
    task::JoinHandle,
    time::timeout,
};

/// A server that answers `/`, with a limit of connections.
struct Server {
    address: SocketAddr,
    stop: oneshot::Sender<()>,
    serving: JoinHandle<()>,
}

impl Server {
    async fn start(limit: usize, proxies: &[&str]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let proxies: Vec<ipnet::IpNet> = proxies.iter().map(|proxy| proxy.parse().unwrap()).collect();
        let app =
            Router::new().route("/", get(async || "here")).route("/read", post(async |_: String| "read")).route("/unread", post(async || "refused"));
        let (stop, stopped) = oneshot::channel();
        let serving = listen::serve(listener, app, Connections::new(limit, &proxies), async { _ = stopped.await });
        Self { address, stop, serving: tokio::spawn(serving) }
    }

    /// A connection from a loopback address.
    async fn connect(&self, from: &str) -> TcpStream {
        let socket = TcpSocket::new_v4().unwrap();
        socket.bind(format!("{from}:0").parse().unwrap()).unwrap();
        socket.connect(self.address).await.unwrap()
    }

    /// Connections that have sent only the beginning of a request.
    async fn half_open(&self, from: &str, count: usize) -> Vec<TcpStream> {
        let mut held = Vec::new();
        for _ in 0..count {
            let mut connection = self.connect(from).await;
            // A connection that was closed at once can't be written to.
            _ = connection.write_all(b"GET / HTTP/1.1\r\nHo").await;
            held.push(connection);
        }
        held
    }

    async fn get(&self, from: &str) -> String {
        let mut connection = self.connect(from).await;
        connection.write_all(b"GET / HTTP/1.1\r\nHost: console.example\r\nConnection: close\r\n\r\n").await.unwrap();
        let mut answer = String::new();
        connection.read_to_string(&mut answer).await.unwrap();
        answer
    }
}

#[tokio::test]
async fn half_open_connections_keep_nobody_out() {
    let server = Server::start(32, &[]).await;
    let held = server.half_open("127.0.0.2", 300).await;
    for from in ["127.0.0.3", "127.0.0.2"] {
        let answer = server.get(from).await;
        assert!(answer.starts_with("HTTP/1.1 200") && answer.ends_with("here"), "{from}: {answer}");
    }
    drop(held);
}

#[tokio::test]
async fn many_addresses_with_half_open_connections_keep_nobody_out() {
    let server = Server::start(16, &["127.0.1.0/24"]).await;
    let mut held = Vec::new();
    for last in 2..42 {
        held.extend(server.half_open(&format!("127.0.0.{last}"), 8).await);
    }
    assert_eq!(held.len(), 320);
    for from in ["127.0.0.2", "127.0.0.100", "127.0.1.1"] {
        assert!(server.get(from).await.starts_with("HTTP/1.1 200"), "{from}");
    }
}

#[tokio::test]
async fn a_trusted_proxy_has_more_than_one_addresss_share() {
    let server = Server::start(16, &["127.0.0.9/32"]).await;
    let mut connections = Vec::new();
    for _ in 0..16 {
        connections.push(server.connect("127.0.0.9").await);
    }
    for connection in &mut connections {
        connection.write_all(b"GET / HTTP/1.1\r\nHost: console.example\r\n\r\n").await.unwrap();
        let mut head = [0; 12];
        connection.read_exact(&mut head).await.unwrap();
        assert_eq!(&head, b"HTTP/1.1 200");
    }
}

#[tokio::test]
async fn idle_connections_do_not_delay_a_stop() {
    let server = Server::start(16, &[]).await;
    let mut idle = server.connect("127.0.0.1").await;
    idle.write_all(b"GET / HTTP/1.1\r\nHost: console.example\r\n\r\n").await.unwrap();
    let mut head = [0; 12];
    idle.read_exact(&mut head).await.unwrap();
    server.stop.send(()).unwrap();
    server.serving.await.unwrap();
    assert!(TcpStream::connect(server.address).await.is_err());
}

#[tokio::test]
async fn an_answer_before_the_whole_body_says_that_the_connection_ends() {
    let server = Server::start(16, &[]).await;
    for (body, closes) in [("", true), ("{}", false)] {
        let mut connection = server.connect("127.0.0.1").await;
        let head = "POST /read HTTP/1.1\r\nHost: console.example\r\nContent-Length: 2\r\n\r\n";
        let head = if closes { head.replace("/read", "/unread") } else { head.to_owned() };
        connection.write_all(format!("{head}{body}").as_bytes()).await.unwrap();
        let mut answer = vec![0; 1000];
        let count = connection.read(&mut answer).await.unwrap();
        let answer = String::from_utf8_lossy(&answer[..count]).to_lowercase();
        assert_eq!(answer.contains("connection: close"), closes, "{answer}");
    }
}

#[tokio::test]
async fn a_head_without_end_is_not_read_to_its_end() {
    let server = Server::start(16, &[]).await;
    let mut connection = server.connect("127.0.0.1").await;
    connection.write_all(b"GET / HTTP/1.1\r\nHost: console.example\r\nX-Long: ").await.unwrap();
    _ = connection.write_all(&vec![b'a'; 100_000]).await;
    let mut answer = Vec::new();
    // The server closes with part of the head unread, so a reset can discard the answer. Without a limit it would wait for the rest.
    let closed = timeout(Duration::from_secs(15), connection.read_to_end(&mut answer)).await;
    assert!(closed.is_ok(), "it is still read");
    assert!(answer.is_empty() || answer.starts_with(b"HTTP/1.1 431"), "{}", String::from_utf8_lossy(&answer));
}

#[tokio::test]
async fn both_versions_of_http_are_spoken() {
    let server = Server::start(16, &[]).await;
    let mut connection = server.connect("127.0.0.1").await;
    // The HTTP/2 preface and empty settings, which the server answers with its own settings.
    connection.write_all(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0").await.unwrap();
    let mut frame = [0; 9];
    connection.read_exact(&mut frame).await.unwrap();
    assert_eq!(frame[3], 4, "a frame of settings");
    assert!(server.get("127.0.0.1").await.ends_with("here"));
}
