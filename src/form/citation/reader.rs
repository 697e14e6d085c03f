//! The reader of citations: walks through a text once and says what it cites.
//!
//! What is not said at a place is taken from before: 同法 is the law named last, 同条 the article, 「第9号」 after 「第19条第8号」
//! one of the same article, a bare 別表 that of the law or ordinance named last that can have one. What stands in brackets
//! passes nothing on to what follows them, unless they open a line (【番号法】) or define a name: 「以下「条例」という。」 holds to the
//! end of the text, never in another item. A paragraph that ends in 「。」 ends the reach of a name as well.
//! Where no law is named before, none is told ([`LawKind::Unnamed`]): in an assessment that is 番号法.

use std::collections::BTreeMap;
use std::ops::Range;

use super::items::listed;
use super::laws::{Law, LawKind, Laws, UNNAMED};
use super::letters::{after_any, after_spaces, has, has_before, is_noun, number, with_branches};
use super::{marks, names};

/// Longest gap that is looked at between two citations.
const MAX_GAP: usize = 120;
/// How many names a text may define.
const MAX_DEFINED: usize = 20;

/// One citation.
#[derive(Clone, Debug, PartialEq)]
pub struct Citation {
    /// The law.
    pub law: Law,
    /// What of it.
    pub place: Place,
    /// Whether it is marked as what held before: 旧, 改正前, 廃止前 and the like.
    pub old: bool,
    /// What an order rests on, where it says: 「第19条第8号に基づく命令」.
    pub under: Option<Article>,
    /// Where it stands among the letters of the text.
    pub(super) span: Range<usize>,
}

/// What of a law is cited.
#[derive(Clone, Debug, PartialEq)]
pub enum Place {
    /// The law itself.
    Title,
    /// 条, 項, 号.
    Article(Article),
    /// A 別表 (0 where it has no number) and the 項 listed.
    Schedule(u32, Vec<String>),
    /// The table of an article and the 項 listed.
    Table(Article, Vec<String>),
}

/// 条, 項 and 号, each with its branches (29の3); empty where not said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Article {
    /// 条.
    pub article: String,
    /// 項.
    pub paragraph: String,
    /// 号.
    pub number: String,
}

/// What a place inherits from before it.
#[derive(Clone)]
struct Before {
    /// The law named last.
    last: Option<Law>,
    /// What it rests on, where it is an order.
    under: Option<Article>,
    /// The article cited last.
    article: Option<Article>,
    /// The 別表 or table cited last, without its items.
    table: Option<(Law, Place)>,
    /// Where the citation read last ends.
    end: usize,
    /// Whether that one is marked as old.
    old: bool,
    /// Whether only the name of the law has been read.
    only_named: bool,
}

pub(super) struct Reader<'a> {
    letters: &'a [char],
    laws: &'static Laws,
    before: Before,
    /// The last one of each kind, for 同法, 同条例, 同規則, 同命令.
    of_kind: BTreeMap<LawKind, Law>,
    /// The last one that has numbered 別表 of its own.
    with_tables: Option<Law>,
    /// Names the text defines, with their laws.
    defined: Vec<(Vec<char>, Law)>,
    /// What held before each open bracket, and whether it holds again behind it.
    open: Vec<(Before, bool)>,
    found: Vec<Citation>,
}

impl<'a> Reader<'a> {
    pub fn new(letters: &'a [char], laws: &'static Laws) -> Self {
        let before =
            Before { last: None, under: None, article: None, table: None, end: 0, old: false, only_named: false };
        Self {
            letters,
            laws,
            before,
            of_kind: BTreeMap::new(),
            with_tables: None,
            defined: Vec::new(),
            open: Vec::new(),
            found: Vec::new(),
        }
    }

    /// The citations, and the law that the text calls 法.
    pub fn read(mut self) -> (Vec<Citation>, Option<Law>) {
        let mut at = 0;
        while let Some(c) = self.letters.get(at) {
            at = if self.laws.stops_at(*c) { self.step(at).max(at + 1) } else { at + 1 };
        }
        let bare = self.defined.iter().find(|(name, _)| name.iter().collect::<String>() == names::BARE_LAW);
        (self.found, bare.map(|(_, law)| *law))
    }

