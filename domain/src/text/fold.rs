//! Folding for search, sort and unique names, which ignore case, accents and invisible characters.

use super::letters::{is_accent, is_invisible};

/// Unicode's normal forms. The tables are large, so the server brings them and the page uses the browser's.
pub trait Normalize {
    /// Normal form KD: accents are separate characters, and variants (`ﬁ`, `①`, full-width letters) become plain letters.
    fn nfkd(text: &str) -> String;

    /// Normal form C: letters are combined with their accents.
    fn nfc(text: &str) -> String;
}

/// Lower case without accents and invisible characters, with runs of white space collapsed: `Über  Café` is `uber cafe`. Search text, search terms and unique
/// names are folded alike, in the database and on the page. Folding twice changes nothing.
#[must_use]
pub fn fold<N: Normalize>(text: &str) -> String {
    let plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_graphic() || byte == b' ');
    let decomposed = if plain(text) { text.to_owned() } else { N::nfkd(text) };
    let mut folded = String::with_capacity(decomposed.len());
    let seen: String = decomposed.chars().filter(|letter| letter.is_whitespace() || !is_invisible(*letter)).collect();
    for word in seen.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        // An accent that stands alone stays (`´` is a space with one): otherwise every name of such signs would be the same, and empty.
        let stands_alone = word.chars().all(is_accent);
        for letter in word.chars().flat_map(char::to_lowercase).filter(|letter| stands_alone || !is_accent(*letter)) {
            match letter {
                'ß' => folded.push_str("ss"),
                'æ' => folded.push_str("ae"),
                'œ' => folded.push_str("oe"),
                'ø' => folded.push('o'),
                'ł' => folded.push('l'),
                'đ' | 'ð' => folded.push('d'),
                'ħ' => folded.push('h'),
                'þ' => folded.push_str("th"),
                'ı' => folded.push('i'),
                // The final form of a sigma is the same letter.
                'ς' => folded.push('σ'),
                '’' | '‘' | 'ʼ' => folded.push('\''),
                letter => folded.push(letter),
            }
        }
    }
    if folded.is_ascii() { folded } else { N::nfc(&folded) }
}

/// The unique form of a login name: lower case, normal form C, without invisible characters. Accents count.
#[must_use]
pub fn fold_login<N: Normalize>(login: &str) -> String {
    let composed = if login.is_ascii() { login.to_owned() } else { N::nfc(login) };
    let lower = composed.trim().chars().filter(|letter| !is_invisible(*letter)).flat_map(char::to_lowercase);
    let lower: String = lower.map(|letter| if letter == 'ς' { 'σ' } else { letter }).collect();
    if lower.is_ascii() { lower } else { N::nfc(&lower) }
}
