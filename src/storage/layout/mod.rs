//! What the tables of a database look like, found out by their columns, and all SQL that depends
//! on it: one [`Layout`] for each way of keeping files in them.

// `Layout` says it for all of its methods.
#![allow(clippy::missing_errors_doc)]

mod claims;
pub mod hash;
pub mod id;
mod indexes;
mod list;
mod matching;
mod shape;

use std::collections::HashMap;
use std::sync::Arc;

use crate::config::Settings;
use crate::error::{Error, Result};
use crate::mysql::{MysqlError, StatementId};
use crate::pool::Session;
use crate::storage::list::Wanted;
use crate::storage::pattern::Match;
use crate::storage::{Attempt, Key, Metadata, MetadataRow, Name, Trouble};
pub use claims::await_lock;
pub use claims::{CLAIM_DATATYPE, ClaimKey, ClaimRow, ClaimState, ClaimWanted, Grant, Seen, claim};
pub use claims::{lock_state, try_lock, unlock};
pub use indexes::Indexes;
pub use list::EveryRow;
pub use matching::{Age, ROWS_AT_ONCE};
pub use shape::{GENERIC_DATATYPE, Shape, Width};

/// A column of a table, as the database describes it.
#[derive(Debug, Clone)]
pub struct Column {
    /// Type without its width, lower case: `varchar`, `blob`, `bigint`.
    pub data_type: String,
    /// A number without negative values.
    pub unsigned: bool,
    /// Characters, or bytes for types without a character set.
    pub length: Option<u64>,
    /// Character set; none for numbers and bytes.
    pub charset: Option<String>,
}

impl Column {
    /// The largest value of an integer column, as far as an `i64` goes.
    #[must_use]
    pub fn integer_max(&self) -> i64 {
        let signed = match self.data_type.as_str() {
            "tinyint" => i64::from(i8::MAX),
            "smallint" => i64::from(i16::MAX),
            "mediumint" => (1 << 23) - 1,
            "bigint" => return i64::MAX,
            _ => i64::from(i32::MAX),
        };
        if self.unsigned { signed * 2 + 1 } else { signed }
    }
}

/// Columns of one table by name.
pub type Columns = HashMap<String, Column>;

/// The columns of both cluster tables; a missing table has none.
///
/// # Errors
/// What kept the database from telling.
pub fn columns(session: &mut Session) -> Result<(Columns, Columns)> {
    let rows = session
        .query_rows(
            "SELECT TABLE_NAME, COLUMN_NAME, DATA_TYPE, CHARACTER_MAXIMUM_LENGTH, CHARACTER_SET_NAME, \
             COLUMN_TYPE \
             FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = DATABASE() \
             AND TABLE_NAME IN ('ezdbfile', 'ezdbfile_data')",
        )
        .map_err(Error::database("looking at the tables"))?;
    let (mut files, mut data) = (Columns::new(), Columns::new());
    for row in rows {
        let mut cells = row
            .into_iter()
            .map(|cell| cell.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()));
        let mut next = || cells.next().flatten();
        let (Some(table), Some(name)) = (next(), next()) else {
            continue;
        };
        let column = Column {
            data_type: next().unwrap_or_default().to_ascii_lowercase(),
            length: next().and_then(|length| length.parse().ok()),
            charset: next(),
            unsigned: next().is_some_and(|whole| whole.to_ascii_lowercase().contains("unsigned")),
        };
        let columns = if table.eq_ignore_ascii_case("ezdbfile") {
            &mut files
        } else {
            &mut data
        };
        columns.insert(name.to_ascii_lowercase(), column);
    }
    Ok((files, data))
}

/// A file as it is about to be described in the tables.
#[derive(Debug)]
pub struct NewFile<'a> {
    /// Its name.
    pub name: &'a Name,
    /// MIME type or word.
    pub datatype: &'a [u8],
    /// Category.
    pub scope: &'a [u8],
    /// Bytes.
    pub size: u64,
    /// Seconds since 1970, 1 at least.
    pub mtime: i64,
}

