//! The limits of requests.

/// The largest body of a request: a client with its images, base64.
pub(crate) const MAX_BODY: usize = 32 * 1024 * 1024;

/// The largest body of a token request.
pub(crate) const MAX_TOKEN_BODY: usize = 16 * 1024;

/// The most values of one body, counted by what begins or follows each. A small value takes a hundred times its bytes once it is read.
pub(crate) const MAX_BODY_VALUES: usize = 200_000;

/// The most bytes of a field's name, with the names of those that it is in.
pub(crate) const MAX_PATH: usize = 1000;

/// The most unknown keys that one answer names.
pub(crate) const MAX_UNKNOWN_KEYS: usize = 100;

/// The largest page of a list.
pub(crate) const MAX_PAGE: u32 = 1000;

/// The size of a page where the request doesn't say one.
pub(crate) const DEFAULT_PAGE: u32 = 100;
