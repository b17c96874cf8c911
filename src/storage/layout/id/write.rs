//! Writing a version.

use super::{IdLayout, unfit};
use crate::mysql::Param;
use crate::pool::Session;
use crate::storage::Attempt;
use crate::storage::metadata::Name;

/// A row that is about to be written.
#[derive(Debug)]
pub struct NewFile<'a> {
    /// Its name.
    pub name: &'a Name,
    /// MIME type or word.
    pub datatype: &'a [u8],
    /// Category.
    pub scope: &'a [u8],
    /// Bytes.
    pub size: u64,
    /// Seconds since 1970, 1 at least.
    pub mtime: i64,
}

impl IdLayout {
    /// Writes the metadata row of a new version; answers with its id.
    ///
    /// # Errors
    /// What the server said.
    pub fn insert(&self, session: &mut Session, file: &NewFile<'_>) -> Attempt<u64> {
        let done = session
            .execute(
                "INSERT INTO ezdbfile (datatype, name, name_hash, scope, size, mtime) \
                 VALUES (?, ?, ?, ?, ?, ?)",
                &[
                    Param::Text(file.datatype),
                    self.name_param(file.name.bytes()),
                    Param::Text(file.name.hash().as_bytes()),
                    Param::Text(self.scope(file.scope)),
                    Param::Int(file.size.cast_signed()),
                    Param::Int(file.mtime),
                ],
            )
            .map_err(unfit)?;
        Ok(done.insert_id)
    }

    /// Adds rows of at most `chunk` bytes to a version.
    ///
    /// # Errors
    /// What the server said.
    pub fn append(&self, session: &mut Session, id: u64, bytes: &[u8], chunk: usize) -> Attempt<()> {
        let rows = bytes.chunks(chunk);
        let mut sql = String::from("INSERT INTO ezdbfile_data (masterid, filedata) VALUES (?,?)");
        for _ in 1..rows.len() {
            sql.push_str(",(?,?)");
        }
        let params: Vec<Param<'_>> = rows
            .flat_map(|row| [Param::Int(id.cast_signed()), Param::Bytes(row)])
            .collect();
        session.execute(&sql, &params).map_err(unfit)?;
        Ok(())
    }

    /// Removes the bytes of a version.
    ///
    /// # Errors
    /// What the server said.
    pub fn drop_rows(&self, session: &mut Session, id: u64) -> Attempt<()> {
        session.execute(
            "DELETE FROM ezdbfile_data WHERE masterid = ?",
            &[Param::Int(id.cast_signed())],
        )?;
        Ok(())
    }

    /// Removes what a new version replaces: the rows of its name with lower ids.
    ///
    /// # Errors
    /// What the server said.
    pub fn supersede(&self, session: &mut Session, name: &Name, id: u64) -> Attempt<()> {
        self.erase_named(session, name, "<", id)
    }
}
