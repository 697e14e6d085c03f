//! One of the two documents of a 事務 takes over what the other says: each shared fact becomes edits, or a reason why not.

use super::shared::{self, BASIC, FactAgreement, OfForm, SharedFact};
use crate::draft::{Answer, Boxes, Draft, Edit, FilePart, Part, Scope};
use crate::form::{Derived, Facts, FieldPath, Item, Kind};
use crate::item_names::narrow;

/// What one document takes over from the other.
#[derive(Clone, Debug, PartialEq)]
pub struct Taken<'f> {
    /// One edit for all of it.
    pub edit: Edit,
    /// The facts that are taken over.
    pub facts: Vec<&'f SharedFact>,
    /// Those that are to be written by hand, and why.
    pub left: Vec<(&'f SharedFact, NotTaken)>,
}

/// Why a fact is not taken over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotTaken {
    /// Both say the same already, or neither says anything.
    Agrees,
    /// The other document says nothing.
    NothingThere,
    /// The files of the other document say different things.
    FilesDiffer,
    /// The document has no file yet that could say it.
    NoFiles,
    /// The form has no such option.
    NoSuchOption,
    /// The form does not ask it.
    NotAsked,
    /// It follows from other answers.
    Follows,
    /// More than one name differs, and which is which cannot be told.
    Unclear,
}

impl NotTaken {
    /// The reason in Japanese, and what to do.
    pub fn words(self) -> &'static str {
        match self {
            Self::Agrees => "違いがありません",
            Self::NothingThere => "相手の評価書に記載がありません",
            Self::FilesDiffer => "相手の評価書の記載がファイルにより違います。どれにするかを決めて書いてください",
            Self::NoFiles => "特定個人情報ファイルがまだありません。先に加えてください",
            Self::NoSuchOption => "この様式に同じ選択肢がありません。選び直してください",
            Self::NotAsked => "この様式に同じ項目がありません",
            Self::Follows => "ほかの回答から決まる項目です。もとの回答を確かめてください",
            Self::Unclear => "違う名前が2つ以上あり、どれがどれに当たるか分かりません。書き直してください",
        }
    }
}

/// What `into` takes over of these facts from the other document. What it says of its own beside them stays: entries and
/// files keep their other answers.
pub fn take<'f>(facts: impl IntoIterator<Item = &'f SharedFact>, from: OfForm<'_>, into: OfForm<'_>) -> Taken<'f> {
    let mut draft = Draft::from(into.document.clone());
    let (mut all, mut taken, mut left) = (Vec::new(), Vec::new(), Vec::new());
    for fact in facts {
        let now = OfForm { form: into.form, document: &draft.state.document };
        let edits = edits(fact, from, now);
        match edits.and_then(|edits| match draft.apply(Edit::Many(edits.clone())) {
            Ok(_) => Ok(edits),
            Err(_) => Err(NotTaken::Unclear),
        }) {
            Ok(edits) => {
                all.extend(edits);
                taken.push(fact);
            }
            Err(reason) => left.push((fact, reason)),
        }
    }
    Taken { edit: Edit::Act { name: "共通の記載の取り入れ", edits: all }, facts: taken, left }
}

fn edits(fact: &SharedFact, from: OfForm<'_>, into: OfForm<'_>) -> Result<Vec<Edit>, NotTaken> {
    if matches!(fact.agreement, FactAgreement::Same | FactAgreement::Blank) {
        return Err(NotTaken::Agrees);
    }
    let is_basic = into.form.id == BASIC;
    let id = if is_basic { Some(&fact.basic) } else { fact.other.as_ref() };
    let item = id.and_then(|id| into.form.item(id)).ok_or(NotTaken::NotAsked)?;
    if matches!(item.derived, Some(Derived::Threshold { .. } | Derived::Restates { .. } | Derived::Follows { .. })) {
        return Err(NotTaken::Follows);
    }
    if shared::is_result(if is_basic { into.form } else { from.form }, &fact.basic) {
        let result = Scope::document(from.form, from.document).number(&fact.basic);
        let option = shared::expected_result(from.form, into.form, result).ok_or(NotTaken::NoSuchOption)?;
        return everywhere(into, item, &Answer::Choice(Some(option)));
    }
    let words = if is_basic { one_of(&fact.others)? } else { &*fact.says };
    if words.trim().is_empty() && !matches!(item.kind, Kind::Check) {
        return Err(NotTaken::NothingThere);
    }
    let own = Scope::document(into.form, into.document).answer(&item.id);
    if item.derived == Some(Derived::FileNames) && own.is_none_or(Answer::is_empty) {
        return file_names(into, words);
    }
    if let Some(repeat) = into.form.repeat_of(&item.id) {
        return entries(into, &repeat.id, item, words);
    }
    everywhere(into, item, &answer(item, words, own).ok_or(NotTaken::NoSuchOption)?)
}

