//! A user's picture, to see and to change.

use domain::{ImageFormat, User, UserId};
use leptos::{html, prelude::*};

use super::rpc::remove_user_picture;
use crate::{
    caller::{OwnPicture, use_caller},
    forms::Sending,
    paths,
    ui::{Button, ButtonSize, ButtonVariant, Glyph, initials, press, use_toasts},
};
#[cfg(feature = "hydrate")]
use crate::{error::UiError, upload};

/// The picture, and the buttons to choose another or none; why not, where the reader may not. `changed` is told of the user as it is then.
pub(crate) fn picture(user: &User, refused: Option<String>, changed: Callback<User>) -> AnyView {
    let (id, name) = (user.row.id, user.row.profile.name());
    let own = expect_context::<OwnPicture>();
    let is_own = use_caller().user.id == id;
    let changed = Callback::new(move |user: User| {
        if is_own {
            own.set(user.picture.as_ref().map(|picture| picture.id.clone()));
        }
        changed.run(user);
    });
    let there = user.picture.is_some();
    let shown = match &user.picture {
        Some(picture) => view! { <img src=paths::user_picture(id, &picture.id) alt=format!("Picture of {name}") /> }.into_any(),
        None => view! { <span aria-hidden="true">{initials(&name)}</span> }.into_any(),
    };
    let (sending, fault, toasts) = (Sending::new(), RwSignal::new(None::<String>), use_toasts());
    let input = NodeRef::<html::Input>::new();
    let busy = RwSignal::new(false);
    let remove = move || {
        fault.set(None);
        sending.run(remove_user_picture(id), move |answer| match answer {
            Ok(user) => {
                toasts.success("The picture was removed.".to_owned());
                changed.run(user);
            }
            Err(error) => fault.set(Some(error.to_string())),
        });
    };
    let kinds = ImageFormat::ALL.iter().map(|format| format.media_type()).collect::<Vec<_>>().join(",");
    let (choose_refused, remove_refused) = (refused.clone(), refused);
    let words = if there { "Choose another picture" } else { "Choose a picture" };
    let removal = there.then(|| {
        view! {
            <Button size=ButtonSize::Small variant=ButtonVariant::Quiet icon=Glyph::Trash busy=sending.busy() disabled_because=remove_refused on_click=remove>
                "Remove"
            </Button>
        }
    });
    view! {
        <div class="portrait">
            <div class="portrait-picture">{shown}</div>
            <div class="stack-small" data-needs-script="">
                <div class="row">
                    <Button size=ButtonSize::Small icon=Glyph::Upload busy disabled_because=choose_refused on_click=move || press(input)>{words}</Button>
                    {removal}
                </div>
                <input
                    type="file"
                    hidden=true
                    aria-label=words
                    accept=kinds
                    node_ref=input
                    on:change=move |event| send(id, &event, busy, fault, changed)
                />
                <p class="field-error" role="status">{fault}</p>
            </div>
        </div>
    }
    .into_any()
}

/// Sends the file that was chosen.
#[cfg(feature = "hydrate")]
fn send(id: UserId, event: &leptos::ev::Event, busy: RwSignal<bool>, fault: RwSignal<Option<String>>, changed: Callback<User>) {
    let Some(file) = upload::chosen(event).into_iter().next() else { return };
    fault.set(upload::refused_image(&file).map(ToOwned::to_owned));
    if fault.with_untracked(Option::is_some) {
        return;
    }
    busy.set(true);
    leptos::task::spawn_local(async move {
        let answer: Result<User, UiError> = upload::send(&file, &paths::user_pictures(id), |_| ()).await;
        _ = busy.try_set(false);
        match answer {
            Ok(user) => _ = changed.try_run(user),
            Err(error) => {
                let sentence = error.violations().iter().next().map(|violation| violation.message.clone());
                _ = fault.try_set(Some(sentence.unwrap_or_else(|| error.to_string())));
            }
        }
    });
}

#[cfg(not(feature = "hydrate"))]
fn send(_: UserId, _: &leptos::ev::Event, _: RwSignal<bool>, _: RwSignal<Option<String>>, _: Callback<User>) {}
