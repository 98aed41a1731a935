//! Tenantry's vocabulary: types, ids, drafts and the rules that need no data.
//!
//! Everything here is pure and compiles to WebAssembly, so that the page and the server validate with the same code. A *draft* is input as typed, mostly
//! strings; a checked type is made only from a draft, by [`Draft::check`], which reports every violation at once.

mod access;
mod amount;
mod audit;
mod aws;
mod choice;
mod clients;
mod counted;
mod country;
mod country_zone;
mod csv_file;
mod draft;
mod error;
mod home;
mod id;
mod inventory;
mod ip;
mod leaving;
pub mod limits;
mod list;
mod month;
mod palette;
mod people;
mod secret;
mod selection;
mod text;
mod time;
mod time_zone;

pub use access::*;
pub use amount::{MAX_ITEMS, check_lengths, shortened};
pub use audit::*;
pub use aws::*;
pub use clients::*;
pub use counted::{counted, file_size, grouped};
pub use country::{COUNTRIES, Country, CountryNames, country_name, country_other_names, country_written};
pub use country_zone::country_time_zone;
pub use csv_file::{CellSeparator, CsvFault, CsvRead, CsvReading, MAX_LISTED_FAULTS, TextEncoding};
pub use draft::Draft;
pub use error::{Error, Violation, Violations};
pub use home::{Attention, CountedList, Home};
pub use id::{
    ApiKeyId, CatalogueId, ClientId, ClientImportId, CredentialSetId, DeviceGroupId, DeviceId, DraftId, ImageId, PartnerId, PermissionSetId, RoleId,
    SessionId, TenantId, UnknownId, UserGroupId, UserId,
};
pub use inventory::*;
pub use ip::{IP_REFUSAL, IpPattern, IpRestriction, canonical_network, customer_network};
pub use leaving::*;
pub use list::{Direction, Keyed, ListFilter, ListPage, NameQuery, NameSort, OfClient, OwnerFilter, PAGE_SIZES, PageAt, Query, Slice, Sliced, Total};
pub use month::{Month, NoMonth};
pub use palette::{NoTarget, PaletteHit, PaletteRank, PaletteTarget};
pub use people::*;
pub use secret::Secret;
pub use selection::Selection;
pub use text::{Normalize, fold, fold_login, is_email};
pub use time::Timestamp;
pub use time_zone::{OLD_TIME_ZONES, TIME_ZONES, is_time_zone};