    /// Reads what begins there; says where to go on.
    fn step(&mut self, at: usize) -> usize {
        if let Some((law, end)) = self.laws.name_at(self.letters, at) {
            return self.known(law, at, end);
        }
        let next = self.letters.get(at + 1).copied().unwrap_or(' ');
        match self.letters.get(at).copied().unwrap_or(' ') {
            '(' | '【' => self.open(at),
            ')' | '】' => self.close(at),
            '。' => self.stop(at),
            '以' if next == '下' => self.definition(at),
            '同' => self.same(at),
            '別' if next == '表' => self.schedule(at),
            '第' => self.article(at),
            '0'..='9' => self.article(at),
            _ => match names::ending_at(self.letters, at, &self.defined) {
                Some(name) => self.named(name.law, name.start, name.end),
                None => at + 1,
            },
        }
    }

    /// What stands between the citation before and that place; of a long gap its end, which no longer joins them.
    fn gap(&self, at: usize) -> &'a [char] {
        let from = self.before.end.max(at.saturating_sub(MAX_GAP)).min(at);
        self.letters.get(from..at).unwrap_or_default()
    }

    fn is_old(&self, at: usize) -> bool {
        marks::stands_before(self.letters, at) || self.before.old && marks::joins(self.gap(at))
    }

    fn push(&mut self, law: Law, place: Place, old: bool, span: Range<usize>) {
        let old = old || marks::is_abolished(self.letters, span.end);
        let under = self.before.under.clone().filter(|_| law.kind == LawKind::Order);
        self.before.end = span.end;
        self.before.old = old;
        self.before.only_named = place == Place::Title;
        self.found.push(Citation { law, place, old, under, span });
    }

    /// A known law, or an order or ordinance named after it.
    fn known(&mut self, law: Law, at: usize, end: usize) -> usize {
        let (law, end) = names::with_suffix(self.letters, law, end);
        self.named(law, at, end)
    }

    fn named(&mut self, law: Law, at: usize, end: usize) -> usize {
        let old = self.is_old(at);
        let rests_on = law.kind == LawKind::Order && marks::rests_on(self.gap(at));
        self.before.under = self.before.article.clone().filter(|_| rests_on);
        self.before.last = Some(law);
        self.before.article = None;
        self.of_kind.insert(law.kind, law);
        if law.tables && law.kind == LawKind::Law {
            self.with_tables = Some(law);
        }
        self.push(law, Place::Title, old, at..end);
        end
    }

    fn open(&mut self, at: usize) -> usize {
        let opens_line = at == 0 || matches!(self.letters.get(at - 1), Some('\n' | '・'));
        let passes_on = opens_line || self.letters.get(at) == Some(&'【');
        self.open.push((self.before.clone(), !passes_on));
        at + 1
    }

    fn close(&mut self, at: usize) -> usize {
        if let Some((mut before, true)) = self.open.pop() {
            // 「青嶺市条例（青嶺市個人番号の利用に関する条例）」: the bracket says which.
            let inner = self.before.last.filter(|inner| inner.kind == LawKind::Ordinance);
            if before.last.is_some_and(|law| law.id == "条例") && inner.is_some() {
                before.last = inner;
            }
            self.before = before;
        }
        at + 1
    }

    /// The end of a paragraph: names of laws before it do not reach further.
    fn stop(&mut self, at: usize) -> usize {
        if self.open.is_empty() && matches!(self.letters.get(after_spaces(self.letters, at + 1)), Some('\n')) {
            self.before.last = None;
            self.before.under = None;
        }
        at + 1
    }

    /// 「以下「条例」という。」: a name for the law before the bracket.
    fn definition(&mut self, at: usize) -> usize {
        let opened = after_any(self.letters, at, &["以下「", "以下、「", "以下 「", "以下『"]);
        let Some(start) = opened else { return at + 1 };
        let rest = self.letters.get(start..).unwrap_or_default();
        let Some(n_chars) = rest.iter().take(40).position(|c| matches!(c, '」' | '』')) else { return at + 1 };
        let name = rest[..n_chars].to_vec();
        let law = self.open.last().map_or(&self.before, |(before, _)| before).last;
        if let Some(law) = law.filter(|_| self.defined.len() < MAX_DEFINED && names::may_name_a_law(&name)) {
            self.defined.push((name, law));
            self.defined.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
        }
        start + n_chars + 1
    }

    /// 同法, 同条例, 同規則, 同命令, 同条, 同号, 同表.
    fn same(&mut self, at: usize) -> usize {
        const KINDS: &[(&[&str], LawKind)] = &[
            (&["同法律", "同法"], LawKind::Law),
            (&["同条例"], LawKind::Ordinance),
            (&["同規則", "同規程", "同要綱"], LawKind::Rule),
            (&["同命令", "同省令", "同主務省令", "同政令", "同令"], LawKind::Order),
        ];
        let kind = KINDS.iter().find_map(|(words, kind)| Some((*kind, after_any(self.letters, at, words)?)));
        if let Some((kind, end)) = kind {
            let law = self.of_kind.get(&kind).copied().unwrap_or(UNNAMED);
            let under = self.before.under.clone();
            let end = self.named(law, at, end);
            self.before.under = self.before.under.clone().or(under);
            return end;
        }
        if let Some(end) = after_any(self.letters, at, &["同別表", "同表"]) {
            return self.same_table(at, end);
        }
        let Some(end) = after_any(self.letters, at, &["同条", "同号"]) else { return at + 1 };
        let Some(mut article) = self.before.article.clone() else { return at + 1 };
        if has(self.letters, at, "同条") {
            (article.paragraph, article.number) = (String::new(), String::new());
        }
        let law = self.before.last.unwrap_or(UNNAMED);
        self.place(law, article, at, end)
    }

    fn same_table(&mut self, at: usize, end: usize) -> usize {
        let Some((law, place)) = self.before.table.clone() else { return at + 1 };
        let old = self.is_old(at);
        let (items, end) = listed(self.letters, end);
        let place = match place {
            Place::Schedule(number, _) => Place::Schedule(number, items),
            Place::Table(article, _) => Place::Table(article, items),
            other => other,
        };
        self.push(law, place, old, at..end);
        end
    }

    /// 「第19条第8号」, 「9条1項」, or after such a place 「第9号」 alone.
    fn article(&mut self, at: usize) -> usize {
        let first = after_any(self.letters, at, &["第 ", "第"]).unwrap_or(at);
        let Some((value, end)) = number(self.letters, first) else { return at + 1 };
        let unit = after_spaces(self.letters, end);
        // Looked at for 項 and 号 only: most numbers cite nothing.
        let goes_on = || !self.before.only_named && marks::joins(self.gap(at));
        let mut article = match self.letters.get(unit) {
            Some('条') if self.letters.get(unit + 1) != Some(&'例') => {
                let (text, end) = with_branches(self.letters, value.to_string(), unit + 1);
                return self.place(self.law_of(at), Article { article: text, ..Article::default() }, at, end);
            }
            Some('項' | '号') if goes_on() => self.before.article.clone().unwrap_or_default(),
            _ => return end,
        };
        if article.article.is_empty() || self.letters.get(unit + 1) == Some(&'目') {
            return end;
        }
        if self.letters.get(unit) == Some(&'項') {
            article.paragraph.clear();
        }
        article.number.clear();
        self.place(self.law_of(at), article, at, at)
    }

    /// 項, 号 and the table that follow an article.
    fn place(&mut self, law: Law, mut article: Article, at: usize, end: usize) -> usize {
        let old = self.is_old(at);
        let mut end = end;
        if let Some((paragraph, after)) = self.unit(end, '項') {
            (article.paragraph, end) = (paragraph, after);
        }
        if let Some((number, after)) = self.unit(end, '号') {
            (article.number, end) = (number, after);
        }
        let table = after_any(self.letters, after_spaces(self.letters, end), &["の表", "に定める表", "に規定する表"]);
        let place = match table {
            Some(after) => {
                let (items, after) = listed(self.letters, after);
                end = after;
                Place::Table(article.clone(), items)
            }
            None => Place::Article(article.clone()),
        };
        if table.is_some() {
            self.before.table = Some((law, Place::Table(article.clone(), Vec::new())));
        }
        self.before.article = Some(article);
        self.push(law, place, old, at..end);
        end
    }

    /// 「第8号」, 「の第8号」, 「8号」 with its branches, and where it ends.
    fn unit(&self, at: usize, unit: char) -> Option<(String, usize)> {
        let at = after_spaces(self.letters, at);
        let first = after_any(self.letters, at, &["の第", "第 ", "第"]).unwrap_or(at);
        let (value, end) = number(self.letters, first)?;
        let end = after_spaces(self.letters, end);
        let is_unit = self.letters.get(end) == Some(&unit) && !matches!(self.letters.get(end + 1), Some('目' | '番'));
        is_unit.then(|| with_branches(self.letters, value.to_string(), end + 1))
    }

    /// The law an article without a name right before it belongs to.
    fn law_of(&self, at: usize) -> Law {
        let Some(last) = self.before.last else { return UNNAMED };
        // 「…命令及び第19条第17号」: the order was only named, the article is the law's.
        let beside_an_order = last.kind == LawKind::Order && self.before.only_named && marks::has_and(self.gap(at));
        if beside_an_order { self.of_kind.get(&LawKind::Law).copied().unwrap_or(UNNAMED) } else { last }
    }

    fn schedule(&mut self, at: usize) -> usize {
        let Some((n, items_from)) = schedule_number(self.letters, after_spaces(self.letters, at + 2)) else {
            return at + 2;
        };
        let law = self.law_of_schedule(at);
        let old = self.is_old(at);
        let (items, end) = listed(self.letters, items_from);
        let place = Place::Schedule(n, items);
        self.before.table = Some((law, Place::Schedule(n, Vec::new())));
        self.push(law, place, old, at..end);
        end
    }

    /// Whose 別表 it is.
    fn law_of_schedule(&self, at: usize) -> Law {
        const OTHER: Law = Law { kind: LawKind::Rule, id: "", tables: true };
        let gap = marks::without_brackets(self.gap(at));
        let last = self.before.last;
        let attached = self.before.only_named && matches!(gap.as_slice(), [] | ['の'] | [' ']);
        if let Some(last) = last.filter(|_| attached) {
            return last;
        }
        // 「手順書の別表」, 「契約書別表」: of a paper that is no law.
        let before = if has_before(self.letters, at, "の") { at - 1 } else { at };
        let word = before.checked_sub(1).and_then(|at| self.letters.get(at));
        let is_mark = ["上記", "下記", "次", "同", "当該", "旧", "項", "号", "条"]
            .iter()
            .any(|word| has_before(self.letters, before, word));
        if self.before.end < before && word.is_some_and(|c| is_noun(*c)) && !is_mark {
            return OTHER;
        }
        match last {
            Some(law) if law.tables || matches!(law.kind, LawKind::Ordinance | LawKind::Rule) => law,
            // The orders and other laws have no such table: that of the law whose name is known.
            Some(law) => self.with_tables.or(Some(law).filter(|law| law.kind == LawKind::Law)).unwrap_or(UNNAMED),
            None => UNNAMED,
        }
    }
}

