//! `startCacheGeneration`, `checkCacheGenerationTimeout`, `endCacheGeneration`,
//! `abortCacheGeneration`.

use std::time::Duration;

use ext_php_rs::types::Zval;

use super::{Done, local_path, own_name, own_path, pending};
use crate::error::{Error, Result as ClusterResult};
use crate::php::call::Call;
use crate::php::errors::Failure;
use crate::php::known::Known;
use crate::php::request::OpenClaim;
use crate::php::{convert, errors, kernel, request, zend};
use crate::storage::Name;
use crate::storage::claims::{ClaimId, Claimed, Seen, generating, is_generating};

/// Seconds that a claim counts as held by somebody else after an error of the database.
const REFUSED_BY_ERROR: i64 = 1;

/// `startCacheGeneration()`
///
/// Callers ask again and again until it is true, so everything that they are refused for has an end.
pub fn start(call: &mut Call<'_>) -> Done {
    settle(call)?;
    let mut name = own_name(call)?;
    if let Some(open) = held(call, name.bytes()) {
        // The object is generating already, unless somebody has taken over.
        match renew(&open) {
            Ok(true) => {
                call.answer_bool(true);
                return Ok(());
            }
            Ok(false) => {
                give_up(call, name.bytes());
                name = open.claim.real().clone();
            }
            Err(error) => return refuse(call, &name, &error),
        }
    }
    match claim(&name, Seen::Anything, Own::Busy) {
        Ok(Wanted::Granted(claim)) => {
            enter(call, &name, claim);
            call.answer_bool(true);
        }
        Ok(Wanted::Refused { seconds, .. }) => call.answer().set_long(seconds),
        Ok(Wanted::Overtaken) => call.answer().set_long(REFUSED_BY_ERROR),
        // The file can be made, and nobody can be kept from making it too.
        Ok(Wanted::Unclaimable(error)) => {
            call.answer_bool(true);
            errors::tell(Failure::with(name.bytes(), &error))?;
        }
        Err(error) => return refuse(call, &name, &error),
    }
    Ok(())
}

fn refuse(call: &mut Call<'_>, name: &Name, error: &Error) -> Done {
    call.answer().set_long(REFUSED_BY_ERROR);
    errors::tell(Failure::with(name.bytes(), error))
}

fn renew(open: &OpenClaim) -> ClusterResult<bool> {
    let renewed = open.store.renew(&open.claim)?;
    if renewed {
        request::renewed_claim(open.claim.identity());
    }
    Ok(renewed)
}

/// What came of wanting a claim.
pub enum Wanted {
    /// Claimed, and on the list of open claims.
    Granted(ClaimId),
    /// A higher version is there.
    Overtaken,
    /// Somebody else has it, or another object of this request.
    Refused {
        /// Seconds until it may be taken over.
        seconds: i64,
        /// How it can be waited for.
        wait: Wait,
    },
    /// Nobody can claim it: its name leaves no room for that of a claim.
    Unclaimable(Error),
}

/// How a claim that was refused can be waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wait {
    /// At the lock of the server.
    Lock,
    /// By looking again: its maker takes no lock.
    Look,
    /// Not at all: this process has it.
    Never,
}

/// Which claim of another object of this process goes to the one that asks, when it is older than a claim may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Own {
    /// One that was let go of.
    Left,
    /// One whose callback still runs, too: who asks would not end before it.
    Busy,
}

/// Claims a file for this request. Should two objects have one claim then, the first one that ends it ends it.
///
/// # Errors
/// What kept the database from it.
pub fn claim(name: &Name, seen: Seen<'_>, own: Own) -> ClusterResult<Wanted> {
    let timeout = request::configuration()?.generation_timeout;
    let generating = generating(name);
    let store = request::store()?;
    if let Some(open) = request::claim_in(&store, generating.bytes()) {
        let left = open.left_of(Duration::from_secs(timeout.unsigned_abs()));
        if !left.is_zero() || open.is_busy() && own == Own::Left {
            let seconds = i64::try_from(left.as_secs()).unwrap_or(i64::MAX);
            return Ok(Wanted::Refused {
                seconds: seconds.saturating_add(1),
                wait: Wait::Never,
            });
        }
        if renew(&open)? {
            return Ok(Wanted::Granted(open.claim.identity()));
        }
        // Somebody else has taken it over since.
        request::take_claim(&open);
        open.store.release(&open.claim)?;
    }
    Ok(match store.claim(name, seen, timeout) {
        Ok(Claimed::Granted(claim)) => {
            let granted = Wanted::Granted(claim.identity());
            request::opened_claim(claim, store);
            granted
        }
        Ok(Claimed::Overtaken) => Wanted::Overtaken,
        Ok(Claimed::Refused { seconds, locked }) => Wanted::Refused {
            seconds,
            wait: if locked { Wait::Lock } else { Wait::Look },
        },
        Ok(Claimed::Unnameable(error)) => Wanted::Unclaimable(error),
        Err(error) => return Err(error),
    })
}

