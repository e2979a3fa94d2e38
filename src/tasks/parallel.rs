//! Work on many things at once, with as many threads as the machine has.

use std::panic::resume_unwind;
use std::sync::{Mutex, PoisonError};
use std::thread;

/// What `work` makes of each thing, in the order of the things. Each thread takes the next thing that nobody has taken.
pub fn each<T: Send, R: Send>(things: impl IntoIterator<Item = T>, work: impl Fn(T) -> R + Sync) -> Vec<R> {
    let things: Vec<T> = things.into_iter().collect();
    let threads = thread::available_parallelism().map_or(1, usize::from).min(8).min(things.len());
    if threads <= 1 {
        return things.into_iter().map(work).collect();
    }
    let waiting = Mutex::new(things.into_iter().enumerate());
    let next = || waiting.lock().unwrap_or_else(PoisonError::into_inner).next();
    let hand = || {
        let mut done = Vec::new();
        while let Some((at, thing)) = next() {
            done.push((at, work(thing)));
        }
        done
    };
    let mut done: Vec<(usize, R)> = thread::scope(|scope| {
        let hands: Vec<_> = (1..threads).map(|_| scope.spawn(hand)).collect();
        let mut done = hand();
        for hand in hands {
            done.extend(hand.join().unwrap_or_else(|panic| resume_unwind(panic)));
        }
        done
    });
    done.sort_unstable_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, made)| made).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_out_is_in_order_whoever_made_it() {
        let slow = |n: u64| {
            thread::sleep(std::time::Duration::from_micros(200 * (n % 3)));
            n * n
        };
        assert_eq!(each(0..100, slow), (0..100).map(|n| n * n).collect::<Vec<_>>());
        assert!(each(std::iter::empty::<u64>(), slow).is_empty());
    }
}
