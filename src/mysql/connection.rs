//! One connection: opened with all its settings, closed when dropped.

#![allow(unsafe_code)]

use std::ffi::{CStr, CString, c_char, c_uint, c_ulong, c_void};
use std::ptr::{self, NonNull};
use std::time::{Duration, Instant};

use mysqlclient_sys as ffi;

use super::block::Deferred;
use super::error::MysqlError;
use super::process;
use super::statement::{Done, Fetched, Param, Room, Statement, StatementId};
use crate::config::Tls;

/// Statements that a connection keeps prepared; the one that was not used for longest goes first.
const STATEMENTS_KEPT: usize = 64;
/// `CLIENT_FOUND_ROWS`: an UPDATE reports the rows it matched, not the rows it changed.
const CLIENT_FOUND_ROWS: c_ulong = 2;
/// A flag of the server's status.
const SERVER_STATUS_IN_TRANS: c_uint = 1;

/// How to reach a server. Timeouts are in seconds.
#[derive(Debug, Clone)]
pub struct Options<'a> {
    /// Host name or address; `localhost` or an empty string means the Unix socket.
    pub host: &'a str,
    /// TCP port.
    pub port: u16,
    /// Path of the Unix socket; empty for the library's default.
    pub socket: &'a str,
    /// User name.
    pub user: &'a str,
    /// Password.
    pub password: &'a str,
    /// Database that is selected from the start; empty for none.
    pub database: &'a str,
    /// Connection character set.
    pub charset: &'a str,
    /// Encryption.
    pub tls: Option<&'a Tls>,
    /// Limit for making the connection.
    pub connect_timeout: u32,
    /// Limit for one read from the server.
    pub read_timeout: u32,
    /// Limit for one write to the server.
    pub write_timeout: u32,
}

/// A connection to a server, with the statements prepared on it.
pub struct Connection {
    handle: NonNull<ffi::MYSQL>,
    /// The process that made the connection: only it may speak on the socket.
    pid: u32,
    statements: Vec<Cached>,
    next_id: u64,
    /// Counts uses, to find the statement that was not used for longest.
    clock: u64,
    /// What goes to the server with the next statement.
    pub(super) deferred: Vec<Deferred>,
    /// The server may know blocks of statements.
    pub(super) takes_blocks: bool,
}

struct Cached {
    id: StatementId,
    sql: String,
    used: u64,
    statement: Statement,
}

// SAFETY: the handle is owned by this value alone, and libmariadb allows a connection to be
// used from any thread as long as it is one at a time (Connector/C: "Thread safety"); `&mut self`
// on every method that talks to the server guarantees that.
unsafe impl Send for Connection {}

