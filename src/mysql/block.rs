//! Several statements in one message: a round trip less for each, and for the start of a transaction.
//!
//! MariaDB takes a block, `BEGIN NOT ATOMIC … END`, as one prepared statement with the parameters of
//! all (MariaDB documentation, "Using Compound Statements Outside of Stored Programs"). The first
//! statement that fails ends it. Parameters of a block are written out as text by the server, so it is
//! for keys and numbers and few bytes, not for whole files. Servers that know no blocks get one statement
//! after the other.
//!
//! A statement whose answer nobody waits for is deferred: it goes with the next one, or with the COMMIT. So
//! the server may do to its end what a client that dies has begun to commit.

use super::connection::Connection;
use super::error::MysqlError;
use super::statement::{Param, StatementId};

/// A statement of a block: SQL with a `?` for each of its parameters. One of a block may have rows.
pub type Part<'a> = (&'a str, &'a [Param<'a>]);

/// What [`Connection::begin`] sends.
const START: &str = "START TRANSACTION";
/// The start of a transaction in the middle of a block.
pub const START_HERE: Part<'static> = (START, &[]);
const COMMIT: Part<'static> = ("COMMIT", &[]);
/// More bytes in the parameters of a block cost the server more than a message of their own.
const SMALL: usize = 2048;

/// A statement that goes to the server with the next one.
pub(super) struct Deferred {
    sql: String,
    params: Vec<Value>,
}

/// A [`Param`] that owns its value.
enum Value {
    Int(i64),
    Text(Vec<u8>),
    Bytes(Vec<u8>),
}

impl Deferred {
    fn new((sql, params): Part<'_>) -> Self {
        let value = |param: &Param<'_>| match param {
            Param::Int(value) => Value::Int(*value),
            Param::Text(value) => Value::Text(value.to_vec()),
            Param::Bytes(value) => Value::Bytes(value.to_vec()),
        };
        Self {
            sql: sql.to_owned(),
            params: params.iter().map(value).collect(),
        }
    }

    fn params(&self) -> Vec<Param<'_>> {
        let param = |value| match value {
            &Value::Int(value) => Param::Int(value),
            Value::Text(value) => Param::Text(value),
            Value::Bytes(value) => Param::Bytes(value),
        };
        self.params.iter().map(param).collect()
    }
}

impl Connection {
    /// A transaction starts with the next statement. Until then the server is not told.
    pub fn begin(&mut self) {
        self.deferred.push(Deferred::new((START, &[])));
    }

