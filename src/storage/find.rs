//! Looking a file up by its name.

use super::{Metadata, Name, Store};
use crate::error::Result;

impl Store {
    /// The file of a name, live or expired.
    ///
    /// # Errors
    /// What kept the database from telling.
    pub fn find(&self, name: &Name) -> Result<Option<Metadata>> {
        self.read("looking a file up", |session, layout| layout.find(session, name))
    }

    /// There is a live file of a name.
    ///
    /// # Errors
    /// What kept the database from telling.
    pub fn is_live(&self, name: &Name) -> Result<bool> {
        self.read("looking a file up", |session, layout| {
            layout.is_live(session, name)
        })
    }
}
