//! Storing, reading, copying, renaming.

use super::proxy::{What, When};
use super::server::{Database, Tables, bytes, on_all, on_id, on_own};
use crate::error::Error;
use crate::storage::layout::Age;
use crate::storage::pattern::Match;
use crate::storage::source::Memory;
use crate::storage::write::Description;
use crate::storage::{Metadata, Name};

const CHUNK: usize = 1000;

fn name(text: &str) -> Name {
    Name::new(text.as_bytes())
}

#[test]
fn files_of_all_sizes_around_the_chunk_size_replace_each_other() {
    on_all(|tables| {
        let mut database = Database::with_chunks(tables, CHUNK as u64);
        let sizes = [
            0,
            1,
            CHUNK - 1,
            CHUNK,
            CHUNK + 1,
            2 * CHUNK - 1,
            2 * CHUNK,
            2 * CHUNK + 1,
        ];
        for (seed, first) in sizes.into_iter().enumerate() {
            for second in sizes {
                database.put("a", &bytes(first, seed as u8));
                let stored = bytes(second, 100 + seed as u8);
                database.put("a", &stored);
                assert_eq!(database.get("a"), Some(stored), "{first} replaced by {second}");
                let rows = database.chunks();
                assert_eq!(
                    rows as usize,
                    second.div_ceil(CHUNK),
                    "{first} replaced by {second}"
                );
                assert_eq!(database.number("SELECT COUNT(*) FROM ezdbfile"), 1);
            }
        }
    });
}

#[test]
fn a_statement_that_was_prepared_reads_a_table_whose_columns_changed_since() {
    on_all(|tables| {
        let mut database = Database::new(tables);
        for (seed, change) in [
            "ezdbfile MODIFY scope varchar(200) NOT NULL",
            "ezdbfile MODIFY datatype text NOT NULL, MODIFY size bigint NOT NULL",
            "ezdbfile_data MODIFY filedata longblob NOT NULL",
        ]
        .into_iter()
        .enumerate()
        {
            let stored = bytes(3 * CHUNK, seed as u8);
            database.put("a", &stored);
            let before = database.store.find(&name("a")).unwrap();
            assert_eq!(database.get("a").as_ref(), Some(&stored));
            database.admin.query(&format!("ALTER TABLE {change}")).unwrap();
            assert_eq!(database.store.find(&name("a")).unwrap(), before, "{change}");
            assert_eq!(database.get("a"), Some(stored), "{change}");
        }
    });
}

#[test]
fn live_is_what_is_there_under_the_very_name_and_not_expired() {
    on_all(|tables| {
        let mut database = Database::new(tables);
        let is_live = |database: &Database, text| database.store.is_live(&name(text)).unwrap();
        assert!(!is_live(&database, "a"));
        database.put("a", b"");
        assert!(is_live(&database, "a"));
        assert!(!is_live(&database, "A"));
        database.query(
            "UPDATE ezdbfile SET mtime = -mtime",
            "UPDATE ezdbfile SET mtime = -mtime",
        );
        assert!(!is_live(&database, "a"));
        database.query(
            "UPDATE ezdbfile SET mtime = 0",
            "UPDATE ezdbfile SET mtime = 5, expired = 1",
        );
        assert_eq!(is_live(&database, "a"), !tables.is_hash());
        database.query(
            "UPDATE ezdbfile SET mtime = 1, name = 'b'",
            "UPDATE ezdbfile SET expired = 0, name = 'b'",
        );
        assert!(!is_live(&database, "a"), "a row that only shares the hash");
        database.query("UPDATE ezdbfile SET name = 'a'", "UPDATE ezdbfile SET name = 'a'");
        assert!(is_live(&database, "a"));
    });
}

#[test]
fn a_file_is_read_straight_into_memory() {
    on_all(|tables| {
        let database = Database::with_chunks(tables, CHUNK as u64);
        for size in [0, 1, CHUNK, 10 * CHUNK + 7] {
            let stored = bytes(size, 7);
            database.put("a", &stored);
            let mut reader = database.store.open(&name("a")).unwrap().unwrap();
            let mut room = vec![0_u8; size];
            reader.read_into(room.as_mut_slice().into()).unwrap();
            assert!(room == stored, "{size} bytes");
        }
    });
}

