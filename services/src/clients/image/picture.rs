//! Turns untrusted bytes into a picture: recognized by content, limited before decoding, and re-encoded without metadata.

use std::io::Cursor;

use bytes::Bytes;
use domain::{
    IMAGE_OF_NEWER_FORMAT, IMAGE_OF_TOO_MANY_PIXELS, IMAGE_OF_UNKNOWN_FORMAT, IMAGE_TOO_LARGE, ImageFormat, MAX_IMAGE_BYTES, MAX_IMAGE_PIXELS,
};
use image::{
    DynamicImage, ImageDecoder, ImageEncoder, ImageReader, Limits,
    codecs::{jpeg::JpegEncoder, png::PngEncoder, webp::WebPEncoder},
};

use super::{animation::is_animation, refused};
use crate::{Fault, Result};

/// Small text in diagrams stays readable.
const JPEG_QUALITY: u8 = 88;

/// The longest side; refuses images that are extremely long and thin.
const MAX_SIDE: u32 = 20_000;

/// The refusal of an image that needs more memory than [`MAX_ALLOC`].
const IMAGE_OF_TOO_MANY_BITS: &str = "Choose an image of at most 25 megapixels, or save it with 8 bits per color channel.";

/// A picture as stored.
pub(crate) struct Picture {
    pub(crate) format: ImageFormat,
    pub(crate) width: u32,
    pub(crate) height: u32,
    pub(crate) bytes: Bytes,
    /// Whether the file had more than one frame; only the first is stored.
    pub(crate) is_cut: bool,
}

/// The most bytes that a decoder can allocate: four per pixel, so images with 16 bits per channel can have half as many pixels.
const MAX_ALLOC: u64 = MAX_IMAGE_PIXELS * 4;

/// The same for PNG, where it is for metadata and a row of pixels: a few kilobytes of metadata can inflate to hundreds of megabytes.
const MAX_PNG_ALLOC: u64 = 4 * 1024 * 1024;

/// The number of pixels by the file's header, without decoding.
pub(super) fn pixels(bytes: &[u8]) -> Result<u64> {
    let (decoder, _) = opened(bytes)?;
    let (width, height) = decoder.dimensions();
    Ok(u64::from(width) * u64::from(height))
}

/// Decodes and re-encodes. Call it through [`super::Decoding`], which limits time and memory.
pub(super) fn renew(bytes: &[u8]) -> Result<Picture> {
    let (mut decoder, format) = opened(bytes)?;
    // The orientation is in the metadata, which is dropped.
    let orientation = decoder.orientation().map_err(damaged)?;
    let mut picture = DynamicImage::from_decoder(decoder).map_err(damaged)?;
    picture.apply_orientation(orientation);
    let picture = encode(picture, format)?;
    // A lossy WebP is re-encoded losslessly, so it can become many times as large.
    if picture.bytes.len() > MAX_IMAGE_BYTES {
        return Err(refused(IMAGE_TOO_LARGE));
    }
    Ok(Picture { is_cut: is_animation(bytes, format), ..picture })
}

/// A decoder whose header is read and within the limits.
fn opened(bytes: &[u8]) -> Result<(impl ImageDecoder + '_, ImageFormat)> {
    let format = recognise(bytes)?;
    let mut reader = ImageReader::with_format(Cursor::new(bytes), codec(format));
    let mut limits = Limits::default();
    limits.max_image_width = Some(MAX_SIDE);
    limits.max_image_height = Some(MAX_SIDE);
    limits.max_alloc = Some(if format == ImageFormat::Png { MAX_PNG_ALLOC } else { MAX_ALLOC });
    reader.limits(limits);
    let decoder = reader.into_decoder().map_err(damaged)?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MAX_IMAGE_PIXELS {
        return Err(refused(IMAGE_OF_TOO_MANY_PIXELS));
    }
    if decoder.total_bytes() > MAX_ALLOC {
        return Err(refused(IMAGE_OF_TOO_MANY_BITS));
    }
    Ok((decoder, format))
}

