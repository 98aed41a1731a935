//! Files of devices: who may send one, and what becomes of it.

use domain::{DEVICE_FILE_TOO_LARGE, DeviceImportReport, DeviceImported, DeviceRow, Error, ListPage, MAX_IMPORT_BYTES, Total};
use http::StatusCode;
use serde_json::json;

use crate::support::{Actor, Answer, on_both_engines};

async fn preview(actor: &Actor<'_>, file: impl Into<Vec<u8>>) -> Answer {
    actor.post("/devices/import/preview", "text/csv", file.into()).await
}

async fn import(actor: &Actor<'_>, file: impl Into<Vec<u8>>) -> Answer {
    actor.post("/devices/import", "text/csv", file.into()).await
}

/// How many devices have a word in their names.
async fn found(actor: &Actor<'_>, word: &str) -> Total {
    let page: ListPage<DeviceRow> = actor.rpc("devices/list", json!({ "query": format!("q={word}") })).await.ok();
    page.total
}

#[test]
fn a_faulty_file_is_told_row_by_row_and_imports_nothing() {
    on_both_engines(async |app| {
        let admin = app.partner_admin().await;
        let file = "client,host name,IP address\nclient_8,imported-1,10.1.2.3\nclient_8,imported-2,10.1.2\nNobody,imported-3,\n";
        let report: DeviceImportReport = preview(&admin, file).await.ok();
        let told: Vec<_> = report.faults.iter().map(|fault| format!("{} {} {}", fault.line, fault.column, fault.value)).collect();
        assert_eq!(told, ["3 IP address 10.1.2", "4 client Nobody"]);
        assert_eq!((report.devices, report.faulty_rows, report.more_faults), (3, 2, 0));
        let answer = import(&admin, file).await;
        assert_eq!(
            (answer.status, answer.wrong_fields()),
            (StatusCode::UNPROCESSABLE_ENTITY, vec!["rows.3.ip_address".into(), "rows.4.client".into()])
        );
        assert_eq!(found(&admin, "imported").await, Total::Exactly(0));
    });
}

#[test]
fn a_large_file_is_imported_whole() {
    on_both_engines(async |app| {
        let admin = app.partner_admin().await;
        let rows: String =
            (0..10_000).map(|number| format!("LeoArt Lab,imported-{number:05},10.9.{}.{},Desktop\n", number / 250, number % 250)).collect();
        let file = format!("client,host name,IP address,type\n{rows}");
        let report: DeviceImportReport = preview(&admin, file.clone()).await.ok();
        assert_eq!((report.devices, report.clients, report.is_faultless()), (10_000, 1, true));
        assert_eq!(found(&admin, "imported-00042").await, Total::Exactly(0), "a look makes nothing");
        let answer = import(&admin, file).await;
        assert_eq!((answer.status, answer.ok::<DeviceImported>().added), (StatusCode::CREATED, 10_000));
        assert_eq!(found(&admin, "imported-00042").await, Total::Exactly(1));
        let wrong = "client,name,IP address\n".to_owned() + &"client_8,x,nowhere\n".repeat(10_000);
        let report: DeviceImportReport = preview(&admin, wrong).await.ok();
        assert_eq!((report.faults.len(), report.more_faults, report.faulty_rows), (100, 9_900, 10_000));
    });
}

#[test]
fn what_is_no_file_of_devices_is_told_in_a_sentence() {
    on_both_engines(async |app| {
        let admin = app.partner_admin().await;
        for (file, sentence) in [
            (&b""[..], "empty"),
            (b"PK\x03\x04\xff\xfe", "UTF-8"),
            (b"client,colour\nclient_8,red\n", "no column"),
            (b"client,make\nclient_8,Dell\n", "none of the columns"),
            (b"name,make\nReception,Dell\n", "names no client"),
        ] {
            let report: DeviceImportReport = preview(&admin, file).await.ok();
            assert!(report.file[0].contains(sentence), "{report:?}");
            assert_eq!(import(&admin, file).await.wrong_fields(), ["file"]);
        }
        for size in [MAX_IMPORT_BYTES + 1, MAX_IMPORT_BYTES * 2] {
            let answer = preview(&admin, vec![b'a'; size]).await;
            let Error::Invalid { violations } = answer.error() else { panic!("{answer:?}") };
            assert_eq!(violations.of("file"), Some(DEVICE_FILE_TOO_LARGE), "{size} bytes");
        }
    });
}

