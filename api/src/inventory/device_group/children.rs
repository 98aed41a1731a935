//! The devices that a body names, and how a refusal names them.

use domain::{DeviceId, Error, Violation, Violations};
use services::Fault;

use super::input::{ChildInput, DEVICE};
use crate::refusal::Refusal;

/// The devices that a body names, or everything in it that can't name one.
pub(crate) fn device_ids(children: &[ChildInput]) -> Result<Vec<DeviceId>, Error> {
    let (mut ids, mut violations) = (Vec::new(), Violations::new());
    for (at, ChildInput { id, kind }) in children.iter().enumerate() {
        violations.add_if(kind != DEVICE, &format!("{at}.type"), "A device group has nothing but devices: write DEVICE.");
        ids.extend(violations.accept(&format!("{at}.id"), id.parse().map_err(|_| format!("There is no device {id}: choose another."))));
    }
    violations.into_result().map(|()| ids)
}

/// Names a device by its place in the body: `3.id`, where the use case says `devices.3`.
pub(crate) fn by_place(fault: Fault) -> Error {
    rename_fields(fault.into(), |field| match field.strip_prefix("devices.") {
        Some(at) => format!("{at}.id"),
        None => String::new(),
    })
}

/// Refuses to take out an unknown device with 404, because scripts retry a deletion that was answered by 400.
pub(crate) fn not_found(error: Error, children: &[ChildInput]) -> Refusal {
    let Error::Invalid { violations } = &error else { return error.into() };
    let place = |violation: &Violation| violation.field.strip_suffix(".id")?.parse::<usize>().ok();
    match violations.iter().find_map(place).and_then(|at| children.get(at)) {
        Some(child) => Refusal::Refused(Error::NotFound, Some(("device", child.id.clone()))),
        None => error.into(),
    }
}

/// Renames the fields of an error.
pub(crate) fn rename_fields(error: Error, named: impl Fn(&str) -> String) -> Error {
    let Error::Invalid { violations } = error else { return error };
    let violations = violations.into_iter().map(|violation| Violation { field: named(&violation.field), ..violation }).collect();
    Error::Invalid { violations }
}
