//! What the tables of a database look like, found out by their columns.

pub mod id;

use std::collections::HashMap;

use crate::config::Settings;
use crate::error::{Error, Result};
use crate::pool::Session;
pub use id::IdLayout;

/// A column of a table, as the database describes it.
#[derive(Debug, Clone)]
pub struct Column {
    /// Type without its width, lower case: `varchar`, `blob`, `bigint`.
    pub data_type: String,
    /// Characters, or bytes for types without a character set.
    pub length: Option<u64>,
    /// Character set; none for numbers and bytes.
    pub charset: Option<String>,
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
            "SELECT TABLE_NAME, COLUMN_NAME, DATA_TYPE, CHARACTER_MAXIMUM_LENGTH, CHARACTER_SET_NAME \
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

/// Names of indexes, by table and the column that they begin with.
pub type Indexes = HashMap<(String, String), String>;

fn indexes(session: &mut Session) -> Result<Indexes> {
    let rows = session
        .query_rows(
            "SELECT TABLE_NAME, COLUMN_NAME, INDEX_NAME FROM information_schema.STATISTICS \
             WHERE TABLE_SCHEMA = DATABASE() AND SEQ_IN_INDEX = 1 \
             AND TABLE_NAME IN ('ezdbfile', 'ezdbfile_data')",
        )
        .map_err(Error::database("looking at the tables"))?;
    let text = |cell: Option<Vec<u8>>| String::from_utf8_lossy(&cell.unwrap_or_default()).into_owned();
    Ok(rows
        .into_iter()
        .filter_map(|row| {
            let [table, column, index]: [_; 3] = row.try_into().ok()?;
            Some((
                (text(table).to_lowercase(), text(column).to_lowercase()),
                text(index),
            ))
        })
        .collect())
}

/// Finds out the layout of the database of this connection.
///
/// # Errors
/// [`Error::NoTables`] and [`Error::UnknownTable`].
pub fn detect(session: &mut Session, settings: &Settings) -> Result<IdLayout> {
    let (files, data) = columns(session)?;
    if files.is_empty() && data.is_empty() {
        return Err(Error::NoTables {
            database: settings.database.clone(),
        });
    }
    IdLayout::from_columns(&files, &data, &indexes(session)?, settings)
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
