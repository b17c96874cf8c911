//! Connections that outlive requests: which one, in what state, how many.
//!
//! A connection is lent out as a [`Lease`]. It comes back when the lease is dropped, but only if
//! it is at rest: one in the middle of a result or a transaction is closed, and the server rolls
//! back what was open. There is no thread in the background: threads do not survive `fork()`.

mod stats;

use parking_lot::Mutex;
use std::ops::{Deref, DerefMut};
use std::sync::Arc;

use crate::config::Settings;
use crate::error::{Error, Result};
use crate::mysql::{Connection, MysqlError, Options};
pub use stats::{Counters, Stats};

/// Connections with one and the same [`Settings`].
#[derive(Debug)]
pub struct Pool {
    settings: Settings,
    idle: Mutex<Vec<Session>>,
    counters: Counters,
}

/// A connection and what was learned about its server when it was made.
#[derive(Debug)]
pub struct Session {
    connection: Connection,
    /// The server's limit for one message, in bytes.
    max_allowed_packet: u64,
    in_transaction: bool,
}

impl Pool {
    /// A pool without connections: the first one is made when it is needed.
    #[must_use]
    pub fn new(settings: Settings) -> Arc<Self> {
        Arc::new(Self {
            settings,
            idle: Mutex::new(Vec::new()),
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
            let candidate = self.idle.lock().pop();
            let Some(session) = candidate else { break };
            if !session.connection.is_own() {
                self.counters.inherited();
            } else if session.connection.is_quiet() {
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

    fn lend(self: &Arc<Self>, session: Session) -> Lease {
        self.counters.lent();
        Lease {
            session: Some(session),
            pool: Arc::clone(self),
        }
    }

    /// Closes all idle connections of this process.
    pub fn close(&self) {
        let sessions = std::mem::take(&mut *self.idle.lock());
        for session in sessions {
            if session.connection.is_own() {
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

impl Session {
    fn open(settings: &Settings) -> std::result::Result<Self, MysqlError> {
        let mut connection = Connection::open(&Options {
            host: &settings.host,
            port: settings.port,
            socket: &settings.socket,
            user: &settings.user,
            password: settings.password.reveal(),
            database: &settings.database,
            charset: &settings.charset,
            connect_timeout: settings.connect_timeout,
            read_timeout: settings.read_timeout,
            write_timeout: settings.write_timeout,
        })?;
        // Values that do not fit are errors, whatever the server's default; and a stream may wait
        // for a slow reader as long as it takes, which is the web server's to limit.
        connection.query(
            "SET SESSION sql_mode = 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION', autocommit = 1, \
             net_write_timeout = 86400",
        )?;
        connection.query("SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ")?;
        let rows = connection.query_rows("SELECT @@max_allowed_packet")?;
        let max_allowed_packet = rows
            .first()
            .and_then(|row| row.first())
            .and_then(|value| std::str::from_utf8(value.as_deref()?).ok()?.parse().ok())
            .ok_or_else(|| MysqlError::own("the server does not tell max_allowed_packet"))?;
        Ok(Self {
            connection,
            max_allowed_packet,
            in_transaction: false,
        })
    }

    /// The server's limit for one message, in bytes.
    #[must_use]
    pub fn max_allowed_packet(&self) -> u64 {
        self.max_allowed_packet
    }

    /// Starts a transaction.
    ///
    /// # Errors
    /// What the server said.
    pub fn begin(&mut self) -> std::result::Result<(), MysqlError> {
        self.connection.query("START TRANSACTION")?;
        self.in_transaction = true;
        Ok(())
    }

    /// Starts a transaction that sees the database as it is now, to its end.
    ///
    /// # Errors
    /// What the server said.
    pub fn begin_snapshot(&mut self) -> std::result::Result<(), MysqlError> {
        self.connection
            .query("START TRANSACTION WITH CONSISTENT SNAPSHOT")?;
        self.in_transaction = true;
        Ok(())
    }

    /// Makes the transaction permanent.
    ///
    /// # Errors
    /// What the server said. The transaction then counts as open until it is rolled back or the
    /// connection is closed.
    pub fn commit(&mut self) -> std::result::Result<(), MysqlError> {
        self.connection.query("COMMIT")?;
        self.in_transaction = false;
        Ok(())
    }

    /// Undoes the transaction.
    ///
    /// # Errors
    /// What the server said; the connection is then not to be used again.
    pub fn rollback(&mut self) -> std::result::Result<(), MysqlError> {
        self.connection.query("ROLLBACK")?;
        self.in_transaction = false;
        Ok(())
    }

    /// Ends a transaction that only read, if there is one.
    ///
    /// # Errors
    /// What the server said.
    pub fn end_snapshot(&mut self) -> std::result::Result<(), MysqlError> {
        if self.in_transaction {
            self.rollback()
        } else {
            Ok(())
        }
    }

    fn is_at_rest(&self) -> bool {
        !self.in_transaction && !self.connection.is_busy() && self.connection.is_own()
    }
}

impl Deref for Session {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        &self.connection
    }
}

impl DerefMut for Session {
    fn deref_mut(&mut self) -> &mut Connection {
        &mut self.connection
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
            session.connection.cut();
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
        let Some(session) = self.session.take() else {
            return;
        };
        self.pool.counters.returned();
        if session.is_at_rest() {
            self.pool.idle.lock().push(session);
        } else {
            self.pool.counters.discarded();
        }
    }
}
