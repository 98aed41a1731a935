//! The settings of mail: what sends it, from whom, and where its links lead.

use std::sync::Arc;

use app::paths;
use services::{MailSettings, Mailer};

/// What sends mails; nothing without a server. The links of mails lead to the console's public address.
pub(super) fn mailer(smtp_url: Option<String>, from: Option<String>, console: Option<String>) -> Result<Option<Mailer>, String> {
    let Some(smtp_url) = smtp_url else { return Ok(None) };
    let from = from.ok_or("whom mails are from must be said by --mail-from, where there is a server for them by --smtp-url")?;
    let console =
        console.ok_or("mails lead people to the console: say its address by --public-url, where there is a server for mails by --smtp-url")?;
    let console: Arc<str> = console.into();
    let (of_passwords, of_emails, of_reports, of_jobs) = (console.clone(), console.clone(), console.clone(), console.clone());
    let invitation_link = Arc::new(move |token: &str| format!("{console}{}", paths::invitation(token)));
    let password_link = Arc::new(move |token: &str| format!("{of_passwords}{}", paths::password_link(token)));
    let email_link = Arc::new(move |token: &str| format!("{of_emails}{}", paths::email_link(token)));
    let report_link = Arc::new(move |report| format!("{of_reports}{}", paths::report(report)));
    let job_link = Arc::new(move |job| format!("{of_jobs}{}", paths::job(job)));
    Mailer::new(MailSettings { smtp_url: &smtp_url, from: &from, invitation_link, password_link, email_link, report_link, job_link }).map(Some)
}

#[cfg(test)]
mod tests {
    use super::{super::public_url, *};

    fn asked(smtp_url: &str, from: &str, console: &str) -> Result<Option<Mailer>, String> {
        let given = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        mailer(given(smtp_url), given(from), given(console).as_deref().map(public_url::console).transpose()?)
    }

    #[test]
    fn mail_is_sent_where_it_is_set_up() {
        let (from, console) = ("Tenantry <tenantry@example.com>", "https://console.example.com/");
        assert!(asked("", "", "").unwrap().is_none());
        assert!(asked("", from, console).unwrap().is_none());
        for server in [
            "smtp://localhost",
            "smtp://127.0.0.1:2525",
            "smtp://relay?tls=none",
            "smtps://ada:kiwi@mail.example.com",
            "smtp://ada:kiwi@mail.example.com?tls=required",
        ] {
            let mailer = asked(server, from, console).unwrap().unwrap();
            assert!(!format!("{mailer:?}").contains("kiwi"), "no password is shown");
        }
    }

    #[test]
    fn a_wrong_setting_is_told_in_a_sentence() {
        let (server, from, console) = ("smtp://localhost", "tenantry@example.com", "https://console.example.com");
        for (settings, part) in [
            ((server, "", console), "--mail-from"),
            ((server, from, ""), "--public-url"),
            ((server, "nobody", console), "“nobody”"),
            (("mail.example.com", from, console), "the SMTP URL must read like"),
            (("http://mail.example.com", from, console), "the SMTP URL must read like"),
            (("smtp://mail.example.com?tls=maybe", from, console), "the SMTP URL must read like"),
            (("smtp://ada:kiwi@mail.example.com", from, console), "add ?tls=required"),
            (("smtp://mail.example.com", from, console), "links that let their readers in"),
        ] {
            let sentence = asked(settings.0, settings.1, settings.2).unwrap_err();
            assert!(sentence.contains(part) && !sentence.contains("kiwi"), "{sentence}");
        }
    }
}
