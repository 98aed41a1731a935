//! `queryString`: pairs `key:value` joined by `+`. Values can contain spaces and plus signs, and `=` can replace `:`, so it is split only before a
//! key (docs/spec/rest-api.md, "Search").
//!
//! A bare `+` in a value can mean itself (`name:C++`) or a space (`name:Bay+Area`). The plus is tried first, and the space if nothing matches.

use axum::Json;
use domain::{Error, Timestamp, Violations};
use futures::future::BoxFuture;

use crate::{
    answer::Answer,
    date,
    listed::Listed,
    paging::{Page, PageAsked},
    params::Params,
    refusal::Refusal,
    tenant::Tenant,
};

/// The parameter's name, in violations too.
const FIELD: &str = "queryString";

/// The pairs of a search. Reading a value collects its violations; [`Pairs::page`] reports them all.
pub(crate) struct Pairs {
    pairs: Vec<(&'static str, String)>,
    violations: Violations,
}

impl Pairs {
    /// Splits a text by the keys that may stand in it.
    pub(crate) fn read(text: &str, keys: &[&'static str]) -> Self {
        let mut pairs: Vec<(&'static str, String)> = Vec::new();
        let mut violations = Violations::new();
        for part in parts(text.trim()) {
            match (known(part, keys), looks_like_a_key(part.trim_start_matches(['+', ' '])), pairs.last_mut()) {
                (Some((key, value)), _, _) => pairs.push((key, value.to_owned())),
                (None, false, Some((_, value))) => value.push_str(part),
                (None, _, _) => {
                    let word = part.trim_start_matches(['+', ' ']).split([':', '=']).next().unwrap_or_default();
                    violations.add(FIELD, format!("There is nothing to search by “{word}”. Use one of these: {}.", keys.join(", ")));
                }
            }
        }
        for (_, value) in &mut pairs {
            *value = value.trim().to_owned();
        }
        Self { pairs, violations }
    }

    /// The value of a key; of a repeated one the last.
    pub(crate) fn text(&self, key: &str) -> Option<&str> {
        self.pairs.iter().rev().find(|(name, _)| *name == key).map(|(_, value)| value.as_str())
    }

    /// The value of a key as `read` parses it, or a violation that says what it should be.
    pub(crate) fn value<T>(&mut self, key: &str, should_be: &str, read: impl FnOnce(&str) -> Option<T>) -> Option<T> {
        let text = self.text(key)?.to_owned();
        let value = read(&text);
        if value.is_none() {
            self.violations.add(FIELD, format!("“{text}” is no value for {key}: write {should_be}."));
        }
        value
    }

    /// The moment of a key.
    pub(crate) fn date(&mut self, key: &str) -> Option<Timestamp> {
        self.value(key, "a date such as 2016-07-23T16:18:42+0000", date::read)
    }

    /// The page of what is searched, or everything that was wrong with either.
    pub(crate) fn page<S>(mut self, page: Result<PageAsked<S>, Violations>) -> Result<PageAsked<S>, Refusal> {
        match page {
            Err(violations) => self.violations.extend(violations),
            Ok(page) if self.violations.is_empty() => return Ok(page),
            Ok(_) => {}
        }
        Err(Refusal::Query(self.violations))
    }
}

impl Params {
    /// Runs `search` with the pairs of `queryString`, and again with `+` read as a space if nothing matches.
    pub(crate) async fn find<L: Listed, T>(
        &self,
        tenant: &Tenant,
        search: impl for<'a> Fn(&'a Tenant, &'a Self, Pairs) -> BoxFuture<'a, Result<Page<T>, Refusal>>,
    ) -> Answer<Page<T>> {
        let keys: Vec<_> = L::KEYS.iter().map(|(key, _)| *key).collect();
        let [plain, spaced] = [self.plain(FIELD), self.get(FIELD)].map(|text| Pairs::read(text.unwrap_or_default(), &keys));
        let differ = plain.pairs != spaced.pairs;
        let page = search(tenant, self, plain).await.map_err(of_query)?;
        Ok(Json(if differ && page.is_empty() { search(tenant, self, spaced).await.map_err(of_query)? } else { page }))
    }
}

/// Answers what a use case finds wrong with a search by 422: it was in the query.
fn of_query(refusal: Refusal) -> Refusal {
    match refusal {
        Refusal::Refused(Error::Invalid { violations }, _) => Refusal::Query(violations),
        other => other,
    }
}

/// Splits before every `+` or space that is followed by something like a key.
fn parts(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut begin = 0;
    for (at, letter) in text.char_indices() {
        // Of several plus signs before a key, the last is the separator and the others belong to the value.
        if at > begin && matches!(letter, '+' | ' ') && looks_like_a_key(&text[at + 1..]) {
            parts.push(&text[begin..at]);
            begin = at;
        }
    }
    if begin < text.len() {
        parts.push(&text[begin..]);
    }
    parts
}

/// Whether a part begins like `someKey:` or `someKey=`.
fn looks_like_a_key(part: &str) -> bool {
    let end = part.find(|letter: char| !letter.is_ascii_alphabetic()).unwrap_or(part.len());
    end > 0 && part[end..].starts_with([':', '='])
}

fn known<'a>(part: &'a str, keys: &[&'static str]) -> Option<(&'static str, &'a str)> {
    let part = part.trim_start_matches(['+', ' ']);
    let (word, value) = part.split_once([':', '='])?;
    keys.iter().find(|key| key.eq_ignore_ascii_case(word)).map(|key| (*key, value))
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEYS: &[&str] = &["uniqueId", "name", "activeStatus", "startCreationDate"];

    fn pairs(text: &str) -> Vec<(&'static str, String)> {
        let read = Pairs::read(text, KEYS);
        assert!(read.violations.is_empty(), "{text}: {:?}", read.violations);
        read.pairs
    }

    #[test]
    fn pairs_are_split_where_a_key_follows() {
        let name = |value: &str| ("name", value.to_owned());
        assert_eq!(pairs("name:LeoArt Lab"), [name("LeoArt Lab")]);
        assert_eq!(pairs("name:A+B"), [name("A+B")]);
        assert_eq!(pairs("name:C+++activeStatus:true"), [name("C++"), ("activeStatus", "true".to_owned())]);
        assert_eq!(pairs("name:C++"), [name("C++")]);
        assert_eq!(pairs("name:a+b@example.com"), [name("a+b@example.com")]);
        assert_eq!(pairs("name=A B+activeStatus:true"), [name("A B"), ("activeStatus", "true".to_owned())]);
        assert_eq!(pairs("activeStatus:true name:A"), [("activeStatus", "true".to_owned()), name("A")]);
        let date = "2016-07-23T16:18:42+0000";
        assert_eq!(pairs(&format!("startCreationDate:{date}+name:A")), [("startCreationDate", date.to_owned()), name("A")]);
        assert_eq!(pairs(""), []);
    }

    #[test]
    fn an_unknown_key_is_named() {
        for text in ["colour:red", "name:A+colour:red", "red"] {
            let read = Pairs::read(text, KEYS);
            assert!(read.violations.of(FIELD).is_some(), "{text}");
        }
    }
}
