//! Devices.

pub(super) mod import;
mod write;

use std::collections::{BTreeMap, HashMap};

use domain::{
    ClientId, ClientSummary, Device, DeviceDetails, DeviceFilter, DeviceGroupSummary, DeviceId, DeviceKind, DeviceQuery, DeviceRow, DeviceState,
    InventoryUsage, ListPage, NameQuery, Permission, Slice, Sliced, Timestamp, Total,
};
use sqlx::{AssertSqlSafe, Row, any::AnyRow};

use crate::{
    Fault, Result,
    inventory::store::Compared,
    kernel::{
        Binds, Tx,
        authz::Owned,
        engine::TextIndex,
        fold::fold,
        list::{Listing, Texts, like_anywhere},
        row::usage,
        row_count::Counted,
    },
};
pub(crate) use write::NewDevice;

/// The longest search key, in characters. PostgreSQL's indexes accept some 2,700 bytes per row.
const SEARCHED: usize = 300;

/// The columns of a look-up.
const COLUMNS: &str = "t.id, t.unique_id, t.client_id, c.name AS client_name, t.kind, t.details, t.created, t.updated, t.version";

/// The columns of a list.
const ROW_COLUMNS: &str =
    "t.unique_id, t.client_id, c.name AS client_name, t.name, t.kind, t.resource_type, t.state, t.host_name, t.ip_address, t.updated";

/// The joins that the columns need.
const JOINS: &str = "LEFT JOIN clients c ON c.id = t.client_id";

/// A device as an import compares it.
pub(super) struct StoredDevice {
    pub(crate) id: DeviceId,
    pub(crate) client: ClientId,
    pub(crate) details: DeviceDetails,
    pub(crate) version: i64,
}

impl Owned for Device {
    fn owner(&self) -> Option<ClientId> {
        Some(self.client.id)
    }
}

/// What the writes count of the devices that a filter leaves; none if they don't count these.
fn counted(filter: &DeviceFilter) -> Option<Vec<Counted>> {
    match filter.kind {
        None if *filter == DeviceFilter::ALL => Some(DeviceKind::ALL.iter().copied().map(Counted::Devices).collect()),
        Some(kind) if *filter == DeviceFilter::of_kind(kind) => Some(vec![Counted::Devices(kind)]),
        _ => None,
    }
}

impl Tx {
    /// `… AND …` that a device is one that the caller sees.
    fn device_condition(&self, of_one_client: bool, binds: &mut Binds) -> String {
        let partner = binds.number(self.partner.number());
        // One client's devices are found by its own index: the sign keeps the partner's out of it.
        let sign = if of_one_client || self.only_client.is_some() { "+" } else { "" };
        format!("{sign}t.partner_id = {partner}{}", self.seen_device(Permission::DeviceView, "t"))
    }

    /// The devices that the caller sees, to be narrowed.
    fn devices(&self, columns: &'static str, of_one_client: bool) -> Listing<'static> {
        let mut binds = Binds::default();
        let condition = self.device_condition(of_one_client, &mut binds);
        Listing::of(columns, "devices", JOINS, condition, binds)
    }

    /// A page of the devices that the caller sees.
    pub(super) async fn device_list(&mut self, query: &DeviceQuery) -> Result<ListPage<DeviceRow>> {
        self.devices_listed(query).await?.page(self, query, row).await
    }

    /// The devices of a view. A search finds their own texts and, unless only one client's are listed, their client's name.
    async fn devices_listed(&mut self, query: &DeviceQuery) -> Result<Listing<'static>> {
        if query.search.is_empty() || query.filter.client.or(self.only_client).is_some() {
            return self.devices_found(ROW_COLUMNS, &query.search, &query.filter).await;
        }
        let listing = self.devices_fitting(self.devices(ROW_COLUMNS, false), &query.filter);
        let text = fold(&query.search);
        let texts = Texts { index: TextIndex::Devices, column: "search_key", owned: String::new() };
        Ok(listing.search_with_client(self, "t.search_key", &exact(&text), &text, Some(&texts)))
    }

    /// How many devices the caller sees under a filter, for a client's page.
    pub(crate) async fn device_total(&mut self, filter: &DeviceFilter) -> Result<Total> {
        self.devices_found("", "", filter).await?.total(self).await
    }

    /// How many devices the caller sees under each of some filters, for the home page.
    pub(crate) async fn device_totals(&mut self, filters: &[DeviceFilter]) -> Result<Vec<Total>> {
        let counted: Option<Vec<_>> = filters.iter().map(counted).collect();
        if let Some(counted) = counted.filter(|_| self.sees_all_devices()) {
            return Ok(self.row_counts(&counted).await?.into_iter().map(Total::Exactly).collect());
        }
        let mut totals = Vec::new();
        for filter in filters {
            totals.push(self.device_total(filter).await?);
        }
        Ok(totals)
    }

