//! Adding a management or a single account.

use domain::{AwsAccountKind, AwsAccountQuery, AwsMemberQuery};
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

use super::{form::AccountForm, frame::crumbs, refused_to_add, rpc::create_aws_account};
use crate::{
    caller::use_caller,
    forms::{Form, Sending, Unsaved, replacing},
    leaving::job::use_jobs,
    paths,
    thing::{may_not, not_found},
    ui::{Button, ButtonLink, ButtonVariant, Crumb, Page, use_toasts},
};

/// Adding a management account.
#[component]
pub fn NewManagementAccountPage() -> impl IntoView {
    page(AwsAccountKind::Management, "Add MSP account")
}

/// Adding an account by itself.
#[component]
pub fn NewSingleAccountPage() -> impl IntoView {
    page(AwsAccountKind::Single, "Add account")
}

fn page(kind: AwsAccountKind, title: &'static str) -> AnyView {
    if use_caller().client.is_some() {
        return not_found(title);
    }
    let content = match refused_to_add() {
        Some(reason) => may_not("You can’t add AWS accounts", reason),
        None => form(kind, title),
    };
    view! { <Page title crumbs=crumbs(kind, [Crumb::text("Add")]) narrow=true>{content}</Page> }.into_any()
}

fn form(kind: AwsAccountKind, title: &'static str) -> AnyView {
    let form = AccountForm::new(kind, None);
    let unsaved = Unsaved::of(move || form.draft.get());
    let (sending, toasts, navigate, jobs) = (Sending::new(), use_toasts(), use_navigate(), use_jobs());
    let save = move || {
        let navigate = navigate.clone();
        form.is_asking.set(true);
        sending.run(create_aws_account(kind, form.draft.get_untracked()), move |answer| {
            form.is_asking.set(false);
            match answer {
                Ok(account) => {
                    unsaved.saved();
                    toasts.success(format!("{} was added.", account.name));
                    jobs.listen();
                    let next = match kind {
                        AwsAccountKind::Management => paths::aws_members(account.id, &AwsMemberQuery::default()),
                        AwsAccountKind::Single | AwsAccountKind::Member => paths::aws_account(account.id),
                    };
                    navigate(&next, replacing());
                }
                Err(error) => form.errors.refuse(error),
            }
        });
    };
    view! {
        <Form errors=form.errors unsaved focus_first=true on_submit=save>
            {form.sections()}
            <div class="form-bar">
                <div class="actions push">
                    <ButtonLink href=paths::aws_accounts(kind, &AwsAccountQuery::default())>"Cancel"</ButtonLink>
                    <Button variant=ButtonVariant::Primary submit=true busy=sending.busy()>{title}</Button>
                </div>
            </div>
        </Form>
    }
    .into_any()
}
