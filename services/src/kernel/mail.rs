//! Mails by SMTP. A mail is sent after its transaction is committed, and a failure to send it undoes nothing.

mod account;

use std::{
    fmt,
    sync::Arc,
    time::{Duration, UNIX_EPOCH},
};

use domain::{Invitation, JobId, JobKind, ReportId, Timestamp, UserProfile, UserSummary, counted, is_email};
use lettre::{
    Address, AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{Mailbox, header::ContentType},
};
use tokio::time::timeout;
use tracing::Instrument;

use super::{email::sendable, wire};

/// Short, because the user waits for the page.
const PATIENCE: Duration = Duration::from_secs(10);

/// The configuration of the mailer.
pub struct MailSettings<'a> {
    /// `smtp://host`, `smtp://user:password@host?tls=required` or `smtps://user:password@host`.
    pub smtp_url: &'a str,
    /// The sender: `Tenantry <tenantry@example.com>` or an address alone.
    pub from: &'a str,
    /// The whole address of the page that an invitation's token opens.
    pub invitation_link: Arc<dyn Fn(&str) -> String + Send + Sync>,
    /// The whole address of the page on which a token's user chooses another password.
    pub password_link: Arc<dyn Fn(&str) -> String + Send + Sync>,
    /// The whole address of the page on which a token's user confirms a new e-mail address.
    pub email_link: Arc<dyn Fn(&str) -> String + Send + Sync>,
    /// The whole address of a report's page.
    pub report_link: Arc<dyn Fn(ReportId) -> String + Send + Sync>,
    /// The whole address of a job's page.
    pub job_link: Arc<dyn Fn(JobId) -> String + Send + Sync>,
}

/// Sends mails.
#[derive(Clone)]
pub struct Mailer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
    invitation_link: Arc<dyn Fn(&str) -> String + Send + Sync>,
    password_link: Arc<dyn Fn(&str) -> String + Send + Sync>,
    email_link: Arc<dyn Fn(&str) -> String + Send + Sync>,
    report_link: Arc<dyn Fn(ReportId) -> String + Send + Sync>,
    job_link: Arc<dyn Fn(JobId) -> String + Send + Sync>,
}

/// Shows nothing of the server, because its URL can contain a password.
impl fmt::Debug for Mailer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mailer").field("from", &self.from).finish_non_exhaustive()
    }
}

/// A job that failed, as administrators are told of it.
pub(crate) struct FailedJob<'a> {
    pub(crate) id: JobId,
    pub(crate) kind: JobKind,
    /// What it is about.
    pub(crate) subject: &'a str,
    /// Whose it was; none if they aren't known any more.
    pub(crate) owner: Option<&'a UserSummary>,
    /// Why it failed and what to do.
    pub(crate) outcome: &'a str,
}

/// A mail to send. Its text is never logged, because it can contain a secret.
pub(crate) struct Mail {
    name: String,
    address: String,
    subject: String,
    text: String,
}

impl Mailer {
    /// A mailer by its settings. It doesn't contact the server yet.
    ///
    /// # Errors
    /// A message that names the wrong setting, without the password.
    pub fn new(settings: MailSettings<'_>) -> Result<Self, String> {
        let MailSettings { smtp_url, from, invitation_link, password_link, email_link, report_link, job_link } = settings;
        let (scheme, rest) = smtp_url.split_once("://").unwrap_or_default();
        if scheme == "smtp" && rest.contains('@') && !rest.contains("tls=required") {
            return Err("the SMTP URL has a password, which would cross the network for all to read: add ?tls=required, or use smtps://".to_owned());
        }
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(smtp_url.trim_end_matches("?tls=none"))
            .map_err(|_| "the SMTP URL must read like smtp://mail.example.com, smtp://user:password@mail.example.com?tls=required or smtps://user:password@mail.example.com")?;
        wire::check_mail(smtp_url)?;
        let from =
            from.parse().map_err(|_| format!("“{from}”, from whom mails are to be, is no e-mail address such as Tenantry <tenantry@example.com>"))?;
        Ok(Self { transport: transport.build(), from, invitation_link, password_link, email_link, report_link, job_link })
    }

    /// The mail that tells a user of a report's new file. Only who may see the report can open the link.
    pub(crate) fn report(&self, user: &UserSummary, report: ReportId, name: &str, rows: u64) -> Mail {
        let person = user.name();
        let greeting = greeting(&person);
        let called = if may_be_link(name) { "A report".to_owned() } else { format!("The report “{name}”") };
        let (link, rows) = ((self.report_link)(report), counted(rows, "row", "rows"));
        let text = format!("{greeting}\n\n{called} is ready, with {rows}. Sign in and download it here:\n\n{link}\n");
        let subject = if may_be_link(name) { "Your report is ready".to_owned() } else { format!("Your report is ready: {name}") };
        Mail { name: person, address: user.email.clone(), subject, text }
    }

