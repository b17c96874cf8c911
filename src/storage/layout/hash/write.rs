//! Writing a version.

use super::find::{TELL, find_params, told};
use super::name_trunk::name_trunk;
use super::{HashLayout, mark, refused};
use crate::error::Error;
use crate::mysql::{Param, Part, START_HERE};
use crate::pool::Session;
use crate::storage::Attempt;
use crate::storage::layout::shape::unfit;
use crate::storage::layout::{Draft, NewFile, Reading, Writing};
use crate::storage::metadata::Name;

/// Where the next bytes of a version go.
#[derive(Debug)]
pub struct Place {
    hash: String,
    position: u64,
    size: u64,
    mark: Option<u64>,
}

impl Writing for HashLayout {
    fn begin(&self, session: &mut Session, file: &NewFile<'_>) -> Attempt<Draft> {
        let mut draft = self.draft(session, file.name, file.size)?;
        let hash = [Param::Text(file.name.digits())];
        draft.before = self.replace_row(session, file, &[(DROP_ROWS, &hash)])?;
        Ok(draft)
    }

    fn begin_new(&self, session: &mut Session, file: &NewFile<'_>) -> Attempt<Option<Draft>> {
        let place = [
            Param::Text(file.name.digits()),
            self.shape.name_param(file.name.bytes()),
        ];
        // Whoever came first; a row that is not committed is waited for.
        let made = session.execute_block(&[(TAKE_PLACE, &place)])?;
        // (What has the hash may also be another file, which is an error.)
        if made == 0 && self.find_locked(session, file.name)?.is_some() {
            return Ok(None);
        }
        let draft = self.begin(session, file)?;
        Ok(Some(Draft {
            before: None,
            ..draft
        }))
    }

    fn append(&self, session: &mut Session, draft: &mut Draft, bytes: &[u8], chunk: usize) -> Attempt<()> {
        let Some(place) = &mut draft.place else {
            return Ok(());
        };
        let chunks = bytes.chunks(chunk);
        let mut rows = Vec::with_capacity(chunks.len() + 1);
        for bytes in chunks {
            rows.push((place.position, bytes));
            place.position += bytes.len() as u64;
        }
        if place.position == place.size
            && let Some(mark) = place.mark
        {
            rows.push((mark, &[]));
        }
        insert_rows(session, &place.hash, &rows)
    }

    /// It has been in its place from the beginning.
    fn complete(&self, _: &mut Session, _: &Draft, _: &Name) -> Attempt<()> {
        Ok(())
    }
}

impl HashLayout {
    /// A version of this size that is about to be written under this name.
    pub(super) fn draft(&self, session: &Session, name: &Name, size: u64) -> Attempt<Draft> {
        let chunk = self.shape.chunk_size(session) as u64;
        let last = size.saturating_sub(1) / chunk * chunk;
        if last > self.offset_max {
            return Err(Error::Refused(format!(
                "the file is too large: it has {size} bytes, and the column ezdbfile_data.offset goes up to {}",
                self.offset_max
            ))
            .into());
        }
        let mark = mark::fresh(size, self.offset_max);
        Ok(Draft {
            id: mark.map_or(last + 1, |mark| mark + 1),
            place: Some(Place {
                hash: name.hash().to_owned(),
                position: 0,
                size,
                mark,
            }),
            before: None,
        })
    }

