//! Authorization: checking a permission yields the transaction to use it.

use domain::{
    Caller, Change, ClientId, Error, IP_REFUSAL, JobId, KeyRefusal, Origin, PartnerId, Permission, Scope, SignInStep, Standing, Through, UserId,
};

use super::{
    proof::{Demand, Proof},
    tx::Tx,
};
use crate::{
    Result, Services,
    people::{account::Account, api_key::token, factor::Enrolling, session},
};

/// Stands for no partner: before one exists, or for unknown accounts.
pub(crate) const NO_PARTNER: PartnerId = PartnerId::new(0);

/// Rows that belong to the partner or to one of its clients.
pub(crate) trait Owned {
    /// The client; none for the partner.
    fn owner(&self) -> Option<ClientId>;
}

/// Proof that a transaction is opened here: only this module can make one, and [`super::Store::begin`] requires it.
#[derive(Clone, Copy)]
pub(super) struct Opening(());

impl Services {
    /// Checks that the caller has the permission in the scope, and opens a transaction: read-only for a permission to view, writing for any other. A
    /// caller who works within a client sees only that client. A writing one can demand a proof of the second factor too ([`super::proof`]).
    ///
    /// # Errors
    /// `NotFound` if the caller can't see the scope, `Forbidden` without the permission, `Unauthenticated` if the session or token has ended since
    /// the request began, `Unproved` without the proof.
    pub(crate) async fn authorize(&self, caller: &Caller, demand: impl Into<Demand>, scope: Scope) -> Result<Tx> {
        let Demand { permission, proof } = demand.into();
        let mut tx = self.authorize_to(caller, permission, scope, !permission.is_read()).await?;
        self.proof_demand(&mut tx, proof).await?;
        Ok(tx)
    }

    /// As [`Services::authorize`], only to read: for the preview of a change.
    pub(crate) async fn authorize_read(&self, caller: &Caller, permission: Permission, scope: Scope) -> Result<Tx> {
        self.authorize_to(caller, permission, scope, false).await
    }

    /// As [`Services::authorize_read`], with the caller resolved again: between the parts of an answer that is streamed.
    pub(crate) async fn authorize_again(&self, caller: &Caller, permission: Permission, scope: Scope) -> Result<Tx> {
        let mut tx = self.authorize_read(caller, permission, scope).await?;
        let present = resolve(&mut tx, caller, None).await?;
        tx.act_as(Some(present), Opening(()));
        self.decide(&mut tx, permission, scope).await?;
        Ok(tx)
    }

    async fn authorize_to(&self, caller: &Caller, permission: Permission, scope: Scope, write: bool) -> Result<Tx> {
        let scope = match (scope, caller.within) {
            (Scope::Visible, Some(client)) => Scope::Client(client),
            (scope, _) => scope,
        };
        let only_client = match scope {
            Scope::Client(client) => Some(client),
            _ => caller.client,
        };
        // A caller without the permission must not occupy SQLite's only writing connection.
        if !matches!(scope, Scope::Client(_)) || !caller.depends_on_standing() {
            caller.can(permission, scope)?;
        }
        let mut tx = self.begin(caller, write, only_client).await?;
        self.decide(&mut tx, permission, scope).await?;
        Ok(tx)
    }

    /// As [`Services::authorize`], to create something for the given client, or else for the tenant the caller works in. The transaction's
    /// `only_client` is its owner; none is the partner.
    ///
    /// # Errors
    /// As there, and `NotFound` for a terminated client and for any other than the one the caller works in.
    pub(crate) async fn authorize_at(&self, caller: &Caller, demand: impl Into<Demand>, client: Option<ClientId>) -> Result<Tx> {
        let scope = match (caller.place(), client) {
            (Scope::Client(here), Some(there)) if here != there => return Err(Error::NotFound.into()),
            (_, Some(client)) => Scope::Client(client),
            (place, None) => place,
        };
        let mut tx = self.authorize(caller, demand, scope).await?;
        if let Some(client) = tx.only_client
            && !tx.client_in_service(client).await?
        {
            return Err(Error::NotFound.into());
        }
        Ok(tx)
    }

