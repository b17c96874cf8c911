//! Storing: one transaction, whatever the size.

use super::layout::{Draft, Layout, NewFile};
use super::source::Source;
use super::{Attempt, Metadata, Name, Store};
use crate::error::{Error, Result};
use crate::pool::Session;

/// What is stored about a file beside its bytes.
#[derive(Debug, Clone, Copy)]
pub struct Description<'a> {
    /// MIME type, or a word.
    pub datatype: &'a [u8],
    /// Category.
    pub scope: &'a [u8],
    /// Seconds since 1970; anything below 1 counts as 1.
    pub mtime: i64,
}

/// A file that was stored.
#[derive(Debug, Clone)]
pub struct Stored {
    /// What the cluster knows about it now.
    pub metadata: Metadata,
    /// The datatype did not fit into its column and was replaced.
    pub datatype_replaced: bool,
}

impl Store {
    /// Stores a new version of a file in the place of all others of its name. Readers see the old
    /// version whole, then the new version whole; after an error, the old version.
    ///
    /// # Errors
    /// What kept it from being stored; then nothing was.
    pub fn put(&self, name: &Name, description: Description<'_>, source: &mut dyn Source) -> Result<Stored> {
        self.put_by(name, description, source, |session, layout, file| {
            layout.begin(session, file).map(Some)
        })
        // Nothing is asked, so nothing is in the way.
        .and_then(|stored| stored.ok_or(Error::NotFound))
    }

    /// As [`put`](Self::put), but only in the place of the version that was seen, which may be none;
    /// none when there is another by now, and nothing was stored.
    ///
    /// # Errors
    /// As [`put`](Self::put).
    pub fn put_over(
        &self,
        seen: Option<&Metadata>,
        name: &Name,
        description: Description<'_>,
        source: &mut dyn Source,
    ) -> Result<Option<Stored>> {
        self.put_by(name, description, source, |session, layout, file| {
            let Some(seen) = seen else {
                return layout.begin_new(session, file);
            };
            let now = layout.find_locked(session, name)?;
            if now.is_none_or(|now| now != *seen) {
                return Ok(None);
            }
            layout.begin(session, file).map(Some)
        })
    }

    /// Stores a version that `begin` has begun, if it has.
    fn put_by(
        &self,
        name: &Name,
        description: Description<'_>,
        source: &mut dyn Source,
        begin: impl Fn(&mut Session, &dyn Layout, &NewFile<'_>) -> Attempt<Option<Draft>>,
    ) -> Result<Option<Stored>> {
        let work = |session: &mut Session, layout: &dyn Layout| {
            let shape = layout.shape();
            let (datatype, fits) = shape.datatype(description.datatype);
            let file = NewFile {
                name,
                datatype,
                scope: shape.scope(description.scope),
                size: source.size(),
                mtime: description.mtime.max(1),
            };
            shape.admit(&file)?;
            source.rewind()?;
            let Some(mut draft) = begin(session, layout, &file)? else {
                return Ok(None);
            };
            write_rows(session, layout, &mut draft, source)?;
            layout.complete(session, &draft, name)?;
            let stored = Stored {
                metadata: layout.described(&file, draft.id),
                datatype_replaced: !fits,
            };
            Ok(Some((stored, draft.into_trace())))
        };
        self.transaction("storing a file", work, |session, layout, done| match done {
            Some((_, trace)) => layout.is_stored(session, name, trace),
            None => Ok(true),
        })
        .map(|done| done.map(|(stored, _)| stored))
    }
}

/// Writes all bytes of a source as the rows of a version.
pub(super) fn write_rows(
    session: &mut Session,
    layout: &dyn Layout,
    draft: &mut Draft,
    source: &mut dyn Source,
) -> Attempt<()> {
    let chunk = layout.shape().chunk_size(session);
    let message = chunk.saturating_mul(layout.shape().rows_at_once(session));
    if source.size() == 0 {
        layout.append(session, draft, &[], chunk)?;
    }
    loop {
        if crate::interrupt::requested() {
            return Err(Error::Interrupted.into());
        }
        let block = source.block(message)?;
        if block.is_empty() {
            break;
        }
        layout.append(session, draft, block, chunk)?;
    }
    Ok(source.verify()?)
}
