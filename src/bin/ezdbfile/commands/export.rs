//! `ezdbfile export`

use std::ffi::{OsStr, OsString};
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::MetadataExt;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use clap::Args;
use ezdbfile::error::{Error, Result as Done};
use ezdbfile::handler::temporary::{Modes, Temporary};
use ezdbfile::storage::{Metadata, Name, Store};
use serde_json::json;

use crate::failure::{Failure, concerns_all};
use crate::progress::Progress;
use crate::select::{Selection, each_file};
use crate::{output, parallel, text};

/// Write the live files of the cluster below a directory, with their modification times
///
/// Each file appears when it is whole and all its bytes add up. A local file of the same size and
/// time is skipped, so that an interrupted export goes on where it was.
#[derive(Args)]
pub struct Arguments {
    /// Where to: the site root of the copy
    directory: PathBuf,
    /// Only these scopes, with commas between
    #[arg(long, value_delimiter = ',')]
    scope: Vec<String>,
    /// First characters of the names
    #[arg(long)]
    prefix: Option<OsString>,
    /// Threads, each with a connection
    #[arg(long, value_name = "N", default_value_t = 4, value_parser = clap::value_parser!(u32).range(1..=64))]
    pub jobs: u32,
    /// Write files too that are there with the same size and time
    #[arg(long)]
    overwrite: bool,
    /// The result as an object, for programs
    #[arg(long)]
    json: bool,
}

/// One export under way.
struct Export<'a> {
    store: &'a Store,
    arguments: &'a Arguments,
    progress: Progress,
    present: AtomicU64,
    failed: AtomicU64,
}

/// Runs it.
pub fn run(store: &Store, arguments: &Arguments) -> Result<(), Failure> {
    store.layout()?;
    let export = Export {
        store,
        arguments,
        progress: Progress::start("exporting"),
        present: AtomicU64::new(0),
        failed: AtomicU64::new(0),
    };
    let selection = Selection {
        prefix: arguments.prefix.as_deref().unwrap_or_default().as_bytes(),
        scopes: &arguments.scope,
    };
    let done = parallel::run(
        arguments.jobs,
        |give| {
            each_file(store, &selection, |file| {
                if file.is_expired() { Ok(()) } else { give(file) }
            })
        },
        |file| export.file(&file),
    );
    let (files, bytes) = export.progress.end();
    let (present, failed) = (export.present.load(Relaxed), export.failed.load(Relaxed));
    if arguments.json {
        text::json_line(&json!({ "written": files, "bytes": bytes, "present": present, "failed": failed }))?;
    } else {
        output::line(format!(
            "{} files with {} bytes written, {} there already, {} failed",
            text::number(files),
            text::number(bytes),
            text::number(present),
            text::number(failed)
        ))?;
    }
    done?;
    if failed > 0 { Err(Failure::Told) } else { Ok(()) }
}

impl Export<'_> {
    fn file(&self, file: &Metadata) -> Result<(), Failure> {
        match self.one(file) {
            Ok(()) => Ok(()),
            Err(error) if concerns_all(&error) => Err(error.into()),
            Err(error) => {
                self.failed.fetch_add(1, Relaxed);
                self.progress
                    .say(&format!("ezdbfile: {}: {error}", text::name(file.name())));
                Ok(())
            }
        }
    }

    fn one(&self, file: &Metadata) -> Done<()> {
        let path = self.arguments.directory.join(below(file.name())?);
        if !self.arguments.overwrite && is_there(&path, file) {
            self.present.fetch_add(1, Relaxed);
            return Ok(());
        }
        // Deleted since it was listed: there is nothing to write.
        let Some(mut reader) = self.store.open(&Name::new(file.name()))? else {
            return Ok(());
        };
        if reader.metadata().is_expired() {
            return Ok(());
        }
        let modes = Modes {
            file: 0o644,
            directory: 0o755,
        };
        let mut copy = Temporary::create(&path, modes)?;
        while let Some(block) = reader.next_block()? {
            if crate::interrupt::requested() {
                return Err(Error::Interrupted);
            }
            copy.write(block)?;
        }
        let metadata = reader.metadata();
        let size = metadata.size;
        copy.publish((metadata.mtime.unsigned_abs(), 0))?;
        self.progress.add(1, size);
        Ok(())
    }
}

/// The path of a name below a directory: nothing that leads elsewhere, and no two names to one place.
fn below(name: &[u8]) -> Done<&OsStr> {
    let detour = |segment: &[u8]| segment.is_empty() || segment == b"." || segment == b"..";
    if name.contains(&0) || name.split(|byte| *byte == b'/').any(detour) {
        return Err(Error::Refused(
            "the name is not that of a file below a directory; it was left out".into(),
        ));
    }
    Ok(OsStr::from_bytes(name))
}

fn is_there(path: &std::path::Path, file: &Metadata) -> bool {
    fs::symlink_metadata(path)
        .is_ok_and(|there| there.is_file() && there.len() == file.size && there.mtime() == file.mtime)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_lead_elsewhere() {
        for name in ["", "/a", "a/", "a//b", "./a", "a/../b", "..", "a\0b"] {
            assert!(below(name.as_bytes()).is_err(), "{name}");
        }
        for name in ["a", "..a/b..", "a/ /b", "-rf"] {
            assert!(below(name.as_bytes()).is_ok(), "{name}");
        }
    }
}
