//! A COMMIT whose answer does not come: lost before it got to the server or after it was done, with
//! or without a word.

use std::sync::Arc;

use super::proxy::{What, When};
use super::server::{Database, Tables, bytes, on_all, read};
use crate::error::Error;
use crate::storage::claims::{Claim, Claimed, Seen};
use crate::storage::layout::Age;
use crate::storage::pattern::Match;
use crate::storage::source::Memory;
use crate::storage::write::Description;
use crate::storage::{Name, Store};

const DESCRIPTION: Description<'static> = Description {
    datatype: b"x",
    scope: b"x",
    mtime: 7,
};

/// Every way to lose it, and whether the server did what it was told.
const LOSSES: [(When, What, bool); 4] = [
    (When::BeforeRunning("COMMIT"), What::Cut, false),
    (When::BeforeRunning("COMMIT"), What::Silence, false),
    (When::AnswerRunning("COMMIT"), What::Cut, true),
    (When::AnswerRunning("COMMIT"), What::Silence, true),
];

/// Every loss on the tables of `install`; on the seed's those that cost no time.
fn on_all_losses(test: impl Fn(Tables, When, What)) {
    on_all(|tables| {
        for (when, what, _) in LOSSES {
            if matches!(tables, Tables::Install | Tables::HashInstall) || what == What::Cut {
                test(tables, when, what);
            }
        }
    });
}

fn name(name: &str) -> Name {
    Name::new(name.as_bytes())
}

fn put(store: &Store, path: &str, bytes: &[u8]) -> crate::error::Result<u64> {
    store
        .put(&name(path), DESCRIPTION, &mut Memory::new(bytes))
        .map(|stored| stored.metadata.number())
}

/// Loses each COMMIT in each way while `work` runs on a file `a`, and looks at what is left: the
/// files with their bytes, their data rows, the transactions and the connections.
fn each_loss(
    prepare: impl Fn(&Store),
    work: impl Fn(&Store, &dyn Fn()),
    expected: &[(&str, Vec<u8>)],
    rows: i64,
) {
    on_all_losses(|tables, when, what| {
        let case = format!("{tables:?}, {when:?}, {what:?}");
        let mut database = Database::with_chunks(tables, 1000);
        database.put("a", &bytes(2500, 1));
        let (proxy, store) = database.behind_proxy(|_| {});
        prepare(&store);
        work(&store, &|| proxy.plan(when, what));
        assert_eq!(proxy.made(), 1, "{case}");
        let names: Vec<&str> = expected.iter().map(|(name, _)| *name).collect();
        assert_eq!(database.live(), names, "{case}");
        for (name, bytes) in expected {
            assert_eq!(
                read(&database.store, name).as_ref(),
                Some(bytes),
                "{case}, {name}"
            );
        }
        assert_eq!(database.chunks(), rows, "{case}");
        // What the lost connection had open is over, and so is the connection.
        let admin = "SELECT COUNT(*) FROM ezdbfile FOR UPDATE";
        database.admin.query("SET innodb_lock_wait_timeout = 20").unwrap();
        assert!(database.number(admin) >= 0, "{case}");
        let stats = store.pool().stats();
        assert_eq!((stats.open, stats.idle), (1, 1), "{case}: {stats:?}");
        store.pool().close();
    });
}

#[test]
fn a_store_happens_once() {
    let new = bytes(3500, 2);
    each_loss(
        |_| {},
        |store, lose| {
            lose();
            put(store, "a", &bytes(3500, 2)).unwrap();
        },
        &[("a", new)],
        4,
    );
}

