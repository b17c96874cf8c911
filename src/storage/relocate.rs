//! Copying and renaming inside the server.

use super::layout::{Layout, Trace};
use super::{Attempt, Metadata, MetadataRow, Name, Store};
use crate::error::Result;
use crate::pool::Session;

/// What came of a copy or a move.
enum Relocated<T> {
    /// There was no live file.
    Missing,
    /// Its name is the other name already.
    Same,
    /// It has the other name, and is known there by this.
    To(T),
}

impl<T> Relocated<T> {
    fn was_there(&self) -> bool {
        !matches!(self, Self::Missing)
    }
}

impl Store {
    /// Copies a live file, replacing what has the other name; false when there is no live file.
    ///
    /// # Errors
    /// What kept it from being copied; then nothing was changed.
    pub fn copy(&self, from: &Name, to: &Name) -> Result<bool> {
        let work = |session: &mut Session, layout: &dyn Layout| -> Attempt<Relocated<Trace>> {
            layout.shape().admit_name(to)?;
            // Locked, so that nobody removes the bytes before they are copied.
            let Some(metadata) = layout.find_locked(session, from)?.filter(|m| !m.is_expired()) else {
                return Ok(Relocated::Missing);
            };
            if from == to {
                return Ok(Relocated::Same);
            }
            layout.copy(session, &metadata, to).map(Relocated::To)
        };
        self.transaction("copying a file", work, |session, layout, done| match done {
            Relocated::To(trace) => layout.is_stored(session, to, trace),
            _ => Ok(true),
        })
        .map(|done| done.was_there())
    }

    /// Gives a live file another name, replacing what has it; false when there is no live file.
    ///
    /// # Errors
    /// What kept it from being renamed; then nothing was changed.
    pub fn rename(&self, from: &Name, to: &Name) -> Result<bool> {
        let work = |session: &mut Session, layout: &dyn Layout| -> Attempt<Relocated<Metadata>> {
            layout.shape().admit_name(to)?;
            // Locked, so that it is not replaced before it is renamed.
            let Some(metadata) = layout.find_locked(session, from)?.filter(|m| !m.is_expired()) else {
                return Ok(Relocated::Missing);
            };
            if from == to {
                return Ok(Relocated::Same);
            }
            let id = layout.rename(session, &metadata, to)?;
            Ok(Relocated::To(Metadata::from(MetadataRow {
                id: Some(id),
                name: to.bytes(),
                ..metadata.row()
            })))
        };
        self.transaction("renaming a file", work, |session, layout, done| match done {
            Relocated::To(renamed) => layout.is_renamed(session, from, renamed),
            _ => Ok(true),
        })
        .map(|done| done.was_there())
    }
}
