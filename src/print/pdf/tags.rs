//! The structure tree: what each part of the text is (ISO 32000-1, 14.7 and 14.8), and the links, which belong to it.

use super::PdfError;
use super::skeleton::{Skeleton, rounded};
use crate::print::layout::{Link, Page, Pages, PlacedFigure, Rect, Tag, TagId, TagKind};
use std::collections::BTreeMap;

use lopdf::{Dictionary, Object, ObjectId, dictionary, text_string};

/// Adds the links, and the structure tree if the pages have one. `marks` holds the tags of the marked parts of each page.
pub(super) fn add(skeleton: &mut Skeleton, pages: &Pages, marks: &[Vec<TagId>]) -> Result<(), PdfError> {
    if pages.tags.is_empty() {
        add_links(skeleton, pages, None)?;
        return Ok(());
    }
    let root = skeleton.document.new_object_id();
    let ids: Vec<ObjectId> = pages.tags.iter().map(|_| skeleton.document.new_object_id()).collect();
    let mut tree = Tree::new(pages, marks);
    let of_links = add_links(skeleton, pages, Some(&mut tree))?;
    for (index, tag) in pages.tags.iter().enumerate() {
        let parent = parent(&pages.tags, index).map_or(root, |parent| ids[parent]);
        let element = tree.element(index, tag, parent, &ids, &skeleton.pages);
        skeleton.document.set_object(ids[index], element);
    }
    let is_top = |index: &usize| parent(&pages.tags, *index).is_none();
    let top: Vec<Object> = (0..ids.len()).filter(is_top).map(|index| ids[index].into()).collect();
    let parents = add_parent_tree(skeleton, marks, &of_links, &ids);
    let struct_tree = dictionary! {
        "Type" => name_object("StructTreeRoot"),
        "K" => top,
        "ParentTree" => parents,
        "ParentTreeNextKey" => (marks.len() + of_links.len()) as i64,
    };
    skeleton.document.set_object(root, struct_tree);
    let catalog = skeleton.document.catalog_mut()?;
    catalog.set("StructTreeRoot", root);
    catalog.set("MarkInfo", dictionary! { "Marked" => true });
    Ok(())
}

/// The name of a kind in PDF.
pub(super) fn name(kind: TagKind) -> &'static str {
    match kind {
        TagKind::Document => "Document",
        TagKind::Section => "Sect",
        TagKind::Heading(level) => ["H1", "H2", "H3", "H4", "H5", "H6"][usize::from(level.clamp(1, 6)) - 1],
        TagKind::Paragraph => "P",
        TagKind::Table => "Table",
        TagKind::Row => "TR",
        TagKind::RowHeader | TagKind::ColumnHeader => "TH",
        TagKind::Cell => "TD",
        TagKind::Link => "Link",
        TagKind::Figure => "Figure",
    }
}

fn parent(tags: &[Tag], index: usize) -> Option<usize> {
    let parent = tags[index].parent?.0;
    debug_assert!(parent < index, "a tag's parent stands before it");
    Some(parent).filter(|parent| *parent < index)
}

/// What an element holds itself, apart from the elements inside it.
#[derive(Clone, Copy)]
enum Own {
    /// A marked part of a page.
    Mark { page: usize, number: usize },
    /// A clickable place on a page.
    Link { page: usize, annotation: ObjectId },
}

/// Elements inside each element, in order.
struct Tree<'a> {
    children: Vec<Vec<usize>>,
    /// By element, each with its place in reading order.
    own: Vec<Vec<(usize, Own)>>,
    /// The place in reading order where an element begins, if it shows anything.
    first: Vec<Option<usize>>,
    /// By element, the picture it shows.
    figures: BTreeMap<TagId, (&'a Page, &'a PlacedFigure)>,
}

