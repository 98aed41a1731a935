//! The table of sessions, on the account page and on the page of a user.

use domain::{SessionId, SessionRow, device_name};
use leptos::prelude::*;

use crate::{
    error::UiError,
    forms::Sending,
    loading::{Answer, Loaded},
    moment::moment,
    ui::{Badge, Button, ButtonSize, Cell, Column, DataTable, Row, RowHeader, Tone, use_toasts},
};

/// Where somebody is signed in. Every session but the reader's own can be ended.
pub(crate) fn sessions_table<Fut>(
    caption: &'static str,
    sessions: Answer<Vec<SessionRow>>,
    end: impl Fn(SessionId) -> Fut + Send + Sync + 'static,
) -> impl IntoView
where
    Fut: Future<Output = Result<(), UiError>> + 'static,
{
    let (sending, toasts) = (Sending::new(), use_toasts());
    let end = Callback::new(move |id: SessionId| {
        sending.run(end(id), move |answer| {
            match answer {
                Ok(()) => toasts.success("The session has ended."),
                Err(error) => toasts.error(error.to_string()),
            }
            sessions.refetch();
        });
    });
    view! { <Loaded resource=sessions view=Callback::new(move |rows| table(caption, rows, end)) /> }
}

fn table(caption: &'static str, sessions: Vec<SessionRow>, end: Callback<SessionId>) -> AnyView {
    if sessions.is_empty() {
        return view! { <p class="muted">"Not signed in anywhere."</p> }.into_any();
    }
    let columns = ["Device", "Address", "Last seen", "Signed in"].map(Column::new).into_iter().chain([Column::quiet("Actions")]).collect::<Vec<_>>();
    view! { <DataTable caption columns>{sessions.into_iter().map(|session| row(session, end)).collect_view()}</DataTable> }.into_any()
}

fn row(session: SessionRow, end: Callback<SessionId>) -> impl IntoView {
    let SessionRow { id, created, last_seen, ip, user_agent, current } = session;
    let device = device_name(&user_agent);
    let name = format!(" {device} at {ip}");
    let button = (!current).then(|| {
        view! {
            <span data-needs-script="">
                <Button size=ButtonSize::Small on_click=move || end.run(id)>"End"<span class="visually-hidden">{name}</span></Button>
            </span>
        }
    });
    view! {
        <Row>
            <RowHeader>
                <span class="row">{device}{current.then(|| view! { <Badge tone=Tone::Positive text="This device" /> })}</span>
            </RowHeader>
            <Cell label="Address">{ip}</Cell>
            <Cell label="Last seen">{moment(last_seen)}</Cell>
            <Cell label="Signed in">{moment(created)}</Cell>
            <Cell corner=true>{button}</Cell>
        </Row>
    }
}
