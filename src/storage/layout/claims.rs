//! Who gets a claim, whatever the layout.
//!
//! A claim is exclusive by a lock of the server (`GET_LOCK()`) that the claiming connection holds:
//! the server gives it up when that connection ends, however it ends, and wakes who waits for it.
//! The row `<path>.generating` carries the age of the claim, by the database's clock, and shows it
//! to other nodes and tools.

use super::Layout;
use crate::mysql::{MysqlError, Param};
use crate::pool::Session;
use crate::storage::metadata::Name;
use crate::storage::{Attempt, Metadata, Trouble};

/// Datatype of a claim's row: its maker holds a lock. A row of another datatype was made by a
/// handler that takes none, and only its age tells whether it counts.
pub const CLAIM_DATATYPE: &[u8] = b"ezdbfile/claim";
/// How often a claim is tried that came between two others.
const TRIES: u32 = 4;
/// Error numbers of KILL: no such connection.
const ER_NO_SUCH_THREAD: u32 = 1094;

/// What the one who wants a claim knows of the file.
#[derive(Debug, Clone, Copy)]
pub enum Seen<'a> {
    /// Whatever it is, it does not matter.
    Anything,
    /// That there was none.
    Nothing,
    /// That it was this version.
    Version(&'a Metadata),
}

/// What is wanted.
#[derive(Debug)]
pub struct ClaimWanted<'a> {
    /// The file.
    pub real: &'a Name,
    /// The claim's name.
    pub generating: &'a Name,
    /// Name of the server's lock.
    pub lock: &'a str,
    /// What the caller has seen: a later version makes the claim pointless.
    pub seen: Seen<'a>,
    /// Seconds after which a claim counts no more.
    pub timeout: i64,
}

/// A claim that was granted.
#[derive(Debug, Clone, Copy)]
pub struct ClaimKey<'a> {
    /// Its name.
    pub generating: &'a Name,
    /// Its number.
    pub id: u64,
    /// Something was kept under its name.
    pub kept: bool,
}

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grant {
    /// Claimed, under this number.
    Granted(u64),
    /// Somebody stored a later version meanwhile.
    Overtaken,
    /// Somebody else has it.
    Refused {
        /// Seconds until it may be taken over, 1 at least.
        seconds: i64,
        /// Its maker holds the lock, so that waiting for the lock is waiting for the claim.
        locked: bool,
    },
}

/// How things stand about a claim.
#[derive(Debug, Default)]
pub struct ClaimState {
    /// The database's clock.
    pub now: i64,
    /// The connection that holds the lock.
    pub holder: Option<i64>,
    /// This connection.
    pub own: i64,
    /// The row of the claim.
    pub row: Option<ClaimRow>,
}

/// The row of a claim.
#[derive(Debug, Clone, Copy)]
pub struct ClaimRow {
    /// Number of the claim.
    pub id: u64,
    /// When it was made or renewed, by the database's clock.
    pub made: i64,
    /// Its maker took the lock.
    pub by_lock: bool,
    /// The connection that made it.
    pub maker: Option<i64>,
}

/// Claims a file, or says why not. Where it is granted, the connection has taken the lock.
///
/// # Errors
/// What the server said. The lock is not held then.
pub fn claim(layout: &dyn Layout, session: &mut Session, wanted: &ClaimWanted<'_>) -> Attempt<Grant> {
    let claimed = try_claim(layout, session, wanted);
    if claimed.is_err() {
        // Whether the lock was taken is not known; giving back what is not held does nothing.
        drop(session.end_snapshot().map(|()| unlock(session, wanted.lock)));
    }
    claimed
}

