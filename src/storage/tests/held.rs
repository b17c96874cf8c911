//! Faults that come while the server is at a statement or at COMMIT: a lock on the tables holds it there.

use std::sync::Arc;
use std::sync::mpsc::channel;

use super::own_server::{OwnServer, USER};
use super::server::{Database, admin, bytes, eventually, on_own, read};
use crate::error::Result;
use crate::mysql::Connection;
use crate::storage::install::Kind;
use crate::storage::list::{Listed, Wanted};
use crate::storage::source::Memory;
use crate::storage::write::Description;
use crate::storage::{Name, Store};

const DESCRIPTION: Description<'static> = Description {
    datatype: b"x",
    scope: b"x",
    mtime: 7,
};

/// The number of the one connection of this user that waits for a lock on tables.
fn held(admin: &mut Connection, user: &str, seen: &[String]) -> String {
    let sql = format!(
        "SELECT ID FROM information_schema.PROCESSLIST WHERE DB = DATABASE() AND USER = '{user}' \
         AND (STATE LIKE 'Waiting for table%' OR STATE LIKE 'Waiting for backup%')"
    );
    let mut id = None;
    eventually("somebody who is held", || {
        let rows = admin.query_rows(&sql).unwrap();
        let mut ids = rows
            .iter()
            .map(|row| String::from_utf8(row[0].clone().unwrap()).unwrap());
        id = ids.find(|id| !seen.contains(id));
        id.is_some()
    });
    id.unwrap()
}

/// What a question came to, in a line.
type Question = fn(&Store) -> Result<String>;

fn found(store: &Store) -> Result<String> {
    let found = store.find(&Name::new(b"a"))?;
    Ok(format!("{:?}", found.map(|found| found.size)))
}

fn listed(store: &Store) -> Result<String> {
    let wanted = Wanted::default();
    let mut names = store.list(&wanted)?;
    let first = match names.next_name()? {
        Listed::Next(name) => String::from_utf8_lossy(name).into_owned(),
        other => format!("{other:?}"),
    };
    Ok(format!("{first}, {:?}", names.next_name()?))
}

fn opened(store: &Store) -> Result<String> {
    let mut reader = store.open(&Name::new(b"a"))?.expect("it is there");
    Ok(format!("{:?}", reader.next_block()?))
}

fn opened_in_part(store: &Store) -> Result<String> {
    let mut reader = store
        .open_range(&Name::new(b"a"), 1, Some(2))?
        .expect("it is there");
    Ok(format!("{:?}", reader.next_block()?))
}

#[test]
fn an_administrator_may_kill_questions() {
    let questions: [(Question, &str); 4] = [
        (found, "Some(4)"),
        (listed, "a, End"),
        (opened, "Some([0, 1, 2, 3])"),
        (opened_in_part, "Some([1, 2])"),
    ];
    on_own(|tables| {
        let mut database = Database::new(tables);
        database.put("a", &bytes(4, 0));
        let user = database.settings.user.clone();
        for (question, answer) in questions {
            for what in ["CONNECTION", "QUERY"] {
                let case = format!("{tables:?}, {answer}, {what}");
                let mut holder = admin(&database.settings.database);
                holder
                    .query("LOCK TABLES ezdbfile WRITE, ezdbfile_data WRITE")
                    .unwrap();
                let store = Arc::clone(&database.store);
                std::thread::scope(|scope| {
                    let asked = scope.spawn(|| question(&store));
                    let first = held(&mut database.admin, &user, &[]);
                    database.admin.query(&format!("KILL {what} {first}")).unwrap();
                    if what == "CONNECTION" {
                        // It is asked again, on another connection, and no question is lost.
                        held(&mut database.admin, &user, &[first]);
                        holder.query("UNLOCK TABLES").unwrap();
                        assert_eq!(asked.join().unwrap().unwrap(), answer, "{case}");
                    } else {
                        // Who ends a statement does not want it done.
                        let error = asked.join().unwrap().unwrap_err();
                        assert_eq!(error.mysql().unwrap().code, 1317, "{case}: {error}");
                        holder.query("UNLOCK TABLES").unwrap();
                    }
                });
                assert_eq!(question(&store).unwrap(), answer, "{case}");
                let stats = store.pool().stats();
                assert_eq!((stats.open, stats.idle), (1, 1), "{case}: {stats:?}");
                assert_eq!(database.connections().len(), 1, "{case}");
            }
        }
    });
}

/// Changes the file `a`, and holds that at its first COMMIT for as long as `fault` does not let it go; how often it
/// was tried.
fn change_held_at_commit(
    holder: &mut Connection,
    watch: &mut Connection,
    store: &Store,
    fault: impl FnOnce(&mut Connection, &mut Connection, &str),
) -> (Result<()>, u32) {
    let mut tries = 0;
    let (hold, wanted) = channel::<()>();
    let (tell, is_held) = channel::<()>();
    let done = std::thread::scope(|scope| {
        let tries = &mut tries;
        let changed = scope.spawn(move || {
            store.transaction(
                "changing a file",
                |session, _| {
                    *tries += 1;
                    session.query("UPDATE ezdbfile SET scope = CONCAT(scope, '!')")?;
                    if *tries == 1 {
                        hold.send(()).expect("somebody waits");
                        is_held.recv().expect("it is told");
                    }
                    Ok(())
                },
                |session, _, ()| {
                    let rows = session.query_rows("SELECT scope FROM ezdbfile LOCK IN SHARE MODE")?;
                    Ok(rows[0][0].as_deref() == Some(b"x!"))
                },
            )
        });
        wanted.recv().expect("it is told");
        holder.query("FLUSH TABLES WITH READ LOCK").unwrap();
        tell.send(()).expect("somebody waits");
        let id = held(watch, USER, &[]);
        fault(holder, watch, &id);
        changed.join().unwrap()
    });
    (done, tries)
}

