//! Reads an archive: whatever is wrong with it is found before anything is written.

use std::{
    collections::BTreeMap,
    fs::File,
    io::{BufRead, BufReader, Read, Seek, SeekFrom},
};

use age::{scrypt, x25519};
use domain::{ClientId, Error};
use serde::{Deserialize, de::DeserializeOwned};
use sha2::{Digest, Sha256};
use zip::{ZipArchive, read::ZipFile};

use super::super::archive::{FORMAT, SECRETS, hex};
use crate::{Fault, Result};

/// No line is longer: a device with all its texts has a tenth of it.
const MAX_LINE: u64 = 1024 * 1024;

/// No file has more lines, so that what is read into memory has an end.
const MAX_LINES: u64 = 5_000_000;

/// The most lines of a file that is read into memory.
const MAX_LINES_IN_MEMORY: u64 = 500_000;

/// The largest file that is read into memory, in bytes: all but those of devices and of what is in their groups, which are read in portions.
const MAX_WHOLE: u64 = 64 * 1024 * 1024;

/// How much larger what is packed can be than the archive, so that a small file can't keep a server busy for long.
const MAX_RATIO: u64 = 100;

/// The most memory that trying a passphrase takes, as a power of two: what archives are made with, and one more.
const MAX_WORK_FACTOR: u8 = 18;

/// What the manifest says.
#[derive(Debug, Deserialize)]
pub(super) struct Manifest {
    format: String,
    version: u32,
    pub(super) made: String,
    pub(super) client: ClientId,
    pub(super) name: String,
    files: Vec<Listed>,
}

#[derive(Debug, Deserialize)]
struct Listed {
    name: String,
    bytes: u64,
    sha256: String,
    #[serde(default)]
    records: u64,
}

/// An archive that is open.
pub(crate) struct Source {
    zip: ZipArchive<BufReader<File>>,
    pub(super) manifest: Manifest,
}

/// The key that opens the secrets of an archive.
pub(super) struct SecretsKey(x25519::Identity);

impl SecretsKey {
    /// From what [`SecretsKey::expose`] gives.
    pub(super) fn of(text: &str) -> Result<Self> {
        text.parse().map(Self).map_err(|_| Fault::Failed("this is no key of secrets".to_owned()))
    }

    /// As a text, to be encrypted.
    pub(super) fn expose(&self) -> String {
        use age::secrecy::ExposeSecret;
        self.0.to_string().expose_secret().to_owned()
    }
}

/// Secrets by the id of what they belong to, then by field.
pub(super) type Secrets = BTreeMap<String, BTreeMap<String, String>>;

#[derive(Deserialize)]
struct SecretLine {
    id: String,
    secrets: BTreeMap<String, String>,
}

impl Source {
    /// Opens an archive and reads its manifest.
    ///
    /// # Errors
    /// `Invalid` under `file` for what is no archive of ours.
    pub(crate) fn open(mut file: File) -> Result<Self> {
        if entries(&mut file).map_err(damaged)? == u16::MAX {
            return Err(wrong("The backup has too many files to be restored."));
        }
        let size = file.metadata().map_err(|error| Fault::Failed(error.to_string()))?.len();
        let mut zip = ZipArchive::new(BufReader::new(file)).map_err(|_| wrong("This is no backup: choose the .zip file that was downloaded."))?;
        let manifest = {
            let file = zip.by_name("manifest.json").map_err(|_| wrong("This .zip file is no backup of a client: it has no manifest.json."))?;
            let mut text = Vec::new();
            file.take(16 * MAX_LINE).read_to_end(&mut text).map_err(damaged)?;
            serde_json::from_slice::<Manifest>(&text).map_err(|error| wrong(&format!("manifest.json isn’t what backups have: {error}.")))?
        };
        if manifest.format != FORMAT.0 {
            return Err(wrong("This .zip file is no backup of a client: manifest.json names another format."));
        }
        if manifest.version != FORMAT.1 {
            let sentence = format!("The backup has version {} of the format, and this console reads version {}.", manifest.version, FORMAT.1);
            return Err(wrong(&sentence));
        }
        if manifest.files.iter().map(|file| file.bytes).fold(0, u64::saturating_add) > size.saturating_mul(MAX_RATIO) {
            return Err(wrong("This file can’t be a valid backup: its contents are too large for its size."));
        }
        Ok(Self { zip, manifest })
    }

