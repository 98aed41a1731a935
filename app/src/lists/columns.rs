//! Which columns of a list are shown. The choice is stored in a cookie, so that the server sends the list with those columns.

use leptos::{context::Provider, prelude::*};

use crate::{
    paths::encoded,
    ui::{Glyph, HiddenColumns, Menu},
};

/// How the names of the cookies begin; the name of the list follows.
const COOKIE: &str = "columns-";

/// A list whose columns the reader chooses: the tools above its rows, with the menu of columns, and what holds the rows. The first column, the name, always stays.
/// `never` are columns that aren't shown there at all. A choice is stored by the heading of the list.
pub(crate) fn with_columns(
    (title, columns, never): (&'static str, &'static [&'static str], &'static [&'static str]),
    tools: AnyView,
    rows: impl FnOnce() -> AnyView + Send + 'static,
) -> AnyView {
    let hidden = HiddenColumns::new(remembered(title, columns), never);
    let menu = menu(title, columns, hidden);
    view! {
        <Provider value=hidden>
            <div class="stack-small">
                <div class="list-tools" data-needs-script="">{tools}{menu}</div>
                {rows()}
            </div>
        </Provider>
    }
    .into_any()
}

fn menu(title: &'static str, columns: &'static [&'static str], hidden: HiddenColumns) -> AnyView {
    let shown = columns.iter().skip(1).copied().filter(|label| !hidden.never_shows(label)).collect::<Vec<_>>();
    let boxes = shown.into_iter().map(move |label| {
        let change = move |shown: bool| {
            hidden.show(label, shown);
            remember(title, &hidden.chosen());
        };
        view! {
            <label class="menu-check">
                <input
                    class="checkbox"
                    type="checkbox"
                    checked=!untrack(|| hidden.hides(label))
                    prop:checked=move || !hidden.hides(label)
                    on:change:target=move |event| change(event.target().checked())
                />
                <span>{label}</span>
            </label>
        }
    });
    view! {
        <Menu id=format!("columns-{}", key(title)) label="Columns" glyph=Glyph::Columns show_label=true>{boxes.collect_view()}</Menu>
    }
    .into_any()
}

/// The columns of a list that were hidden before.
fn remembered(title: &str, columns: &'static [&'static str]) -> Vec<&'static str> {
    let (cookies, name) = (cookies(), format!("{COOKIE}{}", key(title)));
    let pairs = cookies.split(';').filter_map(|pair| pair.trim().split_once('='));
    let value = pairs.into_iter().find(|(other, _)| *other == name).map(|(_, value)| value).unwrap_or_default();
    columns.iter().skip(1).copied().filter(|label| value.split('/').any(|part| part == encoded(label))).collect()
}

/// A heading as a part of a name.
pub(super) fn key(title: &str) -> String {
    title.to_lowercase().replace(' ', "-")
}

#[cfg(feature = "ssr")]
fn cookies() -> String {
    let header = crate::rpc::headers().and_then(|headers| headers.get(http::header::COOKIE)?.to_str().ok().map(str::to_owned));
    header.unwrap_or_default()
}

#[cfg(all(feature = "hydrate", not(feature = "ssr")))]
fn cookies() -> String {
    js_sys::Reflect::get(&document(), &"cookie".into()).ok().and_then(|cookies| cookies.as_string()).unwrap_or_default()
}

#[cfg(not(any(feature = "ssr", feature = "hydrate")))]
fn cookies() -> String {
    String::new()
}

/// Stores the choice for a year.
#[cfg(feature = "hydrate")]
fn remember(title: &str, hidden: &[&'static str]) {
    let value = hidden.iter().map(|label| encoded(label)).collect::<Vec<_>>().join("/");
    let cookie = format!("{COOKIE}{}={value}; path=/; max-age=31536000; samesite=lax", key(title));
    _ = js_sys::Reflect::set(&document(), &"cookie".into(), &cookie.into());
}

#[cfg(not(feature = "hydrate"))]
const fn remember(_: &str, _: &[&'static str]) {}
