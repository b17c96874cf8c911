//! Local copies that the web server sends itself: made at first use, named by their version so
//! that they are never out of date, and bounded in number of bytes.
//!
//! A file `usage` in the directory holds the bytes of all copies, so that they need not be counted
//! for each request. Only when the limit is reached, the directory is looked through once, and
//! what was used least recently goes until a tenth of the limit is free. Copies used within the
//! last minute stay in any case: a web server may just be about to open them.

use std::ffi::OsString;
use std::fs::{self, File, FileTimes, OpenOptions, TryLockError};
use std::io::{ErrorKind, Read, Seek, Write};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::error::{Error, Result};
use crate::handler::temporary::{Modes, make_directories};
use crate::storage::Metadata;
use crate::storage::chunks::Reader;

/// A web server opens a copy within this time after it was told to.
const IN_USE: Duration = Duration::from_secs(60);
/// The time of the last use is written down this often at most.
const USE_STEP: Duration = Duration::from_secs(1);
/// When looking through the directory freed too little, it is not looked through again so soon.
const SCAN_PAUSE: Duration = Duration::from_secs(10);
/// Readable for the web server, which may run as another user: what is in a copy is public.
const MODES: Modes = Modes {
    file: 0o644,
    directory: 0o755,
};
const USAGE: &str = "usage";
const UNFINISHED: &str = "tmp";

/// The field that hands a response over to the web server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// nginx: takes a URI of an internal location.
    Accel,
    /// Apache with mod_xsendfile: takes a path.
    Sendfile,
}

impl Field {
    /// The field of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        [Self::Accel, Self::Sendfile]
            .into_iter()
            .find(|field| field.name().eq_ignore_ascii_case(name))
    }

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Accel => "X-Accel-Redirect",
            Self::Sendfile => "X-Sendfile",
        }
    }
}

/// Where copies are, and how many bytes of them at most.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Copies {
    /// How the web server is told.
    pub field: Field,
    /// Absolute path of a directory that is for these copies alone.
    pub directory: PathBuf,
    /// The same as an internal location of the web server, without a slash at its end.
    pub uri: String,
    /// Bytes of all copies together.
    pub max_bytes: u64,
    /// Tells this database from others that use the directory.
    pub database: String,
}

/// A place among the copies that this process alone fills. Dropped before it is filled, it is
/// given up.
#[derive(Debug)]
pub struct Claim {
    /// Locked as long as it is open.
    file: File,
    unfinished: Option<PathBuf>,
    copy: PathBuf,
}

impl Copies {
    /// What the field says for the copy of this version.
    #[must_use]
    pub fn location(&self, version: &Metadata) -> String {
        match self.field {
            Field::Accel => format!("{}/{}", self.uri, self.relative(version)),
            Field::Sendfile => self.path(version).to_string_lossy().into_owned(),
        }
    }

    /// The copy of this version is there. Notes that it is used.
    #[must_use]
    pub fn has(&self, version: &Metadata) -> bool {
        let path = self.path(version);
        let Ok(there) = fs::metadata(&path) else {
            return false;
        };
        if !there.is_file() || there.len() != version.size {
            return false;
        }
        let unused = there
            .accessed()
            .ok()
            .and_then(|used| SystemTime::now().duration_since(used).ok());
        if unused.is_some_and(|unused| unused >= USE_STEP) {
            // Copies of another user cannot be marked: they then go sooner.
            let _ = File::open(&path)
                .and_then(|file| file.set_times(FileTimes::new().set_accessed(SystemTime::now())));
        }
        true
    }

