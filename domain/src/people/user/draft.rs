//! What is typed or sent about a user.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{AccountType, User, UserNotification, UserProfile, UserSummary, notification};
use crate::{Draft, NewPassword, RoleId, Selection, Timestamp, UserGroupId, Violations, country_name, is_time_zone, limits, text};

/// A user to be made, or what changes of one: what isn't given stays as it is.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct UserDraft {
    /// What it signs in with: no white space.
    pub login: Option<String>,
    /// First name.
    pub first_name: Option<String>,
    /// Last name.
    pub last_name: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
    /// Another e-mail address.
    pub alternate_email: Option<String>,
    /// Where alerts and reports are sent, if it is elsewhere.
    pub notification_email: Option<String>,
    /// The notifications they want.
    pub notifications: Option<Vec<UserNotification>>,
    /// What it is in its organisation.
    pub designation: Option<String>,
    /// Street and number.
    pub address: Option<String>,
    /// City.
    pub city: Option<String>,
    /// State or province.
    pub state: Option<String>,
    /// Postal code.
    pub zip: Option<String>,
    /// Alpha-3 code of the country.
    pub country: Option<String>,
    /// The country as the API received it.
    pub country_written: Option<String>,
    /// IANA name of the time zone.
    pub time_zone: Option<String>,
    /// Telephone.
    pub phone: Option<String>,
    /// Mobile telephone.
    pub mobile: Option<String>,
    /// A key of [`AccountType`].
    pub account_type: Option<String>,
    /// Whether it must choose another password before anything else.
    pub change_password: Option<bool>,
    /// A password; without one a new user is invited.
    pub password: Option<String>,
    /// Its roles, apart from those by its groups.
    pub roles: Option<Selection<RoleId>>,
    /// `ALL` for every group of its tenant, `NONE` for none, or empty for those of `user_groups` (docs/spec/people.md, "All user groups"; the API's
    /// `userGroupType`).
    pub user_group_type: Option<String>,
    /// Its groups.
    pub user_groups: Option<Selection<UserGroupId>>,
}

/// Without the password, which no log shall show.
impl fmt::Debug for UserDraft {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UserDraft").field("login", &self.login).finish_non_exhaustive()
    }
}

/// A user as a draft makes it, checked.
pub struct CheckedUser {
    /// What is typed about the user, with what the draft leaves out as it was before.
    pub profile: UserProfile,
    /// The new password, if there is one.
    pub password: Option<NewPassword>,
}

/// Only what the draft gives is checked, so that an older value which breaks a rule doesn't prevent other changes.
impl Draft for &UserDraft {
    /// The user before the change; none for a new one.
    type Context<'a> = Option<&'a UserProfile>;
    type Checked = CheckedUser;

    fn check(self, before: Option<&UserProfile>) -> Result<CheckedUser, Violations> {
        let mut violations = Violations::new();
        let mut profile = before.cloned().unwrap_or_default();
        let new = before.is_none();
        let required = |missing: &'static str, max| move |typed: &str| text::required_line(typed, max, missing);
        let line = |max| move |typed: &str| text::line(typed, max);
        let mut take = |field: &str, typed: &Option<String>, always: bool, target: &mut String, check: &dyn Fn(&str) -> Result<String, String>| {
            if typed.is_some() || always {
                *target = violations.accept(field, check(typed.as_deref().unwrap_or_default())).unwrap_or_default();
            }
        };
        take("login", &self.login, new, &mut profile.login, &login);
        take("first_name", &self.first_name, new, &mut profile.first_name, &required("Enter the first name.", limits::PERSON_NAME));
        take("last_name", &self.last_name, new, &mut profile.last_name, &required("Enter the last name.", limits::PERSON_NAME));
        take("email", &self.email, new, &mut profile.email, &email);
        take("alternate_email", &self.alternate_email, false, &mut profile.alternate_email, &text::email);
        take("notification_email", &self.notification_email, false, &mut profile.notification_email, &text::email);
        take("designation", &self.designation, false, &mut profile.designation, &line(limits::NAME));
        take("address", &self.address, false, &mut profile.address, &|typed| text::limited(typed, limits::ADDRESS));
        take("city", &self.city, false, &mut profile.city, &line(limits::PLACE));
        take("state", &self.state, false, &mut profile.state, &line(limits::PLACE));
        take("zip", &self.zip, false, &mut profile.zip, &line(limits::ZIP));
        let country = |typed: &str| known(typed, "Choose a country.", |code| country_name(code).is_some());
        take("country", &self.country, false, &mut profile.country, &country);
        take("country", &self.country_written, false, &mut profile.country_written, &line(limits::COUNTRY));
        take("time_zone", &self.time_zone, false, &mut profile.time_zone, &|typed| known(typed, "Choose a time zone.", is_time_zone));
        take("phone", &self.phone, false, &mut profile.phone, &text::phone);
        take("mobile", &self.mobile, false, &mut profile.mobile, &text::phone);

        if let Some(sent) = &self.notifications {
            profile.notifications = notification::checked(sent, &mut violations);
        }
        if let Some(key) = self.account_type.as_deref().map(str::trim).filter(|key| !key.is_empty()) {
            let found = AccountType::from_key(&key.to_uppercase()).ok_or("Choose REGULAR or BUSINESS.");
            profile.account_type = violations.accept("account_type", found).unwrap_or(profile.account_type);
        }
        profile.change_password = self.change_password.unwrap_or(profile.change_password);
        profile.all_user_groups = self.all_user_groups(profile.all_user_groups, &mut violations);
        violations.check_length("roles", self.roles.as_ref().map_or(0, Selection::len));
        violations.check_length("user_groups", self.user_groups.as_ref().map_or(0, Selection::len));
        let password = self.password.as_deref().filter(|typed| !typed.is_empty());
        let password = password.and_then(|typed| violations.accept("password", NewPassword::parse(typed)));
        violations.checked(CheckedUser { profile, password })
    }
}

