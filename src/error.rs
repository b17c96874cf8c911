//! What can go wrong, with what a person needs to put it right.

use std::fmt;
use std::io;
use std::path::PathBuf;

use crate::mysql::MysqlError;
use crate::tries::Tries;

/// Result of everything below the PHP surface.
pub type Result<T> = std::result::Result<T, Error>;

/// An error of the cluster. The message says what was wrong and, where it can, what to do; the
/// name of the file is put before it by the caller, who knows it.
#[derive(Debug)]
pub enum Error {
    /// No connection could be had.
    Connect {
        /// Server, database and user, without the password.
        target: String,
        /// Why, each time.
        tries: Tries,
    },
    /// As many connections are in use as the settings allow.
    PoolLimit {
        /// Server, database and user, without the password.
        target: String,
        /// How many that is.
        max: u32,
    },
    /// A statement failed.
    Database {
        /// What was being done, as in "while …".
        doing: &'static str,
        /// Why.
        source: MysqlError,
    },
    /// A statement failed each time it was tried.
    Repeated {
        /// What was being done, as in "while …".
        doing: &'static str,
        /// Why, each time.
        tries: Tries,
    },
    /// The connection was lost while COMMIT was under way, and the database could not be asked
    /// whether it took place.
    CommitUnknown {
        /// How it was lost.
        source: MysqlError,
        /// Why the database could not be asked.
        unasked: Box<Error>,
    },
    /// The transaction met others every time it was tried.
    Conflict {
        /// The refusals.
        tries: Tries,
    },
    /// The database has no cluster tables.
    NoTables {
        /// Its name.
        database: String,
    },
    /// A table of the right name has columns that are not those of a known layout.
    UnknownTable {
        /// The table.
        table: &'static str,
        /// What is not as it should be.
        reason: String,
    },
    /// The caller's argument cannot be worked with.
    Refused(String),
    /// The stored file does not add up.
    Damaged(String),
    /// There is no such file.
    NotFound,
    /// A local file or directory failed.
    Local {
        /// What was being done, as in "cannot …".
        doing: &'static str,
        /// With which path.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A local file was not the same at the end of reading as at the beginning.
    ChangedWhileRead {
        /// Its path.
        path: PathBuf,
    },
    /// The caller's time was over.
    Interrupted,
}

impl Error {
    /// Wraps an error of the client for `map_err`.
    pub fn database(doing: &'static str) -> impl FnOnce(MysqlError) -> Self {
        move |source| Self::Database { doing, source }
    }

    /// Wraps an error of the file system for `map_err`.
    pub fn local(doing: &'static str, path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::Local {
            doing,
            path: path.into(),
            source,
        }
    }

    /// A statement failed, after other tries or at once.
    #[must_use]
    pub fn after(doing: &'static str, tries: Tries) -> Self {
        match tries.last() {
            Some(source) if tries.count() == 1 => Self::Database {
                doing,
                source: source.clone(),
            },
            _ => Self::Repeated { doing, tries },
        }
    }

    /// This one, which ends work that failed before: the message then tells of all tries.
    #[must_use]
    pub fn following(self, earlier: Tries) -> Self {
        match self {
            Self::Connect { target, tries } => Self::Connect {
                target,
                tries: earlier.and(tries),
            },
            other => other,
        }
    }

    /// The error of the client or server behind this one.
    #[must_use]
    pub fn mysql(&self) -> Option<&MysqlError> {
        match self {
            Self::Database { source, .. } | Self::CommitUnknown { source, .. } => Some(source),
            Self::Connect { tries, .. } | Self::Repeated { tries, .. } | Self::Conflict { tries } => {
                tries.last()
            }
            _ => None,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Connect { target, tries } => {
                write!(f, "no connection to {target}: {tries}")
            }
            Self::PoolLimit { target, max } => write!(
                f,
                "no connection to {target}: all {max} that ezdbfile.pool_max allows this process are in use"
            ),
            Self::Repeated { doing, tries } => write!(f, "the database failed while {doing}: {tries}"),
            Self::Database { doing, source } => write!(f, "the database failed while {doing}: {source}"),
            Self::CommitUnknown { source, unasked } => write!(
                f,
                "the connection was lost during COMMIT ({source}), and the database could not be asked whether the change took place ({unasked}): look before repeating it"
            ),
            Self::Conflict { tries } => write!(f, "other transactions were in the way: {tries}"),
            Self::NoTables { database } => write!(
                f,
                "database \"{database}\" has no tables ezdbfile and ezdbfile_data; ezdbfile_install() makes them"
            ),
            Self::UnknownTable { table, reason } => {
                write!(f, "table {table} is not one of a cluster: {reason}")
            }
            Self::Refused(reason) => f.write_str(reason),
            Self::Damaged(reason) => write!(f, "the stored file is damaged: {reason}"),
            Self::NotFound => f.write_str("no such file in the cluster"),
            Self::Local { doing, path, source } => {
                write!(f, "cannot {doing} {}: {source}", path.display())
            }
            Self::ChangedWhileRead { path } => {
                write!(
                    f,
                    "{} changed while it was read; nothing was stored",
                    path.display()
                )
            }
            Self::Interrupted => f.write_str("stopped because max_execution_time is over"),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Local { source, .. } => Some(source),
            other => other
                .mysql()
                .map(|source| source as &(dyn std::error::Error + 'static)),
        }
    }
}
