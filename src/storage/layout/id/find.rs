//! Looking versions up and reading them.

use std::ops::Range;

use super::{IdLayout, Index};
use crate::mysql::{Param, StatementId};
use crate::pool::Session;
use crate::storage::Attempt;
use crate::storage::metadata::{Metadata, Name};

/// How a row of `ezdbfile` is read; [`row`] follows the order.
const ROW: &str = "id, name, datatype, scope, size, mtime";

impl IdLayout {
    /// The file of a name: the row with the highest id. A row that only shares the hash is
    /// somebody else's.
    ///
    /// # Errors
    /// What the server said.
    pub fn find(&self, session: &mut Session, name: &Name) -> Attempt<Option<Metadata>> {
        self.find_with(session, name, "", "")
    }

    /// As [`find`](Self::find), and keeps others from changing or removing the version to the end of
    /// the transaction.
    ///
    /// # Errors
    /// What the server said.
    pub fn find_locked(&self, session: &mut Session, name: &Name) -> Attempt<Option<Metadata>> {
        self.find_with(session, name, self.hint(Index::NameHash), " FOR UPDATE")
    }

    fn find_with(
        &self,
        session: &mut Session,
        name: &Name,
        hint: &str,
        lock: &str,
    ) -> Attempt<Option<Metadata>> {
        let statement = session.select(
            &format!("SELECT {ROW} FROM ezdbfile{hint} WHERE name_hash = ? ORDER BY id DESC{lock}"),
            &[Param::Text(name.hash().as_bytes())],
        )?;
        let mut found = None;
        while session.fetch(statement)? {
            if found.is_none() && session.bytes(statement, 1) == name.bytes() {
                found = Some(row(session, statement));
            }
        }
        Ok(found)
    }

    /// Starts reading metadata and bytes of a name in one go. The rows are those of the highest id
    /// with the name's hash, in order, metadata in each; none when there is no such row or it
    /// has no bytes.
    ///
    /// # Errors
    /// What the server said.
    pub fn open(&self, session: &mut Session, name: &Name) -> Attempt<StatementId> {
        // The inner SELECT is resolved while the statement is planned: the metadata row is then a
        // constant, and the chunks come in the order of the index without being sorted.
        Ok(session.select_data(
            "SELECT f.id, f.name, f.datatype, f.scope, f.size, f.mtime, d.filedata \
             FROM ezdbfile f INNER JOIN ezdbfile_data d ON d.masterid = f.id \
             WHERE f.id = (SELECT MAX(id) FROM ezdbfile WHERE name_hash = ?) ORDER BY d.id",
            &[Param::Text(name.hash().as_bytes())],
        )?)
    }

    /// Starts reading the bytes of a version.
    ///
    /// # Errors
    /// What the server said.
    pub fn open_version(&self, session: &mut Session, id: u64) -> Attempt<StatementId> {
        Ok(session.select_data(
            "SELECT filedata FROM ezdbfile_data WHERE masterid = ? ORDER BY id",
            &[Param::Int(id.cast_signed())],
        )?)
    }

    /// Starts reading a part of a version: the rows that it touches, when all rows but the last
    /// are of one length, else all rows. None when the version has no rows.
    ///
    /// # Errors
    /// What the server said.
    pub fn open_part(
        &self,
        session: &mut Session,
        version: &Metadata,
        part: &Range<u64>,
    ) -> Attempt<Option<PartRows>> {
        let (rows, first, last) = self.measure(session, version.id)?;
        if rows == 0 {
            return Ok(None);
        }
        if first == 0
            || first.saturating_mul(rows - 1).checked_add(last) != Some(version.size)
            || last > first
        {
            let statement = self.open_version(session, version.id)?;
            return Ok(Some(PartRows {
                statement,
                position: 0,
                stride: None,
            }));
        }
        let skip = part.start / first;
        // The inner SELECT counts in the index, so that rows that are left out are not read, and
        // only the ids are sorted.
        let statement = session.select_data(
            "SELECT d.filedata FROM \
             (SELECT id FROM ezdbfile_data WHERE masterid = ? ORDER BY id LIMIT ?, ?) part \
             STRAIGHT_JOIN ezdbfile_data d ON d.id = part.id ORDER BY part.id",
            &[
                Param::Int(version.id.cast_signed()),
                Param::Int(skip.cast_signed()),
                Param::Int((part.end.div_ceil(first) - skip).cast_signed()),
            ],
        )?;
        Ok(Some(PartRows {
            statement,
            position: skip * first,
            stride: Some(first),
        }))
    }

    /// Number of data rows of a version, and the lengths of the first and the last one. (Those of the
    /// others would cost the server reading them all.)
    fn measure(&self, session: &mut Session, id: u64) -> Attempt<(u64, u64, u64)> {
        let masterid = Param::Int(id.cast_signed());
        let statement = session.select(
            "SELECT COUNT(*), (SELECT LENGTH(filedata) FROM ezdbfile_data WHERE masterid = ? \
             ORDER BY id LIMIT 1), (SELECT LENGTH(filedata) FROM ezdbfile_data WHERE masterid = ? \
             ORDER BY id DESC LIMIT 1) FROM ezdbfile_data WHERE masterid = ?",
            &[masterid, masterid, masterid],
        )?;
        let mut measured = (0, 0, 0);
        while session.fetch(statement)? {
            measured = (
                session.int(statement, 0).cast_unsigned(),
                session.int(statement, 1).cast_unsigned(),
                session.int(statement, 2).cast_unsigned(),
            );
        }
        Ok(measured)
    }
}

/// The rows of a part, as they come.
#[derive(Debug)]
pub struct PartRows {
    /// What they come from.
    pub statement: StatementId,
    /// Position in the file of the first one.
    pub position: u64,
    /// Length that every row but the file's last must have.
    pub stride: Option<u64>,
}

/// The present row of a statement that selects [`ROW`].
pub fn row(session: &Session, statement: StatementId) -> Metadata {
    Metadata {
        id: session.int(statement, 0).cast_unsigned(),
        name: session.bytes(statement, 1).to_vec(),
        datatype: session.bytes(statement, 2).to_vec(),
        scope: session.bytes(statement, 3).to_vec(),
        size: session.int(statement, 4).cast_unsigned(),
        mtime: session.int(statement, 5),
    }
}
