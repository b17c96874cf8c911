//! `ezdbfile cat`

use std::ffi::OsString;

use clap::Args;
use ezdbfile::error::Error;
use ezdbfile::storage::Store;

use super::named;
use crate::failure::Failure;
use crate::{output, text};

/// Write the bytes of a file to the standard output, also of an expired one
///
/// The exit status is 0 only when all bytes came.
#[derive(Args)]
pub struct Arguments {
    /// Name, relative to the site root
    name: OsString,
}

/// Runs it.
pub fn run(store: &Store, arguments: &Arguments) -> Result<(), Failure> {
    let name = named(&arguments.name)?;
    let about = |error| Failure::about(&text::name(name.bytes()), error);
    let mut reader = store
        .open(&name)
        .map_err(about)?
        .ok_or_else(|| about(Error::NotFound))?;
    while let Some(block) = reader.next_block().map_err(about)? {
        if crate::interrupt::requested() {
            return Err(Failure::Interrupted);
        }
        output::bytes(block)?;
    }
    output::flush()
}
