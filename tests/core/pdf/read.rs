//! Reads a PDF back as another program would: by its fonts' tables, its tags and its outline.

use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object, ObjectId, decode_text_string};
use std::collections::BTreeMap;
use std::fmt::Write;

pub struct Reading {
    document: Document,
    pages: Vec<ObjectId>,
    /// The text of each page in the order it is drawn.
    pub texts: Vec<String>,
    /// Name and length of each font program.
    pub fonts: Vec<(String, usize)>,
    pub n_codes: usize,
    pub shows_code_0: bool,
    /// By page and number of the marked part.
    marked: BTreeMap<(ObjectId, i64), String>,
}

type Table = BTreeMap<u16, String>;

impl Reading {
    pub fn of(bytes: &[u8]) -> Self {
        let document = Document::load_mem(bytes).unwrap();
        let pages: Vec<ObjectId> = document.get_pages().into_values().collect();
        let mut reading = Reading {
            document,
            pages,
            texts: vec![],
            fonts: vec![],
            n_codes: 0,
            shows_code_0: false,
            marked: BTreeMap::new(),
        };
        let tables = reading.tables();
        for page in reading.pages.clone() {
            let text = reading.page_text(page, &tables);
            reading.texts.push(text);
        }
        reading
    }

    fn dict(&self, id: ObjectId) -> &Dictionary {
        self.document.get_dictionary(id).unwrap()
    }

    /// The value of a key, followed if it is a reference.
    fn get<'a>(&'a self, dict: &'a Dictionary, key: &str) -> &'a Object {
        let object = dict.get(key.as_bytes()).unwrap_or_else(|_| panic!("no {key} in {dict:?}"));
        self.document.dereference(object).unwrap().1
    }

    fn tables(&mut self) -> BTreeMap<Vec<u8>, Table> {
        let fonts = self.document.get_page_fonts(self.pages[0]).unwrap();
        let mut tables = BTreeMap::new();
        let mut programs = Vec::new();
        for (name, font) in fonts {
            let table = self.get(font, "ToUnicode").as_stream().unwrap().decompressed_content().unwrap();
            tables.insert(name, to_unicode(&String::from_utf8(table).unwrap()));
            let descendant = &self.get(font, "DescendantFonts").as_array().unwrap()[0];
            let descriptor = self.get(descendant.as_dict().unwrap(), "FontDescriptor").as_dict().unwrap();
            let program = self.get(descriptor, "FontFile2").as_stream().unwrap().decompressed_content().unwrap();
            let name = self.get(font, "BaseFont").as_name().unwrap();
            programs.push((String::from_utf8(name.to_vec()).unwrap(), program.len()));
        }
        self.n_codes = tables.values().map(BTreeMap::len).sum();
        self.fonts = programs;
        tables
    }

