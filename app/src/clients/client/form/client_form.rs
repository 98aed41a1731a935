//! The state of the page on which a client is typed, shared by wizard and edit page.

use domain::{Caller, Catalogues, ClientDraft, Draft, Error, Permission, Scope, Step, Violations};
use leptos::prelude::*;

use super::{
    signal_owner::SignalOwner,
    signals::{ClientSignals, Live},
    uploads::Uploads,
};
use crate::forms::{FormErrors, violations_of};

/// A client being typed: its fields, what is wrong with them, and what there is to choose from.
#[derive(Clone, Copy)]
pub(crate) struct ClientForm {
    /// Where the signals of later rows live.
    pub(crate) signal_owner: SignalOwner,
    /// One signal for each field.
    pub(crate) fields: ClientSignals,
    /// The fields put together.
    pub(crate) draft: Memo<ClientDraft>,
    /// Every rule that the draft breaks.
    pub(crate) violations: Memo<Violations>,
    /// What of that is to be shown, and what the server told.
    pub(crate) errors: FormErrors,
    /// What there is to choose from. Grows when something is added in place.
    pub(crate) catalogues: RwSignal<Catalogues>,
    /// Images on their way to the server.
    pub(crate) uploads: Uploads,
    /// Why nothing may be added to the catalogues from here, if so.
    pub(crate) no_new_items: StoredValue<Option<String>>,
    /// Whether what most people leave alone is folded.
    pub(crate) folds: bool,
}

impl ClientForm {
    /// Begins with a draft.
    pub(crate) fn new(draft: ClientDraft, catalogues: Catalogues, caller: &Caller) -> Self {
        let signal_owner = SignalOwner::here();
        let fields = draft.live();
        let draft = Memo::new(move |_| ClientDraft::collect(&fields));
        let violations = Memo::new(move |_| violations_of(draft.get().check(())));
        let refused = caller.can(Permission::CatalogueManage, Scope::Partner(caller.partner)).err();
        Self {
            signal_owner,
            fields,
            draft,
            violations,
            errors: FormErrors::with_rules(violations.into()),
            catalogues: RwSignal::new(catalogues),
            uploads: Uploads::new(signal_owner, fields.images),
            no_new_items: StoredValue::new(refused.map(|error| match error {
                Error::NotFound => "Only the partner adds to its catalogues.".to_owned(),
                other => other.to_string(),
            })),
            folds: false,
        }
    }

    /// As it is, with what most people leave alone folded.
    pub(crate) const fn folded(self) -> Self {
        Self { folds: true, ..self }
    }

    /// Types another draft over this one.
    pub(crate) fn replace(self, draft: ClientDraft) {
        self.signal_owner.make(|| draft.write(&self.fields));
    }

    /// Whether a tab breaks a rule.
    pub(crate) fn is_wrong(self, step: Step) -> bool {
        self.violations.with(|violations| violations.iter().any(|violation| Step::of_field(&violation.field) == step))
    }
}