#[test]
fn a_store_that_took_place_is_not_repeated() {
    on_all(|tables| {
        for (when, what, took_place) in LOSSES {
            let database = Database::new(tables);
            let old = database.put("a", b"old");
            let (proxy, store) = database.behind_proxy(|_| {});
            proxy.plan(when, what);
            let new = put(&store, "a", b"new").unwrap();
            // Each try takes an id, where there are ids.
            if !tables.is_hash() {
                assert_eq!(
                    new - old,
                    if took_place { 1 } else { 2 },
                    "{tables:?}, {when:?}, {what:?}"
                );
            }
            // What is told of it is what is there.
            let now = database.store.find(&name("a")).unwrap().unwrap();
            assert_eq!(now.number(), new, "{tables:?}, {when:?}, {what:?}");
            let stats = store.pool().stats();
            assert_eq!((stats.connects, stats.discarded), (2, 1));
            store.pool().close();
        }
    });
}

#[test]
fn a_copy_happens_once() {
    each_loss(
        |store| {
            put(store, "b", b"replaced").unwrap();
        },
        |store, lose| {
            lose();
            assert!(store.copy(&name("a"), &name("b")).unwrap());
        },
        &[("a", bytes(2500, 1)), ("b", bytes(2500, 1))],
        6,
    );
}

#[test]
fn a_move_happens_once_and_does_not_miss_what_it_moved() {
    each_loss(
        |store| {
            put(store, "b", b"replaced").unwrap();
        },
        |store, lose| {
            lose();
            assert!(store.rename(&name("a"), &name("b")).unwrap());
        },
        &[("b", bytes(2500, 1))],
        3,
    );
}

#[test]
fn a_removal_happens_once_and_counts_what_it_removed() {
    each_loss(
        |store| {
            put(store, "b", b"stays").unwrap();
        },
        |store, lose| {
            let keys = store.matching(&Match::Exactly(name("a")), Age::Live).unwrap();
            lose();
            assert_eq!(store.remove(&keys, Age::Live).unwrap(), 1);
        },
        &[("b", b"stays".to_vec())],
        1,
    );
}

fn claimed(store: &Store) -> Claim {
    match store.claim(&name("a"), Seen::Anything, 60).unwrap() {
        Claimed::Granted(claim) => claim,
        other => panic!("{other:?}"),
    }
}

/// The connection that makes the change is not the one that holds the claim's lock: with that one
/// the claim would be lost too.
fn beside<T>(store: &Arc<Store>, work: impl FnOnce() -> T) -> T {
    let fresh = store.pool().connect().unwrap();
    let holder = store.pool().checkout().unwrap();
    drop(holder);
    drop(fresh);
    work()
}

#[test]
fn a_generation_ends_once() {
    let new = bytes(1500, 7);
    for kept in [false, true] {
        on_all_losses(|tables, when, what| {
            let case = format!("{tables:?}, {when:?}, {what:?}, {kept}");
            let mut database = Database::with_chunks(tables, 1000);
            database.put("a", &bytes(2500, 1));
            let (proxy, store) = database.behind_proxy(|_| {});
            let mut claim = claimed(&store);
            let stored = beside(&store, || {
                if kept {
                    store
                        .keep(&mut claim, DESCRIPTION, &mut Memory::new(&new))
                        .unwrap();
                    proxy.plan(when, what);
                    store.finish(&claim).unwrap().is_some()
                } else {
                    proxy.plan(when, what);
                    let done = store.finish_with(&claim, DESCRIPTION, &mut Memory::new(&new));
                    done.unwrap().is_some()
                }
            });
            assert!(stored, "{case}");
            assert_eq!(proxy.made(), 1, "{case}");
            assert_eq!(database.live(), ["a"], "{case}");
            assert_eq!(read(&database.store, "a").as_ref(), Some(&new), "{case}");
            assert_eq!(database.chunks(), 2, "{case}");
            // The claim is given up.
            let next = claimed(&database.store);
            database.store.release(&next).unwrap();
            store.pool().close();
        });
    }
}

