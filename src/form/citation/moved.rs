//! Whether two texts differ in their citations alone: what an amended law asks for, and nothing else.

use super::letters::after_any;
use super::{Article, Citation, Citations, LawKind, Place, read};
use crate::form::RuleSet;

/// Words between two citations, or between one and the words around it, that only lead from one to the next.
const LINKS: &[&str] = &[
    "の規定に基づき",
    "の規定に基づく",
    "に基づき",
    "に基づく",
    "に規定する",
    "に定める",
    "に掲げる",
    "及び",
    "並びに",
    "又は",
    "、",
    ",",
    "・",
    "の",
    " ",
    "\n",
    "以下「番号法」という。",
    "行政手続における",
];

/// Whether both texts say the same once every citation is one sign; and whether an amended law explains what moved.
///
/// A further item of the same table, a further number of the same article, or another law is no renumbering: with it
/// something new may be relied on.
pub fn only_citations_changed(before: &str, after: &str) -> bool {
    let (old, new) = (read(before), read(after));
    if old.found.is_empty() || new.found.is_empty() {
        return false;
    }
    blanked(&old) == blanked(&new) && explained(&old, &new)
}

/// The letters with one sign for each run of citations.
fn blanked(text: &Citations) -> String {
    let mut out = String::new();
    let mut at = 0;
    let mut after_citation = false;
    let mut spans = text.found.iter().map(|found| &found.span).peekable();
    while at < text.letters.len() {
        while spans.peek().is_some_and(|span| span.end <= at) {
            spans.next();
        }
        if let Some(span) = spans.peek().filter(|span| span.start <= at) {
            at = span.end.max(at + 1);
            if !after_citation {
                out.push('＃');
            }
            after_citation = true;
            continue;
        }
        // What only links citations goes with them.
        if after_citation && let Some(next) = linked(text, at, spans.peek().map(|span| span.start)) {
            at = next;
            continue;
        }
        let c = text.letters[at];
        if !c.is_whitespace() {
            out.push(c);
            after_citation = false;
        }
        at += 1;
    }
    out
}

/// Where the next citation begins, if nothing but links and brackets around numbers of laws stand before it.
fn linked(text: &Citations, at: usize, next: Option<usize>) -> Option<usize> {
    let next = next?;
    let mut here = at;
    while here < next {
        here = match text.letters.get(here) {
            Some('(' | ')') => here + 1,
            _ => after_any(&text.letters, here, LINKS)?,
        };
    }
    Some(next)
}

/// Whether what is cited now is what was cited, moved: nothing new stands beside it, and nothing else is gone.
fn explained(old: &Citations, new: &Citations) -> bool {
    let left = |mine: &Citations, others: &Citations| -> Vec<Citation> {
        let places = mine.iter().filter(|found| found.place != Place::Title);
        places.filter(|found| !others.iter().any(|other| other.place == found.place)).cloned().collect()
    };
    let (gone, came) = (left(old, new), left(new, old));
    let titles_moved = old.iter().any(|found| found.law.id.starts_with('旧'));
    let replaced = |found: &Citation| weight(&gone, found) == weight(&came, found);
    other_laws(old) == other_laws(new)
        && (titles_moved || !gone.is_empty())
        // 番号法第9条第1項 and 第2項 are different grounds, whatever the numbers of the law.
        && !gone.iter().chain(&came).any(is_ninth_article)
        && gone.iter().all(|found| was_abolished(found) || replaced(found))
        && came.iter().all(|found| replaced(found) || comes_from(found, &gone))
}

/// How many places of the same kind and law as this one there are.
fn weight(places: &[Citation], like: &Citation) -> usize {
    let law = |found: &Citation| {
        if is_of_the_law(found) { (LawKind::Law, "番号法") } else { (found.law.kind, found.law.id) }
    };
    let alike = places.iter().filter(|found| match (&found.place, &like.place) {
        (Place::Article(_), Place::Article(_)) => law(found) == law(like) && is_number(found) == is_number(like),
        (Place::Schedule(a, _), Place::Schedule(b, _)) => law(found) == law(like) && a == b,
        (Place::Table(..), Place::Table(..)) => true,
        _ => false,
    });
    let n_items = |found: &Citation| match &found.place {
        Place::Schedule(_, items) | Place::Table(_, items) => items.len().max(1),
        _ => 1,
    };
    alike.map(n_items).sum()
}

/// The laws besides those between which an amendment moved what is cited, by name.
fn other_laws(text: &Citations) -> Vec<String> {
    let named = text.iter().filter(|found| found.place == Place::Title && !MOVED_LAWS.contains(&found.law.id));
    let mut laws: Vec<String> =
        named.map(|found| if found.law.id.is_empty() { text.quoted(found) } else { found.law.id.to_owned() }).collect();
    laws.sort_unstable();
    laws.dedup();
    laws
}

