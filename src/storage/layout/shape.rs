//! What the columns of both tables hold, whatever the layout.

use super::{Column, Columns, NewFile};
use crate::config::Settings;
use crate::error::{Error, Result};
use crate::mysql::Param;
use crate::pool::Session;
use crate::storage::Trouble;
use crate::storage::metadata::Name;

/// Room in a message beside the file data.
const MESSAGE_OVERHEAD: u64 = 4096;
/// Bytes of file data in one statement, about.
const STATEMENT_BYTES: u64 = 17 << 16;
/// Rows of file data in one statement, at most.
const STATEMENT_ROWS: u64 = 64;
/// Datatype of contents that come without one, or with one that the column does not hold.
pub const GENERIC_DATATYPE: &[u8] = b"application/octet-stream";

/// The widths of the columns that every layout has.
#[derive(Debug, Clone)]
pub struct Shape {
    /// Column `name`.
    pub name: Width,
    datatype: Width,
    /// Column `scope`.
    pub scope: Width,
    mtime_max: i64,
    chunk_max: u64,
    charset: String,
}

impl Shape {
    /// Takes the widths of columns that are there.
    #[must_use]
    pub fn of(files: &Columns, data: &Columns, settings: &Settings) -> Self {
        let width = |name: &str| files.get(name).map_or(Width { max: 0, binary: true }, Width::of);
        Self {
            name: width("name"),
            datatype: width("datatype"),
            scope: width("scope"),
            mtime_max: files.get("mtime").map_or(0, Column::integer_max),
            chunk_max: data
                .get("filedata")
                .and_then(|column| column.length)
                .unwrap_or(1)
                .min(settings.chunk_size)
                .max(1),
            charset: settings.charset.clone(),
        }
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

    /// Rows of file data in one statement.
    #[must_use]
    pub fn rows_at_once(&self, session: &Session) -> usize {
        let chunk = self.chunk_size(session) as u64;
        let packet = session.max_allowed_packet().saturating_sub(MESSAGE_OVERHEAD);
        let rows = STATEMENT_BYTES.min(packet) / (chunk + 16);
        usize::try_from(rows.clamp(1, STATEMENT_ROWS)).unwrap_or(1)
    }

    /// The connection's character set is UTF-8.
    #[must_use]
    pub fn is_utf8(&self) -> bool {
        self.charset.to_ascii_lowercase().starts_with("utf8")
    }

    /// A name as a parameter.
    #[must_use]
    pub fn name_param<'v>(&self, bytes: &'v [u8]) -> Param<'v> {
        if self.name.binary {
            Param::Bytes(bytes)
        } else {
            Param::Text(bytes)
        }
    }

    /// The bytes of a text column as the connection's character set spells them.
    #[must_use]
    pub fn bytes_of(&self, width: Width, column: &str) -> String {
        if width.binary {
            column.to_owned()
        } else {
            format!("CAST(CONVERT({column} USING {}) AS BINARY)", self.charset_sql())
        }
    }

    /// The character set as it may stand in SQL.
    fn charset_sql(&self) -> &str {
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

/// Puts the server's refusal of a value into words.
#[must_use]
pub fn unfit(error: crate::mysql::MysqlError) -> Trouble {
    match error.code {
        // ER_TRUNCATED_WRONG_VALUE_FOR_FIELD, ER_DATA_TOO_LONG, ER_WARN_DATA_OUT_OF_RANGE,
        // ER_INVALID_CHARACTER_STRING
        1366 | 1406 | 1264 | 1300 => Error::Refused(format!(
            "the tables cannot hold it: {error}; tables made by ezdbfile_install() have wider columns"
        ))
        .into(),
        _ => error.into(),
    }
}

/// How much text a column takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Width {
    /// Bytes of a binary column, else characters.
    pub max: u64,
    /// The column holds bytes as they are and compares them as bytes.
    pub binary: bool,
}

impl Width {
    /// The width of a column.
    #[must_use]
    pub fn of(column: &Column) -> Self {
        Self {
            max: column.length.unwrap_or(u64::MAX),
            binary: column.charset.is_none(),
        }
    }

    /// The value goes in whole.
    #[must_use]
    pub fn fits(&self, value: &[u8]) -> bool {
        self.cut(value).len() == value.len()
    }

    /// As much of the value as goes in, never half of a character.
    #[must_use]
    pub fn cut<'v>(&self, value: &'v [u8]) -> &'v [u8] {
        let max = usize::try_from(self.max).unwrap_or(usize::MAX);
        let end = if self.binary {
            max
        } else {
            // A byte that continues a UTF-8 sequence is no character of its own.
            value
                .iter()
                .enumerate()
                .filter(|(_, byte)| **byte & 0xC0 != 0x80)
                .nth(max)
                .map_or(value.len(), |(position, _)| position)
        };
        value.get(..end).unwrap_or(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_binary_width_counts_bytes_and_a_text_width_characters() {
        let binary = Width { max: 4, binary: true };
        let text = Width {
            max: 4,
            binary: false,
        };
        for (value, in_binary, in_text) in [
            ("", "", ""),
            ("abcd", "abcd", "abcd"),
            ("abcde", "abcd", "abcd"),
            ("äöü", "äö", "äöü"),
            ("äöüß", "äö", "äöüß"),
            ("äöüßx", "äö", "äöüß"),
            ("a😀😀😀b", "", "a😀😀😀"),
        ] {
            assert_eq!(text.cut(value.as_bytes()), in_text.as_bytes(), "{value}");
            assert_eq!(text.fits(value.as_bytes()), value == in_text, "{value}");
            if !in_binary.is_empty() || value.is_empty() {
                assert_eq!(binary.cut(value.as_bytes()), in_binary.as_bytes(), "{value}");
            }
        }
        assert_eq!(binary.cut("a😀".as_bytes()).len(), 4);
    }
}
