//! The texts that find a listing's rows.

use super::{FEW, Listing, Part};
use crate::kernel::{Binds, Engine, list::order::Order};

impl Listing<'_> {
    /// Selects the [`Order::keys`] of a part, and more columns, in order: along the index, once for each state, which the engine merges as it walks; or of few
    /// candidates, sorted. `range` is a limit and an offset.
    pub(super) fn ordered(&self, engine: Engine, part: Part, order: &Order, columns: &str, binds: &mut Binds, range: Option<(u64, u64)>) -> String {
        let Self { table, condition, searched, .. } = self;
        let joins = if columns.is_empty() { "" } else { self.joins };
        let (keys, by) = (order.keys(), order.by());
        let limit = range.map_or_else(String::new, |(limit, offset)| {
            let offset = if offset == 0 { String::new() } else { format!(" OFFSET {offset}") };
            format!(" LIMIT {limit}{offset}")
        });
        let few = self.found.as_ref().filter(|found| found.number <= FEW);
        let ways = match part {
            Part::Exact if !self.exact_ways.is_empty() => Some(&self.exact_ways),
            _ => few.map(|found| &found.ways),
        };
        if let Some(ways) = ways {
            return self.sorted(ways, part, order, columns, binds) + &limit;
        }
        let also = format!("{searched}{}{}", self.of_part(part), order.range(binds));
        // Exact matches have an index of their own.
        let along = order.sort.index.filter(|_| !matches!(part, Part::Exact)).map(|index| engine.along(index)).unwrap_or_default();
        let of_state = |state: &str| format!("SELECT {keys}{columns} FROM {table} t{along} {joins} WHERE {condition}{state}{also}{by}");
        let is_in = |state: &&str| format!(" AND t.status = '{state}'");
        match self.states.as_slice() {
            [] => of_state("") + &limit,
            [state] => of_state(&is_in(state)) + &limit,
            states => {
                let end = range.map(|(limit, offset)| engine.branch_limit(limit + offset)).unwrap_or_default();
                let branches: Vec<_> = states.iter().map(|state| format!("SELECT * FROM ({}{end}) AS branch", of_state(&is_in(state)))).collect();
                branches.join(" UNION ALL ") + by + &limit
            }
        }
    }

    /// As [`Listing::ordered`], of the ids that texts select.
    pub(super) fn sorted(&self, ways: &[String], part: Part, order: &Order, columns: &str, binds: &mut Binds) -> String {
        let joins = if columns.is_empty() { "" } else { self.joins };
        let (keys, listed, also, by) = (order.keys(), self.among_ways(ways, joins), self.of_part(part) + &order.range(binds), order.by());
        format!("SELECT {keys}{columns} FROM {listed}{also}{by}")
    }

    /// `… WHERE …` of what is listed among the ids that texts select.
    pub(super) fn among_ways(&self, ways: &[String], joins: &str) -> String {
        let Self { table, condition, searched, .. } = self;
        let (ids, states) = (either(ways), self.any_state());
        format!("({ids}) AS found CROSS JOIN {table} t {joins} WHERE t.id = found.hit AND {condition}{states}{searched}")
    }

    /// `AND …` that a row is in a part.
    pub(super) fn of_part(&self, part: Part) -> String {
        match part {
            Part::All => String::new(),
            Part::Exact => format!(" AND ({})", self.exact.join(" OR ")),
            Part::Rest => format!(" AND NOT ({})", self.exact.join(" OR ")),
        }
    }

    /// `AND …` that a row is in one of the states.
    fn any_state(&self) -> String {
        let states: Vec<_> = self.states.iter().map(|state| format!("'{state}'")).collect();
        if states.is_empty() { String::new() } else { format!(" AND t.status IN ({})", states.join(", ")) }
    }

    /// `… WHERE …` of what is listed.
    pub(super) fn unordered(&self) -> String {
        let Self { table, condition, searched, .. } = self;
        match &self.found {
            Some(found) => self.among_ways(&found.ways, ""),
            None => format!("{table} t WHERE {condition}{}{searched}", self.any_state()),
        }
    }
}

/// Selects what any of the texts selects, once.
fn either(ways: &[String]) -> String {
    match ways {
        [way] => way.clone(),
        ways => ways.iter().map(|way| format!("SELECT * FROM ({way}) AS way")).collect::<Vec<_>>().join(" UNION "),
    }
}
