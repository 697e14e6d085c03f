//! A file that goes with the document, inside its PDF (ISO 32000-2, 14.13; ISO 19005-3, 6.8).

use super::finish::compressed;
use super::skeleton::Skeleton;
use super::tags::name_object;
use super::{Info, PdfError};
use lopdf::{Object, dictionary, text_string};

/// A file to be carried by the PDF.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attachment<'a> {
    /// Its name, without folder.
    pub name: &'a str,
    /// What it is, in words for whoever sees it in a list.
    pub description: &'a str,
    /// Its bytes.
    pub bytes: &'a [u8],
}

/// The name for readers that know none but plain letters.
const PLAIN_NAME: &str = "hyoukasho-draft.ron";
/// The same where pictures are in it.
const PLAIN_NAME_WITH_PICTURES: &str = "hyoukasho-draft.hyouka";

/// Adds the file as the source of the document.
pub(super) fn add(skeleton: &mut Skeleton, attachment: &Attachment<'_>, info: &Info) -> Result<(), PdfError> {
    let document = &mut skeleton.document;
    let (plain_name, media_type) = match attachment.bytes.starts_with(b"PK") {
        true => (PLAIN_NAME_WITH_PICTURES, "application/zip"),
        false => (PLAIN_NAME, "text/plain"),
    };
    let mut params = dictionary! { "Size" => i64::try_from(attachment.bytes.len()).unwrap_or(i64::MAX) };
    if let Some(date) = info.date {
        params.set("ModDate", Object::string_literal(date.in_pdf()));
    }
    let dict = dictionary! {
        "Type" => name_object("EmbeddedFile"),
        "Subtype" => name_object(media_type),
        "Params" => params,
    };
    let file = document.add_object(compressed(dict, attachment.bytes)?);
    let specification = document.add_object(dictionary! {
        "Type" => name_object("Filespec"),
        "F" => Object::string_literal(plain_name),
        "UF" => text_string(attachment.name),
        "Desc" => text_string(attachment.description),
        "AFRelationship" => name_object("Source"),
        "EF" => dictionary! { "F" => file, "UF" => file },
    });
    let names = vec![Object::string_literal(plain_name), specification.into()];
    let catalog = document.catalog_mut()?;
    catalog.set("AF", vec![specification.into()]);
    catalog.set("Names", dictionary! { "EmbeddedFiles" => dictionary! { "Names" => names } });
    Ok(())
}
