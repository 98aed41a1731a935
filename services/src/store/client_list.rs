//! Pages of the list of clients: a view becomes one SQL text that walks an index from where the page begins, and stops when it is full.
//!
//! Of several states, each has its own ordered range of the index, and the database merges them row by row. So no page sorts or counts all rows,
//! and the last one costs what the first one does.

use domain::{
    ClientId, ClientPage, ClientQuery, ClientRow, ClientSort, ClientStatus, Direction, ListPage, PageAt, Permission, PermissionBits, Timestamp, Total,
};
use sqlx::{Row, any::AnyRow};

use super::{
    Engine, Tx,
    client::status,
    client_search::Terms,
    listing::{Listing, remainder},
    order::Sort,
    statement::{Binds, Value},
};
use crate::Result;

/// What a list selects of a client.
pub(super) const COLUMNS: &str = "id, name, status, country, time_zone, external_id, created, updated, name_key, external_key";

/// As [`COLUMNS`], in a listing.
const ROW_COLUMNS: &str = "t.name, t.status, t.country, t.time_zone, t.external_id, t.created, t.updated, t.name_key, t.external_key";

/// A row, and its cursor.
pub(super) type Found = (ClientRow, String);

impl Tx {
    /// A page of the clients that the caller sees: all of the partner's, those that roles list, or for a client's user that client alone.
    pub(crate) async fn client_list(&mut self, query: &ClientQuery) -> Result<ClientPage> {
        let terms = Terms::of(query);
        let statuses = query.status.statuses();
        let order = Order::of(query);
        let mut page = if terms.is_empty() {
            let mut listing = self.clients(ROW_COLUMNS, "", statuses);
            if self.sees_all_clients() {
                listing = listing.counted(self.client_count(statuses).await?);
            }
            let read = |found: &AnyRow| Ok(row(query.sort, found)?.0);
            let ListPage { rows, total, previous, next } =
                listing.page_by(self, sort(query.sort), query.direction, query.size, &query.at, read).await?;
            ClientPage { rows, total, previous, next }
        } else {
            let (rows, total) = self.client_search(&terms, statuses, &order).await?;
            order.page(query, rows, total)
        };
        let ids: Vec<_> = page.rows.iter().map(|row| row.id).collect();
        for (row, may) in page.rows.iter_mut().zip(self.client_permissions(&ids).await?) {
            row.may = may;
        }
        Ok(page)
    }

    /// The clients in some states that the caller sees: all of the partner's, those that roles list, or for a client's user that client alone.
    pub(super) fn clients(&self, columns: &'static str, joins: &'static str, statuses: &[ClientStatus]) -> Listing<'static> {
        let mut binds = Binds::default();
        let condition = format!("t.partner_id = {}{}", binds.number(self.partner.number()), self.seen_client(Permission::ClientView, "t.id"));
        let listing = Listing::of(columns, "clients", joins, condition, binds).in_states(statuses.iter().map(|status| status.key()).collect());
        match (self.only_client, self.listed_clients(Permission::ClientView)) {
            (Some(only), _) => listing.among(format!("SELECT t.id AS hit FROM clients t WHERE t.id = {}", only.number())),
            (None, Some(listed)) => listing.among(listed),
            (None, None) => listing,
        }
    }

    /// Whether the caller sees all of the partner's clients, which the writes count.
    pub(super) fn sees_all_clients(&self) -> bool {
        self.seen_client(Permission::ClientView, "t.id").is_empty()
    }

    /// Clients in the listed states, as the counters say.
    pub(super) async fn client_count(&mut self, statuses: &[ClientStatus]) -> Result<u64> {
        let mut binds = Binds::default();
        let partner = binds.number(self.partner.number());
        let sql = format!(
            "SELECT CAST(COALESCE(SUM(clients), 0) AS BIGINT) FROM client_counts WHERE partner_id = {partner} AND status IN ({})",
            status_list(statuses)
        );
        binds.fetch_number(self, sql).await
    }
}

/// The states as literals: their keys are ours.
pub(super) fn status_list(statuses: &[ClientStatus]) -> String {
    statuses.iter().map(|status| format!("'{}'", status.key())).collect::<Vec<_>>().join(", ")
}

/// The order of a list, and where in it the page begins.
pub(super) struct Order {
    pub(super) sort: ClientSort,
    descending: bool,
    /// Whether rows are fetched from the end towards the beginning, to be turned round.
    pub(super) backwards: bool,
    /// The cursor: sort value and id of the row next to the page.
    pub(super) from: Option<(Value, i64)>,
    pub(super) size: usize,
}

impl Order {
    fn of(query: &ClientQuery) -> Self {
        let backwards = matches!(query.at, PageAt::Last | PageAt::Before(..));
        let from = match &query.at {
            PageAt::First | PageAt::Last => None,
            PageAt::After(value, id) | PageAt::Before(value, id) => cursor(query.sort, value).map(|value| (value, *id)),
        };
        let descending = (query.direction == Direction::Descending) != backwards;
        Self { sort: query.sort, descending, backwards, from, size: query.size as usize }
    }

    /// The same order without a cursor.
    pub(super) const fn at_its_beginning(&self) -> Self {
        Self { sort: self.sort, descending: self.descending, backwards: self.backwards, from: None, size: self.size }
    }

