//! Work that takes effect as a whole or not at all.

use super::layout::Layout;
use super::{Attempt, Store};
use crate::error::{Error, Result};
use crate::pool::retry::pause;
use crate::pool::{Lease, Session};

impl Store {
    /// Runs `work` in a transaction and commits it. All of it runs again after a deadlock or a
    /// lock wait timeout, a bounded number of times with growing random pauses, and once on a new
    /// connection when the old one was lost before COMMIT was sent.
    pub(super) fn transaction<T>(
        &self,
        doing: &'static str,
        mut work: impl FnMut(&mut Session, &dyn Layout) -> Attempt<T>,
    ) -> Result<T> {
        let mut lease = self.pool.checkout()?;
        let mut tries = 0;
        let mut reconnected = false;
        let mut looked_again = false;
        loop {
            tries += 1;
            let trouble = match self.work(&mut lease, &mut work) {
                Ok(value) => match lease.session()?.commit() {
                    Ok(()) => return Ok(value),
                    Err(source) if source.is_gone() => {
                        lease.discard();
                        return Err(Error::CommitUnknown { source });
                    }
                    Err(source) => source.into(),
                },
                Err(trouble) => trouble,
            };
            let Some(error) = trouble.client() else {
                undo(&mut lease);
                return Err(trouble.into_error(doing));
            };
            if error.is_gone() {
                if reconnected {
                    lease.discard();
                    return Err(trouble.into_error(doing));
                }
                // Nothing was committed: the server rolls back what the lost connection had open.
                lease.reconnect()?;
                reconnected = true;
            } else {
                undo(&mut lease);
                if error.is_conflict() {
                    if tries > self.pool.settings().execute_retries {
                        let source = error.clone();
                        return Err(Error::Conflict { tries, source });
                    }
                    std::thread::sleep(pause(tries));
                } else if error.is_schema() && !looked_again {
                    self.forget_layout();
                    looked_again = true;
                } else {
                    return Err(trouble.into_error(doing));
                }
            }
        }
    }

    fn work<T>(
        &self,
        lease: &mut Lease,
        work: &mut impl FnMut(&mut Session, &dyn Layout) -> Attempt<T>,
    ) -> Attempt<T> {
        let session = lease.session()?;
        let layout = self.layout_on(session)?;
        session.begin()?;
        work(session, layout.as_ref())
    }
}

/// Rolls back; a connection that cannot do even that is given up, and the server does it.
fn undo(lease: &mut Lease) {
    let undone = lease.session().is_ok_and(|session| session.rollback().is_ok());
    if !undone {
        lease.discard();
    }
}
