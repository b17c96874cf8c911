//! Connections that outlive requests: which one, in what state, how many.
//!
//! A connection is lent out as a [`Lease`]. It comes back when the lease is dropped, but only if
//! it is at rest: one in the middle of a result or a transaction is closed, and the server rolls
//! back what was open. There is no thread in the background: threads do not survive `fork()`.
//!
//! What a connection comes back with is what it was made with, so nothing is reset between two
//! uses: but for [`Session::limit_statements`], no statement of this crate sets a variable outside of
//! [`Session::open`] beyond itself (`SET STATEMENT`), and what one could leave behind (a result, a transaction, a lock,
//! that limit) is looked for when it comes back.

mod lease;
pub mod retry;
mod session;
mod stats;

use parking_lot::{Mutex, MutexGuard};
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::config::Settings;
use crate::error::{Error, Result};
use crate::mysql::process;
pub use lease::Lease;
pub use session::{LockId, Place, Session};
pub use stats::{Counters, Stats};

/// Connections with one and the same [`Settings`].
#[derive(Debug)]
pub struct Pool {
    settings: Settings,
    state: Mutex<State>,
    counters: Counters,
}

/// What is true of one process.
#[derive(Debug)]
struct State {
    pid: u32,
    #[expect(
        clippy::vec_box,
        reason = "they are lent and come back for every statement, and are large"
    )]
    idle: Vec<Box<Session>>,
    /// Connections on loan, and those being made.
    lent: u64,
    /// Locks to be given back as soon as the connection that holds them comes back.
    releases: Vec<LockId>,
}

impl State {
    /// Takes the locks that a connection is to give back off the list.
    fn due_releases(&mut self, serial: u64) -> Vec<LockId> {
        self.releases
            .extract_if(.., |lock| lock.serial == serial)
            .collect()
    }
}

impl Pool {
    /// A pool without connections: the first one is made when it is needed.
    #[must_use]
    pub fn new(settings: Settings) -> Arc<Self> {
        Arc::new(Self {
            settings,
            state: Mutex::new(State {
                pid: process::id(),
                idle: Vec::new(),
                lent: 0,
                releases: Vec::new(),
            }),
            counters: Counters::default(),
        })
    }

