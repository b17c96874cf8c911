//! Copying files into the new tables: all rows of some hashes, as the site sees them now.

use std::collections::{HashMap, HashSet};

use super::tables::{CHANGES, PROBLEM, STATE};
use super::target::Target;
use crate::error::Error;
use crate::mysql::{Fetched, Param, Room, StatementId};
use crate::pool::Session;
use crate::storage::check::{Extent, Fault, words};
use crate::storage::install::Kind;
use crate::storage::layout::{CLAIM_DATATYPE, CheckRow, Layout};
use crate::storage::{Attempt, Name};

/// Changes that are looked at together.
const CHANGES_AT_ONCE: usize = 1000;
/// Files that so many changes are of, at most, for it to be worth while to look for more changes of them.
const SAME_FILES: usize = 50;
/// How many of these.
const MORE_CHANGES: i64 = 100_000;
/// First size of the buffer for a data row.
const ROW_BYTES: usize = 65536;

/// What was copied.
#[derive(Debug, Clone, Copy, Default)]
pub struct Copied {
    /// Files.
    pub files: u64,
    /// Their bytes.
    pub bytes: u64,
}

/// What was copied because of changes.
#[derive(Debug, Clone, Copy, Default)]
pub struct Followed {
    /// How many changes.
    pub changes: u64,
    /// What they made another.
    pub copied: Copied,
    /// The number of the first one; none: there was no change.
    pub first: Option<i64>,
    /// The number of the last one.
    pub last: i64,
}

/// A file that cannot be taken over as it is.
struct Problem<'a> {
    row: &'a CheckRow,
    text: String,
}

/// The two sides of a step: where files are read, in one state of the tables, and where they are
/// written, in a transaction.
pub struct Sides<'a> {
    /// Reads.
    pub from: &'a mut Session,
    /// The tables of the site.
    pub layout: &'a dyn Layout,
    /// Writes.
    pub into: &'a mut Session,
    /// The new tables.
    pub target: &'a mut Target,
    /// Their layout.
    pub kind: Kind,
}

