//! The rows of this revision as the summary sorts them: what is to be done before comes first.

use crate::changes::this_revision;
use crate::draft::{ChangeRow, Draft};
use crate::form::{Form, Timing};

/// How urgent a change is, in the order of the summary.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Group {
    /// 重要な変更: decided so, or called so in its explanation.
    Important,
    /// Submitted before, but no 重要な変更.
    Before,
    /// 提出時期 is not decided yet.
    Open,
    /// Submitted after.
    After,
}

impl Group {
    /// All groups in order.
    pub const ALL: [Group; 4] = [Group::Important, Group::Before, Group::Open, Group::After];

    /// The heading of its table.
    pub fn name(self) -> &'static str {
        match self {
            Group::Important => "重要な変更",
            Group::Before => "重要な変更のほか、事前に提出・公表する変更",
            Group::Open => "提出時期が未定の変更",
            Group::After => "事後に提出・公表する変更",
        }
    }
}

/// One change of this revision.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Change<'a> {
    /// How urgent it is.
    pub group: Group,
    /// Its row of the change table.
    pub row: &'a ChangeRow,
    /// Position of its section in the form, and the section's title; the last where it is not known.
    pub section: (usize, String),
    /// Why, in a word or two, where a template was chosen.
    pub scene: Option<&'static str>,
}

impl Change<'_> {
    /// Why: in the author's own words, else in those of the explanation of 提出時期.
    pub fn why(&self) -> &str {
        let own = self.row.why.trim();
        if own.is_empty() { self.row.reason.trim() } else { own }
    }
}

/// The changes of this revision: by group, within it as in the change table.
pub(super) fn changes<'a>(form: &Form, draft: &'a Draft) -> Vec<Change<'a>> {
    let rows = this_revision(form, draft).into_iter().filter_map(|index| draft.state.document.rows.get(index));
    let mut changes: Vec<Change<'_>> = rows
        .filter(|row| !is_empty(row))
        .map(|row| Change { group: group(row), row, section: section(form, row), scene: scene(row) })
        .collect();
    changes.sort_by_key(|change| change.group);
    changes
}

fn is_empty(row: &ChangeRow) -> bool {
    [&row.item, &row.before, &row.after, &row.timing, &row.reason].iter().all(|text| text.trim().is_empty())
}

fn group(row: &ChangeRow) -> Group {
    let decided = row.link.as_ref().and_then(|link| link.decision.as_ref()).is_some_and(|decision| decision.important);
    let timing = row.timing.trim();
    match timing {
        _ if timing.contains("事前") && (decided || is_called_important(&row.reason)) => Group::Important,
        // A decision without its 提出時期 is one all the same.
        "" if decided => Group::Important,
        _ if timing.contains("事前") => Group::Before,
        "" => Group::Open,
        _ => Group::After,
    }
}

/// Whether the author's explanation says that it is one.
fn is_called_important(reason: &str) -> bool {
    const DENIALS: [&str; 6] =
        ["当たらない", "あたらない", "該当しない", "対象でない", "対象ではない", "事後の提出で足りる"];
    let undecided = reason.contains("当たる/");
    reason.contains("重要な変更") && !undecided && !DENIALS.iter().any(|denial| reason.contains(denial))
}

/// The section a row is about: by its link, or by the Ⅱ or 別添 its 項目 begins with.
fn section(form: &Form, row: &ChangeRow) -> (usize, String) {
    let target = row.link.as_ref().and_then(|link| link.targets.first());
    let linked = target.and_then(|target| form.section_of(&target.item)).map(|section| section.id.as_str());
    let item: String = row.item.chars().filter(|c| !c.is_whitespace()).collect();
    let bare = |title: &str| title.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let begins = |title: &str| {
        let head: String =
            bare(title).trim_start_matches('（').chars().take(if title.starts_with('（') { 3 } else { 1 }).collect();
        item.trim_start_matches(['（', '('])
            .strip_prefix(head.as_str())
            .is_some_and(|rest| !rest.starts_with(|c: char| ('Ⅰ'..='Ⅻ').contains(&c)))
    };
    let found = form.sections.iter().position(|section| match linked {
        Some(id) => section.id == id,
        None if section.is_cover() => item.starts_with("表紙"),
        None => begins(&section.title),
    });
    match found.and_then(|index| Some((index, form.sections.get(index)?))) {
        Some((index, section)) if section.is_cover() => (index, "表紙".to_owned()),
        Some((index, section)) => (index, section.title.split('※').next().unwrap_or_default().trim().to_owned()),
        None => (usize::MAX, "その他".to_owned()),
    }
}

/// Templates that say how a change is graded, not why it is made.
const GRADES: [&str; 4] = ["T01", "T02", "T03", "T13"];

fn scene(row: &ChangeRow) -> Option<&'static str> {
    let template = &row.link.as_ref()?.decision.as_ref()?.template;
    if GRADES.contains(&template.as_str()) {
        return None;
    }
    Some(Timing::shipped().ok()?.template(template)?.scene.as_str())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::draft::{ChangeLink, Decision};
    use crate::form::shipped;

    fn row(timing: &str, reason: &str) -> ChangeRow {
        ChangeRow { timing: timing.to_owned(), reason: reason.to_owned(), ..ChangeRow::default() }
    }

    #[test]
    fn the_authors_words_count_where_nothing_was_decided() {
        assert_eq!(group(&row("事前", "委託の開始に伴う重要な変更に当たるため")), Group::Important);
        assert_eq!(group(&row("事前", "重要な変更に当たらないが、任意に提出するもの")), Group::Before);
        assert_eq!(group(&row("事後", "重要な変更の対象でない項目の変更")), Group::After);
        assert_eq!(group(&row("", "重要な変更")), Group::Open);
    }

    #[test]
    fn a_decision_counts_before_them() {
        let decision = Some(Decision { important: true, ..Decision::default() });
        let link = Some(Box::new(ChangeLink { decision, ..ChangeLink::default() }));
        assert_eq!(group(&ChangeRow { link: link.clone(), ..row("事前", "") }), Group::Important);
        assert_eq!(group(&ChangeRow { link: link.clone(), ..row("", "") }), Group::Important);
        // The author has set another 提出時期 since.
        assert_eq!(group(&ChangeRow { link, ..row("事後", "") }), Group::After);
    }

    #[test]
    fn rows_written_by_hand_find_their_section() {
        let form = shipped::newest_with_mark("youshiki3").unwrap();
        for (item, title) in [
            ("Ⅰ６②　所属長の役職名", "Ⅰ　基本情報"),
            ("Ⅲ　リスク対策", "Ⅲ　リスク対策"),
            ("Ⅱ-４　委託事項1", "Ⅱ　特定個人情報ファイルの概要"),
            ("(別添１) 記録項目", "（別添１） 特定個人情報ファイル記録項目"),
            ("表紙　評価書名", "表紙"),
            ("全体", "その他"),
        ] {
            let row = ChangeRow { item: item.to_owned(), ..ChangeRow::default() };
            assert_eq!(section(form, &row).1, title, "{item}");
        }
    }
}
