//! Connections that outlive requests: which one, in what state, how many.
//!
//! A connection is lent out as a [`Lease`]. It comes back when the lease is dropped, but only if
//! it is at rest: one in the middle of a result or a transaction is closed, and the server rolls
//! back what was open. There is no thread in the background: threads do not survive `fork()`.

pub mod retry;
mod session;
mod stats;

use parking_lot::Mutex;
use std::sync::Arc;

use crate::config::Settings;
use crate::error::{Error, Result};
use crate::mysql::MysqlError;
pub use session::Session;
pub use stats::{Counters, Stats};

/// Connections with one and the same [`Settings`].
#[derive(Debug)]
pub struct Pool {
    settings: Settings,
    idle: Mutex<Vec<Session>>,
    /// Locks to be given back as soon as the connection that holds them comes back.
    releases: Mutex<Vec<(u64, String)>>,
    counters: Counters,
}

impl Pool {
    /// A pool without connections: the first one is made when it is needed.
    #[must_use]
    pub fn new(settings: Settings) -> Arc<Self> {
        Arc::new(Self {
            settings,
            idle: Mutex::new(Vec::new()),
            releases: Mutex::new(Vec::new()),
            counters: Counters::default(),
        })
    }

    /// The settings that all connections of this pool share.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Lends a connection: the one used last if it is alive, else a new one.
    ///
    /// # Errors
    /// [`Error::Connect`].
    pub fn checkout(self: &Arc<Self>) -> Result<Lease> {
        loop {
            // The guard is gone before anything slow happens.
            let candidate = self.take_idle(Session::is_for_this_thread);
            let Some(session) = candidate else { break };
            if !session.is_own() {
                self.counters.inherited();
            } else if session.is_quiet() {
                self.counters.reused();
                return Ok(self.lend(session));
            } else {
                self.counters.found_dead();
            }
        }
        self.connect()
    }

    /// Lends a connection that was just made, whatever is idle.
    ///
    /// # Errors
    /// [`Error::Connect`].
    pub fn connect(self: &Arc<Self>) -> Result<Lease> {
        match Session::open(&self.settings) {
            Ok(session) => {
                self.counters.connected();
                Ok(self.lend(session))
            }
            Err(source) => {
                self.counters.failed();
                Err(Error::Connect {
                    target: self.settings.target(),
                    source,
                })
            }
        }
    }

    /// The connection used last of those that fit, taken out.
    fn take_idle(&self, fits: impl Fn(&Session) -> bool) -> Option<Session> {
        let mut idle = self.idle.lock();
        let index = idle.iter().rposition(fits)?;
        Some(idle.remove(index))
    }

    /// Gives a lock of the server back, on the connection with this serial number, which took it: now,
    /// or when that connection comes back. A lock whose connection was lost is gone already.
    pub fn release_lock(self: &Arc<Self>, serial: u64, lock: &str) {
        self.releases.lock().push((serial, lock.to_owned()));
        if let Some(session) = self.take_idle(|session| session.serial() == serial) {
            // Coming back, it does what is on the list.
            drop(self.lend(session));
        }
        if self.counters.lent_now() == 0 {
            self.releases.lock().clear();
        }
    }

    fn lend(self: &Arc<Self>, session: Session) -> Lease {
        self.counters.lent();
        Lease {
            session: Some(session),
            pool: Arc::clone(self),
        }
    }

    /// Closes all idle connections of this process.
    pub fn close(&self) {
        // A connection that holds locks of another thread is that thread's.
        let (sessions, others): (Vec<_>, Vec<_>) = std::mem::take(&mut *self.idle.lock())
            .into_iter()
            .partition(Session::is_for_this_thread);
        self.idle.lock().extend(others);
        for session in sessions {
            if session.is_own() {
                self.counters.closed();
            } else {
                self.counters.inherited();
            }
        }
    }

    /// How many connections there are and what became of them.
    #[must_use]
    pub fn stats(&self) -> Stats {
        self.counters.read(self.idle.lock().len())
    }
}

/// A connection on loan.
#[derive(Debug)]
pub struct Lease {
    session: Option<Session>,
    pool: Arc<Pool>,
}

impl Lease {
    /// The connection.
    ///
    /// # Errors
    /// [`Error::Database`] when it was given up before.
    pub fn session(&mut self) -> Result<&mut Session> {
        self.session.as_mut().ok_or_else(|| Error::Database {
            doing: "using a connection",
            source: MysqlError::own("it was given up after an error"),
        })
    }

    /// Gives the connection up: it is closed, not returned.
    pub fn discard(&mut self) {
        if let Some(mut session) = self.session.take() {
            session.cut();
            self.pool.counters.returned();
            self.pool.counters.discarded();
        }
    }

    /// Puts a new connection in the place of a lost one.
    ///
    /// # Errors
    /// [`Error::Connect`].
    pub fn reconnect(&mut self) -> Result<()> {
        self.discard();
        let mut fresh = self.pool.connect()?;
        self.session = fresh.session.take();
        Ok(())
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        let Some(mut session) = self.session.take() else {
            return;
        };
        session.settle();
        let mut kept = session.is_at_rest();
        let due: Vec<(u64, String)> = {
            let mut releases = self.pool.releases.lock();
            let (due, others) = releases
                .drain(..)
                .partition(|(serial, _)| *serial == session.serial());
            *releases = others;
            due
        };
        for (_, lock) in due {
            kept = kept && session.release_lock(&lock).is_ok();
        }
        self.pool.counters.returned();
        if kept {
            self.pool.idle.lock().push(session);
        } else {
            self.pool.counters.discarded();
        }
    }
}
