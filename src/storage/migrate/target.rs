//! Writing into the new tables, which nobody else uses.

use std::collections::HashMap;

use super::tables::{CHANGES, NEW};
use crate::error::{Error, Result};
use crate::mysql::{MysqlError, Param};
use crate::pool::Session;
use crate::storage::install::Kind;
use crate::storage::layout::{CLAIM_DATATYPE, CheckRow, hash};
use crate::storage::{Attempt, Name};

/// Rows in one statement, at most.
const ROWS: usize = 64;
/// Bytes of file data in one statement, about.
const BYTES: usize = 1 << 20;
/// Room in a message beside the file data.
const OVERHEAD: u64 = 8192;
/// Bytes that a row holds (`mediumblob`).
const ROW_BYTES: u64 = (1 << 24) - 1;
/// Bytes that the columns hold: name, datatype, scope.
const WIDTHS: [(&str, usize); 3] = [("name", 1024), ("datatype", 255), ("scope", 64)];

/// The new tables.
#[derive(Debug)]
pub struct Target {
    kind: Kind,
    /// The id of the next file, in the layout that has them.
    next_id: u64,
    /// Keys of the files of this step, by their places in it.
    keys: HashMap<usize, Owner>,
    /// Data rows that are not written yet.
    waiting: Vec<(Owner, u64, Vec<u8>)>,
    bytes: usize,
}

/// What data rows refer to a file by.
#[derive(Debug, Clone)]
enum Owner {
    Id(u64),
    Hash(Vec<u8>),
}

impl Owner {
    fn param(&self) -> Param<'_> {
        match self {
            Self::Id(id) => Param::Int(id.cast_signed()),
            Self::Hash(hash) => Param::Text(hash),
        }
    }
}

/// A row of `ezdbfile` as it will be.
struct NewRow {
    owner: Owner,
    hash: Vec<u8>,
    scope: Vec<u8>,
}

impl Target {
    /// Takes up where others stopped.
    pub fn open(session: &mut Session, kind: Kind) -> Result<Self> {
        let next_id = match kind {
            Kind::Hash => 0,
            Kind::Id => highest_id(session).map_err(Error::database("looking at the new tables"))? + 1,
        };
        Ok(Self {
            kind,
            next_id,
            keys: HashMap::new(),
            waiting: Vec::new(),
            bytes: 0,
        })
    }

    /// What of a row the new tables cannot hold, in words.
    pub fn refuses(row: &CheckRow) -> Option<String> {
        let values = [&row.name, &row.datatype, &row.scope];
        let (what, width, length) = WIDTHS
            .into_iter()
            .zip(values)
            .map(|((what, width), value)| (what, width, value.len()))
            .find(|(_, width, length)| length > width)?;
        Some(format!(
            "its {what} has {length} bytes, and the new tables take {width}"
        ))
    }

    /// Begins a step: nothing of the last one counts any more.
    pub fn begin(&mut self) {
        self.keys.clear();
        self.waiting.clear();
        self.bytes = 0;
    }

    /// Removes the files with these hashes.
    pub fn remove(&self, session: &mut Session, hashes: &[Vec<u8>]) -> Attempt<()> {
        let marks = vec!["?"; hashes.len()].join(",");
        let params: Vec<Param<'_>> = hashes.iter().map(|hash| Param::Text(hash)).collect();
        let [files, data] = NEW;
        match self.kind {
            Kind::Id => {
                session.execute(
                    &format!(
                        "DELETE f, d FROM {files} f FORCE INDEX (ezdbfile_name_hash) \
                         LEFT JOIN {data} d FORCE INDEX (master_idx) ON d.masterid = f.id \
                         WHERE f.name_hash IN ({marks})"
                    ),
                    &params,
                )?;
            }
            Kind::Hash => {
                for table in [data, files] {
                    session.execute(
                        &format!(
                            "DELETE t FROM {table} t FORCE INDEX (PRIMARY) WHERE t.name_hash IN ({marks})"
                        ),
                        &params,
                    )?;
                }
            }
        }
        Ok(())
    }

