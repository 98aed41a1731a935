//! The most characters that each kind of text can have. Drafts check them, forms set them on their inputs, and the API's document states them.

/// The name of most things, and other short lines of the same kind.
pub const NAME: usize = 120;
/// The name of a role, permission set, catalogue item or API key.
pub const SHORT_NAME: usize = 80;
/// A person's first or last name.
pub const PERSON_NAME: usize = 80;
/// The description of most things.
pub const DESCRIPTION: usize = 1000;
/// The description of a role, permission set or catalogue item.
pub const SHORT_DESCRIPTION: usize = 500;
/// The reason that the page asks for when a user is deactivated or terminated.
pub const REASON: usize = 300;
/// The reason that is kept of one that the API sends.
pub const USER_REASON: usize = 1000;
/// Street and number.
pub const ADDRESS: usize = 300;
/// A city or state.
pub const PLACE: usize = 120;
/// A postal code.
pub const ZIP: usize = 20;
/// A country as an API client wrote it.
pub const COUNTRY: usize = 80;
/// A phone number.
pub const PHONE: usize = 40;
/// An e-mail address.
pub const EMAIL: usize = 254;
/// A login name.
pub const LOGIN: usize = 254;
/// An id in another system.
pub const EXTERNAL_ID: usize = 80;
/// A host name or an IP address.
pub const HOST: usize = 253;
/// IP addresses separated by commas.
pub const IP_ADDRESSES: usize = 500;
/// A range of IP addresses.
pub const IP_RANGE: usize = 200;
/// The address of a web page.
pub const URL: usize = 500;
/// A secret of one line.
pub const SECRET: usize = 500;
/// A secret of several lines: a key or certificate.
pub const SECRET_TEXT: usize = 20_000;
/// The type of a credential set.
pub const CREDENTIAL_TYPE: usize = 60;
/// A field of a credential set that is no secret.
pub const CREDENTIAL_FIELD: usize = 255;
/// A device's name, resource name or alias.
pub const DEVICE_NAME: usize = 255;
/// Other lines about a device.
pub const DEVICE_TEXT: usize = 120;
/// A device's record type, and the id of a device group's parent.
pub const RECORD_TYPE: usize = 60;
/// A tag with its value.
pub const TAG: usize = 120;
/// The least characters of a passphrase: who has the archive can try as often as they like.
pub const MIN_PASSPHRASE: usize = 12;
/// The least characters of a password.
pub const MIN_PASSWORD: usize = 7;
/// From this many characters on, a password needs no digit, special character or letter of either case.
pub const LONG_PASSWORD: usize = 15;
/// The most characters of a password: longer ones are refused before they are hashed.
pub const MAX_PASSWORD: usize = 256;