/// What all files say.
fn one_of(others: &[String]) -> Result<&str, NotTaken> {
    let first = others.first().ok_or(NotTaken::NothingThere)?;
    if others.iter().all(|other| other == first) { Ok(first) } else { Err(NotTaken::FilesDiffer) }
}

/// The answer in the document, or in each of its files where it is asked of each.
fn everywhere(into: OfForm<'_>, item: &Item, answer: &Answer) -> Result<Vec<Edit>, NotTaken> {
    let edit = |at: FieldPath| Edit::Answer { at, answer: Some(answer.clone()) };
    if !shared::is_per_file(into.form, &item.id) {
        return Ok(vec![edit(FieldPath::document(&item.id))]);
    }
    let files = 0..into.document.files.len();
    let edits: Vec<Edit> =
        files.map(|file| edit(FieldPath { file: Some(file), ..FieldPath::document(&item.id) })).collect();
    if edits.is_empty() { Err(NotTaken::NoFiles) } else { Ok(edits) }
}

/// What makes one list of names another.
enum Renaming {
    Add(Vec<String>),
    Rename(usize, String),
}

/// The way from the names that are there to those that shall be there, where it can be told: some are new, or one has
/// another name. Nothing is ever taken out.
fn renaming(there: &[String], wanted: &str) -> Result<Renaming, NotTaken> {
    let wanted = shared::lines(wanted);
    let is_among = |name: &str, names: &[String]| names.iter().any(|other| narrow(other) == narrow(name));
    let new: Vec<String> = wanted.iter().filter(|name| !is_among(name, there)).cloned().collect();
    let gone: Vec<usize> = (0..there.len()).filter(|index| !is_among(&there[*index], &wanted)).collect();
    match (new.as_slice(), gone.as_slice()) {
        (_, []) => Ok(Renaming::Add(new)),
        ([name], [index]) => Ok(Renaming::Rename(*index, name.clone())),
        _ => Err(NotTaken::Unclear),
    }
}

fn file_names(into: OfForm<'_>, words: &str) -> Result<Vec<Edit>, NotTaken> {
    let there: Vec<String> = into.document.files.iter().map(|file| file.name.clone()).collect();
    Ok(match renaming(&there, words)? {
        Renaming::Rename(index, name) => vec![Edit::RenameFile { index, name }],
        Renaming::Add(new) => {
            let file = |(nth, name)| {
                let file = FilePart { name, ..FilePart::default() };
                Edit::InsertFile { index: there.len() + nth, file }
            };
            new.into_iter().enumerate().map(file).collect()
        }
    })
}

fn entries(into: OfForm<'_>, repeat: &str, item: &Item, words: &str) -> Result<Vec<Edit>, NotTaken> {
    let scope = Scope::document(into.form, into.document);
    let n_entries = scope.entries(repeat).len();
    let there: Vec<String> =
        (0..n_entries).map(|entry| scope.entry(repeat, entry).text(&item.id).trim().to_owned()).collect();
    Ok(match renaming(&there, words)? {
        Renaming::Rename(entry, name) => {
            let at = FieldPath { entry: Some(entry), ..FieldPath::document(&item.id) };
            vec![Edit::Answer { at, answer: Some(Answer::Text(name)) }]
        }
        Renaming::Add(new) => {
            let entry = |(nth, name)| {
                let entry = Part { answers: [(&*item.id, Answer::Text(name))].into(), ..Part::default() };
                Edit::InsertEntry { at: FieldPath::document(repeat), index: n_entries + nth, entry }
            };
            new.into_iter().enumerate().map(entry).collect()
        }
    })
}

/// The words as an answer of the item, with what stands beside them in the answer that is there; `None` where it has no
/// such option.
fn answer(item: &Item, words: &str, own: Option<&Answer>) -> Option<Answer> {
    Some(match &item.kind {
        Kind::Choice { options, .. } => {
            let option = options.iter().find(|option| shared::folded(&option.label) == shared::folded(words))?;
            Answer::Choice(Some(option.n))
        }
        Kind::Check => Answer::Check(!words.trim().is_empty()),
        Kind::Checks { .. } => {
            let is_on = |label: &str| words.split('、').any(|word| word == label);
            let marked = item.boxes().filter(|option| is_on(&option.label)).map(|option| option.key.clone()).collect();
            let (texts, counts) = match own {
                Some(Answer::Checks(Boxes { texts, counts, .. })) => (texts.clone(), counts.clone()),
                _ => Default::default(),
            };
            Answer::Checks(Boxes { marked, texts, counts })
        }
        Kind::TextLine => Answer::Text(words.lines().map(str::trim).collect::<Vec<_>>().join("、")),
        _ => Answer::Text(words.to_owned()),
    })
}
