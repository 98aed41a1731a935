//! The binary: when it refuses to start, and when it is ready.

use std::{
    fs,
    io::{Read, Write},
    net::TcpStream,
    os::unix::fs::{MetadataExt, PermissionsExt},
    path::Path,
    process::Output,
};

use tempfile::TempDir;

use crate::support::{Server, tenantry};

fn run(data: &Path, arguments: &[&str]) -> Output {
    tenantry(data).args(arguments).output().unwrap()
}

/// The error of a command that must fail.
fn refusal(output: &Output) -> String {
    assert!(!output.status.success(), "{output:?}");
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// A data directory with demo data, which has secrets.
fn demo() -> TempDir {
    let folder = TempDir::new().unwrap();
    let seeded = run(&folder.path().join("data"), &["seed", "--demo"]);
    assert!(seeded.status.success(), "{seeded:?}");
    folder
}

/// The status of `/readyz`.
fn readiness(server: &Server) -> String {
    let mut connection = TcpStream::connect(&server.address).unwrap();
    connection.write_all(b"GET /readyz HTTP/1.1\r\nHost: console.example\r\nConnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    connection.read_to_string(&mut answer).unwrap();
    answer.split(' ').nth(1).unwrap_or_default().to_owned()
}

#[test]
fn without_the_master_key_of_its_secrets_nothing_starts_and_no_other_is_made() {
    let folder = demo();
    let data = folder.path().join("data");
    let key = data.join("master.key");
    let right = fs::read_to_string(&key).unwrap();
    fs::remove_file(&key).unwrap();
    for arguments in [&["serve", "--listen", "127.0.0.1:0"][..], &["migrate"]] {
        let sentence = refusal(&run(&data, arguments));
        assert!(sentence.contains("is missing") && sentence.contains("backup") && sentence.contains("master.key"), "{sentence}");
        assert!(!key.exists());
    }
    fs::write(&key, "0".repeat(64)).unwrap();
    let sentence = refusal(&run(&data, &["serve", "--listen", "127.0.0.1:0"]));
    assert!(sentence.contains("isn’t the one") && sentence.contains("--master-key-file"), "{sentence}");
    fs::write(&key, right).unwrap();
    assert!(run(&data, &["migrate"]).status.success());
}

#[test]
fn what_is_made_is_for_its_owner_alone() {
    let folder = TempDir::new().unwrap();
    let data = folder.path().join("data");
    let server = Server::start(&data);
    let mode = |name: &str| fs::metadata(data.join(name)).unwrap().permissions().mode() & 0o777;
    for name in ["", "files"] {
        assert_eq!(mode(name), 0o700, "{name}");
    }
    for name in ["tenantry.db", "tenantry.db-wal", "tenantry.db-shm", "master.key"] {
        assert_eq!(mode(name), 0o600, "{name}");
    }
    assert_eq!(readiness(&server), "200");
}

#[test]
fn a_database_that_cannot_be_opened_is_told_with_its_directory() {
    let folder = TempDir::new().unwrap();
    let data = folder.path().join("data");
    fs::create_dir_all(data.join("tenantry.db")).unwrap();
    let sentence = refusal(&run(&data, &["migrate"]));
    assert!(sentence.contains("tenantry.db can’t be opened") && sentence.contains(&format!("The directory {} must", data.display())), "{sentence}");
}

#[test]
fn it_is_not_ready_when_its_database_is_gone_or_replaced() {
    let folder = TempDir::new().unwrap();
    let data = folder.path().join("data");
    let (server, file) = (Server::start(&data), data.join("tenantry.db"));
    assert_eq!(readiness(&server), "200");
    let aside = data.join("aside.db");
    fs::rename(&file, &aside).unwrap();
    assert_eq!(readiness(&server), "503", "it is gone");
    fs::copy(&aside, &file).unwrap();
    assert_ne!(fs::metadata(&file).unwrap().ino(), fs::metadata(&aside).unwrap().ino());
    assert_eq!(readiness(&server), "503", "it is another one");
    fs::rename(&aside, &file).unwrap();
    assert_eq!(readiness(&server), "200");
}

#[test]
fn it_is_not_ready_when_nothing_can_be_written() {
    let folder = TempDir::new().unwrap();
    let server = Server::start(&folder.path().join("data"));
    server.fill_disk();
    assert_eq!(readiness(&server), "503");
}

#[test]
fn it_is_not_ready_when_files_have_no_place() {
    let folder = TempDir::new().unwrap();
    let data = folder.path().join("data");
    let (server, files) = (Server::start(&data), data.join("files"));
    assert_eq!(readiness(&server), "200");
    fs::remove_dir_all(&files).unwrap();
    assert_eq!(readiness(&server), "503", "it is gone");
    fs::write(&files, "").unwrap();
    assert_eq!(readiness(&server), "503", "it is no directory");
}
