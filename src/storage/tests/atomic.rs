//! What others see of a move and of the end of a generation: before, or after.

use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

use super::server::{Database, bytes, on_all};
use crate::storage::Name;
use crate::storage::claims::{Claimed, Seen};
use crate::storage::source::Memory;
use crate::storage::write::Description;

const DESCRIPTION: Description<'static> = Description {
    datatype: b"text/plain",
    scope: b"test",
    mtime: 1_700_000_000,
};

/// Does the work, and asks meanwhile, and once more at its end, each time in one state of the tables.
fn watched(
    database: &mut Database,
    questions: &[&str],
    mut seen: impl FnMut(&[i64]),
    work: impl FnOnce() + Send,
) {
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let working = scope.spawn(|| {
            work();
            done.store(true, Relaxed);
        });
        loop {
            let last = done.load(Relaxed) || working.is_finished();
            database
                .admin
                .query("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
                .unwrap();
            database
                .admin
                .query("START TRANSACTION WITH CONSISTENT SNAPSHOT")
                .unwrap();
            let answers: Vec<i64> = questions.iter().map(|sql| database.number(sql)).collect();
            database.admin.query("COMMIT").unwrap();
            seen(&answers);
            if last {
                break;
            }
        }
    });
}

#[test]
fn a_moved_file_has_one_name_and_all_its_bytes() {
    on_all(|tables| {
        let mut database = Database::with_chunks(tables, 100);
        database.put("a", &bytes(950, 1));
        let store = database.store_with(|settings| settings.connect_timeout += 1);
        let bytes_of_files = if tables.is_hash() {
            "SELECT COALESCE(SUM(LENGTH(filedata)), 0) FROM ezdbfile_data \
             JOIN ezdbfile USING (name_hash) WHERE mtime > 0"
        } else {
            "SELECT COALESCE(SUM(LENGTH(filedata)), 0) FROM ezdbfile_data JOIN ezdbfile f ON f.id = masterid WHERE f.mtime > 0"
        };
        watched(
            &mut database,
            &["SELECT COUNT(*) FROM ezdbfile WHERE mtime > 0", bytes_of_files],
            |answers| assert_eq!(answers, [1, 950], "{tables:?}"),
            || {
                for round in 0..40 {
                    let names = [Name::new(b"a"), Name::new(b"b")];
                    assert!(store.rename(&names[round % 2], &names[(round + 1) % 2]).unwrap());
                }
            },
        );
        assert_eq!(database.get("a"), Some(bytes(950, 1)));
    });
}

#[test]
fn a_generation_turns_into_its_file_at_once() {
    on_all(|tables| {
        let mut database = Database::with_chunks(tables, 100);
        let store = database.store_with(|settings| settings.connect_timeout += 1);
        let mut most = 0;
        watched(
            &mut database,
            &[
                "SELECT COUNT(*) FROM ezdbfile",
                "SELECT COUNT(*) FROM ezdbfile f JOIN ezdbfile g ON g.name = CONCAT(f.name, '.generating')",
            ],
            |answers| {
                // Each name has its claim or its file from the beginning on, and never both.
                assert!(
                    answers[0] >= most && answers[1] == 0,
                    "{tables:?}: {answers:?} after {most}"
                );
                most = answers[0];
            },
            || {
                for round in 0..30 {
                    let name = Name::new(format!("made/{round}").as_bytes());
                    let Claimed::Granted(mut claim) = store.claim(&name, Seen::Anything, 60).unwrap() else {
                        panic!("not granted")
                    };
                    if round % 2 == 0 {
                        let mut kept = Memory::new(b"kept for later");
                        store.keep(&mut claim, DESCRIPTION, &mut kept).unwrap();
                        assert!(store.finish(&claim).unwrap().is_some());
                    } else {
                        let content = bytes(250, 1);
                        let made = store.finish_with(&claim, DESCRIPTION, &mut Memory::new(&content));
                        assert!(made.unwrap().is_some());
                    }
                }
            },
        );
        assert_eq!(most, 30);
    });
}
