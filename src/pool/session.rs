//! A connection with what is known about its state.

use std::ops::{Deref, DerefMut};
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::thread::ThreadId;
use std::time::{Duration, Instant};

use super::retry::pause;
use crate::config::Settings;
use crate::mysql::{Connection, MysqlError, Options, Param};
use crate::tries::Tries;

/// What every connection is told first: values that do not fit are errors, lists come whole, and changes need no LIMIT,
/// whatever the server's default; and a stream may wait for a slow reader as long as it takes, which is the web server's
/// to limit. The limits for statements are spelt for the servers that know them: MariaDB reads
/// what stands behind `M!`, MySQL what stands behind `!` with a number of its own.
const SET_UP: &str = "SET SESSION sql_mode = 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION', autocommit = 1, \
    sql_select_limit = 18446744073709551615, sql_safe_updates = 0, net_write_timeout = 86400 /*M!100101 , max_statement_time = 0 */ /*!50708 , max_execution_time = 0 */";

/// For so long a look at a socket counts: what happens behind it can happen behind any look.
const LOOK_COUNTS: Duration = Duration::from_millis(1);

const RELEASE_LOCK: &str = "DO RELEASE_LOCK(?)";

/// A lock that a connection took: no other one, of this name or another, has the same in this process.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LockId {
    /// The connection.
    pub(super) serial: u64,
    number: u64,
}

/// Host and port of one of the servers of the settings.
pub type Place = (String, u16);

/// A connection and what was learned about its server when it was made.
#[derive(Debug)]
pub struct Session {
    connection: Connection,
    /// Tells it from every other of this process.
    serial: u64,
    /// The server's limit for one message, in bytes.
    max_allowed_packet: u64,
    in_transaction: bool,
    /// Statements are limited beyond what every connection is told first.
    limited: bool,
    /// The server's locks (`GET_LOCK()`) that this connection holds across statements, with their names.
    locks: Vec<(LockId, String)>,
    /// The one of them that goes with the next COMMIT.
    leaving: Option<LockId>,
    /// The thread that took them: they are no other's.
    owner: Option<ThreadId>,
    place: Place,
    /// Number of the connection, as KILL takes it. A proxy may have greeted with another.
    connection_id: u64,
    opened: Instant,
    /// How long the server had been running then, in seconds; none where it does not tell.
    uptime: Option<u64>,
    /// A statement can refuse to wait for locks, and locks rows alone.
    supports_nowait: bool,
    /// When it came back last.
    resting_since: Instant,
    /// As long as the last look at its socket counts.
    trusted_until: Instant,
}

impl Session {
    /// Connects, to one server if a certain one is wanted.
    pub(super) fn open(settings: &Settings, place: Option<&Place>) -> std::result::Result<Self, Tries> {
        let mut tries = Tries::begin();
        let time = Duration::from_secs(u64::from(settings.retry_timeout));
        let mut encrypted_again = false;
        loop {
            match Self::open_once(settings, place) {
                Ok(session) => return Ok(session),
                Err(error) => {
                    // A wrong certificate is no better the next time, a lost line is: once tells.
                    let again = error.is_worth_connecting_again()
                        || (error.is_encryption() && !std::mem::replace(&mut encrypted_again, true));
                    tries.failed(error);
                    if !again || !tries.may_go_on(settings.connect_retries, time) {
                        return Err(tries);
                    }
                }
            }
            std::thread::sleep(pause(tries.count()));
            if crate::interrupt::requested() {
                return Err(tries);
            }
        }
    }

