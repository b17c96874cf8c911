//! `eZDBFile`: the low-level class, and the exceptions. Files are removed for good here, and
//! errors are thrown.

use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

use ext_php_rs::builders::ClassBuilder;
use ext_php_rs::zend::ClassEntry;

use super::call::{Call, native};
use super::class_table::{Method, Parameter, needed, optional, untyped, with_methods};
use super::errors::{CONNECTION_EXCEPTION, EXCEPTION, Failure};
use super::handler_class::method;
use super::methods::fetch::answer_contents;
use super::methods::store::now;
use super::{convert, errors, output, request, upload, zend};
use crate::error::{Error, Result as ClusterResult};
use crate::handler::{local, path};
use crate::storage::chunks::Reader;
use crate::storage::layout::{Age, GENERIC_DATATYPE};
use crate::storage::pattern::{Match, Wildcard};
use crate::storage::source::{LocalFile, Memory, Source};
use crate::storage::write::Description;
use crate::storage::{Metadata, Name};

type Done = Result<(), Failure>;

/// Files that are removed in one transaction.
const BATCH: usize = 100;

static METHODS: &[Method] = &[
    method!(
        static "storeFile",
        [needed("realfilename"), needed("filetype"), needed("localfilename"), needed("scope")],
        store_file
    ),
    method!(static "storeContentToFile", [needed("filename"), needed("fileContent"), needed("scope")], store_content),
    method!(static "fileExists", [needed("filename")], file_exists),
    method!(static "fileMTime", [needed("filename")], file_mtime),
    method!(static "fileSize", [needed("filename")], file_size),
    method!(static "fileType", [needed("filename")], file_type),
    method!(static "fileMetadata", [needed("filename")], file_metadata),
    method!(static "fetchFile", [needed("filename")], fetch_file),
    method!(static "passThru", [needed("filename")], pass_thru),
    method!(static "saveToTmpFile", [needed("filename")], save_to_tmp_file),
    method!(
        static "saveToFileSystem",
        [needed("filename"), optional("filenameOnFileSystem", "\"default\"")],
        save_to_file_system
    ),
    method!(static "deleteWildcard", [needed("wildcard")], delete_wildcard),
    method!(static "deleteRegex", [needed("regex")], delete_regex),
    method!(static "delete", [needed("filename")], delete),
    method!(static "rename", [needed("srcFilename"), needed("dstFilename")], rename),
    method!(static "copy", [needed("srcFilename"), needed("dstFilename")], copy),
    method!(static "uploadHTTPFile", [needed("postVariable")], upload_http_file),
];

/// The class, ready to be registered.
pub fn builder() -> ClassBuilder {
    with_methods(ClassBuilder::new("eZDBFile"), METHODS)
}

/// What the low-level class and the functions throw.
pub fn exception_builder() -> ClassBuilder {
    ClassBuilder::new(EXCEPTION)
        .extends((zend::runtime_exception, "RuntimeException"))
        .registration(untyped)
}

/// Thrown when no connection can be had.
pub fn connection_exception_builder() -> ClassBuilder {
    ClassBuilder::new(CONNECTION_EXCEPTION)
        .extends((own_exception, EXCEPTION))
        .registration(untyped)
}

fn own_exception() -> &'static ClassEntry {
    zend::registered_class(EXCEPTION).unwrap_or_else(zend::runtime_exception)
}

/// A cleaned path argument that must not be empty.
fn name(call: &Call<'_>, index: usize) -> Result<Name, Failure> {
    let given = convert::text(call, index)?;
    path::not_empty(path::clean(&given))
        .map(|cleaned| Name::new(&cleaned))
        .map_err(|error| Failure::exception(&given, &error))
}

/// A path argument on the disk that the script may use.
fn disk_path(bytes: &[u8]) -> ClusterResult<PathBuf> {
    let path = path::any(bytes)?;
    if zend::open_basedir_allows(&path) {
        Ok(path)
    } else {
        Err(Error::Refused(format!(
            "open_basedir does not allow the path {}",
            path.display()
        )))
    }
}

fn put(name: &Name, datatype: &[u8], scope: &[u8], mtime: i64, source: &mut dyn Source) -> Done {
    let description = Description {
        datatype,
        scope,
        mtime,
    };
    let stored = request::store().and_then(|store| store.put(name, description, source));
    request::forget(name);
    let stored = stored.map_err(|error| Failure::exception(name.bytes(), &error))?;
    if stored.datatype_replaced {
        errors::warn(&errors::datatype_replaced(name.bytes(), datatype));
    }
    Ok(())
}