impl Sides<'_> {
    /// Makes the new tables have what the site's have under these hashes, which may be nothing.
    pub fn copy(&mut self, hashes: &[Vec<u8>]) -> Attempt<Copied> {
        let mut copied = Copied::default();
        if hashes.is_empty() {
            return Ok(copied);
        }
        self.from.begin_snapshot()?;
        let rows = self.layout.rows_hashed(self.from, hashes)?;
        let (files, mut problems) = choose(&rows, self.kind);
        self.target.begin();
        let known = spellings(hashes);
        self.target.remove(self.into, &known)?;
        forget_problems(self.into, &known)?;
        let numbered: Vec<(usize, &CheckRow)> = files.iter().copied().enumerate().collect();
        self.target.add(self.into, &numbered)?;
        for (file, (row, fault)) in files.iter().zip(self.copy_data(&files)?).enumerate() {
            match fault {
                Some(fault) => {
                    self.target.forget_bytes(self.into, file)?;
                    problems.push(Problem {
                        row,
                        text: words(&fault, row.size),
                    });
                }
                None => {
                    self.target.complete(self.into, file, row.size)?;
                    copied.files += 1;
                    copied.bytes = copied.bytes.saturating_add(row.size);
                }
            }
        }
        self.target.flush(self.into)?;
        for problem in &problems {
            note_problem(self.into, problem)?;
        }
        self.from.end_snapshot()?;
        Ok(copied)
    }

    /// Copies the bytes of files; says what is wrong with each.
    fn copy_data(&mut self, files: &[&CheckRow]) -> Attempt<Vec<Option<Fault>>> {
        let mut extents: Vec<Extent> = files.iter().map(|_| Extent::default()).collect();
        if files.is_empty() {
            return Ok(Vec::new());
        }
        let places: HashMap<Vec<u8>, usize> = files
            .iter()
            .enumerate()
            .map(|(place, row)| (row.key.to_ascii_lowercase(), place))
            .collect();
        let mut positions = vec![0_u64; files.len()];
        let keys: Vec<&[u8]> = files.iter().map(|row| row.key.as_slice()).collect();
        let statement = self.layout.data_of(self.from, &keys)?;
        let mut buffer = vec![0; ROW_BYTES];
        while let Some(length) = next_row(self.from, statement, &mut buffer)? {
            if crate::interrupt::requested() {
                return Err(Error::Interrupted.into());
            }
            let (key, offset) = self.layout.datum(self.from, statement);
            let Some(place) = places.get(&key.to_ascii_lowercase()).copied() else {
                continue;
            };
            let (Some(extent), Some(row), Some(position)) =
                (extents.get_mut(place), files.get(place), positions.get_mut(place))
            else {
                continue;
            };
            extent.add(offset, length as u64, row.size);
            let end = position.saturating_add(length as u64);
            // What is more than the file, or comes behind a gap, is a fault, and is not looked at.
            if length > 0 && end <= row.size && offset.is_none_or(|offset| offset == *position) {
                let bytes = buffer.get(..length).unwrap_or_default();
                self.target.append(self.into, place, *position, bytes)?;
                *position = end;
            }
        }
        Ok(extents
            .into_iter()
            .zip(files)
            .map(|(extent, row)| extent.judge(row.size))
            .collect())
    }

    /// Copies what the oldest changes behind a number changed, and forgets them.
    pub fn follow(&mut self, after: i64) -> Attempt<Followed> {
        let mut copied = Copied::default();
        let statement = self.into.select(
            &format!("SELECT id, name_hash, masterid FROM {CHANGES} WHERE id > ? ORDER BY id LIMIT ?"),
            &[Param::Int(after), Param::Int(CHANGES_AT_ONCE as i64)],
        )?;
        let (mut seen, mut hashes, mut ids) = (Vec::new(), HashSet::new(), HashSet::new());
        while self.into.fetch(statement)? {
            seen.push(self.into.int(statement, 0));
            let hash = self.into.bytes(statement, 1).to_vec();
            if hash.is_empty() {
                ids.insert(self.into.int(statement, 2));
            } else {
                hashes.insert(hash);
            }
        }
        let (Some(first), Some(last)) = (seen.first().copied(), seen.last().copied()) else {
            return Ok(Followed::default());
        };
        if seen.len() == CHANGES_AT_ONCE && hashes.len() + ids.len() <= SAME_FILES {
            // Each row of a large file is a change of it, and to copy it is to copy all of it. Before it is looked at here,
            // what is in sight is part of it.
            seen.append(&mut self.further_changes(last, &hashes, &ids)?);
        }
        if !ids.is_empty() {
            let ids: Vec<i64> = ids.into_iter().collect();
            hashes.extend(self.layout.hashes_of(self.from, &ids)?);
        }
        let hashes: Vec<Vec<u8>> = hashes.into_iter().collect();
        let done = self.copy(&hashes)?;
        copied.files += done.files;
        copied.bytes = copied.bytes.saturating_add(done.bytes);
        // Those that were seen, no others: a change may come into sight later than one with a higher
        // number.
        for seen in seen.chunks(CHANGES_AT_ONCE) {
            let marks = vec!["?"; seen.len()].join(",");
            let params: Vec<Param<'_>> = seen.iter().map(|id| Param::Int(*id)).collect();
            self.into
                .execute(&format!("DELETE FROM {CHANGES} WHERE id IN ({marks})"), &params)?;
        }
        Ok(Followed {
            changes: seen.len() as u64,
            copied,
            first: Some(first),
            last,
        })
    }

    /// Numbers of changes of these files, behind a number.
    fn further_changes(
        &mut self,
        after: i64,
        hashes: &HashSet<Vec<u8>>,
        ids: &HashSet<i64>,
    ) -> Attempt<Vec<i64>> {
        let among = |column: &str, count: usize| {
            (count > 0).then(|| format!("{column} IN ({})", vec!["?"; count].join(",")))
        };
        let conditions = [among("name_hash", hashes.len()), among("masterid", ids.len())];
        let mut params = vec![Param::Int(after)];
        params.extend(hashes.iter().map(|hash| Param::Bytes(hash)));
        params.extend(ids.iter().map(|id| Param::Int(*id)));
        params.push(Param::Int(MORE_CHANGES));
        let statement = self.into.select(
            &format!(
                "SELECT id FROM {CHANGES} WHERE id > ? AND ({}) LIMIT ?",
                conditions.into_iter().flatten().collect::<Vec<_>>().join(" OR ")
            ),
            &params,
        )?;
        let mut further = Vec::new();
        while self.into.fetch(statement)? {
            further.push(self.into.int(statement, 0));
        }
        Ok(further)
    }
}