#[test]
fn versions_of_one_second_and_size_have_identities_of_their_own() {
    on_all(|tables| {
        let database = Database::with_chunks(tables, 10);
        for size in [0, 1, 10, 25] {
            let mut identities = Vec::new();
            for _ in 0..3 {
                let id = database.put("a", &bytes(size, 1));
                let found = database.store.find(&name("a")).unwrap().unwrap();
                assert_eq!(found.number(), id, "{tables:?}, {size} bytes");
                identities.push(found.identity());
            }
            assert!(database.store.copy(&name("a"), &name("b")).unwrap());
            assert!(database.store.rename(&name("b"), &name("a")).unwrap());
            identities.push(database.store.find(&name("a")).unwrap().unwrap().identity());
            identities.sort();
            identities.dedup();
            assert_eq!(identities.len(), 4, "{tables:?}, {size} bytes");
            assert_eq!(database.get("a"), Some(bytes(size, 1)));
        }
    });
}

#[test]
fn parts_come_in_the_order_asked_for_and_are_all_of_one_version() {
    on_all(|tables| {
        let database = Database::with_chunks(tables, 10);
        let stored = bytes(35, 0);
        database.put("a", &stored);
        let version = database.store.find(&name("a")).unwrap().unwrap();
        let parts = [30..35, 0..1, 9..21, 4..4, 0..35];
        let mut reader = database.store.open_parts(&version, &parts).unwrap().unwrap();
        for (index, part) in parts.iter().enumerate() {
            let mut read = Vec::new();
            while let Some(block) = reader.next_block().unwrap() {
                read.extend_from_slice(block);
            }
            assert_eq!(read, &stored[part.start as usize..part.end as usize], "{part:?}");
            // Replaced in the middle: what was begun stays the old version.
            if index == 1 {
                database.put("a", &bytes(35, 9));
            }
            assert_eq!(reader.next_part().unwrap(), index + 1 < parts.len());
        }
        drop(reader);
        assert!(database.store.open_parts(&version, &parts).unwrap().is_none());
        assert_eq!(database.store.pool().stats().open, 2);
    });
}

#[test]
fn a_file_read_ahead_is_one_block_and_needs_no_connection_any_more() {
    on_all(|tables| {
        let database = Database::with_chunks(tables, 10);
        for size in [1, 10, 11, 35] {
            let stored = bytes(size, 4);
            database.put("a", &stored);
            let version = database.store.find(&name("a")).unwrap().unwrap();
            let mut reader = database.store.open(&name("a")).unwrap().unwrap();
            reader.read_ahead().unwrap();
            assert!(reader.is_at_end());
            assert_eq!(reader.metadata().identity(), version.identity());
            database.put("a", b"replaced");
            assert_eq!(reader.next_block().unwrap(), Some(&stored[..]), "{size}");
            assert_eq!(reader.next_block().unwrap(), None);
            assert_eq!(database.store.pool().stats().open, 1);
        }
    });
}

#[test]
fn every_part_of_a_file_is_that_part_and_reads_only_its_rows() {
    on_all(|tables| {
        let database = Database::with_chunks(tables, 10);
        let stored = bytes(35, 0);
        database.put("a", &stored);
        for offset in 0..=35_usize {
            for length in [0, 1, 5, 10, 11, 35, 100] {
                let mut reader = database
                    .store
                    .open_range(&name("a"), offset as u64, Some(length as u64))
                    .unwrap()
                    .unwrap();
                let mut read = Vec::new();
                while let Some(block) = reader.next_block().unwrap() {
                    read.extend_from_slice(block);
                }
                assert_eq!(
                    read,
                    &stored[offset..(offset + length).min(35)],
                    "{offset} {length}"
                );
            }
        }
        assert!(matches!(
            database.store.open_range(&name("a"), 36, None),
            Err(Error::Refused(_))
        ));
        // The last byte of a large file: one row goes over the wire.
        let large = bytes(1_000_000, 3);
        let big = Database::with_chunks(tables, 50_000);
        big.put("large", &large);
        let before = bytes_sent(&big);
        let mut reader = big
            .store
            .open_range(&name("large"), 999_999, None)
            .unwrap()
            .unwrap();
        assert_eq!(reader.next_block().unwrap(), Some(&large[999_999..]));
        assert_eq!(reader.next_block().unwrap(), None);
        drop(reader);
        let sent = bytes_sent(&big) - before;
        assert!((50_000..60_000).contains(&sent), "{sent}");
        assert_eq!(big.store.pool().stats().connects, 1);
    });
}