    /// Compares every file with what the manifest says of it.
    ///
    /// # Errors
    /// `Invalid` under `file` for a damaged archive.
    pub(super) fn compare(&mut self) -> Result<()> {
        for Listed { name, bytes, sha256, .. } in &self.manifest.files {
            let mut file = self.zip.by_name(name).map_err(|_| wrong(&format!("The backup is damaged: {name} is missing.")))?;
            let mut hash = Sha256::new();
            let read = std::io::copy(&mut file.by_ref().take(bytes + 1), &mut HashWriter(&mut hash)).map_err(damaged)?;
            if read != *bytes || hex(&hash.finalize()) != *sha256 {
                return Err(wrong(&format!("The backup is damaged, or was changed: {name} isn’t what manifest.json says.")));
            }
        }
        Ok(())
    }

    /// How many records a file has.
    pub(super) fn records(&self, name: &str) -> u64 {
        self.manifest.files.iter().find(|file| file.name == format!("{name}.jsonl")).map_or(0, |file| file.records)
    }

    /// How many records there are.
    pub(super) fn records_in_all(&self) -> u64 {
        self.manifest.files.iter().map(|file| file.records).fold(0, u64::saturating_add)
    }

    /// The lines of a file; none if the archive doesn't have it.
    pub(super) fn lines<T: DeserializeOwned>(&mut self, name: &'static str) -> Result<Lines<'_, T>> {
        let file = format!("{name}.jsonl");
        let listed = self.manifest.files.iter().find(|listed| listed.name == file);
        let is_whole = !matches!(name, "devices" | "device_group_devices");
        if is_whole && listed.is_some_and(|listed| listed.bytes > MAX_WHOLE) {
            return Err(wrong(&format!("{file} is too large to be restored.")));
        }
        let reader = if listed.is_some() { Some(BufReader::new(self.zip.by_name(&file).map_err(|error| damaged(&error))?)) } else { None };
        let most = if is_whole { MAX_LINES_IN_MEMORY } else { MAX_LINES };
        Ok(Lines { name, reader, at: 0, most, line: std::marker::PhantomData })
    }

    /// A picture; none if the archive doesn't have it.
    pub(super) fn picture(&mut self, name: &str) -> Result<Option<Vec<u8>>> {
        if !self.manifest.files.iter().any(|listed| listed.name == name) {
            return Ok(None);
        }
        let (mut file, mut bytes) = (self.zip.by_name(name).map_err(|error| damaged(&error))?, Vec::new());
        file.by_ref().take(domain::MAX_IMAGE_BYTES as u64 + 1).read_to_end(&mut bytes).map_err(damaged)?;
        Ok(Some(bytes))
    }

    /// Whether there are secrets, which a passphrase opens.
    pub(crate) fn has_secrets(&self) -> bool {
        self.manifest.files.iter().any(|file| file.name.starts_with(SECRETS))
    }

    /// What opens the secrets.
    ///
    /// # Errors
    /// `Invalid` under `passphrase` for a wrong one.
    pub(super) fn key(&mut self, passphrase: &str) -> Result<SecretsKey> {
        if !self.has_secrets() {
            return Err(Error::invalid("passphrase", "There are no secrets in this backup: leave the passphrase out.").into());
        }
        let mut identity = scrypt::Identity::new(passphrase.to_owned().into());
        identity.set_max_work_factor(MAX_WORK_FACTOR);
        let file = self.whole(&format!("{SECRETS}/key.age"))?;
        let wrong = || Error::invalid("passphrase", "This passphrase doesn’t open the secrets of the backup.");
        let text = age::decrypt(&identity, &file).map_err(|_| wrong())?;
        let text = String::from_utf8_lossy(&text);
        Ok(text.lines().find_map(|line| SecretsKey::of(line).ok()).ok_or_else(wrong)?)
    }

    /// The secrets.
    pub(super) fn secrets(&mut self, SecretsKey(key): &SecretsKey) -> Result<Secrets> {
        let names = self.manifest.files.iter().map(|file| file.name.clone());
        let names: Vec<String> = names.filter(|name| name.starts_with(SECRETS) && name.ends_with(".jsonl.age")).collect();
        let mut secrets = Secrets::new();
        for name in names {
            let plain = age::decrypt(key, &self.whole(&name)?).map_err(damaged)?;
            for line in plain.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
                let SecretLine { id, secrets: fields } = serde_json::from_slice(line).map_err(damaged)?;
                secrets.insert(id, fields);
            }
        }
        Ok(secrets)
    }

