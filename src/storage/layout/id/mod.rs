//! The `id` layout: a row of `ezdbfile` a version, its bytes in rows of `ezdbfile_data` that name
//! it as `masterid`, in order of their own ids.
//!
//! There is no unique key on the name, so two writers at once can leave two rows of one name: the
//! row with the highest id is the file. A version never changes under its id.

mod check;
mod claims;
mod find;
mod leave;
mod matching;
mod outcome;
mod relocate;
mod write;

use crate::config::Settings;
use crate::error::Result;
use crate::mysql::StatementId;
use crate::pool::Session;
use crate::storage::Attempt;
use crate::storage::list::Wanted;

use super::list::{ListSql, every_row, list};
use super::{Columns, EveryRow, Indexes, Layout, Listing, Shape, check};

/// Columns that make the layout, by table.
const FILES: [&str; 7] = ["id", "datatype", "name", "name_hash", "scope", "size", "mtime"];
const DATA: [&str; 3] = ["id", "masterid", "filedata"];
/// Which rows are files, and in which order: that of storing.
const LIST: ListSql = ListSql {
    files: Some(
        "NOT EXISTS (SELECT 1 FROM ezdbfile g \
         WHERE g.name_hash = f.name_hash AND g.id > f.id AND g.name = f.name)",
    ),
    expired: "mtime < 0",
    order: "id",
};

/// The tables of a database.
#[derive(Debug)]
pub struct IdLayout {
    shape: Shape,
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
    name: String,
    name_hash: String,
    masterid: String,
}

impl IdLayout {
    /// Checks the columns and takes their widths.
    ///
    /// # Errors
    /// [`Error::UnknownTable`](crate::error::Error::UnknownTable) that names the first column that
    /// is missing.
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
            hints: Hints {
                name: indexes.force("ezdbfile", &["name"]),
                name_hash: indexes.force("ezdbfile", &["name_hash"]),
                masterid: indexes.force("ezdbfile_data", &["masterid"]),
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
}

impl Layout for IdLayout {
    fn kind(&self) -> &'static str {
        "id"
    }

    fn has_ids(&self) -> bool {
        true
    }

    fn shape(&self) -> &Shape {
        &self.shape
    }
}

impl Listing for IdLayout {
    fn list(&self, session: &mut Session, wanted: &Wanted) -> Attempt<StatementId> {
        list(&self.shape, &LIST, session, wanted)
    }

    fn list_every_row(&self, session: &mut Session, wanted: &Wanted) -> Attempt<Option<EveryRow>> {
        every_row(&self.shape, session, wanted).map(Some)
    }
}

/// Checks that a table which stands alone is one of this layout.
///
/// # Errors
/// [`Error::UnknownTable`](crate::error::Error::UnknownTable).
pub fn check_half(files: &Columns, data: &Columns) -> Result<()> {
    super::check_half(files, data, (&FILES, &DATA))
}
