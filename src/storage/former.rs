//! A lost connection: lost for this side only, perhaps. The server may still hold its locks and its
//! transaction open, for as long as nobody tells it.

use std::time::{Duration, Instant};

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
    /// How long the server had been running then, in seconds.
    uptime: Option<u64>,
}

impl Former {
    /// The connection of a session that is about to go.
    pub fn of(session: &Session) -> Self {
        Self {
            place: session.place().clone(),
            id: session.connection_id(),
            since: session.opened(),
            uptime: session.uptime_when_opened(),
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
    /// The new connection is lost too, or the server does not tell how long it has been running.
    pub fn end(&self, session: &mut Session) -> std::result::Result<(), MysqlError> {
        if *session.place() != self.place {
            return Ok(());
        }
        // A server that started later counts its connections anew: the number may be another's.
        // Before it is asked: see Session::open.
        let passed = self.since.elapsed();
        let (then, now) = (self.uptime, session.uptime()?);
        let same_run = then
            .zip(now)
            .is_some_and(|(then, now)| is_same_run(then, now, passed));
        if !same_run || session.connection_id() == self.id {
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

/// A server that had been running for `then` seconds has been running ever since, if it has for `now` seconds
/// `passed` later. Servers count whole seconds between two times without their fractions, so each may be off by almost
/// one; and a clock may be set. Of a server that was running for less than three seconds, a new start in the three
/// seconds after that does not show: then a connection of the same user may be ended by mistake, which its client
/// treats as lost.
fn is_same_run(then: u64, now: u64, passed: Duration) -> bool {
    /// By how much a clock may have been set forward, or an answer may have taken. Another server, to which a name leads
    /// now, mostly differs by more.
    const CLOCK: u64 = 60;
    let expected = then.saturating_add(passed.as_secs());
    (expected.saturating_sub(1)..=expected.saturating_add(CLOCK)).contains(&now)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_that_started_anew_is_another_one() {
        let passed = Duration::from_millis;
        for (then, now, passed, same) in [
            // However young it was, and whatever the fractions of a second are.
            (0, 0, passed(10), true),
            (0, 0, passed(1990), true),
            (1, 1, passed(1990), true),
            (100, 159, passed(60_900), true),
            (100, 161, passed(60_100), true),
            // Later, it has not been running for long enough.
            (100, 0, passed(10), false),
            (100, 60, passed(60_900), false),
            (100, 158, passed(60_900), false),
            (3, 60, passed(60_000), false),
            // Another server, which has been running for longer.
            (100, 100_000, passed(60_000), false),
            (u64::MAX, u64::MAX, passed(60_000), true),
        ] {
            assert_eq!(
                is_same_run(then, now, passed),
                same,
                "{then} s, {now} s after {passed:?}"
            );
        }
    }
}
