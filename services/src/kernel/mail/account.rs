//! Mails to users about their own account.

use domain::{Origin, Timestamp, UserSummary, device_name};

use super::{Mail, Mailer, greeting, is_harmless_address, may_be_link};
use crate::people::account::MailedLink;

/// What to do about a change that wasn't one's own.
const NOT_ME: &str = "If you didn't expect this, tell your administrator at once.";

impl Mailer {
    /// The mail with a link to choose a new password.
    pub(crate) fn forgotten_password(&self, user: &UserSummary, link: &MailedLink) -> Mail {
        let text = format!(
            "Somebody, hopefully you, forgot the password of your account. Open this page to choose a new one:\n\n\
             {link}\n\n\
             {login}The page works once, until {expires}. Don't pass it on.\n\
             If you didn't ask for it, ignore this mail: your password stays as it is.",
            link = (self.password_link)(&link.token),
            login = spelled_out(&user.login).map(|login| format!("Your login name is {login}.\n")).unwrap_or_default(),
            expires = link.expires.minute(),
        );
        to_user(user, "Choose a new password for Tenantry", &text)
    }

    /// The mail that tells a user of a new password.
    pub(crate) fn password_changed(&self, user: &UserSummary, at: Timestamp) -> Mail {
        let text = format!("The password of your account was changed on {}. All other sessions have ended.\n\n{NOT_ME}", at.minute());
        to_user(user, "Your Tenantry password was changed", &text)
    }

    /// The mail that tells a user what happened to their second factor; `what` is a sentence without its full stop.
    pub(crate) fn factor_changed(&self, user: &UserSummary, what: &str, at: Timestamp) -> Mail {
        to_user(user, what, &format!("{what} on {}.\n\n{NOT_ME}", at.minute()))
    }

    /// The mail that tells a user that somebody removed their second factor.
    pub(crate) fn factor_reset(&self, user: &UserSummary, by: &str) -> Mail {
        let by = if may_be_link(by) { "An administrator" } else { by };
        let text = format!(
            "{by} reset two-factor authentication for your account, and you were signed out everywhere. From now on your password is enough \
             to sign in, unless your organization asks you to set two-factor authentication up again.\n\n\
             If you didn't ask for this, tell your administrator."
        );
        to_user(user, "Two-factor authentication was reset", &text)
    }

    /// The mail with which a new address is confirmed.
    pub(crate) fn new_email(&self, user: &UserSummary, address: &str, link: &MailedLink) -> Mail {
        let text = format!(
            "Open this page to confirm that this is your e-mail address from now on:\n\n\
             {link}\n\n\
             The page works once, until {expires}.\n\
             If you didn't ask for it, ignore this mail: nothing changes.",
            link = (self.email_link)(&link.token),
            expires = link.expires.minute(),
        );
        Mail { address: address.to_owned(), ..to_user(user, "Confirm your e-mail address for Tenantry", &text) }
    }

    /// The mail that tells an old or a new address of the change.
    pub(crate) fn email_changed(&self, user: &UserSummary, (before, after): (&str, &str), address: &str, at: Timestamp) -> Mail {
        let of = |word: &str, address| spelled_out(address).map(|address| format!(" {word} {address}")).unwrap_or_default();
        let (from, to) = (of("from", before), of("to", after));
        let text = format!("The e-mail address of your account was changed{from}{to} on {}.\n\n{NOT_ME}", at.minute());
        Mail { address: address.to_owned(), ..to_user(user, "Your e-mail address in Tenantry was changed", &text) }
    }

    /// The mail that tells a user of a sign-in from a device that is new to the account.
    pub(crate) fn new_device(&self, user: &UserSummary, origin: &Origin, at: Timestamp) -> Mail {
        let device = device_name(&origin.user_agent);
        let device = if may_be_link(&device) { "Unknown device" } else { &device };
        let text = format!(
            "Somebody signed in to your account from a new device:\n\n\
             Device: {device}\nAddress: {address}\nTime: {time}\n\n\
             If it was you, there is nothing to do. If not, change your password, which signs out every other device, and tell your administrator.",
            address = origin.address(),
            time = at.minute(),
        );
        to_user(user, "New sign-in to your Tenantry account", &text)
    }
}

fn to_user(user: &UserSummary, subject: &str, text: &str) -> Mail {
    let name = user.name();
    let text = format!("{}\n\n{text}\n", greeting(&name));
    Mail { name, address: user.email.clone(), subject: subject.to_owned(), text }
}

/// A login name or an address, unless a mail program could turn a part of it into a link.
fn spelled_out(text: &str) -> Option<&str> {
    (!text.is_empty() && (is_harmless_address(text) || !may_be_link(text))).then_some(text)
}
