//! Images of network architectures.

use std::io::Cursor;

use bytes::Bytes;
use domain::{ClientDraft, Error, ImageFormat, NetworkImage, NetworkImageDraft, RoleDraft};
use image::{DynamicImage, GenericImageView, Rgb, RgbImage};

use crate::{
    client::fields,
    role::{self, exactly},
    support::{client_draft as draft, on_both_engines, refusal},
};

/// Twice as wide as high, its left half red.
fn picture() -> DynamicImage {
    DynamicImage::ImageRgb8(RgbImage::from_fn(40, 20, |x, _| if x < 20 { Rgb([200, 0, 0]) } else { Rgb([0, 0, 200]) }))
}

fn encoded(format: image::ImageFormat) -> Vec<u8> {
    let mut bytes = Vec::new();
    picture().write_to(&mut Cursor::new(&mut bytes), format).unwrap();
    bytes
}

/// A JPEG whose metadata says that it was taken with the camera on its side, and where.
fn photograph() -> Vec<u8> {
    let plain = encoded(image::ImageFormat::Jpeg);
    let mut exif = b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0".to_vec();
    exif.extend(b"GPS 18.47N 69.90W");
    let mut bytes = plain[..2].to_vec();
    bytes.extend([0xff, 0xe1]);
    bytes.extend(u16::try_from(exif.len() + 2).unwrap().to_be_bytes());
    bytes.extend(exif);
    bytes.extend(&plain[2..]);
    bytes
}

/// A PNG that says it is of a size, with a right checksum and no picture.
fn bomb(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = encoded(image::ImageFormat::Png);
    bytes[16..20].copy_from_slice(&width.to_be_bytes());
    bytes[20..24].copy_from_slice(&height.to_be_bytes());
    let mut sum = !0_u32;
    for byte in &bytes[12..29] {
        sum ^= u32::from(*byte);
        for _ in 0..8 {
            sum = if sum & 1 == 1 { (sum >> 1) ^ 0xedb8_8320 } else { sum >> 1 };
        }
    }
    bytes[29..33].copy_from_slice(&(!sum).to_be_bytes());
    bytes
}

fn titled(image: &NetworkImage) -> NetworkImageDraft {
    NetworkImageDraft { id: image.id.clone(), title: "Office".to_owned() }
}

#[test]
fn every_format_is_kept_as_what_it_is_or_without_loss() {
    on_both_engines(async |world| {
        let partner = world.partner().await;
        let admin = world.caller(partner, None, "Partner Administrator").await;
        let formats = [
            (image::ImageFormat::Png, ImageFormat::Png),
            (image::ImageFormat::Jpeg, ImageFormat::Jpeg),
            (image::ImageFormat::WebP, ImageFormat::Webp),
            // A GIF would lose colors.
            (image::ImageFormat::Gif, ImageFormat::Png),
        ];
        for (codec, format) in formats {
            let image = world.services.image_upload(&admin, encoded(codec).into()).await.unwrap();
            assert_eq!((image.format, image.width, image.height), (format, 40, 20));
            let (read, bytes) = world.services.image_read(&admin, &image.id).await.unwrap();
            assert_eq!((read, bytes.len() as u64), (format, image.bytes));
            let pixel = image::load_from_memory(&bytes).unwrap().get_pixel(5, 5);
            assert!(pixel[0] > 150 && pixel[2] < 80, "{format:?} {pixel:?}");
            assert_eq!(world.services.image_list(&admin, std::slice::from_ref(&image.id)).await.unwrap(), [image]);
        }
    });
}

#[test]
fn metadata_is_dropped_after_it_has_turned_the_picture() {
    on_both_engines(async |world| {
        let partner = world.partner().await;
        let admin = world.caller(partner, None, "Partner Administrator").await;
        let image = world.services.image_upload(&admin, photograph().into()).await.unwrap();
        assert_eq!((image.width, image.height), (20, 40));
        let (_, bytes) = world.services.image_read(&admin, &image.id).await.unwrap();
        assert!(!bytes.windows(4).any(|part| part == b"Exif" || part == b"GPS "));
        let top = image::load_from_memory(&bytes).unwrap().get_pixel(10, 3);
        assert!(top[0] > 150 && top[2] < 80, "the red half is on top: {top:?}");
    });
}