/// `storeFile( $realfilename, $filetype, $localfilename, $scope )`
fn store_file(call: &mut Call<'_>) -> Done {
    let name = name(call, 0)?;
    let datatype = convert::text_or(call, 1, GENERIC_DATATYPE)?;
    let source = convert::text(call, 2)?;
    let scope = convert::text(call, 3)?;
    store_path(&name, &datatype, disk_path(&source), &scope)?;
    call.answer_bool(true);
    Ok(())
}

fn store_path(name: &Name, datatype: &[u8], source: ClusterResult<PathBuf>, scope: &[u8]) -> Done {
    let mut file = source
        .and_then(|path| LocalFile::open(&path))
        .map_err(|error| Failure::exception(name.bytes(), &error))?;
    let mtime = file.mtime();
    put(name, datatype, scope, mtime, &mut file)
}

/// `storeContentToFile( $filename, $fileContent, $scope )`
fn store_content(call: &mut Call<'_>) -> Done {
    let name = name(call, 0)?;
    let scope = convert::text(call, 2)?;
    let contents = convert::contents(call, 1)?;
    put(
        &name,
        GENERIC_DATATYPE,
        &scope,
        now(),
        &mut Memory::new(contents.as_slice()),
    )?;
    call.answer_bool(true);
    Ok(())
}

/// The live file that an argument names.
fn live(call: &Call<'_>) -> Result<Option<Metadata>, Failure> {
    let name = name(call, 0)?;
    request::store()
        .and_then(|store| store.describe(&name))
        .map(|found| found.filter(|metadata| !metadata.is_expired()))
        .map_err(|error| Failure::exception(name.bytes(), &error))
}

/// An argument names a live file.
fn is_live(call: &Call<'_>) -> Result<bool, Failure> {
    let name = name(call, 0)?;
    request::store()
        .and_then(|store| store.is_live(&name))
        .map_err(|error| Failure::exception(name.bytes(), &error))
}

/// Answers with something of the metadata, or false when there is no such file.
fn answer(call: &mut Call<'_>, what: fn(&mut Call<'_>, Metadata)) -> Done {
    match live(call)? {
        Some(metadata) => what(call, metadata),
        None => call.answer_bool(false),
    }
    Ok(())
}

/// `fileExists( $filename )`
fn file_exists(call: &mut Call<'_>) -> Done {
    let live = is_live(call)?;
    call.answer_bool(live);
    Ok(())
}

/// `fileMTime( $filename )`
fn file_mtime(call: &mut Call<'_>) -> Done {
    answer(call, |call, metadata| call.answer().set_long(metadata.mtime))
}

/// `fileSize( $filename )`
fn file_size(call: &mut Call<'_>) -> Done {
    answer(call, |call, metadata| {
        call.answer().set_long(metadata.size.cast_signed())
    })
}

/// `fileType( $filename )`
fn file_type(call: &mut Call<'_>) -> Done {
    answer(call, |call, metadata| call.answer_bytes(metadata.datatype()))
}

/// `fileMetadata( $filename )`
fn file_metadata(call: &mut Call<'_>) -> Done {
    answer(call, |call, metadata| {
        let name = Name::new(metadata.name());
        convert::set_metadata(call.answer(), &name, Some(&metadata));
    })
}

/// The live file that an argument names, opened.
fn open(call: &Call<'_>) -> Result<Option<Reader>, Failure> {
    let name = name(call, 0)?;
    request::store()
        .and_then(|store| store.open(&name))
        .map(|opened| opened.filter(|reader| !reader.metadata().is_expired()))
        .map_err(|error| Failure::exception(name.bytes(), &error))
}

/// `fetchFile( $filename )`
fn fetch_file(call: &mut Call<'_>) -> Done {
    match open(call)? {
        Some(reader) => answer_contents(call, reader, Failure::exception),
        None => {
            call.answer_bool(false);
            Ok(())
        }
    }
}

/// `passThru( $filename )`
fn pass_thru(call: &mut Call<'_>) -> Done {
    let sent = match open(call)? {
        Some(reader) => output::send(reader, Failure::exception)?,
        None => false,
    };
    call.answer_bool(sent);
    Ok(())
}

/// `saveToTmpFile( $filename )`
fn save_to_tmp_file(call: &mut Call<'_>) -> Done {
    // Asked before anything is lent: the engine may end the request over it.
    let directory = zend::temporary_directory();
    let Some(reader) = open(call)? else {
        call.answer_bool(false);
        return Ok(());
    };
    let name = reader.metadata().name().to_vec();
    let base = path::any(&name)
        .ok()
        .and_then(|path| path.file_name().map(Path::new).map(Path::to_owned));
    let path = local::unique_beside(&directory.join(base.unwrap_or_else(|| "file".into())));
    local::write(&path, reader, request::modes()).map_err(|error| Failure::exception(&name, &error))?;
    call.answer_bytes(path.as_os_str().as_bytes());
    Ok(())
}

