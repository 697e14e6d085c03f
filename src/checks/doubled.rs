//! A word that stands twice in a row: 「証明書交付事務事務に関する」, 「記録をを保存する」. Silent where a doubling has a
//! meaning (一人一人, 日々) and where the second word may begin a compound (介護保険保険料).

use super::draft_index::DraftIndex;
use crate::form::Rule;

/// Longest word that is looked for, in characters.
const LONGEST: usize = 10;
/// From this length on a word is no beginning of the next one.
const NO_BEGINNING: usize = 3;
/// Words that begin with these are doubled rightly: 一人一人, 各課各課, 毎日毎日.
const MEANT: &str = "一二三四五六七八九十百千各毎時刻";
/// What is added to a word and begins none: 「登録登録外」 is 登録外 with a word too many.
const ADDED: &str = "外済等";
/// Words that make a word of their own with these: 介護保険保険外サービス.
const OPENING: &[&str] = &["保険"];
/// Particles that are never doubled between two words written in kanji.
const PARTICLES: &str = "をのにがはでと";

/// Words in kana that never stand twice, twice, and the word.
const NEVER_TWICE: &[(&str, &str)] = &[
    ("をを", "を"),
    ("するする", "する"),
    ("されるされる", "される"),
    ("しているしている", "している"),
    ("によりにより", "により"),
    ("においてにおいて", "において"),
    ("についてについて", "について"),
    ("としてとして", "として"),
    ("とともにとともに", "とともに"),
    ("ためのための", "ための"),
    ("ことをことを", "ことを"),
    ("までまで", "まで"),
    ("ますます。", "ます"),
    ("である。である", "である"),
];

/// Told once for each text.
pub(super) fn check(draft: &mut DraftIndex<'_>, rule: &Rule) {
    draft.add_for_texts(rule, |text| Some([("語", text.read.doubled()?.to_owned())]));
}

/// The first word that stands twice, or 。 or 、.
pub(super) fn first_doubled(text: &str) -> Option<String> {
    // 。。。 are dots.
    let signs = [("。。", "。。。", "。"), ("、、", "、、、", "、")];
    let mut doubled = signs.into_iter().filter(|(twice, dots, _)| text.contains(twice) && !text.contains(dots));
    if let Some((.., sign)) = doubled.next() {
        return Some(sign.to_owned());
    }
    if let Some((_, word)) = NEVER_TWICE.iter().find(|(twice, _)| text.contains(twice)) {
        return Some((*word).to_owned());
    }
    let mut run: Vec<char> = Vec::new();
    let mut kana: Vec<char> = Vec::new();
    let mut follows_kanji = false;
    for c in text.chars().chain(['\n']) {
        if is_word(c) {
            if let [a, b] = kana.as_slice()
                && a == b
                && follows_kanji
                && PARTICLES.contains(*a)
                && is_kanji(c)
            {
                return Some(a.to_string());
            }
            kana.clear();
            run.push(c);
            continue;
        }
        if let Some(word) = doubled_in(&run) {
            return Some(word);
        }
        if kana.is_empty() {
            follows_kanji = run.last().is_some_and(|last| is_kanji(*last));
        }
        run.clear();
        if matches!(c, 'ぁ'..='ん') {
            kana.push(c);
        } else {
            kana.clear();
            follows_kanji = false;
        }
    }
    None
}

/// A word that stands twice in a run of kanji and katakana.
fn doubled_in(run: &[char]) -> Option<String> {
    (2..=LONGEST.min(run.len() / 2)).find_map(|length| {
        let starts = 0..=run.len() - 2 * length;
        let is_doubled = |start: &usize| run[*start..start + length] == run[start + length..start + 2 * length];
        starts.into_iter().filter(is_doubled).find_map(|start| {
            let word = &run[start..start + length];
            let next = run.get(start + 2 * length);
            let told: String = word.iter().collect();
            let is_end = next.is_none_or(|next| ADDED.contains(*next) && !OPENING.contains(&told.as_str()));
            (is_told(word) && (is_end || length >= NO_BEGINNING)).then_some(told)
        })
    })
}

fn is_told(word: &[char]) -> bool {
    let has_kanji = word.iter().any(|c| is_kanji(*c));
    let is_meant = word.contains(&'々') || word.first().is_some_and(|first| MEANT.contains(*first));
    // バラバラ, ガチャガチャ; データデータ is a slip.
    let is_sound = !has_kanji && word.len() < 4;
    // A word of one sign is no word: 甲甲, ーー.
    let is_one = word.iter().all(|c| Some(c) == word.first());
    !is_meant && !is_sound && !is_one
}

fn is_word(c: char) -> bool {
    is_kanji(c) || matches!(c, 'ァ'..='ヶ' | 'ー')
}

fn is_kanji(c: char) -> bool {
    matches!(c, '一'..='龠' | '々')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_that_stands_twice_is_found() {
        let found = |text: &str| first_doubled(text).unwrap_or_default();
        for (text, word) in [
            ("証明書交付事務事務に関する記録", "事務"),
            ("職員は、記録をを保存する。", "を"),
            ("端末のの画面", "の"),
            ("個人番号個人番号カードの提示", "個人番号"),
            ("中間サーバー中間サーバーを通じて", "中間サーバー"),
            ("データベースデータベースに記録", "データベース"),
            ("確認確認。", "確認"),
            ("住民登録登録外者の宛名", "登録"),
            ("申請申請済の書類", "申請"),
            ("印刷した資料をを、細断する。", "を"),
            ("課税の内容を証明するするため", "する"),
            ("記録を保存する。。", "。"),
            ("氏名、、住所", "、"),
        ] {
            assert_eq!(found(text), word, "{text}");
        }
    }

    #[test]
    fn a_doubling_with_a_meaning_is_none() {
        for text in [
            "一人一人に通知する。",
            "日々の点検、各々の職員、段段と、等等",
            "毎日毎日の記録",
            "介護保険保険料の算定、医療保険保険者番号、介護保険保険外の費用",
            "住民登録登録者、申請申請者、都市計画税税額",
            "個人番号利用事務事務取扱要領",
            "データをバラバラに置かない。ガチャガチャ",
            "佐々木々",
            "氏名、氏名カナ\n氏名",
            "再再委託、前前年",
            "等。。。、「。」、",
            "母ははじめに、ものの名",
            "事務\n事務の内容",
        ] {
            assert_eq!(first_doubled(text), None, "{text}");
        }
    }
}
