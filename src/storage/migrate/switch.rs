//! Putting the new tables in the place of the old ones.
//!
//! Two connections hold writers off (`LOCK TABLES … READ`, one for each table; readers go on) while the
//! last changes are copied. A third one begins to rename the tables, and waits for the first table; the
//! connection that holds it lets go, and the renaming has it and waits for the second; then the other
//! lets go. A renaming that stands in line at a table gets it before all reading and writing that waits,
//! so no change comes between, whichever table it touches first. Until the last one is about to let go, a
//! table without rows stands under the name that the old table is to have: if one of these connections is
//! lost, the renaming fails, and everything is as it was.

use std::time::{Duration, Instant};

use super::tables::{self, NEW, OLD, There};
use super::{Migration, take};
use crate::error::{Error, Result};
use crate::mysql::MysqlError;
use crate::pool::{Lease, Session};

const DOING: &str = "exchanging the tables";
/// How long the renaming may take to come to a point where it waits.
const TO_WAIT: Duration = Duration::from_millis(900);
/// Pause between two looks at it.
const LOOK: Duration = Duration::from_millis(2);

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exchange {
    /// The new tables are those of the site.
    Done,
    /// Statements or transactions on the tables took too long to be waited for, more was changed than can be copied while
    /// writers wait, or a connection was lost.
    Busy,
    /// There are files that cannot be taken over.
    Stopped,
}

/// The connections of one try. Their locks and settings go with them.
struct Hands {
    /// Never waits for a table.
    watcher: Lease,
    /// Holds `ezdbfile`.
    files: Lease,
    /// Holds `ezdbfile_data`, and the place of the old table.
    data: Lease,
    renamer: Lease,
}

impl Hands {
    fn discard(&mut self) {
        for lease in [
            &mut self.files,
            &mut self.data,
            &mut self.renamer,
            &mut self.watcher,
        ] {
            lease.discard();
        }
    }
}

