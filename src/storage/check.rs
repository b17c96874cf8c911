//! Looking through both tables for what is wrong, and putting right what can be without loss.
//!
//! In steps, each of which sees one state of some files with their data rows, holds no lock, and
//! takes memory for these files alone.

use std::collections::HashMap;

use super::claims::{SUFFIX, lock_of};
use super::layout::{Age, CLAIM_DATATYPE, CheckRow, Layout, columns, try_lock, unlock};
use super::walk::same_kind;
use super::{Attempt, Key, Metadata, Name, Store};
use crate::error::{Error, Result};
use crate::pool::Session;

/// Files in a step, at most.
const STEP_FILES: usize = 500;
/// Bytes of these files, at most, unless one alone has more.
const STEP_BYTES: u64 = 64 << 20;
/// Keys of data rows in a step, at most: each may turn out to have no file.
const STEP_KEYS: u32 = 5000;
/// Seconds after which the claim of a handler that takes no locks counts as left behind.
const OLD_CLAIM: i64 = 3600;

/// Columns of text, how wide they should be, and what happens where they are not.
const WIDTHS: [(&str, u64, &str); 3] = [
    ("name", 1024, "longer names are refused"),
    (
        "datatype",
        73,
        "types of Office documents have up to 73, and longer ones become application/octet-stream",
    ),
    ("scope", 25, "the kernel has scopes of 25, which are cut"),
];

/// What is wrong about a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// Its data rows have another number of bytes than its size says.
    Size {
        /// Bytes of its data rows.
        bytes: u64,
    },
    /// Its data rows leave something out.
    Gap {
        /// The first byte that is missing.
        at: u64,
    },
    /// Two of its data rows hold the same byte.
    Overlap {
        /// That byte.
        at: u64,
    },
    /// The file is whole, and behind its end there are rows of an older version.
    Leftover {
        /// Bytes of these rows.
        bytes: u64,
    },
    /// It cannot be read: only a deep check finds out.
    Unreadable(String),
    /// Data rows without a file. It has no name but a key.
    Orphan {
        /// Bytes of these rows.
        bytes: u64,
    },
    /// Another row of the name is the file.
    Superseded,
    /// Its `name_hash` is not md5 of its name.
    Hash,
    /// A claim whose maker is gone.
    Claim {
        /// Seconds since it was made.
        age: i64,
    },
    /// Its time and its flag do not agree on whether it is expired.
    State,
    /// Old nodes would not delete it with those that it belongs to.
    Trunk,
}

impl Fault {
    /// A word for it.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Size { .. } => "size",
            Self::Gap { .. } => "gap",
            Self::Overlap { .. } => "overlap",
            Self::Leftover { .. } => "leftover",
            Self::Unreadable(_) => "unreadable",
            Self::Orphan { .. } => "orphan",
            Self::Superseded => "superseded",
            Self::Hash => "hash",
            Self::Claim { .. } => "claim",
            Self::State => "state",
            Self::Trunk => "trunk",
        }
    }

    /// It can be put right without losing anything that can be read now.
    #[must_use]
    pub fn is_repairable(&self) -> bool {
        matches!(
            self,
            Self::Leftover { .. }
                | Self::Orphan { .. }
                | Self::Superseded
                | Self::Claim { .. }
                | Self::State
                | Self::Trunk
        )
    }
}

/// Something that was found.
#[derive(Debug, Clone)]
pub struct Finding {
    /// The file; for data rows without one, their key.
    pub name: Vec<u8>,
    /// What is wrong.
    pub fault: Fault,
    /// What it says, in words.
    pub text: String,
    /// It was put right.
    pub repaired: bool,
}

/// What there is in all.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Totals {
    /// Live files.
    pub files: u64,
    /// Their bytes.
    pub bytes: u64,
    /// Expired files.
    pub expired: u64,
    /// Their bytes.
    pub expired_bytes: u64,
    /// Claims that are open.
    pub claims: u64,
}

/// How to check.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options {
    /// Read every file as a request would.
    pub deep: bool,
    /// Put right what can be.
    pub repair: bool,
}

/// The data rows of one key, added up.
#[derive(Debug, Default)]
pub(super) struct Extent {
    /// Bytes of all rows.
    bytes: u64,
    /// Bytes from the beginning on without a gap or overlap, where rows tell offsets.
    position: u64,
    /// The first fault of the offsets.
    fault: Option<Fault>,
    /// Bytes of rows that begin at the end of the file or behind it.
    behind: u64,
}