impl<'a> Tree<'a> {
    fn new(pages: &'a Pages, marks: &[Vec<TagId>]) -> Self {
        let n = pages.tags.len();
        let figures = pages.pages.iter().flat_map(|page| page.figures.iter().map(move |figure| (page, figure)));
        let figures = figures.filter_map(|(page, figure)| Some((figure.tag?, (page, figure)))).collect();
        let (children, own) = (vec![Vec::new(); n], vec![Vec::new(); n]);
        let mut tree = Tree { children, own, first: vec![None; n], figures };
        let numbered = |(page, tags)| std::iter::repeat(page).zip((0..).zip(tags));
        for (place, (page, (number, tag))) in marks.iter().enumerate().flat_map(numbered).enumerate() {
            let tag: &TagId = tag;
            tree.own[tag.0].push((place, Own::Mark { page, number }));
            tree.first[tag.0].get_or_insert(place);
        }
        for index in (0..n).rev() {
            let Some(parent) = parent(&pages.tags, index) else { continue };
            tree.children[parent].push(index);
            tree.first[parent] = [tree.first[parent], tree.first[index]].into_iter().flatten().min();
        }
        tree.children.iter_mut().for_each(|children| children.reverse());
        tree
    }

    /// The annotation is told after the text it covers.
    fn add_link(&mut self, tag: TagId, page: usize, annotation: ObjectId) {
        if let Some(own) = self.own.get_mut(tag.0) {
            own.push((own.last().map_or(0, |(place, _)| *place), Own::Link { page, annotation }));
        }
    }

    fn element(&self, index: usize, tag: &Tag, parent: ObjectId, ids: &[ObjectId], pages: &[ObjectId]) -> Dictionary {
        let mut element = dictionary! { "S" => name_object(name(tag.kind)), "P" => parent };
        let own_page = self.own[index].iter().find_map(|(_, own)| match own {
            Own::Mark { page, .. } => Some(*page),
            Own::Link { .. } => None,
        });
        if let Some(page) = own_page {
            element.set("Pg", pages[page]);
        }
        let mut kids = self.kids(index, own_page, ids, pages);
        match kids.len() {
            0 => {}
            1 => element.set("K", kids.remove(0)),
            _ => element.set("K", kids),
        }
        if let Some(attributes) = attributes(tag) {
            element.set("A", attributes);
        }
        if let Some((page, figure)) = self.figures.get(&TagId(index)) {
            let Rect { x, y, width, height } = figure.rect;
            let (top, bottom) = (page.height - y, page.height - y - height);
            let bounds = vec![rounded(x.0), rounded(bottom.0), rounded((x + width).0), rounded(top.0)];
            let placement = name_object("Block");
            element.set("Alt", text_string(&figure.alternative));
            element.set("A", dictionary! { "O" => name_object("Layout"), "Placement" => placement, "BBox" => bounds });
        }
        element
    }

    /// Elements inside keep their order; what the element holds itself goes between them by its place on the pages.
    fn kids(&self, index: usize, own_page: Option<usize>, ids: &[ObjectId], pages: &[ObjectId]) -> Vec<Object> {
        let mut own = self.own[index].iter().peekable();
        let mut kids = Vec::new();
        for child in &self.children[index] {
            if let Some(first) = self.first[*child] {
                while let Some((_, own)) = own.next_if(|(place, _)| *place < first) {
                    kids.push(own.object(own_page, pages));
                }
            }
            kids.push(ids[*child].into());
        }
        kids.extend(own.map(|(_, own)| own.object(own_page, pages)));
        kids
    }
}

impl Own {
    fn object(self, own_page: Option<usize>, pages: &[ObjectId]) -> Object {
        match self {
            Own::Mark { page, number } if Some(page) == own_page => (number as i64).into(),
            Own::Mark { page, number } => {
                dictionary! { "Type" => name_object("MCR"), "Pg" => pages[page], "MCID" => number as i64 }.into()
            }
            Own::Link { page, annotation } => {
                dictionary! { "Type" => name_object("OBJR"), "Pg" => pages[page], "Obj" => annotation }.into()
            }
        }
    }
}

