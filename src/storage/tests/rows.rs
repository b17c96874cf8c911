//! Rows as a damaged or hostile database may have them: the exact bytes come, or an error.

use super::server::{Database, Tables, bytes, on_id};
use crate::error::{Error, Result};
use crate::mysql::{Param, Room};
use crate::storage::chunks::Reader;
use crate::storage::layout::Age;
use crate::storage::list::{Listed, Wanted};
use crate::storage::pattern::Match;
use crate::storage::{Metadata, Name};
use crate::testing::Random;

const NAME: &[u8] = b"var/damaged";
/// Sizes that no file here has.
const LIES: [u64; 5] = [1 << 32, 1 << 60, 1 << 63, u64::MAX - 1, u64::MAX];

/// Writes a file row by row, past the store.
fn insert(database: &mut Database, name: &[u8], size: u64, rows: &[Vec<u8>]) {
    let name = Name::new(name);
    database
        .admin
        .execute(
            // The parameter is signed.
            "INSERT INTO ezdbfile (name, name_hash, scope, size, mtime) VALUES (?, ?, 'test', CAST(? AS UNSIGNED), 5)",
            &[
                Param::Bytes(name.bytes()),
                Param::Text(name.digits()),
                Param::Text(size.to_string().as_bytes()),
            ],
        )
        .unwrap();
    let id = database.number("SELECT MAX(id) FROM ezdbfile");
    for row in rows {
        database
            .admin
            .execute(
                "INSERT INTO ezdbfile_data (masterid, filedata) VALUES (?, ?)",
                &[Param::Int(id), Param::Bytes(row)],
            )
            .unwrap();
    }
}

fn drain(mut reader: Reader) -> Result<Vec<u8>> {
    let mut all = Vec::new();
    while let Some(block) = reader.next_block()? {
        all.extend_from_slice(block);
    }
    Ok(all)
}

fn by_blocks(database: &Database) -> Result<Vec<u8>> {
    drain(database.store.open(&Name::new(NAME))?.expect("the row is there"))
}

/// As small files are served: all of it before anything of it is used, in one block.
fn ahead(database: &Database) -> Result<Vec<u8>> {
    let mut reader = database.store.open(&Name::new(NAME))?.expect("the row is there");
    if reader.metadata().size > 1 << 20 {
        return drain(reader);
    }
    reader.read_ahead()?;
    assert!(reader.is_at_end());
    assert_eq!(database.store.pool().stats().idle, 1);
    let block = reader.next_block()?.unwrap_or_default().to_vec();
    assert_eq!(reader.next_block()?, None);
    Ok(block)
}

/// As PHP code gets a string: only where so much memory can be had.
fn into_memory(database: &Database) -> Result<Vec<u8>> {
    let mut reader = database.store.open(&Name::new(NAME))?.expect("the row is there");
    let size = usize::try_from(reader.metadata().size).unwrap().min(1 << 20);
    let mut room = vec![0; size];
    reader.read_into(Room::from(room.as_mut_slice()))?;
    assert_eq!(reader.metadata().size, size as u64);
    Ok(room)
}

fn in_parts(database: &Database, version: &Metadata, parts: &[std::ops::Range<u64>]) -> Result<Vec<Vec<u8>>> {
    let mut reader = database
        .store
        .open_parts(version, parts)?
        .expect("the version is there");
    let mut all = Vec::new();
    for index in 0..parts.len() {
        if index > 0 {
            assert!(reader.next_part()?);
        }
        let mut part = Vec::new();
        while let Some(block) = reader.next_block()? {
            part.extend_from_slice(block);
        }
        all.push(part);
    }
    Ok(all)
}

/// An error that says what is wrong with the file.
fn assert_damaged<T: std::fmt::Debug>(result: Result<T>, what: &str) {
    assert!(matches!(result, Err(Error::Damaged(_))), "{what}: {result:?}");
}

fn random_rows(random: &mut Random) -> Vec<Vec<u8>> {
    let even = random.below(3) == 0;
    let stride = 1 + random.below(300);
    (0..random.below(8))
        .map(|_| {
            let length = match random.below(8) {
                _ if even => stride,
                0 => 0,
                1 => 65535,
                _ => random.below(400),
            };
            (0..length).map(|_| random.below(256) as u8).collect()
        })
        .collect()
}

