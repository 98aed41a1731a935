//! Turns untrusted bytes into a picture: recognized by content, limited before decoding, and re-encoded without metadata.

use std::io::Cursor;

use bytes::Bytes;
use domain::{IMAGE_OF_NEWER_FORMAT, IMAGE_OF_TOO_MANY_PIXELS, IMAGE_OF_UNKNOWN_FORMAT, ImageFormat, MAX_IMAGE_PIXELS};
use image::{
    DynamicImage, ImageDecoder, ImageEncoder, ImageReader, Limits,
    codecs::{gif::GifEncoder, jpeg::JpegEncoder, png::PngEncoder, webp::WebPEncoder},
};

use super::{animation::is_animation, refused};
use crate::{Fault, Result};

/// Good enough for a drawing with small letters.
const JPEG_QUALITY: u8 = 88;

/// No side is longer than that: a picture of one pixel's height is no picture.
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
    Ok(Picture { is_cut: is_animation(bytes, format), ..picture })
}

/// A decoder whose header is read and within the limits.
fn opened(bytes: &[u8]) -> Result<(impl ImageDecoder + '_, ImageFormat)> {
    let format = recognise(bytes)?;
    let mut reader = ImageReader::with_format(Cursor::new(bytes), codec(format));
    let mut limits = Limits::default();
    limits.max_image_width = Some(MAX_SIDE);
    limits.max_image_height = Some(MAX_SIDE);
    limits.max_alloc = Some(MAX_ALLOC);
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

/// Encodes an image. It takes ownership to avoid a copy as large again.
pub(crate) fn encode(picture: DynamicImage, format: ImageFormat) -> Result<Picture> {
    let (width, height) = (picture.width(), picture.height());
    let mut bytes = Vec::new();
    match format {
        ImageFormat::Png => picture.write_with_encoder(PngEncoder::new(&mut bytes)),
        ImageFormat::Jpeg => {
            let plain = DynamicImage::ImageRgb8(picture.into_rgb8());
            plain.write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, JPEG_QUALITY))
        }
        ImageFormat::Webp => {
            let plain = picture.into_rgba8();
            WebPEncoder::new_lossless(&mut bytes).write_image(&plain, plain.width(), plain.height(), image::ExtendedColorType::Rgba8)
        }
        ImageFormat::Gif => {
            let plain = picture.into_rgba8();
            GifEncoder::new(&mut bytes).encode(&plain, plain.width(), plain.height(), image::ExtendedColorType::Rgba8)
        }
    }
    .map_err(|error| Fault::Failed(format!("An image could not be encoded: {error}")))?;
    Ok(Picture { format, width, height, bytes: bytes.into(), is_cut: false })
}

/// By the content; what a file is called says nothing.
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
