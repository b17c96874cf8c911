//! The `id` layout: a row of `ezdbfile` a version, its bytes in rows of `ezdbfile_data` that name
//! it as `masterid`, in order of their own ids.
//!
//! There is no unique key on the name, so two writers at once can leave two rows of one name: the
//! row with the highest id is the file. A version never changes under its id.

mod claims;
mod find;
mod list;
mod matching;
mod outcome;
mod relocate;
mod write;

use crate::config::Settings;
use crate::error::{Error, Result};
use crate::mysql::Param;
use crate::pool::Session;
use crate::storage::Trouble;
use crate::storage::metadata::Name;

use super::{Column, Columns, Indexes, Width};
pub use claims::{CLAIM_DATATYPE, Contents, Grant, Wanted as ClaimWanted};
pub use find::row;
pub use matching::Age;
pub use write::NewFile;

/// Columns that make the layout, by table.
const FILES: [&str; 7] = ["id", "datatype", "name", "name_hash", "scope", "size", "mtime"];
const DATA: [&str; 3] = ["id", "masterid", "filedata"];
/// Room in a message beside the file data.
const MESSAGE_OVERHEAD: u64 = 4096;
/// Bytes of file data in one message to the server, about.
const MESSAGE_BYTES: u64 = 17 << 16;
/// Rows of file data in one message, at most.
const MESSAGE_ROWS: u64 = 64;
/// Datatype of contents that come without one, or with one that the column does not hold.
pub const GENERIC_DATATYPE: &[u8] = b"application/octet-stream";

/// The tables of a database, with the widths of their columns.
#[derive(Debug, Clone)]
pub struct IdLayout {
    name: Width,
    datatype: Width,
    scope: Width,
    mtime_max: i64,
    chunk_max: u64,
    charset: String,
    hints: Hints,
}

/// An index that a statement with locks must use: on a small table the server may prefer to read
/// all rows, and would wait for those of others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Index {
    /// By id.
    Primary,
    /// By `name_hash`.
    NameHash,
}

/// The hints for the indexes, whatever their names; empty where there is no such index.
#[derive(Debug, Clone, Default)]
struct Hints {
    name_hash: String,
    masterid: String,
}

