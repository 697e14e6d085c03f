//! Which form it is, and which edition: the one most of whose labels are found.

use std::collections::BTreeSet;

use super::PlaceError;
use super::effort::Effort;
use super::key::{key, renumbered};
use super::script::Script;
pub(super) use super::script::offered as all_words;
use super::walk::Walk;
use crate::exchange::boxes::ForeignSource;
use crate::form::{Form, shipped};

/// How much of a form's labels must be found, in percent.
const LEAST_PERCENT: usize = 80;

/// More labels than any form has.
const MOST_LABELS: usize = 10_000;

/// How well an edition fits, compared from the left: its mark, labels met less those missed, share of words, its date.
type Rank = (bool, usize, usize, String);

/// The form a document was taken for.
pub(super) struct Recognised {
    pub form: &'static Form,
    /// The mark of an edition that stands in the document.
    pub mark: Option<String>,
    /// Whether that mark is of another edition.
    pub is_nearest: bool,
    pub n_labels: usize,
    pub n_found: usize,
}

/// Compares with every edition there is.
pub(super) fn recognise(source: &ForeignSource, effort: &Effort) -> Result<Recognised, PlaceError> {
    let keys: BTreeSet<String> = source.boxes.iter().map(|one| key(&one.text)).collect();
    let mark = mark(source);
    let mut best: Option<(Rank, Recognised)> = None;
    let mut forms = Vec::new();
    for edition in shipped::editions()? {
        forms.push(shipped::find(&edition.form, &edition.revision)?);
    }
    // Walking is dear: only forms with a good part of their words on the sheets are walked through.
    let shares = forms.iter().map(|form| share_of_words(form, &keys));
    let most = shares.clone().max().unwrap_or(0);
    for (form, share) in forms.iter().copied().zip(shares).filter(|(_, share)| share * 10 >= most * 7) {
        let script = Script::of(form);
        let walk = Walk::through(&script, source, effort);
        effort.check()?;
        let (n_labels, n_found) = (script.labels.len(), walk.n_met());
        let permille = n_found * 1000 / n_labels.max(1);
        let is_marked =
            form.mark.as_deref().is_some_and(|own| mark.as_deref().is_some_and(|mark| key(own) == key(mark)));
        let recognised =
            Recognised { form, mark: mark.clone(), is_nearest: mark.is_some() && !is_marked, n_labels, n_found };
        // The one whose mark stands there; then the one whose labels do, whose options do; then the newer.
        let is_named = is_marked && permille >= LEAST_PERCENT * 10;
        // An old edition may be found whole in a new book, of which it leaves out the half: what is met counts for an
        // edition, what is missed against it.
        let met = n_found * 2 + MOST_LABELS - n_labels.min(MOST_LABELS);
        let rank = (is_named, met, share, form.issued.clone());
        if best.as_ref().is_none_or(|(known, _)| *known < rank) {
            best = Some((rank, recognised));
        }
    }
    match best {
        Some((_, found)) if found.n_found * 100 >= found.n_labels * LEAST_PERCENT => Ok(found),
        Some((_, found)) => Err(PlaceError::NoForm {
            form: found.form.short_title.clone(),
            n_labels: found.n_labels,
            n_found: found.n_found,
        }),
        None => Err(PlaceError::Empty),
    }
}

/// How many of a thousand words that the form prints stand on the sheets.
fn share_of_words(form: &Form, keys: &BTreeSet<String>) -> usize {
    let script = Script::of(form);
    let words: BTreeSet<&String> = script.by_key.keys().collect();
    let offered = all_words(form);
    let all = words.len() + offered.len();
    let numbered: BTreeSet<String> = keys.iter().filter_map(|key| renumbered(key)).collect();
    let contains = |word: &String| keys.contains(word) || (1..=20).any(|n| keys.contains(&format!("{n}){word}")));
    let found = words.into_iter().filter(|word| keys.contains(*word) || numbered.contains(*word)).count();
    (found + offered.iter().filter(|word| contains(word)).count()) * 1000 / all.max(1)
}

/// The mark of an edition, as it stands on the cover.
fn mark(source: &ForeignSource) -> Option<String> {
    source.boxes.iter().find(|one| is_mark(&key(&one.text))).map(|one| one.text.trim().to_owned())
}

/// Whether a key is the mark of an edition, one of the program's or not: [令和６年10月　様式３].
pub(super) fn is_mark(key: &str) -> bool {
    const LONGEST: usize = 20;
    let words = key.strip_prefix('[').and_then(|words| words.strip_suffix(']'));
    words.is_some_and(|words| words.contains("様式") && words.contains('年') && words.chars().count() <= LONGEST)
}
