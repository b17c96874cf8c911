//! Work that takes effect as a whole or not at all, and whose end is known.

use std::sync::Arc;

use super::layout::Layout;
use super::{Attempt, Store, outcome, replace_lost};
use crate::error::{Error, Result};
use crate::mysql::MysqlError;
use crate::pool::{Lease, Session};
use crate::tries::Tries;

impl Store {
    /// Runs `work` in a transaction and commits it. All of it runs again after a deadlock or a
    /// lock wait timeout, a bounded number of times with growing random pauses, and once on a new
    /// connection when the old one was lost and nothing was committed.
    ///
    /// A COMMIT whose answer was lost may have taken place or not. `took_place` is then asked, on
    /// a new connection to the same server and outside of a transaction, with what `work` came to.
    /// It has to look with locks, so that it waits for a COMMIT that is still under way.
    pub(super) fn transaction<T>(
        &self,
        doing: &'static str,
        mut work: impl FnMut(&mut Session, &dyn Layout) -> Attempt<T>,
        mut took_place: impl FnMut(&mut Session, &dyn Layout, &T) -> Attempt<bool>,
    ) -> Result<T> {
        let mut lease = self.pool.checkout()?;
        let mut tries = Tries::begin();
        let mut reconnected = false;
        let mut looked_again = false;
        let mut used: Option<Arc<dyn Layout>> = None;
        loop {
            let mut connected = false;
            let trouble = match self.work(&mut lease, &mut work, &mut used) {
                Ok(value) => match lease.session()?.commit() {
                    Ok(()) => return Ok(value),
                    Err(error) if error.is_conflict() => error.into(),
                    // That of a statement that went with the COMMIT.
                    Err(error) if is_still_open(&mut lease, &error) => match &used {
                        Some(layout) => layout.refusal(error),
                        None => error.into(),
                    },
                    Err(error) => {
                        let look = |session: &mut Session, layout: &dyn Layout| {
                            if used.as_ref().is_some_and(|used| used.kind() == layout.kind()) {
                                return took_place(session, layout, &value);
                            }
                            // What the change is known by means nothing in these tables.
                            Err(
                                Error::Refused("the tables were migrated to another layout meanwhile".into())
                                    .into(),
                            )
                        };
                        if outcome::of_commit(self, &mut lease, &error, look)? {
                            return Ok(value);
                        }
                        connected = true;
                        error.into()
                    }
                },
                Err(trouble) => trouble,
            };
            let Some(error) = trouble.client() else {
                undo(&mut lease);
                return Err(trouble.into_error(doing));
            };
            tries.failed(error.clone());
            if error.is_gone() {
                if reconnected {
                    lease.discard();
                    return Err(trouble.into_error_after(doing, tries));
                }
                // Nothing was committed: the server rolls back what the lost connection had open.
                if !connected {
                    replace_lost(&mut lease).map_err(|error| error.following(tries.clone()))?;
                }
                reconnected = true;
            } else {
                undo(&mut lease);
                if error.is_conflict() {
                    if !self.may_try_again(&tries) {
                        return Err(Error::Conflict { tries });
                    }
                    self.pause(&tries)?;
                } else if error.is_schema() && !looked_again {
                    self.look_again(&mut lease);
                    looked_again = true;
                } else {
                    return Err(trouble.into_error_after(doing, tries));
                }
            }
        }
    }

    fn work<T>(
        &self,
        lease: &mut Lease,
        work: &mut impl FnMut(&mut Session, &dyn Layout) -> Attempt<T>,
        used: &mut Option<Arc<dyn Layout>>,
    ) -> Attempt<T> {
        let session = lease.session()?;
        let layout = self.layout_on(session)?;
        let layout = used.insert(layout);
        session.begin();
        work(session, layout.as_ref())
    }
}

/// The server answered with an error, which was that of a statement that went with the COMMIT.
fn is_still_open(lease: &mut Lease, error: &MysqlError) -> bool {
    !error.is_gone() && lease.session().is_ok_and(Session::is_still_open)
}

/// Rolls back; a connection that cannot do even that is given up, and the server does it.
fn undo(lease: &mut Lease) {
    let undone = lease.session().is_ok_and(|session| session.rollback().is_ok());
    if !undone {
        lease.discard();
    }
}
