//! PDFs made to do harm: a list of kinds, each with its bytes.

use std::fmt::Write as _;
use std::io::Write as _;

use flate2::Compression;
use flate2::write::ZlibEncoder;

const MEGA: usize = 1 << 20;

/// A hostile PDF and what it is.
pub type Case = (&'static str, Vec<u8>);

/// All kinds; the largest file has some tens of megabytes.
pub fn cases() -> Vec<Case> {
    [tables(), object_streams(), bombs(), shapes(), pages(), trees(), drafts()].into_iter().flatten().collect()
}

/// A PDF that keeps its reader busy for minutes and needs no memory to speak of.
pub fn slow() -> Vec<u8> {
    // Every object of the table is the same list, which has no end: it is read, and read again.
    let list = format!("[{}", "0 ".repeat(4 * MEGA));
    with_catalog(&[(2, object_stream(&"7 0 ".repeat(20_000), &list))])
}

/// A PDF of a few kilobytes that needs more memory than any reader may have.
pub fn greedy() -> Vec<u8> {
    let names: String = (10..20_000).map(|number| format!("{number} 0 ")).collect();
    with_catalog(&[(2, object_stream(&names, &format!("[{}]", "0 ".repeat(200_000))))])
}

/// What tells where the parts are: of no width, endless, in a ring, and many names of one part.
fn tables() -> Vec<Case> {
    let catalog = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\n".to_vec();
    let stream_table = |dict: &str, unpacked: &[u8]| {
        let mut pdf = catalog.clone();
        let start = pdf.len();
        pdf.extend(b"9 0 obj");
        pdf.extend(stream(&format!("/Type/XRef/Root 1 0 R{dict}"), unpacked));
        pdf.extend(format!("endobj\nstartxref\n{start}\n%%EOF").bytes());
        pdf
    };
    let predictor = "/W[1 2 1]/Size 9/DecodeParms<</Predictor 12/Columns 2147483647>>";
    let mut ring = catalog.clone();
    let n_tables = 20_000;
    for index in 0..n_tables {
        // Each names the one before it, the first the last.
        let before = if index == 0 { catalog.len() + (n_tables - 1) * 60 } else { catalog.len() + (index - 1) * 60 };
        let table = format!("xref\n0 1\n0000000000 65535 f \ntrailer<</Prev {before}>>");
        ring.extend(format!("{table:<59}\n").bytes());
    }
    let last = catalog.len() + (n_tables - 1) * 60;
    ring.extend(format!("xref\n0 1\n0000000000 65535 f \ntrailer<</Root 1 0 R/Size 2/Prev {last}>>").bytes());
    let start = catalog.len() + n_tables * 60;
    ring.extend(format!("\nstartxref\n{start}\n%%EOF").bytes());
    vec![
        ("a table of entries without width", stream_table("/W[0 0 0]/Index[0 2147483647]/Size 2147483647", b"")),
        (
            "a table of entries with one byte",
            stream_table("/W[1 0 0]/Index[0 50000000]/Size 50000000", &vec![1; 50 * MEGA]),
        ),
        ("a table with endless rows", stream_table(predictor, &vec![2; MEGA])),
        ("tables in a ring", ring),
        ("many names of one large part", many_names(&stream("", &noise(8 * MEGA)), 50_000)),
        ("many names of one list", many_names(format!("[{}]", "0 ".repeat(MEGA)).as_bytes(), 50_000)),
    ]
}

/// Objects packed together: one list read thousands of times, and tables in tables.
fn object_streams() -> Vec<Case> {
    let names: String = (10..5010).fold(String::new(), |mut names, number| {
        let _ = write!(names, "{number} {} ", number - 10);
        names
    });
    let inner = String::from_utf8(object_stream("20 0 ", "<<>>")).unwrap_or_default();
    let many = (2..2000).map(|number| (number, object_stream("5000 0 ", &" ".repeat(MEGA)))).collect::<Vec<_>>();
    vec![
        (
            "objects that begin one byte after each other",
            with_catalog(&[(2, object_stream(&names, &"[".repeat(100_000)))]),
        ),
        ("lists that end together", with_catalog(&[(2, object_stream(&names, &format!("{}]", "[ ".repeat(50_000))))])),
        ("one list read again and again", slow()),
        ("the same list kept under many numbers", greedy()),
        ("a table of objects in a table of objects", with_catalog(&[(2, object_stream("10 0 ", &inner))])),
        ("thousands of tables of objects", with_catalog(&many)),
    ]
}

/// What unpacks to much more than it is.
fn bombs() -> Vec<Case> {
    let once = packed(&vec![0; 200 * MEGA]);
    let twice = packed(&once);
    let thrice = packed(&twice);
    let attached = |dict: &str, content: &[u8]| {
        let head = format!("<<{dict}/Length {}>>stream\n", content.len());
        with_attachment(&[head.as_bytes(), content, b"\nendstream"].concat())
    };
    let hundred = format!("/Filter[{}]", "/FlateDecode".repeat(100));
    vec![
        ("a draft that unpacks to 200 MB", attached("/Filter/FlateDecode", &once)),
        ("a draft that is packed three times", attached("/Filter[/FlateDecode/FlateDecode/FlateDecode]", &thrice)),
        ("a draft that is packed a hundred times", attached(&hundred, &thrice)),
        ("a draft in LZW without end", attached("/Filter/LZWDecode", &noise(8 * MEGA))),
        ("a draft in ASCII85 without end", attached("/Filter/ASCII85Decode", &vec![b'z'; 30 * MEGA])),
        ("a draft of endless rows", {
            let rows =
                "/Filter/FlateDecode/DecodeParms<</Predictor 15/Columns 2147483647/Colors 4/BitsPerComponent 16>>";
            attached(rows, &once)
        }),
        ("objects that unpack to a list of 100 million", {
            let list = [b"10 0 [".as_slice(), &b"0 ".repeat(100 * MEGA)].concat();
            with_catalog(&[(2, stream("/Type/ObjStm/N 1/First 5", &list))])
        }),
    ]
}

/// Shapes that lead in circles or into depths.
fn shapes() -> Vec<Case> {
    let deep = |open: &str, n: usize| with_catalog(&[(2, open.repeat(n).into_bytes())]);
    let ring = |number: u32| (number, format!("{} 0 R", if number == 1999 { 2 } else { number + 1 }).into_bytes());
    vec![
        ("lists in lists", deep("[", 3 * MEGA)),
        ("dictionaries in dictionaries", deep("<</A", 3 * MEGA)),
        ("texts in texts", deep("(", 30 * MEGA)),
        ("a list of ten million", with_catalog(&[(2, format!("[{}]", "0 ".repeat(10 * MEGA)).into_bytes())])),
        ("a dictionary of a million", {
            let entries = (0..MEGA).fold(String::new(), |mut entries, number| {
                let _ = write!(entries, "/K{number} 0");
                entries
            });
            with_catalog(&[(2, format!("<<{entries}>>").into_bytes())])
        }),
        ("references in a ring", with_catalog(&(2..2000).map(ring).collect::<Vec<_>>())),
        ("a length that is its own", with_catalog(&[(2, b"<</Length 2 0 R>>stream\nabc\nendstream".to_vec())])),
        (
            "a length beyond the end",
            with_catalog(&[(2, b"<</Length 9223372036854775807>>stream\na\nendstream".to_vec())]),
        ),
        ("a name of many megabytes", {
            let name = format!("({}.ron)", "a".repeat(20 * MEGA));
            let file = format!("<</Type/Filespec/F{name}/EF<</F 3 0 R>>>>");
            let catalog = b"<</Type/Catalog/AF[2 0 R]>>".to_vec();
            pdf(&[(1, catalog), (2, file.into_bytes()), (3, stream("", DRAFT.as_bytes()))])
        }),
        ("an encryption without end", [b"%PDF-1.7\n".to_vec(), b"/Encrypt ".repeat(2 * MEGA)].concat()),
        ("nothing but noise", [b"%PDF-1.7\n".to_vec(), noise(50 * MEGA)].concat()),
    ]
}

/// What a page would make a viewer do: content, fonts and colours that lead back to themselves, or never end.
fn pages() -> Vec<Case> {
    let page = |rest: &str, objects: &[(u32, Vec<u8>)]| {
        let tree = [
            (1, b"<</Type/Catalog/Pages 2 0 R>>".to_vec()),
            (2, b"<</Type/Pages/Kids[3 0 R]/Count 1>>".to_vec()),
            (3, format!("<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]{rest}>>").into_bytes()),
        ];
        pdf(&[&tree, objects].concat())
    };
    let ring = b"<</Type/Catalog/Pages 2 0 R>>".to_vec();
    let map: String =
        (0..300_000).fold(String::from("1 begincodespacerange<0000><ffff>endcodespacerange "), |mut map, _| {
            map.push_str("1 beginbfrange<0000><ffff><0000>endbfrange ");
            map
        });
    let function = |number: u32| {
        (number, format!("<</FunctionType 3/Functions[{0} 0 R {0} 0 R]/Domain[0 1]>>", number + 1).into_bytes())
    };
    vec![
        ("pages in a ring", pdf(&[(1, ring), (2, b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2147483647>>".to_vec())])),
        ("a form that draws itself", {
            let form = stream("/Type/XObject/Subtype/Form/BBox[0 0 1 1]/Resources<</XObject<</F 5 0 R>>>>", b"/F Do /F Do");
            page("/Contents 4 0 R/Resources<</XObject<</F 5 0 R>>>>", &[(4, stream("", b"/F Do")), (5, form)])
        }),
        ("content without end", page("/Contents 4 0 R", &[(4, stream("", &b"q 1 0 0 1 0 0 cm ".repeat(6 * MEGA)))])),
        ("a font with a map of millions", page("/Resources<</Font<</F 4 0 R>>>>", &[
            (4, b"<</Type/Font/Subtype/Type0/ToUnicode 5 0 R>>".to_vec()),
            (5, stream("", map.as_bytes())),
        ])),
        ("a font whose letters use the font", page("/Resources<</Font<</F 4 0 R>>>>", &[
            (4, b"<</Type/Font/Subtype/Type3/FontBBox[0 0 1 1]/CharProcs<</a 5 0 R>>/Resources<</Font<</F 4 0 R>>>>>>".to_vec()),
            (5, stream("", b"BT /F 1 Tf (a) Tj ET")),
        ])),
        ("colours that double at each step", page("/Resources 4 0 R", &(4..2000).map(function).collect::<Vec<_>>())),
        ("a picture of a million by a million", page("/Contents 4 0 R/Resources<</XObject<</F 5 0 R>>>>", &[
            (4, stream("", b"/F Do")),
            (5, stream("/Type/XObject/Subtype/Image/Width 1000000/Height 1000000/BitsPerComponent 16/ColorSpace/DeviceRGB", b"x")),
        ])),
    ]
}

/// Trees of names and tables that lead back, or fork at each step; numbers and words without end.
fn trees() -> Vec<Case> {
    let names = |tree: &[(u32, Vec<u8>)]| {
        let catalog = (1, b"<</Type/Catalog/Names<</EmbeddedFiles 2 0 R>>>>".to_vec());
        pdf(&[std::slice::from_ref(&catalog), tree].concat())
    };
    let fork = |number: u32| {
        let kids = format!("{} 0 R ", if number == 1999 { 2 } else { number + 1 }).repeat(50);
        (number, format!("<</Kids[{kids}]>>").into_bytes())
    };
    let files = format!("<</Names[{}]>>", "(a)3 0 R".repeat(MEGA));
    let with_trailer = |trailer: &str| {
        let mut pdf = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\n".to_vec();
        let start = pdf.len();
        let table = format!(
            "xref\n0 1\n0000000000 65535 f \ntrailer<</Root 1 0 R/Size 2{trailer}>>\nstartxref\n{start}\n%%EOF"
        );
        pdf.extend(table.bytes());
        pdf
    };
    let extends = object_stream("10 0 ", "<<>>");
    let extends = String::from_utf8_lossy(&extends).replacen("/Type/ObjStm", "/Type/ObjStm/Extends 2 0 R", 1);
    vec![
        ("names that fork at each step", names(&(2..2000).map(fork).collect::<Vec<_>>())),
        (
            "one file under a million names",
            names(&[(2, files.into_bytes()), (3, b"<</F(a.ron)/EF<</F 2 0 R>>>>".to_vec())]),
        ),
        ("a table that goes on with itself", with_trailer("/Prev 40/XRefStm 40")),
        ("a table of the last numbers there are", {
            let pdf = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\n".to_vec();
            let start = pdf.len();
            let entries = "0000000009 00000 n \n".repeat(100_000);
            let table = format!(
                "xref\n4294867295 100000\n{entries}trailer<</Root 1 0 R/Size 4294967295>>\nstartxref\n{start}\n%%EOF"
            );
            [pdf, table.into_bytes()].concat()
        }),
        ("packed objects that go on with themselves", with_catalog(&[(2, extends.into_bytes())])),
        ("a number of ten million digits", with_catalog(&[(2, "9".repeat(10 * MEGA).into_bytes())])),
        ("a word of many megabytes", with_catalog(&[(2, format!("/{}", "#41".repeat(10 * MEGA)).into_bytes())])),
        ("a remark without end", [b"%PDF-1.7\n".to_vec(), b"% ".repeat(20 * MEGA)].concat()),
        ("thousands of beginnings and ends", b"%PDF-1.7\nstartxref\n9\n%%EOF\n".repeat(500_000)),
        ("filters that there are not", {
            let file = b"<</Type/Filespec/F(a.ron)/EF<</F 3 0 R>>>>".to_vec();
            let stream = b"<</Filter[/JBIG2Decode/DCTDecode/Crypt/RunLengthDecode/ASCIIHexDecode]/Length 4>>stream\nabcd\nendstream".to_vec();
            pdf(&[(1, b"<</Type/Catalog/AF[2 0 R]>>".to_vec()), (2, file), (3, stream)])
        }),
    ]
}

/// PDFs that are well, with a draft that is not.
fn drafts() -> Vec<Case> {
    let attached = |draft: &str| with_attachment(&stream("", draft.as_bytes()));
    let entries = "(),".repeat(10 * MEGA);
    let entries = format!(
        "(format:1,written_by:\"\",draft:(form:\"youshiki3\",revision:\"r6-10\",document:(answers:{{\"basic.systems\":repeat([{entries}])}})))"
    );
    vec![
        ("a draft of ten million entries", attached(&entries)),
        ("a draft of lists in lists", attached(&format!("(format:1,written_by:{}", "[".repeat(10 * MEGA)))),
        ("a draft of one endless text", attached(&format!("(format:1,written_by:\"{}", "a".repeat(30 * MEGA)))),
        ("a draft of one endless comment", attached(&"/*".repeat(15 * MEGA))),
        ("a draft without check value", attached(DRAFT)),
    ]
}

const DRAFT: &str = "(format:1,written_by:\"\",draft:(form:\"youshiki3\",revision:\"r6-10\",document:()))";

/// Bytes that nothing packs.
fn noise(n_bytes: usize) -> Vec<u8> {
    let mut state = 1_u64;
    let next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 56) as u8
    };
    std::iter::repeat_with(next).take(n_bytes).collect()
}

fn packed(content: &[u8]) -> Vec<u8> {
    let mut packed = ZlibEncoder::new(Vec::new(), Compression::best());
    packed.write_all(content).unwrap();
    packed.finish().unwrap()
}

/// A packed stream.
fn stream(dict: &str, unpacked: &[u8]) -> Vec<u8> {
    let content = packed(unpacked);
    let head = format!("<<{dict}/Filter/FlateDecode/Length {}>>stream\n", content.len());
    [head.as_bytes(), &content, b"\nendstream"].concat()
}

/// Objects in one stream: numbers with places, and what stands at those places.
fn object_stream(names: &str, objects: &str) -> Vec<u8> {
    let n_objects = names.split_whitespace().count() / 2;
    let dict = format!("/Type/ObjStm/N {n_objects}/First {}", names.len());
    stream(&dict, format!("{names}{objects}").as_bytes())
}

fn with_catalog(objects: &[(u32, Vec<u8>)]) -> Vec<u8> {
    let catalog = (1, b"<</Type/Catalog/AF[10 0 R 2 0 R]>>".to_vec());
    pdf(&[std::slice::from_ref(&catalog), objects].concat())
}

/// With that stream as the draft.
fn with_attachment(stream: &[u8]) -> Vec<u8> {
    let file = b"<</Type/Filespec/F(a.ron)/EF<</F 3 0 R>>>>".to_vec();
    pdf(&[(1, b"<</Type/Catalog/AF[2 0 R]>>".to_vec()), (2, file), (3, stream.to_vec())])
}

/// Objects one after the other, and the table of them.
fn pdf(objects: &[(u32, Vec<u8>)]) -> Vec<u8> {
    let mut bytes = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    for (number, object) in objects {
        places.push((*number, bytes.len()));
        bytes.extend(format!("{number} 0 obj\n").bytes());
        bytes.extend(object);
        bytes.extend(b"\nendobj\n");
    }
    with_table(bytes, &places)
}

/// One object, and a table with many entries for its place.
fn many_names(object: &[u8], n_names: u32) -> Vec<u8> {
    let mut bytes = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\n".to_vec();
    let place = bytes.len();
    bytes.extend([b"2 0 obj\n", object, b"\nendobj\n"].concat());
    let names: Vec<_> = std::iter::once((1, 9)).chain((2..2 + n_names).map(|number| (number, place))).collect();
    with_table(bytes, &names)
}

fn with_table(mut bytes: Vec<u8>, places: &[(u32, usize)]) -> Vec<u8> {
    let start = bytes.len();
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", places.len() + 1);
    places.iter().for_each(|(_, place)| table.push_str(&format!("{place:010} 00000 n \n")));
    let _ = write!(table, "trailer<</Size {}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF", places.len() + 1);
    bytes.extend(table.bytes());
    bytes
}
