//! Writing a version.

use super::IdLayout;
use crate::mysql::Param;
use crate::pool::Session;
use crate::storage::Attempt;
use crate::storage::layout::shape::unfit;
use crate::storage::layout::{Draft, NewFile, Writing};
use crate::storage::metadata::Name;

impl Writing for IdLayout {
    fn begin(&self, session: &mut Session, file: &NewFile<'_>) -> Attempt<Draft> {
        let id = session
            .insert(
                "INSERT INTO ezdbfile (datatype, name, name_hash, scope, size, mtime) \
                 VALUES (?, ?, ?, ?, ?, ?)",
                &[
                    Param::Text(file.datatype),
                    self.shape.name_param(file.name.bytes()),
                    Param::Text(file.name.digits()),
                    Param::Text(self.shape.scope(file.scope)),
                    Param::Int(file.size.cast_signed()),
                    Param::Int(file.mtime),
                ],
            )
            .map_err(unfit)?;
        Ok(Draft::by_id(id))
    }

    fn begin_new(&self, session: &mut Session, file: &NewFile<'_>) -> Attempt<Option<Draft>> {
        let draft = self.begin(session, file)?;
        // Whoever came first; rows that are not committed are waited for.
        let others = self.rows_named(session, file.name, " AND id < ? FOR UPDATE", draft.id)?;
        if others.is_empty() {
            return Ok(Some(draft));
        }
        session.execute(
            "DELETE FROM ezdbfile WHERE id = ?",
            &[Param::Int(draft.id.cast_signed())],
        )?;
        Ok(None)
    }

    fn append(&self, session: &mut Session, draft: &mut Draft, bytes: &[u8], chunk: usize) -> Attempt<()> {
        if bytes.is_empty() {
            return Ok(());
        }
        let rows = bytes.chunks(chunk);
        let mut sql = String::from("INSERT INTO ezdbfile_data (masterid, filedata) VALUES (?,?)");
        for _ in 1..rows.len() {
            sql.push_str(",(?,?)");
        }
        let params: Vec<Param<'_>> = rows
            .flat_map(|row| [Param::Int(draft.id.cast_signed()), Param::Bytes(row)])
            .collect();
        session.defer_small(&sql, &params).map_err(unfit)?;
        Ok(())
    }

    fn complete(&self, session: &mut Session, draft: &Draft, name: &Name) -> Attempt<()> {
        self.supersede(session, name, draft.id)
    }
}

impl IdLayout {
    /// Removes the bytes of a version.
    pub(super) fn drop_rows(&self, session: &mut Session, id: u64) -> Attempt<()> {
        session.execute(
            "DELETE FROM ezdbfile_data WHERE masterid = ?",
            &[Param::Int(id.cast_signed())],
        )?;
        Ok(())
    }

    /// Removes what a new version replaces: the rows of its name with lower ids.
    pub(super) fn supersede(&self, session: &mut Session, name: &Name, id: u64) -> Attempt<()> {
        self.erase_named(session, name, "<", id)
    }
}