    /// As [`Services::authorize`], to change something known by id: `find` looks it up among what the caller sees, and the permission is checked at
    /// its owner.
    ///
    /// # Errors
    /// `NotFound` if it doesn't exist or isn't visible, `Forbidden` if it can't be changed, `Conflict` if it belongs to a terminated client, `Unproved`
    /// without the proof.
    pub(crate) async fn authorize_change<T: Owned>(
        &self,
        caller: &Caller,
        (view, change): (Permission, impl Into<Demand>),
        find: impl AsyncFnOnce(&mut Tx) -> Result<Option<T>>,
    ) -> Result<(Tx, T)> {
        caller.can(view, Scope::Visible)?;
        let mut tx = self.begin(caller, true, caller.client.or(caller.within)).await?;
        tx.caller()?.can(view, Scope::Visible)?;
        let thing = find(&mut tx).await?.ok_or(Error::NotFound)?;
        let Demand { permission, proof } = change.into();
        self.permit(&mut tx, permission, thing.owner()).await?;
        self.proof_demand(&mut tx, proof).await?;
        Ok((tx, thing))
    }

    /// Checks a permission at the owner of something that the transaction has read. What belongs to a terminated client can't be changed.
    ///
    /// # Errors
    /// As [`Services::authorize`]; `Conflict` if it belongs to a terminated client.
    pub(crate) async fn permit(&self, tx: &mut Tx, permission: Permission, owner: Option<ClientId>) -> Result<()> {
        let scope = owner.map_or(Scope::Partner(tx.partner), Scope::Client);
        self.decide(tx, permission, scope).await?;
        match owner {
            Some(client) if !permission.is_read() && !tx.client_in_service(client).await? => {
                let reason = "This belongs to a terminated client and can't be changed.";
                Err(Error::conflict(reason).into())
            }
            _ => Ok(()),
        }
    }

    /// Checks a permission of the transaction's caller, whatever the state of the client.
    ///
    /// # Errors
    /// As [`Services::authorize`].
    pub(crate) async fn decide(&self, tx: &mut Tx, permission: Permission, scope: Scope) -> Result<()> {
        let caller = tx.caller()?;
        let Scope::Client(client) = scope else { return Ok(caller.can(permission, scope)?) };
        let standing = if caller.depends_on_standing() { tx.client_standing(&caller, client).await? } else { Standing::default() };
        Ok(caller.can_at(permission, client, &standing)?)
    }

    /// The only way to a transaction with a caller. A writing one resolves the caller again under the partner's lock, because the session or the rights can
    /// have ended since the request began.
    async fn begin(&self, caller: &Caller, write: bool, only_client: Option<ClientId>) -> Result<Tx> {
        let opening = Opening(());
        let mut tx = self.store.begin(write, caller.partner, only_client, self.clock.now(), opening).await?;
        let caller = if write { resolve(&mut tx, caller, None).await? } else { caller.clone() };
        tx.act_as(Some(caller), opening);
        Ok(tx)
    }

    /// A writing transaction for what callers do to their own session and password, whatever their roles.
    pub(crate) async fn authorize_self(&self, caller: &Caller) -> Result<Tx> {
        self.begin(caller, true, caller.client).await
    }

    /// As [`Services::authorize_self`], with a proof of the second factor in the last minutes.
    ///
    /// # Errors
    /// `Unproved` without the proof.
    pub(crate) async fn authorize_self_proved(&self, caller: &Caller) -> Result<Tx> {
        let mut tx = self.authorize_self(caller).await?;
        self.proof_demand(&mut tx, Proof::Recent).await?;
        Ok(tx)
    }

    /// As [`Services::authorize_self_proved`], to set a second factor up, which can be just what the session still lacks.
    pub(crate) async fn authorize_enrolling(&self, enrolling: &Enrolling) -> Result<Tx> {
        let (opening, caller) = (Opening(()), enrolling.caller());
        let mut tx = self.store.begin(true, caller.partner, caller.client, self.clock.now(), opening).await?;
        let present = resolve(&mut tx, caller, Some(SignInStep::SetUp)).await?;
        tx.act_as(Some(present), opening);
        self.proof_demand(&mut tx, Proof::Recent).await?;
        Ok(tx)
    }

    /// As [`Services::authorize_self`], only to read.
    pub(crate) async fn authorize_self_read(&self, caller: &Caller) -> Result<Tx> {
        self.begin(caller, false, caller.client).await
    }

