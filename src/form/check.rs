//! What a rule looks for, as data: the kinds of checks and what each is made of.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::citation::CitationPattern;
use super::{Condition, Form, Pattern, Severity};

/// What a rule looks for. Item lists may hold `*` at either end: `risk.network.*`, `*.adequacy`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Check {
    /// Items that the form requires and that are blank.
    Required(Vec<String>),
    /// Required items that no other rule names.
    OtherRequired,
    /// Items that are answered although they do not apply.
    Stray(Vec<String>),
    /// Items answered although they do not apply, that no other rule names.
    OtherStray,
    /// An answer of the wrong kind, as it was read from a file.
    Foreign,
    /// A chosen option that the item does not have.
    UnknownOption,
    /// A marked box that the item does not have.
    UnknownBox,
    /// More entries than the paper has room for.
    TooManyEntries,
    /// An answer to an item that the form does not have.
    UnknownItem,
    /// What has a place in the draft and none on paper: a picture, the name of a file that calls itself otherwise, rows
    /// of a form without a change table.
    NotPrinted,
    /// A picture of which the bytes are not at hand, or are none that can be printed.
    BrokenPictures,
    /// A picture that is not told in words.
    UndescribedPictures,
    /// A figure of which nothing is there but its title.
    BareFigure,
    /// A number of a chart that no line of the text below it explains.
    UnexplainedNumbers,
    /// A line of that text with a number that no arrow of the charts has.
    UndrawnNumbers,
    /// Conditions that must not hold.
    Conditions(Vec<Case>),
    /// Words in texts.
    Texts(Vec<TextPattern>),
    /// Citations of law in texts.
    Citations(Vec<CitationPattern>),
    /// A marked box whose （　） is empty.
    EmptyBoxText,
    /// A （　） filled although its box is off.
    StrayBoxText,
    /// Two lists of file names that are not the same set: the item of each.
    FileNames(String, String),
    /// File names that stand in different orders.
    FileOrder(Vec<String>),
    /// The number of record items against the bracket chosen for it.
    RecordCount {
        /// The choice.
        bracket: String,
        /// The list.
        list: String,
    },
    /// Marked boxes that a text says nothing about.
    BoxReasons {
        /// The checks item.
        boxes: String,
        /// The text that must speak of each marked box.
        reason: String,
        /// Box key → pattern that counts as speaking of it, besides its label.
        #[serde(default)]
        words: BTreeMap<String, Pattern>,
    },
    /// A department that is not named where it must be.
    Departments {
        /// The item that names it.
        of: String,
        /// The items one of which must name it too.
        within: Vec<String>,
    },
    /// Time between two dates.
    Elapsed(Vec<Elapsed>),
    /// Dates that cannot be read.
    UnreadableDates,
    /// A date that must be one whole day and is not.
    WholeDay(String),
    /// Rows of the change table later than that date.
    RowsAfter(String),
    /// Rows about that date whose 変更前 is not what the row before them says after the change.
    DateChain(String),
    /// 評価書名 that says that the 事務 has ended.
    Ended,
    /// 評価書名 that says so in other words than the official ones; the first group is the day.
    EndedOtherwise(Pattern),
    /// Dates written in an odd or mixed way.
    DateStyle,
    /// A hearing shorter than so many days without a reason.
    ShortHearing {
        /// The period.
        period: String,
        /// The reason for a shorter one.
        reason: String,
        /// Days.
        days: u32,
    },
    /// Hearing, review and publication out of order.
    ProcedureOrder {
        /// The items from first to last.
        steps: Vec<String>,
    },
    /// An answer with one of these words whose surroundings say too little.
    Adequacy {
        /// Labels of options.
        labels: Vec<String>,
        /// What the texts around must say.
        #[serde(default)]
        words: Option<Pattern>,
        /// How many characters the texts around must have.
        #[serde(default)]
        min_chars: usize,
    },
    /// A passage that stands in two items of a section.
    SameText {
        /// The section.
        section: String,
        /// Fewest characters of all that is the same.
        min_chars: usize,
        /// Words of standard texts that stand in several items rightly.
        except: Pattern,
    },
    /// The same answer, or nearly, to two items of a section.
    SameAnswer {
        /// The section.
        section: String,
        /// Fewest characters of an answer.
        min_chars: usize,
    },
    /// A word that stands twice in a row.
    DoubledWord,
    /// A bracket without its other one.
    LoneBracket,
    /// Answers of a file that name another file and not their own.
    OtherFileNamed {
        /// The items.
        items: Vec<String>,
        /// Words of a sentence that sends the reader to the other file.
        except: Pattern,
    },
    /// Two files of one name: the item that says it.
    FileTwins(String),
    /// Two entries of one name, one after the other or not.
    EntryTwins(Vec<String>),
    /// A list that names an item and names it again right after.
    RecordTwice(String),
    /// A reason given for a box that is off.
    ReasonsWithoutBox {
        /// The boxes.
        boxes: String,
        /// The text that gives the reasons, each behind the label of its box.
        reason: String,
    },
    /// A period whose last day comes before its first, or whose number of days is another than it says.
    PeriodDays(String),
    /// The same 課 below two 部 in these items.
    DepartmentParents(Vec<String>),
    /// A system that a text names and the list of systems does not.
    UnknownSystem {
        /// Names and functions of the systems.
        list: (String, String),
        /// The text.
        within: String,
        /// Names of what is no system of the 事務.
        except: Pattern,
    },
    /// Answers that differ between files.
    DifferBetweenFiles(Vec<String>),
    /// Cells of the change table that must be filled.
    ChangeCells,
    /// Change dates that go back.
    ChangeOrder,
    /// A 重要な変更 whose しきい値判断 is older than the version before. Which rows are one: 事前, and a ※ item or an
    /// explanation that says so.
    ChangeThreshold {
        /// The date of しきい値判断.
        assessed: String,
        /// Words of the explanation that say 重要な変更.
        says: Pattern,
        /// Words that deny it.
        denies: Pattern,
    },
    /// Rows about a ※ item, or about another one, by 提出時期 and explanation.
    ChangeTiming {
        /// Whether the item is a ※ item.
        starred: bool,
        /// 提出時期.
        timing: Pattern,
        /// Words of the explanation that make it right.
        reason: Pattern,
    },
    /// The newest row for an item whose 変更後の記載 is not in the document.
    ChangeNotInText,
    /// A row whose 項目 is no item of the form: of an older form, or of none.
    ChangeItem {
        /// Items of older forms.
        old: Pattern,
        /// Whether the rule is about old items, or about unknown ones.
        about_old: bool,
    },
    /// The same change twice.
    ChangeTwice,
    /// A difference to the version before that no row tells of.
    ChangeUnlisted,
    /// An item of one publication that was emptied for this year and is still to be answered.
    ChangeAwaited,
    /// A row decided to be a 重要な変更, with that 提出時期.
    ChangeImportant {
        /// 提出時期.
        timing: Pattern,
    },
    /// The name of another municipality.
    OtherMunicipality {
        /// Offices that follow a name, e.g. 市長.
        offices: Vec<String>,
        /// The item that names the own body.
        own: String,
        /// Items in which other bodies are named rightly.
        counterparts: Vec<String>,
        /// Words before an office that are no name.
        except: Pattern,
        /// Words with which a prefecture ends, or its whole name.
        prefectures: Vec<String>,
        /// Other ways of naming a municipality.
        named: Vec<NamedBody>,
    },
    /// A law with another number in brackets behind its title than its own: title → number.
    LawNumbers(BTreeMap<String, String>),
    /// A day in a text that is none, or in an era that was not then.
    DaysInTexts,
    /// A number left out, or twice, in a list of record items.
    RecordNumbers(String),
    /// A number left out, or twice, at the beginning of lines: ① ② ④.
    ListMarks,
    /// How many things a text says there are, beside those it names.
    SaidCounts,
    /// A number that a text says, beside the bracket that was chosen for it.
    SaidNumbers(Vec<SaidNumber>),
    /// A number of all that is not the sum of those beside it: 18人と46人の合わせて74人.
    StatedSums {
        /// The number in its first group, what is counted in its second.
        total: Pattern,
        /// The same of a part; the same as a part behind its total in brackets.
        part: Pattern,
        /// Words of a sentence whose numbers are no such parts.
        unless: Pattern,
    },
    /// A sentence that speaks against an answer.
    Statements(Vec<Statement>),
    /// An entry, heading or figure that a text speaks of and the document does not have.
    UnknownEntry,
    /// A passage that stands twice in one answer.
    TwiceInOne,
    /// One address with two postal codes.
    PostalCodes(Vec<String>),
    /// A day with another day of the week than its own.
    WrongWeekday,
    /// A plan for a month before the day of publication, which this item says.
    PastPlan(String),
    /// Names of one item that differ only in how they are spelled.
    NameTwins(Vec<String>),
    /// A name in a text that is nearly one of an item, and none of them.
    NearName(NearNames),
    /// A list of record items under the name of no file.
    UnknownHead(String),
    /// A name that a row of the change table says was changed, still standing in a text.
    OldName(Vec<String>),
    /// A row that quotes the version before wrongly.
    ChangeMisquoted,
    /// A row on an item of one of several files that names none.
    ChangeFile,
    /// The head of another 課 than those in charge.
    HeadOf {
        /// The 課 in charge.
        unit: String,
        /// What their heads are called.
        head: String,
    },
    /// A name of the document that is not that of the 事務.
    NameOfAffairs(String, String),
    /// More numbered opinions than numbered answers to them.
    UnheardOpinions(String, String),
    /// Several names for the one ordinance on 個人番号 of the body that this item says.
    OrdinanceNames(String),
    /// A 課 in two spellings.
    UnitSpellings,
    /// A text that ends in the middle of a sentence.
    CutOff,
    /// A 別添 that the form does not have, or a 別紙 beyond those that the document has.
    UnknownAppendix {
        /// Words before it that make it an appendix of something else.
        not_after: Pattern,
    },
    /// A quoted item number and label that the form does not have.
    UnknownReference,
    /// Official names with one character wrong.
    NearTerms(Vec<String>),
    /// The number of a law behind what is nearly, but not, its title; numbers and titles are those of [`Check::LawNumbers`].
    LawTitles,
    /// Different years from one event in the answers of a file.
    RetentionYears {
        /// The items.
        items: Vec<String>,
        /// What the sentences are read by.
        words: Box<RetentionWords>,
    },
    /// A name in texts of a file that none of the answers of that file has.
    NameNotIn(Box<NamesNotIn>),
    /// An answer that sends the reader to the same answer of a file that the document does not have.
    UnknownFile(Pattern),
    /// A number in all that is not the sum of its parts.
    SummedCounts {
        /// The text.
        item: String,
        /// The number in all in its first group.
        total: Pattern,
        /// The number of a part in its first group.
        part: Pattern,
    },
    /// Spellings of one term side by side.
    MixedTerms(Vec<Term>),
    /// A declaration without the body or the 事務.
    Declaration {
        /// The declaration.
        text: String,
        /// The body.
        agency: String,
        /// The 事務.
        affairs: String,
    },
    /// Characters that need a word, wherever they stand.
    Characters(OddCharacters),
    /// A narrative that says next to nothing.
    TooShort {
        /// The items.
        items: Vec<String>,
        /// Fewest characters.
        min_chars: usize,
    },
    /// A result other than the one that follows from the answers.
    Derivation(String),
    /// An option with a lower number than the one that follows from the answers.
    BelowDerivation(String),
    /// An option with a higher number than the one that follows from the answers.
    AboveDerivation(String),
    /// What the two documents of one 事務 both say and say differently: told where both are at hand, never of one alone.
    BetweenDocuments,
    /// Law that changed and is still cited as it was, in the documents of a folder: the rules that tell it of each.
    StaleLaw(Vec<String>),
}

