//! What is known for the length of one request.

use std::cell::{OnceCell, RefCell};
use std::rc::Rc;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::ini;
use super::kernel::Configuration;
use super::serve::Serving;
use crate::error::{Error, Result};
use crate::handler::metadata_cache::MetadataCache;
use crate::handler::temporary::Modes;
use crate::storage::claims::{Claim, ClaimId};
use crate::storage::{Metadata, Name, Store, source};

#[derive(Debug, Default)]
struct Request {
    cluster: Option<Cluster>,
    /// The settings are being read: PHP code that runs for it must not ask for them again.
    reading: bool,
    metadata: MetadataCache,
    claims: Vec<OpenClaim>,
    /// Objects (by their handles) that were told to make a file and not to store it.
    unstored: Vec<(u32, Name)>,
    dfs_alias_done: bool,
}

/// The settings of the request and what they lead to.
#[derive(Debug, Clone)]
struct Cluster {
    changes: u64,
    configuration: Rc<Configuration>,
    store: Arc<Store>,
    /// Read when it is needed first.
    serving: Rc<OnceCell<Rc<Serving>>>,
}

/// A claim that is to be ended, at the end of the request at the latest.
#[derive(Debug, Clone)]
pub struct OpenClaim {
    /// The claim.
    pub claim: Claim,
    /// Where it was made.
    pub store: Arc<Store>,
    /// The process that made it: a child after `fork()` has no claims.
    pid: u32,
    /// When it was made, or renewed.
    since: Instant,
    /// The objects (by their handles) that make the file.
    holders: Vec<u32>,
    /// A callback is making it.
    busy: bool,
}

impl OpenClaim {
    /// How long others still have to respect it, when a claim lasts so long.
    pub fn left_of(&self, timeout: Duration) -> Duration {
        timeout.saturating_sub(self.since.elapsed())
    }

    /// A callback is making the file.
    pub fn is_busy(&self) -> bool {
        self.busy
    }
}

thread_local! {
    static REQUEST: RefCell<Request> = RefCell::default();
    /// What php.ini alone leads to, which stays from request to request.
    static OF_PHP_INI: RefCell<Option<Cluster>> = const { RefCell::new(None) };
}

/// Settings are read once; again after a directive of php.ini was changed.
fn cluster() -> Result<Cluster> {
    let changes = ini::changes();
    let (known, reading) = REQUEST.with_borrow(|request| {
        (
            request
                .cluster
                .clone()
                .filter(|cluster| cluster.changes == changes),
            request.reading,
        )
    });
    if let Some(known) = known {
        return Ok(known);
    }
    if reading {
        return Err(Error::Refused(
            "the cluster was used by the code that reads its settings".into(),
        ));
    }
    REQUEST.with_borrow_mut(|request| request.reading = true);
    let cluster = read_cluster(changes);
    REQUEST.with_borrow_mut(|request| request.reading = false);
    let cluster = cluster?;
    REQUEST.with_borrow_mut(|request| {
        // Another cluster has other files.
        request.metadata.clear();
        request.cluster = Some(cluster.clone());
    });
    Ok(cluster)
}

fn read_cluster(changes: u64) -> Result<Cluster> {
    let php_ini_alone = Configuration::is_of_php_ini_alone()?;
    if php_ini_alone {
        let known = OF_PHP_INI.with_borrow(Clone::clone);
        if let Some(known) = known.filter(|known| known.changes == changes) {
            return Ok(known);
        }
    }
    let configuration = Rc::new(Configuration::read()?);
    let store = Store::with_settings(&configuration.settings);
    let cluster = Cluster {
        changes,
        configuration,
        store,
        serving: Rc::default(),
    };
    if php_ini_alone {
        OF_PHP_INI.set(Some(cluster.clone()));
    }
    Ok(cluster)
}

/// The cluster of this request.
///
/// # Errors
/// A setting that makes no sense.
pub fn store() -> Result<Arc<Store>> {
    let changes = ini::changes();
    let known = REQUEST.with_borrow(|request| {
        let cluster = request.cluster.as_ref();
        cluster
            .filter(|cluster| cluster.changes == changes)
            .map(|cluster| Arc::clone(&cluster.store))
    });
    known.map_or_else(|| Ok(cluster()?.store), Ok)
}

