//! What can be done with the ticked accounts.

use domain::AwsAccount;
use leptos::prelude::*;

use super::ticked::Ticked;
use crate::{
    aws::account::windows::{Window, Windows},
    ui::{Button, ButtonSize, ButtonVariant, Glyph, Menu, MenuButton},
};

/// The bar above the list, for the rows of the page.
pub(super) fn tick_bar(ticked: Ticked, rows: RwSignal<Vec<AwsAccount>>, windows: Windows) -> AnyView {
    let count = move || match ticked.count() {
        0 => None,
        count => Some(view! {
            <span class="tick-count">
                {format!("{count} selected")}
                <Button variant=ButtonVariant::Quiet size=ButtonSize::Small on_click=move || ticked.clear()>"Clear"</Button>
            </span>
        }),
    };
    let open = move |window| move || windows.open(window, ticked.get());
    let refused = move |window| Signal::derive(move || ticked.refused(window));
    view! {
        <div class="tick-bar" role="group" aria-label="Selected accounts" data-needs-script="">
            <label class="option">
                <input
                    class="checkbox"
                    type="checkbox"
                    prop:checked=move || rows.with(|rows| ticked.has_all(rows))
                    on:change:target=move |event| rows.with_untracked(|rows| ticked.tick(rows, event.target().checked()))
                />
                <span>"All on this page"</span>
            </label>
            <span aria-live="polite">{count}</span>
            <div class="actions push">
                <Button icon=Glyph::Building disabled_because=refused(Window::Link) on_click=open(Window::Link)>"Associate Account to Customer"</Button>
                <Button icon=Glyph::Close disabled_because=refused(Window::Unlink) on_click=open(Window::Unlink)>"Remove Account from Customer"</Button>
                <Menu id="ticked-menu" label="More actions for selected accounts" variant=ButtonVariant::Secondary>
                    <MenuButton label="Onboard Account" icon=Glyph::Plus disabled_because=refused(Window::Onboard) on_click=open(Window::Onboard) />
                    <MenuButton label="Remove Role ARN" icon=Glyph::Trash disabled_because=refused(Window::Delink) on_click=open(Window::Delink) />
                </Menu>
            </div>
        </div>
    }
    .into_any()
}
