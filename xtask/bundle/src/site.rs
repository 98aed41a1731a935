//! The folder that the server embeds: names that change with the contents, and a compressed copy of whatever shrinks.

use std::{
    collections::BTreeMap,
    fs,
    io::Write as _,
    path::{Path, PathBuf},
};

use flate2::{Compression, write::GzEncoder};
use sha2::{Digest, Sha256};

use crate::Result;

/// What compression may cost.
#[derive(Clone, Copy)]
pub(crate) enum Effort {
    /// For people who download it.
    Smallest,
    /// For tests, which only need the same set of files.
    Fastest,
    /// For development: no compressed copies.
    None,
}

impl Effort {
    /// The quality of brotli, and the level of gzip.
    fn levels(self) -> Option<(i32, Compression)> {
        match self {
            Self::Smallest => Some((11, Compression::best())),
            Self::Fastest => Some((1, Compression::fast())),
            Self::None => None,
        }
    }
}

/// Files by their path inside the folder.
pub(crate) struct Site {
    effort: Effort,
    files: BTreeMap<String, Vec<u8>>,
}

impl Site {
    pub(crate) fn new(effort: Effort) -> Self {
        Self { effort, files: BTreeMap::new() }
    }

    /// Adds a file under just this name.
    pub(crate) fn add(&mut self, name: impl Into<String>, bytes: impl Into<Vec<u8>>) {
        self.files.insert(name.into(), bytes.into());
    }

    /// Adds a file under a name that changes with its contents, and returns the name: it may be cached for ever.
    pub(crate) fn add_hashed(&mut self, stem: &str, extension: &str, bytes: impl Into<Vec<u8>>) -> String {
        let bytes = bytes.into();
        let name = format!("{stem}-{}.{extension}", hex16(&digest([bytes.as_slice()])));
        self.add(name.clone(), bytes);
        name
    }

    /// Makes the folder hold these files, their compressed copies and nothing else; returns a line about it.
    pub(crate) fn write(self, folder: &Path) -> Result<String> {
        let mut wanted = BTreeMap::new();
        let (mut raw, mut brotlied) = (0, 0);
        for (name, bytes) in self.files {
            if let Some((quality, level)) = self.effort.levels().filter(|_| shrinks(&name)) {
                let small = brotli(&bytes, quality)?;
                raw += bytes.len();
                brotlied += small.len();
                wanted.insert(format!("{name}.br"), small);
                wanted.insert(format!("{name}.gz"), gzip(&bytes, level)?);
            }
            wanted.insert(name, bytes);
        }
        for path in existing(folder)? {
            let name = path.strip_prefix(folder)?.to_string_lossy().into_owned();
            if !wanted.contains_key(&name) {
                fs::remove_file(path)?;
            }
        }
        for (name, bytes) in &wanted {
            let path = folder.join(name);
            if let Some(parent) = path.parent() {
                fs::create_dir_all(parent)?;
            }
            // An untouched file keeps its time, and the server that embeds it needn't be compiled anew.
            if fs::read(&path).ok().as_ref() != Some(bytes) {
                fs::write(path, bytes)?;
            }
        }
        Ok(format!("{} kB, {} kB after brotli", raw / 1000, brotlied / 1000))
    }
}

fn existing(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let Ok(entries) = fs::read_dir(folder) else { return Ok(files) };
    for entry in entries {
        let path = entry?.path();
        if path.is_dir() {
            files.extend(existing(&path)?);
        } else {
            files.push(path);
        }
    }
    Ok(files)
}

/// Pictures are compressed already; the manifest is only read by the server.
fn shrinks(name: &str) -> bool {
    let extension = name.rsplit('.').next().unwrap_or_default();
    name != "manifest.json" && matches!(extension, "js" | "wasm" | "css" | "svg" | "json" | "txt" | "html" | "webmanifest" | "ico")
}

fn brotli(bytes: &[u8], quality: i32) -> Result<Vec<u8>> {
    let parameters = brotli::enc::BrotliEncoderParams { quality, lgwin: 22, size_hint: bytes.len(), ..Default::default() };
    let mut small = Vec::new();
    brotli::BrotliCompress(&mut &bytes[..], &mut small, &parameters)?;
    Ok(small)
}

fn gzip(bytes: &[u8], level: Compression) -> Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), level);
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}

/// One digest of several parts; their lengths count, so that moving a boundary changes it.
pub(crate) fn digest<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> Vec<u8> {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    }
    hash.finalize().to_vec()
}

/// Sixteen characters tell any two builds apart.
pub(crate) fn hex16(digest: &[u8]) -> String {
    digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<_> =
            existing(folder).unwrap().iter().map(|path| path.strip_prefix(folder).unwrap().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    #[test]
    fn names_change_with_the_contents() {
        let mut site = Site::new(Effort::Fastest);
        let one = site.add_hashed("style", "css", "a{}");
        assert_eq!(one, site.add_hashed("style", "css", "a{}"));
        assert_ne!(one, site.add_hashed("style", "css", "b{}"));
        assert_eq!(one.len(), "style-0123456789abcdef.css".len());
    }

    #[test]
    fn the_folder_holds_what_was_added_and_nothing_older() {
        let folder = tempfile::tempdir().unwrap();
        for sheet in ["a{}", "b{}"] {
            let mut site = Site::new(Effort::Smallest);
            site.add("sub/style.css", sheet);
            site.add(format!("{}.png", &sheet[..1]), "picture");
            site.write(folder.path()).unwrap();
        }
        assert_eq!(names(folder.path()), ["b.png", "sub/style.css", "sub/style.css.br", "sub/style.css.gz"]);
        let mut plain = Vec::new();
        let small = fs::read(folder.path().join("sub/style.css.br")).unwrap();
        brotli::BrotliDecompress(&mut small.as_slice(), &mut plain).unwrap();
        assert_eq!(plain, b"b{}");
    }

    #[test]
    fn an_unchanged_file_is_not_written_again() {
        let folder = tempfile::tempdir().unwrap();
        let write = || {
            let mut site = Site::new(Effort::Fastest);
            site.add("style.css", "a{}");
            site.write(folder.path()).unwrap();
            fs::metadata(folder.path().join("style.css")).unwrap().modified().unwrap()
        };
        assert_eq!(write(), write());
    }
}
