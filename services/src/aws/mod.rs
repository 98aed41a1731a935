//! AWS accounts (docs/spec/aws.md). [`account`] has the use cases; [`calls`] is what they need of AWS.

pub(crate) mod account;
pub mod calls;
pub(crate) mod sentence;

pub use account::quick_create_template;
