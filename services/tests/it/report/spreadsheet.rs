//! Files of reports as LibreOffice reads them: with the same values, and without running any (docs/spec/reports.md, "File").
//!
//! Installing LibreOffice takes a while, so these tests run by themselves: `cargo xtask test spreadsheet`, which is a part of `cargo xtask test`.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use domain::{ClientDraft, ReportAttribute};
use tempfile::TempDir;

use super::{client, draft, file, lines, named, report};
use crate::support::{World, on_both_engines};

/// How LibreOffice is told to read a file; 76 is its number of UTF-8.
#[derive(Clone, Copy, Debug)]
enum Reading {
    /// Every column as text.
    Text,
    /// As its dialog proposes: what looks like a number is one, and what looks like a formula is run.
    Proposed,
    /// The same where lists are separated by semicolons.
    Semicolons,
}

impl Reading {
    fn filter(self) -> String {
        match self {
            Self::Text => {
                let columns: Vec<_> = (1..=ReportAttribute::ALL.len()).map(|column| format!("{column}/2")).collect();
                format!("CSV:44,34,76,1,{}", columns.join("/"))
            }
            Self::Proposed => "CSV:44,34,76,1,,0,false,false,false,false,false,0,true".to_owned(),
            Self::Semicolons => "CSV:59,34,76,1,,0,false,false,false,false,false,0,true".to_owned(),
        }
    }
}

/// A sheet in LibreOffice's own format.
struct Sheet {
    folder: TempDir,
    path: PathBuf,
}

impl Sheet {
    /// Opens a CSV file.
    fn open(bytes: &[u8], reading: Reading) -> Self {
        let folder = TempDir::new().unwrap();
        let csv = folder.path().join("report.csv");
        fs::write(&csv, bytes).unwrap();
        let path = convert(folder.path(), &[&format!("--infilter={}", reading.filter()), "--convert-to", "fods"], &csv, "sheet/report.fods");
        Self { folder, path }
    }

    fn runs_formulas(&self) -> bool {
        fs::read_to_string(&self.path).unwrap().contains("table:formula")
    }

    /// The cells, as LibreOffice saves them.
    fn lines(&self) -> Vec<Vec<String>> {
        let format = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,true";
        let saved = convert(self.folder.path(), &["--convert-to", format], &self.path, "sheet/report.csv");
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_path(saved).unwrap();
        reader.records().map(|line| line.unwrap().iter().map(str::to_owned).collect()).collect()
    }
}

/// Has LibreOffice convert a file, and returns the new one.
fn convert(folder: &Path, how: &[&str], from: &Path, to: &str) -> PathBuf {
    let to = folder.join(to);
    let mut office = Command::new(env::var_os("SOFFICE").unwrap_or_else(|| "soffice".into()));
    // With settings of its own, so that two of them don't get in each other's way.
    office.arg(format!("-env:UserInstallation=file://{}", folder.join("settings").display())).arg("--headless").args(how);
    let output = office.arg("--outdir").arg(folder.join("sheet")).arg(from).output();
    let output = output.unwrap_or_else(|error| panic!("LibreOffice can't be started: {error}. `cargo xtask test spreadsheet` installs it."));
    assert!(to.is_file(), "{output:?}");
    to
}

/// Clients with whatever spreadsheets stumble over.
async fn awkward(world: &World) -> (Vec<u8>, Vec<Vec<String>>) {
    let admin = world.admin().await;
    for details in [
        ClientDraft { address: "=HYPERLINK(\"http://evil.example\";\"x\")".into(), phone: "+1-555-010-9999".into(), ..named("=1+1") },
        ClientDraft {
            address: "1 Main Street\n\"Rear\" entrance\n=2+2".into(),
            phone: "+49 221 1234567".into(),
            ..named("Köln; \"Süd\", Ñandú 株式会社")
        },
        ClientDraft { zip: "00501".into(), external_id: "12345678901234567890".into(), phone: "0049 30 123456".into(), ..named("Semi;=1+1;colon") },
        ClientDraft { zip: "1E5".into(), external_id: "2026-11-18".into(), phone: "+1 (555) 010-9999".into(), ..named("＝1+1") },
        ClientDraft { city: "@SUM(1+1)".into(), external_id: "3-4".into(), contact_person: "-1+1".into(), ..named("' quoted'") },
        ClientDraft { city: "\"=1+1\"".into(), external_id: "1.5".into(), contact_person: "+1+1".into(), ..named("a,\"b\";c") },
        ClientDraft { city: "TRUE".into(), external_id: "12:30".into(), contact_person: "50%".into(), zip: "1/2".into(), ..named("$5") },
    ] {
        client(world, &admin, details).await;
    }
    let made = report(world, &admin, draft()).await;
    let bytes = file(world, &admin, made.row.last_run.as_ref().unwrap().id).await;
    (bytes, lines(world, &admin, &made).await)
}

#[test]
#[ignore = "it needs LibreOffice: `cargo xtask test spreadsheet`"]
fn read_as_text_every_value_is_the_same() {
    on_both_engines(async |world| {
        let (bytes, lines) = awkward(&world).await;
        let sheet = Sheet::open(&bytes, Reading::Text);
        assert_eq!(sheet.lines(), lines);
        assert!(!sheet.runs_formulas());
    });
}

#[test]
#[ignore = "it needs LibreOffice: `cargo xtask test spreadsheet`"]
fn opened_without_a_thought_no_value_is_run_and_only_numbers_look_otherwise() {
    on_both_engines(async |world| {
        let (bytes, lines) = awkward(&world).await;
        let sheet = Sheet::open(&bytes, Reading::Proposed);
        assert!(!sheet.runs_formulas());
        let read = sheet.lines();
        assert_eq!((read.len(), read[0].len()), (lines.len(), lines[0].len()));
        let pairs = lines.iter().flatten().zip(read.iter().flatten());
        let otherwise: Vec<_> = pairs.filter(|(written, read)| written != read).map(|(written, read)| format!("{written} {read}")).collect();
        assert_eq!(otherwise, ["00501 501", "12345678901234567890 1.23456789012346E+019", "1E5 100000"]);
    });
}

#[test]
#[ignore = "it needs LibreOffice: `cargo xtask test spreadsheet`"]
fn where_semicolons_separate_cells_no_part_of_one_is_run() {
    on_both_engines(async |world| {
        let (bytes, _) = awkward(&world).await;
        assert!(!Sheet::open(&bytes, Reading::Semicolons).runs_formulas());
    });
}

#[test]
#[ignore = "it needs LibreOffice: `cargo xtask test spreadsheet`"]
fn a_file_that_is_written_carelessly_is_run() {
    assert!(Sheet::open(b"Name\r\n\"=1+1\"\r\n", Reading::Proposed).runs_formulas());
    assert!(Sheet::open(b"Name\r\nSemi;=1+1;colon\r\n", Reading::Semicolons).runs_formulas());
    assert_eq!(Sheet::open(b"Zip\r\n00501\r\n", Reading::Proposed).lines(), [["Zip"], ["501"]]);
}
