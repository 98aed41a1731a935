//! Finding options by what is typed.

use super::fold::fold;
use crate::ui::Choice;

/// The most options shown; with more, typing another letter is faster.
const SHOWN: usize = 100;

/// The first options that contain what is typed, without regard to case and accents; those that begin with it stand first.
pub(super) fn matches(options: &[Choice], typed: &str) -> Vec<Choice> {
    let words = &fold(typed);
    let found = options.iter().filter_map(|option| {
        let label = fold(&option.label);
        let begins = label.starts_with(words.as_str());
        let also = || option.also.iter().any(|name| fold(name).contains(words.as_str()));
        (begins || label.contains(words.as_str()) || fold(&option.detail).contains(words.as_str()) || also()).then_some((!begins, option))
    });
    let mut found: Vec<_> = found.collect();
    found.sort_by_key(|(later, _)| *later);
    found.into_iter().take(SHOWN).map(|(_, option)| option.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_anywhere_and_prefers_beginnings() {
        let options = [
            Choice::new("CI", "Côte d’Ivoire"),
            Choice::new("AT", "Austria").with_detail("AT"),
            Choice::new("US", "United States").with_detail("US"),
            Choice::new("ST", "São Tomé"),
            Choice::new("TR", "Türkiye").with_also(&["Turkey"]),
        ];
        let values = |words: &str| matches(&options, words).into_iter().map(|option| option.value).collect::<Vec<_>>();
        assert_eq!(values("sao"), ["ST"]);
        assert_eq!(values("COTE"), ["CI"]);
        assert_eq!(values("us"), ["AT", "US"]);
        assert_eq!(values("state"), ["US"]);
        assert_eq!(values("turkey"), ["TR"]);
        assert_eq!(values("").len(), 5);
    }
}
