//! The pictures of an archive, decoded and encoded anew like any that is uploaded. That takes long, so it comes before the transaction that restores.

use std::collections::HashMap;

use domain::{MAX_IMAGES, UserId};

use super::{
    lines::{ClientLine, ImageLine, UserLine},
    source::{Source, wrong},
};
use crate::{Result, Services, clients::image::Picture, people::user::Details};

/// The most bytes of all pictures together: they are in memory at a time.
const MOST: usize = 256 * 1024 * 1024;

/// Pictures by their names in the archive.
pub(super) type Pictures = HashMap<String, Picture>;

impl Services {
    /// The pictures to which the client and its users refer, as far as the archive has them.
    pub(super) async fn restore_pictures(&self, source: &mut Source, by: UserId) -> Result<Pictures> {
        let (mut pictures, mut bytes) = (Pictures::new(), 0);
        for name in names(source)? {
            if pictures.contains_key(&name) {
                continue;
            }
            let Some(picture) = source.picture(&name)? else { continue };
            let picture = self.decoding.renew(by, picture.into()).await?;
            bytes += picture.bytes.len();
            if bytes > MOST {
                return Err(wrong("The pictures of this backup are too large to be restored."));
            }
            pictures.insert(name, picture);
        }
        Ok(pictures)
    }
}

fn names(source: &mut Source) -> Result<Vec<String>> {
    let client = source.lines::<ClientLine>("client")?.next().ok_or_else(|| wrong("The backup holds no client."))??;
    if client.details.images.len() > MAX_IMAGES {
        return Err(wrong(&format!("client.jsonl: a client has at most {MAX_IMAGES} images.")));
    }
    let formats = formats(source)?;
    let images = client.details.images.iter().filter_map(|image| Some(image_name(image.id.as_str(), formats.get(image.id.as_str())?)));
    let mut names: Vec<String> = images.collect();
    for line in source.lines::<UserLine>("users")? {
        // What is wrong with a user is found when it is made.
        let details = serde_json::from_value::<Details>(line?.details).unwrap_or_default();
        names.extend(user_picture_name(&details));
    }
    Ok(names)
}

/// The formats of network images, by their ids.
pub(super) fn formats(source: &mut Source) -> Result<HashMap<String, String>> {
    source.lines::<ImageLine>("images")?.map(|line| line.map(|line| (line.id, line.format))).collect()
}

/// What a network image is called in the archive.
pub(super) fn image_name(id: &str, format: &str) -> String {
    format!("images/{id}.{format}")
}

/// What a user's picture is called in the archive; none if they have none.
pub(super) fn user_picture_name(details: &Details) -> Option<String> {
    let picture = details.picture()?;
    Some(format!("pictures/{}.{}", picture.id, picture.format.key()))
}
