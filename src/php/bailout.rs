//! The engine's long jumps, kept off Rust frames.
//!
//! A fatal error, a time limit, an allocation beyond `memory_limit` or a client that goes away ends
//! the request by a jump out of whatever runs (a "bailout"). Over Rust frames it would lose all that
//! they own. So each call into the engine that may run PHP code, put something out or allocate goes
//! through [`guarded`], which stops the jump and remembers it. From then on the engine is not called
//! any more, [`zend::exception_pending`](super::zend::exception_pending) says yes, and the frames end as
//! after an exception. When nothing of ours is left, [`outermost`] lets the jump go on.

#![allow(unsafe_code)]

use std::cell::Cell;
use std::mem::needs_drop;
use std::panic::{AssertUnwindSafe, resume_unwind};

use ext_php_rs::zend::{CatchError, bailout, run_handler, try_catch};

thread_local! {
    static STOPPED: Cell<bool> = const { Cell::new(false) };
}

/// A jump was stopped: the request is about to end.
pub fn is_stopped() -> bool {
    STOPPED.get()
}

/// Calls into the engine; none when it ends the request, now or already. The call owns nothing, so
/// that nothing is lost with it.
pub fn guarded<R, F: FnOnce() -> R>(call: F) -> Option<R> {
    const { assert!(!needs_drop::<F>(), "what the call owned would be lost in a jump") };
    if is_stopped() {
        return None;
    }
    match try_catch(AssertUnwindSafe(call)) {
        Ok(answer) => Some(answer),
        Err(CatchError::Panic(message)) => resume_unwind(Box::new(message)),
        Err(_) => {
            STOPPED.set(true);
            None
        }
    }
}

/// Does a work that the engine asked for. Panics become exceptions; a jump that was stopped on the way goes
/// on from here. The caller owns nothing.
pub fn outermost<F: FnOnce()>(work: F) {
    const {
        assert!(
            !needs_drop::<F>(),
            "what the caller owned would be lost in a jump"
        )
    };
    // The engine runs, so no jump is on its way, whatever happened to an earlier one.
    STOPPED.set(false);
    run_handler(AssertUnwindSafe(work));
    if STOPPED.take() {
        // SAFETY: the frames between here and the engine are this one and those of its callers, which own
        // nothing.
        unsafe { bailout() };
    }
}
