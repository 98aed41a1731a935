//! Menus of actions: a button that opens a popover. The browser opens, shuts and places it, so that it works without JavaScript and is
//! never cut off by what scrolls around it.

use leptos::{html, prelude::*};

use super::{ButtonSize, ButtonVariant, Glyph, Icon};

/// A button that opens a menu of [`MenuLink`]s and [`MenuButton`]s.
#[component]
pub fn Menu(
    /// Unique in the page.
    #[prop(into)]
    id: String,
    /// The name of the button, for example "Actions for LeoArt Lab".
    #[prop(into)]
    label: String,
    /// What the button shows; three dots unless told.
    #[prop(default = Glyph::More)]
    glyph: Glyph,
    /// Shows the label beside the icon.
    #[prop(optional)]
    show_label: bool,
    /// How the button looks.
    #[prop(default = ButtonVariant::Quiet)]
    variant: ButtonVariant,
    /// How much room it takes.
    #[prop(optional)]
    size: ButtonSize,
    /// The items.
    children: Children,
) -> impl IntoView {
    view! {
        <button
            class="button"
            type="button"
            data-variant=variant.name()
            data-size=size.name()
            data-icon-only=(!show_label).then_some("")
            aria-label=(!show_label).then(|| label.clone())
            aria-haspopup="true"
            popovertarget=id.clone()
        >
            <Icon glyph />
            {show_label.then(|| view! { <span>{label.clone()}</span> })}
        </button>
        <MenuPopover id label>{children()}</MenuPopover>
    }
}

/// The popover alone, for a button of another shape with `popovertarget={id}`.
#[component]
pub fn MenuPopover(
    /// Unique in the page.
    #[prop(into)]
    id: String,
    /// The name of the menu.
    #[prop(into)]
    label: String,
    /// The items.
    children: Children,
) -> impl IntoView {
    let node = NodeRef::<html::Div>::new();
    view! {
        <div
            class="menu"
            id=id
            popover="auto"
            role="group"
            aria-label=label
            node_ref=node
            on:click=move |event| if is_item(&event) { shut(node) }
        >
            {children()}
        </div>
    }
}

/// Choosing shuts the menu; a switch inside, such as the theme's, leaves it open.
fn is_item(event: &leptos::ev::MouseEvent) -> bool {
    use leptos::wasm_bindgen::JsCast;
    let element = event.target().and_then(|target| target.dyn_into::<leptos::web_sys::Element>().ok());
    element.is_some_and(|element| element.closest(".menu-item:not([aria-disabled])").is_ok_and(|item| item.is_some()))
}

fn shut(node: NodeRef<html::Div>) {
    if let Some(popover) = node.get_untracked() {
        _ = popover.hide_popover();
    }
}

/// An item that leads to another page.
#[component]
pub fn MenuLink(
    /// Where it leads.
    #[prop(into)]
    href: String,
    /// The words.
    #[prop(into)]
    label: String,
    /// An icon before the words.
    #[prop(optional)]
    icon: Option<Glyph>,
    /// Leads out of the console, so the browser loads it.
    #[prop(optional)]
    external: bool,
) -> impl IntoView {
    view! {
        <a class="menu-item" href=href rel=external.then_some("external")>
            {icon.map(|glyph| view! { <Icon glyph /> })}
            <span>{label}</span>
        </a>
    }
}

/// An item that does something here.
#[component]
pub fn MenuButton(
    /// The words.
    #[prop(into)]
    label: String,
    /// An icon before the words.
    #[prop(optional)]
    icon: Option<Glyph>,
    /// Takes something away.
    #[prop(optional)]
    danger: bool,
    /// Sends the form around it, which also works without JavaScript.
    #[prop(optional)]
    submit: bool,
    /// Why it can't be used now; shown below the words.
    #[prop(optional, into)]
    disabled_because: Signal<Option<String>>,
    /// What it does.
    #[prop(optional, into)]
    on_click: Option<Callback<()>>,
) -> impl IntoView {
    let blocked = move || disabled_because.with(Option::is_some);
    let click = move |event: leptos::ev::MouseEvent| {
        if blocked() {
            event.prevent_default();
        } else if let Some(on_click) = on_click {
            on_click.run(());
        }
    };
    view! {
        <button
            class="menu-item"
            type=move || if submit && !blocked() { "submit" } else { "button" }
            data-danger=danger.then_some("")
            aria-disabled=move || blocked().then_some("true")
            on:click=click
        >
            {icon.map(|glyph| view! { <Icon glyph /> })}
            <span>
                {label}
                {move || disabled_because.get().map(|reason| view! { <small>{reason}</small> })}
            </span>
        </button>
    }
}

/// A line between groups of items.
#[component]
pub fn MenuSeparator() -> impl IntoView {
    view! { <hr class="menu-separator" /> }
}
