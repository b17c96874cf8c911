//! `fileFetch`, `fetch`, `fetchUnique`, `fileFetchContents`, `fetchContents`.

use std::os::unix::ffi::OsStrExt;
use std::path::Path;
use std::rc::Rc;

use super::{Done, local_path, name, own_name};
use crate::error::{Error, Result as ClusterResult};
use crate::handler::local;
use crate::handler::temporary::is_taken;
use crate::php::call::Call;
use crate::php::errors::Failure;
use crate::php::zend::Draft;
use crate::php::{fetched, request, zend};
use crate::storage::chunks::Reader;
use crate::storage::{Metadata, Name};

/// More bytes than any memory has: only a damaged row says so.
const LARGEST: u64 = 1 << 47;

/// `fileFetch( $filePath )`
pub fn file_fetch(call: &mut Call<'_>) -> Done {
    let name = name(call, 0)?;
    answer_fetch(call, &name, false)
}

/// `fetch( $noLocalCache = false )`
pub fn fetch(call: &mut Call<'_>) -> Done {
    let always = call.arg(0).is_some_and(zend::is_true);
    let name = own_name(call)?;
    answer_fetch(call, &name, always)
}

fn answer_fetch(call: &mut Call<'_>, name: &Name, always: bool) -> Done {
    let replaced = copy_to_disk(name, always).map_err(|error| Failure::with(name.bytes(), &error))?;
    call.answer_bytes(name.bytes());
    if replaced {
        fetched::replaced(name.bytes());
    }
    Ok(())
}

/// Writes the local copy of a file unless it is current; true when it was written.
fn copy_to_disk(name: &Name, always: bool) -> ClusterResult<bool> {
    let path = local_path(name.bytes())?;
    if is_taken(&path)? && !always {
        let metadata = request::fresh_version(&*request::store()?, name)?.ok_or(Error::NotFound)?;
        if local::is_current(&path, &metadata) {
            return Ok(false);
        }
    }
    write_copy(name, &path)?;
    Ok(true)
}

/// Writes the local copy of a file in any case; says which version it is.
pub fn write_copy(name: &Name, path: &Path) -> ClusterResult<Rc<Metadata>> {
    let Some(reader) = request::store()?.open(name)? else {
        request::remember(name, None);
        return Err(Error::NotFound);
    };
    let metadata = local::write(path, reader, request::modes())?;
    request::remember(name, Some(Rc::clone(&metadata)));
    Ok(metadata)
}

/// Opens a file and remembers what it is, as far as that is known before it is read. Its id stays unknown where only
/// the last row tells it.
pub fn open(name: &Name) -> ClusterResult<Reader> {
    let opened = request::store()?.open(name)?;
    request::remember(name, opened.as_ref().map(Reader::share_metadata));
    opened.ok_or(Error::NotFound)
}

/// Opens a file that is not empty, in one question to the database, and remembers what it is; none may be
/// an empty file.
pub fn open_filled(name: &Name) -> ClusterResult<Option<Reader>> {
    let opened = request::store()?.open_filled(name)?;
    match &opened {
        Some(reader) => request::remember(name, Some(reader.share_metadata())),
        None => request::forget(name),
    }
    Ok(opened)
}

/// `fetchUnique()`
pub fn fetch_unique(call: &mut Call<'_>) -> Done {
    let name = own_name(call)?;
    let copied = local_path(name.bytes()).and_then(|path| {
        let unique = local::unique_beside(&path);
        let reader = request::store()?.open(&name)?;
        // A copy: what is shared now does not come to know the version, which the file on the disk is stamped with.
        let known = |reader: &Reader| Rc::new(reader.metadata().clone());
        request::remember(&name, reader.as_ref().map(known));
        local::write(&unique, reader.ok_or(Error::NotFound)?, request::modes())?;
        Ok(unique)
    });
    let unique = copied.map_err(|error| Failure::with(name.bytes(), &error))?;
    call.answer_bytes(unique.as_os_str().as_bytes());
    Ok(())
}

/// `fileFetchContents( $filePath )`
pub fn file_fetch_contents(call: &mut Call<'_>) -> Done {
    let name = name(call, 0)?;
    let reader = open(&name).map_err(|error| Failure::with(name.bytes(), &error))?;
    answer_contents(call, reader, Failure::with)
}

/// `fetchContents()`
pub fn fetch_contents(call: &mut Call<'_>) -> Done {
    let name = own_name(call)?;
    let reader = open(&name).map_err(|error| Failure::with(name.bytes(), &error))?;
    answer_contents(call, reader, Failure::with)
}

/// Answers with the bytes of a file, read straight into the string that PHP code gets.
pub fn answer_contents(
    call: &mut Call<'_>,
    mut reader: Reader,
    failed: fn(&[u8], &Error) -> Failure,
) -> Done {
    let size = reader.metadata().size;
    if size > LARGEST {
        let error = Error::Damaged(format!("its size is {size}, more than any file has"));
        return Err(failed(reader.metadata().name(), &error));
    }
    // A string that memory_limit does not allow ends the request.
    let Some(mut draft) = usize::try_from(size).ok().and_then(Draft::new) else {
        return Err(Failure::Pending);
    };
    let read = reader.read_into(draft.room().into()).map(|()| draft);
    match read {
        Ok(draft) => {
            call.answer().set_zend_string(draft.finish());
            Ok(())
        }
        Err(error) => Err(failed(reader.metadata().name(), &error)),
    }
}
