//! How long the partner's records are stored, on the page of its settings.

use domain::{AuditRetention, AuditRetentionDraft, Draft, Permission, Scope};
use leptos::prelude::*;

use super::rpc::{get_audit_retention, set_audit_retention};
use crate::{
    caller::{refusal, use_caller},
    forms::{Form, FormErrors, Sending, Unsaved, violations_of},
    loading::{Loaded, ask},
    ui::{Button, ButtonVariant, NumberField, Section, use_toasts},
};

/// The form.
pub(crate) fn retention_section() -> AnyView {
    let retention = ask(|| (), |()| get_audit_retention());
    let description = "How long audit records are stored. Older ones are deleted, and that is recorded.";
    view! { <Section title="Audit Log" description><Loaded resource=retention view=Callback::new(form) /></Section> }.into_any()
}

fn form(retention: AuditRetention) -> AnyView {
    let days = RwSignal::new(AuditRetentionDraft::from(retention).days);
    let typed = Signal::derive(move || AuditRetentionDraft { days: days.get() });
    let errors = FormErrors::with_rules(Signal::derive(move || violations_of(typed.get().check(()))));
    let (unsaved, sending, toasts) = (Unsaved::of(move || days.get()), Sending::new(), use_toasts());
    let save = move || {
        sending.run(set_audit_retention(typed.get_untracked()), move |answer| match answer {
            Ok(saved) => {
                days.set(AuditRetentionDraft::from(saved).days);
                errors.reset();
                unsaved.saved();
                toasts.success("Retention saved.");
            }
            Err(error) => errors.refuse(error),
        });
    };
    let refused = refusal(Permission::SettingManage, Scope::Partner(use_caller().partner));
    let hint = "Days, at least 30. Leave empty to store records forever.";
    view! {
        <Form errors unsaved on_submit=save>
            <NumberField name="days" label="Store records for" value=days hint error=errors.of("days") on_blur=errors.leave("days") />
            <div class="actions">
                <Button variant=ButtonVariant::Primary submit=true busy=sending.busy() disabled_because=refused>"Change retention"</Button>
            </div>
        </Form>
    }
    .into_any()
}
