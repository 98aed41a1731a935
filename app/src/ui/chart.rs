//! Numbers, drawn. Each bar stands beside its number in words, so a picture never says anything alone.

use leptos::prelude::*;

use super::Tone;

/// A bar of a chart: a number, what it counts, and where that is listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bar {
    /// What is counted.
    pub label: String,
    /// The same in a few letters, for a narrow column.
    pub short: String,
    /// How long the bar is.
    pub number: u64,
    /// The number for people.
    pub text: String,
    /// The list of what is counted.
    pub href: String,
    /// Its colour.
    pub tone: Tone,
}

/// Bars one below the other, each a link.
#[component]
pub fn BarRows(
    /// The bars.
    bars: Vec<Bar>,
) -> impl IntoView {
    let longest = longest(&bars);
    let row = |Bar { label, number, text, href, tone, .. }: Bar| {
        let width = percent(number, longest);
        view! {
            <li>
                <a class="bar-row" href=href>
                    <span>{label}</span>
                    <strong>{text}</strong>
                    <svg class="bar" data-tone=tone.name() viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true" focusable="false">
                        <rect class="bar-ground" width="100" height="1" />
                        <rect class="bar-fill" width=width height="1" />
                    </svg>
                </a>
            </li>
        }
    };
    view! { <ul class="bar-rows">{bars.into_iter().map(row).collect_view()}</ul> }
}

/// Bars side by side, each a link: for what changes over time.
#[component]
pub fn BarColumns(
    /// The bars, from left to right.
    bars: Vec<Bar>,
) -> impl IntoView {
    let longest = longest(&bars);
    let column = |Bar { label, short, number, text, href, tone }: Bar| {
        let (height, title) = (percent(number, longest), format!("{label}: {text}"));
        view! {
            <li>
                <a class="bar-column" href=href title=title>
                    <span class="visually-hidden">{label}": "</span>
                    <span class="bar-number">{text}</span>
                    <svg class="bar" data-tone=tone.name() viewBox="0 0 1 100" preserveAspectRatio="none" aria-hidden="true" focusable="false">
                        <rect class="bar-ground" width="1" height="100" />
                        <rect class="bar-fill" width="1" y={100 - height} height=height />
                    </svg>
                    <span aria-hidden="true">{short}</span>
                </a>
            </li>
        }
    };
    view! { <ol class="bar-columns">{bars.into_iter().map(column).collect_view()}</ol> }
}

fn longest(bars: &[Bar]) -> u64 {
    bars.iter().map(|bar| bar.number).max().unwrap_or_default()
}

/// Whole per cent of the longest bar; at least one for what isn't nothing, so that it can be seen.
fn percent(number: u64, longest: u64) -> u64 {
    let percent = number.saturating_mul(100).checked_div(longest).unwrap_or_default();
    percent.max(u64::from(number > 0))
}

#[cfg(test)]
mod tests {
    use super::percent;

    #[test]
    fn the_longest_bar_is_whole_and_the_shortest_is_seen() {
        assert_eq!([percent(0, 0), percent(0, 9), percent(1, 1_000_000), percent(50, 200), percent(200, 200)], [0, 0, 1, 25, 100]);
    }
}
