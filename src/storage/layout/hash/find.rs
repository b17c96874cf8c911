//! Looking versions up and reading them.

use super::HashLayout;
use crate::mysql::{MysqlError, Param, StatementId};
use crate::pool::Session;
use crate::storage::Attempt;
use crate::storage::layout::{Part, Reading, Rows};
use crate::storage::metadata::{Metadata, MetadataRow, Name};

/// How a row of `ezdbfile f` is read; the function [`described`] follows the order. (Macros, so that
/// statements that are sent all the time are there from the start.)
macro_rules! columns {
    () => {
        "f.name, f.name_trunk, f.datatype, f.scope, f.size, f.mtime, f.expired"
    };
}
/// The same with what tells the version, with the hash as a parameter; for the function [`row`]. The highest
/// offset is the mark of the version, and otherwise says nothing that its size does not. It costs
/// the server a quarter of what the row does.
macro_rules! columns_and_mark {
    () => {
        concat!(
            columns!(),
            ", (SELECT MAX(m.`offset`) FROM ezdbfile_data m WHERE m.name_hash = ?) + 1"
        )
    };
}
const DESCRIBE: &str = concat!("SELECT ", columns!(), " FROM ezdbfile f WHERE f.name_hash = ?");
/// Looks up what tells the version of a name: see [`told`]. A row that only shares the hash is taken for it.
pub(super) const TELL: &str = "SELECT f.size, f.mtime, f.expired, \
    (SELECT MAX(m.`offset`) FROM ezdbfile_data m WHERE m.name_hash = ?) + 1 FROM ezdbfile f WHERE f.name_hash = ?";
const FIND: &str = concat!(
    "SELECT ",
    columns_and_mark!(),
    " FROM ezdbfile f WHERE f.name_hash = ?"
);
const FIND_LOCKED: &str = concat!(
    "SELECT ",
    columns_and_mark!(),
    " FROM ezdbfile f FORCE INDEX (PRIMARY) WHERE f.name_hash = ? FOR UPDATE"
);
const OPEN: &str = concat!(
    "SELECT ",
    columns!(),
    ", d.`offset`, d.filedata FROM ezdbfile f INNER JOIN ezdbfile_data d ON d.name_hash = ? \
     WHERE f.name_hash = ? ORDER BY d.`offset`"
);
const OPEN_WITH_MARK: &str = concat!(
    "SELECT ",
    columns_and_mark!(),
    ", d.`offset`, d.filedata FROM ezdbfile f INNER JOIN ezdbfile_data d ON d.name_hash = ? \
     WHERE f.name_hash = ? ORDER BY d.`offset`"
);
/// The same as it is committed: a SELECT inside of one that takes locks takes none by itself, and
/// may see an older state.
const FIND_COMMITTED: &str = "SELECT f.name, f.name_trunk, f.datatype, f.scope, f.size, f.mtime, f.expired, \
    (SELECT MAX(m.`offset`) FROM ezdbfile_data m WHERE m.name_hash = ? LOCK IN SHARE MODE) + 1 \
    FROM ezdbfile f FORCE INDEX (PRIMARY) WHERE f.name_hash = ? LOCK IN SHARE MODE";
/// The condition for a row of `ezdbfile f` to be a certain version, expired or not. (By the hash of the row: by that of a
/// parameter, the server would look up the mark while it plans the statement, which for a claim is too early.)
pub(super) const VERSION: &str = "f.name_hash = ? AND GREATEST(ABS(f.mtime), 1) = ? AND f.size = ? AND \
    IFNULL((SELECT MAX(m.`offset`) FROM ezdbfile_data m WHERE m.name_hash = f.name_hash) + 1, 0) = ?";
/// Columns in [`columns!`].
const COLUMNS: usize = 7;

impl Reading for HashLayout {
    fn find(&self, session: &mut Session, name: &Name) -> Attempt<Option<Metadata>> {
        find_with(session, name, FIND)
    }

    fn describe(&self, session: &mut Session, name: &Name) -> Attempt<Option<Metadata>> {
        let statement = session.select(DESCRIBE, &[Param::Text(name.digits())])?;
        only(session, statement, name, described)
    }

    fn find_locked(&self, session: &mut Session, name: &Name) -> Attempt<Option<Metadata>> {
        find_with(session, name, FIND_LOCKED)
    }

    fn open(&self, session: &mut Session, name: &Name) -> Attempt<Rows> {
        let hash = Param::Text(name.digits());
        let statement = session.select_data(OPEN, &[hash, hash])?;
        Ok(rows(statement, COLUMNS))
    }

    fn open_told(&self, session: &mut Session, name: &Name) -> Attempt<Rows> {
        let hash = Param::Text(name.digits());
        let statement = session.select_data(OPEN_WITH_MARK, &[hash, hash, hash])?;
        Ok(rows(statement, COLUMNS + 1))
    }

    fn row(&self, session: &Session, rows: Rows) -> Metadata {
        if rows.offset == Some(COLUMNS) {
            described(session, rows.statement)
        } else {
            row(session, rows.statement)
        }
    }