    /// Whether the caller sees all of the partner's devices, which the writes count.
    fn sees_all_devices(&self) -> bool {
        self.seen_device(Permission::DeviceView, "t").is_empty()
    }

    /// Every device that the caller sees, as lists show it.
    pub(super) async fn device_rows(&mut self) -> Result<Vec<DeviceRow>> {
        self.devices(ROW_COLUMNS, false).all(self, row).await
    }

    /// The devices that a filter leaves of those that the caller sees.
    pub(super) async fn device_search(&mut self, filter: &DeviceFilter, slice: Slice) -> Result<Sliced<Device>> {
        let Sliced { rows, total } = self.devices_found(COLUMNS, &filter.text, filter).await?.slice(self, slice, device).await?;
        Ok(Sliced { rows: self.with_groups(rows).await?, total })
    }

    /// The devices that the caller sees, a filter leaves and a search finds; an empty search finds all.
    async fn devices_found(&mut self, columns: &'static str, search: &str, filter: &DeviceFilter) -> Result<Listing<'static>> {
        let mut listing = self.devices(columns, filter.client.is_some());
        if let Some(counted) = counted(filter).filter(|_| search.is_empty() && self.sees_all_devices()) {
            listing = listing.counted(self.row_count(counted).await?);
        }
        let listing = search_devices(listing, search);
        Ok(self.devices_with(
            &[search, &filter.name, &filter.host_name, &filter.ip_address],
            filter.client.is_some(),
            self.devices_fitting(listing, filter),
        ))
    }

    /// Keeps the devices that a filter leaves.
    fn devices_fitting(&self, listing: Listing<'static>, filter: &DeviceFilter) -> Listing<'static> {
        let listing = listing.search("t.name_key", &filter.name);
        let address = fold(&filter.ip_address);
        let listing = listing.search("t.host_key", &filter.host_name);
        let mut listing = listing.search_folded("LOWER(t.ip_address)", &[("t.ip_address", address.as_str())], &address);
        if !filter.resource_type.is_empty() {
            let resource_type = listing.binds.text(fold(&filter.resource_type));
            listing.condition += &format!(" AND t.type_key = {resource_type}");
        }
        if let Some(state) = filter.state {
            listing.condition += &format!(" AND t.state = '{}'", state.key());
        }
        if let Some(kind) = filter.kind {
            listing.condition += &format!(" AND t.kind = '{}'", kind.key());
        }
        if let Some(client) = filter.client {
            listing.condition += &format!(" AND t.client_id = {}", client.number());
        }
        for (attribute, values) in &filter.attributes {
            let compared = Compared::of(self.engine, *attribute);
            let Compared { column, .. } = &compared;
            let values = values.iter().map(|value| compared.value(value.trim()));
            let fits = if attribute.is_whole() {
                // Of a long list of alternatives, SQLite says that the expression is too deep.
                let places: Vec<_> = values.map(|value| listing.binds.text(value)).collect();
                format!("{column} IN ({})", places.join(", "))
            } else {
                let likes = values.map(|value| format!("{column} LIKE {} ESCAPE '\\'", listing.binds.text(like_anywhere(&value))));
                likes.collect::<Vec<_>>().join(" OR ")
            };
            listing.condition += &format!(" AND ({fits})");
        }
        listing
    }

    /// Leaves it to the text index to find devices that have texts. One client's are few: they are walked.
    fn devices_with<'a>(&self, texts: &[&str], of_one_client: bool, listing: Listing<'a>) -> Listing<'a> {
        if of_one_client || self.only_client.is_some() { listing } else { listing.with_texts(self, TextIndex::Devices, texts) }
    }

    /// The members of a group, by its number, that the caller sees, a page of them. For the page of a device group.
    pub(crate) async fn device_member_list(&mut self, group: i64, query: &NameQuery) -> Result<ListPage<DeviceRow>> {
        search_devices(self.members(group, ROW_COLUMNS), &query.search).page(self, query, row).await
    }

    /// As [`Tx::device_member_list`], by position. As that, for the API.
    pub(crate) async fn device_member_search(&mut self, group: i64, slice: Slice) -> Result<Sliced<Device>> {
        let Sliced { rows, total } = self.members(group, COLUMNS).slice(self, slice, device).await?;
        Ok(Sliced { rows: self.with_groups(rows).await?, total })
    }

