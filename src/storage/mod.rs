//! Files in tables. A [`Store`] is one database; every operation on it is one transaction or one
//! consistent read, repeated where repeating can help and nothing was done yet.

pub mod check;
pub mod chunks;
pub mod claims;
mod costly;
pub mod find;
mod former;
pub mod install;
pub mod layout;
pub mod list;
pub mod metadata;
pub mod migrate;
mod outcome;
pub mod pattern;
pub mod read;
pub mod relocate;
pub mod remove;
mod row;
pub mod source;
mod transaction;
pub mod walk;
pub mod write;

#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use once_cell::sync::Lazy;
use parking_lot::Mutex;

use crate::config::Settings;
use crate::error::{Error, Result};
use crate::pool::retry::pause;
use crate::pool::{Lease, Pool, Session};
use crate::tries::Tries;
use former::Former;
use layout::Layout;
pub use metadata::{Key, Metadata, MetadataRow, Name};

/// The cluster tables of one database, as one user.
#[derive(Debug)]
pub struct Store {
    pool: Arc<Pool>,
    /// What the tables look like: found out at first use, forgotten when a statement meets other
    /// tables than it was made for.
    layout: Mutex<Option<Arc<dyn Layout>>>,
}

static STORES: Lazy<Mutex<HashMap<Settings, Arc<Store>>>> = Lazy::new(Mutex::default);

impl Store {
    /// The store for these settings; the same one for all who ask in this process.
    #[must_use]
    pub fn with_settings(settings: &Settings) -> Arc<Self> {
        let mut stores = STORES.lock();
        if let Some(store) = stores.get(settings) {
            return Arc::clone(store);
        }
        let store = Arc::new(Self {
            pool: Pool::new(settings.clone()),
            layout: Mutex::new(None),
        });
        stores.insert(settings.clone(), Arc::clone(&store));
        store
    }

    /// All stores that were used in this process.
    #[must_use]
    pub fn all() -> Vec<Arc<Self>> {
        STORES.lock().values().cloned().collect()
    }

    /// Closes the connections of all stores of this process.
    pub fn disconnect_all() {
        for store in Self::all() {
            store.pool.close();
        }
    }

    /// The connections of this store.
    #[must_use]
    pub fn pool(&self) -> &Arc<Pool> {
        &self.pool
    }

    /// Makes sure that a connection can be had.
    ///
    /// # Errors
    /// [`Error::Connect`].
    pub fn ensure_connection(&self) -> Result<()> {
        self.pool.ensure_connection()
    }

    /// What the tables look like.
    ///
    /// # Errors
    /// [`Error::NoTables`], [`Error::UnknownTable`], or what kept the database from telling.
    pub fn layout(&self) -> Result<Arc<dyn Layout>> {
        self.read("looking at the tables", |session, _| Ok(self.layout_on(session)?))
    }

