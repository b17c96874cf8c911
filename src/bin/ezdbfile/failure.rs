//! How a command fails: what is said, and the exit status.

use std::io::ErrorKind;
use std::process::ExitCode;

use ezdbfile::error::Error;

/// Why a command ended before its end.
#[derive(Debug)]
pub enum Failure {
    /// The arguments or settings are wrong.
    Usage(String),
    /// Something went wrong.
    Work(String),
    /// Single files failed, and each was told of.
    Told,
    /// Nobody reads the output any more.
    Closed,
    /// Ctrl-C.
    Interrupted,
}

impl Failure {
    /// An error about one thing, such as a file.
    pub fn about(what: &str, error: Error) -> Self {
        match Self::from(error) {
            Self::Work(text) => Self::Work(format!("{what}: {text}")),
            other => other,
        }
    }

    /// Says it, and what the program exits with.
    pub fn tell(self) -> ExitCode {
        match self {
            Self::Usage(text) => {
                eprintln!("ezdbfile: {text}");
                ExitCode::from(2)
            }
            Self::Work(text) => {
                eprintln!("ezdbfile: {text}");
                ExitCode::FAILURE
            }
            Self::Told | Self::Closed => ExitCode::FAILURE,
            Self::Interrupted => {
                eprintln!("ezdbfile: interrupted; what was done until then is whole");
                ExitCode::from(130)
            }
        }
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        match error {
            Error::Interrupted => Self::Interrupted,
            Error::NoTables { database } => Self::Work(format!(
                "database \"{database}\" has no tables ezdbfile and ezdbfile_data; \"ezdbfile install\" makes them"
            )),
            other => Self::Work(other.to_string()),
        }
    }
}

/// The error is not about one file: others would fail as well.
pub fn concerns_all(error: &Error) -> bool {
    if let Error::Local { source, .. } = error {
        return source.kind() == ErrorKind::StorageFull;
    }
    matches!(
        error,
        Error::Interrupted
            | Error::Connect { .. }
            | Error::PoolLimit { .. }
            | Error::NoTables { .. }
            | Error::UnknownTable { .. }
    )
}
