//! What a pool did so far: shown by `phpinfo()` and `ezdbfile_status()`.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

/// Counters of one pool since the process began.
#[derive(Debug, Default)]
pub struct Counters {
    connects: AtomicU64,
    reuses: AtomicU64,
    failures: AtomicU64,
    dead: AtomicU64,
    discarded: AtomicU64,
    closed: AtomicU64,
    outdated: AtomicU64,
    refused: AtomicU64,
    inherited: AtomicU64,
}

/// A reading of [`Counters`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stats {
    /// Connections that exist now.
    pub open: u64,
    /// Of them, waiting for work.
    pub idle: u64,
    /// Connections made so far.
    pub connects: u64,
    /// Times an idle connection was used again.
    pub reuses: u64,
    /// Connections that could not be made.
    pub failures: u64,
    /// Idle connections that the server had closed.
    pub dead: u64,
    /// Connections closed because they came back in the middle of something, or lost.
    pub discarded: u64,
    /// Connections closed because PHP code asked for it.
    pub closed: u64,
    /// Connections closed because they were idle for too long, or too old.
    pub outdated: u64,
    /// Times when as many connections were in use as the settings allow.
    pub refused: u64,
    /// Connections of a parent process that were left alone after `fork()`.
    pub inherited: u64,
}

impl Counters {
    pub(super) fn connected(&self) {
        self.connects.fetch_add(1, Relaxed);
    }
    pub(super) fn reused(&self) {
        self.reuses.fetch_add(1, Relaxed);
    }
    pub(super) fn failed(&self) {
        self.failures.fetch_add(1, Relaxed);
    }
    pub(super) fn found_dead(&self) {
        self.dead.fetch_add(1, Relaxed);
    }
    pub(super) fn discarded(&self) {
        self.discarded.fetch_add(1, Relaxed);
    }
    pub(super) fn closed(&self) {
        self.closed.fetch_add(1, Relaxed);
    }
    pub(super) fn inherited(&self) {
        self.inherited.fetch_add(1, Relaxed);
    }
    pub(super) fn outdated(&self, connections: usize) {
        self.outdated.fetch_add(connections as u64, Relaxed);
    }
    pub(super) fn refused(&self) {
        self.refused.fetch_add(1, Relaxed);
    }

    pub(super) fn read(&self, idle: u64, lent: u64) -> Stats {
        Stats {
            open: idle + lent,
            idle,
            connects: self.connects.load(Relaxed),
            reuses: self.reuses.load(Relaxed),
            failures: self.failures.load(Relaxed),
            dead: self.dead.load(Relaxed),
            discarded: self.discarded.load(Relaxed),
            closed: self.closed.load(Relaxed),
            outdated: self.outdated.load(Relaxed),
            refused: self.refused.load(Relaxed),
            inherited: self.inherited.load(Relaxed),
        }
    }
}
