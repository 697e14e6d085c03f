//! Draft → file. Every structure is taken apart by name: a new field does not compile until it is written.
//!
//! A text with several lines begins on a line of its own, line by line as typed. What an editor or git
//! would swallow (white space before a line end, invisible characters) is written as an escape.

use super::{check_value, container, needed, tied};
use crate::chart::{Chart, ChartArrow, ChartNode, NodeKind};
use crate::draft::{
    Answer, Base, Boxes, ChangeRow, Comment, Document, Draft, Figure, FigurePicture, FilePart, FreeTable, Origin, Part,
    PictureBytes, Stage, State, Unplaced, Waiver,
};
use crate::form::{FileOrder, Orientation};
use crate::margin::Margin;

/// The first line of every file.
pub(super) const HEAD: &str = "// 評価書工房のファイルです。評価書工房で開いてください。手で直すときは、文字コード UTF-8 のまま保存してください。\n";

/// The file of a draft: the same draft always gives the same text.
pub fn write(draft: &Draft) -> String {
    let mut writer = Writer { out: String::new(), depth: 0 };
    writer.open("(");
    writer.field("format", &needed::format(draft).to_string());
    writer.field("written_by", &quoted(concat!("hyoukasho ", env!("CARGO_PKG_VERSION"))));
    writer.draft(draft);
    writer.depth -= 1;
    writer.out.push_str(")\n");
    format!("{HEAD}{}{}", check_value::line(&writer.out), writer.out)
}

/// The whole file of a draft, with its pictures: its text alone where none is at hand.
pub fn file(draft: &Draft) -> Vec<u8> {
    let text = write(draft).into_bytes();
    let pictures = draft.pictures();
    let mut at_hand = pictures.iter().filter_map(|(id, bytes)| match bytes {
        PictureBytes::Sound(bytes) | PictureBytes::Damaged(bytes) => Some((&**id, &**bytes)),
        PictureBytes::Missing => None,
    });
    match at_hand.next() {
        Some(first) => container::write(&text, std::iter::once(first).chain(at_hand)),
        None => text,
    }
}

struct Writer {
    out: String,
    depth: usize,
}

impl Writer {
    fn indent(&mut self) {
        for _ in 0..self.depth {
            self.out.push_str("    ");
        }
    }

    fn open(&mut self, head: &str) {
        self.indent();
        self.out.push_str(head);
        self.out.push('\n');
        self.depth += 1;
    }

    fn close(&mut self, tail: &str) {
        self.depth -= 1;
        self.indent();
        self.out.push_str(tail);
        self.out.push_str(",\n");
    }

    fn line(&mut self, words: &str) {
        self.indent();
        self.out.push_str(words);
        self.out.push('\n');
    }

    fn field(&mut self, name: &str, value: &str) {
        self.indent();
        self.out.push_str(name);
        self.out.push_str(": ");
        self.out.push_str(value);
        self.out.push_str(",\n");
    }

    fn draft(&mut self, draft: &Draft) {
        let Draft { id, state, base, origin } = draft;
        self.open("draft: (");
        if let Some(id) = id {
            self.field("id", &format!("Some({})", quoted(id.as_str())));
        }
        self.state(state);
        if let Some(base) = base {
            self.base(base);
        }
        if let Some(origin) = origin {
            self.origin(origin);
        }
        self.close(")");
    }

    fn origin(&mut self, origin: &Origin) {
        let Origin { state, from, to, on } = origin;
        self.open("origin: Some((");
        self.field("from", &text(from));
        self.field("to", &text(to));
        if let Some(day) = on {
            self.field("on", &format!("Some({})", quoted(day)));
        }
        self.open("draft: (");
        self.state(state);
        self.close(")");
        self.close("))");
    }

    fn base(&mut self, base: &Base) {
        let Base { state, published_on, taken_on } = base;
        self.open("base: Some((");
        self.field("published_on", &text(published_on));
        if let Some(day) = taken_on {
            self.field("taken_on", &format!("Some({})", quoted(day)));
        }
        self.open("draft: (");
        self.state(state);
        self.close(")");
        self.close("))");
    }

