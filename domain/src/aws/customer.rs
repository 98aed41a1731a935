//! A customer who is added while accounts are associated.

use serde::{Deserialize, Serialize};

use crate::{Draft, Violations, limits, text};

/// What the window "Create Customer" sends. Address, country and time zone are filled in until somebody completes them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CustomerDraft {
    /// The client's name. Required.
    pub company_name: String,
    /// Of whom to ask for. Required.
    pub first_name: String,
    /// Of whom to ask for. Required.
    pub last_name: String,
    /// Their e-mail address. Required.
    pub email: String,
}

/// The longest part of a person's name: both fit into the client's contact.
const PART_OF_NAME: usize = limits::NAME / 2 - 1;

impl Draft for CustomerDraft {
    type Context<'a> = ();
    type Checked = Self;

    fn check(self, (): ()) -> Result<Self, Violations> {
        let mut violations = Violations::new();
        let company_name = violations.accept("company_name", text::required_line(&self.company_name, limits::NAME, "Enter the company’s name."));
        let first_name = violations.accept("first_name", text::required_line(&self.first_name, PART_OF_NAME, "Enter the first name."));
        let last_name = violations.accept("last_name", text::required_line(&self.last_name, PART_OF_NAME, "Enter the last name."));
        let email = text::required_line(&self.email, limits::EMAIL, "Enter the e-mail address.").and_then(|email| text::email(&email));
        let email = violations.accept("email", email);
        match (company_name, first_name, last_name, email) {
            (Some(company_name), Some(first_name), Some(last_name), Some(email)) => {
                violations.checked(Self { company_name, first_name, last_name, email })
            }
            _ => Err(violations),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_wrong_field_is_named() {
        let fields: Vec<_> = CustomerDraft::default().check(()).unwrap_err().into_iter().map(|violation| violation.field).collect();
        assert_eq!(fields, ["company_name", "first_name", "last_name", "email"]);
        let draft =
            CustomerDraft { company_name: " Acme ".into(), first_name: "Ada".into(), last_name: "Lovelace".into(), email: "ada@acme.example".into() };
        assert_eq!(draft.clone().check(()).map(|checked| checked.company_name).as_deref(), Ok("Acme"));
        assert!(CustomerDraft { email: "ada".into(), ..draft }.check(()).unwrap_err().of("email").is_some());
    }
}
