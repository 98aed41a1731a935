//! Adding, changing and promoting accounts, each after asking AWS.

use std::{slice, time::Duration};

use domain::{
    AwsAccount, AwsAccountDetails, AwsAccountDraft, AwsAccountId, AwsAccountKind, AwsAccountNumber, AwsAction, AwsSignIn, Caller, Draft, Error,
    Permission, Scope,
};

use tokio::time::timeout;

use super::{
    proof::{self, Proof},
    ready_for, refused, signer,
    store::StoredAccount,
};
use crate::{
    Result, Services,
    aws::calls::{AwsCalls, AwsFault, Signer},
    kernel::{Tx, refusal::duplicate},
};

/// How long somebody waits for AWS while an account is added: less than a request may take.
const PATIENCE: Duration = Duration::from_secs(25);

const TAKEN: &str = "This account is listed already.";

impl Services {
    /// Adds a management or a single account once AWS confirms the sign-in, the account ID and, of a management account, that it is one. A job then reads its
    /// members.
    ///
    /// # Errors
    /// `Invalid` with every wrong field, or with the field that AWS contradicts; `Conflict` if AWS can't be reached; `Forbidden`.
    pub async fn aws_account_create(&self, caller: &Caller, kind: AwsAccountKind, draft: AwsAccountDraft) -> Result<AwsAccount> {
        let scope = Scope::Partner(caller.partner);
        let mut tx = self.authorize(caller, Permission::AccountManage, scope).await?;
        caller.can(Permission::AccountView, scope)?;
        if kind == AwsAccountKind::Member {
            return Err(Error::conflict("Member accounts are added by refreshing their MSP account.").into());
        }
        let details = draft.check(None)?;
        number_is_free(&mut tx, &details.number).await?;
        let external_id = self.aws_external_id(&mut tx, &details.number).await?;
        tx.commit().await?;
        self.aws_sign_in_check(kind, &details, external_id).await?;

        let mut tx = self.authorize(caller, Permission::AccountManage, scope).await?;
        number_is_free(&mut tx, &details.number).await?;
        let id = tx.aws_account_insert(kind, &details).await.map_err(duplicate("number", TAKEN))?;
        let changes = AwsAccountDetails { name: String::new(), ..details.clone() }.changes(&details);
        self.audit(&mut tx, "aws_account.create", id, None, &changes).await?;
        let mut stored = super::read(&mut tx, id).await?;
        if kind == AwsAccountKind::Management {
            self.aws_refresh_begin(&mut tx, &stored).await?;
            stored = super::read(&mut tx, id).await?;
        }
        tx.commit().await?;
        Ok(stored.account)
    }

    /// Changes name and sign-in of an account, after asking AWS again.
    ///
    /// # Errors
    /// As [`Services::aws_account_create`]; `NotFound`; `Conflict` if the version is stale.
    pub async fn aws_account_update(&self, caller: &Caller, id: AwsAccountId, version: i64, draft: AwsAccountDraft) -> Result<AwsAccount> {
        let before = self.aws_account_of_partner(caller, id, Permission::AccountManage).await?.1;
        editable(&before, version)?;
        let details = draft.check(Some(&before.account.number))?;
        self.aws_sign_in_check(before.account.kind, &details, before.account.external_id.clone()).await?;

        let (mut tx, before) = self.aws_account_of_partner(caller, id, Permission::AccountManage).await?;
        // Meanwhile, a refresh can have made it a member.
        editable(&before, version)?;
        tx.aws_account_update(id, &details).await?;
        let before_details = of(&before)?;
        if before_details.sign_in != details.sign_in {
            tx.aws_members_check(id).await?;
        }
        let changes = before_details.changes(&details);
        self.audit(&mut tx, "aws_account.update", id, before.account.client_id(), &changes).await?;
        let after = super::read(&mut tx, id).await?.account;
        tx.commit().await?;
        Ok(after)
    }

