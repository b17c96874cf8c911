//! Files that appear under their name only when they are whole.

use std::collections::HashMap;
use std::ffi::OsString;
use std::fs::{self, DirBuilder, File, FileTimes, OpenOptions};
use std::io::{ErrorKind, Seek, SeekFrom, Write};
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use once_cell::sync::Lazy;
use parking_lot::Mutex;

use crate::error::{Error, Result};
use crate::mysql::process;
use crate::random;
use crate::storage::metadata::hexadecimal;

/// A temporary name is this, a unique middle, and [`SUFFIX`].
const PREFIX: &str = ".ezdbfile-";
const SUFFIX: &str = ".tmp";
/// A temporary file of this age belongs to a process that was killed.
const ABANDONED: Duration = Duration::from_secs(3600);
/// How often a directory may vanish between being made and being used.
const TRIES: u32 = 8;
/// Directories whose last sweep is remembered, at most.
const SWEPT_DIRECTORIES: usize = 1000;

/// Permission bits of what is made on disk, exactly, whatever the umask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Modes {
    /// Of files.
    pub file: u32,
    /// Of directories.
    pub directory: u32,
}

impl Default for Modes {
    /// The defaults of site.ini `[FileSettings]`.
    fn default() -> Self {
        Self {
            file: 0o666,
            directory: 0o777,
        }
    }
}

/// A file under a temporary name beside its final one. Dropped before it is published, it is
/// removed.
#[derive(Debug)]
pub struct Temporary {
    file: Option<File>,
    path: PathBuf,
    target: PathBuf,
    modes: Modes,
    written: u64,
}

