//! The `hash` layout of eZ Publish 3.10 to 4.7: one row of `ezdbfile` a name, under the name's hash;
//! its bytes in rows of `ezdbfile_data` under the same hash, in order of their offsets.
//!
//! A version is replaced in its rows. What tells one from the next is its time, its size, and the
//! [`mark`] that this extension puts behind its bytes. Old handlers know no marks: two versions that
//! they store in one second, with one size, look the same.

mod check;
mod claims;
mod find;
mod leave;
mod mark;
mod matching;
mod name_trunk;
mod outcome;
mod relocate;
mod write;

use crate::config::Settings;
use crate::error::{Error, Result};
use crate::mysql::{MysqlError, StatementId};
use crate::pool::Session;
use crate::storage::list::Wanted;
use crate::storage::{Attempt, Metadata, MetadataRow, Trouble};

use super::list::{ListSql, list};
use super::shape::unfit;
use super::{Columns, Indexes, Layout, Listing, NewFile, Shape, check};
pub use mark::fresh as fresh_mark;
pub use name_trunk::{name_trunk, of_claim as name_trunk_of_claim};
pub use write::Place;

/// Columns that make the layout, by table.
const FILES: [&str; 8] = [
    "datatype",
    "name",
    "name_trunk",
    "name_hash",
    "scope",
    "size",
    "mtime",
    "expired",
];
const DATA: [&str; 3] = ["name_hash", "offset", "filedata"];
/// Expired by the flag, or by the time alone.
const EXPIRED: &str = "(expired <> 0 OR mtime < 0)";
/// Neither.
const LIVE: &str = "expired = 0 AND mtime >= 0";
/// Every row is a file. There is no order of storing.
const LIST: ListSql = ListSql {
    files: None,
    expired: EXPIRED,
    order: "name_hash",
};
/// The error number for NULL where there must be a value.
const ER_BAD_NULL: u32 = 1048;

/// The tables of a database.
#[derive(Debug)]
pub struct HashLayout {
    shape: Shape,
    offset_max: u64,
    /// The hint for the index of live files by name: three begin with what is asked for, and the server looks into
    /// each of them before it takes this one.
    live_by_name: String,
    /// The same for a statement with locks, which must not look elsewhere.
    live_by_name_forced: String,
}

impl HashLayout {
    /// Checks the columns and takes their widths.
    ///
    /// # Errors
    /// [`Error::UnknownTable`] that names the first column that is missing.
    pub fn from_columns(
        files: &Columns,
        data: &Columns,
        indexes: &Indexes,
        settings: &Settings,
    ) -> Result<Self> {
        check("ezdbfile", files, &FILES)?;
        check("ezdbfile_data", data, &DATA)?;
        Ok(Self {
            shape: Shape::of(files, data, settings),
            offset_max: data
                .get("offset")
                .map_or(0, |column| column.integer_max().unsigned_abs()),
            live_by_name: indexes.prefer("ezdbfile", &["expired", "name"]),
            live_by_name_forced: indexes.force("ezdbfile", &["expired", "name"]),
        })
    }
}

impl Layout for HashLayout {
    fn kind(&self) -> &'static str {
        "hash"
    }

    fn has_ids(&self) -> bool {
        false
    }

    fn shape(&self) -> &Shape {
        &self.shape
    }

    fn refusal(&self, error: MysqlError) -> Trouble {
        refused(error)
    }

    fn described(&self, file: &NewFile<'_>, id: u64) -> Metadata {
        Metadata::from(MetadataRow {
            name_trunk: Some(name_trunk(file.name.bytes(), file.scope)),
            ..file.row(id)
        })
    }
}

impl Listing for HashLayout {
    fn list(&self, session: &mut Session, wanted: &Wanted) -> Attempt<StatementId> {
        list(&self.shape, &LIST, session, wanted)
    }
}

/// The tables are of this layout, as far as they are there.
#[must_use]
pub fn is_hash(files: &Columns, data: &Columns) -> bool {
    data.contains_key("offset") || data.is_empty() && files.contains_key("expired")
}

/// Checks that a table which stands alone is one of this layout, and that the other one can refer to it.
///
/// # Errors
/// [`Error::UnknownTable`], or [`Error::Refused`] for keys that are text, as in eZ Publish 4.x: those of the tables made
/// here are bytes.
pub fn check_half(files: &Columns, data: &Columns) -> Result<()> {
    super::check_half(files, data, (&FILES, &DATA))?;
    for (there, missing, columns) in [
        ("ezdbfile", "ezdbfile_data", files),
        ("ezdbfile_data", "ezdbfile", data),
    ] {
        let other_is_there = !files.is_empty() && !data.is_empty();
        if !other_is_there && columns.get("name_hash").is_some_and(|key| key.charset.is_some()) {
            return Err(Error::Refused(format!(
                "the table {missing} is missing, and the key name_hash of {there} is text: make {missing} with the statement that made {there}, that of the eZ Publish clustering document"
            )));
        }
    }
    Ok(())
}

/// Puts the server's refusal of a row into words.
fn refused(error: MysqlError) -> Trouble {
    match error.code {
        // What the statement of `put_row` makes of a row that has another name.
        ER_BAD_NULL => Error::Refused(
            "another file has the same name_hash, and these tables hold one file for each".into(),
        )
        .into(),
        _ => unfit(error),
    }
}
