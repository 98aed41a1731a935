//! What operations answer.

use axum::Json;
use serde::Serialize;
use utoipa::ToSchema;

use crate::refusal::Refusal;

/// What an operation answers.
pub(crate) type Answer<T> = Result<Json<T>, Refusal>;

/// The answer of an operation that has nothing to return.
#[derive(Serialize, ToSchema)]
pub(crate) struct Done {
    /// Always true.
    success: bool,
}

impl Default for Done {
    fn default() -> Self {
        Self { success: true }
    }
}
