//! The command palette: the lists' own searches, side by side.

use domain::{
    Caller, ClientFilter, ClientQuery, ClientRow, DeviceQuery, DeviceRow, Error, PAGE_SIZES, PaletteHit, PaletteRank, PaletteTarget, RoleQuery,
    RoleSummary, StatusFilter, UserFilter, UserQuery, UserRow,
};

use crate::{Fault, Result, Services, fold};

/// How many of each kind are offered; with more, typing another letter is faster.
const SHOWN: u32 = 6;

/// The letters of which on users, devices and roles are searched: no index knows less than three, and of a million rows that costs too much.
const LETTERS: usize = 3;

/// The most letters that are searched for, as in the address of a list.
const LONGEST: usize = 120;

/// The most recent things that are named.
const RECENT: usize = 8;

impl Services {
    /// The clients, users, devices and roles that the caller sees and a text finds, those first that fit best.
    ///
    /// # Errors
    /// Only failures: what the caller can't see isn't found.
    pub async fn palette_search(&self, caller: &Caller, typed: &str) -> Result<Vec<PaletteHit>> {
        let search: String = typed.trim().chars().take(LONGEST).collect();
        let folded = fold(&search);
        if folded.is_empty() {
            return Ok(Vec::new());
        }
        let clients = ClientQuery { search: search.clone(), size: SHOWN, ..ClientQuery::default() };
        let mut hits = hits(self.client_list(caller, &clients).await.map(|page| page.rows), client)?;
        if folded.chars().nth(LETTERS - 1).is_some() {
            let users = UserQuery { search: search.clone(), size: SHOWN, ..UserQuery::default() };
            hits.extend(self::hits(self.user_list(caller, &users).await.map(|page| page.rows), user)?);
            let devices = DeviceQuery { search: search.clone(), size: SHOWN, ..DeviceQuery::default() };
            hits.extend(self::hits(self.device_list(caller, &devices).await.map(|page| page.rows), device)?);
            let roles = RoleQuery { search, size: SHOWN, ..RoleQuery::default() };
            hits.extend(self::hits(self.role_list(caller, &roles).await.map(|page| page.rows), role)?);
        }
        for hit in &mut hits {
            hit.rank = PaletteRank::of(&fold(&hit.name), &folded);
        }
        // The sort is stable: of equal rank, clients come before users, and names are in order.
        hits.sort_by_key(|hit| hit.rank);
        Ok(hits)
    }

    /// Of the things that the caller opened lately, those that they still see, in the order given.
    ///
    /// # Errors
    /// Only failures.
    pub async fn palette_recent(&self, caller: &Caller, targets: &[PaletteTarget]) -> Result<Vec<PaletteHit>> {
        let mut found = Vec::new();
        for target in targets.iter().take(RECENT) {
            found.extend(match target {
                PaletteTarget::Client(id) => {
                    let filter = ClientFilter { id: Some(*id), ..ClientFilter::in_states(StatusFilter::All) };
                    hits(self.client_list(caller, &one(filter)).await.map(|page| page.rows), client)?
                }
                PaletteTarget::User(id) => {
                    let filter = UserFilter { id: Some(*id), ..UserFilter::CURRENT };
                    hits(self.user_list(caller, &one(filter)).await.map(|page| page.rows), user)?
                }
                PaletteTarget::Device(id) => hits(self.device_get(caller, id).await.map(|device| vec![device]), |device| PaletteHit {
                    detail: device.client.name,
                    ..hit(target.clone(), device.details.title().to_owned())
                })?,
                PaletteTarget::Role(id) => hits(self.role_get(caller, id).await.map(|found| vec![found.summary]), role)?,
            });
        }
        Ok(found)
    }
}

/// A list of one.
fn one<S: Default, F: Default>(filter: F) -> domain::Query<S, F> {
    domain::Query { filter, size: PAGE_SIZES[0], ..domain::Query::default() }
}

/// What was found; nothing where the caller can't see such things, or not this one.
fn hits<T>(found: Result<Vec<T>>, hit: impl Fn(T) -> PaletteHit) -> Result<Vec<PaletteHit>> {
    match found {
        Err(Fault::Refused(Error::Forbidden { .. } | Error::NotFound)) => Ok(Vec::new()),
        found => Ok(found?.into_iter().map(hit).collect()),
    }
}

const fn hit(target: PaletteTarget, name: String) -> PaletteHit {
    PaletteHit { target, name, detail: String::new(), client: None, rank: PaletteRank::Otherwise }
}

fn client(row: ClientRow) -> PaletteHit {
    PaletteHit { detail: row.id.to_string(), client: Some((row.status, row.may)), ..hit(PaletteTarget::Client(row.id), row.name) }
}

fn user(row: UserRow) -> PaletteHit {
    PaletteHit { detail: row.organization, ..hit(PaletteTarget::User(row.id), row.profile.name()) }
}

fn device(row: DeviceRow) -> PaletteHit {
    PaletteHit { detail: row.client.name, ..hit(PaletteTarget::Device(row.id), row.name) }
}

fn role(role: RoleSummary) -> PaletteHit {
    PaletteHit { detail: role.description, ..hit(PaletteTarget::Role(role.id), role.name) }
}