/// The characters that one rule is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub enum OddCharacters {
    /// Those that many systems cannot show, and those that nobody sees.
    Unshown,
    /// Those that others cannot read: 外字, and what stands for a lost character.
    Unreadable,
    /// Radicals that look like kanji.
    Radicals,
    /// ⑴ to ⒇.
    BracketedNumbers,
    /// The marks of Excel's files, `_x000D_` and the like.
    Escapes,
}

/// A condition that must not hold, and where.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// The only forms the case is for, as for a rule.
    #[serde(default)]
    pub forms: Vec<String>,
    /// From where it is seen.
    #[serde(default)]
    pub scope: Where,
    /// The finding is given when this holds for certain.
    pub when: Condition,
    /// The item to jump to.
    pub at: String,
    /// Words for the message.
    #[serde(default)]
    pub words: BTreeMap<String, String>,
    /// Numbers for the message.
    #[serde(default)]
    pub numbers: BTreeMap<String, Condition>,
    /// Answers for the message, by the item that holds them: what the other side says.
    #[serde(default)]
    pub answers: BTreeMap<String, String>,
    /// Boxes that the finding asks to mark: what is blank only because they are off is not told besides.
    #[serde(default)]
    pub marks: Vec<String>,
    /// Another severity than the rule's.
    #[serde(default)]
    pub severity: Option<Severity>,
}

