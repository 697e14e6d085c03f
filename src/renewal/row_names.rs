//! How the rows of former years name their items, so that those of this year read the same.

use std::sync::Arc;

use crate::draft::{ChangeRow, ItemStyle};

/// So many of the newest rows are asked.
const N_ASKED: usize = 10;

/// What most of the newest rows do; `None` where none shows it.
pub(super) fn item_style(rows: &[Arc<ChangeRow>]) -> Option<ItemStyle> {
    let shown: Vec<ItemStyle> = rows.iter().rev().filter_map(|row| style_of(&row.item)).take(N_ASKED).collect();
    let n_full = shown.iter().filter(|style| **style == ItemStyle::Full).count();
    let most = if n_full * 2 > shown.len() { ItemStyle::Full } else { ItemStyle::Short };
    (!shown.is_empty()).then_some(most)
}

/// Ⅱ特定個人情報ファイルの概要 is named in full, Ⅱ-2③ in short; 表紙 shows neither.
fn style_of(item: &str) -> Option<ItemStyle> {
    let is_numeral = |c: char| matches!(c, 'Ⅰ'..='Ⅻ' | 'I' | 'V' | 'X' | 'Ｉ' | 'Ｖ' | 'Ｘ');
    let rest = item.trim_start().strip_prefix(is_numeral)?.trim_start_matches(is_numeral);
    let first = rest.chars().find(|c| !c.is_whitespace())?;
    Some(if matches!(first, 'ぁ'..='ヺ' | '一'..='鿿') { ItemStyle::Full } else { ItemStyle::Short })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(items: &[&str], expected: Option<ItemStyle>) {
        let row = |item: &&str| Arc::new(ChangeRow { item: (*item).to_owned(), ..ChangeRow::default() });
        assert_eq!(item_style(&items.iter().map(row).collect::<Vec<_>>()), expected);
    }

    #[test]
    fn the_newest_rows_show_it() {
        check(&[], None);
        check(&["表紙", "別紙1"], None);
        check(&["I-6②所属長", "Ⅱ２③　対象となる本人の範囲", "Ⅱ　５ 提供先"], Some(ItemStyle::Short));
        check(&["Ⅰ基本情報　５．情報連携", "Ⅲ リスク対策\n６．接続", "Ⅰ-6②"], Some(ItemStyle::Full));
        let changed: Vec<&str> =
            std::iter::repeat_n("Ⅴ評価実施手続", 20).chain(std::iter::repeat_n("Ⅴ１", 10)).collect();
        check(&changed, Some(ItemStyle::Short));
    }
}
