//! Buttons, and links that look like them.

use leptos::prelude::*;

use super::{
    Glyph, Icon, given,
    hydrated::{LOADING, hydrated, is_sent_by_script},
};

/// How much a button asks for attention.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonVariant {
    /// The one thing to do here.
    Primary,
    /// Anything else.
    #[default]
    Secondary,
    /// Without a frame, for toolbars and rows.
    Quiet,
    /// Takes something away.
    Danger,
}

impl ButtonVariant {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Primary => "primary",
            Self::Secondary => "secondary",
            Self::Quiet => "quiet",
            Self::Danger => "danger",
        }
    }
}

/// How much room a button takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonSize {
    /// In tables and toolbars.
    Small,
    /// Everywhere else.
    #[default]
    Medium,
}

impl ButtonSize {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Small => "small",
            Self::Medium => "medium",
        }
    }
}

/// A button.
///
/// One that can't be used stays reachable and tells why (`disabled_because`), instead of going grey without a word.
#[component]
pub fn Button(
    /// How much it asks for attention.
    #[prop(optional)]
    variant: ButtonVariant,
    /// How much room it takes.
    #[prop(optional)]
    size: ButtonSize,
    /// An icon before the words.
    #[prop(optional)]
    icon: Option<Glyph>,
    /// The name for screen readers and the tooltip of a button that shows an icon only.
    #[prop(optional, into)]
    label: String,
    /// Sends the form around it.
    #[prop(optional)]
    submit: bool,
    /// The field it sends along with the form.
    #[prop(optional, into)]
    name: String,
    /// The value of that field.
    #[prop(optional, into)]
    value: String,
    /// The id of the form it belongs to, when it stands outside of it.
    #[prop(optional, into)]
    form: String,
    /// Shows a spinner, and doesn't react meanwhile.
    #[prop(optional, into)]
    busy: Signal<bool>,
    /// Why it can't be used now.
    #[prop(optional, into)]
    disabled_because: Signal<Option<String>>,
    /// What it does.
    #[prop(optional, into)]
    on_click: Option<Callback<()>>,
    /// The words.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let icon_only = children.is_none().then_some("");
    let (needs_script, hydrated) = (on_click.is_some() || (submit && is_sent_by_script()), hydrated());
    let disabled_because = Signal::derive(move || disabled_because.get().or_else(|| (needs_script && !hydrated.get()).then(|| LOADING.to_owned())));
    let blocked = move || disabled_because.with(Option::is_some);
    let click = move |event: leptos::ev::MouseEvent| {
        if blocked() || busy.get() {
            event.prevent_default();
            event.stop_propagation();
        } else if let Some(on_click) = on_click {
            on_click.run(());
        }
    };
    view! {
        <button
            class="button"
            data-variant=variant.name()
            data-size=size.name()
            data-icon-only=icon_only
            data-tip=move || disabled_because.get()
            // Without JavaScript nothing else would keep a blocked button from sending the form.
            type=move || if submit && !blocked() { "submit" } else { "button" }
            name=given(name)
            value=given(value)
            form=given(form)
            title=given(label.clone())
            aria-label=given(label)
            aria-description=move || disabled_because.get()
            aria-disabled=move || (blocked() || busy.get()).then_some("true")
            aria-busy=move || busy.get().then_some("true")
            on:click=click
        >
            {icon.map(|glyph| view! { <Icon glyph /> })}
            {children.map(|children| view! { <span>{children()}</span> })}
            {move || busy.get().then(|| view! { <span class="spinner" role="img" aria-label="Please wait"></span> })}
        </button>
    }
}

/// A link that looks like a [`Button`], because it leads to another page.
#[component]
pub fn ButtonLink(
    /// Where it leads.
    #[prop(into)]
    href: String,
    /// How much it asks for attention.
    #[prop(optional)]
    variant: ButtonVariant,
    /// How much room it takes.
    #[prop(optional)]
    size: ButtonSize,
    /// An icon before the words.
    #[prop(optional)]
    icon: Option<Glyph>,
    /// The name of a link that shows an icon only.
    #[prop(optional, into)]
    label: String,
    /// It leads to what is no page of the console, such as a file.
    #[prop(optional)]
    external: bool,
    /// Why it can't be followed now.
    #[prop(optional_no_strip, into)]
    disabled_because: Option<String>,
    /// The words.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let icon_only = children.is_none().then_some("");
    let blocked = disabled_because.is_some();
    view! {
        <a
            class="button"
            data-variant=variant.name()
            data-size=size.name()
            data-icon-only=icon_only
            data-tip=disabled_because.clone()
            href=(!blocked).then_some(href)
            rel=external.then_some("external")
            role=blocked.then_some("link")
            tabindex=blocked.then_some("0")
            title=given(label.clone())
            aria-label=given(label)
            aria-description=disabled_because
            aria-disabled=blocked.then_some("true")
        >
            {icon.map(|glyph| view! { <Icon glyph /> })}
            {children.map(|children| view! { <span>{children()}</span> })}
        </a>
    }
}
