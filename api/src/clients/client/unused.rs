//! Fields of the vendor's clients that this console doesn't use: stored and answered as sent.

use std::collections::BTreeMap;

use domain::Violations;
use serde_json::Value;

use super::{details::ClientDetails, input::ClientInput};

/// The longest stored value, in bytes of JSON.
const LONGEST: usize = 4000;

/// A field's name and its value, if sent.
type Unused<'a> = (&'static str, &'a mut Option<Value>);

/// The unused fields at the top level.
fn of_client(input: &mut ClientInput) -> [Unused<'_>; 6] {
    [
        ("channel", &mut input.channel),
        ("nocDetails", &mut input.noc_details),
        ("phoneExtension", &mut input.phone_extension),
        ("rdp2swfState", &mut input.rdp2swf_state),
        ("enableCLIRecording", &mut input.enable_cli_recording),
        ("showCopyClipBoard", &mut input.show_copy_clip_board),
    ]
}

/// The unused fields of `clientDetails`.
fn of_details(details: &mut ClientDetails) -> [Unused<'_>; 12] {
    [
        ("clientDetails.businessStartHour", &mut details.business_start_hour),
        ("clientDetails.businessStartMin", &mut details.business_start_min),
        ("clientDetails.businessStartMinute", &mut details.business_start_minute),
        ("clientDetails.businessEndHour", &mut details.business_end_hour),
        ("clientDetails.businessEndMin", &mut details.business_end_min),
        ("clientDetails.businessDayStart", &mut details.business_day_start),
        ("clientDetails.businessDayEnd", &mut details.business_day_end),
        ("clientDetails.smsVoiceNotification", &mut details.sms_voice_notification),
        ("clientDetails.remoteAccess", &mut details.remote_access),
        ("clientDetails.resourceDecommission", &mut details.resource_decommission),
        ("clientDetails.boughtServices", &mut details.bought_services),
        ("clientDetails.clientTechnologies", &mut details.client_technologies),
    ]
}

/// Stores what was sent; `null` deletes the stored value.
pub(crate) fn store(input: &mut ClientInput, stored: &mut BTreeMap<String, String>, violations: &mut Violations) {
    let mut details = input.client_details.take();
    let fields = of_client(input).into_iter().chain(details.iter_mut().flat_map(of_details));
    for (name, sent) in fields {
        match sent.take() {
            None => {}
            Some(Value::Null) => drop(stored.remove(name)),
            Some(value) => {
                let text = value.to_string();
                violations.add_if(text.len() > LONGEST, name, "This is too long to be kept: send less.");
                stored.insert(name.to_owned(), text);
            }
        }
    }
    input.client_details = details;
}

/// Puts the stored values back into an answer.
pub(crate) fn show(stored: &BTreeMap<String, String>, input: &mut ClientInput) {
    let mut details = input.client_details.take();
    let fields = of_client(input).into_iter().chain(details.iter_mut().flat_map(of_details));
    for (name, field) in fields {
        *field = stored.get(name).and_then(|text| serde_json::from_str(text).ok());
    }
    input.client_details = details;
}
