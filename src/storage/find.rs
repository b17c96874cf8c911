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

    /// As [`find`](Self::find), for those who need not know which version it is: [`Metadata::id`] may be none.
    ///
    /// # Errors
    /// What kept the database from telling.
    pub fn describe(&self, name: &Name) -> Result<Option<Metadata>> {
        self.read("looking a file up", |session, layout| {
            layout.describe(session, name)
        })
    }

    /// There is a live file of a name.
    ///
    /// # Errors
    /// What kept the database from telling.
    pub fn is_live(&self, name: &Name) -> Result<bool> {
        let found = self.describe(name)?;
        Ok(found.is_some_and(|metadata| !metadata.is_expired()))
    }
}