    fn members(&self, group: i64, columns: &'static str) -> Listing<'static> {
        let mut listing = self.devices(columns, true);
        let group = listing.binds.number(group);
        listing.condition += &format!(" AND t.id IN (SELECT m.device_id FROM device_group_devices m WHERE m.device_group_id = {group})");
        listing
    }

    /// How many devices of each kind the caller sees.
    pub(super) async fn device_counts(&mut self) -> Result<Vec<(DeviceKind, u64)>> {
        let mut binds = Binds::default();
        let condition = self.device_condition(false, &mut binds);
        let sql = format!("SELECT t.kind, COUNT(*) AS devices FROM devices t WHERE {condition} GROUP BY t.kind");
        let mut counts: Vec<_> = DeviceKind::ALL.iter().map(|kind| (*kind, 0)).collect();
        for row in binds.fetch(self, sql).await? {
            let (kind, devices) = (kind(&row)?, row.try_get::<i64, _>("devices")?);
            counts.iter_mut().filter(|(its, _)| *its == kind).for_each(|(_, count)| *count = u64::try_from(devices).unwrap_or_default());
        }
        Ok(counts)
    }

    /// How many devices of each kind the caller sees at each of some clients. For reports.
    pub(crate) async fn client_device_counts(&mut self, clients: &[ClientId]) -> Result<HashMap<(ClientId, DeviceKind), u64>> {
        let seen = self.seen_device(Permission::DeviceView, "t");
        let clients = clients.iter().fold("0".to_owned(), |list, client| format!("{list}, {}", client.number()));
        let sql = format!(
            "SELECT t.client_id, t.kind, COUNT(*) AS devices FROM devices t WHERE t.client_id IN ({clients}){seen} GROUP BY t.client_id, t.kind"
        );
        // Each part of a report has other clients, so keeping the statement would only push others out.
        let rows = sqlx::query(AssertSqlSafe(sql)).persistent(false).fetch_all(self.connection()).await?;
        let count = |row: &AnyRow| Ok(((ClientId::new(row.try_get("client_id")?), kind(row)?), row.try_get::<i64, _>("devices")?.unsigned_abs()));
        rows.iter().map(count).collect()
    }

    /// A device that the caller sees.
    pub(super) async fn device_get(&mut self, id: &DeviceId) -> Result<Option<Device>> {
        let mut binds = Binds::default();
        let id = binds.text(id.as_str());
        let condition = self.device_condition(true, &mut binds);
        let rows = binds.fetch(self, format!("SELECT {COLUMNS} FROM devices t {JOINS} WHERE t.unique_id = {id} AND {condition}")).await?;
        let found = rows.iter().map(device).collect::<Result<_>>()?;
        Ok(self.with_groups(found).await?.pop())
    }

    /// The numbers of the given devices that the caller can change, of one client or of all.
    async fn device_numbers(&mut self, ids: &[DeviceId], client: Option<ClientId>) -> Result<BTreeMap<DeviceId, i64>> {
        let mut numbers = BTreeMap::new();
        for some in ids.chunks(200) {
            let mut binds = Binds::default();
            let places: Vec<_> = some.iter().map(|id| binds.text(id.as_str())).collect();
            let condition = format!("+t.partner_id = {}{}", binds.number(self.partner.number()), self.seen_device(Permission::DeviceManage, "t"));
            let of_client = client.map(|client| format!(" AND t.client_id = {}", client.number())).unwrap_or_default();
            let sql = format!("SELECT t.unique_id, t.id FROM devices t WHERE t.unique_id IN ({}) AND {condition}{of_client}", places.join(", "));
            for row in binds.fetch(self, sql).await? {
                numbers.insert(device_id(&row)?, row.try_get("id")?);
            }
        }
        Ok(numbers)
    }

    /// Adds the groups to devices that come with their numbers.
    async fn with_groups(&mut self, mut devices: Vec<(i64, Device)>) -> Result<Vec<Device>> {
        for some in devices.chunks_mut(200) {
            let mut binds = Binds::default();
            let numbers: Vec<_> = some.iter().map(|(number, _)| binds.number(*number)).collect();
            let (numbers, seen) = (numbers.join(", "), self.seen_owner(Permission::DeviceView, "t.client_id"));
            let sql = format!(
                "SELECT m.device_id, t.unique_id, t.name FROM device_group_devices m JOIN device_groups t ON t.id = m.device_group_id \
                 WHERE m.device_id IN ({numbers}){seen} ORDER BY t.name_key, t.id"
            );
            let mut groups: BTreeMap<i64, Vec<DeviceGroupSummary>> = BTreeMap::new();
            for row in binds.fetch(self, sql).await? {
                let id = row.try_get::<String, _>("unique_id")?.parse().map_err(|_| Fault::Failed("a device group's id is wrong".to_owned()))?;
                groups.entry(row.try_get("device_id")?).or_default().push(DeviceGroupSummary { id, name: row.try_get("name")? });
            }
            for (number, device) in some {
                device.groups = groups.remove(number).unwrap_or_default();
            }
        }
        Ok(devices.into_iter().map(|(_, device)| device).collect())
    }

    /// The numbers of devices of one client or of all, or the indexes of those that the caller can't change. Device groups look up members by it.
    pub(crate) async fn device_numbers_or_missing(
        &mut self,
        ids: &[DeviceId],
        client: Option<ClientId>,
    ) -> Result<std::result::Result<Vec<i64>, Vec<usize>>> {
        let numbers = self.device_numbers(ids, client).await?;
        let missing: Vec<_> = ids.iter().enumerate().filter(|(_, id)| !numbers.contains_key(id)).map(|(at, _)| at).collect();
        Ok(if missing.is_empty() { Ok(numbers.into_values().collect()) } else { Err(missing) })
    }

    /// Where a device is used, as far as the caller sees it.
    pub(super) async fn device_usage(&mut self, id: &DeviceId) -> Result<InventoryUsage> {
        let (role, group) = (self.seen_role("r"), self.seen_owner(Permission::DeviceView, "g.client_id"));
        let sql = format!(
            "SELECT (SELECT COUNT(*) FROM role_devices rd JOIN roles r ON r.id = rd.role_id WHERE rd.device_id = t.id{role}) AS roles, \
             (SELECT COUNT(*) FROM device_group_devices gd JOIN device_groups g ON g.id = gd.device_group_id WHERE gd.device_id = t.id{group}) \
             AS device_groups, 0 AS devices FROM devices t WHERE t.unique_id = $1 AND t.partner_id = $2"
        );
        usage(&sqlx::query(AssertSqlSafe(sql)).bind(id.as_str()).bind(self.partner.number()).fetch_one(self.connection()).await?)
    }
}

/// Keeps the devices whose [`search_key`] contains a text.
pub(crate) fn search_devices<'a>(listing: Listing<'a>, typed: &str) -> Listing<'a> {
    let text = fold(typed);
    listing.search_folded("t.search_key", &exact(&text), &text)
}