    fn page_text(&mut self, page: ObjectId, tables: &BTreeMap<Vec<u8>, Table>) -> String {
        let content = Content::decode(&self.document.get_page_content(page)).unwrap();
        let (mut text, mut font) = (String::new(), Vec::new());
        // Of each open part: where its text begins, the text given beside it, its number.
        let mut open: Vec<(usize, Option<String>, Option<i64>)> = Vec::new();
        for operation in content.operations {
            let operands = &operation.operands;
            match operation.operator.as_str() {
                "BMC" => open.push((text.len(), None, None)),
                "BDC" => {
                    let dict = operands[1].as_dict().unwrap();
                    let beside = dict.get(b"ActualText").ok().map(|text| utf16(text.as_str().unwrap()));
                    open.push((text.len(), beside, dict.get(b"MCID").and_then(Object::as_i64).ok()));
                }
                "EMC" => {
                    let (start, beside, number) = open.pop().unwrap();
                    if let Some(beside) = beside {
                        text.truncate(start);
                        text.push_str(&beside);
                    }
                    if let Some(number) = number {
                        self.marked.insert((page, number), text[start..].to_owned());
                    }
                }
                "Tf" => font = operands[0].as_name().unwrap().to_vec(),
                "TJ" => {
                    for string in operands[0].as_array().unwrap().iter().filter_map(|item| item.as_str().ok()) {
                        for code in string.chunks(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])) {
                            self.shows_code_0 |= code == 0;
                            text.push_str(tables[&font].get(&code).expect("each shown code has a text"));
                        }
                    }
                }
                _ => {}
            }
        }
        assert!(open.is_empty());
        text
    }

    pub fn identifier(&self) -> Vec<u8> {
        let ids = self.document.trailer.get(b"ID").unwrap().as_array().unwrap();
        assert_eq!(ids[0], ids[1]);
        ids[0].as_str().unwrap().to_vec()
    }

    pub fn catalog_text(&self, key: &str) -> String {
        decode_text_string(self.get(self.document.catalog().unwrap(), key)).unwrap()
    }

    pub fn catalog_name(&self, key: &str) -> String {
        name(self.get(self.document.catalog().unwrap(), key))
    }

    pub fn has_info(&self, key: &str) -> bool {
        self.get(&self.document.trailer, "Info").as_dict().unwrap().has(key.as_bytes())
    }

    pub fn info(&self, key: &str) -> String {
        let info = self.get(&self.document.trailer, "Info").as_dict().unwrap();
        decode_text_string(self.get(info, key)).unwrap()
    }

    pub fn xmp(&self) -> String {
        let stream = self.get(self.document.catalog().unwrap(), "Metadata").as_stream().unwrap();
        String::from_utf8(stream.content.clone()).unwrap()
    }

    pub fn output_intent(&self) -> String {
        let intents = self.get(self.document.catalog().unwrap(), "OutputIntents").as_array().unwrap();
        let intent = intents[0].as_dict().unwrap();
        let profile = self.get(intent, "DestOutputProfile").as_stream().unwrap();
        assert_eq!(&profile.content[36..40], b"acsp");
        name(self.get(intent, "S"))
    }

    /// The structure tree, one element a line.
    pub fn structure(&self) -> String {
        let root = self.get(self.document.catalog().unwrap(), "StructTreeRoot").as_dict().unwrap();
        let mut told = String::new();
        for kid in self.get(root, "K").as_array().unwrap() {
            self.tell(kid.as_reference().unwrap(), 0, &mut told);
        }
        told
    }

    fn tell(&self, id: ObjectId, depth: usize, told: &mut String) {
        let element = self.dict(id);
        write!(told, "{}{}", "  ".repeat(depth), name(self.get(element, "S"))).unwrap();
        if let Ok(attributes) = element.get(b"A").and_then(Object::as_dict) {
            for key in ["Scope", "ColSpan"] {
                if let Ok(value) = attributes.get(key.as_bytes()) {
                    write!(told, " {key}={}", value.as_name().map_or_else(|_| format!("{value:?}"), |_| name(value)))
                        .unwrap();
                }
            }
        }
        told.push('\n');
        for kid in self.kids(element) {
            let inner = "  ".repeat(depth + 1);
            match kid {
                Object::Reference(kid) => self.tell(kid, depth + 1, told),
                Object::Integer(number) => {
                    let page = element.get(b"Pg").and_then(Object::as_reference).unwrap();
                    writeln!(told, "{inner}“{}”", self.marked[&(page, number)].escape_debug()).unwrap();
                }
                Object::Dictionary(kid) => writeln!(told, "{inner}{}", name(self.get(&kid, "Type"))).unwrap(),
                other => panic!("{other:?}"),
            }
        }
    }

    /// The catalog.
    pub fn catalog(&self) -> &Dictionary {
        self.document.catalog().unwrap()
    }

    /// Every page.
    pub fn page_dicts(&self) -> impl Iterator<Item = &Dictionary> {
        self.pages.iter().map(|page| self.dict(*page))
    }

    /// Every element of the structure tree in reading order, with the names of those it stands in.
    pub fn elements(&self) -> Vec<(Vec<String>, &Dictionary)> {
        let root = self.get(self.catalog(), "StructTreeRoot").as_dict().unwrap();
        let mut found = Vec::new();
        let top = self.get(root, "K").as_array().unwrap().iter().rev();
        let mut open: Vec<(Vec<String>, ObjectId)> = top.map(|kid| (Vec::new(), kid.as_reference().unwrap())).collect();
        while let Some((above, id)) = open.pop() {
            let element = self.dict(id);
            let below: Vec<String> = above.iter().cloned().chain([self.kind(element)]).collect();
            found.push((above, element));
            let kids = self.kids(element).into_iter().rev().filter_map(|kid| kid.as_reference().ok());
            open.extend(kids.map(|kid| (below.clone(), kid)));
        }
        found
    }

    /// What an element is.
    pub fn kind(&self, element: &Dictionary) -> String {
        name(self.get(element, "S"))
    }

    /// The text of an element itself, without that of the elements in it.
    pub fn own_text(&self, element: &Dictionary) -> String {
        let told = |kid: Object| match kid {
            Object::Integer(number) => {
                let page = element.get(b"Pg").and_then(Object::as_reference).unwrap();
                self.marked[&(page, number)].clone()
            }
            Object::Dictionary(kid) if kid.has(b"MCID") => {
                let page = kid.get(b"Pg").and_then(Object::as_reference).unwrap();
                self.marked[&(page, kid.get(b"MCID").and_then(Object::as_i64).unwrap())].clone()
            }
            _ => String::new(),
        };
        self.kids(element).into_iter().map(told).collect()
    }

    /// All that a screen reader reads, in its order.
    pub fn read_out(&self) -> String {
        self.elements().into_iter().map(|(_, element)| self.own_text(element)).collect()
    }

    fn kids(&self, element: &Dictionary) -> Vec<Object> {
        match element.get(b"K") {
            Ok(Object::Array(kids)) => kids.clone(),
            Ok(kid) => vec![kid.clone()],
            Err(_) => vec![],
        }
    }

    /// Each marked part and each link must be a kid of the element that the parent tree names for it.
    pub fn check_parent_tree(&self) {
        let root = self.get(self.document.catalog().unwrap(), "StructTreeRoot").as_dict().unwrap();
        let numbers = self.get(self.get(root, "ParentTree").as_dict().unwrap(), "Nums").as_array().unwrap();
        let by_key: BTreeMap<i64, &Object> = numbers
            .chunks(2)
            .map(|pair| (pair[0].as_i64().unwrap(), self.document.dereference(&pair[1]).unwrap().1))
            .collect();
        for ((page, number), text) in &self.marked {
            let key = self.get(self.dict(*page), "StructParents").as_i64().unwrap();
            let element = by_key[&key].as_array().unwrap()[usize::try_from(*number).unwrap()].as_reference().unwrap();
            let element = self.dict(element);
            let own_page = element.get(b"Pg").and_then(Object::as_reference).ok();
            let is_it = |kid: &Object| match kid {
                Object::Integer(kid) => kid == number && own_page == Some(*page),
                // What stands on another page than the rest of the element says so.
                Object::Dictionary(kid) => {
                    kid.get(b"MCID").and_then(Object::as_i64).ok() == Some(*number)
                        && kid.get(b"Pg").and_then(Object::as_reference).ok() == Some(*page)
                }
                _ => false,
            };
            assert_eq!(self.kids(element).iter().filter(|kid| is_it(kid)).count(), 1, "{text}");
        }
        for link in self.annotations() {
            let element = by_key[&self.get(link, "StructParent").as_i64().unwrap()].as_dict().unwrap();
            assert_eq!(name(self.get(element, "S")), "Link");
        }
    }

    fn annotations(&self) -> impl Iterator<Item = &Dictionary> {
        let of_page = |page: &ObjectId| self.dict(*page).get(b"Annots").and_then(Object::as_array).ok();
        self.pages.iter().filter_map(of_page).flatten().map(|link| self.dict(link.as_reference().unwrap()))
    }

    pub fn links(&self) -> Vec<String> {
        let told = |link: &Dictionary| {
            let text = decode_text_string(self.get(link, "Contents")).unwrap();
            let flags = self.get(link, "F").as_i64().unwrap();
            let border = self.get(link, "Border").as_array().unwrap().iter().map(|n| n.as_i64().unwrap().to_string());
            let border = border.collect::<Vec<_>>().join(" ");
            format!("{text} F{flags} border {border} → {}", self.target(link).0)
        };
        self.annotations().map(told).collect()
    }

    /// Page, from 1, and height above the lower edge.
    fn target(&self, dict: &Dictionary) -> (usize, f32) {
        let place = self.get(dict, "Dest").as_array().unwrap();
        assert_eq!(name(&place[1]), "XYZ");
        let page = place[0].as_reference().unwrap();
        (self.pages.iter().position(|id| *id == page).unwrap() + 1, place[3].as_float().unwrap())
    }

    /// The bookmarks, one a line; checks that they are chained both ways.
    pub fn outline(&self) -> String {
        let mut told = String::new();
        let root = self.document.catalog().unwrap().get(b"Outlines").and_then(Object::as_reference).unwrap();
        self.tell_bookmarks(root, 0, &mut told);
        told
    }

    fn tell_bookmarks(&self, parent: ObjectId, depth: usize, told: &mut String) {
        let mut next = self.dict(parent).get(b"First").and_then(Object::as_reference).ok();
        let mut last = None;
        while let Some(id) = next {
            let item = self.dict(id);
            assert_eq!(item.get(b"Parent").and_then(Object::as_reference).unwrap(), parent);
            assert_eq!(item.get(b"Prev").and_then(Object::as_reference).ok(), last);
            let (page, height) = self.target(item);
            let title = decode_text_string(self.get(item, "Title")).unwrap();
            writeln!(told, "{}{title} → {page}, {height}", "  ".repeat(depth)).unwrap();
            self.tell_bookmarks(id, depth + 1, told);
            last = Some(id);
            next = item.get(b"Next").and_then(Object::as_reference).ok();
        }
        assert_eq!(self.dict(parent).get(b"Last").and_then(Object::as_reference).ok(), last);
    }
}

fn name(object: &Object) -> String {
    String::from_utf8_lossy(object.as_name().unwrap()).into_owned()
}

/// The lines `<code> <text>` of a table of codes; no code may have two.
fn to_unicode(table: &str) -> Table {
    let mut texts = Table::new();
    for line in table.lines() {
        if let Some((code, text)) = line.strip_prefix('<').and_then(|line| line.strip_suffix('>')?.split_once("> <"))
            && text.len() % 4 == 0
            && code != "0000"
        {
            let bytes: Vec<u8> =
                (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap()).collect();
            let known = texts.insert(u16::from_str_radix(code, 16).unwrap(), utf16(&bytes));
            assert_eq!(known, None, "code {code} has two texts");
        }
    }
    texts
}

fn utf16(bytes: &[u8]) -> String {
    let bytes = bytes.strip_prefix(&[0xFE, 0xFF]).unwrap_or(bytes);
    let units: Vec<u16> = bytes.chunks(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
    String::from_utf16(&units).unwrap()
}