/// The file is whole, was changed so often, and nothing is left over.
fn assert_changed(server: &OwnServer, store: &Store, times: usize) {
    assert_eq!(read(store, "a"), Some(bytes(100_000, 1)));
    assert_eq!(
        server.number(&format!(
            "SELECT COUNT(*) FROM ezdbfile WHERE scope = 'x{}'",
            "!".repeat(times)
        )),
        1
    );
    assert_eq!(server.number("SELECT COUNT(*) FROM ezdbfile"), 1);
    assert_eq!(
        server.number("SELECT SUM(LENGTH(filedata)) FROM ezdbfile_data"),
        100_000
    );
    let stats = store.pool().stats();
    assert_eq!((stats.open, stats.idle), (1, 1), "{stats:?}");
    eventually("as many connections as before", || server.connections() == 1);
}

fn server_with_a_file(kind: Kind) -> (OwnServer, Arc<Store>) {
    let server = OwnServer::start_as(kind, &[]);
    let store = server.store_with(|settings| settings.connect_retries = 100);
    store
        .put(
            &Name::new(b"a"),
            DESCRIPTION,
            &mut Memory::new(&bytes(100_000, 1)),
        )
        .unwrap();
    (server, store)
}

#[test]
fn what_ends_a_commit_under_way_is_told_or_done_again() {
    for kind in [Kind::Id, Kind::Hash] {
        let (server, store) = server_with_a_file(kind);

        // The connection: nothing was done, so it is done on another one.
        let (mut holder, mut watch) = (server.admin(), server.admin());
        let (done, tries) = change_held_at_commit(&mut holder, &mut watch, &store, |holder, watch, id| {
            watch.query(&format!("KILL CONNECTION {id}")).unwrap();
            held(watch, USER, &[id.to_owned()]);
            holder.query("UNLOCK TABLES").unwrap();
        });
        done.unwrap();
        assert_eq!(tries, 2);
        assert_changed(&server, &store, 1);
        server.admin().query("UPDATE ezdbfile SET scope = 'x'").unwrap();

        // The statement: who ends a COMMIT does not want it done.
        let (done, tries) = change_held_at_commit(&mut holder, &mut watch, &store, |_, watch, id| {
            watch.query(&format!("KILL QUERY {id}")).unwrap();
        });
        let refused = done.unwrap_err();
        assert_eq!((refused.mysql().unwrap().code, tries), (1317, 1), "{refused}");
        holder.query("UNLOCK TABLES").unwrap();
        assert_changed(&server, &store, 0);

        // A server that has turned read-only meanwhile.
        let (done, tries) = change_held_at_commit(&mut holder, &mut watch, &store, |holder, _, _| {
            holder.query("SET GLOBAL read_only = 1").unwrap();
            holder.query("UNLOCK TABLES").unwrap();
        });
        let refused = done.unwrap_err();
        assert_eq!((refused.mysql().unwrap().code, tries), (1290, 1), "{refused}");
        assert_changed(&server, &store, 0);
        holder.query("SET GLOBAL read_only = 0").unwrap();

        // Let go, it goes on where it was.
        let (done, tries) = change_held_at_commit(&mut holder, &mut watch, &store, |holder, _, _| {
            holder.query("UNLOCK TABLES").unwrap();
        });
        done.unwrap();
        assert_eq!(tries, 1);
        assert_changed(&server, &store, 1);
    }
}

#[test]
fn a_server_killed_at_a_commit_under_way_is_asked_when_it_is_back() {
    for kind in [Kind::Id, Kind::Hash] {
        let (mut server, store) = server_with_a_file(kind);
        let (mut holder, mut watch) = (server.admin(), server.admin());
        let (done, tries) = change_held_at_commit(&mut holder, &mut watch, &store, |_, _, _| {
            server.kill();
            server.run();
        });
        done.unwrap();
        assert_eq!(tries, 2);
        assert_changed(&server, &store, 1);
    }
}

#[test]
fn a_server_killed_at_a_question_is_asked_when_it_is_back() {
    for kind in [Kind::Id, Kind::Hash] {
        for (question, answer) in [
            (found as Question, "Some(100000)"),
            (listed as Question, "a, End"),
        ] {
            let (mut server, store) = server_with_a_file(kind);
            let (mut holder, mut watch) = (server.admin(), server.admin());
            holder
                .query("LOCK TABLES ezdbfile WRITE, ezdbfile_data WRITE")
                .unwrap();
            std::thread::scope(|scope| {
                let asked = scope.spawn(|| question(&store));
                held(&mut watch, USER, &[]);
                server.kill();
                server.run();
                assert_eq!(asked.join().unwrap().unwrap(), answer);
            });
            assert_changed(&server, &store, 0);
        }
    }
}
