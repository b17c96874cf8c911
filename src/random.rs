//! Numbers that differ. They keep no secret.

use std::cell::Cell;
use std::hash::{BuildHasher, Hash, Hasher};
use std::time::SystemTime;

use crate::mysql::process;

/// A number that no other call, thread, process or node draws, but for chance. (SplitMix64: Steele, Lea and
/// Flood, "Fast splittable pseudorandom number generators", 2014.)
#[must_use]
pub fn number() -> u64 {
    thread_local! {
        /// The process that began the series, and where it is.
        static SERIES: Cell<(u32, u64)> = const { Cell::new((0, 0)) };
    }
    let own = process::id();
    let (begun_by, last) = SERIES.get();
    // A child would go on with its parent's.
    let state = if begun_by == own { last } else { seed(own) }.wrapping_add(0x9E37_79B9_7F4A_7C15);
    SERIES.set((own, state));
    let mixed = (state ^ (state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^ (mixed >> 31)
}

/// Where a series begins: by the system's randomness, which a child has from its parent, and what tells the two apart.
fn seed(process: u32) -> u64 {
    let mut hasher = std::collections::hash_map::RandomState::new().build_hasher();
    process.hash(&mut hasher);
    std::thread::current().id().hash(&mut hasher);
    SystemTime::now().hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_differ_within_and_between_threads() {
        let draw = || (0..1000).map(|_| number()).collect::<Vec<_>>();
        let mut all = draw();
        for _ in 0..4 {
            all.extend(std::thread::spawn(draw).join().expect("a thread ends"));
        }
        let drawn = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), drawn);
        // All bits are drawn.
        assert_eq!(all.iter().fold(0, |bits, number| bits | number), u64::MAX);
        assert_eq!(all.iter().fold(u64::MAX, |bits, number| bits & number), 0);
    }
}
