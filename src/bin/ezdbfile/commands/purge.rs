//! `ezdbfile purge`

use clap::Args;
use ezdbfile::storage::claims::is_generating;
use ezdbfile::storage::layout::Age;
use ezdbfile::storage::{Key, Store};
use serde_json::json;

use crate::failure::Failure;
use crate::progress::Progress;
use crate::{output, text};

/// Files that are removed in one transaction, at most.
const BATCH_FILES: usize = 100;
/// Bytes of these files, at most, unless one alone has more.
const BATCH_BYTES: u64 = 16 << 20;

/// Remove expired files for good
///
/// The age of a file is that of its content (mtime): the tables do not keep when it was marked.
#[derive(Args)]
pub struct Arguments {
    /// Only files that are older than this, such as 90s, 15m, 12h, 30d
    #[arg(long, value_name = "AGE", value_parser = text::span)]
    older_than: i64,
    /// Only say what would go
    #[arg(long)]
    dry_run: bool,
    /// The result as an object, for programs
    #[arg(long)]
    json: bool,
}

#[derive(Default)]
struct Batch {
    keys: Vec<Key>,
    bytes: u64,
}

/// Runs it.
pub fn run(store: &Store, arguments: &Arguments) -> Result<(), Failure> {
    let before = text::now() - arguments.older_than;
    let progress = Progress::start("purging");
    let mut batch = Batch::default();
    let remove = |batch: &mut Batch| -> Result<(), Failure> {
        if !arguments.dry_run && !batch.keys.is_empty() {
            // One that is live again meanwhile stays.
            store.remove(&batch.keys, Age::Expired)?;
        }
        progress.add(batch.keys.len() as u64, batch.bytes);
        *batch = Batch::default();
        Ok(())
    };
    store.walk(&mut |file| {
        if !file.is_expired() || file.mtime.saturating_abs() > before || is_generating(file.name()) {
            return Ok(());
        }
        batch.keys.push(Key::new(file.number(), file.name()));
        batch.bytes += file.size;
        if batch.keys.len() >= BATCH_FILES || batch.bytes >= BATCH_BYTES {
            remove(&mut batch)?;
        }
        Ok::<(), Failure>(())
    })?;
    remove(&mut batch)?;
    let (files, bytes) = progress.end();
    if arguments.json {
        return text::json_line(&json!({ "files": files, "bytes": bytes, "dry_run": arguments.dry_run }));
    }
    output::line(format!(
        "{} expired files with {} bytes {}",
        text::number(files),
        text::number(bytes),
        if arguments.dry_run {
            "would be removed"
        } else {
            "removed"
        }
    ))
}