/// Bytes that the server sent on the pool's one connection.
fn bytes_sent(database: &Database) -> i64 {
    let mut lease = database.store.pool().checkout().unwrap();
    let rows = lease
        .session()
        .unwrap()
        .query_rows("SHOW SESSION STATUS LIKE 'Bytes_sent'")
        .unwrap();
    String::from_utf8_lossy(rows[0][1].as_ref().unwrap())
        .parse()
        .unwrap()
}

#[test]
fn rows_longer_than_expected_are_read() {
    for tables in [Tables::Install, Tables::HashInstall] {
        let mut database = Database::new(tables);
        let id = database.put("a", b"");
        database.query(
            &format!(
                "INSERT INTO ezdbfile_data (masterid, filedata) \
                 VALUES ({id}, REPEAT('x', 200000)), ({id}, REPEAT('y', 100000))"
            ),
            "INSERT INTO ezdbfile_data (name_hash, `offset`, filedata) \
             VALUES (MD5('a'), 0, REPEAT('x', 200000)), (MD5('a'), 200000, REPEAT('y', 100000))",
        );
        database.admin.query("UPDATE ezdbfile SET size = 300000").unwrap();
        let read = database.get("a").unwrap();
        assert_eq!(read.len(), 300_000);
        assert!(
            read[..200_000].iter().all(|byte| *byte == b'x')
                && read[200_000..].iter().all(|byte| *byte == b'y')
        );
    }
}

#[test]
fn a_file_that_does_not_add_up_is_damaged() {
    on_all(|tables| {
        let mut database = Database::with_chunks(tables, CHUNK as u64);
        let first = if tables.is_hash() { "`offset`" } else { "id" };
        for (what, sql) in [
            (
                "a row less",
                format!("DELETE FROM ezdbfile_data ORDER BY {first} LIMIT 1"),
            ),
            ("no rows", "DELETE FROM ezdbfile_data".into()),
            (
                "a row more",
                if tables.is_hash() {
                    "INSERT INTO ezdbfile_data (name_hash, `offset`, filedata) SELECT name_hash, size, 'x' FROM ezdbfile"
                } else {
                    "INSERT INTO ezdbfile_data (masterid, filedata) SELECT MAX(id), 'x' FROM ezdbfile"
                }
                .into(),
            ),
            ("larger", "UPDATE ezdbfile SET size = size + 1".into()),
            ("smaller", "UPDATE ezdbfile SET size = size - 1".into()),
            ("empty", "UPDATE ezdbfile SET size = 0".into()),
            (
                "a longer row",
                format!("UPDATE ezdbfile_data SET filedata = CONCAT(filedata, 'x') ORDER BY {first} LIMIT 1"),
            ),
        ] {
            for size in [CHUNK / 2, 3 * CHUNK] {
                database.put("a", &bytes(size, 9));
                database.admin.query(&sql).unwrap();
                let read = database.store.open(&name("a")).and_then(|reader| {
                    let mut reader = reader.expect("there is a row");
                    while reader.next_block()?.is_some() {}
                    Ok(())
                });
                assert!(
                    matches!(read, Err(Error::Damaged(_))),
                    "{what}, {size} bytes: {read:?}"
                );
                let into = database.store.open(&name("a")).and_then(|reader| {
                    let mut reader = reader.expect("there is a row");
                    let size = reader.metadata().size as usize;
                    reader.read_into(vec![0_u8; size].as_mut_slice().into())
                });
                assert!(
                    matches!(into, Err(Error::Damaged(_))),
                    "{what}, {size} bytes: {into:?}"
                );
            }
        }
    });
}