    fn open_version(&self, session: &mut Session, metadata: &Metadata) -> Attempt<Rows> {
        // The rows under a hash become those of the next version: none come when they have.
        let name = Name::new(metadata.name());
        let hash = Param::Text(name.digits());
        let mut params = vec![hash];
        params.extend(version_params(&name, metadata));
        let statement = session.select_data(
            &format!(
                "SELECT d.`offset`, d.filedata FROM ezdbfile f INNER JOIN ezdbfile_data d ON d.name_hash = ? \
                 WHERE {VERSION} ORDER BY d.`offset`"
            ),
            &params,
        )?;
        Ok(rows(statement, 0))
    }

    fn open_part(
        &self,
        session: &mut Session,
        metadata: &Metadata,
        from: u64,
        until: u64,
    ) -> Attempt<Option<Part>> {
        let name = Name::new(metadata.name());
        let hash = Param::Text(name.digits());
        // A row without bytes can lie anywhere.
        let statement = session.select(
            "SELECT `offset` FROM ezdbfile_data WHERE name_hash = ? AND `offset` <= ? AND filedata <> '' \
             ORDER BY `offset` DESC LIMIT 1",
            &[hash, Param::Int(from.cast_signed())],
        )?;
        let mut first = 0;
        while session.fetch(statement)? {
            first = session.int(statement, 0);
        }
        let statement = session.select_data(
            "SELECT `offset`, filedata FROM ezdbfile_data \
             WHERE name_hash = ? AND `offset` >= ? AND `offset` < ? ORDER BY `offset`",
            &[hash, Param::Int(first), Param::Int(until.cast_signed())],
        )?;
        Ok(Some(Part {
            rows: rows(statement, 0),
            position: first.cast_unsigned(),
            stride: None,
        }))
    }
}

/// The parameters of [`VERSION`].
pub(super) fn version_params<'a>(name: &'a Name, metadata: &Metadata) -> [Param<'a>; 4] {
    [
        Param::Text(name.digits()),
        Param::Int(metadata.mtime.saturating_abs().max(1)),
        Param::Int(metadata.size.cast_signed()),
        Param::Int(metadata.number().cast_signed()),
    ]
}

/// The file of a name as it is once those who change it are done.
pub(super) fn find_committed(session: &mut Session, name: &Name) -> Attempt<Option<Metadata>> {
    find_with(session, name, FIND_COMMITTED)
}

fn find_with(session: &mut Session, name: &Name, sql: &str) -> Attempt<Option<Metadata>> {
    let statement = session.select(sql, &find_params(name))?;
    only(session, statement, name, row)
}

/// The row of a statement that is [`TELL`], as [`Metadata::told_by`].
pub(super) fn told(session: &mut Session, statement: StatementId) -> Result<Option<[u64; 3]>, MysqlError> {
    let mut told = None;
    while session.fetch(statement)? {
        let int = |column| session.int(statement, column);
        let mtime = time(int(1), int(2) != 0).unsigned_abs();
        told = Some([int(3).cast_unsigned(), mtime, int(0).cast_unsigned()]);
    }
    Ok(told)
}

/// The parameters of [`FIND`] and [`TELL`].
pub(super) fn find_params(name: &Name) -> [Param<'_>; 2] {
    [Param::Text(name.digits()); 2]
}

/// The row of a statement that is the file of a name.
fn only(
    session: &mut Session,
    statement: StatementId,
    name: &Name,
    row: fn(&Session, StatementId) -> Metadata,
) -> Attempt<Option<Metadata>> {
    let mut found = None;
    while session.fetch(statement)? {
        // A row that only shares the hash is somebody else's.
        if session.bytes(statement, 0) == name.bytes() {
            found = Some(row(session, statement));
        }
    }
    Ok(found)
}

fn rows(statement: StatementId, offset: usize) -> Rows {
    Rows {
        statement,
        offset: Some(offset),
    }
}

/// The present row of a statement that selects [`columns_and_mark!`].
fn row(session: &Session, statement: StatementId) -> Metadata {
    let mut metadata = described(session, statement);
    metadata.id = Some(session.int(statement, COLUMNS).cast_unsigned());
    metadata
}

/// A file counts as expired by its flag or its time; its time says so in either case.
fn time(mtime: i64, expired: bool) -> i64 {
    if expired {
        -mtime.saturating_abs().max(1)
    } else {
        mtime
    }
}

/// The present row of a statement that selects [`columns!`].
fn described(session: &Session, statement: StatementId) -> Metadata {
    Metadata::from(MetadataRow {
        id: None,
        name: session.bytes(statement, 0),
        name_trunk: Some(session.bytes(statement, 1)),
        datatype: session.bytes(statement, 2),
        scope: session.bytes(statement, 3),
        size: session.int(statement, 4).cast_unsigned(),
        mtime: time(session.int(statement, 5), session.int(statement, 6) != 0),
    })
}
