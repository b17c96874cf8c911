//! Starting to read a file: its metadata and bytes as one consistent view.

use std::collections::VecDeque;
use std::ops::Range;
use std::rc::Rc;

use super::chunks::Reader;
use super::layout::{Layout, Rows};
use super::row::Row;
use super::{Attempt, Metadata, Name, Store};
use crate::error::{Error, Result};
use crate::mysql::{Fetched, Room};
use crate::pool::{Lease, Session};

/// How often a file is looked up again that was replaced between two statements.
const LOOKS: u32 = 5;

/// What one attempt to open a file found.
enum Opened {
    Missing,
    Found {
        metadata: Metadata,
        rows: Rows,
        first: usize,
    },
    Empty(Metadata),
    Gone(Metadata),
}

/// A way of starting to read all of a file.
type Open = fn(&dyn Layout, &mut Session, &Name) -> Attempt<Rows>;

/// The version is told by the last row, or by every row.
const OPEN: Open = |layout, session, name| layout.open(session, name);
const OPEN_TOLD: Open = |layout, session, name| layout.open_told(session, name);

impl Store {
    /// Opens a file from its first byte to its last; none when there is no such file. Expired
    /// files can be read. Which version it is ([`Metadata::id`]) may be known only once it is read.
    ///
    /// # Errors
    /// [`Error::Damaged`] when a file that is not empty has no data rows, or what kept the
    /// database from telling.
    pub fn open(&self, name: &Name) -> Result<Option<Reader>> {
        self.open_with(name, OPEN)
    }

    /// As [`open`](Self::open), and the version is known from the start.
    ///
    /// # Errors
    /// As [`open`](Self::open).
    pub fn open_told(&self, name: &Name) -> Result<Option<Reader>> {
        self.open_with(name, OPEN_TOLD)
    }

    fn open_with(&self, name: &Name, open: Open) -> Result<Option<Reader>> {
        for _ in 0..LOOKS {
            let (lease, opened) = self.start("reading a file", |session, layout| {
                whole(session, layout, name, open)
            })?;
            match opened {
                Opened::Missing => return Ok(None),
                Opened::Empty(metadata) => return Ok(Some(Reader::empty(metadata))),
                Opened::Found {
                    metadata,
                    rows,
                    first,
                } => {
                    return Ok(Some(Reader::whole(lease, rows, metadata, first)));
                }
                // Replaced between two statements, or damaged: a second look tells.
                Opened::Gone(metadata) => {
                    drop(lease);
                    if self.find(name)?.is_some_and(|now| now.is_same_version(&metadata)) {
                        return Err(no_rows(&metadata));
                    }
                }
            }
        }
        Err(Error::Damaged(
            "it was replaced again and again while it was being opened".into(),
        ))
    }

    /// As [`open_told`](Self::open_told), in one question to the database: none for an empty file too.
    ///
    /// # Errors
    /// What kept the database from telling.
    pub fn open_filled(&self, name: &Name) -> Result<Option<Reader>> {
        let (lease, found) = self.start("reading a file", |session, layout| {
            filled(session, layout, name, OPEN_TOLD)
        })?;
        Ok(found.map(|(metadata, rows, first)| Reader::whole(lease, rows, metadata, first)))
    }

    /// Opens a part of a file. Only the rows that the part touches are read, when all rows but the
    /// last are of one length.
    ///
    /// # Errors
    /// As [`open`](Self::open); [`Error::Refused`] when the part starts beyond the end.
    pub fn open_range(&self, name: &Name, offset: u64, length: Option<u64>) -> Result<Option<Reader>> {
        self.open_some(name, |metadata| {
            let size = metadata.size;
            if offset > size {
                return Err(Error::Refused(format!(
                    "the offset {offset} is beyond the end of the file, which has {size} bytes"
                )));
            }
            let until = length.map_or(size, |length| offset.saturating_add(length).min(size));
            Ok(Some(std::iter::once(offset..until).collect()))
        })
    }

