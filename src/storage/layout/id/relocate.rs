//! Copying and renaming a version.

use super::{IdLayout, unfit};
use crate::mysql::Param;
use crate::pool::Session;
use crate::storage::Attempt;
use crate::storage::metadata::Name;

impl IdLayout {
    /// Copies a live version to a name inside the server; the id of the copy, or none when the
    /// version is no longer there.
    ///
    /// # Errors
    /// What the server said.
    pub fn copy(&self, session: &mut Session, id: u64, to: &Name) -> Attempt<Option<u64>> {
        let done = session
            .execute(
                "INSERT INTO ezdbfile (datatype, name, name_hash, scope, size, mtime) \
                 SELECT datatype, ?, ?, scope, size, mtime FROM ezdbfile WHERE id = ? AND mtime >= 0",
                &[
                    self.name_param(to.bytes()),
                    Param::Text(to.hash().as_bytes()),
                    Param::Int(id.cast_signed()),
                ],
            )
            .map_err(unfit)?;
        if done.affected == 0 {
            return Ok(None);
        }
        session.execute(
            "INSERT INTO ezdbfile_data (masterid, filedata) \
             SELECT ?, filedata FROM ezdbfile_data WHERE masterid = ? ORDER BY id",
            &[
                Param::Int(done.insert_id.cast_signed()),
                Param::Int(id.cast_signed()),
            ],
        )?;
        self.supersede(session, to, done.insert_id)?;
        Ok(Some(done.insert_id))
    }

    /// Gives a live version another name, in the place of what had it; false when the version is
    /// no longer there. No data row of it is touched.
    ///
    /// # Errors
    /// What the server said.
    pub fn rename(&self, session: &mut Session, id: u64, from: &Name, to: &Name) -> Attempt<bool> {
        let done = session
            .execute(
                "UPDATE ezdbfile SET name = ?, name_hash = ? WHERE id = ? AND mtime >= 0",
                &[
                    self.name_param(to.bytes()),
                    Param::Text(to.hash().as_bytes()),
                    Param::Int(id.cast_signed()),
                ],
            )
            .map_err(unfit)?;
        if done.affected == 0 {
            return Ok(false);
        }
        self.erase_named(session, to, "<>", id)?;
        self.erase_named(session, from, "<", id)?;
        Ok(true)
    }
}
