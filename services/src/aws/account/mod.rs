//! AWS accounts: list, add, associate with customers, onboard and delink. The calls to AWS are made outside transactions.

mod add;
mod associate;
mod check;
mod customer;
mod delink;
mod demo;
mod job;
mod onboard;
mod onboarding;
mod proof;
mod quick_create;
mod refresh;
mod remove;
mod role;
mod search;
mod signer;
mod store;
mod termination;
mod trust;

use domain::{
    AwsAccount, AwsAccountId, AwsAccountKind, AwsAccountNumber, AwsAccountQuery, AwsAction, AwsMemberQuery, Caller, ClientId, Error, ListPage,
    Permission, Scope, check_lengths, shortened,
};

use crate::{
    Result, Services,
    aws::calls::{AwsCalls, AwsFault},
    clients::client,
    kernel::{Tx, proof::Demand},
};
pub use quick_create::template as quick_create_template;
use store::StoredAccount;
pub(crate) use store::search_key;
pub(crate) use termination::Delinked;

/// The permissions to see an account, and to change it.
const TO_CHANGE: (Permission, Permission) = (Permission::AccountView, Permission::AccountManage);

impl Services {
    /// A page of the management accounts, or of the single ones.
    ///
    /// # Errors
    /// `Forbidden` without the permission to view AWS accounts.
    pub async fn aws_account_list(&self, caller: &Caller, kind: AwsAccountKind, query: &AwsAccountQuery) -> Result<ListPage<AwsAccount>> {
        self.authorize(caller, Permission::AccountView, Scope::Visible).await?.aws_account_list(kind, query).await
    }

    /// A page of the members of a management account.
    ///
    /// # Errors
    /// As [`Services::aws_account_get`].
    pub async fn aws_member_list(&self, caller: &Caller, management: AwsAccountId, query: &AwsMemberQuery) -> Result<ListPage<AwsAccount>> {
        let mut tx = self.authorize(caller, Permission::AccountView, Scope::Visible).await?;
        if read(&mut tx, management).await?.account.kind != AwsAccountKind::Management {
            return Err(Error::NotFound.into());
        }
        tx.aws_member_list(management, query).await
    }

    /// The accounts of a client, by name.
    ///
    /// # Errors
    /// `NotFound`; `Forbidden` without the permission to view AWS accounts there.
    pub async fn aws_accounts_of_client(&self, caller: &Caller, client: ClientId) -> Result<Vec<AwsAccount>> {
        let mut tx = self.authorize(caller, Permission::AccountView, Scope::Client(client)).await?;
        client::read_client(&mut tx, client).await?;
        tx.aws_accounts_of(client).await
    }

    /// An account.
    ///
    /// # Errors
    /// `NotFound` for one that doesn't exist or isn't visible.
    pub async fn aws_account_get(&self, caller: &Caller, id: AwsAccountId) -> Result<AwsAccount> {
        let mut tx = self.authorize(caller, Permission::AccountView, Scope::Visible).await?;
        Ok(read(&mut tx, id).await?.account)
    }

    /// What makes the calls to AWS.
    ///
    /// # Errors
    /// `Conflict` on a server without.
    fn aws(&self) -> Result<&dyn AwsCalls> {
        Ok(self.aws.as_deref().ok_or_else(|| Error::conflict("This server isn’t set up to call AWS."))?)
    }

    /// A writing transaction to change an account, which it has read.
    async fn aws_account_to_change(&self, caller: &Caller, id: AwsAccountId) -> Result<(Tx, StoredAccount)> {
        let (_, change) = TO_CHANGE;
        self.aws_account_to_change_by(caller, id, change).await
    }

    /// As [`Services::aws_account_to_change`], where the change demands more than the permission.
    async fn aws_account_to_change_by(&self, caller: &Caller, id: AwsAccountId, demand: impl Into<Demand>) -> Result<(Tx, StoredAccount)> {
        let (view, _) = TO_CHANGE;
        self.authorize_change(caller, (view, demand), async |tx: &mut Tx| tx.aws_account_get(id).await).await
    }

    /// As [`Services::aws_account_to_change`], for what is the partner's matter even where the account belongs to a client.
    async fn aws_account_of_partner(&self, caller: &Caller, id: AwsAccountId, demand: impl Into<Demand>) -> Result<(Tx, StoredAccount)> {
        let (mut tx, stored) = self.aws_account_to_change_by(caller, id, demand).await?;
        self.permit(&mut tx, Permission::AccountManage, None).await?;
        Ok((tx, stored))
    }

    /// As [`Services::aws_account_to_change`], for several accounts, each of which the caller must be allowed to change.
    async fn aws_accounts_to_change(&self, caller: &Caller, ids: &[AwsAccountId]) -> Result<(Tx, Vec<StoredAccount>)> {
        let (_, change) = TO_CHANGE;
        self.aws_accounts_to_change_by(caller, ids, change).await
    }

    /// As [`Services::aws_accounts_to_change`], where the change demands more than the permission.
    async fn aws_accounts_to_change_by(&self, caller: &Caller, ids: &[AwsAccountId], demand: impl Into<Demand>) -> Result<(Tx, Vec<StoredAccount>)> {
        check_lengths(&[("accounts", ids.len())])?;
        let (view, change) = TO_CHANGE;
        caller.can(view, Scope::Visible)?;
        let mut tx = self.authorize(caller, demand, Scope::Visible).await?;
        let mut ids = ids.to_vec();
        ids.sort();
        ids.dedup();
        let accounts = tx.aws_accounts_get(&ids).await?;
        if accounts.len() != ids.len() || ids.is_empty() {
            return Err(Error::NotFound.into());
        }
        let mut owners: Vec<_> = accounts.iter().map(|stored| stored.account.client_id()).collect();
        owners.sort();
        owners.dedup();
        for owner in owners {
            self.permit(&mut tx, change, owner).await?;
        }
        Ok((tx, accounts))
    }
}

/// Refuses what can't be done with one of some accounts.
fn ready_for(action: AwsAction, accounts: &[StoredAccount]) -> Result<()> {
    let refusal = |stored: &StoredAccount| Some((stored.account.number.clone(), stored.account.refusal(action)?));
    let refused: Vec<_> = accounts.iter().filter_map(refusal).collect();
    match refused.first() {
        None => Ok(()),
        Some((_, sentence)) if accounts.len() == 1 => Err(Error::conflict(sentence.clone()).into()),
        Some((_, sentence)) => {
            let numbers = shortened(refused.iter().map(|(number, _)| number));
            Err(Error::conflict(format!("{sentence} Leave out {numbers}, then try again.")).into())
        }
    }
}

/// An account that the transaction's caller sees.
async fn read(tx: &mut Tx, id: AwsAccountId) -> Result<StoredAccount> {
    Ok(tx.aws_account_get(id).await?.ok_or(Error::NotFound)?)
}

/// A refusal with what AWS says.
fn refused(fault: &AwsFault, account: &AwsAccountNumber) -> Error {
    Error::conflict(fault.sentence(account))
}
