//! Claims: one process makes a new version of a file, the others wait or use the old one.

use std::time::Duration;

pub use super::layout::Seen;
use super::layout::{self, ClaimKey, ClaimWanted, Grant, Layout, NewFile};
use super::source::Source;
use super::write::{Description, Stored, write_rows};
use super::{Attempt, Metadata, Name, Store};
use crate::error::{Error, Result};
use crate::pool::{LockId, Session};

/// Pause between two looks at a claim that cannot be waited for.
pub const POLL: Duration = Duration::from_millis(200);
/// What a claimed path ends with.
pub const SUFFIX: &[u8] = b".generating";

/// What tells a claim from every other of this process: the lock that was taken for it.
pub type ClaimId = LockId;

/// A file that this process has claimed.
#[derive(Debug, Clone)]
pub struct Claim {
    real: Name,
    generating: Name,
    lock: LockId,
    id: u64,
    /// What was stored under the claim's name so far.
    kept: Option<Kept>,
}

#[derive(Debug, Clone)]
struct Kept {
    datatype: Vec<u8>,
    scope: Vec<u8>,
    size: u64,
    mtime: i64,
}

impl Kept {
    fn as_file<'a>(&'a self, name: &'a Name) -> NewFile<'a> {
        NewFile {
            name,
            datatype: &self.datatype,
            scope: &self.scope,
            size: self.size,
            mtime: self.mtime,
        }
    }
}

/// What came of wanting a claim.
#[derive(Debug)]
pub enum Claimed {
    /// It is this process's.
    Granted(Claim),
    /// Somebody stored a higher version meanwhile: look again.
    Overtaken,
    /// The table does not hold the name of a claim, which is longer than that of the file.
    Unnameable(Error),
    /// Somebody else has it.
    Refused {
        /// Seconds until it may be taken over.
        seconds: i64,
        /// Waiting for the lock is waiting for the claim.
        locked: bool,
    },
}

impl Claim {
    /// The file.
    #[must_use]
    pub fn real(&self) -> &Name {
        &self.real
    }

    /// The name under which it is made.
    #[must_use]
    pub fn generating(&self) -> &Name {
        &self.generating
    }

    /// What tells it from others, of the same name before it and in other databases, too.
    #[must_use]
    pub fn identity(&self) -> ClaimId {
        self.lock
    }

    fn key(&self) -> ClaimKey<'_> {
        ClaimKey {
            generating: &self.generating,
            id: self.id,
            kept: self.kept.is_some(),
        }
    }
}

/// The name is one under which a file is made.
#[must_use]
pub fn is_generating(name: &[u8]) -> bool {
    name.ends_with(SUFFIX)
}

/// The name under which a file is made.
#[must_use]
pub fn generating(real: &Name) -> Name {
    Name::new(&[real.bytes(), SUFFIX].concat())
}

impl Store {
    /// Claims a file. `seen`: what the caller knows of it; when there is a later version, it should
    /// look again instead. `timeout`: seconds after which a claim of
    /// somebody else counts no more.
    ///
    /// # Errors
    /// What kept the database from it; nothing is claimed then.
    pub fn claim(&self, real: &Name, seen: Seen<'_>, timeout: i64) -> Result<Claimed> {
        let generating = generating(real);
        let lock = self.lock_of(&generating);
        self.read("claiming a file", |session, layout| {
            if let Err(error) = layout.shape().admit_name(&generating) {
                return Ok(Claimed::Unnameable(error));
            }
            let wanted = ClaimWanted {
                real,
                generating: &generating,
                lock: &lock,
                seen,
                timeout,
            };
            Ok(match layout::claim(layout, session, &wanted)? {
                Grant::Granted(id) => Claimed::Granted(Claim {
                    real: real.clone(),
                    generating: generating.clone(),
                    lock: session.took_lock(&lock),
                    id,
                    kept: None,
                }),
                Grant::Overtaken => Claimed::Overtaken,
                Grant::Refused { seconds, locked } => Claimed::Refused { seconds, locked },
            })
        })
    }

    fn lock_of(&self, generating: &Name) -> String {
        lock_of(&self.pool().settings().database, generating)
    }

    #[cfg(test)]
    pub(super) fn lock_of_for_tests(&self, real: &Name) -> String {
        self.lock_of(&generating(real))
    }

    /// Makes a claim young again; false when another took it over.
    ///
    /// # Errors
    /// What kept the database from it.
    pub fn renew(&self, claim: &Claim) -> Result<bool> {
        self.read("renewing a claim", |session, layout| {
            layout.renew_claim(session, &claim.key())
        })
    }

