//! `ezdbfile ls`

use std::ffi::OsString;
use std::os::unix::ffi::OsStrExt;

use clap::Args;
use ezdbfile::storage::Store;

use crate::failure::Failure;
use crate::select::{Selection, each_file};
use crate::{output, text};

/// List files: flag (E: expired), size, time (UTC), scope, datatype, name
///
/// With a prefix in the order of names, without one in the order of the tables. Names have control
/// characters, backslashes and bytes that are not UTF-8 escaped; -0 gives them as they are.
#[derive(Args)]
pub struct Arguments {
    /// First characters of the names
    prefix: Option<OsString>,
    /// Only these scopes, with commas between
    #[arg(long, value_delimiter = ',')]
    scope: Vec<String>,
    /// Expired files too
    #[arg(long, short)]
    all: bool,
    /// One object a line, for programs
    #[arg(long)]
    json: bool,
    /// Names alone, each ended by a NUL byte
    #[arg(long, short = '0', conflicts_with = "json")]
    null: bool,
}

/// Runs it.
pub fn run(store: &Store, arguments: &Arguments) -> Result<(), Failure> {
    let selection = Selection {
        prefix: arguments.prefix.as_deref().unwrap_or_default().as_bytes(),
        scopes: &arguments.scope,
    };
    each_file(store, &selection, |file| {
        if file.is_expired() && !arguments.all {
            Ok(())
        } else if arguments.json {
            text::json_line(&text::json_file(&file))
        } else if arguments.null {
            output::bytes(&[file.name(), b"\0".as_slice()].concat())
        } else {
            output::line(format!(
                "{} {:>13} {} {:<14} {:<24} {}",
                if file.is_expired() { 'E' } else { '-' },
                file.size,
                text::time(file.mtime),
                text::name(file.scope()),
                text::name(file.datatype()),
                text::name(file.name())
            ))
        }
    })?;
    output::flush()
}
