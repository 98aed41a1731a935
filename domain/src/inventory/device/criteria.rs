//! The query of a device group (the API's `searchQuery`): `resourceType = "Windows" AND (state = "active" OR make CONTAINS "Dell")`.
//!
//! AND binds more tightly than OR. Keywords, attribute names and values ignore case.

use serde::{Deserialize, Serialize};

use crate::choice::choice;

/// The longest query, in characters.
const LONGEST: usize = 2000;
/// The deepest nesting of parentheses.
const DEEPEST: usize = 20;

choice!(
    /// What a query can ask of a device; the keys are the API's.
    DeviceAttribute {
        /// The identifier.
        Id = "id", "ID";
        /// The name shown in lists.
        Name = "name", "Name";
        /// Host name.
        HostName = "hostName", "Host name";
        /// Its name as a resource.
        ResourceName = "resourceName", "Resource name";
        /// Another name.
        AliasName = "aliasName", "Alias";
        /// DNS name.
        DnsName = "dnsName", "DNS name";
        /// IP addresses.
        IpAddress = "ipAddress", "IP address";
        /// Record type.
        RecordType = "type", "Type";
        /// Resource type.
        ResourceType = "resourceType", "Resource type";
        /// Device type.
        DeviceType = "deviceType", "Device type";
        /// State.
        State = "state", "State";
        /// Its maker.
        Make = "make", "Make";
        /// Its model.
        Model = "model", "Model";
        /// Its operating system.
        OsName = "osName", "Operating system";
        /// Serial number.
        SerialNumber = "serialNumber", "Serial number";
        /// Whether an agent runs on it: `true` or `false`.
        AgentInstalled = "agentInstalled", "Agent installed";
    }
);

impl DeviceAttribute {
    /// Whether a search of the API compares it whole: an identifier, a state, a type or a flag. The others are found in part.
    #[must_use]
    pub const fn is_whole(self) -> bool {
        matches!(self, Self::Id | Self::State | Self::ResourceType | Self::AgentInstalled)
    }
}

/// How an attribute is compared with a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeviceComparison {
    /// `=`
    Is,
    /// `!=`
    IsNot,
    /// `CONTAINS`
    Contains,
    /// `STARTS WITH`
    StartsWith,
}

/// A parsed query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DeviceCriteria {
    /// Every one of these, joined by AND.
    All(Vec<Self>),
    /// Any of these, joined by OR.
    Any(Vec<Self>),
    /// A comparison.
    One(DeviceAttribute, DeviceComparison, String),
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Token {
    Open,
    Close,
    Equal,
    Unequal,
    /// A name or a keyword.
    Word(String),
    /// A text between quotes.
    Quoted(String),
}

impl DeviceCriteria {
    /// Reads a query.
    ///
    /// # Errors
    /// A sentence with the position of the first error and what is expected there.
    pub fn parse(text: &str) -> Result<Self, String> {
        if text.chars().count() > LONGEST {
            return Err(format!("Use at most {LONGEST} characters."));
        }
        let mut parser = Parser { tokens: tokens(text)?, at: 0 };
        let query = parser.any(0)?;
        match parser.peek() {
            None => Ok(query),
            Some(token) => Err(format!("Expected AND, OR or the end, found {}.", shown(token))),
        }
    }

    /// How many comparisons it makes.
    #[must_use]
    pub fn conditions(&self) -> usize {
        match self {
            Self::All(parts) | Self::Any(parts) => parts.iter().map(Self::conditions).sum(),
            Self::One(..) => 1,
        }
    }
}

struct Parser {
    tokens: Vec<Token>,
    at: usize,
}

