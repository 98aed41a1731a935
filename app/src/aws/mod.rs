//! AWS accounts (docs/spec/aws.md).

pub mod account;
