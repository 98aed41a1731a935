//! Detects animations by the structure of the file, without decoding.

use domain::ImageFormat;

/// Whether the file has more than one frame; only the first is stored.
pub(super) fn is_animation(bytes: &[u8], format: ImageFormat) -> bool {
    match format {
        ImageFormat::Gif => gif_has_two_frames(bytes).unwrap_or_default(),
        ImageFormat::Png => png_is_animated(bytes).unwrap_or_default(),
        // The extended format has an animation flag.
        ImageFormat::Webp => bytes.get(12..16) == Some(b"VP8X") && bytes.get(20).is_some_and(|flags| flags & 0x02 != 0),
        ImageFormat::Jpeg => false,
    }
}

/// An animated PNG has an `acTL` chunk before its image data.
fn png_is_animated(bytes: &[u8]) -> Option<bool> {
    let mut at = 8;
    loop {
        let length = u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?);
        match bytes.get(at + 4..at + 8)? {
            b"acTL" => return Some(true),
            b"IDAT" => return Some(false),
            // A chunk's length, name and checksum add 12 bytes.
            _ => at = at.checked_add(usize::try_from(length).ok()?)?.checked_add(12)?,
        }
    }
}

/// Walks over the blocks of a GIF until a second image begins.
fn gif_has_two_frames(bytes: &[u8]) -> Option<bool> {
    let color_table = |flags: u8| if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 0x07) + 1) };
    let mut at = 13 + color_table(*bytes.get(10)?);
    let mut frames = 0;
    loop {
        match bytes.get(at)? {
            // An extension: its label, then its data.
            0x21 => at = after_data(bytes, at + 2)?,
            // An image: descriptor, optional color table, code size, then its data.
            0x2c => {
                frames += 1;
                if frames == 2 {
                    return Some(true);
                }
                at = after_data(bytes, at + 11 + color_table(*bytes.get(at + 9)?))?;
            }
            _ => return Some(false),
        }
    }
}

/// The position after data sub-blocks, each preceded by its length; an empty one is the last.
fn after_data(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        let length = usize::from(*bytes.get(at)?);
        at += 1 + length;
        if length == 0 {
            return Some(at);
        }
    }
}

#[cfg(test)]
mod tests {
    use image::{Delay, Frame, ImageEncoder, RgbaImage, codecs::gif::GifEncoder, codecs::png::PngEncoder};

    use super::*;

    fn gif(frames: usize) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut encoder = GifEncoder::new(&mut bytes);
        let frame = || Frame::from_parts(RgbaImage::new(40, 30), 0, 0, Delay::from_numer_denom_ms(100, 1));
        encoder.encode_frames((0..frames).map(|_| frame())).unwrap();
        drop(encoder);
        bytes
    }

    #[test]
    fn what_moves_is_told_from_what_does_not() {
        assert!(!is_animation(&gif(1), ImageFormat::Gif));
        assert!(is_animation(&gif(2), ImageFormat::Gif) && is_animation(&gif(5), ImageFormat::Gif));
        let mut png = Vec::new();
        PngEncoder::new(&mut png).write_image(&RgbaImage::new(4, 3), 4, 3, image::ExtendedColorType::Rgba8).unwrap();
        assert!(!is_animation(&png, ImageFormat::Png));
        // After the signature and the IHDR chunk.
        png.splice(33..33, *b"\0\0\0\x08acTL\0\0\0\x02\0\0\0\0\0\0\0\0");
        assert!(is_animation(&png, ImageFormat::Png));
        let webp = |flags: u8| [b"RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0".as_slice(), &[flags, 0, 0, 0]].concat();
        assert!(is_animation(&webp(0x12), ImageFormat::Webp) && !is_animation(&webp(0x10), ImageFormat::Webp));
    }

    #[test]
    fn a_file_that_ends_early_does_not_move() {
        let gif = gif(2);
        for end in 0..40 {
            assert!(!is_animation(&gif[..end], ImageFormat::Gif));
        }
        assert!(!is_animation(b"\x89PNG\r\n\x1a\n\xff\xff\xff\xffIHDR", ImageFormat::Png));
    }
}
