//! Who and where the client is, and from where its users may come.

use domain::limits;
use leptos::prelude::*;

use crate::{
    clients::client::form::{ClientForm, ClientSignals},
    forms::{TimeZoneField, countries},
    ui::{CheckboxField, Combobox, FieldGrid, Section, TextArea, TextField},
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

/// The optional fields.
const LINES: [Line; 8] = [
    line("city", "City", "text", limits::PLACE, |fields| fields.city),
    line("state", "State", "text", limits::PLACE, |fields| fields.state),
    line("zip", "Zip", "text", limits::ZIP, |fields| fields.zip),
    line("phone", "Phone Number", "tel", limits::PHONE, |fields| fields.phone),
    line("mobile", "Mobile Number", "tel", limits::PHONE, |fields| fields.mobile),
    line("contact_person", "Contact Person", "text", limits::NAME, |fields| fields.contact_person),
    line("email", "Email", "email", limits::EMAIL, |fields| fields.email),
    line("external_id", "External ID", "text", limits::EXTERNAL_ID, |fields| fields.external_id),
];

/// Client details and access restriction.
pub(super) fn sections(form: ClientForm) -> AnyView {
    let (fields, errors) = (form.fields, form.errors);
    let countries = countries();
    let lines = LINES.iter().map(move |line| {
        view! {
            <TextField
                name=line.name
                label=line.label
                kind=line.kind
                max_length=line.max
                value=(line.value)(&fields)
                error=errors.of(line.name)
                on_blur=errors.leave(line.name)
            />
        }
    });
    let lines = lines.collect_view();
    view! {
        <Section id="section-client" title="Client Details">
            <FieldGrid>
                <TextField name="name" label="Client Name" required=true max_length=limits::NAME value=fields.name error=errors.of("name") on_blur=errors.leave("name") />
                <TextField name="address" label="Address" required=true max_length=limits::ADDRESS value=fields.address error=errors.of("address") on_blur=errors.leave("address") />
                <Combobox name="country" label="Country" required=true value=fields.country options=countries error=errors.of("country") on_blur=errors.leave("country") />
                <TimeZoneField value=fields.time_zone errors required=true />
                {lines}
            </FieldGrid>
        </Section>
        <Section id="section-access-restriction" title="Access Restriction">
            <CheckboxField
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
            <CheckboxField
                name="require_second_factor"
                label="Require Two-Factor Authentication"
                value=fields.require_second_factor
                hint="The client’s users set it up the next time they sign in."
            />
        </Section>
    }
    .into_any()
}
