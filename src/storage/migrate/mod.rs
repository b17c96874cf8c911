//! Converting the tables to the other layout beside the running site.
//!
//! New tables stand beside those of the site and are filled file by file, in the order of the site's
//! keys; how far that came is committed with each step, so that an interruption loses one step at
//! most. From before the first step on, triggers note every change of the site's tables by the hash
//! of the name, in the transaction of the change, whoever makes it. Noted files are copied again.
//! When few are left, the tables are exchanged at once (see [`switch`]); nothing that the site uses
//! is touched before.

mod copy;
mod estimate;
mod switch;
mod tables;
mod target;

use std::sync::Arc;
use std::time::Duration;

use super::install::Kind;
use super::layout::Layout;
use super::{Attempt, Name, Store};
use crate::error::{Error, Result};
use crate::mysql::{MysqlError, Param};
use crate::pool::{Lease, Session};
use crate::tries::Tries;
use copy::{Copied, Followed, Sides};
pub use estimate::Estimate;
use switch::{Exchange, count};
use tables::{CHANGES, FILLED, OLD, POSITION, PROBLEM, STATE, TARGET, There, WATCHED};
use target::Target;

/// Files in a step, at most.
const STEP_FILES: usize = 500;
/// Bytes of these files, at most, unless one alone has more.
const STEP_BYTES: u64 = 32 << 20;
/// Rounds of copying what changed, after which there have to be fewer changes than before them.
const ROUNDS: u32 = 50;
/// Changes that are copied while writers wait, at most; where there are more, they are let go again.
const WHILE_LOCKED: u64 = 5000;
/// Changes that are few enough to be copied while writers wait.
const FEW: u64 = 100;
/// How often it is tried to exchange the tables.
const EXCHANGES: u32 = 100;
/// The longest pause between two tries.
const PAUSE: u64 = 10;
/// Seconds that another migration is waited for, which may have ended a moment ago.
const PATIENCE: i64 = 5;

const DOING: &str = "migrating the tables";

/// How to migrate.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// The layout to be.
    pub to: Kind,
    /// Exchange the tables although there are files that cannot be taken over whole: their bytes stay
    /// in the old tables.
    pub leave_damaged: bool,
    /// Remove the old tables at the end, unless something was left in them.
    pub drop_old: bool,
}

/// What happens meanwhile.
#[derive(Debug, Clone, Copy)]
pub enum Event<'a> {
    /// So much more was copied.
    Copied {
        /// Files.
        files: u64,
        /// Their bytes.
        bytes: u64,
    },
    /// A file cannot be taken over whole.
    Problem {
        /// Its name.
        name: &'a [u8],
        /// Why.
        text: &'a str,
    },
    /// The tables could not be exchanged yet: they are in use by something that takes long.
    Busy,
}

/// How it ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The tables were of this layout before.
    There,
    /// They are now.
    Migrated {
        /// Files whose bytes stayed in the old tables.
        damaged: u64,
        /// Changes of the very moment of the exchange that only the old tables have.
        left_behind: u64,
        /// The old tables are there.
        old_kept: bool,
    },
    /// They are as they were, because of so many files that cannot be taken over whole.
    Stopped {
        /// How many.
        damaged: u64,
    },
}

/// A migration under way.
pub(super) struct Migration<'a> {
    store: &'a Store,
    options: Options,
    layout: Arc<dyn Layout>,
    /// Reads the site's tables.
    reader: Lease,
    /// Writes the new ones.
    writer: Alone,
    target: Target,
    /// The highest number of a change that was seen.
    seen: i64,
    /// There is no change up to this number, and none will come into sight.
    settled: i64,
}

/// A connection that keeps all other migrations of the database off, and does not outlive this one.
struct Alone(Lease);

impl Alone {
    fn session(&mut self) -> Result<&mut Session> {
        self.0.session()
    }
}

impl Drop for Alone {
    fn drop(&mut self) {
        // The lock and the settings go with it.
        self.0.discard();
    }
}

