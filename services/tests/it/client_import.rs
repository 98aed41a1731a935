//! Import of clients: how a file is read, what is wrong in it, and that all of its clients are made or none, once.

use std::time::Duration;

use domain::{
    CLIENT_FILE_TOO_LARGE, CLIENT_FILE_TOO_LONG, Caller, CellSeparator, ClientColumn, ClientDraft, ClientId, ClientImportReading, ClientImportReport,
    ClientQuery, CsvReading, DeviceDraft, Error, ExistingDevices, Job, JobState, LEFT_OUT, MAX_CLIENT_FILE_BYTES, MAX_CLIENT_ROWS, RoleDraft,
    TextEncoding, Total, UserDraft,
};
use futures::TryStreamExt;
use sqlx::Row;

use crate::{
    client::fields,
    role::{self, exactly},
    support::{World, client_draft, on_both_engines, refusal},
};

const HEADINGS: &str = "Client Name,Address,Country,Time Zone";

/// A file of so many clients, whose names begin with a word.
fn file(word: &str, clients: usize) -> String {
    let rows: String = (1..=clients).map(|number| format!("{word} {number},{number} Main Street,Germany,Europe/Berlin\n")).collect();
    format!("{HEADINGS}\n{rows}")
}

async fn upload(world: &World, caller: &Caller, file: impl Into<Vec<u8>>) -> ClientImportReport {
    world.services.client_import_upload(caller, "clients.csv", file.into().into()).await.unwrap()
}

/// Starts the import of a file that is right.
async fn start(world: &World, caller: &Caller, file: &str) -> Job {
    let report = upload(world, caller, file).await;
    assert!(report.is_faultless(), "{report:?}");
    let job = world.services.client_import_start(caller, &report.id).await.unwrap();
    world.services.job_get(caller, job).await.unwrap()
}

async fn ended(world: &World, caller: &Caller, job: &Job) -> (JobState, String) {
    world.services.jobs_run(10_000).await.unwrap();
    let job = world.services.job_get(caller, job.id).await.unwrap();
    (job.state, job.outcome)
}

/// Each fault as line, column and value.
fn faults(report: &ClientImportReport) -> Vec<String> {
    report.faults.iter().map(|fault| format!("{} {} {}", fault.line, fault.column, fault.value).trim_end().to_owned()).collect()
}

async fn seen(world: &World, caller: &Caller) -> Total {
    world.services.client_list(caller, &ClientQuery::default()).await.unwrap().total
}

/// Rows that nobody sees.
async fn rows(world: &World) -> (usize, usize, usize) {
    let count = async |sql| world.rows(sql).await.len();
    (
        count("SELECT id FROM clients").await,
        count("SELECT client_id FROM client_details").await,
        count("SELECT id FROM audit_records WHERE action = 'client.create'").await,
    )
}

