//! Lists of names, delivered one by one.

use std::hash::{DefaultHasher, Hasher};

use super::Store;
use crate::error::{Error, Result};
use crate::mysql::StatementId;
use crate::pool::{Lease, Session};

/// What errors say was being done.
const LISTING: &str = "listing files";
/// Names that are handed out together, at most.
const BATCH: usize = 256;

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
    /// While rows come that others may hide.
    seen: Option<Seen>,
}

/// What the names so far are told from each other by.
#[derive(Debug)]
struct Seen {
    hashes: Vec<u64>,
    /// The rows tell the hashes.
    are_told: bool,
}

/// What comes next in a list.
#[derive(Debug, PartialEq, Eq)]
pub enum Listed<T> {
    /// A name, or several.
    Next(T),
    /// The list begins anew: what came so far does not count.
    Anew,
    /// Nothing any more.
    End,
}

/// Names that were handed out together.
#[derive(Debug, Default)]
pub struct Batch {
    bytes: Vec<u8>,
    /// Where each name ends.
    ends: Vec<usize>,
}

impl Batch {
    /// The names.
    pub fn iter(&self) -> impl Iterator<Item = &[u8]> {
        let starts = std::iter::once(&0).chain(&self.ends);
        starts
            .zip(&self.ends)
            .map(|(start, end)| self.bytes.get(*start..*end).unwrap_or_default())
    }

    fn clear(&mut self) {
        self.bytes.clear();
        self.ends.clear();
    }

    fn push(&mut self, name: &[u8]) {
        self.bytes.extend_from_slice(name);
        self.ends.push(self.bytes.len());
    }
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
        let (lease, (statement, seen)) = self.start(LISTING, |session, layout| {
            if whole && let Some(rows) = layout.list_every_row(session, wanted)? {
                let seen = Seen {
                    hashes: Vec::new(),
                    are_told: rows.tells_hash,
                };
                return Ok((rows.statement, Some(seen)));
            }
            Ok((layout.list(session, wanted)?, None))
        })?;
        Ok(Names {
            store: self,
            wanted,
            lease: Some(lease),
            statement,
            seen,
        })
    }
}

impl Names<'_> {
    /// The next name.
    ///
    /// # Errors
    /// [`Error::Database`] when the list broke off, [`Error::Interrupted`].
    pub fn next_name(&mut self) -> Result<Listed<&[u8]>> {
        Ok(match self.advance()? {
            Listed::Next(()) => Listed::Next(self.name()?),
            Listed::Anew => Listed::Anew,
            Listed::End => Listed::End,
        })
    }

    /// The next names, some at once, in the place of those in `batch`: for those to whom each step costs.
    ///
    /// # Errors
    /// As [`next_name`](Self::next_name).
    pub fn next_names<'b>(&mut self, batch: &'b mut Batch) -> Result<Listed<&'b Batch>> {
        batch.clear();
        while batch.ends.len() < BATCH {
            match self.advance()? {
                Listed::Next(()) => batch.push(self.name()?),
                Listed::Anew => return Ok(Listed::Anew),
                Listed::End if batch.ends.is_empty() => return Ok(Listed::End),
                Listed::End => break,
            }
        }
        Ok(Listed::Next(batch))
    }

    /// The present name.
    fn name(&mut self) -> Result<&[u8]> {
        Ok(on_loan(&mut self.lease)?.bytes(self.statement, 0))
    }

    /// Goes on to the next name.
    fn advance(&mut self) -> Result<Listed<()>> {
        loop {
            if crate::interrupt::requested() {
                return Err(Error::Interrupted);
            }
            let session = on_loan(&mut self.lease)?;
            if !session.fetch(self.statement).map_err(Error::database(LISTING))? {
                if self.seen.take().is_some_and(|seen| has_equal_ones(seen.hashes)) {
                    self.begin_anew()?;
                    return Ok(Listed::Anew);
                }
                return Ok(Listed::End);
            }
            if let Some(seen) = &mut self.seen {
                seen.hashes.push(if seen.are_told {
                    number(session.bytes(self.statement, 1))
                } else {
                    hash(session.bytes(self.statement, 0))
                });
                if session.is_null(self.statement, 0) {
                    continue;
                }
            }
            return Ok(Listed::Next(()));
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

/// A number that hardly any two names have in common. (Two that have cost another list.)
fn hash(name: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    hasher.write(name);
    hasher.finish()
}

/// Sorting is quicker than keeping a set of this size, and takes less memory.
fn has_equal_ones(mut numbers: Vec<u64>) -> bool {
    numbers.sort_unstable();
    numbers.windows(2).any(|pair| matches!(pair, [a, b] if a == b))
}
