//! What shows whether a change is committed. Every reading here takes locks and so waits for those
//! who change the same rows.

use super::{Age, IdLayout, Index};
use crate::mysql::Param;
use crate::pool::Session;
use crate::storage::Attempt;
use crate::storage::metadata::{Key, Name};

impl IdLayout {
    /// Ids of the versions of a name, from one id on.
    ///
    /// # Errors
    /// What the server said.
    pub fn committed_versions(&self, session: &mut Session, name: &Name, from: u64) -> Attempt<Vec<u64>> {
        let sql = format!(
            "SELECT id, name FROM ezdbfile{} WHERE name_hash = ? AND id >= ? LOCK IN SHARE MODE",
            self.hint(Index::NameHash)
        );
        let params = [
            Param::Text(name.hash().as_bytes()),
            Param::Int(from.cast_signed()),
        ];
        let statement = session.select(&sql, &params)?;
        let mut ids = Vec::new();
        while session.fetch(statement)? {
            if session.bytes(statement, 1) == name.bytes() {
                ids.push(session.int(statement, 0).cast_unsigned());
            }
        }
        Ok(ids)
    }

    /// Some of the rows are still there with their names and of that age.
    ///
    /// # Errors
    /// What the server said.
    pub fn any_left(&self, session: &mut Session, keys: &[Key], age: Age) -> Attempt<bool> {
        Ok(!self.locked(session, keys, age)?.is_empty())
    }
}
