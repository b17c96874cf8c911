//! Whether a COMMIT took place whose answer was lost.
//!
//! The connection that sent it may still be there, silent, with its transaction open or its COMMIT
//! under way. So it is ended first, and then the database is asked with a reading that takes
//! locks: that waits until the server has done with the transaction, one way or the other.

use super::former::Former;
use super::layout::Layout;
use super::{Attempt, Store};
use crate::error::{Error, Result};
use crate::mysql::MysqlError;
use crate::pool::{Lease, Session};
use crate::tries::Tries;

/// Ends the connection whose COMMIT failed with `lost`, and asks on a new one, which takes its
/// place in the lease.
///
/// # Errors
/// [`Error::CommitUnknown`] when the server did not answer for as long as repetitions may take.
pub fn of_commit(
    store: &Store,
    lease: &mut Lease,
    lost: &MysqlError,
    mut look: impl FnMut(&mut Session, &dyn Layout) -> Attempt<bool>,
) -> Result<bool> {
    let former = Former::of(lease.session()?);
    let mut tries = Tries::begin();
    loop {
        let error = match ask(store, lease, &former, &mut look) {
            Ok(took_place) => return Ok(took_place),
            Err(error) => error,
        };
        let again = error
            .mysql()
            .is_some_and(|e| e.is_gone() || e.is_conflict() || e.is_worth_connecting_again());
        tries.failed(error.mysql().cloned().unwrap_or_else(|| lost.clone()));
        if !again || !tries.has_time(store.retry_time()) || store.pause(&tries).is_err() {
            lease.discard();
            return Err(Error::CommitUnknown {
                source: lost.clone(),
                unasked: Box::new(error),
            });
        }
    }
}

fn ask(
    store: &Store,
    lease: &mut Lease,
    former: &Former,
    look: &mut impl FnMut(&mut Session, &dyn Layout) -> Attempt<bool>,
) -> Result<bool> {
    const DOING: &str = "asking whether a change took place";
    lease.reconnect_to(former.place())?;
    let session = lease.session()?;
    former.end(session).map_err(Error::database(DOING))?;
    let layout = store.layout_on(session)?;
    look(session, layout.as_ref()).map_err(|trouble| trouble.into_error(DOING))
}
