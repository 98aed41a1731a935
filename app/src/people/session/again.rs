//! When the session of a page ends, the page is hidden and a dialog asks to sign in again. Then the page continues where it was, and the refused requests
//! are sent again. Where wrong codes ended it, the dialog is the sign-in page: by its address, by its title, and for who reloads it.

use domain::{CodeDraft, SignInDraft, SignInStep, UserId, limits};
use leptos::{ev, html, prelude::*};

#[cfg(feature = "hydrate")]
use super::page_session::{self, PageSession};
use super::rpc::{create_session, get_session_state};
use crate::{
    caller::use_caller,
    error::UiError,
    forms::{FormErrors, FormSummary, Sending},
    paths,
    people::factor::rpc::finish_sign_in,
    transport::Waiting,
    ui::{Button, ButtonVariant, CodeField, Debounce, Notice, PRODUCT, PasswordField, TextField, Tone},
};

/// The longest time between two checks of the session, in seconds.
const LOOK_SECONDS: i64 = 60;

/// Watches the session of the page.
#[derive(Clone, Copy)]
struct Watch {
    user: UserId,
    over: RwSignal<bool>,
    /// Whether the dialog is the sign-in page: a code was refused together with its session.
    sign_in_page: RwSignal<bool>,
    /// The requests that wait for the next sign-in.
    waiting: Waiting,
    timer: Debounce,
}

impl Watch {
    /// Checks the session when the window becomes visible, and at intervals.
    fn begin(user: UserId) -> Self {
        let over = RwSignal::new(false);
        let watch = Self { user, over, sign_in_page: RwSignal::new(false), waiting: Waiting::new(over), timer: Debounce::new() };
        Effect::new(move |_| {
            #[cfg(feature = "hydrate")]
            page_session::begin(PageSession { user, over, sign_in_page: watch.sign_in_page, waiting: watch.waiting });
            let shown = ["visibilitychange", "focus"].map(|event| window_event_listener_untyped(event, move |_| watch.look()));
            watch.look_in(LOOK_SECONDS);
            on_cleanup(move || {
                shown.into_iter().for_each(WindowListenerHandle::remove);
                watch.timer.cancel();
            });
        });
        watch
    }

    fn look_in(self, seconds: i64) {
        let time = std::time::Duration::from_secs(seconds.clamp(1, LOOK_SECONDS).unsigned_abs());
        self.timer.call_in(time, move || self.look());
    }

    /// Asks the server for the state of the session.
    fn look(self) {
        if document().hidden() {
            return;
        }
        leptos::task::spawn_local(async move {
            let Ok(state) = get_session_state().await else { return self.look_in(LOOK_SECONDS) };
            match state {
                Some(state) if state.user == self.user => {
                    self.go_on();
                    self.look_in(state.ends_in + 1);
                }
                _ => {
                    _ = self.over.try_set(true);
                    self.look_in(LOOK_SECONDS);
                }
            }
        });
    }

    /// Closes the dialog and resumes waiting requests: the same user is signed in.
    fn go_on(self) {
        if self.over.try_get_untracked() == Some(true) {
            self.sign_in_page.set(false);
            self.over.set(false);
            self.waiting.answer(true);
        }
    }

    /// Continues if the same user has signed in. Another user must not see this page's content and gets the start page.
    async fn signed_in(self) -> Result<(), UiError> {
        match get_session_state().await? {
            Some(state) if state.user == self.user => self.go_on(),
            _ => {
                crate::forms::leave_without_warning();
                _ = window().location().set_href(&paths::home());
            }
        }
        Ok(())
    }
}