    /// The settings that all connections of this pool share.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The state of this process. Nothing slow happens while it is held.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state_of(process::id())
    }

    /// As [`state`](Self::state), for who knows the number of this process.
    fn state_of(&self, pid: u32) -> MutexGuard<'_, State> {
        let mut state = self.state.lock();
        if state.pid != pid {
            // A child after fork(): what is there belongs to the parent. Dropping it closes this
            // process's descriptors and says nothing to the server.
            state.pid = pid;
            state.lent = 0;
            state.releases.clear();
            for session in state.idle.drain(..) {
                self.counters.inherited();
                drop(session);
            }
        }
        state
    }

    /// Lends a connection: the one used last if it is alive, else a new one.
    ///
    /// # Errors
    /// [`Error::Connect`], [`Error::PoolLimit`].
    pub fn checkout(self: &Arc<Self>) -> Result<Lease> {
        loop {
            let now = Instant::now();
            let Some(mut session) = self.take_fresh(now) else {
                break;
            };
            if self.is_alive(&mut session, now) {
                self.counters.reused();
                return Ok(Lease::new(session, self));
            }
            self.counters.found_dead();
            session.cut();
            self.give_back_place();
        }
        self.connect()
    }

    /// Looks at the socket, which costs little, and asks the server only after a longer rest:
    /// what lies between may have forgotten the connection without a word.
    fn is_alive(&self, session: &mut Session, now: Instant) -> bool {
        if self.was_alive(session, now) {
            return true;
        }
        let fresh = session.idle_for(now) < seconds(self.settings.pool_check_after);
        session.look(now) && (fresh || session.answers(seconds(self.settings.connect_timeout)))
    }

    /// It was alive a moment ago, which will do unless every one is to be asked.
    fn was_alive(&self, session: &Session, now: Instant) -> bool {
        session.is_trusted(now) && self.settings.pool_check_after > 0
    }

    /// Makes sure that a connection can be lent.
    ///
    /// # Errors
    /// [`Error::Connect`].
    pub fn ensure_connection(self: &Arc<Self>) -> Result<()> {
        let now = Instant::now();
        let is_sure = |session: &Session| session.is_for_this_thread() && self.was_alive(session, now);
        if self.state().idle.iter().any(|session| is_sure(session)) {
            return Ok(());
        }
        match self.checkout() {
            // There are connections: that all are in use is for those to hear who need another.
            Ok(_) | Err(Error::PoolLimit { .. }) => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// Lends a connection that was just made, whatever is idle.
    ///
    /// # Errors
    /// [`Error::Connect`], [`Error::PoolLimit`].
    pub fn connect(self: &Arc<Self>) -> Result<Lease> {
        self.take_place()?;
        match self.open(None) {
            Ok(session) => Ok(Lease::new(session, self)),
            Err(error) => {
                self.give_back_place();
                Err(error)
            }
        }
    }

    /// Makes a connection, to one place if a certain one is wanted.
    fn open(&self, place: Option<&Place>) -> Result<Box<Session>> {
        match Session::open(&self.settings, place) {
            Ok(session) => {
                self.counters.connected();
                Ok(Box::new(session))
            }
            Err(tries) => {
                self.counters.failed();
                Err(Error::Connect {
                    target: self.settings.target(),
                    tries,
                })
            }
        }
    }

    /// Counts a connection that is about to be made.
    fn take_place(&self) -> Result<()> {
        let max = self.settings.pool_max;
        let mut state = self.state();
        if max > 0 && state.idle.len() as u64 + state.lent >= u64::from(max) {
            drop(state);
            self.counters.refused();
            // Waiting for another one to come back would be for ever where the same thread has it.
            return Err(Error::PoolLimit {
                target: self.settings.target(),
                max,
            });
        }
        state.lent += 1;
        Ok(())
    }

    fn give_back_place(&self) {
        let mut state = self.state();
        state.lent = state.lent.saturating_sub(1);
        if state.lent == 0 {
            // A lock whose connection was lost is gone already.
            let State { idle, releases, .. } = &mut *state;
            releases.retain(|lock| idle.iter().any(|session| session.serial() == lock.serial));
        }
    }

    /// The connection used last of those that fit, taken out. It counts as lent from now on.
    fn take_idle(&self, fits: impl Fn(&Session) -> bool) -> Option<Box<Session>> {
        let mut state = self.state();
        let index = state.idle.iter().rposition(|session| fits(session))?;
        state.lent += 1;
        Some(state.idle.remove(index))
    }

    /// As [`take_idle`](Self::take_idle), for this thread. Closes what nobody used for too long, or
    /// what is too old.
    fn take_fresh(&self, now: Instant) -> Option<Box<Session>> {
        let mut state = self.state();
        let outdated: Vec<_> = state
            .idle
            .extract_if(.., |session| self.is_outdated(session, now))
            .collect();
        let index = state
            .idle
            .iter()
            .rposition(|session| session.is_for_this_thread());
        let taken = index.map(|index| state.idle.remove(index));
        state.lent += u64::from(taken.is_some());
        drop(state);
        // Closed here, without the lock.
        self.counters.outdated(outdated.len());
        taken
    }

    /// Puts a connection back that is at rest, in the process with this number, unless it has locks to
    /// give back first: then it comes out again, with these. What is too old goes when the next one
    /// is lent.
    fn put_back(&self, session: Box<Session>, pid: u32) -> Option<(Box<Session>, Vec<LockId>)> {
        let mut state = self.state_of(pid);
        let due = state.due_releases(session.serial());
        if !due.is_empty() {
            return Some((session, due));
        }
        state.idle.push(session);
        state.lent = state.lent.saturating_sub(1);
        None
    }

    fn is_outdated(&self, session: &Session, now: Instant) -> bool {
        let over = |limit: u32, time: Duration| limit > 0 && time >= seconds(limit);
        // With a connection its locks would go. And one that is trusted was not outdated a moment ago.
        !session.has_locks()
            && !session.is_trusted(now)
            && (over(
                self.settings.pool_max_lifetime,
                now.saturating_duration_since(session.opened()),
            ) || over(self.settings.pool_idle_timeout, session.idle_for(now)))
    }

    /// Gives a lock of the server back, on the connection that took it: now, or when that connection comes
    /// back.
    pub fn release_lock(self: &Arc<Self>, lock: LockId) {
        let serial = lock.serial;
        {
            let mut state = self.state();
            let idle = state.idle.iter().any(|session| session.serial() == serial);
            // A lock whose connection was lost is gone already.
            if state.lent > 0 || idle {
                state.releases.push(lock);
            }
        }
        if let Some(session) = self.take_idle(|session| session.serial() == serial) {
            // Coming back, it does what is on the list.
            drop(Lease::new(session, self));
        }
    }

    /// The locks that a connection which comes back is to give back.
    fn due_releases(&self, serial: u64) -> Vec<LockId> {
        self.state().due_releases(serial)
    }

    /// Closes all idle connections of this process.
    pub fn close(&self) {
        // A connection that holds locks of another thread is that thread's.
        let sessions: Vec<_> = {
            let mut state = self.state();
            state
                .idle
                .extract_if(.., |session| session.is_for_this_thread())
                .collect()
        };
        for session in sessions {
            self.counters.closed();
            drop(session);
        }
    }

    /// How many connections there are and what became of them.
    #[must_use]
    pub fn stats(&self) -> Stats {
        let (idle, lent) = {
            let state = self.state();
            (state.idle.len() as u64, state.lent)
        };
        self.counters.read(idle, lent)
    }
}

fn seconds(seconds: u32) -> Duration {
    Duration::from_secs(u64::from(seconds))
}