impl NewFile<'_> {
    /// What a row says of it, in the layout that knows no trunks of names.
    fn row(&self, id: u64) -> MetadataRow<'_> {
        MetadataRow {
            id: Some(id),
            name: self.name.bytes(),
            name_trunk: None,
            datatype: self.datatype,
            scope: self.scope,
            size: self.size,
            mtime: self.mtime,
        }
    }
}

/// A version that is being written.
#[derive(Debug)]
pub struct Draft {
    /// What will be its [`Metadata::id`].
    pub id: u64,
    /// Where its next bytes go, in the layout that must know.
    place: Option<hash::Place>,
    /// As in [`Trace`].
    before: Option<[u64; 3]>,
}

impl Draft {
    fn by_id(id: u64) -> Self {
        Self {
            id,
            place: None,
            before: None,
        }
    }

    /// What it leaves behind.
    #[must_use]
    pub fn into_trace(self) -> Trace {
        Trace {
            id: self.id,
            before: self.before,
        }
    }
}

/// What a version that was written is known by when its COMMIT was not answered.
#[derive(Debug, Clone)]
pub struct Trace {
    /// Its [`Metadata::id`].
    id: u64,
    /// What tells what had its name before ([`Metadata::told_by`]), in the layout that must know.
    before: Option<[u64; 3]>,
}

impl Trace {
    fn by_id(id: u64) -> Self {
        Self { id, before: None }
    }
}

/// Data rows on their way, file data last.
#[derive(Debug, Clone, Copy)]
pub struct Rows {
    /// The statement.
    pub statement: StatementId,
    /// The column that tells where in the file a row begins, where the rows tell.
    pub offset: Option<usize>,
}

/// The data rows that a part of a file touches.
#[derive(Debug, Clone, Copy)]
pub struct Part {
    /// The rows.
    pub rows: Rows,
    /// Where in the file the first one begins.
    pub position: u64,
    /// Length that every row but the last must have, where the start was computed from it.
    pub stride: Option<u64>,
}

/// One way of keeping files in the two tables. What differs between the ways is behind this and
/// nowhere else. An error of its methods is what the server said, or a refusal of what does not fit.
pub trait Layout:
    Reading
    + Writing
    + Relocating
    + Matching
    + Listing
    + Claiming
    + Outcome
    + Checking
    + Leaving
    + std::fmt::Debug
    + Send
    + Sync
{
    /// Its name.
    fn kind(&self) -> &'static str;

    /// Rows of `ezdbfile` have ids; without them, they are known by their names alone.
    fn has_ids(&self) -> bool;

    /// The widths of the columns.
    fn shape(&self) -> &Shape;

    /// Puts an error of the server into words that a refusal of what was to be written deserves.
    fn refusal(&self, error: MysqlError) -> Trouble {
        shape::unfit(error)
    }

    /// What is known about a version once it is written.
    fn described(&self, file: &NewFile<'_>, id: u64) -> Metadata {
        Metadata::from(file.row(id))
    }
}

/// Looking versions up and reading them.
pub trait Reading {
    /// The file of a name, live or expired. A row that only shares the hash is somebody else's.
    fn find(&self, session: &mut Session, name: &Name) -> Attempt<Option<Metadata>>;

    /// As [`find`](Self::find), and does not ask for what tells the version where that costs more.
    fn describe(&self, session: &mut Session, name: &Name) -> Attempt<Option<Metadata>> {
        self.find(session, name)
    }

    /// As [`find`](Self::find), and keeps others from changing or removing the version to the end
    /// of the transaction.
    fn find_locked(&self, session: &mut Session, name: &Name) -> Attempt<Option<Metadata>>;

    /// Starts reading metadata and bytes of a name in one go: every row has the metadata, for
    /// [`row`](Self::row), and the rows come in order. None when there is no file with this hash,
    /// or it has no data rows. Where what tells the version costs more, it is left out: the last row
    /// tells it, by the offset before the one that is its [`Metadata::id`].
    fn open(&self, session: &mut Session, name: &Name) -> Attempt<Rows>;

