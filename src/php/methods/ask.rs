//! What is known about files, one and many.

use std::os::unix::fs::MetadataExt;
use std::rc::Rc;

use ext_php_rs::types::{ZendHashTable, Zval};

use super::{Done, local_path, name, own_name, own_path, pending};
use crate::error::Error;
use crate::handler::expiry::{Time, is_expired};
use crate::handler::path;
use crate::handler::serve;
use crate::php::bailout::guarded;
use crate::php::call::Call;
use crate::php::errors::Failure;
use crate::php::known::Known;
use crate::php::{convert, ini, request, zend};
use crate::storage::list::{Batch, Listed, Names, Wanted};
use crate::storage::{Metadata, Name};

/// What is known about the object's file.
fn own_metadata(call: &Call<'_>) -> Result<Option<Rc<Metadata>>, Failure> {
    Ok(own_file(call)?.and_then(|(_, metadata)| metadata))
}

/// A name, and what is known about its file.
type Looked = (Name, Option<Rc<Metadata>>);

/// The name of the object's file, if it has one, and what is known about it. A subclass that loads it in
/// its own way is heard.
fn own_file(call: &Call<'_>) -> Result<Option<Looked>, Failure> {
    if let Some(this) = call.this()
        && let Some(method) = zend::overridden(this, "loadmetadata")
        && !zend::is_running(this, "loadmetadata")
    {
        method.call(this, []);
        pending()?;
    }
    let Some(path) = own_path(call)? else {
        return Ok(None);
    };
    let name = Name::from(path);
    let metadata = request::metadata(&name).map_err(|error| Failure::with(name.bytes(), &error))?;
    show(call, &name, metadata.as_deref());
    Ok(Some((name, metadata)))
}

/// A subclass that declares `metaData` itself, as handlers written in PHP do, finds it there.
pub fn show(call: &Call<'_>, name: &Name, metadata: Option<&Metadata>) {
    if let Some(this) = call.this()
        && Known::MetaData.is_declared_by(this)
    {
        let mut value = Zval::new();
        convert::set_metadata(&mut value, name, metadata);
        call.set_property(Known::MetaData, value);
    }
}

/// `stat()`
pub fn stat(call: &mut Call<'_>) -> Done {
    match own_file(call)? {
        Some((name, metadata)) => convert::set_metadata(call.answer(), &name, metadata.as_deref()),
        None => call.answer_bool(false),
    }
    Ok(())
}

/// `size()`
pub fn size(call: &mut Call<'_>) -> Done {
    if let Some(metadata) = own_metadata(call).map_err(Failure::or_null)? {
        call.answer().set_long(metadata.size.cast_signed());
    }
    Ok(())
}

/// `mtime()`
pub fn mtime(call: &mut Call<'_>) -> Done {
    if let Some(metadata) = own_metadata(call).map_err(Failure::or_null)? {
        call.answer().set_long(metadata.mtime);
    }
    Ok(())
}

/// `dataType()`
pub fn data_type(call: &mut Call<'_>) -> Done {
    if let Some(metadata) = own_metadata(call).map_err(Failure::or_null)? {
        call.answer_bytes(metadata.datatype());
    }
    Ok(())
}

/// `name()`
pub fn own(call: &mut Call<'_>) -> Done {
    match own_path(call)? {
        Some(path) => call.answer_bytes(&path),
        None => call.answer_bool(false),
    }
    Ok(())
}

/// `fileExists( $path )`
pub fn file_exists(call: &mut Call<'_>) -> Done {
    let name = name(call, 0)?;
    answer_exists(call, &name)
}

/// `exists()`
pub fn exists(call: &mut Call<'_>) -> Done {
    let name = own_name(call)?;
    answer_exists(call, &name)
}

fn answer_exists(call: &mut Call<'_>, name: &Name) -> Done {
    let metadata = request::store()
        .and_then(|store| request::fresh_metadata(&store, name))
        .map_err(|error| Failure::with(name.bytes(), &error))?;
    call.answer_bool(metadata.is_some_and(|metadata| !metadata.is_expired()));
    Ok(())
}

/// `isFileExpired( $fname, $mtime, $expiry, $curtime, $ttl )`
pub fn is_file_expired(call: &mut Call<'_>) -> Done {
    let expired = is_expired(
        convert::time(call, 1)?,
        convert::time(call, 2)?,
        convert::time(call, 3)?,
        convert::time(call, 4)?,
    );
    call.answer_bool(expired);
    Ok(())
}

/// `isExpired( $expiry, $curtime, $ttl )`
pub fn is_own_expired(call: &mut Call<'_>) -> Done {
    let mtime = own_metadata(call)?.map_or(Time::Null, |metadata| Time::Int(metadata.mtime));
    answer_expired(call, mtime)
}

/// `isDBFileExpired( $expiry, $curtime, $ttl )`
pub fn is_db_file_expired(call: &mut Call<'_>) -> Done {
    let mtime = own_metadata(call)?.map_or(0, |metadata| metadata.mtime);
    answer_expired(call, Time::Int(mtime))
}

/// `isLocalFileExpired( $expiry, $curtime, $ttl )`
pub fn is_local_file_expired(call: &mut Call<'_>) -> Done {
    // What has no local copy, or may have none, is out of date there.
    let there = own_path(call)?
        .and_then(|path| local_path(&path).ok())
        .and_then(|path| std::fs::metadata(path).ok());
    answer_expired(
        call,
        there.map_or(Time::Bool(false), |there| Time::Int(there.mtime())),
    )
}

