//! What a check looks at and puts right.

use super::{IdLayout, find};
use crate::mysql::{Param, StatementId};
use crate::pool::Session;
use crate::storage::Attempt;
use crate::storage::layout::{CheckRow, Checking};

impl Checking for IdLayout {
    fn check_files(
        &self,
        session: &mut Session,
        after: Option<&[u8]>,
        until: Option<&[u8]>,
        limit: usize,
    ) -> Attempt<Vec<CheckRow>> {
        let (between, mut params) = between("f.id", after, until);
        params.push(Param::Int(i64::try_from(limit).unwrap_or(i64::MAX)));
        let statement = session.select(
            &format!(
                "{} WHERE {between} ORDER BY f.id LIMIT ?",
                self.select_rows(" FORCE INDEX (PRIMARY)")
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
        let (between, mut params) = between("masterid", after, until);
        params.push(Param::Int(i64::from(keys) - 1));
        let statement = session.select(
            &format!(
                "SELECT masterid FROM ezdbfile_data{} WHERE {between} \
                 GROUP BY masterid ORDER BY masterid LIMIT 1 OFFSET ?",
                self.hints.masterid
            ),
            &params,
        )?;
        let mut last = None;
        while session.fetch(statement)? {
            last = Some(session.int(statement, 0).to_string().into_bytes());
        }
        Ok(last)
    }

    fn check_data(
        &self,
        session: &mut Session,
        after: Option<&[u8]>,
        until: Option<&[u8]>,
    ) -> Attempt<StatementId> {
        let (between, params) = between("masterid", after, until);
        Ok(session.select(
            &format!(
                "SELECT masterid, LENGTH(filedata) FROM ezdbfile_data{} WHERE {between} ORDER BY masterid",
                self.hints.masterid
            ),
            &params,
        )?)
    }

    fn check_datum(&self, session: &Session, statement: StatementId) -> (Vec<u8>, Option<u64>, u64) {
        let key = session.int(statement, 0).to_string().into_bytes();
        (key, None, session.int(statement, 1).cast_unsigned())
    }

    fn remove_orphans(&self, session: &mut Session, key: &[u8]) -> Attempt<bool> {
        // An id that is not there now never will be: ids are not used twice.
        let statement = session.select("SELECT id FROM ezdbfile WHERE id = ?", &[number(key)])?;
        let mut there = false;
        while session.fetch(statement)? {
            there = true;
        }
        if there {
            return Ok(false);
        }
        let done = session.execute("DELETE FROM ezdbfile_data WHERE masterid = ?", &[number(key)])?;
        Ok(done.affected > 0)
    }

    /// Rows do not tell where they belong.
    fn remove_behind(&self, _: &mut Session, _: &CheckRow) -> Attempt<bool> {
        Ok(false)
    }

    /// There is no flag.
    fn agree(&self, _: &mut Session, _: &CheckRow) -> Attempt<bool> {
        Ok(false)
    }

    /// There is no such column.
    fn mend_trunk(&self, _: &mut Session, _: &CheckRow) -> Attempt<bool> {
        Ok(false)
    }
}

impl IdLayout {
    /// The beginning of a statement for [`rows`].
    pub(super) fn select_rows(&self, hint: &str) -> String {
        let bytes_of = |table: &str| self.shape.bytes_of(self.shape.name, &format!("{table}.name"));
        format!(
            "SELECT f.id, f.name, f.datatype, f.scope, f.size, f.mtime, f.name_hash, \
             EXISTS (SELECT 1 FROM ezdbfile g WHERE g.name_hash = f.name_hash AND g.id > f.id AND {} = {}) \
             FROM ezdbfile f{hint}",
            bytes_of("g"),
            bytes_of("f")
        )
    }
}

/// The rows of a statement that [`IdLayout::select_rows`] begins.
pub(super) fn rows(session: &mut Session, statement: StatementId) -> Attempt<Vec<CheckRow>> {
    let mut rows = Vec::new();
    while session.fetch(statement)? {
        let row = find::columns(session, statement);
        let id = row.id.unwrap_or(0);
        rows.push(CheckRow {
            key: id.to_string().into_bytes(),
            id,
            name: row.name.to_vec(),
            name_hash: session.bytes(statement, 6).to_vec(),
            datatype: row.datatype.to_vec(),
            scope: row.scope.to_vec(),
            size: row.size,
            mtime: row.mtime,
            superseded: session.int(statement, 7) != 0,
            disagrees: false,
            wrong_trunk: false,
        });
    }
    Ok(rows)
}

/// The condition for keys behind one, up to another, and its parameters.
fn between(column: &str, after: Option<&[u8]>, until: Option<&[u8]>) -> (String, Vec<Param<'static>>) {
    let (mut between, mut params) = (format!("{column} > ?"), vec![number(after.unwrap_or(b"-1"))]);
    if let Some(until) = until {
        between.push_str(&format!(" AND {column} <= ?"));
        params.push(number(until));
    }
    (between, params)
}

/// A key as a parameter.
pub(super) fn number(key: &[u8]) -> Param<'static> {
    let text = std::str::from_utf8(key).unwrap_or_default();
    Param::Int(text.parse().unwrap_or(0))
}
