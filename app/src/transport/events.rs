//! Listening to server-sent events. Only a browser does.

use std::{cell::Cell, rc::Rc, time::Duration};

use leptos::{leptos_dom::helpers::TimeoutHandle, prelude::set_timeout_with_handle};
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{EventSource, MessageEvent};

/// How long to wait after an answer that the browser doesn't ask for again.
const AGAIN: Duration = Duration::from_secs(10);

/// An open stream of events; dropping it closes the stream.
pub(crate) struct Listener {
    source: EventSource,
    again: Rc<Cell<Option<TimeoutHandle>>>,
    _message: Closure<dyn Fn(MessageEvent)>,
    _error: Closure<dyn Fn()>,
}

impl Listener {
    /// Opens a stream. `on_message` returns whether more can come; `on_closed` is called some time after an answer that ended the stream for good.
    pub(crate) fn open(address: &str, on_message: impl Fn(MessageEvent) -> bool + 'static, on_closed: impl Fn() + Clone + 'static) -> Option<Self> {
        let source = EventSource::new(address).ok()?;
        let again = Rc::<Cell<_>>::default();
        let read = source.clone();
        let message = Closure::<dyn Fn(MessageEvent)>::new(move |event| {
            if !on_message(event) {
                read.close();
            }
        });
        let (broken, timer) = (source.clone(), Rc::clone(&again));
        let error = Closure::<dyn Fn()>::new(move || {
            // Unless the stream is closed, the browser reconnects by itself.
            if broken.ready_state() == EventSource::CLOSED {
                timer.set(set_timeout_with_handle(on_closed.clone(), AGAIN).ok());
            }
        });
        source.set_onmessage(Some(message.as_ref().unchecked_ref()));
        source.set_onerror(Some(error.as_ref().unchecked_ref()));
        Some(Self { source, again, _message: message, _error: error })
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        self.source.close();
        if let Some(timer) = self.again.take() {
            timer.clear();
        }
    }
}