/// From where a condition is seen.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub enum Where {
    /// Once.
    #[default]
    Document,
    /// For every file.
    File,
    /// For every entry of that repeat.
    Entry(String),
    /// For every row of the change table.
    Row,
}

/// Words in texts, and what must or must not stand around them.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TextPattern {
    /// The items looked at; empty = every text of the document.
    #[serde(default)]
    pub items: Vec<String>,
    /// Items not looked at.
    #[serde(default)]
    pub except: Vec<String>,
    /// Whether 変更後の記載 and the explanation of the change table are looked at too.
    #[serde(default)]
    pub rows: bool,
    /// How the text is read.
    #[serde(default)]
    pub reading: Reading,
    /// One of these stands in every text with a finding, as written: so that others need not be searched.
    /// Empty = every text is searched, which only `items` can afford.
    #[serde(default)]
    pub needs: Vec<String>,
    /// The words; `(…)` groups fill `{1}`, `{2}`.
    pub pattern: Pattern,
    /// Must stand within 40 characters of the words.
    #[serde(default)]
    pub near: Option<Pattern>,
    /// Must not stand within 40 characters of the words.
    #[serde(default)]
    pub not_near: Option<Pattern>,
    /// Must stand in the same item.
    #[serde(default)]
    pub with: Option<Pattern>,
    /// Must not stand in the same item.
    #[serde(default)]
    pub without: Option<Pattern>,
    /// Must not stand in the 15 characters before the words, after the last 番号法 among them.
    #[serde(default)]
    pub not_after: Option<Pattern>,
    /// Must stand in the 40 characters before the words.
    #[serde(default)]
    pub after: Option<Pattern>,
    /// Must not follow the words at once.
    #[serde(default)]
    pub not_before: Option<Pattern>,
    /// Must hold, seen from the item.
    #[serde(default)]
    pub when: Option<Condition>,
    /// Silent where a label or option of the form itself says this.
    #[serde(default)]
    pub unless_form_says: Option<String>,
    /// Words for the message.
    #[serde(default)]
    pub words: BTreeMap<String, String>,
}