impl IdLayout {
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
        let width = |name: &str| files.get(name).map_or(Width { max: 0, binary: true }, Width::of);
        Ok(Self {
            name: width("name"),
            datatype: width("datatype"),
            scope: width("scope"),
            mtime_max: files.get("mtime").map_or(0, integer_max),
            chunk_max: data
                .get("filedata")
                .and_then(|column| column.length)
                .unwrap_or(1)
                .min(settings.chunk_size)
                .max(1),
            charset: settings.charset.clone(),
            hints: Hints {
                name_hash: hint(indexes, "ezdbfile", "name_hash"),
                masterid: hint(indexes, "ezdbfile_data", "masterid"),
            },
        })
    }

    fn hint(&self, index: Index) -> &str {
        match index {
            Index::Primary => " FORCE INDEX (PRIMARY)",
            Index::NameHash => &self.hints.name_hash,
        }
    }

    /// The beginning of a statement that removes rows of `ezdbfile f` together with their bytes.
    fn delete_with_rows(&self, index: Index) -> String {
        format!(
            "DELETE f, d FROM ezdbfile f{} LEFT JOIN ezdbfile_data d{} ON d.masterid = f.id",
            self.hint(index),
            self.hints.masterid
        )
    }

    /// Name of the layout.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        "id"
    }

    /// Checks what the tables cannot hold before anything is written.
    ///
    /// # Errors
    /// [`Error::Refused`] for a name or time that does not fit.
    pub fn admit(&self, file: &NewFile<'_>) -> Result<()> {
        self.admit_name(file.name)?;
        if file.mtime > self.mtime_max {
            return Err(Error::Refused(format!(
                "the modification time {} is more than the column mtime holds ({})",
                file.mtime, self.mtime_max
            )));
        }
        Ok(())
    }

    /// Checks that the column `name` holds a name as it is.
    ///
    /// # Errors
    /// [`Error::Refused`].
    pub fn admit_name(&self, name: &Name) -> Result<()> {
        if name.bytes().contains(&0) {
            return Err(Error::Refused("the name contains a NUL byte".into()));
        }
        if !self.name.fits(name.bytes()) {
            return Err(Error::Refused(format!(
                "the name is too long: it has {} bytes, the column ezdbfile.name takes {} {}{}",
                name.bytes().len(),
                self.name.max,
                if self.name.binary { "bytes" } else { "characters" },
                if self.name.max < 1024 {
                    "; tables made by ezdbfile_install() take 1024 bytes"
                } else {
                    ""
                },
            )));
        }
        if !self.name.binary && self.is_utf8() && std::str::from_utf8(name.bytes()).is_err() {
            return Err(Error::Refused(
                "the name is not valid UTF-8, and the column ezdbfile.name holds characters only; tables made by ezdbfile_install() take any bytes".into(),
            ));
        }
        Ok(())
    }

    /// The datatype as it will be stored; false when it did not fit.
    #[must_use]
    pub fn datatype<'v>(&self, datatype: &'v [u8]) -> (&'v [u8], bool) {
        if self.datatype.fits(datatype) {
            (datatype, true)
        } else {
            (GENERIC_DATATYPE, false)
        }
    }

    /// The scope as the column holds it, which is also how it is compared.
    #[must_use]
    pub fn scope<'v>(&self, scope: &'v [u8]) -> &'v [u8] {
        self.scope.cut(scope)
    }

    /// Bytes of file data in a row.
    #[must_use]
    pub fn chunk_size(&self, session: &Session) -> usize {
        let packet = session.max_allowed_packet().saturating_sub(MESSAGE_OVERHEAD);
        usize::try_from(self.chunk_max.min(packet).max(1)).unwrap_or(usize::MAX)
    }

    /// Rows of file data in one message.
    #[must_use]
    pub fn rows_at_once(&self, session: &Session) -> usize {
        let chunk = self.chunk_size(session) as u64;
        let packet = session.max_allowed_packet().saturating_sub(MESSAGE_OVERHEAD);
        let rows = MESSAGE_BYTES.min(packet) / (chunk + 16);
        usize::try_from(rows.clamp(1, MESSAGE_ROWS)).unwrap_or(1)
    }

    pub(super) fn is_utf8(&self) -> bool {
        self.charset.to_ascii_lowercase().starts_with("utf8")
    }

    pub(super) fn name_param<'v>(&self, bytes: &'v [u8]) -> Param<'v> {
        if self.name.binary {
            Param::Bytes(bytes)
        } else {
            Param::Text(bytes)
        }
    }

    /// The bytes of a text column as the connection's character set spells them.
    pub(super) fn bytes_of(&self, width: Width, column: &str) -> String {
        if width.binary {
            column.to_owned()
        } else {
            format!("CAST(CONVERT({column} USING {}) AS BINARY)", self.charset_sql())
        }
    }

    /// The character set as it may stand in SQL.
    pub(super) fn charset_sql(&self) -> &str {
        let plain = self
            .charset
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'_');
        if plain && !self.charset.is_empty() {
            &self.charset
        } else {
            "utf8mb4"
        }
    }
}

/// The hint for the index that begins with a column.
fn hint(indexes: &Indexes, table: &str, column: &str) -> String {
    indexes
        .get(&(table.to_owned(), column.to_owned()))
        .map(|index| format!(" FORCE INDEX (`{}`)", index.replace('`', "``")))
        .unwrap_or_default()
}

/// Checks that a table which stands alone is one of this layout.
///
/// # Errors
/// [`Error::UnknownTable`].
pub fn check_half(files: &Columns, data: &Columns) -> Result<()> {
    if !files.is_empty() {
        check("ezdbfile", files, &FILES)?;
    }
    if !data.is_empty() {
        check("ezdbfile_data", data, &DATA)?;
    }
    Ok(())
}

fn check(table: &'static str, columns: &Columns, wanted: &[&str]) -> Result<()> {
    let unknown = |reason: String| Err(Error::UnknownTable { table, reason });
    if columns.is_empty() {
        return unknown("it does not exist; ezdbfile_install() makes it".into());
    }
    if columns.contains_key("name_hash") && columns.contains_key("offset") {
        return unknown(
            "its rows are kept by name_hash and offset, the layout of eZ Publish 3.10 to 4.7, which this version does not read".into(),
        );
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

/// The largest value of a signed integer column.
fn integer_max(column: &Column) -> i64 {
    match column.data_type.as_str() {
        "bigint" => i64::MAX,
        _ => i64::from(i32::MAX),
    }
}

/// Puts the server's refusal of a value into words.
fn unfit(error: crate::mysql::MysqlError) -> Trouble {
    match error.code {
        // ER_TRUNCATED_WRONG_VALUE_FOR_FIELD, ER_DATA_TOO_LONG, ER_WARN_DATA_OUT_OF_RANGE,
        // ER_INVALID_CHARACTER_STRING, ER_AUTOINC_READ_FAILED
        1366 | 1406 | 1264 | 1300 | 1467 => Error::Refused(format!(
            "the tables cannot hold it: {error}; tables made by ezdbfile_install() have wider columns"
        ))
        .into(),
        _ => error.into(),
    }
}
