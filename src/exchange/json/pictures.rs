//! The pictures of a figure in the JSON document: as data URIs, or as files beside it.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::data_uri;
use crate::draft::{Draft, FigurePicture, KeptPicture, PictureBytes};
use crate::form::Orientation;
use crate::pictures::Picture;

/// Largest file of a picture that is read.
pub const MAX_PICTURE_BYTES: u64 = crate::pictures::MAX_BYTES as u64;

/// How pictures leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PicturesAs<'a> {
    /// As data URIs in the document.
    Inline,
    /// As files in a folder of that name beside the document.
    Files(&'a str),
}

/// Reads the file that a document names; otherwise says in Japanese why it is not read.
pub type ReadPicture<'a> = &'a dyn Fn(&str) -> Result<Vec<u8>, String>;

/// Characters of an id in the name of a file: no two pictures of a document have the same.
const NAME_CHARS: usize = 16;

/// The name of the file of a picture.
pub fn file_name(id: &str, bytes: &[u8]) -> String {
    let stem: String = id.chars().take(NAME_CHARS).filter(char::is_ascii_alphanumeric).collect();
    let extension = Picture::read(bytes).map_or("bin", |picture| picture.kind.extension());
    format!("{stem}.{extension}")
}

/// The files of all pictures that are at hand, by name.
pub fn picture_files(draft: &Draft) -> BTreeMap<String, Arc<[u8]>> {
    let files = draft.pictures().into_iter().filter_map(|(id, bytes)| match bytes {
        PictureBytes::Sound(bytes) => Some((file_name(&id, &bytes), bytes)),
        PictureBytes::Damaged(_) | PictureBytes::Missing => None,
    });
    files.collect()
}

/// A picture as the document tells of it.
pub(super) fn value(picture: &FigurePicture, pictures: PicturesAs<'_>) -> Value {
    let FigurePicture { kept, orientation, alt } = picture;
    let mut object = Map::new();
    object.insert("sha256".to_owned(), json!(kept.id()));
    if let Some(bytes) = kept.bytes() {
        let image = match pictures {
            PicturesAs::Inline => {
                let media_type = Picture::read(bytes.clone());
                let media_type = media_type.map_or("application/octet-stream", |picture| picture.kind.media_type());
                data_uri::write(media_type, bytes)
            }
            PicturesAs::Files(folder) => format!("{folder}/{}", file_name(kept.id(), bytes)),
        };
        object.insert("image".to_owned(), json!(image));
    }
    if *orientation == Orientation::Landscape {
        object.insert("orientation".to_owned(), json!("landscape"));
    }
    if !alt.is_empty() {
        object.insert("alt".to_owned(), json!(alt));
    }
    Value::Object(object)
}

/// The pictures of a figure; what could not be taken is told to `said`. `None` where the value is no such list.
pub(super) fn read(
    value: &Value,
    read_file: ReadPicture<'_>,
    said: &mut dyn FnMut(String),
) -> Option<Vec<FigurePicture>> {
    let list = value.as_array()?;
    let mut pictures = Vec::with_capacity(list.len());
    for (index, value) in list.iter().enumerate() {
        let object = value.as_object()?;
        let text = |key: &str| object.get(key).map_or(Some(""), Value::as_str);
        let (id, image, alt) = (text("sha256")?, text("image")?, text("alt")?);
        let orientation = match text("orientation")? {
            "" | "portrait" => Orientation::Portrait,
            "landscape" => Orientation::Landscape,
            _ => return None,
        };
        if object.keys().any(|key| !["sha256", "image", "alt", "orientation"].contains(&key.as_str())) {
            return None;
        }
        if id.is_empty() && image.is_empty() {
            return None;
        }
        let mut say = |words: &str| said(format!("図{}: {words}", index + 1));
        let kept = match bytes(image, read_file) {
            None => KeptPicture::missing(id),
            Some(Ok(bytes)) => {
                let kept = KeptPicture::new(bytes);
                if !id.is_empty() && kept.id() != id {
                    say("画像が sha256 と合いません（書き出した後に変わっています）。いまの画像を取り込みました");
                }
                kept
            }
            Some(Err(why)) => {
                say(&why);
                KeptPicture::missing(if id.is_empty() { image } else { id })
            }
        };
        pictures.push(FigurePicture { kept, orientation, alt: alt.to_owned() });
    }
    Some(pictures)
}

/// The bytes that a data URI holds or a path leads to; `None` where nothing is named.
pub(super) fn bytes(image: &str, read_file: ReadPicture<'_>) -> Option<Result<Arc<[u8]>, String>> {
    if image.is_empty() {
        return None;
    }
    let bytes = match image.starts_with(data_uri::START) {
        true => data_uri::read(image).ok_or_else(|| "data URI を base64 として読めません".to_owned()),
        false => read_file(image),
    };
    Some(bytes.and_then(|bytes| {
        let picture = Picture::read(bytes).map_err(|error| error.to_string())?;
        Ok(picture.bytes)
    }))
}
