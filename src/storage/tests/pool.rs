//! Connections: how many, for how long, in what state, by how many threads.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};

use super::proxy::{What, When};
use super::server::{Database, Tables, bytes, eventually, read};
use crate::error::Error;
use crate::mysql::Param;
use crate::pool::{Pool, Stats};
use crate::storage::claims::{Claimed, Seen};
use crate::storage::list::{Listed, Wanted};
use crate::storage::source::Memory;
use crate::storage::write::Description;
use crate::storage::{Name, Store};

const DESCRIPTION: Description<'static> = Description {
    datatype: b"x",
    scope: b"x",
    mtime: 7,
};

#[test]
fn a_connection_that_rested_long_is_asked_for_a_sign_of_life() {
    let database = Database::new(Tables::Install);
    for (seconds, asked) in [(0, 1), (3600, 0)] {
        let (proxy, store) = database.behind_proxy(|settings| {
            settings.pool_check_after = seconds;
            settings.connect_timeout = 1;
        });
        let name = Name::new(b"a");
        store.find(&name).unwrap();
        store.find(&name).unwrap();
        // A line that went silent without a word, as behind a firewall.
        proxy.plan(When::Before("DO 0"), What::Silence);
        store.find(&name).unwrap();
        assert_eq!(proxy.made(), asked);
        let stats = store.pool().stats();
        assert_eq!(
            (stats.dead, stats.connects),
            (u64::from(asked), u64::from(1 + asked))
        );
        assert_eq!((stats.open, stats.idle), (1, 1));
        store.pool().close();
    }
}

/// What the server tells about a connection.
fn cells(pool: &Arc<Pool>, sql: &str) -> Vec<String> {
    let mut lease = pool.checkout().unwrap();
    let rows = lease.session().unwrap().query_rows(sql).unwrap();
    rows.into_iter()
        .flatten()
        .map(|cell| cell.map_or("NULL".into(), |cell| String::from_utf8(cell).unwrap()))
        .collect()
}

/// Every connection that was made is open or was closed for one reason.
fn assert_balanced(stats: &Stats) {
    let closed = stats.dead + stats.discarded + stats.closed + stats.outdated;
    assert_eq!(stats.connects, stats.open + closed, "{stats:?}");
}

#[test]
fn stores_and_pools_are_shared_between_threads() {
    fn shared<T: Send + Sync>() {}
    fn sent<T: Send>() {}
    shared::<Arc<Store>>();
    shared::<Arc<Pool>>();
    sent::<crate::pool::Lease>();
}

#[test]
fn sixteen_threads_share_one_store() {
    let database = Database::with_chunks(Tables::Install, 1000);
    let store = &database.store;
    std::thread::scope(|scope| {
        for thread in 0..16_u8 {
            scope.spawn(move || {
                for round in 0..20_u8 {
                    let name = format!("t{}", (thread + round) % 5);
                    let stored = vec![thread * 16 + round % 16; 500 + 700 * usize::from(round % 4)];
                    match (thread + round) % 4 {
                        0 => drop(
                            store
                                .copy(&Name::new(name.as_bytes()), &Name::new(b"copy"))
                                .unwrap(),
                        ),
                        1 => {
                            let wanted = Wanted::default();
                            let mut names = store.list(&wanted).unwrap();
                            while names.next_name().unwrap() != Listed::End {}
                        }
                        _ => {
                            store
                                .put(
                                    &Name::new(name.as_bytes()),
                                    DESCRIPTION,
                                    &mut Memory::new(&stored),
                                )
                                .unwrap();
                        }
                    }
                    if let Some(read) = read(store, &name) {
                        assert!(read.iter().all(|byte| *byte == read[0]), "a mix");
                    }
                }
            });
        }
    });
    let stats = store.pool().stats();
    assert_eq!(stats.open, stats.idle, "every connection came back");
    assert!(stats.open <= 16, "{stats:?}");
    assert_balanced(&stats);
}

