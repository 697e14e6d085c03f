//! The forms of Markdown that the guide is written in: title, headings, paragraphs, points, tables, commands, pictures;
//! strong words, typed words and links. Anything else stays as it is written, and a test says so.

use crate::guide::{GuideBlock, Inline, PointMark};

/// Title and blocks of one file.
pub(super) fn read(text: &str) -> (String, Vec<GuideBlock>) {
    let mut lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    lines.reverse();
    let (mut title, mut blocks) = (String::new(), Vec::new());
    while let Some(line) = lines.pop() {
        if let Some(rest) = line.strip_prefix("# ") {
            title = rest.trim().to_owned();
        } else if let Some(rest) = heading(line) {
            blocks.push(GuideBlock::Heading(inlines(rest)));
        } else if line.starts_with("```") {
            blocks.push(commands(&mut lines));
        } else if line.starts_with('|') {
            blocks.push(table(line, &mut lines));
        } else if let Some(picture) = picture(line) {
            blocks.push(picture);
        } else if let Some((mark, first)) = point(line) {
            blocks.push(points(mark, first, &mut lines));
        } else if !line.is_empty() {
            blocks.push(paragraph(line, &mut lines));
        }
    }
    (title, blocks)
}

/// `## …` and deeper.
fn heading(line: &str) -> Option<&str> {
    let rest = line.trim_start_matches('#');
    (rest.len() + 1 < line.len()).then(|| rest.strip_prefix(' ')).flatten()
}

/// `![what it shows](its file)`, alone on its line.
pub(super) fn picture(line: &str) -> Option<GuideBlock> {
    let (words, after) = between(line, "![", "]")?;
    let (file, rest) = between(after, "(", ")")?;
    rest.is_empty().then(|| GuideBlock::Picture { words: words.to_owned(), file: file.to_owned() })
}

/// `- …` or `1. …`
fn point(line: &str) -> Option<(PointMark, &str)> {
    if let Some(rest) = line.strip_prefix("- ") {
        return Some((PointMark::Dot, rest));
    }
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
    (rest.len() < line.len()).then(|| rest.strip_prefix(". ")).flatten().map(|rest| (PointMark::Number, rest))
}

/// Whether a line goes on with the text above it.
fn goes_on(line: &str) -> bool {
    !line.is_empty()
        && !line.starts_with('#')
        && !line.starts_with("```")
        && !line.starts_with('|')
        && picture(line).is_none()
        && point(line).is_none()
}

/// The lines of one text as one: Japanese needs no space where a line ends.
fn whole(first: &str, lines: &mut Vec<&str>) -> Vec<Inline> {
    let mut text = first.trim().to_owned();
    while let Some(line) = lines.pop_if(|line| goes_on(line)) {
        let next = line.trim();
        if text.ends_with(|c: char| c.is_ascii_alphanumeric()) && next.starts_with(|c: char| c.is_ascii_alphanumeric())
        {
            text.push(' ');
        }
        text.push_str(next);
    }
    inlines(&text)
}

fn paragraph(first: &str, lines: &mut Vec<&str>) -> GuideBlock {
    GuideBlock::Paragraph(whole(first, lines))
}

fn points(mark: PointMark, first: &str, lines: &mut Vec<&str>) -> GuideBlock {
    let mut points = vec![whole(first, lines)];
    while let Some((_, rest)) = lines.last().and_then(|line| point(line)).filter(|(other, _)| *other == mark) {
        lines.pop();
        points.push(whole(rest, lines));
    }
    GuideBlock::Points { mark, points }
}

fn commands(lines: &mut Vec<&str>) -> GuideBlock {
    let mut inside = Vec::new();
    while let Some(line) = lines.pop() {
        if line.starts_with("```") {
            break;
        }
        inside.push(line);
    }
    GuideBlock::Commands(inside.join("\n"))
}

fn table(first: &str, lines: &mut Vec<&str>) -> GuideBlock {
    let cells = |line: &str| -> Vec<Vec<Inline>> {
        line.trim_matches('|').split('|').map(|cell| inlines(cell.trim())).collect()
    };
    let heads = cells(first);
    let mut rows = Vec::new();
    while let Some(line) = lines.pop_if(|line| line.starts_with('|')) {
        if line.trim_matches(|c: char| "|-: ".contains(c)).is_empty() {
            continue;
        }
        let mut row = cells(line);
        row.resize(heads.len(), Vec::new());
        rows.push(row);
    }
    GuideBlock::Table { heads, rows }
}

