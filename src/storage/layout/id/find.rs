//! Looking versions up and reading them.

use super::{IdLayout, Index};
use crate::mysql::{Param, StatementId};
use crate::pool::Session;
use crate::storage::Attempt;
use crate::storage::layout::{Part, Reading, Rows};
use crate::storage::metadata::{Metadata, MetadataRow, Name};

/// How a row of `ezdbfile` is read; the function [`row`] follows the order. (A macro, so that statements
/// that are sent all the time are there from the start.)
macro_rules! columns {
    () => {
        "id, name, datatype, scope, size, mtime"
    };
}
const FIND: &str = concat!("SELECT ", columns!(), " FROM ezdbfile WHERE name_hash = ?");

impl Reading for IdLayout {
    fn find(&self, session: &mut Session, name: &Name) -> Attempt<Option<Metadata>> {
        find_with(session, name, FIND)
    }

    fn find_locked(&self, session: &mut Session, name: &Name) -> Attempt<Option<Metadata>> {
        let (columns, hint) = (columns!(), self.hint(Index::NameHash));
        find_with(
            session,
            name,
            &format!("SELECT {columns} FROM ezdbfile{hint} WHERE name_hash = ? FOR UPDATE"),
        )
    }

    fn open(&self, session: &mut Session, name: &Name) -> Attempt<Rows> {
        // The inner SELECT is resolved while the statement is planned: the metadata row is then a
        // constant, and the chunks come in the order of the index without being sorted.
        Ok(rows(session.select_data(
            "SELECT f.id, f.name, f.datatype, f.scope, f.size, f.mtime, d.filedata \
             FROM ezdbfile f INNER JOIN ezdbfile_data d ON d.masterid = f.id \
             WHERE f.id = (SELECT MAX(id) FROM ezdbfile WHERE name_hash = ?) ORDER BY d.id",
            &[Param::Text(name.digits())],
        )?))
    }

    fn row(&self, session: &Session, rows: Rows) -> Metadata {
        row(session, rows.statement)
    }

    fn open_version(&self, session: &mut Session, metadata: &Metadata) -> Attempt<Rows> {
        Ok(rows(session.select_data(
            "SELECT filedata FROM ezdbfile_data WHERE masterid = ? ORDER BY id",
            &[Param::Int(metadata.number().cast_signed())],
        )?))
    }

    fn open_part(
        &self,
        session: &mut Session,
        metadata: &Metadata,
        from: u64,
        until: u64,
    ) -> Attempt<Option<Part>> {
        let (count, first, last) = self.measure(session, metadata.number())?;
        if count == 0 {
            return Ok(None);
        }
        // Rows do not tell where they begin: only when all but the last have one length can the
        // others be left out. The first, the last and their number say so for every version whose rows
        // were written by a loop; the rows that are read are held against it. What rows between would say is not
        // asked: their lengths cost the server reading all their bytes (3200 rows of 64 KiB: 250 MB from the disk
        // and 2.5 s for SUM(LENGTH(filedata)), the same for IS NOT NULL, where number, first and last take
        // 0.3 MB), which is what a part of a large file must not do. So rows before a part that differ from the
        // first in opposite directions by the same length, which nobody writes, or one that lost bytes,
        // go unnoticed here; ezdbfile_check() finds the latter, and a whole read too.
        let even = last <= first && first.saturating_mul(count - 1).checked_add(last) == Some(metadata.size);
        if first == 0 || !even {
            return Ok(Some(Part {
                rows: self.open_version(session, metadata)?,
                position: 0,
                stride: None,
            }));
        }
        let skip = from / first;
        // The inner SELECT counts in the index, so that rows that are left out are not read, and
        // only the ids are sorted.
        let statement = session.select_data(
            "SELECT d.filedata FROM \
             (SELECT id FROM ezdbfile_data WHERE masterid = ? ORDER BY id LIMIT ?, ?) part \
             STRAIGHT_JOIN ezdbfile_data d ON d.id = part.id ORDER BY part.id",
            &[
                Param::Int(metadata.number().cast_signed()),
                Param::Int(skip.cast_signed()),
                Param::Int((until.div_ceil(first) - skip).cast_signed()),
            ],
        )?;
        Ok(Some(Part {
            rows: rows(statement),
            position: skip * first,
            stride: Some(first),
        }))
    }
}

impl IdLayout {
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

/// The file of a name: the row with the highest id. (To have it come first would take the server an eighth longer, and
/// mostly there is no other.)
fn find_with(session: &mut Session, name: &Name, sql: &str) -> Attempt<Option<Metadata>> {
    let statement = session.select(sql, &[Param::Text(name.digits())])?;
    let mut found: Option<Metadata> = None;
    while session.fetch(statement)? {
        if session.bytes(statement, 1) == name.bytes() {
            let other = row(session, statement);
            if found.as_ref().is_none_or(|found| found.id < other.id) {
                found = Some(other);
            }
        }
    }
    Ok(found)
}

fn rows(statement: StatementId) -> Rows {
    Rows {
        statement,
        offset: None,
    }
}

/// The present row of a statement that selects [`columns!`].
fn row(session: &Session, statement: StatementId) -> Metadata {
    Metadata::from(columns(session, statement))
}

/// As [`row`], as long as there is no next row.
pub(super) fn columns(session: &Session, statement: StatementId) -> MetadataRow<'_> {
    MetadataRow {
        id: Some(session.int(statement, 0).cast_unsigned()),
        name: session.bytes(statement, 1),
        name_trunk: None,
        datatype: session.bytes(statement, 2),
        scope: session.bytes(statement, 3),
        size: session.int(statement, 4).cast_unsigned(),
        mtime: session.int(statement, 5),
    }
}