/// The rows that are files for the new tables, claims first (they keep their numbers), and those that
/// are not as they should be.
fn choose(rows: &[CheckRow], kind: Kind) -> (Vec<&CheckRow>, Vec<Problem<'_>>) {
    let (mut files, mut problems) = (Vec::new(), Vec::new());
    let mut taken = HashSet::new();
    let is_odd = |row: &CheckRow| Name::new(&row.name).digits() != row.name_hash.to_ascii_lowercase();
    let mut rows: Vec<&CheckRow> = rows.iter().filter(|row| !row.superseded).collect();
    rows.sort_by_key(|row| (row.datatype != CLAIM_DATATYPE, is_odd(row)));
    for row in rows {
        let mut problem = |text: String| problems.push(Problem { row, text });
        if let Some(text) = Target::refuses(row) {
            problem(text);
            continue;
        }
        if kind == Kind::Hash && !taken.insert(row.name_hash.to_ascii_lowercase()) {
            problem("another file has the same name_hash, and the new tables hold one file for each".into());
            continue;
        }
        if is_odd(row) {
            problem(words(&Fault::Hash, row.size));
        }
        files.push(row);
    }
    (files, problems)
}

/// Hashes as they are, and as the new tables spell them.
fn spellings(hashes: &[Vec<u8>]) -> Vec<Vec<u8>> {
    let mut all = hashes.to_vec();
    all.extend(
        hashes
            .iter()
            .map(|hash| hash.to_ascii_lowercase())
            .filter(|lower| !hashes.contains(lower)),
    );
    all
}

/// Fetches a data row into the buffer; its length, or none after the last one.
fn next_row(session: &mut Session, statement: StatementId, buffer: &mut Vec<u8>) -> Attempt<Option<usize>> {
    let length = match session.fetch_data(statement, &Room::from(buffer.as_mut_slice()))? {
        Fetched::End => return Ok(None),
        Fetched::Data(length) => return Ok(Some(length)),
        Fetched::TooSmall(length) => length,
    };
    buffer.resize(length, 0);
    session.refetch_data(statement, &Room::from(buffer.as_mut_slice()))?;
    Ok(Some(length))
}

fn forget_problems(session: &mut Session, hashes: &[Vec<u8>]) -> Attempt<()> {
    let marks = vec!["?"; hashes.len()].join(",");
    let mut params = vec![Param::Text(PROBLEM.as_bytes())];
    params.extend(hashes.iter().map(|hash| Param::Text(hash)));
    session.execute(
        &format!("DELETE FROM {STATE} WHERE what = ? AND name_hash IN ({marks})"),
        &params,
    )?;
    Ok(())
}

fn note_problem(session: &mut Session, problem: &Problem<'_>) -> Attempt<()> {
    session.execute(
        &format!("INSERT INTO {STATE} (what, name_hash, name, value) VALUES (?, ?, ?, ?)"),
        &[
            Param::Text(PROBLEM.as_bytes()),
            Param::Text(&problem.row.name_hash),
            Param::Bytes(&problem.row.name),
            Param::Bytes(problem.text.as_bytes()),
        ],
    )?;
    Ok(())
}
