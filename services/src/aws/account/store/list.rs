//! Reading accounts.

use domain::{
    AwsAccount, AwsAccountFilter, AwsAccountId, AwsAccountKind, AwsAccountNumber, AwsAccountQuery, AwsAccountState, AwsMemberFilter, AwsMemberQuery,
    AwsMemberView, AwsMembers, AwsStatus, ClientId, ListPage, NameSort, Permission, Slice, Sliced, Total,
};
use sqlx::Row;

use super::{COLUMNS, StoredAccount, stored};
use crate::{
    Result,
    kernel::{
        Binds, Tx,
        fold::fold,
        list::{Listing, Sort, like_anywhere},
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
        let reader = self.caller.clone();
        let mut page = listing.page_by(self, sort(query.sort, None), query, |row| Ok(stored(row, reader.as_deref())?.account)).await?;
        self.aws_members_count(&mut page.rows).await?;
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
        let reader = self.caller.clone();
        listing.page_by(self, sort(query.sort, index), query, |row| Ok(stored(row, reader.as_deref())?.account)).await
    }

    /// A part of the accounts of every kind that the caller sees and that match a filter.
    pub(in super::super) async fn aws_account_search(&mut self, filter: &AwsAccountFilter, slice: Slice) -> Result<Sliced<AwsAccount>> {
        let mut binds = Binds::default();
        let mut condition = self.seen_aws(&mut binds);
        if !filter.number.trim().is_empty() {
            condition += &format!(" AND t.number LIKE {} ESCAPE '\\'", binds.text(like_anywhere(filter.number.trim())));
        }
        for (column, key) in [
            ("kind", filter.kind.map(AwsAccountKind::key)),
            ("state", filter.state.map(AwsAccountState::key)),
            ("status", filter.status.map(AwsStatus::key)),
        ] {
            condition += &key.map(|key| format!(" AND t.{column} = '{key}'")).unwrap_or_default();
        }
        for (column, id) in [("management_id", filter.management.map(AwsAccountId::number)), ("client_id", filter.client.map(ClientId::number))] {
            condition += &id.map(|id| format!(" AND t.{column} = {}", binds.number(id))).unwrap_or_default();
        }
        match filter.is_associated {
            Some(true) => condition += " AND t.client_id <> 0",
            Some(false) => condition += " AND t.client_id = 0",
            None => {}
        }
        let sort = match slice.sort {
            NameSort::Name => Sort::NAME.along("aws_accounts_by_partner"),
            NameSort::Number => Sort::ID.along("aws_accounts_by_id"),
        };
        let joins = self.aws_joins();
        let listing = Listing::of(COLUMNS, "aws_accounts", &joins, condition, binds).search("t.name_key", &filter.name);
        let reader = self.caller.clone();
        let mut found = listing.slice_by(self, sort, slice, |row| Ok(stored(row, reader.as_deref())?.account)).await?;
        self.aws_members_count(&mut found.rows).await?;
        Ok(found)
    }

    /// The accounts of a client that the caller sees, by name.
    pub(in super::super) async fn aws_accounts_of(&mut self, client: ClientId) -> Result<Vec<AwsAccount>> {
        let mut binds = Binds::default();
        let condition = format!("{} AND t.client_id = {}", self.seen_aws(&mut binds), binds.number(client.number()));
        let joins = self.aws_joins();
        let listing = Listing::of(COLUMNS, "aws_accounts", &joins, condition, binds);
        let reader = self.caller.clone();
        listing.all_by(self, Sort::NAME.along("aws_accounts_by_client"), |row| Ok(stored(row, reader.as_deref())?.account)).await
    }

    /// How many accounts of a client the caller sees. For the client's page.
    pub(crate) async fn aws_account_total(&mut self, client: ClientId) -> Result<Total> {
        let mut binds = Binds::default();
        let condition = self.seen_aws(&mut binds);
        Listing::of("", "aws_accounts", "", condition, binds).of_client(Some(client)).total(self).await
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
        let mut accounts = binds.fetch(self, sql).await?.iter().map(|row| stored(row, self.caller.as_deref())).collect::<Result<Vec<_>>>()?;
        for stored in &mut accounts {
            self.aws_members_count(std::slice::from_mut(&mut stored.account)).await?;
        }
        Ok(accounts)
    }

    /// The members of a management account that belong to clients.
    pub(in super::super) async fn aws_members_of_clients(&mut self, management: AwsAccountId) -> Result<Vec<StoredAccount>> {
        let mut binds = Binds::default();
        let (joins, partner, management) = (self.aws_joins(), binds.number(self.partner.number()), binds.number(management.number()));
        let sql = format!(
            "SELECT t.id, {COLUMNS} FROM aws_accounts t {joins} WHERE t.partner_id = {partner} AND t.management_id = {management} AND t.client_id <> 0 ORDER BY t.id"
        );
        binds.fetch(self, sql).await?.iter().map(|row| stored(row, self.caller.as_deref())).collect()
    }

    /// As [`Tx::aws_account_get`], by its number.
    pub(in super::super) async fn aws_account_by_number(&mut self, number: &AwsAccountNumber) -> Result<Option<StoredAccount>> {
        let mut binds = Binds::default();
        let (condition, joins, number) = (self.seen_aws(&mut binds), self.aws_joins(), binds.text(number.as_str()));
        let sql = format!("SELECT t.id, {COLUMNS} FROM aws_accounts t {joins} WHERE {condition} AND t.number = {number}");
        binds.fetch(self, sql).await?.first().map(|row| stored(row, self.caller.as_deref())).transpose()
    }

    /// Counts the members of management accounts along an index.
    async fn aws_members_count(&mut self, accounts: &mut [AwsAccount]) -> Result<()> {
        let ids: Vec<_> = accounts.iter().filter(|account| account.kind == AwsAccountKind::Management).map(|account| account.id).collect();
        if ids.is_empty() {
            return Ok(());
        }
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
    let is_number =
        typed.chars().any(|letter| letter.is_ascii_digit()) && typed.chars().all(|letter| letter.is_ascii_digit() || " -".contains(letter));
    let text = if is_number { typed.replace([' ', '-'], "") } else { fold(typed) };
    listing.search_folded("t.search_key", &[("t.name_key", &text), ("t.number", &text)], &text)
}
