//! What is typed about a device: its fields, in the sections of both pages.

use domain::{ClientId, DEVICE_WITHOUT_CLIENT, DeviceDetails, DeviceDraft, DeviceState, Draft, Violations, limits};
use leptos::prelude::*;

use super::{fields::Texts, kind::KindSignals};
use crate::{
    clients::client::{client_candidates, picked_client},
    forms::{FormErrors, violations_of},
    ui::{Choice, FieldGrid, Picked, Picker, RadioGroup, Section, SelectField, TextArea, TextField},
};

/// A device being typed.
#[derive(Clone, Copy)]
pub(in crate::inventory::device) struct DeviceForm {
    texts: Texts,
    kind: KindSignals,
    state: RwSignal<String>,
    /// One tag a line.
    tags: RwSignal<String>,
    /// The client of a new device, where it isn't the only one.
    client: Option<Picked>,
    /// What would be sent.
    pub(in crate::inventory::device) draft: Memo<DeviceDraft>,
    /// What is wrong with it.
    pub(in crate::inventory::device) errors: FormErrors,
}

impl DeviceForm {
    /// Begins with a device.
    pub(in crate::inventory::device) fn of(details: &DeviceDetails) -> Self {
        Self::begin(details, KindSignals::of(&details.resource_type), None)
    }

    /// Begins with a new one, whose client is to be picked, unless it is known already.
    pub(in crate::inventory::device) fn new(client: Option<Picked>) -> Self {
        Self::begin(&DeviceDetails::default(), KindSignals::new(), client)
    }

    fn begin(details: &DeviceDetails, kind: KindSignals, client: Option<Picked>) -> Self {
        let texts = Texts::of(details);
        let (state, tags) = (RwSignal::new(details.state.key().to_owned()), RwSignal::new(details.tags.join("\n")));
        let draft = Memo::new(move |_| DeviceDraft {
            resource_type: Some(kind.resource_type()),
            state: Some(state.get()),
            tags: Some(tags.with(|tags| tags.lines().map(ToOwned::to_owned).collect())),
            ..texts.draft()
        });
        let rules = move || {
            let mut violations = Violations::new();
            let without_client = client.is_some_and(|client| picked_client(client).is_none());
            violations.add_if(without_client, "client", DEVICE_WITHOUT_CLIENT);
            violations.extend(violations_of(draft.get().check(None)));
            violations.add_if(!kind.is_chosen(), "kind", "Choose the type of the device.");
            violations
        };
        Self { texts, kind, state, tags, client, draft, errors: FormErrors::with_rules(Signal::derive(rules)) }
    }

    /// The client that was picked.
    pub(in crate::inventory::device) fn client(self) -> Option<ClientId> {
        self.client.and_then(picked_client)
    }

    /// All fields.
    pub(in crate::inventory::device) fn sections(self) -> AnyView {
        let Self { texts, errors, .. } = self;
        view! {
            {self.client.map(|picked| client_section(picked, errors))}
            {self.device_section()}
            <Section title="Network">
                <FieldGrid>
                    {self.text("host_name", "Host name", texts.host_name, limits::HOST, "")}
                    {self.text("ip_address", "IP address", texts.ip_address, limits::IP_ADDRESSES, "For example 10.1.2.7; separate several with commas.")}
                    {self.text("dns_name", "DNS name", texts.dns_name, limits::HOST, "")}
                </FieldGrid>
            </Section>
            <Section title="Make">
                <FieldGrid>
                    {self.text("make", "Make", texts.make, limits::DEVICE_TEXT, "")}
                    {self.text("model", "Model", texts.model, limits::DEVICE_TEXT, "")}
                    {self.text("os_name", "Operating system", texts.os_name, limits::DEVICE_TEXT, "")}
                    {self.text("serial_number", "Serial number", texts.serial_number, limits::DEVICE_TEXT, "")}
                </FieldGrid>
            </Section>
            <Section title="Record" description="Optional. How other systems identify the device.">
                <FieldGrid>
                    {self.text("resource_name", "Resource name", texts.resource_name, limits::DEVICE_NAME, "")}
                    {self.text("device_type", "Device type", texts.device_type, limits::DEVICE_TEXT, "")}
                    {self.text("record_type", "Record type", texts.record_type, limits::RECORD_TYPE, "")}
                </FieldGrid>
            </Section>
        }
        .into_any()
    }

    fn device_section(self) -> AnyView {
        let Self { texts, errors, kind, state, tags, .. } = self;
        let states = DeviceState::ALL.iter().map(|state| Choice::new(state.key(), state.label())).collect::<Vec<_>>();
        view! {
            <Section title="Device">
                <FieldGrid>
                    {self.text("name", "Name", texts.name, limits::DEVICE_NAME, "Optional if there is a host name or an IP address.")}
                    {self.text("alias_name", "Alias", texts.alias_name, limits::DEVICE_NAME, "")}
                    <div class="wide">
                        <RadioGroup
                            name="kind"
                            label="Type"
                            value=kind.kind
                            options=KindSignals::choices()
                            error=errors.of("kind")
                            required=true
                            inline=true
                            hint="Reports count devices by it."
                        />
                    </div>
                    {move || kind.chosen().map(|(value, options)| view! {
                        <SelectField name="resource_type" label="Resource type" value options error=errors.of("resource_type") />
                    })}
                    <SelectField name="state" label="State" value=state options=states error=errors.of("state") />
                    <div class="wide">
                        <TextArea
                            name="tags"
                            label="Tags"
                            hint="Words to find it by, one per line."
                            value=tags
                            rows=3
                            error=errors.of("tags")
                            on_blur=errors.leave("tags")
                        />
                    </div>
                </FieldGrid>
            </Section>
        }
        .into_any()
    }

    fn text(self, name: &'static str, label: &'static str, value: RwSignal<String>, max_length: usize, hint: &'static str) -> impl IntoView {
        let errors = self.errors;
        view! { <TextField name label value max_length hint error=errors.of(name) on_blur=errors.leave(name) /> }
    }
}

fn client_section(picked: Picked, errors: FormErrors) -> AnyView {
    view! {
        <Section title="Client">
            <Picker
                name="client"
                label="Client"
                picked
                candidates=client_candidates()
                single=true
                required=true
                error=errors.of("client")
                hint="This can’t be changed later."
                none="No client selected."
            />
        </Section>
    }
    .into_any()
}
