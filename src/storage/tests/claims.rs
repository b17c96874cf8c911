//! Claims: exclusive, given up with their maker, taken over when old.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};

use super::server::{Database, admin, eventually, on_all, read};
use crate::storage::claims::{Claim, Claimed, generating};
use crate::storage::layout::{Age, CLAIM_DATATYPE, ClaimWanted, Seen};
use crate::storage::pattern::Match;
use crate::storage::source::Memory;
use crate::storage::write::Description;
use crate::storage::{Name, Store};

const DESCRIPTION: Description<'static> = Description {
    datatype: b"text/html",
    scope: b"viewcache",
    mtime: 77,
};

fn name() -> Name {
    Name::new(b"var/a")
}

/// A second process, as far as the server can tell: a pool of its own.
fn other_process(database: &Database) -> Arc<Store> {
    let mut settings = database.settings.clone();
    settings.connect_timeout += 1;
    Store::with_settings(&settings)
}

fn granted(claimed: Claimed) -> Claim {
    match claimed {
        Claimed::Granted(claim) => claim,
        other => panic!("not granted: {other:?}"),
    }
}

fn claim(store: &Store) -> Claimed {
    store.claim(&name(), Seen::Anything, 60).unwrap()
}

#[test]
fn a_claim_is_exclusive_until_it_ends() {
    on_all(|tables| {
        let mut database = Database::new(tables);
        let other = other_process(&database);
        let mine = granted(claim(&database.store));
        assert_eq!(mine.generating().bytes(), b"var/a.generating");
        match claim(&other) {
            Claimed::Refused {
                seconds,
                locked: true,
            } => assert!((55..=60).contains(&seconds), "{seconds}"),
            refused => panic!("{refused:?}"),
        }
        assert!(database.store.renew(&mine).unwrap());
        assert!(!other.await_claim(&name()).unwrap());
        let stored = database
            .store
            .finish_with(&mine, DESCRIPTION, &mut Memory::new(b"new"))
            .unwrap()
            .unwrap();
        assert_eq!((stored.metadata.mtime, stored.metadata.size), (77, 3));
        assert_eq!(read(&other, "var/a"), Some(b"new".to_vec()));
        assert_eq!(database.live(), ["var/a"]);
        assert!(other.await_claim(&name()).unwrap());
        // Somebody who has seen nothing yet should look again; who has seen it may claim.
        assert!(matches!(
            other.claim(&name(), Seen::Nothing, 60).unwrap(),
            Claimed::Overtaken
        ));
        let seen = Seen::Version(&stored.metadata);
        let theirs = granted(other.claim(&name(), seen, 60).unwrap());
        other.release(&theirs).unwrap();
        assert_eq!(database.live(), ["var/a"]);
        other.pool().close();
    });
}

/// The claim's statement waits for the lock here, as it does behind a killed connection; mostly it is there at once, and
/// what happens in between takes microseconds.
#[test]
fn whether_there_is_a_later_version_is_looked_up_once_the_lock_is_there() {
    on_all(|tables| {
        for seen_before in [false, true] {
            let database = Database::new(tables);
            if seen_before {
                database.put("var/a", b"before");
            }
            let seen = database.store.find(&name()).unwrap();
            let (real, generating) = (name(), generating(&name()));
            let lock = database.store.lock_of_for_tests(&real);
            let mut maker = admin(&database.settings.database);
            maker.query(&format!("DO GET_LOCK('{lock}', 0)")).unwrap();
            let wanted = ClaimWanted {
                real: &real,
                generating: &generating,
                lock: &lock,
                seen: seen.as_ref().map_or(Seen::Nothing, Seen::Version),
                timeout: 60,
            };
            let other = other_process(&database);
            let claimed = std::thread::scope(|scope| {
                let claiming = scope.spawn(|| {
                    other.read("claiming", |session, layout| {
                        layout.insert_claim(session, &wanted, 60)
                    })
                });
                let waits = format!(
                    "SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE DB = '{}' AND STATE = 'User lock'",
                    database.settings.database
                );
                let mut watch = admin("");
                eventually("the wait", || {
                    watch.query_rows(&waits).unwrap()[0][0].as_deref() == Some(b"1".as_slice())
                });
                database.put("var/a", b"meanwhile");
                maker.query(&format!("DO RELEASE_LOCK('{lock}')")).unwrap();
                claiming.join().unwrap()
            });
            assert_eq!(claimed.unwrap(), None, "{tables:?}, {seen_before}");
            other.pool().close();
        }
    });
}

