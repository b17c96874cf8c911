//! `ezdbfile import`

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use clap::Args;
use ezdbfile::error::{Error, Result as Done};
use ezdbfile::handler::path;
use ezdbfile::handler::temporary;
use ezdbfile::storage::claims::is_generating;
use ezdbfile::storage::source::{Identity, LocalFile, Source};
use ezdbfile::storage::write::Description;
use ezdbfile::storage::{Metadata, Name, Store};
use serde_json::json;

use crate::failure::{Failure, concerns_all};
use crate::local::{Found, Met, Tree};
use crate::progress::Progress;
use crate::{kind, output, parallel, text};

/// Bring the files of a directory into the cluster, with their modification times
///
/// Names are relative to the site root. What is in the cluster with the same size and time is skipped,
/// so that an interrupted import goes on where it was. What the cluster has in a newer version, or
/// had and deleted since, is left as it is there. Links are not followed, special files not read.
#[derive(Args)]
pub struct Arguments {
    /// A var directory, or one below it
    directory: PathBuf,
    /// Site root; without it that of --site, else the parent of the last "var" in DIRECTORY
    #[arg(long, value_name = "DIR")]
    root: Option<PathBuf>,
    /// Only files of these scopes, with commas between; without it all of storage directories
    #[arg(long, value_delimiter = ',')]
    scope: Vec<String>,
    /// Threads, each with a connection
    #[arg(long, value_name = "N", default_value_t = 4, value_parser = clap::value_parser!(u32).range(1..=64))]
    pub jobs: u32,
    /// Remove each local file once it is in the cluster and was read back and compared
    #[arg(long)]
    delete: bool,
    /// Replace newer versions, and bring back what the cluster deleted
    #[arg(long)]
    overwrite: bool,
    /// The result as an object, for programs
    #[arg(long)]
    json: bool,
}

/// What became of the files.
#[derive(Debug, Default)]
struct Tally {
    stored: AtomicU64,
    present: AtomicU64,
    newer: AtomicU64,
    deleted: AtomicU64,
    other: AtomicU64,
    special: AtomicU64,
    removed: AtomicU64,
    failed: AtomicU64,
}

/// One import under way.
struct Import<'a> {
    store: &'a Store,
    arguments: &'a Arguments,
    tally: Tally,
    progress: Progress,
}

/// Runs it.
pub fn run(store: &Store, site: Option<&Path>, arguments: &Arguments) -> Result<(), Failure> {
    let tree = Tree::new(&arguments.directory, arguments.root.as_deref().or(site))?;
    // Tells at once what is wrong with the connection or the tables.
    store.layout()?;
    let import = Import {
        store,
        arguments,
        tally: Tally::default(),
        progress: Progress::start("importing"),
    };
    let done = parallel::run(
        arguments.jobs,
        |give| {
            tree.walk(|met| match met {
                Met::File(found) => give(found),
                Met::Special => {
                    import.tally.special.fetch_add(1, Relaxed);
                    Ok(())
                }
                Met::Error(text) => {
                    import.fail(&text);
                    Ok(())
                }
            })
        },
        |found| import.file(&found),
    );
    let (_, bytes) = import.progress.end();
    import.summary(&tree, bytes)?;
    done?;
    if import.tally.failed.load(Relaxed) > 0 {
        return Err(Failure::Told);
    }
    Ok(())
}