#[test]
fn rows_of_any_lengths_are_the_file_or_an_error() {
    on_id(|tables| {
        let mut database = Database::new(tables);
        for seed in 0..Random::rounds(150) {
            let mut random = Random::new(seed);
            let rows = random_rows(&mut random);
            let whole = rows.concat();
            let true_size = whole.len() as u64;
            let size = match random.below(6) {
                0 => true_size.saturating_sub(1 + random.below(300)),
                1 => true_size + 1 + random.below(300),
                2 => LIES[random.below(LIES.len() as u64) as usize],
                _ => true_size,
            };
            let what = format!(
                "{tables:?}, seed {seed}: rows of {:?}, size {size}",
                rows.iter().map(Vec::len).collect::<Vec<_>>()
            );
            database.admin.query("DELETE FROM ezdbfile").unwrap();
            database.admin.query("DELETE FROM ezdbfile_data").unwrap();
            insert(&mut database, b"var/other", 3, &[b"oth".to_vec()]);
            insert(&mut database, NAME, size, &rows);
            // Another file, and rows of none.
            insert(&mut database, b"var/one more", 0, &[b"x".to_vec()]);

            let (blocks, memory) = (by_blocks(&database), into_memory(&database));
            let ahead = ahead(&database);
            if size == true_size {
                assert!(ahead.as_ref().is_ok_and(|b| *b == whole), "{what}: {ahead:?}");
                assert!(blocks.as_ref().is_ok_and(|b| *b == whole), "{what}: {blocks:?}");
                assert!(memory.as_ref().is_ok_and(|b| *b == whole), "{what}: {memory:?}");
            } else {
                assert_damaged(blocks, &what);
                assert_damaged(memory, &what);
                assert_damaged(ahead, &what);
            }

            let from = random.below(size.min(true_size) + 1);
            let until = from + random.below(size.min(true_size) - from + 1);
            let wanted = whole.get(from as usize..until as usize).unwrap();
            let range = database
                .store
                .open_range(&Name::new(NAME), from, Some(until - from))
                .and_then(|reader| drain(reader.expect("the row is there")));
            match range {
                Ok(range) => assert!(range == wanted, "{what}: {from}..{until}"),
                Err(error) => assert!(matches!(error, Error::Damaged(_)), "{what}: {error:?}"),
            }
            let version = database.store.find(&Name::new(NAME)).unwrap().unwrap();
            assert_eq!(version.size, size, "{what}");
            match in_parts(&database, &version, &[from..until, 0..from, until..until]) {
                Ok(parts) => {
                    assert!(parts[0] == wanted, "{what}: {from}..{until}");
                    assert!(
                        parts[1] == whole.get(..from as usize).unwrap(),
                        "{what}: 0..{from}"
                    );
                    assert!(parts[2].is_empty(), "{what}");
                }
                Err(error) => assert!(matches!(error, Error::Damaged(_)), "{what}: {error:?}"),
            }
        }
        assert!(database.store.pool().stats().connects <= 1 + 5 * Random::rounds(150));
    });
}

#[test]
fn a_million_rows_of_a_byte() {
    let mut database = Database::new(Tables::Install);
    insert(&mut database, NAME, 1_000_000, &[]);
    database
        .admin
        .query(
            "INSERT INTO ezdbfile_data (masterid, filedata) \
             SELECT (SELECT MAX(id) FROM ezdbfile), CHAR(seq % 251 USING latin1) FROM seq_0_to_999999 ORDER BY seq",
        )
        .unwrap();
    let whole = bytes(1_000_000, 0);
    let mut reader = database.store.open(&Name::new(NAME)).unwrap().unwrap();
    let mut position = 0;
    while let Some(block) = reader.next_block().unwrap() {
        assert_eq!(block, &whole[position..position + block.len()]);
        position += block.len();
    }
    assert_eq!(position, whole.len());
    // A buffer for one row, whatever their number.
    assert!(reader.row.capacity() <= 65536);
    assert!(into_memory(&database).unwrap() == whole);
    let range = database
        .store
        .open_range(&Name::new(NAME), 999_990, Some(5))
        .unwrap()
        .unwrap();
    assert_eq!(drain(range).unwrap(), &whole[999_990..999_995]);
}

/// The size is believed only as far as there are rows.
#[test]
fn no_memory_is_taken_for_bytes_that_are_not_there() {
    on_id(|tables| {
        for size in LIES {
            let mut database = Database::new(tables);
            insert(&mut database, NAME, size, &[b"abc".to_vec(), bytes(65535, 1)]);
            let mut reader = database.store.open(&Name::new(NAME)).unwrap().unwrap();
            assert_eq!(reader.metadata().size, size);
            let end = loop {
                match reader.next_block() {
                    Ok(Some(_)) => assert!(reader.row.capacity() <= 65536),
                    end => break end.map(|block| block.map(<[u8]>::len)),
                }
            };
            assert_damaged(end, "blocks");
            let end = database
                .store
                .open_range(&Name::new(NAME), size - 1, None)
                .map(drain_some);
            assert_damaged(end.and_then(|end| end), "range");
        }
    });
}

