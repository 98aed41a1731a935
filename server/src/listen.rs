//! Serves connections as axum's own server does, but with limits and time-outs.

use std::{
    convert::Infallible,
    future::Future,
    io::ErrorKind,
    net::SocketAddr,
    pin::{Pin, pin},
    sync::Arc,
    task::{Context, Poll, ready},
    time::Duration,
};

use axum::{
    Error, Router,
    body::{Body, Bytes, HttpBody},
    extract::ConnectInfo,
    response::Response,
};
use http::{HeaderValue, Version, header::CONNECTION};
use http_body::{Frame, SizeHint};
use hyper::{body::Incoming, service::service_fn};
use hyper_util::{
    rt::{TokioExecutor, TokioIo, TokioTimer},
    server::conn::auto::Builder,
};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::watch,
    time,
};
use tower::ServiceExt;

use crate::connections::{Connections, InFlight};

/// How long a connection can take to send a whole request head, the first or a later one, before it is closed.
const HEAD: Duration = Duration::from_secs(30);

/// The interval of HTTP/2 keep-alive pings, and the time-out for the answer.
const PING: Duration = Duration::from_secs(20);

/// The largest request head in bytes, about eight times what browsers send. A longer one is answered with 431.
const MAX_HEAD: u16 = u16::MAX;

/// Concurrent streams of one HTTP/2 connection.
const MAX_STREAMS: u32 = 100;

/// The pause after an accept failed, for example for lack of file descriptors.
const PAUSE: Duration = Duration::from_millis(500);

/// Serves until `stop` resolves, then finishes the requests in flight.
pub async fn serve(listener: TcpListener, app: Router, connections: Connections, stop: impl Future<Output = ()>) {
    let mut builder = Builder::new(TokioExecutor::new());
    builder.http1().timer(TokioTimer::new()).header_read_timeout(HEAD).max_buf_size(usize::from(MAX_HEAD));
    builder
        .http2()
        .timer(TokioTimer::new())
        .keep_alive_interval(PING)
        .keep_alive_timeout(PING)
        .max_concurrent_streams(MAX_STREAMS)
        .max_header_list_size(u32::from(MAX_HEAD));
    let (stopping, running) = watch::channel(false);
    let mut stop = pin!(stop);
    loop {
        let (stream, peer) = tokio::select! {
            accepted = accept(&listener) => accepted,
            () = &mut stop => break,
        };
        // Without a slot the connection is closed at once, rather than left waiting.
        let Some(place) = connections.admit(peer.ip()) else { continue };
        let (app, requests) = (app.clone(), place.clone());
        let service = service_fn(move |request| answer(app.clone(), request, peer, requests.request()));
        let connection = builder.serve_connection(TokioIo::new(stream), service).into_owned();
        let mut running = running.clone();
        tokio::spawn(async move {
            let mut connection = pin!(connection);
            let (mut is_stopping, mut is_new) = (false, true);
            let mut first = pin!(time::sleep(HEAD));
            loop {
                tokio::select! {
                    // Errors of a connection are the client's concern.
                    _ = connection.as_mut() => break,
                    () = place.closed() => break,
                    // hyper's own time-outs start only once the first bytes show the HTTP version.
                    () = &mut first, if is_new => {
                        is_new = false;
                        if !place.was_of_use() {
                            break;
                        }
                    }
                    () = stopped(&mut running), if !is_stopping => {
                        is_stopping = true;
                        connection.as_mut().graceful_shutdown();
                    }
                }
            }
        });
    }
    drop((listener, running));
    stopping.send_replace(true);
    // Every connection holds a receiver until it ends.
    stopping.closed().await;
}

async fn stopped(running: &mut watch::Receiver<bool>) {
    // An error means that the sender was dropped: the server has stopped.
    _ = running.wait_for(|stopping| *stopping).await;
}

async fn accept(listener: &TcpListener) -> (TcpStream, SocketAddr) {
    loop {
        match listener.accept().await {
            Ok(accepted) => return accepted,
            Err(error) if matches!(error.kind(), ErrorKind::ConnectionRefused | ErrorKind::ConnectionAborted | ErrorKind::ConnectionReset) => {}
            Err(error) => {
                tracing::error!(cause = %error, "can't accept a connection");
                time::sleep(PAUSE).await;
            }
        }
    }
}

async fn answer(app: Router, request: http::Request<Incoming>, peer: SocketAddr, in_flight: InFlight) -> Result<Response, Infallible> {
    let in_flight = Arc::new(in_flight);
    if request.body().is_end_stream() {
        in_flight.has_arrived();
    }
    let mut request = request.map(|body| Body::new(Arriving { body, in_flight: in_flight.clone() }));
    request.extensions_mut().insert(ConnectInfo(peer));
    let version = request.version();
    let mut answer = app.oneshot(request).await?;
    // If the answer didn't need the whole body, what is left of it would be read as the next request.
    if !in_flight.has_arrived() && version == Version::HTTP_11 {
        answer.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
    }
    Ok(answer.map(|body| Body::new(Answered { body, _in_flight: in_flight })))
}

/// A request body that makes its connection busy once it is whole.
struct Arriving {
    body: Incoming,
    in_flight: Arc<InFlight>,
}

impl HttpBody for Arriving {
    type Data = Bytes;
    type Error = hyper::Error;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, hyper::Error>>> {
        let frame = ready!(Pin::new(&mut self.body).poll_frame(context));
        if frame.is_none() || self.body.is_end_stream() {
            self.in_flight.has_arrived();
        }
        Poll::Ready(frame)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

/// A response body that keeps its connection busy until it is sent.
struct Answered {
    body: Body,
    _in_flight: Arc<InFlight>,
}

impl HttpBody for Answered {
    type Data = Bytes;
    type Error = Error;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Error>>> {
        Pin::new(&mut self.body).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