#[test]
fn nested_use_works_up_to_the_limit_and_fails_there_with_words() {
    let database = Database::with_chunks(Tables::Install, 10);
    database.put("a", &bytes(100, 1));
    let store = database.store_with(|settings| settings.pool_max = 3);
    let name = Name::new(b"a");
    let mut streams = Vec::new();
    for _ in 0..3 {
        let mut reader = store.open(&name).unwrap().unwrap();
        assert_eq!(reader.next_block().unwrap().unwrap(), &bytes(10, 1));
        streams.push(reader);
    }
    let refused = store.find(&name).unwrap_err();
    assert!(matches!(refused, Error::PoolLimit { max: 3, .. }), "{refused:?}");
    let message = refused.to_string();
    assert!(
        message.contains("all 3 that ezdbfile.pool_max allows"),
        "{message}"
    );
    let stats = store.pool().stats();
    assert_eq!((stats.open, stats.idle, stats.refused), (3, 0, 1));
    // The streams go on, and each that ends makes room.
    for reader in &mut streams {
        let mut read = bytes(10, 1);
        while let Some(block) = reader.next_block().unwrap() {
            read.extend_from_slice(block);
        }
        assert_eq!(read, bytes(100, 1));
        assert!(store.find(&name).unwrap().is_some());
    }
    let stats = store.pool().stats();
    assert_eq!((stats.connects, stats.open, stats.idle), (3, 3, 3));
    store.pool().close();
}

#[test]
fn threads_beyond_the_limit_are_refused_and_none_hangs() {
    let database = Database::new(Tables::Install);
    database.put("a", b"one");
    let store = database.store_with(|settings| settings.pool_max = 4);
    let (found, refused) = (AtomicU32::new(0), AtomicU32::new(0));
    let barrier = std::sync::Barrier::new(16);
    std::thread::scope(|scope| {
        for _ in 0..16 {
            scope.spawn(|| {
                let lease = store.pool().checkout();
                // All hold what they got until all have tried.
                barrier.wait();
                match lease {
                    Ok(_) => found.fetch_add(1, Relaxed),
                    Err(Error::PoolLimit { max: 4, .. }) => refused.fetch_add(1, Relaxed),
                    Err(error) => panic!("{error}"),
                };
            });
        }
    });
    assert_eq!((found.into_inner(), refused.into_inner()), (4, 12));
    let stats = store.pool().stats();
    assert_eq!((stats.open, stats.idle, stats.refused), (4, 4, 12));
    assert_balanced(&stats);
    store.pool().close();
}

#[test]
fn connections_that_could_not_be_made_take_no_place() {
    let database = Database::new(Tables::Install);
    let store = database.store_with(|settings| {
        settings.pool_max = 1;
        settings.connect_retries = 2;
        settings.socket = format!("{}.not-there", settings.socket);
    });
    for _ in 0..3 {
        let error = store.find(&Name::new(b"a")).unwrap_err();
        let Error::Connect { tries, .. } = &error else {
            panic!("{error:?}")
        };
        assert_eq!((tries.count(), tries.last().unwrap().code), (3, 2002));
        assert!(error.to_string().ends_with("in 3 tries"), "{error}");
    }
    let stats = store.pool().stats();
    assert_eq!((stats.open, stats.failures, stats.refused), (0, 3, 0));
}

#[test]
fn tries_to_connect_end_with_their_time_however_many_are_left() {
    let database = Database::new(Tables::Install);
    let store = database.store_with(|settings| {
        settings.connect_retries = u32::MAX;
        settings.retry_timeout = 1;
        settings.socket = format!("{}.not-there", settings.socket);
    });
    let error = store.find(&Name::new(b"a")).unwrap_err();
    let Error::Connect { tries, .. } = &error else {
        panic!("{error:?}")
    };
    // Pauses grow from 5 ms at least to 250 ms at least: no more of them fit into a second.
    assert!(tries.count() <= 12, "{error}");
}

