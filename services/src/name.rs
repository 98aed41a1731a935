//! Refuses names that are equal when folded.

use domain::{ClientId, Error};

use crate::{
    Result,
    store::{Named, Tx},
};

/// The refusal of a name that equals another when folded.
pub(crate) fn alike(noun: &str, other: &str) -> String {
    format!("Another {noun} has this name already: “{other}”. Capital letters, accents and spaces make no difference.")
}

/// Refuses a name that equals a visible one when folded but is spelled differently, and names the other. The database's unique index refuses identical names
/// and those the caller doesn't see.
///
/// # Errors
/// `Invalid` under `name`.
pub(crate) async fn check(tx: &mut Tx, (of, noun): (Named, &str), owner: Option<ClientId>, own: &str, name: &str) -> Result<()> {
    match tx.name_alike(of, owner, own, name).await? {
        Some(other) => Err(Error::invalid("name", alike(noun, &other)).into()),
        None => Ok(()),
    }
}
