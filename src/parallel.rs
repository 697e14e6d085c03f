//! Work shared out over the processors; the results stand in the order of the work, whoever did it.

use std::num::NonZero;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::{panic, thread};

/// More threads gain little on a document and take memory each.
const MAX_THREADS: usize = 4;

/// Does `n` pieces of work, each by the first thread that is free. `begin` makes what one thread uses for all its pieces.
pub fn in_order<S, T: Send>(
    n: usize,
    begin: impl Fn() -> S + Sync,
    work: impl Fn(&mut S, usize) -> T + Sync,
) -> Vec<T> {
    let n_threads = n_processors().min(MAX_THREADS).min(n);
    let next = AtomicUsize::new(0);
    let take_turns = || {
        let (mut state, mut done) = (begin(), Vec::new());
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            if index >= n {
                return done;
            }
            done.push((index, work(&mut state, index)));
        }
    };
    let mut done = thread::scope(|scope| {
        // A thread that cannot be had is done without.
        let other = |_| thread::Builder::new().spawn_scoped(scope, take_turns).ok();
        let others: Vec<_> = (1..n_threads).filter_map(other).collect();
        let mut done = take_turns();
        for other in others {
            match other.join() {
                Ok(more) => done.extend(more),
                Err(panic) => panic::resume_unwind(panic),
            }
        }
        done
    });
    done.sort_unstable_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, result)| result).collect()
}

#[cfg(not(test))]
fn n_processors() -> usize {
    thread::available_parallelism().map_or(1, NonZero::get)
}

#[cfg(test)]
fn n_processors() -> usize {
    let asked = tests::ASKED.get();
    if asked > 0 { asked } else { thread::available_parallelism().map_or(1, NonZero::get) }
}

#[cfg(test)]
pub(crate) mod tests {
    use std::cell::Cell;

    use super::*;

    thread_local! {
        /// How many processors the computer has for what this thread shares out; 0 = as many as it has.
        pub(super) static ASKED: Cell<usize> = const { Cell::new(0) };
    }

    /// What `work` gives on a computer with so many processors.
    pub(crate) fn with_processors<T>(n: usize, work: impl FnOnce() -> T) -> T {
        ASKED.set(n);
        let result = work();
        ASKED.set(0);
        result
    }

    #[test]
    fn work_is_shared_by_as_many_threads_as_there_are_processors() {
        for n in [1, 4] {
            let began = AtomicUsize::new(0);
            with_processors(n, || in_order(100, || began.fetch_add(1, Ordering::Relaxed), |_, index| index));
            assert_eq!(began.into_inner(), n);
        }
    }

    #[test]
    fn results_stand_in_the_order_of_the_work() {
        let doubled = in_order(1000, || (), |(), index| index * 2);
        assert_eq!(doubled, (0..1000).map(|index| index * 2).collect::<Vec<_>>());
        assert!(in_order(0, || (), |(), index| index).is_empty());
    }
}
