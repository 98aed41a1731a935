//! Links to the other pages of a list.

use domain::{Keyed, ListFilter, ListPage, PAGE_SIZES, PageAt, Query, Total, grouped};
use leptos::prelude::*;

use crate::ui::{PageSize, Pager};

/// The numbers of rows that a page may have.
pub(crate) fn sizes(current: u32, to: impl Fn(u32) -> String) -> Vec<PageSize> {
    PAGE_SIZES.iter().map(|&rows| PageSize { rows, href: to(rows), current: rows == current }).collect()
}

/// The number of the last page, where the number of rows is known.
pub(crate) fn last_page(total: Total, size: u32) -> Option<u64> {
    match total {
        Total::Exactly(rows) => Some(rows.div_ceil(u64::from(size)).max(1)),
        Total::MoreThan(_) => None,
    }
}

/// `26–50 of 203`.
pub(crate) fn range(first: u64, rows: u64, total: Total) -> String {
    format!("{}–{} of {total}", grouped(first), grouped((first + rows).saturating_sub(1)))
}

/// Links to the other pages, by the address of a view, and which rows these are.
pub(crate) fn pages<S: Keyed + Default, F: ListFilter, T>(
    address: impl Fn(&Query<S, F>) -> String,
    query: &Query<S, F>,
    page: &ListPage<T>,
) -> AnyView {
    let to = |at: &PageAt| address(&Query { at: at.clone(), ..query.clone() });
    let first = page.previous.is_some().then(|| address(&query.first_page()));
    let last = last_page(page.total, query.size).filter(|_| page.next.is_some()).map(|_| to(&PageAt::Last));
    let sizes = sizes(query.size, |size| address(&Query { size, ..query.first_page() }));
    let (previous, next) = (page.previous.as_ref().map(to), page.next.as_ref().map(to));
    view! { <Pager summary=summary(page) first previous next last sizes /> }.into_any()
}

/// Which rows these are. The address of a page somewhere in the middle doesn't say its number: there it is how many there are in all.
fn summary<T>(page: &ListPage<T>) -> String {
    let rows = page.rows.len() as u64;
    match (&page.previous, &page.next, page.total) {
        (None, _, total) => range(1, rows, total),
        (_, None, Total::Exactly(total)) => range((total + 1).saturating_sub(rows).max(1), rows, page.total),
        _ => format!("{} in all", page.total),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_summary_says_what_is_known() {
        let page = |rows: usize, total, previous: bool, next: bool| {
            let at = |there: bool| there.then_some(PageAt::Last);
            summary(&ListPage { rows: vec![(); rows], total, previous: at(previous), next: at(next) })
        };
        assert_eq!(page(25, Total::Exactly(203), false, true), "1–25 of 203");
        assert_eq!(page(25, Total::MoreThan(1000), true, true), "1,000+ in all");
        assert_eq!(page(25, Total::Exactly(203), true, false), "179–203 of 203");
    }
}
