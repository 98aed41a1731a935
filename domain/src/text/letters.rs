//! Which characters are visible, which are accents, and which every text refuses.

/// The kind of a character that every text refuses; none for the others.
pub(super) const fn refused(letter: char) -> Option<&'static str> {
    match letter {
        '\n' | '\r' | '\t' => None,
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' => Some("control character"),
        '\u{2028}' => Some("line separator"),
        '\u{2029}' => Some("paragraph separator"),
        // Bidirectional controls can make one name read as another.
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => Some("text direction"),
        '\u{fdd0}'..='\u{fdef}' => Some("not a character"),
        letter if letter as u32 & 0xfffe == 0xfffe => Some("not a character"),
        _ => None,
    }
}

/// Whether a character is visible by itself: no white space, nothing invisible, and no accent.
pub(super) fn is_seen(letter: char) -> bool {
    !letter.is_whitespace() && !is_invisible(letter) && !is_accent(letter)
}

/// Whether a character is invisible: Unicode's "default ignorable" and control characters, and blanks that don't count as white space.
pub(super) const fn is_invisible(letter: char) -> bool {
    matches!(
        letter,
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0000}'..='\u{e0fff}'
    )
}

/// Whether a character is an accent or point that searches ignore: those of Latin, Greek, Cyrillic, Hebrew and Arabic. Vowel signs of other scripts
/// distinguish words, so they don't count.
pub(super) const fn is_accent(letter: char) -> bool {
    matches!(
        letter,
        '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5bd}' | '\u{5bf}' | '\u{5c1}' | '\u{5c2}' | '\u{5c4}' | '\u{5c5}' | '\u{5c7}'
        | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{6d6}'..='\u{6dc}' | '\u{6df}'..='\u{6e4}' | '\u{6e7}' | '\u{6e8}'
        | '\u{6ea}'..='\u{6ed}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}' | '\u{fe20}'..='\u{fe2f}'
    )
}