#[test]
fn connections_nobody_uses_are_closed_when_the_pool_is_used_next() {
    let mut database = Database::new(Tables::Install);
    database.store.pool().close();
    let store = database.store_with(|settings| settings.pool_idle_timeout = 1);
    drop((store.pool().checkout().unwrap(), store.pool().checkout().unwrap()));
    assert_eq!(database.connections().len(), 2);
    // The one used last is used again and again, and so never idle for long.
    eventually("the end of the other", || {
        store.find(&Name::new(b"a")).unwrap();
        store.pool().stats().outdated == 1
    });
    let stats = store.pool().stats();
    assert_eq!((stats.connects, stats.open, stats.idle), (2, 1, 1));
    assert_balanced(&stats);
    eventually("the server's word", || database.connections().len() == 1);
    store.pool().close();
}

#[test]
fn old_connections_are_replaced_but_not_while_they_hold_locks() {
    let database = Database::new(Tables::Install);
    let store = database.store_with(|settings| settings.pool_max_lifetime = 1);
    let claim = match store.claim(&Name::new(b"a"), Seen::Anything, 60).unwrap() {
        Claimed::Granted(claim) => claim,
        other => panic!("{other:?}"),
    };
    // Another connection, which may be replaced, shows that the time was over.
    let lease = store.pool().checkout().unwrap();
    drop((store.pool().connect().unwrap(), lease));
    eventually("the end of the other", || {
        store.find(&Name::new(b"a")).unwrap();
        store.pool().stats().outdated >= 1
    });
    assert!(store.renew(&claim).unwrap());
    assert!(matches!(
        database
            .store
            .claim(&Name::new(b"a"), Seen::Anything, 60)
            .unwrap(),
        Claimed::Refused { locked: true, .. }
    ));
    store.release(&claim).unwrap();
    eventually("the end of the one that held the lock", || {
        store.find(&Name::new(b"a")).unwrap();
        store.pool().stats().outdated >= 2
    });
    assert_balanced(&store.pool().stats());
    store.pool().close();
}

#[test]
fn a_reused_connection_is_as_if_it_were_new() {
    const STATE: &str = "SELECT @@in_transaction, @@autocommit, @@sql_mode, @@tx_isolation, \
        @@net_write_timeout, @@max_statement_time, @@character_set_client, @@character_set_connection, \
        @@character_set_results, DATABASE()";
    let mut database = Database::with_chunks(Tables::Install, 10);
    let fresh = cells(&Arc::clone(database.store.pool()), STATE);
    assert_eq!(fresh[..2], ["0", "1"]);
    assert_eq!(
        fresh[2..6],
        [
            "STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION",
            "READ-COMMITTED",
            "86400",
            "0.000000"
        ]
    );
    let store = Arc::clone(&database.store);
    let name = Name::new(b"a");
    store
        .put(&name, DESCRIPTION, &mut Memory::new(&bytes(1000, 3)))
        .unwrap();
    // A store that fails half way, a range that ends early, a claim that is kept and given up.
    let mut short = ShortSource;
    assert!(store.put(&name, DESCRIPTION, &mut short).is_err());
    let mut range = store.open(&name).unwrap().unwrap();
    range.next_block().unwrap();
    drop(range);
    let Claimed::Granted(mut claim) = store.claim(&name, Seen::Anything, 60).unwrap() else {
        panic!("not granted")
    };
    store
        .keep(&mut claim, DESCRIPTION, &mut Memory::new(b"kept"))
        .unwrap();
    store.release(&claim).unwrap();
    assert!(store.pool().stats().reuses >= 4);
    assert_eq!(cells(store.pool(), STATE), fresh);
    assert_eq!(
        cells(
            store.pool(),
            "SELECT COUNT(*) FROM information_schema.USER_VARIABLES"
        ),
        ["0"]
    );
    let lock = format!(
        "SELECT IS_USED_LOCK('{}') IS NULL",
        store.lock_of_for_tests(&name)
    );
    assert_eq!(database.number(&lock), 1);
    assert_eq!(
        database.number("SELECT COUNT(*) FROM information_schema.INNODB_TRX t JOIN information_schema.PROCESSLIST p ON p.ID = t.trx_mysql_thread_id WHERE p.DB = DATABASE() AND p.ID <> CONNECTION_ID()"),
        0
    );
}