#[test]
fn the_row_with_the_highest_id_is_the_file_and_leftovers_never_come_back() {
    on_id(|tables| {
        let mut database = Database::new(tables);
        database.put("a", b"new");
        let double = "INSERT INTO ezdbfile (id, datatype, name, name_hash, scope, size, mtime) \
             SELECT id + 10, datatype, name, name_hash, scope, 0, mtime FROM ezdbfile";
        database.admin.query(double).unwrap();
        assert_eq!(database.get("a"), Some(Vec::new()));
        database.store.expire(&Match::Tree(name("a"))).unwrap();
        assert!(database.store.find(&name("a")).unwrap().unwrap().is_expired());
        let ids = database
            .store
            .matching(&Match::Tree(name("a")), Age::Expired)
            .unwrap();
        // The newer row alone is removed by name: the older one must go with it.
        database.store.remove(&ids[1..], Age::Expired).unwrap();
        assert_eq!(database.store.find(&name("a")).unwrap(), None);
        assert_eq!(database.number("SELECT COUNT(*) FROM ezdbfile"), 0);
        assert_eq!(database.number("SELECT COUNT(*) FROM ezdbfile_data"), 0);
        database.put("a", b"one");
        database.admin.query(double).unwrap();
        database.put("a", b"two");
        assert_eq!(database.number("SELECT COUNT(*) FROM ezdbfile"), 1);
        assert_eq!(database.get("a"), Some(b"two".to_vec()));
    });
}

#[test]
fn a_row_that_shares_the_hash_is_somebody_elses() {
    on_id(|tables| {
        let mut database = Database::new(tables);
        database.put("mine", b"mine");
        let hash = name("mine").hash().to_owned();
        database
            .admin
            .query(&format!(
                "INSERT INTO ezdbfile (name, name_hash, scope, size, mtime) VALUES ('other', '{hash}', 'test', 0, 5)"
            ))
            .unwrap();
        assert_eq!(database.get("mine"), Some(b"mine".to_vec()));
        assert_eq!(database.get("other"), None);
        database.put("mine", b"mine again");
        database.store.expire(&Match::Exactly(name("mine"))).unwrap();
        assert_eq!(database.live(), ["other"]);
        database.put("mine", b"third");
        assert!(database.store.rename(&name("mine"), &name("moved")).unwrap());
        assert_eq!(database.live(), ["moved", "other"]);
    });
}

#[test]
fn copies_and_renames_replace_and_keep_what_belongs_to_the_file() {
    on_all(|tables| {
        let mut database = Database::with_chunks(tables, CHUNK as u64);
        let stored = bytes(2500, 4);
        let id = database.put_at("a", &stored, 1234);
        database.put("b", b"replaced");
        assert!(database.store.copy(&name("a"), &name("b")).unwrap());
        assert_eq!(database.get("b"), Some(stored.clone()));
        let copy = database.store.find(&name("b")).unwrap().unwrap();
        assert_eq!(
            (copy.mtime, copy.scope(), copy.datatype()),
            (1234, b"test".as_slice(), b"text/plain".as_slice())
        );
        // Under their new name, the data rows are what they were.
        let rows = |name: &str| {
            if tables.is_hash() {
                format!(
                    "SELECT SUM(CRC32(CONCAT_WS('-', `offset`, filedata))) FROM ezdbfile_data \
                     WHERE name_hash = MD5('{name}') AND filedata <> ''"
                )
            } else {
                format!(
                    "SELECT SUM(CRC32(CONCAT_WS('-', id, masterid, filedata))) FROM ezdbfile_data WHERE masterid = {id}"
                )
            }
        };
        let before = database.number(&rows("a"));
        assert!(database.store.rename(&name("a"), &name("b")).unwrap());
        assert_eq!(database.number(&rows("b")), before);
        assert_eq!(database.live(), ["b"]);
        assert_eq!(database.get("b"), Some(stored));
        assert_eq!(database.chunks(), 3);
        assert!(!database.store.rename(&name("a"), &name("b")).unwrap());
        assert!(!database.store.copy(&name("a"), &name("b")).unwrap());
        assert!(database.store.rename(&name("b"), &name("b")).unwrap());
        database.store.expire(&Match::Tree(name("b"))).unwrap();
        assert!(!database.store.copy(&name("b"), &name("c")).unwrap());
        assert!(!database.store.rename(&name("b"), &name("c")).unwrap());
    });
}