impl Connection {
    /// Connects and logs in.
    ///
    /// # Errors
    /// What the library or server said; [`MysqlError::own`] when a setting holds a NUL byte.
    pub fn open(options: &Options<'_>) -> Result<Self, MysqlError> {
        let text = |what: &str, value: &str| {
            CString::new(value)
                .map_err(|_| MysqlError::own(format!("the setting {what} contains a NUL byte")))
        };
        let local = options.host.is_empty() || options.host.eq_ignore_ascii_case("localhost");
        let host = text("host", if local { "localhost" } else { options.host })?;
        let user = text("user", options.user)?;
        let password = text("password", options.password)?;
        let database = text("database", options.database)?;
        let socket = text("socket", options.socket)?;
        let charset = text("charset", options.charset)?;
        // SAFETY: a null argument makes the library allocate the handle.
        let handle = NonNull::new(unsafe { ffi::mysql_init(ptr::null_mut()) })
            .ok_or_else(|| MysqlError::own("no memory for a connection"))?;
        // From here on the handle is closed by Drop whatever happens.
        let mut connection = Self {
            handle,
            pid: process::id(),
            statements: Vec::new(),
            next_id: 0,
            clock: 0,
            deferred: Vec::new(),
            takes_blocks: false,
        };
        // The options here take a pointer to an unsigned int or a string, which the library copies.
        // (A macro, because the crate hides the type of the options behind a module of its name.)
        macro_rules! set {
            ($option:ident, $pointer:expr) => {
                // SAFETY: the pointer is to a value of the option's type that outlives the call.
                unsafe {
                    ffi::mysql_options(
                        handle.as_ptr(),
                        ffi::mysql_option::$option,
                        $pointer.cast::<c_void>(),
                    )
                }
            };
        }
        set!(
            MYSQL_OPT_CONNECT_TIMEOUT,
            ptr::from_ref::<c_uint>(&options.connect_timeout)
        );
        set!(
            MYSQL_OPT_READ_TIMEOUT,
            ptr::from_ref::<c_uint>(&options.read_timeout)
        );
        set!(
            MYSQL_OPT_WRITE_TIMEOUT,
            ptr::from_ref::<c_uint>(&options.write_timeout)
        );
        // A hostile server could otherwise ask for any local file.
        set!(MYSQL_OPT_LOCAL_INFILE, ptr::from_ref::<c_uint>(&0));
        set!(MYSQL_SET_CHARSET_NAME, charset.as_ptr());
        let null_if_empty = |s: &CString| {
            if s.as_bytes().is_empty() {
                ptr::null()
            } else {
                s.as_ptr()
            }
        };
        if let Some(tls) = options.tls {
            for (setting, path) in [
                ("ssl_ca", &tls.ca),
                ("ssl_cert", &tls.cert),
                ("ssl_key", &tls.key),
            ] {
                readable(setting, path)?;
            }
            // An authority that is named would be asked for all that.
            let ca = text("ssl_ca", if tls.verify { &tls.ca } else { "" })?;
            let cert = text("ssl_cert", &tls.cert)?;
            let key = text("ssl_key", &tls.key)?;
            // SAFETY: NUL-terminated strings or null for none; the library copies them.
            unsafe {
                ffi::mysql_ssl_set(
                    handle.as_ptr(),
                    null_if_empty(&key),
                    null_if_empty(&cert),
                    null_if_empty(&ca),
                    ptr::null(),
                    ptr::null(),
                );
            }
            let verify = if tls.verify { ffi::TRUE } else { ffi::FALSE };
            set!(MYSQL_OPT_SSL_ENFORCE, ptr::from_ref::<ffi::my_bool>(&ffi::TRUE));
            set!(
                MYSQL_OPT_SSL_VERIFY_SERVER_CERT,
                ptr::from_ref::<ffi::my_bool>(&verify)
            );
        }
        // SAFETY: all pointers are NUL-terminated strings that live to the end of the call, or
        // null where the library takes null for "none".
        let connected = unsafe {
            ffi::mysql_real_connect(
                handle.as_ptr(),
                host.as_ptr(),
                user.as_ptr(),
                password.as_ptr(),
                null_if_empty(&database),
                c_uint::from(options.port),
                if local {
                    null_if_empty(&socket)
                } else {
                    ptr::null()
                },
                CLIENT_FOUND_ROWS,
            )
        };
        if connected.is_null() {
            return Err(connection.error());
        }
        // The library goes on in the clear when a server does not offer encryption.
        if options.tls.is_some() && connection.cipher().is_none() {
            return Err(MysqlError::own(
                "the server does not encrypt, and ssl_ca, ssl_cert or ssl_key ask for it",
            ));
        }
        connection.takes_blocks = connection.server_version().contains("MariaDB");
        Ok(connection)
    }

    /// Name of the cipher that encrypts the connection; none: it is not encrypted.
    #[must_use]
    pub fn cipher(&self) -> Option<String> {
        // SAFETY: the handle is valid; the library keeps the string, or says null.
        let cipher = unsafe { text(ffi::mysql_get_ssl_cipher(self.handle.as_ptr())) };
        Some(cipher).filter(|cipher| !cipher.is_empty())
    }

