//! Indexes of the tables, whatever their names, for hints in statements.

use crate::error::{Error, Result};
use crate::pool::Session;

/// The indexes of both tables that find rows by the beginnings of values, those of whole values first. What the server
/// ignores (MariaDB 10.6: "Ignored Indexes") it does not let be named in a hint.
#[derive(Debug)]
pub struct Indexes(Vec<Index>);

#[derive(Debug)]
struct Index {
    table: String,
    /// Names of its columns, each with a comma behind it.
    columns: String,
    name: String,
}

impl Indexes {
    /// Asks the server for them.
    ///
    /// # Errors
    /// What kept the database from telling.
    pub fn of(session: &mut Session) -> Result<Self> {
        let rows = session
            .query_rows(
                "SELECT TABLE_NAME, GROUP_CONCAT(IFNULL(COLUMN_NAME, ''), ',' ORDER BY SEQ_IN_INDEX SEPARATOR ''), \
                 INDEX_NAME FROM information_schema.STATISTICS WHERE TABLE_SCHEMA = DATABASE() \
                 AND TABLE_NAME IN ('ezdbfile', 'ezdbfile_data') AND INDEX_TYPE = 'BTREE' \
                 /*M!100600 AND IGNORED = 'NO' */ \
                 GROUP BY TABLE_NAME, INDEX_NAME ORDER BY MAX(SUB_PART IS NOT NULL), INDEX_NAME",
            )
            .map_err(Error::database("looking at the tables"))?;
        let text = |cell: Option<Vec<u8>>| String::from_utf8_lossy(&cell.unwrap_or_default()).into_owned();
        let index = |row: Vec<_>| {
            let [table, columns, name]: [_; 3] = row.try_into().ok()?;
            Some(Index {
                table: text(table).to_lowercase(),
                columns: text(columns).to_lowercase(),
                name: text(name),
            })
        };
        Ok(Self(rows.into_iter().filter_map(index).collect()))
    }

    /// The hint that the rows be found by the index that begins with these columns; empty where there is none.
    #[must_use]
    pub fn force(&self, table: &str, columns: &[&str]) -> String {
        self.hint("FORCE", table, columns)
    }

    /// The hint that of all indexes this one alone be thought of, or none if that is too many rows.
    #[must_use]
    pub fn prefer(&self, table: &str, columns: &[&str]) -> String {
        self.hint("USE", table, columns)
    }

    fn hint(&self, verb: &str, table: &str, columns: &[&str]) -> String {
        let columns: String = columns.iter().flat_map(|column| [*column, ","]).collect();
        let found = self
            .0
            .iter()
            .find(|index| index.table == table && index.columns.starts_with(&columns));
        found.map_or_else(String::new, |index| {
            format!(" {verb} INDEX (`{}`)", index.name.replace('`', "``"))
        })
    }
}
