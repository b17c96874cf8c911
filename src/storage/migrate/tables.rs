//! The tables and triggers of a migration, beside those that the site uses.

use crate::error::{Error, Result};
use crate::mysql::{MysqlError, Param};
use crate::pool::Session;
use crate::storage::install::Kind;
use crate::storage::layout::{Layout, Watched};

/// The new tables while they are being filled.
pub const NEW: [&str; 2] = ["ezdbfile_new", "ezdbfile_data_new"];
/// What the tables of the site are called afterwards.
pub const OLD: [&str; 2] = ["ezdbfile_old", "ezdbfile_data_old"];
/// Changes of the site that the new tables do not have yet.
pub const CHANGES: &str = "ezdbfile_migration_changes";
/// How far it is, and what cannot be taken over.
pub const STATE: &str = "ezdbfile_migration";
/// The column of a table that keeps a place free under the name of an old one.
const PLACEHOLDER: &str = "ezdbfile_placeholder";
/// Seconds that the definition of a table may be waited for, and with it whoever comes later.
const PATIENCE: u32 = 1;

const DOING: &str = "preparing the migration";

/// A line of [`STATE`].
pub const TARGET: &str = "target";
/// Another: all changes are noted from now on.
pub const WATCHED: &str = "watched";
/// Another: key of the last row that was gone through.
pub const POSITION: &str = "position";
/// Another: all rows were gone through.
pub const FILLED: &str = "filled";
/// Another: a file that cannot be taken over.
pub const PROBLEM: &str = "problem";

/// Those of the tables of a migration that are there.
#[derive(Debug, Default)]
pub struct There {
    tables: Vec<String>,
    triggers: usize,
    placeholder: bool,
}

impl There {
    /// Looks.
    pub fn look(session: &mut Session) -> Result<Self> {
        let names = [NEW.as_slice(), OLD.as_slice(), &[CHANGES, STATE]]
            .concat()
            .join("','");
        let texts = |rows: Vec<Vec<Option<Vec<u8>>>>| -> Vec<String> {
            rows.into_iter()
                .flatten()
                .map(|cell| String::from_utf8_lossy(&cell.unwrap_or_default()).to_lowercase())
                .collect()
        };
        let mut ask = |sql: &str| session.query_rows(sql).map(texts).map_err(Error::database(DOING));
        let tables = ask(&format!(
            "SELECT TABLE_NAME FROM information_schema.TABLES \
             WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME IN ('{names}')"
        ))?;
        let placeholder = ask(&format!(
            "SELECT TABLE_NAME FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = DATABASE() \
             AND TABLE_NAME = '{}' AND COLUMN_NAME = '{PLACEHOLDER}'",
            OLD[0]
        ))?;
        let triggers = ask("SELECT TRIGGER_NAME FROM information_schema.TRIGGERS \
             WHERE TRIGGER_SCHEMA = DATABASE() AND TRIGGER_NAME LIKE 'ezdbfile\\_migration\\_%'")?;
        Ok(Self {
            placeholder: !placeholder.is_empty(),
            triggers: triggers.len(),
            tables,
        })
    }

    /// There is a table.
    pub fn has(&self, table: &str) -> bool {
        self.tables.iter().any(|there| there == table)
    }

    /// A migration was begun and is not done with.
    pub fn is_begun(&self) -> bool {
        self.has(STATE)
    }

    /// The tables of a migration are all there.
    pub fn is_complete(&self) -> bool {
        NEW.iter().chain(&[CHANGES, STATE]).all(|table| self.has(table))
    }

    /// All changes of the tables are noted.
    pub fn is_watched(&self, layout: &dyn Layout) -> bool {
        self.triggers == layout.watched().len()
    }

    /// No table is in the way of the migration.
    ///
    /// # Errors
    /// [`Error::Refused`] that names the one that is.
    pub fn check_way(&self) -> Result<()> {
        self.in_the_way().map_or(Ok(()), |table| {
            Err(Error::Refused(format!(
                "the table {table} is in the way, perhaps of an earlier migration: drop or rename it first"
            )))
        })
    }

    /// A table that has a name which the migration needs, and is none of its own.
    pub fn in_the_way(&self) -> Option<&'static str> {
        if self.placeholder {
            return None;
        }
        let others: &[&str] = if self.is_begun() {
            &[]
        } else {
            &[NEW[0], NEW[1], CHANGES]
        };
        OLD.iter().chain(others).find(|table| self.has(table)).copied()
    }
}

