//! A connection with what is known about its state.

use std::ops::{Deref, DerefMut};
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::thread::ThreadId;

use super::retry::pause;
use crate::config::Settings;
use crate::mysql::{Connection, MysqlError, Options, Param};

/// A connection and what was learned about its server when it was made.
#[derive(Debug)]
pub struct Session {
    connection: Connection,
    /// Tells it from every other of this process.
    serial: u64,
    /// The server's limit for one message, in bytes.
    max_allowed_packet: u64,
    in_transaction: bool,
    /// Names of the server's locks (`GET_LOCK()`) that this connection holds across statements.
    locks: Vec<String>,
    /// The thread that took them: they are no other's.
    owner: Option<ThreadId>,
}

impl Session {
    pub(super) fn open(settings: &Settings) -> std::result::Result<Self, MysqlError> {
        let mut connection = connect(settings)?;
        // Values that do not fit are errors, whatever the server's default; and a stream may wait
        // for a slow reader as long as it takes, which is the web server's to limit.
        connection.query(
            "SET SESSION sql_mode = 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION', autocommit = 1, \
             net_write_timeout = 86400",
        )?;
        let rows = connection.query_rows("SELECT @@max_allowed_packet, @@log_bin, @@binlog_format")?;
        let mut cells = rows
            .into_iter()
            .flatten()
            .map(|cell| String::from_utf8_lossy(&cell.unwrap_or_default()).into_owned());
        let max_allowed_packet = cells
            .next()
            .and_then(|cell| cell.parse().ok())
            .ok_or_else(|| MysqlError::own("the server does not tell max_allowed_packet"))?;
        let log_bin = cells.next().is_some_and(|cell| cell == "1");
        let by_statement = cells
            .next()
            .is_some_and(|cell| cell.eq_ignore_ascii_case("STATEMENT"));
        // Locks on rows alone, not on the gaps between them: writers of different files do not
        // meet. A server that logs statements refuses to write at that level (error 1665).
        connection.query(if log_bin && by_statement {
            "SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ"
        } else {
            "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED"
        })?;
        static SERIAL: AtomicU64 = AtomicU64::new(1);
        Ok(Self {
            connection,
            serial: SERIAL.fetch_add(1, Relaxed),
            max_allowed_packet,
            in_transaction: false,
            locks: Vec::new(),
            owner: None,
        })
    }

    /// A number that no other connection of this process had or will have.
    #[must_use]
    pub fn serial(&self) -> u64 {
        self.serial
    }

    /// The connection holds locks of the server across statements.
    #[must_use]
    pub fn has_locks(&self) -> bool {
        !self.locks.is_empty()
    }

    /// Notes that the connection took a lock of the server.
    pub fn took_lock(&mut self, lock: &str) {
        self.locks.push(lock.to_owned());
        self.owner = Some(std::thread::current().id());
    }

    /// The connection holds this lock.
    #[must_use]
    pub fn holds(&self, lock: &str) -> bool {
        self.locks.iter().any(|held| held == lock)
    }

    /// Gives a lock back, if it holds it.
    ///
    /// # Errors
    /// What the server said; a connection that is lost has lost its locks too.
    pub fn release_lock(&mut self, lock: &str) -> std::result::Result<(), MysqlError> {
        if !self.holds(lock) {
            return Ok(());
        }
        self.locks.retain(|held| held != lock);
        if self.locks.is_empty() {
            self.owner = None;
        }
        self.connection
            .execute("DO RELEASE_LOCK(?)", &[Param::Text(lock.as_bytes())])
            .map(drop)
    }

    /// This thread may use the connection: it holds no locks, or this thread's.
    pub(super) fn is_for_this_thread(&self) -> bool {
        self.owner
            .is_none_or(|owner| owner == std::thread::current().id())
    }

    /// Brings a connection that holds locks to rest rather than losing them.
    pub(super) fn settle(&mut self) {
        if self.locks.is_empty() || !self.connection.is_own() {
            return;
        }
        self.connection.finish_all();
        if self.in_transaction {
            // If this fails, the connection is closed, and the locks go with it.
            let _ = self.rollback();
        }
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
            .query("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")?;
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

    pub(super) fn is_at_rest(&self) -> bool {
        !self.in_transaction && !self.connection.is_busy() && self.connection.is_own()
    }
}

/// Tries the hosts of the settings in their order, and all of them again after a pause while
/// another try may help.
fn connect(settings: &Settings) -> std::result::Result<Connection, MysqlError> {
    let mut tries = 0;
    loop {
        tries += 1;
        match connect_once(settings) {
            Err(error) if error.is_worth_connecting_again() && tries <= settings.connect_retries => {
                std::thread::sleep(pause(tries));
            }
            Err(error) if tries > 1 => {
                return Err(MysqlError {
                    message: format!("{} ({tries} tries)", error.message),
                    ..error
                });
            }
            result => return result,
        }
    }
}

fn connect_once(settings: &Settings) -> std::result::Result<Connection, MysqlError> {
    let hosts = settings.hosts();
    let mut failures: Vec<String> = Vec::new();
    let mut last = MysqlError::own("no host is named");
    for (host, port) in &hosts {
        let opened = Connection::open(&Options {
            host,
            port: *port,
            socket: &settings.socket,
            user: &settings.user,
            password: settings.password.reveal(),
            database: &settings.database,
            charset: &settings.charset,
            connect_timeout: settings.connect_timeout,
            read_timeout: settings.read_timeout,
            write_timeout: settings.write_timeout,
        });
        match opened {
            Ok(connection) => return Ok(connection),
            Err(error) => {
                failures.push(format!("{host}:{port}: {}", error.message));
                last = error;
            }
        }
    }
    if hosts.len() > 1 {
        last.message = failures.join("; ");
    }
    Err(last)
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
