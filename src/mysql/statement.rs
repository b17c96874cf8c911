//! One prepared statement: parameters in, typed cells out.

#![allow(unsafe_code)]

use std::ffi::{c_char, c_ulong, c_void};
use std::marker::PhantomData;
use std::mem::MaybeUninit;
use std::ptr::{self, NonNull};

use ffi::enum_field_types as types;
use mysqlclient_sys as ffi;

use super::connection::text;
use super::error::MysqlError;

/// First size of the buffer of a text column; longer values make it grow.
const CELL_BYTES: usize = 512;

/// The largest message that carries all its values. The server never gives back the buffer that a message
/// needed, and collects as much of a result before it sends any: later reads of the connection would wait for
/// it where they can work beside it, which takes up to twice as long. (Manual: `net_buffer_length`;
/// `net_realloc()` and `net_write_buff()` in the server's `sql/net_serv.cc`.)
const MESSAGE: usize = 128 << 10;
/// Of a larger one, values from this length on go ahead, in messages that nobody answers.
const AHEAD: usize = 8 << 10;
/// The largest of these messages.
const PIECE: usize = 64 << 10;

/// Names a statement of one connection. It stays valid while its rows are being read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StatementId(pub(super) u64);

/// A value for a `?` of a statement.
#[derive(Debug, Clone, Copy)]
pub enum Param<'a> {
    /// An integer.
    Int(i64),
    /// Text in the character set of the connection.
    Text(&'a [u8]),
    /// Bytes that have no character set.
    Bytes(&'a [u8]),
}

impl Param<'_> {
    /// Bytes of the value, as far as they depend on it.
    pub(super) fn length(&self) -> usize {
        match self {
            Self::Int(_) => 0,
            Self::Text(value) | Self::Bytes(value) => value.len(),
        }
    }
}

/// What a statement without rows did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Done {
    /// Rows that were matched (UPDATE), removed or inserted.
    pub affected: u64,
    /// The first AUTO_INCREMENT value that was given out, 0 when none was.
    pub insert_id: u64,
}

/// What came of asking for the next row of file data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fetched {
    /// This many bytes are in the room that was given.
    Data(usize),
    /// The room was too small for this many bytes; ask again with `refetch_data`.
    TooSmall(usize),
    /// No more rows; the statement is finished.
    End,
}

/// Memory for the file data of a row, initialised or not.
#[derive(Debug)]
pub struct Room<'a> {
    start: *mut u8,
    length: usize,
    memory: PhantomData<&'a mut [MaybeUninit<u8>]>,
}

impl Room<'_> {
    /// No room: only the length of the data is asked for.
    #[must_use]
    pub fn none() -> Self {
        Self {
            start: ptr::null_mut(),
            length: 0,
            memory: PhantomData,
        }
    }

    /// What is left of it behind the first bytes.
    #[must_use]
    pub fn behind(&mut self, bytes: usize) -> Room<'_> {
        let bytes = bytes.min(self.length);
        Room {
            start: self.start.wrapping_add(bytes),
            length: self.length - bytes,
            memory: PhantomData,
        }
    }
}

impl<'a> From<&'a mut [MaybeUninit<u8>]> for Room<'a> {
    fn from(memory: &'a mut [MaybeUninit<u8>]) -> Self {
        Self {
            start: memory.as_mut_ptr().cast::<u8>(),
            length: memory.len(),
            memory: PhantomData,
        }
    }
}

impl<'a> From<&'a mut [u8]> for Room<'a> {
    fn from(memory: &'a mut [u8]) -> Self {
        Self {
            start: memory.as_mut_ptr(),
            length: memory.len(),
            memory: PhantomData,
        }
    }
}

/// Where the library puts one column of a row.
struct Cell {
    is_int: bool,
    unsigned: bool,
    int: i64,
    buffer: Vec<u8>,
    length: c_ulong,
    null: ffi::my_bool,
    truncated: ffi::my_bool,
}

/// A prepared statement and the cells of its present row.
pub(super) struct Statement {
    handle: NonNull<ffi::MYSQL_STMT>,
    /// The connection, which outlives the statement.
    mysql: NonNull<ffi::MYSQL>,
    params: usize,
    cells: Vec<Cell>,
    binds: Vec<ffi::MYSQL_BIND>,
    /// Room for what the library is told of the parameters; it means nothing after that.
    param_binds: Vec<ffi::MYSQL_BIND>,
    /// The last column is file data and has no buffer of its own.
    data_last: bool,
    /// Rows are still on the wire.
    active: bool,
    /// The library knows where the cells are, and this room for file data: it keeps that from one execution to the next.
    bound: Option<(*mut c_void, usize)>,
    /// Only its execution tells which columns it has, and more results may follow that with the rows.
    is_block: bool,
}

