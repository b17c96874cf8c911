//! `ezdbfile put`

use std::ffi::OsString;
use std::path::PathBuf;

use clap::Args;
use ezdbfile::storage::Store;
use ezdbfile::storage::source::{LocalFile, Source};
use ezdbfile::storage::write::Description;

use super::named;
use crate::failure::Failure;
use crate::{kind, output, text};

/// Store a local file under a name, with its modification time
#[derive(Args)]
pub struct Arguments {
    /// Local file
    file: PathBuf,
    /// Name, relative to the site root
    name: OsString,
    /// Scope; without it, by eZ's directories
    #[arg(long)]
    scope: Option<String>,
    /// MIME type; without it, by content and ending
    #[arg(long = "type", value_name = "TYPE")]
    datatype: Option<String>,
}

/// Runs it.
pub fn run(store: &Store, arguments: &Arguments) -> Result<(), Failure> {
    let name = named(&arguments.name)?;
    let about = |error| Failure::about(&text::name(name.bytes()), error);
    let mut source = LocalFile::open(&arguments.file)?;
    let datatype = match &arguments.datatype {
        Some(datatype) => datatype.clone(),
        None => kind::datatype(name.bytes(), source.block(kind::HEAD).map_err(about)?),
    };
    let scope = match &arguments.scope {
        Some(scope) => scope.as_str(),
        None => kind::scope(name.bytes(), &datatype).unwrap_or(kind::UNKNOWN),
    };
    let description = Description {
        datatype: datatype.as_bytes(),
        scope: scope.as_bytes(),
        mtime: source.mtime(),
    };
    let stored = store.put(&name, description, &mut source).map_err(about)?;
    if stored.datatype_replaced {
        eprintln!("ezdbfile: the type {datatype} does not fit into its column and was replaced");
    }
    output::line(format!(
        "{}: {} bytes, {scope}, {}",
        text::name(name.bytes()),
        text::number(stored.metadata.size),
        text::name(stored.metadata.datatype())
    ))
}