#[test]
fn every_encoding_and_separator_is_recognized_and_told() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let text = |separator: &str, name: &str| {
            ["Name", "Address", "Country", "Time Zone"].join(separator)
                + "\r\n"
                + &[name, "Straße 1", "Österreich", "UTC"].join(separator).replace("Österreich", "Austria")
                + "\r\n"
        };
        let utf_16 = |text: &str, unit: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(unit).collect::<Vec<u8>>();
        let latin = |text: &str| text.chars().map(|letter| u8::try_from(u32::from(letter)).unwrap()).collect::<Vec<u8>>();
        use CellSeparator::{Comma, Semicolon, Tab};
        use TextEncoding::{Utf8, Utf16Be, Utf16Le, Windows1252};
        let cases = [
            (text(",", "Köln 1").into_bytes(), Utf8, false, false, Comma),
            (text(";", "Köln 2").into_bytes(), Utf8, false, false, Semicolon),
            (text("\t", "Köln 3").into_bytes(), Utf8, false, false, Tab),
            (format!("sep=;\r\n{}", text(";", "\"Köln, 4\"")).into_bytes(), Utf8, false, false, Semicolon),
            (format!("\u{feff}{}", text(",", "Köln 5")).into_bytes(), Utf8, true, false, Comma),
            (utf_16(&format!("\u{feff}{}", text("\t", "Köln 6")), u16::to_le_bytes), Utf16Le, true, false, Tab),
            (utf_16(&format!("\u{feff}{}", text(";", "Köln 7")), u16::to_be_bytes), Utf16Be, true, false, Semicolon),
            (utf_16(&text(",", "Köln 8"), u16::to_le_bytes), Utf16Le, false, true, Comma),
            (utf_16(&text(",", "Köln 9"), u16::to_be_bytes), Utf16Be, false, true, Comma),
            (latin(&text(";", "Köln 10")), Windows1252, false, true, Semicolon),
        ];
        let clients = cases.len() as u64;
        for (file, encoding, has_mark, is_guess, separator) in cases {
            let mut report = upload(&world, &admin, file).await;
            let read = report.read.clone().unwrap();
            assert_eq!((read.encoding, read.has_mark, read.is_guess, read.separator), (encoding, has_mark, is_guess, separator));
            assert_eq!((report.file.len(), report.clients, report.is_faultless()), (0, 1, !is_guess), "{report:?}");
            if is_guess {
                let refused = world.services.client_import_start(&admin, &report.id).await.map(drop);
                assert!(matches!(refusal(refused), Error::Conflict { .. }), "a guess must be confirmed");
                let reading = ClientImportReading { csv: CsvReading { encoding: Some(encoding), separator: None }, ..Default::default() };
                report = world.services.client_import_preview(&admin, &report.id, reading).await.unwrap();
                assert!(report.is_faultless());
            }
            world.services.client_import_start(&admin, &report.id).await.unwrap();
            world.services.jobs_run(100).await.unwrap();
        }
        let names = world.services.client_names(&admin).await.unwrap();
        assert_eq!(names.len() as u64, clients);
        assert!(names.iter().all(|(_, name)| name.starts_with("Köln")), "{names:?}");

        let wrong = CsvReading { encoding: Some(Utf16Le), separator: None };
        let report = upload(&world, &admin, "Name\nx\n").await;
        let report =
            world.services.client_import_preview(&admin, &report.id, ClientImportReading { csv: wrong, ..Default::default() }).await.unwrap();
        assert!(report.file[0].starts_with("Line 2 isn’t in UTF-16 little endian: choose another encoding"), "{report:?}");
    });
}

#[test]
fn every_faulty_cell_is_told_with_its_line_column_value_and_rule() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let long = "x".repeat(121);
        let file = format!(
            "Name;Street;Land;TZ;E-Mail;Phone;Mobile;Zip;City;State;Contact;Customer number\n\
             Right;1 Main Street;de;UTC;a@b.example;+49 30 123;;1;;;;\n\
             ;;;;;;;;;;;x\n\
             Wrong;1 Main Street;Atlantis;Europe/Nowhere;nobody;call;me;{long};{long};{long};{long};{long}\n\
             \"Two\nlines\";1 Main Street;DEU;UTC;a@-.example;;;;;;;\n\
             Long;1 Main Street;Germany;UTC;;;;;;;;;more\n"
        );
        let report = upload(&world, &admin, file.clone()).await;
        assert_eq!(report.file, ["No column is the country: choose one.", "Choose what the column “Land” is, or leave it out."]);
        let fields: Vec<_> =
            report.columns.iter().map(|column| column.field.clone()).map(|field| if field.is_empty() { "country".into() } else { field }).collect();
        let report = world.services.client_import_preview(&admin, &report.id, ClientImportReading { fields, ..Default::default() }).await.unwrap();
        let short = "x".repeat(121);
        assert_eq!(
            faults(&report),
            [
                "3 Name".to_owned(),
                "3 Street".to_owned(),
                "3 Land".to_owned(),
                "3 TZ".to_owned(),
                format!("4 City {short}"),
                format!("4 State {short}"),
                format!("4 Zip {short}"),
                "4 Land Atlantis".to_owned(),
                "4 TZ Europe/Nowhere".to_owned(),
                format!("4 Contact {short}"),
                "4 E-Mail nobody".to_owned(),
                "4 Phone call".to_owned(),
                "4 Mobile me".to_owned(),
                format!("4 Customer number {short}"),
                "5 Name Two\nlines".to_owned(),
                "5 E-Mail a@-.example".to_owned(),
                "7".to_owned(),
            ]
        );
        assert_eq!((report.clients, report.faulty_rows, report.more_faults), (5, 4, 0));
        // The sentences are the wizard's.
        let wizard = ClientDraft { name: "Wrong".into(), phone: "call".into(), zip: long.clone(), ..client_draft("Wrong") };
        let Error::Invalid { violations } = refusal(world.services.client_create(&admin, wizard).await) else { panic!() };
        let rule = |column: &str| report.faults.iter().find(|fault| fault.line == 4 && fault.column == column).map(|fault| fault.message.as_str());
        assert_eq!((rule("Phone"), rule("Zip")), (violations.of("phone"), violations.of("zip")));
        let refused = world.services.client_import_start(&admin, &report.id).await.map(drop);
        assert!(matches!(refusal(refused), Error::Conflict { .. }));
        assert_eq!(seen(&world, &admin).await, Total::Exactly(0));
    });
}

