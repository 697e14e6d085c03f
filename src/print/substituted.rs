//! What the reader of a print-out must know about characters that were not drawn as written, and pictures not drawn at all or not well.

use crate::print::fonts::Drawn;
use crate::print::layout::{MissingArt, Pages, Substitution};

/// One sentence for each such character and picture, the same for window and command line.
pub fn substituted(pages: &Pages) -> Vec<String> {
    let pictures = pages.missing_art.iter().map(|MissingArt { name, why, page }| {
        format!("「{name}」（{page}ページ）: 図を印刷できなかったため、枠だけを印刷しました。{why}")
    });
    let crowded =
        pages.crowded_art.iter().map(|MissingArt { name, why, page }| format!("「{name}」（{page}ページ）: {why}"));
    pictures.chain(crowded).chain(pages.substitutions.iter().map(sentence)).collect()
}

fn sentence(substitution: &Substitution) -> String {
    let codes: Vec<String> = substitution.text.chars().map(|c| format!("U+{:04X}", u32::from(c))).collect();
    let how = match substitution.drawn {
        Drawn::BaseForm => "書体にこの異体字がないため、基本の字形で印刷しました（文字は異体字のまま残っています）",
        Drawn::Geta => "どの書体にもない文字のため、〓で印刷しました（元の文字は文字情報として残っています）",
        Drawn::SystemFont => "このパソコンの書体で印刷しました",
    };
    let place = format!("最初は{}ページ、全部で{}か所", substitution.page, substitution.count);
    format!("「{}」（{}）: {how}。{place}", substitution.text, codes.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_character_is_named_with_its_code_and_place() {
        let substitution = Substitution { text: "\u{1F600}".to_owned(), drawn: Drawn::Geta, count: 2, page: 3 };
        let told = substituted(&Pages { substitutions: vec![substitution], ..Pages::default() });
        assert_eq!(told.len(), 1);
        assert!(told[0].starts_with("「\u{1F600}」（U+1F600）: ") && told[0].ends_with("最初は3ページ、全部で2か所"));
    }
}