#[test]
fn a_version_is_stored_in_the_place_of_the_one_that_was_seen_alone() {
    on_all(|tables| {
        let database = Database::new(tables);
        let name = Name::new(b"a");
        let over = |seen: Option<&Metadata>, content: &[u8]| {
            let description = Description {
                datatype: b"x",
                scope: b"x",
                mtime: 1_700_000_000,
            };
            let stored = database
                .store
                .put_over(seen, &name, description, &mut Memory::new(content))
                .unwrap();
            stored.map(|stored| stored.metadata)
        };
        assert!(over(None, b"first").is_some());
        assert!(over(None, b"other").is_none());
        let first = database.store.find(&name).unwrap().unwrap();
        database.put("a", b"since");
        assert!(over(Some(&first), b"other").is_none());
        assert_eq!(database.get("a").as_deref(), Some(b"since".as_slice()));
        let since = database.store.find(&name).unwrap().unwrap();
        database.store.expire(&Match::Exactly(name.clone())).unwrap();
        assert!(over(Some(&since), b"other").is_none());
        let expired = database.store.find(&name).unwrap().unwrap();
        assert!(over(Some(&expired), b"again").is_some());
        assert_eq!(database.get("a").as_deref(), Some(b"again".as_slice()));
    });
}

/// Where nothing was seen, there is no row that could be locked.
#[test]
fn a_version_that_appears_before_the_first_row_is_written_stays() {
    on_all(|tables| {
        for expired in [false, true] {
            let mut database = Database::new(tables);
            let (proxy, store) = database.behind_proxy(|_| {});
            proxy.plan(When::BeforeRunning("INSERT "), What::Hold);
            let description = Description {
                datatype: b"x",
                scope: b"x",
                mtime: 1_700_000_000,
            };
            let rival = &database.store;
            let stored = std::thread::scope(|scope| {
                scope.spawn(|| {
                    proxy.await_made(1, 0);
                    let bytes = &mut Memory::new(b"of the site");
                    rival.put(&name("a"), description, bytes).unwrap();
                    if expired {
                        rival.expire(&Match::Exactly(name("a"))).unwrap();
                    }
                    proxy.release();
                });
                store
                    .put_over(None, &name("a"), description, &mut Memory::new(b"ours"))
                    .unwrap()
            });
            assert!(stored.is_none(), "{tables:?}");
            assert_eq!(database.get("a").as_deref(), Some(b"of the site".as_slice()));
            // Nothing is left behind of what was not stored.
            assert_eq!(database.number("SELECT COUNT(*) FROM ezdbfile"), 1);
            assert_eq!(database.chunks(), 1);
            store.pool().close();
        }
    });
}

/// A server keeps the buffer that the largest message of a connection needed, and collects as much of a
/// result before it sends any: reads would then wait for it where they work beside it.
#[test]
fn a_large_store_leaves_the_server_no_large_buffer() {
    const USED: &str = "SELECT VARIABLE_VALUE FROM information_schema.SESSION_STATUS \
        WHERE VARIABLE_NAME = 'MEMORY_USED'";
    on_own(|tables| {
        for chunk in [65_535, 1_000_000] {
            let database = Database::with_chunks(tables, chunk);
            let used = || -> i64 {
                let mut lease = database.store.pool().checkout().unwrap();
                let rows = lease.session().unwrap().query_rows(USED).unwrap();
                let cell = rows.into_iter().flatten().flatten().next();
                cell.and_then(|cell| String::from_utf8(cell).ok()?.parse().ok())
                    .expect("the server tells it")
            };
            // One row, and messages with as many as there can be.
            database.put("a", &bytes(65_535, 1));
            let before = used();
            for (length, seed) in [(3_000_000, 2), (3_000_000, 3)] {
                let stored = bytes(length, seed);
                database.put("a", &stored);
                assert!(database.get("a") == Some(stored), "{tables:?}");
            }
            let more = used() - before;
            assert_eq!(database.store.pool().stats().connects, 1);
            assert!(more < 200_000, "{tables:?}, rows of {chunk}: {more} bytes more");
        }
    });
}