#[test]
fn anything_else_is_refused_with_a_sentence() {
    on_both_engines(async |world| {
        let partner = world.partner().await;
        let admin = world.caller(partner, None, "Partner Administrator").await;
        let mut large = encoded(image::ImageFormat::Png);
        large.resize(domain::MAX_IMAGE_BYTES + 1, 0);
        let damaged = encoded(image::ImageFormat::Png)[..60].to_vec();
        for (bytes, sentence) in [
            (b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>".to_vec(), domain::IMAGE_OF_UNKNOWN_FORMAT),
            (Vec::new(), domain::IMAGE_OF_UNKNOWN_FORMAT),
            (b"%PDF-1.7 nothing".to_vec(), domain::IMAGE_OF_UNKNOWN_FORMAT),
            (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic".to_vec(), domain::IMAGE_OF_NEWER_FORMAT),
            (b"\0\0\0\x18ftypavif\0\0\0\0avifmif1".to_vec(), domain::IMAGE_OF_NEWER_FORMAT),
            (large, domain::IMAGE_TOO_LARGE),
            (damaged, "damaged"),
            (bomb(15_000, 15_000), domain::IMAGE_OF_TOO_MANY_PIXELS),
            (bomb(60_000, 60_000), "50 megapixels"),
        ] {
            let Error::Invalid { violations } = refusal(world.services.image_upload(&admin, bytes.into()).await) else { panic!("{sentence}") };
            let told = violations.of("file").unwrap();
            assert!(told.contains(sentence), "{told}");
        }
        assert_eq!(world.rows("SELECT id FROM network_images").await.len(), 0);
    });
}

#[test]
fn a_picture_whose_file_cannot_be_written_leaves_nothing() {
    on_both_engines(async |world| {
        let partner = world.partner().await;
        let admin = world.caller(partner, None, "Partner Administrator").await;
        let folder = tempfile::tempdir().unwrap();
        let services = world.services.clone().with_files(services::Files::local(folder.path()).unwrap());
        // A file in place of the image folder makes writing fail.
        std::fs::write(folder.path().join("images"), "").unwrap();
        assert!(services.image_upload(&admin, encoded(image::ImageFormat::Png).into()).await.is_err());
        assert_eq!(world.rows("SELECT id FROM network_images").await.len(), 0);
    });
}

#[test]
fn many_large_pictures_at_once_are_decoded_one_after_another() {
    on_both_engines(async |world| {
        let partner = world.partner().await;
        let admin = world.caller(partner, None, "Partner Administrator").await;
        let mut bytes = Vec::new();
        RgbImage::new(2000, 1500).write_to(&mut Cursor::new(&mut bytes), image::ImageFormat::Png).unwrap();
        let bytes = Bytes::from(bytes);
        let uploads = futures::future::join_all((0..12).map(|_| world.services.image_upload(&admin, bytes.clone()))).await;
        let busy = uploads.iter().filter(|upload| matches!(upload, Err(services::Fault::Refused(Error::Busy)))).count();
        assert_eq!((uploads.iter().filter(|upload| upload.is_ok()).count(), busy), (8, 4), "one user has eight waiting at most");
        assert!(world.services.image_upload(&admin, bytes).await.is_ok(), "and may go on when they are done");
    });
}

#[test]
fn an_image_is_its_uploaders_until_a_client_has_it() {
    on_both_engines(async |world| {
        let partner = world.partner().await;
        let admin = world.caller(partner, None, "Partner Administrator").await;
        let other = world.caller(partner, None, "Var Administrator").await;
        let viewer = world.caller(partner, None, "Auditor View").await;
        let services = &world.services;
        let png = || Bytes::from(encoded(image::ImageFormat::Png));
        assert!(matches!(refusal(services.image_upload(&viewer, png()).await), Error::Forbidden { .. }));
        let image = services.image_upload(&admin, png()).await.unwrap();
        let with = |name| ClientDraft { images: vec![titled(&image)], ..draft(name) };
        assert_eq!(refusal(services.image_read(&other, &image.id).await), Error::NotFound);
        assert_eq!(services.image_list(&other, std::slice::from_ref(&image.id)).await.unwrap(), []);
        assert_eq!(fields(services.client_create(&other, with("Thief")).await), ["images.0"]);
        assert_eq!(fields(services.client_create(&admin, ClientDraft { images: vec![titled(&image); 2], ..draft("Twice") }).await), ["images.1"]);

        let one = services.client_create(&admin, with("One")).await.unwrap();
        let two = services.client_create(&admin, draft("Two")).await.unwrap();
        let [of_one, of_two] = [(one, "Customer"), (two, "Client Administrator")];
        let of_one = world.caller(partner, Some(of_one.0), of_one.1).await;
        let of_two = world.caller(partner, Some(of_two.0), of_two.1).await;
        assert!(services.image_read(&viewer, &image.id).await.is_ok());
        assert!(services.image_read(&of_one, &image.id).await.is_ok());
        assert_eq!(refusal(services.image_read(&of_two, &image.id).await), Error::NotFound);
        assert_eq!(fields(services.client_update(&admin, two, 1, with("Two")).await), ["images.0"], "it is another client's");

        services.client_update(&admin, one, 1, ClientDraft { city: "Rome".into(), ..with("One") }).await.unwrap();
        assert!(services.image_read(&viewer, &image.id).await.is_ok(), "it stays");
        services.client_update(&admin, one, 2, draft("One")).await.unwrap();
        assert_eq!(refusal(services.image_read(&viewer, &image.id).await), Error::NotFound, "taken off");
        assert_eq!(refusal(services.image_read(&admin, &image.id).await), Error::NotFound);
    });
}

#[test]
fn a_role_that_lists_clients_shows_no_other_client_s_images() {
    on_both_engines(async |world| {
        let partner = world.partner().await;
        let admin = world.caller(partner, None, "Partner Administrator").await;
        let services = &world.services;
        let mut images = Vec::new();
        for name in ["One", "Two"] {
            let image = services.image_upload(&admin, encoded(image::ImageFormat::Png).into()).await.unwrap();
            services.client_create(&admin, ClientDraft { images: vec![titled(&image)], ..draft(name) }).await.unwrap();
            images.push(image.id);
        }
        let role = RoleDraft { permission_sets: exactly(["12"]), clients: exactly(["client_1"]), ..role::draft("Technician of One", "MSP") };
        services.role_create(&admin, role).await.unwrap();
        let technician = world.caller(partner, None, "Technician of One").await;
        assert!(services.image_read(&technician, &images[0]).await.is_ok());
        assert_eq!(refusal(services.image_read(&technician, &images[1]).await), Error::NotFound);
        let listed = services.image_list(&technician, &images).await.unwrap();
        assert_eq!(listed.into_iter().map(|image| image.id).collect::<Vec<_>>(), images[..1]);
    });
}

#[test]
fn what_belongs_to_nothing_is_swept_after_a_day() {
    on_both_engines(async |world| {
        let partner = world.partner().await;
        let admin = world.caller(partner, None, "Partner Administrator").await;
        let services = &world.services;
        let upload = async || services.image_upload(&admin, encoded(image::ImageFormat::Gif).into()).await.unwrap();
        let [orphan, drafted, attached] = [upload().await, upload().await, upload().await];
        services.client_create(&admin, ClientDraft { images: vec![titled(&attached)], ..draft("Has one") }).await.unwrap();
        let id = services.draft_create(&admin).await.unwrap().id;
        let typed = ClientDraft { images: vec![titled(&drafted)], ..draft("Will have one") };
        services.draft_save(&admin, &id, 1, domain::Step::NetworkArchitecture, typed).await.unwrap();
        assert_eq!(services.image_sweep().await.unwrap(), 0, "not yet");
        world.clock.advance_seconds(25 * 60 * 60);
        assert_eq!(services.image_sweep().await.unwrap(), 1);
        assert_eq!(refusal(services.image_read(&admin, &orphan.id).await), Error::NotFound);
        assert!(services.image_read(&admin, &drafted.id).await.is_ok() && services.image_read(&admin, &attached.id).await.is_ok());
    });
}

#[test]
fn a_client_s_images_fit_into_one_answer_together() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let services = &world.services;
        let mut images = Vec::new();
        for _ in 0..3 {
            images.push(services.image_upload(&admin, encoded(image::ImageFormat::Png).into()).await.unwrap());
        }
        world.execute(&format!("UPDATE network_images SET bytes = {}", 9 * 1024 * 1024)).await;
        let with = |count: usize| ClientDraft { images: images[..count].iter().map(titled).collect(), ..draft("Large") };
        assert_eq!(fields(services.client_create(&admin, with(3)).await), ["images"]);
        let client = services.client_create(&admin, with(2)).await.unwrap();
        assert_eq!(fields(services.client_update(&admin, client, 1, with(3)).await), ["images"]);

        world.execute(&format!("UPDATE network_images SET bytes = {}", 11 * 1024 * 1024)).await;
        let renamed = ClientDraft { city: "Rome".into(), ..with(2) };
        services.client_update(&admin, client, 1, renamed).await.expect("what it has already it keeps");
    });
}