fn drain_some(reader: Option<Reader>) -> Result<Vec<u8>> {
    drain(reader.expect("the row is there"))
}

#[test]
fn the_last_of_several_rows_of_a_name_is_the_file() {
    on_id(|tables| {
        let mut database = Database::new(tables);
        insert(&mut database, NAME, 3, &[b"old".to_vec()]);
        insert(&mut database, NAME, 99, &[b"broken".to_vec()]);
        insert(&mut database, NAME, 3, &[b"n".to_vec(), b"ew".to_vec()]);
        assert_eq!(by_blocks(&database).unwrap(), b"new");
        insert(&mut database, NAME, 99, &[b"broken".to_vec()]);
        assert_damaged(by_blocks(&database), "the last one");
    });
}

#[test]
fn times_at_the_ends_of_the_range_of_numbers() {
    let mut database = Database::new(Tables::Install);
    for (name, mtime) in [
        ("a/min", i64::MIN),
        ("a/less", -i64::MAX),
        ("a/max", i64::MAX),
        ("a/-1", -1),
    ] {
        insert(&mut database, name.as_bytes(), 1, &[b"x".to_vec()]);
        database
            .admin
            .query(&format!(
                "UPDATE ezdbfile SET mtime = {mtime} WHERE name = '{name}'"
            ))
            .unwrap();
        let found = database.store.find(&Name::new(name.as_bytes())).unwrap().unwrap();
        assert_eq!(found.mtime, mtime);
        assert_eq!(database.get(name).unwrap(), b"x");
    }
    let all = Match::Prefixes(vec![b"a/".to_vec()]);
    let count = |age| database.store.matching(&all, age).unwrap().len();
    assert_eq!(count(Age::Before(2)), 1);
    assert_eq!(count(Age::Before(i64::MAX)), 1);
    assert_eq!(count(Age::Before(i64::MIN)), 0);
    assert_eq!(count(Age::Expired), 3);
    for (seconds, expected) in [(0, 1), (i64::MIN, 3), (i64::MAX, 0)] {
        let wanted = Wanted {
            expired_for: Some(Some(seconds)),
            ..Wanted::default()
        };
        let mut names = database.store.list(&wanted).unwrap();
        let mut listed = 0;
        while names.next_name().unwrap() != Listed::End {
            listed += 1;
        }
        assert!(listed == expected || seconds == i64::MIN, "{seconds}: {listed}");
    }
    assert_eq!(database.store.expire(&all).unwrap(), 1);
    assert_eq!(
        database.number("SELECT COUNT(*) FROM ezdbfile WHERE mtime < 0"),
        4
    );
}

#[test]
fn texts_are_bytes_whatever_they_are() {
    let mut database = Database::new(Tables::Install);
    let hostile: [&[u8]; 5] = [
        b"a\0b",
        b"\xff\xfe",
        b"",
        b"'; DROP TABLE ezdbfile; --",
        &[b'x'; 1024],
    ];
    for name in hostile {
        insert(&mut database, name, 1, &[b"x".to_vec()]);
        let id = database.number("SELECT MAX(id) FROM ezdbfile");
        database
            .admin
            .execute(
                "UPDATE ezdbfile SET datatype = LEFT(?, 255), scope = LEFT(?, 20) WHERE id = ?",
                &[Param::Bytes(name), Param::Bytes(name), Param::Int(id)],
            )
            .unwrap();
        let reader = database.store.open(&Name::new(name)).unwrap().unwrap();
        let metadata = reader.metadata().clone();
        assert_eq!(metadata.name(), name);
        assert_eq!(metadata.datatype(), &name[..name.len().min(255)]);
        assert_eq!(metadata.scope(), &name[..name.len().min(20)]);
        assert_eq!(drain(reader).unwrap(), b"x");
        assert_eq!(
            database.store.expire(&Match::Exactly(Name::new(name))).unwrap(),
            1
        );
    }
}

