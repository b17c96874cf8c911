//! Making the tables.

use super::Store;
use super::layout::{self, Columns, columns};
use crate::error::{Error, Result};

/// The `id` layout with room to grow: keys that do not run out at 16 million rows, times after
/// 2038, names of 1024 bytes, MIME types of any length, every comparison byte by byte.
const ID_TABLES: [&str; 2] = [
    "CREATE TABLE IF NOT EXISTS ezdbfile (
           id bigint unsigned NOT NULL AUTO_INCREMENT,
           datatype varbinary(255) NOT NULL DEFAULT 'application/octet-stream',
           name varbinary(1024) NOT NULL DEFAULT '',
           name_hash varbinary(34) NOT NULL DEFAULT '',
           scope varbinary(64) NOT NULL DEFAULT '',
           size bigint unsigned NOT NULL DEFAULT 0,
           mtime bigint NOT NULL DEFAULT 0,
           PRIMARY KEY (id),
           KEY ezdbfile_name (name),
           KEY ezdbfile_name_hash (name_hash),
           KEY ezdbfile_mtime (mtime)
         ) ENGINE=InnoDB ROW_FORMAT=DYNAMIC DEFAULT CHARSET=utf8mb4",
    "CREATE TABLE IF NOT EXISTS ezdbfile_data (
           id bigint unsigned NOT NULL AUTO_INCREMENT,
           masterid bigint unsigned NOT NULL DEFAULT 0,
           filedata mediumblob NOT NULL,
           PRIMARY KEY (id),
           KEY master_idx (masterid)
         ) ENGINE=InnoDB ROW_FORMAT=DYNAMIC DEFAULT CHARSET=utf8mb4",
];

/// The `hash` layout with room to grow: offsets beyond 4 GiB, times after 2038, names of 1024 bytes,
/// MIME types of any length, every comparison byte by byte.
const HASH_TABLES: [&str; 2] = [
    "CREATE TABLE IF NOT EXISTS ezdbfile (
           datatype varbinary(255) NOT NULL DEFAULT 'application/octet-stream',
           name varbinary(1024) NOT NULL,
           name_trunk varbinary(1024) NOT NULL,
           name_hash varbinary(34) NOT NULL DEFAULT '',
           scope varbinary(64) NOT NULL DEFAULT '',
           size bigint unsigned NOT NULL DEFAULT 0,
           mtime bigint NOT NULL DEFAULT 0,
           expired tinyint(1) NOT NULL DEFAULT 0,
           PRIMARY KEY (name_hash),
           KEY ezdbfile_name (name),
           KEY ezdbfile_name_trunk (name_trunk),
           KEY ezdbfile_mtime (mtime),
           KEY ezdbfile_expired_name (expired, name)
         ) ENGINE=InnoDB ROW_FORMAT=DYNAMIC DEFAULT CHARSET=utf8mb4",
    "CREATE TABLE IF NOT EXISTS ezdbfile_data (
           name_hash varbinary(34) NOT NULL DEFAULT '',
           `offset` bigint unsigned NOT NULL,
           filedata mediumblob NOT NULL,
           PRIMARY KEY (name_hash, `offset`),
           CONSTRAINT ezdbfile_data_file FOREIGN KEY (name_hash) REFERENCES ezdbfile (name_hash) ON DELETE CASCADE
         ) ENGINE=InnoDB ROW_FORMAT=DYNAMIC DEFAULT CHARSET=utf8mb4",
];

/// A layout that tables can be made in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Rows by numbers.
    Id,
    /// Rows by hashes of names, as of eZ Publish 3.10 to 4.7.
    Hash,
}

impl Kind {
    /// The kind of this name.
    #[must_use]
    pub fn named(name: &[u8]) -> Option<Self> {
        match name {
            b"id" => Some(Self::Id),
            b"hash" => Some(Self::Hash),
            _ => None,
        }
    }

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::Hash => "hash",
        }
    }

    fn tables(self) -> &'static [&'static str; 2] {
        match self {
            Self::Id => &ID_TABLES,
            Self::Hash => &HASH_TABLES,
        }
    }

    /// Statements that make the same tables under other names.
    pub(super) fn tables_named(self, files: &str, data: &str) -> [String; 2] {
        self.tables().map(|sql| {
            sql.replace("EXISTS ezdbfile (", &format!("EXISTS {files} ("))
                .replace("EXISTS ezdbfile_data (", &format!("EXISTS {data} ("))
                .replace("REFERENCES ezdbfile (", &format!("REFERENCES {files} ("))
                // The server finds a name that no other table of the database has, and changes it
                // with that of the table.
                .replace("CONSTRAINT ezdbfile_data_file ", "")
        })
    }

    fn of(files: &Columns, data: &Columns) -> Self {
        if layout::hash::is_hash(files, data) {
            Self::Hash
        } else {
            Self::Id
        }
    }
}

impl Store {
    /// Makes the tables where they are missing. `kind`: their layout; none: that of a table which is
    /// there, else `id`.
    ///
    /// # Errors
    /// [`Error::Refused`] when the tables are there in the other layout, [`Error::UnknownTable`] when
    /// tables of these names have other columns, or what kept the database from making them.
    pub fn install(&self, kind: Option<Kind>) -> Result<()> {
        let mut lease = self.pool().checkout()?;
        let session = lease.session()?;
        let (files, data) = columns(session)?;
        let there = Kind::of(&files, &data);
        let wanted = kind.unwrap_or(there);
        if !files.is_empty() && !data.is_empty() {
            layout::detect(session, self.pool().settings())?;
        }
        if wanted != there && !(files.is_empty() && data.is_empty()) {
            return Err(Error::Refused(format!(
                "tables are there in the layout \"{}\", not in the layout \"{}\"",
                there.name(),
                wanted.name()
            )));
        }
        // One of the two alone is kept only if it fits to the other.
        match wanted {
            Kind::Id => layout::id::check_half(&files, &data)?,
            Kind::Hash => layout::hash::check_half(&files, &data)?,
        }
        for (sql, columns) in wanted.tables().iter().zip([&files, &data]) {
            if columns.is_empty() {
                session.query(sql).map_err(Error::database("making the tables"))?;
            }
        }
        self.forget_layout();
        layout::detect(session, self.pool().settings()).map(drop)
    }
}