impl Store {
    /// Converts the tables to a layout, or goes on with it.
    ///
    /// # Errors
    /// [`Error::Refused`] when a migration to the other layout is not done with, or tables are in the
    /// way; [`Error::Interrupted`]; what kept the database from it. The site goes on with its tables
    /// as they are, and the same call goes on where this one stopped.
    pub fn migrate(&self, options: Options, report: &mut dyn FnMut(Event<'_>)) -> Result<Outcome> {
        let mut writer = self.migration_connection()?;
        // What is in the cache may be a layout of the past.
        self.forget_layout();
        let layout = self.layout()?;
        let there = There::look(writer.session()?)?;
        let begun = match there.is_begun() {
            true => tables::get(writer.session()?, TARGET).map_err(Error::database(DOING))?,
            false => None,
        };
        if let Some(begun) = begun.filter(|begun| begun != options.to.name().as_bytes()) {
            return Err(Error::Refused(format!(
                "a migration to the layout \"{}\" is not done with: finish or abandon it first",
                String::from_utf8_lossy(&begun)
            )));
        }
        if layout.kind() == options.to.name() {
            if !there.is_begun() {
                return Ok(Outcome::There);
            }
            return self.finish_migration(&mut writer, options);
        }
        there.check_way()?;
        tables::drop_place_holder(writer.session()?)?;
        // New tables that are made again would be taken for full ones.
        let watched = there.is_begun()
            && tables::get(writer.session()?, WATCHED)
                .map_err(Error::database(DOING))?
                .is_some();
        if watched && !there.is_complete() {
            return Err(Error::Refused(
                "tables of the migration are missing: abandon it, and begin again".into(),
            ));
        }
        tables::make(writer.session()?, options.to)?;
        let mut migration = Migration {
            target: Target::open(writer.session()?, options.to)?,
            reader: self.pool().connect()?,
            store: self,
            options,
            layout,
            writer,
            seen: 0,
            settled: 0,
        };
        let done = migration.run(report);
        migration.reader.discard();
        done
    }

    /// Gives a migration up that is not done with: the site's tables are as they were. False when
    /// there is none.
    ///
    /// # Errors
    /// What kept the database from it.
    pub fn abandon_migration(&self) -> Result<bool> {
        let mut writer = self.migration_connection()?;
        let there = There::look(writer.session()?)?;
        tables::drop_place_holder(writer.session()?)?;
        if there.is_begun() {
            self.patiently(&mut |_| {}, || {
                tables::clear(writer.session()?, true).map_err(Error::database(DOING))
            })?;
        }
        Ok(there.is_begun())
    }

    /// A connection of its own, which waits for definitions of tables for a short time only.
    fn migration_connection(&self) -> Result<Alone> {
        let mut alone = Alone(self.pool().connect()?);
        let session = alone.session()?;
        tables::be_brief(session).map_err(Error::database(DOING))?;
        if !take(session, &self.migration_lock(b"\0migration")).map_err(Error::database(DOING))? {
            return Err(under_way());
        }
        self.await_renaming(session)?;
        Ok(alone)
    }

    fn migration_lock(&self, name: &[u8]) -> String {
        super::claims::lock_of(&self.pool().settings().database, &Name::new(name))
    }

    /// Name of the lock that the connection has which exchanges the tables. The server goes on with that
    /// when the process which asked for it has died, and gives the lock back at its end.
    pub(super) fn renaming_lock(&self) -> String {
        self.migration_lock(b"\0renaming")
    }

    /// Waits until nobody is exchanging the tables: what they are before might not be what they are
    /// afterwards.
    fn await_renaming(&self, session: &mut Session) -> Result<()> {
        let lock = self.renaming_lock();
        let free = take(session, &lock).and_then(|taken| {
            if taken {
                session.execute("DO RELEASE_LOCK(?)", &[Param::Text(lock.as_bytes())])?;
            }
            Ok(taken)
        });
        match free.map_err(Error::database(DOING))? {
            true => Ok(()),
            false => Err(under_way()),
        }
    }

    /// Removes what is left when the tables are exchanged.
    fn finish_migration(&self, writer: &mut Alone, options: Options) -> Result<Outcome> {
        let session = writer.session()?;
        let there = There::look(session)?;
        let mut clean = || -> std::result::Result<Outcome, MysqlError> {
            let damaged = problems(session)?;
            // Changes that came after the last ones were copied; there should be none.
            let left_behind = match there.has(CHANGES) {
                true => count(session, &format!("SELECT COUNT(*) FROM {CHANGES}"))?,
                false => 0,
            };
            let old_kept = damaged > 0 || left_behind > 0 || !options.drop_old;
            // First, so that who is broken off here does it the next time.
            if !old_kept {
                for table in OLD.iter().rev() {
                    session.query(&format!("DROP TABLE IF EXISTS {table}"))?;
                }
            }
            tables::clear(session, false)?;
            Ok(Outcome::Migrated {
                damaged,
                left_behind,
                old_kept,
            })
        };
        let outcome = clean().map_err(Error::database("removing what is left of the migration"))?;
        self.forget_layout();
        Ok(outcome)
    }

    /// Does what needs the tables for a moment again and again until it comes to its turn.
    fn patiently<T>(
        &self,
        report: &mut dyn FnMut(Event<'_>),
        mut work: impl FnMut() -> Result<T>,
    ) -> Result<T> {
        for tries in 1..=EXCHANGES {
            match work() {
                Err(error) if error.mysql().is_some_and(MysqlError::is_conflict) => report(Event::Busy),
                done => return done,
            }
            rest(tries)?;
        }
        Err(Error::Refused(
            "statements or transactions that take long kept the tables in use; nothing was changed".into(),
        ))
    }
}

fn under_way() -> Error {
    Error::Refused("another migration of these tables is under way".into())
}

/// Takes a lock that the connection keeps; false when another has it for longer than that.
fn take(session: &mut Session, lock: &str) -> std::result::Result<bool, MysqlError> {
    let statement = session.select(
        "SELECT GET_LOCK(?, ?)",
        &[Param::Text(lock.as_bytes()), Param::Int(PATIENCE)],
    )?;
    let mut taken = false;
    while session.fetch(statement)? {
        taken = session.int(statement, 0) == 1;
    }
    Ok(taken)
}

impl Migration<'_> {
    fn run(&mut self, report: &mut dyn FnMut(Event<'_>)) -> Result<Outcome> {
        self.watch(report)?;
        self.fill(report)?;
        for tries in 1..=EXCHANGES {
            self.catch_up(report)?;
            self.settle(report)?;
            if self.is_stopped()? {
                return self.stopped(report);
            }
            match self.exchange()? {
                Exchange::Done => {
                    self.tell_problems(report)?;
                    return self.store.finish_migration(&mut self.writer, self.options);
                }
                Exchange::Stopped => return self.stopped(report),
                Exchange::Busy => report(Event::Busy),
            }
            rest(tries)?;
        }
        Err(Error::Refused(
            "statements or transactions that take long kept the tables from being exchanged; the same command goes on"
                .into(),
        ))
    }

    /// Has all changes noted.
    fn watch(&mut self, report: &mut dyn FnMut(Event<'_>)) -> Result<()> {
        let session = self.writer.session()?;
        let watched = tables::get(session, WATCHED)
            .map_err(Error::database(DOING))?
            .is_some();
        if There::look(session)?.is_watched(self.layout.as_ref()) {
            if !watched {
                tables::set(session, WATCHED, b"").map_err(Error::database(DOING))?;
            }
            return Ok(());
        }
        if watched {
            return Err(Error::Refused(
                "triggers of the migration are missing, so changes of the site may have gone by: abandon it, and begin again"
                    .into(),
            ));
        }
        let layout = Arc::clone(&self.layout);
        self.store.patiently(report, || {
            tables::watch(session, layout.as_ref()).map_err(Error::database("making the triggers"))
        })
    }

    /// Copies all files, from where the last one stopped.
    fn fill(&mut self, report: &mut dyn FnMut(Event<'_>)) -> Result<()> {
        loop {
            if crate::interrupt::requested() {
                return Err(Error::Interrupted);
            }
            let (more, copied) = self.step(|sides| {
                if tables::get(sides.into, FILLED)?.is_some() {
                    return Ok((false, Copied::default()));
                }
                let after = tables::get(sides.into, POSITION)?;
                let Next { hashes, last } = next(sides.from, sides.layout, after.as_deref())?;
                match last {
                    Some(last) => tables::set(sides.into, POSITION, &last)?,
                    None => tables::set(sides.into, FILLED, b"")?,
                }
                Ok((true, sides.copy(&hashes)?))
            })?;
            tell(copied, report);
            if !more {
                return Ok(());
            }
        }
    }

    /// Copies what some changes changed.
    fn follow(&mut self) -> Result<Followed> {
        if crate::interrupt::requested() {
            return Err(Error::Interrupted);
        }
        let settled = self.settled;
        let followed = self.step(|sides| sides.follow(settled))?;
        self.seen = self.seen.max(followed.last);
        Ok(followed)
    }

    /// Copies what changed until little is left, or it gets no less.
    fn catch_up(&mut self, report: &mut dyn FnMut(Event<'_>)) -> Result<()> {
        let mut before = u64::MAX;
        loop {
            for _ in 0..ROUNDS {
                let followed = self.follow()?;
                tell(followed.copied, report);
                if followed.changes < FEW {
                    return Ok(());
                }
            }
            let left = count(self.writer.session()?, &format!("SELECT COUNT(*) FROM {CHANGES}"))
                .map_err(Error::database(DOING))?;
            if left >= before {
                return Ok(());
            }
            before = left;
        }
    }

    /// Copies what all changes changed; false when they are too many for writers to wait.
    fn follow_to_the_end(&mut self) -> Result<bool> {
        let mut changes = 0;
        while changes < WHILE_LOCKED {
            match self.follow()?.changes {
                0 => return Ok(true),
                more => changes += more,
            }
        }
        Ok(false)
    }

    /// Finds a number from which on changes are looked for. The server still has to step over those that
    /// are gone, which after many takes seconds, and in the exchange writers wait for that.
    fn settle(&mut self, report: &mut dyn FnMut(Event<'_>)) -> Result<()> {
        // A change with a lower number can come into sight as long as its transaction is under way.
        let seen = self.seen;
        if seen == self.settled || !self.wait_for_writers()? {
            return Ok(());
        }
        loop {
            let followed = self.follow()?;
            tell(followed.copied, report);
            if followed.first.is_none_or(|first| first > seen) {
                self.settled = seen;
                return Ok(());
            }
        }
    }

    /// Runs `work`, which can be repeated, in a transaction; with new connections when one is lost.
    fn step<T>(&mut self, mut work: impl FnMut(&mut Sides<'_>) -> Attempt<T>) -> Result<T> {
        let mut tries = Tries::begin();
        loop {
            let trouble = match self.attempt(&mut work) {
                Ok(value) => return Ok(value),
                Err(trouble) => trouble,
            };
            let Some(error) = trouble.client() else {
                return Err(trouble.into_error(DOING));
            };
            tries.failed(error.clone());
            let again = error.is_gone() || error.is_conflict();
            if !again || !self.store.may_try_again(&tries) {
                return Err(trouble.into_error_after(DOING, tries));
            }
            self.store.pause(&tries)?;
            // What is left of them is ended first: the lock is the same.
            self.writer.0.discard();
            self.reader.discard();
            self.writer = self.store.migration_connection()?;
            self.reader = self.store.pool().connect()?;
        }
    }

    fn attempt<T>(&mut self, work: &mut impl FnMut(&mut Sides<'_>) -> Attempt<T>) -> Attempt<T> {
        let (from, into) = (self.reader.session()?, self.writer.session()?);
        into.begin();
        let value = work(&mut Sides {
            from: &mut *from,
            layout: self.layout.as_ref(),
            into: &mut *into,
            target: &mut self.target,
            kind: self.options.to,
        })?;
        into.commit()?;
        from.end_snapshot()?;
        Ok(value)
    }

    /// There are files that cannot be taken over, and they are not to be left.
    fn is_stopped(&mut self) -> Result<bool> {
        let damaged = problems(self.writer.session()?).map_err(Error::database(DOING))?;
        Ok(damaged > 0 && !self.options.leave_damaged)
    }

    fn stopped(&mut self, report: &mut dyn FnMut(Event<'_>)) -> Result<Outcome> {
        let damaged = self.tell_problems(report)?;
        Ok(Outcome::Stopped { damaged })
    }

    /// Tells of every file that cannot be taken over whole; says how many.
    fn tell_problems(&mut self, report: &mut dyn FnMut(Event<'_>)) -> Result<u64> {
        let session = self.writer.session()?;
        let mut tell = || -> std::result::Result<u64, MysqlError> {
            let statement = session.select(
                &format!("SELECT name, value FROM {STATE} WHERE what = ? ORDER BY id"),
                &[Param::Text(PROBLEM.as_bytes())],
            )?;
            let mut told = 0;
            while session.fetch(statement)? {
                told += 1;
                report(Event::Problem {
                    name: session.bytes(statement, 0),
                    text: &String::from_utf8_lossy(session.bytes(statement, 1)),
                });
            }
            Ok(told)
        };
        tell().map_err(Error::database(DOING))
    }
}

/// The next files in order of the tables' keys.
struct Next {
    hashes: Vec<Vec<u8>>,
    /// The last of the keys; none when there are no more files.
    last: Option<Vec<u8>>,
}

fn next(session: &mut Session, layout: &dyn Layout, after: Option<&[u8]>) -> Attempt<Next> {
    let rows = layout.check_files(session, after, None, STEP_FILES)?;
    let mut bytes = 0_u64;
    let fits = rows
        .iter()
        .take_while(|row| {
            bytes = bytes.saturating_add(row.size);
            bytes <= STEP_BYTES
        })
        .count()
        .max(1);
    let taken = rows.get(..fits.min(rows.len())).unwrap_or_default();
    let mut hashes: Vec<Vec<u8>> = taken.iter().map(|row| row.name_hash.clone()).collect();
    hashes.sort_unstable();
    hashes.dedup();
    Ok(Next {
        hashes,
        last: taken.last().map(|row| row.key.clone()),
    })
}

fn problems(session: &mut Session) -> std::result::Result<u64, MysqlError> {
    count(
        session,
        &format!("SELECT COUNT(*) FROM {STATE} WHERE what = '{PROBLEM}'"),
    )
}

fn tell(copied: Copied, report: &mut dyn FnMut(Event<'_>)) {
    if copied.files > 0 {
        report(Event::Copied {
            files: copied.files,
            bytes: copied.bytes,
        });
    }
}

/// Waits before another try, for longer after each.
fn rest(tries: u32) -> Result<()> {
    for _ in 0..u64::from(tries).min(PAUSE) * 10 {
        if crate::interrupt::requested() {
            return Err(Error::Interrupted);
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    Ok(())
}