/// A source with fewer bytes than it says.
struct ShortSource;

impl crate::storage::source::Source for ShortSource {
    fn size(&self) -> u64 {
        100
    }
    fn rewind(&mut self) -> crate::error::Result<()> {
        Ok(())
    }
    fn block(&mut self, _bytes: usize) -> crate::error::Result<&[u8]> {
        Ok(&[])
    }
    fn verify(&mut self) -> crate::error::Result<()> {
        Err(Error::Refused("too short".into()))
    }
}

#[test]
fn a_connection_with_an_open_transaction_or_result_is_not_used_again() {
    let database = Database::new(Tables::Install);
    let pool = database.store.pool();
    pool.close();
    let before = pool.stats().connects;
    let mut lease = pool.checkout().unwrap();
    lease.session().unwrap().begin();
    lease.session().unwrap().query("DO 0").unwrap();
    drop(lease);
    let mut lease = pool.checkout().unwrap();
    // Behind the session's back: the server's own word is heard.
    lease.session().unwrap().query("START TRANSACTION").unwrap();
    drop(lease);
    let mut lease = pool.checkout().unwrap();
    lease.session().unwrap().select("SELECT 1", &[]).unwrap();
    drop(lease);
    let stats = pool.stats();
    assert_eq!((stats.connects - before, stats.discarded, stats.open), (3, 3, 0));
}

#[test]
fn a_statement_executed_again_reads_rows_of_any_length_into_the_cells_that_it_has() {
    let database = Database::new(Tables::Seed);
    let mut lease = database.store.pool().checkout().unwrap();
    let session = lease.session().unwrap();
    // Cells begin with 512 bytes, and grow in the middle of a result or at its first row.
    for (first, second) in [(1, 2), (600, 3), (3, 600), (513, 70_000), (0, 512), (100_000, 1)] {
        let statement = session
            .select(
                "SELECT CAST(? AS SIGNED), REPEAT('a', ?), NULLIF(?, 0) \
                 UNION ALL SELECT -1, REPEAT('b', ?), NULL",
                &[
                    Param::Int(first),
                    Param::Int(first),
                    Param::Int(first),
                    Param::Int(second),
                ],
            )
            .unwrap();
        for (number, letter, length) in [(first, 'a', first), (-1, 'b', second)] {
            assert!(session.fetch(statement).unwrap());
            assert_eq!(session.int(statement, 0), number);
            let text = letter.to_string().repeat(length as usize);
            assert!(
                session.bytes(statement, 1) == text.as_bytes(),
                "{first}, {second}"
            );
            assert_eq!(session.is_null(statement, 2), number < 1);
        }
        assert!(!session.fetch(statement).unwrap());
    }
}

#[test]
fn the_statements_that_a_connection_keeps_are_bounded() {
    let database = Database::new(Tables::Install);
    let pool = database.store.pool();
    let mut lease = pool.checkout().unwrap();
    let session = lease.session().unwrap();
    for number in 0..200 {
        let statement = session.select(&format!("SELECT {number}"), &[]).unwrap();
        assert!(session.fetch(statement).unwrap());
        assert_eq!(session.int(statement, 0), number);
        session.finish(statement);
    }
    // The same again: the last ones are still there, and are not prepared anew.
    for number in 190..200 {
        let statement = session.select(&format!("SELECT {number}"), &[]).unwrap();
        session.finish(statement);
    }
    let mut status = |name: &str| -> i64 {
        let rows = session
            .query_rows(&format!("SHOW SESSION STATUS LIKE '{name}'"))
            .unwrap();
        String::from_utf8(rows[0][1].clone().unwrap())
            .unwrap()
            .parse()
            .unwrap()
    };
    assert_eq!(status("Com_stmt_prepare"), 200);
    assert_eq!(status("Com_stmt_close"), 200 - 64);
}