#[test]
fn bytes_kept_under_a_claim_are_kept_once() {
    on_all(|tables| {
        let new = bytes(1500, 7);
        for (when, what, _) in LOSSES {
            let case = format!("{tables:?}, {when:?}, {what:?}");
            let mut database = Database::with_chunks(tables, 1000);
            let (proxy, store) = database.behind_proxy(|_| {});
            let mut claim = claimed(&store);
            beside(&store, || {
                proxy.plan(when, what);
                store
                    .keep(&mut claim, DESCRIPTION, &mut Memory::new(&new))
                    .unwrap();
            });
            assert_eq!(database.chunks(), 2, "{case}");
            assert!(store.finish(&claim).unwrap().is_some(), "{case}");
            assert_eq!(read(&database.store, "a").as_ref(), Some(&new), "{case}");
            store.pool().close();
        }
    });
}

#[test]
fn a_writer_that_came_between_is_not_overwritten() {
    on_all(|tables| {
        for (when, what, _) in LOSSES {
            let mut database = Database::new(tables);
            database.put("a", b"old");
            let (proxy, store) = database.behind_proxy(|_| {});
            proxy.plan(when, what);
            std::thread::scope(|scope| {
                let rival = &database.store;
                scope.spawn(|| {
                    proxy.await_made(1, 0);
                    // On a silent line the first writer still waits for its answer.
                    put(rival, "a", b"of the rival").unwrap();
                });
                put(&store, "a", b"new").unwrap();
            });
            let read = database.get("a").unwrap();
            // Cut lines are looked after at once: there either may be the last one.
            let either = what == What::Cut && read == b"new";
            assert!(
                either || read == b"of the rival",
                "{tables:?}, {when:?}, {what:?}: {read:?}"
            );
            assert_eq!(database.number("SELECT COUNT(*) FROM ezdbfile"), 1);
            store.pool().close();
        }
    });
}

#[test]
fn a_server_that_comes_back_in_time_is_asked_then() {
    on_all(|tables| {
        for took_place in [false, true] {
            let mut database = Database::new(tables);
            database.put("a", b"old");
            let (proxy, store) = database.behind_proxy(|settings| settings.connect_retries = 0);
            let when = if took_place {
                When::AnswerRunning("COMMIT")
            } else {
                When::BeforeRunning("COMMIT")
            };
            proxy.plan(when, What::CutForGood);
            std::thread::scope(|scope| {
                scope.spawn(|| {
                    proxy.await_made(1, 3);
                    proxy.close(false);
                });
                put(&store, "a", b"new").unwrap();
            });
            assert_eq!(database.get("a"), Some(b"new".to_vec()));
            assert_eq!(database.number("SELECT COUNT(*) FROM ezdbfile"), 1);
            store.pool().close();
        }
    });
}

#[test]
fn a_server_that_stays_away_leaves_the_outcome_open_and_says_so() {
    on_all(|tables| {
        for (when, left) in [
            (When::BeforeRunning("COMMIT"), b"old".as_slice()),
            (When::AnswerRunning("COMMIT"), b"new".as_slice()),
        ] {
            let mut database = Database::new(tables);
            database.put("a", b"old");
            let (proxy, store) = database.behind_proxy(|settings| settings.retry_timeout = 1);
            proxy.plan(when, What::CutForGood);
            let unknown = put(&store, "a", b"new").unwrap_err();
            assert!(matches!(unknown, Error::CommitUnknown { .. }), "{unknown:?}");
            let message = unknown.to_string();
            assert!(
                message.contains("lost during COMMIT (")
                    && message.contains("could not be asked")
                    && message.contains(&format!("127.0.0.1:{}", proxy.port)),
                "{message}"
            );
            proxy.close(false);
            assert_eq!(database.get("a"), Some(left.to_vec()));
            assert_eq!(read(&store, "a"), Some(left.to_vec()));
            assert_eq!(database.number("SELECT COUNT(*) FROM ezdbfile"), 1);
            assert_eq!(store.pool().stats().open, 1);
            store.pool().close();
        }
    });
}
