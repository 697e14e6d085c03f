//! The draft laid out for reading: every item with its place in the order, every text once, and the findings so far.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::BTreeSet;
use std::rc::Rc;
use std::sync::Arc;

use super::characters::OddText;
use super::read_text::{ReadText, ReadTexts};
use super::{Compared, Context, Finding, sides};
use crate::draft::{Answer, ChangeRow, Date, Part, Scope, Span, Stage, State, published_rows};
use crate::form::citation::{Citations, Law};
use crate::form::{
    Check, Facts, FieldPath, Form, FromStage, Item, ItemPosition, Known, Place, Rule, RuleSet, Severity, citation,
};
use crate::item_names::{self, RowSubject};

/// A text of the draft and where it stands.
pub(super) struct Text<'a> {
    pub item: &'a str,
    pub scope: Scope<'a>,
    /// As it stands in the draft.
    pub written: &'a str,
    /// As it is read.
    pub read: Arc<ReadText>,
}

/// A cell of this year's rows of the change table that holds text: 変更後の記載 or the explanation.
pub(super) struct CellText {
    pub row: usize,
    pub column: &'static str,
    pub read: Arc<ReadText>,
}

/// The draft laid out for reading, and the findings so far.
pub(super) struct DraftIndex<'a> {
    pub form: &'a Form,
    pub rules: &'a RuleSet,
    pub state: &'a State,
    pub context: Context,
    /// What a comparison with the version before has shown.
    pub compared: &'a Compared,
    /// Which rows of the change table are published history.
    history: Vec<bool>,
    /// Every answer to an item of the form, with the place it stands in.
    pub answers: Vec<(Scope<'a>, &'a Item, &'a Answer)>,
    /// Every text of the document, the change table left out.
    pub texts: Vec<Text<'a>>,
    /// The texts of this year's rows of the change table.
    pub cells: Vec<CellText>,
    /// For each word of the rule set: the texts that have it.
    with_word: Vec<Vec<usize>>,
    /// The characters that need a word, and where they stand, once a check asks.
    pub odd: OnceCell<Rc<Vec<OddText>>>,
    /// What the rows of the change table are about, once a check asks.
    abouts: OnceCell<Rc<Vec<RowSubject<'a>>>>,
    /// The boxes that findings ask to mark.
    pub to_mark: Vec<FieldPath>,
    /// The texts that may cite a law, once a check asks.
    citing: OnceCell<Rc<Vec<usize>>>,
    /// What the document calls 法.
    bare_law: OnceCell<Option<Law>>,
    found: Vec<Finding>,
}

impl<'a> DraftIndex<'a> {
    pub fn new(
        form: &'a Form,
        rules: &'a RuleSet,
        state: &'a State,
        context: Context,
        compared: &'a Compared,
        known: &ReadTexts,
    ) -> Self {
        let rows = state.document.rows.as_slice();
        let history = match &compared.former {
            Some(former) => (0..rows.len()).map(|row| former.contains(&row)).collect(),
            None => {
                let published_on = Scope::document(form, &state.document).text(&form.key_items.published_on);
                published_rows(None, rows, Span::certain(&published_on).map(|span| span.first))
            }
        };
        let mut draft = Self {
            form,
            rules,
            state,
            context,
            compared,
            history,
            answers: Vec::new(),
            texts: Vec::new(),
            cells: Vec::new(),
            with_word: vec![Vec::new(); rules.words.len()],
            odd: OnceCell::new(),
            abouts: OnceCell::new(),
            to_mark: Vec::new(),
            citing: OnceCell::new(),
            bare_law: OnceCell::new(),
            found: Vec::new(),
        };
        draft.collect_texts(known);
        draft
    }

