//! What the measurements share: a clock that counts only this thread's work, and the middle of several runs.

#![allow(dead_code, reason = "each measurement uses a part")]

use cpu_time::{ProcessTime, ThreadTime};
use std::fs;
use std::time::{Duration, Instant};

/// Milliseconds.
pub fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

/// The processor time that this thread takes for some work; what others do on the machine does not count.
pub fn thread_time<T>(work: impl FnOnce() -> T) -> (Duration, T) {
    let begin = ThreadTime::now();
    let made = work();
    (begin.elapsed(), made)
}

/// The shortest and the middle time of several runs of some work, by the clock on the wall.
pub fn runs<T>(least: usize, mut work: impl FnMut() -> T) -> (Duration, Duration) {
    let begin = Instant::now();
    let mut times = Vec::new();
    while times.len() < least || (begin.elapsed() < Duration::from_millis(500) && times.len() < 50) {
        let begin = Instant::now();
        let made = work();
        times.push(begin.elapsed());
        drop(made);
    }
    times.sort_unstable();
    (times[0], times[times.len() / 2])
}

/// The shortest time of several runs of some work by the clock on the wall, and the least processor time of all threads,
/// which others on the machine disturb less.
pub fn effort<T>(least: usize, mut work: impl FnMut() -> T) -> (Duration, Duration) {
    let mut shortest = (Duration::MAX, Duration::MAX);
    let begin = Instant::now();
    let mut done = 0;
    while done < least || (begin.elapsed() < Duration::from_millis(500) && done < 50) {
        let (wall, processor) = (Instant::now(), ProcessTime::now());
        let made = work();
        shortest = (shortest.0.min(wall.elapsed()), shortest.1.min(processor.elapsed()));
        drop(made);
        done += 1;
    }
    shortest
}

/// The most memory that this process has had so far, in mebibytes; none where the system does not tell.
pub fn peak_memory() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    Some(line.split_whitespace().nth(1)?.parse::<u64>().ok()? >> 10)
}

/// Forgets the most memory that there was, so that what follows is measured anew.
pub fn forget_peak() {
    // Where that is not allowed, the figure is the peak of the whole run.
    let _ = fs::write("/proc/self/clear_refs", "5");
}
