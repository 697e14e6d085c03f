//! What the file says about itself: properties, colour space, language.

use super::skeleton::Skeleton;
use super::tags::name_object;
use super::{Day, Info, Part, PdfError, srgb};
use lopdf::{Object, Stream, dictionary, text_string};

/// Our name, as the maker of the file; behind it stands our version.
pub(super) const MAKER: &str = "評価書工房 ";
/// The same with the version.
const PROGRAM: &str = concat!("評価書工房 ", env!("CARGO_PKG_VERSION"));

/// Adds the properties twice (as PDF and as XMP), the colour space, page numbers and how the file opens.
pub(super) fn add(skeleton: &mut Skeleton, info: &Info, part: Part) -> Result<(), PdfError> {
    let document = &mut skeleton.document;
    let properties = document.add_object(properties(info));
    if let Ok(old) = document.trailer.get(b"Info").and_then(Object::as_reference) {
        document.objects.remove(&old);
    }
    document.trailer.set("Info", properties);
    let xmp_dict = dictionary! { "Type" => name_object("Metadata"), "Subtype" => name_object("XML") };
    let xmp = document.add_object(Stream::new(xmp_dict, xmp(info, part).into_bytes()));
    let profile = document.add_object(Stream::new(dictionary! { "N" => 3 }, srgb::profile()));
    let intent = dictionary! {
        "Type" => name_object("OutputIntent"),
        "S" => name_object("GTS_PDFA1"),
        "OutputConditionIdentifier" => text_string(srgb::NAME),
        "Info" => text_string(srgb::NAME),
        "DestOutputProfile" => profile,
    };
    let catalog = document.catalog_mut()?;
    catalog.set("Metadata", xmp);
    catalog.set("OutputIntents", vec![intent.into()]);
    catalog.set("Lang", text_string(&info.language));
    catalog.set("ViewerPreferences", dictionary! { "DisplayDocTitle" => true });
    let decimal = dictionary! { "S" => name_object("D") };
    catalog.set("PageLabels", dictionary! { "Nums" => vec![0.into(), decimal.into()] });
    Ok(())
}

fn properties(info: &Info) -> lopdf::Dictionary {
    let mut properties = dictionary! { "Creator" => text_string(PROGRAM), "Producer" => text_string(PROGRAM) };
    for (key, value) in [("Title", &info.title), ("Author", &info.author), ("Subject", &info.subject)] {
        if !value.is_empty() {
            properties.set(key, text_string(value));
        }
    }
    if let Some(date) = info.date {
        properties.set("CreationDate", Object::string_literal(date.in_pdf()));
    }
    properties
}

fn xmp(info: &Info, part: Part) -> String {
    let part = part as u8;
    let mut about = String::new();
    let mut add = |text: &str, before: &str, after: &str| {
        if !text.is_empty() {
            about.extend([before, &escaped(text), after, "\n"]);
        }
    };
    let default = "<rdf:Alt><rdf:li xml:lang=\"x-default\">";
    add(&info.title, &format!("<dc:title>{default}"), "</rdf:li></rdf:Alt></dc:title>");
    add(&info.author, "<dc:creator><rdf:Seq><rdf:li>", "</rdf:li></rdf:Seq></dc:creator>");
    add(&info.subject, &format!("<dc:description>{default}"), "</rdf:li></rdf:Alt></dc:description>");
    add(&info.language, "<dc:language><rdf:Bag><rdf:li>", "</rdf:li></rdf:Bag></dc:language>");
    let day = info.date.map(|Day { year, month, day }| format!("{year:04}-{month:02}-{day:02}"));
    add(&day.unwrap_or_default(), "<xmp:CreateDate>", "</xmp:CreateDate>");
    format!(
        "<?xpacket begin=\"\u{FEFF}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n\
         <x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n\
         <rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" \
         xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\" \
         xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\">\n\
         <pdfaid:part>{part}</pdfaid:part><pdfaid:conformance>U</pdfaid:conformance>\n\
         <dc:format>application/pdf</dc:format>\n{about}\
         <xmp:CreatorTool>{PROGRAM}</xmp:CreatorTool><pdf:Producer>{PROGRAM}</pdf:Producer>\n\
         </rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end=\"r\"?>"
    )
}

/// Text inside XML; control characters, which XML cannot hold, become spaces.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '\u{FFFE}' | '\u{FFFF}' => escaped.push(' '),
            _ if character.is_control() => escaped.push(' '),
            _ => escaped.push(character),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn title_cannot_break_the_xml() {
        let info = Info { title: "<甲>&乙\u{1}".to_owned(), ..Info::default() };
        assert!(xmp(&info, Part::Two).contains(">&lt;甲&gt;&amp;乙 </rdf:li>"));
    }

    #[test]
    fn both_dates_are_the_same_day() {
        let info = Info { date: Some(Day { year: 2026, month: 4, day: 1 }), ..Info::default() };
        assert!(xmp(&info, Part::Two).contains("<xmp:CreateDate>2026-04-01<"));
        let date = properties(&info).get(b"CreationDate").and_then(Object::as_str).map(<[u8]>::to_vec);
        assert_eq!(date.ok(), Some(b"D:20260401".to_vec()));
    }
}
