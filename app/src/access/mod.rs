//! What users may do and see, and why.

pub mod permission_set;
pub mod restriction;
pub mod role;
pub mod why;
