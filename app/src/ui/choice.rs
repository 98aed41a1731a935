//! One of several values to choose from.

/// A value and the words for it, as shown by selects, radio buttons, tick boxes and comboboxes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Choice {
    /// What is stored and sent.
    pub value: String,
    /// What people read.
    pub label: String,
    /// A quieter second text, for example a country's code. Empty if there is none.
    pub detail: String,
    /// More search terms, which aren't shown: `Turkey` for Türkiye.
    pub also: &'static [&'static str],
}

impl Choice {
    /// A choice without a detail.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into(), detail: String::new(), also: &[] }
    }

    /// Adds the quieter second text.
    #[must_use]
    pub fn with_detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = detail.into();
        self
    }

    /// Adds search terms that aren't shown.
    #[must_use]
    pub const fn with_also(mut self, also: &'static [&'static str]) -> Self {
        self.also = also;
        self
    }

    /// Choices whose value is also what people read.
    pub fn same<S: Into<String>>(values: impl IntoIterator<Item = S>) -> Vec<Self> {
        values
            .into_iter()
            .map(|value| {
                let value = value.into();
                Self::new(value.clone(), value)
            })
            .collect()
    }
}

impl<V: Into<String>, L: Into<String>> From<(V, L)> for Choice {
    fn from((value, label): (V, L)) -> Self {
        Self::new(value, label)
    }
}