    /// A draft but for the drafts it carries along.
    fn state(&mut self, state: &State) {
        let State { document, stage, row_style, reassessment_steps } = state;
        let Document { form, edition, file_order, margin, common, files, rows, unplaced } = document;
        self.field("form", &quoted(form));
        self.field("revision", &quoted(edition));
        self.field("stage", stage_name(*stage));
        if let Some(order) = file_order {
            self.field("file_order", &format!("Some({})", order_name(*order)));
        }
        if !margin.is_empty() {
            self.margin(margin);
        }
        self.part("document: (", common);
        if !files.is_empty() {
            self.open("files: [");
            for file in files {
                self.file(file);
            }
            self.close("]");
        }
        if !rows.is_empty() {
            self.open("changes: [");
            for row in rows {
                self.row(row);
            }
            self.close("]");
        }
        if !unplaced.is_empty() {
            self.open("unplaced: [");
            for unplaced in unplaced {
                let Unplaced { source, text: words } = &**unplaced;
                self.indent();
                self.out.push_str(&format!("({}, {}),\n", text(source), text(words)));
            }
            self.close("]");
        }
        if let Some(style) = tied::style(*row_style) {
            self.field("change_style", &style);
        }
        if !reassessment_steps.is_empty() {
            self.field("again", &tied::list(reassessment_steps.iter().map(|step| quoted(step))));
        }
    }

    fn margin(&mut self, margin: &Margin) {
        self.open("margin: (");
        if let Some(numbers) = margin.numbers {
            self.field("numbers", &format!("Some({})", numbers.id()));
        }
        for (name, _, line) in margin.lines().into_iter().filter(|(_, _, line)| !line.is_empty()) {
            self.field(name, &text(line));
        }
        self.close(")");
    }

    fn file(&mut self, file: &FilePart) {
        let FilePart { name, part } = file;
        self.open("(");
        self.field("name", &text(name));
        self.part("part: (", part);
        self.close(")");
    }

    fn part(&mut self, head: &str, part: &Part) {
        let Part { answers, notes, comments, waivers } = part;
        if answers.is_empty() && notes.is_empty() && comments.is_empty() && waivers.is_empty() {
            self.indent();
            self.out.push_str(head);
            self.out.push_str("),\n");
            return;
        }
        self.open(head);
        if !answers.is_empty() {
            self.open("answers: {");
            for (id, answer) in answers {
                self.answer(id, answer);
            }
            self.close("}");
        }
        if !notes.is_empty() {
            self.open("notes: {");
            for (id, note) in notes {
                self.field(&quoted(id), &text(note));
            }
            self.close("}");
        }
        if !comments.is_empty() {
            self.open("comments: {");
            for (id, list) in comments {
                self.comments(&quoted(id), list);
            }
            self.close("}");
        }
        self.waivers(waivers);
        self.close(")");
    }

    fn comments(&mut self, name: &str, comments: &[Comment]) {
        self.open(&format!("{name}: ["));
        for Comment { author, written_at, text: words, done } in comments {
            self.open("(");
            self.field("author", &text(author));
            self.field("written_at", &quoted(written_at));
            self.field("text", &text(words));
            if *done {
                self.field("done", "true");
            }
            self.close(")");
        }
        self.close("]");
    }

    fn answer(&mut self, id: &str, answer: &Answer) {
        let id = quoted(id);
        match answer {
            Answer::Text(written) => self.field(&id, &format!("text({})", text(written))),
            Answer::Choice(choice) => self.field(&id, &format!("choice({choice:?})")),
            Answer::Check(on) => self.field(&id, &format!("check({on})")),
            Answer::Checks(boxes) => self.boxes(&id, boxes),
            Answer::Count(count) => self.field(&id, &format!("count({count:?})")),
            Answer::Repeat(entries) if entries.is_empty() => self.field(&id, "repeat([])"),
            Answer::Repeat(entries) => {
                self.open(&format!("{id}: repeat(["));
                for entry in entries {
                    self.part("(", entry);
                }
                self.close("])");
            }
            Answer::Figure(figure) => self.figure(&id, figure),
            Answer::FreeTable(table) => self.free_table(&id, table),
            Answer::Foreign(json) => self.field(&id, &format!("foreign({})", text(json))),
        }
    }