    /// Writes what is known about a file, into the row of its name where there is one, and goes on with
    /// other statements.
    pub(super) fn put_row(
        &self,
        session: &mut Session,
        file: &NewFile<'_>,
        then: &[Part<'_>],
    ) -> Attempt<()> {
        self.with_row(file, then, |parts| session.execute_block(parts))
            .map_err(refused)?;
        Ok(())
    }

    /// As [`put_row`](Self::put_row), with the end of the transaction.
    pub(super) fn defer_row(
        &self,
        session: &mut Session,
        file: &NewFile<'_>,
        then: &[Part<'_>],
    ) -> Attempt<()> {
        let mut defer = |(sql, params): &Part<'_>| session.defer(sql, params);
        self.with_row(file, then, |parts| parts.iter().try_for_each(&mut defer))
            .map_err(refused)
    }

    /// As [`put_row`](Self::put_row), with one other statement; says how many rows that changed.
    pub(super) fn put_row_and_count(
        &self,
        session: &mut Session,
        file: &NewFile<'_>,
        then: Part<'_>,
    ) -> Attempt<u64> {
        let counted = [then, ("SELECT ROW_COUNT()", &[])];
        let sent = self.with_row(file, &counted, |parts| session.select_in_block(parts));
        let Some(statement) = sent.map_err(refused)? else {
            self.put_row(session, file, &[])?;
            return Ok(session.execute(then.0, then.1)?.affected);
        };
        let mut count = 0;
        while session.fetch(statement)? {
            count = session.int(statement, 0);
        }
        Ok(count.cast_unsigned())
    }

    /// As [`put_row`](Self::put_row), and tells what was there before.
    pub(super) fn replace_row(
        &self,
        session: &mut Session,
        file: &NewFile<'_>,
        then: &[Part<'_>],
    ) -> Attempt<Option<[u64; 3]>> {
        let look = find_params(file.name);
        // A look need not be part of the transaction, if that has not really started yet.
        let begins = session.begin_no_more();
        let sent = self.with_row(file, then, |parts| {
            let mut all: Vec<Part<'_>> = vec![(TELL, &look)];
            all.extend(begins.then_some(START_HERE));
            all.extend(parts);
            session.select_in_block(&all)
        });
        if let Some(statement) = sent.map_err(refused)? {
            return told(session, statement).map_err(refused);
        }
        let statement = session.select(TELL, &look)?;
        let before = told(session, statement)?;
        if begins {
            session.begin();
        }
        self.put_row(session, file, then)?;
        Ok(before)
    }

    /// The statement that writes what is known about a file, and others behind it, for whoever sends them.
    fn with_row<T>(&self, file: &NewFile<'_>, then: &[Part<'_>], send: impl FnOnce(&[Part<'_>]) -> T) -> T {
        let sql = self.put_sql("VALUES (?, ?, ?, ?, ?, ?, ?, 0)");
        let params = [
            Param::Text(file.datatype),
            self.shape.name_param(file.name.bytes()),
            self.shape.name_param(name_trunk(file.name.bytes(), file.scope)),
            Param::Text(file.name.digits()),
            Param::Text(self.shape.scope(file.scope)),
            Param::Int(file.size.cast_signed()),
            Param::Int(file.mtime),
            Param::Bytes(file.name.bytes()),
        ];
        send(&[&[(sql.as_str(), params.as_slice())], then].concat())
    }

    /// A statement that writes a row or overwrites the row of the same name. Its last parameter is the
    /// name: a row that has the hash but another name is not overwritten, but fails the statement.
    pub(super) fn put_sql(&self, values: &str) -> String {
        format!(
            "INSERT INTO ezdbfile (datatype, name, name_trunk, name_hash, scope, size, mtime, expired) {values} \
             ON DUPLICATE KEY UPDATE name_hash = IF({} = ?, ezdbfile.name_hash, NULL), \
             datatype = VALUES(datatype), name_trunk = VALUES(name_trunk), scope = VALUES(scope), \
             size = VALUES(size), mtime = VALUES(mtime), expired = 0",
            self.shape.bytes_of(self.shape.name, "ezdbfile.name")
        )
    }
}

/// Makes the row of a hash that has none. What does not fit shows when the row is written.
const TAKE_PLACE: &str = "INSERT IGNORE INTO ezdbfile (name_hash, name, name_trunk) VALUES (?, ?, '')";
/// Removes the bytes of a hash, whether or not the tables have a foreign key that would.
pub(super) const DROP_ROWS: &str =
    "DELETE d FROM ezdbfile_data d FORCE INDEX (PRIMARY) WHERE d.name_hash = ?";
/// Adds one data row.
pub(super) const INSERT_ROW: &str =
    "INSERT INTO ezdbfile_data (name_hash, `offset`, filedata) VALUES (?,?,?)";

/// Adds data rows: offsets and bytes.
pub(super) fn insert_rows(session: &mut Session, hash: &str, rows: &[(u64, &[u8])]) -> Attempt<()> {
    if rows.is_empty() {
        return Ok(());
    }
    let mut sql = String::from(INSERT_ROW);
    for _ in 1..rows.len() {
        sql.push_str(",(?,?,?)");
    }
    let params: Vec<Param<'_>> = rows
        .iter()
        .flat_map(|(offset, bytes)| {
            [
                Param::Text(hash.as_bytes()),
                Param::Int(offset.cast_signed()),
                Param::Bytes(bytes),
            ]
        })
        .collect();
    session.defer_small(&sql, &params).map_err(unfit)?;
    Ok(())
}

/// Removes the bytes of a name.
pub(super) fn drop_rows(session: &mut Session, name: &Name) -> Attempt<()> {
    drop_rows_of(session, name.digits()).map(drop)
}

/// The same for a hash; says how many rows went.
pub(super) fn drop_rows_of(session: &mut Session, hash: &[u8]) -> Attempt<u64> {
    Ok(session.execute(DROP_ROWS, &[Param::Text(hash)])?.affected)
}
