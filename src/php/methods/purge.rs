//! `purge`: really removing what is expired.

use std::time::Duration;

use super::{Done, local_path, own_name, pending};
use crate::handler::local;
use crate::php::call::Call;
use crate::php::errors::Failure;
use crate::php::{convert, kernel, request, zend};
use crate::storage::layout::Age;
use crate::storage::pattern::Match;
use crate::storage::{Key, Name};

/// Files in one batch where the caller names no number.
const BATCH: i64 = 100;
/// The longest that is slept without looking whether the request's time is over.
const NAP: Duration = Duration::from_millis(50);

/// What is left to do.
struct Work {
    name: Name,
    keys: Vec<Key>,
    next: usize,
}

/// `purge( $printCallback = false, $microsleep = false, $max = false, $expiry = false )`
pub fn purge(call: &mut Call<'_>) -> Done {
    let name = own_name(call)?;
    let callback = call.arg(0).filter(|value| !convert::is_absent(Some(value)));
    let sleep = Duration::from_micros(u64::try_from(convert::int(call, 1)?).unwrap_or(0));
    let batch = match convert::int(call, 2)? {
        batch if batch > 0 => batch,
        _ => BATCH,
    };
    let age = if convert::is_absent(call.arg(3)) {
        Age::Expired
    } else {
        Age::Before(convert::int(call, 3)?)
    };
    if let Some(callback) = callback
        && !zend::is_callable(callback)
    {
        pending()?;
        return Err(convert::wrong_type(call, 0, "callable|false", callback));
    }
    let keys = kernel::timed(|| request::store()?.matching(&Match::Tree(name.clone()), age))
        .map_err(|error| Failure::with(name.bytes(), &error))?;
    let mut work = Work { name, keys, next: 0 };
    let batch = usize::try_from(batch).unwrap_or(usize::MAX);
    loop {
        let removed = match remove_batch(&mut work, batch, age) {
            Ok(Some(removed)) => removed,
            Ok(None) => break,
            Err(failure) => return Err(failure),
        };
        if removed > 0
            && let Some(callback) = callback
        {
            let path = convert::bytes_value(work.name.bytes());
            let called = zend::call(callback, [path, convert::int_value(removed.cast_signed())]);
            if called.is_none() {
                return Err(Failure::Pending);
            }
        }
        if work.next < work.keys.len() && !rest(sleep) {
            return Err(Failure::Pending);
        }
    }
    let name = work.name;
    let removed = local_path(name.bytes()).and_then(|path| local::remove_tree(&path));
    zend::forget_file_status();
    removed.map_err(|error| Failure::with(name.bytes(), &error))?;
    call.answer_bool(true);
    Ok(())
}

/// Removes the next batch; none when nothing is left.
fn remove_batch(work: &mut Work, batch: usize, age: Age) -> Result<Option<u64>, Failure> {
    let end = work.next.saturating_add(batch).min(work.keys.len());
    let Some(keys) = work.keys.get(work.next..end).filter(|keys| !keys.is_empty()) else {
        return Ok(None);
    };
    let removed = kernel::timed(|| request::store()?.remove(keys, age));
    request::forget_all();
    let removed = removed.map_err(|error| Failure::with(work.name.bytes(), &error))?;
    work.next = end;
    Ok(Some(removed))
}

/// Sleeps; false when the request's time is over.
fn rest(mut time: Duration) -> bool {
    while !time.is_zero() {
        if zend::timed_out() {
            return false;
        }
        let nap = time.min(NAP);
        std::thread::sleep(nap);
        time -= nap;
    }
    true
}