impl Parser {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at)
    }

    fn take(&mut self) -> Option<Token> {
        let token = self.peek().cloned();
        self.at += 1;
        token
    }

    /// Whether the next token is this keyword; if so, consumes it.
    fn word(&mut self, word: &str) -> bool {
        let is = matches!(self.peek(), Some(Token::Word(next)) if next.eq_ignore_ascii_case(word));
        self.at += usize::from(is);
        is
    }

    fn any(&mut self, depth: usize) -> Result<DeviceCriteria, String> {
        let first = self.all(depth)?;
        let mut parts = vec![first];
        while self.word("OR") {
            parts.push(self.all(depth)?);
        }
        Ok(joined(parts, DeviceCriteria::Any))
    }

    fn all(&mut self, depth: usize) -> Result<DeviceCriteria, String> {
        let first = self.one(depth)?;
        let mut parts = vec![first];
        while self.word("AND") {
            parts.push(self.one(depth)?);
        }
        Ok(joined(parts, DeviceCriteria::All))
    }

    fn one(&mut self, depth: usize) -> Result<DeviceCriteria, String> {
        if self.peek() == Some(&Token::Open) {
            if depth == DEEPEST {
                return Err(format!("Use at most {DEEPEST} nested parentheses."));
            }
            self.at += 1;
            let query = self.any(depth + 1)?;
            return match self.take() {
                Some(Token::Close) => Ok(query),
                other => Err(format!("Expected “)”, found {}.", ended(other.as_ref()))),
            };
        }
        let attribute = match self.take() {
            Some(Token::Word(name)) => attribute(&name)?,
            other => return Err(format!("Expected an attribute such as resourceType, found {}.", ended(other.as_ref()))),
        };
        let comparison = self.comparison(attribute)?;
        match self.take() {
            Some(Token::Quoted(value) | Token::Word(value)) => Ok(DeviceCriteria::One(attribute, comparison, value)),
            other => Err(format!("Expected a value in quotes, found {}.", ended(other.as_ref()))),
        }
    }

    fn comparison(&mut self, attribute: DeviceAttribute) -> Result<DeviceComparison, String> {
        let token = self.take();
        let comparison = match &token {
            Some(Token::Equal) => Some(DeviceComparison::Is),
            Some(Token::Unequal) => Some(DeviceComparison::IsNot),
            Some(Token::Word(word)) if word.eq_ignore_ascii_case("CONTAINS") => Some(DeviceComparison::Contains),
            Some(Token::Word(word)) if word.eq_ignore_ascii_case("STARTS") => self.word("WITH").then_some(DeviceComparison::StartsWith),
            _ => None,
        };
        let found = ended(token.as_ref());
        comparison.ok_or_else(|| format!("Expected =, !=, CONTAINS or STARTS WITH after {}, found {found}.", attribute.key()))
    }
}

fn joined(mut parts: Vec<DeviceCriteria>, join: fn(Vec<DeviceCriteria>) -> DeviceCriteria) -> DeviceCriteria {
    match (parts.len(), parts.pop()) {
        (1, Some(only)) => only,
        (_, last) => join(parts.into_iter().chain(last).collect()),
    }
}

fn attribute(name: &str) -> Result<DeviceAttribute, String> {
    let found = DeviceAttribute::ALL.iter().copied().find(|attribute| attribute.key().eq_ignore_ascii_case(name));
    found.ok_or_else(|| {
        let known: Vec<_> = DeviceAttribute::ALL.iter().map(|attribute| attribute.key()).collect();
        format!("Devices have no attribute {name}. Use one of these: {}.", known.join(", "))
    })
}

fn tokens(text: &str) -> Result<Vec<Token>, String> {
    let mut tokens = Vec::new();
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        tokens.push(match letter {
            letter if letter.is_whitespace() => continue,
            '(' => Token::Open,
            ')' => Token::Close,
            '=' => Token::Equal,
            '!' if letters.next_if_eq(&'=').is_some() => Token::Unequal,
            '"' | '\'' => Token::Quoted(quoted(letter, &mut letters)?),
            letter if is_word(letter) => {
                let mut word = String::from(letter);
                while let Some(next) = letters.next_if(|next| is_word(*next)) {
                    word.push(next);
                }
                Token::Word(word)
            }
            other => return Err(format!("“{other}” isn’t expected here: put values in quotes.")),
        });
    }
    Ok(tokens)
}

