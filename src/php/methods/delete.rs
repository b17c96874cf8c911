//! Marking files as deleted; removing local copies.

use super::{Done, local_path, name, own_name};
use crate::error::{Error, Result as ClusterResult};
use crate::handler::{local, path};
use crate::php::call::Call;
use crate::php::errors::Failure;
use crate::php::{convert, errors, request, zend};
use crate::storage::Name;
use crate::storage::pattern::{Match, Wildcard};

/// Marks what matches and answers true.
fn expire(call: &mut Call<'_>, shown: &[u8], matching: ClusterResult<Match>) -> Done {
    let expired = matching.and_then(|matching| request::store()?.expire(&matching));
    // After an error too, some may be marked.
    request::forget_all();
    expired.map_err(|error| Failure::with(shown, &error))?;
    call.answer_bool(true);
    Ok(())
}

/// `delete()`
pub fn delete(call: &mut Call<'_>) -> Done {
    let name = own_name(call)?;
    expire(call, name.bytes(), Ok(Match::Tree(name.clone())))
}

/// `fileDelete( $path, $fnamePart = false )`
pub fn file_delete(call: &mut Call<'_>) -> Done {
    let name = name(call, 0)?;
    let part = call.arg(1);
    let matching = if convert::is_absent(part) {
        Match::Tree(name.clone())
    } else if part.is_some_and(ext_php_rs::types::Zval::is_true) {
        Match::Prefixes(vec![joined(&[name.bytes(), b""])])
    } else {
        Match::Prefixes(vec![joined(&[name.bytes(), &convert::text(call, 1)?])])
    };
    expire(call, name.bytes(), Ok(matching))
}

/// `fileDeleteByDirList( $dirList, $commonPath, $commonSuffix )`
pub fn file_delete_by_dir_list(call: &mut Call<'_>) -> Done {
    let directories = convert::texts(call, 0)?;
    let common = name(call, 1)?;
    let suffix = convert::text(call, 2)?;
    // An empty one would mean everything below the common path. The kernel makes some out of settings with an empty value;
    // the others of the list are to be marked all the same.
    let is_empty = |directory: &&Vec<u8>| directory.iter().all(|byte| matches!(byte, b'/' | b'\\'));
    let empty = directories.iter().position(|directory| is_empty(&directory));
    let prefixes: Vec<_> = directories
        .iter()
        .filter(|directory| !is_empty(directory))
        .map(|directory| joined(&[common.bytes(), directory, &suffix]))
        .collect();
    let problem = empty.map(|index| {
        let text = format!("item {index} of the list of directories is empty; nothing was done for it");
        Failure::with(common.bytes(), &Error::Refused(text))
    });
    match problem {
        Some(problem) if prefixes.is_empty() => Err(problem),
        problem => {
            expire(call, common.bytes(), Ok(Match::Prefixes(prefixes)))?;
            problem.map_or(Ok(()), errors::tell)
        }
    }
}

/// Parts of a path with slashes between, runs of them made one; one at the end stays.
fn joined(parts: &[&[u8]]) -> Vec<u8> {
    path::collapse(parts.join(&b'/'))
}

/// `fileDeleteByWildcard( $wildcard )`
pub fn file_delete_by_wildcard(call: &mut Call<'_>) -> Done {
    let wildcard = name(call, 0)?;
    expire(
        call,
        wildcard.bytes(),
        Wildcard::new(wildcard.bytes()).map(Match::Wildcard),
    )
}

/// `fileDeleteByRegex( $dir, $fileRegex )`
pub fn file_delete_by_regex(call: &mut Call<'_>) -> Done {
    let directory = name(call, 0)?;
    let expression = convert::text(call, 1)?;
    let prefix = joined(&[directory.bytes(), b""]);
    expire(call, directory.bytes(), Match::regex(prefix, expression))
}

/// `deleteLocal()`
pub fn delete_local(call: &mut Call<'_>) -> Done {
    let name = own_name(call)?;
    answer_local(call, &name)
}

/// `fileDeleteLocal( $path )`
pub fn file_delete_local(call: &mut Call<'_>) -> Done {
    let name = name(call, 0)?;
    answer_local(call, &name)
}

fn answer_local(call: &mut Call<'_>, name: &Name) -> Done {
    let removed = local_path(name.bytes()).and_then(|path| local::remove(&path));
    zend::forget_file_status();
    removed.map_err(|error| Failure::with(name.bytes(), &error))?;
    call.answer_bool(true);
    Ok(())
}