    fn collect_texts(&mut self, known: &ReadTexts) {
        let document = self.document();
        self.add_texts(&self.state.document.common, document, known);
        for (index, file) in self.state.document.files.iter().enumerate() {
            self.add_texts(&file.part, document.file(index), known);
        }
        for (index, text) in self.texts.iter().enumerate() {
            text.read.words.iter().for_each(|word| self.with_word[*word].push(index));
        }
        let rows = self.rows().filter(|(row, _)| !self.history[*row]);
        let cells = rows.flat_map(|(row, change)| [(row, "after", &change.after), (row, "reason", &change.reason)]);
        let cells = cells.filter(|(.., written)| !written.is_empty());
        let read = |(row, column, written): (usize, &'static str, &'a String)| CellText {
            row,
            column,
            read: known.take(self.rules, written),
        };
        self.cells = cells.map(read).collect();
    }

    /// What the texts said, for the next check.
    pub fn read_texts(&self) -> ReadTexts {
        let mut read = ReadTexts::default();
        self.texts.iter().for_each(|text| read.keep(&text.read));
        self.cells.iter().for_each(|cell| read.keep(&cell.read));
        read
    }

    /// The texts that have at least one of the words, each once, in their order.
    pub fn texts_with(&self, words: &[String]) -> Vec<usize> {
        let known = words.iter().filter_map(|word| self.rules.word(word));
        let mut texts: Vec<usize> = known.flat_map(|word| &self.with_word[word]).copied().collect();
        texts.sort_unstable();
        texts.dedup();
        texts
    }

