//! Making a user: a form, and then the one-time link by which it comes in.

use domain::{ClientId, NewlyMade, Permission, Scope};
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

use super::{
    form::{UserForm, access_section, account_section, contact_section},
    invite::invitation_card,
    list::USERS,
    organization_picker,
    rpc::create_user,
};
use crate::{
    caller::{refusal, use_caller},
    clients::client::{ClientTab, back_from_form, form_for_client, picked_client},
    forms::{Form, Sending, Unsaved, replacing},
    paths,
    thing::{belongs_to, may_not},
    ui::{Button, ButtonLink, ButtonVariant, Choice, Crumb, Page, PasswordField, Picked, RadioGroup, Section, use_toasts},
};

/// The page.
#[component]
pub fn NewUserPage() -> impl IntoView {
    let made = RwSignal::new(None::<NewlyMade>);
    let title = Signal::derive(move || made.with(|made| made.as_ref().map_or("Add user".to_owned(), |made| made.user.row.profile.name())));
    let content = match refusal(Permission::UserManage, Scope::Visible) {
        Some(reason) => may_not("You can’t add users", reason),
        None => IntoAny::into_any(move || match made.get() {
            Some(NewlyMade { user, invitation: Some(invitation) }) => view! {
                {invitation_card(&invitation)}
                <div class="actions">
                    <ButtonLink href=paths::user(user.row.id) variant=ButtonVariant::Primary>"See the user"</ButtonLink>
                    <ButtonLink href=paths::users(&domain::UserQuery::default())>"To the list"</ButtonLink>
                </div>
            }
            .into_any(),
            _ => form_for_client(move |chosen| view! { <NewUserForm made chosen /> }.into_any()),
        }),
    };
    view! { <Page title crumbs=USERS.crumbs([Crumb::text("Add")]) narrow=true>{content}</Page> }
}

#[component]
fn NewUserForm(made: RwSignal<Option<NewlyMade>>, chosen: Picked) -> impl IntoView {
    let caller = use_caller();
    let form = UserForm::new(None);
    let own = caller.client;
    let back = back_from_form(ClientTab::Users, paths::users(&domain::UserQuery::default()));
    let client = Memo::new(move |_| own.or_else(|| picked_client(chosen)));
    let by_password = RwSignal::new(String::from("no"));
    Effect::new(move |before: Option<Option<ClientId>>| {
        let now = client.get();
        if before.is_some_and(|before| before != now) {
            form.access.clear();
        }
        now
    });
    let unsaved = Unsaved::of(move || (form.draft.get(), chosen.added()));

    let (sending, toasts, navigate) = (Sending::new(), use_toasts(), use_navigate());
    let save = move || {
        let navigate = navigate.clone();
        let mut draft = form.draft.get_untracked();
        draft.password = draft.password.filter(|_| by_password.get_untracked() == "yes");
        sending.run(create_user(client.get_untracked(), draft), move |answer| match answer {
            Ok(new) => {
                unsaved.saved();
                toasts.success(format!("{} was added.", new.user.row.profile.name()));
                if new.invitation.is_none() {
                    navigate(&paths::user(new.user.row.id), replacing());
                } else {
                    made.set(Some(new));
                }
            }
            Err(error) => form.errors.refuse(error),
        });
    };
    let errors = form.errors;
    let organization = belongs_to(&caller.organization);
    view! {
        <Form errors unsaved focus_first=true on_submit=save>
            {own.is_none().then(|| view! {
                <Section title="Organization">{organization_picker(chosen, &organization, errors.of("client"))}</Section>
            })}
            {account_section(form)}
            {first_sign_in_section(form, by_password)}
            {move || access_section(form.access, client.get(), errors)}
            {contact_section(form)}
            <div class="form-bar">
                <div class="actions push">
                    <ButtonLink href=back>"Cancel"</ButtonLink>
                    <Button variant=ButtonVariant::Primary submit=true busy=sending.busy()>"Add user"</Button>
                </div>
            </div>
        </Form>
    }
}

/// Whether the user gets a link or a password, and the password.
fn first_sign_in_section(form: UserForm, by_password: RwSignal<String>) -> AnyView {
    let errors = form.errors;
    let ways = vec![
        Choice::new("no", "By a password link").with_detail(
            "You get the link when the user is added, and they choose a password with it. If e-mail is set up, we also send it to them.",
        ),
        Choice::new("yes", "By a password").with_detail("You choose the password and share it with the user."),
    ];
    let password = move || {
        (by_password.get() == "yes").then(|| {
            view! {
                <PasswordField
                    name="password"
                    label="Password"
                    hint="At least 7 characters, with a digit, a special character, a lower and an upper case letter."
                    value=form.password
                    autocomplete="new-password"
                    error=errors.of("password")
                    on_blur=errors.leave("password")
                    required=true
                />
            }
        })
    };
    view! {
        <Section title="First sign-in">
            <RadioGroup name="by_password" label="How will they sign in?" value=by_password options=ways />
            {password}
        </Section>
    }
    .into_any()
}
