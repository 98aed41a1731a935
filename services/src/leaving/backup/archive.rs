//! Packs the rows of a backup, its pictures and its secrets into one zip archive, which is written in parts: it can be larger than memory.

use std::io::{self, Write};

use domain::{BackupId, ClientId, ImageId, PartnerId, Timestamp, counted};
use serde::Serialize;
use serde_json::Value;
use sha2::{Digest, Sha256};
use tokio::runtime::Handle;
use zip::{CompressionMethod, DateTime, ZipWriter, write::SimpleFileOptions, write::StreamWriter};

use super::{
    secrets::SecretKeys,
    store::{Packed, archive_key, rows_key},
    tables::{LEFT_OUT, TABLES},
};
use crate::{Fault, Files, Result, clients::image, people::user};

/// The size of a part of the archive. A download checks the rights again before each.
const PART: usize = 4 * 1024 * 1024;

/// What the manifest calls the format. Raise the version when an older program couldn't read it.
pub(super) const FORMAT: (&str, u32) = ("tenantry-client-backup", 1);

/// The folder of the secrets, each part a file of age.
pub(super) const SECRETS: &str = "secrets";

/// What to pack.
pub(super) struct Contents {
    pub(super) id: BackupId,
    pub(super) client: ClientId,
    pub(super) name: String,
    pub(super) partner: PartnerId,
    pub(super) made: Timestamp,
    /// Of each of [`TABLES`], how many parts and rows there are.
    pub(super) tables: Vec<(u32, u64)>,
    /// With what secrets are encrypted, and how many parts of them there are; none if they are left out.
    pub(super) secrets: Option<(SecretKeys, u32)>,
}

/// What stands in `manifest.json`.
#[derive(Serialize)]
struct Manifest<'a> {
    format: &'a str,
    version: u32,
    made: String,
    client: ClientId,
    name: &'a str,
    provider: PartnerId,
    files: &'a [Entry],
    left_out: Vec<String>,
}

/// A file of the archive.
#[derive(Serialize)]
struct Entry {
    name: String,
    about: &'static str,
    /// How many lines it has; none for what isn't made of lines.
    #[serde(skip_serializing_if = "Option::is_none")]
    records: Option<u64>,
    bytes: u64,
    sha256: String,
}

/// Packs everything, on a thread that may wait.
pub(super) fn pack(files: &Files, runtime: &Handle, contents: &Contents) -> Result<Packed> {
    let mut parts = Parts { files, runtime, id: contents.id, buffer: Vec::with_capacity(PART), parts: 0, bytes: 0, hash: Sha256::new() };
    let mut archive = Archive { zip: ZipWriter::new_stream(&mut parts), files, runtime, time: time(contents.made)?, entries: Vec::new() };
    let mut pictures = Vec::new();
    for (table, (count, records)) in TABLES.iter().zip(&contents.tables) {
        let keys = (0..*count).map(|part| rows_key(contents.id, table.name, part)).collect::<Vec<_>>();
        let pictured = matches!(table.name, "images" | "users");
        archive.add(&format!("{}.jsonl", table.name), table.about, Some(*records), &keys, |bytes| {
            if pictured {
                pictures.extend(pictures_of(bytes, contents.partner)?);
            }
            Ok(())
        })?;
    }
    for (name, key) in pictures {
        archive.add_if_there(&name, &key)?;
    }
    if let Some((keys, count)) = &contents.secrets {
        archive.write(&format!("{SECRETS}/key.age"), "The key of the secrets, which the passphrase opens.", &keys.file()?)?;
        for part in 0..*count {
            let key = rows_key(contents.id, SECRETS, part);
            archive.add(&format!("{SECRETS}/{}.jsonl.age", part + 1), "Secrets, which the key opens.", None, &[key], |_| Ok(()))?;
        }
    }
    let records = contents.tables.iter().map(|(_, records)| records).sum();
    archive.finish(contents)?;
    let (parts, bytes, hash) = parts.finish()?;
    Ok(Packed { parts, records, bytes, sha256: hex(&hash) })
}

