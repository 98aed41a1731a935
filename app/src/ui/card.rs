//! Frames for content, and content to read.

use leptos::{html, prelude::*};

use super::{Glyph, Icon, given};

/// A titled part of a page: heading and description, then what belongs to it.
#[component]
pub fn Section(
    /// The heading.
    #[prop(into)]
    title: String,
    /// What it is for.
    #[prop(optional, into)]
    description: String,
    /// An id to link to.
    #[prop(optional, into)]
    id: String,
    /// Buttons beside the heading.
    #[prop(optional, into)]
    actions: ViewFn,
    /// The content.
    children: Children,
) -> impl IntoView {
    view! {
        <section class="section" id=given(id)>
            <header class="section-header">
                <div>
                    <h2>{title}</h2>
                    {given(description).map(|description| view! { <p>{description}</p> })}
                </div>
                <div class="actions">{actions.run()}</div>
            </header>
            <div class="section-body">{children()}</div>
        </section>
    }
}

/// A section that most people leave alone: folded, with what is set in its heading.
#[component]
pub fn FoldedSection(
    /// The heading.
    #[prop(into)]
    title: String,
    /// What is set.
    #[prop(into)]
    value: Signal<String>,
    /// Whether it begins open.
    #[prop(optional)]
    open: bool,
    /// What it is for.
    #[prop(optional, into)]
    description: String,
    /// An id to link to.
    #[prop(into)]
    id: String,
    /// Buttons above the content.
    #[prop(optional, into)]
    actions: ViewFn,
    /// The content.
    children: Children,
) -> impl IntoView {
    let node = NodeRef::<html::Details>::new();
    // What is wrong is in sight, also for who comes back to it.
    Effect::new(move |_| {
        if let Some(details) = node.get()
            && details.query_selector("[aria-invalid]").is_ok_and(|wrong| wrong.is_some())
        {
            _ = details.set_attribute("open", "");
        }
    });
    view! {
        <section class="section" id=id>
            <details class="fold" open=open node_ref=node>
                <summary>
                    <h2>{title}</h2>
                    <span class="fold-value">{move || value.get()}</span>
                    <Icon glyph=Glyph::ChevronDown />
                </summary>
                <div class="section-body">
                    {given(description).map(|description| view! { <p class="muted">{description}</p> })}
                    <div class="actions">{actions.run()}</div>
                    {children()}
                </div>
            </details>
        </section>
    }
}

/// Fields side by side where there is room, one below the other where there isn't.
#[component]
pub fn FieldGrid(
    /// The fields.
    children: Children,
) -> impl IntoView {
    view! { <div class="field-grid">{children()}</div> }
}

/// Details to read, as pairs of label and value.
#[component]
pub fn DescriptionList(
    /// [`Description`]s.
    children: Children,
) -> impl IntoView {
    view! { <dl class="description-list">{children()}</dl> }
}

/// One detail. A missing or empty value is shown as a dash; richer values than text are the children.
#[component]
pub fn Description(
    /// What it is.
    #[prop(into)]
    label: String,
    /// The value as text.
    #[prop(optional_no_strip, into)]
    value: Option<String>,
    /// The value as content.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let value = match (children, value.filter(|value| !value.trim().is_empty())) {
        (Some(children), _) => children().into_any(),
        (None, Some(value)) => value.into_any(),
        (None, None) => view! { <span class="missing" aria-label="not set">"—"</span> }.into_any(),
    };
    view! {
        <div class="description">
            <dt>{label}</dt>
            <dd>{value}</dd>
        </div>
    }
}

/// A text of a table, or a dash where there is none.
#[must_use]
pub fn or_dash(text: String) -> AnyView {
    if text.is_empty() { view! { <span class="missing" aria-label="none">"—"</span> }.into_any() } else { text.into_any() }
}
