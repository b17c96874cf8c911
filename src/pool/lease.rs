//! A connection on loan.

use std::sync::Arc;

use super::{Place, Pool, Session};
use crate::error::{Error, Result};
use crate::mysql::{MysqlError, process};

/// A connection on loan. Dropped, it goes back to its pool.
#[derive(Debug)]
pub struct Lease {
    session: Option<Box<Session>>,
    pool: Arc<Pool>,
}

impl Lease {
    /// Lends a connection that the pool counts as lent.
    pub(super) fn new(session: Box<Session>, pool: &Arc<Pool>) -> Self {
        Self {
            session: Some(session),
            pool: Arc::clone(pool),
        }
    }

    /// The connection.
    ///
    /// # Errors
    /// [`Error::Database`] when it was given up before.
    pub fn session(&mut self) -> Result<&mut Session> {
        self.session.as_deref_mut().ok_or_else(|| Error::Database {
            doing: "using a connection",
            source: MysqlError::own("it was given up after an error"),
        })
    }

    /// Gives the connection up: it is closed, not returned.
    pub fn discard(&mut self) {
        if self.close() {
            self.pool.give_back_place();
        }
    }

    /// Puts a new connection in the place of a lost one.
    ///
    /// # Errors
    /// [`Error::Connect`].
    pub fn reconnect(&mut self) -> Result<()> {
        self.replace(None)
    }

    /// Puts a new connection to a certain server in the place of the present one.
    ///
    /// # Errors
    /// [`Error::Connect`].
    pub fn reconnect_to(&mut self, place: &Place) -> Result<()> {
        self.replace(Some(place))
    }

    /// The new connection takes over the place of the old one in the pool's count.
    fn replace(&mut self, place: Option<&Place>) -> Result<()> {
        if !self.close() {
            self.pool.take_place()?;
        }
        match self.pool.open(place) {
            Ok(session) => {
                self.session = Some(session);
                Ok(())
            }
            Err(error) => {
                self.pool.give_back_place();
                Err(error)
            }
        }
    }

    /// Closes the connection; true when the pool of this process counts it as lent.
    fn close(&mut self) -> bool {
        let Some(mut session) = self.session.take() else {
            return false;
        };
        if !session.is_own() {
            self.pool.counters.inherited();
            return false;
        }
        session.cut();
        self.pool.counters.discarded();
        true
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        let Some(mut session) = self.session.take() else {
            return;
        };
        let pid = process::id();
        if !session.is_of(pid) {
            // Lent before fork(): it is the parent's.
            self.pool.counters.inherited();
            return;
        }
        session.settle();
        while session.is_at_rest() {
            session.rest();
            let Some((back, locks)) = self.pool.put_back(session, pid) else {
                return;
            };
            session = back;
            if !locks.iter().all(|lock| session.release_lock(*lock).is_ok()) {
                break;
            }
        }
        self.pool.counters.discarded();
        let serial = session.serial();
        drop(session);
        // Its locks went with it.
        self.pool.due_releases(serial);
        self.pool.give_back_place();
    }
}