impl Extent {
    pub(super) fn add(&mut self, offset: Option<u64>, length: u64, size: u64) {
        // A row without bytes holds nothing, wherever it is.
        if length == 0 {
            return;
        }
        self.bytes += length;
        let Some(offset) = offset else { return };
        if offset >= size {
            self.behind += length;
            return;
        }
        if self.fault.is_none() && offset != self.position {
            self.fault = Some(if offset > self.position {
                Fault::Gap { at: self.position }
            } else {
                Fault::Overlap { at: offset }
            });
        }
        self.position = offset.saturating_add(length);
    }

    pub(super) fn judge(self, size: u64) -> Option<Fault> {
        if self.fault.is_some() {
            self.fault
        } else if self.behind > 0 && self.position == size {
            Some(Fault::Leftover { bytes: self.behind })
        } else {
            (self.bytes != size).then_some(Fault::Size { bytes: self.bytes })
        }
    }
}

/// One step: files, what is wrong with them and with data rows between them, and where to go on.
struct Step {
    found: Vec<(Option<CheckRow>, Vec<u8>, Fault)>,
    rows: Vec<CheckRow>,
    next: Option<Vec<u8>>,
}

impl Store {
    /// Looks through the tables; calls `report` for everything that is wrong, as it goes.
    ///
    /// # Errors
    /// What kept the database from it, [`Error::Interrupted`]. What was repaired until then is.
    pub fn check(&self, options: Options, report: &mut dyn FnMut(Finding)) -> Result<Totals> {
        let mut totals = Totals::default();
        let mut after: Option<Vec<u8>> = None;
        let mut kind = None;
        loop {
            if crate::interrupt::requested() {
                return Err(Error::Interrupted);
            }
            let step = self.read("checking the tables", |session, layout| {
                same_kind(after.as_deref(), &mut kind, layout)?;
                session.begin_snapshot()?;
                let step = step(session, layout, after.as_deref(), |generating| {
                    lock_of(&self.pool().settings().database, generating)
                })?;
                session.end_snapshot()?;
                Ok(step)
            })?;
            for row in &step.rows {
                count(&mut totals, row);
            }
            let damaged: Vec<Vec<u8>> = step.found.iter().map(|(_, key, _)| key.clone()).collect();
            for (row, key, fault) in step.found {
                if crate::interrupt::requested() {
                    return Err(Error::Interrupted);
                }
                self.tell(options, row.as_ref(), &key, fault, report)?;
            }
            if options.deep {
                let sound = |row: &&CheckRow| row.size > 0 && !row.superseded && !damaged.contains(&row.key);
                for row in step.rows.iter().filter(sound) {
                    self.read_whole(row, report)?;
                }
            }
            if step.next.is_none() {
                return Ok(totals);
            }
            after = step.next;
        }
    }

    /// Columns that will run out of room one day, or do not hold every value whole, in words.
    ///
    /// # Errors
    /// What kept the database from telling.
    pub fn narrow_columns(&self) -> Result<Vec<String>> {
        let (files, data) = self.read("looking at the tables", |session, _| Ok(columns(session)?))?;
        let mut narrow = Vec::new();
        for (table, columns) in [("ezdbfile", &files), ("ezdbfile_data", &data)] {
            for name in ["id", "masterid", "offset", "mtime"] {
                if let Some(column) = columns.get(name).filter(|c| c.integer_max() < i64::MAX) {
                    narrow.push(format!(
                        "{table}.{name} is {} and goes up to {}",
                        column.data_type,
                        column.integer_max()
                    ));
                }
            }
        }
        for (name, wanted, words) in WIDTHS {
            if let Some(length) = files
                .get(name)
                .and_then(|column| column.length)
                .filter(|l| *l < wanted)
            {
                narrow.push(format!("ezdbfile.{name} holds {length} characters: {words}"));
            }
        }
        Ok(narrow)
    }

