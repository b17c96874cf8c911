//! Patterns that keep a server busy: it ends, nothing is done by half, the connection stays.

use super::server::{Database, on_all};
use crate::error::Error;
use crate::storage::pattern::{Match, Wildcard};

/// The server tries every way to cut the letters into runs before it knows that there is no match.
const EXPONENTIAL: &[u8] = b"(a+)+$";

fn name(number: u32) -> String {
    format!("a/{}{number}!", "a".repeat(100))
}

fn refusal(database: &Database, matching: &Match) -> String {
    match database.store.expire(matching) {
        Err(Error::Refused(message)) => message,
        other => panic!("{other:?}"),
    }
}

/// The one connection is the same as before and has no limits left.
fn assert_as_before(database: &mut Database, live: &[String]) {
    assert_eq!(database.live(), live);
    {
        let mut lease = database.store.pool().checkout().unwrap();
        let rows = lease
            .session()
            .unwrap()
            .query_rows("SELECT @@max_statement_time = 0, @@max_error_count = @@GLOBAL.max_error_count")
            .unwrap();
        assert_eq!(rows, [[Some(b"1".to_vec()), Some(b"1".to_vec())]]);
    }
    database.put("after", b"whole");
    assert_eq!(database.get("after").unwrap(), b"whole");
    assert_eq!(database.store.pool().stats().connects, 1);
}

#[test]
fn an_expression_that_takes_too_long_is_ended() {
    on_all(|tables| {
        let mut database = Database::new(tables);
        // Each of them takes the server a good part of a second.
        for number in 10..60 {
            database.put(&name(number), b"");
        }
        let live = database.live();
        database.store = database.store_with(|settings| settings.match_timeout = 1);
        let matching = Match::Regex(b"a/".to_vec(), EXPONENTIAL.to_vec());
        let message = refusal(&database, &matching);
        assert!(
            message.contains("within 1 seconds") && message.contains("ezdbfile.match_timeout"),
            "{message}"
        );
        assert_as_before(&mut database, &live);
    });
}

#[test]
fn a_name_that_the_server_gave_up_on_is_no_mismatch() {
    on_all(|tables| {
        let mut database = Database::new(tables);
        database.put(&name(1), b"");
        database.put("a/b", b"");
        let live = database.live();
        // It would match `a/b`.
        let matching = Match::Regex(b"a/".to_vec(), b"b|(a+)+$".to_vec());
        let message = refusal(&database, &matching);
        assert!(message.contains("could not tell"), "{message}");
        assert_as_before(&mut database, &live);
    });
}

#[test]
fn wildcards_of_any_size_are_answered() {
    on_all(|tables| {
        let mut database = Database::new(tables);
        let long = format!("a/{}", "a".repeat(200));
        database.put(&long, b"");
        database.put("a/b", b"");
        let live = database.live();
        let found = |text: Vec<u8>| {
            let wildcard = Match::Wildcard(Wildcard::new(&text).unwrap());
            database
                .store
                .matching(&wildcard, crate::storage::layout::Age::Any)
                .unwrap()
                .len()
        };
        assert_eq!(found(b"a/".iter().copied().chain(b"*a".repeat(200)).collect()), 1);
        assert_eq!(found(b"a/".iter().copied().chain(b"*a".repeat(201)).collect()), 0);
        assert_eq!(found(b"*a?".repeat(200)), 0);
        assert_eq!(found(b"*".repeat(100_000)), 2);
        assert_eq!(found(b"*a".repeat(50_000)), 0);
        assert_eq!(found(b"a".repeat(100_000)), 0);
        assert_eq!(found(b"{".repeat(100_000)), 0);
        assert_eq!(
            found(
                [
                    b"{".as_slice(),
                    &[b"a/b".repeat(300), b",".to_vec()].concat().repeat(100),
                    b"a/b}"
                ]
                .concat()
            ),
            1
        );
        assert_as_before(&mut database, &live);
    });
}

#[test]
fn expressions_of_any_size_are_answered() {
    on_all(|tables| {
        let mut database = Database::new(tables);
        database.put("a/b", b"");
        let live = database.live();
        for expression in [b"(".repeat(60_000), b"(a{1,1000}){1,1000}".repeat(50)] {
            let result = database
                .store
                .expire(&Match::regex(b"a/".to_vec(), expression).unwrap());
            assert!(matches!(result, Err(Error::Database { .. })), "{result:?}");
        }
        let long = Match::regex(b"x/".to_vec(), b"a?".repeat(30_000)).unwrap();
        assert_eq!(database.store.expire(&long).unwrap(), 0);
        let result = Match::regex(b"a/".to_vec(), b"a?".repeat(50_000));
        assert!(matches!(result, Err(Error::Refused(_))), "{result:?}");
        assert_as_before(&mut database, &live);
    });
}