#[test]
fn what_is_there_twice_is_a_fault_whether_in_the_file_or_among_the_clients() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        world.services.client_create(&admin, ClientDraft { external_id: "K-1".into(), ..client_draft("Müller GmbH") }).await.unwrap();
        let suspended = world.client(&admin, "Suspended").await;
        world.services.client_suspend(&admin, suspended).await.unwrap();
        let gone = world.client(&admin, "Gone").await;
        world.services.client_terminate(&admin, gone).await.unwrap();
        let stranger = world.services.operator().partner_create("Other partner").await.unwrap();
        world.user_named(stranger, None, "Partner Administrator", "stranger").await;
        let stranger = world.signed_in("stranger").await;
        world.client(&stranger, "Elsewhere").await;
        let file = "name,address,country,time zone,external id\n\
                    MULLER  gmbh,1 Main Street,DE,UTC,\n\
                    Suspended,1 Main Street,DE,UTC,\n\
                    Gone,1 Main Street,DE,UTC,A\n\
                    Elsewhere,1 Main Street,DE,UTC,\n\
                    New,1 Main Street,DE,UTC,k-1\n\
                    Twin,1 Main Street,DE,UTC,B\n\
                    twin,1 Main Street,DE,UTC,b\n\
                    TWIN,1 Main Street,DE,UTC,\n";
        let report = upload(&world, &admin, file).await;
        assert_eq!(
            faults(&report),
            ["2 name MULLER  gmbh", "3 name Suspended", "6 external id k-1", "8 name twin", "8 external id b", "9 name TWIN"]
        );
        let message = |line: u64| report.faults.iter().find(|fault| fault.line == line).map(|fault| fault.message.as_str());
        assert!(message(2).unwrap().starts_with("There is already a client with this name"));
        assert!(message(9).unwrap().starts_with("Line 7 has the same name"));
        assert_eq!((report.clients, report.faulty_rows), (8, 5));
    });
}

#[test]
fn all_faults_can_be_downloaded_and_the_first_hundred_are_shown() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let rows: String = (1..=1200).map(|number| format!("=Client {number},1 Main Street,Nowhere,UTC\n")).collect();
        let report = upload(&world, &admin, format!("{HEADINGS}\n{rows}=Client 7,\"a, \"\"b\"\"\",DE,UTC\n")).await;
        assert_eq!((report.clients, report.faulty_rows, report.faults.len(), report.more_faults), (1201, 1201, 100, 1101));
        let parts: Vec<String> = world.services.client_import_faults(&admin, &report.id).await.unwrap().try_collect().await.unwrap();
        let lines: Vec<_> = parts.concat().lines().map(ToOwned::to_owned).collect();
        assert_eq!((lines.len(), lines[0].as_str()), (1202, "\u{feff}Line,Column,Value,Error"));
        assert!(lines[1].starts_with("2,Country,Nowhere,"), "{}", lines[1]);
        assert!(lines[1201].starts_with("1202,Client Name,'=Client 7,"), "{}", lines[1201]);
    });
}

