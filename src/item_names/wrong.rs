//! What is wrong with the words of a 項目 cell that nearly name an item: the one part of the name that the form does not
//! print so, and the whole name of what is meant.
//!
//! The words are read from left to right: the title of the section, the number and the title of the heading, the entry,
//! ① and labels. A part is wrong only where the form prints something much like it, or the same words in another place:
//! shortened words, remarks and words of one's own are not.

use super::printed::{PrintedWords, SectionWords, Unit, Word};
use super::spelling::{likeness_of_words, spelled, without_brackets};
use super::titles::{full, short};
use crate::form::{FieldPath, Item, Section};

/// How alike words must be to what the form prints to be taken for a slip of it, in percent.
const SLIP_PERCENT: usize = 60;
/// The same where no section says where to look.
const ANYWHERE_PERCENT: usize = 75;
/// What a label with the same ① is more alike.
const SAME_NUMBER_PERCENT: usize = 15;
/// A known word with more characters is no piece of a slip beside it.
const PIECE_CHARS: usize = 4;

/// The part of a name that is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WrongPart {
    /// The numeral of the section.
    Numeral,
    /// The title of the section.
    Section,
    /// The number of the heading.
    Heading,
    /// The title of the heading.
    Title,
    /// ① before the label.
    Number,
    /// The label.
    Label,
}

impl WrongPart {
    /// Its name in Japanese.
    pub fn name(self) -> &'static str {
        match self {
            WrongPart::Numeral => "章の番号",
            WrongPart::Section => "章の題名",
            WrongPart::Heading => "見出しの番号",
            WrongPart::Title => "見出しの題名",
            WrongPart::Number => "丸数字",
            WrongPart::Label => "項目名",
        }
    }
}

/// What is wrong in the words of a cell.
#[derive(Clone, Debug, PartialEq)]
pub struct Wrong<'a> {
    /// The part that is wrong.
    pub part: WrongPart,
    /// What it says.
    pub written: String,
    /// What the form says there.
    pub right: String,
    /// The whole name of what is meant.
    pub whole: String,
    /// The item that is meant, or the heading where the words go no further.
    pub item: &'a Item,
}

impl<'a> PrintedWords<'a> {
    /// What is wrong in a cell; `None` where it names an item or says nothing like one.
    pub fn wrong(&self, cell: &str, file_names: &[&str]) -> Option<Wrong<'a>> {
        let mut text = without_brackets(&spelled(cell), &|inside| self.is_printed(inside));
        text.retain(|c| c != '、');
        for name in file_names.iter().map(|name| spelled(name).replace('、', "")).filter(|name| !name.is_empty()) {
            text = text.replace(&name, "");
        }
        let named = self.sections.iter().find_map(|known| Some((known, text.strip_prefix(known.numeral.as_str())?)));
        let Some((section, rest)) = named.filter(|(known, _)| !known.numeral.is_empty()) else {
            // The cover and the lists behind the sections are not read here.
            let title = |section: &Section| super::plain_title(&section.title);
            let others =
                self.form.sections.iter().filter(|section| !section.title.starts_with(|c| matches!(c, 'Ⅰ'..='ⅿ')));
            if spelled(cell).contains("別添")
                || text.starts_with("表紙")
                || others.into_iter().any(|other| text.contains(&title(other)))
            {
                return None;
            }
            return self.sections.iter().find_map(|section| self.in_section(section, &text, true));
        };
        self.in_section(section, rest, false)
    }

    fn in_section(&self, section: &SectionWords<'a>, rest: &str, anywhere: bool) -> Option<Wrong<'a>> {
        let mut units = self.units(section, rest);
        // The title of the section, or a part of it.
        let title = &section.title;
        let is_title = |words: &String| title.contains(words.as_str()) || words.contains(title.as_str());
        let has_title = !anywhere && matches!(units.first(), Some(Unit::Unknown(words)) if is_title(words));
        if has_title {
            units.remove(0);
        }
        let reading = Reading { all: self, section, units, anywhere, has_title };
        reading.wrong()
    }
}

/// A cell as it was read in one section.
struct Reading<'r, 'a> {
    all: &'r PrintedWords<'a>,
    section: &'r SectionWords<'a>,
    units: Vec<Unit>,
    /// Whether the cell names no section.
    anywhere: bool,
    /// Whether it writes the title of its section out.
    has_title: bool,
}

