//! The caller's own account.

use domain::User;
use leptos::prelude::*;

use super::{email::email_section, password::password_section, sessions::sessions_section};
use crate::{
    caller::use_caller,
    loading::{Loaded, ask},
    people::{
        factor::second_factor_section,
        user::{picture, rpc::get_user},
    },
    ui::{Description, DescriptionList, Page, Section},
};

/// Who one is, one's password, and where one is signed in.
#[component]
pub fn AccountPage() -> impl IntoView {
    let caller = use_caller();
    let roles = caller.grants.iter().map(|grant| grant.role.as_str()).collect::<Vec<_>>().join("\n");
    let user = ask(move || caller.user.id, get_user);
    let changed = Callback::new(move |changed| user.set(Some(Ok(changed))));
    let shown = move |user: User| picture(&user, None, changed);
    view! {
        <Page title="Account" narrow=true>
            <Section title="You">
                <Loaded resource=user view=Callback::new(shown) />
                <DescriptionList>
                    <Description label="Name" value=caller.user.name() />
                    <Description label="Login name" value=caller.user.login />
                    <Description label="E-mail address" value=caller.user.email />
                    <Description label="Organization" value=format!("{} ({})", caller.organization, caller.client.map_or_else(|| caller.partner.to_string(), |client| client.to_string())) />
                    <Description label="Roles" value=roles />
                </DescriptionList>
            </Section>
            {password_section()}
            {email_section()}
            {second_factor_section()}
            {sessions_section()}
        </Page>
    }
}
