//! Local copies that the web server sends itself: made while a first client is served, named by
//! their version so that they are never out of date, and bounded in number of bytes.
//!
//! A copy is `xx/…`, 2 and 30 hexadecimal digits; while it is being made it has the ending `.tmp`,
//! its full length, and the lock of its maker. A file `usage` holds the bytes of all copies, so that
//! they need not be counted for each request. Only when the limit is reached, the directory is
//! looked through once, and what was used least recently goes until a tenth of the limit is free.
//! Copies used within the last minute stay in any case: a web server may just be about to open them.

use std::fs::{self, File, FileTimes, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::error::{Error, Result};
use crate::handler::temporary::{Modes, make_directories};
use crate::storage::Metadata;

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

/// A copy that this process makes. Dropped before it is whole, it is given up.
#[derive(Debug)]
pub struct Draft {
    copies: Copies,
    /// Locked as long as it is open.
    file: File,
    /// None once the copy has its name.
    unfinished: Option<PathBuf>,
    copy: PathBuf,
    size: u64,
    written: u64,
    mtime: Duration,
    reserved: bool,
}

impl Copies {
    /// What the field says for the copy of this version, if it is there and the web server can be
    /// told of it. Notes that it is used.
    #[must_use]
    pub fn location(&self, version: &Metadata) -> Option<String> {
        let relative = self.relative(version);
        let path = self.directory.join(&relative);
        let there = match self.field {
            // What nginx cannot open after all is sent by its error_page.
            Field::Accel => is_there(&path, version),
            // Apache has nobody to ask then.
            Field::Sendfile => is_there(&path, version) && File::open(&path).is_ok(),
        };
        there.then(|| match self.field {
            Field::Accel => format!("{}/{relative}", self.uri),
            Field::Sendfile => path.to_string_lossy().into_owned(),
        })
    }

    /// Takes it on to make the copy of this version; none when another process is at it or was
    /// quicker, or when there is no room.
    ///
    /// # Errors
    /// [`Error::Local`] when the directory cannot be used.
    pub fn draft(&self, version: &Metadata) -> Result<Option<Draft>> {
        if version.size > self.max_bytes {
            return Ok(None);
        }
        let copy = self.path(version);
        if let Some(parent) = copy.parent() {
            make_directories(parent, MODES)?;
        }
        let unfinished = copy.with_extension(UNFINISHED);
        let file = open(&unfinished)?;
        if !lock(&file, &unfinished)? || !is_at(&file, &unfinished) {
            return Ok(None);
        }
        let mut draft = Draft {
            copies: self.clone(),
            file,
            unfinished: Some(unfinished),
            copy,
            size: version.size,
            written: 0,
            mtime: Duration::from_secs(version.mtime.unsigned_abs()),
            reserved: false,
        };
        if is_there(&draft.copy, version) || !self.reserve(version.size, &draft)? {
            return Ok(None);
        }
        draft.reserved = true;
        Ok(Some(draft))
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

    /// Adds bytes of a draft to the sum of all copies, after having made room if need be; false when there
    /// is none, or another process is counting.
    fn reserve(&self, bytes: u64, draft: &Draft) -> Result<bool> {
        let Some(mut usage) = Usage::lock(&self.directory)? else {
            return Ok(false);
        };
        let now = SystemTime::now();
        let seconds = now.duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
        let fits = |used: u64| used.saturating_add(bytes) <= self.max_bytes;
        match usage.bytes {
            Some(used) if fits(used) => {}
            Some(_) if usage.is_paused(seconds) => return Ok(false),
            _ => {
                let used = self.make_room(bytes, now)?;
                usage.bytes = Some(used);
                usage.no_scan_before = if fits(used) {
                    0
                } else {
                    seconds + SCAN_PAUSE.as_secs()
                };
            }
        }
        let used = usage.bytes.unwrap_or_default();
        if fits(used) {
            // Whoever counts next counts all of it.
            let reserved = draft.file.set_len(bytes);
            reserved.map_err(Error::local("write", &draft.copy))?;
            usage.bytes = Some(used + bytes);
        }
        usage.write()?;
        Ok(fits(used))
    }

    /// Counts all copies and removes those that were used least recently, until so many bytes
    /// and a tenth of the limit are free. Answers with the bytes of what is left.
    fn make_room(&self, bytes: u64, now: SystemTime) -> Result<u64> {
        let mut copies = Vec::new();
        let mut used = 0_u64;
        let folders = fs::read_dir(&self.directory).map_err(Error::local("read", &self.directory))?;
        for folder in folders.flatten() {
            // What else is in the directory is somebody else's.
            if !is_hexadecimal(folder.file_name().as_bytes(), 2) {
                continue;
            }
            let Ok(files) = fs::read_dir(folder.path()) else {
                continue;
            };
            for file in files.flatten() {
                let (name, path) = (file.file_name(), file.path());
                let stem = name.as_bytes().strip_suffix(b".tmp").unwrap_or(name.as_bytes());
                // What vanished meanwhile does not count.
                let Ok(there) = fs::symlink_metadata(&path) else {
                    continue;
                };
                if there.is_file() && is_hexadecimal(stem, 30) {
                    used = used.saturating_add(there.len());
                    copies.push((idle(&there, now), there.len(), path));
                }
            }
        }
        if used.saturating_add(bytes) <= self.max_bytes {
            return Ok(used);
        }
        let goal = (self.max_bytes - self.max_bytes / 10).saturating_sub(bytes);
        copies.sort_by(|a, b| b.cmp(a));
        for (idle, length, path) in copies {
            if used <= goal || idle < IN_USE {
                break;
            }
            if remove(&path) {
                used = used.saturating_sub(length);
            }
        }
        Ok(used)
    }
}

/// The copy of this version is there. Notes that it is used.
fn is_there(copy: &Path, version: &Metadata) -> bool {
    let Ok(there) = fs::metadata(copy) else {
        return false;
    };
    if !there.is_file() || there.len() != version.size {
        return false;
    }
    if idle(&there, SystemTime::now()) >= USE_STEP {
        // Copies of another user cannot be marked: they then go sooner.
        let _ = File::open(copy)
            .and_then(|file| file.set_times(FileTimes::new().set_accessed(SystemTime::now())));
    }
    true
}

impl Draft {
    /// Adds the next bytes of the file. With the last ones, the copy gets its name.
    ///
    /// # Errors
    /// [`Error::Local`], such as a full disk: the copy is then to be given up.
    pub fn write(&mut self, bytes: &[u8]) -> Result<()> {
        let path = self.copy.clone();
        let failed = || Error::local("write", path.clone());
        self.file.write_all(bytes).map_err(failed())?;
        self.written += bytes.len() as u64;
        if self.written == self.size {
            self.publish().map_err(failed())?;
        }
        Ok(())
    }

    fn publish(&mut self) -> std::io::Result<()> {
        let Some(unfinished) = &self.unfinished else {
            return Ok(());
        };
        if self.file.metadata()?.len() != self.size || !is_at(&self.file, unfinished) {
            return Err(std::io::Error::other("it is not what was written"));
        }
        let times = FileTimes::new()
            .set_modified(UNIX_EPOCH + self.mtime)
            .set_accessed(SystemTime::now());
        self.file.set_times(times)?;
        self.file
            .set_permissions(fs::Permissions::from_mode(MODES.file))?;
        // It has its length from the beginning: after a power failure, the name must not be there without the bytes.
        self.file.sync_data()?;
        fs::rename(unfinished, &self.copy)?;
        self.unfinished = None;
        Ok(())
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        let Some(unfinished) = &self.unfinished else {
            return;
        };
        // While nobody counts. If another process does, the next look through the directory will.
        let usage = if self.reserved {
            Usage::lock(&self.copies.directory).ok().flatten()
        } else {
            None
        };
        // Somebody may have emptied the directory: then the sum is without it, and the name may be another one's.
        let removed = is_at(&self.file, unfinished) && fs::remove_file(unfinished).is_ok();
        if let Some(mut usage) = usage.filter(|_| removed) {
            usage.bytes = usage.bytes.map(|used| used.saturating_sub(self.size));
            let _ = usage.write();
        }
    }
}

/// The file `usage`, locked: bytes of all copies, and when the directory may be looked through
/// again (seconds since 1970).
struct Usage {
    file: File,
    path: PathBuf,
    /// None when the file does not tell.
    bytes: Option<u64>,
    no_scan_before: u64,
}

impl Usage {
    /// None when another process has it.
    fn lock(directory: &Path) -> Result<Option<Self>> {
        let path = directory.join(USAGE);
        let mut file = open(&path)?;
        if !lock(&file, &path)? {
            return Ok(None);
        }
        let mut text = String::new();
        // What is no text was not written by us: count anew.
        let readable = file.read_to_string(&mut text).is_ok();
        let mut numbers = text.split_whitespace().map(|number| number.parse().ok());
        let bytes = numbers.next().flatten().filter(|_| readable);
        let no_scan_before = numbers.next().flatten().unwrap_or(0);
        Ok(Some(Self {
            file,
            path,
            bytes,
            no_scan_before,
        }))
    }

    /// The directory was looked through a moment ago. A time further ahead is that of a clock that was wrong.
    fn is_paused(&self, seconds: u64) -> bool {
        (1..=SCAN_PAUSE.as_secs()).contains(&self.no_scan_before.saturating_sub(seconds))
    }

    fn write(&mut self) -> Result<()> {
        let text = format!("{} {}\n", self.bytes.unwrap_or_default(), self.no_scan_before);
        self.file
            .rewind()
            .and_then(|()| self.file.set_len(0))
            .and_then(|()| self.file.write_all(text.as_bytes()))
            .map_err(Error::local("count the bytes in", &self.path))
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

fn lock(file: &File, path: &Path) -> Result<bool> {
    match file.try_lock() {
        Ok(()) => Ok(true),
        Err(TryLockError::WouldBlock) => Ok(false),
        Err(TryLockError::Error(error)) => Err(Error::local("lock", path)(error)),
    }
}

/// The path still leads to this file: nobody gave it another name, or removed it.
fn is_at(file: &File, path: &Path) -> bool {
    match (file.metadata(), fs::metadata(path)) {
        (Ok(file), Ok(there)) => (file.dev(), file.ino()) == (there.dev(), there.ino()),
        _ => false,
    }
}

/// How long ago a file was used last. A time that is far ahead is that of a clock that was wrong.
fn idle(file: &fs::Metadata, now: SystemTime) -> Duration {
    match file.accessed().map(|used| now.duration_since(used)) {
        Ok(Ok(idle)) => idle,
        Ok(Err(ahead)) if ahead.duration() > IN_USE => Duration::MAX,
        _ => Duration::ZERO,
    }
}

/// Removes a copy, unless it was used since it was looked at, or is being made.
fn remove(path: &Path) -> bool {
    let still_idle = || fs::metadata(path).is_ok_and(|there| idle(&there, SystemTime::now()) >= IN_USE);
    if path.extension().is_none() {
        return still_idle() && fs::remove_file(path).is_ok();
    }
    // An unfinished copy whose maker was killed has no lock. This one keeps others from taking it
    // on between the look and the removal.
    File::open(path)
        .is_ok_and(|file| file.try_lock().is_ok() && still_idle() && fs::remove_file(path).is_ok())
}

fn is_hexadecimal(name: &[u8], length: usize) -> bool {
    name.len() == length && name.iter().all(u8::is_ascii_hexdigit)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::storage::MetadataRow;

    /// A directory that is gone afterwards.
    struct Directory(PathBuf);

    impl Directory {
        fn new() -> Self {
            let path = std::env::temp_dir().join(crate::handler::temporary::unique());
            fs::create_dir(&path).unwrap();
            Self(path)
        }

        fn copies(&self, max_bytes: u64) -> Copies {
            Copies {
                field: Field::Accel,
                directory: self.0.clone(),
                uri: "/copies".into(),
                max_bytes,
                database: "cluster".into(),
            }
        }

        /// All files but the one that counts, as if they were used long ago.
        fn age(&self) {
            for path in self.files() {
                let file = File::options().write(true).open(path).unwrap();
                let long_ago = SystemTime::now() - Duration::from_secs(3600);
                file.set_times(FileTimes::new().set_accessed(long_ago)).unwrap();
            }
        }

        fn files(&self) -> Vec<PathBuf> {
            let mut files = Vec::new();
            for folder in fs::read_dir(&self.0).unwrap().flatten() {
                if folder.path().is_dir() {
                    let inside = fs::read_dir(folder.path()).unwrap();
                    files.extend(inside.flatten().map(|file| file.path()));
                }
            }
            files
        }

        fn used(&self) -> u64 {
            let text = fs::read_to_string(self.0.join(USAGE)).unwrap();
            text.split(' ').next().unwrap().parse().unwrap()
        }
    }

    impl Drop for Directory {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    fn file(id: u64, size: u64) -> Metadata {
        Metadata::from(MetadataRow {
            id: Some(id),
            name: b"a",
            name_trunk: None,
            datatype: b"",
            scope: b"",
            size,
            mtime: 1_700_000_000,
        })
    }

    fn make(copies: &Copies, file: &Metadata) -> bool {
        let Some(mut draft) = copies.draft(file).unwrap() else {
            return false;
        };
        draft
            .write(&vec![1; usize::try_from(file.size).unwrap()])
            .unwrap();
        copies.location(file).is_some()
    }

    #[test]
    fn a_copy_appears_with_its_last_byte() {
        let directory = Directory::new();
        let copies = directory.copies(1000);
        let file = file(1, 10);
        let mut draft = copies.draft(&file).unwrap().unwrap();
        assert!(copies.draft(&file).unwrap().is_none(), "two makers");
        draft.write(b"01234").unwrap();
        assert!(copies.location(&file).is_none());
        draft.write(b"56789").unwrap();
        assert!(copies.location(&file).is_some());
        assert_eq!(fs::read(copies.path(&file)).unwrap(), b"0123456789");
        assert!(copies.draft(&file).unwrap().is_none(), "made twice");
        assert_eq!(directory.files().len(), 1);
        assert_eq!(directory.used(), 10);
    }

    #[test]
    fn what_is_given_up_leaves_nothing() {
        let directory = Directory::new();
        let copies = directory.copies(1000);
        for id in 0..50 {
            let mut draft = copies.draft(&file(id, 100)).unwrap().unwrap();
            draft.write(b"begun").unwrap();
        }
        assert_eq!((directory.files().len(), directory.used()), (0, 0));
    }

    #[test]
    fn copies_that_are_being_made_count_in_full_and_are_not_removed() {
        let directory = Directory::new();
        let copies = directory.copies(1000);
        let mut draft = copies.draft(&file(1, 600)).unwrap().unwrap();
        draft.write(b"begun").unwrap();
        for id in 2..20 {
            make(&copies, &file(id, 100));
            directory.age();
            assert!(directory.used() <= 1000);
            let bytes: u64 = directory
                .files()
                .iter()
                .map(|path| fs::metadata(path).unwrap().len())
                .sum();
            assert!(bytes <= 1000, "{bytes}");
        }
        draft.write(&[0; 595]).unwrap();
        assert!(copies.location(&file(1, 600)).is_some());
    }

    #[test]
    fn a_directory_that_was_emptied_meanwhile_does_not_hold_more_than_it_may() {
        let directory = Directory::new();
        let copies = directory.copies(1000);
        let lost = file(1, 600);
        let mut given_up = copies.draft(&lost).unwrap().unwrap();
        given_up.write(b"begun").unwrap();
        let mut ended = copies.draft(&file(2, 300)).unwrap().unwrap();
        fs::remove_dir_all(&directory.0).unwrap();
        fs::create_dir(&directory.0).unwrap();
        assert!(make(&copies, &file(3, 400)));
        // Another process makes the first one anew.
        let mut anew = copies.draft(&lost).unwrap().unwrap();
        drop(given_up);
        assert!(ended.write(&[0; 300]).is_err());
        drop(ended);
        assert_eq!(directory.used(), 1000);
        anew.write(&[0; 600]).unwrap();
        assert!(copies.location(&lost).is_some());
    }

    #[test]
    fn a_clock_that_was_wrong_does_not_keep_copies_from_being_made() {
        let directory = Directory::new();
        let copies = directory.copies(1000);
        assert!(make(&copies, &file(1, 900)));
        let ahead = SystemTime::now() + Duration::from_secs(30 * 86400);
        for path in directory.files() {
            let file = File::options().write(true).open(path).unwrap();
            file.set_times(FileTimes::new().set_accessed(ahead)).unwrap();
        }
        let seconds = ahead.duration_since(UNIX_EPOCH).unwrap().as_secs();
        fs::write(directory.0.join(USAGE), format!("900 {seconds}\n")).unwrap();
        assert!(make(&copies, &file(2, 500)));
        assert_eq!(directory.used(), 500);
    }

    #[test]
    fn what_is_no_copy_is_never_removed() {
        let directory = Directory::new();
        let foreign = [
            "app/data.db",
            "ab/session",
            "ab/0123456789abcdef0123456789abcd.bak",
            "zz/0123456789abcdef0123456789abcd",
            "data.db",
        ];
        for name in foreign {
            let path = directory.0.join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, vec![0; 5000]).unwrap();
        }
        directory.age();
        let copies = directory.copies(1000);
        for id in 0..30 {
            make(&copies, &file(id, 400));
            directory.age();
        }
        for name in foreign {
            assert!(directory.0.join(name).exists(), "{name}");
        }
    }

    #[test]
    fn a_killed_makers_copy_goes_when_room_is_made() {
        let directory = Directory::new();
        let copies = directory.copies(1000);
        let path = copies.path(&file(1, 900)).with_extension(UNFINISHED);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, [0; 900]).unwrap();
        directory.age();
        assert!(make(&copies, &file(2, 500)));
        assert!(!path.exists());
    }
}
