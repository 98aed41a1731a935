//! Clients as pages list and search them.

use domain::{
    ClientFilter, ClientId, ClientQuery, ClientRow, ClientSort, ClientStatus, ListPage, Permission, PermissionBits, StatusFilter, Timestamp, Total,
};
use sqlx::{Row, any::AnyRow};

use super::status;
use crate::{
    Result,
    kernel::{
        Binds, Tx,
        list::{Listing, Sort},
        row_count::Counted,
    },
};

/// The columns of [`row`].
const COLUMNS: &str = "t.name, t.status, t.country, t.time_zone, t.external_id, t.created, t.updated";

impl Tx {
    /// A page of the clients that the caller sees.
    pub(in crate::clients::client) async fn client_list(&mut self, query: &ClientQuery) -> Result<ListPage<ClientRow>> {
        let listing = self.clients_found(COLUMNS, "", &query.search, &query.filter).await?;
        let mut page = listing.page_by(self, sort(query.sort), query, row).await?;
        let ids: Vec<_> = page.rows.iter().map(|row| row.id).collect();
        for (row, may) in page.rows.iter_mut().zip(self.client_permissions(&ids).await?) {
            row.may = may;
        }
        let terminating: Vec<_> = page.rows.iter().filter(|row| row.status == ClientStatus::Terminating).map(|row| row.id).collect();
        if !terminating.is_empty() {
            let erasures = self.erasures(&terminating).await?;
            for row in &mut page.rows {
                row.erasure = erasures.get(&row.id).copied();
            }
        }
        Ok(page)
    }

    /// How many clients the caller sees under each of some filters, for the home page.
    pub(crate) async fn client_totals(&mut self, filters: &[ClientFilter]) -> Result<Vec<Total>> {
        let counted: Option<Vec<_>> = filters.iter().map(counted).collect();
        if let Some(counted) = counted.filter(|_| self.sees_all_clients()) {
            return Ok(self.row_counts(&counted).await?.into_iter().map(Total::Exactly).collect());
        }
        let mut totals = Vec::new();
        for filter in filters {
            totals.push(self.clients_found("", "", "", filter).await?.total(self).await?);
        }
        Ok(totals)
    }

