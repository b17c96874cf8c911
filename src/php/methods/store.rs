//! `fileStore`, `fileStoreContents`, `storeContents`.

use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use super::generation::held;
use super::{Done, allowed, local_path, name, own_name};
use crate::error::{Error, Result as ClusterResult};
use crate::handler::temporary::{Temporary, is_taken};
use crate::handler::{local, path};
use crate::php::call::Call;
use crate::php::errors::Failure;
use crate::php::{convert, errors, fetched, request, zend};
use crate::storage::Name;
use crate::storage::claims::is_generating;
use crate::storage::source::{Identity, LocalFile, Memory, Source};
use crate::storage::write::{Description, Stored};

/// What a file without a scope is stored with.
pub const UNKNOWN_SCOPE: &[u8] = b"UNKNOWN_SCOPE";
/// What a file without a datatype is stored with.
pub const UNKNOWN_DATATYPE: &[u8] = b"misc";

/// `fileStore( $filePath, $scope = false, $delete = false, $datatype = false )`
pub fn file_store(call: &mut Call<'_>) -> Done {
    let name = name(call, 0)?;
    let scope = convert::text_or(call, 1, UNKNOWN_SCOPE)?;
    let delete = call.arg(2).is_some_and(zend::is_true);
    let datatype = convert::text_or(call, 3, UNKNOWN_DATATYPE)?;
    let stored = store_local(call, &name, &scope, &datatype, delete)
        .map_err(|error| Failure::with(name.bytes(), &error))?;
    call.answer_bool(true);
    tell(stored.messages(&name, &datatype));
    Ok(())
}

/// What came of storing a file, and what its caller should know.
struct Outcome {
    stored: Stored,
    afterwards: ClusterResult<()>,
}

impl Outcome {
    fn messages(self, name: &Name, datatype: &[u8]) -> Vec<String> {
        let shown = String::from_utf8_lossy(name.bytes()).into_owned();
        let mut messages = Vec::new();
        if self.stored.datatype_replaced {
            messages.push(errors::datatype_replaced(name.bytes(), datatype));
        }
        if let Err(error) = self.afterwards {
            messages.push(format!("{shown}: the file was stored, but: {error}"));
        }
        messages
    }
}

/// Warnings that come with a success. Each may run PHP code.
fn tell(messages: Vec<String>) {
    for message in messages {
        if !zend::exception_pending() {
            errors::warn(&message);
        }
    }
}

fn store_local(
    call: &Call<'_>,
    name: &Name,
    scope: &[u8],
    datatype: &[u8],
    delete: bool,
) -> ClusterResult<Outcome> {
    // A file that is to go must be one of the site's.
    let path = if delete {
        path::local(name.bytes())?
    } else {
        path::any(name.bytes())?
    };
    allowed(&path)?;
    let mut file = LocalFile::open(&path)?;
    let description = Description {
        datatype,
        scope,
        mtime: file.mtime(),
    };
    let stored = put(call, name, description, &mut file);
    // Whether it failed or not, what was known may be wrong now.
    request::forget(name);
    let stored = stored?;
    let mut afterwards = Ok(());
    if delete {
        afterwards = remove_stored(&path, file.identity());
        zend::forget_file_status();
    } else {
        local::keep(&path, &stored.metadata, file.identity());
    }
    Ok(Outcome { stored, afterwards })
}

/// Removes a local file that was stored, unless another one, or another version, has its name by now.
fn remove_stored(path: &Path, stored: &Identity) -> ClusterResult<()> {
    let there = std::fs::metadata(path).map_err(Error::local("remove", path))?;
    if !stored.is_of(&there) {
        return Err(Error::Refused(format!(
            "the local file {} has changed since it was stored, and was kept",
            path.display()
        )));
    }
    std::fs::remove_file(path).map_err(Error::local("remove", path))
}

/// `fileStoreContents( $filePath, $contents, $scope = false, $datatype = false )`
pub fn file_store_contents(call: &mut Call<'_>) -> Done {
    let name = name(call, 0)?;
    store_bytes(call, &name, 1, false)
}

/// `storeContents( $contents, $scope = false, $datatype = false, $storeLocally = false )`
pub fn store_contents(call: &mut Call<'_>) -> Done {
    let name = own_name(call)?;
    let locally = call.arg(3).is_some_and(zend::is_true);
    store_bytes(call, &name, 0, locally)
}

/// Stores the argument at `first`; scope and datatype are the two behind it.
fn store_bytes(call: &mut Call<'_>, name: &Name, first: usize, locally: bool) -> Done {
    let scope = convert::text_or(call, first + 1, UNKNOWN_SCOPE)?;
    let datatype = convert::text_or(call, first + 2, UNKNOWN_DATATYPE)?;
    let contents = convert::contents(call, first)?;
    let failed = |error: Error| Failure::with(name.bytes(), &error);
    let description = Description {
        datatype: &datatype,
        scope: &scope,
        mtime: now(),
    };
    let stored = put_bytes(call, name, description, contents.as_slice(), locally);
    request::forget(name);
    let outcome = stored.map_err(failed)?;
    let replaced = locally && outcome.afterwards.is_ok();
    call.answer_bool(true);
    let messages = outcome.messages(name, &datatype);
    if replaced {
        fetched::replaced(name.bytes());
    }
    tell(messages);
    Ok(())
}

/// Stores a file; under the name of a claim of this request, into the claim.
fn put(
    call: &Call<'_>,
    name: &Name,
    description: Description<'_>,
    source: &mut dyn Source,
) -> ClusterResult<Stored> {
    if !is_generating(name.bytes()) {
        return request::store()?.put(name, description, source);
    }
    // That of the object goes before that of another one.
    let open = match held(call, name.bytes()) {
        Some(open) => Some(open),
        None => request::claim_in(&request::store()?, name.bytes()),
    };
    let Some(open) = open else {
        return Err(Error::Refused(
            "this process has no claim on the file: nothing is stored under the name of a claim".into(),
        ));
    };
    let mut claim = open.claim;
    let stored = open.store.keep(&mut claim, description, source);
    request::update_claim(claim);
    stored
}

/// Stores bytes. The local copy is written before and gets its name after the commit, so that a
/// full disk or a directory in its way leaves everything as it was.
fn put_bytes(
    call: &Call<'_>,
    name: &Name,
    description: Description<'_>,
    contents: &[u8],
    locally: bool,
) -> ClusterResult<Outcome> {
    let mut copy = None;
    if locally {
        let path = local_path(name.bytes())?;
        is_taken(&path)?;
        let mut temporary = Temporary::create(&path, request::modes())?;
        temporary.write(contents)?;
        copy = Some(temporary);
    }
    let stored = put(call, name, description, &mut Memory::new(contents))?;
    let afterwards = copy.map_or(Ok(()), |copy| local::publish(copy, &stored.metadata));
    Ok(Outcome { stored, afterwards })
}

/// This node's clock, in seconds since 1970.
pub fn now() -> i64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(1, |time| time.as_secs().cast_signed())
}