impl Import<'_> {
    fn fail(&self, text: &str) {
        self.tally.failed.fetch_add(1, Relaxed);
        self.progress.say(&format!("ezdbfile: {text}"));
    }

    /// One file. An error that concerns it alone is told, and counted.
    fn file(&self, found: &Found) -> Result<(), Failure> {
        match self.one(found) {
            Ok(count) => {
                count.fetch_add(1, Relaxed);
                Ok(())
            }
            Err(error) if concerns_all(&error) => Err(error.into()),
            Err(error) => {
                self.fail(&format!("{}: {error}", text::name(&found.name)));
                Ok(())
            }
        }
    }

    fn one(&self, found: &Found) -> Done<&AtomicU64> {
        if is_generating(&found.name) || temporary::is_one(&found.path) {
            return Ok(&self.tally.other);
        }
        let wanted = &self.arguments.scope;
        // Where no content can make it a wanted one, the file is not even opened.
        if wanted.is_empty() && kind::scope(&found.name, "").is_none_or(kind::is_cache) {
            return Ok(&self.tally.other);
        }
        if path::clean(&found.name) != found.name {
            return Err(Error::Refused(
                "a name with a backslash cannot be asked for by the site; it was left out".into(),
            ));
        }
        let mut source = LocalFile::open_itself(&found.path)?;
        let datatype = kind::datatype(&found.name, source.block(kind::HEAD)?);
        let scope = kind::scope(&found.name, &datatype).unwrap_or(kind::UNKNOWN);
        if !wanted.is_empty() && !wanted.iter().any(|wanted| wanted == scope) {
            return Ok(&self.tally.other);
        }
        let name = Name::new(&found.name);
        let description = Description {
            datatype: datatype.as_bytes(),
            scope: scope.as_bytes(),
            mtime: source.mtime(),
        };
        let stored = loop {
            let there = self.store.find(&name)?;
            if let Some(there) = &there
                && let Some(count) = self.left_alone(there, &source)
            {
                if self.arguments.delete && std::ptr::eq(count, &self.tally.present) {
                    self.delete(&name, found, source.identity())?;
                }
                return Ok(count);
            }
            // Where the site stored another version since, that one is looked at.
            if let Some(stored) = self
                .store
                .put_over(there.as_ref(), &name, description, &mut source)?
            {
                break stored;
            }
            if crate::interrupt::requested() {
                return Err(Error::Interrupted);
            }
        };
        if stored.datatype_replaced {
            let name = text::name(&found.name);
            self.progress.say(&format!(
                "{name}: the type {datatype} does not fit into its column and was replaced"
            ));
        }
        self.progress.add(1, source.size());
        if self.arguments.delete {
            self.delete(&name, found, source.identity())?;
        }
        Ok(&self.tally.stored)
    }

    /// The file in the cluster stays as it is; what it counts as.
    fn left_alone(&self, there: &Metadata, source: &LocalFile) -> Option<&AtomicU64> {
        let (cluster, local) = (there.mtime.saturating_abs(), source.mtime().max(1));
        if cluster == local && there.size == source.size() && !there.is_expired() {
            Some(&self.tally.present)
        } else if self.arguments.overwrite {
            None
        } else if there.is_expired() {
            // Its time is that of its content, and does not tell when it was marked.
            Some(&self.tally.deleted)
        } else {
            (cluster > local).then_some(&self.tally.newer)
        }
    }

    /// Removes a local file that the cluster has byte for byte, and that nobody touched meanwhile.
    fn delete(&self, name: &Name, found: &Found, seen: &Identity) -> Done<()> {
        let mut local = LocalFile::open_itself(&found.path)?;
        let mut reader = self.store.open(name)?.ok_or(Error::NotFound)?;
        let differs =
            || Error::Refused("the cluster does not have the same bytes; the local file was kept".into());
        if reader.metadata().is_expired() {
            return Err(differs());
        }
        while let Some(block) = reader.next_block()? {
            let mut rest = block;
            while !rest.is_empty() {
                let local = local.block(rest.len())?;
                if local.is_empty() || !rest.starts_with(local) {
                    return Err(differs());
                }
                rest = rest.get(local.len()..).unwrap_or_default();
            }
            if crate::interrupt::requested() {
                return Err(Error::Interrupted);
            }
        }
        if !local.block(1)?.is_empty() {
            return Err(differs());
        }
        local.verify()?;
        let now = fs::symlink_metadata(&found.path).map_err(Error::local("look at", &found.path))?;
        if local.identity() != seen || Identity::of(&now) != *seen {
            return Err(Error::ChangedWhileRead {
                path: found.path.clone(),
            });
        }
        fs::remove_file(&found.path).map_err(Error::local("remove", &found.path))?;
        self.tally.removed.fetch_add(1, Relaxed);
        Ok(())
    }

    fn summary(&self, tree: &Tree, bytes: u64) -> Result<(), Failure> {
        let tally = &self.tally;
        let counts = [
            ("stored", &tally.stored, "stored"),
            ("present", &tally.present, "in the cluster already"),
            ("newer", &tally.newer, "newer in the cluster, left as they are"),
            ("deleted", &tally.deleted, "deleted in the cluster, left out"),
            ("other", &tally.other, "caches, logs or of other scopes, left out"),
            ("special", &tally.special, "links or special files, left out"),
            ("removed", &tally.removed, "local files removed"),
            ("failed", &tally.failed, "failed"),
        ];
        if self.arguments.json {
            let mut value = json!({ "bytes": bytes });
            for (key, count, _) in counts {
                text::set(&mut value, key, json!(count.load(Relaxed)));
            }
            return text::json_line(&value);
        }
        output::line(format!(
            "names relative to {}; {} bytes stored",
            tree.root().display(),
            text::number(bytes)
        ))?;
        for (key, count, words) in counts {
            let count = count.load(Relaxed);
            if count > 0 || key == "stored" {
                output::line(format!("{:>12} {words}", text::number(count)))?;
            }
        }
        Ok(())
    }
}
