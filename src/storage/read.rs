//! Starting to read a file: its metadata and bytes as one consistent view.

use super::chunks::Reader;
use super::layout::IdLayout;
use super::layout::id::row;
use super::{Attempt, Metadata, Name, Store};
use crate::error::{Error, Result};
use crate::mysql::{Fetched, Room, StatementId};
use crate::pool::{Lease, Session};

/// How often a file is looked up again that was replaced between two statements.
const LOOKS: u32 = 5;

/// What one attempt to open a file found.
enum Opened {
    Missing,
    Found {
        metadata: Metadata,
        statement: StatementId,
        first: usize,
    },
    Empty(Metadata),
    Gone(Metadata),
}

impl Store {
    /// Opens a file from its first byte to its last; none when there is no such file. Expired
    /// files can be read.
    ///
    /// # Errors
    /// [`Error::Damaged`] when a file that is not empty has no data rows, or what kept the
    /// database from telling.
    pub fn open(&self, name: &Name) -> Result<Option<Reader>> {
        for _ in 0..LOOKS {
            let (lease, opened) =
                self.start("reading a file", |session, layout| whole(session, layout, name))?;
            match opened {
                Opened::Missing => return Ok(None),
                Opened::Empty(metadata) => return Ok(Some(Reader::empty(metadata))),
                Opened::Found {
                    metadata,
                    statement,
                    first,
                } => {
                    return Ok(Some(Reader::whole(lease, statement, metadata, first)));
                }
                // Replaced between two statements, or damaged: a second look tells.
                Opened::Gone(metadata) => {
                    drop(lease);
                    if self.find(name)?.is_some_and(|now| now.id == metadata.id) {
                        return Err(no_rows(&metadata));
                    }
                }
            }
        }
        Err(Error::Damaged(
            "it was replaced again and again while it was being opened".into(),
        ))
    }

    /// Opens a part of a file. Only the rows that the part touches are read, when all rows but the
    /// last are of one length.
    ///
    /// # Errors
    /// As [`open`](Self::open); [`Error::Refused`] when the part starts beyond the end.
    pub fn open_range(&self, name: &Name, offset: u64, length: Option<u64>) -> Result<Option<Reader>> {
        let (lease, found) = self.start("reading a file", |session, layout| {
            session.begin_snapshot()?;
            part(session, layout, name, offset, length)
        })?;
        Ok(found.map(|part| part.into_reader(lease)))
    }
}

fn whole(session: &mut Session, layout: &IdLayout, name: &Name) -> Attempt<Opened> {
    let statement = layout.open(session, name)?;
    match session.fetch_data(statement, &Room::none())? {
        Fetched::End => {}
        Fetched::Data(first) | Fetched::TooSmall(first) => {
            if session.bytes(statement, 1) == name.bytes() {
                let metadata = row(session, statement);
                return Ok(Opened::Found {
                    metadata,
                    statement,
                    first,
                });
            }
            // Somebody else's file with the same hash.
            session.finish(statement);
        }
    }
    let Some(metadata) = layout.find(session, name)? else {
        return Ok(Opened::Missing);
    };
    if metadata.size == 0 {
        return Ok(Opened::Empty(metadata));
    }
    let statement = layout.open_version(session, metadata.id, 0, None)?;
    Ok(match session.fetch_data(statement, &Room::none())? {
        Fetched::End => Opened::Gone(metadata),
        Fetched::Data(first) | Fetched::TooSmall(first) => Opened::Found {
            metadata,
            statement,
            first,
        },
    })
}

/// A part of a file that was found.
struct Part {
    metadata: Metadata,
    statement: Option<StatementId>,
    position: u64,
    from: u64,
    until: u64,
    stride: Option<u64>,
}

impl Part {
    fn into_reader(self, lease: Lease) -> Reader {
        let mut reader = Reader {
            lease: Some(lease),
            statement: self.statement,
            metadata: self.metadata,
            pending: None,
            position: self.position,
            from: self.from,
            until: self.until,
            stride: self.stride,
            row: Vec::new(),
        };
        if reader.statement.is_none() {
            reader.end_without_rows();
        }
        reader
    }
}

fn part(
    session: &mut Session,
    layout: &IdLayout,
    name: &Name,
    offset: u64,
    length: Option<u64>,
) -> Attempt<Option<Part>> {
    let Some(metadata) = layout.find(session, name)? else {
        session.end_snapshot()?;
        return Ok(None);
    };
    let size = metadata.size;
    if offset > size {
        session.end_snapshot()?;
        return Err(Error::Refused(format!(
            "the offset {offset} is beyond the end of the file, which has {size} bytes"
        ))
        .into());
    }
    let until = length.map_or(size, |length| offset.saturating_add(length).min(size));
    if offset == until {
        return Ok(Some(Part {
            metadata,
            statement: None,
            position: until,
            from: offset,
            until,
            stride: None,
        }));
    }
    let (rows, first) = layout.measure(session, metadata.id)?;
    if rows == 0 {
        session.end_snapshot()?;
        return Err(no_rows(&metadata).into());
    }
    let even = first > 0 && size.div_ceil(first) == rows;
    let (skip, count, stride) = if even {
        let skip = offset / first;
        (skip, Some(until.div_ceil(first) - skip), Some(first))
    } else {
        (0, None, None)
    };
    let statement = layout.open_version(session, metadata.id, skip, count)?;
    Ok(Some(Part {
        metadata,
        statement: Some(statement),
        position: stride.map_or(0, |stride| skip * stride),
        from: offset,
        until,
        stride,
    }))
}

fn no_rows(metadata: &Metadata) -> Error {
    Error::Damaged(format!("its size is {}, but it has no data rows", metadata.size))
}

impl Reader {
    fn empty(metadata: Metadata) -> Self {
        Self {
            lease: None,
            statement: None,
            metadata,
            pending: None,
            position: 0,
            from: 0,
            until: 0,
            stride: None,
            row: Vec::new(),
        }
    }

    fn whole(lease: Lease, statement: StatementId, metadata: Metadata, first: usize) -> Self {
        Self {
            lease: Some(lease),
            statement: Some(statement),
            until: metadata.size,
            pending: Some(first),
            ..Self::empty(metadata)
        }
    }
}
