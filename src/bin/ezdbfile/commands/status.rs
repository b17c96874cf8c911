//! `ezdbfile status`

use clap::Args;
use ezdbfile::storage::claims::is_generating;
use ezdbfile::storage::{Metadata, Store};
use serde_json::json;

use crate::failure::Failure;
use crate::{output, text};

/// Show the server, the layout, how many files there are, the largest ones, and claims
#[derive(Args)]
pub struct Arguments {
    /// One object for programs
    #[arg(long)]
    json: bool,
    /// How many of the largest files are shown
    #[arg(long, value_name = "N", default_value_t = 5)]
    largest: usize,
}

#[derive(Default)]
struct Counts {
    files: u64,
    bytes: u64,
    expired: u64,
    expired_bytes: u64,
    largest: Vec<Metadata>,
    claims: Vec<Metadata>,
}

/// Runs it.
pub fn run(store: &Store, arguments: &Arguments) -> Result<(), Failure> {
    let server = store.server_version()?;
    let cipher = store.cipher()?;
    let layout = store.layout()?.kind();
    let mut counts = Counts::default();
    store.walk(&mut |file| {
        counts.add(file, arguments.largest);
        Ok::<(), Failure>(())
    })?;
    let target = store.pool().settings().target();
    let now = text::now();
    if arguments.json {
        let claims: Vec<_> = counts
            .claims
            .iter()
            .map(|claim| {
                let mut value = json!({ "age": now - claim.mtime.saturating_abs() });
                text::json_name(&mut value, claim.name());
                value
            })
            .collect();
        return text::json_line(&json!({
            "target": target,
            "server": server,
            "cipher": cipher,
            "layout": layout,
            "files": counts.files,
            "bytes": counts.bytes,
            "expired": counts.expired,
            "expired_bytes": counts.expired_bytes,
            "largest": counts.largest.iter().map(text::json_file).collect::<Vec<_>>(),
            "claims": claims,
        }));
    }
    output::line(format!("cluster   {target}"))?;
    output::line(format!("server    {server}"))?;
    output::line(format!("cipher    {}", cipher.as_deref().unwrap_or("none")))?;
    output::line(format!("layout    {layout}"))?;
    for (what, files, bytes) in [
        ("live   ", counts.files, counts.bytes),
        ("expired", counts.expired, counts.expired_bytes),
    ] {
        output::line(format!(
            "{what}   {} files, {} bytes",
            text::number(files),
            text::number(bytes)
        ))?;
    }
    if !counts.largest.is_empty() {
        output::line("largest live files")?;
    }
    for file in &counts.largest {
        output::line(format!(
            "  {:>15}  {}",
            text::number(file.size),
            text::name(file.name())
        ))?;
    }
    output::line(format!("claims    {}", counts.claims.len()))?;
    for claim in &counts.claims {
        let age = now - claim.mtime.saturating_abs();
        output::line(format!("  {age:>9} seconds old  {}", text::name(claim.name())))?;
    }
    Ok(())
}

impl Counts {
    fn add(&mut self, file: Metadata, largest: usize) {
        if is_generating(file.name()) {
            self.claims.push(file);
        } else if file.is_expired() {
            self.expired += 1;
            self.expired_bytes += file.size;
        } else {
            self.files += 1;
            self.bytes += file.size;
            let place = self.largest.partition_point(|other| other.size >= file.size);
            if place < largest {
                self.largest.insert(place, file);
                self.largest.truncate(largest);
            }
        }
    }
}