    /// The clients that the caller sees, a filter leaves and a search finds; an empty search finds all.
    pub(crate) async fn clients_found(
        &mut self,
        columns: &'static str,
        joins: &'static str,
        search: &str,
        filter: &ClientFilter,
    ) -> Result<Listing<'static>> {
        let statuses = filter.status.statuses();
        let mut listing = self.clients(columns, joins, statuses);
        if let Some(id) = filter.id.map(ClientId::number) {
            listing.condition += &format!(" AND t.id = {id}");
            listing = listing.among(format!("SELECT t.id AS hit FROM clients t WHERE t.id = {id}"));
        }
        if filter.without_users {
            listing.condition += " AND t.active_users = 0";
            listing = listing.among_few(self.clients_by_index(Some("clients_without_users"), statuses, "t.active_users = 0"));
        }
        let month = filter.month.map_or((None, None), |month| {
            let (first, last) = month.range();
            (Some(first), Some(last))
        });
        let times = [
            (ClientSort::Created, "created", month),
            (ClientSort::Created, "created", filter.created),
            (ClientSort::Updated, "updated", filter.updated),
        ];
        for (sort, column, (from, until)) in times {
            let from = from.map(|from| format!(" AND t.{column} >= {}", from.millis()));
            let until = until.map(|until| format!(" AND t.{column} <= {}", until.millis()));
            if from.is_some() || until.is_some() {
                let range = [from, until].map(Option::unwrap_or_default).concat();
                listing.condition += &range;
                listing = listing.among_few(self.clients_along(sort, statuses, range.trim_start_matches(" AND ")));
            }
        }
        let listing = self.search_clients(listing, statuses, search, &filter.name);
        match counted(filter) {
            Some(counted) if self.sees_all_clients() && !listing.is_searched() => Ok(listing.counted(self.row_count(counted).await?)),
            _ => Ok(listing),
        }
    }

    /// The clients in some states that the caller sees: all of the partner's, those that roles list, or for a client's user that client alone.
    pub(in crate::clients::client) fn clients(&self, columns: &'static str, joins: &'static str, statuses: &[ClientStatus]) -> Listing<'static> {
        let mut binds = Binds::default();
        let seen = self.seen_client(Permission::ClientView, "t.id") + &self.unstaged_client("t.id");
        let condition = format!("t.partner_id = {}{seen}", binds.number(self.partner.number()));
        let listing = Listing::of(columns, "clients", joins, condition, binds).in_states(statuses.iter().map(|status| status.key()).collect());
        match (self.only_client, self.listed_clients(Permission::ClientView)) {
            (Some(only), _) => listing.among(format!("SELECT t.id AS hit FROM clients t WHERE t.id = {}", only.number())),
            (None, Some(listed)) => listing.among(listed),
            (None, None) => listing,
        }
    }

    /// Selects the ids, as `hit`, of the partner's clients in some states that fulfil a condition on what a sort's index begins with.
    pub(in crate::clients::client) fn clients_along(&self, by: ClientSort, statuses: &[ClientStatus], condition: &str) -> String {
        self.clients_by_index(sort(by).index, statuses, condition)
    }

    /// As [`Tx::clients_along`], by an index.
    fn clients_by_index(&self, index: Option<&'static str>, statuses: &[ClientStatus], condition: &str) -> String {
        let along = index.map(|index| self.engine.along(index)).unwrap_or_default();
        let statuses: Vec<_> = statuses.iter().map(|status| format!("'{}'", status.key())).collect();
        let (partner, statuses) = (self.partner.number(), statuses.join(", "));
        format!("SELECT t.id AS hit FROM clients t{along} WHERE t.partner_id = {partner} AND t.status IN ({statuses}) AND {condition}")
    }

    /// Whether the caller sees all of the partner's clients, which the writes count.
    pub(crate) fn sees_all_clients(&self) -> bool {
        self.seen_client(Permission::ClientView, "t.id").is_empty()
    }
}

/// What the writes count of the clients that a filter leaves; none if they don't count these.
fn counted(filter: &ClientFilter) -> Option<Vec<Counted>> {
    match *filter {
        ClientFilter { status: StatusFilter::All, month: Some(month), .. } if *filter == ClientFilter::created_in(month) => {
            Some(vec![Counted::ClientsCreated(month)])
        }
        ClientFilter { status, .. } if *filter == ClientFilter::in_states(status) => {
            Some(status.statuses().iter().copied().map(Counted::Clients).collect())
        }
        _ => None,
    }
}

/// What a list of clients is sorted by, and along which index.
pub(in crate::clients::client) const fn sort(sort: ClientSort) -> Sort {
    match sort {
        ClientSort::Name => Sort::NAME.along("clients_by_name"),
        ClientSort::Id => Sort::ID.along("clients_by_id"),
        ClientSort::Country => Sort::text("country").along("clients_by_country"),
        ClientSort::TimeZone => Sort::text("time_zone").along("clients_by_time_zone"),
        ClientSort::ExternalId => Sort::text("external_key").along("clients_by_external_id"),
        ClientSort::Created => Sort::number("created").along("clients_by_created"),
        ClientSort::Updated => Sort::number("updated").along("clients_by_updated"),
    }
}

fn row(row: &AnyRow) -> Result<ClientRow> {
    Ok(ClientRow {
        id: ClientId::new(row.try_get("id")?),
        name: row.try_get("name")?,
        status: status(row)?,
        erasure: None,
        country: row.try_get("country")?,
        time_zone: row.try_get("time_zone")?,
        external_id: row.try_get("external_id")?,
        created: Timestamp::from_millis(row.try_get("created")?),
        updated: Timestamp::from_millis(row.try_get("updated")?),
        may: PermissionBits::default(),
    })
}