/// The pictures that lines are about: the name of each in the archive, and where its file is.
fn pictures_of(lines: &[u8], partner: PartnerId) -> Result<Vec<(String, String)>> {
    let mut found = Vec::new();
    for line in lines.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
        let record: Value = serde_json::from_slice(line)?;
        let picture = |id: &Value, format: &Value| Some((id.as_str()?.parse::<ImageId>().ok()?, format.as_str()?.to_owned()));
        if let Some((id, format)) = picture(&record["id"], &record["format"]) {
            found.push((format!("images/{id}.{format}"), image::file(partner, &id)));
        }
        if let Some((id, format)) = picture(&record["details"]["picture"], &record["details"]["picture_format"]) {
            found.push((format!("pictures/{id}.{format}"), user::picture_file(partner, &id)));
        }
    }
    Ok(found)
}

/// The archive that is written.
struct Archive<'a, W: Write> {
    zip: ZipWriter<StreamWriter<W>>,
    files: &'a Files,
    runtime: &'a Handle,
    time: DateTime,
    entries: Vec<Entry>,
}

impl<W: Write> Archive<'_, W> {
    /// Adds a file that is made of stored ones, and shows each to somebody.
    fn add(
        &mut self,
        name: &str,
        about: &'static str,
        records: Option<u64>,
        keys: &[String],
        mut seen: impl FnMut(&[u8]) -> Result<()>,
    ) -> Result<()> {
        self.begin(name, CompressionMethod::Deflated)?;
        let (mut hash, mut size) = (Sha256::new(), 0);
        for key in keys {
            let missing = || Fault::Failed(format!("{key}, a part of a backup, is gone"));
            let bytes = self.runtime.block_on(self.files.get(key))?.ok_or_else(missing)?;
            seen(&bytes)?;
            hash.update(&bytes);
            size += bytes.len() as u64;
            self.zip.write_all(&bytes).map_err(|error| failed(&error))?;
        }
        self.entries.push(Entry { name: name.to_owned(), about, records, bytes: size, sha256: hex(&hash.finalize()) });
        Ok(())
    }

    /// Adds a picture, unless it was deleted meanwhile.
    fn add_if_there(&mut self, name: &str, key: &str) -> Result<()> {
        let Some(bytes) = self.runtime.block_on(self.files.get(key))? else { return Ok(()) };
        // Pictures are compressed by nature.
        self.begin(name, CompressionMethod::Stored)?;
        self.zip.write_all(&bytes).map_err(|error| failed(&error))?;
        self.entries.push(Entry {
            name: name.to_owned(),
            about: "A picture.",
            records: None,
            bytes: bytes.len() as u64,
            sha256: hex(&Sha256::digest(&bytes)),
        });
        Ok(())
    }

    fn write(&mut self, name: &str, about: &'static str, bytes: &[u8]) -> Result<()> {
        self.begin(name, CompressionMethod::Deflated)?;
        self.zip.write_all(bytes).map_err(|error| failed(&error))?;
        self.entries.push(Entry { name: name.to_owned(), about, records: None, bytes: bytes.len() as u64, sha256: hex(&Sha256::digest(bytes)) });
        Ok(())
    }

    fn begin(&mut self, name: &str, method: CompressionMethod) -> Result<()> {
        // How large a file will be isn't known when it is begun.
        let options = SimpleFileOptions::default().compression_method(method).last_modified_time(self.time).large_file(true);
        self.zip.start_file(name, options).map_err(|error| failed(&error))
    }

    /// Writes the manifest and the README, which stand last because they say what is in the others.
    fn finish(mut self, contents: &Contents) -> Result<()> {
        let mut left_out: Vec<String> = LEFT_OUT.iter().map(ToString::to_string).collect();
        if contents.secrets.is_none() {
            left_out.push("Secrets of credential sets and passwords of Client Details: nobody asked for them.".to_owned());
        }
        let entries = std::mem::take(&mut self.entries);
        let manifest = Manifest {
            format: FORMAT.0,
            version: FORMAT.1,
            made: contents.made.rfc3339(),
            client: contents.client,
            name: &contents.name,
            provider: contents.partner,
            files: &entries,
            left_out: left_out.clone(),
        };
        self.write("manifest.json", "", &serde_json::to_vec_pretty(&manifest)?)?;
        self.write("README.md", "", readme(contents, &entries, &left_out).as_bytes())?;
        self.zip.finish().map_err(|error| failed(&error))?;
        Ok(())
    }
}

