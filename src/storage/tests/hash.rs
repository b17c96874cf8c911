//! The hash layout beside handlers that use its tables by the SQL of eZ Publish 4.x.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

use super::server::{Database, Tables, bytes, on_hash, read};
use crate::error::Error;
use crate::mysql::{Connection, MysqlError};
use crate::storage::Name;
use crate::storage::layout::Age;
use crate::storage::pattern::Match;
use crate::storage::source::Memory;
use crate::storage::write::Description;

const DESCRIPTION: Description<'static> = Description {
    datatype: b"x",
    scope: b"x",
    mtime: 5,
};

fn name(text: &str) -> Name {
    Name::new(text.as_bytes())
}

fn hex(bytes: &[u8]) -> String {
    let digits: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("x'{digits}'")
}

/// Stores a file as an old handler does: in its rows, with chunks of its own size, and without
/// what is left behind the end.
fn old_put(database: &mut Database, name: &str, content: &[u8], chunk: usize, mtime: i64) {
    try_old_put(&mut database.admin, name, content, chunk, mtime).expect("the old SQL works");
}

fn try_old_put(
    connection: &mut Connection,
    name: &str,
    content: &[u8],
    chunk: usize,
    mtime: i64,
) -> Result<(), MysqlError> {
    connection.query("START TRANSACTION")?;
    connection.query(&format!(
        "INSERT INTO ezdbfile (datatype, name, name_trunk, name_hash, scope, size, mtime, expired) \
         VALUES ('misc', '{name}', '{name}', MD5('{name}'), 'old', {}, {mtime}, {}) \
         ON DUPLICATE KEY UPDATE datatype = VALUES(datatype), scope = VALUES(scope), \
         size = VALUES(size), mtime = VALUES(mtime), expired = VALUES(expired)",
        content.len(),
        u8::from(mtime < 0)
    ))?;
    for (index, bytes) in content.chunks(chunk).enumerate() {
        connection.query(&format!(
            "INSERT INTO ezdbfile_data (name_hash, `offset`, filedata) VALUES (MD5('{name}'), {}, {}) \
             ON DUPLICATE KEY UPDATE filedata = VALUES(filedata)",
            index * chunk,
            hex(bytes)
        ))?;
    }
    connection.query(&format!(
        "DELETE FROM ezdbfile_data WHERE name_hash = MD5('{name}') AND `offset` >= {}",
        content.len()
    ))?;
    connection.query("COMMIT").map(drop)
}

/// Reads a file as an old handler does.
fn old_get(database: &mut Database, name: &str) -> Vec<u8> {
    database
        .admin
        .query_rows(&format!(
            "SELECT filedata FROM ezdbfile_data WHERE name_hash = MD5('{name}') ORDER BY `offset`"
        ))
        .expect("the old SQL works")
        .into_iter()
        .flatten()
        .flat_map(Option::unwrap_or_default)
        .collect()
}

#[test]
fn files_of_all_sizes_pass_between_old_and_new_writers() {
    on_hash(|tables| {
        let mut database = Database::with_chunks(tables, 10);
        let sizes = [0, 1, 9, 10, 11, 19, 20, 21, 41];
        for first in sizes {
            for second in sizes {
                let (old, new) = (bytes(first, 1), bytes(second, 2));
                database.admin.query("DELETE FROM ezdbfile").unwrap();
                old_put(&mut database, "a", &old, 7, 1000);
                assert_eq!(database.get("a"), Some(old.clone()), "{first}");
                database.put("a", &new);
                assert_eq!(old_get(&mut database, "a"), new, "{first} {second}");
                // Old handlers overwrite chunk by chunk: theirs must have the length of ours.
                old_put(&mut database, "a", &old, 10, 1000);
                assert_eq!(database.get("a"), Some(old.clone()), "{second} {first}");
                assert_eq!(old_get(&mut database, "a"), old);
            }
        }
        let sum = "SELECT SUM(size) - (SELECT SUM(LENGTH(filedata)) FROM ezdbfile_data) FROM ezdbfile";
        assert_eq!(database.number(sum), 0);
    });
}

