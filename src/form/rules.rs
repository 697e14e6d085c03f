//! All rules in `assets/rules`, read once, with what the checks need to search long texts quickly.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use include_dir::{Dir, include_dir};

use crate::characters::CharacterKind;

use super::read::{self, DataError, DataSource, Problem};
use super::{Check, Rule, citation};

static FOLDER: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/assets/rules");

/// Files of the folder that hold no rules.
const NO_RULES: [&str; 4] = ["laws.ron", "required-level.ron", "reminders.ron", TIMING];
const OLD_SCHEDULE: &str = "old-schedule.ron";
const CHARACTERS: &str = "characters.txt";
const TIMING: &str = "timing.ron";

/// The rules of all forms.
#[derive(Clone, Debug)]
pub struct RuleSet {
    /// The rules, by file and in its order.
    pub rules: Vec<Rule>,
    /// 項 of the old 別表第一 → 項 of the 別表.
    pub old_schedule: BTreeMap<String, String>,
    /// Words that rules wait for, each once; the checks look for all of them in one pass.
    pub words: Vec<String>,
    /// First character → indices of the words that begin with it.
    starts: BTreeMap<char, Vec<usize>>,
    /// What a character below U+10000 calls for, by its number.
    calls: Vec<u8>,
}

/// Dashes, quotes and the like that no font lacks, whatever the Japanese standards call the same sign.
const DASHES_AND_QUOTES: std::ops::RangeInclusive<char> = '\u{2010}'..='\u{2027}';

const STARTS_A_WORD: u8 = 1;
const CAN_BE_SHOWN: u8 = 2;

impl RuleSet {
    /// The rules inside the program.
    pub fn shipped() -> Result<&'static RuleSet, DataError> {
        static RULES: OnceLock<Result<RuleSet, DataError>> = OnceLock::new();
        RULES
            .get_or_init(|| {
                let files = files();
                let sources: Vec<DataSource<'_>> = files.iter().map(|(file, text)| DataSource { file, text }).collect();
                Self::read(&sources)
            })
            .as_ref()
            .map_err(Clone::clone)
    }

    /// Reads the files of a rules folder.
    pub fn read(sources: &[DataSource<'_>]) -> Result<RuleSet, DataError> {
        let (mut rules, mut old_schedule, mut shown): (Vec<Rule>, _, _) = (Vec::new(), BTreeMap::new(), "");
        for source in sources {
            match source.file.rsplit('/').next() {
                Some(OLD_SCHEDULE) => old_schedule = read::ron(*source)?,
                Some(CHARACTERS) => shown = source.text,
                Some(name) if NO_RULES.contains(&name) => {}
                Some(name) if name.ends_with(".ron") => rules.append(&mut read::ron(*source)?),
                _ => {}
            }
        }
        let words: Vec<String> = rules.iter().flat_map(|rule| rule.check.words()).collect();
        let mut set =
            Self { rules, old_schedule, words: Vec::new(), starts: BTreeMap::new(), calls: vec![0; 0x1_0000] };
        words.into_iter().for_each(|word| set.add_word(word));
        shown
            .chars()
            .chain(' '..='~')
            .chain(DASHES_AND_QUOTES)
            .chain(['\n', '\t'])
            .filter(|c| matches!(CharacterKind::of(*c), CharacterKind::Plain | CharacterKind::LineEnd))
            .for_each(|c| set.mark(c, CAN_BE_SHOWN));
        match sources.first() {
            Some(source) => set.unique().map(|()| set).map_err(|id| DataError {
                file: source.file.to_owned(),
                line: 1,
                problem: Problem::DuplicateId(id),
            }),
            None => Ok(set),
        }
    }

    /// The rule with that id.
    pub fn rule(&self, id: &str) -> Option<&Rule> {
        self.rules.iter().find(|rule| rule.id == id)
    }

    /// Whether the character can be shown nearly everywhere: JIS X 0213, Windows-31J, dashes and quotes; not what these
    /// have of spaces and hyphens that nobody tells from the usual ones.
    pub fn can_be_shown(&self, c: char) -> bool {
        // A variation selector only picks a shape of the character before it.
        self.call(c) & CAN_BE_SHOWN != 0 || CharacterKind::of(c) == CharacterKind::Selector
    }

    /// The words that begin at the start of `text`, as indices into [`RuleSet::words`]; `first` is its first character.
    pub fn words_at<'a>(&'a self, first: char, text: &'a str) -> impl Iterator<Item = usize> + 'a {
        let starts = (self.call(first) & STARTS_A_WORD != 0).then(|| self.starts.get(&first)).flatten();
        starts.into_iter().flatten().copied().filter(|word| text.starts_with(self.words[*word].as_str()))
    }

    /// The index of a word into [`RuleSet::words`].
    pub fn word(&self, word: &str) -> Option<usize> {
        let starts = word.chars().next().and_then(|first| self.starts.get(&first));
        starts.into_iter().flatten().copied().find(|index| self.words[*index] == word)
    }

    /// Whether nothing needs to be asked about a character: it can be shown and begins no word.
    pub fn is_plain(&self, c: char) -> bool {
        self.call(c) == CAN_BE_SHOWN
    }

    fn call(&self, c: char) -> u8 {
        usize::try_from(u32::from(c)).ok().and_then(|at| self.calls.get(at)).copied().unwrap_or(0)
    }

    fn add_word(&mut self, word: String) {
        let Some(first) = word.chars().next() else { return };
        if self.words.contains(&word) {
            return;
        }
        self.mark(first, STARTS_A_WORD);
        self.starts.entry(first).or_default().push(self.words.len());
        self.words.push(word);
    }

    fn mark(&mut self, c: char, call: u8) {
        let at = usize::try_from(u32::from(c)).unwrap_or(usize::MAX);
        if at >= self.calls.len() && at < 0x11_0000 {
            self.calls.resize(at + 1, 0);
        }
        if let Some(calls) = self.calls.get_mut(at) {
            *calls |= call;
        }
    }

    /// The first id that stands twice, as an error.
    fn unique(&self) -> Result<(), String> {
        let mut ids: Vec<&str> = self.rules.iter().map(|rule| rule.id.as_str()).collect();
        ids.sort_unstable();
        ids.windows(2).find(|pair| pair[0] == pair[1]).map_or(Ok(()), |pair| Err(pair[0].to_owned()))
    }
}

