//! Where the bytes of a new file come from.

use std::cell::Cell;
use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Read, Seek, SeekFrom};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};

/// Bytes that can be read more than once: a transaction that is repeated starts over.
pub trait Source {
    /// How many there are.
    fn size(&self) -> u64;

    /// Goes back to the first one.
    ///
    /// # Errors
    /// When the file behind it cannot.
    fn rewind(&mut self) -> Result<()>;

    /// The next bytes: as many as asked for, fewer at the end, none after it.
    ///
    /// # Errors
    /// When the file behind it cannot be read.
    fn block(&mut self, bytes: usize) -> Result<&[u8]>;

    /// Called after the last block, before COMMIT.
    ///
    /// # Errors
    /// When what was read is not one whole version of the file.
    fn verify(&mut self) -> Result<()>;
}

/// Bytes in memory.
#[derive(Debug)]
pub struct Memory<'a> {
    bytes: &'a [u8],
    position: usize,
}

impl<'a> Memory<'a> {
    /// Borrows the bytes.
    #[must_use]
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, position: 0 }
    }
}

impl Source for Memory<'_> {
    fn size(&self) -> u64 {
        self.bytes.len() as u64
    }

    fn rewind(&mut self) -> Result<()> {
        self.position = 0;
        Ok(())
    }

    fn block(&mut self, bytes: usize) -> Result<&[u8]> {
        let end = self.position.saturating_add(bytes).min(self.bytes.len());
        let block = self.bytes.get(self.position..end).unwrap_or(&[]);
        self.position = end;
        Ok(block)
    }

    fn verify(&mut self) -> Result<()> {
        Ok(())
    }
}

thread_local! {
    /// The memory for blocks of the last file that was read. To make it anew for each file would be most of
    /// what it costs to read one: the system has to clear every page of it.
    static SPARE: Cell<Vec<u8>> = const { Cell::new(Vec::new()) };
}

/// Gives back what memory this thread has kept for the next file. For the end of a request.
pub fn forget_spare_memory() {
    SPARE.take();
}

/// A local file, read block by block.
#[derive(Debug)]
pub struct LocalFile {
    file: File,
    path: PathBuf,
    before: Identity,
    buffer: Vec<u8>,
    read: u64,
}

/// What shows that a file was not touched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    device: u64,
    inode: u64,
    size: u64,
    mtime: (i64, i64),
    ctime: (i64, i64),
}

impl Identity {
    /// It is of the same file, with the same bytes as far as size and time tell. The change time alone may move: a hard
    /// link or a new mode leave the bytes alone.
    #[must_use]
    pub fn is_of(&self, metadata: &std::fs::Metadata) -> bool {
        let other = Self::of(metadata);
        Self {
            ctime: self.ctime,
            ..other
        } == *self
    }

    /// Takes it from what the file system says.
    #[must_use]
    pub fn of(metadata: &std::fs::Metadata) -> Self {
        Self {
            device: metadata.dev(),
            inode: metadata.ino(),
            size: metadata.size(),
            mtime: (metadata.mtime(), metadata.mtime_nsec()),
            ctime: (metadata.ctime(), metadata.ctime_nsec()),
        }
    }
}

fn not_regular(path: &Path) -> Error {
    Error::Local {
        doing: "read",
        path: path.to_owned(),
        source: std::io::Error::new(ErrorKind::InvalidInput, "not a regular file"),
    }
}

impl LocalFile {
    /// Opens a regular file.
    ///
    /// # Errors
    /// [`Error::Local`] when it is missing, unreadable or not a regular file.
    pub fn open(path: &Path) -> Result<Self> {
        let metadata = std::fs::metadata(path).map_err(Error::local("read", path))?;
        // Asked before opening: opening a pipe would wait for a writer.
        if !metadata.is_file() {
            return Err(not_regular(path));
        }
        Self::of(File::open(path).map_err(Error::local("read", path))?, path)
    }

    /// Opens a regular file at exactly this place: a link is refused, also one that was put there
    /// a moment ago.
    ///
    /// # Errors
    /// As [`open`](Self::open).
    pub fn open_itself(path: &Path) -> Result<Self> {
        // Not waiting for the writer of a pipe.
        let file = OpenOptions::new()
            .read(true)
            .custom_flags(libc::O_NOFOLLOW | libc::O_NONBLOCK)
            .open(path)
            .map_err(Error::local("read", path))?;
        Self::of(file, path)
    }

    fn of(file: File, path: &Path) -> Result<Self> {
        let metadata = file.metadata().map_err(Error::local("read", path))?;
        if !metadata.is_file() {
            return Err(not_regular(path));
        }
        Ok(Self {
            before: Identity::of(&metadata),
            file,
            path: path.to_owned(),
            buffer: SPARE.take(),
            read: 0,
        })
    }

    /// Modification time, in seconds since 1970.
    #[must_use]
    pub fn mtime(&self) -> i64 {
        self.before.mtime.0
    }

    /// What the file was when it was opened.
    #[must_use]
    pub fn identity(&self) -> &Identity {
        &self.before
    }
}

impl Drop for LocalFile {
    fn drop(&mut self) {
        let buffer = std::mem::take(&mut self.buffer);
        // Nothing is kept for a thread that ends.
        let _ = SPARE.try_with(|spare| spare.set(buffer));
    }
}

impl Source for LocalFile {
    fn size(&self) -> u64 {
        self.before.size
    }

    fn rewind(&mut self) -> Result<()> {
        self.read = 0;
        self.file
            .seek(SeekFrom::Start(0))
            .map(drop)
            .map_err(Error::local("read", &self.path))
    }

    fn block(&mut self, bytes: usize) -> Result<&[u8]> {
        let left = usize::try_from(self.before.size - self.read).unwrap_or(usize::MAX);
        let wanted = bytes.min(left);
        if self.buffer.len() < wanted {
            self.buffer.resize(wanted, 0);
        }
        let mut filled = 0;
        while let Some(room) = self
            .buffer
            .get_mut(filled..wanted)
            .filter(|room| !room.is_empty())
        {
            match self.file.read(room) {
                Ok(0) => {
                    return Err(Error::ChangedWhileRead {
                        path: self.path.clone(),
                    });
                }
                Ok(count) => filled += count,
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(Error::local("read", &self.path)(error)),
            }
        }
        self.read += filled as u64;
        Ok(self.buffer.get(..filled).unwrap_or(&[]))
    }

    fn verify(&mut self) -> Result<()> {
        // A file that grew, or one of a file system that does not tell sizes.
        let more = loop {
            match self.file.read(&mut [0]) {
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                read => break read.map_err(Error::local("read", &self.path))? > 0,
            }
        };
        let metadata = self.file.metadata().map_err(Error::local("read", &self.path))?;
        if self.before.is_of(&metadata) && self.read == self.before.size && !more {
            Ok(())
        } else {
            Err(Error::ChangedWhileRead {
                path: self.path.clone(),
            })
        }
    }
}