    /// Name of the layout, if it was found out already.
    #[must_use]
    pub fn known_layout(&self) -> Option<&'static str> {
        self.layout.lock().as_ref().map(|layout| layout.kind())
    }

    /// Version of the server behind a connection.
    ///
    /// # Errors
    /// [`Error::Connect`].
    pub fn server_version(&self) -> Result<String> {
        Ok(self.pool.checkout()?.session()?.server_version())
    }

    /// Cipher of a connection; none: it is not encrypted.
    ///
    /// # Errors
    /// [`Error::Connect`].
    pub fn cipher(&self) -> Result<Option<String>> {
        Ok(self.pool.checkout()?.session()?.cipher())
    }

    /// Forgets what the tables look like.
    pub(crate) fn forget_layout(&self) {
        *self.layout.lock() = None;
    }

    /// Forgets what was found out about the tables, and what was prepared for them.
    fn look_again(&self, lease: &mut Lease) {
        self.forget_layout();
        if let Ok(session) = lease.session() {
            session.forget_statements();
        }
    }

    fn layout_on(&self, session: &mut Session) -> Result<Arc<dyn Layout>> {
        if let Some(layout) = self.layout.lock().as_ref() {
            return Ok(Arc::clone(layout));
        }
        let layout = layout::detect(session, self.pool.settings())?;
        *self.layout.lock() = Some(Arc::clone(&layout));
        Ok(layout)
    }

    /// Runs `work`, which changes nothing that a second run would change again, on a connection.
    /// It runs once more when the connection turned out to be lost or the tables to be others, and
    /// a few times when other transactions were in the way.
    fn read<T>(
        &self,
        doing: &'static str,
        mut work: impl FnMut(&mut Session, &dyn Layout) -> std::result::Result<T, Trouble>,
    ) -> Result<T> {
        self.start(doing, |session, layout| work(session, layout))
            .map(|(_, value)| value)
    }

    /// As [`read`](Self::read), and keeps the connection for rows that are still to come.
    fn start<T>(
        &self,
        doing: &'static str,
        mut work: impl FnMut(&mut Session, &dyn Layout) -> std::result::Result<T, Trouble>,
    ) -> Result<(Lease, T)> {
        let mut lease = self.pool.checkout()?;
        let mut again = true;
        let mut tries = Tries::begin();
        loop {
            let trouble = match self.attempt(&mut lease, &mut work) {
                Ok(value) => return Ok((lease, value)),
                Err(trouble) => trouble,
            };
            let Some(error) = trouble.client() else {
                return Err(trouble.into_error(doing));
            };
            tries.failed(error.clone());
            // What is done again starts outside of any transaction.
            let usable = !error.is_gone()
                && lease
                    .session()
                    .is_ok_and(|session| session.end_snapshot().is_ok());
            if usable && error.is_conflict() && self.may_try_again(&tries) {
                self.pause(&tries)?;
            } else if again && error.is_gone() {
                replace_lost(&mut lease).map_err(|error| error.following(tries.clone()))?;
                again = false;
            } else if usable && again && error.is_schema() {
                self.look_again(&mut lease);
                again = false;
            } else {
                if error.is_gone() {
                    lease.discard();
                }
                return Err(trouble.into_error_after(doing, tries));
            }
        }
    }

    /// Work that others were in the way of may be done again.
    fn may_try_again(&self, tries: &Tries) -> bool {
        tries.may_go_on(self.pool.settings().execute_retries, self.retry_time())
    }

    fn retry_time(&self) -> Duration {
        Duration::from_secs(u64::from(self.pool.settings().retry_timeout))
    }

    /// Waits before another try, for longer after each.
    fn pause(&self, tries: &Tries) -> Result<()> {
        std::thread::sleep(pause(tries.count()));
        if crate::interrupt::requested() {
            return Err(Error::Interrupted);
        }
        Ok(())
    }

    fn attempt<T>(
        &self,
        lease: &mut Lease,
        work: &mut impl FnMut(&mut Session, &dyn Layout) -> std::result::Result<T, Trouble>,
    ) -> std::result::Result<T, Trouble> {
        let session = lease.session()?;
        let layout = self.layout_on(session)?;
        work(session, layout.as_ref())
    }
}

/// Puts a new connection in the place of a lost one, and ends that one on the server, should it
/// still be there: nothing that it holds is to be in the way of what is done again.
fn replace_lost(lease: &mut Lease) -> Result<()> {
    let former = lease.session().map(|session| Former::of(session)).ok();
    lease.reconnect()?;
    if let Some(former) = former {
        // A connection that is lost at once shows that at its first use.
        let _ = former.end(lease.session()?);
    }
    Ok(())
}

/// What stops a piece of work: the client or server, which may be worth another try, or
/// something that no repetition changes.
#[derive(Debug)]
pub enum Trouble {
    /// The client or server.
    Client(crate::mysql::MysqlError),
    /// Anything else.
    Final(Error),
}

impl Trouble {
    fn client(&self) -> Option<&crate::mysql::MysqlError> {
        match self {
            Self::Client(error) | Self::Final(Error::Database { source: error, .. }) => Some(error),
            Self::Final(_) => None,
        }
    }

    fn into_error(self, doing: &'static str) -> Error {
        match self {
            Self::Client(source) => Error::Database { doing, source },
            Self::Final(error) => error,
        }
    }

    /// The error that tells of all tries, of which this is the last.
    fn into_error_after(self, doing: &'static str, tries: Tries) -> Error {
        match self {
            Self::Final(Error::Database { doing, .. }) => Error::after(doing, tries),
            Self::Final(error) => error,
            Self::Client(error) if error.is_without_id() => Error::Refused(format!(
                "there was no id for a row: {error}; where ids have run out, tables made by ezdbfile_install() have more of them"
            )),
            Self::Client(_) => Error::after(doing, tries),
        }
    }
}

impl From<crate::mysql::MysqlError> for Trouble {
    fn from(error: crate::mysql::MysqlError) -> Self {
        Self::Client(error)
    }
}

impl From<Error> for Trouble {
    fn from(error: Error) -> Self {
        Self::Final(error)
    }
}

/// Result of one attempt at a piece of work.
pub type Attempt<T> = std::result::Result<T, Trouble>;
