//! The choices of a country field.

use domain::{COUNTRIES, country_other_names};

use crate::ui::Choice;

/// Every country, searchable by code and other common names too.
pub(crate) fn countries() -> Vec<Choice> {
    let choice =
        |country: &domain::Country| Choice::new(country.code, country.name).with_detail(country.code).with_also(country_other_names(country.code));
    COUNTRIES.iter().map(choice).collect()
}
