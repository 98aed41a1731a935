//! Filters of a list that the reader saved under a name. This browser stores them; whoever gets the link of one sees the same filter.

use domain::UserId;
use leptos::{ev::SubmitEvent, prelude::*};

use crate::{
    caller::use_caller,
    storage::{store, stored},
    ui::{Button, ButtonVariant, Dialog, Glyph, Menu, MenuButton, MenuLink, MenuSeparator, TextField, use_toasts},
};

/// The longest name, in characters.
const NAME: usize = 80;

/// A saved filter.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Saved {
    name: String,
    address: String,
}

/// The menu of saved filters of a list. `here` is the address of what is shown, unless nothing is filtered or searched.
pub(crate) fn saved_filters(title: &'static str, here: Signal<Option<String>>) -> AnyView {
    let (user, toasts) = (use_caller().user.id, use_toasts());
    let (all, open, name, fault) = (RwSignal::new(Vec::new()), RwSignal::new(false), RwSignal::new(String::new()), RwSignal::new(None));
    Effect::new(move |_| all.set(read(user, title)));
    let current = move || here.get().and_then(|here| all.get().into_iter().find(|saved: &Saved| saved.address == here));
    // Another window may have saved some since.
    let change = move |change: &dyn Fn(&mut Vec<Saved>)| {
        let mut saved = read(user, title);
        change(&mut saved);
        write(user, title, &saved);
        all.set(saved);
    };
    let save = move |event: SubmitEvent| {
        event.prevent_default();
        let typed = name.get_untracked().split_whitespace().collect::<Vec<_>>().join(" ");
        let Some(address) = here.get_untracked() else { return open.set(false) };
        if typed.is_empty() {
            return fault.set(Some("Enter a name.".to_owned()));
        }
        change(&|saved| insert(saved, Saved { name: typed.clone(), address: address.clone() }));
        open.set(false);
        toasts.success("The filter is saved.");
    };
    let ask = move |()| {
        name.set(String::new());
        fault.set(None);
        open.set(true);
    };
    let nothing = Signal::derive(move || here.with(Option::is_none).then(|| "Search or filter the list first.".to_owned()));
    let last = move || match current() {
        Some(Saved { name, address }) => {
            let delete = move |()| change(&|saved| saved.retain(|other| other.address != address));
            view! { <MenuButton label=format!("Delete “{name}”") icon=Glyph::Trash on_click=delete /> }.into_any()
        }
        None => view! { <MenuButton label="Save this filter…" icon=Glyph::Plus disabled_because=nothing on_click=ask /> }.into_any(),
    };
    let links = move || all.get().into_iter().map(|Saved { name, address }| view! { <MenuLink href=address label=name /> }).collect_view();
    let form = format!("save-filter-{}", super::columns::key(title));
    let actions = {
        let form = form.clone();
        move || {
            view! {
                <Button on_click=move || open.set(false)>"Cancel"</Button>
                <Button submit=true form=form.clone() variant=ButtonVariant::Primary>"Save filter"</Button>
            }
        }
    };
    view! {
        <Menu id=format!("{form}-menu") label="Saved filters" glyph=Glyph::Filter show_label=true>
            {links}
            {move || (!all.with(Vec::is_empty)).then(|| view! { <MenuSeparator /> })}
            {last}
        </Menu>
        <Dialog id=format!("{form}-dialog") title="Save filter" open actions>
            <form class="form" id=form method="dialog" novalidate on:submit=save>
                <TextField
                    name="filter-name"
                    label="Name"
                    value=name
                    error=fault
                    required=true
                    max_length=NAME
                    hint="Only you see it, in this browser. To share the filter, send its link."
                />
            </form>
        </Dialog>
    }
    .into_any()
}

/// Adds a filter; it replaces one of the same name.
fn insert(saved: &mut Vec<Saved>, new: Saved) {
    let folded = |name: &str| name.to_lowercase();
    saved.retain(|other| folded(&other.name) != folded(&new.name));
    saved.push(new);
    saved.sort_by_cached_key(|saved| folded(&saved.name));
}

fn key(user: UserId, title: &str) -> String {
    format!("filters-{user}-{}", super::columns::key(title))
}

fn read(user: UserId, title: &str) -> Vec<Saved> {
    parse(&stored(&key(user, title)))
}

fn write(user: UserId, title: &str, saved: &[Saved]) {
    store(&key(user, title), &text(saved));
}

/// A line for each: the address, which has no space, and the name.
fn text(saved: &[Saved]) -> String {
    saved.iter().map(|Saved { name, address }| format!("{address} {name}")).collect::<Vec<_>>().join("\n")
}

/// Only addresses of this console are links.
fn parse(text: &str) -> Vec<Saved> {
    let line = |line: &str| {
        let (address, name) = line.split_once(' ')?;
        (crate::paths::own(address) == address).then(|| Saved { name: name.to_owned(), address: address.to_owned() })
    };
    text.lines().filter_map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::{Saved, insert, parse, text};

    fn saved(name: &str, address: &str) -> Saved {
        Saved { name: name.to_owned(), address: address.to_owned() }
    }

    #[test]
    fn what_was_saved_is_read_again_in_the_order_of_names() {
        let mut all = Vec::new();
        for (name, address) in
            [("Servers of Lab", "/devices?filter=server&client=client_8"), ("Old", "/devices?q=xp"), ("servers of lab", "/devices?q=lab")]
        {
            insert(&mut all, saved(name, address));
        }
        assert_eq!(all, [saved("Old", "/devices?q=xp"), saved("servers of lab", "/devices?q=lab")], "the same name is replaced");
        assert_eq!(parse(&text(&all)), all);
    }

    #[test]
    fn no_link_leaves_the_console() {
        assert_eq!(parse("https://evil.example/ Devices\n//evil.example Devices\n/devices"), []);
    }
}