/// As many rows as if all had the length of the first one, and the right size, but not where they
/// would be then.
#[test]
fn parts_of_files_with_uneven_rows() {
    on_id(|tables| {
        for lengths in [
            vec![5, 4, 5, 6],
            vec![5, 4, 5],
            vec![5, 6, 4],
            vec![5, 5, 4, 5, 5],
            vec![5, 0, 5, 9],
            vec![5, 9, 0, 5],
        ] {
            let mut database = Database::new(tables);
            let rows: Vec<Vec<u8>> = lengths
                .iter()
                .zip(1..)
                .map(|(length, seed)| bytes(*length, seed))
                .collect();
            let whole = rows.concat();
            let size = whole.len();
            insert(&mut database, NAME, size as u64, &rows);
            for from in 0..=size {
                for until in from..=size {
                    let range =
                        database
                            .store
                            .open_range(&Name::new(NAME), from as u64, Some((until - from) as u64));
                    assert_eq!(
                        range.and_then(drain_some).unwrap(),
                        &whole[from..until],
                        "{lengths:?} {from}..{until}"
                    );
                }
            }
        }
    });
}

/// First and last row and their number are as if all had one length, but two rows between have not.
#[test]
fn parts_that_begin_in_a_row_of_another_length() {
    on_id(|tables| {
        for lengths in [vec![5, 4, 6, 5], vec![5, 6, 4, 5], vec![5, 0, 10, 3]] {
            let mut database = Database::new(tables);
            let rows: Vec<Vec<u8>> = lengths
                .iter()
                .zip(1..)
                .map(|(length, seed)| bytes(*length, seed))
                .collect();
            let whole = rows.concat();
            let size = whole.len();
            insert(&mut database, NAME, size as u64, &rows);
            for from in 0..=size {
                for until in from..=size {
                    let what = format!("{lengths:?} {from}..{until}");
                    let range =
                        database
                            .store
                            .open_range(&Name::new(NAME), from as u64, Some((until - from) as u64));
                    let read = range.and_then(drain_some);
                    // From the first row on into the others, it shows too late.
                    if from < 5 && until > 5 && read.is_err() {
                        assert_damaged(read, &what);
                    } else {
                        assert_eq!(read.unwrap(), &whole[from..until], "{what}");
                    }
                }
            }
            let name = Name::new(NAME);
            let version = database.store.find(&name).unwrap().unwrap();
            let parts = [12..15, 6..9, 1..4, 13..18];
            let read = in_parts(&database, &version, &parts).unwrap();
            for (part, read) in parts.iter().zip(read) {
                assert_eq!(
                    read,
                    &whole[part.start as usize..part.end as usize],
                    "{lengths:?} {part:?}"
                );
            }
            // The connection is whole.
            assert_eq!(by_blocks(&database).unwrap(), whole);
        }
    });
}

/// Rows that make up for each other's lengths, and a part between them that touches neither. What would tell is
/// not looked at, as that takes reading all rows; the README names it as a limit. Such a part is what it would
/// be if all rows had one length, and everything else is right or an error.
#[test]
fn parts_between_rows_that_make_up_for_each_other() {
    on_id(|tables| {
        for lengths in [
            vec![5, 4, 5, 6, 5],
            vec![5, 6, 5, 5, 4, 5],
            vec![5, 3, 5, 7, 5, 2],
        ] {
            let mut database = Database::new(tables);
            let rows: Vec<Vec<u8>> = lengths
                .iter()
                .zip(1..)
                .map(|(length, seed)| bytes(*length, seed))
                .collect();
            let whole = rows.concat();
            insert(&mut database, NAME, whole.len() as u64, &rows);
            let (mut right, mut shifted) = (0, 0);
            for from in 0..whole.len() {
                for until in from + 1..=whole.len() {
                    let what = format!("{lengths:?} {from}..{until}");
                    let touched = from / 5..until.div_ceil(5);
                    let range =
                        database
                            .store
                            .open_range(&Name::new(NAME), from as u64, Some((until - from) as u64));
                    let read = match range.and_then(drain_some) {
                        Ok(read) => read,
                        Err(error) => {
                            assert_damaged::<Vec<u8>>(Err(error), &what);
                            continue;
                        }
                    };
                    if read == whole[from..until] {
                        right += 1;
                        continue;
                    }
                    let as_if_even = &rows[touched.clone()].concat()[from % 5..][..until - from];
                    assert_eq!(read, as_if_even, "{what}");
                    assert!(
                        touched
                            .clone()
                            .all(|row| lengths[row] == 5 || row == lengths.len() - 1),
                        "{what}"
                    );
                    let before: usize = lengths[..touched.start].iter().sum();
                    assert_ne!(before, touched.start * 5, "{what}");
                    shifted += 1;
                }
            }
            assert!(right > shifted && shifted > 0, "{lengths:?}: {right}, {shifted}");
            assert_eq!(by_blocks(&database).unwrap(), whole, "{lengths:?}");
        }
    });
}
