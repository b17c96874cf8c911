//! Copies of cluster files on this node's disk.
//!
//! A copy is current when it was made from the very version that the cluster holds now. It carries
//! that version as the nanoseconds of its modification time (see [`Metadata::version`]); a file
//! that this process stored and kept is remembered by what the file system said about it.

use std::collections::HashMap;
use std::fs;
use std::io::ErrorKind;
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use once_cell::sync::Lazy;
use parking_lot::Mutex;

use super::temporary::{Modes, Temporary, unique};
use crate::error::{Error, Result};
use crate::storage::Metadata;
use crate::storage::chunks::Reader;
use crate::storage::source::Identity;

/// Kept files that are remembered, at most.
const KEPT_FILES: usize = 1000;
/// Longest file name of the common file systems, in bytes.
const NAME_MAX: usize = 255;

static KEPT: Lazy<Mutex<HashMap<PathBuf, (u32, Identity)>>> = Lazy::new(Mutex::default);

/// The file at this path was made from this version and is as it was made.
#[must_use]
pub fn is_current(path: &Path, metadata: &Metadata) -> bool {
    fs::metadata(path).is_ok_and(|there| is_copy(path, &there, metadata))
}

/// What the file system says is at this path was made from this version and is as it was made.
#[must_use]
pub fn is_copy(path: &Path, there: &fs::Metadata, metadata: &Metadata) -> bool {
    if !there.is_file() || there.len() != metadata.size {
        return false;
    }
    let stamped = there.mtime() == metadata.mtime.saturating_abs()
        && there.mtime_nsec() == i64::from(metadata.version());
    stamped || was_kept(path, metadata.version(), &Identity::of(there))
}

fn was_kept(path: &Path, version: u32, identity: &Identity) -> bool {
    let Ok(path) = std::path::absolute(path) else {
        return false;
    };
    KEPT.lock()
        .get(&path)
        .is_some_and(|(kept, was)| *kept == version && was == identity)
}

/// Remembers that a local file is the version that was made from it.
pub fn keep(path: &Path, metadata: &Metadata, identity: &Identity) {
    let Ok(path) = std::path::absolute(path) else {
        return;
    };
    let mut kept = KEPT.lock();
    if kept.len() >= KEPT_FILES {
        kept.clear();
    }
    kept.insert(path, (metadata.version(), identity.clone()));
}

/// The stamp of a copy of this version: seconds and nanoseconds.
fn stamp(metadata: &Metadata) -> (u64, u32) {
    (metadata.mtime.unsigned_abs(), metadata.version())
}

/// Writes what is being read to a path, in constant memory; says which version it was.
///
/// # Errors
/// What kept it from being read or written; the path is then as it was.
pub fn write(path: &Path, mut reader: Reader, modes: Modes) -> Result<Rc<Metadata>> {
    let mut file = Temporary::create(path, modes)?;
    while let Some(block) = reader.next_block()? {
        file.write(block)?;
    }
    file.publish(stamp(reader.metadata()))?;
    Ok(reader.into_metadata())
}

/// Writes the bytes of a version that was just stored to a path.
///
/// # Errors
/// [`Error::Local`]; the path is then as it was.
pub fn write_bytes(path: &Path, bytes: &[u8], metadata: &Metadata, modes: Modes) -> Result<()> {
    let mut file = Temporary::create(path, modes)?;
    file.write(bytes)?;
    publish(file, metadata)
}

/// Gives a file that holds the bytes of a version its name and stamp.
///
/// # Errors
/// [`Error::Local`]; the path is then as it was.
pub fn publish(file: Temporary, metadata: &Metadata) -> Result<()> {
    file.publish(stamp(metadata))
}

/// A path beside another one that nobody else uses and that ends like it.
#[must_use]
pub fn unique_beside(path: &Path) -> PathBuf {
    let unique = unique();
    // A dot in a long title begins no ending.
    let extension = path
        .extension()
        .map(|extension| [b".", extension.as_bytes()].concat())
        .filter(|extension| b"-".len() + unique.len() + extension.len() < NAME_MAX);
    let stem = if extension.is_some() {
        path.file_stem()
    } else {
        path.file_name()
    };
    let tail = [b"-".as_slice(), unique.as_bytes(), &extension.unwrap_or_default()].concat();
    let mut name = stem.map(|stem| stem.as_bytes().to_vec()).unwrap_or_default();
    name.truncate(NAME_MAX.saturating_sub(tail.len()));
    name.extend(tail);
    path.with_file_name(std::ffi::OsString::from_vec(name))
}