/// Encodes an image, a GIF as PNG: finding the palette of a large GIF can take half a minute. It takes ownership to avoid a copy as large again.
pub(crate) fn encode(picture: DynamicImage, format: ImageFormat) -> Result<Picture> {
    let format = if format == ImageFormat::Gif { ImageFormat::Png } else { format };
    let (width, height) = (picture.width(), picture.height());
    let mut bytes = Vec::new();
    match format {
        ImageFormat::Png | ImageFormat::Gif => picture.write_with_encoder(PngEncoder::new(&mut bytes)),
        ImageFormat::Jpeg => {
            let plain = DynamicImage::ImageRgb8(picture.into_rgb8());
            plain.write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, JPEG_QUALITY))
        }
        ImageFormat::Webp => {
            let plain = picture.into_rgba8();
            WebPEncoder::new_lossless(&mut bytes).write_image(&plain, plain.width(), plain.height(), image::ExtendedColorType::Rgba8)
        }
    }
    .map_err(|error| Fault::Failed(format!("An image could not be encoded: {error}")))?;
    Ok(Picture { format, width, height, bytes: bytes.into(), is_cut: false })
}

/// Recognizes the format by content, whatever the file's name.
fn recognise(bytes: &[u8]) -> Result<ImageFormat> {
    let media_type = infer::get(bytes).map_or("", |kind| kind.mime_type());
    match media_type {
        "image/heif" | "image/avif" => Err(refused(IMAGE_OF_NEWER_FORMAT)),
        other => ImageFormat::from_media_type(other).ok_or_else(|| refused(IMAGE_OF_UNKNOWN_FORMAT)),
    }
}

const fn codec(format: ImageFormat) -> image::ImageFormat {
    match format {
        ImageFormat::Png => image::ImageFormat::Png,
        ImageFormat::Jpeg => image::ImageFormat::Jpeg,
        ImageFormat::Webp => image::ImageFormat::WebP,
        ImageFormat::Gif => image::ImageFormat::Gif,
    }
}

fn damaged(error: image::ImageError) -> Fault {
    match error {
        image::ImageError::Limits(_) => refused("The image has more than 50 megapixels, or a side of more than 20,000 pixels. Choose a smaller one."),
        _ => refused("The image is damaged or of an unusual kind. Save it anew as PNG or JPEG, and choose that."),
    }
}

#[cfg(test)]
mod tests {
    use domain::Error;
    use image::{Rgba, RgbaImage};

    use super::*;

    /// As a number of pixels that a palette of 256 colors can't hold.
    fn colorful(side: u32) -> DynamicImage {
        DynamicImage::ImageRgba8(RgbaImage::from_fn(side, side, |x, y| {
            let [red, green, blue, _] = (x.wrapping_mul(2_654_435_761) ^ y.wrapping_mul(40_503).wrapping_mul(x | 1)).to_be_bytes();
            Rgba([red, green, blue, 255])
        }))
    }

    #[test]
    fn a_gif_becomes_a_png_and_keeps_its_colors() {
        let picture = colorful(100);
        let kept = encode(picture.clone(), ImageFormat::Gif).unwrap();
        assert_eq!(kept.format, ImageFormat::Png);
        assert_eq!(image::load_from_memory(&kept.bytes).unwrap().into_rgba8(), picture.into_rgba8());
    }

    #[test]
    fn metadata_of_a_png_is_not_inflated_beyond_its_limit() {
        let kept = |length: u64| {
            let mut bytes = Vec::new();
            let mut encoder = PngEncoder::new(&mut bytes);
            encoder.set_icc_profile(vec![0; usize::try_from(length).unwrap()]).unwrap();
            colorful(100).write_with_encoder(encoder).unwrap();
            assert_eq!(renew(&bytes).unwrap().width, 100, "the pixels are read");
            opened(&bytes).unwrap().0.icc_profile().unwrap().map(|profile| profile.len() as u64)
        };
        assert_eq!(kept(MAX_PNG_ALLOC / 2), Some(MAX_PNG_ALLOC / 2));
        assert_eq!(kept(MAX_PNG_ALLOC * 2), None);
    }

    #[test]
    fn what_is_too_large_when_it_is_encoded_anew_is_refused() {
        let picture = colorful(2000);
        let mut bytes = Vec::new();
        WebPEncoder::new_lossless(&mut bytes).write_image(picture.as_bytes(), 2000, 2000, image::ExtendedColorType::Rgba8).unwrap();
        assert!(bytes.len() > MAX_IMAGE_BYTES, "{}", bytes.len());
        let Err(Fault::Refused(Error::Invalid { violations })) = renew(&bytes) else { panic!("it was kept") };
        assert_eq!(violations.of("file"), Some(IMAGE_TOO_LARGE));
    }
}