/// The settings of this request.
///
/// # Errors
/// A setting that makes no sense.
pub fn configuration() -> Result<Rc<Configuration>> {
    Ok(cluster()?.configuration)
}

/// The cluster of this request, and what php.ini says about serving its files.
///
/// # Errors
/// A setting that makes no sense.
pub fn serving() -> Result<(Arc<Store>, Rc<Serving>)> {
    let cluster = cluster()?;
    let serving = match cluster.serving.get() {
        Some(serving) => Rc::clone(serving),
        None => {
            let serving = Serving::read(&cluster.store.pool().settings().target())?;
            Rc::clone(cluster.serving.get_or_init(|| Rc::new(serving)))
        }
    };
    Ok((cluster.store, serving))
}

/// Permission bits of local copies.
pub fn modes() -> Modes {
    configuration().map_or_else(|_| Modes::default(), |configuration| configuration.modes)
}

/// What the cluster knows about a file, as this request remembers it or the database says. Which version
/// it is may be missing.
///
/// # Errors
/// What kept the database from telling.
pub fn metadata(name: &Name) -> Result<Option<Rc<Metadata>>> {
    let store = store()?;
    match known(name) {
        Some(metadata) => Ok(metadata),
        None => fresh_metadata(&store, name),
    }
}

/// As [`metadata`], and the database is asked in any case.
///
/// # Errors
/// What kept the database from telling.
pub fn fresh_metadata(store: &Store, name: &Name) -> Result<Option<Rc<Metadata>>> {
    let metadata = store.describe(name)?.map(Rc::new);
    remember(name, metadata.clone());
    Ok(metadata)
}

/// As [`metadata`], and which version it is.
///
/// # Errors
/// What kept the database from telling.
pub fn version(name: &Name) -> Result<Option<Rc<Metadata>>> {
    let store = store()?;
    match known_version(name) {
        Some(metadata) => Ok(metadata),
        None => fresh_version(&store, name),
    }
}

/// As [`version`], and the database is asked in any case.
///
/// # Errors
/// What kept the database from telling.
pub fn fresh_version(store: &Store, name: &Name) -> Result<Option<Rc<Metadata>>> {
    let metadata = store.find(name)?.map(Rc::new);
    remember(name, metadata.clone());
    Ok(metadata)
}

fn known(name: &Name) -> Option<Option<Rc<Metadata>>> {
    REQUEST.with_borrow_mut(|request| request.metadata.get(name))
}

fn known_version(name: &Name) -> Option<Option<Rc<Metadata>>> {
    let is_told = |known: &Option<Rc<Metadata>>| known.as_ref().is_none_or(|known| known.id.is_some());
    known(name).filter(is_told)
}

/// This request knows which version a file is, or that there is none.
pub fn remembers_version(name: &Name) -> bool {
    known_version(name).is_some()
}

/// Keeps what the database said about a file.
pub fn remember(name: &Name, metadata: Option<Rc<Metadata>>) {
    REQUEST.with_borrow_mut(|request| request.metadata.remember(name, metadata));
}

/// Forgets a file that was written.
pub fn forget(name: &Name) {
    REQUEST.with_borrow_mut(|request| request.metadata.forget(name));
}

/// Forgets all files.
pub fn forget_all() {
    REQUEST.with_borrow_mut(|request| request.metadata.clear());
}

/// Notes a claim that was made.
pub fn opened_claim(claim: Claim, store: Arc<Store>) {
    let open = OpenClaim {
        claim,
        store,
        pid: std::process::id(),
        since: Instant::now(),
        holders: Vec::new(),
        busy: false,
    };
    REQUEST.with_borrow_mut(|request| request.claims.push(open));
}

/// Changes an open claim, if it is still there.
fn change_claim(claim: ClaimId, change: impl FnOnce(&mut OpenClaim)) {
    REQUEST.with_borrow_mut(|request| {
        let mut claims = request.claims.iter_mut();
        if let Some(open) = claims.find(|open| open.claim.identity() == claim) {
            change(open);
        }
    });
}