/// The number of a 別表 (0 where it has none) and where its list begins; `None` for 「別表第1号様式」.
///
/// 「別表第一」 and 「別表第1」 are tables, 「別表第16項」 and 「別表24の項」 lists of the one table. Municipalities also write
/// 「別表1の16の項」 and 「別表1項番16」.
fn schedule_number(letters: &[char], at: usize) -> Option<(u32, usize)> {
    const MAX_SCHEDULES: u32 = 6;
    let ordinal = after_any(letters, at, &["第 ", "第"]);
    let first = ordinal.unwrap_or(at);
    let Some((value, end)) = number(letters, first) else { return Some((0, at)) };
    let next = after_spaces(letters, end);
    let is_item = letters.get(next) == Some(&'項') && !has(letters, next, "項番");
    if ordinal.is_some() {
        return match letters.get(next) {
            Some('号' | '条') => None,
            _ if is_item || value > MAX_SCHEDULES => Some((0, at)),
            _ => Some((value, end)),
        };
    }
    let lists =
        has(letters, next, "の項") || after_any(letters, next, &["、", ",", "・", "及び", "から", "~"]).is_some();
    let of_table =
        has(letters, next, "項番") || letters.get(next) == Some(&'の') && number(letters, next + 1).is_some();
    let is_table = value <= 2 && (of_table || !is_item && !lists);
    Some(if is_table { (value, end) } else { (0, at) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::citation::read;

    /// Each place cited, with the id of its law, 「旧」 before what is marked so.
    fn check(text: &str, expected: &[&str]) {
        let said = |found: &Citation| {
            let place = match &found.place {
                Place::Title => return None,
                Place::Article(Article { article, paragraph, number }) => format!("{article}.{paragraph}.{number}"),
                Place::Schedule(n, items) => format!("別表{n}[{}]", items.join(",")),
                Place::Table(article, items) => format!("{}条の表[{}]", article.article, items.join(",")),
            };
            Some(format!("{}{} {place}", if found.old { "旧" } else { "" }, found.law.id))
        };
        let found: Vec<String> = read(text).iter().filter_map(said).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn law_and_place_are_read() {
        check("番号法第十九条第八号", &["番号法 19..8"]);
        check("マイナンバー法9条1項及び2項", &["番号法 9.1.", "番号法 9.2."]);
        check("番号法第19条第8号（法定事務）、第9号（条例事務）", &["番号法 19..8", "番号法 19..9"]);
        check("番号法別表第一　16、30", &["番号法 別表1[16,30]"]);
        check("番号法別表24の項、別表第100項", &["番号法 別表0[24]", "番号法 別表0[100]"]);
        check("別表第1号様式", &[]);
    }

    #[test]
    fn what_is_not_said_comes_from_before() {
        check("番号法第9条第2項の規定に基づき条例で定めた事務のうち、同法別表第二", &["番号法 9.2.", "番号法 別表2[]"]);
        check("青嶺市番号条例（以下「条例」という。）第3条及び別表第1の4の項", &[" 3..", " 別表1[4]"]);
        check(
            "番号法第9条第1項（青嶺市番号条例第3条を含む。）、別表第一の16の項",
            &["番号法 9.1.", " 3..", "番号法 別表1[16]"],
        );
        check(
            "番号法第19条第8号に基づく命令第2条の表の48の項、同表の1の項",
            &["番号法 19..8", "命令 2条の表[48]", "命令 2条の表[1]"],
        );
        check(
            "行政手続における特定の個人を識別するための番号の利用等に関する法律（以下「法」という。）。法第27条",
            &["番号法 27.."],
        );
    }

    #[test]
    fn what_held_once_is_marked() {
        check("改正前の番号法第19条第7号及び別表第二", &["旧番号法 19..7", "旧番号法 別表2[]"]);
        check("別表の24の項（旧別表第一の16の項）", &[" 別表0[24]", "旧 別表1[16]"]);
    }

    #[test]
    fn other_laws_and_papers_keep_their_places() {
        check("地方公務員法第27条", &[" 27.."]);
        check(
            "住民基本台帳法第30条の10第1項、別表第一の1の項",
            &["住民基本台帳法 30の10.1.", "住民基本台帳法 別表1[1]"],
        );
        check("運用手順書の別表第一", &[" 別表1[]"]);
        check("処理の方法第1号", &[]);
    }
}