#[test]
fn columns_are_matched_by_their_headings_and_changed_by_hand() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let report = upload(&world, &admin, "Firma,Ort,Country,Time Zone,Address,Note,\nAcme,Bonn,DE,UTC,1 Main Street,secret,\n").await;
        let matched: Vec<_> = report.columns.iter().map(|column| (column.heading.as_str(), column.example.as_str(), column.field.as_str())).collect();
        assert_eq!(
            matched,
            [
                ("Firma", "Acme", ""),
                ("Ort", "Bonn", ""),
                ("Country", "DE", "country"),
                ("Time Zone", "UTC", "time_zone"),
                ("Address", "1 Main Street", "address"),
                ("Note", "secret", ""),
                ("Column 7", "", "")
            ]
        );
        assert_eq!((report.file.len(), report.clients), (5, 0), "{:?}", report.file);
        let fields = ["name", "city", "country", "time_zone", "address", LEFT_OUT, LEFT_OUT].map(ToOwned::to_owned).to_vec();
        let look =
            async |fields| world.services.client_import_preview(&admin, &report.id, ClientImportReading { fields, ..Default::default() }).await;
        let twice = ["name", "name", "country", "time_zone", "address", LEFT_OUT, "nonsense"].map(ToOwned::to_owned).to_vec();
        assert_eq!(look(twice).await.unwrap().file, ["Choose what the column “Column 7” is, or leave it out.", "Only one column can be the name."]);
        assert!(look(fields).await.unwrap().is_faultless());
        world.services.client_import_start(&admin, &report.id).await.unwrap();
        world.services.jobs_run(100).await.unwrap();
        let [(id, _)] = world.services.client_names(&admin).await.unwrap()[..] else { panic!() };
        let details = world.services.client_get(&admin, id).await.unwrap().details;
        assert_eq!((details.name.as_str(), details.city.as_str(), details.country.as_str()), ("Acme", "Bonn", "DEU"));
    });
}

#[test]
fn an_imported_client_is_like_one_of_the_wizard() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let draft = ClientDraft {
            city: "Köln".into(),
            state: "NRW".into(),
            country: "DEU".into(),
            zip: "50667".into(),
            phone: "+49 221 1234567".into(),
            mobile: "0170 1234567".into(),
            contact_person: "Erika Muster".into(),
            email: "it@exämple.com".into(),
            external_id: "É-1".into(),
            ..client_draft("Cafe\u{301} Uno")
        };
        let wizard = world.services.client_create(&admin, draft).await.unwrap();
        let template = ClientColumn::template();
        let headings = template.lines().next().unwrap();
        let file = format!(
            "{headings}\nCafe\u{301} Dos,1 Main Street,Köln,NRW,germany,50667,America/Los_Angeles,+49 221 1234567,0170 1234567,Erika Muster,it@exämple.com,É-2\n"
        );
        let job = start(&world, &admin, &file).await;
        assert_eq!(ended(&world, &admin, &job).await, (JobState::Succeeded, "1 client was imported.".to_owned()));
        let columns = "c.partner_id, c.status, c.name, c.name_key, c.country, c.time_zone, c.external_id, c.external_key, c.restriction, c.created, \
                       c.created_by, c.updated, c.updated_by, c.version, d.details, d.secrets, a.user_id, a.login, a.action, a.changes";
        let sql = format!(
            "SELECT {columns} FROM clients c JOIN client_details d ON d.client_id = c.id JOIN audit_records a ON a.client_id = c.id ORDER BY c.id"
        );
        let written = world.rows(&sql).await;
        let [one, two] = &written[..] else { panic!("{}", written.len()) };
        for (at, column) in columns.split(", ").enumerate() {
            let value = |row: &sqlx::any::AnyRow| {
                row.try_get::<String, _>(at).or_else(|_| row.try_get::<i64, _>(at).map(|number| number.to_string())).unwrap()
            };
            let expected = value(one).replace("Uno", "Dos").replace("uno", "dos").replace("É-1", "É-2").replace("e-1", "e-2");
            assert_eq!(value(two), expected, "{column}");
        }
        let found = world.services.client_list(&admin, &ClientQuery { search: "afe do".into(), ..ClientQuery::default() }).await.unwrap();
        assert_eq!(found.rows.len(), 1, "the text index knows it");
        assert_eq!(seen(&world, &admin).await, Total::Exactly(2));
        assert_ne!(found.rows[0].id, wizard);
    });
}