/// `saveToFileSystem( $filename, $filenameOnFileSystem = "default" )`
fn save_to_file_system(call: &mut Call<'_>) -> Done {
    let source = name(call, 0)?;
    let target = match convert::text_or(call, 1, b"default")?.as_slice() {
        b"default" => source.bytes().to_vec(),
        other => other.to_vec(),
    };
    let path = if target == source.bytes() {
        path::local(&target)
    } else {
        path::any(&target)
    };
    let path = path
        .and_then(|path| disk_path(path.as_os_str().as_bytes()))
        .map_err(|error| Failure::exception(source.bytes(), &error))?;
    let Some(reader) = open(call)? else {
        call.answer_bool(false);
        return Ok(());
    };
    local::write(&path, reader, request::modes())
        .map_err(|error| Failure::exception(source.bytes(), &error))?;
    call.answer_bool(true);
    super::fetched::replaced(path.as_os_str().as_bytes());
    Ok(())
}

/// Removes the live files that match, in batches; says how many went.
fn remove(matching: &Match) -> ClusterResult<u64> {
    let store = request::store()?;
    let remove_all = || -> ClusterResult<(u64, bool)> {
        let keys = store.matching(matching, Age::Live)?;
        let mut removed = 0;
        for keys in keys.chunks(BATCH) {
            removed += store.remove(keys, Age::Live)?;
        }
        Ok((removed, removed >= keys.len() as u64))
    };
    let (removed, all) = remove_all()?;
    // What has changed meanwhile, as a claim does that becomes its file, is found once more.
    Ok(removed + if all { 0 } else { remove_all()?.0 })
}

fn answer_removed(call: &mut Call<'_>, shown: &[u8], matching: ClusterResult<Match>) -> Done {
    let removed = matching.and_then(|matching| remove(&matching));
    request::forget_all();
    let removed = removed.map_err(|error| Failure::exception(shown, &error))?;
    call.answer().set_long(removed.cast_signed());
    Ok(())
}

/// `deleteWildcard( $wildcard )`
fn delete_wildcard(call: &mut Call<'_>) -> Done {
    let wildcard = name(call, 0)?;
    answer_removed(
        call,
        wildcard.bytes(),
        Wildcard::new(wildcard.bytes()).map(Match::Wildcard),
    )
}

/// `deleteRegex( $regex )`
fn delete_regex(call: &mut Call<'_>) -> Done {
    let expression = convert::text(call, 0)?;
    let matching =
        path::not_empty(expression.clone()).and_then(|expression| Match::regex(Vec::new(), expression));
    answer_removed(call, &expression, matching)
}

/// `delete( $filename )`
fn delete(call: &mut Call<'_>) -> Done {
    let there = is_live(call)?;
    let name = name(call, 0)?;
    answer_removed(call, name.bytes(), Ok(Match::Exactly(name.clone())))?;
    call.answer_bool(there);
    Ok(())
}

fn relocate(call: &mut Call<'_>, work: fn(&Name, &Name) -> ClusterResult<bool>) -> Done {
    let (from, to) = (name(call, 0)?, name(call, 1)?);
    let done = work(&from, &to);
    request::forget(&from);
    request::forget(&to);
    let done = done
        .map_err(|error| Failure::exception(&[from.bytes(), to.bytes()].join(b" to ".as_slice()), &error))?;
    call.answer_bool(done);
    Ok(())
}

/// `rename( $srcFilename, $dstFilename )`
fn rename(call: &mut Call<'_>) -> Done {
    relocate(call, |from, to| request::store()?.rename(from, to))
}

/// `copy( $srcFilename, $dstFilename )`
fn copy(call: &mut Call<'_>) -> Done {
    relocate(call, |from, to| request::store()?.copy(from, to))
}

/// `uploadHTTPFile( $postVariable )`
fn upload_http_file(call: &mut Call<'_>) -> Done {
    let variable = convert::text(call, 0)?;
    let upload = upload::find(&variable)
        .map_err(|reason| Failure::Exception(format!("{}: {reason}", String::from_utf8_lossy(&variable))))?;
    // PHP itself put it there, where `open_basedir` need not let scripts go.
    store_path(
        &upload.name,
        &upload.datatype,
        path::any(&upload.path),
        upload::SCOPE,
    )?;
    call.answer_bytes(upload.name.bytes());
    Ok(())
}
