//! The page of the partner's own settings: from where its users may come, and how long audit records are stored.

use domain::{Draft, PartnerSettings, Permission, Scope};
use leptos::prelude::*;

use super::rpc::{get_settings, update_settings};
use crate::{
    audit::retention_section,
    caller::{refusal, use_caller},
    forms::{Form, FormErrors, Sending, Unsaved, violations_of},
    loading::{Answer, Loaded, ask},
    ui::{Button, ButtonVariant, Crumb, Glyph, Notice, Page, Section, SwitchField, TextArea, Tone, use_toasts},
};

/// What the resource of the page holds.
type Settings = Answer<(PartnerSettings, String)>;

/// The partner's own settings.
#[component]
pub fn SettingsPage() -> impl IntoView {
    let answer: Settings = ask(|| (), |()| get_settings());
    let form = move |(settings, address)| view! { <SettingsForm settings address reload=Callback::new(move |()| answer.refetch()) /> }.into_any();
    // Without the permission, the section above says so already.
    let may_view = refusal(Permission::SettingView, Scope::Partner(use_caller().partner)).is_none();
    view! {
        <Page title="Settings" crumbs=vec![Crumb::text("Administration"), Crumb::text("Settings")] narrow=true>
            <Loaded resource=answer view=Callback::new(form) />
            {may_view.then(retention_section)}
        </Page>
    }
}

#[component]
fn SettingsForm(settings: PartnerSettings, address: String, reload: Callback<()>) -> impl IntoView {
    let (restrict, allowed) = (RwSignal::new(settings.restrict_ips), RwSignal::new(settings.allowed_ips.replace(',', "\n")));
    let version = RwSignal::new(settings.version);
    let (require, trust) = (RwSignal::new(settings.require_second_factor), RwSignal::new(settings.trust_browsers));
    let typed = Signal::derive(move || PartnerSettings {
        restrict_ips: restrict.get(),
        allowed_ips: allowed.get(),
        require_second_factor: require.get(),
        trust_browsers: trust.get(),
        version: version.get(),
    });
    let restriction = Memo::new(move |_| typed.get().check(()));
    let errors = FormErrors::with_rules(Signal::derive(move || violations_of(restriction.get())));
    let (unsaved, outdated) = (Unsaved::of(move || (restrict.get(), allowed.get(), require.get(), trust.get())), RwSignal::new(false));
    let (sending, toasts) = (Sending::new(), use_toasts());
    let save = move || {
        sending.run(update_settings(typed.get_untracked()), move |answer| match answer {
            Ok(saved) => {
                version.set(saved.version);
                allowed.set(saved.allowed_ips.replace(',', "\n"));
                errors.reset();
                unsaved.saved();
                toasts.success("The settings were saved.");
            }
            Err(error) => {
                outdated.set(error.is_conflict());
                errors.refuse(error);
            }
        });
    };
    let refused = refusal(Permission::SettingManage, Scope::Partner(use_caller().partner));
    let read_only = refused.is_some();
    let (own, error) = (address.clone(), errors.of("allowed_ips"));
    let locked_out = Memo::new(move |_| match (restriction.get(), own.parse()) {
        (Ok(restriction), Ok(own)) => !restriction.allows(Some(own)),
        _ => false,
    });
    view! {
        <Section title="Access" description="Where your users can use the console and API from, and how they sign in. Each client has its own settings.">
            <Form errors unsaved on_submit=save>
                <SwitchField name="restrict_ips" label="Only from the addresses below" value=restrict error=errors.of("restrict_ips") disabled=read_only />
                <TextArea
                    name="allowed_ips"
                    label="Allowed addresses"
                    hint="One per line: 10.1.2.7, 10.1.2.*, 10.1.3.[0-50], 10.1.0.0/16, 2001:db8::/32."
                    value=allowed
                    rows=6
                    error=errors.of("allowed_ips")
                    on_blur=errors.leave("allowed_ips")
                    disabled=read_only
                />
                <SwitchField
                    name="require_second_factor"
                    label="Require two-factor authentication"
                    hint="For all users, including your clients’. Anyone without it sets it up at their next sign-in."
                    value=require
                    error=errors.of("require_second_factor")
                    disabled=read_only
                />
                <SwitchField
                    name="trust_browsers"
                    label="Allow trusted browsers"
                    hint="Users can skip the code for 30 days in browsers they trust."
                    value=trust
                    disabled=read_only
                />
                <p>"Your address now: "<code>{address}</code></p>
                {move || {
                    (locked_out.get() && error.with(Option::is_none)).then(|| view! {
                        <Notice tone=Tone::Warning title="This list would lock you out">
                            <p>"Your current address isn’t on the list. Add it before you save."</p>
                        </Notice>
                    })
                }}
                <div class="actions">
                    <Button variant=ButtonVariant::Primary submit=true busy=sending.busy() disabled_because=refused>"Save"</Button>
                    {move || {
                        outdated.get().then(|| view! { <Button icon=Glyph::Refresh on_click=reload>"Load the current settings"</Button> })
                    }}
                </div>
            </Form>
        </Section>
    }
}
