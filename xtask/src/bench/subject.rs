//! A running console, and who asks it.

use std::{fs, thread, time::Duration};

use super::{
    console::Console,
    http::{Answer, Connection},
    process::Server,
};
use crate::shell::{Result, output};

/// The demo's administrator.
const ADMINISTRATOR: &str = "admin@leoart.example";

/// Media type of HTML forms, and of token requests.
const FORM: &str = "application/x-www-form-urlencoded";

/// One of the consoles that are compared.
pub(super) struct Subject {
    // Dropped before the database that it uses.
    pub(super) server: Server,
    pub(super) console: Console,
    /// A word that no run before this had: names must be new, and what stays as it is isn't written.
    pub(super) run: String,
    /// The token request of an API key.
    token_request: String,
}

impl Subject {
    /// Starts a console, prints how long that takes, and what memory it takes when idle.
    pub(super) fn start(console: Console) -> Result<Self> {
        let run = fs::read_to_string("/proc/sys/kernel/random/uuid").map_err(|error| error.to_string())?.trim().to_owned();
        let (key, secret) = api_key(&console, &run)?;
        let start = console.start_time()?;
        let server = Server::start(&console)?;
        thread::sleep(Duration::from_secs(2));
        let (resident, own) = server.memory();
        println!(
            "{}: start until it listens {:.0} ms (median of 5); idle memory {resident:.1} MB resident, of which {own:.1} MB its own and the rest pages of the binary",
            console.engine.name(),
            start.as_secs_f64() * 1000.0
        );
        let token_request = format!("grant_type=client_credentials&client_id={key}&client_secret={secret}");
        Ok(Self { server, console, run, token_request })
    }

    /// A new connection, with a header that says who asks, or nothing.
    pub(super) fn connect(&self, credentials: &str) -> Result<Connection> {
        Connection::open(self.server.address, credentials)
    }

    /// Signs the administrator in and gives the header that says so.
    pub(super) fn cookie(&self) -> Result<String> {
        self.sign_in(ADMINISTRATOR)
    }

    /// Signs a user in and gives the header that says so.
    pub(super) fn sign_in(&self, login: &str) -> Result<String> {
        let form = format!("draft%5Blogin%5D={}&draft%5Bpassword%5D=Demo%232026", login.replace('@', "%40"));
        let answer = self.connect("")?.post("/rpc/sessions/create", FORM, form.as_bytes())?;
        let cookie = answer.header("set-cookie").and_then(|cookie| cookie.split(';').next());
        cookie.map(|cookie| format!("Cookie: {cookie}")).ok_or_else(|| format!("{login} can't sign in: {} {}", answer.status, answer.text()))
    }

    /// The header of a new token of the API.
    pub(super) fn bearer(&self) -> Result<String> {
        let answer = (self.token_requests())(&mut self.connect("")?, 0)?;
        let json = answer.json()?;
        let token = json["access_token"].as_str().ok_or_else(|| format!("no token: {} {json}", answer.status))?;
        Ok(format!("Authorization: Bearer {token}"))
    }

    /// Asks for a token.
    pub(super) fn token_requests(&self) -> impl Fn(&mut Connection, usize) -> Result<Answer> + Sync + use<> {
        let form = self.token_request.clone();
        move |connection, _| connection.post("/auth/oauth/token", FORM, form.as_bytes())
    }
}

/// A key of the partner's administrator: the key and its secret.
fn api_key(console: &Console, run: &str) -> Result<(String, String)> {
    let name = format!("bench {run}");
    let mut create = console.command(&["api-key", "create", "--tenant", "msp_1", "--name", &name, "--role", "Partner Administrator"]);
    let said = output(&mut create)?;
    let json: serde_json::Value = serde_json::from_str(&said).map_err(|error| format!("no key: {error}: {said}"))?;
    let field = |name: &str| json[name].as_str().map(str::to_owned);
    field("key").zip(field("secret")).ok_or_else(|| format!("no key: {said}"))
}