    /// Opens parts of one version, in the order given, all as one consistent view; none when the
    /// version is not the file any more. [`Reader::next_part`] goes from one to the next.
    ///
    /// # Errors
    /// As [`open`](Self::open).
    pub fn open_parts(&self, version: &Metadata, parts: &[Range<u64>]) -> Result<Option<Reader>> {
        self.open_some(&Name::new(version.name()), |metadata| {
            Ok((metadata == version).then(|| parts.iter().cloned().collect()))
        })
    }

    /// Opens the parts that `choose` names once it is known what the file is.
    fn open_some(
        &self,
        name: &Name,
        choose: impl Fn(&Metadata) -> Result<Option<VecDeque<Range<u64>>>>,
    ) -> Result<Option<Reader>> {
        let (mut lease, found) = self.start("reading a file", |session, layout| {
            session.begin_snapshot()?;
            let chosen = match layout.find(session, name)? {
                Some(metadata) => choose(&metadata).map(|parts| parts.map(|parts| (metadata, parts))),
                None => Ok(None),
            };
            if !matches!(chosen, Ok(Some(_))) {
                session.end_snapshot()?;
            }
            Ok(chosen?)
        })?;
        let Some((metadata, parts)) = found else {
            return Ok(None);
        };
        let layout = self.layout_on(lease.session()?)?;
        let mut reader = Reader {
            lease: Some(lease),
            layout: Some(layout),
            parts,
            ..Reader::empty(metadata)
        };
        reader.next_part()?;
        Ok(Some(reader))
    }
}

/// A file that has data rows, the rows, and the length of the first one.
fn filled(
    session: &mut Session,
    layout: &dyn Layout,
    name: &Name,
    open: Open,
) -> Attempt<Option<(Metadata, Rows, usize)>> {
    let rows = open(layout, session, name)?;
    match session.fetch_data(rows.statement, &Room::none())? {
        Fetched::End => Ok(None),
        Fetched::Data(first) | Fetched::TooSmall(first) => {
            let metadata = layout.row(session, rows);
            if metadata.name() == name.bytes() {
                return Ok(Some((metadata, rows, first)));
            }
            // Somebody else's file with the same hash.
            session.finish(rows.statement);
            Ok(None)
        }
    }
}

fn whole(session: &mut Session, layout: &dyn Layout, name: &Name, open: Open) -> Attempt<Opened> {
    if let Some((metadata, rows, first)) = filled(session, layout, name, open)? {
        return Ok(Opened::Found {
            metadata,
            rows,
            first,
        });
    }
    let Some(metadata) = layout.find(session, name)? else {
        return Ok(Opened::Missing);
    };
    if metadata.size == 0 {
        return Ok(Opened::Empty(metadata));
    }
    let rows = layout.open_version(session, &metadata)?;
    Ok(match session.fetch_data(rows.statement, &Room::none())? {
        Fetched::End => Opened::Gone(metadata),
        Fetched::Data(first) | Fetched::TooSmall(first) => Opened::Found {
            metadata,
            rows,
            first,
        },
    })
}

pub(super) fn no_rows(metadata: &Metadata) -> Error {
    Error::Damaged(format!("its size is {}, but it has no data rows", metadata.size))
}

impl Reader {
    fn empty(metadata: Metadata) -> Self {
        Self {
            lease: None,
            rows: None,
            metadata: Rc::new(metadata),
            pending: None,
            position: 0,
            from: 0,
            until: 0,
            stride: None,
            last_offset: None,
            parts: VecDeque::new(),
            layout: None,
            row: Row::default(),
            ready: None,
        }
    }

    fn whole(lease: Lease, rows: Rows, metadata: Metadata, first: usize) -> Self {
        Self {
            lease: Some(lease),
            rows: Some(rows),
            until: metadata.size,
            pending: Some(first),
            ..Self::empty(metadata)
        }
    }
}
