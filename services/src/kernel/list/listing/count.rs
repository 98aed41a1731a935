//! How many rows a listing has, and how many candidates.

use std::mem;

use domain::Total;

use super::{COUNTED, Candidates, FEW, Found, Listing, Part};
use crate::{Result, kernel::Tx};

impl Listing<'_> {
    /// How many rows the list has, as far as a page counts them: for who shows the number alone.
    pub(crate) async fn total(mut self, tx: &mut Tx) -> Result<Total> {
        if let Some(total) = self.total {
            return Ok(Total::Exactly(total));
        }
        self.choose_candidates(tx, true).await?;
        self.count_some(tx).await
    }

    /// How many rows the list has.
    pub(super) async fn count(&self, tx: &mut Tx) -> Result<u64> {
        if self.is_empty() {
            return Ok(0);
        }
        self.count_part(tx, Part::All).await
    }

    pub(super) async fn count_part(&self, tx: &mut Tx, part: Part) -> Result<u64> {
        let sql = format!("SELECT COUNT(*) FROM {}{}", self.unordered(), self.of_part(part));
        self.binds.fetch_used_number(tx, &sql).await
    }

    /// Whether it is known that there are no candidates.
    pub(super) fn is_empty(&self) -> bool {
        self.found.as_ref().is_some_and(|found| found.number == 0)
    }

    /// How many rows the list has, as far as a page counts them.
    pub(super) async fn count_some(&self, tx: &mut Tx) -> Result<Total> {
        if self.is_empty() {
            return Ok(Total::Exactly(0));
        }
        let up_to = |listed: &str| format!("SELECT COUNT(*) FROM (SELECT t.id FROM {listed} LIMIT {}) AS counted", COUNTED + 1);
        let mut total = 0;
        // Of many candidates, the first nearly always are enough.
        if let Some(found) = self.found.as_ref().filter(|found| found.number > FEW) {
            let first: Vec<_> = found.ways.iter().map(|way| format!("SELECT * FROM ({way} LIMIT {FEW}) AS way")).collect();
            total = self.binds.fetch_used_number(tx, &up_to(&self.among_ways(&first, ""))).await?;
        }
        if total <= COUNTED {
            total = self.binds.fetch_used_number(tx, &up_to(&self.unordered())).await?;
        }
        Ok(if total > COUNTED { Total::MoreThan(COUNTED) } else { Total::Exactly(total) })
    }

    /// How many ids texts select, up to a number.
    pub(super) async fn number_of(&self, tx: &mut Tx, ways: &[String], most: u64) -> Result<u64> {
        let some: Vec<_> = ways.iter().map(|way| format!("SELECT * FROM ({way} LIMIT {most}) AS way")).collect();
        let sql = format!("SELECT COUNT(*) FROM ({} LIMIT {most}) AS candidates", some.join(" UNION ALL "));
        self.binds.fetch_used_number(tx, &sql).await
    }

    /// Chooses the narrowest candidates. Those that are too many to be looked at are only good for a count that stops soon.
    pub(super) async fn choose_candidates(&mut self, tx: &mut Tx, stops_soon: bool) -> Result<()> {
        let candidates = mem::take(&mut self.candidates);
        let were_any = !candidates.is_empty();
        for Candidates { ways, most } in candidates {
            let most = if stops_soon { FEW } else { most };
            let number = self.number_of(tx, &ways, most + 1).await?;
            if (stops_soon || number <= most) && self.found.as_ref().is_none_or(|found| number < found.number) {
                self.found = Some(Found { ways, number });
            }
        }
        if were_any && self.exact_ways.is_empty() && self.found.as_ref().is_none_or(|found| found.number > FEW) {
            // Columns other than the name have no index and would be scanned.
            self.exact.truncate(1);
        }
        Ok(())
    }
}
