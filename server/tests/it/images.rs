//! Pictures of networks: who may upload one, and who sees it.

use std::io::Cursor;

use domain::{Client, Error, IMAGE_OF_UNKNOWN_FORMAT, IMAGE_TOO_LARGE, MAX_IMAGE_BYTES, NetworkImage, NetworkImageDraft};
use http::StatusCode;
use image::{ImageFormat, RgbImage};
use serde_json::json;

use crate::support::{Actor, Answer, on_both_engines};

/// A picture of six points.
pub(crate) fn picture() -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    RgbImage::new(3, 2).write_to(&mut bytes, ImageFormat::Png).unwrap();
    bytes.into_inner()
}

async fn upload(actor: &Actor<'_>, bytes: impl Into<Vec<u8>>) -> Answer {
    actor.post("/images", "application/octet-stream", bytes.into()).await
}

/// Why an upload was refused, as the page shows it.
fn sentence(answer: &Answer) -> String {
    match answer.error() {
        Error::Invalid { violations } => violations.iter().map(|violation| violation.message.as_str()).collect(),
        other => panic!("refused for another reason: {other}"),
    }
}

#[test]
fn a_picture_belongs_to_its_uploader_until_a_client_has_it() {
    on_both_engines(async |app| {
        let admin = app.partner_admin().await;
        let answer = upload(&admin, picture()).await;
        assert_eq!(answer.status, StatusCode::CREATED);
        let uploaded: NetworkImage = answer.ok();
        assert_eq!((uploaded.width, uploaded.height), (3, 2));
        let path = format!("/images/{}", uploaded.id);

        let answer = admin.get(&path).await;
        assert_eq!((answer.status, answer.header("content-type")), (StatusCode::OK, Some("image/png")));
        assert_eq!(answer.header("cache-control"), Some("no-store"));
        let colleague = app.viewer().await;
        assert_eq!(colleague.get(&path).await.status, StatusCode::NOT_FOUND, "nobody else has seen it yet");

        let mut client: Client = admin.rpc("clients/get", json!({ "id": "client_9" })).await.ok();
        client.details.images.push(NetworkImageDraft { id: uploaded.id, title: "Server room".to_owned() });
        admin.rpc("clients/update", json!({ "id": client.id, "version": client.version, "draft": client.details })).await.ok::<Client>();
        assert_eq!(colleague.get(&path).await.status, StatusCode::OK, "who sees the client sees its pictures");
        for (who, stranger, expected) in [
            ("another client’s user", app.client_admin().await, StatusCode::NOT_FOUND),
            ("another partner’s administrator", app.foreign_admin().await, StatusCode::NOT_FOUND),
            ("nobody", app.nobody(), StatusCode::UNAUTHORIZED),
        ] {
            assert_eq!(stranger.get(&path).await.status, expected, "{who}");
        }
    });
}

#[test]
fn only_pictures_are_taken() {
    on_both_engines(async |app| {
        let admin = app.partner_admin().await;
        let svg = r#"<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>"#;
        for (what, bytes) in
            [("svg", svg.as_bytes().to_vec()), ("nothing", Vec::new()), ("a cut picture", picture()[..40].to_vec()), ("pdf", b"%PDF-1.7".to_vec())]
        {
            let answer = upload(&admin, bytes).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{what}");
            assert!(!sentence(&answer).is_empty(), "{what}");
        }
        assert_eq!(sentence(&upload(&admin, svg).await), IMAGE_OF_UNKNOWN_FORMAT);
    });
}

#[test]
fn too_large_a_picture_is_refused_with_a_sentence() {
    on_both_engines(async |app| {
        let admin = app.partner_admin().await;
        for size in [MAX_IMAGE_BYTES + 1, MAX_IMAGE_BYTES * 2] {
            let mut bytes = picture();
            bytes.resize(size, 0);
            let answer = upload(&admin, bytes).await;
            assert_eq!((answer.status, sentence(&answer).as_str()), (StatusCode::UNPROCESSABLE_ENTITY, IMAGE_TOO_LARGE), "{size} bytes");
        }
    });
}

#[test]
fn an_address_of_nonsense_is_not_found() {
    on_both_engines(async |app| {
        let admin = app.partner_admin().await;
        for id in ["nonsense", "..%2F..%2Fmaster.key", "2912ca9f-5c62-451f-82a8-8c08ca9c9447"] {
            assert_eq!(admin.get(&format!("/images/{id}")).await.status, StatusCode::NOT_FOUND, "{id}");
        }
    });
}