    /// Writes what is known about the files of a step.
    pub fn add(&mut self, session: &mut Session, rows: &[(usize, &CheckRow)]) -> Attempt<()> {
        for rows in rows.chunks(ROWS) {
            let mut new = Vec::with_capacity(rows.len());
            for (place, row) in rows {
                let made = self.new_row(session, row)?;
                self.keys.insert(*place, made.owner.clone());
                new.push(made);
            }
            let sizes: Vec<String> = rows.iter().map(|(_, row)| row.size.to_string()).collect();
            let mut params = Vec::with_capacity(rows.len() * 8);
            for (((_, row), new), size) in rows.iter().zip(&new).zip(&sizes) {
                params.extend([
                    Param::Bytes(&row.datatype),
                    Param::Bytes(&row.name),
                    Param::Text(&new.hash),
                    Param::Bytes(&new.scope),
                    // Its parameter would be signed.
                    Param::Text(size.as_bytes()),
                    Param::Int(row.mtime),
                ]);
                match self.kind {
                    Kind::Id => params.push(new.owner.param()),
                    Kind::Hash => {
                        params.push(Param::Bytes(trunk(row)));
                        params.push(Param::Int(i64::from(row.mtime < 0)));
                    }
                }
            }
            let (more, marks) = match self.kind {
                Kind::Id => ("id", "(?,?,?,?,?,?,?)"),
                Kind::Hash => ("name_trunk, expired", "(?,?,?,?,?,?,?,?)"),
            };
            let sql = format!(
                "INSERT INTO {} (datatype, name, name_hash, scope, size, mtime, {more}) VALUES {}",
                NEW[0],
                vec![marks; rows.len()].join(",")
            );
            session.execute(&sql, &params)?;
        }
        Ok(())
    }

    fn new_row(&mut self, session: &mut Session, row: &CheckRow) -> Attempt<NewRow> {
        let name = Name::new(&row.name);
        let hash = if name.digits().eq_ignore_ascii_case(&row.name_hash) {
            name.digits().to_vec()
        } else {
            row.name_hash.clone()
        };
        let mut scope = row.scope.clone();
        let mut number = None;
        if row.datatype == CLAIM_DATATYPE {
            // Whoever has the claim knows it by a number, which is to be found again.
            match self.kind {
                Kind::Hash => {
                    scope = [&scope, b".".as_slice(), format!("{:09x}", row.id).as_bytes()].concat()
                }
                Kind::Id => {
                    let text = String::from_utf8_lossy(&row.scope).into_owned();
                    if let Some((maker, digits)) = text.split_once('.') {
                        number = u64::from_str_radix(digits, 16).ok().filter(|number| *number > 0);
                        scope = maker.as_bytes().to_vec();
                    }
                }
            }
        }
        let owner = match (self.kind, number) {
            (Kind::Hash, _) => Owner::Hash(hash.clone()),
            (Kind::Id, Some(number)) => {
                evict(session, number)?;
                self.next_id = self.next_id.max(number + 1);
                Owner::Id(number)
            }
            (Kind::Id, None) => {
                self.next_id += 1;
                Owner::Id(self.next_id - 1)
            }
        };
        Ok(NewRow { owner, hash, scope })
    }

    /// Adds bytes of a file of this step, which begin at this place in it.
    pub fn append(&mut self, session: &mut Session, file: usize, position: u64, bytes: &[u8]) -> Attempt<()> {
        let Some(owner) = self.keys.get(&file).cloned() else {
            return Ok(());
        };
        let packet = session
            .max_allowed_packet()
            .saturating_sub(OVERHEAD)
            .clamp(1, ROW_BYTES);
        let most = usize::try_from(packet).unwrap_or(usize::MAX);
        let mut position = position;
        for bytes in bytes.chunks(most) {
            if self.waiting.len() >= ROWS || self.bytes + bytes.len() > BYTES.min(most) {
                self.flush(session)?;
            }
            self.bytes += bytes.len();
            self.waiting.push((owner.clone(), position, bytes.to_vec()));
            position += bytes.len() as u64;
        }
        Ok(())
    }