fn try_claim(layout: &dyn Layout, session: &mut Session, wanted: &ClaimWanted<'_>) -> Attempt<Grant> {
    let mut patience = 0;
    for _ in 0..TRIES {
        if let Some(id) = layout.insert_claim(session, wanted, patience)? {
            return Ok(Grant::Granted(id));
        }
        let state = layout.claim_state(session, wanted)?;
        let refused = |row: ClaimRow, locked| Grant::Refused {
            seconds: (wanted.timeout - (state.now - row.made)).max(1),
            locked,
        };
        let is_old = |row: ClaimRow| state.now - row.made >= wanted.timeout;
        if state.holder == Some(state.own) {
            if layout.is_overtaken(session, wanted)? {
                unlock(session, wanted.lock)?;
                return Ok(Grant::Overtaken);
            }
            match state.row {
                // Its maker held the lock that is now ours: it is gone.
                Some(row) if row.by_lock || is_old(row) => {
                    return layout.replace_claim(session, wanted).map(Grant::Granted);
                }
                Some(row) => {
                    unlock(session, wanted.lock)?;
                    return Ok(refused(row, false));
                }
                // The row that was in the way has just gone.
                None => unlock(session, wanted.lock)?,
            }
            continue;
        }
        match (state.holder, state.row) {
            // The maker's connection outlived it, or it is far too slow: both ways it has lost, to
            // the one who makes the row young. Another connection that holds the lock is about
            // to replace the row.
            (Some(holder), Some(row)) if is_old(row) && row.maker == Some(holder) => {
                if !layout.win_claim(session, wanted, row)? || !kill(session, holder)? {
                    return Ok(Grant::Refused {
                        seconds: 1,
                        locked: true,
                    });
                }
                patience = 1;
            }
            (Some(_), Some(row)) => return Ok(refused(row, true)),
            (Some(_), None) => {
                return Ok(Grant::Refused {
                    seconds: 1,
                    locked: true,
                });
            }
            // Free again.
            (None, _) => {}
        }
    }
    Ok(Grant::Refused {
        seconds: 1,
        locked: false,
    })
}

/// The database's clock, and whether nobody holds a lock.
///
/// # Errors
/// What the server said.
pub fn lock_state(session: &mut Session, lock: &str) -> Attempt<(i64, bool)> {
    let statement = session.select(
        "SELECT UNIX_TIMESTAMP(), IS_USED_LOCK(?) IS NULL",
        &[Param::Text(lock.as_bytes())],
    )?;
    let mut state = (0, false);
    while session.fetch(statement)? {
        state = (session.int(statement, 0), session.int(statement, 1) != 0);
    }
    Ok(state)
}

/// Waits until a lock is free; false when it was not in so many seconds. The server gives the
/// lock back in the same breath, so that the next of many who wait does not wait for this
/// client to be told.
///
/// # Errors
/// What the server said.
pub fn await_lock(session: &mut Session, lock: &str, seconds: i64) -> Attempt<bool> {
    let lock = Param::Text(lock.as_bytes());
    let statement = session.select(
        "SELECT IFNULL(IF(GET_LOCK(?, ?) = 1, RELEASE_LOCK(?), 0), -1)",
        &[lock, Param::Int(seconds), lock],
    )?;
    let mut free = -1;
    while session.fetch(statement)? {
        free = session.int(statement, 0);
    }
    if free < 0 {
        return Err(Trouble::Client(MysqlError::own(
            "the server could not wait for a lock",
        )));
    }
    Ok(free == 1)
}

/// Takes a lock if nobody has it.
///
/// # Errors
/// What the server said.
pub fn try_lock(session: &mut Session, lock: &str) -> Attempt<bool> {
    let statement = session.select("SELECT GET_LOCK(?, 0)", &[Param::Text(lock.as_bytes())])?;
    let mut taken = false;
    while session.fetch(statement)? {
        taken = session.int(statement, 0) == 1;
    }
    Ok(taken)
}

/// Gives a lock back.
///
/// # Errors
/// What the server said.
pub fn unlock(session: &mut Session, lock: &str) -> Attempt<()> {
    session.execute("DO RELEASE_LOCK(?)", &[Param::Text(lock.as_bytes())])?;
    Ok(())
}

/// Ends another connection of this user; false when the server does not allow it.
fn kill(session: &mut Session, connection: i64) -> Attempt<bool> {
    match session.query(&format!("KILL {connection}")) {
        Ok(_) => Ok(true),
        Err(error) if error.code == ER_NO_SUCH_THREAD => Ok(true),
        Err(error) if error.is_gone() => Err(error.into()),
        Err(_) => Ok(false),
    }
}
