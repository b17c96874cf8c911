//! What shows whether a change is committed.

use super::{IdLayout, Index};
use crate::mysql::Param;
use crate::pool::Session;
use crate::storage::layout::{Age, ClaimKey, Outcome, Trace};
use crate::storage::{Attempt, Key, Metadata, Name};

impl Outcome for IdLayout {
    fn is_stored(&self, session: &mut Session, name: &Name, trace: &Trace) -> Attempt<bool> {
        Ok(!self.committed_versions(session, name, trace.id)?.is_empty())
    }

    fn is_published(&self, session: &mut Session, _: &ClaimKey<'_>, file: &Metadata) -> Attempt<bool> {
        let versions = self.committed_versions(session, &Name::new(file.name()), file.number())?;
        Ok(versions.contains(&file.number()))
    }

    fn is_renamed(&self, session: &mut Session, from: &Name, renamed: &Metadata) -> Attempt<bool> {
        let versions = self.committed_versions(session, &Name::new(renamed.name()), renamed.number())?;
        Ok(versions.contains(&renamed.number()) || self.committed_versions(session, from, 0)?.is_empty())
    }

    fn any_left(&self, session: &mut Session, keys: &[Key], age: Age) -> Attempt<bool> {
        Ok(!self.locked(session, keys, age)?.is_empty())
    }
}

impl IdLayout {
    /// Ids of the versions of a name, from one id on.
    fn committed_versions(&self, session: &mut Session, name: &Name, from: u64) -> Attempt<Vec<u64>> {
        let sql = format!(
            "SELECT id, name FROM ezdbfile{} WHERE name_hash = ? AND id >= ? LOCK IN SHARE MODE",
            self.hint(Index::NameHash)
        );
        let params = [Param::Text(name.digits()), Param::Int(from.cast_signed())];
        let statement = session.select(&sql, &params)?;
        let mut ids = Vec::new();
        while session.fetch(statement)? {
            if session.bytes(statement, 1) == name.bytes() {
                ids.push(session.int(statement, 0).cast_unsigned());
            }
        }
        Ok(ids)
    }
}