    /// Takes it on to make the copy of this version; none when another process is at it, or when
    /// there is no room.
    ///
    /// # Errors
    /// [`Error::Local`] when the directory cannot be used.
    pub fn claim(&self, version: &Metadata) -> Result<Option<Claim>> {
        if version.size > self.max_bytes {
            return Ok(None);
        }
        let copy = self.path(version);
        if let Some(parent) = copy.parent() {
            make_directories(parent, MODES)?;
        }
        let unfinished = copy.with_extension(UNFINISHED);
        let file = open(&unfinished)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Ok(None),
            Err(TryLockError::Error(error)) => return Err(Error::local("lock", &unfinished)(error)),
        }
        // Whoever had the lock before may have given the file its name, or removed it.
        let mine = file.metadata().map_err(Error::local("read", &unfinished))?;
        let same = fs::metadata(&unfinished).is_ok_and(|there| there.ino() == mine.ino());
        if !same {
            return Ok(None);
        }
        let claim = Claim {
            file,
            unfinished: Some(unfinished),
            copy,
        };
        // It may have been made since it was looked for.
        Ok((!self.has(version) && self.reserve(version.size)?).then_some(claim))
    }

    fn relative(&self, version: &Metadata) -> String {
        use md5::{Digest, Md5};
        let digest: [u8; 16] = Md5::new()
            .chain_update(version.identity())
            .chain_update(&self.database)
            .finalize()
            .into();
        let hash = format!("{:032x}", u128::from_be_bytes(digest));
        let (folder, rest) = hash.split_at_checked(2).unwrap_or_default();
        format!("{folder}/{rest}")
    }

    fn path(&self, version: &Metadata) -> PathBuf {
        self.directory.join(self.relative(version))
    }

    /// Adds bytes to the sum of all copies, after having made room if need be; false when there
    /// is none, or another process is making it.
    fn reserve(&self, bytes: u64) -> Result<bool> {
        let path = self.directory.join(USAGE);
        let failed = || Error::local("count the bytes in", path.clone());
        let mut file = open(&path)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Ok(false),
            Err(TryLockError::Error(error)) => return Err(failed()(error)),
        }
        let mut text = String::new();
        // What cannot be read as text was not written by us: count anew.
        let readable = file.read_to_string(&mut text).is_ok();
        let mut numbers = text.split_whitespace().map(str::parse::<u64>);
        let known = match (readable, numbers.next()) {
            (true, Some(Ok(used))) => Some(used),
            _ => None,
        };
        let mut no_scan_before = numbers.next().and_then(std::result::Result::ok).unwrap_or(0);
        let now = SystemTime::now();
        let seconds = now.duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
        let fits = |used: u64| used.saturating_add(bytes) <= self.max_bytes;
        let used = match known {
            Some(used) if fits(used) => used,
            Some(_) if seconds < no_scan_before => return Ok(false),
            _ => {
                let used = self.make_room(bytes, now)?;
                no_scan_before = if fits(used) {
                    0
                } else {
                    seconds + SCAN_PAUSE.as_secs()
                };
                used
            }
        };
        let reserved = fits(used);
        let used = if reserved { used + bytes } else { used };
        file.rewind().map_err(failed())?;
        file.set_len(0).map_err(failed())?;
        writeln!(file, "{used} {no_scan_before}").map_err(failed())?;
        Ok(reserved)
    }

    /// Counts all copies and removes those that were used least recently, until so many bytes
    /// and a tenth of the limit are free. Answers with the bytes of what is left.
    fn make_room(&self, bytes: u64, now: SystemTime) -> Result<u64> {
        let mut copies = Vec::new();
        let mut used = 0_u64;
        let folders = fs::read_dir(&self.directory).map_err(Error::local("read", &self.directory))?;
        for folder in folders.flatten() {
            let Ok(files) = fs::read_dir(folder.path()) else {
                continue;
            };
            for file in files.flatten() {
                // What vanished meanwhile does not count.
                let Ok(there) = file.metadata() else { continue };
                let Ok(last_use) = there.accessed() else { continue };
                used = used.saturating_add(there.len());
                copies.push((last_use, there.len(), file.path()));
            }
        }
        let goal = (self.max_bytes - self.max_bytes / 10).saturating_sub(bytes);
        if used.saturating_add(bytes) <= self.max_bytes {
            return Ok(used);
        }
        copies.sort();
        for (last_use, length, path) in copies {
            let idle = now.duration_since(last_use).unwrap_or_default();
            if used <= goal || idle < IN_USE {
                break;
            }
            if !is_being_made(&path) && fs::remove_file(&path).is_ok() {
                used = used.saturating_sub(length);
            }
        }
        Ok(used)
    }
}

impl Claim {
    /// Fills the copy and gives it its name.
    ///
    /// # Errors
    /// What kept the file from being read or written; no copy is then there.
    pub fn fill(mut self, mut reader: Reader) -> Result<()> {
        let path = self.copy.clone();
        let failed = || Error::local("write", path.clone());
        // What a killed process left.
        self.file.set_len(0).map_err(failed())?;
        let mut written = 0;
        while let Some(block) = reader.next_block()? {
            self.file.write_all(block).map_err(failed())?;
            written += block.len() as u64;
        }
        let there = self.file.metadata().map_err(failed())?.len();
        if there != written || written != reader.metadata().size {
            return Err(failed()(std::io::Error::other(format!(
                "{there} bytes arrived of {written}"
            ))));
        }
        let mtime = Duration::from_secs(reader.metadata().mtime.unsigned_abs());
        let times = FileTimes::new()
            .set_modified(UNIX_EPOCH + mtime)
            .set_accessed(SystemTime::now());
        self.file.set_times(times).map_err(failed())?;
        self.file
            .set_permissions(fs::Permissions::from_mode(MODES.file))
            .map_err(failed())?;
        if let Some(unfinished) = &self.unfinished {
            fs::rename(unfinished, &self.copy).map_err(failed())?;
        }
        self.unfinished = None;
        Ok(())
    }
}

impl Drop for Claim {
    fn drop(&mut self) {
        if let Some(unfinished) = &self.unfinished {
            // Under the lock, the name is ours. What cannot be removed goes when room is made.
            let _ = fs::remove_file(unfinished);
        }
    }
}

fn open(path: &Path) -> Result<File> {
    OpenOptions::new()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .mode(0o600)
        .open(path)
        .map_err(Error::local("write", path))
}

/// An unfinished copy whose maker is at work. One whose maker was killed has no lock.
fn is_being_made(path: &Path) -> bool {
    path.extension() == Some(&OsString::from(UNFINISHED))
        && match File::open(path) {
            Ok(file) => file.try_lock().is_err(),
            Err(error) => error.kind() != ErrorKind::NotFound,
        }
}
