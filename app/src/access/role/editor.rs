//! Choosing what a role is, with what it amounts to beside it, and a look at what changes before it is saved.

use domain::RoleSummary;
use leptos::prelude::*;

use super::{
    amount::{Amounts, amount_section},
    form::{RoleForm, clients_section, credentials_section, devices_section, people_section, sets_section, text_section},
    open::Editable,
    review::review,
    rpc::{create_role, update_role},
};
use crate::{
    forms::{Form, Sending, Unsaved},
    ui::{Button, ButtonLink, ButtonVariant, Dialog, Glyph, use_toasts},
};

/// Where an editor stands.
#[derive(Clone)]
pub(super) struct Place {
    /// Where one goes who doesn't want to change anything.
    pub(super) back: String,
    /// Whether the role can be about several clients; a client's own can't.
    pub(super) clients: bool,
    /// Gets the role as it was saved.
    pub(super) saved: Callback<RoleSummary>,
    /// Reads the role again.
    pub(super) reload: Callback<()>,
}

/// The editor of a role; a new one has no version.
#[component]
pub(super) fn Editor(
    form: RoleForm,
    version: Option<i64>,
    editable: Editable,
    place: Place,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let Place { back, clients, saved, reload } = place;
    let amounts = Amounts::new(form);
    let (reviewing, outdated) = (RwSignal::new(false), RwSignal::new(false));
    let unsaved = Unsaved::when(Signal::derive(move || form.is_changed()));

    let look = move || {
        amounts.ask_now();
        reviewing.set(true);
    };
    let (sending, toasts) = (Sending::new(), use_toasts());
    let save = move || {
        let (role, draft) = (form.role.get_value(), form.draft.get_untracked());
        let call = async move {
            match role.zip(version) {
                Some((role, version)) => update_role(role, version, draft).await,
                None => create_role(draft).await,
            }
        };
        sending.run(call, move |answer| {
            reviewing.set(false);
            match answer {
                Ok(role) => {
                    unsaved.saved();
                    toasts.success(format!("{} was saved.", role.name));
                    saved.run(role);
                }
                Err(error) => {
                    outdated.set(error.is_conflict());
                    form.errors.refuse(error);
                }
            }
        });
    };
    let is_new = version.is_none();
    let unready = Signal::derive(move || (!is_new && !form.is_changed()).then(|| "Nothing is changed yet.".to_owned()));
    let actions = move || {
        view! {
            <Button on_click=move || reviewing.set(false)>"Go back to editing"</Button>
            <Button variant=ButtonVariant::Primary busy=sending.busy() on_click=save>"Save"</Button>
        }
    };
    view! {
        <div class="role-editor">
            <Form errors=form.errors unsaved on_submit=look>
                {sections(form, editable, clients)}
                <div class="form-bar">
                    <div class="actions push">
                        {move || outdated.get().then(|| view! { <Button icon=Glyph::Refresh on_click=reload>"Load the role again"</Button> })}
                        <ButtonLink href=back.clone()>"Cancel"</ButtonLink>
                        <Button variant=ButtonVariant::Primary submit=true disabled_because=unready>"Review and save"</Button>
                    </div>
                </div>
                {children.map(|children| children())}
            </Form>
            <aside class="role-amounts" aria-label="Effective access">{amount_section(amounts)}</aside>
        </div>
        <Dialog id="review" title="Review changes" open=reviewing wide=true actions>
            {move || reviewing.get().then(|| review(amounts))}
        </Dialog>
    }
}

/// The sections that the reader may change.
fn sections(form: RoleForm, editable: Editable, clients: bool) -> Option<AnyView> {
    match editable {
        Editable::All => Some(
            view! {
                {text_section(form)}
                {sets_section(form)}
                {people_section(form)}
                {clients.then(|| clients_section(form))}
                {devices_section(form)}
                {credentials_section(form)}
            }
            .into_any(),
        ),
        Editable::People => Some(people_section(form)),
        Editable::Nothing => None,
    }
}
