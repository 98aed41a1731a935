//! Where a picker finds what can be picked.

use std::{fmt, future::Future, pin::Pin, sync::Arc};

use crate::ui::Choice;

/// What a search has found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// The first of them, each with whether it was chosen before.
    pub choices: Vec<(Choice, bool)>,
    /// Whether there are more.
    pub more: bool,
}

type Answer = Pin<Box<dyn Future<Output = Result<Found, String>> + Send>>;

/// Finds candidates by the words that are typed; none for the first ones of all. What goes wrong is a sentence for people.
#[derive(Clone)]
pub struct Candidates(Arc<dyn Fn(String) -> Answer + Send + Sync>);

impl Candidates {
    /// From a search.
    pub fn new<Fut>(search: impl Fn(String) -> Fut + Send + Sync + 'static) -> Self
    where
        Fut: Future<Output = Result<Found, String>> + Send + 'static,
    {
        Self(Arc::new(move |words| Box::pin(search(words))))
    }

    /// Searches.
    pub(super) fn search(&self, words: String) -> Answer {
        (self.0)(words)
    }
}

impl fmt::Debug for Candidates {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Candidates")
    }
}