    /// Keeps bytes under the claim's name.
    ///
    /// # Errors
    /// [`Error::Refused`] when the claim is lost, or what kept them from being stored; what was
    /// kept before is as it was then.
    pub fn keep(
        &self,
        claim: &mut Claim,
        description: Description<'_>,
        source: &mut dyn Source,
    ) -> Result<Stored> {
        let key = claim.key();
        let work = |session: &mut Session, layout: &dyn Layout| -> Attempt<(Kept, Stored)> {
            let (datatype, fits) = layout.shape().datatype(description.datatype);
            let kept = Kept {
                datatype: datatype.to_vec(),
                scope: description.scope.to_vec(),
                size: source.size(),
                mtime: description.mtime.max(1),
            };
            source.rewind()?;
            let Some(mut draft) = layout.refill_claim(session, &key, kept.size)? else {
                return Err(
                    Error::Refused("the claim was lost: another process makes this file now".into()).into(),
                );
            };
            write_rows(session, layout, &mut draft, source)?;
            let stored = Stored {
                metadata: layout.described(&kept.as_file(key.generating), draft.id),
                datatype_replaced: !fits,
            };
            Ok((kept, stored))
        };
        // Bytes that are kept already are replaced by the same ones.
        let done = self.transaction("storing a file", work, |_, _, _| Ok(false));
        if let Err(Error::CommitUnknown { .. }) = &done {
            // Neither the old description nor the new one is known to fit to the rows.
            claim.kept = None;
        }
        let (kept, stored) = done?;
        claim.kept = Some(kept);
        Ok(stored)
    }

    /// Makes what was kept under the claim's name the file, and gives the claim up; none when
    /// nothing was kept or the claim was lost.
    ///
    /// # Errors
    /// What kept the database from it; the claim is given up all the same.
    pub fn finish(&self, claim: &Claim) -> Result<Option<Metadata>> {
        let Some(kept) = &claim.kept else {
            self.release(claim)?;
            return Ok(None);
        };
        let key = claim.key();
        let file = kept.as_file(&claim.real);
        let work = |session: &mut Session, layout: &dyn Layout| -> Attempt<Option<Metadata>> {
            let id = layout.publish_kept(session, &key, &file)?;
            if id.is_some() {
                session.release_lock_on_commit(claim.lock);
            }
            Ok(id.map(|id| layout.described(&file, id)))
        };
        let finished = self.transaction("ending a generation", work, |session, layout, done| match done {
            Some(file) => layout.is_published(session, &key, file),
            None => Ok(true),
        });
        self.settle(claim, finished)
    }

    /// Stores bytes as the claimed file, and gives the claim up; none when it was lost.
    ///
    /// # Errors
    /// What kept them from being stored; the claim is given up all the same.
    pub fn finish_with(
        &self,
        claim: &Claim,
        description: Description<'_>,
        source: &mut dyn Source,
    ) -> Result<Option<Stored>> {
        let key = claim.key();
        let work = |session: &mut Session, layout: &dyn Layout| -> Attempt<Option<Stored>> {
            let shape = layout.shape();
            let (datatype, fits) = shape.datatype(description.datatype);
            let file = NewFile {
                name: &claim.real,
                datatype,
                scope: shape.scope(description.scope),
                size: source.size(),
                mtime: description.mtime.max(1),
            };
            shape.admit(&file)?;
            source.rewind()?;
            let Some(mut draft) = layout.begin_claimed(session, &key, &file)? else {
                return Ok(None);
            };
            write_rows(session, layout, &mut draft, source)?;
            layout.complete_claimed(session, &draft, &claim.real)?;
            session.release_lock_on_commit(claim.lock);
            Ok(Some(Stored {
                metadata: layout.described(&file, draft.id),
                datatype_replaced: !fits,
            }))
        };
        let finished = self.transaction("storing a file", work, |session, layout, done| match done {
            Some(stored) => layout.is_published(session, &key, &stored.metadata),
            None => Ok(true),
        });
        self.settle(claim, finished)
    }

    /// Gives the lock of a claim up, and after a failure its row too.
    fn settle<T>(&self, claim: &Claim, finished: Result<Option<T>>) -> Result<Option<T>> {
        match finished {
            Ok(Some(value)) => {
                // Mostly it went with the COMMIT, and nothing is left to do.
                self.pool().release_lock(claim.lock);
                Ok(Some(value))
            }
            // Lost: a row that a delete has marked is still there.
            Ok(None) => self.release(claim).map(|()| None),
            Err(error) => {
                // The first error is the one to tell; a row that stays is free without its lock.
                let _ = self.release(claim);
                Err(error)
            }
        }
    }

    /// Gives a claim up: nothing of it stays, the file is as it was.
    ///
    /// # Errors
    /// What kept the database from removing the row. The lock is given back all the same, so that
    /// others may take the claim.
    pub fn release(&self, claim: &Claim) -> Result<()> {
        let dropped = self.read("giving a claim up", |session, layout| {
            layout.drop_claim(session, &claim.key())
        });
        self.pool().release_lock(claim.lock);
        dropped
    }

    /// Waits for the claim of another process to end, for a second at most; true when it did.
    /// The server wakes the waiting connection: nothing is polled.
    ///
    /// # Errors
    /// What kept the server from it.
    pub fn await_claim(&self, real: &Name) -> Result<bool> {
        let lock = self.lock_of(&generating(real));
        // A wait as long as the limit for reads would look like a lost connection.
        let seconds = i64::from(self.pool().settings().read_timeout > 1);
        let free = self.read("waiting for a file", |session, _| {
            layout::await_lock(session, &lock, seconds)
        })?;
        if !free && seconds == 0 {
            std::thread::sleep(POLL);
        }
        Ok(free)
    }
}

/// The server's lock of a claim. Locks are the server's, not the database's, and their names have 64
/// characters at most.
pub(super) fn lock_of(database: &str, generating: &Name) -> String {
    let place = [database.as_bytes(), b"/", generating.bytes()].concat();
    format!("ezdbfile.{}", Name::new(&place).hash())
}