/// Makes all that a migration needs, as far as it is not there.
pub fn make(session: &mut Session, target: Kind) -> Result<()> {
    run(
        session,
        &format!(
            "CREATE TABLE IF NOT EXISTS {STATE} (
               id bigint unsigned NOT NULL AUTO_INCREMENT,
               what varbinary(16) NOT NULL,
               name_hash varbinary(255) NOT NULL DEFAULT '',
               value mediumblob NOT NULL,
               name mediumblob NOT NULL,
               PRIMARY KEY (id), KEY what (what, name_hash)
             ) ENGINE=InnoDB ROW_FORMAT=DYNAMIC DEFAULT CHARSET=utf8mb4"
        ),
    )?;
    set(session, TARGET, target.name().as_bytes()).map_err(Error::database(DOING))?;
    run(
        session,
        &format!(
            "CREATE TABLE IF NOT EXISTS {CHANGES} (
               id bigint unsigned NOT NULL AUTO_INCREMENT,
               name_hash varbinary(255) NULL,
               masterid bigint NULL,
               PRIMARY KEY (id)
             ) ENGINE=InnoDB ROW_FORMAT=DYNAMIC DEFAULT CHARSET=utf8mb4"
        ),
    )?;
    for sql in target.tables_named(NEW[0], NEW[1]) {
        run(session, &sql)?;
    }
    Ok(())
}

/// Has every change of the tables noted from now on. Like every change of a definition it waits for the
/// transactions under way, and may fail with a conflict because one takes long.
///
/// All triggers come at once, while nobody else uses the tables: a server may take a statement that was
/// prepared while a trigger was on its way for one that knows it, and fail it (MDEV-26048). Whoever meets
/// that prepares it again, and is then to meet no other trigger.
pub fn watch(session: &mut Session, layout: &dyn Layout) -> std::result::Result<(), MysqlError> {
    session.query("LOCK TABLES ezdbfile WRITE, ezdbfile_data WRITE")?;
    let made = layout.watched().into_iter().try_for_each(|watched| {
        let Watched {
            table,
            event,
            column,
            values,
        } = watched;
        session
            .query(&format!(
                "CREATE TRIGGER IF NOT EXISTS {} AFTER {event} ON {table} FOR EACH ROW \
                 INSERT INTO {CHANGES} ({column}) VALUES {values}",
                trigger(table, event)
            ))
            .map(drop)
    });
    session.query("UNLOCK TABLES")?;
    made?;
    set(session, WATCHED, b"")
}

/// The limits that a connection for changes of definitions has.
pub fn be_brief(session: &mut Session) -> std::result::Result<(), MysqlError> {
    session
        .query(&format!("SET SESSION lock_wait_timeout = {PATIENCE}"))
        .map(drop)
}

/// The limit that a connection has which only looks whether it would have to wait.
pub fn never_wait(session: &mut Session) -> std::result::Result<(), MysqlError> {
    session.query("SET SESSION lock_wait_timeout = 0").map(drop)
}

/// Takes a place under the name of an old table, so that no other statement can take it. A table that somebody has made
/// under that name meanwhile is no place of this migration's.
pub fn place_holder() -> String {
    format!("CREATE TABLE {} ({PLACEHOLDER} tinyint) ENGINE=InnoDB", OLD[0])
}

/// Removes all that is left of a migration, but for the new or old tables themselves unless
/// `with_new`.
pub fn clear(session: &mut Session, with_new: bool) -> std::result::Result<(), MysqlError> {
    for table in ["ezdbfile", "ezdbfile_data"] {
        for event in ["INSERT", "UPDATE", "DELETE"] {
            session.query(&format!("DROP TRIGGER IF EXISTS {}", trigger(table, event)))?;
        }
    }
    if with_new {
        for table in NEW.iter().rev() {
            session.query(&format!("DROP TABLE IF EXISTS {table}"))?;
        }
    }
    session.query(&format!("DROP TABLE IF EXISTS {CHANGES}"))?;
    // The last one: as long as it is there, the rest is known to be a migration's.
    session.query(&format!("DROP TABLE IF EXISTS {STATE}"))?;
    Ok(())
}

/// Removes the table that keeps a place free, if there is one.
pub fn drop_place_holder(session: &mut Session) -> Result<()> {
    if There::look(session)?.placeholder {
        run(session, &format!("DROP TABLE IF EXISTS {}", OLD[0]))?;
    }
    Ok(())
}

fn trigger(table: &str, event: &str) -> String {
    let of = if table == "ezdbfile" { "file" } else { "data" };
    format!("ezdbfile_migration_{of}_{}", event.to_lowercase())
}

fn run(session: &mut Session, sql: &str) -> Result<()> {
    session.query(sql).map(drop).map_err(Error::database(DOING))
}

/// Notes a line of the state in the place of the one before.
pub fn set(session: &mut Session, what: &str, value: &[u8]) -> std::result::Result<(), MysqlError> {
    let params = [Param::Bytes(value), Param::Text(what.as_bytes())];
    let updated = session.execute(&format!("UPDATE {STATE} SET value = ? WHERE what = ?"), &params)?;
    if updated.affected == 0 {
        session.execute(
            &format!("INSERT INTO {STATE} (value, name, what) VALUES (?, '', ?)"),
            &params,
        )?;
    }
    Ok(())
}

/// A line of the state.
pub fn get(session: &mut Session, what: &str) -> std::result::Result<Option<Vec<u8>>, MysqlError> {
    let statement = session.select(
        &format!("SELECT value FROM {STATE} WHERE what = ?"),
        &[Param::Text(what.as_bytes())],
    )?;
    let mut value = None;
    while session.fetch(statement)? {
        value = Some(session.bytes(statement, 0).to_vec());
    }
    Ok(value)
}
