//! Starting to read a file: its metadata and bytes as one consistent view.

use super::chunks::Reader;
use super::layout::{Layout, Part, Rows};
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
        Ok(found.map(|span| span.into_reader(lease)))
    }
}

fn whole(session: &mut Session, layout: &dyn Layout, name: &Name) -> Attempt<Opened> {
    let rows = layout.open(session, name)?;
    match session.fetch_data(rows.statement, &Room::none())? {
        Fetched::End => {}
        Fetched::Data(first) | Fetched::TooSmall(first) => {
            let metadata = layout.row(session, rows.statement);
            if metadata.name == name.bytes() {
                return Ok(Opened::Found {
                    metadata,
                    rows,
                    first,
                });
            }
            // Somebody else's file with the same hash.
            session.finish(rows.statement);
        }
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

/// A part of a file that was found.
struct Span {
    metadata: Metadata,
    part: Option<Part>,
    from: u64,
    until: u64,
}

impl Span {
    fn into_reader(self, lease: Lease) -> Reader {
        let mut reader = Reader {
            lease: Some(lease),
            rows: self.part.map(|part| part.rows),
            metadata: self.metadata,
            pending: None,
            position: self.part.map_or(self.until, |part| part.position),
            from: self.from,
            until: self.until,
            stride: self.part.and_then(|part| part.stride),
            row: Vec::new(),
        };
        if reader.rows.is_none() {
            reader.end_without_rows();
        }
        reader
    }
}

fn part(
    session: &mut Session,
    layout: &dyn Layout,
    name: &Name,
    offset: u64,
    length: Option<u64>,
) -> Attempt<Option<Span>> {
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
    let part = if offset == until {
        None
    } else {
        let part = layout.open_part(session, &metadata, offset, until)?;
        if part.is_none() {
            session.end_snapshot()?;
            return Err(no_rows(&metadata).into());
        }
        part
    };
    Ok(Some(Span {
        metadata,
        part,
        from: offset,
        until,
    }))
}

fn no_rows(metadata: &Metadata) -> Error {
    Error::Damaged(format!("its size is {}, but it has no data rows", metadata.size))
}

impl Reader {
    fn empty(metadata: Metadata) -> Self {
        Self {
            lease: None,
            rows: None,
            metadata,
            pending: None,
            position: 0,
            from: 0,
            until: 0,
            stride: None,
            row: Vec::new(),
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