impl From<UserProfile> for UserDraft {
    /// All of it, with neither roles nor groups but all of them.
    fn from(profile: UserProfile) -> Self {
        Self {
            login: Some(profile.login),
            first_name: Some(profile.first_name),
            last_name: Some(profile.last_name),
            email: Some(profile.email),
            alternate_email: Some(profile.alternate_email),
            notification_email: Some(profile.notification_email),
            notifications: Some(profile.notifications),
            designation: Some(profile.designation),
            address: Some(profile.address),
            city: Some(profile.city),
            state: Some(profile.state),
            zip: Some(profile.zip),
            country: Some(profile.country),
            country_written: Some(profile.country_written),
            time_zone: Some(profile.time_zone),
            phone: Some(profile.phone),
            mobile: Some(profile.mobile),
            account_type: Some(profile.account_type.key().to_owned()),
            change_password: Some(profile.change_password),
            password: None,
            roles: None,
            user_group_type: profile.all_user_groups.then(|| "ALL".to_owned()),
            user_groups: None,
        }
    }
}

impl UserDraft {
    /// Whether the user shall be in every group, where it is now or isn't.
    fn all_user_groups(&self, before: bool, violations: &mut Violations) -> bool {
        let chooses = matches!(&self.user_groups, Some(Selection::Exactly(groups)) if !groups.is_empty());
        match self.user_group_type.as_deref().map(|key| key.trim().to_uppercase()).as_deref() {
            Some("ALL") => true,
            Some("NONE") => {
                violations.add_if(chooses, "user_groups", "Leave the groups out, or don't say NONE.");
                false
            }
            Some("") => false,
            Some(_) => {
                violations.add("user_group_type", "Write ALL or NONE, or choose the groups.");
                before
            }
            None => before && self.user_groups.is_none(),
        }
    }

    /// Which groups are chosen one by one, as the type of their choice allows; nothing where they stay or are all.
    #[must_use]
    pub fn chosen_user_groups(&self) -> Option<Selection<UserGroupId>> {
        match self.user_group_type.as_deref().map(|key| key.trim().to_uppercase()).as_deref() {
            Some("ALL") => None,
            Some("NONE") => Some(Selection::Exactly(Vec::new())),
            _ => self.user_groups.clone(),
        }
    }
}

fn login(typed: &str) -> Result<String, String> {
    let login = text::required(typed, limits::LOGIN, "Enter a login name.")?;
    if login.contains(char::is_whitespace) { Err("Use no spaces in the login name.".to_owned()) } else { Ok(login) }
}

fn email(typed: &str) -> Result<String, String> {
    if typed.trim().is_empty() { Err("Enter the e-mail address.".to_owned()) } else { text::email(typed) }
}

/// Nothing, or what is known.
fn known(typed: &str, wrong: &str, is_known: impl Fn(&str) -> bool) -> Result<String, String> {
    let typed = typed.trim();
    if typed.is_empty() || is_known(typed) { Ok(typed.to_owned()) } else { Err(wrong.to_owned()) }
}

/// How the API names a role or a group of a user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reference {
    /// By its `uniqueId`.
    Id(String),
    /// By its `id`.
    Number(i64),
    /// By its name, in any spelling of upper and lower case.
    Name(String),
}

/// In words, for a sentence that says it doesn't exist.
impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Id(text) | Self::Name(text) => write!(f, "“{text}”"),
            Self::Number(number) => write!(f, "with the id {number}"),
        }
    }
}

