//! `startCacheGeneration`, `checkCacheGenerationTimeout`, `endCacheGeneration`,
//! `abortCacheGeneration`.

use ext_php_rs::types::Zval;

use super::{Done, own_name, own_path};
use crate::error::Result as ClusterResult;
use crate::php::call::Call;
use crate::php::errors::Failure;
use crate::php::known::Known;
use crate::php::request::OpenClaim;
use crate::php::{convert, errors, kernel, request, zend};
use crate::storage::Name;
use crate::storage::claims::{Claimed, Seen, generating};

/// Seconds that a claim counts as held by somebody else after an error of the database.
const REFUSED_BY_ERROR: i64 = 1;

/// `startCacheGeneration()`
pub fn start(call: &mut Call<'_>) -> Done {
    let name = own_name(call)?;
    if request::claim(name.bytes()).is_some() {
        // The object is generating already.
        call.answer_bool(true);
        return Ok(());
    }
    match claim(&name, Seen::Anything) {
        Ok(Wanted::Granted) => {
            enter(call, &name);
            call.answer_bool(true);
        }
        Ok(Wanted::Refused { seconds, .. }) => call.answer().set_long(seconds),
        Ok(Wanted::Own | Wanted::Overtaken) => call.answer().set_long(REFUSED_BY_ERROR),
        Err(error) => {
            call.answer().set_long(REFUSED_BY_ERROR);
            errors::tell(Failure::with(name.bytes(), &error))?;
        }
    }
    Ok(())
}

/// What came of wanting a claim.
pub enum Wanted {
    /// Claimed, and on the list of open claims.
    Granted,
    /// A higher version is there.
    Overtaken,
    /// This process has it already.
    Own,
    /// Somebody else has it.
    Refused {
        /// Seconds until it may be taken over.
        seconds: i64,
        /// Waiting for the server's lock is waiting for the claim.
        locked: bool,
    },
}

/// Claims a file for this request.
///
/// # Errors
/// What kept the database from it.
pub fn claim(name: &Name, seen: Seen<'_>) -> ClusterResult<Wanted> {
    if request::claim(generating(name).bytes()).is_some() {
        return Ok(Wanted::Own);
    }
    let timeout = request::configuration()?.generation_timeout;
    let store = request::store()?;
    Ok(match store.claim(name, seen, timeout)? {
        Claimed::Granted(claim) => {
            request::opened_claim(claim, store);
            Wanted::Granted
        }
        Claimed::Overtaken => Wanted::Overtaken,
        Claimed::Refused { seconds, locked } => Wanted::Refused { seconds, locked },
    })
}

/// The object makes the file under the claim's name from now on.
pub fn enter(call: &Call<'_>, name: &Name) {
    if let Some(this) = call.this() {
        Known::FilePath.set_property_of(this, convert::bytes_value(generating(name).bytes()));
        Known::RealFilePath.set_property_of(this, convert::bytes_value(name.bytes()));
    }
}

/// The object is about the file itself again.
pub fn leave(call: &Call<'_>, open: &OpenClaim) {
    request::forget(open.claim.generating().bytes());
    request::forget(open.claim.real().bytes());
    if let Some(this) = call.this() {
        Known::FilePath.set_property_of(this, convert::bytes_value(open.claim.real().bytes()));
        Known::RealFilePath.set_property_of(this, Zval::null());
    }
}

/// The claim of the object, taken off the list; the object is then about the file itself.
pub fn take(call: &Call<'_>) -> Result<Option<OpenClaim>, Failure> {
    let Some(path) = own_path(call)? else {
        return Ok(None);
    };
    let open = request::take_claim(&path);
    if let Some(open) = &open {
        leave(call, open);
    }
    Ok(open)
}

/// Gives up the claim under this name, since PHP code threw: the exception is what is told.
pub fn give_up(call: &Call<'_>, generating: &[u8]) {
    if let Some(open) = request::take_claim(generating) {
        leave(call, &open);
        let _ = open.store.release(&open.claim);
    }
}

/// `checkCacheGenerationTimeout()`
pub fn check(call: &mut Call<'_>) -> Done {
    let path = own_path(call)?.unwrap_or_default();
    let Some(open) = request::claim(&path) else {
        call.answer_bool(false);
        return Ok(());
    };
    let renewed = open
        .store
        .renew(&open.claim)
        .map_err(|error| Failure::with(&path, &error))?;
    call.answer_bool(renewed);
    Ok(())
}

/// `endCacheGeneration( $rename = true )`
pub fn end(call: &mut Call<'_>) -> Done {
    let rename = call.arg(0).is_none_or(zend::is_true);
    let Some(open) = take(call)? else {
        call.answer_bool(false);
        return Ok(());
    };
    let real = open.claim.real().clone();
    let ended = if rename {
        open.store.finish(&open.claim).map(|metadata| metadata.is_some())
    } else {
        open.store.release(&open.claim).map(|()| true)
    };
    drop(open);
    let ended = ended.map_err(|error| Failure::with(real.bytes(), &error))?;
    call.answer_bool(ended);
    kernel::debug(
        || {
            format!(
                "generation of {} ended: {ended}",
                String::from_utf8_lossy(real.bytes())
            )
        },
        &call.function(),
    );
    Ok(())
}

/// `abortCacheGeneration()`
pub fn abort(call: &mut Call<'_>) -> Done {
    let Some(open) = take(call)? else {
        call.answer_bool(false);
        return Ok(());
    };
    let real = open.claim.real().clone();
    let released = open.store.release(&open.claim);
    drop(open);
    released.map_err(|error| Failure::with(real.bytes(), &error))?;
    call.answer_bool(true);
    Ok(())
}