    fn open_once(settings: &Settings, place: Option<&Place>) -> std::result::Result<Self, MysqlError> {
        let (mut connection, place) = connect(settings, place)?;
        connection.query(SET_UP)?;
        let rows = connection.query_rows(
            "SELECT @@max_allowed_packet, CONNECTION_ID(), @@log_bin, @@binlog_format, \
             @@character_set_client, @@character_set_connection, @@character_set_results",
        )?;
        let mut cells = rows
            .into_iter()
            .flatten()
            .map(|cell| String::from_utf8_lossy(&cell.unwrap_or_default()).into_owned());
        let mut number = |what| {
            let cell = cells.next().and_then(|cell| cell.parse().ok());
            cell.ok_or_else(|| MysqlError::own(format!("the server does not tell {what}")))
        };
        let max_allowed_packet = number("max_allowed_packet")?;
        let connection_id = number("the number of the connection")?;
        let log_bin = cells.next().is_some_and(|cell| cell == "1");
        let by_statement = cells
            .next()
            .is_some_and(|cell| cell.eq_ignore_ascii_case("STATEMENT"));
        // Servers can pass over what the handshake asks for (`character_set_client_handshake`), or change it (`init_connect`).
        if !cells.all(|charset| charset.eq_ignore_ascii_case(&settings.charset)) {
            connection.query(&format!("SET NAMES {}", settings.charset))?;
        }
        // Locks on rows alone, not on the gaps between them: writers of different files do not
        // meet. A server that logs statements refuses to write at that level (error 1665).
        let row_locks_alone = !(log_bin && by_statement);
        connection.query(if row_locks_alone {
            "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED"
        } else {
            "SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ"
        })?;
        static SERIAL: AtomicU64 = AtomicU64::new(1);
        let uptime = match connection.uptime() {
            Err(error) if error.is_gone() => return Err(error),
            told => told.ok().flatten(),
        };
        // MySQL has no such statements (MariaDB: "SET STATEMENT").
        let supports_nowait = row_locks_alone && connection.server_version().contains("MariaDB");
        // Not before the server has told: who is waited for would seem to have been running for too short a time.
        let now = Instant::now();
        Ok(Self {
            connection,
            serial: SERIAL.fetch_add(1, Relaxed),
            max_allowed_packet,
            in_transaction: false,
            limited: false,
            locks: Vec::new(),
            leaving: None,
            owner: None,
            place,
            connection_id,
            opened: now,
            uptime,
            supports_nowait,
            resting_since: now,
            trusted_until: now + LOOK_COUNTS,
        })
    }

    /// The server that it leads to.
    #[must_use]
    pub fn place(&self) -> &Place {
        &self.place
    }

    /// Its number on the server.
    #[must_use]
    pub fn connection_id(&self) -> u64 {
        self.connection_id
    }

    /// When it was made.
    #[must_use]
    pub fn opened(&self) -> Instant {
        self.opened
    }

    /// How long the server had been running then, in whole seconds; none where it did not tell.
    #[must_use]
    pub fn uptime_when_opened(&self) -> Option<u64> {
        self.uptime
    }

    /// The server knows `SET STATEMENT innodb_lock_wait_timeout = 0 FOR …`, and its transactions lock the rows that
    /// they look at, not the gaps between them.
    #[must_use]
    pub fn supports_nowait(&self) -> bool {
        self.supports_nowait
    }

    /// It turned out that the server does not take such statements.
    pub fn forget_nowait(&mut self) {
        self.supports_nowait = false;
    }

    /// How long it has been back.
    pub(super) fn idle_for(&self, now: Instant) -> Duration {
        now.saturating_duration_since(self.resting_since)
    }

    /// Its socket was looked at so shortly ago that this counts.
    pub(super) fn is_trusted(&self, now: Instant) -> bool {
        now < self.trusted_until
    }

    /// Nothing came on the socket that was not asked for, and the other side has not closed it.
    pub(super) fn look(&mut self, now: Instant) -> bool {
        self.trusted_until = now + LOOK_COUNTS;
        self.connection.is_quiet()
    }