#[test]
fn every_part_is_read_from_rows_of_any_lengths() {
    on_hash(|tables| {
        let mut database = Database::new(tables);
        let content = bytes(40, 3);
        old_put(&mut database, "a", &[], 1, 1000);
        let mut offset = 0;
        for length in [3, 0, 17, 1, 10, 9, 0] {
            // A row without bytes has an offset of its own: in the middle of the next one.
            let place = if length == 0 { offset + 1 } else { offset };
            database
                .admin
                .query(&format!(
                    "INSERT INTO ezdbfile_data (name_hash, `offset`, filedata) VALUES (MD5('a'), {place}, {})",
                    if length == 0 { "''".into() } else { hex(&content[offset..offset + length]) }
                ))
                .unwrap();
            offset += length;
        }
        database.admin.query("UPDATE ezdbfile SET size = 40").unwrap();
        assert_eq!(database.get("a"), Some(content.clone()));
        for from in 0..=40 {
            for length in [0, 1, 7, 18, 40] {
                let mut reader = database
                    .store
                    .open_range(&name("a"), from as u64, Some(length))
                    .unwrap()
                    .unwrap();
                let mut part = Vec::new();
                while let Some(block) = reader.next_block().unwrap() {
                    part.extend_from_slice(block);
                }
                assert_eq!(
                    part,
                    &content[from..(from + length as usize).min(40)],
                    "{from} {length}"
                );
            }
        }
    });
}

#[test]
fn what_old_handlers_leave_is_read() {
    on_hash(|tables| {
        let mut database = Database::with_chunks(tables, 10);
        let extra = |database: &mut Database, name: &str, offset: u64| {
            database
                .admin
                .query(&format!(
                    "INSERT INTO ezdbfile_data (name_hash, `offset`, filedata) VALUES (MD5('{name}'), {offset}, '')"
                ))
                .unwrap();
        };
        old_put(&mut database, "empty", b"", 5, 1000);
        extra(&mut database, "empty", 0);
        assert_eq!(database.get("empty"), Some(Vec::new()));
        old_put(&mut database, "multiple", &bytes(20, 1), 5, 1000);
        extra(&mut database, "multiple", 20);
        assert_eq!(database.get("multiple"), Some(bytes(20, 1)));
        for (index, (mtime, expired, seen)) in [
            (-5, 1, -5),
            (-5, 0, -5),
            (5, 1, -5),
            (0, 1, -1),
            (5, 0, 5),
            (0, 0, 0),
        ]
        .into_iter()
        .enumerate()
        {
            let file = format!("f{index}");
            old_put(&mut database, &file, b"x", 5, 7);
            database
                .admin
                .query(&format!(
                    "UPDATE ezdbfile SET mtime = {mtime}, expired = {expired} WHERE name = '{file}'"
                ))
                .unwrap();
            let metadata = database.store.find(&name(&file)).unwrap().unwrap();
            assert_eq!(
                (metadata.mtime, metadata.is_expired()),
                (seen, seen < 0),
                "{mtime} {expired}"
            );
            assert_eq!(database.get(&file), Some(b"x".to_vec()));
        }
        // Only the two live ones of these are deleted, and all six removed.
        let these = Match::Prefixes(vec![b"f".to_vec()]);
        assert_eq!(database.store.expire(&these).unwrap(), 2);
        assert_eq!(
            database.number("SELECT COUNT(*) FROM ezdbfile WHERE name LIKE 'f%' AND mtime < 0"),
            4,
            "what was expired already is left as it was"
        );
        // One by one too, for which there is another statement; and their times are what they were.
        for file in ["f0", "f1", "f2", "f3"] {
            let one = Match::Prefixes(vec![file.into()]);
            assert_eq!(database.store.expire(&one).unwrap(), 0, "{file}");
            let keys = database.store.matching(&one, Age::Live).unwrap();
            assert_eq!(database.store.remove(&keys, Age::Live).unwrap(), 0, "{file}");
        }
        assert_eq!(
            database.number("SELECT COUNT(*) FROM ezdbfile WHERE name IN ('f0', 'f1') AND mtime = -5"),
            2
        );
        let keys = database.store.matching(&these, Age::Expired).unwrap();
        assert_eq!(database.store.remove(&keys, Age::Expired).unwrap(), 6);
        assert_eq!(database.number("SELECT COUNT(*) FROM ezdbfile"), 2);
    });
}

