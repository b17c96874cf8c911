//! The bytes of one version, row by row, and the proof that they are all there.

use std::collections::VecDeque;
use std::ops::Range;
use std::rc::Rc;
use std::sync::Arc;

use super::Metadata;
use super::layout::{Layout, Rows};
use super::read::no_rows;
use super::row::{Row, USUAL};
use crate::error::{Error, Result};
use crate::mysql::{Fetched, Room};
use crate::pool::Lease;

/// A version being read. It is one consistent view: rows that are removed meanwhile still come.
/// Dropped before its end, it gives its connection up.
#[derive(Debug)]
pub struct Reader {
    pub(super) lease: Option<Lease>,
    pub(super) rows: Option<Rows>,
    pub(super) metadata: Rc<Metadata>,
    /// Length of the present row, when it was not copied out yet.
    pub(super) pending: Option<usize>,
    /// Position in the file of the next row.
    pub(super) position: u64,
    /// Where to start and to stop.
    pub(super) from: u64,
    pub(super) until: u64,
    /// Length that every row but the last must have, where the start was computed from it.
    pub(super) stride: Option<u64>,
    /// Where the last row that came begins, where rows tell it.
    pub(super) last_offset: Option<u64>,
    /// Parts that are still to come, and how they are found.
    pub(super) parts: VecDeque<Range<u64>>,
    pub(super) layout: Option<Arc<dyn Layout>>,
    pub(super) row: Row,
    /// What was looked at before it was asked for: a stretch of the row.
    pub(super) ready: Option<Range<usize>>,
}

impl Reader {
    /// What is being read. Its [`id`](Metadata::id) may be known only when all of it was read, and not where it is
    /// [shared](Self::share_metadata).
    #[must_use]
    pub fn metadata(&self) -> &Metadata {
        &self.metadata
    }

    /// The same, to be kept by others beside this: it then stays as it is known now.
    #[must_use]
    pub fn share_metadata(&self) -> Rc<Metadata> {
        Rc::clone(&self.metadata)
    }

    /// What was read.
    #[must_use]
    pub fn into_metadata(self) -> Rc<Metadata> {
        self.metadata
    }

    /// Goes on to the next part of those that were asked for; false after the last one. Before it
    /// comes to its end, a part can be left.
    ///
    /// # Errors
    /// [`Error::Damaged`] when the part has no rows, [`Error::Database`] when it cannot be had.
    pub fn next_part(&mut self) -> Result<bool> {
        let Some(part) = self.parts.pop_front() else {
            self.close();
            return Ok(false);
        };
        (self.from, self.until) = (part.start, part.end);
        (self.position, self.stride, self.ready) = (part.end, None, None);
        let (Some(lease), Some(layout)) = (self.lease.as_mut(), self.layout.as_ref()) else {
            return Ok(true);
        };
        let session = lease.session()?;
        if let Some(rows) = self.rows.take() {
            session.finish(rows.statement);
        }
        if part.is_empty() {
            if self.parts.is_empty() {
                self.close();
            }
            return Ok(true);
        }
        let opened = layout
            .open_part(session, &self.metadata, part.start, part.end)
            .map_err(|trouble| trouble.into_error("reading a file"))?;
        let Some(opened) = opened else {
            return Err(no_rows(&self.metadata));
        };
        self.rows = Some(opened.rows);
        (self.position, self.stride) = (opened.position, opened.stride);
        Ok(true)
    }

    /// The next bytes of the file, or of its present part; none at the end. The last ones are handed out only when it is
    /// known that no further row follows.
    ///
    /// # Errors
    /// [`Error::Damaged`] when the rows are not the file, [`Error::Database`] when they broke off,
    /// [`Error::Interrupted`].
    pub fn next_block(&mut self) -> Result<Option<&[u8]>> {
        let stretch = match self.ready.take() {
            Some(stretch) => Some(stretch),
            None => self.next_stretch()?,
        };
        Ok(stretch.and_then(|stretch| self.row.get(stretch)))
    }

    /// Fetches the first bytes, so that errors show before anything was done with them.
    ///
    /// # Errors
    /// As [`next_block`](Self::next_block).
    pub fn look_ahead(&mut self) -> Result<()> {
        if self.ready.is_none() {
            self.ready = self.next_stretch()?;
        }
        Ok(())
    }