/// Removes a local copy, then the directories above it that are empty, up to the site root. It is
/// no error when there is none.
///
/// # Errors
/// [`Error::Local`] when it cannot be removed.
pub fn remove(path: &Path) -> Result<()> {
    gone(fs::remove_file(path)).map_err(Error::local("remove", path))?;
    remove_empty_parents(path);
    Ok(())
}

/// As [`remove`], and when the path is a directory, with everything in it.
///
/// # Errors
/// [`Error::Local`] when something of it cannot be removed, and for a directory that the site is in: nothing of that is
/// removed.
pub fn remove_tree(path: &Path) -> Result<()> {
    let removed = match fs::symlink_metadata(path) {
        Ok(there) if there.is_dir() => outside_of(path).and_then(|()| fs::remove_dir_all(path)),
        Ok(_) => fs::remove_file(path),
        Err(error) => Err(error),
    };
    gone(removed).map_err(Error::local("remove", path))?;
    remove_empty_parents(path);
    Ok(())
}

fn gone(result: std::io::Result<()>) -> std::io::Result<()> {
    match result {
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(()),
        other => other,
    }
}

/// The site root, which is the current directory, is not this directory, nor below it.
fn outside_of(directory: &Path) -> std::io::Result<()> {
    // A current directory that was removed is in no other.
    if let Ok(root) = std::env::current_dir()
        && root.starts_with(directory.canonicalize()?)
    {
        return Err(std::io::Error::new(
            ErrorKind::InvalidInput,
            "it holds the site root, and all of the site would go with it",
        ));
    }
    Ok(())
}

/// Only below the site root: parents of an absolute path stay.
fn remove_empty_parents(path: &Path) {
    if path.is_absolute() {
        return;
    }
    for parent in path.ancestors().skip(1) {
        if parent.as_os_str().is_empty() || parent == Path::new(".") || fs::remove_dir(parent).is_err() {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unique_name_is_no_longer_than_names_may_be() {
        for (name, ending) in [
            (format!("{}.jpg", "a".repeat(251)), ".jpg"),
            (format!("a.{}", "b".repeat(253)), ""),
            (format!("{}.{}", "a".repeat(100), "b".repeat(154)), ""),
        ] {
            let unique = unique_beside(&Path::new("var").join(&name));
            let unique = unique.file_name().unwrap().to_str().unwrap();
            assert!(unique.len() <= NAME_MAX && unique.ends_with(ending), "{unique}");
            assert_eq!(unique.as_bytes()[..50], name.as_bytes()[..50]);
        }
    }

    #[test]
    fn what_the_site_is_in_is_not_outside_of_it() {
        let root = std::env::current_dir().unwrap();
        for around in root.ancestors().chain([Path::new("."), Path::new("src/..")]) {
            assert!(outside_of(around).is_err(), "{}", around.display());
        }
        for path in ["src", "src/handler"] {
            assert!(outside_of(Path::new(path)).is_ok(), "{path}");
            assert!(outside_of(&root.join(path)).is_ok(), "{path}");
        }
    }

    #[test]
    fn a_unique_name_keeps_directory_and_ending() {
        let path = Path::new("var/images/photo.large.jpg");
        let (a, b) = (unique_beside(path), unique_beside(path));
        assert_ne!(a, b);
        assert_eq!(a.parent(), path.parent());
        let name = a
            .file_name()
            .map(|name| name.to_string_lossy().into_owned())
            .unwrap_or_default();
        assert!(
            name.starts_with("photo.large-") && name.ends_with(".jpg"),
            "{name}"
        );
        let long = PathBuf::from(format!("{}.png", "x".repeat(251)));
        assert!(unique_beside(&long).as_os_str().len() <= NAME_MAX);
    }
}
