//! What the draft and the other document of its 事務 both say, computed on a thread; only what was found of the very draft
//! on the screen can be taken over.

use crate::between_forms::{FactAgreement, NotTaken, OfForm, SharedFact, shared_facts, take};
use crate::changes::Paragraph;
use crate::draft::{Document, Edit, Scope};
use crate::form::{FieldPath, Form, RuleSet, shipped};
use crate::session::Session;
use crate::workspace::task::Task;
use crate::workspace::waker::Waker;

/// One fact that the two documents say differently.
pub struct DifferingFact {
    /// Its name in the draft at work.
    pub name: String,
    /// Its cell there.
    pub place: Option<FieldPath>,
    /// What is said of the difference.
    pub message: String,
    /// What the other document says, and what the draft says.
    pub texts: Paragraph,
    /// What takes it over, or why it has to be written by hand.
    pub take: Result<Edit, NotTaken>,
}

/// How the two documents stand to each other.
#[derive(Default)]
pub struct SharedFacts {
    /// What they say differently, in the order of 様式２.
    pub differing: Vec<DifferingFact>,
    /// The names of what both say alike.
    pub same: Vec<String>,
    /// The names of what neither says.
    pub blank: Vec<String>,
    /// What takes over all that can be, and how much that is.
    pub all: Option<(Edit, usize)>,
}

type Outcome = Result<SharedFacts, String>;

/// A comparison that follows the draft.
#[derive(Default)]
pub struct Sharing {
    done: Option<(u64, Outcome)>,
    /// The version being compared.
    at: u64,
    running: Option<Task<Outcome>>,
}

impl Sharing {
    /// Takes what the thread has finished, and compares again when the draft is another.
    pub fn follow(&mut self, waker: &Waker, session: &Session, other: &Document) {
        if self.running.is_none() && !self.is_fresh(session) {
            let (form, document, other) = (session.form(), session.document().clone(), other.clone());
            self.at = session.version();
            let compare = move || compare(form, &document, &other);
            self.running = Some(Task::start(waker, compare).in_background_of(waker));
        }
        if let Some(result) = Task::take_answer(&mut self.running) {
            self.done = Some((self.at, result.and_then(|outcome| outcome)));
        }
    }

    /// What was found last: it may be of a draft a moment ago.
    pub fn found(&self) -> Option<Result<&SharedFacts, &str>> {
        self.done.as_ref().map(|(_, result)| result.as_ref().map_err(String::as_str))
    }

    /// Whether what was found is of the draft as it is now.
    pub fn is_fresh(&self, session: &Session) -> bool {
        self.done.as_ref().is_some_and(|(version, _)| *version == session.version())
    }
}

fn compare(form: &Form, document: &Document, other: &Document) -> Outcome {
    let other_form = shipped::find(&other.form, &other.edition).map_err(|error| error.to_string())?;
    let rules = RuleSet::shipped().map_err(|error| error.to_string())?;
    let (here, there) = (OfForm { form, document }, OfForm { form: other_form, document: other });
    let as_basic = shared_facts(here, there);
    let is_basic = as_basic.is_some();
    let Some(facts) = as_basic.or_else(|| shared_facts(there, here)) else {
        let words = "共通の記載は、基礎項目評価書（様式2）と、重点・全項目評価書（様式3・様式4）の間にあります";
        return Err(format!("{words}。この評価書の相手になる様式の評価書を選んでください"));
    };
    let mut found = SharedFacts::default();
    for fact in &facts {
        let name = if is_basic { &fact.basic_name } else { &fact.other_name };
        match fact.agreement {
            FactAgreement::Same => found.same.push(name.clone()),
            FactAgreement::Blank => found.blank.push(name.clone()),
            FactAgreement::NotAsked => {}
            FactAgreement::Differs | FactAgreement::OnlyBasic | FactAgreement::OnlyOther => {
                found.differing.push(differing(fact, is_basic, (here, there), rules));
            }
        }
    }
    let taken = take(&facts, there, here);
    found.all = Some((taken.edit, taken.facts.len())).filter(|(_, n_facts)| *n_facts > 0);
    Ok(found)
}

fn differing(
    fact: &SharedFact,
    is_basic: bool,
    (here, there): (OfForm<'_>, OfForm<'_>),
    rules: &RuleSet,
) -> DifferingFact {
    let mut others = fact.others.clone();
    others.dedup();
    let other = others.join("\n――\n");
    let (id, name) =
        if is_basic { (Some(&fact.basic), &fact.basic_name) } else { (fact.other.as_ref(), &fact.other_name) };
    let (mine, theirs) = if is_basic { (&fact.says, &other) } else { (&other, &fact.says) };
    let message = match fact.agreement {
        FactAgreement::Differs => fact.message(rules).unwrap_or_default(),
        _ if mine.trim().is_empty() => "この文書に記載がありません".to_owned(),
        _ => "相手の評価書に記載がありません".to_owned(),
    };
    let taken = take([fact], there, here);
    let left = taken.left.first().map(|(_, reason)| *reason);
    DifferingFact {
        name: name.clone(),
        place: id.and_then(|id| place(here, id)),
        message,
        texts: Paragraph::changed(theirs, mine),
        take: left.map_or(Ok(taken.edit), Err),
    }
}

/// The first cell of an item in the document.
fn place(of: OfForm<'_>, id: &str) -> Option<FieldPath> {
    let position = of.form.position_of(id)?;
    let whole = |id: &str| if position.section.per_file { FieldPath::in_file(0, id) } else { FieldPath::document(id) };
    Some(match position.repeat {
        None => whole(id),
        Some(repeat) => {
            let document = Scope::document(of.form, of.document);
            let scope = if position.section.per_file { document.file(0) } else { document };
            if scope.entries(&repeat.id).is_empty() { whole(&repeat.id) } else { whole(id).entry(0) }
        }
    })
}