    fn tell(
        &self,
        options: Options,
        row: Option<&CheckRow>,
        key: &[u8],
        fault: Fault,
        report: &mut dyn FnMut(Finding),
    ) -> Result<()> {
        // Its lock was looked at after its row: it may have ended in between.
        if let (Fault::Claim { .. }, Some(row)) = (&fault, row)
            && !self
                .find(&Name::new(&row.name))?
                .is_some_and(|now| is_same(row, &now))
        {
            return Ok(());
        }
        let repaired = options.repair && fault.is_repairable() && self.repair(row, key, &fault)?;
        report(Finding {
            name: row.map_or(key, |row| &row.name).to_vec(),
            text: words(&fault, row.map_or(0, |row| row.size)),
            fault,
            repaired,
        });
        Ok(())
    }

    fn repair(&self, row: Option<&CheckRow>, key: &[u8], fault: &Fault) -> Result<bool> {
        if let (Fault::Claim { .. }, Some(row)) = (fault, row) {
            return self.end_claim(row);
        }
        let mut repaired = false;
        let work = |session: &mut Session, layout: &dyn Layout| -> Attempt<()> {
            repaired |= match (fault, row) {
                (Fault::Orphan { .. }, _) => layout.remove_orphans(session, key)?,
                (Fault::Leftover { .. }, Some(row)) => layout.remove_behind(session, row)?,
                (Fault::State, Some(row)) => layout.agree(session, row)?,
                (Fault::Trunk, Some(row)) => layout.mend_trunk(session, row)?,
                (Fault::Superseded, Some(row)) => {
                    let keys = [Key::new(row.id, &row.name)];
                    layout.remove(session, &keys, Age::Any)? > 0
                }
                _ => false,
            };
            Ok(())
        };
        // What was put right already is looked at once more, and left alone.
        self.transaction("repairing the tables", work, |_, _, ()| Ok(false))?;
        Ok(repaired)
    }

    /// Removes a claim that nobody holds, holding its lock, so that nobody takes it over meanwhile.
    fn end_claim(&self, row: &CheckRow) -> Result<bool> {
        let name = Name::new(&row.name);
        let lock = lock_of(&self.pool().settings().database, &name);
        self.read("repairing the tables", |session, layout| {
            if !try_lock(session, &lock)? {
                return Ok(false);
            }
            let ended = end_same(session, layout, &name, row);
            // What the first error was is what counts; a lost connection has lost the lock too.
            let unlocked = session
                .end_snapshot()
                .map_err(Into::into)
                .and(unlock(session, &lock));
            ended.and_then(|ended| unlocked.map(|()| ended))
        })
    }

    /// Reads a file as a request would, if it still is the one that was found.
    fn read_whole(&self, row: &CheckRow, report: &mut dyn FnMut(Finding)) -> Result<()> {
        let read = || -> Result<()> {
            if let Some(mut reader) = self.open(&Name::new(&row.name))? {
                while reader.next_block()?.is_some() {
                    if crate::interrupt::requested() {
                        return Err(Error::Interrupted);
                    }
                }
            }
            Ok(())
        };
        match read() {
            Err(error @ Error::Damaged(_)) => {
                let text = error.to_string();
                report(Finding {
                    name: row.name.clone(),
                    text: text.clone(),
                    fault: Fault::Unreadable(text),
                    repaired: false,
                });
                Ok(())
            }
            done => done,
        }
    }
}

/// Removes the row of a claim that still is what it was.
fn end_same(session: &mut Session, layout: &dyn Layout, name: &Name, row: &CheckRow) -> Attempt<bool> {
    session.begin();
    let same = layout
        .find_locked(session, name)?
        .is_some_and(|now| is_same(row, &now));
    let ended = same && layout.remove(session, &[Key::new(row.id, &row.name)], Age::Any)? > 0;
    session.commit()?;
    Ok(ended)
}

/// The claim is the one that was found: the hash layout keeps its number in the scope.
fn is_same(row: &CheckRow, now: &Metadata) -> bool {
    now.mtime == row.mtime && now.scope() == row.scope && (row.id == 0 || now.number() == row.id)
}