/// A one-time link by which a user chooses a password. The token is shown this once.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invitation {
    /// What the link ends in.
    pub token: String,
    /// Until when it works.
    pub expires: Timestamp,
    /// Whether the user was sent it.
    pub mailed: Mailed,
}

/// What became of the mail with a link.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Mailed {
    /// There was none, for no mail server is set up.
    #[default]
    No,
    /// The mail server took it, for this address.
    To(String),
    /// It couldn't be sent to this address.
    Failed(String),
}

/// Without the token, which no log shall show.
impl fmt::Debug for Invitation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Invitation").field("expires", &self.expires).field("mailed", &self.mailed).finish_non_exhaustive()
    }
}

/// Whom an invitation is for, as its page says it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invitee {
    /// Who.
    pub user: UserSummary,
    /// The name of the client or else of the partner.
    pub organization: String,
}

/// A user that was just made, and its invitation if it has no password.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewlyMade {
    /// Who.
    pub user: User,
    /// How it comes in for the first time.
    pub invitation: Option<Invitation>,
}

/// What the form of an invitation sends.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct InvitationDraft {
    /// The password that is chosen.
    pub password: String,
    /// The same again.
    pub confirmation: String,
}

/// Nothing of it, so that no log shows a password.
impl fmt::Debug for InvitationDraft {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("InvitationDraft").finish_non_exhaustive()
    }
}

impl Draft for InvitationDraft {
    type Context<'a> = ();
    type Checked = NewPassword;

    fn check(self, (): ()) -> Result<NewPassword, Violations> {
        let mut violations = Violations::new();
        let password = NewPassword::check(&self.password, &self.confirmation, "password", "confirmation", &mut violations);
        password.ok_or(violations)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn right() -> UserDraft {
        let text = |text: &str| Some(text.to_owned());
        UserDraft {
            login: text(" ada "),
            first_name: text("Ada"),
            last_name: text("Lovelace"),
            email: text("ada@leoart.example"),
            ..UserDraft::default()
        }
    }

    fn checked(draft: &UserDraft, before: Option<&UserProfile>) -> CheckedUser {
        draft.check(before).ok().unwrap()
    }

    fn fields(draft: &UserDraft, before: Option<&UserProfile>) -> Vec<String> {
        draft.check(before).err().unwrap_or_default().into_iter().map(|violation| violation.field).collect()
    }

    #[test]
    fn a_new_user_needs_a_login_a_name_and_an_address() {
        assert_eq!(fields(&UserDraft::default(), None), ["login", "first_name", "last_name", "email"]);
        let CheckedUser { profile, password } = checked(&right(), None);
        assert_eq!((profile.login.as_str(), profile.account_type, password.is_none()), ("ada", AccountType::Regular, true));
    }

    #[test]
    fn only_what_is_given_changes_and_is_checked() {
        let before = checked(&right(), None).profile;
        let incomplete = UserProfile { email: String::new(), ..before };
        let draft = UserDraft { city: Some(" Berlin ".into()), ..UserDraft::default() };
        let after = checked(&draft, Some(&incomplete)).profile;
        assert_eq!(after, UserProfile { city: "Berlin".into(), ..incomplete });
    }

    #[test]
    fn every_wrong_field_is_told_at_once() {
        let text = |text: &str| Some(text.to_owned());
        let draft = UserDraft {
            login: text("api-key backup"),
            country: text("Atlantis"),
            time_zone: text("Mars/Olympus"),
            phone: text("call"),
            account_type: text("KING"),
            user_group_type: text("SOME"),
            password: text("kiwi"),
            ..right()
        };
        assert_eq!(fields(&draft, None), ["login", "country", "time_zone", "phone", "account_type", "user_group_type", "password"]);
    }

    #[test]
    fn groups_are_all_none_or_chosen() {
        let group: UserGroupId = "USRGRP-98c1733f-0429-001d-8196-54a85e15d49d".parse().unwrap();
        let all = checked(&UserDraft { user_group_type: Some("ALL".into()), ..right() }, None).profile;
        assert!(all.all_user_groups);
        let chosen = UserDraft { user_groups: Some(Selection::Exactly(vec![group])), ..UserDraft::default() };
        assert!(!checked(&chosen, Some(&all)).profile.all_user_groups, "who chooses has chosen not to be in all");
        assert!(checked(&UserDraft::default(), Some(&all)).profile.all_user_groups);
        let none = UserDraft { user_group_type: Some("none".into()), ..UserDraft::default() };
        assert_eq!(none.chosen_user_groups(), Some(Selection::Exactly(vec![])));
        assert_eq!(fields(&UserDraft { user_group_type: Some("NONE".into()), ..chosen }, Some(&all)), ["user_groups"]);
    }
}
