//! Items of those lists, as they are answered.

use serde::Serialize;
use utoipa::ToSchema;

/// A country.
#[derive(Serialize, ToSchema)]
pub(crate) struct Country {
    /// ISO 3166-1 alpha-3.
    #[schema(example = "USA")]
    pub(crate) code: &'static str,
    /// English name.
    #[schema(example = "United States")]
    pub(crate) name: &'static str,
}

/// A type of device.
#[derive(Serialize, ToSchema)]
pub(crate) struct DeviceType {
    /// Its place in this list.
    #[schema(example = 1)]
    pub(crate) id: i64,
    /// Name, as a resource's `resourceType`.
    #[schema(example = "Desktop")]
    pub(crate) name: &'static str,
}

/// A type of resource.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ResourceType {
    /// Its place in the list.
    #[schema(example = 1)]
    pub(crate) id: i64,
    /// Name, as a resource's `resourceType`.
    #[schema(example = "Desktop")]
    pub(crate) name: &'static str,
    /// What it counts as, and the name.
    #[schema(example = "Desktop/Desktop")]
    pub(crate) path: String,
    /// As people read it.
    #[schema(example = "Desktop")]
    pub(crate) display_name: &'static str,
}
