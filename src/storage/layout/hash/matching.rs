//! Finding rows by what their names are like, marking them, removing them.

use super::{EXPIRED, HashLayout, LIVE};
use crate::mysql::Param;
use crate::pool::Session;
use crate::storage::Attempt;
use crate::storage::layout::matching::{Mark, ROWS_AT_ONCE, Search, mark_at_once, matching_keys};
use crate::storage::layout::{Age, Matching};
use crate::storage::metadata::Key;
use crate::storage::pattern::Match;

/// What makes a live row an expired one.
const MARK: &str = "mtime = -GREATEST(mtime, 1), expired = 1";

fn age_sql(age: Age) -> String {
    age.sql(LIVE, EXPIRED)
}

impl Matching for HashLayout {
    fn matching(&self, session: &mut Session, matching: &Match, age: Age) -> Attempt<Vec<Key>> {
        let search = match age {
            // Expired by the time alone are few, if any, and to see it takes the row of each live file.
            Age::Live => Search {
                id: "0",
                and: " AND expired = 0",
                hint: &self.live_by_name,
            },
            _ => Search {
                id: "0",
                and: &age_sql(age),
                hint: "",
            },
        };
        matching_keys(&self.shape, session, matching, &search)
    }

    fn expire_at_once(&self, session: &mut Session, matching: &Match) -> Attempt<Option<u64>> {
        let mark = Mark {
            set: MARK,
            live: LIVE,
            hint: &self.live_by_name_forced,
        };
        mark_at_once(&self.shape, session, matching, &mark)
    }

    fn expire(&self, session: &mut Session, keys: &[Key]) -> Attempt<u64> {
        if let [key] = keys {
            // The most frequent case, and prepared once.
            let sql = format!(
                "UPDATE ezdbfile FORCE INDEX (PRIMARY) SET {MARK} \
                 WHERE name_hash = ? AND {LIVE}"
            );
            let hash = key.hash();
            return Ok(session.execute(&sql, &[Param::Text(hash.as_bytes())])?.affected);
        }
        let mut expired = 0;
        for keys in keys.chunks(ROWS_AT_ONCE) {
            expired += session.query(&format!(
                "UPDATE ezdbfile FORCE INDEX (PRIMARY) SET {MARK} \
                 WHERE name_hash IN ({}) AND {LIVE}",
                hashes(keys)
            ))?;
        }
        Ok(expired)
    }

    fn remove(&self, session: &mut Session, keys: &[Key], age: Age) -> Attempt<u64> {
        let mut removed = 0;
        for keys in keys.chunks(ROWS_AT_ONCE) {
            let doomed = locked(session, keys, age)?;
            if doomed.is_empty() {
                continue;
            }
            session.query(&format!(
                "DELETE d FROM ezdbfile_data d FORCE INDEX (PRIMARY) WHERE d.name_hash IN ({})",
                hashes(&doomed)
            ))?;
            removed += session.query(&format!(
                "DELETE f FROM ezdbfile f FORCE INDEX (PRIMARY) WHERE f.name_hash IN ({})",
                hashes(&doomed)
            ))?;
        }
        Ok(removed)
    }
}

/// Those of the rows that are of that age, kept so to the end of the transaction. No more than
/// [`ROWS_AT_ONCE`].
pub(super) fn locked(session: &mut Session, keys: &[Key], age: Age) -> Attempt<Vec<Key>> {
    let rows = session.query_rows(&format!(
        "SELECT name FROM ezdbfile FORCE INDEX (PRIMARY) WHERE name_hash IN ({}){} FOR UPDATE",
        hashes(keys),
        age_sql(age)
    ))?;
    Ok(rows
        .into_iter()
        .flatten()
        .map(|name| Key::new(0, &name.unwrap_or_default()))
        .filter(|key| keys.binary_search(key).is_ok())
        .collect())
}

/// The hashes of keys, as a list in SQL.
fn hashes(keys: &[Key]) -> String {
    let mut sql = String::new();
    Key::push_hashes(&mut sql, keys);
    sql
}
