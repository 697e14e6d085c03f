//! The laws that citations are told apart by, from `assets/rules/laws.ron`.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::Deserialize;

use super::letters;
use crate::form::read::{self, DataError, DataSource};

/// A law as it is cited: what kind it is and, where it is a known one, which.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Law {
    /// What kind it is.
    pub kind: LawKind,
    /// Its id in `laws.ron`; `条例` and `命令` for one without a name of its own; otherwise empty.
    pub id: &'static str,
    /// Whether it has numbered 別表 of its own.
    pub(super) tables: bool,
}

/// What kind of law is cited.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LawKind {
    /// 法律.
    Law,
    /// 条例.
    Ordinance,
    /// 規則, 規程, 要綱 and other papers with articles or tables.
    Rule,
    /// 政令, 省令, 命令.
    Order,
    /// None is named anywhere before: an assessment means 番号法 then.
    Unnamed,
}

/// One law of the data.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct KnownLaw {
    id: String,
    kind: LawKind,
    #[serde(default)]
    tables: bool,
    names: Vec<String>,
}

/// All known laws, made ready for looking up the name that begins at a character.
#[derive(Debug)]
pub(super) struct Laws {
    /// First letter → names as letters and their laws, the longest first.
    names: BTreeMap<char, Vec<(Vec<char>, Law)>>,
    /// For each character below U+10000 whether reading must stop at it.
    stops: Vec<bool>,
}

/// Characters besides the first ones of names at which something of a citation may begin or end.
const STOPS: &str = "条規要細法命省政府別第同以()【】。0123456789基手契主";

/// No law named.
pub(super) const UNNAMED: Law = Law { kind: LawKind::Unnamed, id: "", tables: false };

impl Laws {
    /// The laws inside the program.
    pub fn shipped() -> Result<&'static Laws, DataError> {
        static LAWS: OnceLock<Result<Laws, DataError>> = OnceLock::new();
        LAWS.get_or_init(|| known().map(Laws::new)).as_ref().map_err(Clone::clone)
    }

    fn new(known: &'static [KnownLaw]) -> Self {
        let mut names: Vec<(Vec<char>, Law)> = known
            .iter()
            .flat_map(|law| law.names.iter().map(move |name| (letters::of(name), law)))
            .map(|(name, law)| (name, Law { kind: law.kind, id: &law.id, tables: law.tables }))
            .collect();
        names.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
        let mut by_first = BTreeMap::<char, Vec<_>>::new();
        for (name, law) in names {
            if let Some(first) = name.first() {
                by_first.entry(*first).or_default().push((name, law));
            }
        }
        let mut stops = vec![false; 0x1_0000];
        for c in by_first.keys().copied().chain(STOPS.chars()) {
            if let Some(stop) = index(c).and_then(|at| stops.get_mut(at)) {
                *stop = true;
            }
        }
        Self { names: by_first, stops }
    }

    /// Whether something of a citation may begin or end at the character.
    pub fn stops_at(&self, c: char) -> bool {
        index(c).and_then(|at| self.stops.get(at)).copied().unwrap_or_default()
    }

    /// The longest name that begins there, spaces and line ends inside it passed over, and where it ends.
    pub fn name_at(&self, letters: &[char], at: usize) -> Option<(Law, usize)> {
        let names = self.names.get(letters.get(at)?)?;
        names.iter().find_map(|(name, law)| Some((*law, end_of(name, letters, at)?)))
    }
}

fn index(c: char) -> Option<usize> {
    usize::try_from(u32::from(c)).ok()
}

/// Where the name ends that begins there.
fn end_of(name: &[char], letters: &[char], mut at: usize) -> Option<usize> {
    for wanted in name {
        while letters.get(at).is_some_and(|c| c.is_whitespace()) {
            at += 1;
        }
        let found = *letters.get(at)?;
        let one = *wanted == '一' && found == '1' || *wanted == '二' && found == '2';
        if found != *wanted && !one {
            return None;
        }
        at += 1;
    }
    Some(at)
}

fn known() -> Result<&'static [KnownLaw], DataError> {
    static KNOWN: OnceLock<Result<Vec<KnownLaw>, DataError>> = OnceLock::new();
    let text = include_str!("../../../assets/rules/laws.ron");
    let read = || read::ron(DataSource { file: "assets/rules/laws.ron", text });
    KNOWN.get_or_init(read).as_ref().map(Vec::as_slice).map_err(Clone::clone)
}
