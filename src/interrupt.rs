//! Long loops ask here, block by block, whether their caller ran out of time.

use once_cell::sync::OnceCell;

static QUESTION: OnceCell<fn() -> bool> = OnceCell::new();

/// Sets the question; the PHP layer does it once, with the engine's `max_execution_time` flag.
pub fn ask_with(question: fn() -> bool) {
    // A second start of the module in the same process asks the same question.
    let _ = QUESTION.set(question);
}

/// True when the work should stop and leave everything as it was.
#[must_use]
pub fn requested() -> bool {
    QUESTION.get().is_some_and(|question| question())
}
