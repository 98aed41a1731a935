//! A client's images and alternate access passwords survive reading and sending back.

use std::io::Cursor;

use base64::{Engine, engine::general_purpose::STANDARD};
use domain::Client;
use image::{Delay, Frame, ImageFormat, RgbImage, RgbaImage, codecs::gif::GifEncoder};
use serde_json::{Value, json};

use crate::support::{App, Program, on_both_engines};

fn base64(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

/// A picture in a lossy format, so that re-encoding would change it.
fn photograph() -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    let noise = RgbImage::from_fn(60, 40, |x, y| image::Rgb([(x * 7 % 256) as u8, (y * 11 % 256) as u8, ((x * y) % 256) as u8]));
    noise.write_to(&mut bytes, ImageFormat::Jpeg).unwrap();
    bytes.into_inner()
}

fn animation() -> Vec<u8> {
    let mut bytes = Vec::new();
    let frame = || Frame::from_parts(RgbaImage::new(8, 6), 0, 0, Delay::from_numer_denom_ms(100, 1));
    GifEncoder::new(&mut bytes).encode_frames([frame(), frame()]).unwrap();
    bytes
}

fn images(list: Value) -> Value {
    json!({ "clientDetails": { "networkArchitectures": list } })
}

async fn made(program: &Program<'_>, details: &Value) -> String {
    let mut client = json!({ "name": "Harbour Ltd", "address": "2 Bush Street", "country": "USA", "timeZone": "UTC" });
    client.as_object_mut().unwrap().extend(details.as_object().unwrap().clone());
    program.post("clients", &client).await.done()["uniqueId"].as_str().unwrap().to_owned()
}

/// The client's details as its page reads them.
async fn client(app: &App, id: &str) -> Client {
    app.partner_admin().await.rpc("clients/get", json!({ "id": id })).await.ok()
}

#[test]
fn what_is_read_and_sent_back_changes_no_image() {
    on_both_engines(async |app| {
        let program = app.program("Partner Administrator").await;
        let sent = images(json!([{ "name": "Office", "file": base64(&photograph()) }, { "name": "Again", "file": base64(&photograph()) }]));
        let id = made(&program, &sent).await;
        let path = format!("clients/{id}");
        let (read, before, files) = (program.get(&path).await.done(), client(app, &id).await, app.stored_files());
        let contents = app.database.contents().await;
        program.post(&path, &read).await.done();
        assert_eq!(client(app, &id).await, before);
        assert_eq!((app.stored_files(), app.database.contents().await), (files.clone(), contents));

        let mut moved = read.clone();
        let list = moved["clientDetails"]["networkArchitectures"].as_array_mut().unwrap();
        list.reverse();
        list[0]["name"] = json!("Renamed");
        program.post(&path, &moved).await.done();
        let titles: Vec<_> = client(app, &id).await.details.images.into_iter().map(|image| image.title).collect();
        assert_eq!(titles, ["Renamed", "Office"]);
        assert_eq!(app.stored_files(), files, "the files are the same ones");
    });
}

#[test]
fn a_refused_request_leaves_no_file() {
    on_both_engines(async |app| {
        let program = app.program("Partner Administrator").await;
        let files = app.stored_files();
        let right = json!({ "name": "Office", "file": base64(&photograph()) });
        let mut wrong = images(json!([&right, { "name": "Cut", "file": base64(&photograph()[..40]) }, &right]));
        wrong["name"] = json!("");
        let faults = program.post("clients", &wrong).await.faults();
        for field in ["name", "address", "clientDetails.networkArchitectures[1].file"] {
            assert!(faults.iter().any(|fault| fault == field), "{faults:?}");
        }
        let many = images(Value::Array(vec![right.clone(); 21]));
        assert_eq!(program.post("clients/client_8", &many).await.faults(), ["clientDetails.networkArchitectures"]);
        let untitled = images(json!([{ "name": "", "file": base64(&photograph()) }]));
        assert_eq!(program.post("clients/client_8", &untitled).await.faults(), ["clientDetails.networkArchitectures[0].name"]);
        assert_eq!(app.stored_files(), files);
    });
}

#[test]
fn base64_is_taken_as_programs_write_it_and_an_animation_with_a_warning() {
    on_both_engines(async |app| {
        let program = app.program("Partner Administrator").await;
        let broken: String = base64(&photograph()).as_bytes().chunks(76).map(|line| format!("{}\n", String::from_utf8_lossy(line))).collect();
        let prefixed = format!("data:image/jpeg;base64,{broken}");
        let sent = images(json!([{ "name": "Broken", "file": broken }, { "name": "Prefixed", "file": prefixed }]));
        let answer = program.post("clients/client_9", &sent).await;
        assert_eq!((answer.status.as_u16(), answer.header("warning")), (200, None));

        let sent = images(json!([{ "name": "Moves", "file": base64(&animation()) }]));
        let answer = program.post("clients/client_9", &sent).await;
        let warning = answer.header("warning").unwrap();
        assert!(warning.contains("clientDetails.networkArchitectures[0].file") && warning.contains("first frame"), "{warning}");
        let stored = program.get("clients/client_9").await.done();
        assert_eq!(program.post("clients/client_9", &stored).await.header("warning"), None, "what is stored does not move");

        let heic = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic";
        let answer = program.post("clients/client_9", &images(json!([{ "name": "Phone", "file": base64(heic) }]))).await;
        assert!(answer.text().contains("HEIC") && answer.text().contains("JPEG"), "{answer:?}");
    });
}

#[test]
fn ways_in_of_one_account_keep_their_passwords_and_an_empty_one_clears_it() {
    on_both_engines(async |app| {
        let program = app.program("Partner Administrator").await;
        let row = |access_type: &str, port: &str, password: Value| {
            let mut manager = json!({ "accessType": access_type, "ipAddress": "192.0.2.4", "userName": "root", "port": port });
            if !password.is_null() {
                manager["password"] = password;
            }
            json!({ "hostedManager": manager })
        };
        let rows = |rows: Value| json!({ "clientDetails": { "serviceAccessDetails": rows } });
        let id = made(&program, &rows(json!([row("SSH", "22", json!("one")), row("HTTPS", "443", json!("two"))]))).await;
        let path = format!("clients/{id}");
        let kept = async || client(app, &id).await.details.access.into_iter().map(|row| (row.key, row.port, row.password_kept)).collect::<Vec<_>>();
        let before = kept().await;
        assert!(before.iter().all(|(.., kept)| *kept), "{before:?}");
        let read = program.get(&path).await.done();
        program.post(&path, &read).await.done();
        assert_eq!(kept().await, before);

        program.post(&path, &rows(json!([row("HTTPS", "443", Value::Null), row("SSH", "22", Value::Null)]))).await.done();
        let swapped = kept().await;
        assert_eq!(swapped, [before[1].clone(), before[0].clone()], "each password stays with its row, wherever it stands");
        program.post(&path, &rows(json!([row("HTTPS", "8443", Value::Null), row("SSH", "22", Value::Null)]))).await.done();
        let moved = kept().await;
        assert_eq!((&moved[0].0, moved[0].2, &moved[1]), (&swapped[0].0, true, &swapped[1]), "another port of the same account");
        program.post(&path, &rows(json!([row("HTTPS", "8443", json!("")), row("SSH", "22", Value::Null)]))).await.done();
        assert_eq!(kept().await.iter().map(|(.., kept)| *kept).collect::<Vec<_>>(), [false, true]);
    });
}
