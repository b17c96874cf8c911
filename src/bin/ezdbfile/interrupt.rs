//! Ctrl-C: the work under way is undone or ended, and the program stops; a second one ends it at once.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use once_cell::sync::Lazy;
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;

use crate::failure::Failure;

static REQUESTED: Lazy<Arc<AtomicBool>> = Lazy::new(Arc::default);

/// Listens to the signals from now on.
pub fn listen() -> Result<(), Failure> {
    let failed = |error| Failure::Work(format!("cannot listen to signals: {error}"));
    for signal in [SIGINT, SIGTERM] {
        // In this order: the first signal finds the flag down, the second one up.
        flag::register_conditional_shutdown(signal, 130, Arc::clone(&REQUESTED)).map_err(failed)?;
        flag::register(signal, Arc::clone(&REQUESTED)).map_err(failed)?;
    }
    ezdbfile::interrupt::ask_with(requested);
    Ok(())
}

/// The program is to stop.
pub fn requested() -> bool {
    REQUESTED.load(Ordering::Relaxed)
}
