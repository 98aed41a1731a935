//! What goes into the folder, read once, so that "has anything changed?" and the work itself see the same bytes.

use std::{fs, io::ErrorKind, path::Path};

use crate::{
    Options, Result,
    site::{digest, hex16},
};

/// Everything read from the disk.
pub(crate) struct Inputs {
    /// The client as the compiler left it.
    pub(crate) wasm: Vec<u8>,
    /// All style sheets in the order of their names, as one.
    pub(crate) style: Vec<u8>,
    /// Files that keep their names, such as the icon that browsers ask for.
    pub(crate) public: Vec<(String, Vec<u8>)>,
    flags: String,
}

impl Inputs {
    pub(crate) fn read(options: &Options) -> Result<Self> {
        let wasm = fs::read(&options.wasm).map_err(|error| format!("{}: {error}", options.wasm.display()))?;
        let sheets = files_below(&options.style, "")?;
        let style = sheets.into_iter().filter(|(name, _)| name.ends_with(".css")).flat_map(|(_, bytes)| bytes).collect();
        Ok(Self { wasm, style, public: files_below(&options.public, "")?, flags: format!("release={} dev={}", options.release, options.dev) })
    }

    /// Equal for equal results: covers every input and this program itself.
    pub(crate) fn fingerprint(&self) -> Result<String> {
        let program = fs::read(std::env::current_exe()?)?;
        let parts = [program.as_slice(), &self.wasm, &self.style, self.flags.as_bytes()];
        let public = self.public.iter().flat_map(|(name, bytes)| [name.as_bytes(), bytes.as_slice()]);
        Ok(hex16(&digest(parts.into_iter().chain(public))))
    }
}

/// All files below a folder in the order of their names; none if there is no such folder.
fn files_below(folder: &Path, prefix: &str) -> Result<Vec<(String, Vec<u8>)>> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(format!("{}: {error}", folder.display()).into()),
    };
    let mut entries = entries.collect::<std::io::Result<Vec<_>>>()?;
    entries.sort_by_key(std::fs::DirEntry::file_name);
    let mut files = Vec::new();
    for entry in entries {
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            files.extend(files_below(&entry.path(), &format!("{name}/"))?);
        } else if !entry.file_name().to_string_lossy().starts_with('.') {
            files.push((name, fs::read(entry.path())?));
        }
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn style_sheets_are_joined_in_the_order_of_their_names() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("20-b.css"), "b").unwrap();
        fs::write(folder.path().join("10-a.css"), "a").unwrap();
        fs::create_dir(folder.path().join("30")).unwrap();
        fs::write(folder.path().join("30/c.css"), "c").unwrap();
        let names: Vec<_> = files_below(folder.path(), "").unwrap().into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["10-a.css", "20-b.css", "30/c.css"]);
    }

    #[test]
    fn a_missing_folder_is_an_empty_one() {
        assert!(files_below(Path::new("/nonexistent"), "").unwrap().is_empty());
    }
}