/// What an exact match of a text is.
const fn exact(text: &str) -> [(&'static str, &str); 3] {
    [("t.name_key", text), ("t.host_key", text), ("t.ip_address", text)]
}

/// The searched text: a device's names, numbers and tags, cut to a length that an index accepts.
pub(crate) fn search_key(details: &DeviceDetails) -> String {
    let mut words: Vec<&str> = Vec::new();
    let names = [&details.name, &details.resource_name, &details.host_name, &details.ip_address, &details.alias_name, &details.dns_name];
    for word in names.into_iter().chain([&details.serial_number]).chain(&details.tags) {
        if !word.is_empty() && !words.contains(&word.as_str()) {
            words.push(word);
        }
    }
    fold(&words.join(" ")).chars().take(SEARCHED).collect()
}

fn device_id(row: &AnyRow) -> Result<DeviceId> {
    row.try_get::<String, _>("unique_id")?.parse().map_err(|_| Fault::Failed("a device's id is wrong".to_owned()))
}

fn kind(row: &AnyRow) -> Result<DeviceKind> {
    let key: &str = row.try_get("kind")?;
    DeviceKind::from_key(key).ok_or_else(|| Fault::Failed(format!("unknown kind of device {key}")))
}

fn client(row: &AnyRow) -> Result<ClientSummary> {
    Ok(ClientSummary { id: ClientId::new(row.try_get("client_id")?), name: row.try_get("client_name")? })
}

fn device(row: &AnyRow) -> Result<(i64, Device)> {
    let device = Device {
        id: device_id(row)?,
        client: client(row)?,
        details: serde_json::from_str(row.try_get("details")?)?,
        kind: kind(row)?,
        groups: Vec::new(),
        created: Timestamp::from_millis(row.try_get("created")?),
        updated: Timestamp::from_millis(row.try_get("updated")?),
        version: row.try_get("version")?,
    };
    Ok((row.try_get("id")?, device))
}

fn row(row: &AnyRow) -> Result<DeviceRow> {
    let state: &str = row.try_get("state")?;
    Ok(DeviceRow {
        id: device_id(row)?,
        client: client(row)?,
        name: row.try_get("name")?,
        kind: kind(row)?,
        resource_type: row.try_get("resource_type")?,
        state: DeviceState::from_key(state).ok_or_else(|| Fault::Failed(format!("unknown state of a device {state}")))?,
        host_name: row.try_get("host_name")?,
        ip_address: row.try_get("ip_address")?,
        updated: Timestamp::from_millis(row.try_get("updated")?),
    })
}
