//! Going through the files of the cluster.

use ezdbfile::error::Error;
use ezdbfile::storage::claims::is_generating;
use ezdbfile::storage::list::{Listed, Wanted};
use ezdbfile::storage::{Metadata, Name, Store};

use crate::failure::Failure;

/// Which files.
#[derive(Debug, Default)]
pub struct Selection<'a> {
    /// First bytes of the name.
    pub prefix: &'a [u8],
    /// Scopes; none: all.
    pub scopes: &'a [String],
}

/// Calls `each` for every file, live or expired, that is not a claim. With a prefix the names are taken
/// from the index, and then looked up one by one; without one, the table is read in steps. Neither
/// keeps a view of the database open.
pub fn each_file(
    store: &Store,
    selection: &Selection<'_>,
    mut each: impl FnMut(Metadata) -> Result<(), Failure>,
) -> Result<(), Failure> {
    if selection.prefix.is_empty() {
        return store.walk(&mut |file| {
            let scope = selection.scopes.is_empty()
                || selection
                    .scopes
                    .iter()
                    .any(|scope| scope.as_bytes() == file.scope());
            if scope && !is_generating(file.name()) {
                each(file)
            } else {
                Ok(())
            }
        });
    }
    let mut names: Vec<Vec<u8>> = Vec::new();
    let wanted = Wanted {
        scopes: selection
            .scopes
            .iter()
            .map(|scope| scope.as_bytes().to_vec())
            .collect(),
        prefix: selection.prefix.to_vec(),
        ..Wanted::default()
    };
    let mut list = store.list(&wanted)?;
    loop {
        match list.next_name()? {
            Listed::Next(name) if is_generating(name) => {}
            Listed::Next(name) => names.push(name.to_vec()),
            Listed::Anew => names.clear(),
            Listed::End => break,
        }
    }
    drop(list);
    names.sort_unstable();
    names.dedup();
    for name in names {
        if crate::interrupt::requested() {
            return Err(Error::Interrupted.into());
        }
        if let Some(file) = store.find(&Name::new(&name))? {
            each(file)?;
        }
    }
    Ok(())
}
