//! Copying and renaming inside the server.

use super::{Name, Store};
use crate::error::Result;

impl Store {
    /// Copies a live file, replacing what has the other name; false when there is no live file.
    ///
    /// # Errors
    /// What kept it from being copied; then nothing was changed.
    pub fn copy(&self, from: &Name, to: &Name) -> Result<bool> {
        self.transaction("copying a file", |session, layout| {
            layout.shape().admit_name(to)?;
            // Locked, so that nobody removes the bytes before they are copied.
            let Some(metadata) = layout.find_locked(session, from)?.filter(|m| !m.is_expired()) else {
                return Ok(false);
            };
            if from == to {
                return Ok(true);
            }
            layout.copy(session, &metadata, to)?;
            Ok(true)
        })
    }

    /// Gives a live file another name, replacing what has it; false when there is no live file.
    ///
    /// # Errors
    /// What kept it from being renamed; then nothing was changed.
    pub fn rename(&self, from: &Name, to: &Name) -> Result<bool> {
        self.transaction("renaming a file", |session, layout| {
            layout.shape().admit_name(to)?;
            // Locked, so that it is not replaced before it is renamed.
            let Some(metadata) = layout.find_locked(session, from)?.filter(|m| !m.is_expired()) else {
                return Ok(false);
            };
            if from == to {
                return Ok(true);
            }
            layout.rename(session, &metadata, to)?;
            Ok(true)
        })
    }
}
