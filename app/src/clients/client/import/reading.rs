//! How the file is read: its letters, its cells, and which column is which.

use domain::{CLIENT_COLUMNS, ClientFileColumn, ClientImportReading, ClientImportReport, CsvRead, CsvReading, LEFT_OUT};
use leptos::prelude::*;

use super::file::Import;
use crate::{
    forms::{CsvChoice, csv_fields},
    ui::{Button, Choice, FieldGrid, Glyph, Section, SelectField},
};

/// The fields that say how a file is read, as they stand in the form.
#[derive(Clone)]
pub(super) struct Reading {
    csv: CsvChoice,
    columns: Vec<(ClientFileColumn, RwSignal<String>)>,
    /// As the server read the file.
    was: (CsvReading, Vec<String>),
}

impl Reading {
    /// As the server read the file.
    pub(super) fn of(report: &ClientImportReport, asked: CsvReading) -> Self {
        let csv = CsvChoice::of(report.read.as_ref(), asked);
        let columns = report.columns.iter().map(|column| (column.clone(), RwSignal::new(column.field.clone()))).collect();
        let fields = report.columns.iter().map(|column| column.field.clone()).collect();
        Self { csv, columns, was: (csv.reading_untracked(), fields) }
    }

    /// Whether the choices differ from those that the file was checked with.
    pub(super) fn is_changed(&self) -> bool {
        (self.csv.reading(), self.fields()) != self.was
    }

    fn fields(&self) -> Vec<String> {
        self.columns.iter().map(|(_, field)| field.get()).collect()
    }

    /// What to check the file by. Another encoding or separator makes other columns, which their headings name.
    fn asked(&self) -> ClientImportReading {
        let csv = self.csv.reading();
        ClientImportReading { fields: if csv == self.was.0 { self.fields() } else { Vec::new() }, csv }
    }
}

/// The section.
pub(super) fn reading(import: Import, read: Option<CsvRead>, reading: Reading) -> AnyView {
    let busy = import.sending.sending.busy();
    let (csv, fields) = (reading.csv, reading.columns.clone());
    let has_columns = !fields.is_empty();
    let again = Callback::new(move |()| import.check_again(untrack(|| reading.asked())));
    let choices = || {
        let fields = CLIENT_COLUMNS.iter().map(|column| Choice::new(column.field, first_capital(column.name)));
        fields.chain([Choice::new(LEFT_OUT, "Leave out")]).collect::<Vec<_>>()
    };
    let field = |(at, (column, field)): (usize, (ClientFileColumn, RwSignal<String>))| {
        let hint = if column.example.is_empty() { "Empty in the first row.".to_owned() } else { format!("First row: {}", column.example) };
        let error = Signal::derive(move || field.with(String::is_empty).then(|| "Choose what this column is, or leave it out.".to_owned()));
        view! {
            <SelectField name=format!("column-{at}") label=column.heading value=field options=choices() placeholder="Choose" hint error />
        }
    };
    let columns = fields.into_iter().enumerate().map(field).collect_view();
    let columns = has_columns.then(|| view! { <h3>"Columns of the file"</h3><FieldGrid>{columns}</FieldGrid> });
    view! {
        <Section title="How the file is read" description="Detected from the file. Correct what’s wrong, then check again.">
            {csv_fields(csv, read, busy, again)}
            {columns}
            <div class="actions"><Button icon=Glyph::Refresh busy on_click=again>"Check again"</Button></div>
        </Section>
    }
    .into_any()
}

fn first_capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