    /// Makes a single account a management account, if AWS says that it is one.
    ///
    /// # Errors
    /// `NotFound`; `Conflict` with what AWS says.
    pub async fn aws_account_promote(&self, caller: &Caller, id: AwsAccountId) -> Result<AwsAccount> {
        let before = self.aws_account_of_partner(caller, id, Permission::AccountManage).await?.1;
        ready_for(AwsAction::Promote, slice::from_ref(&before))?;
        management_check(self.aws()?, &before.account.number, &signer::own(&before)?).await.map_err(Error::conflict)?;

        let (mut tx, before) = self.aws_account_of_partner(caller, id, Permission::AccountManage).await?;
        ready_for(AwsAction::Promote, slice::from_ref(&before))?;
        tx.aws_account_promote(id).await?;
        self.audit(&mut tx, "aws_account.promote", id, None, &[]).await?;
        let stored = super::read(&mut tx, id).await?;
        self.aws_refresh_begin(&mut tx, &stored).await?;
        let after = super::read(&mut tx, id).await?.account;
        tx.commit().await?;
        Ok(after)
    }

    /// Asks AWS whether the server can sign in at an account, and whether the account is what it is said to be. Gives up before the request does.
    async fn aws_sign_in_check(&self, kind: AwsAccountKind, details: &AwsAccountDetails, external_id: String) -> Result<()> {
        let late = || refused(&AwsFault::Unreachable("it doesn’t answer in time".to_owned()), &details.number);
        timeout(PATIENCE, self.aws_sign_in_try(kind, details, external_id)).await.map_err(|_| late())?
    }

    async fn aws_sign_in_try(&self, kind: AwsAccountKind, details: &AwsAccountDetails, external_id: String) -> Result<()> {
        let (aws, number) = (self.aws()?, &details.number);
        let by = Signer { sign_in: details.sign_in.clone(), external_id: external_id.clone(), role: None };
        let identity = match aws.identity(&by).await {
            Ok(identity) => identity,
            Err(fault) if fault.is_passing() => return Err(refused(&fault, number).into()),
            Err(fault) => return Err(Error::invalid(field(&details.sign_in), fault.sentence(number)).into()),
        };
        if identity.account != *number {
            let sentence = format!(
                "The server signs in at account {} that way, not at {number}. Correct the account ID or how the server signs in.",
                identity.account
            );
            return Err(Error::invalid("number", sentence).into());
        }
        if let AwsSignIn::Role { arn } = &details.sign_in {
            match proof::prove(aws, &signer::server(), arn, &external_id, &self.ids.uuid()).await {
                Proof::Proved => {}
                Proof::Wrong(sentence) => return Err(Error::invalid("role_arn", sentence).into()),
                Proof::NotYet(fault) => return Err(Error::invalid("role_arn", fault.sentence(number)).into()),
            }
        }
        if kind == AwsAccountKind::Management {
            management_check(aws, number, &by).await.map_err(|sentence| Error::invalid("number", sentence))?;
        }
        Ok(())
    }
}

/// Asks AWS whether an account is the management account of an organization; else a sentence.
async fn management_check(aws: &dyn AwsCalls, number: &AwsAccountNumber, by: &Signer) -> std::result::Result<(), String> {
    match aws.management_account(by).await {
        Ok(management) if management == *number => Ok(()),
        Ok(management) => Err(format!("Account {number} is a member of the organization of account {management}. Add that one as MSP instead.")),
        Err(fault) => Err(fault.sentence(number)),
    }
}

/// Refuses the number of an account that is there.
async fn number_is_free(tx: &mut Tx, number: &AwsAccountNumber) -> Result<()> {
    let Some(stored) = tx.aws_account_by_number(number).await? else { return Ok(()) };
    let sentence = match (stored.account.kind, stored.account.management) {
        (AwsAccountKind::Single, _) => "This account is listed under Non-MSP already. It can be promoted there.".to_owned(),
        (_, Some(management)) => format!("This account is listed already, as a member of {}.", management.name),
        _ => TAKEN.to_owned(),
    };
    Err(Error::invalid("number", sentence).into())
}

fn editable(stored: &StoredAccount, version: i64) -> Result<()> {
    ready_for(AwsAction::Edit, slice::from_ref(stored))?;
    if stored.account.version != version {
        return Err(Error::stale("account").into());
    }
    Ok(())
}

/// The field that says how the server signs in.
const fn field(sign_in: &AwsSignIn) -> &'static str {
    match sign_in {
        AwsSignIn::Server => "sign_in",
        AwsSignIn::Profile { .. } => "profile",
        AwsSignIn::Role { .. } => "role_arn",
    }
}

fn of(stored: &StoredAccount) -> Result<AwsAccountDetails> {
    let account = &stored.account;
    Ok(AwsAccountDetails { number: account.number.clone(), name: account.name.clone(), sign_in: signer::own(stored)?.sign_in })
}
