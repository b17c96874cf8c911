//! Several statements in one message: a round trip less for each, and for the start of a transaction.
//!
//! MariaDB takes a block, `BEGIN NOT ATOMIC … END`, as one prepared statement with the parameters of
//! all (MariaDB documentation, "Using Compound Statements Outside of Stored Programs"). The first
//! statement that fails ends it. Parameters of a block are written out as text by the server, so it is
//! for keys and numbers, not for the bytes of files. Servers that know no blocks get one statement
//! after the other.

use super::connection::Connection;
use super::error::MysqlError;
use super::statement::Param;

/// A statement of a block: SQL with a `?` for each of its parameters. It has no rows.
pub type Part<'a> = (&'a str, &'a [Param<'a>]);

const START: &str = "START TRANSACTION";

impl Connection {
    /// A transaction starts with the next statement. Until then the server is not told.
    pub fn begin(&mut self) {
        self.begins = true;
    }

    /// No transaction starts with the next statement, unless [`begin`](Self::begin) is called again;
    /// true when one would have.
    pub fn begin_no_more(&mut self) -> bool {
        std::mem::take(&mut self.begins)
    }

    /// As on a server that knows no blocks.
    #[cfg(test)]
    pub fn take_no_blocks(&mut self) {
        self.takes_blocks = false;
    }

    pub(super) fn begin_now(&mut self) -> Result<(), MysqlError> {
        if self.begin_no_more() {
            self.send(START)?;
        }
        Ok(())
    }

    /// Runs statements in their order, to the first one that fails. Answers with the rows that they
    /// matched, removed or inserted, all of them together: the server tells no more.
    ///
    /// # Errors
    /// What the server said of that one. Those before it have taken place.
    pub fn execute_block(&mut self, parts: &[Part<'_>]) -> Result<u64, MysqlError> {
        if self.takes_blocks {
            let begins = self.begin_no_more();
            let sql = block(begins, parts);
            let params: Vec<Param<'_>> = parts
                .iter()
                .flat_map(|(_, params)| params.iter().copied())
                .collect();
            match self.execute_at_once(&sql, &params) {
                Err(error) if error.is_no_block() => {
                    self.takes_blocks = false;
                    self.begins = begins;
                }
                done => return done.map(|done| done.affected),
            }
        }
        let mut affected = 0;
        for (sql, params) in parts {
            affected += self.execute(sql, params)?.affected;
        }
        Ok(affected)
    }
}

fn block(begins: bool, parts: &[Part<'_>]) -> String {
    let mut sql = String::from("BEGIN NOT ATOMIC ");
    for part in begins
        .then_some(START)
        .into_iter()
        .chain(parts.iter().map(|(sql, _)| *sql))
    {
        sql.push_str(part);
        sql.push_str("; ");
    }
    sql.push_str("END");
    sql
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_starts_the_transaction_first() {
        let parts: [Part<'_>; 2] = [("DELETE a", &[]), ("INSERT b", &[])];
        assert_eq!(block(false, &parts), "BEGIN NOT ATOMIC DELETE a; INSERT b; END");
        assert_eq!(
            block(true, &parts),
            "BEGIN NOT ATOMIC START TRANSACTION; DELETE a; INSERT b; END"
        );
    }
}