    /// The mail that tells an administrator of a job whose owner can't do it any more. Only who may see the job can open the link.
    pub(crate) fn failed_job(&self, user: &UserSummary, job: &FailedJob<'_>) -> Mail {
        let FailedJob { id, kind, subject, owner, outcome } = *job;
        let (person, noun) = (user.name(), kind.noun());
        let (subject, called) = match kind {
            _ if !may_be_link(subject) => (format!("{} failed: {subject}", kind.label()), format!("The {noun} “{subject}”")),
            JobKind::Import => ("Import failed".to_owned(), "An import of clients".to_owned()),
            _ => (format!("{} failed", kind.label()), kind.one()),
        };
        let of = owner.map(UserSummary::name).filter(|owner| !may_be_link(owner)).map(|owner| format!(" by {owner}")).unwrap_or_default();
        let (greeting, link) = (greeting(&person), (self.job_link)(id));
        let text =
            format!("{greeting}\n\n{called}{of} failed because its owner can no longer run it.\n\n{outcome}\n\nOpen the job here:\n\n{link}\n");
        Mail { name: person, address: user.email.clone(), subject, text }
    }

    /// The mail with a user's invitation.
    pub(crate) fn invitation(&self, organization: &str, user: &UserProfile, invitation: &Invitation) -> Mail {
        let name = user.name();
        let greeting = greeting(&name);
        let login = if is_harmless_address(&user.login) || !may_be_link(&user.login) {
            format!("Your login name is {}.", user.login)
        } else {
            "The page shows your login name.".to_owned()
        };
        let organization = if may_be_link(organization) { "your organization" } else { organization };
        let link = (self.invitation_link)(&invitation.token);
        let text = format!(
            "{greeting}\n\n\
             {organization} invites you to Tenantry. Open this page to choose your password and sign in:\n\n\
             {link}\n\n\
             {login}\n\n\
             The page works once, until {expires}. Don't pass it on: whoever opens it first chooses the password.\n\
             If you did not expect this mail, leave the page alone and tell {organization}.\n",
            expires = invitation.expires.minute(),
        );
        Mail { name, address: user.email.clone(), subject: format!("Your invitation to Tenantry from {organization}"), text }
    }

    /// The mail with the ends of all chains of audit records.
    pub(crate) fn checkpoints(&self, address: &str, checkpoints: &str) -> Mail {
        let text = format!(
            "These are the ends of the chains of audit records. Keep this mail: with it, tenantry audit verify finds out what was changed before.\n\n{checkpoints}"
        );
        Mail { name: "Operator".to_owned(), address: address.to_owned(), subject: "Checkpoint of the audit log".to_owned(), text }
    }

    /// Sends mails in a background task, for work that needn't wait for the mail server. A mail that can't be sent is logged and undoes nothing.
    pub(crate) fn send_later(self, mails: Vec<Mail>, now: Timestamp) {
        tokio::spawn(
            async move {
                for mail in mails {
                    self.send(mail, now).await;
                }
            }
            .in_current_span(),
        );
    }

    /// Whether the server accepted the mail; false without a word for a user who has no address. The cause of a failure is logged.
    pub(crate) async fn send(&self, mail: Mail, now: Timestamp) -> bool {
        if mail.address.is_empty() {
            return false;
        }
        let message = match self.message(mail, now) {
            Ok(message) => message,
            Err(error) => {
                tracing::warn!(%error, "a mail can’t be written");
                return false;
            }
        };
        match timeout(PATIENCE, self.transport.send(message)).await {
            Ok(Ok(_)) => true,
            Ok(Err(error)) => {
                tracing::warn!(%error, "a mail can’t be sent");
                false
            }
            Err(_) => {
                tracing::warn!("a mail can’t be sent: the mail server takes too long");
                false
            }
        }
    }

    fn message(&self, mail: Mail, now: Timestamp) -> Result<Message, Box<dyn std::error::Error + Send + Sync>> {
        let address: Address = sendable(&mail.address).unwrap_or(mail.address).parse()?;
        let since = Duration::from_millis(u64::try_from(now.millis()).unwrap_or_default());
        let message = Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(Some(mail.name), address))
            .subject(mail.subject)
            .date(UNIX_EPOCH + since)
            .message_id(None)
            .header(ContentType::TEXT_PLAIN);
        Ok(message.body(mail.text)?)
    }
}

fn greeting(person: &str) -> String {
    if may_be_link(person) { "Hello,".to_owned() } else { format!("Hello {person},") }
}

/// Whether a text is an e-mail address, which is harmless as a link: clicking it composes a mail. Characters that can end a host name are excluded, because
/// mail programs link the part before them.
fn is_harmless_address(text: &str) -> bool {
    is_email(text) && !text.contains(['/', '?', '#'])
}

/// Whether mail programs might turn part of a user's text into a link: a dot before a letter, a slash, or a scheme.
fn may_be_link(text: &str) -> bool {
    let dotted = text.split('.').skip(1).any(|rest| rest.starts_with(char::is_alphanumeric));
    dotted || text.contains(['/', '\\', ':', '@'])
}

#[cfg(test)]
mod tests {
    use super::may_be_link;

    #[test]
    fn what_mail_programs_link_is_known() {
        for link in ["evil.example/login", "www.evil.example", "https://evil.example", "a@evil.example", "mailto:a", "Ada evil.example"] {
            assert!(may_be_link(link), "{link}");
        }
        for name in ["Ada Lovelace", "J. R. R. Tolkien", "Acme Inc.", "O’Neil"] {
            assert!(!may_be_link(name), "{name}");
        }
    }
}