impl Migration<'_> {
    /// Tries once, and takes seconds at most.
    pub(super) fn exchange(&mut self) -> Result<Exchange> {
        // One that somebody has made meanwhile stays in the way.
        There::look(self.writer.session()?)?.check_way()?;
        let pool = self.store.pool();
        let mut hands = Hands {
            watcher: pool.connect()?,
            files: pool.connect()?,
            data: pool.connect()?,
            renamer: pool.connect()?,
        };
        let done = self.exchange_by(&mut hands);
        hands.discard();
        // The answer of a renaming may be lost, or come late: once it has ended, the tables themselves tell.
        let writer = self.writer.session()?;
        self.store.await_renaming(writer)?;
        let switched = !There::look(writer)?.has(NEW[0]);
        match (done, switched) {
            (_, true) => Ok(Exchange::Done),
            (done, false) => {
                tables::drop_place_holder(self.writer.session()?)?;
                match done {
                    Err(error) if is_worth_another(&error) => Ok(Exchange::Busy),
                    Ok(Exchange::Done) => Ok(Exchange::Busy),
                    other => other,
                }
            }
        }
    }

    /// Waits until every transaction that has changed the tables by now has ended; false when that takes
    /// too long.
    pub(super) fn wait_for_writers(&self) -> Result<bool> {
        let mut lease = self.store.pool().connect()?;
        let session = lease.session()?;
        let waited = tables::be_brief(session)
            .and_then(|()| session.query("LOCK TABLES ezdbfile READ, ezdbfile_data READ"))
            .and_then(|_| unlock(session));
        lease.discard();
        match waited {
            Ok(()) => Ok(true),
            Err(error) if error.is_conflict() || error.is_gone() => Ok(false),
            Err(error) => Err(Error::database(DOING)(error)),
        }
    }

    fn exchange_by(&mut self, hands: &mut Hands) -> Result<Exchange> {
        let (files, data) = (hands.files.session()?, hands.data.session()?);
        let (renamer, watcher) = (hands.renamer.session()?, hands.watcher.session()?);
        if !take(renamer, &self.store.renaming_lock()).map_err(Error::database(DOING))? {
            return Ok(Exchange::Busy);
        }
        let mut hold = || -> std::result::Result<(), MysqlError> {
            tables::never_wait(watcher)?;
            tables::be_brief(files)?;
            tables::be_brief(data)?;
            tables::be_brief(renamer)?;
            data.query(&tables::place_holder())?;
            files.query("LOCK TABLES ezdbfile READ")?;
            data.query(&format!("LOCK TABLES ezdbfile_data READ, {} WRITE", OLD[0]))?;
            Ok(())
        };
        hold().map_err(Error::database(DOING))?;
        let hindered = match self.follow_to_the_end() {
            Ok(false) => Ok(Some(Exchange::Busy)),
            Ok(true) => self
                .is_stopped()
                .map(|stopped| stopped.then_some(Exchange::Stopped)),
            Err(error) => Err(error),
        };
        if let Some(hindered) = hindered.transpose() {
            unlock(files).and(unlock(data)).map_err(Error::database(DOING))?;
            return hindered;
        }
        std::thread::scope(|scope| {
            let renaming = scope.spawn(|| renamer.query(&rename()));
            let mut waits_for = |table: &str| -> std::result::Result<bool, MysqlError> {
                let begun = Instant::now();
                while !renaming.is_finished() && begun.elapsed() < TO_WAIT {
                    if is_in_line(watcher, table)? {
                        return Ok(true);
                    }
                    std::thread::sleep(LOOK);
                }
                Ok(false)
            };
            let mut let_go = || -> std::result::Result<(), MysqlError> {
                if !waits_for("ezdbfile")? {
                    return Ok(());
                }
                // Where this fails, nobody knows how long the table was held.
                unlock(files)?;
                if !waits_for("ezdbfile_data")? {
                    return Ok(());
                }
                data.query(&format!("DROP TABLE {}", OLD[0])).map(drop)
            };
            let freed = let_go();
            // In any case: the renaming waits for it.
            let unlocked = unlock(files).and(unlock(data));
            let renamed = renaming
                .join()
                .unwrap_or_else(|_| Err(MysqlError::own("the renaming came to no end")));
            freed
                .and(unlocked)
                .and(renamed.map(drop))
                .map_err(Error::database(DOING))?;
            Ok(Exchange::Done)
        })
    }
}

fn rename() -> String {
    let [files, data] = NEW;
    let [old_files, old_data] = OLD;
    format!(
        "RENAME TABLE ezdbfile TO {old_files}, ezdbfile_data TO {old_data}, \
         {files} TO ezdbfile, {data} TO ezdbfile_data"
    )
}

fn unlock(session: &mut Session) -> std::result::Result<(), MysqlError> {
    session.query("UNLOCK TABLES").map(drop)
}

/// Somebody is about to change the definition of a table, or does: whoever comes to read it has to wait.
fn is_in_line(watcher: &mut Session, table: &str) -> std::result::Result<bool, MysqlError> {
    match watcher.query(&format!("SELECT 1 FROM {table} LIMIT 0")) {
        Ok(_) => Ok(false),
        Err(error) if error.is_conflict() => Ok(true),
        Err(error) => Err(error),
    }
}

pub(super) fn count(session: &mut Session, sql: &str) -> std::result::Result<u64, MysqlError> {
    let statement = session.select(sql, &[])?;
    let mut count = 0;
    while session.fetch(statement)? {
        count = session.int(statement, 0).cast_unsigned();
    }
    Ok(count)
}

/// A lock was waited for in vain, the place is taken that is to be free, or a connection was lost.
fn is_worth_another(error: &Error) -> bool {
    const ER_TABLE_EXISTS: u32 = 1050;
    error
        .mysql()
        .is_some_and(|error| error.is_conflict() || error.is_gone() || error.code == ER_TABLE_EXISTS)
}
