//! Making the tables.

use super::Store;
use super::layout::{self, columns};
use crate::error::{Error, Result};

/// The `id` layout with room to grow: keys that do not run out at 16 million rows, times after
/// 2038, names of 1024 bytes, MIME types of any length, every comparison byte by byte.
const TABLES: [(&str, &str); 2] = [
    (
        "ezdbfile",
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
    ),
    (
        "ezdbfile_data",
        "CREATE TABLE IF NOT EXISTS ezdbfile_data (
           id bigint unsigned NOT NULL AUTO_INCREMENT,
           masterid bigint unsigned NOT NULL DEFAULT 0,
           filedata mediumblob NOT NULL,
           PRIMARY KEY (id),
           KEY master_idx (masterid)
         ) ENGINE=InnoDB ROW_FORMAT=DYNAMIC DEFAULT CHARSET=utf8mb4",
    ),
];

impl Store {
    /// Makes the tables of the `id` layout where they are missing.
    ///
    /// # Errors
    /// [`Error::UnknownTable`] when tables of these names have other columns, or what kept the
    /// database from making them.
    pub fn install(&self) -> Result<()> {
        let mut lease = self.pool().checkout()?;
        let session = lease.session()?;
        let (files, data) = columns(session)?;
        if !files.is_empty() && !data.is_empty() {
            layout::detect(session, self.pool().settings())?;
            return Ok(());
        }
        // One of the two alone is kept only if it fits to the other.
        layout::id::check_half(&files, &data)?;
        for (table, sql) in TABLES {
            let there = if table == "ezdbfile" {
                !files.is_empty()
            } else {
                !data.is_empty()
            };
            if !there {
                session.query(sql).map_err(Error::database("making the tables"))?;
            }
        }
        self.forget_layout();
        layout::detect(session, self.pool().settings()).map(drop)
    }
}