    fn boxes(&mut self, id: &str, boxes: &Boxes) {
        let Boxes { marked, texts, counts } = boxes;
        let marked: Vec<_> = marked.iter().map(|key| quoted(key)).collect();
        let marked = format!("[{}]", marked.join(", "));
        if texts.is_empty() && counts.is_empty() {
            self.field(id, &format!("checks((marked: {marked}))"));
            return;
        }
        self.open(&format!("{id}: checks(("));
        self.field("marked", &marked);
        if !texts.is_empty() {
            self.open("texts: {");
            for (key, written) in texts {
                self.field(&quoted(key), &text(written));
            }
            self.close("}");
        }
        if !counts.is_empty() {
            self.open("counts: {");
            for (key, count) in counts {
                self.field(&quoted(key), &format!("{count:?}"));
            }
            self.close("}");
        }
        self.close("))");
    }

    fn figure(&mut self, id: &str, figure: &Figure) {
        let Figure { caption, note, image, charts, pictures } = figure;
        self.open(&format!("{id}: figure(("));
        for (name, value) in [("caption", caption), ("note", note), ("image", image)] {
            if let Some(value) = value {
                self.field(name, &format!("Some({})", text(value)));
            }
        }
        if !charts.is_empty() {
            self.open("charts: [");
            charts.iter().for_each(|chart| self.chart(chart));
            self.close("]");
        }
        if !pictures.is_empty() {
            self.open("pictures: [");
            pictures.iter().for_each(|picture| self.picture(picture));
            self.close("]");
        }
        self.close("))");
    }

    /// A node or arrow a line, as the rows of a table.
    fn chart(&mut self, chart: &Chart) {
        let Chart { title, orientation, nodes, arrows, last_id } = chart;
        self.open("(");
        if !title.is_empty() {
            self.field("title", &quoted(title));
        }
        if *orientation == Orientation::Landscape {
            self.field("orientation", "landscape");
        }
        self.open("nodes: [");
        for ChartNode { id, kind, x, y, width, height, label } in nodes {
            let (kind, label) = (node_kind_name(*kind), quoted(label));
            let place = format!("x: {x}, y: {y}, width: {width}, height: {height}");
            self.line(&format!("(id: {id}, kind: {kind}, {place}, label: {label}),"));
        }
        self.close("]");
        self.open("arrows: [");
        for ChartArrow { id, from, to, number, label, slide } in arrows {
            let number = number.map(|number| format!(", number: Some({number})")).unwrap_or_default();
            let label = if label.is_empty() { String::new() } else { format!(", label: {}", quoted(label)) };
            let slide = if *slide == 0 { String::new() } else { format!(", slide: {slide}") };
            self.line(&format!("(id: {id}, from: {from}, to: {to}{number}{label}{slide}),"));
        }
        self.close("]");
        if *last_id != 0 {
            self.field("last_id", &last_id.to_string());
        }
        self.close(")");
    }

    /// A row a line, so that two files of one table can be compared line by line.
    fn free_table(&mut self, id: &str, table: &FreeTable) {
        let FreeTable { heads, rows } = table;
        let row =
            |row: &Vec<String>| format!("[{}]", row.iter().map(|text| quoted(text)).collect::<Vec<_>>().join(", "));
        self.open(&format!("{id}: free_table(("));
        self.field("heads", &row(heads));
        if !rows.is_empty() {
            self.open("rows: [");
            rows.iter().for_each(|cells| self.line(&format!("{},", row(cells))));
            self.close("]");
        }
        self.close("))");
    }

    fn picture(&mut self, picture: &FigurePicture) {
        let FigurePicture { kept, orientation, alt } = picture;
        self.open("(");
        self.field("sha256", &quoted(kept.id()));
        if *orientation == Orientation::Landscape {
            self.field("orientation", "landscape");
        }
        if !alt.is_empty() {
            self.field("alt", &text(alt));
        }
        self.close(")");
    }

    fn row(&mut self, row: &ChangeRow) {
        let ChangeRow { date, item, before, after, timing, reason, why, note, comments, waivers, link } = row;
        self.open("(");
        let columns = [
            ("date", date),
            ("item", item),
            ("before", before),
            ("after", after),
            ("timing", timing),
            ("reason", reason),
        ];
        for (name, value) in columns {
            self.field(name, &text(value));
        }
        if !why.is_empty() {
            self.field("why", &text(why));
        }
        if !note.is_empty() {
            self.field("note", &text(note));
        }
        if !comments.is_empty() {
            self.comments("comments", comments);
        }
        self.waivers(waivers);
        if let Some(link) = link {
            self.open("link: Some((");
            tied::link(link).iter().for_each(|(name, value)| self.field(name, value));
            self.close("))");
        }
        self.close(")");
    }