fn attributes(tag: &Tag) -> Option<Dictionary> {
    let scope = match tag.kind {
        TagKind::RowHeader => Some("Row"),
        TagKind::ColumnHeader => Some("Column"),
        _ => None,
    };
    let columns = Some(tag.col_span).filter(|columns| *columns > 1);
    if scope.is_none() && columns.is_none() {
        return None;
    }
    let mut attributes = dictionary! { "O" => name_object("Table") };
    if let Some(scope) = scope {
        attributes.set("Scope", name_object(scope));
    }
    if let Some(columns) = columns {
        attributes.set("ColSpan", i64::from(columns));
    }
    Some(attributes)
}

/// Makes the annotations of all links. Returns the tag of each in order; their keys in the parent tree follow
/// those of the pages.
fn add_links(skeleton: &mut Skeleton, pages: &Pages, mut tree: Option<&mut Tree<'_>>) -> Result<Vec<TagId>, PdfError> {
    let mut of_links = Vec::new();
    for (number, page) in pages.pages.iter().enumerate() {
        let mut annotations = Vec::new();
        for link in &page.links {
            let mut annotation = annotation(link, page, pages, &skeleton.pages)?;
            if tree.is_some() {
                annotation.set("StructParent", (pages.pages.len() + of_links.len()) as i64);
            }
            let id = skeleton.document.add_object(annotation);
            if let Some(tree) = &mut tree {
                tree.add_link(link.tag, number, id);
            }
            of_links.push(link.tag);
            annotations.push(id.into());
        }
        let dictionary = skeleton.document.get_dictionary_mut(skeleton.pages[number])?;
        if !annotations.is_empty() {
            dictionary.set("Annots", annotations);
        }
        if tree.is_some() {
            dictionary.set("StructParents", number as i64);
        }
    }
    Ok(of_links)
}

/// Printed with the page (flag 4, which PDF/A asks for), without a border, and readable without its looks.
fn annotation(link: &Link, page: &Page, pages: &Pages, ids: &[ObjectId]) -> Result<Dictionary, PdfError> {
    let rect = link.rect;
    let (top, bottom) = (page.height - rect.y, page.height - rect.y - rect.height);
    let text: String = page.runs.iter().filter(|run| run.tag == Some(link.tag)).map(|run| run.text.as_str()).collect();
    Ok(dictionary! {
        "Type" => name_object("Annot"),
        "Subtype" => name_object("Link"),
        "Rect" => vec![rounded(rect.x.0), rounded(bottom.0), rounded((rect.x + rect.width).0), rounded(top.0)],
        "Border" => vec![0.into(), 0.into(), 0.into()],
        "F" => 4,
        "Contents" => text_string(&text),
        "Dest" => super::outline::destination(link.page, link.y, pages, ids)?,
    })
}

/// From a marked part back to its element: for each page the elements by number, for each link its element.
fn add_parent_tree(skeleton: &mut Skeleton, marks: &[Vec<TagId>], of_links: &[TagId], ids: &[ObjectId]) -> ObjectId {
    let mut numbers = Vec::new();
    for (page, tags) in marks.iter().enumerate() {
        let elements: Vec<Object> = tags.iter().map(|tag| Object::from(ids[tag.0])).collect();
        let elements = skeleton.document.add_object(elements);
        numbers.extend([Object::from(page as i64), elements.into()]);
    }
    for (number, tag) in (marks.len() as i64..).zip(of_links) {
        let element = ids.get(tag.0).map_or(Object::Null, |id| Object::from(*id));
        numbers.extend([Object::from(number), element]);
    }
    skeleton.document.add_object(dictionary! { "Nums" => numbers })
}

pub(super) fn name_object(name: &str) -> Object {
    Object::Name(name.as_bytes().to_vec())
}
