//! Names that others have already.

use domain::{ClientId, Error};

use crate::{
    Result,
    store::{Named, Tx},
};

/// What is said of a name that only counts as the same as another.
pub(crate) fn alike(noun: &str, other: &str) -> String {
    format!("Another {noun} has this name already: “{other}”. Capital letters, accents and spaces make no difference.")
}

/// Refuses a name that counts as the same as one that the caller sees and that is spelled otherwise. A name that is the very same, or that isn't seen, is for
/// the database to refuse.
///
/// # Errors
/// `Invalid` under `name`.
pub(crate) async fn check(tx: &mut Tx, (of, noun): (Named, &str), owner: Option<ClientId>, own: &str, name: &str) -> Result<()> {
    match tx.name_alike(of, owner, own, name).await? {
        Some(other) => Err(Error::invalid("name", alike(noun, &other)).into()),
        None => Ok(()),
    }
}
