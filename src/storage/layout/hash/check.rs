//! What a check looks at and puts right.

use super::name_trunk::name_trunk;
use super::write::drop_rows_of;
use super::{HashLayout, LIVE};
use crate::mysql::{MysqlError, Param, StatementId};
use crate::pool::Session;
use crate::storage::Attempt;
use crate::storage::claims::is_generating;
use crate::storage::layout::{CheckRow, Checking};

/// How a row of `ezdbfile` is read; [`rows`] follows the order.
pub(super) const ROW: &str = "name_hash, name, datatype, size, mtime, expired, scope, name_trunk";
/// Error number: there is a row with this key.
const ER_DUP_ENTRY: u32 = 1062;

impl Checking for HashLayout {
    fn check_files(
        &self,
        session: &mut Session,
        after: Option<&[u8]>,
        until: Option<&[u8]>,
        limit: usize,
    ) -> Attempt<Vec<CheckRow>> {
        let (between, mut params) = between(after, until);
        params.push(Param::Int(i64::try_from(limit).unwrap_or(i64::MAX)));
        let statement = session.select(
            &format!(
                "SELECT {ROW} FROM ezdbfile FORCE INDEX (PRIMARY) WHERE {between} \
                 ORDER BY name_hash LIMIT ?"
            ),
            &params,
        )?;
        rows(session, statement)
    }

    fn check_limit(
        &self,
        session: &mut Session,
        after: Option<&[u8]>,
        until: Option<&[u8]>,
        keys: u32,
    ) -> Attempt<Option<Vec<u8>>> {
        let (between, mut params) = between(after, until);
        params.push(Param::Int(i64::from(keys) - 1));
        let statement = session.select(
            &format!(
                "SELECT name_hash FROM ezdbfile_data FORCE INDEX (PRIMARY) WHERE {between} \
                 GROUP BY name_hash ORDER BY name_hash LIMIT 1 OFFSET ?"
            ),
            &params,
        )?;
        let mut last = None;
        while session.fetch(statement)? {
            last = Some(session.bytes(statement, 0).to_vec());
        }
        Ok(last)
    }

    fn check_data(
        &self,
        session: &mut Session,
        after: Option<&[u8]>,
        until: Option<&[u8]>,
    ) -> Attempt<StatementId> {
        let (between, params) = between(after, until);
        Ok(session.select(
            &format!(
                "SELECT name_hash, `offset`, LENGTH(filedata) FROM ezdbfile_data FORCE INDEX (PRIMARY) \
                 WHERE {between} ORDER BY name_hash, `offset`"
            ),
            &params,
        )?)
    }

    fn check_datum(&self, session: &Session, statement: StatementId) -> (Vec<u8>, Option<u64>, u64) {
        (
            session.bytes(statement, 0).to_vec(),
            Some(session.int(statement, 1).cast_unsigned()),
            session.int(statement, 2).cast_unsigned(),
        )
    }

    fn remove_orphans(&self, session: &mut Session, key: &[u8]) -> Attempt<bool> {
        // A row in the place of the file that is not there keeps others from storing it meanwhile.
        let placed = session.execute(
            "INSERT INTO ezdbfile (datatype, name, name_trunk, name_hash, scope, size, mtime, expired) \
             VALUES ('', '', '', ?, '', 0, -1, 1)",
            &[Param::Text(key)],
        );
        match placed {
            Ok(_) => {}
            Err(MysqlError {
                code: ER_DUP_ENTRY, ..
            }) => return Ok(false),
            Err(error) => return Err(error.into()),
        }
        let removed = drop_rows_of(session, key)?;
        session.execute("DELETE FROM ezdbfile WHERE name_hash = ?", &[Param::Text(key)])?;
        Ok(removed > 0)
    }