    /// The column that orders; none where the id alone does.
    pub(super) const fn column(&self) -> Option<&'static str> {
        column(self.sort)
    }

    /// `AND …` that leaves what is behind the page's beginning, in the direction of the walk.
    pub(super) fn beginning(&self, binds: &mut Binds) -> String {
        let Some((value, id)) = &self.from else { return String::new() };
        let compare = if self.descending { "<" } else { ">" };
        let id = binds.number(*id);
        match self.column() {
            Some(column) => format!(" AND ({column}, id) {compare} ({}, {id})", binds.value(value.clone())),
            None => format!(" AND id {compare} {id}"),
        }
    }

    /// `ORDER BY …`.
    pub(super) fn by(&self) -> String {
        let direction = if self.descending { "DESC" } else { "ASC" };
        let column = self.column().map(|column| format!("{column} {direction}, ")).unwrap_or_default();
        format!(" ORDER BY {column}id {direction}")
    }

    /// `ORDER BY … LIMIT …`, for one row more than the page has: it tells whether there is another page.
    pub(super) fn order(&self) -> String {
        format!("{} LIMIT {}", self.by(), self.size + 1)
    }

    /// What every index of a list knows: the columns that searches look at, and the one that orders.
    pub(super) fn keys(&self) -> String {
        let key = self.column().filter(|column| !column.ends_with("_key"));
        format!("id, name_key, external_key{}", key.map(|column| format!(", {column}")).unwrap_or_default())
    }

    /// Selects the columns of a list's rows, for each state along the index of the order. With the order behind it, the database merges the
    /// states as it walks.
    pub(super) fn rows(&self, engine: Engine, partner: &str, statuses: &[ClientStatus], columns: &str, condition: &str, limit: u64) -> String {
        let along = engine.along(index(self.sort));
        let (by, end) = (self.by(), engine.branch_limit(limit));
        let rows = |status: &ClientStatus| {
            format!(
                "SELECT * FROM (SELECT {columns} FROM clients{along} WHERE partner_id = {partner} AND status = '{}'{condition}{by}{end}) AS branch",
                status.key()
            )
        };
        statuses.iter().map(rows).collect::<Vec<_>>().join(" UNION ALL ")
    }

    /// The page of the rows that were found, and where the pages before and behind it begin.
    fn page(&self, query: &ClientQuery, mut rows: Vec<Found>, total: Total) -> ClientPage {
        let size = match total {
            // The last page has what the full ones before it leave, so that pages have the same rows from either end.
            Total::Exactly(total) if query.at == PageAt::Last => remainder(total, self.size),
            _ => self.size,
        };
        let more = rows.len() > size;
        rows.truncate(size);
        if self.backwards {
            rows.reverse();
        }
        let before = |(row, value): &Found| PageAt::Before(value.clone(), row.id.number());
        let after = |(row, value): &Found| PageAt::After(value.clone(), row.id.number());
        // A page that was reached from another one has that one on its other side; if all its rows are gone, the way back is still there.
        let (previous, next) = match query.at {
            PageAt::First => (false, more),
            PageAt::After(..) => (true, more),
            PageAt::Last => (more, false),
            PageAt::Before(..) => (more, true),
        };
        ClientPage {
            previous: if previous { Some(rows.first().map_or(PageAt::Last, before)) } else { None },
            next: if next { Some(rows.last().map_or(PageAt::First, after)) } else { None },
            rows: rows.into_iter().map(|(row, _)| row).collect(),
            total,
        }
    }
}

/// How a sort is found.
pub(super) const fn sort(sort: ClientSort) -> Sort {
    let order = match sort {
        ClientSort::Name => Sort::NAME,
        ClientSort::Id => Sort::ID,
        ClientSort::Country => Sort::text("country"),
        ClientSort::TimeZone => Sort::text("time_zone"),
        ClientSort::ExternalId => Sort::text("external_key"),
        ClientSort::Created => Sort::number("created"),
        ClientSort::Updated => Sort::number("updated"),
    };
    order.along(index(sort))
}

const fn index(sort: ClientSort) -> &'static str {
    match sort {
        ClientSort::Name => "clients_by_name",
        ClientSort::Id => "clients_by_id",
        ClientSort::Country => "clients_by_country",
        ClientSort::TimeZone => "clients_by_time_zone",
        ClientSort::ExternalId => "clients_by_external_id",
        ClientSort::Created => "clients_by_created",
        ClientSort::Updated => "clients_by_updated",
    }
}

const fn column(sort: ClientSort) -> Option<&'static str> {
    match sort {
        ClientSort::Name => Some("name_key"),
        ClientSort::Id => None,
        ClientSort::Country => Some("country"),
        ClientSort::TimeZone => Some("time_zone"),
        ClientSort::ExternalId => Some("external_key"),
        ClientSort::Created => Some("created"),
        ClientSort::Updated => Some("updated"),
    }
}

/// The value of a cursor as its column has it; none for nonsense, which then begins at the beginning.
fn cursor(sort: ClientSort, value: &str) -> Option<Value> {
    match sort {
        ClientSort::Created | ClientSort::Updated => value.parse().ok().map(Value::Number),
        _ => Some(Value::Text(value.replace('\0', ""))),
    }
}

/// A client of the list, and the value that orders it.
pub(super) fn row(sort: ClientSort, row: &AnyRow) -> Result<Found> {
    let value = match column(sort) {
        None => String::new(),
        Some(column @ ("created" | "updated")) => row.try_get::<i64, _>(column)?.to_string(),
        Some(column) => row.try_get(column)?,
    };
    let client = ClientRow {
        id: ClientId::new(row.try_get("id")?),
        name: row.try_get("name")?,
        status: status(row)?,
        country: row.try_get("country")?,
        time_zone: row.try_get("time_zone")?,
        external_id: row.try_get("external_id")?,
        created: Timestamp::from_millis(row.try_get("created")?),
        updated: Timestamp::from_millis(row.try_get("updated")?),
        may: PermissionBits::default(),
    };
    Ok((client, value))
}
