//! From bytes of unknown origin to a picture: recognised by its content, bounded before it is decoded, and encoded anew without metadata.

use std::io::Cursor;

use bytes::Bytes;
use domain::{IMAGE_OF_TOO_MANY_PIXELS, IMAGE_OF_UNKNOWN_FORMAT, ImageFormat, MAX_IMAGE_PIXELS};
use image::{
    DynamicImage, ImageDecoder, ImageEncoder, ImageReader, Limits,
    codecs::{gif::GifEncoder, jpeg::JpegEncoder, png::PngEncoder, webp::WebPEncoder},
};

use super::refused;
use crate::{Fault, Result};

/// Good enough for a drawing with small letters.
const JPEG_QUALITY: u8 = 88;

/// No side is longer than that: a picture of one pixel's height is no picture.
const MAX_SIDE: u32 = 20_000;

/// A picture as it is kept.
pub(crate) struct Picture {
    pub(crate) format: ImageFormat,
    pub(crate) width: u32,
    pub(crate) height: u32,
    pub(crate) bytes: Bytes,
}

/// Decodes and encodes anew. It takes its time: not for an async task.
pub(crate) fn renew(bytes: &[u8]) -> Result<Picture> {
    let Some(format) = recognise(bytes) else {
        return Err(refused(IMAGE_OF_UNKNOWN_FORMAT));
    };
    let mut reader = ImageReader::with_format(Cursor::new(bytes), codec(format));
    let mut limits = Limits::default();
    limits.max_image_width = Some(MAX_SIDE);
    limits.max_image_height = Some(MAX_SIDE);
    limits.max_alloc = Some(MAX_IMAGE_PIXELS * 8);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(damaged)?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MAX_IMAGE_PIXELS {
        return Err(refused(IMAGE_OF_TOO_MANY_PIXELS));
    }
    // A camera notes which side is up in the metadata that we drop.
    let orientation = decoder.orientation().map_err(damaged)?;
    let mut picture = DynamicImage::from_decoder(decoder).map_err(damaged)?;
    picture.apply_orientation(orientation);
    encode(&picture, format)
}

/// Encodes a picture.
pub(crate) fn encode(picture: &DynamicImage, format: ImageFormat) -> Result<Picture> {
    let mut bytes = Vec::new();
    match format {
        ImageFormat::Png => picture.write_with_encoder(PngEncoder::new(&mut bytes)),
        ImageFormat::Jpeg => {
            let plain = DynamicImage::ImageRgb8(picture.to_rgb8());
            plain.write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, JPEG_QUALITY))
        }
        ImageFormat::Webp => {
            let plain = picture.to_rgba8();
            WebPEncoder::new_lossless(&mut bytes).write_image(&plain, plain.width(), plain.height(), image::ExtendedColorType::Rgba8)
        }
        ImageFormat::Gif => {
            let plain = picture.to_rgba8();
            GifEncoder::new(&mut bytes).encode(&plain, plain.width(), plain.height(), image::ExtendedColorType::Rgba8)
        }
    }
    .map_err(|error| Fault::Failed(format!("An image could not be encoded: {error}")))?;
    Ok(Picture { format, width: picture.width(), height: picture.height(), bytes: bytes.into() })
}

/// By the content; what a file is called says nothing.
fn recognise(bytes: &[u8]) -> Option<ImageFormat> {
    match infer::get(bytes)?.mime_type() {
        "image/png" => Some(ImageFormat::Png),
        "image/jpeg" => Some(ImageFormat::Jpeg),
        "image/webp" => Some(ImageFormat::Webp),
        "image/gif" => Some(ImageFormat::Gif),
        _ => None,
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