    /// It comes back now.
    pub(super) fn rest(&mut self) {
        self.resting_since = Instant::now();
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

    /// Notes that the connection took a lock of the server; what it is given back by.
    pub fn took_lock(&mut self, name: &str) -> LockId {
        static NUMBER: AtomicU64 = AtomicU64::new(1);
        let id = LockId {
            serial: self.serial,
            number: NUMBER.fetch_add(1, Relaxed),
        };
        self.locks.push((id, name.to_owned()));
        self.owner = Some(std::thread::current().id());
        id
    }

    /// The connection holds this lock.
    #[must_use]
    pub fn holds(&self, lock: LockId) -> bool {
        self.locks.iter().any(|(held, _)| *held == lock)
    }

    /// Gives a lock back, if it holds it.
    ///
    /// # Errors
    /// What the server said; a connection that is lost has lost its locks too.
    pub fn release_lock(&mut self, lock: LockId) -> std::result::Result<(), MysqlError> {
        let Some(name) = self.take_lock(lock) else {
            return Ok(());
        };
        self.connection
            .execute(RELEASE_LOCK, &[Param::Text(name.as_bytes())])
            .map(drop)
    }

    /// The name of a lock that it holds, which counts as given back from here on.
    fn take_lock(&mut self, lock: LockId) -> Option<String> {
        let index = self.locks.iter().position(|(held, _)| *held == lock)?;
        let (_, name) = self.locks.remove(index);
        if self.locks.is_empty() {
            self.owner = None;
        }
        Some(name)
    }

    /// A lock, if it holds it, is given back right behind the COMMIT of this transaction and in one message with it,
    /// where the server takes that. It stays when the transaction is not committed.
    pub fn release_lock_on_commit(&mut self, lock: LockId) {
        self.leaving = Some(lock);
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

    /// Starts a transaction. The server is told with the next statement.
    pub fn begin(&mut self) {
        self.leaving = None;
        self.connection.begin();
        self.in_transaction = true;
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
    /// connection is closed, although it is permanent where only a lock could not be given back.
    pub fn commit(&mut self) -> std::result::Result<(), MysqlError> {
        let leaving = self.leaving.take();
        let leaving = leaving.and_then(|lock| self.locks.iter().find(|(held, _)| *held == lock).cloned());
        if let Some((lock, name)) = leaving {
            if self
                .connection
                .commit_and((RELEASE_LOCK, &[Param::Text(name.as_bytes())]))?
            {
                self.take_lock(lock);
            }
        } else {
            self.connection.commit()?;
        }
        self.in_transaction = false;
        Ok(())
    }

    /// The server still has the transaction open: no COMMIT has taken place.
    pub fn is_still_open(&mut self) -> bool {
        let rows = self.connection.query_rows("SELECT @@in_transaction");
        rows.is_ok_and(|rows| rows.into_iter().flatten().flatten().eq([b"1"]))
    }

    /// Undoes the transaction.
    ///
    /// # Errors
    /// What the server said; the connection is then not to be used again.
    pub fn rollback(&mut self) -> std::result::Result<(), MysqlError> {
        self.leaving = None;
        self.connection.rollback()?;
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

    /// From now on a statement ends with an error after this time, and all warnings of one are
    /// kept, until [`lift_limit`](Self::lift_limit).
    ///
    /// # Errors
    /// What the server said.
    pub fn limit_statements(&mut self, time: Duration) -> std::result::Result<(), MysqlError> {
        self.limited = true;
        let (seconds, milliseconds) = (time.as_secs_f64(), time.as_millis());
        self.connection.query(&format!(
            "SET SESSION max_error_count = 65535 /*M!100101 , max_statement_time = {seconds:.3} */ \
             /*!50708 , max_execution_time = {milliseconds} */"
        ))?;
        Ok(())
    }

    /// Statements may take any time again. A connection that keeps its limit goes to no other.
    ///
    /// # Errors
    /// What the server said.
    pub fn lift_limit(&mut self) -> std::result::Result<(), MysqlError> {
        self.connection.query(
            "SET SESSION max_error_count = DEFAULT /*M!100101 , max_statement_time = 0 */ \
             /*!50708 , max_execution_time = 0 */",
        )?;
        self.limited = false;
        Ok(())
    }

    /// The next one may have it: by what was done on it, and by what the server said last. For the
    /// process that made it.
    pub(super) fn is_at_rest(&self) -> bool {
        !self.in_transaction
            && !self.limited
            && !self.connection.is_busy()
            && !self.connection.is_in_transaction()
    }
}

/// Tries the hosts of the settings in their order, or the one that is wanted.
fn connect(
    settings: &Settings,
    place: Option<&Place>,
) -> std::result::Result<(Connection, Place), MysqlError> {
    let hosts = place.map_or_else(|| settings.hosts(), |place| vec![place.clone()]);
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
            tls: settings.tls.as_ref(),
            connect_timeout: settings.connect_timeout,
            read_timeout: settings.read_timeout,
            write_timeout: settings.write_timeout,
        });
        match opened {
            Ok(connection) => return Ok((connection, (host.clone(), *port))),
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