/// Strong words, typed words and links of a text.
fn inlines(text: &str) -> Vec<Inline> {
    let mut found: Vec<Inline> = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        if let Some((inline, after)) = special(rest) {
            found.push(inline);
            rest = after;
            continue;
        }
        let end = rest.char_indices().nth(1).map_or(rest.len(), |(end, _)| end);
        let (first, after) = rest.split_at(end);
        match found.last_mut() {
            Some(Inline::Words(words)) => words.push_str(first),
            _ => found.push(Inline::Words(first.to_owned())),
        }
        rest = after;
    }
    found
}

/// What is marked at the beginning of a text, and what comes after it.
fn special(text: &str) -> Option<(Inline, &str)> {
    if let Some((words, after)) = between(text, "**", "**") {
        return Some((Inline::Strong(words.to_owned()), after));
    }
    if let Some((words, after)) = between(text, "`", "`") {
        return Some((Inline::Typed(words.to_owned()), after));
    }
    let (words, after) = between(text, "[", "]")?;
    let (to, after) = between(after, "(", ")")?;
    let chapter = to.strip_suffix(".md").filter(|id| !id.contains('/')).map(str::to_owned);
    Some((Inline::Link { words: words.replace('`', ""), chapter }, after))
}

fn between<'t>(text: &'t str, open: &str, close: &str) -> Option<(&'t str, &'t str)> {
    text.strip_prefix(open)?.split_once(close).filter(|(inside, _)| !inside.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Inline {
        Inline::Words(text.to_owned())
    }

    #[test]
    fn every_form_is_read() {
        let text = "# 題\n\n**はじめ。** 一行目\n二行目 `F5` [次](2-b.md)と[外](../torture.md)\n\n## 見出し\n- 甲\n  続き\n- 乙\n1. 一\n2. 二\n\n```\na  b\n\nc\n```\n終わり\n![画面](pictures/a.png)\n| x | y |\n|---|:-:|\n| 1 | `2` |\n| 3 |\n";
        let (title, blocks) = read(text);
        assert_eq!(title, "題");
        let strong = Inline::Strong("はじめ。".to_owned());
        let key = Inline::Typed("F5".to_owned());
        let link =
            |words: &str, to: Option<&str>| Inline::Link { words: words.to_owned(), chapter: to.map(str::to_owned) };
        let first = vec![
            strong,
            words(" 一行目二行目 "),
            key,
            words(" "),
            link("次", Some("2-b")),
            words("と"),
            link("外", None),
        ];
        assert_eq!(
            blocks,
            [
                GuideBlock::Paragraph(first),
                GuideBlock::Heading(vec![words("見出し")]),
                GuideBlock::Points { mark: PointMark::Dot, points: vec![vec![words("甲続き")], vec![words("乙")]] },
                GuideBlock::Points { mark: PointMark::Number, points: vec![vec![words("一")], vec![words("二")]] },
                GuideBlock::Commands("a  b\n\nc".to_owned()),
                GuideBlock::Paragraph(vec![words("終わり")]),
                GuideBlock::Picture { words: "画面".to_owned(), file: "pictures/a.png".to_owned() },
                GuideBlock::Table {
                    heads: vec![vec![words("x")], vec![words("y")]],
                    rows: vec![
                        vec![vec![words("1")], vec![Inline::Typed("2".to_owned())]],
                        vec![vec![words("3")], Vec::new()],
                    ],
                },
            ]
        );
    }

    #[test]
    fn signs_without_a_partner_stay() {
        assert_eq!(inlines("2 * 3 ** 4 `a [b] (c)"), [words("2 * 3 ** 4 `a [b] (c)")]);
        assert_eq!(inlines(""), []);
        assert_eq!(
            read("1.5倍\n#違う"),
            (
                String::new(),
                vec![GuideBlock::Paragraph(vec![words("1.5倍")]), GuideBlock::Paragraph(vec![words("#違う")]),]
            )
        );
        // An open fence ends with the file.
        assert_eq!(read("```\na").1, [GuideBlock::Commands("a".to_owned())]);
    }
}