#[test]
fn whoever_may_not_import_is_told_why_and_a_client_imports_its_own() {
    on_both_engines(async |app| {
        let viewer = app.viewer().await;
        for answer in [preview(&viewer, "name\nimported\n").await, import(&viewer, "name\nimported\n").await] {
            assert_eq!((answer.status, answer.text().contains("“Devices: Manage”")), (StatusCode::FORBIDDEN, true));
        }
        assert_eq!(preview(&app.nobody(), "name\nimported\n").await.status, StatusCode::UNAUTHORIZED);
        let mine = app.client_admin().await;
        assert_eq!(import(&mine, "name\nimported\n").await.ok::<DeviceImported>().added, 1, "the own client needn't be named");
        assert_eq!(import(&mine, "client,name\nclient_9,imported\n").await.wrong_fields(), ["rows.2.client"]);
        let page: ListPage<DeviceRow> = app.partner_admin().await.rpc("devices/list", json!({ "query": "q=imported" })).await.ok();
        assert_eq!(page.rows.iter().map(|row| row.client.id.to_string()).collect::<Vec<_>>(), ["client_8"]);
    });
}

#[test]
fn devices_that_are_there_already_are_shown_and_become_what_one_chooses() {
    on_both_engines(async |app| {
        let admin = app.partner_admin().await;
        let file =
            "client,name,serial number,IP address,make\nclient_8,twin-a,SN-1,10.9.9.1,Dell\nclient_8,twin-b,,10.9.9.2,Dell\nclient_8,twin-c,,,Dell\n";
        assert_eq!(import(&admin, file).await.ok::<DeviceImported>(), DeviceImported { added: 3, replaced: 0, skipped: 0 });
        // Rows that match by serial number, address and name; one with the name of another client's device; and a new one.
        let again = "client,name,serial number,IP address,make\nclient_8,other,sn-1,,HP\nclient_8,another,,\"10.9.9.7,10.9.9.2\",HP\nclient_8,TWIN-C,,,HP\n\
                     client_9,twin-c,,,HP\nclient_8,twin-new,,,HP\n";
        let report: DeviceImportReport = preview(&admin, again).await.ok();
        let there: Vec<_> = report.first_existing.iter().map(|row| (row.line, row.name.as_str(), row.same.key())).collect();
        assert_eq!(there, [(2, "twin-a", "serial_number"), (3, "twin-b", "ip_address"), (4, "twin-c", "name")]);
        assert_eq!((report.existing, report.devices, report.is_faultless()), (3, 5, true));

        assert_eq!(import(&admin, again).await.ok::<DeviceImported>(), DeviceImported { added: 2, replaced: 0, skipped: 3 });
        assert_eq!(found(&admin, "twin").await, Total::Exactly(5));
        let send = async |existing: &str| admin.post(&format!("/devices/import?existing={existing}"), "text/csv", again.as_bytes().to_vec()).await;
        assert_eq!(send("replace").await.ok::<DeviceImported>(), DeviceImported { added: 0, replaced: 5, skipped: 0 });
        assert_eq!(found(&admin, "another").await, Total::Exactly(1), "it has the name of the file");
        assert_eq!(found(&admin, "twin-a").await, Total::Exactly(0));
        assert_eq!(send("add").await.ok::<DeviceImported>(), DeviceImported { added: 5, replaced: 0, skipped: 0 });
        assert_eq!(found(&admin, "another").await, Total::Exactly(2));
        assert_eq!(send("perhaps").await.wrong_fields(), ["existing"]);
        assert_eq!(found(&admin, "another").await, Total::Exactly(2));
    });
}
