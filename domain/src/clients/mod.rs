//! The tenants of a partner, and what they are described with.

mod catalogue;
mod client;
mod draft;
mod image;
mod partner;

pub use catalogue::{CatalogueItem, CatalogueItemDraft, CatalogueItemProfile, CatalogueKind, Catalogues};
pub use client::{
    AGENT_MONITORING_HOURS, AlternateAccessDraft, AlternateAccessType, CLIENT_COLUMNS, CLIENT_FILE_TOO_LARGE, CLIENT_FILE_TOO_LONG, Change, Client,
    ClientColumn, ClientCounts, ClientDraft, ClientFileColumn, ClientFilter, ClientHub, ClientImportReading, ClientImportReport, ClientProfile,
    ClientQuery, ClientRow, ClientSort, ClientStatus, ClientSummary, Erasure, IgnoreAlerts, InternetProviderDraft, LEFT_OUT, MAX_CLIENT_FILE_BYTES,
    MAX_CLIENT_ROWS, MAX_FILE_COLUMNS, MAX_IMAGES, MAX_ROWS, MaintenanceState, SECTION_SECRETS, ServiceDraft, StatusFilter, changes, merge,
};
pub use draft::{DraftDetail, DraftRow, Step};
pub use image::{
    IMAGE_OF_NEWER_FORMAT, IMAGE_OF_TOO_MANY_PIXELS, IMAGE_OF_UNKNOWN_FORMAT, IMAGE_TOO_LARGE, IMAGE_WAS_CUT, ImageFormat, MAX_IMAGE_BYTES,
    MAX_IMAGE_PIXELS, MAX_IMAGES_BYTES, NetworkImage, NetworkImageDraft,
};
pub use partner::PartnerSettings;
