//! What became of the tries of one piece of work, for the message at the end and the limits before.

use std::fmt;
use std::time::{Duration, Instant};

use crate::mysql::MysqlError;

/// Tries that failed, by kind.
#[derive(Debug, Clone)]
pub struct Tries {
    begun: Instant,
    /// Each kind once, in the order of its first appearance: how often, and the last of it.
    failures: Vec<(u32, MysqlError)>,
    /// The kind that came last.
    last: usize,
}

impl Tries {
    /// None so far.
    #[must_use]
    pub fn begin() -> Self {
        Self {
            begun: Instant::now(),
            failures: Vec::new(),
            last: 0,
        }
    }

    /// Notes a failure.
    pub fn failed(&mut self, error: MysqlError) {
        self.add(1, error);
    }

    /// Notes the failures of a part of the work, which come after those noted so far.
    #[must_use]
    pub fn and(mut self, part: Self) -> Self {
        let last = part.last().cloned();
        for (count, error) in part.failures {
            self.add(count, error);
        }
        if let Some(last) = last {
            self.last = self.kind(&last).unwrap_or(self.last);
        }
        self
    }

    fn add(&mut self, count: u32, error: MysqlError) {
        self.last = match self.kind(&error) {
            Some(index) => index,
            None => {
                self.failures.push((0, error.clone()));
                self.failures.len() - 1
            }
        };
        if let Some(kind) = self.failures.get_mut(self.last) {
            *kind = (kind.0.saturating_add(count), error);
        }
    }

    /// Errors of this crate have no number, and are told apart by their text.
    fn kind(&self, error: &MysqlError) -> Option<usize> {
        self.failures.iter().position(|(_, known)| {
            known.code == error.code && (error.code != 0 || known.message == error.message)
        })
    }

    /// How many there were.
    #[must_use]
    pub fn count(&self) -> u32 {
        self.failures
            .iter()
            .fold(0, |sum, (count, _)| sum.saturating_add(*count))
    }

    /// The failure that came last.
    #[must_use]
    pub fn last(&self) -> Option<&MysqlError> {
        self.failures.get(self.last).map(|(_, error)| error)
    }

    /// Another try may be begun: so many repetitions are allowed, for so long.
    #[must_use]
    pub fn may_go_on(&self, retries: u32, time: Duration) -> bool {
        self.count() <= retries && self.has_time(time)
    }

    /// It began less than this ago.
    #[must_use]
    pub fn has_time(&self, time: Duration) -> bool {
        self.begun.elapsed() < time
    }
}

impl From<MysqlError> for Tries {
    fn from(error: MysqlError) -> Self {
        let mut tries = Self::begin();
        tries.failed(error);
        tries
    }
}

impl fmt::Display for Tries {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.failures.as_slice() {
            [(1, error)] => error.fmt(f),
            [(count, error)] => write!(f, "{error}, in {count} tries"),
            kinds => {
                write!(f, "in {} tries: ", self.count())?;
                for (index, (count, error)) in kinds.iter().enumerate() {
                    let separator = if index == 0 { "" } else { "; " };
                    write!(f, "{separator}{count} × {error}")?;
                }
                Ok(())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(code: u32, message: &str) -> MysqlError {
        MysqlError {
            code,
            sqlstate: "HY000".into(),
            message: message.into(),
        }
    }

    #[test]
    fn every_kind_of_failure_is_named_with_its_number() {
        let mut tries = Tries::begin();
        tries.failed(error(1213, "deadlock"));
        assert_eq!(tries.to_string(), "deadlock (error 1213, HY000)");
        tries.failed(error(1213, "deadlock"));
        assert_eq!(tries.to_string(), "deadlock (error 1213, HY000), in 2 tries");
        tries.failed(error(2013, "lost"));
        tries.failed(error(1213, "deadlock again"));
        assert_eq!(
            tries.to_string(),
            "in 4 tries: 3 × deadlock again (error 1213, HY000); 1 × lost (error 2013, HY000)"
        );
        assert_eq!(tries.last().map(|error| error.code), Some(1213));
        let all = tries.and(error(2002, "refused").into());
        assert_eq!(all.count(), 5);
        assert_eq!(all.last().map(|error| error.code), Some(2002));
    }

    #[test]
    fn repetitions_end_with_their_number_or_their_time() {
        let mut tries = Tries::begin();
        let long = Duration::from_secs(1000);
        assert!(tries.may_go_on(0, long));
        tries.failed(error(1, ""));
        assert!(!tries.may_go_on(0, long));
        assert!(tries.may_go_on(1, long));
        assert!(!tries.may_go_on(1, Duration::ZERO));
    }
}