    /// Runs SQL without parameters and without result rows; answers with the rows matched.
    ///
    /// # Errors
    /// What the server said.
    pub fn query(&mut self, sql: &str) -> Result<u64, MysqlError> {
        self.flush()?;
        self.send(sql)?;
        // SAFETY: the handle is valid; null means that the statement has no rows.
        let result = unsafe { ffi::mysql_store_result(self.handle.as_ptr()) };
        if !result.is_null() {
            // SAFETY: `result` was just made by the library and is freed once.
            unsafe { ffi::mysql_free_result(result) };
        } else if self.errno() != 0 {
            return Err(self.error());
        }
        // SAFETY: the handle is valid.
        Ok(unsafe { ffi::mysql_affected_rows(self.handle.as_ptr()) })
    }

    /// Runs SQL without parameters and collects its rows: for a few small ones only.
    ///
    /// # Errors
    /// What the server said.
    pub fn query_rows(&mut self, sql: &str) -> Result<Vec<Vec<Option<Vec<u8>>>>, MysqlError> {
        self.flush()?;
        self.send(sql)?;
        // SAFETY: the handle is valid.
        let result = unsafe { ffi::mysql_store_result(self.handle.as_ptr()) };
        if result.is_null() {
            return if self.errno() == 0 {
                Ok(Vec::new())
            } else {
                Err(self.error())
            };
        }
        let mut rows = Vec::new();
        // SAFETY: `result` is a complete result; row and lengths are valid until the next fetch,
        // with as many fields as the library says, null for NULL.
        unsafe {
            let fields = ffi::mysql_num_fields(result) as usize;
            loop {
                let row = ffi::mysql_fetch_row(result);
                if row.is_null() {
                    break;
                }
                let lengths = ffi::mysql_fetch_lengths(result);
                rows.push(
                    (0..fields)
                        .map(|i| {
                            let value = *row.add(i);
                            (!value.is_null()).then(|| {
                                #[allow(clippy::cast_possible_truncation)]
                                let length = *lengths.add(i) as usize;
                                std::slice::from_raw_parts(value.cast::<u8>(), length).to_vec()
                            })
                        })
                        .collect(),
                );
            }
            ffi::mysql_free_result(result);
        }
        Ok(rows)
    }

    pub(super) fn send(&mut self, sql: &str) -> Result<(), MysqlError> {
        // SAFETY: pointer and length belong to `sql`, which outlives the call.
        let failed = unsafe {
            ffi::mysql_real_query(
                self.handle.as_ptr(),
                sql.as_ptr().cast::<c_char>(),
                sql.len() as c_ulong,
            )
        };
        if failed == 0 { Ok(()) } else { Err(self.error()) }
    }

