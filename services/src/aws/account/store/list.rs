//! Reading accounts.

use domain::{
    AwsAccount, AwsAccountId, AwsAccountKind, AwsAccountNumber, AwsAccountQuery, AwsMemberFilter, AwsMemberQuery, AwsMemberView, AwsMembers, ClientId,
    ListPage, NameSort, Permission,
};
use sqlx::Row;

use super::{COLUMNS, StoredAccount, stored};
use crate::{
    Result,
    kernel::{
        Binds, Tx,
        fold::fold,
        list::{Listing, Sort},
    },
};

impl Tx {
    /// The joins that [`COLUMNS`] needs. The management account is shown to who sees it.
    fn aws_joins(&self) -> String {
        format!(
            "LEFT JOIN clients c ON c.id = t.client_id LEFT JOIN aws_external_ids x ON x.partner_id = t.partner_id AND x.number = t.number \
             LEFT JOIN jobs j ON j.id = t.job_id AND j.ended = 0 LEFT JOIN aws_accounts m ON m.id = t.management_id{}",
            self.seen_client(Permission::AccountView, "m.client_id")
        )
    }

    /// `… AND …` that an account `t` is one that the caller sees. Those of no client are the partner's own, and need a role that sees all clients.
    fn seen_aws(&self, binds: &mut Binds) -> String {
        let partner = binds.number(self.partner.number());
        format!("t.partner_id = {partner}{}", self.seen_client(Permission::AccountView, "t.client_id"))
    }

    /// A page of the management or the single accounts that the caller sees.
    pub(in super::super) async fn aws_account_list(&mut self, kind: AwsAccountKind, query: &AwsAccountQuery) -> Result<ListPage<AwsAccount>> {
        let mut binds = Binds::default();
        let condition = format!("{} AND t.management_id = 0 AND t.kind = '{}'", self.seen_aws(&mut binds), kind.key());
        let joins = self.aws_joins();
        let listing = searched(Listing::of(COLUMNS, "aws_accounts", &joins, condition, binds), &query.search);
        let mut page = listing.page_by(self, sort(query.sort, None), query, |row| Ok(stored(row)?.account)).await?;
        if kind == AwsAccountKind::Management {
            self.aws_members_count(&mut page.rows).await?;
        }
        Ok(page)
    }

    /// A page of the members of a management account.
    pub(in super::super) async fn aws_member_list(&mut self, management: AwsAccountId, query: &AwsMemberQuery) -> Result<ListPage<AwsAccount>> {
        let AwsMemberFilter { view, client } = query.filter;
        let mut binds = Binds::default();
        let mut condition = self.seen_aws(&mut binds);
        condition += &format!(" AND t.management_id = {} AND t.kind = 'member'", binds.number(management.number()));
        match view {
            Some(AwsMemberView::Unassociated) => condition += " AND t.client_id = 0",
            Some(AwsMemberView::Associated) => condition += " AND t.client_id <> 0",
            Some(view) => condition += &format!(" AND t.state = '{}'", view.key()),
            None => {}
        }
        if let Some(client) = client {
            condition += &format!(" AND t.client_id = {}", binds.number(client.number()));
        }
        let index = match (view, client) {
            (_, Some(_)) | (Some(AwsMemberView::Unassociated), None) => Some("aws_accounts_by_customer"),
            (None | Some(AwsMemberView::Associated), None) => None,
            (Some(_), None) => Some("aws_accounts_by_state"),
        };
        let joins = self.aws_joins();
        let listing = searched(Listing::of(COLUMNS, "aws_accounts", &joins, condition, binds), &query.search);
        listing.page_by(self, sort(query.sort, index), query, |row| Ok(stored(row)?.account)).await
    }

    /// The accounts of a client that the caller sees, by name.
    pub(in super::super) async fn aws_accounts_of(&mut self, client: ClientId) -> Result<Vec<AwsAccount>> {
        let mut binds = Binds::default();
        let condition = format!("{} AND t.client_id = {}", self.seen_aws(&mut binds), binds.number(client.number()));
        let joins = self.aws_joins();
        let listing = Listing::of(COLUMNS, "aws_accounts", &joins, condition, binds);
        listing.all_by(self, Sort::NAME, |row| Ok(stored(row)?.account)).await
    }