    /// Ends a file of this step, all of whose bytes were added.
    pub fn complete(&mut self, session: &mut Session, file: usize, size: u64) -> Attempt<()> {
        if let (Some(Owner::Hash(hash)), Some(mark)) = (
            self.keys.get(&file),
            hash::fresh_mark(size, i64::MAX.unsigned_abs()),
        ) {
            let owner = Owner::Hash(hash.clone());
            if self.waiting.len() >= ROWS {
                self.flush(session)?;
            }
            self.waiting.push((owner, mark, Vec::new()));
        }
        Ok(())
    }

    /// Takes the bytes of a file of this step away.
    pub fn forget_bytes(&mut self, session: &mut Session, file: usize) -> Attempt<()> {
        self.flush(session)?;
        let Some(owner) = self.keys.get(&file) else {
            return Ok(());
        };
        let (column, index) = match owner {
            Owner::Id(_) => ("masterid", "master_idx"),
            Owner::Hash(_) => ("name_hash", "PRIMARY"),
        };
        session.execute(
            &format!(
                "DELETE d FROM {} d FORCE INDEX ({index}) WHERE d.{column} = ?",
                NEW[1]
            ),
            &[owner.param()],
        )?;
        Ok(())
    }

    /// Writes the data rows that wait.
    pub fn flush(&mut self, session: &mut Session) -> Attempt<()> {
        let rows = std::mem::take(&mut self.waiting);
        self.bytes = 0;
        if rows.is_empty() {
            return Ok(());
        }
        let mut params = Vec::with_capacity(rows.len() * 3);
        for (owner, position, bytes) in &rows {
            params.push(owner.param());
            if self.kind == Kind::Hash {
                params.push(Param::Int(position.cast_signed()));
            }
            params.push(Param::Bytes(bytes));
        }
        let (columns, marks) = match self.kind {
            Kind::Id => ("masterid, filedata", "(?,?)"),
            Kind::Hash => ("name_hash, `offset`, filedata", "(?,?,?)"),
        };
        let done = session.execute(
            &format!(
                "INSERT INTO {} ({columns}) VALUES {}",
                NEW[1],
                vec![marks; rows.len()].join(",")
            ),
            &params,
        )?;
        if done.affected == rows.len() as u64 {
            return Ok(());
        }
        Err(MysqlError::own(format!(
            "{} of {} data rows were written",
            done.affected,
            rows.len()
        ))
        .into())
    }
}

/// What old nodes delete a file by.
fn trunk(row: &CheckRow) -> &[u8] {
    if row.datatype == CLAIM_DATATYPE {
        hash::name_trunk_of_claim(&row.name)
    } else {
        hash::name_trunk(&row.name, &row.scope)
    }
}

fn highest_id(session: &mut Session) -> std::result::Result<u64, MysqlError> {
    let statement = session.select(&format!("SELECT MAX(id) FROM {}", NEW[0]), &[])?;
    let mut highest = 0;
    while session.fetch(statement)? {
        highest = session.int(statement, 0).cast_unsigned();
    }
    Ok(highest)
}

/// Makes an id free: the file that has it is written once more, under another.
fn evict(session: &mut Session, id: u64) -> Attempt<()> {
    let id = Param::Int(id.cast_signed());
    let noted = session.execute(
        &format!(
            "INSERT INTO {CHANGES} (name_hash) SELECT name_hash FROM {} WHERE id = ?",
            NEW[0]
        ),
        &[id],
    )?;
    if noted.affected > 0 {
        session.execute(
            &format!(
                "DELETE f, d FROM {} f LEFT JOIN {} d FORCE INDEX (master_idx) ON d.masterid = f.id WHERE f.id = ?",
                NEW[0], NEW[1]
            ),
            &[id],
        )?;
    }
    Ok(())
}
