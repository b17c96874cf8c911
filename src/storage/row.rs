//! The memory of a row that has no destination of its own.

use std::cell::Cell;
use std::ops::Range;

use crate::mysql::Room;

/// Memory for a row of the usual length, in bytes. No more is kept for the next one.
pub(super) const USUAL: usize = 65536;

thread_local! {
    /// The memory of the last row. Taken from the system for each file and given back, its pages
    /// would be cleared for each: for 64 KiB that takes as long as to copy the bytes.
    static SPARE: Cell<Vec<u8>> = const { Cell::new(Vec::new()) };
}

/// A buffer for rows, one after the other. Empty, it has no memory.
#[derive(Debug, Default)]
pub(super) struct Row {
    bytes: Vec<u8>,
}

impl Row {
    /// Room for so many bytes, or more.
    pub(super) fn room(&mut self, bytes: usize) -> Room<'_> {
        if self.bytes.is_empty() {
            self.bytes = SPARE.take();
        }
        if self.bytes.len() < bytes {
            self.bytes.reserve_exact(bytes - self.bytes.len());
            self.bytes.resize(bytes, 0);
        }
        Room::from(self.bytes.as_mut_slice())
    }

    /// A stretch of the present row.
    pub(super) fn get(&self, stretch: Range<usize>) -> Option<&[u8]> {
        self.bytes.get(stretch)
    }

    /// Bytes of memory that it has.
    #[cfg(test)]
    pub(super) fn capacity(&self) -> usize {
        self.bytes.capacity()
    }
}

impl Drop for Row {
    fn drop(&mut self) {
        if (1..=USUAL).contains(&self.bytes.capacity()) {
            let bytes = std::mem::take(&mut self.bytes);
            // At the end of a thread there may be nobody to keep it.
            let _ = SPARE.try_with(|spare| spare.set(bytes));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The memory that a row of this length has, on a thread that begins with none.
    fn memory_of(row: &mut Row, bytes: usize) -> *const u8 {
        let _ = row.room(bytes);
        row.bytes.as_ptr()
    }

    #[test]
    fn the_next_row_has_the_memory_of_the_last_one() {
        let mut first = Row::default();
        let memory = memory_of(&mut first, USUAL);
        drop(first);
        let mut next = Row::default();
        assert_eq!(memory_of(&mut next, 10), memory);
        let mut beside = Row::default();
        assert_ne!(memory_of(&mut beside, 10), memory);
        assert_eq!(next.get(0..USUAL).map(<[u8]>::len), Some(USUAL));
        assert_eq!(beside.get(0..10), Some(&[0_u8; 10][..]));
    }

    #[test]
    fn an_unusually_long_row_leaves_nothing_behind() {
        let mut long = Row::default();
        memory_of(&mut long, USUAL + 1);
        drop(long);
        assert!(SPARE.take().is_empty());
    }

    #[test]
    fn rows_that_had_no_memory_leave_what_there_is() {
        let mut first = Row::default();
        let memory = memory_of(&mut first, 100);
        drop(first);
        drop(Row::default());
        assert_eq!(memory_of(&mut Row::default(), 100), memory);
    }
}