#[test]
fn the_row_is_what_old_handlers_look_for() {
    on_hash(|tables| {
        let mut database = Database::new(tables);
        let view = "var/p/cache/content/eng/1/full-2-3.cache";
        let put = |database: &Database, mtime| {
            let description = Description {
                datatype: b"misc",
                scope: b"viewcache",
                mtime,
            };
            database
                .store
                .put(&name(view), description, &mut Memory::new(b"x"))
                .unwrap();
        };
        let row = |database: &mut Database| {
            let rows = database
                .admin
                .query_rows("SELECT name_trunk, mtime, expired FROM ezdbfile")
                .unwrap();
            let cells: Vec<String> = rows[0]
                .iter()
                .map(|cell| String::from_utf8_lossy(cell.as_ref().unwrap()).into_owned())
                .collect();
            cells.join(" ")
        };
        put(&database, 55);
        let trunk = "var/p/cache/content/eng/1/full-";
        assert_eq!(row(&mut database), format!("{trunk} 55 0"));
        database.store.expire(&Match::Tree(name(view))).unwrap();
        assert_eq!(row(&mut database), format!("{trunk} -55 1"));
        put(&database, 56);
        assert_eq!(row(&mut database), format!("{trunk} 56 0"));
        let moved = name("var/p/cache/content/eng/1/line-4.cache");
        assert!(database.store.rename(&name(view), &moved).unwrap());
        assert_eq!(row(&mut database), "var/p/cache/content/eng/1/line- 56 0");
        let found = database.store.find(&moved).unwrap().unwrap();
        assert_eq!(
            found.name_trunk(),
            Some(b"var/p/cache/content/eng/1/line-".as_slice())
        );
        if tables == Tables::Hash {
            database.admin.query("UPDATE ezdbfile SET status = 3").unwrap();
            database.put(std::str::from_utf8(moved.bytes()).unwrap(), b"new");
            assert_eq!(database.number("SELECT status FROM ezdbfile"), 3);
        }
    });
}

#[test]
fn versions_of_one_second_and_size_are_told_apart() {
    on_hash(|tables| {
        let mut database = Database::with_chunks(tables, 10);
        let version = |database: &Database, file: &str| {
            let metadata = database.store.find(&name(file)).unwrap().unwrap();
            let told = database.store.open_told(&name(file)).unwrap().unwrap();
            assert_eq!(*told.metadata(), metadata);
            // Otherwise the last row tells it, whichever way it is read.
            let mut in_blocks = database.store.open(&name(file)).unwrap().unwrap();
            while in_blocks.next_block().unwrap().is_some() {}
            assert_eq!(*in_blocks.into_metadata(), metadata);
            let mut at_once = database.store.open(&name(file)).unwrap().unwrap();
            let mut room = bytes(at_once.metadata().size as usize, 0);
            at_once.read_into(room.as_mut_slice().into()).unwrap();
            assert_eq!(*at_once.into_metadata(), metadata);
            // Who keeps it beside the reader keeps what was known at first.
            let mut reader = database.store.open(&name(file)).unwrap().unwrap();
            let shared = reader.share_metadata();
            while reader.next_block().unwrap().is_some() {}
            assert_eq!(
                (shared.id, shared.told_by()[1..] == metadata.told_by()[1..]),
                (None, true)
            );
            let mut described = database.store.describe(&name(file)).unwrap().unwrap();
            assert_eq!((described.id, metadata.id.is_some()), (None, true));
            described.id = metadata.id;
            assert_eq!(described, metadata);
            metadata.version()
        };
        let mut versions = Vec::new();
        for size in [1, 10, 25] {
            for seed in 0..20 {
                let id = database.put("a", &bytes(size, seed));
                let found = database.store.find(&name("a")).unwrap().unwrap();
                assert_eq!(found.number(), id);
                versions.push(version(&database, "a"));
            }
        }
        // A copy and a rename over a file of the same time and size, made from a file without a mark.
        for seed in 0..3 {
            old_put(&mut database, "b", &bytes(25, seed), 10, 1_700_000_000);
            assert!(database.store.copy(&name("b"), &name("a")).unwrap());
            versions.push(version(&database, "a"));
            assert!(database.store.rename(&name("b"), &name("a")).unwrap());
            versions.push(version(&database, "a"));
        }
        // An old handler's version after one of ours, of the same size.
        let last = version(&database, "a");
        database.store.expire(&Match::Tree(name("a"))).unwrap();
        assert_eq!(version(&database, "a"), last, "expiry makes no new version");
        old_put(&mut database, "a", &bytes(25, 9), 10, 1_700_000_000);
        versions.push(version(&database, "a"));
        let count = versions.len();
        versions.sort_unstable();
        versions.dedup();
        assert_eq!(versions.len(), count);
    });
}

