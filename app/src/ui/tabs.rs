//! Tabs: the steps of a wizard, and the parts of a page.

use leptos::prelude::*;

use super::{Glyph, Icon};

/// How far a step is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum StepState {
    /// Not yet visited.
    #[default]
    Todo,
    /// Filled in.
    Done,
    /// Something in it must be corrected.
    Error,
}

/// A step of a wizard.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Step {
    /// Its name.
    pub label: String,
    /// Where it is; none while it can't be reached.
    pub href: Option<String>,
    /// How far it is.
    pub state: StepState,
}

/// The steps of a wizard: tabs on a desk, on a phone one line with the rest behind it.
#[component]
pub fn StepTabs(
    /// What the steps lead to, for example "Add client".
    #[prop(into)]
    label: String,
    /// The steps.
    #[prop(into)]
    steps: Signal<Vec<Step>>,
    /// Which one is shown, from 0.
    #[prop(into)]
    current: Signal<usize>,
) -> impl IntoView {
    let count = move || steps.with(Vec::len);
    let name = move || steps.with(|steps| steps.get(current.get()).map(|step| step.label.clone()));
    // One list for both sizes. On a phone the summary shows and hides it; on a desk the summary itself is hidden.
    view! {
        <nav class="steps" aria-label=label>
            <details class="steps-summary">
                <summary>
                    <span class="steps-position">{move || format!("Step {} of {}", current.get() + 1, count())}</span>
                    <span class="steps-name">{name}</span>
                    <Icon glyph=Glyph::ChevronDown />
                    <progress max=move || count().to_string() value=move || (current.get() + 1).to_string() aria-hidden="true"></progress>
                </summary>
            </details>
            <ol>
                {move || {
                    let current = current.get();
                    let item = |(index, step)| step_item(index, step, index == current);
                    steps.get().into_iter().enumerate().map(item).collect_view()
                }}
            </ol>
        </nav>
    }
}

fn step_item(index: usize, step: Step, current: bool) -> impl IntoView {
    let Step { label, href, state } = step;
    let (name, state_text) = match state {
        StepState::Todo => ("todo", ""),
        StepState::Done => ("done", ", done"),
        StepState::Error => ("error", ", to be corrected"),
    };
    let mark = match state {
        StepState::Todo => (index + 1).into_any(),
        StepState::Done => view! { <Icon glyph=Glyph::Check /> }.into_any(),
        StepState::Error => "!".into_any(),
    };
    view! {
        <li>
            <a
                class="step"
                data-state=name
                role=href.is_none().then_some("link")
                aria-disabled=href.is_none().then_some("true")
                aria-current=current.then_some("step")
                href=href
            >
                <span class="step-mark" aria-hidden="true">{mark}</span>
                <span>{label}</span>
                <span class="visually-hidden">{state_text}</span>
            </a>
        </li>
    }
}

/// A part of a page with several.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tab {
    /// Its name.
    pub label: String,
    /// Where it is.
    pub href: String,
    /// How many things it lists, if it says so.
    pub count: Option<String>,
    /// It is shown now.
    pub current: bool,
}

/// Links to the parts of a page, in one row that scrolls where it is too narrow.
#[component]
pub fn TabNav(
    /// What has these parts.
    #[prop(into)]
    label: String,
    /// The parts.
    #[prop(into)]
    tabs: Signal<Vec<Tab>>,
) -> impl IntoView {
    let item = |Tab { label, href, count, current }: Tab| {
        let count = count.map(|count| view! { " "<span class="tab-count">{count}</span> });
        view! { <li><a href=href aria-current=current.then_some("page")>{label}{count}</a></li> }
    };
    view! {
        <nav class="tab-nav" aria-label=label>
            <ul>{move || tabs.get().into_iter().map(item).collect_view()}</ul>
        </nav>
    }
}
