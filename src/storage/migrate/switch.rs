//! Putting the new tables in the place of the old ones.
//!
//! One connection holds writers off (`LOCK TABLES … READ`; readers go on) while the last changes are
//! copied. A second one begins to rename the tables, and waits; then the first lets go. The server lets
//! the renaming go before all reading and writing that waits, so no change comes between. Until
//! the first one is about to let go, a table without rows stands under the name that the old table
//! is to have: if that connection is lost, the renaming fails, and everything is as it was.

use std::time::{Duration, Instant};

use super::Migration;
use super::tables::{self, CHANGES, NEW, OLD, There};
use crate::error::{Error, Result};
use crate::mysql::MysqlError;
use crate::pool::{Lease, Session};

const DOING: &str = "exchanging the tables";
/// How long the renaming may take to come to the point where it waits.
const TO_WAIT: Duration = Duration::from_millis(900);
/// Pause between two looks at it.
const LOOK: Duration = Duration::from_millis(2);

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exchange {
    /// The new tables are those of the site.
    Done,
    /// Statements or transactions on the tables took too long to be waited for, or a connection was lost.
    Busy,
    /// There are files that cannot be taken over.
    Stopped,
}

impl Migration<'_> {
    /// Tries once, and takes seconds at most.
    pub(super) fn exchange(&mut self) -> Result<Exchange> {
        let mut holder = self.store.pool().connect()?;
        let mut renamer = self.store.pool().connect()?;
        let done = self.exchange_on(&mut holder, &mut renamer);
        // The answer of a renaming may be lost: the tables themselves tell.
        let switched = There::look(self.writer.session()?).map(|there| !there.has(NEW[0]));
        // Their locks and settings go with them.
        holder.discard();
        renamer.discard();
        match (done, switched?) {
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

    fn exchange_on(&mut self, holder: &mut Lease, renamer: &mut Lease) -> Result<Exchange> {
        let failed = Error::database(DOING);
        let (holder, renamer) = (holder.session()?, renamer.session()?);
        tables::be_brief(holder)
            .and_then(|()| tables::be_brief(renamer))
            .map_err(failed)?;
        holder
            .query(&tables::place_holder())
            .and_then(|_| {
                holder.query(&format!(
                    "LOCK TABLES ezdbfile READ, ezdbfile_data READ, {} WRITE",
                    OLD[0]
                ))
            })
            .map_err(Error::database(DOING))?;
        let followed = self.follow_to_the_end();
        let stopped = match followed.and_then(|()| self.is_stopped()) {
            Ok(stopped) => stopped,
            Err(error) => {
                unlock(holder)?;
                return Err(error);
            }
        };
        if stopped {
            unlock(holder)?;
            return Ok(Exchange::Stopped);
        }
        let watcher = self.writer.session()?;
        let renamer_id = renamer.connection_id();
        std::thread::scope(|scope| {
            let renaming = scope.spawn(|| renamer.query(&rename()));
            let waits = || -> std::result::Result<bool, MysqlError> {
                let begun = Instant::now();
                while !renaming.is_finished() && begun.elapsed() < TO_WAIT {
                    if waits_for_lock(watcher, renamer_id)? {
                        return Ok(true);
                    }
                    std::thread::sleep(LOOK);
                }
                Ok(false)
            };
            let waits = { waits }();
            let freed = match waits {
                Ok(true) => holder.query(&format!("DROP TABLE {}", OLD[0])).map(drop),
                Ok(false) => Ok(()),
                Err(error) => Err(error),
            };
            // In any case: the renaming waits for it.
            let unlocked = unlock(holder);
            let renamed = renaming
                .join()
                .unwrap_or_else(|_| Err(MysqlError::own("the renaming came to no end")));
            freed.map_err(Error::database(DOING))?;
            unlocked?;
            renamed.map_err(Error::database(DOING))?;
            Ok(Exchange::Done)
        })
    }

    /// Changes that came after the last ones were copied; there should be none.
    pub(super) fn left_behind(&mut self) -> Result<u64> {
        count(self.writer.session()?, &format!("SELECT COUNT(*) FROM {CHANGES}"))
            .map_err(Error::database(DOING))
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

fn unlock(session: &mut Session) -> Result<()> {
    session
        .query("UNLOCK TABLES")
        .map(drop)
        .map_err(Error::database(DOING))
}

fn waits_for_lock(session: &mut Session, connection: u64) -> std::result::Result<bool, MysqlError> {
    let waiting = count(
        session,
        &format!(
            "SELECT COUNT(*) FROM information_schema.PROCESSLIST \
             WHERE ID = {connection} AND STATE LIKE 'Waiting for table metadata lock%'"
        ),
    )?;
    Ok(waiting > 0)
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
