//! What tells the versions of a file apart that have one size and were stored in one second.
//!
//! The tables have no column for it, and old handlers must neither trip over it nor be needed for
//! it. So a version ends with a row without bytes, at a random offset behind its end. Whoever puts the
//! rows together in order of their offsets gets the same bytes with it or without it. Old handlers that store a new version of the same size remove rows behind its end, or
//! all of them; those that copy or move a file take the mark along. A look-up sees the mark as the
//! highest offset, which the primary key answers without reading data rows.

use crate::random;

/// Offsets that a mark is chosen from, at most.
const ROOM: u64 = 1 << 48;

/// An offset for the mark of a new version; none for one that takes all the offsets there are.
#[must_use]
pub fn fresh(size: u64, offset_max: u64) -> Option<u64> {
    let room = offset_max.saturating_sub(size).min(ROOM);
    (room > 0).then(|| size + 1 + random::number() % room)
}

/// A number for a claim, with nine hexadecimal digits at most.
#[must_use]
pub fn claim_number() -> u64 {
    random::number() >> 28
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_lies_behind_the_end_and_fits_into_the_column() {
        assert!(fresh(0, 1 << 32).unwrap() > 0);
        assert_eq!(fresh(10, 10), None);
        assert_eq!(fresh(11, 10), None);
        assert_eq!(fresh(9, 10), Some(10));
        for _ in 0..1000 {
            let mark = fresh(5, 20).unwrap();
            assert!((6..=20).contains(&mark), "{mark}");
        }
        assert!(fresh(1, u64::MAX).unwrap() <= (1 << 48) + 1);
        assert!(claim_number() < 1 << 36);
    }

    #[test]
    fn marks_differ() {
        let mut marks: Vec<u64> = (0..100).filter_map(|_| fresh(1, 1 << 40)).collect();
        marks.sort_unstable();
        marks.dedup();
        assert_eq!(marks.len(), 100);
    }
}
