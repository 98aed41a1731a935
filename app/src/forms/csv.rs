//! How a file of rows is read: what the server recognized, to be confirmed or changed by hand.

use domain::{CellSeparator, CsvFault, CsvRead, CsvReading, TextEncoding};
use leptos::prelude::*;

use crate::ui::{Button, Cell, Choice, Column, DataTable, FieldGrid, Notice, Row, RowHeader, SelectField, Tone, or_dash};

/// Why a file whose encoding is a guess isn't imported.
pub(crate) const UNCERTAIN: &str = "Confirm the encoding first.";

/// The choices of a person, as they stand in the form.
#[derive(Clone, Copy)]
pub(crate) struct CsvChoice {
    encoding: RwSignal<String>,
    separator: RwSignal<String>,
}

impl CsvChoice {
    /// What the server recognized; what was asked for if it couldn't read the file.
    pub(crate) fn of(read: Option<&CsvRead>, asked: CsvReading) -> Self {
        let encoding = read.map(|read| read.encoding).or(asked.encoding).map(TextEncoding::key).unwrap_or_default();
        let separator = read.map(|read| read.separator).or(asked.separator).map(CellSeparator::key).unwrap_or_default();
        Self { encoding: RwSignal::new(encoding.to_owned()), separator: RwSignal::new(separator.to_owned()) }
    }

    /// What is chosen now.
    pub(crate) fn reading(self) -> CsvReading {
        CsvReading { encoding: TextEncoding::from_key(&self.encoding.get()), separator: CellSeparator::from_key(&self.separator.get()) }
    }

    /// As [`CsvChoice::reading`], once.
    pub(crate) fn reading_untracked(self) -> CsvReading {
        untrack(|| self.reading())
    }
}

/// The fields. Of a guess, they also ask; `confirm` reads the file as it was guessed.
pub(crate) fn csv_fields(choice: CsvChoice, read: Option<CsvRead>, busy: Signal<bool>, confirm: Callback<()>) -> AnyView {
    let encodings: Vec<_> = TextEncoding::ALL.iter().map(|encoding| Choice::new(encoding.key(), encoding.label())).collect();
    let separators: Vec<_> = CellSeparator::ALL.iter().map(|separator| Choice::new(separator.key(), separator.label())).collect();
    let recognized = read.as_ref().map(|read| match read.is_guess {
        true => format!("Probably {}.", read.encoding_words()),
        false => format!("The file is in {}.", read.encoding_words()),
    });
    let guess = read.filter(|read| read.is_guess).map(|read| {
        let label = read.encoding.label();
        let samples = read.samples.into_iter().map(|sample| view! { <li>{sample}</li> }).collect_view();
        view! {
            <Notice tone=Tone::Warning title=format!("Is this file in {label}?")>
                <p>"The file doesn’t state its encoding. If this text looks right, confirm. Otherwise choose another encoding and check again."</p>
                <ul>{samples}</ul>
                <div class="actions"><Button busy on_click=confirm>{format!("Confirm {label}")}</Button></div>
            </Notice>
        }
    });
    view! {
        {guess}
        <FieldGrid>
            <SelectField name="encoding" label="Encoding" value=choice.encoding options=encodings placeholder="Recognize" hint=recognized.unwrap_or_default() />
            <SelectField name="separator" label="Cells are separated by" value=choice.separator options=separators placeholder="Recognize" />
        </FieldGrid>
    }
    .into_any()
}

/// The first faults of a file.
pub(crate) fn faults_table(faults: Vec<CsvFault>) -> AnyView {
    let columns = ["Line", "Column", "Value", "Error"].map(Column::new).to_vec();
    let row = |CsvFault { line, column, value, message }| {
        view! {
            <Row>
                <RowHeader>{format!("Line {line}")}</RowHeader>
                <Cell label="Column">{or_dash(column)}</Cell>
                <Cell label="Value">{or_dash(value)}</Cell>
                <Cell label="Error">{message}</Cell>
            </Row>
        }
    };
    view! { <DataTable caption="Errors" columns>{faults.into_iter().map(row).collect_view()}</DataTable> }.into_any()
}
