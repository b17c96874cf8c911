//! What the client library or the server said, with its number and SQLSTATE kept.

use std::fmt;

/// An error of the client library (numbers 2000 to 2999, 5000 and up) or of the server.
///
/// Numbers: MariaDB documentation, "MariaDB Error Code Reference".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MysqlError {
    /// Error number; 0 only where the library reported a failure without one.
    pub code: u32,
    /// Five characters, `HY000` where there is no better one.
    pub sqlstate: String,
    /// The text of the library or server.
    pub message: String,
}

impl MysqlError {
    /// An error that this crate itself found in the client's answers.
    #[must_use]
    pub fn own(message: impl Into<String>) -> Self {
        Self {
            code: 0,
            sqlstate: "HY000".into(),
            message: message.into(),
        }
    }

    /// The connection is of no use any more: lost, killed, timed out, server shut down.
    #[must_use]
    pub fn is_gone(&self) -> bool {
        matches!(
            self.code,
            1053 | 1077 | 1152 | 1159 | 1160 | 1161 | 1927 | 2001
                ..=2006 | 2012 | 2013 | 2014 | 2026 | 2027 | 2055 | 4031 | 5014
        )
    }

    /// The server rolled the transaction back, or made it wait too long, for the sake of
    /// another one; the same work can succeed when it is done again.
    #[must_use]
    pub fn is_conflict(&self) -> bool {
        matches!(self.code, 1205 | 1213 | 1020) || self.is_without_id()
    }

    /// The server had no id for a row: a deadlock over the counter (with a binary log of statements), or
    /// ids have run out, and then every try fails.
    #[must_use]
    pub fn is_without_id(&self) -> bool {
        self.code == 1467
    }

    /// The server could not be reached, had no place, or ended what had just been connected: a little
    /// later it may be otherwise.
    #[must_use]
    pub fn is_worth_connecting_again(&self) -> bool {
        matches!(
            self.code,
            1040 | 1053 | 1129 | 1203 | 1226 | 1927 | 2002 | 2003 | 2006 | 2013 | 2055
        )
    }

    /// Encryption could not be agreed upon: a wrong certificate, or a line that was lost just then.
    /// Nothing but the text of the library for encryption tells one from the other.
    #[must_use]
    pub fn is_encryption(&self) -> bool {
        self.code == 2026
    }

    /// The time that a statement may take was over.
    #[must_use]
    pub fn is_out_of_time(&self) -> bool {
        matches!(self.code, 1969 | 3024)
    }

    /// The server does not take a statement of this form, such as a block: it does not know it (1064), or not as a
    /// prepared statement (1295), or no such variable (1193) or value of one (1231).
    #[must_use]
    pub fn is_not_understood(&self) -> bool {
        matches!(self.code, 1064 | 1193 | 1231 | 1295)
    }

    /// This user (1142, 1143) or this server (1290, 1792, 1836) changes nothing, whether or not there is something to
    /// change.
    #[must_use]
    pub fn is_read_only(&self) -> bool {
        matches!(self.code, 1142 | 1143 | 1290 | 1792 | 1836)
    }

    /// The table does not exist (1146, 1932), has no such column (1054) or index (1176), has a column more
    /// that must be given (1364), or is younger than what the transaction sees (1412).
    #[must_use]
    pub fn is_schema(&self) -> bool {
        matches!(self.code, 1146 | 1054 | 1176 | 1364 | 1412 | 1932)
    }
}

impl fmt::Display for MysqlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.code == 0 {
            f.write_str(&self.message)
        } else {
            write!(f, "{} (error {}, {})", self.message, self.code, self.sqlstate)
        }
    }
}

impl std::error::Error for MysqlError {}
