//! `ezdbfile stat`

use std::ffi::OsString;

use clap::Args;
use ezdbfile::storage::Store;

use super::{found, named};
use crate::failure::Failure;
use crate::{output, text};

/// Show what is known about files
#[derive(Args)]
pub struct Arguments {
    /// Names, relative to the site root
    #[arg(required = true)]
    names: Vec<OsString>,
    /// One object a line, for programs
    #[arg(long)]
    json: bool,
}

/// Runs it.
pub fn run(store: &Store, arguments: &Arguments) -> Result<(), Failure> {
    for name in &arguments.names {
        let name = named(name)?;
        let file = found(store, &name)?;
        if arguments.json {
            let mut value = text::json_file(&file);
            text::set(&mut value, "name_hash", name.hash().into());
            text::json_line(&value)?;
            continue;
        }
        output::line(format!("name      {}", text::name(file.name())))?;
        output::line(format!("hash      {}", name.hash()))?;
        output::line(format!("size      {}", file.size))?;
        let time = text::time(file.mtime);
        output::line(format!("mtime     {} ({time} UTC)", file.mtime.saturating_abs()))?;
        output::line(format!(
            "state     {}",
            if file.is_expired() { "expired" } else { "live" }
        ))?;
        output::line(format!("scope     {}", text::name(file.scope())))?;
        output::line(format!("datatype  {}", text::name(file.datatype())))?;
    }
    Ok(())
}
