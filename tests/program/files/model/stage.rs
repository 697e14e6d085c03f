//! Who makes the next call: one at a time, in the order of a schedule; and how all orders of the first calls are tried.
//!
//! Where two orders lead to the same state (of every file, of what is known of each document, of all that anybody was told
//! by the disk), what follows is the same, and is tried once. And where neither of two touches what the other does, it is
//! not even tried to let the second go first (sleep sets beside a store of states: Godefroid 1996, chapter 5).

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Condvar, Mutex, MutexGuard};
use std::time::Duration;

use super::random;

/// Whoever does not come to the next call in this time waits for a lock of another one.
const STUCK: Duration = Duration::from_millis(3);
/// Longer than any schedule takes.
const LONG: Duration = Duration::from_secs(60);

/// What an actor is for its person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    Saver,
    Copier,
    Watcher,
}

/// What an actor does if it goes next, until it comes to its next decision.
#[derive(Clone, Copy, Debug)]
pub struct Step {
    pub person: usize,
    pub role: Role,
    /// The document it is at.
    pub document: usize,
    /// Whether it stays with what is its person's own.
    pub is_own: bool,
    /// Whether the document may change.
    pub may_write: bool,
}

impl Step {
    /// Whether it makes no difference which of the two goes first. They are never of one actor.
    fn commutes(&self, other: &Self) -> bool {
        let (is_same_person, is_same_document) = (self.person == other.person, self.document == other.document);
        match (self.role, other.role) {
            // Watchers only look, and a copy is in the store of its person, where none looks.
            (Role::Watcher | Role::Copier, Role::Watcher | Role::Copier) => true,
            (Role::Copier, Role::Saver) | (Role::Saver, Role::Copier) => !is_same_person,
            // A watcher waits for what its own saver has locked.
            (Role::Watcher, Role::Saver) => !is_same_document || (!is_same_person && !other.may_write),
            (Role::Saver, Role::Watcher) => other.commutes(self),
            (Role::Saver, Role::Saver) => !is_same_document || self.is_own || other.is_own,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Phase {
    Running,
    Waiting,
    /// A watcher waits until its saver is no longer at that document.
    Blocked(usize),
    /// Waits for a lock of another one, as it seems.
    Stuck,
    /// Waits until all others have done.
    Held,
    Done,
}

/// Those who need not go first in a state, since whoever went before them has tried that.
pub type Asleep = BTreeSet<usize>;

/// A decision: who goes, and who is still to go first.
#[derive(Clone, Debug)]
pub struct Decision {
    pub chosen: usize,
    left: Vec<usize>,
    asleep: Asleep,
}

/// Who goes next.
pub enum Choice<'a> {
    /// These decisions, then new ones up to that depth, as far as they lead to something new; then whoever comes first.
    /// `may_skip`: whether orders are left out of which it is known beforehand that they make no difference.
    Explore {
        known: Vec<Decision>,
        depth: usize,
        may_skip: bool,
        states: &'a RefCell<BTreeMap<u64, Asleep>>,
    },
    Random(u64),
}

/// What became of a schedule.
#[derive(Debug, Default)]
pub struct Course {
    pub decisions: Vec<Decision>,
    /// Whether it came to a state from which everything was tried, and was given up.
    pub is_given_up: bool,
}

struct State {
    phases: Vec<Phase>,
    steps: Vec<Option<Step>>,
    /// Whose turn it is.
    turn: Option<usize>,
    /// The document each person's saver is at.
    saving: Vec<Option<usize>>,
    is_given_up: bool,
}

/// The one who may make the next call.
pub struct Stage {
    state: Mutex<State>,
    changed: Condvar,
    patience: Duration,
}

impl Stage {
    /// `may_stick`: whether somebody may be given a turn while another one holds a lock that they share.
    pub fn new(n_actors: usize, n_people: usize, may_stick: bool) -> Self {
        let (phases, saving) = (vec![Phase::Running; n_actors], vec![None; n_people]);
        let state = State { phases, steps: vec![None; n_actors], turn: None, saving, is_given_up: false };
        let patience = if may_stick { STUCK } else { LONG };
        Self { state: Mutex::new(state), changed: Condvar::new(), patience }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap()
    }

    pub fn wait_for_turn(&self, actor: usize, phase: Phase, step: Step) {
        let mut state = self.state();
        state.phases[actor] = phase;
        state.steps[actor] = Some(step);
        self.changed.notify_all();
        while state.turn != Some(actor) && !state.is_given_up {
            state = self.changed.wait(state).unwrap();
        }
        state.turn = None;
        state.phases[actor] = Phase::Running;
        self.changed.notify_all();
    }

    /// Whether nobody wants to know how this goes on.
    pub fn is_given_up(&self) -> bool {
        self.state().is_given_up
    }

    /// A saver is at that document from now on, or at none.
    pub fn is_saving(&self, person: usize, document: Option<usize>) {
        self.state().saving[person] = document;
        self.changed.notify_all();
    }

    /// A watcher goes on to a lock that its own saver may hold.
    pub fn comes_to_lock(&self, actor: usize, person: usize, document: usize) {
        let mut state = self.state();
        if state.saving[person] == Some(document) {
            state.phases[actor] = Phase::Blocked(document);
            self.changed.notify_all();
        }
    }

    pub fn done(&self, actor: usize) {
        self.state().phases[actor] = Phase::Done;
        self.changed.notify_all();
    }

    /// Waits until nobody runs.
    fn quiet(&self, per_person: usize) -> MutexGuard<'_, State> {
        let mut state = self.state();
        loop {
            let runs = |(actor, phase): (usize, &Phase)| match phase {
                Phase::Running => true,
                Phase::Blocked(document) => state.saving[actor / per_person] != Some(*document),
                _ => false,
            };
            if state.turn.is_none() && !state.phases.iter().enumerate().any(runs) {
                return state;
            }
            let (next, timeout) = self.changed.wait_timeout(state, self.patience).unwrap();
            state = next;
            if timeout.timed_out() && state.turn.is_none() {
                assert!(self.patience == STUCK, "nobody goes on: {:?}", state.phases);
                let running = state.phases.iter_mut().filter(|phase| **phase == Phase::Running);
                running.for_each(|phase| *phase = Phase::Stuck);
            }
        }
    }

    /// Gives one turn after the other. `state_of` tells the states apart that the actors and the disk can be in.
    pub fn direct(&self, choice: &mut Choice<'_>, per_person: usize, state_of: &dyn Fn(&[Phase]) -> u64) -> Course {
        let (mut course, mut asleep, mut n_decisions) = (Course::default(), Asleep::new(), 0);
        loop {
            let mut state = self.quiet(per_person);
            let of = |phase: Phase| {
                let actors = state.phases.iter().enumerate().filter(move |(_, is)| **is == phase);
                actors.map(|(actor, _)| actor).collect::<Vec<_>>()
            };
            let waiting = if of(Phase::Waiting).is_empty() { of(Phase::Held) } else { of(Phase::Waiting) };
            if waiting.is_empty() {
                if state.phases.iter().all(|phase| *phase == Phase::Done) {
                    return course;
                }
                let (state, timeout) = self.changed.wait_timeout(state, LONG).unwrap();
                assert!(!timeout.timed_out(), "nobody goes on: {:?}", state.phases);
                continue;
            }
            let next = match choice {
                Choice::Random(seed) => waiting[usize::try_from(random(seed) % waiting.len() as u64).unwrap()],
                Choice::Explore { depth, .. } if n_decisions > *depth => waiting[0],
                Choice::Explore { known, depth, may_skip, states } => {
                    let decision = known.get(n_decisions).cloned();
                    let new = || {
                        let (states, state) = (&mut *states.borrow_mut(), state_of(&state.phases));
                        let mut left = if n_decisions < *depth {
                            untried(states, state, &waiting, &asleep)?
                        } else {
                            states.insert(state, Asleep::new()).is_none().then(|| waiting.clone())?
                        };
                        Some(Decision { chosen: left.remove(0), left, asleep: std::mem::take(&mut asleep) })
                    };
                    let Some(decision) = decision.or_else(new) else {
                        course.is_given_up = true;
                        state.is_given_up = true;
                        self.changed.notify_all();
                        return course;
                    };
                    n_decisions += 1;
                    let step = |actor: usize| state.steps[actor].unwrap();
                    let stays = |other: &&usize| *may_skip && step(**other).commutes(&step(decision.chosen));
                    asleep = decision.asleep.iter().filter(stays).copied().collect();
                    let chosen = decision.chosen;
                    if n_decisions <= *depth {
                        course.decisions.push(decision);
                    }
                    chosen
                }
            };
            state.turn = Some(next);
            self.changed.notify_all();
        }
    }
}

/// Who is still to go first in a state; `None` where all that follows was tried.
fn untried(states: &mut BTreeMap<u64, Asleep>, state: u64, waiting: &[usize], asleep: &Asleep) -> Option<Vec<usize>> {
    let left: Vec<usize> = match states.get_mut(&state) {
        Some(before) => {
            let left = before.difference(asleep).copied().collect();
            *before = before.intersection(asleep).copied().collect();
            left
        }
        None => {
            states.insert(state, asleep.clone());
            waiting.iter().filter(|actor| !asleep.contains(*actor)).copied().collect()
        }
    };
    (!left.is_empty()).then_some(left)
}

/// The decisions of the next schedule after this one; `None` after the last.
pub fn next(mut decisions: Vec<Decision>) -> Option<Vec<Decision>> {
    while decisions.last().is_some_and(|last| last.left.is_empty()) {
        decisions.pop();
    }
    let last = decisions.last_mut()?;
    last.asleep.insert(last.chosen);
    last.chosen = last.left.remove(0);
    Some(decisions)
}
