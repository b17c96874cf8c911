//! Copying and renaming a version.

use super::IdLayout;
use crate::mysql::Param;
use crate::pool::Session;
use crate::storage::layout::shape::unfit;
use crate::storage::layout::{Relocating, Trace};
use crate::storage::metadata::Name;
use crate::storage::{Attempt, Metadata};

impl Relocating for IdLayout {
    fn copy(&self, session: &mut Session, from: &Metadata, to: &Name) -> Attempt<Trace> {
        let id = Param::Int(from.number().cast_signed());
        let done = session
            .execute(
                "INSERT INTO ezdbfile (datatype, name, name_hash, scope, size, mtime) \
                 SELECT datatype, ?, ?, scope, size, mtime FROM ezdbfile WHERE id = ?",
                &[self.shape.name_param(to.bytes()), Param::Text(to.digits()), id],
            )
            .map_err(unfit)?;
        session.defer(
            "INSERT INTO ezdbfile_data (masterid, filedata) \
             SELECT ?, filedata FROM ezdbfile_data WHERE masterid = ? ORDER BY id",
            &[Param::Int(done.insert_id.cast_signed()), id],
        )?;
        self.supersede(session, to, done.insert_id)?;
        Ok(Trace::by_id(done.insert_id))
    }

    /// No data row of it is touched.
    fn rename(&self, session: &mut Session, from: &Metadata, to: &Name) -> Attempt<u64> {
        let old = Name::new(from.name());
        session
            .defer(
                "UPDATE ezdbfile SET name = ?, name_hash = ? WHERE id = ?",
                &[
                    self.shape.name_param(to.bytes()),
                    Param::Text(to.digits()),
                    Param::Int(from.number().cast_signed()),
                ],
            )
            .map_err(unfit)?;
        self.erase_named(session, to, "<>", from.number())?;
        self.erase_named(session, &old, "<", from.number())?;
        Ok(from.number())
    }
}