#[test]
fn nobody_sees_a_client_before_all_are_there() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let there = world.client(&admin, "There").await;
        let job = start(&world, &admin, &file("Acme", 1200)).await;
        for step in 1..=4 {
            assert_eq!(world.services.jobs_run(1).await.unwrap(), 1);
            world.clock.advance_seconds(31);
            assert_eq!(seen(&world, &admin).await, Total::Exactly(1), "step {step}");
            let search = ClientQuery { search: "acme".into(), ..ClientQuery::default() };
            assert!(world.services.client_list(&admin, &search).await.unwrap().rows.is_empty(), "step {step}");
            assert_eq!(world.services.client_names(&admin).await.unwrap(), [(there, "There".to_owned())]);
            let hidden = ClientId::new(there.number() + 1);
            assert_eq!(refusal(world.services.client_get(&admin, hidden).await.map(drop)), Error::NotFound);
            assert_eq!(refusal(world.services.client_terminate(&admin, hidden).await.map(drop)), Error::NotFound);
            let device = DeviceDraft { name: Some("x".into()), ..DeviceDraft::default() };
            assert_eq!(refusal(world.services.device_create(&admin, Some(hidden), device).await.map(drop)), Error::NotFound);
            for device in ["client,name\nAcme 1,x\n", "client,name\nclient_2,x\n"] {
                let refused = world.services.device_import(&admin, device.as_bytes(), CsvReading::default(), ExistingDevices::Skip).await;
                assert_eq!(fields(refused.map(drop)), ["rows.2.client"]);
            }
        }
        let progress = world.services.job_get(&admin, job.id).await.unwrap().progress;
        assert_eq!((progress.done, progress.total), (1200, 1200));
        assert_eq!(rows(&world).await.0, 1201, "they are written already");
        assert_eq!(ended(&world, &admin, &job).await, (JobState::Succeeded, "1,200 clients were imported.".to_owned()));
        assert_eq!(seen(&world, &admin).await, Total::Exactly(1201));
        assert_eq!(rows(&world).await, (1201, 1201, 1201));
    });
}

#[test]
fn an_import_of_a_server_that_dies_at_any_moment_goes_on_and_makes_every_client_once() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let job = start(&world, &admin, &file("Acme", 2100)).await;
        let mut killed = 0;
        // Fewer than the deaths after which a job is given up.
        for moment in [1, 3, 5, 8, 13, 21, 34, 55, 89] {
            // The server dies within a step: nothing of it is committed, or all.
            let died = tokio::time::timeout(Duration::from_millis(moment), world.services.clone().jobs_run(10_000)).await.is_err();
            killed += u32::from(died);
            let total = seen(&world, &admin).await;
            assert!(matches!(total, Total::Exactly(0)) || total == Total::Exactly(2100), "{total:?}");
            world.clock.advance_seconds(31);
        }
        assert!(killed > 2, "killed {killed} times");
        assert_eq!(ended(&world, &admin, &job).await.0, JobState::Succeeded);
        assert_eq!((seen(&world, &admin).await, rows(&world).await), (Total::Exactly(2100), (2100, 2100, 2100)));
        let names = world.rows("SELECT DISTINCT name_key FROM clients").await;
        assert_eq!(names.len(), 2100, "no client is made twice");
    });
}