    fn remove_behind(&self, session: &mut Session, row: &CheckRow) -> Attempt<bool> {
        // With its row locked, the file is what it was, or nothing is done.
        let key = Param::Text(&row.name_hash);
        let size = Param::Int(row.size.cast_signed());
        let statement = session.select(
            "SELECT size FROM ezdbfile FORCE INDEX (PRIMARY) WHERE name_hash = ? AND size = ? FOR UPDATE",
            &[key, size],
        )?;
        let mut same = false;
        while session.fetch(statement)? {
            same = true;
        }
        let statement = session.select(
            "SELECT `offset`, LENGTH(filedata) FROM ezdbfile_data FORCE INDEX (PRIMARY) \
             WHERE name_hash = ? AND `offset` < ? ORDER BY `offset` FOR UPDATE",
            &[key, size],
        )?;
        let mut position = 0;
        while session.fetch(statement)? {
            let length = session.int(statement, 1);
            same &= length == 0 || session.int(statement, 0) == position;
            position += length;
        }
        if !same || position.cast_unsigned() != row.size {
            return Ok(false);
        }
        let done = session.execute(
            "DELETE d FROM ezdbfile_data d FORCE INDEX (PRIMARY) \
             WHERE d.name_hash = ? AND d.`offset` >= ? AND d.filedata <> ''",
            &[key, size],
        )?;
        Ok(done.affected > 0)
    }

    fn agree(&self, session: &mut Session, row: &CheckRow) -> Attempt<bool> {
        let done = session.execute(
            &format!(
                "UPDATE ezdbfile SET mtime = -GREATEST(ABS(mtime), 1), expired = 1 \
                 WHERE name_hash = ? AND NOT ({LIVE})"
            ),
            &[Param::Text(&row.name_hash)],
        )?;
        Ok(done.affected == 1)
    }

    fn mend_trunk(&self, session: &mut Session, row: &CheckRow) -> Attempt<bool> {
        let trunk = name_trunk(&row.name, &row.scope);
        let done = session.execute(
            &format!(
                "UPDATE ezdbfile SET name_trunk = ? WHERE name_hash = ? AND {} = ?",
                self.shape.bytes_of(self.shape.scope, "scope")
            ),
            &[
                self.shape.name_param(trunk),
                Param::Text(&row.name_hash),
                Param::Bytes(&row.scope),
            ],
        )?;
        Ok(done.affected == 1)
    }
}

/// The condition for keys behind one, up to another, and its parameters.
fn between<'p>(after: Option<&'p [u8]>, until: Option<&'p [u8]>) -> (String, Vec<Param<'p>>) {
    let (mut between, mut params) = (String::from("TRUE"), Vec::new());
    if let Some(after) = after {
        between.push_str(" AND name_hash > ?");
        params.push(Param::Text(after));
    }
    if let Some(until) = until {
        between.push_str(" AND name_hash <= ?");
        params.push(Param::Text(until));
    }
    (between, params)
}

/// The rows of a statement that selects [`ROW`].
pub(super) fn rows(session: &mut Session, statement: StatementId) -> Attempt<Vec<CheckRow>> {
    let mut rows = Vec::new();
    while session.fetch(statement)? {
        let mtime = session.int(statement, 4);
        let expired = session.int(statement, 5) != 0;
        let name_hash = session.bytes(statement, 0).to_vec();
        let name = session.bytes(statement, 1);
        let trunk = name_trunk(name, session.bytes(statement, 6));
        rows.push(CheckRow {
            // That of a claim depends on who made it.
            wrong_trunk: session.bytes(statement, 7) != trunk && !is_generating(name),
            key: name_hash.clone(),
            id: 0,
            name: name.to_vec(),
            name_hash,
            datatype: session.bytes(statement, 2).to_vec(),
            scope: session.bytes(statement, 6).to_vec(),
            size: session.int(statement, 3).cast_unsigned(),
            mtime: if expired {
                -mtime.saturating_abs().max(1)
            } else {
                mtime
            },
            superseded: false,
            disagrees: expired != (mtime < 0),
        });
    }
    Ok(rows)
}
