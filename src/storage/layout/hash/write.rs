//! Writing a version.

use super::name_trunk::name_trunk;
use super::{HashLayout, mark, refused};
use crate::error::Error;
use crate::mysql::{Param, Part};
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
        draft.before = session.ahead(|session| self.find(session, file.name))?;
        let hash = [Param::Text(file.name.hash().as_bytes())];
        self.put_row(session, file, &[(DROP_ROWS, &hash)])?;
        Ok(draft)
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
        let sql = self.put_sql("VALUES (?, ?, ?, ?, ?, ?, ?, 0)");
        let params = [
            Param::Text(file.datatype),
            self.shape.name_param(file.name.bytes()),
            self.shape.name_param(name_trunk(file.name.bytes(), file.scope)),
            Param::Text(file.name.hash().as_bytes()),
            Param::Text(self.shape.scope(file.scope)),
            Param::Int(file.size.cast_signed()),
            Param::Int(file.mtime),
            Param::Bytes(file.name.bytes()),
        ];
        let parts = [&[(sql.as_str(), params.as_slice())], then].concat();
        session.execute_block(&parts).map_err(refused)?;
        Ok(())
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
    session.execute(&sql, &params).map_err(unfit)?;
    Ok(())
}

/// Removes the bytes of a name.
pub(super) fn drop_rows(session: &mut Session, name: &Name) -> Attempt<()> {
    drop_rows_of(session, name.hash().as_bytes()).map(drop)
}

/// The same for a hash; says how many rows went.
pub(super) fn drop_rows_of(session: &mut Session, hash: &[u8]) -> Attempt<u64> {
    Ok(session.execute(DROP_ROWS, &[Param::Text(hash)])?.affected)
}
