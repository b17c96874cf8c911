//! Standard output: a reader who leaves is no accident.

use std::io::{ErrorKind, Write};

use crate::failure::Failure;

/// Writes bytes.
pub fn bytes(bytes: &[u8]) -> Result<(), Failure> {
    std::io::stdout().lock().write_all(bytes).map_err(failed)
}

/// Writes a line.
pub fn line(text: impl std::fmt::Display) -> Result<(), Failure> {
    writeln!(std::io::stdout().lock(), "{text}").map_err(failed)
}

/// Makes sure that all of it is out.
pub fn flush() -> Result<(), Failure> {
    std::io::stdout().lock().flush().map_err(failed)
}

fn failed(error: std::io::Error) -> Failure {
    if error.kind() == ErrorKind::BrokenPipe {
        Failure::Closed
    } else {
        Failure::Work(format!("cannot write the output: {error}"))
    }
}
