//! QR codes.

use std::fmt::Write;

use domain::QrCode;
use qrcode::{Color, EcLevel};

use crate::{Fault, Result};

/// The light modules around a code, without which cameras don't find it.
const QUIET: usize = 4;

/// The QR code of a text.
pub(super) fn code(text: &str) -> Result<QrCode> {
    let unfit = |error| Fault::Failed(format!("no QR code for a text of {} bytes: {error}", text.len()));
    let code = qrcode::QrCode::with_error_correction_level(text, EcLevel::M).map_err(unfit)?;
    let width = code.width();
    let mut path = String::new();
    for (y, row) in code.to_colors().chunks(width).enumerate() {
        let mut x = 0;
        for run in row.chunk_by(|one, other| one == other) {
            if run.first() == Some(&Color::Dark) {
                // Writing to a string doesn't fail.
                _ = write!(path, "M{} {}h{}v1h-{}z", x + QUIET, y + QUIET, run.len(), run.len());
            }
            x += run.len();
        }
    }
    Ok(QrCode { size: u32::try_from(width + 2 * QUIET).unwrap_or_default(), path })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_path_draws_every_dark_module() {
        let QrCode { size, path } = code("A").unwrap();
        assert_eq!(size, 21 + 8);
        assert!(path.starts_with("M4 4h7v1h-7z"), "the upper edge of the first finder");
        let mut drawn = vec![Color::Light; 21 * 21];
        for run in path.split('z').filter(|run| !run.is_empty()) {
            let (place, length) = run.trim_start_matches('M').split_once('h').unwrap();
            let (x, y) = place.split_once(' ').unwrap();
            let at = (y.parse::<usize>().unwrap() - QUIET) * 21 + x.parse::<usize>().unwrap() - QUIET;
            drawn[at..at + length.split('v').next().unwrap().parse::<usize>().unwrap()].fill(Color::Dark);
        }
        assert!(drawn == qrcode::QrCode::with_error_correction_level("A", EcLevel::M).unwrap().to_colors());
    }
}
