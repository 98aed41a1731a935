//! Who and where the client is, and from where its users may come.

use domain::{country_time_zone, limits};
use leptos::prelude::*;

use super::fold::fold;
use crate::{
    clients::client::form::{ClientForm, ClientSignals},
    forms::{TimeZoneField, countries},
    ui::{Combobox, FieldGrid, Section, SwitchField, TextArea, TextField},
};

/// A line of text of the table below.
struct Line {
    name: &'static str,
    label: &'static str,
    kind: &'static str,
    max: usize,
    value: fn(&ClientSignals) -> RwSignal<String>,
}

const fn line(name: &'static str, label: &'static str, kind: &'static str, max: usize, value: fn(&ClientSignals) -> RwSignal<String>) -> Line {
    Line { name, label, kind, max, value }
}

/// The rest of the address, as it is written.
const PLACE: [Line; 3] = [
    line("city", "City", "text", limits::PLACE, |fields| fields.city),
    line("state", "State", "text", limits::PLACE, |fields| fields.state),
    line("zip", "Zip", "text", limits::ZIP, |fields| fields.zip),
];

/// Whom to ask there, and what the client is called elsewhere.
const CONTACT: [Line; 5] = [
    line("contact_person", "Contact Person", "text", limits::NAME, |fields| fields.contact_person),
    line("email", "Email", "email", limits::EMAIL, |fields| fields.email),
    line("phone", "Phone Number", "tel", limits::PHONE, |fields| fields.phone),
    line("mobile", "Mobile Number", "tel", limits::PHONE, |fields| fields.mobile),
    line("external_id", "External ID", "text", limits::EXTERNAL_ID, |fields| fields.external_id),
];

impl Line {
    fn view(&self, form: ClientForm) -> AnyView {
        let Self { name, label, kind, max, value } = *self;
        let (error, on_blur) = (form.errors.of(name), form.errors.leave(name));
        view! { <TextField name label kind max_length=max value=value(&form.fields) error on_blur /> }.into_any()
    }
}

/// A country proposes its time zone, in place of none or of the one that another country proposed.
fn propose_time_zone(fields: ClientSignals) -> Callback<String> {
    let before = StoredValue::new(fields.country.get_untracked());
    Callback::new(move |country: String| {
        let proposed = before.with_value(|before| country_time_zone(before));
        let is_free = fields.time_zone.with_untracked(|zone| zone.is_empty() || proposed == Some(zone.as_str()));
        if let Some(zone) = country_time_zone(&country).filter(|_| is_free) {
            fields.time_zone.set(zone.to_owned());
        }
        before.set_value(country);
    })
}

/// Client details and access restriction.
pub(super) fn sections(form: ClientForm) -> AnyView {
    let (fields, errors) = (form.fields, form.errors);
    let countries = countries();
    let lines = move |lines: &[Line]| lines.iter().map(|line| line.view(form)).collect_view();
    let restriction = view! {
        <SwitchField
            name="restrict_ips"
            label="Restrict Access To Specific IP(s)"
            value=fields.restrict_ips
            hint="Client users can sign in only from the addresses you list."
        />
        {move || fields.restrict_ips.get().then(|| view! {
            <TextArea
                name="allowed_ips"
                label="Allowed IPs"
                required=true
                rows=4
                value=fields.allowed_ips
                error=errors.of("allowed_ips")
                on_blur=errors.leave("allowed_ips")
                hint="Separate with commas or new lines: 10.1.2.7, 10.1.2.*, 10.1.3.[0-50], 10.1.0.0/16, 2001:db8::/32"
            />
        })}
        <SwitchField
            name="require_second_factor"
            label="Require Two-Factor Authentication"
            value=fields.require_second_factor
            hint="The client’s users set it up the next time they sign in."
        />
    };
    let present = move || {
        let addresses = if fields.restrict_ips.get() { "Listed addresses only" } else { "Any address" };
        if fields.require_second_factor.get() { format!("{addresses}, with two-factor authentication") } else { addresses.to_owned() }
    };
    view! {
        <Section id="section-client" title="Client Details">
            <FieldGrid>
                <TextField name="name" label="Client Name" required=true max_length=limits::NAME value=fields.name error=errors.of("name") on_blur=errors.leave("name") />
                <TextField name="address" label="Address" required=true max_length=limits::ADDRESS value=fields.address error=errors.of("address") on_blur=errors.leave("address") />
                {lines(&PLACE)}
                <Combobox
                    name="country"
                    label="Country"
                    required=true
                    value=fields.country
                    options=countries
                    error=errors.of("country")
                    on_blur=errors.leave("country")
                    on_choose=propose_time_zone(fields)
                />
                <TimeZoneField value=fields.time_zone errors required=true />
                {lines(&CONTACT)}
            </FieldGrid>
        </Section>
        {fold(form, ("access-restriction", "Access Restriction", ""), present, ViewFn::default(), restriction.into_any())}
    }
    .into_any()
}