    /// Fetches a whole file, to be handed out as one block: errors show before anything was done with it, and the
    /// connection is free. For small files: all of it is in memory. Of a part of a file, or where something was asked
    /// for before, it is as [`look_ahead`](Self::look_ahead).
    ///
    /// # Errors
    /// As [`next_block`](Self::next_block).
    pub fn read_ahead(&mut self) -> Result<()> {
        let is_whole = (self.from, self.until) == (0, self.metadata.size) && self.layout.is_none();
        if !is_whole || self.position > 0 || self.ready.is_some() {
            return self.look_ahead();
        }
        let size = usize::try_from(self.metadata.size).map_err(|_| self.too_long())?;
        let mut row = std::mem::take(&mut self.row);
        let read = self.read_into(row.room(size));
        self.row = row;
        read?;
        self.ready = Some(0..size);
        Ok(())
    }

    /// What was not handed out yet is here, and proved: the database is not needed any more.
    #[must_use]
    pub fn is_at_end(&self) -> bool {
        self.lease.is_none()
    }

    /// Nothing more is to be read. What is left is read over when that costs less than a new
    /// connection.
    pub fn leave(mut self) {
        /// About what a server sends in the time that a connection takes.
        const CHEAP: u64 = 256 * 1024;
        if self.metadata.size.saturating_sub(self.position) <= CHEAP {
            if let (Some(lease), Some(rows)) = (self.lease.as_mut(), self.rows.take())
                && let Ok(session) = lease.session()
            {
                session.finish(rows.statement);
            }
            self.parts.clear();
            self.close();
        }
    }

    /// The next bytes, as a stretch of the row.
    fn next_stretch(&mut self) -> Result<Option<Range<usize>>> {
        loop {
            let Some(length) = self.fetch_row()? else {
                self.check_end()?;
                return Ok(None);
            };
            let start = self.position;
            if start <= self.from && !self.fits_stride(length as u64) {
                self.read_from_the_start()?;
                continue;
            }
            self.advance(length as u64)?;
            if self.position == self.metadata.size {
                self.expect_end()?;
            }
            // What of this row lies between the two ends of the range.
            let first = self.from.saturating_sub(start).min(length as u64);
            let last = self.until.saturating_sub(start).min(length as u64);
            if first < last {
                #[allow(clippy::cast_possible_truncation)]
                return Ok(Some(first as usize..last as usize));
            }
            if start >= self.until {
                self.close();
                return Ok(None);
            }
        }
    }

    /// Reads the whole file straight into `room`, which must have at least its size.
    ///
    /// # Errors
    /// As [`next_block`](Self::next_block); `room` is then not to be used.
    pub fn read_into(&mut self, mut room: Room<'_>) -> Result<()> {
        let mut filled = 0;
        while let (Some(lease), Some(rows)) = (self.lease.as_mut(), self.rows) {
            check_time()?;
            let session = lease.session()?;
            let rest = room.behind(filled);
            if let Some(length) = self.pending.take() {
                if length as u64 > self.metadata.size {
                    return Err(self.too_long());
                }
                session.refetch_data(rows.statement, &rest).map_err(broke_off)?;
                filled += length;
                self.advance(length as u64)?;
                continue;
            }
            match session.fetch_data(rows.statement, &rest).map_err(broke_off)? {
                Fetched::Data(length) => {
                    filled += length;
                    self.advance(length as u64)?;
                }
                Fetched::TooSmall(_) => return Err(self.too_long()),
                Fetched::End => self.end(),
            }
        }
        self.check_end()
    }

    /// Fetches a row into the buffer; its length, or none after the last row.
    fn fetch_row(&mut self) -> Result<Option<usize>> {
        let (Some(lease), Some(rows)) = (self.lease.as_mut(), self.rows) else {
            return Ok(None);
        };
        check_time()?;
        let session = lease.session()?;
        let length = match self.pending.take() {
            Some(length) => length,
            None => {
                // No larger than the file.
                let most = usize::try_from(self.metadata.size).unwrap_or(USUAL);
                let room = self.row.room(most.clamp(1, USUAL));
                match session.fetch_data(rows.statement, &room).map_err(broke_off)? {
                    Fetched::Data(length) => return Ok(Some(length)),
                    Fetched::TooSmall(length) => length,
                    Fetched::End => {
                        self.end();
                        return Ok(None);
                    }
                }
            }
        };
        if length as u64 > self.metadata.size.saturating_sub(self.position) {
            return Err(self.too_long());
        }
        session
            .refetch_data(rows.statement, &self.row.room(length))
            .map_err(broke_off)?;
        Ok(Some(length))
    }