/// The open claim under this name that the object has.
pub fn held(call: &Call<'_>, generating: &[u8]) -> Option<OpenClaim> {
    call.this()
        .and_then(|this| request::claim_of(zend::handle(this), generating))
}

/// The object makes the file under the name of this claim from now on.
pub fn enter(call: &Call<'_>, name: &Name, claim: ClaimId) {
    if let Some(this) = call.this() {
        request::hold_claim(claim, zend::handle(this));
        request::may_store(zend::handle(this), name);
        call.set_property(Known::FilePath, convert::bytes_value(generating(name).bytes()));
        call.set_property(Known::RealFilePath, convert::bytes_value(name.bytes()));
    }
}

/// The object is about the file itself again.
pub fn leave(call: &Call<'_>, open: &OpenClaim) {
    request::forget(open.claim.generating());
    request::forget(open.claim.real());
    back_to(call, open.claim.real().bytes());
}

fn back_to(call: &Call<'_>, real: &[u8]) {
    call.set_property(Known::FilePath, convert::bytes_value(real));
    call.set_property(Known::RealFilePath, Zval::null());
}

/// An object whose claim was ended by another one is about the file itself again.
pub fn settle(call: &Call<'_>) -> Done {
    let (Some(this), Some(path)) = (call.this(), own_path(call)?) else {
        return Ok(());
    };
    if !is_generating(&path) || held(call, &path).is_some() {
        return Ok(());
    }
    let real = Known::RealFilePath.property_of(this);
    pending()?;
    if let Some(real) = real.zend_str().map(|real| Name::new(real.as_bytes()))
        && generating(&real).bytes() == path
    {
        back_to(call, real.bytes());
    }
    Ok(())
}

/// The claim of the object, taken off the list; the object is then about the file itself.
pub fn take(call: &Call<'_>) -> Result<Option<OpenClaim>, Failure> {
    let Some(path) = own_path(call)? else {
        return Ok(None);
    };
    let open = held(call, &path);
    match &open {
        Some(open) => {
            request::take_claim(open);
            leave(call, open);
        }
        None => settle(call)?,
    }
    Ok(open)
}

/// Gives up the claim under this name, since PHP code threw: the exception is what is told.
pub fn give_up(call: &Call<'_>, generating: &[u8]) {
    if let Some(open) = held(call, generating) {
        request::take_claim(&open);
        leave(call, &open);
        let _ = open.store.release(&open.claim);
    }
}

/// `checkCacheGenerationTimeout()`
pub fn check(call: &mut Call<'_>) -> Done {
    let path = own_path(call)?.unwrap_or_default();
    let Some(open) = held(call, &path) else {
        call.answer_bool(false);
        return Ok(());
    };
    let renewed = renew(&open).map_err(|error| Failure::with(&path, &error))?;
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
    forget_draft(&open);
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

/// Removes what `storeContents()` may have left under the claim's name in the site.
fn forget_draft(open: &OpenClaim) {
    if let Ok(path) = local_path(open.claim.generating().bytes()) {
        let _ = std::fs::remove_file(path);
    }
}

/// `abortCacheGeneration()`
pub fn abort(call: &mut Call<'_>) -> Done {
    let Some(open) = take(call)? else {
        call.answer_bool(false);
        return Ok(());
    };
    let real = open.claim.real().clone();
    let released = open.store.release(&open.claim);
    forget_draft(&open);
    drop(open);
    released.map_err(|error| Failure::with(real.bytes(), &error))?;
    call.answer_bool(true);
    Ok(())
}