    /// Runs a prepared statement that has no rows.
    ///
    /// # Errors
    /// What the server said.
    pub fn execute(&mut self, sql: &str, params: &[Param<'_>]) -> Result<Done, MysqlError> {
        self.flush()?;
        self.execute_at_once(sql, params)
    }

    pub(super) fn execute_at_once(&mut self, sql: &str, params: &[Param<'_>]) -> Result<Done, MysqlError> {
        let id = self.prepare(sql, false)?;
        let cached = self.cached(id)?;
        cached.statement.execute(params)?;
        Ok(cached.statement.done())
    }

    /// Runs a prepared statement; its rows are read with [`fetch`](Self::fetch) and the cells
    /// with [`int`](Self::int) and [`bytes`](Self::bytes). The rows stay on the wire until asked for.
    ///
    /// # Errors
    /// What the server said.
    pub fn select(&mut self, sql: &str, params: &[Param<'_>]) -> Result<StatementId, MysqlError> {
        self.start(sql, params, false)
    }

    /// As [`select`](Self::select), for a statement whose last column is file data: that column
    /// goes where [`fetch_data`](Self::fetch_data) is told to put it.
    ///
    /// # Errors
    /// What the server said.
    pub fn select_data(&mut self, sql: &str, params: &[Param<'_>]) -> Result<StatementId, MysqlError> {
        self.start(sql, params, true)
    }

    fn start(&mut self, sql: &str, params: &[Param<'_>], data_last: bool) -> Result<StatementId, MysqlError> {
        if !data_last
            && !self.deferred.is_empty()
            && let Some(statement) = self.select_in_block(&[(sql, params)])?
        {
            return Ok(statement);
        }
        self.flush()?;
        self.select_at_once(sql, params, data_last)
    }

    pub(super) fn select_at_once(
        &mut self,
        sql: &str,
        params: &[Param<'_>],
        data_last: bool,
    ) -> Result<StatementId, MysqlError> {
        let id = self.prepare(sql, data_last)?;
        self.cached(id)?.statement.execute(params)?;
        Ok(id)
    }

    /// Reads the next row into the statement's cells; false after the last one, when the
    /// statement is finished.
    ///
    /// # Errors
    /// What the server said: it may go away in mid-result.
    pub fn fetch(&mut self, id: StatementId) -> Result<bool, MysqlError> {
        self.cached(id)?.statement.fetch()
    }

    /// Reads the next row, its last column straight into `room`.
    ///
    /// # Errors
    /// What the server said.
    pub fn fetch_data(&mut self, id: StatementId, room: &Room<'_>) -> Result<Fetched, MysqlError> {
        self.cached(id)?.statement.fetch_data(room)
    }

    /// Reads the last column of the present row again, into a larger `room`.
    ///
    /// # Errors
    /// When it still does not fit.
    pub fn refetch_data(&mut self, id: StatementId, room: &Room<'_>) -> Result<(), MysqlError> {
        self.cached(id)?.statement.refetch_data(room)
    }

    /// An integer column of the present row; 0 for NULL.
    #[must_use]
    pub fn int(&self, id: StatementId, column: usize) -> i64 {
        self.peek(id).map_or(0, |s| s.int(column))
    }

    /// A column of the present row is NULL, or there is none.
    #[must_use]
    pub fn is_null(&self, id: StatementId, column: usize) -> bool {
        self.peek(id).is_none_or(|s| s.is_null(column))
    }

    /// A text or binary column of the present row; empty for NULL.
    #[must_use]
    pub fn bytes(&self, id: StatementId, column: usize) -> &[u8] {
        self.peek(id).map_or(&[], |s| s.bytes(column))
    }

    /// Ends a statement early. Unread rows are read and thrown away: for many of them drop the
    /// connection instead.
    pub fn finish(&mut self, id: StatementId) {
        if let Ok(cached) = self.cached(id) {
            cached.statement.finish();
        }
    }

    /// As [`finish`](Self::finish), for all statements.
    pub fn finish_all(&mut self) {
        for cached in &mut self.statements {
            cached.statement.finish();
        }
    }

    /// Closes the statements that are kept prepared: the tables are not what they were made for.
    pub fn forget_statements(&mut self) {
        self.statements.retain(|c| c.statement.is_active());
    }

    /// A statement is in the middle of its rows.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        self.statements.iter().any(|c| c.statement.is_active())
    }

    fn cached(&mut self, id: StatementId) -> Result<&mut Cached, MysqlError> {
        self.statements
            .iter_mut()
            .find(|c| c.id == id)
            .ok_or_else(|| MysqlError::own("the statement is not there any more"))
    }

    fn peek(&self, id: StatementId) -> Option<&Statement> {
        self.statements.iter().find(|c| c.id == id).map(|c| &c.statement)
    }

    /// The statements that are kept prepared.
    #[cfg(test)]
    pub fn prepared(&self) -> Vec<&str> {
        self.statements.iter().map(|c| c.sql.as_str()).collect()
    }

    fn prepare(&mut self, sql: &str, data_last: bool) -> Result<StatementId, MysqlError> {
        self.clock += 1;
        let clock = self.clock;
        if let Some(cached) = self
            .statements
            .iter_mut()
            .find(|c| c.sql == sql && !c.statement.is_active())
        {
            cached.used = clock;
            return Ok(cached.id);
        }
        if self.statements.len() >= STATEMENTS_KEPT {
            let oldest = self
                .statements
                .iter()
                .enumerate()
                .filter(|(_, c)| !c.statement.is_active())
                .min_by_key(|(_, c)| c.used)
                .map(|(index, _)| index);
            if let Some(index) = oldest {
                self.statements.swap_remove(index);
            }
        }
        let statement = Statement::prepare(self.handle, sql, data_last)?;
        self.next_id += 1;
        let id = StatementId(self.next_id);
        self.statements.push(Cached {
            id,
            sql: sql.to_owned(),
            used: clock,
            statement,
        });
        Ok(id)
    }

    /// Nothing waits to be read. On a connection that is at rest, anything that does is its end:
    /// a closed socket, or the server's last words.
    #[must_use]
    pub fn is_quiet(&self) -> bool {
        !self.has_input(Duration::ZERO)
    }

    /// Something can be read, or the other side has closed.
    fn has_input(&self, patience: Duration) -> bool {
        // SAFETY: the handle is valid.
        let fd = unsafe { ffi::mysql_get_socket(self.handle.as_ptr()) };
        // Without patience there is no need of a clock.
        let deadline = (!patience.is_zero()).then(|| Instant::now() + patience);
        loop {
            let mut poll = libc::pollfd {
                fd: fd as libc::c_int,
                events: libc::POLLIN,
                revents: 0,
            };
            let left = deadline.map_or(Duration::ZERO, |deadline| {
                deadline.saturating_duration_since(Instant::now())
            });
            let left = libc::c_int::try_from(left.as_millis()).unwrap_or(libc::c_int::MAX);
            // SAFETY: one pollfd on the stack.
            let ready = unsafe { libc::poll(&raw mut poll, 1, left) };
            let interrupted =
                ready < 0 && std::io::Error::last_os_error().kind() == std::io::ErrorKind::Interrupted;
            if !interrupted {
                return ready != 0;
            }
        }
    }

    /// Asks the server for a sign of life; false when there is none within the time. Only for a
    /// connection at rest.
    pub fn answers(&mut self, patience: Duration) -> bool {
        const QUESTION: &CStr = c"DO 0";
        // SAFETY: the handle is valid, and the length is that of the text. The answer, which may be
        // an error, is read before anything else is sent, or the connection is not used again.
        unsafe {
            let length = QUESTION.count_bytes() as c_ulong;
            if ffi::mysql_send_query(self.handle.as_ptr(), QUESTION.as_ptr(), length) != 0 {
                return false;
            }
        }
        // The library would wait as long as for any read.
        if !self.has_input(patience) {
            return false;
        }
        // SAFETY: as above.
        unsafe { ffi::mysql_read_query_result(self.handle.as_ptr()) == ffi::FALSE }
    }

    /// The server's last word was that a transaction is open.
    #[must_use]
    pub fn is_in_transaction(&self) -> bool {
        // SAFETY: the handle is valid; the library keeps the status of the last answer in it.
        unsafe { (*self.handle.as_ptr()).server_status & SERVER_STATUS_IN_TRANS != 0 }
    }

    /// Made by this very process, not by a parent before `fork()`.
    #[must_use]
    pub fn is_own(&self) -> bool {
        self.is_of(process::id())
    }

    /// Made by the process with this number.
    #[must_use]
    pub fn is_of(&self, pid: u32) -> bool {
        self.pid == pid
    }

    /// Cuts the socket, so that closing does not read what is still under way.
    pub fn cut(&mut self) {
        if self.is_own() {
            // SAFETY: the handle is valid; shutting a socket down twice is harmless.
            unsafe {
                let fd = ffi::mysql_get_socket(self.handle.as_ptr());
                libc::shutdown(fd as libc::c_int, libc::SHUT_RDWR);
            }
        }
    }

    /// Inherited over fork(): closing would say goodbye on the line of the parent. The descriptor, of
    /// which this process has a copy, is made to lead to nobody instead; false when it cannot be.
    fn leave_to_parent(&self) -> bool {
        // SAFETY: the descriptors are this process's own; the two of the pair are closed here, the
        // library's is replaced in one step, so that its number never means another file.
        unsafe {
            let fd = ffi::mysql_get_socket(self.handle.as_ptr()) as libc::c_int;
            let mut pair = [-1; 2];
            if fd < 0 || libc::socketpair(libc::AF_UNIX, libc::SOCK_STREAM, 0, pair.as_mut_ptr()) != 0 {
                libc::close(fd);
                return false;
            }
            let [one, other] = pair;
            let replaced = libc::dup2(one, fd) == fd;
            libc::close(one);
            // Who writes to it fails, who reads from it is at the end: nothing waits.
            libc::close(other);
            if !replaced {
                libc::close(fd);
            }
            replaced
        }
    }

    /// Version of the server, such as `10.11.6-MariaDB`.
    #[must_use]
    pub fn server_version(&self) -> String {
        // SAFETY: a connected handle has a server version; the library keeps the string.
        unsafe { text(ffi::mysql_get_server_info(self.handle.as_ptr())) }
    }

    /// Seconds that the server has been running; it counts whole ones, between two times without their fractions.
    /// None where it does not tell. (By SQL, as a proxy would answer `COM_STATISTICS` for itself.)
    ///
    /// # Errors
    /// What the server said.
    pub fn uptime(&mut self) -> Result<Option<u64>, MysqlError> {
        let rows = self.query_rows("SHOW GLOBAL STATUS LIKE 'Uptime'")?;
        let cell = rows.first().and_then(|row| row.get(1)?.as_deref());
        Ok(cell.and_then(|cell| std::str::from_utf8(cell).ok()?.parse().ok()))
    }

    fn errno(&self) -> u32 {
        // SAFETY: the handle is valid.
        unsafe { ffi::mysql_errno(self.handle.as_ptr()) }
    }

    fn error(&self) -> MysqlError {
        // SAFETY: the handle is valid and the library keeps both strings.
        unsafe {
            MysqlError {
                code: self.errno(),
                sqlstate: text(ffi::mysql_sqlstate(self.handle.as_ptr())),
                message: text(ffi::mysql_error(self.handle.as_ptr())),
            }
        }
    }
}

impl std::fmt::Debug for Connection {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Connection")
            .field("pid", &self.pid)
            .field("statements", &self.statements.len())
            .finish_non_exhaustive()
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        if self.is_own() {
            if self.is_busy() {
                self.cut();
            }
        } else if !self.leave_to_parent() {
            // The memory is left to the end of the process.
            for cached in self.statements.drain(..) {
                std::mem::forget(cached);
            }
            return;
        }
        // SAFETY: the handle was made by mysql_init and is closed here, once. The library takes
        // the statements off it, so that closing them says nothing to the server any more.
        unsafe { ffi::mysql_close(self.handle.as_ptr()) };
        self.statements.clear();
    }
}

/// A file that the library would complain about in other words.
fn readable(setting: &str, path: &str) -> Result<(), MysqlError> {
    if path.is_empty() {
        return Ok(());
    }
    std::fs::File::open(path)
        .map(drop)
        .map_err(|error| MysqlError::own(format!("the setting {setting} names {path}: {error}")))
}

/// Version of the client library, such as `3.3.8`.
#[must_use]
pub fn client_version() -> String {
    // SAFETY: the library returns a static string.
    unsafe { text(ffi::mysql_get_client_info()) }
}

/// Copies a C string of the library.
///
/// # Safety
/// `s` is null or a NUL-terminated string.
pub(super) unsafe fn text(s: *const c_char) -> String {
    if s.is_null() {
        return String::new();
    }
    // SAFETY: by the contract of this function.
    unsafe { CStr::from_ptr(s) }.to_string_lossy().into_owned()
}