impl Temporary {
    /// Starts a file for `target`, makes the directories above it, and removes what killed
    /// processes left there an hour ago or longer. That a directory is where the file is to be shows when it
    /// is published: see [`is_taken`].
    ///
    /// # Errors
    /// [`Error::Local`]: a file is where a directory is to be, or no permission.
    pub fn create(target: &Path, modes: Modes) -> Result<Self> {
        let directory = match target.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent,
            _ => Path::new("."),
        };
        sweep(directory);
        for attempt in 1.. {
            let path = beside(directory);
            // Nobody but this process until it is whole.
            let opened = OpenOptions::new()
                .write(true)
                .create_new(true)
                .mode(0o600)
                .open(&path);
            match opened {
                Ok(file) => {
                    return Ok(Self {
                        file: Some(file),
                        path,
                        target: target.to_owned(),
                        modes,
                        written: 0,
                    });
                }
                // Mostly the directory is there. Another process may remove it again while it is empty.
                Err(error)
                    if attempt < TRIES
                        && matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) =>
                {
                    make_directories(directory, modes)?;
                }
                // Another process drew the same name.
                Err(error) if attempt < TRIES && error.kind() == ErrorKind::AlreadyExists => {}
                Err(error) => return Err(Error::local("write", target)(error)),
            }
        }
        Err(Error::NotFound)
    }

    /// Adds bytes.
    ///
    /// # Errors
    /// [`Error::Local`], such as a full disk.
    pub fn write(&mut self, bytes: &[u8]) -> Result<()> {
        let failed = |error| Error::local("write", &self.target)(error);
        if let Some(file) = self.file.as_mut() {
            file.write_all(bytes).map_err(failed)?;
        }
        self.written += bytes.len() as u64;
        Ok(())
    }

    /// Gives the file its mode, its modification time (seconds and nanoseconds since 1970) and its
    /// name, replacing what has it.
    ///
    /// # Errors
    /// [`Error::Local`]; the final name is then as it was.
    pub fn publish(mut self, mtime: (u64, u32)) -> Result<()> {
        let file = self.file.take();
        let failed = |error| Error::local("write", &self.target)(error);
        if let Some(mut file) = file {
            file.set_permissions(fs::Permissions::from_mode(self.modes.file))
                .map_err(failed)?;
            let time = UNIX_EPOCH + Duration::new(mtime.0, mtime.1);
            file.set_times(FileTimes::new().set_modified(time))
                .map_err(failed)?;
            // Last: over a network, the calls before send what was written, and it shows here what did not arrive. Not by
            // asking for all that is known of it: times that were asked for are kept finer from then on, which has a price for
            // whoever else writes. (Linux 6.13: "multigrain timestamps".)
            let there = file.seek(SeekFrom::End(0)).map_err(failed)?;
            if there != self.written {
                return Err(Error::Local {
                    doing: "write",
                    path: self.target.clone(),
                    source: std::io::Error::other(format!("{there} bytes arrived of {}", self.written)),
                });
            }
        }
        fs::rename(&self.path, &self.target).map_err(failed)?;
        // There is nothing to remove any more.
        self.path = PathBuf::new();
        Ok(())
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        if !self.path.as_os_str().is_empty() {
            // Best effort: a later sweep gets what this one could not.
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// Something is at this path, which a file can replace.
///
/// # Errors
/// [`Error::Local`]: it is a directory.
pub fn is_taken(target: &Path) -> Result<bool> {
    match fs::symlink_metadata(target) {
        Ok(there) if there.is_dir() => Err(Error::Local {
            doing: "write",
            path: target.to_owned(),
            source: ErrorKind::IsADirectory.into(),
        }),
        Ok(_) => Ok(true),
        Err(_) => Ok(false),
    }
}

/// Makes a directory and those above it that are missing, each with the exact mode.
///
/// # Errors
/// [`Error::Local`].
pub fn make_directories(directory: &Path, modes: Modes) -> Result<()> {
    // From below, and not by recursion: a path may have more segments than the stack has room.
    let mut missing = Vec::new();
    for ancestor in directory.ancestors() {
        if ancestor.as_os_str().is_empty() {
            break;
        }
        match fs::metadata(ancestor) {
            Ok(there) if there.is_dir() => break,
            Ok(_) => {
                return Err(Error::Local {
                    doing: "make the directory",
                    path: ancestor.to_owned(),
                    source: ErrorKind::NotADirectory.into(),
                });
            }
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
                missing.push(ancestor);
            }
            Err(error) => return Err(Error::local("make the directory", ancestor)(error)),
        }
    }
    missing
        .into_iter()
        .rev()
        .try_for_each(|directory| make_directory(directory, modes))
}

fn make_directory(directory: &Path, modes: Modes) -> Result<()> {
    match DirBuilder::new().mode(modes.directory).create(directory) {
        Ok(()) => fs::set_permissions(directory, fs::Permissions::from_mode(modes.directory))
            .or_else(|error| {
                if error.kind() == ErrorKind::NotFound {
                    Ok(())
                } else {
                    Err(error)
                }
            })
            .map_err(Error::local("make the directory", directory)),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(()),
        // The parent was removed again meanwhile: the caller tries anew.
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        Err(error) => Err(Error::local("make the directory", directory)(error)),
    }
}

/// By the bytes of the path, which are quicker to look up than its parts.
static SWEPT: Lazy<Mutex<HashMap<OsString, Instant>>> = Lazy::new(Mutex::default);

/// Removes abandoned temporary files from a directory, at most once an hour for each.
fn sweep(directory: &Path) {
    {
        let mut swept = SWEPT.lock();
        if swept
            .get(directory.as_os_str())
            .is_some_and(|when| when.elapsed() < ABANDONED)
        {
            return;
        }
        if swept.len() >= SWEPT_DIRECTORIES {
            swept.clear();
        }
        swept.insert(directory.into(), Instant::now());
    }
    let Ok(entries) = fs::read_dir(directory) else {
        return;
    };
    for entry in entries.flatten() {
        if is_one(&entry.path())
            && entry
                .metadata()
                .is_ok_and(|there| there.is_file() && is_abandoned(&there))
        {
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// The name is one of those that files have here until they are whole.
#[must_use]
pub fn is_one(path: &Path) -> bool {
    path.file_name().is_some_and(|name| {
        name.as_bytes().starts_with(PREFIX.as_bytes()) && name.as_bytes().ends_with(SUFFIX.as_bytes())
    })
}

/// Nobody has touched it for long. A file that is about to be published already has the
/// modification time of the cluster, but was last accessed when it was made.
fn is_abandoned(file: &fs::Metadata) -> bool {
    let touched = file.modified().ok().max(file.accessed().ok());
    touched
        .and_then(|touched| SystemTime::now().duration_since(touched).ok())
        .is_some_and(|age| age >= ABANDONED)
}

/// A temporary path in a directory.
fn beside(directory: &Path) -> PathBuf {
    // Put together in one piece: this is done for every copy.
    let unique = unique();
    let room = directory.as_os_str().len() + 1 + PREFIX.len() + unique.len() + SUFFIX.len();
    let mut path = Vec::with_capacity(room);
    path.extend_from_slice(directory.as_os_str().as_bytes());
    path.push(b'/');
    for part in [PREFIX, &unique, SUFFIX] {
        path.extend_from_slice(part.as_bytes());
    }
    OsString::from_vec(path).into()
}

/// A text that no other process, thread or node draws: process id and 64 random bits.
#[must_use]
pub fn unique() -> String {
    let number = u128::from(process::id()) << 64 | u128::from(random::number());
    hexadecimal(&number.to_be_bytes())
}