    /// Runs a statement of a transaction before the next one or the end of the transaction, and in one message
    /// with it where the server takes blocks: an error of it may show only then.
    ///
    /// # Errors
    /// What the server said, where it had to be asked.
    pub fn defer(&mut self, sql: &str, params: &[Param<'_>]) -> Result<(), MysqlError> {
        if self.takes_blocks {
            self.deferred.push(Deferred::new((sql, params)));
            return Ok(());
        }
        self.execute(sql, params).map(drop)
    }

    /// As [`defer`](Self::defer) when the parameters have few bytes, and nothing is deferred yet; otherwise the
    /// statement is run at once.
    ///
    /// # Errors
    /// As [`defer`](Self::defer).
    pub fn defer_small(&mut self, sql: &str, params: &[Param<'_>]) -> Result<(), MysqlError> {
        if self.deferred.is_empty() && params.iter().map(Param::length).sum::<usize>() <= SMALL {
            return self.defer(sql, params);
        }
        self.execute(sql, params).map(drop)
    }

    /// No transaction starts with the next statement, unless [`begin`](Self::begin) is called again;
    /// true when one would have.
    pub fn begin_no_more(&mut self) -> bool {
        let begins = matches!(self.deferred.as_slice(), [start] if start.sql == START);
        if begins {
            self.deferred.clear();
        }
        begins
    }

    /// Makes the transaction permanent.
    ///
    /// # Errors
    /// What the server said: that of the COMMIT, or of a statement that was to go with it.
    pub fn commit(&mut self) -> Result<(), MysqlError> {
        if self.begin_no_more() {
            Ok(())
        } else if self.deferred.is_empty() {
            self.query("COMMIT").map(drop)
        } else {
            self.execute_block(&[COMMIT]).map(drop)
        }
    }

    /// As [`commit`](Self::commit), and when it has taken place the server does the statement `then`; false where it
    /// was not told of that one, as it takes no blocks.
    ///
    /// # Errors
    /// As [`commit`](Self::commit), or that of `then`: the transaction is permanent then.
    pub fn commit_and(&mut self, then: Part<'_>) -> Result<bool, MysqlError> {
        if self.begin_no_more() {
            return Ok(false);
        }
        if !self.takes_blocks {
            return self.commit().map(|()| false);
        }
        self.execute_block(&[COMMIT, then]).map(|_| true)
    }

    /// Undoes the transaction. What the server has not been told of it is forgotten.
    ///
    /// # Errors
    /// What the server said; the connection is then not to be used again.
    pub fn rollback(&mut self) -> Result<(), MysqlError> {
        let begins = self.deferred.first().is_some_and(|first| first.sql == START);
        self.deferred.clear();
        if begins {
            return Ok(());
        }
        self.query("ROLLBACK").map(drop)
    }

    /// As on a server that knows no blocks.
    #[cfg(test)]
    pub fn take_no_blocks(&mut self) {
        self.takes_blocks = false;
    }

    /// Tells the server what waits for the next statement, which cannot go with it.
    pub(super) fn flush(&mut self) -> Result<(), MysqlError> {
        if self.begin_no_more() {
            self.send(START)
        } else if self.deferred.is_empty() {
            Ok(())
        } else {
            self.execute_block(&[]).map(drop)
        }
    }

    /// Runs statements in their order, to the first one that fails. Answers with the rows that they
    /// matched, removed or inserted, all of them together: the server tells no more. (With what was deferred.)
    ///
    /// # Errors
    /// What the server said of that one. Those before it have taken place.
    pub fn execute_block(&mut self, parts: &[Part<'_>]) -> Result<u64, MysqlError> {
        if let Some(done) = self.try_block(parts, |connection, sql, params| {
            connection.execute_at_once(sql, params).map(|done| done.affected)
        })? {
            return Ok(done);
        }
        let mut affected = 0;
        for deferred in std::mem::take(&mut self.deferred) {
            if deferred.sql == START {
                // Servers without blocks may not prepare it.
                self.send(START)?;
                continue;
            }
            affected += self.execute_at_once(&deferred.sql, &deferred.params())?.affected;
        }
        for (sql, params) in parts {
            affected += self.execute_at_once(sql, params)?.affected;
        }
        Ok(affected)
    }

    /// Runs statements of which one has rows, as a block. They are read as those of
    /// [`select`](Self::select); whether the statements behind it went well shows when the rows are at their
    /// end. None where the server takes no blocks, and nothing was run.
    ///
    /// # Errors
    /// What the server said of the one that failed.
    pub fn select_in_block(&mut self, parts: &[Part<'_>]) -> Result<Option<StatementId>, MysqlError> {
        self.try_block(parts, |connection, sql, params| {
            connection.select_at_once(sql, params, false)
        })
    }

    /// Inserts a row and says which AUTO_INCREMENT value it got.
    ///
    /// # Errors
    /// What the server said.
    pub fn insert(&mut self, sql: &str, params: &[Param<'_>]) -> Result<u64, MysqlError> {
        if !self.deferred.is_empty() {
            // Of the statements of a block, the server does not tell it.
            let parts = [(sql, params), ("SELECT LAST_INSERT_ID()", &[])];
            if let Some(statement) = self.select_in_block(&parts)? {
                let mut id = 0;
                while self.fetch(statement)? {
                    id = self.int(statement, 0);
                }
                return Ok(id.cast_unsigned());
            }
        }
        Ok(self.execute(sql, params)?.insert_id)
    }

    /// Sends statements as a block, behind those that were deferred; none where the server takes none.
    fn try_block<T>(
        &mut self,
        parts: &[Part<'_>],
        send: impl FnOnce(&mut Self, &str, &[Param<'_>]) -> Result<T, MysqlError>,
    ) -> Result<Option<T>, MysqlError> {
        if !self.takes_blocks {
            return Ok(None);
        }
        let deferred = std::mem::take(&mut self.deferred);
        let first = deferred.iter().map(|deferred| deferred.sql.as_str());
        let statements: Vec<&str> = first.chain(parts.iter().map(|(sql, _)| *sql)).collect();
        let sql = block(&statements);
        let mut params: Vec<Param<'_>> = deferred.iter().flat_map(Deferred::params).collect();
        params.extend(parts.iter().flat_map(|(_, params)| params.iter().copied()));
        match send(self, &sql, &params) {
            Err(error) if error.is_not_understood() => {
                self.takes_blocks = false;
                self.deferred = deferred;
                Ok(None)
            }
            done => done.map(Some),
        }
    }
}

fn block(statements: &[&str]) -> String {
    ["BEGIN NOT ATOMIC ", &statements.join("; "), "; END"].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_has_its_statements_in_order() {
        assert_eq!(
            block(&["START TRANSACTION", "DELETE a", "INSERT b"]),
            "BEGIN NOT ATOMIC START TRANSACTION; DELETE a; INSERT b; END"
        );
    }
}