/// A sentence that speaks against an answer, and where it may stand.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Statement {
    /// The only forms the case is for, as for a rule.
    #[serde(default)]
    pub forms: Vec<String>,
    /// The answer, seen from its file or the document.
    pub at: String,
    /// What the answer is.
    pub when: Condition,
    /// The texts, seen from there.
    pub items: Vec<String>,
    /// Texts not looked at.
    #[serde(default)]
    pub except: Vec<String>,
    /// One of these stands in every sentence that says it, so that other texts need not be read.
    pub needs: Vec<String>,
    /// What one sentence says, as written and without its 。.
    pub says: Pattern,
    /// Whether a sentence about what may happen says it too: 「紙で渡す場合は、封をする」.
    #[serde(default)]
    pub in_cases: bool,
    /// Words of a sentence that is of something else.
    #[serde(default)]
    pub unless: Option<Pattern>,
    /// Words for the message.
    #[serde(default)]
    pub words: BTreeMap<String, String>,
}

/// How a text is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reading {
    /// As written.
    #[default]
    Written,
    /// As citations are read ([`super::citation`]); silent about what is marked 旧 or 改正前.
    Citation,
}

/// How municipalities are named in some items.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NamedBody {
    /// The items.
    pub items: Vec<String>,
    /// The name in its first group.
    pub says: Pattern,
}