fn readme(contents: &Contents, entries: &[Entry], left_out: &[String]) -> String {
    let made = contents.made.rfc3339();
    let lines = entries.iter().filter_map(|entry| Some(format!("- `{}`, {}: {}", entry.name, counted(entry.records?, "line", "lines"), entry.about)));
    let files = lines.collect::<Vec<_>>().join("\n");
    let left_out = left_out.iter().map(|reason| format!("- {reason}")).collect::<Vec<_>>().join("\n");
    let secrets = if contents.secrets.is_some() {
        "\n## Secrets\n\nThey are in the folder `secrets`, encrypted by [age](https://age-encryption.org). `age -d -i secrets/key.age secrets/1.jsonl.age` asks for the\n\
         passphrase and prints them: of each credential set its fields, and of the client the passwords of its alternate accesses by the key of their rows.\n"
    } else {
        ""
    };
    format!(
        "# Backup of {}\n\nMade on {made} of {}. Changes of that day can be in it in part: rows were read one after the other while others worked.\n\n\
         ## Files\n\nEach line of a `.jsonl` file is a JSON object. Times are UTC. `manifest.json` has the size and the SHA-256 of every file.\n\n{files}\n\n\
         The folders `images` and `pictures` hold the network images of the client and the pictures of its users.\n{secrets}\n## What isn't here\n\n{left_out}\n\n\
         ## Back into a console\n\n`tenantry client restore FILE --as \"New name\"`, or Clients > Import > Restore a backup, makes a new client of it.\n",
        contents.name, contents.client
    )
}

/// Takes the archive's bytes and stores them in parts.
struct Parts<'a> {
    files: &'a Files,
    runtime: &'a Handle,
    id: BackupId,
    buffer: Vec<u8>,
    parts: u32,
    bytes: u64,
    hash: Sha256,
}

impl Parts<'_> {
    fn store(&mut self) -> Result<()> {
        let bytes = std::mem::replace(&mut self.buffer, Vec::with_capacity(PART));
        self.hash.update(&bytes);
        self.bytes += bytes.len() as u64;
        self.runtime.block_on(self.files.put(&archive_key(self.id, self.parts), bytes.into()))?;
        self.parts += 1;
        Ok(())
    }

    fn finish(mut self) -> Result<(u32, u64, Vec<u8>)> {
        if !self.buffer.is_empty() {
            self.store()?;
        }
        Ok((self.parts, self.bytes, self.hash.finalize().to_vec()))
    }
}

impl Write for Parts<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let room = PART - self.buffer.len();
        let some = bytes.get(..room).unwrap_or(bytes);
        self.buffer.extend_from_slice(some);
        if self.buffer.len() == PART {
            self.store().map_err(io::Error::other)?;
        }
        Ok(some.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A moment as archives write it: UTC, to two seconds.
fn time(at: Timestamp) -> Result<DateTime> {
    let at = jiff::Timestamp::from_millisecond(at.millis()).map_err(|error| failed(&error))?.to_zoned(jiff::tz::TimeZone::UTC);
    let small = |number: i8| number.unsigned_abs();
    let year = at.year().unsigned_abs();
    DateTime::from_date_and_time(year, small(at.month()), small(at.day()), small(at.hour()), small(at.minute()), small(at.second()))
        .map_err(|error| failed(&error))
}

pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn failed(error: &dyn std::fmt::Display) -> Fault {
    Fault::Failed(format!("an archive can't be written: {error}"))
}