/// Decides by the rule of `isFileExpired`, a subclass's where it has its own.
fn answer_expired(call: &mut Call<'_>, mtime: Time) -> Done {
    if let Some(this) = call.this()
        && let Some(method) = zend::overridden(this, "isfileexpired")
    {
        let given = |index| call.arg(index).map_or_else(Zval::null, Zval::shallow_clone);
        let own = Known::FilePath.property_of(this);
        let answer = method.call(
            this,
            [own.into_zval(), time_value(mtime), given(0), given(1), given(2)],
        );
        call.answer_with(answer);
        return pending();
    }
    let expired = is_expired(
        mtime,
        convert::time(call, 0)?,
        convert::time(call, 1)?,
        convert::time(call, 2)?,
    );
    call.answer_bool(expired);
    Ok(())
}

fn time_value(time: Time) -> Zval {
    let mut value = Zval::null();
    match time {
        Time::Null => {}
        Time::Bool(bool) => value.set_bool(bool),
        Time::Int(int) => value.set_long(int),
        Time::Float(float) => value.set_double(float),
    }
    value
}

/// `getFileList( $scopes = false, $excludeScopes = false, $limit = false, $path = false )`
pub fn get_file_list(call: &mut Call<'_>) -> Done {
    let wanted = Wanted {
        scopes: scopes(call, 0)?,
        exclude_scopes: call.arg(1).is_some_and(zend::is_true),
        limit: limit(call, 2)?,
        prefix: path::collapse(convert::text(call, 3)?),
        expired_for: None,
    };
    answer_list(call, &wanted)
}

/// `fetchExpiredItems( $scopes, $limit = array( 0, 100 ), $expiry = false )`
pub fn fetch_expired_items(call: &mut Call<'_>) -> Done {
    let scopes = scopes(call, 0)?;
    if scopes.is_empty() {
        return Err(Failure::Value(format!(
            "{}(): Argument #1 ($scopes) must name at least one scope",
            call.function()
        )));
    }
    let limit = if call.arg(1).is_none() {
        Some((0, 100))
    } else {
        limit(call, 1)?
    };
    let age = if convert::is_absent(call.arg(2)) {
        None
    } else {
        Some(convert::int(call, 2)?)
    };
    let wanted = Wanted {
        scopes,
        limit,
        expired_for: Some(age),
        ..Wanted::default()
    };
    answer_list(call, &wanted)
}

/// Scopes as an array, or one as a string; none for false and null.
fn scopes(call: &Call<'_>, index: usize) -> Result<Vec<Vec<u8>>, Failure> {
    match call.arg(index) {
        value if convert::is_absent(value) => Ok(Vec::new()),
        Some(value) if value.is_string() => Ok(vec![convert::text(call, index)?]),
        _ => convert::texts(call, index),
    }
}

/// `array( offset, count )`; none for false and null.
fn limit(call: &Call<'_>, index: usize) -> Result<Option<(i64, i64)>, Failure> {
    let Some(value) = call.arg(index).filter(|value| !convert::is_absent(Some(value))) else {
        return Ok(None);
    };
    let wrong = || {
        Failure::Value(format!(
            "{}(): Argument #{} (${}) must be array( offset, count ), two numbers from 0",
            call.function(),
            index + 1,
            call.parameter(index)
        ))
    };
    let array = value
        .array()
        .ok_or_else(|| convert::wrong_type(call, index, "array|false", value))?;
    let mut numbers =
        zend::values(array).map(|item| convert::number(item.dereference()).filter(|number| *number >= 0));
    match (numbers.next().flatten(), numbers.next().flatten(), numbers.next()) {
        (Some(offset), Some(count), None) => Ok(Some((offset, count))),
        _ => Err(wrong()),
    }
}

/// Answers with the names of a list.
fn answer_list(call: &mut Call<'_>, wanted: &Wanted) -> Done {
    let failed = |error: Error| Failure::with(&wanted.prefix, &error);
    let store = request::store().map_err(failed)?;
    let mut names = store.list(wanted).map_err(failed)?;
    loop {
        *call.answer() = convert::made(|| convert::table(ZendHashTable::new()));
        let Some(array) = call.answer().array_mut() else {
            return Err(Failure::Pending);
        };
        if fill(&mut names, array).map_err(|error| Failure::with(b"", &error))? {
            return Ok(());
        }
    }
}

/// False when the list begins anew. An array that `memory_limit` does not allow ends the request in
/// the middle.
fn fill(names: &mut Names<'_>, array: &mut ZendHashTable) -> Result<bool, Error> {
    let mut batch = Batch::default();
    loop {
        let batch = match names.next_names(&mut batch)? {
            Listed::Next(batch) => batch,
            Listed::Anew => return Ok(false),
            Listed::End => return Ok(true),
        };
        // One guard for many: it costs as much as a name.
        guarded(|| batch.iter().try_for_each(|name| convert::push_bytes(array, name)))
            .ok_or(Error::Interrupted)?
            .map_err(|_| Error::Refused("the list has more names than an array takes".into()))?;
    }
}

/// `applyServerUri( $filePath )`
pub fn apply_server_uri(call: &mut Call<'_>) -> Done {
    let given = convert::text(call, 0)?;
    let server = ini::text("ezdbfile.server_uri");
    let cleaned = path::clean(&given);
    let relative = cleaned.strip_prefix(b"/").unwrap_or(&cleaned);
    if server.is_empty() || !serve::path::matches_any(relative, &ini::text("ezdbfile.serve_paths")) {
        call.answer_bytes(&given);
    } else {
        let server = server.trim_end_matches('/').as_bytes();
        call.answer_bytes(&[server, b"/", relative].concat());
    }
    Ok(())
}

/// `hasStaleCacheSupport()`, `requiresClusterizing()`, `requiresPurge()`
pub fn yes(call: &mut Call<'_>) -> Done {
    call.answer_bool(true);
    Ok(())
}
