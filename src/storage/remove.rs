//! Marking files as deleted, and really removing them.

use std::borrow::Cow;

use super::layout::{Age, Layout, ROWS_AT_ONCE};
use super::pattern::Match;
use super::{Attempt, Key, Store, costly};
use crate::error::{Error, Result};
use crate::pool::Session;

impl Store {
    /// Marks the live files that match as expired; says how many: in one statement, if the server can decide which they
    /// are and nobody else is in the way. Otherwise, and where they are many, they are found without locks and marked
    /// by their keys, so that writers beside it do not wait.
    ///
    /// # Errors
    /// What kept the database from it. Some of the files may be marked then; a repetition marks
    /// the rest.
    pub fn expire(&self, matching: &Match) -> Result<u64> {
        check_time()?;
        let at_once = self.read("marking files as deleted", |session, layout| {
            layout.expire_at_once(session, matching)
        })?;
        let mut expired = match at_once {
            Some(all) if all < ROWS_AT_ONCE as u64 => return Ok(all),
            some => some.unwrap_or(0),
        };
        let keys = self.matching(matching, Age::Live)?;
        let marked = self.expire_keys(&keys)?;
        expired += marked;
        if marked < keys.len() as u64 {
            // What was not marked has changed meanwhile. A claim that became its file has another key now, and its
            // content is from before. It is found once more: claims of now are later than this deletion.
            expired += self.expire_keys(&self.matching(matching, Age::Live)?)?;
        }
        Ok(expired)
    }

    fn expire_keys(&self, keys: &[Key]) -> Result<u64> {
        let mut marked = 0;
        for keys in keys.chunks(ROWS_AT_ONCE) {
            check_time()?;
            marked += self.read("marking files as deleted", |session, layout| {
                let keys = of_layout(session, layout, keys)?;
                layout.expire(session, &keys)
            })?;
        }
        Ok(marked)
    }

    /// Keys of the rows that match and are of that age; where that is [`Age::Live`], perhaps of some others too, which
    /// [`remove`](Self::remove) leaves out.
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
            |session, layout| {
                let keys = of_layout(session, layout, keys)?;
                layout.remove(session, &keys, age)
            },
            |session, layout, _| {
                let keys = of_layout(session, layout, keys)?;
                Ok(!layout.any_left(session, &keys, age)?)
            },
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

/// Keys that were found in tables of the other layout, which were migrated since, as those of these
/// tables: rows are found again by their names.
fn of_layout<'k>(session: &mut Session, layout: &dyn Layout, keys: &'k [Key]) -> Attempt<Cow<'k, [Key]>> {
    let has_ids = layout.has_ids();
    if keys.iter().all(|key| (key.id != 0) == has_ids) {
        return Ok(Cow::Borrowed(keys));
    }
    let mut own: Vec<Key> = if has_ids {
        let hashes: Vec<Vec<u8>> = keys.iter().map(|key| key.hash().into()).collect();
        let mut rows = Vec::new();
        for hashes in hashes.chunks(ROWS_AT_ONCE) {
            rows.extend(layout.rows_hashed(session, hashes)?);
        }
        rows.iter()
            .filter(|row| !row.superseded)
            .map(|row| Key::new(row.id, &row.name))
            .collect()
    } else {
        keys.iter().map(|key| key.without_id()).collect()
    };
    own.sort_unstable();
    own.dedup();
    Ok(Cow::Owned(own))
}
