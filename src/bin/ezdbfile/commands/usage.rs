//! `ezdbfile usage`

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::os::unix::ffi::OsStrExt;

use clap::Args;
use ezdbfile::storage::{Metadata, Store};
use serde_json::json;

use crate::failure::Failure;
use crate::select::{Selection, each_file};
use crate::{output, text};

/// Characters of the longest bar.
const BAR: u64 = 40;

/// Show how many files and bytes there are by scope and by directory, expired ones apart
#[derive(Args)]
pub struct Arguments {
    /// First characters of the names
    prefix: Option<OsString>,
    /// Directories down to this level
    #[arg(long, value_name = "LEVELS", default_value_t = 3)]
    depth: usize,
    /// A chart of the bytes
    #[arg(long)]
    bars: bool,
    /// One object for programs
    #[arg(long, conflicts_with = "bars")]
    json: bool,
}

#[derive(Debug, Default, Clone, Copy)]
struct Sum {
    files: u64,
    bytes: u64,
    expired: u64,
    expired_bytes: u64,
}

impl Sum {
    fn add(&mut self, file: &Metadata) {
        if file.is_expired() {
            self.expired += 1;
            self.expired_bytes += file.size;
        } else {
            self.files += 1;
            self.bytes += file.size;
        }
    }
}

type Sums = BTreeMap<Vec<u8>, Sum>;

/// Runs it.
pub fn run(store: &Store, arguments: &Arguments) -> Result<(), Failure> {
    let (mut scopes, mut directories) = (Sums::new(), Sums::new());
    let selection = Selection {
        prefix: arguments.prefix.as_deref().unwrap_or_default().as_bytes(),
        scopes: &[],
    };
    each_file(store, &selection, |file| {
        scopes.entry(file.scope().to_vec()).or_default().add(&file);
        let directory = directory(file.name(), arguments.depth);
        directories.entry(directory.to_vec()).or_default().add(&file);
        Ok(())
    })?;
    if arguments.json {
        return text::json_line(&json!({ "scopes": objects(&scopes), "directories": objects(&directories) }));
    }
    for (heading, sums) in [("scope", &scopes), ("directory", &directories)] {
        if arguments.bars {
            chart(heading, sums)?;
        } else {
            table(heading, sums)?;
        }
        output::line("")?;
    }
    Ok(())
}

/// The directory of a name, so many levels of it at most.
fn directory(name: &[u8], depth: usize) -> &[u8] {
    let ends = name.iter().enumerate().filter(|(_, byte)| **byte == b'/');
    let end = ends.take(depth).last().map_or(0, |(at, _)| at);
    name.get(..end).unwrap_or_default()
}

fn shown(key: &[u8]) -> String {
    if key.is_empty() {
        "(none)".into()
    } else {
        text::name(key)
    }
}

fn table(heading: &str, sums: &Sums) -> Result<(), Failure> {
    output::line(format!(
        "{:>12} {:>18} {:>12} {:>18}  {heading}",
        "files", "bytes", "expired", "expired bytes"
    ))?;
    for (key, sum) in sums {
        output::line(format!(
            "{:>12} {:>18} {:>12} {:>18}  {}",
            text::number(sum.files),
            text::number(sum.bytes),
            text::number(sum.expired),
            text::number(sum.expired_bytes),
            shown(key)
        ))?;
    }
    Ok(())
}

/// Live bytes as `#`, expired ones as `-`.
fn chart(heading: &str, sums: &Sums) -> Result<(), Failure> {
    let most = sums
        .values()
        .map(|sum| sum.bytes + sum.expired_bytes)
        .max()
        .unwrap_or(0)
        .max(1);
    let length = |bytes: u64| u128::from(bytes) * u128::from(BAR) / u128::from(most);
    output::line(format!("bytes by {heading} (# live, - expired)"))?;
    for (key, sum) in sums {
        let live = usize::try_from(length(sum.bytes)).unwrap_or(0);
        let expired = usize::try_from(length(sum.expired_bytes)).unwrap_or(0);
        let bar = format!("{}{}", "#".repeat(live), "-".repeat(expired));
        let bytes = text::number(sum.bytes + sum.expired_bytes);
        output::line(format!("{bar:<40} {bytes:>18}  {}", shown(key)))?;
    }
    Ok(())
}

fn objects(sums: &Sums) -> Vec<serde_json::Value> {
    sums.iter()
        .map(|(key, sum)| {
            let mut value = json!({
                "files": sum.files, "bytes": sum.bytes,
                "expired": sum.expired, "expired_bytes": sum.expired_bytes,
            });
            text::json_name(&mut value, key);
            value
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn directories_have_so_many_levels() {
        for (name, depth, found) in [
            ("var/site/storage/images/a.png", 3, "var/site/storage"),
            ("var/a.png", 3, "var"),
            ("a.png", 3, ""),
            ("var/site/a", 0, ""),
        ] {
            assert_eq!(directory(name.as_bytes(), depth), found.as_bytes(), "{name}");
        }
    }
}