    /// An account that the caller sees.
    pub(in super::super) async fn aws_account_get(&mut self, id: AwsAccountId) -> Result<Option<StoredAccount>> {
        Ok(self.aws_accounts_get(&[id]).await?.pop())
    }

    /// Those of some accounts that the caller sees, by id.
    pub(in super::super) async fn aws_accounts_get(&mut self, ids: &[AwsAccountId]) -> Result<Vec<StoredAccount>> {
        let mut binds = Binds::default();
        let (condition, joins, ids) = (self.seen_aws(&mut binds), self.aws_joins(), numbers(ids));
        let sql = format!("SELECT t.id, {COLUMNS} FROM aws_accounts t {joins} WHERE t.id IN ({ids}) AND {condition} ORDER BY t.id");
        let mut accounts = binds.fetch(self, sql).await?.iter().map(stored).collect::<Result<Vec<_>>>()?;
        for stored in accounts.iter_mut().filter(|stored| stored.account.kind == AwsAccountKind::Management) {
            self.aws_members_count(std::slice::from_mut(&mut stored.account)).await?;
        }
        Ok(accounts)
    }

    /// As [`Tx::aws_account_get`], by its number.
    pub(in super::super) async fn aws_account_by_number(&mut self, number: &AwsAccountNumber) -> Result<Option<StoredAccount>> {
        let mut binds = Binds::default();
        let (condition, joins, number) = (self.seen_aws(&mut binds), self.aws_joins(), binds.text(number.as_str()));
        let sql = format!("SELECT t.id, {COLUMNS} FROM aws_accounts t {joins} WHERE {condition} AND t.number = {number}");
        binds.fetch(self, sql).await?.first().map(stored).transpose()
    }

    /// Counts the members of management accounts along an index.
    async fn aws_members_count(&mut self, accounts: &mut [AwsAccount]) -> Result<()> {
        let ids: Vec<_> = accounts.iter().map(|account| account.id).collect();
        let mut binds = Binds::default();
        let (condition, ids) = (self.seen_aws(&mut binds), numbers(&ids));
        let sql = format!(
            "SELECT t.management_id, COUNT(*) AS members, SUM(CASE WHEN t.client_id <> 0 THEN 1 ELSE 0 END) AS associated, \
             SUM(CASE WHEN t.state = 'onboarded' THEN 1 ELSE 0 END) AS onboarded FROM aws_accounts t{} \
             WHERE {condition} AND t.management_id IN ({ids}) AND t.kind = 'member' AND t.status <> 'gone' GROUP BY t.management_id",
            self.engine.along("aws_accounts_by_name")
        );
        for row in binds.fetch(self, sql).await? {
            let id = AwsAccountId::new(row.try_get("management_id")?);
            let count = |column| Result::Ok(u64::try_from(row.try_get::<i64, _>(column)?).unwrap_or_default());
            let members = AwsMembers { all: count("members")?, associated: count("associated")?, onboarded: count("onboarded")? };
            if let Some(account) = accounts.iter_mut().find(|account| account.id == id) {
                account.members = members;
            }
        }
        Ok(())
    }
}

/// A list of ids for `IN`; 0, which no row has, keeps it from being empty.
pub(super) fn numbers(ids: &[AwsAccountId]) -> String {
    ids.iter().fold("0".to_owned(), |list, id| format!("{list}, {}", id.number()))
}

/// The order, along the index that its filter allows.
const fn sort(sort: NameSort, index: Option<&'static str>) -> Sort {
    match (sort, index) {
        (NameSort::Name, Some(index)) => Sort::NAME.along(index),
        (NameSort::Name, None) => Sort::NAME.along("aws_accounts_by_name"),
        (NameSort::Number, _) => Sort::text("number").along("aws_accounts_by_number"),
    }
}

/// Keeps the accounts whose name, number or e-mail address has a text. Numbers can be typed with spaces and hyphens.
fn searched<'a>(listing: Listing<'a>, typed: &str) -> Listing<'a> {
    let is_number = typed.chars().any(|letter| letter.is_ascii_digit()) && typed.chars().all(|letter| letter.is_ascii_digit() || " -".contains(letter));
    let text = if is_number { typed.replace([' ', '-'], "") } else { fold(typed) };
    listing.search_folded("t.search_key", &[("t.name_key", &text), ("t.number", &text)], &text)
}
