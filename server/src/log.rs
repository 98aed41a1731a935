//! The log, on standard error.

use std::{
    io::{self, Write},
    time::Duration,
};

use http::{Response, StatusCode};
use tracing::Span;
use tracing_subscriber::{EnvFilter, fmt::MakeWriter};

use crate::config::{Config, LogFormat};

/// AWS's libraries tell by "info" whose access keys they found.
const QUIET: &str = "aws_config=warn,aws_smithy_runtime=warn";

/// Starts logging.
///
/// # Errors
/// A sentence about a filter that can't be read.
pub fn start(config: &Config) -> Result<(), String> {
    let filter =
        EnvFilter::try_new(format!("{QUIET},{}", config.log)).map_err(|error| format!("the log filter “{}” is wrong: {error}", config.log))?;
    let log = tracing_subscriber::fmt().with_env_filter(filter);
    let log = log.with_writer(Lines(io::stderr));
    match config.log_format {
        LogFormat::Text => log.with_ansi(false).init(),
        LogFormat::Json => log.json().init(),
    }
    Ok(())
}

/// Logs an answer. Refusals that can mean an attack (missing rights, a form of another site, too many calls) are logged by default, all others for debugging.
pub fn answered<B>(response: &Response<B>, latency: Duration, _: &Span) {
    let status = response.status();
    if [StatusCode::FORBIDDEN, StatusCode::TOO_MANY_REQUESTS].contains(&status) {
        tracing::info!(status = status.as_u16(), "refused");
    } else {
        tracing::debug!(status = status.as_u16(), ?latency, "answered");
    }
}

/// Escapes invisible characters, so that user input can neither fake another log line nor send control codes to a terminal.
struct Lines<W>(W);

impl<'a, W: MakeWriter<'a>> MakeWriter<'a> for Lines<W> {
    type Writer = Line<W::Writer>;

    fn make_writer(&'a self) -> Self::Writer {
        Line(self.0.make_writer())
    }
}

/// Expects one event per write, ending with a line break, as the subscriber writes it.
struct Line<W>(W);

impl<W: Write> Write for Line<W> {
    fn write(&mut self, event: &[u8]) -> io::Result<usize> {
        self.0.write_all(visible(&String::from_utf8_lossy(event)).as_bytes())?;
        Ok(event.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

fn visible(event: &str) -> String {
    let (text, end) = event.strip_suffix('\n').map_or((event, ""), |text| (text, "\n"));
    let mut line = String::with_capacity(event.len());
    for letter in text.chars() {
        if letter.is_control() || is_invisible(letter) {
            // As JSON escapes them; all of them are below U+FFFF.
            line += &format!("\\u{:04x}", u32::from(letter));
        } else {
            line.push(letter);
        }
    }
    line + end
}

/// Line and paragraph separators and bidirectional controls.
const fn is_invisible(letter: char) -> bool {
    matches!(letter, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{61c}')
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use super::*;

    #[derive(Clone, Default)]
    struct Kept(Arc<Mutex<Vec<u8>>>);

    impl Write for Kept {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().extend_from_slice(bytes);
            Ok(bytes.len())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    /// What is logged by default while `work` is done.
    fn logged(work: impl FnOnce()) -> String {
        let kept = Kept::default();
        let writer = kept.clone();
        let log = tracing_subscriber::fmt().with_ansi(false).with_writer(Lines(move || writer.clone())).finish();
        tracing::subscriber::with_default(log, work);
        let text = kept.0.lock().unwrap().clone();
        String::from_utf8(text).unwrap()
    }

    #[test]
    fn refusals_are_logged_with_their_request() {
        for (status, is_logged) in [(403, true), (429, true), (200, false), (401, false), (404, false), (422, false)] {
            let answer = Response::builder().status(status).body(()).unwrap();
            let text = logged(|| tracing::info_span!("request", id = "r-1").in_scope(|| answered(&answer, Duration::ZERO, &Span::current())));
            assert_eq!(text.contains("refused") && text.contains(&format!("status={status}")) && text.contains("r-1"), is_logged, "{text}");
        }
    }

    #[test]
    fn what_somebody_typed_stays_within_its_line() {
        let text = logged(|| {
            let typed = "Ada\n2026-11-27T00:00:00Z  INFO server: all is well\r\u{1b}[2J\u{202e}drowssap\u{2028}";
            let span = tracing::info_span!("request", principal = %typed);
            span.in_scope(|| tracing::warn!(cause = %typed, "it failed for {typed}"));
            tracing::info!("the next");
        });
        assert_eq!(text.lines().count(), 2, "{text}");
        assert!(text.contains(r"Ada\u000a2026") && text.contains("the next"), "{text}");
        assert!(!text.contains(['\r', '\u{1b}', '\u{202e}', '\u{2028}']), "{text:?}");
    }
}
