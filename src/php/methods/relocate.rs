//! `fileCopy`, `fileLinkCopy`, `fileMove`, `move`.

use super::{Done, name, own_name};
use crate::error::{Error, Result as ClusterResult};
use crate::php::call::Call;
use crate::php::errors::Failure;
use crate::php::request;
use crate::storage::Name;

fn answer(call: &mut Call<'_>, from: &Name, to: &Name, done: ClusterResult<bool>) -> Done {
    request::forget(from);
    request::forget(to);
    let shown = || [from.bytes(), to.bytes()].join(b" to ".as_slice());
    match done {
        Ok(true) => {
            call.answer_bool(true);
            Ok(())
        }
        Ok(false) => Err(Failure::with(&shown(), &Error::NotFound)),
        Err(error) => Err(Failure::with(&shown(), &error)),
    }
}

/// `fileCopy( $src, $dst )`, `fileLinkCopy( $src, $dst, $symLink )`
pub fn file_copy(call: &mut Call<'_>) -> Done {
    let (from, to) = (name(call, 0)?, name(call, 1)?);
    let done = request::store().and_then(|store| store.copy(&from, &to));
    answer(call, &from, &to, done)
}

/// `fileMove( $src, $dst )`
pub fn file_move(call: &mut Call<'_>) -> Done {
    let (from, to) = (name(call, 0)?, name(call, 1)?);
    let done = request::store().and_then(|store| store.rename(&from, &to));
    answer(call, &from, &to, done)
}

/// `move( $dst )`
pub fn move_to(call: &mut Call<'_>) -> Done {
    let (from, to) = (own_name(call)?, name(call, 0)?);
    let done = request::store().and_then(|store| store.rename(&from, &to));
    answer(call, &from, &to, done)
}
