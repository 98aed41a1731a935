//! A partner as it is answered.

use serde::Serialize;
use utoipa::ToSchema;

/// A partner.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Partner {
    /// Number.
    #[schema(example = 1)]
    pub(crate) id: i64,
    /// Identifier.
    #[schema(example = "msp_1")]
    pub(crate) unique_id: String,
    /// Name.
    #[schema(example = "LeoArt Inc")]
    pub(crate) name: String,
}
