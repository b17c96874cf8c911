//! What a migration would have to do.

use std::time::{Duration, Instant};

use super::Store;
use super::tables::{self, FILLED, NEW, POSITION, TARGET, There};
use crate::error::{Error, Result};
use crate::storage::claims::is_generating;
use crate::storage::install::Kind;
use crate::storage::{Metadata, Name};

/// How long files are read to learn how fast that is.
const SAMPLE: Duration = Duration::from_secs(3);
/// What a file costs beside its bytes, in seconds.
const PER_FILE: f64 = 0.0001;
/// Bytes that tell how fast they come.
const ENOUGH: u64 = 1 << 20;
/// What a byte costs where too few were read, in seconds.
const PER_BYTE: f64 = 2e-8;
/// Copying takes so many times as long as reading: measured on a machine at rest.
const FACTOR: f64 = 3.0;

/// What a migration would have to do.
#[derive(Debug, Default)]
pub struct Estimate {
    /// Layout of the tables as they are.
    pub from: &'static str,
    /// Files, expired ones and claims among them.
    pub files: u64,
    /// Their bytes, for which there must be room beside the tables as they are.
    pub bytes: u64,
    /// Of the files, claims that are open.
    pub claims: u64,
    /// Seconds that it would take, about.
    pub seconds: u64,
    /// Of the files that were read to learn that, those that are damaged.
    pub damaged: Vec<(Vec<u8>, String)>,
    /// A migration to this layout was begun.
    pub begun: Option<String>,
    /// Files that it has copied so far, about.
    pub copied: u64,
    /// A table that is in the way.
    pub in_the_way: Option<&'static str>,
}

impl Store {
    /// Finds out what a migration would have to do, and changes nothing.
    ///
    /// # Errors
    /// What kept the database from telling, [`Error::Interrupted`].
    pub fn estimate_migration(&self, to: Kind) -> Result<Estimate> {
        self.forget_layout();
        let mut estimate = Estimate {
            from: self.layout()?.kind(),
            ..Estimate::default()
        };
        if estimate.from == to.name() {
            return Ok(estimate);
        }
        self.look_at_begun(&mut estimate)?;
        let mut sample = Sample::begin();
        self.walk(&mut |file| {
            estimate.files += 1;
            estimate.bytes = estimate.bytes.saturating_add(file.size);
            estimate.claims += u64::from(is_generating(file.name()));
            sample.read(self, &file, &mut estimate.damaged)
        })?;
        estimate.seconds = sample.extrapolate(estimate.files, estimate.bytes);
        Ok(estimate)
    }

    fn look_at_begun(&self, estimate: &mut Estimate) -> Result<()> {
        let doing = "looking at the migration";
        let mut lease = self.pool().checkout()?;
        let session = lease.session()?;
        let there = There::look(session)?;
        estimate.in_the_way = there.in_the_way();
        if !there.is_begun() {
            return Ok(());
        }
        let mut line = |what| tables::get(session, what).map_err(Error::database(doing));
        estimate.begun = line(TARGET)?.map(|name| String::from_utf8_lossy(&name).into_owned());
        let copies = line(POSITION)?.is_some() || line(FILLED)?.is_some();
        if copies && there.has(NEW[0]) {
            estimate.copied = super::count(session, &format!("SELECT COUNT(*) FROM {}", NEW[0]))
                .map_err(Error::database(doing))?;
        }
        Ok(())
    }
}

/// Files that are read to learn how fast that is.
struct Sample {
    begun: Instant,
    time: Duration,
    files: u64,
    bytes: u64,
    closed: bool,
}

impl Sample {
    fn begin() -> Self {
        Self {
            begun: Instant::now(),
            time: Duration::ZERO,
            files: 0,
            bytes: 0,
            closed: false,
        }
    }

    /// Reads a file while there is time. That one is damaged is noted, and no error.
    fn read(&mut self, store: &Store, file: &Metadata, damaged: &mut Vec<(Vec<u8>, String)>) -> Result<()> {
        self.closed |= self.time > SAMPLE;
        if self.closed {
            return Ok(());
        }
        self.begun = Instant::now();
        let mut read = || -> Result<()> {
            if let Some(mut reader) = store.open(&Name::new(file.name()))? {
                while let Some(block) = reader.next_block()? {
                    self.bytes += block.len() as u64;
                    if self.time + self.begun.elapsed() > SAMPLE {
                        break;
                    }
                }
            }
            Ok(())
        };
        match read() {
            Err(Error::Damaged(text)) => damaged.push((file.name().to_vec(), text)),
            done => done?,
        }
        self.files += 1;
        self.time += self.begun.elapsed();
        Ok(())
    }

    /// Seconds for so many files and bytes. Numbers that are not exact anyway.
    #[allow(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss
    )]
    fn extrapolate(&self, files: u64, bytes: u64) -> u64 {
        let for_bytes = (self.time.as_secs_f64() - self.files as f64 * PER_FILE).max(0.0);
        let per_byte = if self.bytes < ENOUGH {
            PER_BYTE
        } else {
            for_bytes / self.bytes as f64
        };
        ((files as f64 * PER_FILE + bytes as f64 * per_byte) * FACTOR).ceil() as u64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_count_and_their_bytes_do() {
        let sample = |files, bytes| Sample {
            time: Duration::from_secs(3),
            files,
            bytes,
            ..Sample::begin()
        };
        // Empty files cost something too, however many bytes were read.
        assert_eq!(sample(8000, 0).extrapolate(3_000_000, 0), 900);
        assert!((9..11).contains(&sample(10, 300_000_000).extrapolate(10, 300_000_000)));
        assert!((90..92).contains(&sample(10, 300_000_000).extrapolate(10, 3_000_000_000)));
        assert!((900..1100).contains(&sample(8000, 0).extrapolate(3_000_000, 1_000_000_000)));
        assert_eq!(sample(0, 0).extrapolate(0, 0), 0);
    }
}
