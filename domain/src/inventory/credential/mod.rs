//! What signs in to devices: kinds, their fields, and the sets that are stored.

mod field;
mod form;
mod set;

pub use field::{CREDENTIAL_TYPES, CredentialField, CredentialType, FieldShape};
pub use form::FieldNeed;
pub use set::{CredentialSet, CredentialSetChange, CredentialSetDetails, CredentialSetDraft, CredentialSetQuery, CredentialSetSummary};