impl<'a> Reading<'_, 'a> {
    fn wrong(&self) -> Option<Wrong<'a>> {
        if self.anywhere {
            return self.wrong_label();
        }
        self.wrong_section()
            .or_else(|| self.wrong_heading())
            .or_else(|| self.wrong_number())
            .or_else(|| self.wrong_label())
            .or_else(|| self.label_of_another_section())
    }

    /// The words before the first number, where they are neither the title nor words of the section.
    fn wrong_section(&self) -> Option<Wrong<'a>> {
        let Some(Unit::Unknown(written)) = self.units.first() else { return None };
        let title = &self.section.title;
        let other = self.all.sections.iter().find(|other| other.title == *written);
        if let Some(other) = other {
            let first = other.words.first()?.item;
            let (written, right) = (self.section.numeral.clone(), other.numeral.clone());
            let whole = printed_title(other.section);
            return Some(Wrong { part: WrongPart::Numeral, written, right, whole, item: first });
        }
        // A short form of the title is its end.
        let n_chars = written.chars().count();
        let skipped = title.chars().count().saturating_sub(n_chars);
        let end: String = title.chars().skip(skipped).collect();
        let alike = likeness_of_words(title, written).max(likeness_of_words(&end, written));
        let inside = self.section.words.iter().map(|word| likeness_of_words(&word.label, written)).max().unwrap_or(0);
        if alike < SLIP_PERCENT || alike < inside {
            return None;
        }
        let right = if n_chars + 2 < title.chars().count() { end } else { title.clone() };
        self.told(WrongPart::Section, written.clone(), right, self.target(self.heading()), self.heading())
    }

    /// The number of the heading, and where it stands.
    fn heading_at(&self) -> Option<(usize, &str)> {
        let before_labels = self.units.iter().take_while(|unit| match unit {
            Unit::Known(words) => words.iter().any(|word| self.section.words[*word].is_title),
            Unit::Circled(_) | Unit::Entry(..) => false,
            Unit::Number(_) | Unit::Unknown(_) => true,
        });
        before_labels.enumerate().find_map(|(at, unit)| match unit {
            Unit::Number(number) => Some((at, number.as_str())),
            _ => None,
        })
    }

    fn heading(&self) -> Option<&str> {
        self.heading_at().map(|(_, number)| number)
    }

    fn title_of(&self, heading: &str) -> Option<&Word<'a>> {
        self.section.words.iter().find(|word| word.is_title && word.heading == heading)
    }

    /// A number with the title or a label of another heading, or with a title that it nearly has.
    fn wrong_heading(&self) -> Option<Wrong<'a>> {
        let (at, number) = self.heading_at()?;
        match self.units.get(at + 1)? {
            Unit::Known(words) => {
                let words: Vec<&Word<'a>> = words.iter().map(|word| &self.section.words[*word]).collect();
                if words.iter().any(|word| word.heading == number) {
                    return None;
                }
                let other = words.iter().find(|word| word.is_title).or(words.first())?;
                let is_sure = other.is_title || words.iter().all(|word| word.heading == other.heading);
                let is_long = other.label.chars().count() > PIECE_CHARS;
                let right = format!("{}．", other.heading);
                if !is_sure || !is_long || other.heading.is_empty() {
                    return None;
                }
                let target = self.target(Some(&other.heading));
                self.told(WrongPart::Heading, format!("{number}．"), right, target, Some(&other.heading))
            }
            Unit::Unknown(written) => {
                let title = self.title_of(number)?;
                let is_short = title.label.contains(written.as_str()) || written.contains(title.label.as_str());
                let alike = likeness_of_words(&title.label, written);
                let others = self.section.words.iter().filter(|word| !word.is_title && word.heading == number);
                let best = others.map(|word| likeness_of_words(&word.label, written)).max().unwrap_or(0);
                if is_short || alike < SLIP_PERCENT || best > alike {
                    return None;
                }
                let target = self.target(Some(number));
                self.told(WrongPart::Title, written.clone(), title.label.clone(), target, Some(number))
            }
            _ => None,
        }
    }

    /// ① before a label that has another one.
    fn wrong_number(&self) -> Option<Wrong<'a>> {
        for (at, unit) in self.units.iter().enumerate() {
            let (Unit::Circled(circled), Some(Unit::Known(words))) = (unit, self.units.get(at + 1)) else { continue };
            let under = self.under(words);
            let circled = circled.to_string();
            let fits = |word: &&Word<'a>| {
                let outer = word.outer_number.is_empty() || word.outer_number == circled;
                word.number == circled || word.number.is_empty() && outer
            };
            if under.is_empty() || under.iter().any(fits) {
                continue;
            }
            let word = under[0];
            let right = if word.number.is_empty() { word.outer_number } else { word.number };
            return self.told(WrongPart::Number, circled, right.to_owned(), Some(word.item), Some(&word.heading));
        }
        None
    }

    /// Words that are nearly a label of the heading.
    fn wrong_label(&self) -> Option<Wrong<'a>> {
        let percent = if self.anywhere { ANYWHERE_PERCENT } else { SLIP_PERCENT };
        let here: Vec<usize> = (0..self.section.words.len()).collect();
        let here: Vec<&Word<'a>> = self.under(&here).into_iter().filter(|word| !self.has(word)).collect();
        for (at, unit) in self.units.iter().enumerate() {
            let Unit::Unknown(written) = unit else { continue };
            let circled = match at.checked_sub(1).and_then(|before| self.units.get(before)) {
                Some(Unit::Circled(circled)) => circled.to_string(),
                _ => String::new(),
            };
            let spans = self.spans(at, written);
            if here.iter().any(|word| spans.iter().any(|span| word.label.contains(span.as_str()))) {
                continue;
            }
            let like = |word: &Word<'a>, span: &str| {
                let bonus = if !circled.is_empty() && word.number == circled { SAME_NUMBER_PERCENT } else { 0 };
                let alike = likeness_of_words(&word.label, span);
                if alike * 10 >= SLIP_PERCENT * 8 { alike + bonus } else { alike }
            };
            let pairs = here.iter().flat_map(|word| spans.iter().map(move |span| (like(word, span), *word, span)));
            let Some((alike, word, span)) = pairs.max_by_key(|(alike, ..)| *alike) else { continue };
            if alike >= percent {
                let right = word.printed.to_owned();
                return self.told(WrongPart::Label, span.clone(), right, Some(word.item), Some(&word.heading));
            }
        }
        None
    }

    /// A label that this section does not print and exactly one place of the others does: 「Ⅲ６ 保管場所」.
    fn label_of_another_section(&self) -> Option<Wrong<'a>> {
        let written = self.units.iter().find_map(|unit| match unit {
            Unit::Unknown(words) if words.chars().count() >= PIECE_CHARS => Some(words),
            _ => None,
        })?;
        let is_it = |word: &&Word<'a>| word.label == *written && !word.is_title;
        let mut places = self
            .all
            .sections
            .iter()
            .flat_map(|section| section.words.iter().filter(is_it).map(move |word| (section, word)));
        let (section, word) = places.next().filter(|_| places.next().is_none())?;
        if section.numeral.is_empty() || section.numeral == self.section.numeral {
            return None;
        }
        let (written, right) = (self.section.numeral.clone(), section.numeral.clone());
        self.told(WrongPart::Numeral, written, right, Some(word.item), Some(&word.heading))
    }

    /// Unknown words, alone and with short known words beside them, which may be pieces of the same slip.
    fn spans(&self, at: usize, written: &str) -> Vec<String> {
        let piece = |at: Option<usize>| match at.and_then(|at| self.units.get(at)) {
            Some(Unit::Known(words)) => {
                let label = words.first().map_or("", |word| self.section.words[*word].label.as_str());
                if label.chars().count() <= PIECE_CHARS { label } else { "" }
            }
            _ => "",
        };
        let (before, after) = (piece(at.checked_sub(1)), piece(Some(at + 1)));
        let mut spans = vec![written.to_owned()];
        for span in [format!("{before}{written}"), format!("{written}{after}"), format!("{before}{written}{after}")] {
            if !spans.contains(&span) {
                spans.push(span);
            }
        }
        spans
    }

    /// Whether the cell has the word already.
    fn has(&self, word: &Word<'a>) -> bool {
        let is_it = |known: &usize| self.section.words[*known].label == word.label;
        self.units.iter().any(|unit| matches!(unit, Unit::Known(words) if words.iter().any(is_it)))
    }

    /// Those of the words that stand under the heading and in the entry that the cell names; all where none does.
    fn under(&self, words: &[usize]) -> Vec<&Word<'a>> {
        let all = || words.iter().map(|word| &self.section.words[*word]);
        let heading = self.heading();
        let under: Vec<&Word<'a>> = all().filter(|word| heading.is_none_or(|number| word.heading == number)).collect();
        let entry = self.units.iter().find_map(|unit| match unit {
            Unit::Entry(word, _) => Some(word.as_str()),
            _ => None,
        });
        let inside: Vec<&Word<'a>> =
            under.iter().copied().filter(|word| entry.is_some() && word.repeat == entry).collect();
        match (inside.is_empty(), under.is_empty()) {
            (false, _) => inside,
            (_, false) => under,
            _ => all().collect(),
        }
    }

    /// What the last label of the cell names under a heading, or the heading.
    fn target(&self, heading: Option<&str>) -> Option<&'a Item> {
        let label = self.units.iter().rev().find_map(|unit| match unit {
            Unit::Known(words) => {
                let all = self.under(words).into_iter().chain(words.iter().map(|word| &self.section.words[*word]));
                let mut fit = all.filter(|word| !word.is_title && heading.is_none_or(|number| word.heading == number));
                fit.next().map(|word| word.item)
            }
            _ => None,
        });
        label.or_else(|| Some(self.title_of(heading?)?.item))
    }

    fn told(
        &self,
        part: WrongPart,
        written: String,
        right: String,
        target: Option<&'a Item>,
        heading: Option<&str>,
    ) -> Option<Wrong<'a>> {
        let form = self.all.form;
        let item = target.or_else(|| Some(self.title_of(heading?)?.item));
        let entry = self.units.iter().find_map(|unit| match unit {
            Unit::Entry(_, number) => *number,
            _ => None,
        });
        let whole = match item {
            Some(item) => {
                let entry = entry.filter(|_| form.repeat_of(&item.id).is_some());
                let path = FieldPath { entry, ..FieldPath::document(&item.id) };
                if self.is_long(part) { full(form, &path) } else { short(form, &path) }
            }
            None => printed_title(self.section.section),
        };
        let item = item.or_else(|| self.section.words.first().map(|word| word.item))?;
        Some(Wrong { part, written, right, whole, item })
    }

    /// Whether the cell writes titles out.
    fn is_long(&self, part: WrongPart) -> bool {
        let starts_with_title = |unit: &Unit| match unit {
            Unit::Known(words) => words.iter().any(|word| self.section.words[*word].is_title),
            _ => false,
        };
        self.has_title
            || matches!(part, WrongPart::Section | WrongPart::Title)
            || self.units.iter().any(starts_with_title)
    }
}

