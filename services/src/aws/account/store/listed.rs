//! The members of a management account, as a refresh reads them.

use domain::{AwsAccountId, AwsStatus, limits};
use sqlx::Row;

use super::search_key;
use crate::{
    Result,
    aws::calls::Member,
    kernel::{Binds, Tx, fold::fold},
};

/// Rows per statement.
const ROWS: usize = 100;

/// A name or address as AWS gives it, kept within what names are here.
fn line(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_control()).take(limits::NAME).collect()
}

/// What a refresh changed.
pub(in super::super) struct Merged {
    /// How many accounts there are now.
    pub(crate) all: u64,
    pub(crate) new: u64,
    pub(crate) gone: u64,
}

impl Tx {
    /// Forgets what an earlier refresh has read.
    pub(in super::super) async fn aws_listed_clear(&mut self, management: AwsAccountId) -> Result<()> {
        sqlx::query("DELETE FROM aws_listed WHERE management_id = $1").bind(management.number()).execute(self.connection()).await?;
        Ok(())
    }

    /// Adds a part of the list.
    pub(in super::super) async fn aws_listed_add(&mut self, management: AwsAccountId, members: &[Member]) -> Result<()> {
        for some in members.chunks(ROWS) {
            let mut binds = Binds::default();
            let management = binds.number(management.number());
            let mut rows = Vec::new();
            for Member { number, name, email, status } in some {
                let (name, email) = (line(name), line(email));
                let search = search_key(&name, number.as_str(), &email);
                let [number, name, key] = [binds.text(number.as_str()), binds.text(&*name), binds.text(fold(&name))];
                let [email, search, status] = [binds.text(&*email), binds.text(search), binds.text(status.map_or("", AwsStatus::key))];
                rows.push(format!("({management}, {number}, {name}, {key}, {email}, {search}, {status})"));
            }
            // AWS doesn't promise that a list names each account only once.
            let sql = format!(
                "INSERT INTO aws_listed (management_id, number, name, name_key, email, search_key, status) VALUES {} \
                 ON CONFLICT (management_id, number) DO NOTHING",
                rows.join(", ")
            );
            binds.execute(self, sql).await?;
        }
        Ok(())
    }

    /// Replaces the list of a management account by what was read. An account that was added by itself becomes a member and keeps its client; one that is no
    /// longer listed stays, and is marked.
    pub(in super::super) async fn aws_listed_merge(&mut self, management: AwsAccountId) -> Result<Merged> {
        let (partner, id, now) = (self.partner.number(), management.number(), self.now.millis());
        // The management account itself is listed too.
        let sql = "DELETE FROM aws_listed WHERE management_id = $1 AND number IN \
                   (SELECT m.number FROM aws_accounts m WHERE m.partner_id = $2 AND m.kind = 'management')";
        sqlx::query(sql).bind(id).bind(partner).execute(self.connection()).await?;
        // A role that was proved from elsewhere is proved anew: it can trust somebody else than who signs in now.
        let moved = "aws_accounts.state = 'onboarded' AND aws_accounts.management_id <> l.management_id";
        let sql = format!(
            "UPDATE aws_accounts SET name = l.name, name_key = l.name_key, email = l.email, search_key = l.search_key, status = l.status, \
                   management_id = l.management_id, kind = 'member', sign_in = '', \
                   state = CASE WHEN aws_accounts.kind = 'single' AND aws_accounts.role_arn = '' THEN 'discovered' WHEN {moved} THEN 'pending' \
                   ELSE aws_accounts.state END, check_at = CASE WHEN {moved} THEN $3 ELSE aws_accounts.check_at END, \
                   asked_by = CASE WHEN {moved} THEN $4 ELSE aws_accounts.asked_by END \
                   FROM aws_listed l WHERE l.management_id = $1 AND aws_accounts.partner_id = $2 AND l.number = aws_accounts.number \
                   AND (aws_accounts.name <> l.name OR aws_accounts.email <> l.email OR aws_accounts.status <> l.status OR aws_accounts.management_id <> $1)"
        );
        sqlx::query(sqlx::AssertSqlSafe(sql)).bind(id).bind(partner).bind(now).bind(self.user_number()).execute(self.connection()).await?;
        let new = "FROM aws_listed l WHERE l.management_id = $1 AND NOT EXISTS \
                   (SELECT 1 FROM aws_accounts a WHERE a.partner_id = $2 AND a.number = l.number)";
        let count: i64 =
            sqlx::query_scalar(sqlx::AssertSqlSafe(format!("SELECT COUNT(*) {new}"))).bind(id).bind(partner).fetch_one(self.connection()).await?;
        if count > 0 {
            let before = self.next_numbers("aws_account", count).await? - 1;
            let sql = format!(
                "INSERT INTO aws_accounts (id, partner_id, client_id, kind, management_id, number, name, name_key, email, search_key, sign_in, status, state, \
                 problem, role_arn, candidate, access, region, checked, check_at, asked_by, job_id, refreshed, refresh_failure, created, version) \
                 SELECT ROW_NUMBER() OVER (ORDER BY l.number) + $3, $2, 0, 'member', $1, l.number, l.name, l.name_key, l.email, l.search_key, '', l.status, \
                 'discovered', '', '', '', '', '', 0, 0, 0, 0, 0, '', $4, 1 {new}"
            );
            sqlx::query(sqlx::AssertSqlSafe(sql)).bind(id).bind(partner).bind(before).bind(now).execute(self.connection()).await?;
        }
        let sql = "UPDATE aws_accounts SET status = 'gone' WHERE management_id = $1 AND partner_id = $2 AND status <> 'gone' AND NOT EXISTS \
                   (SELECT 1 FROM aws_listed l WHERE l.management_id = $1 AND l.number = aws_accounts.number)";
        let gone = sqlx::query(sql).bind(id).bind(partner).execute(self.connection()).await?.rows_affected();
        let sql = "SELECT COUNT(*) AS listed FROM aws_listed l WHERE l.management_id = $1";
        let all: i64 = sqlx::query(sql).bind(id).fetch_one(self.connection()).await?.try_get("listed")?;
        self.aws_listed_clear(management).await?;
        let sql = "UPDATE aws_accounts SET refreshed = $1, refresh_failure = '', job_id = 0 WHERE id = $2 AND partner_id = $3";
        sqlx::query(sql).bind(now).bind(id).bind(partner).execute(self.connection()).await?;
        let number = |count: i64| u64::try_from(count).unwrap_or_default();
        Ok(Merged { all: number(all), new: number(count), gone })
    }
}
