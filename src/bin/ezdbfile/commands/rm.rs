//! `ezdbfile rm`

use std::ffi::OsString;

use clap::Args;
use ezdbfile::error::Error;
use ezdbfile::storage::Store;
use ezdbfile::storage::layout::Age;
use ezdbfile::storage::pattern::Match;

use super::named;
use crate::failure::Failure;
use crate::{output, text};

/// Rows that are removed in one transaction.
const BATCH: usize = 100;

/// Mark files as deleted, as the site does; purge removes them later
#[derive(Args)]
pub struct Arguments {
    /// Names, relative to the site root
    #[arg(required = true)]
    names: Vec<OsString>,
    /// Everything below the names as directories too
    #[arg(long, short)]
    recursive: bool,
    /// Remove for good, expired files too, rather than mark
    #[arg(long)]
    purge: bool,
}

/// Runs it.
pub fn run(store: &Store, arguments: &Arguments) -> Result<(), Failure> {
    let mut missing = false;
    for name in &arguments.names {
        let name = named(name)?;
        let shown = text::name(name.bytes());
        let about = |error| Failure::about(&shown, error);
        let matching = if arguments.recursive {
            Match::Tree(name.clone())
        } else {
            Match::Exactly(name.clone())
        };
        let (done, count) = if arguments.purge {
            let keys = store.matching(&matching, Age::Any).map_err(about)?;
            let mut removed = 0;
            for keys in keys.chunks(BATCH) {
                removed += store.remove(keys, Age::Any).map_err(about)?;
            }
            ("removed", removed)
        } else {
            ("marked as deleted", store.expire(&matching).map_err(about)?)
        };
        if count == 0 {
            eprintln!("ezdbfile: {shown}: {}", Error::NotFound);
            missing = true;
        } else {
            output::line(format!("{shown}: {} {done}", text::number(count)))?;
        }
    }
    if missing { Err(Failure::Told) } else { Ok(()) }
}
