//! Images of a client's network architecture (docs/spec/clients.md, "Network architecture").

use serde::{Deserialize, Serialize};

use crate::{Draft, ImageId, Timestamp, Violations, choice::choice, limits, text};

/// 10 MiB.
pub const MAX_IMAGE_BYTES: usize = 10 * 1024 * 1024;

/// 20 MiB: all images of a client together, which the API answers and takes in one body.
pub const MAX_IMAGES_BYTES: u64 = 20 * 1024 * 1024;

/// 50 megapixels.
pub const MAX_IMAGE_PIXELS: u64 = 50_000_000;

/// The refusal of a file that isn't an image of a known format.
pub const IMAGE_OF_UNKNOWN_FORMAT: &str = "Choose a PNG, JPEG, WebP or GIF image.";

/// The refusal of HEIC and AVIF, the default formats of newer phones.
pub const IMAGE_OF_NEWER_FORMAT: &str = "HEIC and AVIF images can’t be stored. Save the image as JPEG or PNG, or let the phone take JPEG photos (iPhone: Settings > Camera > Formats > Most Compatible).";

/// The note on an uploaded animation.
pub const IMAGE_WAS_CUT: &str = "Only the first frame of the animation is stored.";

/// The refusal of a file larger than [`MAX_IMAGE_BYTES`].
pub const IMAGE_TOO_LARGE: &str = "Choose an image of at most 10 MiB.";

/// The refusal of an image with more than [`MAX_IMAGE_PIXELS`].
pub const IMAGE_OF_TOO_MANY_PIXELS: &str = "Choose an image of at most 50 megapixels.";

choice!(
    /// A format that is accepted. Every image is decoded and re-encoded, which removes all metadata.
    ImageFormat {
        /// PNG.
        Png = "png", "PNG";
        /// JPEG.
        Jpeg = "jpeg", "JPEG";
        /// WebP.
        Webp = "webp", "WebP";
        /// GIF: its first frame is stored as PNG.
        Gif = "gif", "GIF";
    }
);

impl ImageFormat {
    /// The media type it is served with.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Webp => "image/webp",
            Self::Gif => "image/gif",
        }
    }

    /// The format of a media type.
    #[must_use]
    pub fn from_media_type(media_type: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|format| format.media_type() == media_type)
    }
}

/// An image that was uploaded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NetworkImage {
    /// Identifier.
    pub id: ImageId,
    /// Format in which it is stored.
    pub format: ImageFormat,
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
    /// Size of the file.
    pub bytes: u64,
    /// When it was uploaded.
    pub created: Timestamp,
    /// Set only in the answer to an upload: it is the first frame of an animation, and the other frames are dropped.
    #[serde(default)]
    pub is_cut: bool,
}

/// An image's place in a draft: which, and what it is called. The order of the list is the order on the page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NetworkImageDraft {
    /// Which.
    pub id: ImageId,
    /// Title.
    pub title: String,
}

/// The image with its title trimmed, as a part of a client's profile.
impl Draft for NetworkImageDraft {
    type Context<'a> = ();
    type Checked = Self;

    fn check(self, (): ()) -> Result<Self, Violations> {
        let title = text::required_line(&self.title, limits::NAME, "Enter a title for the image.");
        let title = title.map_err(|message| Violations::of_field("title", message))?;
        Ok(Self { title, ..self })
    }
}
