//! Audit log: who did what, to which object, when, from where and through what. Everything that writes or removes records is here.

pub(crate) mod chain;
pub(crate) mod erase;
mod imagined;
mod refused;

use domain::{Change, ClientId, Origin, Through, action_label};

use self::chain::{Linked, link};
use super::{bound::as_stored, fold::fold, statement::Binds, tx::Tx};
use crate::{Result, people::account::Account};

pub(crate) use refused::Refusals;

/// Who does what the program does by itself.
pub(crate) const PROGRAM: &str = "system";

/// Rows per statement.
const ROWS: usize = 40;

/// The most characters of an object that are stored. It is indexed, and what is refused can be as long as whoever asks wants.
const OBJECT: usize = 200;

/// The most characters of a record that free text finds.
const SEARCHED: usize = 2000;

/// The actor as recorded, independent of later changes to the user.
struct Actor {
    user: Option<i64>,
    client: Option<ClientId>,
    login: String,
    ip: String,
    through: Through,
    reference: String,
}

/// What was done.
struct Deed {
    client: Option<ClientId>,
    action: String,
    object: String,
    changes: String,
}

impl Deed {
    fn of(action: &str, object: String, client: Option<ClientId>, changes: &[Change]) -> Result<Self> {
        let changes = as_stored(serde_json::to_string(changes)?);
        let object = as_stored(object).chars().take(OBJECT).collect();
        Ok(Self { client, action: as_stored(action.to_owned()), object, changes })
    }
}

impl Tx {
    /// Writes the audit record of the caller's action in the same transaction, so no write lacks its record.
    ///
    /// `action` is `noun.verb`, `object` an id. For secrets, `changes` says only that they changed. What a client's user does is a record of that client, so
    /// that it goes when the client does; so records of the partner name what belongs to a client by id alone.
    pub(crate) async fn audit(&mut self, action: &str, object: String, client: Option<ClientId>, changes: &[Change]) -> Result<()> {
        let (actor, client) = (self.actor(), client.or_else(|| self.caller.as_ref().and_then(|caller| caller.client)));
        self.records_insert(&actor, &[Deed::of(action, object, client, changes)?]).await
    }

    /// As [`Tx::audit`], of the same action at many clients.
    pub(super) async fn audit_clients(&mut self, action: &str, clients: &[(ClientId, Vec<Change>)]) -> Result<()> {
        let actor = self.actor();
        let deeds = clients.iter().map(|(client, changes)| Deed::of(action, client.to_string(), Some(*client), changes));
        self.records_insert(&actor, &deeds.collect::<Result<Vec<_>>>()?).await
    }

    /// Writes the audit record of an action without a session, such as signing in. A login name without an account is left out, because it can be a
    /// password typed into the wrong field.
    pub(crate) async fn audit_stranger(&mut self, action: &str, account: Option<&Account>, origin: &Origin, changes: &[Change]) -> Result<()> {
        let object = account.map(|account| account.user.id.to_string()).unwrap_or_default();
        self.audit_outsider(action, object, account, (Through::Page, origin), changes).await
    }

    /// As [`Tx::audit_stranger`], of what a program tries with an API key.
    pub(crate) async fn audit_program(
        &mut self,
        action: &str,
        key: String,
        account: Option<&Account>,
        origin: &Origin,
        changes: &[Change],
    ) -> Result<()> {
        self.audit_outsider(action, key, account, (Through::ApiKey, origin), changes).await
    }

    async fn audit_outsider(
        &mut self,
        action: &str,
        object: String,
        account: Option<&Account>,
        (through, origin): (Through, &Origin),
        changes: &[Change],
    ) -> Result<()> {
        let client = account.and_then(|account| account.client);
        let actor = Actor {
            user: account.map(|account| account.user.id.number()),
            client,
            login: account.map(|account| as_stored(account.user.login.clone())).unwrap_or_default(),
            ip: as_stored(origin.address()),
            through,
            reference: as_stored(origin.request.clone()),
        };
        self.records_insert(&actor, &[Deed::of(action, object, client, changes)?]).await
    }

    /// The caller, or the program itself.
    fn actor(&self) -> Actor {
        let by = |through, reference: &str| (through, as_stored(reference.to_owned()));
        let Some(caller) = &self.caller else {
            let (through, reference) = by(self.through, &self.reference);
            return Actor { user: None, client: None, login: PROGRAM.to_owned(), ip: String::new(), through, reference };
        };
        // Who works through a job has neither a session nor a token.
        let (through, reference) = match (&caller.session, &caller.token) {
            (Some(_), _) => by(Through::Page, &caller.origin.request),
            (None, Some(_)) => by(Through::ApiKey, &caller.origin.request),
            (None, None) => by(self.through, &self.reference),
        };
        let (login, ip) = (as_stored(caller.user.login.clone()), as_stored(caller.origin.address()));
        Actor { user: Some(caller.user.id.number()), client: caller.client, login, ip, through, reference }
    }

    async fn records_insert(&mut self, actor: &Actor, deeds: &[Deed]) -> Result<()> {
        let at = self.now.millis();
        self.records_append(&deeds.iter().map(|deed| (at, actor, deed)).collect::<Vec<_>>()).await
    }

    /// Appends what was done when by whom.
    async fn records_append(&mut self, records: &[(i64, &Actor, &Deed)]) -> Result<()> {
        let mut end = self.chain_extend(records.len()).await?;
        for some in records.chunks(ROWS) {
            let (mut rows, mut binds) = (Vec::new(), Binds::default());
            for &(at, actor, deed) in some {
                let client = deed.client.map(ClientId::number);
                let linked = Linked {
                    id: end.id(),
                    at,
                    partner: self.partner.number(),
                    client: client.unwrap_or_default(),
                    user: actor.user.unwrap_or_default(),
                    login: &actor.login,
                    ip: &actor.ip,
                    through: actor.through.key(),
                    reference: &actor.reference,
                    action: &deed.action,
                    object: &deed.object,
                    changes: &deed.changes,
                };
                end.hash = link(&end.hash, linked.id, linked.client, &linked.digest()?);
                end.next += 1;
                let numbers = [Some(linked.id), Some(linked.at), Some(linked.partner), client, actor.user];
                let mut values: Vec<_> = numbers.map(|number| number.map_or_else(|| "NULL".to_owned(), |number| binds.number(number))).into();
                let is_shown = deed.client.is_none() || deed.client == actor.client;
                let search_key = search_key(&deed.object, &deed.action, if is_shown { &actor.login } else { "" }, &deed.changes);
                let Linked { login, ip, through, reference, action, object, changes, .. } = linked;
                values.extend([login, ip, through, reference, action, object, changes, &search_key, &end.hash].map(|text| binds.text(text)));
                rows.push(format!("({})", values.join(", ")));
            }
            let sql = "INSERT INTO audit_records (id, at, partner_id, client_id, user_id, login, ip, through, reference, action, object, changes, search_key, hash) \
                       VALUES ";
            binds.execute(self, format!("{sql}{}", rows.join(", "))).await?;
        }
        self.chain_end(end).await
    }
}

/// What free text finds. A client's users can't see who at their provider did something, so they can't find it by their login either: then that is empty.
pub(super) fn search_key(object: &str, action: &str, login: &str, changes: &str) -> String {
    let text = format!("{object}\n{action}\n{}\n{login}\n{changes}", action_label(action));
    fold(&text.chars().take(SEARCHED).collect::<String>())
}