fn step(
    session: &mut Session,
    layout: &dyn Layout,
    after: Option<&[u8]>,
    lock_of: impl Fn(&Name) -> String,
) -> Attempt<Step> {
    let mut rows = layout.check_files(session, after, None, STEP_FILES)?;
    let mut more = rows.len() == STEP_FILES;
    let mut bytes = 0;
    let fits = rows
        .iter()
        .take_while(|row| {
            bytes = row.size.saturating_add(bytes);
            bytes <= STEP_BYTES
        })
        .count()
        .max(1);
    if fits < rows.len() {
        rows.truncate(fits);
        more = true;
    }
    // The last step goes on to the last data row.
    let mut next = rows.last().filter(|_| more).map(|row| row.key.clone());
    if let Some(last) = layout.check_limit(session, after, next.as_deref(), STEP_KEYS)? {
        rows = layout.check_files(session, after, Some(&last), STEP_FILES)?;
        next = Some(last);
    }
    let places: HashMap<Vec<u8>, usize> = rows
        .iter()
        .enumerate()
        .map(|(index, row)| (row.key.to_ascii_lowercase(), index))
        .collect();
    let mut extents: Vec<Extent> = rows.iter().map(|_| Extent::default()).collect();
    let mut found = Vec::new();
    let mut orphan: Option<(Vec<u8>, u64)> = None;
    let statement = layout.check_data(session, after, next.as_deref())?;
    while session.fetch(statement)? {
        let (key, offset, length) = layout.check_datum(session, statement);
        if let Some(index) = places.get(&key.to_ascii_lowercase()) {
            if let (Some(extent), Some(row)) = (extents.get_mut(*index), rows.get(*index)) {
                extent.add(offset, length, row.size);
            }
        } else if let Some((_, bytes)) = orphan.as_mut().filter(|(last, _)| *last == key) {
            *bytes += length;
        } else {
            let done = orphan.replace((key, length));
            found.extend(done.map(|(key, bytes)| (None, key, Fault::Orphan { bytes })));
        }
    }
    found.extend(orphan.map(|(key, bytes)| (None, key, Fault::Orphan { bytes })));
    for (row, extent) in rows.iter().zip(extents) {
        let mut faults = Vec::new();
        if row.superseded {
            faults.push(Fault::Superseded);
        } else {
            faults.extend(extent.judge(row.size));
        }
        if Name::new(&row.name).digits() != row.name_hash.to_ascii_lowercase() {
            faults.push(Fault::Hash);
        }
        if row.disagrees {
            faults.push(Fault::State);
        }
        if row.wrong_trunk {
            faults.push(Fault::Trunk);
        }
        if row.name.ends_with(SUFFIX) {
            faults.extend(abandoned(session, row, &lock_of(&Name::new(&row.name)))?);
        }
        found.extend(
            faults
                .into_iter()
                .map(|fault| (Some(row.clone()), row.key.clone(), fault)),
        );
    }
    Ok(Step { found, rows, next })
}

/// A claim that nobody holds any more.
fn abandoned(session: &mut Session, row: &CheckRow, lock: &str) -> Attempt<Option<Fault>> {
    let (now, free) = super::layout::lock_state(session, lock)?;
    let age = now.saturating_sub(row.mtime.saturating_abs());
    let old = row.datatype == CLAIM_DATATYPE || age >= OLD_CLAIM;
    Ok((free && old).then_some(Fault::Claim { age }))
}

fn count(totals: &mut Totals, row: &CheckRow) {
    if row.name.ends_with(SUFFIX) {
        totals.claims += 1;
    } else if row.superseded {
    } else if row.mtime < 0 {
        totals.expired += 1;
        totals.expired_bytes = totals.expired_bytes.saturating_add(row.size);
    } else {
        totals.files += 1;
        totals.bytes = totals.bytes.saturating_add(row.size);
    }
}

pub(super) fn words(fault: &Fault, size: u64) -> String {
    match fault {
        Fault::Size { bytes: 0 } => format!("its size is {size}, but it has no data rows"),
        Fault::Size { bytes } => format!("its data rows have {bytes} bytes, its size is {size}"),
        Fault::Gap { at } => format!("its data rows have a gap at byte {at}"),
        Fault::Overlap { at } => format!("its data rows overlap at byte {at}"),
        Fault::Leftover { bytes } => {
            format!("{bytes} bytes of an older version lie behind its end at {size}")
        }
        Fault::Unreadable(text) => text.clone(),
        Fault::Orphan { bytes } => format!("data rows with {bytes} bytes belong to no file"),
        Fault::Superseded => "another row of the same name is the file".into(),
        Fault::Hash => "its name_hash is not the md5 of its name".into(),
        Fault::Claim { age } => format!("a claim was left behind {age} seconds ago"),
        Fault::State => "its mtime and its expired do not agree".into(),
        Fault::Trunk => "its name_trunk is not the one that old nodes delete it by".into(),
    }
}