/// Names that other answers must have.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NamesNotIn {
    /// The answers with the names.
    pub of: Vec<String>,
    /// Where they are looked for.
    pub within: Vec<String>,
    /// The name in its first group.
    pub says: Pattern,
    /// Words of a sentence that names others rightly.
    pub unless: Pattern,
}

/// A bracket and the texts that may say its number.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SaidNumber {
    /// The choice, whose options are ranges.
    pub bracket: String,
    /// The texts of its entry, its file, or the document.
    pub texts: Vec<String>,
    /// Must hold, seen from the bracket.
    #[serde(default)]
    pub when: Option<Condition>,
    /// Whether the numbers of one sentence are added up.
    #[serde(default)]
    pub sums: bool,
    /// The number in its first group.
    pub says: Pattern,
    /// What a sentence says that tells the whole number by itself, as `says`: beside other numbers it is told too.
    #[serde(default)]
    pub whole: Option<Pattern>,
    /// Smaller numbers are of something else.
    #[serde(default)]
    pub least: i64,
    /// Words of a sentence or line whose number is of something else.
    #[serde(default)]
    pub unless: Option<Pattern>,
}

/// Names and where they are looked for.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NearNames {
    /// The item with the names.
    pub of: String,
    /// What the names end with.
    pub ends: String,
    /// The items looked at; empty = every text.
    #[serde(default)]
    pub within: Vec<String>,
}

/// What sentences about how long something is kept are read by.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RetentionWords {
    /// The event in its first group, how long in its second, years or months in its third.
    pub says: Pattern,
    /// Words before から that are no event of their own.
    pub no_event: Pattern,
    /// How long something is kept, where no event is named: as the last two groups of `says`.
    pub span: Pattern,
    /// How long the information of the 事務 is kept, as these groups.
    pub whole: Pattern,
    /// Words before は that do not say what is kept.
    pub no_subject: Pattern,
}

/// Time between two dates.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Elapsed {
    /// The earlier date.
    pub from: String,
    /// The later date; `None` = today.
    #[serde(default)]
    pub to: Option<String>,
    /// At least so many months.
    pub months: u32,
    /// And less than so many.
    #[serde(default)]
    pub below: Option<u32>,
}

/// Two spellings of one term.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// The spelling to keep.
    pub keep: String,
    /// The other spelling.
    pub other: String,
    /// Words that hold either spelling and are neither (names of law, of others, fixed labels).
    #[serde(default)]
    pub except: Vec<String>,
    /// Items in which the other spelling is right.
    #[serde(default)]
    pub except_items: Vec<String>,
    /// What a sentence names that has the other spelling from elsewhere.
    #[serde(default)]
    pub unless: Option<Pattern>,
    /// Whether the other spelling alone is worth a finding.
    #[serde(default)]
    pub always: bool,
}

/// Whether an item id is in a list of ids and patterns with `*` at either end.
pub fn is_listed(list: &[String], id: &str) -> bool {
    list.iter().any(|entry| match (entry.strip_prefix('*'), entry.strip_suffix('*')) {
        (Some(end), _) => id.ends_with(end),
        (None, Some(start)) => id.starts_with(start),
        (None, None) => entry == id,
    })
}

