//! Associating accounts with customers. AWS doesn't learn of it.

use std::collections::BTreeMap;

use domain::{AwsAccount, AwsAccountId, AwsAccountNumber, AwsAction, Caller, Change, ClientId, Permission};

use super::{ready_for, store::StoredAccount};
use crate::{Result, Services, clients::client, kernel::Tx};

impl Services {
    /// Associates accounts with a client; all or none.
    ///
    /// # Errors
    /// `NotFound` for an account or client that the caller doesn't see; `Forbidden`; `Conflict` for a terminated client, and while a job works on
    /// an account.
    pub async fn aws_accounts_associate(&self, caller: &Caller, accounts: &[AwsAccountId], client: ClientId) -> Result<Vec<AwsAccount>> {
        let (mut tx, before) = self.aws_accounts_to_change(caller, accounts).await?;
        client::read_client(&mut tx, client).await?;
        self.permit(&mut tx, Permission::AccountManage, Some(client)).await?;
        let moved: Vec<_> = before.into_iter().filter(|stored| stored.account.client_id() != Some(client)).collect();
        ready_for(AwsAction::Associate, &moved)?;
        self.aws_left_audit(&mut tx, &moved).await?;
        if !moved.is_empty() {
            self.audit(&mut tx, "aws_account.associate", client, Some(client), &[listed("", &numbers(&moved))]).await?;
        }
        self.aws_move(tx, moved, accounts, Some(client)).await
    }

    /// Removes accounts from their clients, so that they are the partner's own; all or none.
    ///
    /// # Errors
    /// As [`Services::aws_accounts_associate`].
    pub async fn aws_accounts_disassociate(&self, caller: &Caller, accounts: &[AwsAccountId]) -> Result<Vec<AwsAccount>> {
        let (mut tx, before) = self.aws_accounts_to_change(caller, accounts).await?;
        self.permit(&mut tx, Permission::AccountManage, None).await?;
        let moved: Vec<_> = before.into_iter().filter(|stored| stored.account.client.is_some()).collect();
        ready_for(AwsAction::Disassociate, &moved)?;
        self.aws_left_audit(&mut tx, &moved).await?;
        self.aws_move(tx, moved, accounts, None).await
    }

    async fn aws_move(&self, mut tx: Tx, moved: Vec<StoredAccount>, accounts: &[AwsAccountId], client: Option<ClientId>) -> Result<Vec<AwsAccount>> {
        let ids: Vec<_> = moved.iter().map(|stored| stored.account.id).collect();
        tx.aws_accounts_associate(&ids, client).await?;
        let after = tx.aws_accounts_get(accounts).await?;
        tx.commit().await?;
        Ok(after.into_iter().map(|stored| stored.account).collect())
    }

    /// Says in the records of each client which accounts it loses.
    async fn aws_left_audit(&self, tx: &mut Tx, accounts: &[StoredAccount]) -> Result<()> {
        let entries = by_client(accounts).into_iter().map(|(client, numbers)| (client, vec![left(&numbers)]));
        self.audit_clients(tx, "aws_account.disassociate", entries.collect()).await
    }
}

/// The numbers of those that belong to clients.
pub(super) fn by_client(accounts: &[StoredAccount]) -> BTreeMap<ClientId, Vec<&AwsAccountNumber>> {
    let mut numbers: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for stored in accounts {
        if let Some(client) = stored.account.client_id() {
            numbers.entry(client).or_default().push(&stored.account.number);
        }
    }
    numbers
}

/// For the record of a client that loses accounts.
pub(super) fn left(numbers: &[&AwsAccountNumber]) -> Change {
    listed(&list(numbers.iter().copied()), "")
}

fn numbers(accounts: &[StoredAccount]) -> String {
    list(accounts.iter().map(|stored| &stored.account.number))
}

/// All of them, however many: a record tells each account that was moved.
fn list<'a>(numbers: impl Iterator<Item = &'a AwsAccountNumber>) -> String {
    numbers.map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

fn listed(before: &str, after: &str) -> Change {
    Change { field: "accounts".to_owned(), label: "AWS accounts".to_owned(), before: before.to_owned(), after: after.to_owned() }
}