#[test]
fn run_again_nothing_is_made_twice() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let report = upload(&world, &admin, file("Acme", 3)).await;
        let job = world.services.client_import_start(&admin, &report.id).await.unwrap();
        assert_eq!(world.services.client_import_start(&admin, &report.id).await.unwrap(), job, "asked twice, it is the same job");
        world.services.jobs_run(100).await.unwrap();
        assert_eq!(world.services.client_import_start(&admin, &report.id).await.unwrap(), job);
        world.execute("UPDATE jobs SET state = 'queued', ended = 0, cursor = '' WHERE kind = 'import'").await;
        world.services.jobs_run(100).await.unwrap();
        let again = world.services.job_get(&admin, job).await.unwrap();
        assert_eq!((again.state, again.outcome.as_str()), (JobState::Succeeded, "3 clients were imported before."));
        let report = upload(&world, &admin, file("Acme", 3)).await;
        assert_eq!((report.faulty_rows, seen(&world, &admin).await), (3, Total::Exactly(3)));
    });
}

#[test]
fn an_import_that_is_cancelled_leaves_nothing_and_can_run_again() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let job = start(&world, &admin, &file("Acme", 1200)).await;
        world.services.jobs_run(3).await.unwrap();
        assert_eq!(rows(&world).await.0, 1000);
        assert!(world.services.job_get(&admin, job.id).await.unwrap().may_cancel);
        world.services.job_cancel(&admin, job.id).await.unwrap();
        world.clock.advance_seconds(31);
        assert_eq!(ended(&world, &admin, &job).await.0, JobState::Cancelled);
        assert_eq!(rows(&world).await, (0, 0, 0));
        assert!(world.rows("SELECT partner_id FROM staged_clients").await.is_empty());
        let search = ClientQuery { search: "acme".into(), ..ClientQuery::default() };
        assert!(world.services.client_list(&admin, &search).await.unwrap().rows.is_empty());

        world.services.job_repeat(&admin, job.id).await.unwrap();
        assert_eq!(ended(&world, &admin, &job).await.0, JobState::Succeeded);
        assert_eq!((seen(&world, &admin).await, rows(&world).await), (Total::Exactly(1200), (1200, 1200, 1200)));
    });
}

#[test]
fn what_a_dead_server_left_of_a_stopped_import_is_cleared_away() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        start(&world, &admin, &file("Acme", 1200)).await;
        world.services.jobs_run(3).await.unwrap();
        world.execute("UPDATE jobs SET state = 'failed', ended = 1, lease_until = 0").await;
        let next = start(&world, &admin, &file("Acme", 700)).await;
        assert_eq!(ended(&world, &admin, &next).await.0, JobState::Succeeded);
        assert_eq!(rows(&world).await, (700, 700, 700));

        start(&world, &admin, &file("Other", 600)).await;
        world.services.jobs_run(2).await.unwrap();
        world.execute("UPDATE jobs SET state = 'failed', ended = 1, lease_until = 0 WHERE ended = 0").await;
        assert_eq!(rows(&world).await.0, 1200);
        world.services.client_import_sweep().await.unwrap();
        assert_eq!(rows(&world).await, (700, 700, 700));
    });
}

#[test]
fn while_one_import_runs_another_waits_for_its_turn() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let first = start(&world, &admin, &file("Acme", 600)).await;
        let second = start(&world, &admin, &file("Other", 3)).await;
        world.services.jobs_run(2).await.unwrap();
        let (state, outcome) = ended(&world, &admin, &second).await;
        assert_eq!((state, outcome.contains("Another import")), (JobState::Failed, true), "{outcome}");
        world.clock.advance_seconds(31);
        assert_eq!(ended(&world, &admin, &first).await.0, JobState::Succeeded);
        world.services.job_repeat(&admin, second.id).await.unwrap();
        assert_eq!(ended(&world, &admin, &second).await.0, JobState::Succeeded);
        assert_eq!(seen(&world, &admin).await, Total::Exactly(603));
    });
}

