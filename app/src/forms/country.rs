//! The countries to choose from.

use domain::{COUNTRIES, country_other_names};

use crate::ui::Choice;

/// Every country, which is also found by its code and by the other names that people use for it.
pub(crate) fn countries() -> Vec<Choice> {
    let choice =
        |country: &domain::Country| Choice::new(country.code, country.name).with_detail(country.code).with_also(country_other_names(country.code));
    COUNTRIES.iter().map(choice).collect()
}
