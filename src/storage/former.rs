//! A lost connection: lost for this side only, perhaps. The server may still hold its locks and its
//! transaction open, for as long as nobody tells it.

use std::time::Instant;

use crate::mysql::MysqlError;
use crate::pool::retry::pause;
use crate::pool::{Place, Session};

/// Looks at whether a connection has ended: for some seconds in all, as a large transaction is undone
/// first.
const LOOKS: u32 = 12;

/// A connection that another one replaces.
#[derive(Debug)]
pub struct Former {
    place: Place,
    id: u64,
    since: Instant,
}

impl Former {
    /// The connection of a session that is about to go.
    pub fn of(session: &Session) -> Self {
        Self {
            place: session.place().clone(),
            id: session.connection_id(),
            since: session.opened(),
        }
    }

    /// The server that it led to.
    pub fn place(&self) -> &Place {
        &self.place
    }

    /// Ends it, as a user may do to connections of the same name. That it is gone is as good, and
    /// so is that it may not be ended: then its locks are waited for.
    ///
    /// # Errors
    /// The new connection is lost too.
    pub fn end(&self, session: &mut Session) -> std::result::Result<(), MysqlError> {
        if *session.place() != self.place {
            return Ok(());
        }
        // A server that started later counts its connections anew: the number may be another's. It
        // says how long it runs in whole seconds, of a start and a present without their fractions.
        let rows = session.query_rows("SHOW GLOBAL STATUS LIKE 'Uptime'")?;
        let uptime = rows
            .first()
            .and_then(|row| row.get(1)?.as_deref())
            .and_then(|cell| std::str::from_utf8(cell).ok()?.parse::<u64>().ok());
        let since = self.since.elapsed().as_secs();
        if uptime.is_none_or(|uptime| uptime < since + 2) || session.connection_id() == self.id {
            return Ok(());
        }
        match session.query(&format!("KILL CONNECTION {}", self.id)) {
            Err(error) if error.is_gone() => Err(error),
            Err(_) => Ok(()),
            Ok(_) => self.await_end(session),
        }
    }

    /// KILL only tells a connection to end. Until it has, its locks are there; a claim that is tried
    /// again would be refused for the sake of a ghost.
    fn await_end(&self, session: &mut Session) -> std::result::Result<(), MysqlError> {
        let sql = format!(
            "SELECT 1 FROM information_schema.PROCESSLIST WHERE ID = {}",
            self.id
        );
        let mut tries = 0;
        while tries < LOOKS && !session.query_rows(&sql)?.is_empty() {
            tries += 1;
            std::thread::sleep(pause(tries));
        }
        Ok(())
    }
}
