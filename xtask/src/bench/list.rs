//! Lists of the REST API: parts of them, and all of it in turn.

use super::{
    request::{Request, Times, api},
    subject::Subject,
};
use crate::shell::Result;

/// Requests for pages of 25 of a list: the first, some in the middle, the last, one of 1,000, and then every page in turn.
pub(super) fn requests(subject: &Subject, bearer: &str, noun: &str) -> Result<Vec<Request>> {
    let page = {
        let path = api(&format!("{noun}/search?pageSize=25"));
        move |number: u64| format!("{path}&pageNo={number}")
    };
    let first = subject.connect(bearer)?.get(&page(1), "")?.json()?;
    let pages = first["totalPages"].as_u64().ok_or_else(|| format!("no pages of {noun}: {first}"))?;
    let get = |what: &str, number: Box<dyn Fn(usize) -> u64 + Sync>| {
        let page = page.clone();
        Request::get(format!("API {noun}: {what}"), bearer, move |n| page(number(n)))
    };
    // Even pages only: whoever asks for the page behind one just read is taken on from there.
    let middle = move |n: usize| (pages / 4).saturating_sub(n as u64 % 10).max(1) * 2;
    let thousand = api(&format!("{noun}/search?pageSize=1000"));
    Ok(vec![
        get("first page", Box::new(|_| 1)),
        get("middle page", Box::new(middle)),
        get("last page", Box::new(move |_| pages)),
        Request::get(format!("API {noun}: page of 1,000"), bearer, move |_| thousand.clone()),
        // Last, because it leaves a bookmark at every page.
        get("page after page, all", Box::new(|n| n as u64 + 1)).times(Times::InTurn(usize::try_from(pages).unwrap_or(usize::MAX))),
    ])
}

/// The ids that a search finds.
pub(super) fn ids(subject: &Subject, bearer: &str, search: &str) -> Result<Vec<String>> {
    let found = subject.connect(bearer)?.get(&api(search), "")?.json()?;
    let ids: Vec<String> = found["results"].as_array().into_iter().flatten().filter_map(|one| one["uniqueId"].as_str().map(str::to_owned)).collect();
    if ids.is_empty() { Err(format!("{search} finds nothing: {found}")) } else { Ok(ids) }
}
