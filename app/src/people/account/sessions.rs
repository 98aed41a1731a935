//! Where one is signed in.

use domain::{SessionRow, Timestamp};
use leptos::prelude::*;

use crate::{
    forms::Sending,
    loading::{Loaded, ask},
    paths,
    people::session::rpc::{delete_sessions, list_sessions},
    ui::{Badge, Button, Cell, Column, ConfirmDialog, DataTable, Glyph, Row, RowHeader, Section, Tone, use_toasts},
};

/// The list of sessions, and the button that ends the others.
pub(super) fn sessions_section() -> impl IntoView {
    let sessions = ask(|| (), |()| list_sessions());
    let (open, sending, toasts) = (RwSignal::new(false), Sending::new(), use_toasts());
    let sign_out = move || {
        sending.run(delete_sessions(), move |answer| match answer {
            Ok(()) => _ = window().location().set_href(&paths::login()),
            Err(error) => {
                open.set(false);
                toasts.error(error.to_string());
            }
        });
    };
    let actions = move || view! { <Button icon=Glyph::SignOut on_click=move || open.set(true)>"Sign out everywhere"</Button> };
    view! {
        <Section title="Sessions" description="Where you are signed in. If you don’t recognize one, sign out everywhere and change your password." actions>
            <Loaded resource=sessions view=Callback::new(|rows| table(rows).into_any()) />
            <ConfirmDialog
                id="sign-out-everywhere"
                title="Sign out everywhere?"
                body="You will be signed out on every device, this one included, and can sign in again at once. What isn’t saved elsewhere is lost."
                confirm="Sign out everywhere"
                danger=true
                open
                busy=sending.busy()
                on_confirm=sign_out
            />
        </Section>
    }
}

fn table(rows: Vec<SessionRow>) -> impl IntoView {
    let columns = ["Device", "Address", "Last seen", "Signed in"].map(Column::new).to_vec();
    view! { <DataTable caption="Your sessions" columns>{rows.into_iter().map(row).collect_view()}</DataTable> }
}

fn row(row: SessionRow) -> impl IntoView {
    view! {
        <Row>
            <RowHeader>
                <span class="row">{device(&row.user_agent)}{row.current.then(|| view! { <Badge tone=Tone::Positive text="This one" /> })}</span>
            </RowHeader>
            <Cell label="Address">{row.ip}</Cell>
            <Cell label="Last seen">{time(row.last_seen)}</Cell>
            <Cell label="Signed in">{time(row.created)}</Cell>
        </Row>
    }
}

fn time(time: Timestamp) -> impl IntoView {
    view! { <time datetime=time.rfc3339()>{time.minute()}</time> }
}

/// Browser and system, as far as its description of itself is known; the description itself otherwise.
fn device(user_agent: &str) -> String {
    // The order matters: most browsers also claim to be the ones after them.
    const BROWSERS: [(&str, &str); 6] =
        [("Edg", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("FxiOS/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari")];
    const SYSTEMS: [(&str, &str); 7] = [
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("Windows", "Windows"),
        ("Mac OS X", "macOS"),
        ("CrOS", "ChromeOS"),
        ("Linux", "Linux"),
    ];
    let known = |names: &[(&str, &'static str)]| names.iter().find(|(mark, _)| user_agent.contains(mark)).map(|(_, name)| *name);
    match (known(&BROWSERS), known(&SYSTEMS)) {
        (Some(browser), Some(system)) => format!("{browser} on {system}"),
        _ if user_agent.is_empty() => "Unknown device".to_owned(),
        _ => user_agent.chars().take(80).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::device;

    #[test]
    fn devices_are_told_in_plain_words() {
        let chrome = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36";
        let iphone =
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1";
        let edge = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36 Edg/131.0.0.0";
        for (user_agent, words) in
            [(chrome, "Chrome on Linux"), (iphone, "Safari on iPhone"), (edge, "Edge on Windows"), ("curl/8.5", "curl/8.5"), ("", "Unknown device")]
        {
            assert_eq!(device(user_agent), words);
        }
    }
}