fn printed_title(section: &Section) -> String {
    section.title.split('※').next().unwrap_or_default().trim().to_owned()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::form::shipped;

    fn read(form: &str, cell: &str) -> Option<(WrongPart, String, String, String)> {
        let form = shipped::find(form, "r6-10").unwrap();
        let wrong = PrintedWords::new(form).wrong(cell, &["課税情報ファイル"])?;
        Some((wrong.part, wrong.written, wrong.right, wrong.whole))
    }

    fn check(cell: &str, part: WrongPart, written: &str, right: &str, whole: &str) {
        let expected = (part, written.to_owned(), right.to_owned(), whole.to_owned());
        assert_eq!(read("youshiki3", cell), Some(expected), "{cell}");
    }

    #[test]
    fn each_part_of_a_name_is_checked() {
        check(
            "Ⅲリスク対応\n6. 情報提供ネットワークシステムとの接続",
            WrongPart::Section,
            "リスク対応",
            "リスク対策",
            "Ⅲ　リスク対策　６．情報提供ネットワークシステムとの接続",
        );
        check(
            "Ⅰ 基礎情報\n6. 評価実施機関における担当部署\n②所属長の役職名",
            WrongPart::Section,
            "基礎情報",
            "基本情報",
            "Ⅰ　基本情報　６．評価実施機関における担当部署　②所属長の役職名",
        );
        check(
            "Ⅱ 特定個人情報ファイルの概要\n4. 特定個人情報の入手・使用\n④使用の主体 使用部署",
            WrongPart::Heading,
            "4．",
            "3．",
            "Ⅱ　特定個人情報ファイルの概要　３．特定個人情報の入手・使用　④使用の主体　使用部署",
        );
        check(
            "Ⅲ リスク対策\n5. 特定個人情報の提供・移転\n特定個人情報の提供・移転に関するルール\nルールの内容及びルール厳守の確認方法",
            WrongPart::Label,
            "ルールの内容及びルール厳守の確認方法",
            "ルールの内容及びルール遵守の確認方法",
            "Ⅲ　リスク対策　５．特定個人情報の提供・移転 （委託や情報提供ネットワークシステムを通じた提供を除く。）　リスク：　不正な提供・移転が行われるリスク　特定個人情報の提供・移転に関するルール ルールの内容及びルール遵守の確認方法",
        );
        check(
            "Ⅴ 評価の実施手続\n1. 基礎項目評価\n①実施日",
            WrongPart::Section,
            "評価の実施手続",
            "評価実施手続",
            "Ⅴ　評価実施手続　１．基礎項目評価　①実施日",
        );
        check(
            "Ⅱ 特定個人情報ファイルの概要\n5. 特定個人情報の提供・移転\n提供先1\n④提供方法",
            WrongPart::Number,
            "④",
            "⑥",
            "Ⅱ　特定個人情報ファイルの概要　５．特定個人情報の提供・移転（委託に伴うものを除く。）　提供先1　⑥提供方法",
        );
        check(
            "Ⅰ-2 システム1 ①他のシステムとの接続",
            WrongPart::Number,
            "①",
            "③",
            "Ⅰ２　システム1 ③他のシステムとの接続",
        );
    }

    #[test]
    fn okurigana_and_other_words_for_a_label_are_slips() {
        for (cell, written, whole) in [
            ("Ⅱ-4 委託事項2 ⑤委託先の許諾方法", "委託先の許諾方法", "Ⅱ４　委託事項2 ⑤再委託の許諾方法"),
            ("Ⅱ-4 委託事項2 ⑤再委託の承諾方法", "再委託の承諾方法", "Ⅱ４　委託事項2 ⑤再委託の許諾方法"),
            ("Ⅱ-6 保存場所", "保存場所", "Ⅱ６　保管場所"),
            (
                "Ⅱ-4 委託事項1 ②委託先における取り扱い者数",
                "委託先における取り扱い者数",
                "Ⅱ４　委託事項1 ②委託先における取扱者数",
            ),
            ("Ⅱ-5 提供先1 ⑦時期及び頻度", "時期及び頻度", "Ⅱ５　提供先1 ⑦時期・頻度"),
            ("Ⅰ-5 ②法律上の根拠", "法律上の根拠", "Ⅰ５②　法令上の根拠"),
            ("Ⅱ-3 ②入手の方法", "入手の方法", "Ⅱ３②　入手方法"),
        ] {
            let found = read("youshiki3", cell).map(|(_, written, _, whole)| (written, whole));
            assert_eq!(found, Some((written.to_owned(), whole.to_owned())), "{cell}");
        }
        let title = read("youshiki3", "Ⅱ-4 特定個人情報ファイルの取り扱いの委託 委託事項2 ③委託先名");
        assert_eq!(title.map(|(part, ..)| part), Some(WrongPart::Title));
    }

    #[test]
    fn right_names_and_words_of_ones_own_are_not_wrong() {
        for cell in [
            "Ⅱ 特定個人情報ファイルの概要\n2. 基本情報\n③対象となる本人の範囲\nその必要性",
            "Ⅱ 特定個人情報ファイルの概要(1.課税情報ファイル)\n2 基本情報\n③対象となる本人の範囲\nその必要性",
            "Ⅱ 特定個人情報ファイルの概要(3.検査ファイル)\n2 基本情報\n④記録される項目\nその妥当性",
            "I-2システム2②システムの機能",
            "II-4委託事項2⑤再委託の許諾方法 修正①",
            "Ⅱ-5 提供先1~4",
            "Ⅲ-7 特定個人情報の保管・消去におけるその他のリスク及びそのリスクに対する措置 修正①",
            "Ⅲリスク対策（収納情報Ｆ）\n６．情報提供ネットワークシステムとの接続",
            "Ⅰ 基本情報　４．個人番号の利用",
            "Ⅴ評価実施手続",
            "表紙\n個人のプライバシー等の権利利益の保護の宣言\n特記事項",
            "I-6②所属長の役職",
            "Ⅲ-10その他のリスク対策",
            "Ⅲ-3 リスク2 具体的な管理方法",
            "Ⅱ４　旧委託事項4 → 委託事項3 ③委託先名",
            "（別添１）特定個人情報ファイル記録項目",
            "Ⅱ ファイルの概要（課税情報ファイル） ４ 委託事項１ ③委託先名",
            "Ⅰ１②　事務の内容（様式の改定）",
            "Ⅱ-4 委託の有無及び委託事項1の①委託内容",
            "Ⅱ全体",
            "Ⅳ　開示請求、問合せ　１．特定個人情報の開示・訂正・利用停止請求　①請求先",
            "Ⅴ　評価実施手続　３．第三者点検　【任意】　②方法",
            "駐車場の使用料",
        ] {
            assert_eq!(read("youshiki3", cell), None, "{cell}");
        }
        assert_eq!(
            read(
                "youshiki4",
                "Ⅲリスク対策 ３．特定個人情報の使用 リスク１ 事務で使用するその他のシステムにおける措置の内容"
            ),
            None
        );
    }
}
