//! Copying and renaming inside the server.

use super::layout::IdLayout;
use super::{Attempt, Name, Store};
use crate::error::Result;
use crate::pool::Session;

/// What came of a copy or a move.
enum Relocated {
    /// There was no live file.
    Missing,
    /// Its name is the other name already.
    Same,
    /// The version with this id has the other name.
    To(u64),
}

impl Relocated {
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
        let work = |session: &mut Session, layout: &IdLayout| -> Attempt<Relocated> {
            layout.admit_name(to)?;
            // Locked, so that nobody removes the bytes before they are copied.
            let Some(metadata) = layout.find_locked(session, from)?.filter(|m| !m.is_expired()) else {
                return Ok(Relocated::Missing);
            };
            if from == to {
                return Ok(Relocated::Same);
            }
            let copied = layout.copy(session, metadata.id, to)?;
            Ok(copied.map_or(Relocated::Missing, Relocated::To))
        };
        self.transaction("copying a file", work, |session, layout, done| match done {
            // A version that came later stands in the place that the copy had.
            Relocated::To(id) => Ok(!layout.committed_versions(session, to, *id)?.is_empty()),
            _ => Ok(true),
        })
        .map(|done| done.was_there())
    }

    /// Gives a live file another name, replacing what has it; false when there is no live file.
    ///
    /// # Errors
    /// What kept it from being renamed; then nothing was changed.
    pub fn rename(&self, from: &Name, to: &Name) -> Result<bool> {
        let work = |session: &mut Session, layout: &IdLayout| -> Attempt<Relocated> {
            layout.admit_name(to)?;
            // Locked, so that it is not replaced before it is renamed.
            let Some(metadata) = layout.find_locked(session, from)?.filter(|m| !m.is_expired()) else {
                return Ok(Relocated::Missing);
            };
            if from == to {
                return Ok(Relocated::Same);
            }
            let renamed = layout.rename(session, metadata.id, from, to)?;
            Ok(if renamed {
                Relocated::To(metadata.id)
            } else {
                Relocated::Missing
            })
        };
        self.transaction("renaming a file", work, |session, layout, done| match done {
            // It has the new name, or had it and was replaced since: nothing has the old one.
            Relocated::To(id) => Ok(layout.committed_versions(session, to, *id)?.contains(id)
                || layout.committed_versions(session, from, 0)?.is_empty()),
            _ => Ok(true),
        })
        .map(|done| done.was_there())
    }
}
