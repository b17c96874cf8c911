//! Copying and renaming a version. The result gets a mark of its own: what it was made from may
//! have none, or one that the destination had before.

use super::write::{DROP_ROWS, INSERT_ROW};
use super::{HashLayout, mark};
use crate::mysql::{Param, Part};
use crate::pool::Session;
use crate::storage::layout::{NewFile, Reading, Relocating, Trace};
use crate::storage::metadata::Name;
use crate::storage::{Attempt, Metadata};

/// Gives a hash the bytes of another, without its mark.
const COPY_ROWS: &str = "INSERT INTO ezdbfile_data (name_hash, `offset`, filedata) \
    SELECT ?, `offset`, filedata FROM ezdbfile_data \
    WHERE name_hash = ? AND (`offset` < ? OR filedata <> '') ORDER BY `offset`";
/// Gives the bytes of a hash to another, which has a row and no bytes.
pub(super) const MOVE_ROWS: &str =
    "UPDATE ezdbfile_data FORCE INDEX (PRIMARY) SET name_hash = ? WHERE name_hash = ?";
/// Removes what is no bytes of a version: marks of it, or of what it was made from.
const DROP_MARKS: &str = "DELETE d FROM ezdbfile_data d FORCE INDEX (PRIMARY) \
    WHERE d.name_hash = ? AND d.`offset` >= ? AND d.filedata = ''";

impl Relocating for HashLayout {
    fn copy(&self, session: &mut Session, from: &Metadata, to: &Name) -> Attempt<Trace> {
        let old = Name::new(from.name());
        let rows = [
            Param::Text(to.digits()),
            Param::Text(old.digits()),
            Param::Int(from.size.cast_signed()),
        ];
        let (id, before) =
            self.replace(session, from, to, &[(COPY_ROWS, &rows)], |session, file, then| {
                self.replace_row(session, file, then)
            })?;
        Ok(Trace { id, before })
    }

    fn rename(&self, session: &mut Session, from: &Metadata, to: &Name) -> Attempt<u64> {
        let old = Name::new(from.name());
        let (old, new) = (Param::Text(old.digits()), Param::Text(to.digits()));
        let marks = [new, Param::Int(from.size.cast_signed())];
        let bytes: [Part<'_>; 3] = [
            (MOVE_ROWS, &[new, old]),
            (DROP_MARKS, &marks),
            ("DELETE FROM ezdbfile WHERE name_hash = ?", &[old]),
        ];
        let (id, ()) = self.replace(session, from, to, &bytes, |session, file, then| {
            self.defer_row(session, file, then)
        })?;
        Ok(id)
    }
}

impl HashLayout {
    /// Describes a version under another name, in the place of what has it, gives it bytes, and a mark behind
    /// them; its [`Metadata::id`], and what `put` says.
    fn replace<T>(
        &self,
        session: &mut Session,
        from: &Metadata,
        to: &Name,
        bytes: &[Part<'_>],
        put: impl FnOnce(&mut Session, &NewFile<'_>, &[Part<'_>]) -> Attempt<T>,
    ) -> Attempt<(u64, T)> {
        let file = NewFile {
            name: to,
            datatype: from.datatype(),
            scope: from.scope(),
            size: from.size,
            mtime: from.mtime,
        };
        let hash = Param::Text(to.digits());
        let mark = mark::fresh(from.size, self.offset_max);
        let row = mark.map(|mark| [hash, Param::Int(mark.cast_signed()), Param::Bytes(&[])]);
        let mut then: Vec<Part<'_>> = vec![(DROP_ROWS, std::slice::from_ref(&hash))];
        then.extend(bytes);
        then.extend(row.iter().map(|row| (INSERT_ROW, row.as_slice())));
        let done = put(session, &file, &then)?;
        let id = match mark {
            Some(mark) => mark + 1,
            None => self.find(session, to)?.map_or(0, |metadata| metadata.number()),
        };
        Ok((id, done))
    }
}
