//! Work on many documents by a few threads: answers come as they are there, in no order.
//! A document whose share does not answer holds up one thread, and is not asked again before it has answered.

use std::collections::{BTreeMap, VecDeque};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};

use super::waker::Waker;

/// Most of the work waits for a disk; so many shares may be silent before the others wait too.
const MAX_THREADS: usize = 8;

/// Work asked for by key, and what is still to come of it. Whoever lets the pool go wants no more answers.
pub struct Pool<K, T> {
    waker: Waker,
    shared: Arc<Shared<K, T>>,
    answers: Receiver<Answered<K, T>>,
    /// What was asked and not answered yet, and whether it was asked once more since.
    open: BTreeMap<K, Again>,
}

#[derive(Clone, Copy, PartialEq)]
enum Again {
    Asked,
    No,
}

struct Shared<K, T> {
    work: Box<dyn Fn(&K) -> T + Send + Sync>,
    queue: Mutex<Queue<K, T>>,
}

struct Queue<K, T> {
    waiting: VecDeque<K>,
    n_threads: usize,
    answer: Sender<Answered<K, T>>,
}

/// What was asked, and what came of it; nothing where the work broke.
type Answered<K, T> = (K, Option<T>);

impl<K: Clone + Ord + Send + 'static, T: Send + 'static> Pool<K, T> {
    /// A pool with nothing to do; `waker` wakes whoever waits at every answer.
    pub fn new(waker: Waker, work: impl Fn(&K) -> T + Send + Sync + 'static) -> Self {
        let (answer, answers) = channel();
        let queue = Mutex::new(Queue { waiting: VecDeque::new(), n_threads: 0, answer });
        Self { waker, shared: Arc::new(Shared { work: Box::new(work), queue }), answers, open: BTreeMap::new() }
    }

    /// Asks for something; what is being worked at already is asked for again when it has been answered.
    pub fn ask(&mut self, key: &K) {
        if let Some(again) = self.open.get_mut(key) {
            *again = Again::Asked;
            return;
        }
        self.open.insert(key.clone(), Again::No);
        self.begin(key.clone());
    }

    fn begin(&self, key: K) {
        let starts = {
            let mut queue = self.shared.lock();
            queue.waiting.push_back(key);
            let starts = queue.n_threads < MAX_THREADS;
            queue.n_threads += usize::from(starts);
            starts
        };
        if starts {
            let (shared, waker) = (Arc::clone(&self.shared), self.waker.clone());
            self.waker.run(Box::new(move || shared.work_off(&waker)));
        }
    }

    /// What has been answered by now; nothing is said of work that broke.
    pub fn take(&mut self) -> Vec<(K, T)> {
        let answered: Vec<_> = self.answers.try_iter().collect();
        for (key, _) in &answered {
            match self.open.remove(key) {
                Some(Again::Asked) => self.ask(key),
                Some(Again::No) | None => {}
            }
        }
        answered.into_iter().filter_map(|(key, answer)| Some((key, answer?))).collect()
    }

    /// Lets go of what was asked and is not worked at yet.
    pub fn forget_waiting(&mut self) {
        let forgotten = std::mem::take(&mut self.shared.lock().waiting);
        for key in &forgotten {
            self.open.remove(key);
        }
    }

    /// How many answers are still to come.
    pub fn n_open(&self) -> usize {
        self.open.len()
    }
}

impl<K, T> Drop for Pool<K, T> {
    fn drop(&mut self) {
        self.shared.lock().waiting.clear();
    }
}

impl<K, T> Shared<K, T> {
    fn lock(&self) -> std::sync::MutexGuard<'_, Queue<K, T>> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn work_off(&self, waker: &Waker) {
        while let Some((key, answer)) = self.next() {
            let done = catch_unwind(AssertUnwindSafe(|| (self.work)(&key))).ok();
            let _ = answer.send((key, done));
            waker.wake();
        }
    }

    /// The next piece of work; a thread that finds none ends.
    fn next(&self) -> Option<(K, Sender<Answered<K, T>>)> {
        let mut queue = self.lock();
        let next = queue.waiting.pop_front();
        if next.is_none() {
            queue.n_threads -= 1;
        }
        next.map(|key| (key, queue.answer.clone()))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::Duration;

    use super::*;

    fn all<T: Send + 'static>(pool: &mut Pool<usize, T>, woken: &Receiver<()>) -> Vec<(usize, T)> {
        let mut answers = Vec::new();
        while pool.n_open() > 0 {
            woken.recv_timeout(Duration::from_secs(20)).unwrap();
            answers.extend(pool.take());
        }
        answers.sort_by_key(|(key, _)| *key);
        answers
    }

    fn waker() -> (Waker, Receiver<()>) {
        let (wake, woken) = channel();
        let wake = move || {
            let _ = wake.send(());
        };
        (Waker::new(wake), woken)
    }

    #[test]
    fn every_question_is_answered_also_beside_broken_work() {
        let (waker, woken) = waker();
        let mut pool = Pool::new(waker, |key: &usize| if *key == 7 { panic!("on purpose") } else { key * 2 });
        (0..100).for_each(|key| pool.ask(&key));
        let expected: Vec<_> = (0..100).filter(|key| *key != 7).map(|key| (key, key * 2)).collect();
        assert_eq!(all(&mut pool, &woken), expected);
        pool.ask(&3);
        assert_eq!(all(&mut pool, &woken), [(3, 6)]);
    }

    #[test]
    fn silent_work_holds_up_nothing_else_and_is_asked_once() {
        let (waker, woken) = waker();
        let (go, wait) = channel::<()>();
        let (wait, begun) = (Mutex::new(wait), Arc::new(AtomicUsize::new(0)));
        let counted = Arc::clone(&begun);
        let mut pool = Pool::new(waker, move |key: &usize| {
            if *key == 0 {
                counted.fetch_add(1, Ordering::SeqCst);
                let _ = wait.lock().unwrap().recv();
            }
        });
        (0..20).for_each(|key| pool.ask(&key));
        while pool.n_open() > 1 {
            woken.recv_timeout(Duration::from_secs(20)).unwrap();
            pool.take();
        }
        (0..5).for_each(|_| pool.ask(&0));
        pool.forget_waiting();
        assert_eq!((pool.n_open(), begun.load(Ordering::SeqCst)), (1, 1));
        go.send(()).unwrap();
        drop(go);
        all(&mut pool, &woken);
        assert_eq!(begun.load(Ordering::SeqCst), 2);
    }
}