impl Check {
    /// Every id the check names.
    pub(super) fn ids(&self) -> Vec<&str> {
        match self {
            Check::Required(items)
            | Check::Stray(items)
            | Check::DifferBetweenFiles(items)
            | Check::OtherFileNamed { items, .. }
            | Check::EntryTwins(items)
            | Check::DepartmentParents(items)
            | Check::PostalCodes(items)
            | Check::NameTwins(items)
            | Check::OldName(items)
            | Check::FileOrder(items) => items.iter().map(String::as_str).collect(),
            Check::Conditions(cases) => cases.iter().flat_map(Case::ids).collect(),
            Check::Texts(patterns) => patterns.iter().flat_map(TextPattern::ids).collect(),
            Check::Citations(patterns) => patterns
                .iter()
                .flat_map(|pattern| pattern.items.iter().chain(&pattern.except))
                .map(String::as_str)
                .collect(),
            Check::FileNames(a, b) => vec![a, b],
            Check::RecordCount { bracket, list } => vec![bracket, list],
            Check::BoxReasons { boxes, reason, .. } | Check::ReasonsWithoutBox { boxes, reason } => vec![boxes, reason],
            Check::Departments { of, within } => std::iter::once(of).chain(within).map(String::as_str).collect(),
            Check::Elapsed(spans) => {
                spans.iter().flat_map(|span| std::iter::once(&span.from).chain(&span.to)).map(String::as_str).collect()
            }
            Check::ShortHearing { period, reason, .. } => vec![period, reason],
            Check::ProcedureOrder { steps } => steps.iter().map(String::as_str).collect(),
            Check::SameText { section, .. } | Check::SameAnswer { section, .. } => vec![section],
            Check::UnknownSystem { list, within, .. } => vec![&list.0, &list.1, within],
            Check::ChangeThreshold { assessed, .. } => vec![assessed],
            Check::OtherMunicipality { own, counterparts, named, .. } => {
                let named = named.iter().flat_map(|body| &body.items);
                std::iter::once(own).chain(counterparts).chain(named).map(String::as_str).collect()
            }
            Check::Declaration { text, agency, affairs } => vec![text, agency, affairs],
            Check::NameNotIn(names) => names.of.iter().chain(&names.within).map(String::as_str).collect(),
            Check::RetentionYears { items, .. } | Check::TooShort { items, .. } => {
                items.iter().map(String::as_str).collect()
            }
            Check::Derivation(item)
            | Check::BelowDerivation(item)
            | Check::AboveDerivation(item)
            | Check::WholeDay(item)
            | Check::RowsAfter(item)
            | Check::DateChain(item)
            | Check::RecordTwice(item)
            | Check::FileTwins(item)
            | Check::PastPlan(item)
            | Check::RecordNumbers(item)
            | Check::OrdinanceNames(item)
            | Check::UnknownHead(item)
            | Check::PeriodDays(item) => vec![item],
            Check::SummedCounts { item, .. } => vec![item],
            Check::HeadOf { unit, head } => vec![unit, head],
            Check::NameOfAffairs(a, b) | Check::UnheardOpinions(a, b) => vec![a, b],
            Check::NearName(near) => std::iter::once(&near.of).chain(&near.within).map(String::as_str).collect(),
            Check::Statements(cases) => {
                let texts = cases.iter().flat_map(|case| case.items.iter().chain(&case.except)).map(String::as_str);
                cases.iter().flat_map(Statement::ids).chain(texts).collect()
            }
            Check::SaidNumbers(cases) => {
                let texts = cases.iter().flat_map(|case| &case.texts);
                cases.iter().map(|case| &case.bracket).chain(texts).map(String::as_str).collect()
            }
            _ => Vec::new(),
        }
    }
}

impl Statement {
    /// The ids of the answer.
    pub fn ids(&self) -> Vec<&str> {
        std::iter::once(self.at.as_str()).chain(self.when.items()).collect()
    }
}

impl Case {
    /// Every id the case names.
    pub fn ids(&self) -> Vec<&str> {
        let mut ids = self.when.items();
        ids.push(&self.at);
        ids.extend(self.numbers.values().flat_map(Condition::items));
        ids.extend(self.answers.values().chain(&self.marks).map(String::as_str));
        if let Where::Entry(repeat) = &self.scope {
            ids.push(repeat);
        }
        ids
    }

    /// Whether the case is for the form and the form has everything it names.
    pub fn is_in_force(&self, form: &Form) -> bool {
        (self.forms.is_empty() || self.forms.contains(&form.id)) && self.ids().into_iter().all(|id| form.knows(id))
    }
}

impl TextPattern {
    fn ids(&self) -> Vec<&str> {
        let items = self.items.iter().chain(&self.except).map(String::as_str);
        items.chain(self.when.iter().flat_map(Condition::items)).collect()
    }
}