    /// Adds a finding for each text of which `says` has the words for the message.
    pub fn add_for_texts<const N: usize>(
        &mut self,
        rule: &Rule,
        says: impl Fn(&Text<'a>) -> Option<[(&'static str, String); N]>,
    ) {
        self.add_for(rule, 0..self.texts.len(), says);
    }

    /// The same for these texts.
    pub fn add_for<const N: usize>(
        &mut self,
        rule: &Rule,
        texts: impl IntoIterator<Item = usize>,
        says: impl Fn(&Text<'a>) -> Option<[(&'static str, String); N]>,
    ) {
        let texts = texts.into_iter().filter_map(|index| self.texts.get(index));
        let said = |text: &Text<'a>| says(text).map(|words| (self.path(text.scope, text.item), words));
        for (path, words) in texts.filter_map(said).collect::<Vec<_>>() {
            self.add(rule, path, &words.each_ref().map(|(key, word)| (*key, word.as_str())));
        }
    }

    fn add_texts(&mut self, part: &'a Part, scope: Scope<'a>, known: &ReadTexts) {
        for (id, answer) in &part.answers {
            let Some(item) = self.form.item(id) else { continue };
            self.answers.push((scope, item, answer));
            let mut add = |text: &'a str| {
                if !text.is_empty() {
                    self.texts.push(Text { item: id, scope, written: text, read: known.take(self.rules, text) });
                }
            };
            match answer {
                Answer::Text(text) => add(text),
                Answer::Checks(boxes) => boxes.texts.values().for_each(|text| add(text)),
                Answer::Figure(figure) => figure.texts().for_each(|text| add(text)),
                Answer::FreeTable(table) => {
                    table.heads.iter().chain(table.rows.iter().flatten()).for_each(|text| add(text))
                }
                Answer::Repeat(entries) => {
                    for (index, entry) in entries.iter().enumerate() {
                        self.add_texts(entry, scope.entry(id, index), known);
                    }
                }
                _ => {}
            }
        }
    }

    /// The texts that may cite a law.
    pub fn citing(&self) -> Rc<Vec<usize>> {
        let words = || citation::NEEDS.map(str::to_owned);
        Rc::clone(self.citing.get_or_init(|| Rc::new(self.texts_with(&words()))))
    }

    /// What the document calls 法, where all its texts that say so say the same.
    pub fn bare_law(&self) -> Option<Law> {
        *self.bare_law.get_or_init(|| {
            let texts = self.texts_with(&["法律".to_owned()]);
            let mut named = texts.iter().filter_map(|index| self.texts.get(*index)?.citations().bare_law());
            let first = named.next()?;
            named.all(|law| law == first).then_some(first)
        })
    }

    /// The document as a whole.
    pub fn document(&self) -> Scope<'a> {
        Scope::document(self.form, &self.state.document)
    }

    /// An item of the form and what holds of it.
    pub fn position_of(&self, id: &str) -> Option<ItemPosition<'a>> {
        self.form.position_of(id)
    }

    /// Whether the form has that item, section, column, or `files`.
    pub fn knows(&self, id: &str) -> bool {
        self.form.knows(id)
    }

    /// Every place an item is answered in: the document, each file, each entry.
    pub fn scopes(&self, id: &str) -> Vec<Scope<'a>> {
        let Some(position) = self.position_of(id) else { return Vec::new() };
        let outer = self.files(position.section.per_file);
        match position.repeat {
            None => outer,
            Some(repeat) => outer.into_iter().flat_map(|scope| self.entries_of(scope, &repeat.id)).collect(),
        }
    }

    /// Each file, or the document.
    pub fn files(&self, per_file: bool) -> Vec<Scope<'a>> {
        let document = self.document();
        if per_file {
            (0..self.state.document.files.len()).map(|index| document.file(index)).collect()
        } else {
            vec![document]
        }
    }

    /// Each entry of a repeat seen from there.
    pub fn entries_of(&self, scope: Scope<'a>, repeat: &str) -> Vec<Scope<'a>> {
        (0..scope.entries(repeat).len()).map(|index| scope.entry(repeat, index)).collect()
    }

    /// Each row of the change table with its index.
    pub fn rows(&self) -> impl Iterator<Item = (usize, &'a ChangeRow)> + use<'a> {
        self.state.document.rows.iter().map(Arc::as_ref).enumerate()
    }

    /// What each row of the change table is about.
    pub fn abouts(&self) -> Rc<Vec<RowSubject<'a>>> {
        Rc::clone(self.abouts.get_or_init(|| Rc::new(item_names::read(self.form, &self.state.document))))
    }

    /// The place an answer stands in.
    pub fn scope_of(&self, path: &FieldPath) -> Scope<'a> {
        let scope = path.file.map_or(self.document(), |file| self.document().file(file));
        match (path.entry, self.form.repeat_of(&path.item)) {
            (Some(entry), Some(repeat)) => scope.entry(&repeat.id, entry),
            (Some(row), None) if self.form.item(&path.item).is_none() => scope.row(row),
            _ => scope,
        }
    }

    /// What is written in a text cell of the form or of the change table.
    pub fn written(&self, path: &FieldPath) -> Option<&'a str> {
        match path.entry.filter(|_| self.form.item(&path.item).is_none()) {
            Some(row) => self.state.document.rows.get(row)?.column(&path.item),
            None => self.scope_of(path).answer(&path.item)?.as_text(),
        }
    }

    /// The address of a cell of the change table.
    pub fn cell(&self, column: &str, row: usize) -> FieldPath {
        let id = self.form.change_table().and_then(|(_, columns)| {
            columns.iter().find(|known| known.id.rsplit('.').next() == Some(column)).map(|known| known.id.clone())
        });
        FieldPath::document(&id.unwrap_or_else(|| column.to_owned())).entry(row)
    }

    /// The address of an item seen from there.
    pub fn path(&self, scope: Scope<'_>, id: &str) -> FieldPath {
        let position = self.position_of(id);
        let in_entry = position.is_none_or(|position| position.repeat.is_some());
        FieldPath {
            file: scope.file_index().filter(|_| position.is_some_and(|position| position.section.per_file)),
            item: id.to_owned(),
            entry: scope.entry_index().filter(|_| in_entry),
        }
    }

    /// Whether an item applies, seen from there.
    pub fn applies(&self, scope: Scope<'_>, id: &str) -> Known {
        let mut known = Known::Yes;
        for condition in self.position_of(id).iter().flat_map(ItemPosition::enabled_if) {
            match condition.holds(&scope) {
                Known::No => return Known::No,
                Known::Unknown => known = Known::Unknown,
                Known::Yes => {}
            }
        }
        known
    }

    /// Whether a cell of the change table is published history: nobody may change it, so nothing is said of it.
    pub fn is_history(&self, path: &FieldPath) -> bool {
        let row = path.entry.filter(|_| self.form.item(&path.item).is_none());
        row.is_some_and(|row| self.history.get(row).copied().unwrap_or_default())
    }

    /// Whether the rule speaks at this stage, of a document of its day.
    pub fn speaks(&self, rule: &Rule) -> bool {
        let is_stage = match rule.from {
            FromStage::Writing => true,
            FromStage::Hearing => self.state.stage >= Stage::Hearing,
            FromStage::Final => self.state.stage == Stage::Final,
        };
        let since = rule.since.as_deref().and_then(Date::from_iso);
        is_stage && since.is_none_or(|since| self.judged_on().is_none_or(|day| day >= since))
    }

    /// The day whose law the document is judged by: 公表日 of one that is published. One at work is published today or
    /// later, whatever 公表日 is left from the last time.
    fn judged_on(&self) -> Option<Date> {
        let published_on = self.document().text(&self.form.key_items.published_on);
        let published_on = Span::certain(&published_on).map(|span| span.last);
        match (self.state.stage, published_on, self.context.today) {
            (Stage::Final, Some(published_on), _) => Some(published_on),
            (_, Some(published_on), Some(today)) => Some(published_on.max(today)),
            (_, _, today) => today,
        }
    }

    /// How a place is said.
    pub fn place(&self, path: &FieldPath) -> Place {
        let several = self.state.document.files.len() > 1;
        let name = path.file.filter(|_| several).map(|file| self.file_name(file));
        Place::of(self.form, path, name.as_deref())
    }

    /// The name of a file, or its number where it has none yet.
    pub fn file_name(&self, file: usize) -> Cow<'a, str> {
        self.state.document.file_name(file)
    }

    /// Adds a finding with the words of its message.
    pub fn add(&mut self, rule: &Rule, path: FieldPath, words: &[(&str, &str)]) -> Option<&mut Finding> {
        self.add_as(rule, None, path, words)
    }

    /// Adds a finding of another severity than the rule's; none where nothing may be said.
    pub fn add_as(
        &mut self,
        rule: &Rule,
        severity: Option<Severity>,
        path: FieldPath,
        words: &[(&str, &str)],
    ) -> Option<&mut Finding> {
        if self.is_history(&path) {
            return None;
        }
        let said = match self.state.stage {
            Stage::Writing | Stage::Hearing => severity.or(rule.before).unwrap_or(rule.severity),
            Stage::Final => severity.unwrap_or(rule.severity),
        };
        // Not written yet is how far the work is, not an error, at every stage.
        let blank = rule.blank || matches!(rule.check, Check::Required(_) | Check::OtherRequired);
        let place = self.place(&path);
        let finding = Finding {
            rule: rule.id.clone(),
            severity: if blank { Severity::Missing } else { said },
            stops: said == Severity::Error || (said == Severity::Missing && rule.severity == Severity::Error),
            certainty: rule.certainty,
            source: rule.source.clone(),
            message: self.fill(&rule.message, &path, &place, words),
            words: words.iter().map(|(_, word)| (*word).to_owned()).collect(),
            advice: rule.advice.clone(),
            waived: None,
            former: None,
            place: place.to_string(),
            says: sides::says(self, &path),
            others: Vec::new(),
            remedy: None,
            parts: Vec::new(),
            path,
        };
        self.found.push(finding);
        self.found.last_mut()
    }

    /// Adds to the finding that was added last what to do about it.
    pub fn advise(&mut self, advice: &str) {
        if let Some(last) = self.found.last_mut() {
            last.advice.push_str(advice);
        }
    }

    /// The message with its words filled in.
    fn fill(&self, message: &str, path: &FieldPath, place: &Place, words: &[(&str, &str)]) -> String {
        if !message.contains('{') {
            return message.to_owned();
        }
        let mut text = message.to_owned();
        for (key, word) in words {
            text = text.replace(&format!("{{{key}}}"), word);
        }
        let appendix = self.form.section_of(&self.form.key_items.records).map(|section| section.id.clone());
        let appendix =
            appendix.map(|id| Place::of(self.form, &FieldPath::document(&format!("{id}.items")), None).section);
        let file = path.file.map(|file| self.file_name(file)).unwrap_or_default();
        let general = [
            ("{n}", path.entry.map(|entry| (entry + 1).to_string()).unwrap_or_default()),
            // The name in an entry's title row has no label of its own.
            ("{項目}", if place.label.is_empty() { "名称".to_owned() } else { place.label.clone() }),
            ("{節}", format!("{}{}", place.section, place.number)),
            (
                "{リスク}の",
                if place.risk.is_empty() {
                    String::new()
                } else {
                    format!("{}「{}」の", place.risk, place.risk_name)
                },
            ),
            ("{リスク}", place.risk.clone()),
            ("{相手}", place.entry.clone()),
            ("{ファイル名}", file.into_owned()),
            ("{別添}", appendix.unwrap_or_default()),
            ("{場所}", place.to_string()),
        ];
        general.iter().fold(text, |text, (key, word)| if text.contains(key) { text.replace(key, word) } else { text })
    }

    /// The answers that a contradiction speaks of; not those of one that asks for a mark, which says how it is solved.
    pub fn doubted(&self) -> BTreeSet<FieldPath> {
        // That it was changed without a row says nothing against an answer.
        let of_table = |finding: &&Finding| finding.rule.starts_with("CH-");
        let loud = |finding: &&Finding| finding.severity <= Severity::Warning && !self.to_mark.contains(&finding.path);
        let loud = |finding: &&Finding| loud(finding) && !of_table(finding);
        self.found.iter().filter(loud).flat_map(Finding::paths).cloned().collect()
    }

    /// Of several findings of one cause those stay that say what to do.
    fn leave_to_others(&self, found: &mut Vec<Finding>) {
        let yielding: Vec<&Rule> = self.rules.rules.iter().filter(|rule| !rule.yields_to.is_empty()).collect();
        let spoken: Vec<(String, Vec<FieldPath>)> = found
            .iter()
            .filter(|finding| yielding.iter().any(|rule| rule.yields_to.contains(&finding.rule)))
            .map(|finding| (finding.rule.clone(), finding.paths().cloned().collect()))
            .collect();
        found.retain(|finding| {
            let rule = yielding.iter().find(|rule| rule.id == finding.rule);
            let is_shared = |paths: &[FieldPath]| finding.paths().any(|path| paths.contains(path));
            let speaks = |other: &String| spoken.iter().any(|(id, paths)| id == other && is_shared(paths));
            !rule.is_some_and(|rule| rule.yields_to.iter().any(speaks))
        });
    }

    /// The findings in the order of the paper.
    pub fn findings(mut self) -> Vec<Finding> {
        let mut found = std::mem::take(&mut self.found);
        self.leave_to_others(&mut found);
        self.set_aside(&mut found);
        let file_order = self.state.document.file_order;
        found.sort_by_cached_key(|finding| self.form.place_on_paper(&finding.path, file_order));
        found.dedup();
        found
    }
}

impl<'a> Text<'a> {
    /// The text without what nobody sees.
    pub fn seen(&self) -> &str {
        self.read.seen()
    }

    /// The text as citations are looked for.
    pub fn plain(&self) -> &str {
        self.read.plain()
    }

    /// What the text cites.
    pub fn citations(&self) -> &Citations {
        self.read.citations()
    }
}

/// Whether the answer to an item holds anything: a text that is not blank, something chosen, a box, an entry.
pub(super) fn is_answered(scope: Scope<'_>, id: &str) -> bool {
    match scope.answer(id) {
        Some(Answer::Text(text)) => !crate::draft::is_blank(text),
        Some(Answer::Count(count)) => count.is_some_and(|count| count > 0),
        Some(answer) => !answer.is_empty(),
        None => false,
    }
}

/// Whether something is filled in, as conditions see it.
pub(super) fn is_filled(scope: Scope<'_>, id: &str) -> bool {
    Facts::filled(&scope, id)
}