/// The laws between which an amendment moved what is cited: naming one of them instead of another is no new basis.
const MOVED_LAWS: &[&str] = &["番号法", "提供命令", "別表命令", "旧別表第一命令", "旧別表第二命令", "命令"];

/// A table that is no more, or an article of an order that is no more.
fn was_abolished(found: &Citation) -> bool {
    match &found.place {
        Place::Schedule(number, _) => *number > 0 && found.law.kind != LawKind::Ordinance,
        _ => found.law.id.starts_with('旧'),
    }
}

fn is_ninth_article(found: &Citation) -> bool {
    is_of_the_law(found) && matches!(&found.place, Place::Article(article) if article.article == "9")
}

/// Whether one of the places that are gone became this one.
fn comes_from(came: &Citation, gone: &[Citation]) -> bool {
    match &came.place {
        Place::Schedule(0, items) => gone.iter().any(|found| is_translated(&found.place, items)),
        // The article, its table and 第19条第8号, which it rests on, stand where the second table stood.
        Place::Table(..) => gone.iter().any(is_second_schedule),
        Place::Article(article) => {
            let rests_on = is_number(came) && article.number == "8" || came.law.kind == LawKind::Order;
            rests_on && gone.iter().any(is_second_schedule)
        }
        _ => false,
    }
}

/// A 号 of 番号法第19条.
fn is_number(found: &Citation) -> bool {
    let is_number = |article: &Article| article.article == "19" && !article.number.is_empty();
    is_of_the_law(found) && matches!(&found.place, Place::Article(article) if is_number(article))
}

fn is_of_the_law(found: &Citation) -> bool {
    found.law.id == "番号法" || found.law.kind == LawKind::Unnamed
}

/// 番号法別表第二, or the order on it.
fn is_second_schedule(found: &Citation) -> bool {
    matches!(found.place, Place::Schedule(2, _)) || found.law.id == "旧別表第二命令"
}

/// Whether the items of the 別表 are those of the old 別表第一, one for one.
fn is_translated(old: &Place, new: &[String]) -> bool {
    let Place::Schedule(1, items) = old else { return false };
    let Ok(rules) = RuleSet::shipped() else { return false };
    let fits = |(old, new): (&String, &String)| rules.old_schedule.get(old).is_none_or(|known| known == new);
    items.len() == new.len() && items.iter().zip(new).all(fits)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(before: &str, after: &str, expected: bool) {
        assert_eq!(only_citations_changed(before, after), expected, "{before} → {after}");
    }

    #[test]
    fn what_an_amendment_moved_is_nothing_else() {
        check("番号法第9条第1項　別表第一の16の項", "番号法第9条第1項　別表の24の項", true);
        check("番号法第19条第7号及び別表第二の27の項", "番号法第19条第8号及び別表第二の27の項", true);
        check(
            "（情報照会の根拠）番号法第19条第7号、別表第二の27の項",
            "（情報照会の根拠）番号法第19条第8号に基づく利用特定個人情報の提供に関する命令（令和6年デジタル庁・総務省令第9号）第2条の表の48の項",
            true,
        );
        check(
            "番号法別表第一の主務省令で定める事務を定める命令第16条",
            "番号法別表の主務省令で定める事務を定める命令第16条",
            true,
        );
        check(
            "番号法第9条第1項、別表第一の30の項\n別表第一の主務省令で定める事務を定める命令第24条",
            "番号法第9条第1項、別表の44の項\n別表の主務省令で定める事務を定める命令第24条",
            true,
        );
    }

    #[test]
    fn one_number_in_the_place_of_another_is_a_correction() {
        check("番号法別表の24の項", "番号法別表の25の項", true);
    }

    #[test]
    fn a_further_basis_or_other_words_are_more() {
        check("番号法別表第一の16の項", "番号法別表の24の項、135の項", false);
        check("番号法別表第一の16の項", "番号法別表の25の項", false);
        check("番号法別表の24の項", "番号法別表の24の項、135の項", false);
        check("番号法第9条第1項、別表第一の16の項", "番号法第9条第2項、別表の24の項", false);
        check("番号法第19条第8号", "番号法第19条第8号及び第9号", false);
        check(
            "番号法第19条第7号、別表第二の27の項により照会する。",
            "番号法第19条第8号に基づく主務省令第2条の表の48の項により照会し、提供する。",
            false,
        );
        check("番号法別表第一の16の項、地方税法", "番号法別表の24の項、国民健康保険法", false);
        check("番号法別表第一の16の項", "番号法別表の24の項及び青嶺市個人番号の利用に関する条例", false);
        check("番号法別表第一の16の項", "", false);
        check("番号法別表の24の項", "番号法別表の24の項", false);
    }
}