impl Statement {
    /// Prepares `sql` on the connection of `mysql`.
    pub(super) fn prepare(
        mysql: NonNull<ffi::MYSQL>,
        sql: &str,
        data_last: bool,
    ) -> Result<Self, MysqlError> {
        // SAFETY: the connection is open; a null answer means no memory.
        let handle = NonNull::new(unsafe { ffi::mysql_stmt_init(mysql.as_ptr()) })
            .ok_or_else(|| MysqlError::own("no memory for a statement"))?;
        let mut statement = Self {
            handle,
            mysql,
            params: 0,
            cells: Vec::new(),
            binds: Vec::new(),
            param_binds: Vec::new(),
            data_last,
            active: false,
            bound: None,
            is_block: false,
        };
        // SAFETY: pointer and length belong to `sql`.
        let failed = unsafe {
            ffi::mysql_stmt_prepare(
                handle.as_ptr(),
                sql.as_ptr().cast::<c_char>(),
                sql.len() as c_ulong,
            )
        };
        if failed != 0 {
            return Err(statement.error());
        }
        // SAFETY: the statement is prepared.
        let params = unsafe { ffi::mysql_stmt_param_count(handle.as_ptr()) };
        statement.params = usize::try_from(params).unwrap_or(usize::MAX);
        statement.describe();
        Ok(statement)
    }

    /// Makes a cell for each column of the result.
    fn describe(&mut self) {
        // SAFETY: the statement is prepared; null means that it has no rows. The fields are the library's,
        // one at a time, and used before the description is freed.
        unsafe {
            let metadata = ffi::mysql_stmt_result_metadata(self.handle.as_ptr());
            if metadata.is_null() {
                return;
            }
            let count = ffi::mysql_num_fields(metadata);
            for index in 0..count {
                let field = &mut *ffi::mysql_fetch_field_direct(metadata, index);
                forget_names(field);
                let is_int = matches!(
                    field.type_,
                    types::MYSQL_TYPE_TINY
                        | types::MYSQL_TYPE_SHORT
                        | types::MYSQL_TYPE_INT24
                        | types::MYSQL_TYPE_LONG
                        | types::MYSQL_TYPE_LONGLONG
                );
                let is_data = self.data_last && index + 1 == count;
                self.cells.push(Cell {
                    is_int,
                    unsigned: field.flags & UNSIGNED_FLAG != 0,
                    int: 0,
                    buffer: if is_int || is_data {
                        Vec::new()
                    } else {
                        vec![0; CELL_BYTES]
                    },
                    length: 0,
                    null: ffi::FALSE,
                    truncated: ffi::FALSE,
                });
            }
            ffi::mysql_free_result(metadata);
        }
        self.binds = self.cells.iter().map(|_| empty_bind()).collect();
    }