#[test]
fn a_client_that_somebody_adds_meanwhile_is_not_made_twice() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        for (name, external_id, steps) in [("acme 1100", "", 2), ("acme 7", "", 3), ("Else", "id 9", 4)] {
            let rows: String = (1..=1200).map(|number| format!("Acme {number},1 Main Street,DE,UTC,ID {number}\n")).collect();
            let job = start(&world, &admin, &format!("{HEADINGS},External ID\n{rows}")).await;
            world.services.jobs_run(steps).await.unwrap();
            let added = ClientDraft { external_id: external_id.into(), ..client_draft(name) };
            let added = world.services.client_create(&admin, added).await.unwrap();
            world.clock.advance_seconds(31);
            let (state, outcome) = ended(&world, &admin, &job).await;
            assert_eq!((state, outcome.starts_with("Nothing was imported")), (JobState::Failed, true), "{outcome}");
            assert_eq!((seen(&world, &admin).await, rows_of(&world).await), (Total::Exactly(1), 1), "{name}");
            world.services.client_terminate(&admin, added).await.unwrap();
            world.services.jobs_run(1000).await.unwrap();
            world.execute("DELETE FROM termination_receipts").await;
            world.execute("DELETE FROM client_details").await;
            world.execute("DELETE FROM clients").await;
            world.execute("DELETE FROM row_counts").await;
        }
    });
}

async fn rows_of(world: &World) -> usize {
    rows(world).await.0
}

#[test]
fn only_who_may_create_clients_for_all_imports_and_sees_their_own_files_alone() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let client = world.client(&admin, "There").await;
        let report = upload(&world, &admin, file("Acme", 3)).await;
        let lists = RoleDraft {
            permission_sets: exactly(["11"]),
            clients: exactly([&client.to_string()]),
            all_devices: Some(true),
            ..role::draft("Lists", "MSP")
        };
        world.services.role_create(&admin, lists).await.unwrap();
        let viewer = world.caller(admin.partner, None, "Auditor View").await;
        let lists = world.caller(admin.partner, None, "Lists").await;
        let of_client = world.caller(admin.partner, Some(client), "Client Administrator").await;
        world.user_named(admin.partner, None, "Partner Administrator", "colleague").await;
        let colleague = world.signed_in("colleague").await;
        let other = world.services.operator().partner_create("Other partner").await.unwrap();
        world.user_named(other, None, "Partner Administrator", "stranger").await;
        let stranger = world.signed_in("stranger").await;
        for caller in [&viewer, &lists, &of_client] {
            let refused = refusal(world.services.client_import_upload(caller, "x.csv", file("Acme", 3).into()).await.map(drop));
            assert!(matches!(refused, Error::Forbidden { .. } | Error::NotFound), "{} {refused:?}", caller.user.login);
        }
        for caller in [&viewer, &lists, &of_client, &colleague, &stranger] {
            let preview = world.services.client_import_preview(caller, &report.id, ClientImportReading::default()).await.map(drop);
            let start = world.services.client_import_start(caller, &report.id).await.map(drop);
            let faults = world.services.client_import_faults(caller, &report.id).await.map(drop);
            for refused in [preview, start, faults] {
                let refused = refusal(refused);
                assert!(matches!(refused, Error::Forbidden { .. } | Error::NotFound), "{} {refused:?}", caller.user.login);
            }
        }
        assert_eq!(world.rows("SELECT id FROM client_imports").await.len(), 1, "nothing was kept of who was refused");
        // The other partner's clients don't count as there, and the import makes none there.
        world.client(&stranger, "Acme 1").await;
        world.services.client_import_start(&admin, &report.id).await.unwrap();
        world.services.jobs_run(100).await.unwrap();
        assert_eq!((seen(&world, &admin).await, seen(&world, &stranger).await), (Total::Exactly(4), Total::Exactly(1)));
    });
}

