//! AWS accounts.

mod external_id;
mod job;
mod list;
mod listed;
mod write;

use domain::{
    AwsAccess, AwsAccount, AwsAccountId, AwsAccountKind, AwsAccountState, AwsAccountSummary, AwsMembers, AwsRefresh, AwsSignIn, AwsStatus, Caller,
    ClientId, JobId, JobKind, RoleArn, Timestamp,
};
use sqlx::{Row, any::AnyRow};

use crate::{
    Fault, Result,
    aws::sentence::{is_told_all, told},
    kernel::{authz::Owned, fold::fold, row::owner},
};
pub(super) use listed::Merged;
pub(super) use write::Outcome;

/// The columns that [`stored`] reads.
const COLUMNS: &str = "t.client_id, c.name AS client_name, t.kind, t.management_id, t.number, t.name, t.email, t.sign_in, t.status, t.state, t.problem, t.role_arn, \
    t.candidate, t.made, t.access, t.region, t.checked, t.job_id, t.refreshed, t.refresh_failure, t.created, t.version, x.external_id, j.id AS running, j.kind AS job_kind, m.id AS m_id, \
    m.number AS m_number, m.name AS m_name";

/// An account, and what isn't shown of it.
#[derive(Clone, Debug)]
pub(crate) struct StoredAccount {
    pub(crate) account: AwsAccount,
    /// The management account that lists it, also where the reader may not see that.
    pub(super) management: Option<AwsAccountId>,
    /// How the server signs in there, also where the reader may not see that.
    pub(super) sign_in: Option<AwsSignIn>,
    /// A role that is still to be proved.
    pub(super) candidate: Option<RoleArn>,
    /// A role that we made or were about to make, and that isn't known to be gone. It is removed before another is used.
    pub(super) made: Option<RoleArn>,
    /// The job that has it; negative for one that ended before it was done.
    pub(super) job: i64,
}

impl StoredAccount {
    /// The role that a check proves.
    pub(super) const fn any_role(&self) -> Option<&RoleArn> {
        match &self.candidate {
            Some(candidate) => Some(candidate),
            None => self.account.role.as_ref(),
        }
    }

    /// The role that there can be at AWS to remove.
    pub(super) fn role_to_remove(&self) -> Option<&RoleArn> {
        self.made.as_ref().or_else(|| self.any_role())
    }
}

impl Owned for StoredAccount {
    fn owner(&self) -> Option<ClientId> {
        self.account.client_id()
    }
}

/// What is searched of an account.
pub(crate) fn search_key(name: &str, number: &str, email: &str) -> String {
    fold(&format!("{name}\n{number}\n{email}"))
}

/// A choice that a column has by its key.
fn choice<T>(row: &AnyRow, column: &str, from_key: fn(&str) -> Option<T>) -> Result<T> {
    let key: &str = row.try_get(column)?;
    from_key(key).ok_or_else(|| Fault::Failed(format!("unknown {column} of an AWS account: {key}")))
}

fn arn(row: &AnyRow, column: &str) -> Result<Option<RoleArn>> {
    let text: &str = row.try_get(column)?;
    if text.is_empty() { Ok(None) } else { RoleArn::typed(text).map(Some).map_err(|_| Fault::Failed(format!("unreadable ARN {text}"))) }
}

fn time(row: &AnyRow, column: &str) -> Result<Option<Timestamp>> {
    let millis: i64 = row.try_get(column)?;
    Ok((millis != 0).then(|| Timestamp::from_millis(millis)))
}

fn number(row: &AnyRow, column: &str) -> Result<domain::AwsAccountNumber> {
    let text: &str = row.try_get(column)?;
    text.parse().map_err(Fault::Failed)
}

fn management(row: &AnyRow) -> Result<Option<AwsAccountSummary>> {
    let Some(id) = row.try_get::<Option<i64>, _>("m_id")? else { return Ok(None) };
    Ok(Some(AwsAccountSummary { id: AwsAccountId::new(id), number: number(row, "m_number")?, name: row.try_get("m_name")? }))
}

/// Reads an account. Who doesn't see all accounts isn't told how the server signs in, nor what AWS said to it.
fn stored(row: &AnyRow, reader: Option<&Caller>) -> Result<StoredAccount> {
    let sign_in: &str = row.try_get("sign_in")?;
    let sign_in: Option<AwsSignIn> = if sign_in.is_empty() { None } else { Some(serde_json::from_str(sign_in)?) };
    let kind = choice(row, "kind", AwsAccountKind::from_key)?;
    let running = row.try_get::<Option<i64>, _>("running")?.map(JobId::new);
    let management_id: i64 = row.try_get("management_id")?;
    let is_refresh = row.try_get::<Option<&str>, _>("job_kind")? == Some(JobKind::AwsRefresh.key());
    let refresh = AwsRefresh { at: time(row, "refreshed")?, failure: row.try_get("refresh_failure")?, job: running.filter(|_| is_refresh) };
    let account = AwsAccount {
        id: AwsAccountId::new(row.try_get("id")?),
        number: number(row, "number")?,
        name: row.try_get("name")?,
        email: row.try_get("email")?,
        kind,
        management: management(row)?,
        sign_in: sign_in.clone().filter(|_| is_told_all(reader)),
        client: owner(row)?,
        status: AwsStatus::from_key(row.try_get("status")?),
        state: choice(row, "state", AwsAccountState::from_key)?,
        problem: told(row.try_get("problem")?, reader),
        role: arn(row, "role_arn")?,
        awaited: arn(row, "candidate")?.or(arn(row, "made")?),
        access: AwsAccess::from_key(row.try_get("access")?),
        region: row.try_get("region")?,
        external_id: row.try_get::<Option<String>, _>("external_id")?.unwrap_or_default(),
        checked: time(row, "checked")?,
        job: running,
        members: AwsMembers::default(),
        refresh,
        created: Timestamp::from_millis(row.try_get("created")?),
        version: row.try_get("version")?,
    };
    Ok(StoredAccount {
        account,
        management: (management_id != 0).then(|| AwsAccountId::new(management_id)),
        sign_in,
        candidate: arn(row, "candidate")?,
        made: arn(row, "made")?,
        job: row.try_get("job_id")?,
    })
}
