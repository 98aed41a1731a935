//! Roles: who may do what, and on what.

mod grant;