#[test]
fn an_import_whose_owner_loses_the_right_stops_and_leaves_nothing() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        for lose_all in [true, false] {
            let login = if lose_all { "inactive" } else { "demoted" };
            world.user_named(admin.partner, None, "Partner Administrator", login).await;
            let owner = world.signed_in(login).await;
            let job = start(&world, &owner, &file("Acme", 1200)).await;
            world.services.jobs_run(2).await.unwrap();
            if lose_all {
                world.services.user_deactivate(&admin, owner.user.id, "").await.unwrap();
            } else {
                let view = world.role_id(admin.partner, "Auditor View").await;
                let draft = UserDraft { roles: Some(domain::Selection::Exactly(vec![view])), ..UserDraft::default() };
                world.services.user_update(&admin, owner.user.id, None, draft).await.unwrap();
            }
            world.clock.advance_seconds(31);
            let (state, outcome) = ended(&world, &admin, &job).await;
            assert_eq!(state, JobState::Failed, "{outcome}");
            assert_eq!((seen(&world, &admin).await, rows(&world).await), (Total::Exactly(0), (0, 0, 0)));
        }
    });
}

#[test]
fn files_are_deleted_when_their_clients_are_there_or_after_a_week() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let done = upload(&world, &admin, file("Acme", 3)).await.id;
        world.services.client_import_start(&admin, &done).await.unwrap();
        world.services.jobs_run(100).await.unwrap();
        let reading = ClientImportReading::default;
        let refused = world.services.client_import_preview(&admin, &done, reading()).await.map(drop);
        assert_eq!(refusal(refused), Error::NotFound, "the file of an import that is over is gone");

        let waiting = upload(&world, &admin, file("Other", 3)).await.id;
        world.clock.advance_seconds(6 * 24 * 60 * 60);
        let admin = world.signed_in(&admin.user.login).await;
        world.services.client_import_sweep().await.unwrap();
        world.services.client_import_preview(&admin, &waiting, reading()).await.unwrap();
        world.clock.advance_seconds(24 * 60 * 60 + 1);
        let admin = world.signed_in(&admin.user.login).await;
        world.services.client_import_sweep().await.unwrap();
        assert_eq!(refusal(world.services.client_import_preview(&admin, &waiting, reading()).await.map(drop)), Error::NotFound);
        assert!(world.rows("SELECT id FROM client_imports").await.is_empty());

        let first = upload(&world, &admin, file("A", 1)).await.id;
        for number in 0..5 {
            world.clock.advance_seconds(1);
            upload(&world, &admin, file(&format!("B{number}"), 1)).await;
        }
        assert_eq!(
            refusal(world.services.client_import_preview(&admin, &first, reading()).await.map(drop)),
            Error::NotFound,
            "five files wait at most"
        );
    });
}

#[test]
fn the_limits_are_told_in_a_sentence() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let large = world.services.client_import_upload(&admin, "x.csv", vec![b'a'; MAX_CLIENT_FILE_BYTES + 1].into()).await;
        let Error::Invalid { violations } = refusal(large) else { panic!() };
        assert_eq!(violations.of("file"), Some(CLIENT_FILE_TOO_LARGE));
        if world.is_sqlite() {
            let long = upload(&world, &admin, file("", MAX_CLIENT_ROWS + 1)).await;
            assert_eq!(long.file, [CLIENT_FILE_TOO_LONG]);
        }
        for (file, sentence) in
            [("", "The file is empty."), ("PK\u{3}\u{4}", "CSV UTF-8"), (&format!("{HEADINGS}\n"), "no clients"), (&"a,".repeat(300), "columns")]
        {
            let report = upload(&world, &admin, file).await;
            assert!(report.file[0].contains(sentence), "{report:?}");
        }
    });
}
