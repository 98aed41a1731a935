//! LibreOffice, which opens the files of reports as people do.

use std::{env, path::PathBuf};

use super::apt;
use crate::shell::{Result, find};

/// The variable with the program's path; tests read it too.
pub(crate) const SOFFICE: &str = "SOFFICE";

/// The program, installed if it is missing. Of Debian's packages this is the smallest with spreadsheets.
pub(crate) fn program() -> Result<PathBuf> {
    match env::var_os(SOFFICE) {
        Some(path) => Ok(path.into()),
        None => apt::ensure("LibreOffice", &["libreoffice-calc-nogui"], || find("soffice")),
    }
}