    /// As [`open`](Self::open), and every row tells the version.
    fn open_told(&self, session: &mut Session, name: &Name) -> Attempt<Rows> {
        self.open(session, name)
    }

    /// The metadata in the present row of [`open`](Self::open) or [`open_told`](Self::open_told).
    fn row(&self, session: &Session, rows: Rows) -> Metadata;

    /// Starts reading the bytes of a version.
    fn open_version(&self, session: &mut Session, metadata: &Metadata) -> Attempt<Rows>;

    /// Starts reading the rows of a version that have bytes from `from`, which is before `until`,
    /// to `until`; none when it has no rows there. For a transaction that sees one state.
    fn open_part(
        &self,
        session: &mut Session,
        metadata: &Metadata,
        from: u64,
        until: u64,
    ) -> Attempt<Option<Part>>;
}

/// Writing a version.
pub trait Writing {
    /// Begins a new version: writes what is known about it.
    fn begin(&self, session: &mut Session, file: &NewFile<'_>) -> Attempt<Draft>;

    /// As [`begin`](Self::begin), for a name that no row has; none when one has it by now. (No row cannot be locked.)
    fn begin_new(&self, session: &mut Session, file: &NewFile<'_>) -> Attempt<Option<Draft>>;

    /// Adds rows of at most `chunk` bytes to a version. One that is to be empty is given no bytes, once.
    fn append(&self, session: &mut Session, draft: &mut Draft, bytes: &[u8], chunk: usize) -> Attempt<()>;

    /// Puts a version that is written in the place of those before it.
    fn complete(&self, session: &mut Session, draft: &Draft, name: &Name) -> Attempt<()>;
}

/// Copying and renaming a version.
pub trait Relocating {
    /// Copies a version that is locked and live to another name inside the server, replacing what
    /// has it.
    fn copy(&self, session: &mut Session, from: &Metadata, to: &Name) -> Attempt<Trace>;

    /// Gives a version that is locked and live another name, replacing what has it; its
    /// [`Metadata::id`] then.
    fn rename(&self, session: &mut Session, from: &Metadata, to: &Name) -> Attempt<u64>;
}

/// Finding rows by what their names are like, marking them, removing them.
pub trait Matching {
    /// Keys of the rows that a match and an age mean, in ascending order. Of live ones there may be others, which
    /// only [`expire`](Self::expire) and [`remove`](Self::remove) tell from them.
    fn matching(&self, session: &mut Session, matching: &Match, age: Age) -> Attempt<Vec<Key>>;

    /// Marks the live rows that a match means as expired in one statement, [`ROWS_AT_ONCE`] of them at most;
    /// says how many. None, and nothing was done: the server cannot decide what is meant, not at once (it is said by too many
    /// prefixes), or without an index; or it cannot refuse to wait, and somebody else has a row locked that the
    /// statement would have to look at, be it only the one behind those that are meant; or it changes nothing.
    fn expire_at_once(&self, session: &mut Session, matching: &Match) -> Attempt<Option<u64>>;

    /// Marks those of the rows as expired that are live and still have their names; says how many.
    fn expire(&self, session: &mut Session, keys: &[Key]) -> Attempt<u64>;

    /// Removes those of the rows for good that are of that age and still have their names, and with
    /// each one the leftovers of its name that it hid. Says how many rows went.
    fn remove(&self, session: &mut Session, keys: &[Key], age: Age) -> Attempt<u64>;
}

/// Lists of names.
pub trait Listing {
    /// Starts reading names: the first column is the name.
    fn list(&self, session: &mut Session, wanted: &Wanted) -> Attempt<StatementId>;

    /// Starts reading all rows, where a row can hide others of its name and to leave these out costs the
    /// server a look-up for each.
    fn list_every_row(&self, _: &mut Session, _: &Wanted) -> Attempt<Option<EveryRow>> {
        Ok(None)
    }
}

/// The row `<path>.generating` that stands for a claim, and what becomes of it.
pub trait Claiming {
    /// Takes the lock of a claim, waiting `patience` seconds at most, and then, seeing what is
    /// committed by now, makes the claim's row unless there is one or the claim is overtaken; the
    /// number of the claim.
    fn insert_claim(
        &self,
        session: &mut Session,
        wanted: &ClaimWanted<'_>,
        patience: i64,
    ) -> Attempt<Option<u64>>;

    /// How things stand about a claim.
    fn claim_state(&self, session: &mut Session, wanted: &ClaimWanted<'_>) -> Attempt<ClaimState>;

    /// Makes a claim's row young that is as old as it was seen; true for one of all who try.
    fn win_claim(&self, session: &mut Session, wanted: &ClaimWanted<'_>, row: ClaimRow) -> Attempt<bool>;

    /// There is another version than the one that was seen.
    fn is_overtaken(&self, session: &mut Session, wanted: &ClaimWanted<'_>) -> Attempt<bool>;

    /// Puts a new row in the place of an abandoned one: its maker, should it still live, finds
    /// its own gone. The number of the claim.
    fn replace_claim(&self, session: &mut Session, wanted: &ClaimWanted<'_>) -> Attempt<u64>;

    /// Makes a claim young again; false when it is lost.
    fn renew_claim(&self, session: &mut Session, claim: &ClaimKey<'_>) -> Attempt<bool>;

    /// Notes the size of what is about to be kept under the claim's name, and removes what was kept
    /// there; none when the claim is lost.
    fn refill_claim(&self, session: &mut Session, claim: &ClaimKey<'_>, size: u64) -> Attempt<Option<Draft>>;

    /// Begins a version in the place of a claim; none when the claim is lost. What was
    /// kept under its name goes.
    fn begin_claimed(
        &self,
        session: &mut Session,
        claim: &ClaimKey<'_>,
        file: &NewFile<'_>,
    ) -> Attempt<Option<Draft>>;

    /// Puts a version that was begun in the place of a claim in the place of those before it.
    fn complete_claimed(&self, session: &mut Session, draft: &Draft, name: &Name) -> Attempt<()>;

    /// Makes what was kept under the claim's name the file, and ends the claim; its
    /// [`Metadata::id`], or none when the claim is lost.
    fn publish_kept(
        &self,
        session: &mut Session,
        claim: &ClaimKey<'_>,
        file: &NewFile<'_>,
    ) -> Attempt<Option<u64>>;

    /// Removes a claim's row and what was kept under its name.
    fn drop_claim(&self, session: &mut Session, claim: &ClaimKey<'_>) -> Attempt<()>;
}

/// What shows whether a change is committed. Every reading here takes locks and so waits for those
/// who change the same rows. All is asked outside of a transaction.
pub trait Outcome {
    /// A version that was put in the place of others is there, or one that came after it.
    fn is_stored(&self, session: &mut Session, name: &Name, trace: &Trace) -> Attempt<bool>;

    /// A claim has turned into this version.
    fn is_published(&self, session: &mut Session, claim: &ClaimKey<'_>, file: &Metadata) -> Attempt<bool>;

    /// A version has its new name, or had it and was replaced since: nothing has the old one.
    fn is_renamed(&self, session: &mut Session, from: &Name, renamed: &Metadata) -> Attempt<bool>;

    /// Some of the rows are still there with their names and of that age.
    fn any_left(&self, session: &mut Session, keys: &[Key], age: Age) -> Attempt<bool>;
}

/// A row of `ezdbfile` as a check looks at it.
#[derive(Debug, Clone)]
pub struct CheckRow {
    /// What its data rows refer to it by: an id in digits, or a hash.
    pub key: Vec<u8>,
    /// Its id, where it has one.
    pub id: u64,
    /// Its name.
    pub name: Vec<u8>,
    /// The hash that it has.
    pub name_hash: Vec<u8>,
    /// MIME type or word.
    pub datatype: Vec<u8>,
    /// Category.
    pub scope: Vec<u8>,
    /// Bytes.
    pub size: u64,
    /// Seconds since 1970, negative when it is expired.
    pub mtime: i64,
    /// Another row of the name is the file.
    pub superseded: bool,
    /// Its time and its flag do not agree on whether it is expired.
    pub disagrees: bool,
    /// It has a `name_trunk`, and not that of its name and scope.
    pub wrong_trunk: bool,
}

/// What a check looks at and puts right.
pub trait Checking {
    /// The next files in order of their keys, behind one or from the beginning, up to another.
    fn check_files(
        &self,
        session: &mut Session,
        after: Option<&[u8]>,
        until: Option<&[u8]>,
        limit: usize,
    ) -> Attempt<Vec<CheckRow>>;

    /// The last of so many keys that data rows have between two; none when there are fewer.
    fn check_limit(
        &self,
        session: &mut Session,
        after: Option<&[u8]>,
        until: Option<&[u8]>,
        keys: u32,
    ) -> Attempt<Option<Vec<u8>>>;

    /// Starts reading what data rows there are with keys behind one, up to another, in order of keys
    /// and places.
    fn check_data(
        &self,
        session: &mut Session,
        after: Option<&[u8]>,
        until: Option<&[u8]>,
    ) -> Attempt<StatementId>;

    /// The present row of [`check_data`](Self::check_data): key, offset where rows tell it, and bytes.
    fn check_datum(&self, session: &Session, statement: StatementId) -> (Vec<u8>, Option<u64>, u64);

    /// Removes data rows that still have no file; false when there are none.
    fn remove_orphans(&self, session: &mut Session, key: &[u8]) -> Attempt<bool>;

    /// Removes data rows behind the end of a file that still is whole without them.
    fn remove_behind(&self, session: &mut Session, row: &CheckRow) -> Attempt<bool>;

    /// Makes the time and the flag agree on what readers take a file for.
    fn agree(&self, session: &mut Session, row: &CheckRow) -> Attempt<bool>;

    /// Gives a row the `name_trunk` of its name and scope.
    fn mend_trunk(&self, session: &mut Session, row: &CheckRow) -> Attempt<bool>;
}

/// A change of one of the tables, and what it is noted by: an expression for the name hash of a row of
/// `ezdbfile`, or for the id of one that a data row refers to.
#[derive(Debug, Clone, Copy)]
pub struct Watched {
    /// Table.
    pub table: &'static str,
    /// `INSERT`, `UPDATE` or `DELETE`.
    pub event: &'static str,
    /// Column of the notes.
    pub column: &'static str,
    /// Its values, as tuples of SQL.
    pub values: &'static str,
}

/// Files on their way to tables of the other layout.
pub trait Leaving {
    /// All rows that have one of these hashes.
    fn rows_hashed(&self, session: &mut Session, hashes: &[Vec<u8>]) -> Attempt<Vec<CheckRow>>;

    /// Starts reading the data rows of these keys (see [`CheckRow::key`]), each key's in their order.
    /// The bytes come last, for [`fetch_data`](crate::mysql::Connection::fetch_data).
    fn data_of(&self, session: &mut Session, keys: &[&[u8]]) -> Attempt<StatementId>;

    /// Key and offset, where rows tell it, of the present row of [`data_of`](Self::data_of).
    fn datum(&self, session: &Session, statement: StatementId) -> (Vec<u8>, Option<u64>);

    /// The hashes of rows by their ids, in the layout that has ids.
    fn hashes_of(&self, session: &mut Session, ids: &[i64]) -> Attempt<Vec<Vec<u8>>>;

    /// The changes that make a file another one.
    fn watched(&self) -> [Watched; 6];
}

/// Finds out the layout of the database of this connection.
///
/// # Errors
/// [`Error::NoTables`] and [`Error::UnknownTable`].
pub fn detect(session: &mut Session, settings: &Settings) -> Result<Arc<dyn Layout>> {
    match detect_once(session, settings) {
        Err(Error::UnknownTable { .. } | Error::NoTables { .. }) => detect_held(session, settings),
        done => done,
    }
}

/// Looks at tables that nobody can rename meanwhile. Without that, where others are about to take their
/// places, one table may be looked at before and one after, or neither be found. For a connection
/// outside of a transaction.
fn detect_held(session: &mut Session, settings: &Settings) -> Result<Arc<dyn Layout>> {
    session.begin();
    for table in ["ezdbfile", "ezdbfile_data"] {
        // Waits for a renaming under way. What else is wrong about them, the look itself tells.
        let _ = session.query(&format!("SELECT 1 FROM {table} LIMIT 0"));
    }
    let found = detect_once(session, settings);
    session
        .end_snapshot()
        .map_err(Error::database("looking at the tables"))?;
    found
}

fn detect_once(session: &mut Session, settings: &Settings) -> Result<Arc<dyn Layout>> {
    let (files, data) = columns(session)?;
    if files.is_empty() && data.is_empty() {
        return Err(Error::NoTables {
            database: settings.database.clone(),
        });
    }
    if hash::is_hash(&files, &data) {
        let layout = hash::HashLayout::from_columns(&files, &data, &Indexes::of(session)?, settings)?;
        return Ok(Arc::new(layout));
    }
    let layout = id::IdLayout::from_columns(&files, &data, &Indexes::of(session)?, settings)?;
    Ok(Arc::new(layout))
}

/// Checks that a table has the columns of a layout.
fn check(table: &'static str, columns: &Columns, wanted: &[&str]) -> Result<()> {
    let unknown = |reason: String| Err(Error::UnknownTable { table, reason });
    if columns.is_empty() {
        return unknown("it does not exist; ezdbfile_install() makes it".into());
    }
    let Some(missing) = wanted.iter().find(|name| !columns.contains_key(**name)) else {
        return Ok(());
    };
    let mut there: Vec<&str> = columns.keys().map(String::as_str).collect();
    there.sort_unstable();
    unknown(format!(
        "it has no column {missing} (its columns are {})",
        there.join(", ")
    ))
}

/// Checks that a table which stands alone has the columns of a layout.
fn check_half(files: &Columns, data: &Columns, wanted: (&[&str], &[&str])) -> Result<()> {
    for (table, columns, wanted) in [("ezdbfile", files, wanted.0), ("ezdbfile_data", data, wanted.1)] {
        if !columns.is_empty() {
            check(table, columns, wanted)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod properties {
    use proptest::prelude::*;

    use super::*;
    use crate::testing::cases;

    proptest! {
        #![proptest_config(cases())]

        #[test]
        fn a_value_is_cut_to_what_goes_in_and_never_within_a_character(
            text in "[a-cé😀]{0,12}",
            max in 0_u64..14,
        ) {
            let cut = Width { max, binary: false }.cut(text.as_bytes());
            let cut = std::str::from_utf8(cut).unwrap();
            prop_assert!(text.starts_with(cut));
            prop_assert_eq!(cut.chars().count() as u64, max.min(text.chars().count() as u64));
        }

        #[test]
        fn any_bytes_are_cut_to_a_beginning_that_fits(
            bytes in prop::collection::vec(any::<u8>(), 0..20),
            max in prop_oneof![0_u64..22, Just(u64::MAX)],
            binary in any::<bool>(),
        ) {
            let width = Width { max, binary };
            let cut = width.cut(&bytes);
            prop_assert!(bytes.starts_with(cut) && width.fits(cut));
            prop_assert_eq!(width.fits(&bytes), cut.len() == bytes.len());
            prop_assert!(!binary || cut.len() as u64 == max.min(bytes.len() as u64));
        }
    }
}