    fn waivers(&mut self, waivers: &[Waiver]) {
        if waivers.is_empty() {
            return;
        }
        self.open("waivers: [");
        for Waiver { rule, item, what, reason } in waivers {
            self.open("(");
            self.field("rule", &quoted(rule));
            self.field("item", &quoted(item));
            if !what.is_empty() {
                self.field("what", &text(what));
            }
            self.field("reason", &text(reason));
            self.close(")");
        }
        self.close("]");
    }
}

fn stage_name(stage: Stage) -> &'static str {
    match stage {
        Stage::Writing => "writing",
        Stage::Hearing => "hearing",
        Stage::Final => "final",
    }
}

fn node_kind_name(kind: NodeKind) -> &'static str {
    match kind {
        NodeKind::Office => "office",
        NodeKind::Person => "person",
        NodeKind::System => "system",
        NodeKind::Area => "area",
    }
}

fn order_name(order: FileOrder) -> &'static str {
    match order {
        FileOrder::ByFile => "by_file",
        FileOrder::BySection => "by_section",
    }
}

/// A key or id on one line.
pub(super) fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '\n' => out.push_str("\\n"),
            c => escape(c, &mut out),
        }
    }
    out.push('"');
    out
}

/// A text of the author: on one line, or line by line from the next line on.
fn text(text: &str) -> String {
    if !text.contains('\n') {
        return quoted(text);
    }
    // A backslash at the line end: RON leaves out the line end and the white space after it,
    // so that a first character of white space must be an escape.
    let mut out = String::from("\"\\\n");
    let mut chars = text.chars().peekable();
    let mut first = true;
    while let Some(c) = chars.next() {
        match c {
            '\n' if first => out.push_str("\\n"),
            '\n' => out.push('\n'),
            c if c.is_whitespace() && ((first && c == ' ') || chars.peek() == Some(&'\n')) => code(c, &mut out),
            c => escape(c, &mut out),
        }
        first = false;
    }
    out.push('"');
    out
}

fn escape(c: char, out: &mut String) {
    match c {
        '"' => out.push_str("\\\""),
        '\\' => out.push_str("\\\\"),
        '\t' => out.push_str("\\t"),
        '\r' => out.push_str("\\r"),
        c if c.is_control() || is_invisible(c) => code(c, out),
        c => out.push(c),
    }
}

fn code(c: char, out: &mut String) {
    out.push_str(&format!("\\u{{{:x}}}", u32::from(c)));
}

/// Characters that no one sees in an editor: soft hyphen, zero width, direction marks, BOM, tags.
/// Variation selectors are not among them: they belong to the character before.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
        | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}')
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn check(written: &str, expected: &str) {
        assert_eq!(text(written), expected);
        assert_eq!(ron::from_str::<String>(&text(written)).unwrap(), written);
        assert_eq!(ron::from_str::<String>(&quoted(written)).unwrap(), written);
    }

    #[test]
    fn texts_are_written_as_typed() {
        check("", "\"\"");
        check("𠮷野\u{E0100}（個人番号）", "\"𠮷野\u{E0100}（個人番号）\"");
        check("　一行目\n　二行目\n", "\"\\\n　一行目\n　二行目\n\"");
    }

    #[test]
    fn what_an_editor_would_swallow_is_escaped() {
        check("a \nb", "\"\\\na\\u{20}\nb\"");
        check("a　\nb", "\"\\\na\\u{3000}\nb\"");
        check(" a\nb", "\"\\\n\\u{20}a\nb\"");
        check("\n\nb", "\"\\\n\\n\nb\"");
        check("\t\nb", "\"\\\n\\u{9}\nb\"");
        check("\u{FEFF}\u{0}\u{200B}", "\"\\u{feff}\\u{0}\\u{200b}\"");
        check("\"#\\", "\"\\\"#\\\\\"");
    }
}
