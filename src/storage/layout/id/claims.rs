//! The row `<path>.generating` that stands for a claim, and what becomes of it.
//!
//! Exclusive by a lock of the server (`GET_LOCK()`) that the claiming connection holds: the server
//! gives it up when that connection ends, however it ends, and wakes who waits for it. The row
//! carries the age of the claim, by the database's clock, and shows it to other nodes and tools.

use super::{IdLayout, Index, NewFile, unfit};
use crate::mysql::{MysqlError, Param};
use crate::pool::Session;
use crate::storage::metadata::Name;
use crate::storage::{Attempt, Trouble};

/// Datatype of a claim's row: its maker holds a lock. A row of another datatype was made by a
/// handler that takes none, and only its age tells whether it counts.
pub const CLAIM_DATATYPE: &[u8] = b"ezdbfile/claim";
/// How often a claim is tried that came between two others.
const TRIES: u32 = 4;
/// Error numbers of KILL: no such connection.
const ER_NO_SUCH_THREAD: u32 = 1094;

/// What is wanted.
#[derive(Debug)]
pub struct Wanted<'a> {
    /// The file.
    pub real: &'a Name,
    /// The claim's name.
    pub generating: &'a Name,
    /// Name of the server's lock.
    pub lock: &'a str,
    /// The highest version that the caller has seen, 0 for none: a higher one makes the claim
    /// pointless. None: the caller does not mind.
    pub seen: Option<u64>,
    /// Seconds after which a claim counts no more.
    pub timeout: i64,
}

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grant {
    /// Claimed, by the row with this id.
    Granted(u64),
    /// Somebody stored a higher version meanwhile.
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
struct State {
    now: i64,
    holder: Option<i64>,
    own: i64,
    row: Option<ClaimRow>,
}

/// The row of a claim.
#[derive(Clone, Copy)]
struct ClaimRow {
    id: u64,
    /// When it was made or renewed, by the database's clock.
    made: i64,
    /// Its maker took the lock.
    by_lock: bool,
    /// The connection that made it, which is kept as its scope.
    maker: Option<i64>,
}

/// What a generator made, as it is described in the row of the file.
pub type Contents<'a> = NewFile<'a>;

impl IdLayout {
    /// Claims a file, or says why not.
    ///
    /// # Errors
    /// What the server said. The lock is not held then.
    pub fn claim(&self, session: &mut Session, wanted: &Wanted<'_>) -> Attempt<Grant> {
        let claimed = self.try_claim(session, wanted);
        match &claimed {
            Ok(Grant::Granted(_)) => session.took_lock(wanted.lock),
            Ok(_) => {}
            // Whether the lock was taken is not known; giving back what is not held does nothing.
            Err(_) => drop(session.end_snapshot().map(|()| unlock(session, wanted.lock))),
        }
        claimed
    }

    fn try_claim(&self, session: &mut Session, wanted: &Wanted<'_>) -> Attempt<Grant> {
        let mut patience = 0;
        for _ in 0..TRIES {
            if let Some(id) = self.insert_claim(session, wanted, patience)? {
                return Ok(Grant::Granted(id));
            }
            let state = self.claim_state(session, wanted)?;
            let refused = |row: ClaimRow, locked| Grant::Refused {
                seconds: (wanted.timeout - (state.now - row.made)).max(1),
                locked,
            };
            let is_old = |row: ClaimRow| state.now - row.made >= wanted.timeout;
            if state.holder == Some(state.own) {
                if self.has_higher(session, wanted)? {
                    unlock(session, wanted.lock)?;
                    return Ok(Grant::Overtaken);
                }
                match state.row {
                    // Its maker held the lock that is now ours: it is gone.
                    Some(row) if row.by_lock || is_old(row) => {
                        return self.replace_claim(session, wanted).map(Grant::Granted);
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
                    if !self.win_claim(session, row)? || !kill(session, holder)? {
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

    /// Takes the lock, waiting `patience` seconds at most, and then, seeing what is committed by
    /// now, makes the row unless there is one or a higher version of the file.
    fn insert_claim(
        &self,
        session: &mut Session,
        wanted: &Wanted<'_>,
        patience: i64,
    ) -> Attempt<Option<u64>> {
        // IF evaluates its second argument after the first and only if that is true.
        let mut sql = String::from(
            "INSERT INTO ezdbfile (datatype, name, name_hash, scope, size, mtime) \
             SELECT ?, ?, ?, CONNECTION_ID(), 0, UNIX_TIMESTAMP() FROM DUAL WHERE IF(GET_LOCK(?, ?) = 1, \
             NOT EXISTS (SELECT 1 FROM ezdbfile WHERE name_hash = ?)",
        );
        let hash = Param::Text(wanted.generating.hash().as_bytes());
        let mut params = vec![
            Param::Text(CLAIM_DATATYPE),
            self.name_param(wanted.generating.bytes()),
            hash,
            Param::Text(wanted.lock.as_bytes()),
            Param::Int(patience),
            hash,
        ];
        if let Some(seen) = wanted.seen {
            sql.push_str(" AND NOT EXISTS (SELECT 1 FROM ezdbfile WHERE name_hash = ? AND id > ?)");
            params.push(Param::Text(wanted.real.hash().as_bytes()));
            params.push(Param::Int(seen.cast_signed()));
        }
        sql.push_str(", FALSE)");
        let done = session.execute(&sql, &params).map_err(unfit)?;
        Ok((done.affected == 1).then_some(done.insert_id))
    }

    fn claim_state(&self, session: &mut Session, wanted: &Wanted<'_>) -> Attempt<State> {
        let statement = session.select(
            "SELECT UNIX_TIMESTAMP(), IS_USED_LOCK(?), CONNECTION_ID(), \
             c.id, ABS(c.mtime), c.name, c.datatype, c.scope \
             FROM (SELECT 1) one LEFT JOIN ezdbfile c ON c.name_hash = ? ORDER BY c.id DESC",
            &[
                Param::Text(wanted.lock.as_bytes()),
                Param::Text(wanted.generating.hash().as_bytes()),
            ],
        )?;
        let mut state = State {
            now: 0,
            holder: None,
            own: 0,
            row: None,
        };
        while session.fetch(statement)? {
            state.now = session.int(statement, 0);
            state.holder = Some(session.int(statement, 1)).filter(|holder| *holder != 0);
            state.own = session.int(statement, 2);
            let id = session.int(statement, 3).cast_unsigned();
            if state.row.is_none() && id != 0 && session.bytes(statement, 5) == wanted.generating.bytes() {
                let by_lock = session.bytes(statement, 6) == CLAIM_DATATYPE;
                let scope = std::str::from_utf8(session.bytes(statement, 7)).ok();
                let maker = scope.and_then(|scope| scope.parse().ok()).filter(|_| by_lock);
                state.row = Some(ClaimRow {
                    id,
                    made: session.int(statement, 4),
                    by_lock,
                    maker,
                });
            }
        }
        Ok(state)
    }

    /// Makes a row young that is as old as it was seen; true for one of all who try.
    fn win_claim(&self, session: &mut Session, row: ClaimRow) -> Attempt<bool> {
        let done = session.execute(
            "UPDATE ezdbfile SET mtime = SIGN(mtime) * UNIX_TIMESTAMP() WHERE id = ? AND ABS(mtime) = ?",
            &[Param::Int(row.id.cast_signed()), Param::Int(row.made)],
        )?;
        Ok(done.affected == 1)
    }

    fn has_higher(&self, session: &mut Session, wanted: &Wanted<'_>) -> Attempt<bool> {
        let Some(seen) = wanted.seen else { return Ok(false) };
        Ok(!self
            .rows_named(session, wanted.real, " AND id > ?", seen)?
            .is_empty())
    }

    /// Puts a new row in the place of an abandoned one: its maker, should it still live, finds
    /// its own gone.
    fn replace_claim(&self, session: &mut Session, wanted: &Wanted<'_>) -> Attempt<u64> {
        session.begin()?;
        let old = self.rows_named(session, wanted.generating, " AND id > ?", 0)?;
        self.erase(session, &old)?;
        let done = session.execute(
            "INSERT INTO ezdbfile (datatype, name, name_hash, scope, size, mtime) \
             VALUES (?, ?, ?, CONNECTION_ID(), 0, UNIX_TIMESTAMP())",
            &[
                Param::Text(CLAIM_DATATYPE),
                self.name_param(wanted.generating.bytes()),
                Param::Text(wanted.generating.hash().as_bytes()),
            ],
        )?;
        session.commit()?;
        Ok(done.insert_id)
    }

    /// Makes the claim young again; false when it is lost.
    ///
    /// # Errors
    /// What the server said.
    pub fn renew_claim(&self, session: &mut Session, generating: &Name, id: u64) -> Attempt<bool> {
        let done = session.execute(
            "UPDATE ezdbfile SET mtime = UNIX_TIMESTAMP() WHERE id = ? AND name_hash = ? AND mtime >= 0",
            &[
                Param::Int(id.cast_signed()),
                Param::Text(generating.hash().as_bytes()),
            ],
        )?;
        Ok(done.affected == 1)
    }

    /// Notes the size of what is about to be kept under the claim's name, and removes what was kept
    /// there; false when the claim is lost.
    ///
    /// # Errors
    /// What the server said.
    pub fn refill_claim(
        &self,
        session: &mut Session,
        generating: &Name,
        id: u64,
        size: u64,
    ) -> Attempt<bool> {
        let key = Param::Int(id.cast_signed());
        let done = session.execute(
            "UPDATE ezdbfile SET size = ? WHERE id = ? AND name_hash = ? AND mtime >= 0",
            &[
                Param::Int(size.cast_signed()),
                key,
                Param::Text(generating.hash().as_bytes()),
            ],
        )?;
        if done.affected == 1 {
            self.drop_rows(session, id)?;
        }
        Ok(done.affected == 1)
    }

    /// Makes the claim's row the file; false when the claim is lost.
    ///
    /// # Errors
    /// What the server said.
    pub fn turn_claim(
        &self,
        session: &mut Session,
        generating: &Name,
        id: u64,
        file: &Contents<'_>,
    ) -> Attempt<bool> {
        let done = session
            .execute(
                "UPDATE ezdbfile SET datatype = ?, name = ?, name_hash = ?, scope = ?, size = ?, mtime = ? \
                 WHERE id = ? AND name_hash = ? AND mtime >= 0",
                &[
                    Param::Text(file.datatype),
                    self.name_param(file.name.bytes()),
                    Param::Text(file.name.hash().as_bytes()),
                    Param::Text(self.scope(file.scope)),
                    Param::Int(file.size.cast_signed()),
                    Param::Int(file.mtime),
                    Param::Int(id.cast_signed()),
                    Param::Text(generating.hash().as_bytes()),
                ],
            )
            .map_err(unfit)?;
        Ok(done.affected == 1)
    }

    /// Removes all versions of a name but one.
    ///
    /// # Errors
    /// What the server said.
    pub fn keep_only(&self, session: &mut Session, name: &Name, id: u64) -> Attempt<()> {
        self.erase_named(session, name, "<>", id)
    }

    /// Removes the claim's row and what was kept under its name.
    ///
    /// # Errors
    /// What the server said.
    pub fn drop_claim(&self, session: &mut Session, generating: &Name, id: u64) -> Attempt<()> {
        let key = Param::Int(id.cast_signed());
        let hash = Param::Text(generating.hash().as_bytes());
        session.execute(
            &format!(
                "{} WHERE f.id = ? AND f.name_hash = ?",
                self.delete_with_rows(Index::Primary)
            ),
            &[key, hash],
        )?;
        Ok(())
    }

    /// Waits until a lock is free; false when it was not in so many seconds. The server gives the
    /// lock back in the same breath, so that the next of many who wait does not wait for this
    /// client to be told.
    ///
    /// # Errors
    /// What the server said.
    pub fn await_lock(&self, session: &mut Session, lock: &str, seconds: i64) -> Attempt<bool> {
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
}

fn unlock(session: &mut Session, lock: &str) -> Attempt<()> {
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
