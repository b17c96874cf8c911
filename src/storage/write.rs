//! Storing: one transaction, whatever the size.

use super::layout::IdLayout;
use super::layout::id::NewFile;
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
        let work = |session: &mut Session, layout: &IdLayout| {
            let (datatype, fits) = layout.datatype(description.datatype);
            let file = NewFile {
                name,
                datatype,
                scope: layout.scope(description.scope),
                size: source.size(),
                mtime: description.mtime.max(1),
            };
            layout.admit(&file)?;
            source.rewind()?;
            let id = layout.insert(session, &file)?;
            write_rows(session, layout, id, source)?;
            layout.supersede(session, name, id)?;
            Ok(Stored {
                metadata: Metadata {
                    id,
                    name: name.bytes().to_vec(),
                    datatype: datatype.to_vec(),
                    scope: file.scope.to_vec(),
                    size: file.size,
                    mtime: file.mtime,
                },
                datatype_replaced: !fits,
            })
        };
        self.transaction("storing a file", work, |session, layout, stored| {
            // A version that came later stands in the place that this one had.
            let versions = layout.committed_versions(session, name, stored.metadata.id)?;
            Ok(!versions.is_empty())
        })
    }
}

/// Writes all bytes of a source as the rows of a version.
pub(super) fn write_rows(
    session: &mut Session,
    layout: &IdLayout,
    id: u64,
    source: &mut dyn Source,
) -> Attempt<()> {
    let chunk = layout.chunk_size(session);
    let message = chunk.saturating_mul(layout.rows_at_once(session));
    loop {
        if crate::interrupt::requested() {
            return Err(Error::Interrupted.into());
        }
        let block = source.block(message)?;
        if block.is_empty() {
            break;
        }
        layout.append(session, id, block, chunk)?;
    }
    Ok(source.verify()?)
}