/// Notes that a claim is as young as a new one.
pub fn renewed_claim(claim: ClaimId) {
    change_claim(claim, |open| open.since = Instant::now());
}

/// Notes that a callback is making the file, or no longer.
pub fn busy_claim(claim: ClaimId, busy: bool) {
    change_claim(claim, |open| open.busy = busy);
}

/// Notes that this object makes the file under the claim.
pub fn hold_claim(claim: ClaimId, object: u32) {
    change_claim(claim, |open| {
        if !open.holders.contains(&object) {
            open.holders.push(object);
        }
    });
}

/// Notes that this object is to make the file without storing it.
pub fn refuse_to_store(object: u32, name: &Name) {
    if !is_refused_to_store(object, name) {
        REQUEST.with_borrow_mut(|request| request.unstored.push((object, name.clone())));
    }
}

/// Whether this object is to make the file without storing it.
pub fn is_refused_to_store(object: u32, name: &Name) -> bool {
    REQUEST.with_borrow(|request| {
        let mut refused = request.unstored.iter();
        refused.any(|(of, refused)| *of == object && refused == name)
    })
}

/// That has an end: the object has stored, or has the claim.
pub fn may_store(object: u32, name: &Name) {
    REQUEST.with_borrow_mut(|request| {
        request
            .unstored
            .retain(|(of, refused)| *of != object || refused != name);
    });
}

/// The engine gives the number of an object that is gone to a new one.
pub fn new_object(object: u32) {
    REQUEST.with_borrow_mut(|request| {
        request.unstored.retain(|(of, _)| *of != object);
        for open in &mut request.claims {
            open.holders.retain(|holder| *holder != object);
        }
    });
}

/// The open claim that is so, of this process. The latest one counts.
fn find_claim(is_so: impl Fn(&OpenClaim) -> bool) -> Option<OpenClaim> {
    REQUEST.with_borrow(|request| {
        if request.claims.is_empty() {
            return None;
        }
        let pid = std::process::id();
        let mut claims = request.claims.iter().rev();
        claims.find(|open| open.pid == pid && is_so(open)).cloned()
    })
}

/// The open claim under whose name a file is being made in this cluster: on this server, in this database, whatever other
/// settings the connections have.
pub fn claim_in(store: &Arc<Store>, generating: &[u8]) -> Option<OpenClaim> {
    let target = |store: &Store| store.pool().settings().target();
    let is_same = |other: &Arc<Store>| Arc::ptr_eq(other, store) || target(other) == target(store);
    find_claim(|open| open.claim.generating().bytes() == generating && is_same(&open.store))
}

/// The same that this object has.
pub fn claim_of(object: u32, generating: &[u8]) -> Option<OpenClaim> {
    find_claim(|open| open.holders.contains(&object) && open.claim.generating().bytes() == generating)
}

/// Takes an open claim off the list, to be ended.
pub fn take_claim(open: &OpenClaim) {
    let is_other = |other: &OpenClaim| other.claim.identity() != open.claim.identity();
    REQUEST.with_borrow_mut(|request| request.claims.retain(is_other));
}

/// Notes what was kept under a claim.
pub fn update_claim(claim: Claim) {
    change_claim(claim.identity(), |open| open.claim = claim);
}

/// True the first time in a request.
pub fn take_dfs_alias_turn() -> bool {
    REQUEST.with_borrow_mut(|request| !std::mem::replace(&mut request.dfs_alias_done, true))
}

/// The request is over: claims that are still open are given up.
pub fn end() {
    let claims = REQUEST.with_borrow_mut(|request| {
        let Request {
            cluster,
            reading,
            metadata,
            claims,
            unstored,
            dfs_alias_done,
        } = request;
        *cluster = None;
        *reading = false;
        metadata.clear();
        *dfs_alias_done = false;
        unstored.clear();
        std::mem::take(claims)
    });
    source::forget_spare_memory();
    if claims.is_empty() {
        return;
    }
    let pid = std::process::id();
    for open in claims.into_iter().filter(|open| open.pid == pid) {
        // Nobody is left to be told. Without its lock, the row that may stay holds nobody up.
        let _ = open.store.release(&open.claim);
    }
}