#[test]
fn nobody_uploads_images_without_end() {
    on_both_engines(async |world| {
        let partner = world.partner().await;
        let admin = world.caller(partner, None, "Partner Administrator").await;
        let other = world.caller(partner, None, "Var Administrator").await;
        let services = &world.services;
        let upload = async |caller| services.image_upload(caller, encoded(image::ImageFormat::Png).into()).await;
        let first = upload(&admin).await.unwrap();
        let copies = "INSERT INTO network_images (id, partner_id, client_id, user_id, format, width, height, bytes, created) \
                      SELECT '2912ca9f-5c62-451f-82a8-8c08ca9c9' || n.number, partner_id, 0, user_id, format, width, height, bytes, created \
                      FROM network_images CROSS JOIN";
        let numbers = (100..199).map(|number| format!("SELECT {number} AS number")).collect::<Vec<_>>().join(" UNION ALL ");
        world.execute(&format!("{copies} ({numbers}) AS n")).await;
        assert_eq!(fields(upload(&admin).await), ["file"]);
        assert!(upload(&other).await.is_ok(), "others have their own");

        let id = services.draft_create(&admin).await.unwrap().id;
        let typed = ClientDraft { images: vec![titled(&first)], ..draft("Will have one") };
        services.draft_save(&admin, &id, 1, domain::Step::NetworkArchitecture, typed).await.unwrap();
        upload(&admin).await.expect("an image of a draft belongs to something");
    });
}