/// Reads up to the closing quote. A backslash escapes the next character.
fn quoted(quote: char, letters: &mut impl Iterator<Item = char>) -> Result<String, String> {
    let mut text = String::new();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => text.extend(letters.next()),
            '\0' => return Err("Leave the invisible characters out.".to_owned()),
            letter if letter == quote => return Ok(text),
            letter => text.push(letter),
        }
    }
    Err(format!("The text that begins with {quote}{} has no end: close the quotes.", text.chars().take(20).collect::<String>()))
}

fn is_word(letter: char) -> bool {
    letter.is_alphanumeric() || matches!(letter, '_' | '-' | '.' | ':' | '/' | '@')
}

fn shown(token: &Token) -> String {
    match token {
        Token::Open => "“(”".to_owned(),
        Token::Close => "“)”".to_owned(),
        Token::Equal => "“=”".to_owned(),
        Token::Unequal => "“!=”".to_owned(),
        Token::Word(text) | Token::Quoted(text) => format!("“{}”", text.chars().take(40).collect::<String>()),
    }
}

fn ended(token: Option<&Token>) -> String {
    token.map_or_else(|| "nothing".to_owned(), shown)
}

#[cfg(test)]
mod tests {
    use super::*;
    use DeviceComparison::{Contains, Is, IsNot, StartsWith};

    fn one(attribute: DeviceAttribute, comparison: DeviceComparison, value: &str) -> DeviceCriteria {
        DeviceCriteria::One(attribute, comparison, value.to_owned())
    }

    #[test]
    fn a_query_is_read_as_it_is_said() {
        let windows = || one(DeviceAttribute::ResourceType, Is, "Windows");
        let active = || one(DeviceAttribute::State, Is, "active");
        assert_eq!(DeviceCriteria::parse(r#"resourceType = "Windows""#), Ok(windows()));
        assert_eq!(DeviceCriteria::parse(r#"resourceType = "Windows" AND state = "active""#), Ok(DeviceCriteria::All(vec![windows(), active()])));
        let dell = one(DeviceAttribute::Make, Contains, "a \"b\"");
        let both = DeviceCriteria::All(vec![active(), dell.clone()]);
        assert_eq!(
            DeviceCriteria::parse(r#"RESOURCETYPE="Windows" or state='active' and make contains "a \"b\"""#),
            Ok(DeviceCriteria::Any(vec![windows(), both])),
            "and binds more tightly"
        );
        let either = DeviceCriteria::Any(vec![windows(), active()]);
        assert_eq!(
            DeviceCriteria::parse(r#"(resourceType=Windows OR state=active) AND make CONTAINS 'a "b"'"#),
            Ok(DeviceCriteria::All(vec![either, dell]))
        );
        assert_eq!(DeviceCriteria::parse("hostName STARTS WITH web-"), Ok(one(DeviceAttribute::HostName, StartsWith, "web-")));
        assert_eq!(DeviceCriteria::parse("ipAddress != 10.1.2.7"), Ok(one(DeviceAttribute::IpAddress, IsNot, "10.1.2.7")));
    }

    #[test]
    fn a_wrong_query_is_refused_with_what_is_wrong_and_where() {
        for (text, says) in [
            ("", "Expected an attribute such as resourceType, found nothing."),
            ("colour = red", "no attribute colour"),
            ("state", "after state, found nothing"),
            ("state STARTS x", "after state, found “STARTS”"),
            ("state =", "Expected a value in quotes, found nothing."),
            ("state = \"active", "close the quotes"),
            ("state = active make = x", "Expected AND, OR or the end, found “make”."),
            ("(state = active", "Expected “)”, found nothing."),
            ("state = active AND", "found nothing"),
            ("state > 5", "“>” isn’t expected"),
            ("state ! 5", "“!” isn’t expected"),
        ] {
            let error = DeviceCriteria::parse(text).unwrap_err();
            assert!(error.contains(says), "{text}: {error}");
        }
        assert!(DeviceCriteria::parse(&"(".repeat(500)).unwrap_err().contains("parentheses"));
        assert!(DeviceCriteria::parse(&"x".repeat(2001)).unwrap_err().contains("characters"));
    }
}