    fn whole(&mut self, name: &str) -> Result<Vec<u8>> {
        let (mut file, mut bytes) = (self.zip.by_name(name).map_err(|error| damaged(&error))?, Vec::new());
        file.by_ref().take(64 * MAX_LINE).read_to_end(&mut bytes).map_err(damaged)?;
        Ok(bytes)
    }
}

/// The lines of a file, one record each.
pub(super) struct Lines<'a, T> {
    name: &'static str,
    reader: Option<BufReader<ZipFile<'a, BufReader<File>>>>,
    at: u64,
    most: u64,
    line: std::marker::PhantomData<T>,
}

impl<T: DeserializeOwned> Iterator for Lines<'_, T> {
    type Item = Result<T>;

    fn next(&mut self) -> Option<Result<T>> {
        let reader = self.reader.as_mut()?;
        let mut line = Vec::new();
        self.at += 1;
        if self.at > self.most {
            return Some(Err(wrong(&format!("{}.jsonl has more than {} lines.", self.name, self.most))));
        }
        match reader.by_ref().take(MAX_LINE).read_until(b'\n', &mut line) {
            Ok(0) => None,
            Ok(_) => Some(serde_json::from_slice(&line).map_err(|error| wrong(&format!("{}.jsonl, line {}: {error}.", self.name, self.at)))),
            Err(error) => Some(Err(damaged(&error))),
        }
    }
}

/// How many files an archive says that it has, [`u16::MAX`] for more than can be written so; 0 for what is no archive. Asked before it is opened, because
/// that takes memory for each of them.
fn entries(file: &mut File) -> std::io::Result<u16> {
    /// The end of an archive: its mark, and where the number of files stands behind that.
    const END: (&[u8], usize) = (b"PK\x05\x06", 10);
    let size = file.seek(SeekFrom::End(0))?;
    // A comment of at most 65,535 bytes stands behind the end.
    let from = size.saturating_sub(65_557);
    file.seek(SeekFrom::Start(from))?;
    let mut tail = Vec::new();
    file.read_to_end(&mut tail)?;
    let count = tail.windows(END.0.len()).rposition(|window| window == END.0).and_then(|at| tail.get(at + END.1..at + END.1 + 2));
    file.seek(SeekFrom::Start(0))?;
    Ok(count.map_or(0, |count| count.iter().rev().fold(0, |number, byte| number << 8 | u16::from(*byte))))
}

struct HashWriter<'a>(&'a mut Sha256);

impl std::io::Write for HashWriter<'_> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

pub(super) fn wrong(sentence: &str) -> Fault {
    Error::invalid("file", sentence).into()
}

fn damaged(error: impl std::fmt::Display) -> Fault {
    wrong(&format!("The backup is damaged: {error}."))
}