#[test]
fn what_is_kept_under_a_claim_becomes_the_file_when_it_ends() {
    on_all(|tables| {
        let mut database = Database::with_chunks(tables, 10);
        database.put("var/a", b"the old version, in several rows");
        let mut mine = granted(claim(&database.store));
        database
            .store
            .keep(
                &mut mine,
                DESCRIPTION,
                &mut Memory::new(b"first try, in several rows"),
            )
            .unwrap();
        database
            .store
            .keep(&mut mine, DESCRIPTION, &mut Memory::new(b"second try"))
            .unwrap();
        assert_eq!(database.get("var/a.generating"), Some(b"second try".to_vec()));
        assert_eq!(
            database.get("var/a"),
            Some(b"the old version, in several rows".to_vec())
        );
        let metadata = database.store.finish(&mine).unwrap().unwrap();
        assert_eq!(
            (metadata.scope(), metadata.datatype()),
            (b"viewcache".as_slice(), b"text/html".as_slice())
        );
        assert_eq!(database.store.find(&name()).unwrap(), Some(metadata));
        assert_eq!(database.get("var/a"), Some(b"second try".to_vec()));
        assert_eq!(database.live(), ["var/a"]);
        assert_eq!(database.chunks(), 1);
        // Nothing kept: the file stays as it was.
        let empty = granted(claim(&database.store));
        assert_eq!(database.store.finish(&empty).unwrap(), None);
        assert_eq!(database.get("var/a"), Some(b"second try".to_vec()));
        assert_eq!(database.live(), ["var/a"]);
    });
}

#[test]
fn the_claim_of_a_lost_connection_is_free_at_once_and_its_maker_stores_nothing() {
    on_all(|tables| {
        let mut database = Database::new(tables);
        let other = other_process(&database);
        let mine = granted(claim(&database.store));
        for id in database.connections() {
            database.admin.query(&format!("KILL {id}")).unwrap();
        }
        while !database.connections().is_empty() {
            std::thread::yield_now();
        }
        let theirs = granted(claim(&other));
        assert!(!database.store.renew(&mine).unwrap());
        assert!(
            database
                .store
                .finish_with(&mine, DESCRIPTION, &mut Memory::new(b"late"))
                .unwrap()
                .is_none()
        );
        assert!(
            other
                .finish_with(&theirs, DESCRIPTION, &mut Memory::new(b"theirs"))
                .unwrap()
                .is_some()
        );
        assert_eq!(database.get("var/a"), Some(b"theirs".to_vec()));
        assert_eq!(database.live(), ["var/a"]);
        other.pool().close();
    });
}

#[test]
fn an_old_claim_is_taken_over_from_a_maker_that_is_still_connected() {
    on_all(|tables| {
        let mut database = Database::new(tables);
        let other = other_process(&database);
        let mine = granted(claim(&database.store));
        database
            .admin
            .query("UPDATE ezdbfile SET mtime = mtime - 61")
            .unwrap();
        let theirs = granted(claim(&other));
        assert!(
            database
                .store
                .finish_with(&mine, DESCRIPTION, &mut Memory::new(b"late"))
                .unwrap()
                .is_none()
        );
        assert!(matches!(
            claim(&database.store),
            Claimed::Refused { locked: true, .. }
        ));
        other.release(&theirs).unwrap();
        let again = granted(claim(&database.store));
        database.store.release(&again).unwrap();
        assert!(database.live().is_empty());
        other.pool().close();
    });
}

#[test]
fn a_row_without_a_lock_counts_until_it_is_old() {
    on_all(|tables| {
        let mut database = Database::new(tables);
        database.put("var/a.generating", b"of another handler");
        let age = |database: &mut Database, seconds: i64| {
            database
                .admin
                .query(&format!(
                    "UPDATE ezdbfile SET mtime = UNIX_TIMESTAMP() - {seconds}"
                ))
                .unwrap();
        };
        age(&mut database, 20);
        match claim(&database.store) {
            Claimed::Refused {
                seconds,
                locked: false,
            } => assert!((38..=40).contains(&seconds), "{seconds}"),
            refused => panic!("{refused:?}"),
        }
        age(&mut database, 60);
        let mine = granted(claim(&database.store));
        let found = database.store.find(mine.generating()).unwrap().unwrap();
        assert_eq!(found.datatype(), CLAIM_DATATYPE);
        database.store.release(&mine).unwrap();
        assert_eq!(database.chunks(), 0);
    });
}

#[test]
fn a_generation_whose_claim_was_deleted_is_not_stored() {
    on_all(|tables| {
        let mut database = Database::new(tables);
        let mine = granted(claim(&database.store));
        database
            .store
            .expire(&Match::Prefixes(vec![b"var/".to_vec()]))
            .unwrap();
        assert!(
            database
                .store
                .finish_with(&mine, DESCRIPTION, &mut Memory::new(b"old data"))
                .unwrap()
                .is_none()
        );
        assert!(database.live().is_empty());
        let again = granted(claim(&database.store));
        database.store.release(&again).unwrap();
        let left = database
            .store
            .matching(&Match::Prefixes(vec![b"var/".to_vec()]), Age::Any)
            .unwrap();
        assert!(left.is_empty(), "{left:?}");
    });
}

#[test]
fn one_of_many_gets_the_claim() {
    on_all(|tables| {
        let database = Database::new(tables);
        let store = Arc::clone(&database.store);
        for _ in 0..5 {
            let winners = AtomicU32::new(0);
            let barrier = std::sync::Barrier::new(16);
            std::thread::scope(|scope| {
                for _ in 0..16 {
                    scope.spawn(|| {
                        barrier.wait();
                        let claimed = claim(&store);
                        barrier.wait();
                        if let Claimed::Granted(claim) = claimed {
                            winners.fetch_add(1, Relaxed);
                            store.release(&claim).unwrap();
                        }
                    });
                }
            });
            assert_eq!(winners.load(Relaxed), 1);
        }
        let stats = store.pool().stats();
        assert_eq!(stats.open, stats.idle);
    });
}