#[test]
fn gaps_overlaps_and_rows_of_wrong_lengths_are_damage() {
    on_hash(|tables| {
        let mut database = Database::with_chunks(tables, 10);
        for (what, sql) in [
            (
                "gap",
                "UPDATE ezdbfile_data SET `offset` = 11 WHERE `offset` = 10",
            ),
            (
                "overlap",
                "UPDATE ezdbfile_data SET `offset` = 9 WHERE `offset` = 10",
            ),
            ("hole", "DELETE FROM ezdbfile_data WHERE `offset` = 10"),
            ("late", "UPDATE ezdbfile_data SET `offset` = 1 WHERE `offset` = 0"),
            (
                "swapped lengths",
                "UPDATE ezdbfile_data SET filedata = IF(`offset` = 0, 'xxxxxxxxx', 'xxxxxxxxxxx') WHERE `offset` IN (0, 10)",
            ),
        ] {
            database.put("a", &bytes(30, 1));
            database.admin.query(sql).unwrap();
            let whole = database.store.open(&name("a")).and_then(|reader| {
                let mut reader = reader.expect("there is a row");
                reader.read_into(vec![0_u8; 30].as_mut_slice().into())
            });
            assert!(matches!(whole, Err(Error::Damaged(_))), "{what}: {whole:?}");
            let part = database
                .store
                .open_range(&name("a"), 5, Some(10))
                .and_then(|reader| {
                    let mut reader = reader.expect("there is a row");
                    while reader.next_block()?.is_some() {}
                    Ok(())
                });
            assert!(matches!(part, Err(Error::Damaged(_))), "{what}: {part:?}");
        }
    });
}

#[test]
fn what_the_offset_does_not_hold_is_refused_before_anything_is_written() {
    let mut database = Database::with_chunks(Tables::Hash, 65535);
    database
        .admin
        .query("ALTER TABLE ezdbfile_data MODIFY `offset` mediumint unsigned NOT NULL")
        .unwrap();
    let fits = vec![7; (1 << 24) + 1];
    database.put("a", &fits);
    assert_eq!(database.get("a"), Some(fits));
    let too_large = vec![8; (1 << 24) + 65535];
    let stored = database
        .store
        .put(&name("a"), DESCRIPTION, &mut Memory::new(&too_large));
    assert!(
        matches!(&stored, Err(Error::Refused(reason)) if reason.contains("16777215")),
        "{stored:?}"
    );
    assert_eq!(database.number("SELECT size FROM ezdbfile"), (1 << 24) + 1);
}

