//! Marking files as deleted, and really removing them.

use super::layout::Age;
use super::pattern::Match;
use super::{Key, Store, costly};
use crate::error::{Error, Result};

/// Rows that are marked in one statement, so that no lock is held for long.
const BATCH: usize = 1000;

impl Store {
    /// Marks the live files that match as expired; says how many. They are found without locks
    /// and marked by their keys, so that writers beside it do not wait.
    ///
    /// # Errors
    /// What kept the database from it. Some of the files may be marked then; a repetition marks
    /// the rest.
    pub fn expire(&self, matching: &Match) -> Result<u64> {
        let keys = self.matching(matching, Age::Live)?;
        let mut expired = 0;
        for keys in keys.chunks(BATCH) {
            check_time()?;
            expired += self.read("marking files as deleted", |session, layout| {
                layout.expire(session, keys)
            })?;
        }
        Ok(expired)
    }

    /// Keys of the rows that match and are of that age.
    ///
    /// # Errors
    /// What kept the database from telling.
    pub fn matching(&self, matching: &Match, age: Age) -> Result<Vec<Key>> {
        self.read("looking for files", |session, layout| {
            if matching.is_plain() {
                layout.matching(session, matching, age)
            } else {
                costly::limited(session, self.pool().settings(), |session| {
                    layout.matching(session, matching, age)
                })
            }
        })
    }

    /// Removes rows for good that still are of that age; says how many went.
    ///
    /// # Errors
    /// What kept the database from it; then none of them went.
    pub fn remove(&self, keys: &[Key], age: Age) -> Result<u64> {
        check_time()?;
        self.transaction(
            "removing files",
            |session, layout| layout.remove(session, keys, age),
            |session, layout, _| Ok(!layout.any_left(session, keys, age)?),
        )
    }
}

fn check_time() -> Result<()> {
    if crate::interrupt::requested() {
        Err(Error::Interrupted)
    } else {
        Ok(())
    }
}
