//! The methods of `eZDBFileHandler`, by what they are for.

pub mod ask;
pub mod cache;
pub mod delete;
pub mod fetch;
pub mod generation;
pub mod object;
pub mod output;
pub mod purge;
pub mod relocate;
pub mod store;
pub mod store_cache;

use std::path::PathBuf;

use super::call::Call;
use super::convert;
use super::errors::Failure;
use super::known::Known;
use super::zend;
use crate::error::{Error, Result as ClusterResult};
use crate::handler::path;
use crate::storage::Name;

type Done = Result<(), Failure>;

/// A cleaned path argument that must not be empty.
fn name(call: &Call<'_>, index: usize) -> Result<Name, Failure> {
    let given = convert::text(call, index)?;
    let cleaned = path::not_empty(path::clean(&given)).map_err(|error| Failure::with(&given, &error))?;
    Ok(Name::from(cleaned))
}

/// Goes back when the request cannot go on.
fn pending() -> Done {
    if zend::exception_pending() {
        Err(Failure::Pending)
    } else {
        Ok(())
    }
}

/// The path of the object; none when it has none.
fn own_path(call: &Call<'_>) -> Result<Option<Vec<u8>>, Failure> {
    let Some(this) = call.this() else { return Ok(None) };
    let value = Known::FilePath.property_of(this);
    pending()?;
    let cleaned = match value.zend_str() {
        Some(text) => path::clean(text.as_bytes()),
        None => path::clean(&convert::text_of(&value).unwrap_or(Ok(Vec::new()))?),
    };
    Ok((!cleaned.is_empty()).then_some(cleaned))
}

/// The name of the object's file.
fn own_name(call: &Call<'_>) -> Result<Name, Failure> {
    match own_path(call)? {
        Some(path) => Ok(Name::from(path)),
        None => Err(Failure::Warning(
            "the object has no path: it was made without one, or its filePath is empty".into(),
        )),
    }
}

/// Where the local copy of a name is, if the script may go there.
fn local_path(name: &[u8]) -> ClusterResult<PathBuf> {
    let path = path::local(name)?;
    allowed(&path)?;
    Ok(path)
}

/// `open_basedir` lets the script use the path.
fn allowed(path: &std::path::Path) -> ClusterResult<()> {
    if zend::open_basedir_allows(path) {
        return Ok(());
    }
    Err(Error::Refused(format!(
        "open_basedir does not allow the path {}",
        path.display()
    )))
}
