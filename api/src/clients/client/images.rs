//! The images of a client, which are sent and answered inside JSON.

use domain::{Client, ClientId, Error, Violations};
use http::{HeaderMap, HeaderValue, header::WARNING};
use services::{SentImage, SentImages};

use super::details::Architecture;
use crate::{
    field_name::wire_field,
    picture::{self, NOT_BASE64},
    refusal::Refusal,
    tenant::Tenant,
};

/// Decodes and checks the images of a body. Nothing is stored.
pub(crate) async fn read(tenant: &Tenant, client: Option<ClientId>, images: Vec<Architecture>) -> Result<SentImages, Error> {
    let mut violations = Violations::new();
    let mut sent = Vec::new();
    for (at, Architecture { name: title, file }) in images.into_iter().enumerate() {
        match picture::decode(&file) {
            Some(bytes) => sent.push(SentImage { title, bytes }),
            None => violations.add(format!("images.{at}.file"), NOT_BASE64),
        }
    }
    violations.into_result()?;
    Ok(tenant.services.client_images_read(&tenant.caller, client, sent).await?)
}

/// `Warning` headers about the dropped frames of images.
pub(crate) fn warnings(images: &SentImages) -> HeaderMap {
    let field = |at: usize| wire_field(&format!("images.{at}.file"));
    let warning = |(at, sentence): &(usize, &str)| HeaderValue::try_from(format!("299 - \"{}: {sentence}\"", field(*at))).ok();
    images.warnings().iter().filter_map(warning).map(|value| (WARNING, value)).collect()
}

/// The images of a client. One whose file is lost is left out, so that the client can still be shown.
pub(crate) async fn stored(tenant: &Tenant, client: &Client) -> Result<Vec<Architecture>, Refusal> {
    let mut images = Vec::new();
    for image in &client.details.images {
        match tenant.services.image_read(&tenant.caller, &image.id).await.map_err(Error::from) {
            Ok((_, bytes)) => images.push(Architecture { name: image.title.clone(), file: picture::encode(&bytes) }),
            Err(Error::NotFound) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(images)
}
