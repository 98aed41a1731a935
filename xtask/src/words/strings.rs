//! Which string literals of a source a person can see. A guess by their look: better a few too many than one too few.

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use crate::shell::Result;

/// Macros and methods whose strings are for developers and logs.
const FOR_DEVELOPERS: [&str; 17] = [
    "assert",
    "assert_eq",
    "cfg",
    "debug",
    "debug_span",
    "error",
    "expect",
    "include_str",
    "info",
    "info_span",
    "panic",
    "path",
    "span",
    "trace",
    "unreachable",
    "warn",
    "write_str",
];

/// Attributes of elements that nobody reads.
const UNREAD: [&str; 8] = ["accept", "class", "d", "datetime", "href", "transform", "url", "viewBox"];

/// How statements of SQL and their parts begin.
const SQL: [&str; 24] = [
    "SELECT", "INSERT", "UPDATE", "DELETE", "CREATE", "DROP", "ALTER", "PRAGMA", "WITH", "FROM", "WHERE", "AND", "OR", "NOT", "ORDER", "GROUP",
    "LIMIT", "SET", "EXISTS", "JOIN", "LEFT", "UNION", "ON", "CASE",
];

/// Line and text of each.
pub(super) fn visible(source: &str) -> Result<Vec<(usize, String)>> {
    let tokens: TokenStream = source.parse().map_err(|error| format!("{error}"))?;
    let mut found = Vec::new();
    collect(tokens, &mut found);
    Ok(found)
}

fn collect(tokens: TokenStream, found: &mut Vec<(usize, String)>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        at += 1;
        match token {
            TokenTree::Punct(hash) if hash.as_char() == '#' => {
                // An inner attribute has a `!` in between.
                at += usize::from(matches!(tokens.get(at), Some(TokenTree::Punct(bang)) if bang.as_char() == '!'));
                if let Some(TokenTree::Group(attribute)) = tokens.get(at).filter(|next| is_group(next, Delimiter::Bracket)) {
                    at += 1;
                    if attribute.stream().to_string().starts_with("cfg (test") || attribute.stream().to_string().starts_with("cfg(test") {
                        at = after_item(&tokens, at);
                    }
                }
            }
            TokenTree::Group(group) if !is_for_developers(&tokens[..at - 1]) => collect(group.stream(), found),
            TokenTree::Literal(literal) if !is_unread(&tokens[..at - 1]) => {
                let text = text_of(&literal.to_string());
                found.extend(text.filter(|text| is_for_people(text)).map(|text| (literal.span().start().line, text)));
            }
            _ => {}
        }
    }
}

/// The place after the item that begins here: behind its body or its semicolon.
fn after_item(tokens: &[TokenTree], from: usize) -> usize {
    let is_end = |token: &TokenTree| is_group(token, Delimiter::Brace) || matches!(token, TokenTree::Punct(punct) if punct.as_char() == ';');
    tokens[from..].iter().position(is_end).map_or(tokens.len(), |end| from + end + 1)
}

fn is_group(token: &TokenTree, delimiter: Delimiter) -> bool {
    matches!(token, TokenTree::Group(group) if group.delimiter() == delimiter)
}

/// Whether a group stands behind the name of something for developers, and `!` if it is a macro.
fn is_for_developers(before: &[TokenTree]) -> bool {
    let before = match before {
        [rest @ .., TokenTree::Punct(bang)] if bang.as_char() == '!' => rest,
        rest => rest,
    };
    matches!(before.last(), Some(TokenTree::Ident(name)) if FOR_DEVELOPERS.contains(&name.to_string().as_str()))
}

/// Whether a literal is the value of an attribute that nobody reads.
fn is_unread(before: &[TokenTree]) -> bool {
    let [.., TokenTree::Ident(name), TokenTree::Punct(equals)] = before else { return false };
    equals.as_char() == '=' && UNREAD.contains(&name.to_string().trim_start_matches("r#"))
}

/// What is between the quotes of a string literal, in one line.
fn text_of(literal: &str) -> Option<String> {
    let text = literal.trim_start_matches(['r', '#']).strip_prefix('"')?.trim_end_matches('#').strip_suffix('"')?;
    Some(text.split_whitespace().filter(|word| *word != "\\").collect::<Vec<_>>().join(" "))
}

/// Whether it looks like words: it begins as a sentence does, or has several words.
fn is_for_people(text: &str) -> bool {
    let first = text.split(' ').next().unwrap_or_default();
    let has_word = text.split(|c: char| !c.is_alphabetic()).any(|word| word.chars().count() > 1);
    let is_name = !text.contains(' ') && (text.contains(['_', '/', ':', '=', '<']) || text.chars().all(|c| !c.is_lowercase()));
    has_word && !is_name && !SQL.contains(&first) && (text.contains(' ') || text.starts_with(char::is_uppercase))
}

#[cfg(test)]
mod tests {
    use super::visible;

    #[test]
    fn sentences_are_found_and_names_are_not() {
        let source = r##"
            /// A comment.
            #[server(prefix = "/rpc", reason = "A reason")]
            fn view() {
                tracing::warn!("Nobody reads logs here");
                let sql = "SELECT name FROM clients";
                view! { <Button class="button wide" label="Add client">"Don’t lose it"</Button> };
                format!("{count} clients", kind = "client").expect("It is there");
            }
            #[cfg(test)]
            mod tests { const TEXT: &str = "Not on any page"; }
            const LAST: &str = "Over two \
                lines.";
        "##;
        let found = visible(source).unwrap();
        let expected = [(7, "Add client"), (7, "Don’t lose it"), (8, "{count} clients"), (12, "Over two lines.")];
        assert_eq!(found, expected.map(|(line, text)| (line, text.to_owned())));
    }
}
