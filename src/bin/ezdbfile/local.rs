//! Local trees: which files they have, and what these are called in the cluster.

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;
use std::path::{Component, Path, PathBuf};

use walkdir::WalkDir;

use crate::failure::Failure;

/// A regular file of a tree.
#[derive(Debug)]
pub struct Found {
    /// Where it is.
    pub path: PathBuf,
    /// Path relative to the site root.
    pub name: Vec<u8>,
}

/// What is met on the way.
#[derive(Debug)]
pub enum Met {
    /// A file.
    File(Found),
    /// Neither a file nor a directory: a link, a pipe, a socket, a device.
    Special,
    /// What could not be looked at.
    Error(String),
}

/// A directory and the site root above it.
#[derive(Debug)]
pub struct Tree {
    directory: PathBuf,
    root: PathBuf,
}

impl Tree {
    /// The root is the one named, or else the parent of the last directory `var` in the path.
    pub fn new(directory: &Path, root: Option<&Path>) -> Result<Self, Failure> {
        let directory = absolute(directory)?;
        let there = std::fs::metadata(&directory)
            .map_err(|error| Failure::Usage(format!("cannot read {}: {error}", directory.display())))?;
        if !there.is_dir() {
            return Err(Failure::Usage(format!("{} is no directory", directory.display())));
        }
        let root = match root {
            Some(root) => absolute(root)?,
            None => directory
                .ancestors()
                .find(|ancestor| ancestor.file_name() == Some(OsStr::new("var")))
                .and_then(Path::parent)
                .map(Path::to_owned)
                .ok_or_else(|| {
                    Failure::Usage(format!(
                        "names are relative to the site root, and {} is not below a directory \"var\": name the root with --root",
                        directory.display()
                    ))
                })?,
        };
        if !directory.starts_with(&root) {
            return Err(Failure::Usage(format!(
                "{} is not below the site root {}",
                directory.display(),
                root.display()
            )));
        }
        Ok(Self { directory, root })
    }

    /// The site root.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Goes through the tree. Links are not followed, wherever they lead; the directory itself may
    /// be one.
    pub fn walk(&self, mut each: impl FnMut(Met) -> Result<(), Failure>) -> Result<(), Failure> {
        // A path with a slash at its end is the directory behind a link.
        let start = self.directory.join("");
        for entry in WalkDir::new(start)
            .follow_links(false)
            .follow_root_links(true)
            .min_depth(1)
        {
            each(match entry {
                Err(error) => Met::Error(error.to_string()),
                Ok(entry) if entry.file_type().is_dir() => continue,
                Ok(entry) if entry.file_type().is_file() => match entry.path().strip_prefix(&self.root) {
                    Ok(name) => Met::File(Found {
                        name: name.as_os_str().as_bytes().to_vec(),
                        path: entry.path().to_owned(),
                    }),
                    Err(error) => Met::Error(format!("{}: {error}", entry.path().display())),
                },
                Ok(_) => Met::Special,
            })?;
        }
        Ok(())
    }
}

/// The absolute form of a path, links left as they are.
fn absolute(path: &Path) -> Result<PathBuf, Failure> {
    if path.components().any(|part| part == Component::ParentDir) {
        return Err(Failure::Usage(format!("write {} without \"..\"", path.display())));
    }
    std::path::absolute(path).map_err(|error| Failure::Usage(format!("{}: {error}", path.display())))
}
