//! Passwords that attackers try first: the most used ones, and those with a name of the user or their organization.

use std::{collections::HashSet, sync::LazyLock};

use domain::{COMMON_PASSWORD, NewPassword, UserProfile, UserSummary, limits, undisguised_password};

use crate::kernel::fold::fold;

/// The 10,000 most used passwords in lower case, the most used first: the beginning of the list in Django 5.2, by Royce Williams, without what is no text.
/// `common.LICENSE` has its license.
const COMMON: &str = include_str!("common.txt");

/// Shorter names are in too many passwords by chance.
const MIN_NAME: usize = 4;

/// The names that a password must not contain.
#[derive(Clone, Debug, Default)]
pub(crate) struct Names(Vec<String>);

impl Names {
    /// The names of a user, and of their organization.
    pub(crate) fn of(user: &UserSummary, organization: &str) -> Self {
        Self::of_texts(&[&user.login, &user.first_name, &user.last_name, &user.email], organization)
    }

    /// As [`Names::of`], of what is known of a user who doesn't exist yet.
    pub(crate) fn of_profile(user: &UserProfile, organization: &str) -> Self {
        Self::of_texts(&[&user.login, &user.first_name, &user.last_name, &user.email], organization)
    }

    /// Every word of the texts, of e-mail addresses without the domain, which can be anybody's.
    pub(crate) fn of_texts(texts: &[&str], organization: &str) -> Self {
        let own = texts.iter().map(|text| text.rsplit_once('@').map_or(*text, |(local, _)| local));
        let folded: Vec<_> = own.chain([organization]).map(fold).collect();
        let words = folded.iter().flat_map(|text| text.split(|c: char| !c.is_alphanumeric()));
        Self(words.filter(|word| word.chars().count() >= MIN_NAME).map(str::to_owned).collect())
    }
}

/// Why attackers would find a password soon, as a sentence; none if they wouldn't.
pub(crate) fn guessable(password: &NewPassword, names: &Names) -> Option<&'static str> {
    let folded = fold(password.expose());
    let undisguised = undisguised_password(&folded);
    if names.0.iter().any(|name| folded.contains(name) || undisguised.contains(name)) {
        return Some("Don’t use your name, your login name or your organization’s name in your password.");
    }
    is_common(&folded).then_some(COMMON_PASSWORD)
}

/// Whether a folded password is among the most used, as it is or without disguise and what was added around it.
fn is_common(password: &str) -> bool {
    static LIST: LazyLock<HashSet<&str>> = LazyLock::new(|| COMMON.lines().collect());
    let plain = password.trim_matches(|c: char| !c.is_alphanumeric());
    let core = plain.trim_matches(|c: char| !c.is_alphabetic());
    let is_listed = |part: &str| LIST.contains(part) || LIST.contains(&*undisguised_password(part));
    is_listed(password) || is_listed(plain) || (core.chars().count() >= limits::MIN_PASSWORD && is_listed(core))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(password: &str) -> Option<&'static str> {
        let names = Names::of_texts(&["ada.lovelace@analytic.example", "Ada", "Lovelace"], "LeoArt Inc");
        guessable(&NewPassword::parse(password).unwrap(), &names)
    }

    #[test]
    fn the_list_is_whole() {
        let lines: HashSet<_> = COMMON.lines().collect();
        assert_eq!(lines.len(), 10_000);
        assert!(lines.contains("1q2w3e4r5t") && lines.contains("starwars") && !lines.contains(""));
    }

    #[test]
    fn the_most_used_are_refused_with_what_is_added_to_them() {
        for common in ["1q2w3e4r5t6y7u8i9o0p", "Homelesspa#1", "H0melesspa!!7", "Cjmasterinf$1"] {
            assert_eq!(told(common), Some(COMMON_PASSWORD), "{common}");
        }
        for good in ["Kiwi#2026", "Demo#2026", "correct horse battery staple", "Slayer!Homelesspa1"] {
            assert_eq!(told(good), None, "{good}");
        }
    }

    #[test]
    fn names_of_user_and_organization_are_refused_in_any_disguise() {
        for named in ["Lovelace#1", "xx-L0v3l4c3-9X", "Le0Art!2026", "#1lovelaCé", "in my house at leoart I sit"] {
            assert!(told(named).is_some_and(|sentence| sentence.contains("organization’s name")), "{named}");
        }
        for good in ["Ada#Kiwi26", "Analytic#26x", "Inc#Kiwi26"] {
            assert_eq!(told(good), None, "short names and domains: {good}");
        }
    }
}