    /// An exception: a transaction without a caller, for sign-in, set-up, seeds, the operator and jobs. `_reason` documents the call. What was
    /// checked before, such as a password, must be checked again within it.
    pub(crate) async fn system(&self, _reason: &'static str, partner: PartnerId) -> Result<Tx> {
        self.store.begin(true, partner, None, self.clock.now(), Opening(())).await
    }

    /// As [`Services::system`], only to read.
    pub(crate) async fn system_read(&self, _reason: &'static str, partner: PartnerId) -> Result<Tx> {
        self.store.begin(false, partner, None, self.clock.now(), Opening(())).await
    }

    /// As [`Services::system`], for a command of the operator.
    pub(crate) async fn command(&self, reason: &'static str, partner: PartnerId) -> Result<Tx> {
        let mut tx = self.system(reason, partner).await?;
        tx.come_through(Through::Command, "", Opening(()));
        Ok(tx)
    }

    /// Records that what the transaction does is done by a job.
    pub(crate) fn work_through(&self, tx: &mut Tx, job: JobId) {
        tx.come_through(Through::Job, &job.to_string(), Opening(()));
    }

    /// An exception: a job acts as its owner, who has no session here. The owner was resolved in this transaction.
    pub(crate) fn act_as_owner(&self, tx: &mut Tx, owner: Caller) {
        tx.act_as(Some(owner), Opening(()));
    }

    /// An exception: what a restored client had is made within the client, which is made in the same transaction.
    pub(crate) fn work_within(&self, tx: &mut Tx, client: ClientId) {
        tx.only(client, Opening(()));
    }

    /// Whether another caller may change a user of a client or of the partner, in a transaction without a caller: the maker of a link, when it is used.
    ///
    /// # Errors
    /// As [`Services::permit`] and [`Services::users_outrank_check`].
    pub(crate) async fn user_manage_check_as(&self, tx: &mut Tx, maker: Caller, (user, client): (UserId, Option<ClientId>)) -> Result<()> {
        let opening = Opening(());
        tx.act_as(Some(maker), opening);
        let checked = match self.permit(tx, Permission::UserManage, client).await {
            Ok(()) => self.users_outrank_check(tx, &[user], client).await,
            refused => refused,
        };
        tx.act_as(None, opening);
        checked
    }

    /// Writes the audit record of the transaction.
    pub(crate) async fn audit(&self, tx: &mut Tx, action: &str, object: impl ToString, client: Option<ClientId>, changes: &[Change]) -> Result<()> {
        tx.audit(action, object.to_string(), client, changes).await
    }

    /// As [`Services::audit`], of the same action at many clients.
    pub(crate) async fn audit_clients(&self, tx: &mut Tx, action: &str, clients: Vec<(ClientId, Vec<Change>)>) -> Result<()> {
        tx.audit_clients(action, &clients).await
    }

    /// As [`Services::audit`], for an action without a session; see [`Tx::audit_stranger`].
    pub(crate) async fn audit_stranger(&self, tx: &mut Tx, action: &str, account: Option<&Account>, origin: &Origin) -> Result<()> {
        tx.audit_stranger(action, account, origin, &[]).await
    }
}

/// Resolves the caller again, with the rights of this moment. The session can lack the step that is given, and no other.
async fn resolve(tx: &mut Tx, caller: &Caller, can_lack: Option<SignInStep>) -> Result<Caller> {
    let present = if let Some(key) = &caller.session {
        let session = session::valid_session(tx.session_find(key).await?, tx.now, &caller.origin)?;
        match session.lacks() {
            Some(step) if can_lack != Some(step) => return Err(Error::Unfinished { step }.into()),
            _ => session::caller(session, &caller.origin),
        }
    } else if let Some(key) = &caller.token {
        let program = tx.program_by_token(key).await?;
        token::valid_caller(program, key, tx.now, &caller.origin)?.map_err(|refusal| match refusal {
            KeyRefusal::Address => Error::forbidden(IP_REFUSAL),
            _ => Error::Unauthenticated,
        })?
    } else {
        return Err(Error::Unauthenticated.into());
    };
    Ok(Caller { within: caller.within, ..present })
}