/// Words of a number of all.
pub const STATED_TOTALS: [&str; 3] = ["合わせて", "計", "総数"];

/// The two halves of a term: a slip of one character leaves one of them whole.
pub fn halves(term: &str) -> [&str; 2] {
    let middle = term.char_indices().nth(term.chars().count() / 2).map_or(0, |(at, _)| at);
    [&term[..middle], &term[middle..]]
}

impl Check {
    /// The words without which the check finds nothing in a text.
    fn words(&self) -> Vec<String> {
        match self {
            Check::Texts(patterns) => patterns.iter().flat_map(|pattern| pattern.needs.iter().cloned()).collect(),
            Check::StatedSums { .. } => STATED_TOTALS.map(str::to_owned).to_vec(),
            Check::Statements(cases) => cases.iter().flat_map(|case| case.needs.iter().cloned()).collect(),
            Check::Citations(_) => citation::NEEDS.iter().map(|word| (*word).to_owned()).collect(),
            Check::MixedTerms(terms) => {
                let spellings = terms.iter().flat_map(|term| [&term.keep, &term.other].into_iter().chain(&term.except));
                spellings.cloned().collect()
            }
            Check::OtherMunicipality { offices, prefectures, .. } => [offices.as_slice(), prefectures].concat(),
            Check::UnknownAppendix { .. } => vec!["別添".to_owned(), "別紙".to_owned()],
            Check::UnknownReference => ('①'..='⑳').chain('Ⅰ'..='Ⅹ').map(|digit| format!("「{digit}")).collect(),
            Check::LawNumbers(laws) => laws.keys().cloned().chain(["年法律第".to_owned()]).collect(),
            Check::NearTerms(terms) => terms.iter().flat_map(|term| halves(term)).map(str::to_owned).collect(),
            Check::SaidCounts => ["つ", "件", "点", "種類", "項目"].map(str::to_owned).to_vec(),
            Check::DaysInTexts => ["令和", "平成"].map(str::to_owned).to_vec(),
            _ => Vec::new(),
        }
    }
}

/// Every file of the folder by its name: what it is called in messages, and its text.
fn files() -> Vec<(String, &'static str)> {
    let named = |file: &'static include_dir::File<'static>| {
        Some((format!("assets/rules/{}", file.path().display()), file.contents_utf8()?))
    };
    let mut files: Vec<_> = FOLDER.files().filter_map(named).collect();
    files.sort_unstable();
    files
}