#[test]
fn a_name_whose_hash_another_file_has_is_refused() {
    on_hash(|tables| {
        let mut database = Database::new(tables);
        database.put("other", b"theirs");
        database.put("from", b"x");
        for column in ["ezdbfile_data", "ezdbfile"] {
            database.admin.query("SET foreign_key_checks = 0").unwrap();
            database
                .admin
                .query(&format!(
                    "UPDATE {column} SET name_hash = MD5('mine') WHERE name_hash = MD5('other')"
                ))
                .unwrap();
        }
        assert_eq!(database.get("mine"), None);
        let stored = database
            .store
            .put(&name("mine"), DESCRIPTION, &mut Memory::new(b"mine"));
        assert!(
            matches!(&stored, Err(Error::Refused(reason)) if reason.contains("name_hash")),
            "{stored:?}"
        );
        assert!(database.store.rename(&name("from"), &name("mine")).is_err());
        assert_eq!(database.store.expire(&Match::Exactly(name("mine"))).unwrap(), 0);
        assert_eq!(database.live(), ["from", "other"]);
        assert_eq!(old_get(&mut database, "mine"), b"theirs");
    });
}

#[test]
fn tables_in_latin1_and_utf8_and_without_a_foreign_key_hold_the_same() {
    for (charset, key) in [("latin1", true), ("utf8mb3", true), ("utf8mb4", false)] {
        let mut database = Database::with(Tables::Hash, 10, charset);
        if !key {
            database
                .admin
                .query("ALTER TABLE ezdbfile_data DROP FOREIGN KEY ezdbfile_fk1")
                .unwrap();
        }
        for file in ["var/café", "var/cafe", "var/CAFÉ", "var/it's"] {
            database.put(file, file.as_bytes());
        }
        for file in ["var/café", "var/cafe", "var/CAFÉ", "var/it's"] {
            assert_eq!(database.get(file), Some(file.as_bytes().to_vec()), "{charset}");
        }
        let expired = database
            .store
            .expire(&Match::Prefixes(vec!["var/café".as_bytes().to_vec()]))
            .unwrap();
        assert_eq!(expired, 1, "{charset}");
        assert_eq!(database.live(), ["var/CAFÉ", "var/cafe", "var/it's"]);
        assert!(database.store.rename(&name("var/CAFÉ"), &name("var/é")).unwrap());
        let keys = database
            .store
            .matching(&Match::Prefixes(vec![b"var/".to_vec()]), Age::Any)
            .unwrap();
        assert_eq!(database.store.remove(&keys, Age::Any).unwrap(), 4);
        assert_eq!(
            database.number("SELECT COUNT(*) FROM ezdbfile_data"),
            0,
            "{charset}"
        );
    }
}

#[test]
fn old_and_new_writers_replace_one_file_at_the_same_time() {
    let mut database = Database::with_chunks(Tables::Hash, 1000);
    database.put("a", &[1; 5000]);
    let store = Arc::clone(&database.store);
    let stop = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            for round in 0..60_u8 {
                let content = vec![round; 1000 * usize::from(1 + round % 5)];
                store
                    .put(&name("a"), DESCRIPTION, &mut Memory::new(&content))
                    .unwrap();
            }
        });
        scope.spawn(|| {
            let mut reads = 0;
            while !stop.load(Relaxed) || reads == 0 {
                let read = read(&store, "a").expect("there is always a version");
                assert!(
                    !read.is_empty() && read.iter().all(|byte| *byte == read[0]),
                    "a mix"
                );
                reads += 1;
            }
        });
        for round in 0..60_u8 {
            let content = vec![100 + round; 900 * usize::from(1 + round % 7)];
            // Whoever gives way to the other in a deadlock tries again.
            while let Err(error) = try_old_put(&mut database.admin, "a", &content, 1000, 5) {
                assert!(error.is_conflict(), "{error:?}");
                database.admin.query("ROLLBACK").unwrap();
            }
        }
        stop.store(true, Relaxed);
    });
    let stray = "SELECT COUNT(*) FROM ezdbfile_data d JOIN ezdbfile f USING (name_hash) \
                 WHERE filedata <> '' AND `offset` >= size";
    assert_eq!(database.number(stray), 0);
}