/// The dialog, closed until the session of the page ends.
#[component]
pub(crate) fn SignInAgain() -> impl IntoView {
    let user = use_caller().user;
    let watch = Watch::begin(user.id);
    let (login, password) = (RwSignal::new(user.login), RwSignal::new(String::new()));
    // Whether the password was right and a code is asked for.
    let (code, by_code) = (RwSignal::new(String::new()), RwSignal::new(false));
    let (errors, sending) = (FormErrors::new(), Sending::new());
    let node = NodeRef::<html::Dialog>::new();
    Effect::new(move |_| {
        let over = watch.over.get();
        if let Some(dialog) = node.get_untracked() {
            if over && !dialog.open() {
                _ = dialog.show_modal();
                crate::ui::focus(crate::ui::field_id(PASSWORD));
            } else if !over && dialog.open() {
                dialog.close();
            }
        }
    });
    // Where the page was before the sign-in page took its address.
    let left = StoredValue::new(None::<Left>);
    Effect::new(move |_| match (watch.sign_in_page.get(), left.try_update_value(Option::take).flatten()) {
        (true, None) => left.set_value(Some(Left::for_sign_in_page())),
        (false, Some(page)) => page.come_back(),
        (_, page) => left.set_value(page),
    });
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let draft = SignInDraft { login: login.get_untracked(), password: password.get_untracked() };
        let typed = by_code.get_untracked().then(|| CodeDraft { code: code.get_untracked(), trust: false });
        let signed_in = async move {
            let lacks = match typed {
                Some(typed) => finish_sign_in(typed, String::new()).await.map(|()| None)?,
                None => create_session(draft, String::new()).await?,
            };
            match lacks {
                None => watch.signed_in().await.map(|()| false),
                Some(SignInStep::Prove) => Ok(true),
                Some(step @ SignInStep::SetUp) => {
                    crate::forms::leave_without_warning();
                    _ = window().location().set_href(&paths::second_factor(step, &paths::home()));
                    Ok(false)
                }
            }
        };
        sending.run(signed_in, move |answer| {
            password.set(String::new());
            code.set(String::new());
            match answer {
                Ok(wants_code) => {
                    by_code.set(wants_code);
                    errors.reset();
                }
                Err(error) => {
                    by_code.update(|by_code| *by_code &= !error.is_signed_out());
                    errors.refuse(error);
                }
            }
        });
    };
    // Rendered only while open: a hidden form would offer its fields to password managers and label look-ups.
    let form = move || {
        view! {
            <header class="dialog-header"><h2 id="sign-in-again-title">{move || if watch.sign_in_page.get() { "Sign in" } else { "Sign in again" }}</h2></header>
            <form class="form" method="dialog" novalidate on:submit=submit>
                <div class="dialog-body stack">
                    {move || watch.sign_in_page.get().then(|| view! { <Notice tone=Tone::Danger title="Your session expired, or you entered three wrong codes." /> })}
                    <p>{move || (!watch.sign_in_page.get()).then_some("Your session has ended. ")}"Sign in to continue where you left off. Nothing you typed is lost."</p>
                    <FormSummary errors />
                    {move || if by_code.get() {
                        view! { <CodeField name=CODE value=code hint="From your authenticator app, or a recovery code." /> }.into_any()
                    } else {
                        view! {
                            <TextField name=LOGIN label="Login name" value=login autocomplete="username" input_mode="email" required=true max_length=limits::LOGIN />
                            <PasswordField name=PASSWORD label="Password" value=password required=true />
                        }.into_any()
                    }}
                </div>
                <footer class="dialog-footer actions">
                    <Button variant=ButtonVariant::Primary submit=true busy=sending.busy()>"Sign in"</Button>
                </footer>
            </form>
        }
    };
    view! {
        <dialog
            class="dialog sign-in-again"
            id="sign-in-again"
            closedby="none"
            aria-labelledby="sign-in-again-title"
            data-over=move || watch.over.get().then_some("")
            data-sign-in-page=move || watch.sign_in_page.get().then_some("")
            node_ref=node
            on:close=move |_| {
                // Browsers let a second Escape close a dialog anyway, so it is opened again.
                if let Some(dialog) = node.get_untracked().filter(|_| watch.over.get_untracked()) {
                    _ = dialog.show_modal();
                }
            }
            on:cancel=|event: leptos::ev::Event| event.prevent_default()
        >
            {move || watch.over.get().then(form)}
        </dialog>
    }
}

/// What the window showed before it led to the sign-in page.
struct Left {
    address: String,
    title: String,
}

impl Left {
    /// Gives the window the address and the title of the sign-in page. The page isn't loaded anew, so all that was typed is still there.
    fn for_sign_in_page() -> Self {
        let place = window().location();
        let address = [place.pathname(), place.search(), place.hash()].into_iter().flatten().collect::<String>();
        let left = Self { address, title: document().title() };
        show(&paths::login_then(&left.address), &format!("Sign in · {PRODUCT}"));
        left
    }

    fn come_back(self) {
        show(&self.address, &self.title);
    }
}

fn show(address: &str, title: &str) {
    document().set_title(title);
    if let Ok(history) = window().history() {
        _ = history.replace_state_with_url(&history.state().unwrap_or_default(), "", Some(address));
    }
}

const LOGIN: &str = "again.login";
const PASSWORD: &str = "again.password";
const CODE: &str = "again.code";
