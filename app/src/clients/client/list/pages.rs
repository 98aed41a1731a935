//! Links to the other pages of the list.

use domain::{ClientQuery, ClientRow, ListPage, PageAt, Total};
use leptos::prelude::*;

use crate::{
    lists::{last_page, range, sizes},
    paths,
    ui::Pager,
};

/// Links to the other pages, and which rows these are.
pub(super) fn pages(query: ClientQuery, page: ListPage<ClientRow>) -> AnyView {
    let here = query.page;
    let to = |at: &PageAt, number: u64| paths::clients(&ClientQuery { at: at.clone(), page: number, ..query.clone() });
    let first = page.previous.is_some().then(|| paths::clients(&query.first_page()));
    let previous = match &page.previous {
        // The first page has one address only.
        Some(_) if here <= 2 => first.clone(),
        previous => previous.as_ref().map(|at| to(at, here - 1)),
    };
    let next = page.next.as_ref().map(|at| to(at, here + 1));
    let last = match (&page.next, last_page(page.total, query.size)) {
        (Some(_), Some(number)) => Some(to(&PageAt::Last, number)),
        _ => None,
    };
    let sizes = sizes(query.size, |size| paths::clients(&ClientQuery { size, ..query.first_page() }));
    view! { <Pager summary=summary(&query, &page) first previous next last sizes /> }.into_any()
}

/// Which rows these are. Without a page behind it, they are the last ones; without one before, the first.
fn summary(query: &ClientQuery, page: &ListPage<ClientRow>) -> String {
    let rows = page.rows.len() as u64;
    let first = match (&page.previous, &page.next, page.total) {
        (None, _, _) => 1,
        (_, None, Total::Exactly(total)) => (total + 1).saturating_sub(rows).max(1),
        _ => (query.page - 1) * u64::from(query.size) + 1,
    };
    range(first, rows, page.total)
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{ClientId, ClientStatus, PermissionBits, Timestamp};

    fn page(rows: i64, total: Total, previous: bool, next: bool) -> ListPage<ClientRow> {
        let row = |number| ClientRow {
            id: ClientId::new(number),
            name: String::new(),
            status: ClientStatus::Active,
            erasure: None,
            country: String::new(),
            time_zone: String::new(),
            external_id: String::new(),
            created: Timestamp::default(),
            updated: Timestamp::default(),
            may: PermissionBits::default(),
        };
        let at = |there: bool| there.then_some(PageAt::Last);
        ListPage { rows: (0..rows).map(row).collect(), total, previous: at(previous), next: at(next) }
    }

    #[test]
    fn the_summary_counts_as_people_do() {
        let at = |number| ClientQuery { page: number, ..ClientQuery::default() };
        assert_eq!(summary(&at(1), &page(25, Total::Exactly(203), false, true)), "1–25 of 203");
        assert_eq!(summary(&at(2), &page(25, Total::MoreThan(1000), true, true)), "26–50 of 1,000+");
        assert_eq!(summary(&at(9), &page(25, Total::Exactly(203), true, false)), "179–203 of 203");
        assert_eq!(summary(&at(3), &page(2, Total::Exactly(2), false, false)), "1–2 of 2");
    }
}
