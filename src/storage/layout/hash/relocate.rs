//! Copying and renaming a version. The result gets a mark of its own: what it was made from may
//! have none, or one that the destination had before.

use super::write::{drop_rows, insert_rows};
use super::{HashLayout, mark};
use crate::mysql::Param;
use crate::pool::Session;
use crate::storage::layout::{NewFile, Reading, Relocating, Trace};
use crate::storage::metadata::Name;
use crate::storage::{Attempt, Metadata};

impl Relocating for HashLayout {
    fn copy(&self, session: &mut Session, from: &Metadata, to: &Name) -> Attempt<Trace> {
        let before = self.find(session, to)?;
        self.make_room(session, from, to)?;
        session.execute(
            "INSERT INTO ezdbfile_data (name_hash, `offset`, filedata) \
             SELECT ?, `offset`, filedata FROM ezdbfile_data \
             WHERE name_hash = ? AND (`offset` < ? OR filedata <> '') ORDER BY `offset`",
            &[
                Param::Text(to.hash().as_bytes()),
                Param::Text(Name::new(&from.name).hash().as_bytes()),
                Param::Int(from.size.cast_signed()),
            ],
        )?;
        let id = self.add_mark(session, from.size, to)?;
        Ok(Trace { id, before })
    }

    fn rename(&self, session: &mut Session, from: &Metadata, to: &Name) -> Attempt<u64> {
        let old = Name::new(&from.name);
        self.make_room(session, from, to)?;
        move_rows(session, &old, to)?;
        session.execute(
            "DELETE d FROM ezdbfile_data d FORCE INDEX (PRIMARY) \
             WHERE d.name_hash = ? AND d.`offset` >= ? AND d.filedata = ''",
            &[
                Param::Text(to.hash().as_bytes()),
                Param::Int(from.size.cast_signed()),
            ],
        )?;
        let id = self.add_mark(session, from.size, to)?;
        session.execute(
            "DELETE FROM ezdbfile WHERE name_hash = ?",
            &[Param::Text(old.hash().as_bytes())],
        )?;
        Ok(id)
    }
}

impl HashLayout {
    /// Describes a version under another name, in the place of what has it.
    fn make_room(&self, session: &mut Session, from: &Metadata, to: &Name) -> Attempt<()> {
        let file = NewFile {
            name: to,
            datatype: &from.datatype,
            scope: &from.scope,
            size: from.size,
            mtime: from.mtime,
        };
        self.put_row(session, &file)?;
        drop_rows(session, to)
    }

    /// Ends a version with a mark; its [`Metadata::id`].
    fn add_mark(&self, session: &mut Session, size: u64, to: &Name) -> Attempt<u64> {
        if let Some(mark) = mark::fresh(size, self.offset_max) {
            insert_rows(session, to.hash(), &[(mark, &[])])?;
            return Ok(mark + 1);
        }
        Ok(self.find(session, to)?.map_or(0, |metadata| metadata.id))
    }
}

/// Gives the bytes of a name to another, which has a row and no bytes.
pub(super) fn move_rows(session: &mut Session, from: &Name, to: &Name) -> Attempt<()> {
    session.execute(
        "UPDATE ezdbfile_data FORCE INDEX (PRIMARY) SET name_hash = ? WHERE name_hash = ?",
        &[
            Param::Text(to.hash().as_bytes()),
            Param::Text(from.hash().as_bytes()),
        ],
    )?;
    Ok(())
}
