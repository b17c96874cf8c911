//! Lists of names, delivered one by one.

use super::Store;
use crate::error::{Error, Result};
use crate::mysql::StatementId;
use crate::pool::Lease;

/// Which names a list is to have.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// Scopes; none: whatever the scope.
    pub scopes: Vec<Vec<u8>>,
    /// All scopes but these.
    pub exclude_scopes: bool,
    /// First bytes of the name.
    pub prefix: Vec<u8>,
    /// Only expired files, and of them only those with an absolute mtime of more than so many
    /// seconds ago, by the database's clock.
    pub expired_for: Option<Option<i64>>,
    /// How many are left out first, and how many are wanted then; in order of storing.
    pub limit: Option<(i64, i64)>,
}

/// Names on their way. A list that is dropped before its end gives its connection up.
#[derive(Debug)]
pub struct Names {
    lease: Lease,
    statement: StatementId,
}

impl Store {
    /// Starts a list.
    ///
    /// # Errors
    /// What kept the database from making it.
    pub fn list(&self, wanted: &Wanted) -> Result<Names> {
        let (lease, statement) =
            self.start("listing files", |session, layout| layout.list(session, wanted))?;
        Ok(Names { lease, statement })
    }
}

impl Names {
    /// The next name; none after the last one.
    ///
    /// # Errors
    /// [`Error::Database`] when the list broke off, [`Error::Interrupted`].
    pub fn next_name(&mut self) -> Result<Option<&[u8]>> {
        if crate::interrupt::requested() {
            return Err(Error::Interrupted);
        }
        let session = self.lease.session()?;
        let more = session
            .fetch(self.statement)
            .map_err(Error::database("listing files"))?;
        Ok(more.then(|| session.bytes(self.statement, 0)))
    }
}
