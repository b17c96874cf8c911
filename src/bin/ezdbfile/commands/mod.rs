//! One file for each command.

pub mod cat;
pub mod check;
pub mod export;
pub mod import;
pub mod install;
pub mod ls;
pub mod migrate;
pub mod purge;
pub mod put;
pub mod rm;
pub mod stat;
pub mod status;
pub mod usage;

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;

use ezdbfile::error::Error;
use ezdbfile::handler::path;
use ezdbfile::storage::{Metadata, Name, Store};

use crate::failure::Failure;
use crate::text;

/// The name that an argument means.
fn named(argument: &OsStr) -> Result<Name, Failure> {
    let bytes = path::not_empty(path::clean(argument.as_bytes()))
        .map_err(|_| Failure::Usage("the name is empty".into()))?;
    Ok(Name::new(&bytes))
}

/// The file of a name.
fn found(store: &Store, name: &Name) -> Result<Metadata, Failure> {
    let about = |error| Failure::about(&text::name(name.bytes()), error);
    store
        .find(name)
        .map_err(about)?
        .ok_or_else(|| about(Error::NotFound))
}
