//! What is known for the length of one request.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use super::{ini, kernel};
use crate::error::Result;
use crate::handler::metadata_cache::MetadataCache;
use crate::storage::{Metadata, Name, Store};

#[derive(Debug, Default)]
struct Request {
    store: Option<(u64, Arc<Store>)>,
    metadata: MetadataCache,
    dfs_alias_done: bool,
}

thread_local! {
    static REQUEST: RefCell<Request> = RefCell::default();
}

/// The cluster of this request. Settings are read once; again after a directive was changed.
///
/// # Errors
/// A setting that makes no sense.
pub fn store() -> Result<Arc<Store>> {
    let changes = ini::changes();
    let known = REQUEST.with_borrow(|request| {
        request
            .store
            .as_ref()
            .filter(|(at, _)| *at == changes)
            .map(|(_, store)| Arc::clone(store))
    });
    if let Some(store) = known {
        return Ok(store);
    }
    let store = Store::with_settings(&kernel::settings()?);
    REQUEST.with_borrow_mut(|request| {
        // Another cluster has other files.
        request.metadata.clear();
        request.store = Some((changes, Arc::clone(&store)));
    });
    Ok(store)
}

/// What the cluster knows about a file, as this request remembers it or the database says.
///
/// # Errors
/// What kept the database from telling.
pub fn metadata(name: &Name) -> Result<Option<Rc<Metadata>>> {
    let store = store()?;
    let known = REQUEST.with_borrow_mut(|request| request.metadata.get(name.bytes()));
    match known {
        Some(metadata) => Ok(metadata),
        None => fresh_metadata(&store, name),
    }
}

/// As [`metadata`], and the database is asked in any case.
///
/// # Errors
/// What kept the database from telling.
pub fn fresh_metadata(store: &Store, name: &Name) -> Result<Option<Rc<Metadata>>> {
    let metadata = store.find(name)?.map(Rc::new);
    remember(name, metadata.clone());
    Ok(metadata)
}

/// Keeps what the database said about a file.
pub fn remember(name: &Name, metadata: Option<Rc<Metadata>>) {
    REQUEST.with_borrow_mut(|request| request.metadata.remember(name.bytes(), metadata));
}

/// Forgets a file that was written.
pub fn forget(name: &[u8]) {
    REQUEST.with_borrow_mut(|request| request.metadata.forget(name));
}

/// Forgets all files.
pub fn forget_all() {
    REQUEST.with_borrow_mut(|request| request.metadata.clear());
}

/// True the first time in a request.
pub fn take_dfs_alias_turn() -> bool {
    REQUEST.with_borrow_mut(|request| !std::mem::replace(&mut request.dfs_alias_done, true))
}

/// The request is over.
pub fn end() {
    REQUEST.with_borrow_mut(|request| *request = Request::default());
}
