//! Going through all files in steps that hold nothing: no lock, no view of the database, and
//! memory for one step alone.

use super::layout::{CheckRow, Layout};
use super::{Metadata, MetadataRow, Store};
use crate::error::{Error, Result};

/// Files in a step.
const STEP_FILES: usize = 1000;

impl Store {
    /// Calls `each` for every file, live or expired, in the order of the tables' keys; claims are
    /// among them, rows that another one of the name hides are not.
    ///
    /// # Errors
    /// What kept the database from telling, [`Error::Interrupted`], or what `each` says.
    pub fn walk<E: From<Error>>(
        &self,
        each: &mut dyn FnMut(Metadata) -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E> {
        let mut after: Option<Vec<u8>> = None;
        let mut kind = None;
        loop {
            let rows = self.step_behind(after.as_deref(), &mut kind)?;
            let last = rows.last().map(|row| row.key.clone());
            let more = rows.len() == STEP_FILES;
            for row in rows.into_iter().filter(|row| !row.superseded) {
                if crate::interrupt::requested() {
                    return Err(Error::Interrupted.into());
                }
                each(metadata(row))?;
            }
            if !more {
                return Ok(());
            }
            after = last;
        }
    }

    fn step_behind(&self, after: Option<&[u8]>, kind: &mut Option<&'static str>) -> Result<Vec<CheckRow>> {
        self.read("going through the files", |session, layout| {
            same_kind(after, kind, layout)?;
            layout.check_files(session, after, None, STEP_FILES)
        })
    }
}

/// Checks that keys of the step before mean something in these tables.
///
/// # Errors
/// [`Error::Refused`].
pub(super) fn same_kind(
    after: Option<&[u8]>,
    kind: &mut Option<&'static str>,
    layout: &dyn Layout,
) -> Result<()> {
    let before = kind.replace(layout.kind());
    if after.is_none() || before == *kind {
        return Ok(());
    }
    Err(Error::Refused(
        "the tables were migrated to another layout meanwhile: begin again".into(),
    ))
}

fn metadata(row: CheckRow) -> Metadata {
    Metadata::from(MetadataRow {
        id: Some(row.id),
        name: &row.name,
        name_trunk: None,
        datatype: &row.datatype,
        scope: &row.scope,
        size: row.size,
        mtime: row.mtime,
    })
}