    fn advance(&mut self, length: u64) -> Result<()> {
        self.note_offset()?;
        // A row without bytes can lie anywhere.
        if length > 0 {
            self.check_offset()?;
        }
        let end = self.position + length;
        if end > self.metadata.size {
            return Err(self.too_long());
        }
        if !self.fits_stride(length) {
            return Err(Error::Damaged(format!(
                "a data row has {length} bytes where the others have {}",
                self.stride.unwrap_or(length)
            )));
        }
        self.position = end;
        Ok(())
    }

    /// A row of this length can be where the start was computed to be.
    fn fits_stride(&self, length: u64) -> bool {
        self.stride
            .is_none_or(|stride| length == stride || self.position + length == self.metadata.size)
    }

    /// The rows are not as long as the first and the last one let expect, and nothing was handed
    /// out yet: they are counted from the first one on.
    fn read_from_the_start(&mut self) -> Result<()> {
        let (Some(lease), Some(layout)) = (self.lease.as_mut(), self.layout.as_ref()) else {
            return Ok(());
        };
        let session = lease.session()?;
        if let Some(rows) = self.rows.take() {
            session.finish(rows.statement);
        }
        let rows = layout
            .open_version(session, &self.metadata)
            .map_err(|trouble| trouble.into_error("reading a file"))?;
        (self.rows, self.position, self.stride) = (Some(rows), 0, None);
        Ok(())
    }

    fn note_offset(&mut self) -> Result<()> {
        if let (Some(lease), Some(rows)) = (self.lease.as_mut(), self.rows)
            && let Some(column) = rows.offset
        {
            let offset = lease.session()?.int(rows.statement, column);
            self.last_offset = Some(offset.cast_unsigned());
        }
        Ok(())
    }

    /// Rows that tell where they begin must begin where the one before ends.
    fn check_offset(&self) -> Result<()> {
        let Some(offset) = self.last_offset.filter(|offset| *offset != self.position) else {
            return Ok(());
        };
        Err(Error::Damaged(format!(
            "its data rows {} at byte {}: the next one begins at {offset}",
            if offset > self.position {
                "have a gap"
            } else {
                "overlap"
            },
            self.position
        )))
    }

    /// All bytes are there: what follows must be nothing. (Old handlers leave an empty row.)
    fn expect_end(&mut self) -> Result<()> {
        // The row in the buffer is still to be handed out, so the next one gets no room.
        loop {
            let (Some(lease), Some(rows)) = (self.lease.as_mut(), self.rows) else {
                return Ok(());
            };
            match lease
                .session()?
                .fetch_data(rows.statement, &Room::none())
                .map_err(broke_off)?
            {
                Fetched::Data(_) => self.note_offset()?,
                Fetched::TooSmall(_) => return Err(self.too_long()),
                Fetched::End => break,
            }
        }
        self.end();
        Ok(())
    }

    fn check_end(&mut self) -> Result<()> {
        if self.position >= self.until.min(self.metadata.size) {
            return Ok(());
        }
        Err(Error::Damaged(format!(
            "its data rows have {} bytes, its size is {}",
            self.position, self.metadata.size
        )))
    }

    fn too_long(&self) -> Error {
        Error::Damaged(format!(
            "its data rows have more bytes than its size, {}",
            self.metadata.size
        ))
    }

    /// The last row was there.
    fn end(&mut self) {
        if let Some(metadata) = Rc::get_mut(&mut self.metadata).filter(|metadata| metadata.id.is_none()) {
            // As Layout::open says.
            metadata.id = self.last_offset.map(|offset| offset.wrapping_add(1));
        }
        self.close();
    }

    /// Gives the connection back once there is nothing more to read.
    fn close(&mut self) {
        let rows = self.rows.take();
        if !self.parts.is_empty() {
            if let (Some(lease), Some(rows)) = (self.lease.as_mut(), rows)
                && let Ok(session) = lease.session()
            {
                session.finish(rows.statement);
            }
            return;
        }
        if let Some(mut lease) = self.lease.take()
            && let Ok(session) = lease.session()
        {
            // A range that ends early leaves rows unread: cutting the line is quicker than
            // reading them, but would lose the locks that it holds.
            if session.is_busy() && !session.has_locks() {
                lease.discard();
            } else {
                if let Some(rows) = rows {
                    session.finish(rows.statement);
                }
                // Only reads were done: if this fails, the lease sees to the connection.
                let _ = session.end_snapshot();
            }
        }
    }
}

fn check_time() -> Result<()> {
    if crate::interrupt::requested() {
        Err(Error::Interrupted)
    } else {
        Ok(())
    }
}

fn broke_off(source: crate::mysql::MysqlError) -> Error {
    Error::Database {
        doing: "reading file data",
        source,
    }
}
