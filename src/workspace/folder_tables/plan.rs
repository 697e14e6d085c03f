//! What the 計画管理書 (様式1) lists, out of the documents of a folder.

use std::cmp::Ordering;

use super::lines::{DocumentLine, LookedAt};
use crate::print::printout::PlainTable;
use crate::workspace::catalog::Summary;

/// The heads with the widths of their columns. Of the official columns only the number is established, by what the 記載要領 of
/// the other forms say of it; the others are marked.
const HEADS: [(&str, u8); 11] = [
    ("評価書番号", 5),
    ("＊評価書名", 16),
    ("＊様式", 9),
    ("＊評価実施機関", 7),
    ("＊担当部署", 9),
    ("＊段階", 5),
    ("＊公表日", 7),
    ("＊年1回の見直し", 10),
    ("＊5年ごとの再実施", 10),
    ("＊ファイル", 8),
    ("＊備考", 8),
];
/// Said of the heads with a mark.
pub const UNKNOWN: &str = "計画管理書（様式1）の公式の欄名と並びは、評価書工房では確かめられていません。＊の付いた欄名は、公式の欄名と違うことがあります。";

/// The list of the documents, in the order of body and number.
pub fn table(LookedAt { mut lines, today }: LookedAt) -> PlainTable {
    lines.sort_by(order);
    let n_unread = lines.iter().filter(|line| line.summary().is_none()).count();
    let day = today.map(|day| format!("{}現在、", day.in_era())).unwrap_or_default();
    let unread = if n_unread == 0 { String::new() } else { format!("、うち読めないもの{n_unread}件") };
    PlainTable {
        title: "特定個人情報保護評価　評価書の一覧（計画管理書のために）".to_owned(),
        notes: vec![
            format!("フォルダーの評価書の記載から作りました（{day}{}件{unread}）。", lines.len()),
            UNKNOWN.to_owned(),
        ],
        heads: HEADS.map(|(head, width)| (head.to_owned(), width)).to_vec(),
        rows: lines.iter().map(row).collect(),
    }
}

/// By body and number, those that cannot be read last.
fn order(a: &DocumentLine, b: &DocumentLine) -> Ordering {
    let key = |line: &DocumentLine| {
        let summary = line.summary();
        let text = |of: fn(&Summary) -> &String| summary.map(of).cloned().unwrap_or_default();
        (
            summary.is_none(),
            text(|summary| &summary.agency),
            summary.map(|summary| {
                let (count, text) = summary.number_in_order();
                (count, text.to_owned())
            }),
            text(|summary| &summary.name),
            line.file.clone(),
        )
    };
    key(a).cmp(&key(b))
}

fn row(line: &DocumentLine) -> Vec<String> {
    let mut cells = line.cells().unwrap_or_else(|| vec![String::new(); HEADS.len() - 2]);
    cells.extend([line.file.clone(), line.remarks()]);
    cells
}
