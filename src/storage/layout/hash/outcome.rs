//! What shows whether a change is committed.

use super::HashLayout;
use super::claims::is_held;
use super::find::find_committed;
use crate::pool::Session;
use crate::storage::layout::matching::ROWS_AT_ONCE;
use crate::storage::layout::{Age, ClaimKey, Outcome, Trace};
use crate::storage::{Attempt, Key, Metadata, Name};

impl Outcome for HashLayout {
    fn is_stored(&self, session: &mut Session, name: &Name, trace: &Trace) -> Attempt<bool> {
        // A version that is neither this one nor the one before came between the two, or after
        // both: either way it stands where this one would be overwritten by now.
        let now = find_committed(session, name)?;
        Ok(now.is_some_and(|now| trace.before.is_none_or(|before| now.told_by() != before)))
    }

    fn is_published(&self, session: &mut Session, claim: &ClaimKey<'_>, file: &Metadata) -> Attempt<bool> {
        if is_held(session, claim)? {
            return Ok(false);
        }
        let now = find_committed(session, &Name::new(file.name()))?;
        Ok(now.is_some_and(|now| now.is_same_version(file)))
    }

    fn is_renamed(&self, session: &mut Session, from: &Name, renamed: &Metadata) -> Attempt<bool> {
        let now = find_committed(session, &Name::new(renamed.name()))?;
        Ok(now.is_some_and(|now| now.is_same_version(renamed)) || find_committed(session, from)?.is_none())
    }

    fn any_left(&self, session: &mut Session, keys: &[Key], age: Age) -> Attempt<bool> {
        for keys in keys.chunks(ROWS_AT_ONCE) {
            if !super::matching::locked(session, keys, age)?.is_empty() {
                return Ok(true);
            }
        }
        Ok(false)
    }
}
