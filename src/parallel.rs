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
    let n_threads = thread::available_parallelism().map_or(1, NonZero::get).min(MAX_THREADS).min(n);
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

#[cfg(test)]
mod tests {
    use super::in_order;

    #[test]
    fn results_stand_in_the_order_of_the_work() {
        let doubled = in_order(1000, || (), |(), index| index * 2);
        assert_eq!(doubled, (0..1000).map(|index| index * 2).collect::<Vec<_>>());
        assert!(in_order(0, || (), |(), index| index).is_empty());
    }
}