    /// Sends the parameters and runs the statement.
    pub(super) fn execute(&mut self, params: &[Param<'_>]) -> Result<(), MysqlError> {
        if params.len() != self.params {
            return Err(MysqlError::own(format!(
                "the statement takes {} parameters, not {}",
                self.params,
                params.len()
            )));
        }
        self.finish();
        let binds = &mut self.param_binds;
        binds.clear();
        binds.extend(params.iter().map(bind_param));
        if !binds.is_empty() {
            // SAFETY: `binds` has as many entries as the statement has parameters, and they and the
            // values they point to live until the statement was executed. The library copies the
            // array and does not write through parameter pointers.
            let failed = unsafe { ffi::mysql_stmt_bind_param(self.handle.as_ptr(), binds.as_mut_ptr()) };
            if failed != ffi::FALSE {
                return Err(self.error());
            }
        }
        let ahead = self.send_ahead(params)?;
        // SAFETY: the parameters are bound, to values that live until the call returns.
        if unsafe { ffi::mysql_stmt_execute(self.handle.as_ptr()) } != 0 {
            let error = self.error();
            if ahead {
                self.drop_ahead();
            }
            return Err(error);
        }
        if self.is_block || self.cells.is_empty() {
            self.describe_result();
        } else {
            self.check_result()?;
        }
        self.active = !self.cells.is_empty();
        Ok(())
    }

    /// What came is what the statement was prepared for: the library writes as many columns as the server says that there
    /// are, wherever it was told to put them last.
    fn check_result(&mut self) -> Result<(), MysqlError> {
        // SAFETY: the handle is valid, and was executed.
        let (columns, more) = unsafe {
            (
                ffi::mysql_stmt_field_count(self.handle.as_ptr()) as usize,
                ffi::mysql_stmt_more_results(self.handle.as_ptr()) != 0,
            )
        };
        if columns != self.cells.len() {
            return Err(MysqlError::own(format!(
                "the server answered with {columns} columns, not {}",
                self.cells.len()
            )));
        }
        if more {
            // The library has forgotten where they go.
            self.bound = None;
        }
        Ok(())
    }

    /// Sends long values of bound parameters that together are too much for one message; false when they are not. The
    /// server keeps them for the next execution, which tells what was wrong with them.
    fn send_ahead(&mut self, params: &[Param<'_>]) -> Result<bool, MysqlError> {
        if params.iter().map(Param::length).sum::<usize>() <= MESSAGE {
            return Ok(false);
        }
        for (index, param) in (0..).zip(params) {
            let Param::Bytes(value) = param else { continue };
            if value.len() < AHEAD {
                continue;
            }
            for piece in value.chunks(PIECE) {
                // SAFETY: the parameter exists and is bound as bytes; pointer and length belong to `piece`.
                let failed = unsafe {
                    ffi::mysql_stmt_send_long_data(
                        self.handle.as_ptr(),
                        index,
                        piece.as_ptr().cast::<c_char>(),
                        piece.len() as c_ulong,
                    )
                };
                if failed != ffi::FALSE {
                    let error = self.error();
                    self.drop_ahead();
                    return Err(error);
                }
            }
        }
        Ok(true)
    }

    /// Has the server forget what went ahead, which it does by itself only when it comes to run the statement: it
    /// would otherwise be the beginning of the next execution's values, and an error of theirs that of all to come.
    fn drop_ahead(&mut self) {
        // SAFETY: the handle is valid. Where the line is lost, so is what the server had.
        unsafe { ffi::mysql_stmt_reset(self.handle.as_ptr()) };
    }

    /// Makes cells for a result that was not known before: that of a statement in a block.
    fn describe_result(&mut self) {
        // SAFETY: the statement was executed.
        let columns = unsafe { ffi::mysql_stmt_field_count(self.handle.as_ptr()) } as usize;
        if columns == 0 {
            return;
        }
        self.is_block = true;
        self.bound = None;
        // The same statement has the same columns each time.
        if columns != self.cells.len() {
            self.cells.clear();
            self.describe();
        }
    }

    /// Lets go of the results behind the one with the rows; an error when one of them is an error.
    fn next_results(&mut self) -> Result<(), MysqlError> {
        if !self.is_block {
            return Ok(());
        }
        loop {
            // SAFETY: the statement was executed, and the rows of its present result were read or freed.
            match unsafe { ffi::mysql_stmt_next_result(self.handle.as_ptr()) } {
                0 => {
                    // SAFETY: the handle is valid.
                    unsafe { ffi::mysql_stmt_free_result(self.handle.as_ptr()) };
                }
                NO_MORE_RESULTS => return Ok(()),
                _ => return Err(self.error()),
            }
        }
    }

    /// What the statement did.
    pub(super) fn done(&self) -> Done {
        // SAFETY: the statement was executed.
        unsafe {
            Done {
                affected: ffi::mysql_stmt_affected_rows(self.handle.as_ptr()),
                insert_id: ffi::mysql_stmt_insert_id(self.handle.as_ptr()),
            }
        }
    }

    /// The next row into the cells; false at the end.
    pub(super) fn fetch(&mut self) -> Result<bool, MysqlError> {
        match self.next_row(ptr::null_mut(), 0)? {
            Row::End => Ok(false),
            Row::There => Ok(true),
        }
    }

    /// The next row, its last column into `room`.
    pub(super) fn fetch_data(&mut self, room: &Room<'_>) -> Result<Fetched, MysqlError> {
        if let Row::End = self.next_row(room.start.cast::<c_void>(), room.length)? {
            return Ok(Fetched::End);
        }
        let Some(cell) = self.cells.last() else {
            return Ok(Fetched::End);
        };
        if cell.null != ffi::FALSE {
            return Err(MysqlError::own("a data row holds NULL"));
        }
        #[allow(clippy::cast_possible_truncation)]
        let length = cell.length as usize;
        Ok(if length > room.length {
            Fetched::TooSmall(length)
        } else {
            Fetched::Data(length)
        })
    }

    /// The last column of the present row once more.
    pub(super) fn refetch_data(&mut self, room: &Room<'_>) -> Result<(), MysqlError> {
        let Some(column) = self.cells.len().checked_sub(1) else {
            return Err(MysqlError::own("the statement has no rows"));
        };
        let mut length: c_ulong = 0;
        let mut bind = empty_bind();
        bind.buffer_type = types::MYSQL_TYPE_BLOB;
        bind.buffer = room.start.cast::<c_void>();
        bind.buffer_length = room.length as c_ulong;
        bind.length = &raw mut length;
        // SAFETY: there is a present row, the column exists, and the bind points to `room` with
        // its true length.
        #[allow(clippy::cast_possible_truncation)]
        let failed =
            unsafe { ffi::mysql_stmt_fetch_column(self.handle.as_ptr(), &raw mut bind, column as u32, 0) };
        if failed != 0 {
            return Err(self.error());
        }
        if length as usize > room.length {
            return Err(MysqlError::own("a data row changed its length between two reads"));
        }
        Ok(())
    }

    fn next_row(&mut self, data: *mut c_void, room: usize) -> Result<Row, MysqlError> {
        if !self.active {
            return Ok(Row::End);
        }
        // The cells stay where they are until one grows.
        if self.bound != Some((data, room)) {
            self.bind(data, room)?;
        }
        // SAFETY: every bind points into a cell of this statement (or the caller's room) that stays where
        // it is until after the fetch.
        let code = unsafe { ffi::mysql_stmt_fetch(self.handle.as_ptr()) };
        match code {
            0 => Ok(Row::There),
            NO_DATA => {
                // The library also says "no data" when the server went away in mid-result.
                // SAFETY: the handle is valid.
                if unsafe { ffi::mysql_stmt_errno(self.handle.as_ptr()) } != 0 {
                    return Err(self.error());
                }
                self.active = false;
                self.next_results()?;
                Ok(Row::End)
            }
            DATA_TRUNCATED => {
                self.enlarge()?;
                Ok(Row::There)
            }
            _ => {
                self.active = false;
                Err(self.error())
            }
        }
    }

    /// Tells the library where to put the columns of a row: into the cells, file data into the room.
    fn bind(&mut self, data: *mut c_void, room: usize) -> Result<(), MysqlError> {
        let last = self.cells.len().wrapping_sub(1);
        for (index, (cell, bind)) in self.cells.iter_mut().zip(self.binds.iter_mut()).enumerate() {
            if self.data_last && index == last {
                bind.buffer_type = types::MYSQL_TYPE_BLOB;
                bind.buffer = data;
                bind.buffer_length = room as c_ulong;
            } else if cell.is_int {
                bind.buffer_type = types::MYSQL_TYPE_LONGLONG;
                bind.buffer = (&raw mut cell.int).cast::<c_void>();
                bind.buffer_length = size_of::<i64>() as c_ulong;
                bind.is_unsigned = if cell.unsigned { ffi::TRUE } else { ffi::FALSE };
            } else {
                bind.buffer_type = types::MYSQL_TYPE_STRING;
                bind.buffer = cell.buffer.as_mut_ptr().cast::<c_void>();
                bind.buffer_length = cell.buffer.len() as c_ulong;
            }
            bind.length = &raw mut cell.length;
            bind.is_null = &raw mut cell.null;
            bind.error = &raw mut cell.truncated;
        }
        // SAFETY: one bind a column; the library copies the array.
        if unsafe { ffi::mysql_stmt_bind_result(self.handle.as_ptr(), self.binds.as_mut_ptr()) } != ffi::FALSE
        {
            return Err(self.error());
        }
        self.bound = Some((data, room));
        Ok(())
    }

    /// Fetches the cells again that were too small for their value.
    fn enlarge(&mut self) -> Result<(), MysqlError> {
        let last = self.cells.len().wrapping_sub(1);
        for index in 0..self.cells.len() {
            if self.data_last && index == last {
                continue;
            }
            let Some(cell) = self.cells.get_mut(index) else {
                continue;
            };
            #[allow(clippy::cast_possible_truncation)]
            let length = cell.length as usize;
            if cell.is_int || length <= cell.buffer.len() {
                continue;
            }
            cell.buffer.resize(length, 0);
            self.bound = None;
            let mut bind = empty_bind();
            bind.buffer_type = types::MYSQL_TYPE_STRING;
            bind.buffer = cell.buffer.as_mut_ptr().cast::<c_void>();
            bind.buffer_length = length as c_ulong;
            bind.length = &raw mut cell.length;
            bind.is_null = &raw mut cell.null;
            // SAFETY: there is a present row, the column exists, and the bind points into the
            // cell's buffer with its true length.
            #[allow(clippy::cast_possible_truncation)]
            let failed =
                unsafe { ffi::mysql_stmt_fetch_column(self.handle.as_ptr(), &raw mut bind, index as u32, 0) };
            if failed != 0 {
                return Err(self.error());
            }
        }
        Ok(())
    }

    pub(super) fn int(&self, column: usize) -> i64 {
        self.cells
            .get(column)
            .filter(|cell| cell.null == ffi::FALSE)
            .map_or(0, |cell| cell.int)
    }

    pub(super) fn is_null(&self, column: usize) -> bool {
        self.cells.get(column).is_none_or(|cell| cell.null != ffi::FALSE)
    }

    pub(super) fn bytes(&self, column: usize) -> &[u8] {
        #[allow(clippy::cast_possible_truncation)]
        self.cells
            .get(column)
            .filter(|cell| cell.null == ffi::FALSE)
            .and_then(|cell| cell.buffer.get(..cell.length as usize))
            .unwrap_or(&[])
    }

    pub(super) fn is_active(&self) -> bool {
        self.active
    }

    /// Lets go of unread rows.
    pub(super) fn finish(&mut self) {
        if self.active {
            self.active = false;
            // SAFETY: the handle is valid; the call reads what is left of the result.
            unsafe { ffi::mysql_stmt_free_result(self.handle.as_ptr()) };
            // What went wrong behind the rows is of no interest any more.
            let _ = self.next_results();
        }
    }

    fn error(&self) -> MysqlError {
        // SAFETY: both handles are valid and the library keeps all strings. An error that comes in
        // the place of a row is kept by the connection alone.
        unsafe {
            let (statement, mysql) = (self.handle.as_ptr(), self.mysql.as_ptr());
            if ffi::mysql_stmt_errno(statement) != 0 {
                MysqlError {
                    code: ffi::mysql_stmt_errno(statement),
                    sqlstate: text(ffi::mysql_stmt_sqlstate(statement)),
                    message: text(ffi::mysql_stmt_error(statement)),
                }
            } else {
                MysqlError {
                    code: ffi::mysql_errno(mysql),
                    sqlstate: text(ffi::mysql_sqlstate(mysql)),
                    message: text(ffi::mysql_error(mysql)),
                }
            }
        }
    }
}

impl Drop for Statement {
    fn drop(&mut self) {
        // SAFETY: the handle was made by mysql_stmt_init and is closed here, once. If its connection
        // was closed before, the library has taken it off that.
        unsafe { ffi::mysql_stmt_close(self.handle.as_ptr()) };
    }
}

enum Row {
    There,
    End,
}

/// `MYSQL_NO_DATA` and `MYSQL_DATA_TRUNCATED` of `mysql_stmt_fetch()`.
const NO_DATA: i32 = 100;
const DATA_TRUNCATED: i32 = 101;
/// What `mysql_stmt_next_result()` says at the end.
const NO_MORE_RESULTS: i32 = -1;
/// `UNSIGNED_FLAG` of a field.
const UNSIGNED_FLAG: u32 = 32;

/// Has the library keep no names of a column. A server that describes a result when it is prepared, and then no
/// more (capability `CACHE_METADATA`, MariaDB 10.6), leaves it to the library to describe each execution, which
/// copies all names of all columns: a quarter of what this process does for a small file. Names
/// that are null are not copied, and nobody asks for them. (A block is described each time, names and all.)
fn forget_names(field: &mut ffi::MYSQL_FIELD) {
    for name in [
        &mut field.catalog,
        &mut field.db,
        &mut field.table,
        &mut field.org_table,
        &mut field.name,
        &mut field.org_name,
        &mut field.def,
    ] {
        *name = ptr::null_mut();
    }
}

fn empty_bind() -> ffi::MYSQL_BIND {
    // SAFETY: the C interface defines an all-zero MYSQL_BIND as the start value.
    unsafe { std::mem::zeroed() }
}

fn bind_param(param: &Param<'_>) -> ffi::MYSQL_BIND {
    let mut bind = empty_bind();
    match param {
        Param::Int(value) => {
            bind.buffer_type = types::MYSQL_TYPE_LONGLONG;
            bind.buffer = ptr::from_ref(value).cast_mut().cast::<c_void>();
        }
        Param::Text(value) | Param::Bytes(value) => {
            bind.buffer_type = match param {
                Param::Text(_) => types::MYSQL_TYPE_STRING,
                _ => types::MYSQL_TYPE_BLOB,
            };
            bind.buffer = value.as_ptr().cast_mut().cast::<c_void>();
            bind.buffer_length = value.len() as c_ulong;
        }
    }
    bind
}
