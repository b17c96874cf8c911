//! Lists of names, delivered one by one.

use super::Store;
use crate::error::{Error, Result};
use crate::mysql::StatementId;
use crate::pool::{Lease, Session};

/// What errors say was being done.
const LISTING: &str = "listing files";

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
pub struct Names<'a> {
    store: &'a Store,
    wanted: &'a Wanted,
    /// None between two tries.
    lease: Option<Lease>,
    statement: StatementId,
    /// Halves of the hashes of the names so far, while rows come that others may hide.
    seen: Option<Vec<u64>>,
}

/// What comes next in a list.
#[derive(Debug, PartialEq, Eq)]
pub enum Listed<'a> {
    /// A name.
    Name(&'a [u8]),
    /// The list begins anew: what came so far does not count.
    Anew,
    /// Nothing any more.
    End,
}

impl Store {
    /// Starts a list.
    ///
    /// # Errors
    /// What kept the database from making it.
    pub fn list<'a>(&'a self, wanted: &'a Wanted) -> Result<Names<'a>> {
        // To look for hidden rows here takes a tenth of what it takes the server; they are so rare
        // that the list can be made again when there are some. What is found through an index, or is a small
        // part, is the server's.
        let whole = wanted.prefix.is_empty() && wanted.expired_for.is_none() && wanted.limit.is_none();
        let (lease, (statement, hidden)) = self.start(LISTING, |session, layout| {
            if whole && let Some(statement) = layout.list_every_row(session, wanted)? {
                return Ok((statement, true));
            }
            Ok((layout.list(session, wanted)?, false))
        })?;
        Ok(Names {
            store: self,
            wanted,
            lease: Some(lease),
            statement,
            seen: hidden.then(Vec::new),
        })
    }
}

impl Names<'_> {
    /// The next name.
    ///
    /// # Errors
    /// [`Error::Database`] when the list broke off, [`Error::Interrupted`].
    pub fn next_name(&mut self) -> Result<Listed<'_>> {
        loop {
            if crate::interrupt::requested() {
                return Err(Error::Interrupted);
            }
            let session = on_loan(&mut self.lease)?;
            if !session.fetch(self.statement).map_err(Error::database(LISTING))? {
                if self.seen.take().is_some_and(has_equal_ones) {
                    self.begin_anew()?;
                    return Ok(Listed::Anew);
                }
                return Ok(Listed::End);
            }
            if let Some(seen) = &mut self.seen {
                seen.push(number(session.bytes(self.statement, 1)));
                if session.is_null(self.statement, 0) {
                    continue;
                }
            }
            // Asked for once more: what was borrowed for looking cannot be given away.
            return Ok(Listed::Name(on_loan(&mut self.lease)?.bytes(self.statement, 0)));
        }
    }

    /// Two rows may be of one name: the server is to tell which one hides the other.
    fn begin_anew(&mut self) -> Result<()> {
        // The same connection will do.
        self.lease = None;
        let wanted = self.wanted;
        let (lease, statement) = self
            .store
            .start(LISTING, |session, layout| layout.list(session, wanted))?;
        (self.lease, self.statement) = (Some(lease), statement);
        Ok(())
    }
}

fn on_loan(lease: &mut Option<Lease>) -> Result<&mut Session> {
    match lease {
        Some(lease) => lease.session(),
        None => Err(Error::Refused("the list was given up after an error".into())),
    }
}

/// Hexadecimal digits as a number; what is none becomes 0.
fn number(digits: &[u8]) -> u64 {
    let digits = std::str::from_utf8(digits).unwrap_or_default();
    u64::from_str_radix(digits, 16).unwrap_or_default()
}

/// Sorting is quicker than keeping a set of this size, and takes less memory.
fn has_equal_ones(mut numbers: Vec<u64>) -> bool {
    numbers.sort_unstable();
    numbers.windows(2).any(|pair| matches!(pair, [a, b] if a == b))
}
